"""Why an entry of an office was not saved, in words, and what its fields are called."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.agreements.lifecycle import Reason, StepError
from analysis.agreements.model import Role
from data.tables import Dataset
from records.agreements.entries import EntryError
from records.permissions import ForbiddenError
from views.language.escape import md
from views.language.words import Words
from views.topics.agreements.names import region, role_names


def label(w: Words, name: str) -> str:
    """What a field is called.

    Parameters
    ----------
    w : language
    name : of the value; of the fields of who takes part "pelaku " and the role
    """
    known = {
        "document": w.t("Jenis"), "parties": w.t("Para pihak"), "title": w.t("Judul"), "sectors": w.t("Bidang"),
        "object": w.t("Objek"), "scope": w.t("Ruang lingkup"), "kode": w.t("Kelurahan dan kecamatan (kosong: seluruhnya)"),
        "category": w.t("Kategori"), "dprd": w.t("Persetujuan DPRD"), "dprd_requested": w.t("Surat kepada DPRD"),
        "dprd_approved": w.t("Disetujui DPRD"), "starts": w.t("Mulai berlaku"), "ends": w.t("Berlaku sampai"),
        "stage": w.t("Tahap"), "stage_due": w.t("Tahap selesai paling lambat"), "under": w.t("Di bawah perjanjian"),
        "renews": w.t("Perpanjangan dari"), "rupiah": w.t("Nilai (rupiah)"), "funding": w.t("Pembiayaan"),
        "note": w.t("Catatan"), "number": w.t("Nomor"), "signatory": w.t("Penanda tangan"), "position": w.t("Jabatan"),
        "authority": w.t("Dasar kewenangan (surat kuasa)"), "office": w.t("Perangkat daerah"), "duties": w.t("Kewajiban"),
        "rights": w.t("Hak"), "contact": w.t("Penanggung jawab (jabatan)"), "signed": w.t("Ditandatangani"),
        "end": w.t("Berakhir karena"), "ended": w.t("Hari terakhir"), "changes": w.t("Yang diubah"),
        "realised": w.t("Terlaksana"), "obstacle": w.t("Hambatan"), "recommendation": w.t("Saran"),
        "status": w.t("Status"), "place": w.t("Tempat"), "since": w.t("Sejak"), "until": w.t("Sampai"),
        "year": w.t("Tahun"), "file": w.t("Lampiran"), "actors": w.t("Pelaku"), "reason": w.t("Alasan koreksi"),
    }  # fmt: skip
    role = name.partition("pelaku ")[2]
    if role:
        return w.t("Pelaku: {peran} (satu per baris)", peran=role_names(w)[Role(role)])
    return known.get(name, name)


def reason_names(w: Words) -> Mapping[Reason, str]:
    """Why a step is refused."""
    return {
        Reason.PUBLISHED: w.t("terbitan tidak dapat diubah"),
        Reason.ENDED: w.t("perjanjian ini sudah berakhir"),
        Reason.OTHER_DOCUMENT: w.t("tahap ini bukan milik jenis naskah ini"),
        Reason.NOT_NEXT: w.t("tahap ini tidak mengikuti tahap sekarang"),
        Reason.DPRD_NOT_NEEDED: w.t("persetujuan DPRD dinilai tidak wajib"),
        Reason.DPRD_UNJUDGED: w.t("wajib tidaknya persetujuan DPRD belum dinilai"),
        Reason.DPRD_NOT_APPROVED: w.t("tanggal persetujuan DPRD belum diisi"),
        Reason.SIGNED_ALREADY: w.t("perjanjian ini sudah ditandatangani"),
        Reason.NOT_SIGNED: w.t("perjanjian ini belum ditandatangani"),
        Reason.IN_FUTURE: w.t("tanggalnya belum tiba"),
        Reason.BEFORE_STAGE: w.t("tanggalnya sebelum tahap sekarang dimulai"),
        Reason.TERM_RUNS: w.t("masa berlakunya belum habis"),
        Reason.NO_TERM: w.t("masa berlakunya tidak diketahui"),
        Reason.BEFORE_SIGNING: w.t("tanggalnya sebelum penandatanganan"),
        Reason.SHORTENED: w.t("masa berlaku baru berakhir sebelum adendum ditandatangani"),
        Reason.NEEDS_ADDENDUM: w.t("isi naskah yang sudah ditandatangani hanya berubah lewat adendum"),
    }


def fixed(w: Words) -> str:
    """What can be changed of an agreement that is signed, and how."""
    return w.t(
        "Sudah ditandatangani: isi naskah (pihak, judul, objek, ruang lingkup, tempat, masa berlaku, nilai, persetujuan DPRD) berubah lewat Adendum; "
        "isian yang keliru dikoreksi pemeriksa dengan alasan. Yang lain tetap dapat diubah di sini."
    )


def conflict(w: Words) -> str:
    """What somebody is told whose record was changed meanwhile."""
    return w.t(
        "Orang lain menyimpan perubahan lebih dahulu; isian Anda belum tersimpan dan tetap ada di formulir. Bandingkan kedua versi, lalu tekan Simpan lagi bila isian Anda yang dipakai."
    )


def sentence(w: Words, data: Dataset, error: EntryError | StepError | ForbiddenError) -> str:
    """Why nothing was saved, as Markdown.

    Parameters
    ----------
    w, data : language and data
    error : what a function of `records.agreements` raised
    """
    if isinstance(error, StepError):
        return w.t("Tidak tersimpan: {alasan}.", alasan=reason_names(w)[error.reason])
    if isinstance(error, ForbiddenError):
        sides = w.listing([md(region(data, kode)) for kode in sorted(error.kabkota)])
        return w.t("Tidak tersimpan: akun Anda bukan pengisi {sisi}, atau sudah keluar.", sisi=sides or "–")
    reasons = {
        "empty": w.t("belum diisi"),
        "long": w.t("terlalu panjang"),
        "order": w.t("lebih awal daripada mulainya, atau di luar masa berlaku"),
        "number": w.t("bukan jumlah rupiah yang mungkin"),
        "unknown": w.t("tidak dikenal"),
        "parties": w.t("sedikitnya dua pihak, dan sisi ini salah satunya"),
        "entered": w.t("pihak yang sudah mengisi sesuatu tidak dapat dikeluarkan"),
        "same": w.t("tidak ada isian yang berubah"),
        "active": w.t("memuat skrip atau berkas tertanam"),
        "no_pdf": w.t("bukan PDF yang utuh"),
        "large": w.t("lebih besar dari 10 MB"),
        "many": w.t("sudah dua puluh lampiran"),
        "there": w.t("sudah dilampirkan"),
    }
    return w.t("Tidak tersimpan. {isian}: {alasan}.", isian=label(w, error.field), alasan=reasons[error.reason])
