"""Why a part of a link is not used, in words of the reader. What a link holds is repeated as text, never as a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from views.language import link_names as names
from views.language.escape import echo, md
from views.language.sentences import number
from views.language.words import Words
from views.link.kinds import Reason

MOST_ECHOES = 3


def sentences(w: Words, refused: Mapping[str, Sequence[Reason]]) -> list[str]:
    """One sentence for every parameter that is not used."""
    return [
        w.t(
            "{nama}: {alasan}, jadi yang dipakai nilai bawaan.",
            nama=label(w, name),
            alasan=_listed(w, [reason(w, r) for r in reasons]),
        )
        for name, reasons in refused.items()
    ]


def unknown(w: Words, names: Sequence[str]) -> str:
    """That the page does not know these parameters."""
    quoted = _listed(w, [w.t("“{bagian}”", bagian=echo(name)) for name in names])
    return w.t("Halaman ini tidak mengenal {daftar} di tautan; bagian itu tidak dipakai.", daftar=quoted)


def _listed(w: Words, items: Sequence[str]) -> str:
    shown = list(items[:MOST_ECHOES])
    if len(items) > MOST_ECHOES:
        shown.append(w.t("{n} lainnya", n=w.number(len(items) - MOST_ECHOES)))
    return w.listing(shown)


def reason(w: Words, why: Reason) -> str:
    """Why something is not used, as a part of a sentence."""
    part = echo(why.part)
    low, high = ("" if limit is None else number(w, limit) for limit in (why.low, why.high))
    reasons = {
        "kosong": w.t("tidak ada isinya di tautan"),
        "berulang": w.t("“{bagian}” tertulis di samping nilai lain", bagian=part),
        "terlalu_panjang": w.t("“{bagian}” terlalu panjang", bagian=part),
        "terlalu_banyak": w.t("{bagian} lebih banyak daripada {batas}", bagian=part, batas=high),
        "tak_tampak": w.t("“{bagian}” memuat huruf yang tidak tampak", bagian=part),
        "tidak_dikenal": w.t("“{bagian}” tidak dikenal di sini", bagian=part),
        "dua_kali": w.t("“{bagian}” tertulis dua kali", bagian=part),
        "bilangan": w.t("“{bagian}” bukan bilangan", bagian=part),
        "bilangan_bulat": w.t(
            "“{bagian}” bukan bilangan bulat {rendah} sampai {tinggi}", bagian=part, rendah=low, tinggi=high
        ),
        "batas": w.t("“{bagian}” tidak di antara {rendah} dan {tinggi}", bagian=part, rendah=low, tinggi=high),
        "alamat": w.t("“{bagian}” bukan alamat http:// atau https:// dengan nama host saja", bagian=part),
        "bentuk": w.t("“{bagian}” tidak dapat dibaca", bagian=part),
        "jenis": w.t("“{bagian}” menyebut jenis fasilitas yang tidak dikenal", bagian=part),
        "kabkota": w.t("“{bagian}” menyebut kabupaten/kota yang tidak dikenal", bagian=part),
        "fasilitas": w.t("“{bagian}” menyebut fasilitas yang tidak dikenal", bagian=part),
        "tempat": w.t("“{bagian}” tidak terletak di wilayah yang dihitung", bagian=part),
        "bukan_pos": w.t("“{bagian}” dalam daftar berarti tidak ada pos", bagian=part),
    }
    return reasons[why.code]


def label(w: Words, name: str) -> str:
    """What a parameter is called on the page; a member of a family with its end."""
    labels = {
        names.CORRIDOR: w.t("Koridor"),
        names.LANGUAGE: w.t("Bahasa"),
        names.INDICATOR: w.t("Indikator"),
        names.MODE: w.t("Tampilkan"),
        names.STANDARD: w.t("Standar"),
        names.LAYOUT: w.t("Susunan"),
        names.FACILITIES: w.t("Titik fasilitas"),
        names.BORDER_SET: w.t("Yang dihitung sebagai perbatasan"),
        names.SELECTED: w.t("Nama wilayah"),
        names.VIEW: w.t("Letak peta"),
        names.WEIGHTS: w.t("Bobot sektor"),
        names.THRESHOLDS: w.t("Ambang"),
        names.AGGREGATION: w.t("Penggabungan"),
        names.NORMALISATION: w.t("Skala"),
        names.SIDE: w.t("Sisi"),
        names.SECTOR: w.t("Sektor"),
        names.ORDER: w.t("Urutkan menurut"),
        names.SERIES: w.t("Data"),
        names.PERIOD: w.t("Tahun"),
        names.YEAR_FROM: w.t("Dari tahun"),
        names.YEAR_TO: w.t("Sampai tahun"),
        names.SERVICE: w.t("Layanan"),
        names.PARTNERS: w.t("Mitra"),
        names.SCENARIO: w.t("Skenario"),
        names.ASSUMED: w.t("Asumsi"),
        names.SPEEDS: w.t("Laju"),
        names.PLANNED: w.t("Pos yang direncanakan"),
        names.OTHERS: w.t("Pos tetangga lain"),
        names.FIRE_MAP: w.t("Peta"),
        names.FIRE_PLAN: w.t("Batas"),
        names.SECTION: w.t("Pendalaman"),
        names.CALLS: w.t("Panggilan bersamaan"),
        names.PER_POST: w.t("Unit siap tiap pos"),
        names.INCIDENTS: w.t("Jumlah kejadian"),
        names.LOG_PLAN: w.t("Bandingkan dengan"),
        names.SEED: w.t("Nomor latihan"),
        names.DRILL: w.t("Buka satu latihan"),
        names.KIND: w.t("Yang dibangun"),
        names.COUNTS: w.t("Jumlah tempat baru"),
        names.DRAWN: w.t("Calon lokasi"),
        names.GOAL: w.t("Sasaran: bagian penduduk yang terjangkau"),
        names.SITING_MAP: w.t("Rencana di peta"),
        names.RUN: w.t("Hitung"),
        names.COST: w.t("Biaya (rupiah)"),
        names.BASIS: w.t("Dasar angka"),
        names.USE: w.t("Pemakaian"),
        names.SERVED: w.t("Jiwa dilayani"),
        names.ALONE: w.t("Bila sendiri"),
        names.TOGETHER: w.t("Bila bersama (jiwa)"),
        names.SECTORS: w.t("Sektor"),
        names.PLACES: w.t("Profil kelurahan"),
        names.FILES: w.t("Berkas"),
        names.SLIDES: w.t("Slaid"),
        names.ADDRESS: w.t("Alamat kantor untuk kode QR"),
        names.SCOPE: w.t("Milik siapa"),
        names.AGREEMENT: w.t("Buka satu perjanjian"),
        names.STATE: w.t("Keadaan"),
        names.REPORT: w.t("Buka satu laporan"),
        names.METHOD: w.t("Metode, rumus dan batasnya"),
        names.AS_OF: w.t("Per versi"),
        names.PAIR: w.t("Perbatasan"),
        names.STAGE: w.t("Jenjang sekolah"),
    }
    if name in labels:
        return labels[name]
    base = next(base for base in labels if name.startswith((f"{base} ", f"{base}-")))
    return w.t("{nama} ({bagian})", nama=labels[base], bagian=md(name[len(base) + 1 :]))
