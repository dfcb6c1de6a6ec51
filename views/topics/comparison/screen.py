"""The pieces of the comparison page: verdict lines, tables, pairs, clusters and method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from analysis.comparison.border_pairs import Facing
from analysis.comparison.comparison import Comparison
from data.catalogue import Indicator
from data.tables import Dataset
from views.language import sentences
from views.language.escape import md
from views.language.words import Words
from views.link import session
from views.link.session import Session
from views.topics.comparison import verdicts as comparison_verdicts

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def answer(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> str:
    """The answer in bold: each border against its rest, and neighbour against neighbour where that shows a side behind."""
    text = comparison_verdicts.overall(w, data, indicator, result)
    line = result.verdict.line
    if line is not None and line.code == "satu_sisi_tertinggal" and line.behind is not None:
        behind = sentences.kabkota_name(data, line.behind)
        text += " " + w.t("Antar tetangga di garis batas, {sisi} tertinggal.", sisi=behind)
    return text


def lines(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> list[str]:
    """One line a side, and one for the pairs."""
    found = [comparison_verdicts.side_line(w, data, indicator, result, side) for side in result.verdict.sides]
    if result.verdict.line is not None:
        found.append(comparison_verdicts.line_line(w, data, indicator, result.verdict.line, result.line_bounds))
    if result.comparability.note_years:
        found.append(
            w.t("Perhatikan: data kedua sisi terpaut {tahun} tahun.", tahun=w.number(result.comparability.years_apart))
        )
    return found


def profile_title(w: Words, result: Comparison) -> str:
    """What the large chart shows."""
    if result.gradient is None:
        return w.t("**Batas dan bagian lainnya, rata-rata tiap sisi**")
    return w.t("**Nilai menurut jarak ke garis batas: satu titik satu kelurahan/desa**")


def table(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> pd.DataFrame:
    """Border and the rest of each side: units, means, medians, spans, difference with interval and p."""
    d = indicator.decimals
    rows = []
    for side, spread in zip(result.verdict.sides, result.spreads, strict=True):
        found = side.contrast
        difference = found.difference
        within = found.within.difference if found.within is not None else None
        rows.append(
            {
                w.t("Sisi"): str(data.kabkota.at[side.side, "nama"]),
                w.t("n batas"): f"{found.border.known}/{found.border.units}",
                w.t("Rata-rata batas"): sentences.at_most(w.number(found.border.mean, d), spread.border_bounds > 0),
                w.t("Rentang batas"): _span(w, spread.border, d),
                w.t("n lainnya"): f"{found.interior.known}/{found.interior.units}",
                w.t("Rata-rata lainnya"): sentences.at_most(
                    w.number(found.interior.mean, d), spread.interior_bounds > 0
                ),
                w.t("Rentang lainnya"): _span(w, spread.interior, d),
                w.t("Selisih"): "–" if difference is None else signed(w, difference.value, d),
                w.t("Selang 95 %"): "–"
                if difference is None or difference.low is None or difference.high is None
                else f"{signed(w, difference.low, d)} … {signed(w, difference.high, d)}",
                "p": "–" if difference is None or difference.p is None else w.number(difference.p, 3),
                w.t("Selisih median"): "–"
                if found.median_difference is None
                else signed(w, found.median_difference, d),
                w.t("Selisih di dalam kecamatan"): "–" if within is None else signed(w, within.value, d),
            }
        )
    return pd.DataFrame(rows)


def signed(w: Words, value: float, decimals: int) -> str:
    """A difference with its sign."""
    return f"{'+' if round(value, decimals) > 0 else ''}{w.number(value, decimals)}".replace("-", "−")


def _span(w: Words, span: tuple[float, float] | None, decimals: int) -> str:
    return w.no_data if span is None else f"{w.number(span[0], decimals)}–{w.number(span[1], decimals)}"


def missing(w: Words, data: Dataset, result: Comparison) -> str:
    """What the figures lack on each side, as their values say themselves."""
    parts = [w.t("n: unit yang diketahui dari semua. Rata-rata ditimbang penduduk.")]
    for side, spread in zip(result.verdict.sides, result.spreads, strict=True):
        notes = comparison_verdicts.short_notes(spread.notes)
        if notes:
            parts.append(f"{sentences.kabkota_name(data, side.side)}: {md(' '.join(w.note(n) for n in notes))}")
    return " ".join(parts)


def pair_table(w: Words, data: Dataset, indicator: Indicator, facing: Facing) -> Styler:
    """Every pair across the line, longest shared line first."""
    names = data.kelurahan["nama"] if indicator.level == "kelurahan" else data.kecamatan["nama"]
    first, second = (str(data.kabkota.at[s, "nama"]) for s in facing.sides)
    difference = w.t("Selisih (kedua − pertama)")
    shared, weight = w.t("Garis bersama (km)"), w.t("Bobot")
    frame = pd.DataFrame(
        {
            first: [str(names.get(p.kode[0], p.kode[0])) for p in facing.pairs],
            f"{w.t('Nilai')} {first}": [p.value[0] for p in facing.pairs],
            second: [str(names.get(p.kode[1], p.kode[1])) for p in facing.pairs],
            f"{w.t('Nilai')} {second}": [p.value[1] for p in facing.pairs],
            difference: [p.difference for p in facing.pairs],
            shared: [p.shared_m / 1000 for p in facing.pairs],
            weight: [p.weight for p in facing.pairs],
        }
    )
    decimals = {c: indicator.decimals for c in frame.columns if frame[c].dtype.kind == "f"}
    decimals |= {difference: indicator.decimals, shared: 2, weight: 2}
    frame[list(decimals)] = frame[list(decimals)].astype(float)
    return w.styled(frame, decimals)


def inequality(w: Words, data: Dataset, result: Comparison) -> str:
    """Theil between and within the sides, in one sentence."""
    theil = result.theil
    if theil is None or theil.total is None or theil.between_share is None:
        return w.t("Ketimpangan Theil tidak dihitung: kedua sisi tidak dapat dibandingkan atau semua nilainya sama.")
    return w.t(
        "Ketimpangan Theil {total} (0 berarti merata): {antar} di antaranya perbedaan antar kabupaten/kota, "
        "selebihnya perbedaan di dalamnya.",
        total=w.number(theil.total, 3),
        antar=w.percent(theil.between_share),
    )


def draw_clusters(place: DeltaGenerator, now: Session, indicator: Indicator) -> None:
    """Places that stand out together with their neighbours, across the line too."""
    w, data = now.words, now.data
    found = session.clusters(now.corridor.id, indicator.id)
    if found is None:
        place.markdown(w.t("Kelompok setempat tidak dicari: yang dihitung berbeda di tiap sisi."))
        return
    quadrants = {
        "tinggi_tinggi": w.t("tinggi di antara tinggi"),
        "rendah_rendah": w.t("rendah di antara rendah"),
        "tinggi_rendah": w.t("tinggi di antara rendah"),
        "rendah_tinggi": w.t("rendah di antara tinggi"),
    }
    units = found.units[found.units["significant"].fillna(False).astype(bool)]
    place.markdown(
        w.t(
            "Kelompok setempat (LISA, dua arah, FDR {alfa}): {n} dari {total} unit.",
            alfa=w.percent(found.alpha),
            n=w.number(len(units)),
            total=w.number(len(found.units)),
        )
    )
    if units.empty:
        return
    names = data.kelurahan if indicator.level == "kelurahan" else data.kecamatan
    rows = names.loc[units.index]
    place.dataframe(
        pd.DataFrame(
            {
                w.t("Nama"): rows["nama"].to_numpy(),
                w.t("Kabupaten/kota"): rows["kabkota"].to_numpy(),
                w.t("Kelompok"): units["label"].map(lambda q: quadrants.get(q.replace("-", "_"), q)).to_numpy(),
                "p": [w.number(p, 4) for p in units["p_adjusted"]],
            }
        ),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel kelompok setempat"),
    )


def method(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> str:
    """How it was tested, and every caveat of this result."""
    lines = [
        w.t(
            "Batas lawan bagian lainnya: selisih rata-rata tertimbang penduduk. Nilai p dari {n} himpunan acak yang "
            "bersambung seperti batasnya; mengacak label satu per satu membuat kebetulan tampak nyata.",
            n=w.number(result.contrasts[0].replicates),
        ),
        w.t(
            "Selang 95 %: meninggalkan satu kecamatan setiap kali; tidak diberikan bila kecamatannya kurang dari lima."
        ),
        w.t(
            "Tetangga lawan tetangga: setiap pasangan yang berbagi garis; kelurahan dalam k pasangan berbobot 1/k. Uji balik "
            "tanda atas gugus pasangan yang saling bebas, mulai enam gugus."
        ),
        w.t("Kurva hanya digambar di dalam jarak yang teramati dan tidak pernah menyeberangi garis."),
        w.t("Semua ini kesenjangan yang teramati, bukan dampak batas; warga menyeberanginya setiap hari."),
    ]
    for side in result.verdict.sides:
        lines += [
            f"{sentences.kabkota_name(data, side.side)}: {comparison_verdicts.caveat(w, code)}"
            for code in dict.fromkeys(side.caveats)
        ]
    if result.verdict.line is not None:
        lines += [
            w.t("Pasangan: {peringatan}", peringatan=comparison_verdicts.caveat(w, code))
            for code in dict.fromkeys(result.verdict.line.caveats)
        ]
    lines += [md(w.pick(c)) for c in indicator.caveats]
    return "\n".join(f"- {line}" for line in lines)
