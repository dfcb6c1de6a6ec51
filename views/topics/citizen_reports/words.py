"""Sentences on what residents report and how offices answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.citizen_reports.model import Event, Report, State
from analysis.citizen_reports.summary import Listed, OfSide
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import aloud
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.agreements.names import region
from views.topics.citizen_reports import names

if TYPE_CHECKING:
    from collections.abc import Sequence


def question(w: Words, corridor: Corridor) -> str:
    """The question of the page, safe in Markdown."""
    return w.t("{koridor}: apa yang dilaporkan warga, dan sudahkah dijawab?", koridor=md(w.pick(corridor.title)))


def answer(w: Words, data: Dataset, found: Sequence[Listed], sides: Mapping[str, OfSide]) -> Answer:
    """How many reports are published, late and done; below, who has how many to look at.

    Parameters
    ----------
    w, data : language and data
    found, sides : published reports, and counts by side
    """
    late, done = sum(one.late for one in found), sum(one.done for one in found)
    fields = {"n": aloud.rounded(w, len(found)), "m": aloud.rounded(w, late), "k": aloud.rounded(w, done)}
    if not found:
        sentence = w.t("Di perbatasan ini belum ada laporan warga yang tayang.")
    elif late:
        sentence = w.t(
            "Di perbatasan ini tayang {n} laporan warga; {m} belum dijawab pada waktunya dan {k} sudah selesai.",
            **fields,
        )
    else:
        sentence = w.t("Di perbatasan ini tayang {n} laporan warga; tidak ada yang terlambat dijawab.", **fields)
    waiting = [
        w.t("{sisi} {n}, terlambat {m}", sisi=region(data, side), n=w.number(c.waiting), m=w.number(c.waiting_late))
        for side, c in sides.items()
        if c.waiting
    ]
    if not waiting:
        return Answer(sentence, w.t("Tidak ada laporan yang menunggu pemeriksaan."))
    return Answer(sentence, w.t("Menunggu pemeriksaan: {daftar}.", daftar=w.listing(waiting)))


def place_name(data: Dataset, kode: str) -> str:
    """Name, kecamatan and kabkota of a kelurahan, its code where it has none.

    Parameters
    ----------
    data, kode : the tables, and code of the kelurahan
    """
    if kode not in data.kelurahan.index:
        return kode
    unit = data.kelurahan.loc[kode]
    return f"{unit['nama']} – {unit['kecamatan']}, {unit['kabkota']}"


def happened(w: Words, data: Dataset, event: Event, resident: str) -> str:
    """One thing that happened to a report, as plain text.

    Parameters
    ----------
    w, data : language and data
    event : what
    resident : what a reply is called for who reads this
    """
    if event.number == 0:
        what = w.t("diterima, menunggu pemeriksaan")
    elif event.by_resident:
        what = resident
    else:
        what = names.state_names(w)[event.state]
    office = event.office or (region(data, event.owner) if event.owner != event.kabkota else "")
    if office:
        what = w.t("{keadaan}: {kepada}", keadaan=what, kepada=office)
    if event.reason is not None:
        what = w.t("{keadaan}, karena {alasan}", keadaan=what, alasan=names.refusal_names(w)[event.reason])
    who = "" if event.by_resident or not event.number else f" ({region(data, event.kabkota)})"
    return f"{w.date(event.day)}: {what}{who}" + (f". {event.note}" if event.note else "")


def history(w: Words, data: Dataset, report: Report) -> str:
    """What happened to a report, as a Markdown list.

    Parameters
    ----------
    w, data : language and data
    report : with its events
    """
    lines = [happened(w, data, event, w.t("pelapor menanggapi")) for event in report.events]
    return "\n".join(f"- {md(line)}" for line in lines)


def heading(w: Words, data: Dataset, one: Listed) -> str:
    """Number, place, sector, day and state of a report, as Markdown.

    Parameters
    ----------
    w, data : language and data
    one : a report as it stands today
    """
    report, due = one.report, names.deadline_text(w, one.due)
    state = names.state_names(w)[one.state] + (f" ({due})" if due else "")
    about = [place_name(data, report.kode), names.sector(w, report.sector), w.date(report.received)]
    number = w.t("Laporan {n}", n=str(report.key))
    lines = [f"**{number}: {md(state)}**", md(" · ".join(about))]
    if report.owner != report.kode[:5]:
        lines.append(w.t("Ditangani {sisi}.", sisi=md(region(data, report.owner))))
    if one.same:
        lines.append(w.t("Laporan lain yang sama: {n}.", n=w.number(one.same)))
    return "  \n".join(lines)


def title(w: Words, data: Dataset, report: Report) -> str:
    """A report in one short line of plain text, for a choice.

    Parameters
    ----------
    w, data : language and data
    report : which
    """
    kelurahan = str(data.names("kelurahan").get(report.kode, report.kode))
    return f"{report.key}. {kelurahan}, {names.sector(w, report.sector)}: {shortened(report.text, 60)}"


def shortened(text: str, most: int) -> str:
    """The beginning of a text, with an ellipsis where it goes on.

    Parameters
    ----------
    text : the text
    most : characters, the ellipsis among them
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def of_place(w: Words, counts: tuple[int, int] | None) -> str:
    """How many published reports a kelurahan has, and how many of them are late, as Markdown.

    Parameters
    ----------
    w : language
    counts : published reports, and how many of them are late; None for none
    """
    if counts is None:
        return w.t("Suara warga: belum ada laporan yang tayang.")
    total, late = counts
    if not late:
        return w.t("Suara warga: {n} laporan tayang, tidak ada yang terlambat dijawab.", n=w.number(total))
    return w.t("Suara warga: {n} laporan tayang, {m} terlambat dijawab.", n=w.number(total), m=w.number(late))


def short(w: Words, counts: tuple[int, int] | None) -> str:
    """The same for a cell of a table; "" where there is none.

    Parameters
    ----------
    w : language
    counts : as for `of_place`
    """
    if counts is None:
        return ""
    total, late = counts
    return w.t("{n} ({m} terlambat)", n=w.number(total), m=w.number(late)) if late else w.number(total)


def refused(w: Words) -> str:
    """What somebody is told whose step came second."""
    return w.t("Orang lain menindaklanjuti laporan ini lebih dahulu; yang Anda tulis tetap ada. Baca perkembangannya, lalu kirim lagi bila perlu.")  # fmt: skip


def method(w: Words) -> str:
    """How reports are counted and what the clock means, as a Markdown list."""
    return "\n".join(
        f"- {line}"
        for line in (
            w.t("Laporan ditulis warga lewat formulir tanpa akun. Nama pelapor tidak diminta; nomor NIK, telepon dan surel di dalam tulisan dicoret sebelum disimpan, dan tempat di dalam foto dihapus."),
            w.t("Tidak ada yang tayang sebelum diperiksa pengisi atau pemeriksa kabupaten/kotanya. Yang tidak ditayangkan diberi alasan di halaman tiketnya."),
            w.t("Batas waktu mengikuti SP4N-LAPOR (dibaca di sumber kedua): pemeriksaan 3 hari kerja; jawaban 5 hari kerja untuk informasi dan keluhan biasa, 14 tanpa dan 60 dengan pemeriksaan lapangan; ditutup 10 hari kerja sesudah jawaban yang tidak ditanggapi."),
            w.t("Hari kerja tidak memuat Sabtu, Minggu, hari libur nasional dan cuti bersama. Hari diterima tidak dihitung. Tahun yang keputusannya belum terbit memakai perkiraan hari raya."),
            w.t("Meneruskan laporan, juga ke sisi lain, tidak menghentikan waktunya. Keterlambatan kedua sisi terlihat oleh semua orang."),
            w.t("Banyaknya laporan menunjukkan siapa yang melapor, bukan di mana keadaan paling buruk."),
        )
    )  # fmt: skip


def is_open(one: Listed) -> bool:
    """Whether an office still has to answer."""
    return one.state in (State.PUBLISHED, State.FORWARDED, State.WORKED_ON)
