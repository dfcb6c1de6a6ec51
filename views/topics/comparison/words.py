"""Sentences of border against interior."""

from __future__ import annotations

from analysis.comparison.comparison import Comparison
from data.catalogue import Indicator
from data.tables import Dataset
from views.language import sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.comparison import verdicts as comparison_verdicts


def answer(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> Answer:
    """Each border against its rest; below, the means of a pair, and neighbour against neighbour or the doubt.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    result : its comparison
    """
    notes = []
    if len(result.contrasts) == 2:
        notes = [
            w.t(
                "{sisi}: {batas} di batas, {lain} lainnya.",
                sisi=sentences.side_name(data, found.side),
                batas=_told(w, indicator, found.border.mean),
                lain=_told(w, indicator, found.interior.mean),
            )
            for found in result.contrasts
        ]
    if result.years:
        year = sentences.years(result.years)
        notes.append(
            w.t("Data {tahun}, {satuan}.", tahun=year, satuan=w.pick(indicator.unit))
            if _long_unit(w, indicator)
            else w.t("Data {tahun}.", tahun=year)
        )
    line = result.verdict.line
    if line is not None and line.code == "satu_sisi_tertinggal" and line.behind is not None:
        behind = sentences.side_name(data, line.behind)
        notes.append(w.t("Antar tetangga di garis batas, {sisi} tertinggal.", sisi=behind))
    return Answer(comparison_verdicts.overall(w, data, indicator, result), " ".join(notes))


def _told(w: Words, indicator: Indicator, mean: float | None) -> str:
    if _long_unit(w, indicator):
        return w.number(mean, indicator.decimals)
    return sentences.value_with_unit(w, indicator, mean)


def _long_unit(w: Words, indicator: Indicator) -> bool:
    """Whether the unit is a phrase ("per 100 people of working age"), said once and not after every number."""
    return len(w.pick(indicator.unit).split()) > 3


def lines(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> list[str]:
    """One line a side, and one for the pairs.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    result : its comparison
    """
    found = [comparison_verdicts.side_line(w, data, indicator, result, side) for side in result.verdict.sides]
    if result.verdict.line is not None:
        found.append(comparison_verdicts.line_line(w, data, indicator, result.verdict.line))
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


def missing(w: Words, data: Dataset, result: Comparison) -> str:
    """What the figures lack on each side, as their values say themselves.

    Parameters
    ----------
    w, data : language and data
    result : of a comparison
    """
    parts = [
        w.t(
            "n: wilayah yang diketahui dari semua. Rata-rata ditimbang penduduk. Bagian dalam: yang tidak menyentuh garis batas "
            "mana pun. q: dari {n} uji koridor ini; perbedaan baru disebut bila q paling besar 0,05.",
            n=w.number(result.verdict.tests),
        )
    ]
    for side, spread in zip(result.verdict.sides, result.spreads, strict=True):
        notes = comparison_verdicts.short_notes(spread.notes)
        if notes:
            parts.append(f"{sentences.kabkota_name(data, side.side)}: {md(' '.join(w.note(n) for n in notes))}")
    return " ".join(parts)


def inequality(w: Words, result: Comparison) -> str:
    """Theil between and within the sides, in one sentence."""
    theil = result.theil
    if theil is None or theil.between_share is None:
        return w.t("Ketimpangan Theil tidak dihitung: kedua sisi tidak dapat dibandingkan atau semua nilainya sama.")
    return w.t(
        "Ketimpangan Theil {total} (0 berarti merata): {antar} di antaranya perbedaan antar kabupaten/kota, "
        "selebihnya perbedaan di dalamnya.",
        total=w.number(theil.total, 3),
        antar=w.percent(theil.between_share),
    )


def method(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> str:
    """How it was tested, and every caveat of this result, as a Markdown list.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    result : its comparison
    """
    lines = [
        w.t(
            "Batas lawan bagian dalam: selisih rata-rata tertimbang penduduk. Nilai p dari {n} himpunan acak yang "
            "bersambung seperti batasnya; mengacak label satu per satu membuat kebetulan tampak nyata.",
            n=w.number(result.contrasts[0].replicates),
        ),
        w.t(
            "Seluruh uji koridor ini dinilai bersama: q ialah laju temuan palsu (Benjamini–Yekutieli). “Tidak tampak” hanya "
            "dikatakan bila selisih satu simpangan baku berpeluang 80 % atau lebih untuk terlihat; bila kurang: “tidak dapat terlihat”."
        ),
        w.t(
            "Selisih pada kepadatan yang sama: koefisien batas setelah logaritma kepadatan penduduk ikut diperhitungkan."
        ),
        w.t(
            "Selang 95 %: meninggalkan satu kecamatan setiap kali; tidak diberikan bila kecamatannya kurang dari lima."
        ),
        w.t(
            "Tetangga lawan tetangga: setiap pasangan yang berbagi garis; kelurahan dalam k pasangan berbobot 1/k. Uji balik "
            "tanda atas gugus pasangan yang saling bebas, mulai enam gugus; gugus dapat disusun dengan banyak cara, dan p yang "
            "dipakai tidak dilampaui oleh 95 % dari cara itu."
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
