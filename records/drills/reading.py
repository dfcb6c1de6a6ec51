"""What is kept of drills, as `analysis.fire.live_drill` takes it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.fire.live_drill import Drill, Participant, Place, Press, Station
from records import database
from records.drills.tables import DrillRow, ParticipantRow, PressRow
from records.permissions import Action, Actor, ForbiddenError, allowed

MOST_LISTED = 50


def _require_follower(actor: Actor, parties: Collection[str]) -> None:
    """Stop whoever is neither editor nor verifier of a side: the log names posts and how fast each was.

    Raises
    ------
    records.permissions.ForbiddenError
    """
    if not any(allowed(actor, action, parties) for action in (Action.EDIT, Action.VERIFY)):
        raise ForbiddenError(actor, Action.READ, parties)


def listed(actor: Actor, corridor: str, parties: Collection[str]) -> tuple[Drill, ...]:
    """The latest drills at a border, newest first; none for who may not follow them.

    Parameters
    ----------
    actor : who asks
    corridor, parties : the border and its sides
    """
    if not any(allowed(actor, action, parties) for action in (Action.EDIT, Action.VERIFY)):
        return ()
    query = select(DrillRow).where(DrillRow.corridor == corridor).order_by(DrillRow.id.desc()).limit(MOST_LISTED)
    with database.read() as session:
        return tuple(drill_of(row) for row in session.scalars(query))


def followed(actor: Actor, key: int) -> tuple[Drill, tuple[Participant, ...], tuple[Press, ...]]:
    """A drill, who takes part, and what was pressed.

    Parameters
    ----------
    actor : an editor or verifier of a side
    key : of the drill

    Raises
    ------
    records.permissions.ForbiddenError
        The actor may not follow it, or there is no such drill.
    """
    with database.read() as session:
        row = session.get(DrillRow, key)
        _require_follower(actor, row.parties.split(";") if row else ())
        assert row is not None  # nobody may follow what is not there
        return drill_of(row), participants(session, key), presses(session, key, 0)


def code_of(actor: Actor, key: int) -> str:
    """The code by which phones join.

    Parameters
    ----------
    actor : an editor of a side
    key : of the drill

    Raises
    ------
    records.permissions.ForbiddenError
        The actor is no editor of any side, or there is no such drill.
    """
    with database.read() as session:
        row = session.get(DrillRow, key)
        parties = row.parties.split(";") if row else []
        if row is None or not allowed(actor, Action.EDIT, parties):
            raise ForbiddenError(actor, Action.EDIT, parties)
        return row.code


def drill_of(row: DrillRow) -> Drill:
    """A drill from its record."""
    scenario: dict[str, Any] = row.scenario
    return Drill(
        id=row.id,
        version=row.version,
        parties=tuple(row.parties.split(";")),
        names=scenario["names"],
        title=row.title,
        corridor=row.corridor,
        opened=row.opened_at,
        closes=row.closes_at,
        closed=row.closed_at,
        places=tuple(Place(**place) for place in scenario["places"]),
        posts=tuple(Station(**post) for post in scenario["posts"]),
    )


def participants(session: Session, key: int) -> tuple[Participant, ...]:
    """Who has joined a drill, in that order."""
    query = select(ParticipantRow).where(ParticipantRow.drill_id == key).order_by(ParticipantRow.id)
    return tuple(Participant(p.id, p.side, p.post, p.room, p.name) for p in session.scalars(query))


def presses(session: Session, key: int, since: int = 0, most: int | None = None) -> tuple[Press, ...]:
    """What was pressed in a drill after a number, in order of the numbers.

    Parameters
    ----------
    session : of a read
    key : of the drill
    since : number of the last press that is known
    most : how many, None for all
    """
    query = select(PressRow).where(PressRow.drill_id == key, PressRow.number > since)
    return tuple(_press_of(row) for row in session.scalars(query.order_by(PressRow.number).limit(most)))


def _press_of(row: PressRow) -> Press:
    """A press from its record."""
    return Press(
        number=row.number,
        id=row.press_id,
        participant=row.participant_id,
        incident=row.incident,
        kind=row.kind,
        phone_ms=row.phone_ms,
        offset_ms=row.offset_ms,
        uncertainty_ms=row.uncertainty_ms,
        received=row.received_at,
        cancels=row.cancels,
        by_room=row.by_room,
    )


def last_number(session: Session, key: int) -> int:
    """Number of the last press in a drill, 0 before the first."""
    return session.scalar(select(func.max(PressRow.number)).where(PressRow.drill_id == key)) or 0
