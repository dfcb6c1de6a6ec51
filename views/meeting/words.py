"""Names of the files for a meeting, and why a template is not used."""

from __future__ import annotations

from data.intake.packages import PackageError
from views.exports import formats
from views.language.escape import LONGEST_ECHO, echo, md
from views.language.words import Words


def kind_names(w: Words) -> dict[str, str]:
    """Names of the kinds of file that the registry can make."""
    names = {
        "pptx": w.t("Paparan (PPTX)"),
        "pdf": w.t("Ringkasan cetak (PDF)"),
        "xlsx": w.t("Buku kerja (XLSX)"),
        "gpkg": w.t("Peta untuk QGIS (GPKG)"),
        "html": w.t("Peta luring (HTML)"),
        "png": w.t("Gambar (PNG)"),
        "docx": w.t("Formulir berita acara (DOCX)"),
        "rapat": w.t("Mode rapat luring (HTML)"),
        "profil": w.t("Profil kelurahan (PDF, ZIP)"),
    }
    return {kind: names.get(kind, kind.upper()) for kind in formats.FORMATS}


def kind_notes(w: Words) -> dict[str, str]:
    """What each kind is for."""
    return {
        "pptx": w.t("untuk ditayangkan dan disunting; bagan dan tabelnya asli PowerPoint"),
        "pdf": w.t("untuk dicetak dan dikirim"),
        "xlsx": w.t("semua angka bertipe, dengan saringan, jumlah, sumber dan catatan"),
        "gpkg": w.t("batas, nilai, garis dan fasilitas untuk diolah di QGIS"),
        "html": w.t("satu berkas; dibuka peramban dari USB tanpa internet, dengan pencarian dan tabel"),
        "png": w.t("semua peta dan diagram sebagai gambar, dalam satu ZIP"),
        "docx": w.t("formulir dengan temuan; keputusan ditulis di rapat"),
        "rapat": w.t("paparan layar penuh dalam satu berkas"),
        "profil": w.t("satu halaman tiap kelurahan/desa yang ditonjolkan"),
    }


def refusal(w: Words, name: str, fault: PackageError) -> str:
    """Why the template of this file name is not used, and what to do.

    Parameters
    ----------
    w : language
    name : of the template's file
    fault : why it is refused
    """
    reasons = {
        "besar": w.t("terlalu besar"),
        "padat": w.t("isinya jauh lebih padat daripada ukurannya"),
        "bentuk": w.t("bukan PPTX yang dapat dibaca"),
        "entitas": w.t("mendefinisikan entitas XML"),
        "makro": w.t("memuat makro atau kontrol"),
        "tertanam": w.t("memuat berkas tertanam, misalnya angka sebuah bagan"),
        "media": w.t("memuat suara atau video"),
        "asing": w.t("memuat bagian yang tidak dikenal"),
        "luar": w.t("mengambil isi dari luar atau menautkan berkas"),
        "ukuran": w.t("ukuran slidenya tidak tertulis, atau sisinya kurang dari 13 cm atau lebih dari 142 cm"),
        "tata_letak": w.t("tidak punya tata letak berjudul"),
        "catatan": w.t("halaman catatannya tidak punya tempat teks"),
        "berat": w.t("terlalu berat untuk diolah"),
        "sibuk": w.t("server sedang mengolah templat lain; coba lagi sebentar lagi"),
    }
    said = w.t(
        "Templat “{nama}” tidak dipakai: {alasan}. Yang dipakai templat bawaan.",
        nama=echo(name),
        alasan=reasons[fault.code],
    )
    if not fault.part or fault.code in ("bentuk", "entitas"):
        return said
    # The end of a long name says more than its beginning.
    where = w.t(
        "Bagiannya: {bagian}. Hapus di PowerPoint, juga dari slide contoh, simpan sebagai .pptx, lalu unggah lagi.",
        bagian=md(fault.part[-LONGEST_ECHO:]),
    )
    return f"{said} {where}"
