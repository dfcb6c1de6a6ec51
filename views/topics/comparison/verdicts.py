"""A comparison as sentences: verdict, certainty and caveats, both sides in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.comparison.comparison import Comparison
from analysis.comparison.verdict import ALPHA, LineVerdict, SideVerdict
from data.catalogue import Indicator
from data.tables import Dataset
from views.language import aloud
from views.language.escape import md
from views.language.sentences import (
    blocked,
    kabkota_name,
    side_name,
    unit_word,
    value_with_unit,
    with_people_year,
    years,
)
from views.language.words import Words, sentences_of

MOST_NOTES = 3
NOTABLE_RATIO = 1.2


def _of(w: Words, known: int, units: int) -> str:
    return w.number(known) if known == units else w.t("{n} dari {total}", n=w.number(known), total=w.number(units))


def strength(w: Words, code: str | None) -> str:
    """How sure a difference is, in words; "" for a hint, and where nothing was tested.

    Parameters
    ----------
    w : language
    code : kuat, sedang, lemah or petunjuk; None without a test
    """
    return {
        "kuat": w.t("keyakinan kuat"),
        "sedang": w.t("keyakinan sedang"),
        "lemah": w.t("keyakinan lemah"),
    }.get(code or "", "")


def overall(w: Words, data: Dataset, indicator: Indicator, result: Comparison) -> str:
    """The answer to the page's question in one sentence of plain text.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    result : its comparison
    """
    verdict = result.verdict
    sides = verdict.behind or tuple(side.side for side in verdict.sides)
    fields = {
        "indikator": aloud.title(w, indicator),
        "satuan": w.level("kecamatan") if result.level == "kecamatan" else _units(w, data, sides),
        "sisi": w.listing([side_name(data, side) for side in sides]),
    }
    weak = all(side.strength == "lemah" for side in verdict.sides if side.code == "tertinggal")
    if verdict.behind and weak:
        return w.t("Ada petunjuk lemah bahwa {satuan} perbatasan {sisi} tertinggal dalam {indikator}.", **fields)
    return {
        "semua_sisi_tertinggal": w.t(
            "Ya, di setiap sisi {satuan} perbatasan tertinggal dari bagian lainnya dalam {indikator}.", **fields
        ),
        "satu_sisi_tertinggal": w.t(
            "Ya, {satuan} perbatasan {sisi} tertinggal dari bagian lainnya dalam {indikator}.", **fields
        ),
        "tidak_ada_yang_tertinggal": w.t(
            "Tidak tampak bahwa {satuan} perbatasan tertinggal dari bagian lainnya dalam {indikator}.", **fields
        ),
        "sebagian_dapat_diuji": w.t(
            "Pada sisi yang dapat dinilai tidak tampak ketertinggalan dalam {indikator}; sisi lainnya tidak dapat dinilai.",
            **fields,
        ),
        "tidak_dapat_terlihat": w.t(
            "Belum dapat dikatakan, karena {satuan} perbatasan terlalu sedikit untuk memperlihatkan ketertinggalan dalam {indikator}.",
            **fields,
        ),
        "tidak_dapat_diuji": w.t(
            "Belum dapat dikatakan, karena {satuan} yang {indikator} diketahui terlalu sedikit untuk diuji.", **fields
        ),
        "tidak_diketahui": w.t("Belum ada data {indikator} untuk menjawabnya.", **fields),
        "tanpa_arah": w.t(
            "Untuk {indikator} tidak ada arah baik atau buruk, jadi yang ditampilkan hanya perbedaannya.", **fields
        ),
    }[verdict.overall]


def _units(w: Words, data: Dataset, sides: Sequence[str]) -> str:
    """What the smallest units of some kabkota are called."""
    kinds = set(data.kelurahan.loc[data.kelurahan["kode_kabkota"].isin(sides), "jenis"])
    return w.listing([w.level(kind) for kind in ("kelurahan", "desa") if kind in kinds])


def side_line(w: Words, data: Dataset, indicator: Indicator, result: Comparison, side: SideVerdict) -> str:
    """One side: border and the rest with their means, numbers, year and certainty.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    result : its comparison
    side : whose line
    """
    found = side.contrast
    unit = w.level("kecamatan") if result.level == "kecamatan" else unit_word(w, data, side.side)
    spread = next(s for c, s in zip(result.contrasts, result.spreads, strict=True) if c.side == side.side)
    fields = {
        "sisi": kabkota_name(data, side.side),
        "batas": value_with_unit(w, indicator, found.border.mean),
        "n": _of(w, found.border.known, found.border.units),
        "satuan": unit,
        "dalam": value_with_unit(w, indicator, found.interior.mean),
        "m": _of(w, found.interior.known, found.interior.units),
        "tahun": with_people_year(
            w, years(result.years) if result.years else "–", data.indicator_values(indicator.id)["people_year"]
        ),
    }
    if side.code == "tidak_diketahui":
        if found.border.known:
            return w.t("{sisi}: {n} {satuan} di batas {batas}; pembandingnya belum ada data.", **fields)
        if found.interior.known:
            return w.t("{sisi}: di batas belum ada data; {m} di bagian dalam {dalam}.", **fields)
        return w.t("{sisi}: belum ada data.", **fields)
    said = [w.t("{sisi}: {n} {satuan} di batas rata-rata {batas}, {m} di bagian dalam {dalam} ({tahun}).", **fields)]
    told = side.code in ("tertinggal", "lebih_baik", "tidak_dapat_diuji")
    if told and found.ratio is not None and (found.ratio >= NOTABLE_RATIO or found.ratio <= 1 / NOTABLE_RATIO):
        said.append(w.t("Itu {kali} kali lipatnya.", kali=w.number(found.ratio, 1)))
    if found.left_out:
        said.append(w.t("{n} di garis batas dengan daerah lain tidak ikut.", n=w.number(found.left_out)))
    sure = {"yakin": strength(w, side.strength)}
    if side.code == "tertinggal":
        said.append(w.t("Tertinggal, {yakin}.", **sure))
    elif side.code == "lebih_baik":
        said.append(w.t("Lebih baik, {yakin}.", **sure))
    elif side.code == "tidak_dapat_diuji":
        said.append(w.t("Tidak dapat diuji."))
    elif side.code == "tidak_tampak":
        said.append(
            w.t("Perbedaan baru petunjuk: dari banyak uji, sebagian tampak berbeda karena kebetulan.")
            if side.strength
            else w.t("Perbedaan tidak tampak.")
        )
    elif side.code == "tidak_dapat_terlihat":
        said.append(
            w.t(
                "Perbedaan tidak dapat terlihat: selisih satu simpangan baku hanya berpeluang {daya} untuk terlihat.",
                daya=w.percent(side.power or 0),
            )
        )
    said += _at_density(w, indicator, side)
    if "mutu_rendah" in side.caveats:
        said.append(w.t("Sebagian besar nilainya bermutu rendah."))
        said += [md(w.note(note)) for note in short_notes(spread.notes)]
    return " ".join(said)


def _at_density(w: Words, indicator: Indicator, side: SideVerdict) -> list[str]:
    """Whether a difference that is seen remains between places of equal density: a rural ring, or the border?"""
    adjusted = side.contrast.adjusted
    if side.code not in ("tertinggal", "lebih_baik") or adjusted is None:
        return []
    if side.at_density == side.code:
        return [
            w.t(
                "Pada kepadatan penduduk yang sama pun selisihnya {selisih}.",
                selisih=value_with_unit(w, indicator, abs(adjusted.value)),
            )
        ]
    raw = side.contrast.difference
    if raw is not None and adjusted.p is not None and adjusted.p <= ALPHA and adjusted.value * raw.value > 0:
        return [w.t("Pada kepadatan penduduk yang sama perbedaannya baru petunjuk.")]
    return [
        w.t(
            "Pada kepadatan penduduk yang sama perbedaannya tidak tampak: ini dapat berarti lingkar yang jarang penduduknya, bukan garis batasnya."
        )
    ]


def short_notes(notes: tuple[str, ...]) -> list[str]:
    """The most frequent sentences among the notes of a side that are no figures of single kecamatan."""
    found = dict.fromkeys(s for note in notes for s in sentences_of(note) if "%" not in s)
    return list(found)[:MOST_NOTES]


def line_line(w: Words, data: Dataset, indicator: Indicator, line: LineVerdict) -> str:
    """Neighbour against neighbour in one sentence.

    Parameters
    ----------
    w, data : language and data
    indicator : what is compared
    line : verdict on its pairs across the line
    """
    compared = line.border_pairs
    fields = {"n": w.number(compared.known)}
    if compared.difference is not None:
        fields["selisih"] = value_with_unit(w, indicator, abs(compared.difference))
        fields["lebih"] = kabkota_name(data, compared.sides[1 if compared.difference > 0 else 0])
    if line.code == "satu_sisi_tertinggal" and line.behind is not None:
        return w.t(
            "Tetangga lawan tetangga: pada {n} pasangan, {sisi} tertinggal rata-rata {selisih} ({yakin}).",
            sisi=kabkota_name(data, line.behind),
            yakin=strength(w, line.strength),
            **fields,
        )
    if line.code == "tidak_tampak":
        text = w.t(
            "Tetangga lawan tetangga: pada {n} pasangan, perbedaan yang konsisten tidak tampak ({lebih} rata-rata "
            "{selisih} lebih tinggi).",
            **fields,
        )
        if line.behind is not None:
            text += " " + w.t("Ada petunjuk {sisi} tertinggal.", sisi=kabkota_name(data, line.behind))
        return text
    if line.code == "tidak_dapat_terlihat":
        return w.t(
            "Tetangga lawan tetangga: {n} pasangan, {lebih} rata-rata {selisih} lebih tinggi; perbedaan konsisten sebesar satu simpangan baku hanya berpeluang {daya} untuk terlihat.",
            daya=w.percent(line.power or 0),
            **fields,
        )
    if line.code == "tidak_dapat_diuji":
        return w.t(
            "Tetangga lawan tetangga: {n} pasangan, {lebih} rata-rata {selisih} lebih tinggi; pasangan terlalu sedikit untuk diuji.",
            **fields,
        )
    if line.code == "tanpa_arah":
        return w.t("Tetangga lawan tetangga: {n} pasangan, {lebih} rata-rata {selisih} lebih tinggi.", **fields)
    stop = blocked(w, data, indicator, compared.comparison) if compared.comparison is not None else None
    return stop or w.t("Tetangga lawan tetangga: belum ada pasangan yang nilainya diketahui.")


def caveat(w: Words, code: str) -> str:
    """A caveat of the analysis as a sentence; an unknown code stands as it is."""
    known = {
        "mutu_rendah": w.t("Sebagian besar nilainya bermutu rendah."),
        "nilai_belum_ada": w.t("Sebagian wilayah belum ada data dan tidak ikut dihitung."),
        "tidak_diketahui": w.t("Belum ada data."),
        "satu_sisi_tidak_diketahui": w.t("Satu sisi tidak diketahui, jadi kedua sisi tidak dibandingkan."),
        "jumlah_mentah": w.t("Jumlah mentah: wilayahnya tidak sama besar, jadi tidak dibandingkan."),
        "definisi_berbeda": w.t("Yang dihitung berbeda di tiap sisi, jadi tidak dibandingkan."),
        "tanpa_bobot_penduduk": w.t("Penduduk tidak diketahui, jadi setiap wilayah dihitung sama berat."),
        "tanpa_kepadatan": w.t(
            "Kepadatan penduduk tidak diketahui, jadi perbandingan pada kepadatan yang sama tidak ada."
        ),
        "tanpa_kecamatan": w.t("Perbandingan di dalam kecamatan tidak dapat dibuat."),
        "tanpa_batas": w.t("Tidak ada wilayah batas yang nilainya diketahui."),
        "tanpa_interior": w.t("Tidak ada wilayah di luar batas yang nilainya diketahui."),
        "terlalu_sedikit_unit": w.t("Wilayahnya terlalu sedikit untuk diuji."),
        "satu_kelurahan": w.t("Batasnya hanya satu wilayah."),
        "set_terlalu_sedikit": w.t("Susunan acak yang mungkin terlalu sedikit untuk diuji."),
        "cakupan_rendah": w.t("Kurang dari separuh wilayah diketahui, jadi tidak diuji."),
        "kecamatan_terlalu_sedikit": w.t("Kecamatannya terlalu sedikit untuk memberi selang ketidakpastian."),
        "unit_terpisah": w.t("Ada wilayah yang tidak bersambung dengan lainnya, misalnya pulau."),
        "beberapa_bagian": w.t("Batasnya terdiri atas beberapa bagian yang terpisah."),
        "sebagian_besar_di_batas": w.t("Lebih dari separuh wilayah ada di batas; pembandingnya sedikit."),
        "arah_dalam_kecamatan_berbeda": w.t("Di dalam kecamatan yang sama, arahnya berlawanan."),
        "terlalu_sedikit": w.t("Pasangan terlalu sedikit untuk diuji."),
        "tidak_ada_pasangan": w.t("Tidak ada pasangan yang berbatasan langsung."),
        "tahun_berjauhan": w.t("Data kedua sisi terpaut lebih dari dua tahun."),
        "tahun_indikator_berjauhan": w.t("Data indikator-indikatornya terpaut lebih dari dua tahun."),
        "ketersediaan_kurang": w.t("Sebagian kelurahan/desa tidak diperingkat karena datanya kurang."),
        "sektor_tanpa_data": w.t("Ada sektor tanpa indikator yang dapat dipakai."),
        "galat_diperhitungkan": w.t("Batas kesalahan perkiraan ikut diacak."),
        "tanpa_arah": w.t("Indikator ini tidak punya arah baik atau buruk."),
        "tanpa_standar": w.t("Indikator ini tidak punya standar."),
        "bobot_nol": w.t("Bobotnya nol."),
    }
    return known.get(code, code)
