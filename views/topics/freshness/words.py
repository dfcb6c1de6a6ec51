"""Sentences on the age of figures."""

from __future__ import annotations

import pandas as pd

from analysis.freshness.ageing import OLD_AFTER
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.names import sector_names
from views.language.words import Words


def answer(w: Words, data: Dataset, figures: pd.DataFrame, sectors: pd.DataFrame) -> Answer:
    """How many figures should have been renewed by now, and where most of them are.

    Parameters
    ----------
    w, data : language and data
    figures, sectors : as `analysis.freshness.ageing` gives them, of the same figures
    """
    late, old = int(figures["late"].sum()), int(figures["old"].sum())
    years = sentences.years((int(figures["year"].min()), int(figures["year"].max())))
    note = w.t(
        "{n} dari {semua} angka lewat jadwal, {lama} lebih tua dari {batas} tahun; tahun data {tahun}, umur dihitung dalam tahun penuh.",
        n=w.number(late),
        semua=w.number(len(figures)),
        lama=w.number(old),
        batas=w.number(OLD_AFTER),
        tahun=years,
    )
    if not late:
        return Answer(w.t("Semua angka di kedua sisi perbatasan ini masih sesuai jadwal pembaruannya."), note)
    most = sectors.sort_values(["late", "sector", "kode_kabkota"], ascending=[False, True, True]).iloc[0]
    sentence = w.t(
        "{bagian} angka di sini sudah lewat jadwal pembaruannya, terbanyak di sektor {sektor} di {sisi}.",
        bagian=aloud.share(w, late / len(figures)),
        sektor=sector_names(w)[most["sector"]].lower(),
        sisi=sentences.side_name(data, most["kode_kabkota"]),
    )
    return Answer(sentence[0].upper() + sentence[1:], note)


def age_labels(w: Words) -> list[str]:
    """The classes of age on the map, youngest first."""
    return [w.t("paling tua 1 tahun"), w.t("sampai 2 tahun"), w.t("lebih dari 2 tahun: periksa sebelum dipakai")]


def office_names(w: Words) -> dict[str, str]:
    """Which office of a kabkota keeps the figures of a sector; what it is called differs from place to place."""
    return {
        "kependudukan": w.t("Dinas Kependudukan dan Pencatatan Sipil"),
        "pendidikan": w.t("Dinas Pendidikan"),
        "kesehatan": w.t("Dinas Kesehatan"),
        "pemerintahan": w.t("Bagian Tata Pemerintahan"),
        "transportasi": w.t("Dinas Perhubungan"),
        "jalan": w.t("Dinas Pekerjaan Umum"),
        "lingkungan": w.t("Dinas Lingkungan Hidup"),
        "ekonomi": w.t("Bappeda, Dinas Pemberdayaan Masyarakat dan Desa"),
    }


def method(w: Words) -> str:
    """How ages are counted, and what they cannot say."""
    return w.t(
        "Umur adalah tahun ini dikurangi tahun angka. Angka lewat jadwal bila penerbitnya sudah seharusnya mempunyai yang lebih baru: "
        "Dukcapil dan Dapodik terbit tiap semester, daftar lain paling lambat tiap tahun. Tinggi lahan tidak menua dan tidak dihitung. "
        "Angka yang disusun dari beberapa daftar memakai tahun daftar utamanya. Angka yang masih sesuai jadwal pun dapat sudah tidak cocok "
        "dengan keadaan."
    )
