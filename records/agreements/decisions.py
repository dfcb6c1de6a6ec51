"""Decisions of a meeting as drafts in the register: an agreement in its first stage, or a project that is talked of."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from analysis.agreements.model import Document, ProjectStatus, Sector
from analysis.minutes import Decision
from records import database
from records.agreements import store
from records.agreements.entries import EntryError
from records.agreements.tables import LONGEST_TITLE, AgreementRow, ProjectRow
from records.permissions import Action, Actor

Kind = Literal["perjanjian", "proyek"]

SECTORS = {
    "kependudukan": Sector.CIVIL_REGISTRY,
    "pendidikan": Sector.EDUCATION,
    "kesehatan": Sector.HEALTH,
    "pemerintahan": Sector.PUBLIC_SERVICE,
    "transportasi": Sector.ROADS,
    "jalan": Sector.ROADS,
    "lingkungan": Sector.ENVIRONMENT,
    "ekonomi": Sector.DEVELOPMENT,
}
"""Sector of the register by sector of the minutes."""


class DecisionError(ValueError):
    """One of several decisions cannot be entered, so none was.

    Parameters
    ----------
    number : its place among them, from one
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"decision {number}")
        self.number = number


def enter(
    actor: Actor, kind: Kind, sides: Sequence[str], decided: Sequence[tuple[Decision, str]], today: date
) -> list[str]:
    """Enter decisions as drafts of all sides, all or none; returns their ids.

    Parameters
    ----------
    actor : an editor of one of the sides
    kind : agreements that are to be prepared, or projects
    sides : kode_kabkota of the border
    decided : each checked by `analysis.minutes.check`, with a note of which meeting it is and who answers for it
    today : the day

    Raises
    ------
    DecisionError
        A value cannot be.
    records.permissions.ForbiddenError
        The actor is no editor of any side.
    """
    rows: list[AgreementRow | ProjectRow] = []
    with database.write(actor, Action.EDIT, sides) as session:
        for number, (decision, note) in enumerate(decided, start=1):
            try:
                rows.append(_row(kind, sides, decision, note, today))
            except EntryError as error:
                raise DecisionError(number) from error
            session.add(rows[-1])
            # One after the other, so that their keys follow the minutes.
            session.flush()
        return [store.id_of(row) for row in rows]


def _row(kind: Kind, sides: Sequence[str], decision: Decision, note: str, today: date) -> AgreementRow | ProjectRow:
    values: dict[str, Any] = {
        "title": textwrap.shorten(decision.decision, LONGEST_TITLE, placeholder="…"),
        "sectors": (SECTORS[decision.sector],) if decision.sector in SECTORS else (),
        "kode": (decision.kelurahan,) if decision.kelurahan else (),
        "note": note,
    }
    if kind == "proyek":
        late = decision.due is not None and decision.due < today
        values |= {"status": ProjectStatus.TALKS, "since": None if late else today, "until": decision.due}
        return store.new_project(sides, values)
    values |= {"scope": decision.decision, "stage_due": decision.due}
    return store.new_agreement(Document.KB, sides, values, today)
