"""Decisions of a meeting as drafts in the register: an agreement in its first stage, or a project that is talked of."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from analysis.agreements.model import Document, ProjectStatus, Sector
from analysis.minutes import Decision
from records.agreements import store
from records.agreements.tables import LONGEST_TITLE
from records.permissions import Actor

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


def enter(actor: Actor, kind: Kind, sides: Sequence[str], decision: Decision, note: str, today: date) -> str:
    """Enter one decision as a draft of all sides; returns its id.

    Parameters
    ----------
    actor : an editor of one of the sides
    kind : an agreement that is to be prepared, or a project
    sides : kode_kabkota of the border
    decision : checked by `analysis.minutes.check`
    note : of which meeting it is, and who answers for it
    today : the day

    Raises
    ------
    records.agreements.entries.EntryError
        A value cannot be.
    records.permissions.ForbiddenError
        The actor is no editor of any side.
    """
    values: dict[str, Any] = {
        "title": textwrap.shorten(decision.decision, LONGEST_TITLE, placeholder="…"),
        "sectors": (SECTORS[decision.sector],) if decision.sector in SECTORS else (),
        "kode": (decision.kelurahan,) if decision.kelurahan else (),
        "note": note,
    }
    if kind == "proyek":
        late = decision.due is not None and decision.due < today
        values |= {"status": ProjectStatus.TALKS, "since": None if late else today, "until": decision.due}
        return store.save_project(actor, None, 0, sides, values)
    values |= {"scope": decision.decision, "stage_due": decision.due}
    return store.create(actor, Document.KB, sides, values, today)
