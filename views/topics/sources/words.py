"""The pieces of the page on sources and quality."""

from __future__ import annotations

import pandas as pd

from analysis.values.population import ErrorReport
from data.tables import Dataset
from views.language import aloud
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.overview.tables import freshness_table

__all__ = ["answer", "error_text", "freshness_table", "glossary", "merged_line", "not_for"]


def answer(w: Words, data: Dataset, shares: pd.DataFrame, error: ErrorReport) -> Answer:
    """How much is known of the study area, and how far the population estimate is off."""
    study = (
        data.catalogue.corridors["semua"].sides if "semua" in data.catalogue.corridors else tuple(data.kabkota.index)
    )
    inside = shares[shares["kode_kabkota"].isin(study)]
    used = int(data.facilities["used"].sum())
    return Answer(
        w.t(
            "Di wilayah kajian {bagian} nilai sudah diketahui, dan perkiraan penduduk kelurahan meleset rata-rata {n} persen.",
            bagian=aloud.share(w, inside["known"].sum() / inside["total"].sum()),
            n=aloud.rounded(w, 100 * error.mean_abs),
        ),
        w.t(
            "Diukur pada {n} kelurahan yang angka resminya diketahui; {dipakai} lokasi fasilitas dipakai, {dibuang} catatan tidak.",
            n=w.number(error.n),
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
            w.t("Membagi bantuan per orang: penduduk kelurahan adalah perkiraan."),
            w.t("Menilai kinerja lurah, camat atau dinas: data fasilitas sebagian besar dari 2019."),
            w.t("Mencari alamat pos damkar: sebagian besar hanya diketahui kecamatannya."),
            w.t("Menyimpulkan banjir dari lahan rendah, atau kesejahteraan dari cahaya malam."),
            w.t("Menyebut “pelanggaran”: SNI adalah acuan perencanaan."),
        )
    )


def error_text(w: Words, data: Dataset, error: ErrorReport) -> str:
    """The measured error in words, with the worst case named."""
    return w.t(
        "Total kecamatan dibagi menurut TPS 2024, lalu dibandingkan dengan angka resmi {n} kelurahan Jakarta Timur "
        "(2024): rata-rata meleset {rata}, 9 dari 10 kelurahan di bawah {p90}, terburuk {terburuk} ({nama}). Kisaran "
        "di setiap angka memakai batas kesalahan 9 dari 10 itu.",
        n=w.number(error.n),
        rata=w.percent(error.mean_abs, 1),
        p90=w.percent(error.p90_abs, 1),
        terburuk=w.percent(abs(error.worst), 1),
        nama=md(str(data.kelurahan.at[error.worst_kode, "nama"])),
    )


def merged_line(w: Words, data: Dataset) -> str:
    """How many records were found to be the same place."""
    merged = data.facilities["n_merged"]
    return w.t(
        "{catatan} catatan dari beberapa daftar ternyata tempat yang sama dan digabung; semua nomor sumbernya disimpan.",
        catatan=w.number(int((merged - 1).clip(lower=0).sum())),
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
