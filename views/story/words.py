"""What the pages of the meeting answer."""

from __future__ import annotations

from collections.abc import Sequence

from data.catalogue import Corridor
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.words import Words

MINUTES = 15
"""What a meeting has for all slides."""
USUAL_FILES = ("pptx", "pdf", "xlsx", "gpkg", "html")
"""Kinds of file that most meetings need."""


def years_of(w: Words, data: Dataset, corridor: Corridor, sectors: Sequence[str] = ()) -> str:
    """Oldest and newest year of the values of a corridor, of these sectors or of all.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    sectors : ids of those that are meant; empty for all
    """
    ids = [i.id for i in data.catalogue.indicators.values() if not sectors or i.sector in sectors]
    known = data.values[data.values["kode_kabkota"].isin(corridor.sides) & data.values["indicator"].isin(ids)]["year"]
    return sentences.years((int(known.min()), int(known.max()))) if len(known) else "–"


def slides_answer(w: Words, slides: int, years: str) -> Answer:
    """How many slides there are for the time of the meeting.

    Parameters
    ----------
    w : language
    slides : how many, at least one
    years : of the values
    """
    fields = {"n": w.number(slides), "menit": w.number(MINUTES), "tiap": aloud.rounded(w, MINUTES / slides)}
    sentence = (
        w.t("Satu slaid untuk {menit} menit.", menit=fields["menit"])
        if slides == 1
        else w.t("{n} slaid untuk {menit} menit, kira-kira {tiap} menit tiap slaid.", **fields)
    )
    return Answer(sentence, w.t("Data {tahun}.", tahun=years))


def files_answer(w: Words, data: Dataset, corridor: Corridor, files: int, sectors: Sequence[str] = ()) -> Answer:
    """What will be made, from how much.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    files : how many kinds are chosen
    sectors : ids of those that are meant; empty for all
    """
    indicators = [i for i in data.catalogue.indicators.values() if not sectors or i.sector in sectors]
    if not files:
        return Answer(w.t("Belum ada berkas yang dipilih."))
    one = len(indicators) == 1
    made = w.t("Satu berkas") if files == 1 else w.t("{n} berkas", n=w.number(files))
    told = w.t("satu indikator") if one else w.t("{n} indikator", n=w.number(len(indicators)))
    return Answer(
        w.t("{berkas} dapat disiapkan dari {indikator}.", berkas=made, indikator=told),
        w.t(
            "{n} kelurahan/desa; angkanya sama dengan halaman-halaman ini; data {tahun}.",
            n=w.number(len(data.units("kelurahan", corridor.sides))),
            tahun=years_of(w, data, corridor, sectors),
        ),
    )


def minutes_answer(w: Words, findings: int, decisions: int, wrong: int) -> Answer:
    """How far the draft of the minutes is.

    Parameters
    ----------
    w : language
    findings, decisions : how many the draft holds
    wrong : how many things are missing or wrong
    """
    fields = {"temuan": w.number(findings), "keputusan": w.number(decisions), "n": w.number(wrong)}
    note = w.t("Temuan diambil dari halaman-halaman ini.")
    if wrong:
        return Answer(
            w.t(
                "Draf memuat {temuan} temuan dan {keputusan} keputusan; {n} hal masih perlu diisi atau diperbaiki.",
                **fields,
            ),
            note,
        )
    return Answer(w.t("Draf dengan {temuan} temuan dan {keputusan} keputusan siap diunduh.", **fields), note)
