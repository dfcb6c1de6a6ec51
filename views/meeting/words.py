"""Names of the files for a meeting."""

from __future__ import annotations

from views.exports import formats
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
