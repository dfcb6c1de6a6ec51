"""Sentences on what both sides should be reminded of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from analysis.agreements.model import Agreement, Origin, Project
from analysis.agreements.reminders import Reminder, Reminders
from analysis.agreements.standing import REMINDER_MONTHS
from analysis.freshness.overdue import Overdue
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import sector_names
from views.language.words import Words
from views.topics.agreements import names
from views.topics.agreements import words as agreement_words
from views.topics.freshness.words import office_names

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NAMED = 4
"""Indicators of one reminder that are named, at most."""


def question(w: Words, corridor: Corridor) -> str:
    """The question of the page, safe in Markdown."""
    return w.t("{koridor}: apa yang perlu saling diingatkan?", koridor=md(w.pick(corridor.title)))


def answer(w: Words, data: Dataset, corridor: Corridor, found: Reminders) -> Answer:
    """How many things fall due for both sides together and for each with others; below, the latest end of a term.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : what both sides are reminded of
    """
    counts = [
        w.t("{n} bagi {sisi}", n=w.number(len(rows)), sisi=names.region(data, side))
        for side, rows in found.alone.items()
    ]
    shared = len(found.shared) + (found.no_pks is not None)
    if not found.now and not shared:
        sentence = w.t("Di perbatasan ini tidak ada hal dalam catatan yang perlu diingatkan sekarang.")
    elif not corridor.pair:
        sentence = w.t("Di wilayah ini sekarang {n} hal perlu diingatkan.", n=w.number(len(found.now)))
    elif shared:
        sentence = w.t(
            "Sekarang {n} hal perlu diingatkan bagi kedua sisi bersama; dengan pihak lain {daftar}.",
            n=w.number(shared),
            daftar=w.listing(counts),
        )
    else:
        sentence = w.t(
            "Sekarang tidak ada yang perlu diingatkan bagi kedua sisi bersama; dengan pihak lain {daftar}.",
            daftar=w.listing(counts),
        )
    terms = [r for r in found.now if r.term]
    last = max(terms, key=lambda r: (r.on, r.uid), default=None)
    if last is None or last.due is None:
        return Answer(sentence, w.t("Tidak ada masa berlaku yang diketahui berakhir dalam tiga bulan ini."))
    return Answer(sentence, agreement_words.due_text(w, data, last.due))


def text(w: Words, data: Dataset, one: Reminder) -> str:
    """What is due, as plain text.

    Parameters
    ----------
    w, data : language and data
    one : what falls due of an agreement, or a project that is not done
    """
    if one.due is not None:
        return agreement_words.due_text(w, data, one.due)
    assert one.project is not None
    project = one.project
    return w.t(
        "Proyek {judul} ({pihak}): {keadaan}; belum tercatat selesai.",
        judul=w.pick(project.title),
        pihak=agreement_words.parties_text(data, project.parties),
        keadaan=names.status_names(w)[project.status],
    )


def origin(w: Words, one: Reminder) -> str:
    """Where a reminder is known from, as plain text."""
    return origin_of(w, one.record)


def origin_of(w: Words, record: Agreement | Project) -> str:
    """Where a record is known from, as plain text: a published fact with its address and date, or an office's entry."""
    if record.origin is Origin.OFFICE or not record.sources:
        return w.t("Isian kantor.")
    source = record.sources[0]
    return w.t(
        "Fakta terbitan, bukan isian kantor. Sumber: {sumber}, {tanggal}.",
        sumber=source.url,
        tanggal=w.partial_date(source.date) or w.t("tanpa tanggal"),
    )


def lines(w: Words, data: Dataset, rows: Sequence[Reminder], today: date) -> list[str]:
    """Reminders as Markdown lines: the day, how far it is, what is due, and the source.

    Parameters
    ----------
    w, data : language and data
    rows : reminders, in their order
    today : from which days are counted
    """
    return [_line(w, data, one, today) for one in rows]


def _line(w: Words, data: Dataset, one: Reminder, today: date) -> str:
    sources = [agreement_words.source_text(w, source) for source in one.record.sources[:1]]
    origin_text = " ".join(sources) if one.record.origin is Origin.PUBLISHED else w.t("(isian kantor)")
    fields = {"hal": md(text(w, data, one)), "asal": origin_text}
    days = (one.on - today).days
    if not one.term or (days < 0 and not one.exact):
        return w.t("{hal} {asal}", **fields)
    fields["hari"] = (
        w.t("{n} hari lalu", n=w.number(-days))
        if days < 0
        else w.t("{n} hari lagi", n=w.number(days))
        if one.exact
        else w.t("paling cepat {n} hari lagi", n=w.number(days))
    )
    return w.t("**{hari}**: {hal} {asal}", **fields)


def no_pks(w: Words, data: Dataset, corridor: Corridor, signed: Agreement) -> str:
    """That no PKS says how what the sides last signed is carried out, as Markdown with its source.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    signed : what the sides last signed with each other
    """
    sides = w.listing([md(names.region(data, side)) for side in corridor.sides])
    sources = [agreement_words.source_text(w, source) for source in signed.sources[:1]]
    return " ".join([w.t("Antara {sisi} tidak ada PKS yang tercatat.", sisi=sides), *sources])


def heads(w: Words, data: Dataset, corridor: Corridor) -> dict[str, str]:
    """Heads of the lists, by side, "" for what binds both.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    """
    own = {
        side: w.t("{sisi} dengan pihak lain", sisi=names.region(data, side))
        if corridor.pair
        else names.region(data, side)
        for side in corridor.sides
    }
    return {"": w.t("Bagi kedua sisi bersama"), **own}


def figures_text(w: Words, data: Dataset, one: Overdue) -> str:
    """Which figures of a sector and kabkota are overdue, and who could bring newer ones, as plain text.

    Parameters
    ----------
    w, data : language and data
    one : overdue figures of a sector and kabkota
    """
    titles = [aloud.title(w, data.catalogue.indicators[i]) for i in one.indicators]
    shown = (
        titles
        if len(titles) <= MOST_NAMED
        else [*titles[: MOST_NAMED - 1], w.t("{n} lainnya", n=w.number(len(titles) - MOST_NAMED + 1))]
    )
    return w.t(
        "{sektor} {kabkota}: {n} angka tahun {tahun} lewat jadwal pembaruannya ({indikator}). Yang dapat membawa: {kantor}.",
        sektor=sector_names(w)[one.sector],
        kabkota=names.region(data, one.kode_kabkota),
        n=w.number(one.figures),
        tahun=sentences.years((one.oldest, one.newest)),
        indikator=w.listing(shown),
        kantor=office_names(w)[one.sector],
    )


def figures_origin(w: Words) -> str:
    """By what figures are called overdue, as plain text."""
    return w.t("Dihitung dari tahun angka dan jadwal terbit penerbitnya; rinciannya di halaman Kesegaran.")


def none(w: Words) -> str:
    """What stands where nothing is due."""
    return w.t("Tidak ada yang jatuh tempo dalam catatan.")


def method(w: Words) -> str:
    """What counts as due, as a Markdown list."""
    texts = (
        w.t(
            "Jatuh tempo: masa berlaku yang berakhir dalam {n} bulan atau sudah berakhir tanpa perpanjangan yang tercatat, evaluasi tahunan "
            "yang belum diisi, tahap yang lewat harinya, dan Kesepakatan Bersama tanpa PKS.",
            n=w.number(REMINDER_MONTHS),
        ),
        w.t(
            "Evaluasi dan tahap hanya diketahui dari isian kantor; dari fakta terbitan hanya masa berlaku dan PKS. Tidak tercatat belum berarti "
            "tidak ada."
        ),
        w.t(
            "Angka lewat jadwal bila penerbitnya sudah seharusnya mempunyai yang lebih baru; satu pengingat untuk tiap sektor dan kabupaten/kota, sejak 1 "
            "Januari sesudah jadwalnya."
        ),
        w.t("Kedua sisi memakai aturan yang sama dan berdampingan menurut urutan koridor."),
        w.t(
            "Kalender berlangganan memuat semua ini sebagai acara sehari penuh, dengan alarm {n} bulan sebelum masa berlaku habis.",
            n=w.number(REMINDER_MONTHS),
        ),
    )
    return "\n".join(f"- {one}" for one in texts)
