"""Sentences of the page on files that offices bring."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.uploads.changes import APART, FAR
from data.boundaries import LITTLE, WITHIN
from data.intake.places import Doubt
from data.intake.problems import Problem
from data.tables import Dataset
from geo.redraw import NARROW_M
from records.uploads.entries import UploadError
from views.language import aloud
from views.language.answer import Answer
from views.language.escape import echo, md
from views.language.names import Noun, service_nouns
from views.language.sentences import border_set_names, side_name
from views.language.words import Words
from views.topics.uploads.boundaries import BoundariesOf


def answer(w: Words, data: Dataset, wanting: pd.DataFrame) -> Answer:
    """Which file would fill most of what is missing.

    Parameters
    ----------
    w, data : language and data
    wanting : as `analysis.uploads.needed.needed` gives it
    """
    note = w.t("Berkas diperiksa dahulu; yang terbit hanya yang diajukan pengisi dan diperiksa orang kedua.")
    if wanting.empty:
        return Answer(w.t("Tidak ada nilai yang belum diketahui di kedua sisi perbatasan ini."), note)
    first = wanting.iloc[0]
    return Answer(
        w.t(
            "Yang paling dibutuhkan adalah {berkas} untuk {sisi}, karena menyangkut kira-kira {n} kelurahan atau desa dengan {jiwa} warga.",
            berkas=file_name(w, data, first["file"], first["indicators"][:1]),
            sisi=side_name(data, first["kode_kabkota"]),
            n=aloud.rounded(w, first["units"]),
            jiwa=aloud.rounded(w, first["people"]),
        ),
        note,
    )


def file_name(w: Words, data: Dataset, file: str, indicators: tuple[str, ...]) -> str:
    """What a file is called that offices could bring, within a sentence.

    Parameters
    ----------
    w, data : language and data
    file : as of `analysis.uploads.needed.file_of`
    indicators : that it would fill
    """
    if file == "penduduk":
        return w.t("data penduduk per kelurahan")
    if file == "sekolah":
        return w.t("data sekolah per kelurahan dari Dapodik")
    if file == "nilai":
        titles = [aloud.title(w, data.catalogue.indicators[i]) for i in indicators]
        return w.t("nilai {indikator}", indikator=w.listing(titles))
    return w.t("daftar {layanan} dengan koordinat", layanan=service_nouns(w).get(file, Noun(file)))


def _layout_names(w: Words) -> dict[str, str]:
    """What a file was recognised as."""
    return {
        "penduduk": w.t("penduduk"),
        "indikator": w.t("nilai indikator"),
        "monografi": w.t("hitungan monografi"),
        "usulan": w.t("usulan musrenbang (SIPD)"),
        "fasilitas": w.t("daftar tempat"),
        "batas": w.t("batas kelurahan/desa"),
    }


def status_names(w: Words) -> dict[str, str]:
    """What becomes of a row."""
    return {
        "new": w.t("baru"),
        "changed": w.t("berubah"),
        "same": w.t("sama"),
        "empty": w.t("tanpa angka"),
        "refused": w.t("ditolak"),
        "waiting": w.t("menunggu jawaban"),
        "total": w.t("baris jumlah atau kosong"),
    }


def summary(w: Words, layout: str, counts: Mapping[str, int], removed: int) -> str:
    """What the file holds, row by row, as Markdown.

    Parameters
    ----------
    w : language
    layout : what the file was recognised as
    counts : rows by status
    removed : number of figures of today that it leaves out
    """
    names = status_names(w)
    parts = [w.t("{n} {status}", n=w.number(n), status=names[name]) for name, n in counts.items() if n]
    text = w.t(
        "**Berkas {jenis}: {n} baris, yaitu {rincian}.**",
        jenis=_layout_names(w)[layout],
        n=w.number(sum(counts.values())),
        rincian=w.listing(parts),
    )
    return f"{text} {left_out(w, removed)}" if removed else text


def left_out(w: Words, removed: int) -> str:
    """How many figures of today a file says nothing of.

    Parameters
    ----------
    w : language
    removed : number of these figures
    """
    return w.t("{n} angka yang sekarang ditampilkan tidak ada di berkas.", n=w.number(removed))


def verdict(w: Words, counts: Mapping[str, int]) -> str:
    """Whether the whole file could be taken.

    Parameters
    ----------
    w : language
    counts : rows by status
    """
    if counts["refused"]:
        return w.t("Berkas diterima seluruhnya atau tidak sama sekali: perbaiki baris yang ditolak, lalu periksa lagi.")
    if counts["waiting"]:
        return w.t("Jawab pertanyaan di bawah ini; sampai itu baris yang menunggu tidak dibandingkan.")
    if not counts["new"] + counts["changed"] + counts["same"]:
        return w.t("Tidak ada satu angka pun yang dapat dibandingkan.")
    return w.t("Semua baris dapat dibaca.")


def whole_names(w: Words) -> dict[bool, str]:
    """Whether a list names all places."""
    return {
        True: w.t("ya, lengkap: yang tidak disebut tidak ada lagi"),
        False: w.t("tidak, sebagian: yang tidak disebut tetap"),
    }


def what_names(w: Words) -> dict[str, str]:
    """What of a place a list changes."""
    return {
        "": "",
        "point": w.t("kini berkoordinat"),
        "moved": w.t("titiknya lain"),
        "lost": w.t("koordinatnya tidak disebut lagi"),
        "area": w.t("wilayahnya lain"),
        "status": w.t("negeri atau swasta"),
    }


def list_summary(w: Words, total: int, counts: Mapping[str, int], gone: int, complete: bool) -> str:
    """What a list of places makes of those that are shown, as Markdown.

    Parameters
    ----------
    w : language
    total : places of the list
    counts : by change
    gone : places of today that it does not name and that go
    complete : whether it names all
    """
    names = status_names(w)
    parts = [
        w.t("{n} {status}", n=w.number(counts[name]), status=names[name])
        for name in ("new", "changed", "same")
        if counts.get(name)
    ]
    text = w.t("**{n} tempat: {rincian}.**", n=w.number(total), rincian=w.listing(parts))
    if not complete:
        return text + " " + w.t("Daftar sebagian: tempat yang tidak disebut tetap.")
    if not gone:
        return text + " " + w.t("Daftar lengkap, dan semua tempat yang sekarang ditampilkan disebut.")
    return text + " " + w.t("Daftar lengkap: {n} tempat sekarang tidak disebut lagi.", n=w.number(gone))


def bounds_summary(w: Words, found: BoundariesOf) -> str:
    """What new boundaries make of those that are shown, as Markdown."""
    drawn = int(found.areas["drawn"].sum())
    changed = found.areas["changed"]
    follows = int((changed & ~found.areas["drawn"]).sum())
    given = found.areas["got_km2"].sum()
    if not changed.any():
        return w.t("**{n} kelurahan/desa digambar; tidak ada tanah yang berpindah.**", n=w.number(drawn))
    return w.t(
        "**{n} kelurahan/desa digambar, {ikut} tetangganya ikut berubah; {luas} km² berpindah kelurahan/desa.**",
        n=w.number(drawn),
        ikut=w.number(follows),
        luas=w.number(float(given), 3),
    )


def bounds_rule(w: Words) -> str:
    """What happens to strips and to the line between kabkota, and what follows a boundary, as Markdown."""
    return w.t(
        "Garis antar kabupaten/kota tetap: selisih sampai {m} m dianggap beda cara menggambar dan tidak dipakai, lebih dari itu ditolak. "
        "Di dalam kabupaten/kota, celah dan tumpang tindih sampai {m} m mengikuti garis yang digambar. Ini bukan acuan resmi batas wilayah.",
        m=w.number(NARROW_M),
    )


def bounds_follow(w: Words, data: Dataset) -> str:
    """What follows a published boundary, and what cannot."""
    known = data.catalogue.indicators
    names = w.listing([w.pick(known[i].title) for i in WITHIN if i in known])
    return w.t(
        "Batas yang terbit mengubah peta, luas, kepadatan, tetangga, kelurahan perbatasan dan jarak dari titik sampel. Yang dibaca di dalam "
        "batas lama ({daftar}) tidak dapat dihitung ulang: dikosongkan bila lebih dari {persen} tanahnya berpindah, selain itu diberi catatan. "
        "Penduduk dan tempat tetap tercatat di kelurahan/desa yang disebut sumbernya.",
        daftar=names,
        persen=w.percent(LITTLE),
    )


def piece_names(w: Words) -> dict[str, tuple[str, str]]:
    """What a piece of land is, and what becomes of it, by kind."""
    return {
        "moved": (w.t("pindah antar kelurahan/desa yang digambar"), w.t("menurut garis baru")),
        "taken": (w.t("tumpang tindih dengan tetangga yang tidak digambar"), w.t("menurut garis baru")),
        "left": (w.t("celah ke tetangga yang tidak digambar"), w.t("menurut garis baru")),
        "double": (w.t("digambar dua kali"), w.t("tetap pada pemiliknya")),
        "across": (w.t("melewati garis kabupaten/kota"), w.t("tidak dipakai; garis tetap")),
        "retreat": (w.t("mundur dari garis kabupaten/kota"), w.t("tidak dipakai; garis tetap")),
        "outside": (w.t("di luar semua wilayah yang dikenal"), w.t("tidak dipakai; tepi luar tetap")),
        "open": (w.t("mundur dari tepi luar atau pantai"), w.t("tidak dipakai; tepi luar tetap")),
    }


def border_changes(w: Words, data: Dataset, changes: pd.DataFrame) -> str:
    """Which kelurahan enter or leave the border of a corridor, as a Markdown list; "" for none.

    Parameters
    ----------
    w, data : language and data
    changes : corridor, set, kode and enters (False where it leaves), as of `analysis.uploads.boundaries.at_border`
    """
    lines = []
    for (corridor, name, enters), rows in changes.groupby(["corridor", "set", "enters"], sort=True):
        names = md(w.listing([str(data.kelurahan.at[kode, "nama"]) for kode in rows["kode"]]))
        entry = data.catalogue.corridors[str(corridor)]
        text = w.t("masuk: {daftar}", daftar=names) if enters else w.t("keluar: {daftar}", daftar=names)
        lines.append(f"- {md(w.pick(entry.title))}, {border_set_names(w)[str(name)]}: {text}")
    return "\n".join(lines)


def state_names(w: Words) -> dict[str, str]:
    """Where a submitted file stands."""
    return {
        "waiting": w.t("menunggu pemeriksa"),
        "published": w.t("terbit"),
        "rejected": w.t("ditolak"),
        "cancelled": w.t("dibatalkan"),
        "withdrawn": w.t("ditarik"),
        "corrected": w.t("diganti perbaikan"),
    }


def why_not(w: Words, error: UploadError) -> str:
    """Why a file is not taken, or a decision not made."""
    reasons = {
        "empty": w.t("Tidak ada angka untuk diajukan."),
        "row": w.t("Ada baris yang tidak dapat disimpan."),
        "row_twice": w.t("Satu tempat atau indikatornya muncul dua kali."),
        "other_kabkota": w.t("Ada baris dari kabupaten/kota lain."),
        "many_rows": w.t("Berkas terlalu besar untuk disimpan."),
        "day": w.t("Tanggal data harus antara 1990 dan hari ini."),
        "note_long": w.t("Catatan terlalu panjang (paling banyak 1.000 huruf)."),
        "there": w.t("Data yang sama sudah menunggu pemeriksa."),
        "many_waiting": w.t("Terlalu banyak berkas menunggu pemeriksa; putuskan yang ada dahulu."),
        "reason": w.t("Tulis alasannya dahulu."),
        "decided": w.t("Berkas ini sudah diputuskan orang lain."),
        "changed": w.t("Berkas ini sudah diperbaiki sesudah Anda membukanya; periksa lagi yang baru."),
        "newer": w.t("Versi lain terbit lebih dahulu; periksa lagi perubahannya terhadap data sekarang."),
        "unknown": w.t("Berkas ini tidak ada."),
        "damaged": w.t("Baris yang disimpan tidak cocok dengan sidiknya; jangan terbitkan."),
        "computed": w.t("Nilai ini dihitung Tapal dari penduduk atau daftar tempat; bawa penduduk atau daftarnya."),
    }
    return reasons[error.reason]


def far_rule(w: Words) -> str:
    """When a value is called far from the old one."""
    return w.t(
        "Jauh dari nilai lama: berbeda lebih dari {n} dan di luar kisarannya. Jauh dari semua tetangga: lebih dari {kali} kali yang terbesar atau "
        "kurang dari 1/{kali} yang terkecil. Itu belum tentu salah.",
        n=w.percent(FAR),
        kali=w.number(APART),
    )


KINDS = {
    "csv": "CSV", "xlsx": "XLSX", "ods": "ODS", "geojson": "GeoJSON", "gpkg": "GeoPackage", "kml": "KML",
    "shapefile": "Shapefile",
}  # fmt: skip
"""Names of the kinds of file that are read."""


def reason(w: Words, problem: Problem) -> str:
    """Why a cell, row or file is refused, or what must be said of it; plain text.

    Parameters
    ----------
    w : language
    problem : with its code
    """
    detail = problem.detail
    km2, other, metres = _land(w, detail)
    texts = {
        # the file
        "size": w.t("berkas terlalu besar (paling besar 10 MB)"),
        "empty": w.t("berkas kosong"),
        "pdf": w.t("ini PDF; minta berkas Excel-nya"),
        "old_office": w.t(
            "ini berkas Excel lama (.xls) atau terkunci kata sandi; simpan sebagai .xlsx tanpa kata sandi"
        ),
        "picture": w.t("ini gambar; minta berkas Excel-nya"),
        "packed": w.t("ini arsip; keluarkan berkas di dalamnya lebih dahulu"),
        "document": w.t("ini dokumen, bukan tabel"),
        "web_page": w.t("ini halaman web atau XML walaupun namanya lain; simpan sebagai .xlsx"),
        "utf16": w.t("hurufnya UTF-16; simpan sebagai CSV UTF-8"),
        "encoding": w.t("hurufnya tidak terbaca; simpan sebagai CSV UTF-8"),
        "nul": w.t("memuat karakter NUL: ini bukan CSV"),
        "quotes": w.t("tanda kutip tidak lengkap"),
        "damaged": w.t("berkas rusak atau bukan buku kerja"),
        "heavy": w.t("berkas terlalu berat untuk dibuka; simpan lembar yang perlu saja, atau sebagai CSV"),
        "busy": w.t("server sedang sibuk; coba lagi sebentar lagi"),
        "many_cells": w.t("lembar terlalu besar (paling banyak 60.000 baris dan 1,5 juta sel)"),
        "many_merged": w.t("terlalu banyak sel gabungan; hapus penggabungannya"),
        "no_table": w.t("tidak ada tabel yang dikenal; pakai salah satu templat di bawah"),
        "column_missing": w.t("kolom {kolom} tidak ditemukan", kolom=problem.column),
        "column_similar": w.t("kolom {kolom} tidak ditemukan; yang mirip: {mirip}", kolom=problem.column, mirip=detail),
        "heading_twice": w.t("judul kolom ini muncul dua kali"),
        "heading_empty": w.t("ada kolom tanpa judul"),
        "person": w.t("memuat data perorangan (NIK, nama orang atau semacamnya); yang diterima hanya hitungan"),
        "indicator_asked": w.t("pilih indikatornya"),
        "kind_asked": w.t("pilih jenis tempatnya"),
        "geo_elsewhere": w.t("menunjuk ke berkas atau server lain (NetworkLink, DOCTYPE); simpan isinya sendiri"),
        "geo_heavy": w.t("peta terlalu berat (paling banyak 60.000 fitur dan 400.000 titik sudut)"),
        "geo_several": w.t("ZIP memuat beberapa shapefile; bawa satu saja"),
        "geo_parts": w.t("bagian shapefile tidak lengkap: {bagian}", bagian=detail),
        "crs_missing": w.t("sistem koordinatnya tidak disebut (.prj) dan angkanya bukan derajat"),
        "crs_unknown": w.t("sistem koordinat yang disebut tidak dikenal (bukan kode EPSG)"),
        "no_proposals": w.t("tidak memuat usulan; pakai ekspor usulan SIPD atau templatnya"),
        # said, not refused
        "sheet_hidden": w.t("lembar tersembunyi tidak dibaca"),
        "sheet_other": w.t("lembar tanpa tabel yang dikenal tidak dibaca"),
        "merged": w.t("{n} sel gabungan; nilainya hanya di sel pertama", n=detail),
        "formula": w.t("rumus tanpa hasil dianggap belum ada data; buka dan simpan lagi di Excel"),
        "columns_left": w.t("kolom yang tidak dipakai: {kolom}", kolom=detail),
        # cells
        "cells": w.t("jumlah sel ({n}) tidak sama dengan judul kolom", n=detail),
        "number": w.t("bukan angka"),
        "number_date": w.t("Excel mengubah angka ini menjadi tanggal atau jam"),
        "infinite": w.t("bukan angka yang terhingga"),
        "number_power": w.t("angka sudah dipotong Excel (bentuk pangkat)"),
        "number_long": w.t("angka lebih dari 15 digit"),
        "negative": w.t("tidak boleh di bawah nol"),
        "whole": w.t("hitungan harus bilangan bulat"),
        "date": w.t("bukan tanggal"),
        "date_impossible": w.t("tanggal ini tidak ada"),
        "year": w.t("bukan tahun"),
        "flag": w.t("bukan ya atau tidak"),
        "code_form": w.t("bukan kode wilayah"),
        "code_cut": w.t("kode sudah dipotong Excel"),
        "code_short": w.t("kode kehilangan angka ({n} digit)", n=detail),
        "code_long": w.t("kode terlalu panjang ({n} digit)", n=detail),
        "code_other": w.t("kode dari sistem lain (BPS atau Kemendagri) daripada kode lain di kolom ini"),
        "code_unknown": w.t("kode tidak ada di lapisan 2024"),
        "place_empty": w.t("kode dan nama kosong"),
        "place_twice": w.t("tempat ini sudah ada di baris {n}", n=detail),
        "area_unknown": w.t("kabupaten/kota ini tidak ada di Tapal"),
        "left_out": w.t("Anda memilih tidak memakai baris ini"),
        "parts_missing": w.t("sebagian angka kosong, jadi jumlahnya tidak diketahui"),
        "sum": w.t("tidak sama dengan jumlah bagiannya ({n})", n=detail),
        "indicator_unknown": w.t("indikator ini tidak dikenal"),
        "point": w.t("koordinat di luar Indonesia atau tidak terbaca"),
        "point_swapped": w.t("lintang dan bujur tertukar"),
        "point_nowhere": w.t("titik di luar semua wilayah yang dikenal Tapal"),
        "point_elsewhere": w.t("titik {n} m di luar wilayah yang ditulis; perbaiki salah satunya", n=detail),
        "geometry_unread": w.t("geometri tidak terbaca"),
        "geometry_kind": w.t("geometri bukan titik"),
        "area_missing": w.t("fitur tanpa poligon"),
        "area_infinite": w.t("ada titik sudut yang bukan angka terhingga"),
        "area_heavy": w.t(
            "terlalu banyak titik sudut (paling banyak 100.000 di satu berkas); sederhanakan dengan menjaga sisi bersama"
        ),
        "area_tangled": w.t("garis-garisnya terlalu kusut untuk dibandingkan"),
        "area_crossed": w.t("garisnya memotong diri sendiri"),
        "area_invalid": w.t("poligonnya tidak sah (cincin atau lubangnya keliru)"),
        "area_empty": w.t("poligonnya tanpa luas"),
        "area_twice": w.t("kelurahan/desa ini sudah ada di fitur {n}", n=detail),
        "area_elsewhere": w.t(
            "berimpit kurang dari separuh dengan batasnya sekarang; periksa kode, nama, dan sistem koordinatnya"
        ),
        "area_nothing": w.t("tidak menyisakan tanah bagi salah satu kelurahan/desa"),
        "area_taken": w.t(
            "mengambil {n} km² dari {nama} (selebar {m} m), yang tidak ada di berkas; gambar juga kelurahan/desa itu",
            n=km2,
            nama=other,
            m=metres,
        ),
        "area_left": w.t(
            "melepas {n} km² ke arah {nama} (selebar {m} m), yang tidak ada di berkas; gambar juga kelurahan/desa itu",
            n=km2,
            nama=other,
            m=metres,
        ),
        "area_undrawn": w.t("menyisakan {n} km² (selebar {m} m) yang tidak digambar siapa pun", n=km2, m=metres),
        "area_double": w.t("{n} km² (selebar {m} m) juga digambar untuk {nama}", n=km2, nama=other, m=metres),
        "area_across": w.t(
            "mengambil {n} km² dari {nama}, sampai {m} m melewati garis batas daerah. Unggahan satu pihak tidak memindahkan garis itu: "
            "sepakati dahulu dengan pemerintah tetangga (Permendagri 141/2017), lalu ikuti garis yang berlaku",
            n=km2,
            nama=other,
            m=metres,
        ),
        "area_retreat": w.t(
            "melepas {n} km² di garis dengan {nama}, sampai {m} m dari garis batas daerah. Unggahan satu pihak tidak memindahkan garis itu: "
            "sepakati dahulu dengan pemerintah tetangga (Permendagri 141/2017), lalu ikuti garis yang berlaku",
            n=km2,
            nama=other,
            m=metres,
        ),
        "facility_name": w.t("nama tempat kosong, terlalu panjang, atau memuat huruf yang tidak tampak"),
        "facility_kind": w.t("jenis tempat ini tidak dikenal"),
        "facility_status": w.t("tulis negeri atau swasta"),
        "facility_twice": w.t("tempat yang sama sudah ada di baris {n}", n=detail),
        "proposal_empty": w.t("usulan tanpa isi"),
        "kabkota_other": w.t("kelurahan/desa di luar wilayah Anda"),
        "proposal_twice": w.t("nomor usulan ini sudah ada di baris {n}", n=detail),
    }
    return texts[problem.code]


def _land(w: Words, detail: str) -> tuple[str, str, str]:
    """Area, name and width of a piece of land as a problem holds them."""
    km2, bar, rest = detail.partition("|")
    name, _, metres = rest.rpartition("|")
    if not bar:
        return detail, detail, detail
    return w.number(float(km2), 3), name, w.number(float(metres))


def refusal(w: Words, problem: Problem) -> str:
    """Why a file is refused whole, as Markdown; its own text shows as written."""
    where = [
        w.t("lembar {nama}", nama=echo(problem.sheet)) if problem.sheet else "",
        w.t("baris {n}", n=w.number(problem.row)) if problem.row else "",
        w.t("kolom {nama}", nama=echo(problem.column))
        if problem.column and not problem.code.startswith("column")
        else "",
    ]
    place = ", ".join(filter(None, where))
    text = echo_reason(w, problem)
    return w.t("Berkas ditolak: {masalah}.", masalah=f"{text} ({place})" if place else text)


def echo_reason(w: Words, problem: Problem) -> str:
    """The reason, for Markdown."""
    shown = Problem(problem.code, column=echo(problem.column), detail=echo(problem.detail))
    return reason(w, shown)


def doubt_text(w: Words, doubt: Doubt) -> str:
    """What is asked about a place, as Markdown."""
    name = echo(", ".join(filter(None, (doubt.name, doubt.area))))
    if doubt.reason == "code_name":
        return w.t("Kode {kode} bukan {nama}. Mana yang dimaksud?", kode=echo(doubt.code), nama=name)
    if doubt.reason == "code_and_name":
        return w.t("Kode {kode} tidak dikenal, nama {nama} dikenal. Apakah ini?", kode=echo(doubt.code), nama=name)
    if doubt.reason == "name_twice":
        return w.t("Ada beberapa yang bernama {nama}. Mana yang dimaksud?", nama=name)
    return w.t("{nama} tidak ditemukan. Apakah salah satu dari ini?", nama=name)
