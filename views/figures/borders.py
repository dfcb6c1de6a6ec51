"""Charts of a border: its gaps, values by distance to the line, pairs across it, and ranks with their range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.comparison.border_pairs import BorderPairs
from analysis.comparison.comparison import Comparison
from analysis.comparison.gradient import SideGradient
from analysis.priority.priority import Priority
from analysis.values.summary import BorderSummary, GapRow
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.figures.captions import side_legend, sides_of, sources_of, span
from views.figures.specs import Across, AcrossSide, Bars, Dot, Half, Halves, Pair, Range, Ranges, Series, Slopes
from views.language import sentences
from views.language.words import Words

BARS = 6
FLATTENING = 2.5
RANKS = 10


def gap_bars(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    summary: BorderSummary,
    sectors: Sequence[str] = (),
    most: int = BARS,
) -> Bars:
    """The indicators with the most people beyond the standard on any side.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    summary : of that border
    sectors : ids to which the indicators are narrowed, () for all
    most : number of indicators
    """
    known = data.catalogue.indicators
    shown = {(g.indicator, g.kode_kabkota): g for g in leading(data, summary, sectors, most)}
    first = list(dict.fromkeys(indicator for indicator, _ in shown))
    series = tuple(
        Series(
            side,
            tuple(shown[i, side.kode].share * 100 if (i, side.kode) in shown else None for i in first),
            tuple(gap_text(w, shown[i, side.kode]) if (i, side.kode) in shown else w.no_data for i in first),
            tuple(gap_ends(shown[i, side.kode]) if (i, side.kode) in shown else None for i in first),
        )
        for side in sides_of(data, corridor.sides)
    )
    return Bars(
        title=w.t("Kesenjangan terbesar di kelurahan/desa perbatasan"),
        unit=w.t("% penduduk di luar standar"),
        year=span(w, [y for g in shown.values() for y in g.years]),
        source=sources_of(w, data, ["penduduk", *first] if "penduduk" in known else first),
        note=w.t("Perkiraan jiwa di kelurahan/desa perbatasan yang di luar standar bawaan."),
        hatching=hatching(w),
        language=w.language,
        alt=w.t("Diagram batang: persen penduduk di luar standar menurut indikator dan sisi"),
        legend=side_legend([s.side for s in series]),
        categories=tuple(w.pick(known[i].title) for i in first),
        series=series,
        axis=w.t("% penduduk di luar standar"),
    )


def leading(data: Dataset, summary: BorderSummary, sectors: Sequence[str] = (), most: int = BARS) -> list[GapRow]:
    """Gaps of the indicators with the most people beyond the standard on any side, indicator by indicator.

    Parameters
    ----------
    data, summary, sectors, most : see `gap_bars`
    """
    known = data.catalogue.indicators
    rows = [g for g in summary.gaps if not sectors or known[g.indicator].sector in sectors]
    first = list(dict.fromkeys(gap.indicator for gap in rows if gap.people > 0))[:most]
    return [gap for indicator in first for gap in rows if gap.indicator == indicator]


def hatching(w: Words) -> str:
    """What the two parts of a bar with a range mean."""
    return w.t("polos: sekurangnya; arsir: sampai paling banyak")


def gap_ends(gap: GapRow) -> tuple[float, float]:
    """Least and most of the people beyond the standard, in per cent of those with a known value."""
    return (min(100 * gap.low / gap.total, 100.0), min(100 * gap.high / gap.total, 100.0))


def gap_text(w: Words, gap: GapRow) -> str:
    """Range of the people beyond the standard in per cent and as people, and of how many places they are known."""
    low, high = gap_ends(gap)
    text = w.t(
        "{persen}; {jiwa} jiwa",
        persen=_span(w.number(low), w.number(high), w.percent(high / 100)),
        jiwa=_span(w.people(gap.low), w.people(gap.high)),
    )
    if gap.unknown:
        text += " " + w.t(
            "({n} dari {semua} diketahui)", n=w.number(gap.known), semua=w.number(gap.known + gap.unknown)
        )
    return text


def _span(low: str, high: str, end: str = "") -> str:
    """Two ends as one text, or one where they read alike; `end` is the last with its unit."""
    return end or high if low == high else f"{low}–{end or high}"


def across(w: Words, data: Dataset, corridor: Corridor, indicator: Indicator, result: Comparison) -> Across | Halves:
    """Values by distance to the line, or border against rest where there is no line or no distance.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    indicator : what is compared
    result : its comparison
    """
    known = {s.kode: s for s in sides_of(data, corridor.sides)}
    common = _measured(w, data, indicator) | {
        "year": sentences.years(result.years) if result.years else "–",
        "alt": w.t("Diagram: nilai menurut jarak ke garis batas di kedua sisi"),
    }
    if result.gradient is None:
        means = [(c.border.mean, c.interior.mean) for c in result.contrasts]
        shown = tuple(known[c.side] for c in result.contrasts)
        return Halves(
            title=w.t("Batas dan bagian lainnya, rata-rata tiap sisi"),
            note=w.t("Rata-rata ditimbang penduduk; wilayah yang belum ada datanya tidak ikut."),
            legend=side_legend(shown),
            sides=shown,
            parts=(
                _half(w, indicator, w.t("batas"), [m for m, _ in means]),
                _half(w, indicator, w.t("lainnya"), [m for _, m in means]),
            ),
            **common,
        )
    names = data.names("kelurahan" if indicator.level == "kelurahan" else "kecamatan")
    sides = tuple(
        AcrossSide(
            known[side.kode_kabkota],
            tuple(
                Dot(str(names.get(kode, kode)), float(d) / 1000, float(v))
                for kode, d, v in zip(side.points.index, side.points["distance_m"], side.points["value"], strict=True)
            ),
            tuple(
                (float(d) / 1000, None if pd.isna(v) else float(v))
                for d, v in zip(side.curve["distance_m"], side.curve["value"], strict=True)
            ),
        )
        for side in result.gradient
    )
    unknown = sum(side.unknown for side in result.gradient)
    reach = _reach(result.gradient)
    near = [dot for side in sides for dot in side.dots if dot.km <= reach]
    top = _top([dot.value for dot in near], common["threshold"])
    beyond = [f"{d.name} {w.number(d.value, indicator.decimals)}" for d in near if d.value > top]
    notes = [w.t("Kurva: kecenderungan di tiap sisi; belum ada data: {n} kelurahan/desa.", n=w.number(unknown))]
    if beyond:
        notes.append(w.t("Jauh lebih tinggi, di tepi atas atau di luar bidang: {daftar}.", daftar=w.listing(beyond)))
    return Across(
        title=w.t("Nilai menurut jarak ke garis batas: satu titik satu kelurahan/desa"),
        note=" ".join(notes),
        legend=side_legend([s.side for s in sides]),
        sides=sides,
        axis_distance=w.t("jarak ke garis batas (km)"),
        line_name=w.t("garis batas"),
        reach_km=reach,
        top=top,
        **common,
    )


def _measured(w: Words, data: Dataset, indicator: Indicator) -> dict[str, Any]:
    """What every chart of one indicator says of it."""
    standard = next(iter(data.catalogue.standards_of(indicator.id)), None)
    return {
        "unit": w.pick(indicator.unit),
        "source": sources_of(w, data, [indicator.id]),
        "language": w.language,
        "axis": f"{w.pick(indicator.title)} ({w.pick(indicator.unit)})",
        "decimals": indicator.decimals,
        "threshold": standard.threshold if standard is not None else None,
        "threshold_name": w.pick(standard.title) if standard is not None else "",
    }


def _half(w: Words, indicator: Indicator, name: str, means: Sequence[float | None]) -> Half:
    return Half(name, tuple(means), tuple(w.number(mean, indicator.decimals) for mean in means))


def _reach(gradient: Sequence[SideGradient]) -> float:
    """The same stretch to both sides, in km: twice the depth of the narrower side, but never less than 4 km."""
    depths = [side.range_m[1] / 1000 for side in gradient if side.range_m is not None]
    return max(4.0, min(max(depths), 2 * min(depths))) if depths else 4.0


def _top(values: Sequence[float], threshold: float | None) -> float:
    """Where the axis ends: at the highest value, unless that is a rare one which would press all others flat."""
    ordered = sorted(values)
    floor = threshold or 0.0
    if not ordered:
        return floor or 1.0
    usual = max(ordered[int(0.98 * (len(ordered) - 1))], floor)
    highest = max(ordered[-1], floor)
    return (highest if highest <= FLATTENING * usual else 1.2 * usual) or 1.0


def slopes(w: Words, data: Dataset, indicator: Indicator, compared: BorderPairs) -> Slopes:
    """One line a pair, from the first side to the second.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    compared : its pairs across the line
    """
    names = data.names("kelurahan" if indicator.level == "kelurahan" else "kecamatan")
    first, second = sides_of(data, compared.sides)
    values = data.indicator_values(indicator.id)
    known = [(pair.kode, (a, b)) for pair in compared.pairs for a, b in [pair.value] if a is not None and b is not None]
    kodes = list({kode for pair, _ in known for kode in pair})
    return Slopes(
        title=w.t("Tetangga lawan tetangga: satu garis satu pasangan"),
        year=span(w, {int(y) for y in values["year"].reindex(kodes).dropna()}),
        note=w.t("Pasangan yang belum diketahui: {n}.", n=w.number(compared.unknown)),
        alt=w.t("Diagram: nilai pasangan kelurahan yang berhadapan"),
        legend=side_legend([first, second]),
        sides=(first, second),
        pairs=tuple(Pair((str(names.get(a, a)), str(names.get(b, b))), pair) for (a, b), pair in known),
        # The name of the standard would lie on the points.
        **_measured(w, data, indicator) | {"threshold_name": ""},
    )


def rank_ranges(w: Words, data: Dataset, corridor: Corridor, result: Priority, shown: pd.DataFrame) -> Ranges:
    """The first rows of a ranking with the range of every rank.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : the ranking
    shown : rows of its table, first on top
    """
    sides = {s.kode: s for s in sides_of(data, corridor.sides)}
    rows = shown.head(RANKS)
    places = data.kelurahan.loc[rows.index]
    used = list(result.index.weights.index)
    years = data.values.loc[
        data.values["indicator"].isin(used) & data.values["kode_kabkota"].isin(corridor.sides), "year"
    ]
    return Ranges(
        title=w.t("Peringkat kebutuhan dan kisarannya (5–95 %)"),
        unit=w.t("peringkat dari {n}", n=w.number(result.index.indexed)),
        year=span(w, (int(y) for y in set(years))),
        source=sources_of(w, data, used),
        note=w.t(
            "Kisaran yang bertumpang berarti urutannya tidak dapat dibedakan. Tidak diperingkat karena datanya kurang: {n} dari {semua} kelurahan/desa.",
            n=w.number(result.index.units - result.index.indexed),
            semua=w.number(result.index.units),
        ),
        language=w.language,
        alt=w.t("Diagram: peringkat (median) tiap kelurahan dengan kisarannya"),
        legend=side_legend(list(sides.values())),
        rows=tuple(
            Range(
                kode=str(kode),
                name=str(places.at[kode, "nama"]),
                side=sides[str(row["kode_kabkota"])],
                low=float(row["rank_low"]),
                middle=float(row["rank_median"]),
                high=float(row["rank_high"]),
                text=f"{w.number(row['rank_low'])}–{w.number(row['rank_high'])}",
            )
            for kode, row in rows.iterrows()
        ),
        axis=w.t("peringkat (1 = paling membutuhkan)"),
        most=int(result.index.indexed),
    )
