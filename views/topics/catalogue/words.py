"""Sentences of the page of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from data.catalogue import Catalogue, Fault
from records.catalogue.reading import Saved
from views.language.answer import Answer
from views.language.names import quality_names, sector_names
from views.language.words import Words


def question(w: Words) -> str:
    """The question of the page."""
    return w.t("Apa isi katalog, dan apa yang diubah di sini?")


def answer(w: Words, known: Catalogue, saved: Sequence[Saved]) -> Answer:
    """How much the catalogue holds, and how much of it was entered here.

    Parameters
    ----------
    w : language
    known : the catalogue that is shown
    saved : every entry that was saved here
    """
    sentence = w.t(
        "Katalog memuat {a} indikator, {b} standar, {c} koridor dan {d} sumber.",
        a=w.number(len(known.indicators)),
        b=w.number(len(known.standards)),
        c=w.number(len(known.corridors)),
        d=w.number(len(known.sources)),
    )
    gone = sum(one.withdrawn is not None for one in saved)
    note = w.t(
        "{n} entri ditambah atau diubah di server ini, {m} di antaranya sudah ditarik.",
        n=w.number(len(saved)),
        m=w.number(gone),
    )
    return Answer(sentence, note if saved else w.t("Semua entri bawaan Tapal; belum ada yang diubah di server ini."))


def kind_names(w: Words) -> dict[str, str]:
    """Kinds of entry."""
    return {
        "indicators": w.t("Indikator"),
        "standards": w.t("Standar"),
        "corridors": w.t("Koridor"),
        "sources": w.t("Sumber"),
    }


def _field_names(w: Words) -> dict[str, str]:
    """What each field is called; those of both languages by their part before the point."""
    return {
        "id": w.t("Pengenal (huruf kecil, tanpa spasi)"),
        "title": w.t("Judul"),
        "description": w.t("Keterangan"),
        "unit": w.t("Satuan"),
        "sector": w.t("Sektor"),
        "direction": w.t("Arah"),
        "level": w.t("Tingkat"),
        "method": w.t("Cara nilainya diperoleh"),
        "sources": w.t("Sumber"),
        "year": w.t("Tahun data"),
        "standards": w.t("Standar, yang pertama bawaan"),
        "decimals": w.t("Angka di belakang koma (0 sampai 4)"),
        "breaks": w.t("Batas kelas peta, dipisah titik koma"),
        "cycle_years": w.t("Terbit tiap berapa tahun (kosong bila tidak menua)"),
        "rate": w.t("Laju yang dibandingkan sebagai gantinya"),
        "caveats": w.t("Peringatan, satu baris satu"),
        "profile": w.t("Tampil di Profil kelurahan"),
        "ranked": w.t("Boleh masuk peringkat kebutuhan"),
        "threshold": w.t("Ambang, dalam satuan indikator"),
        "population_per_unit": w.t("atau penduduk per unit"),
        "kind": w.t("Jenis standar"),
        "source": w.t("Peraturan atau pedoman"),
        "clause": w.t("Pasal atau tabel"),
        "certainty": w.t("Kepastian"),
        "note": w.t("Catatan"),
        "sides": w.t("Kabupaten/kota, menurut urutan tampil"),
        "legal_basis.document": w.t("Peraturan garis batas"),
        "legal_basis.certainty": w.t("Kepastian peraturan"),
        "legal_basis.note": w.t("Catatan peraturan"),
        "legal_basis": w.t("Peraturan garis batas"),
        "sectors": w.t("Bidang kerja sama, dipisah titik koma"),
        "often_assumed": w.t("Kode kecamatan yang sering dikira berbatasan, dipisah titik koma"),
        "short": w.t("Nama pendek di samping angka"),
        "publisher": w.t("Penerbit"),
        "vintage": w.t("Tanggal atau tahun terbit"),
        "licence": w.t("Lisensi"),
        "attribution": w.t("Baris atribusi"),
        "trust": w.t("Dapat diandalkan"),
        "trust_note": w.t("Alasannya"),
        "reason": w.t("Alasan"),
    }


def field_name(w: Words, name: str) -> str:
    """A field as its form calls it; the English one of a text says so.

    Parameters
    ----------
    w : language
    name : as in ``title.en``; "" for the entry as a whole
    """
    if not name:
        return w.t("seluruh entri")
    names, (first, *_) = _field_names(w), name.split(".")
    if first == "en":
        return w.t("{isian} (Inggris)", isian=names.get(name.removeprefix("en."), name))
    stem, _, end = name.rpartition(".")
    if end in ("id", "en") and stem:
        called = names.get(stem, stem)
        return w.t("{isian} (Indonesia)", isian=called) if end == "id" else w.t("{isian} (Inggris)", isian=called)
    return names.get(name, names.get(first, name))


def option_names(w: Words) -> dict[str, dict[str, str]]:
    """Options by field."""
    certain = {
        "Q": w.t("Q: naskah asli dibaca"),
        "S": w.t("S: dibaca di sumber kedua"),
        "K": w.t("K: belum dikonfirmasi"),
    }
    return {
        "sector": sector_names(w),
        "direction": {
            "lebih_rendah_baik": w.t("lebih rendah lebih baik"),
            "lebih_tinggi_baik": w.t("lebih tinggi lebih baik"),
            "netral": w.t("tidak ada arah"),
        },
        "level": {
            "kelurahan": w.t("kelurahan atau desa"),
            "kecamatan": w.t("kecamatan"),
            "kabkota": w.t("kabupaten/kota"),
        },
        "method": {
            "langsung": w.t("angka langsung"),
            "agregasi": w.t("agregasi"),
            "disagregasi": w.t("perkiraan"),
            "model": w.t("perhitungan"),
        },
        "kind": {
            "acuan": w.t("acuan (SNI, pedoman)"),
            "kewajiban": w.t("kewajiban"),
            "perencanaan": w.t("rasio perencanaan"),
        },
        "certainty": certain,
        "legal_basis.certainty": certain,
        "trust": quality_names(w),
        "rate": {"": w.t("tidak ada")},
    }


def reason(w: Words, fault: Fault) -> str:
    """Why a field is refused, as plain text."""
    texts = {
        "missing": w.t("harus diisi"),
        "choice": w.t("bukan salah satu pilihan"),
        "pattern": w.t("hanya huruf kecil, angka, dan _ atau - menurut jenisnya"),
        "field": w.t("isian ini tidak dikenal"),
        "number": w.t("bukan angka; koma untuk desimal, tanpa pemisah ribuan"),
        "least": w.t("terlalu kecil (batasnya {n})", n=fault.detail),
        "most": w.t("terlalu besar (paling besar {n})", n=fault.detail),
        "form": w.t("bentuknya salah"),
        "threshold_or_ratio": w.t("isi ambang atau penduduk per unit, salah satu"),
        "breaks_rise": w.t("batas kelas harus naik dan berbeda"),
        "direction_needed": w.t("indikator berstandar perlu arah"),
        "sides_differ": w.t("kabupaten/kotanya harus berbeda"),
        "decree_needed": w.t("koridor dua kabupaten/kota perlu peraturan garis batasnya"),
        "unknown": w.t("tidak ada di katalog atau wilayah Tapal: {apa}", apa=fault.detail),
        "apart": w.t("kedua kabupaten/kota tidak berbatasan"),
        "long": w.t("terlalu panjang (paling banyak {n} huruf)", n=fault.detail or "20.000"),
        "hidden": w.t("memuat tanda yang tidak terlihat"),
        "signs": w.t("tanda ini tidak boleh: {tanda}", tanda=fault.detail),
        "taken": w.t("pengenal ini dipakai Tapal sendiri"),
        "fixed": w.t("tidak dapat diubah, karena nilai atau garisnya dibuat untuknya; buat entri baru"),
        "of_the_build": w.t("hanya untuk entri bawaan Tapal"),
        "itself": w.t("tidak boleh menunjuk dirinya sendiri"),
        "newer": w.t("admin lain menyimpan entri lebih dahulu; periksa lagi"),
        "same": w.t("tidak ada yang berubah"),
        "withdrawn": w.t("entri ini sudah ditarik atau tidak ada"),
        "needed": w.t("masih dipakai oleh {apa}; tarik itu dahulu", apa=fault.detail),
    }
    return texts[fault.code]


def state_name(w: Words, one: Saved) -> str:
    """Where a saved entry stands."""
    return w.t("berlaku") if one.withdrawn is None else w.t("ditarik")
