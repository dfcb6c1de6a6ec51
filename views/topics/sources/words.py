"""The pieces of the page on sources and quality."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd

from analysis.values.population import MIXTURES, Validation, report
from data.catalogue import Indicator
from data.tables import Dataset
from views.language import aloud, link_names
from views.language.answer import Answer
from views.language.words import Words


def answer(w: Words, data: Dataset, shares: pd.DataFrame, found: Validation) -> Answer:
    """How much is known of the study area, and how far the population estimate is off.

    Parameters
    ----------
    w, data : language and data
    shares : as `views.link.results.known_shares` gives them
    found : errors of the population estimate
    """
    study = (
        data.catalogue.corridors["semua"].sides if "semua" in data.catalogue.corridors else tuple(data.kabkota.index)
    )
    inside = shares[shares["kode_kabkota"].isin(study)]
    used = int(data.facilities["used"].sum())
    return Answer(
        w.t(
            "Di wilayah kajian {bagian} nilai sudah diketahui, dan perkiraan penduduk kelurahan meleset rata-rata {n} persen.",
            bagian=aloud.share(w, inside["known"].sum() / inside["total"].sum()),
            n=aloud.rounded(w, 100 * report(found.held_out["error"]).mean_abs),
        ),
        w.t(
            "Diukur pada {n} kelurahan yang angka resminya diketahui; {dipakai} lokasi fasilitas dipakai, {dibuang} catatan tidak.",
            n=w.number(len(found.held_out)),
            dipakai=w.number(used),
            dibuang=w.number(len(data.facilities) - used),
        ),
    )


def not_for(w: Words) -> str:
    """What these numbers must not be used for."""
    return "\n".join(
        f"- {line}"
        for line in (
            w.t("Menetapkan atau menggugat batas wilayah: garisnya bukan acuan resmi."),
            w.t("Membagi bantuan per orang: penduduk kelurahan/desa di Banten adalah perkiraan."),
            w.t("Menilai kinerja lurah, camat atau dinas: data fasilitas sebagian besar dari 2019."),
            w.t("Mencari alamat pos damkar: sebagian besar hanya diketahui kecamatannya."),
            w.t("Menyimpulkan banjir dari lahan rendah, atau kesejahteraan dari cahaya malam."),
            w.t("Menyebut “pelanggaran”: SNI adalah acuan perencanaan."),
        )
    )


def error_text(w: Words, found: Validation) -> str:
    """How the estimate is made, its error where the truth is known, and how often the ranges hold it."""
    return w.t(
        "Di Bekasi, Depok dan Jakarta Timur penduduk kelurahan adalah angka resmi. Di Banten total kecamatan dibagi menurut {penimbang}. "
        "Cara itu dicoba pada {n} kelurahan/desa yang angkanya diketahui, setiap kabupaten/kota dinilai tanpa datanya sendiri: "
        "rata-rata meleset {rata}, 9 dari 10 di bawah {p90}. Kisaran yang ditampilkan (±{besar} untuk 64 TPS, ±{kecil} untuk 16 TPS) memuat angka resmi pada {cakupan} dari mereka, dan pada {cakupan_jumlah} "
        "dari jumlah beberapa kelurahan/desa yang bertetangga (target 90 %).",
        penimbang=mixture_names(w)[found.mixture],
        n=w.number(len(found.held_out)),
        rata=w.percent(report(found.held_out["error"]).mean_abs, 1),
        p90=w.percent(report(found.held_out["error"]).p90_abs, 1),
        besar=w.percent(found.factor / 8, 1),
        kecil=w.percent(found.factor / 4, 1),
        cakupan=w.percent(found.coverage),
        cakupan_jumlah=w.percent(found.sum_coverage),
    )


def deviation_text(w: Words, rows: pd.DataFrame, found: Validation) -> str:
    """How far estimates were from the official figures that have replaced them, and what that does to the ranges.

    Parameters
    ----------
    w : language
    rows : as `analysis.values.population.deviations` gives them, not empty
    found : with them, of `analysis.values.population.with_official`
    """
    counted = rows[rows["counted"]]
    text = [
        w.t(
            "{n} perkiraan sudah diganti angka resmi kantor: rata-rata meleset {rata}, dan {dalam} angka resminya ada di dalam kisaran.",
            n=w.number(len(rows)),
            rata=w.percent(rows["error"].abs().mean(), 1),
            dalam=w.number(int(rows["within"].sum())),
        )
    ]
    if len(counted) < len(rows):
        text.append(
            w.t(
                "{n} yang setahun dengan perkiraannya ikut dalam batas kesalahan di atas; pada yang lain, selisihnya memuat perubahan penduduk antara "
                "kedua tahun.",
                n=w.number(len(counted)),
            )
        )
    if len(counted):
        versions = [str(int(number)) for number in sorted(counted["number"].unique())]
        text.append(
            w.t(
                "Batas kesalahan di atas diukur pada {n} kelurahan/desa, {resmi} di antaranya dari data kantor versi {versi}; kisaran perkiraan yang "
                "tersisa menjadi {kali} kali lebar semula.",
                n=w.number(len(found.held_out)),
                resmi=w.number(len(counted)),
                versi=w.listing(versions),
                kali=w.number(found.times, 2),
            )
        )
    return " ".join(text)


def mixture_names(w: Words) -> dict[str, str]:
    """What the total of a kecamatan is divided by, for every mixture that was tried."""
    names = {"tps": w.t("TPS Pemilu 2024"), "voters": w.t("pemilih 2019"), "census": w.t("sensus 2010")}
    return {mixture: w.listing([names[column] for column in columns]) for mixture, columns in MIXTURES.items()}


def merged_line(w: Words, data: Dataset) -> str:
    """How many records were found to be the same place."""
    merged = data.facilities["n_merged"]
    return w.t(
        "{catatan} catatan dari beberapa daftar ternyata tempat yang sama dan digabung; semua nomor sumbernya disimpan.",
        catatan=w.number(int((merged - 1).clip(lower=0).sum())),
    )


def misplaced_line(w: Words, rows: pd.DataFrame) -> str:
    """How many points disagree with what is stated of their place, and what was done.

    Parameters
    ----------
    w : language
    rows : of `open_data.places.misplaced_rows`
    """
    counted = rows["treated"].value_counts()
    return w.t(
        "{n} tempat di koridor ini mempunyai titik di luar wilayah yang disebut daftarnya. Sampai {batas} m dari wilayah itu titiknya dipakai ({titik}); "
        "selebihnya tempatnya dianggap di suatu tempat di wilayah yang disebut ({wilayah}), kecuali puskesmas: titiknya tetap dipakai, karena namanya menyebut wilayah yang dilayani.",
        n=w.number(len(rows)),
        batas=w.number(300),
        titik=w.number(int(counted.get("titik", 0))),
        wilayah=w.number(int(counted.get("wilayah", 0))),
    )


def glossary(w: Words) -> str:
    """What level, method and quality mean."""
    return "\n".join(
        f"- {line}"
        for line in (
            w.t(
                "**Tingkat asli**: tingkat wilayah tempat angka itu dicatat. Nilai kecamatan tidak pernah dipakai sebagai nilai kelurahan."
            ),
            w.t(
                "**Langsung**: angka dari sumber apa adanya. **Agregasi**: dijumlah atau dirata-rata dari titik atau piksel."
            ),
            w.t(
                "**Disagregasi**: total wilayah yang lebih besar dibagi menurut penimbang. **Perhitungan**: hasil model, misalnya jarak."
            ),
            w.t(
                "**Mutu tinggi**: sumber resmi dan lengkap. **Sedang**: lengkap tetapi lama atau diolah. **Rendah**: tidak lengkap atau sumber saling berbeda."
            ),
            w.t(
                "**Kepastian**: naskah asli dibaca, dibaca di sumber kedua, atau pengetahuan umum yang belum dikonfirmasi."
            ),
        )
    )


SECTIONS = {
    "penduduk": "penduduk",
    "kepadatan": "penduduk",
    "ketergantungan": "umur",
    "ketergantungan_kecamatan": "umur",
    "kursi_sd": "ketersediaan",
    "kursi_smp": "ketersediaan",
    "kursi_smp_negeri": "ketersediaan",
    "kursi_sma_smk": "ketersediaan",
    "siswa_per_rombel_sd": "ketersediaan",
    "siswa_per_rombel_smp": "ketersediaan",
    "siswa_per_rombel_sma_smk": "ketersediaan",
    "ruang_kelas": "ketersediaan",
    "guru_per_siswa": "ketersediaan",
    "smp_negeri": "ketersediaan",
}
"""Section of docs/metode.md of the indicators that are no distance; the others are counts and rates."""


def section_of(indicator: Indicator | None) -> str:
    """Section of docs/metode.md behind an indicator; None stands for all distances together."""
    if indicator is None or indicator.facility:
        return "jarak"
    return SECTIONS.get(indicator.id, "hitungan")


def method_link(w: Words, section: str, corridor: str) -> str:
    """Where a section of docs/metode.md stands, as a link in Markdown that keeps border and language.

    Parameters
    ----------
    w : language
    section : of docs/metode.md, as `section_of` gives it
    corridor : id of the border
    """
    text = w.t("Metode, rumus dan batasnya")
    query = {link_names.CORRIDOR: corridor, link_names.LANGUAGE: w.language, link_names.METHOD: section}
    return f"[{text}](sumber?{urlencode(query)})"
