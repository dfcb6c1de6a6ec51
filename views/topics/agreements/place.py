"""What is agreed at a border or for a kelurahan, in a few lines for the pages that are about something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.agreements import standing
from analysis.agreements.model import Agreement, Document, Origin, Project, State
from analysis.agreements.standing import Standing
from data.catalogue import Corridor
from data.tables import Dataset
from views.language.escape import md, plain
from views.language.words import Words
from views.topics.agreements import names
from views.topics.agreements import words as agreement_words

MOST_LINES = 5


def border_line(w: Words, data: Dataset, corridor: Corridor, agreements: Sequence[Agreement], today: date) -> str:
    """What is agreed at a border, in one Markdown line: the answer of the page on agreements with a source, and what ends or ended.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    agreements : all that are known
    today : the day
    """
    answer = agreement_words.answer(w, data, corridor, agreements, today)
    own = signed(corridor, agreements, today)
    sources = [agreement_words.source_text(w, source) for a in own[:1] for source in a.sources[:1]]
    text = w.t("**Kesepakatan:** {jawaban}", jawaban=md(answer.sentence))
    return " ".join([text, *sources, md(answer.note)])


def counts(w: Words, data: Dataset, corridor: Corridor, agreements: Sequence[Agreement], today: date) -> str:
    """How many published agreements are signed, how many of them PKS and surely in force; then what offices entered.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    agreements : all that are known
    today : the day
    """
    known = signed(corridor, agreements, today)
    found = [a for a in known if a.origin is Origin.PUBLISHED and a.state in (State.SIGNED, State.SUPERSEDED)]
    own = [a for a in known if a.origin is Origin.OFFICE]
    entered = (
        " "
        + w.t(
            "Isian kantor: {n} ditandatangani, {siap} disiapkan.",
            n=w.number(sum(a.state is State.SIGNED for a in own)),
            siap=w.number(sum(a.state is State.PREPARED for a in own)),
        )
        if own
        else ""
    )
    fields = {
        "n": w.number(len(found)),
        "pks": w.number(sum(a.document is Document.PKS for a in found)),
        "berlaku": w.number(sum(standing.standing(a, today) is Standing.IN_FORCE for a in found)),
    }
    if not corridor.pair:
        told = w.t(
            "Tercatat ditandatangani di wilayah ini: {n}, {pks} di antaranya PKS; pasti berlaku: {berlaku}.", **fields
        )
        return told + entered
    sides = w.listing([names.region(data, side) for side in corridor.sides])
    told = w.t(
        "Tercatat ditandatangani antara {sisi}: {n}, {pks} di antaranya PKS; pasti berlaku: {berlaku}.",
        sisi=sides,
        **fields,
    )
    return told + entered


def story_lines(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    agreements: Sequence[Agreement],
    projects: Sequence[Project],
    today: date,
) -> list[str]:
    """The published agreements of a border, then what offices entered in the register, as plain lines with their source.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    agreements, projects : all that are known
    today : the day
    """
    known = signed(corridor, agreements, today)
    lines = _some(w, [_agreement_line(w, data, a, today) for a in known if a.origin is Origin.PUBLISHED])
    scope = agreement_words.PAIR if corridor.pair else agreement_words.SIDES
    own = [_agreement_line(w, data, a, today) for a in known if a.origin is Origin.OFFICE]
    joint = agreement_words.scoped_projects(projects, corridor, scope)
    own += [_project_line(w, data, p) for p in joint if p.origin is Origin.OFFICE]
    if own:
        lines.append(w.t("Isian kantor di register, pada {tanggal}:", tanggal=w.date(today)))
    return [plain(line) for line in (*lines, *_some(w, own))]


def _some(w: Words, lines: Sequence[str]) -> list[str]:
    """The first lines, and how many more there are."""
    rest = len(lines) - MOST_LINES
    more = [w.t("dan {n} lagi di halaman Perjanjian", n=w.number(rest))] if rest > 0 else []
    return [*lines[:MOST_LINES], *more]


def signed(corridor: Corridor, agreements: Sequence[Agreement], today: date) -> tuple[Agreement, ...]:
    """Agreements between the sides, of three and more sides those of any, the one that stands best first.

    Parameters
    ----------
    corridor : the border
    agreements : all that are known
    today : the day
    """
    scope = agreement_words.PAIR if corridor.pair else agreement_words.SIDES
    found = [(standing.standing(a, today), a) for a in agreement_words.scoped(agreements, corridor, scope)]
    found = [(how, a) for how, a in found if how is not Standing.NO_AGREEMENT]
    return tuple(a for _, a in sorted(found, key=lambda pair: standing.BEST_FIRST.index(pair[0])))


def of_kelurahan(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    kode: str,
    agreements: Sequence[Agreement],
    projects: Sequence[Project],
    today: date,
) -> list[str]:
    """Agreements and projects that name a kelurahan or its kecamatan, then those between the sides, as Markdown lines.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    kode : of the kelurahan
    agreements, projects : all that are known
    today : the day
    """
    here = [a for a in standing.at(agreements, kode) if standing.standing(a, today) is not Standing.NO_AGREEMENT]
    between = [a for a in signed(corridor, agreements, today) if a not in here and a.binds(kode[:5])]
    shown = [*here, *(between if corridor.pair else ())]
    lines = [_agreement_line(w, data, a, today, named=place < len(here)) for place, a in enumerate(shown[:MOST_LINES])]
    if len(shown) > MOST_LINES:
        lines.append(w.t("dan {n} lagi di halaman Perjanjian", n=w.number(len(shown) - MOST_LINES)))
    near = [p for p in projects if any(kode.startswith(at) for at in p.kode)]
    lines += [_project_line(w, data, p) for p in near[:MOST_LINES]]
    return lines


def _agreement_line(w: Words, data: Dataset, agreement: Agreement, today: date, *, named: bool = False) -> str:
    """One agreement as a Markdown line: title, parties, how it stands, and where that is known from.

    Parameters
    ----------
    w, data : language and data
    agreement, today : the agreement and the day
    named : whether it names the place that is shown
    """
    fields = {
        "judul": md(w.pick(agreement.title)),
        "pihak": md(agreement_words.parties_text(data, agreement.sides)),
        "keadaan": names.standing_names(w)[standing.standing(agreement, today)],
        "asal": _origin(w, data, agreement),
    }
    if named:
        return w.t("{judul} ({pihak}): {keadaan}; menyebut wilayah ini. {asal}", **fields)
    return w.t("{judul} ({pihak}): {keadaan}. {asal}", **fields)


def _project_line(w: Words, data: Dataset, project: Project) -> str:
    """One project as a Markdown line.

    Parameters
    ----------
    w, data : language and data
    project : the project
    """
    return w.t(
        "Proyek {judul} ({pihak}): {keadaan}. {asal}",
        judul=md(w.pick(project.title)),
        pihak=md(agreement_words.parties_text(data, project.parties)),
        keadaan=names.status_names(w)[project.status],
        asal=_origin(w, data, project),
    )


def _origin(w: Words, data: Dataset, record: Agreement | Project) -> str:
    if record.origin is Origin.OFFICE or not record.sources:
        return md(agreement_words.entered_text(w, data, record))
    return agreement_words.source_text(w, record.sources[0])
