"""The pieces of the page on sources and quality."""

from __future__ import annotations

import pandas as pd

from analysis.values.population import ErrorReport
from data.tables import Dataset
from views.figures import theme
from views.figures.captions import span
from views.figures.specs import Entry, Heat, Legend
from views.language.escape import md
from views.language.names import kind_names
from views.language.words import Words
from views.topics.overview.tables import freshness_table

__all__ = [
    "answer",
    "coverage_matrix",
    "error_text",
    "figure",
    "freshness_table",
    "glossary",
    "left_out_table",
    "merged_line",
    "not_for",
    "sources_table",
]


def _columns(data: Dataset) -> list[str]:
    wanted = {side for corridor in data.catalogue.corridors.values() for side in corridor.sides}
    study = data.catalogue.corridors["semua"].sides if "semua" in data.catalogue.corridors else ()
    return [*study, *sorted(wanted - set(study))]


def coverage_matrix(w: Words, data: Dataset, shares: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Share and "known/total" by indicator and kabkota, for the kabkota of all corridors."""
    columns = _columns(data)
    titles = {i.id: w.pick(i.title) for i in data.catalogue.indicators.values()}
    names = data.names("kabkota")
    text = shares.assign(text=shares["known"].astype(str) + "/" + shares["total"].astype(str))

    def matrix(column: str) -> pd.DataFrame:
        wide = text.pivot(index="indicator", columns="kode_kabkota", values=column)
        wide = wide.reindex(index=list(titles), columns=columns)
        return wide.rename(index=titles, columns=names.to_dict()).rename_axis(index=None, columns=None)

    return matrix("share"), matrix("text")


def figure(w: Words, data: Dataset, shares: pd.DataFrame, counts: pd.DataFrame) -> Heat:
    """Share of units with a value, an indicator a row and a kabkota a column; see `coverage_matrix`."""
    return Heat(
        title=w.t("Cakupan: unit yang nilainya diketahui, menurut indikator dan kabupaten/kota"),
        unit=w.t("% unit"),
        year=span(w, {int(y) for y in data.values["year"].dropna()}),
        source=w.t("semua sumber indikator, tercantum di halaman Sumber & mutu"),
        note=w.t("Angka: unit yang diketahui dari semua unit pada tingkat asli indikator."),
        alt=w.t("Peta panas cakupan data; tabelnya di bawah"),
        language=w.language,
        legend=Legend(
            entries=(
                Entry(theme.SEQUENTIAL[-1], w.t("% unit yang diketahui")),
                *([Entry(None, w.no_data)] if shares.isna().to_numpy().any() else []),
            )
        ),
        rows=tuple(map(str, shares.index)),
        columns=tuple(map(str, shares.columns)),
        values=tuple(tuple(None if pd.isna(v) else 100 * float(v) for v in row) for row in shares.to_numpy()),
        texts=tuple(tuple("–" if pd.isna(v) else str(v) for v in row) for row in counts.to_numpy()),
        colors=theme.SEQUENTIAL,
        axis=w.t("% unit yang diketahui"),
    )


def answer(w: Words, data: Dataset, shares: pd.DataFrame, error: ErrorReport) -> str:
    """First line: how much is known for the study area, and the error of the population estimate."""
    study = (
        data.catalogue.corridors["semua"].sides if "semua" in data.catalogue.corridors else tuple(data.kabkota.index)
    )
    inside = shares[shares["kode_kabkota"].isin(study)]
    used = int(data.facilities["used"].sum())
    return w.t(
        "Di wilayah kajian {persen} dari nilai yang mungkin sudah diketahui; perkiraan penduduk meleset rata-rata {galat} "
        "(diukur pada {n} kelurahan Jakarta Timur); {dipakai} lokasi fasilitas dipakai dan {dibuang} catatan tidak dipakai.",
        persen=w.percent(inside["known"].sum() / inside["total"].sum()),
        galat=w.percent(error.mean_abs, 1),
        n=w.number(error.n),
        dipakai=w.number(used),
        dibuang=w.number(len(data.facilities) - used),
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
        "Total kecamatan dibagi menurut TPS 2024, lalu dibandingkan dengan angka resmi {n} kelurahan Jakarta Timur (2024): "
        "rata-rata meleset {rata}, 9 dari 10 kelurahan di bawah {p90}, terburuk {terburuk} ({nama}). "
        "Kisaran di setiap angka memakai galat 9 dari 10 itu.",
        n=w.number(error.n),
        rata=w.percent(error.mean_abs, 1),
        p90=w.percent(error.p90_abs, 1),
        terburuk=w.percent(abs(error.worst), 1),
        nama=md(str(data.kelurahan.at[error.worst_kode, "nama"])),
    )


def reason_names(w: Words) -> dict[str, str]:
    """Why a record is not used."""
    return {
        "no_coord": w.t("tanpa koordinat"),
        "outside_stated_kabkota": w.t("titik jatuh di luar kabupaten/kota yang disebut"),
        "outside_area": w.t("titik jatuh di luar 18 kabupaten/kota"),
        "not_a_place": w.t("belum atau tidak ada"),
        "area_only": w.t("hanya diketahui wilayahnya, bukan titiknya"),
        "wrong_point": w.t("titik jelas salah"),
        "other_kind": w.t("bukan jenis tempat ini menurut namanya"),
        "not_in_distances": w.t("disimpan, tetapi tidak dipakai menghitung jarak"),
    }


def left_out_table(w: Words, counted: pd.DataFrame) -> pd.DataFrame:
    """Records left out by kind, kabkota and reason."""
    kinds, reasons = kind_names(w), reason_names(w)
    return pd.DataFrame(
        {
            w.t("Jenis"): counted["kind"].map(lambda k: kinds.get(k, k)),
            w.t("Kabupaten/kota"): counted["kabkota"].replace("", w.t("tidak disebut")),
            w.t("Alasan"): counted["reason"].map(lambda r: reasons.get(r, r)),
            w.t("Banyaknya"): counted["count"],
        }
    )


def merged_line(w: Words, data: Dataset) -> str:
    """How many records were found to be the same place."""
    merged = data.facilities["n_merged"]
    return w.t(
        "{catatan} catatan dari beberapa daftar ternyata tempat yang sama dan digabung; semua nomor sumbernya disimpan.",
        catatan=w.number(int((merged - 1).clip(lower=0).sum())),
    )


def sources_table(w: Words, data: Dataset) -> pd.DataFrame:
    """All sources with vintage, licence, attribution and trust."""
    trust = {"tinggi": w.t("tinggi"), "sedang": w.t("sedang"), "rendah": w.t("rendah")}
    entries = data.catalogue.sources.values()
    return pd.DataFrame(
        {
            w.t("Penerbit"): [e.publisher for e in entries],
            w.t("Judul"): [e.title for e in entries],
            w.t("Tahun data"): [e.vintage for e in entries],
            w.t("Lisensi"): [e.licence for e in entries],
            w.t("Atribusi"): [e.attribution for e in entries],
            w.t("Dapat diandalkan"): [
                trust[e.trust] + (f" – {w.pick(e.trust_note)}" if e.trust_note else "") for e in entries
            ],
        }
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
                "**Kepastian Q**: naskah asli dibaca. **S**: dibaca di sumber kedua. **K**: pengetahuan umum, belum dikonfirmasi."
            ),
        )
    )
