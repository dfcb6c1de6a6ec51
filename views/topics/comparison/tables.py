"""Tables of border against interior."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.comparison.border_pairs import BorderPairs
from analysis.comparison.comparison import Comparison
from data.catalogue import Indicator
from data.tables import Dataset
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def table(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> pd.DataFrame:
    """Border and the rest of each side: units, means, medians, spans, difference with interval and p.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    result : its comparison
    """
    d = indicator.decimals
    rows = []
    for side, spread in zip(result.verdict.sides, result.spreads, strict=True):
        found = side.contrast
        difference = found.difference
        same = found.adjusted
        rows.append(
            {
                w.t("Sisi"): str(data.kabkota.at[side.side, "nama"]),
                w.t("n batas"): f"{found.border.known}/{found.border.units}",
                w.t("Rata-rata batas"): w.number(found.border.mean, d),
                w.t("Rentang batas"): _span(w, spread.border, d),
                w.t("n bagian dalam"): f"{found.interior.known}/{found.interior.units}",
                w.t("Rata-rata bagian dalam"): w.number(found.interior.mean, d),
                w.t("Rentang bagian dalam"): _span(w, spread.interior, d),
                w.t("Selisih"): "–" if difference is None else _signed(w, difference.value, d),
                w.t("Selang 95 %"): "–"
                if difference is None or difference.low is None or difference.high is None
                else f"{_signed(w, difference.low, d)} … {_signed(w, difference.high, d)}",
                "p": _p(w, None if difference is None else difference.p),
                "q": _p(w, side.q),
                w.t("Daya uji"): "–" if side.power is None else w.percent(side.power),
                w.t("Selisih pada kepadatan yang sama"): "–" if same is None else _signed(w, same.value, d),
                w.t("q pada kepadatan yang sama"): _p(w, side.density_q),
                w.t("Selisih median"): "–"
                if found.median_difference is None
                else _signed(w, found.median_difference, d),
                w.t("Selisih di dalam kecamatan"): "–" if found.within is None else _signed(w, found.within, d),
            }
        )
    return pd.DataFrame(rows)


def _p(w: Words, p: float | None) -> str:
    return "–" if p is None else w.number(p, 4 if p < 0.01 else 3)


def _signed(w: Words, value: float, decimals: int) -> str:
    """A difference with its sign."""
    return f"{'+' if round(value, decimals) > 0 else ''}{w.number(value, decimals)}".replace("-", "−")


def _span(w: Words, span: tuple[float, float] | None, decimals: int) -> str:
    return w.no_data if span is None else f"{w.number(span[0], decimals)}–{w.number(span[1], decimals)}"


def pair_table(w: Words, data: Dataset, indicator: Indicator, compared: BorderPairs) -> Styler:
    """Every pair across the line, longest shared line first.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    compared : its pairs across the line
    """
    names = data.kelurahan["nama"] if indicator.level == "kelurahan" else data.kecamatan["nama"]
    first, second = (str(data.kabkota.at[s, "nama"]) for s in compared.sides)
    difference = w.t("Selisih (kedua − pertama)")
    shared, weight, bundle = w.t("Garis bersama (km)"), w.t("Bobot"), w.t("Gugus")
    frame = pd.DataFrame(
        {
            first: [str(names.get(p.kode[0], p.kode[0])) for p in compared.pairs],
            f"{w.t('Nilai')} {first}": [p.value[0] for p in compared.pairs],
            second: [str(names.get(p.kode[1], p.kode[1])) for p in compared.pairs],
            f"{w.t('Nilai')} {second}": [p.value[1] for p in compared.pairs],
            difference: [p.difference for p in compared.pairs],
            shared: [p.shared_m / 1000 for p in compared.pairs],
            weight: [p.weight for p in compared.pairs],
            bundle: [None if p.bundle is None else p.bundle + 1 for p in compared.pairs],
        }
    )
    decimals = {c: indicator.decimals for c in frame.columns if frame[c].dtype.kind == "f"}
    decimals |= {difference: indicator.decimals, shared: 2, weight: 2, bundle: 0}
    frame[list(decimals)] = frame[list(decimals)].astype(float)
    return w.styled(frame, decimals)
