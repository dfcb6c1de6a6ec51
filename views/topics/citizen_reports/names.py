"""What states, kinds, refusals and deadlines of reports are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.citizen_reports.deadlines import Deadline, Due
from analysis.citizen_reports.lifecycle import Reason
from analysis.citizen_reports.model import Kind, Refusal, State
from views.topics.agreements.names import sector_names

if TYPE_CHECKING:
    from views.language.words import Words


def state_names(w: Words) -> Mapping[State, str]:
    """Where a report stands."""
    return {
        State.WAITING: w.t("menunggu pemeriksaan"),
        State.REFUSED: w.t("tidak ditayangkan"),
        State.PUBLISHED: w.t("tayang, menunggu jawaban"),
        State.FORWARDED: w.t("diteruskan, menunggu jawaban"),
        State.ANSWERED: w.t("sudah dijawab"),
        State.WORKED_ON: w.t("sedang dikerjakan"),
        State.DONE: w.t("selesai"),
        State.DUPLICATE: w.t("sama dengan laporan lain"),
    }


def kind_names(w: Words) -> Mapping[Kind, str]:
    """What a report asks for, with its days."""
    return {
        Kind.SIMPLE: w.t("informasi atau keluhan biasa (5 hari kerja)"),
        Kind.PLAIN: w.t("pengaduan tanpa pemeriksaan lapangan (14 hari kerja)"),
        Kind.INSPECTED: w.t("pengaduan dengan pemeriksaan lapangan (60 hari kerja)"),
    }


def refusal_names(w: Words) -> Mapping[Refusal, str]:
    """Why a report is not shown."""
    return {
        Refusal.PERSONAL: w.t("memuat data pribadi seseorang"),
        Refusal.ELSEWHERE: w.t("tempatnya di luar wilayah ini"),
        Refusal.OTHER_MATTER: w.t("bukan tentang layanan atau prasarana publik"),
        Refusal.UNCLEAR: w.t("tidak cukup jelas untuk ditindaklanjuti"),
        Refusal.ABUSIVE: w.t("memuat makian atau tuduhan terhadap seseorang"),
        Refusal.ADVERTISING: w.t("berisi iklan"),
    }


def sector(w: Words, key: str) -> str:
    """The sector of a report.

    Parameters
    ----------
    w : language
    key : id of the sector; an unknown one stands as it is
    """
    return next((name for known, name in sector_names(w).items() if known.value == key), key)


def deadline_text(w: Words, due: Deadline | None) -> str:
    """What is due and in how many working days, or since when it is late; "" where nothing is due."""
    if due is None:
        return ""
    days = w.number(abs(due.left))
    if due.what is Due.CLOSING:
        return (
            w.t("ditutup dalam {n} hari kerja bila tidak ada tanggapan", n=days)
            if due.left >= 0
            else w.t("ditutup karena tidak ada tanggapan")
        )
    if due.what is Due.FIRST_LOOK:
        return (
            w.t("pemeriksaan terlambat {n} hari kerja", n=days)
            if due.overdue
            else w.t("pemeriksaan: sisa {n} hari kerja", n=days)
        )
    return (
        w.t("jawaban terlambat {n} hari kerja", n=days) if due.overdue else w.t("jawaban: sisa {n} hari kerja", n=days)
    )


def reason_names(w: Words) -> Mapping[Reason, str]:
    """Why something cannot happen to a report."""
    return {
        Reason.NOT_NEXT: w.t("keadaan laporan ini tidak dapat berubah begitu"),
        Reason.NO_KIND: w.t("jenis laporannya belum dipilih"),
        Reason.NO_REASON: w.t("alasannya belum dipilih"),
        Reason.NO_TEXT: w.t("isinya belum ditulis"),
        Reason.NO_OFFICE: w.t("kepada siapa diteruskan belum disebut"),
        Reason.NO_FIRST: w.t("laporan yang sama tidak ditemukan"),
        Reason.FIRST_IS_LATER: w.t("laporan yang sama harus yang lebih dahulu masuk"),
        Reason.FIRST_NOT_SHOWN: w.t("laporan yang lebih dahulu itu tidak sedang tayang"),
    }


def problem(w: Words, field: str, reason: str) -> str:
    """What is wrong with a field, as a sentence.

    Parameters
    ----------
    w : language
    field, reason : as `records.citizen_reports` refuses them
    """
    known = {
        ("text", "empty"): w.t("Isi laporan belum ditulis."),
        ("text", "short"): w.t("Isi laporan terlalu pendek: tulis apa yang terjadi dan di mana."),
        ("text", "long"): w.t("Isi laporan lebih dari 2.000 huruf."),
        ("sector", "empty"): w.t("Bidang belum dipilih."),
        ("sector", "unknown"): w.t("Bidang ini tidak dikenal."),
        ("place", "empty"): w.t("Pilih kelurahan/desa, atau tulis titiknya."),
        ("place", "unknown"): w.t("Kelurahan/desa ini tidak ada di perbatasan ini."),
        ("place", "point"): w.t("Titik tidak terbaca. Contoh: -6,3456; 106,9123"),
        ("place", "outside"): w.t("Titik ini di luar wilayah perbatasan ini."),
        ("place", "apart"): w.t("Titik ini tidak terletak di atau di dekat kelurahan/desa yang dipilih."),
        ("photo", "large"): w.t("Foto lebih besar dari 12 MB. Pilih foto yang lebih kecil, atau kirim tanpa foto."),
        ("photo", "no_photo"): w.t("Berkas ini bukan foto JPEG, PNG atau WebP."),
        ("photo", "heic"): w.t(
            "Foto HEIC tidak dapat dibaca. Di iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel; atau kirim tangkapan layarnya."
        ),
        ("photo", "moving"): w.t("Gambar bergerak tidak dipakai; pilih satu foto."),
        ("photo", "damaged"): w.t("Foto ini rusak atau terpotong. Pilih lagi fotonya, lalu kirim."),
        ("photo", "pixels"): w.t("Foto ini terlalu besar untuk dibaca. Pilih foto yang lebih kecil."),
        ("photo", "busy"): w.t("Server sedang membaca banyak foto. Kirim lagi sebentar lagi."),
        ("note", "empty"): w.t("Tanggapan belum ditulis."),
        ("note", "long"): w.t("Tulisan ini lebih dari 2.000 huruf."),
        ("office", "long"): w.t("Nama perangkat daerah lebih dari 120 huruf."),
        ("office", "unknown"): w.t("Kabupaten/kota ini tidak dikenal."),
    }
    return known.get((field, reason), w.t("Isian ini tidak dapat dipakai."))
