"""What the control room writes: open and end a drill, and set right what was pressed by mistake.

Every function takes the actor and asks for permission itself: an editor of any side. Nothing is deleted: a mistake is
cancelled by a press of its own, and what was forgotten is added as one that the room has entered.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.fire.live_drill import MOST_PLACES, Kind, Place, Station
from records import database
from records.database import change
from records.drills.reading import last_number
from records.drills.tables import LONGEST_NAME, LONGEST_TITLE, DrillRow, ParticipantRow, PressRow
from records.permissions import Action, Actor, ForbiddenError

CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what reads like another: 0 O, 1 I L."""
CODE_LENGTH: Final = 8
LONGEST: Final = timedelta(hours=24)
SHORTEST: Final = timedelta(minutes=5)
MOST_POSTS: Final = 400


class DrillEntryError(ValueError):
    """What was entered for a drill cannot be.

    Parameters
    ----------
    field : title, closes, places, posts, incident, at, kind or press
    reason : empty, long, order, many, unknown
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def _one_line(text: str) -> str:
    """A text without what steers how others are shown: control and format characters, and space around it."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") or c in "\t\n\r")
    return " ".join(kept.split())


def open_drill(
    actor: Actor,
    names: Mapping[str, str],
    corridor: str,
    title: str,
    closes: datetime,
    places: Sequence[Place],
    posts: Sequence[Station],
    now: datetime,
) -> int:
    """Open a drill; returns its key.

    Parameters
    ----------
    actor : an editor of any side
    names, corridor : the sides by kode_kabkota, each with its name, and their border
    title : as it is shown
    closes : when it ends by itself, and its code with it
    places, posts : the incidents, and the posts of all sides
    now : the moment

    Raises
    ------
    DrillEntryError
        A value cannot be.
    records.permissions.ForbiddenError
        The actor is no editor of any side.
    """
    title = _one_line(title)
    if not title or len(title) > LONGEST_TITLE:
        raise DrillEntryError("title", "long" if title else "empty")
    if not now + SHORTEST <= closes <= now + LONGEST:
        raise DrillEntryError("closes", "order")
    if not places or len(places) > MOST_PLACES:
        raise DrillEntryError("places", "many" if places else "empty")
    if len(posts) > MOST_POSTS:
        raise DrillEntryError("posts", "many")
    sides = tuple(names)
    with database.write(actor, Action.EDIT, sides) as session:
        row = DrillRow(
            parties=";".join(sides),
            code="".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)),
            title=title,
            corridor=corridor,
            # A whole second: what is pressed in the same moment, in milliseconds, does not lie before it.
            opened_at=now.replace(microsecond=0),
            closes_at=closes,
            closed_at=None,
            scenario={
                "names": dict(names),
                "places": [asdict(p) for p in places],
                "posts": [asdict(p) for p in posts],
            },
        )
        session.add(row)
        session.flush()
        return row.id


def close(actor: Actor, key: int, version: int, now: datetime) -> None:
    """End a drill; phones that were offline may still send what was pressed before.

    Parameters
    ----------
    actor : an editor of any side
    key, version : of the drill as it was read
    now : the moment

    Raises
    ------
    records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    with database.write(actor, Action.EDIT, _parties(actor, key)) as session:
        change(session, DrillRow, key, version, {"closed_at": now})


def add(actor: Actor, key: int, participant: int, incident: int, kind: Kind, at: datetime, now: datetime) -> None:
    """Add what a participant forgot to press.

    Parameters
    ----------
    actor : an editor of any side
    key : of the drill
    participant, incident, kind : who, for which place, what
    at : when it happened, as the room knows it
    now : the moment

    Raises
    ------
    DrillEntryError
        It cannot be; nothing is written.
    records.permissions.ForbiddenError
        The actor is no editor of any side.
    """
    if kind is Kind.CANCEL:
        raise DrillEntryError("kind", "unknown")
    with database.write(actor, Action.EDIT, _parties(actor, key)) as session:
        drill = locked(session, key)
        if not drill.opened_at <= at <= now:
            raise DrillEntryError("at", "order")
        if incident not in {place["number"] for place in drill.scenario["places"]}:
            raise DrillEntryError("incident", "unknown")
        who = session.get(ParticipantRow, participant)
        if who is None or who.drill_id != key:
            raise DrillEntryError("press", "unknown")
        _enter(session, drill, participant, incident, kind, at, now, "")


def cancel(actor: Actor, key: int, press: str, now: datetime) -> None:
    """Cancel what was pressed by mistake.

    Parameters
    ----------
    actor : an editor of any side
    key : of the drill
    press : id of the press
    now : the moment

    Raises
    ------
    DrillEntryError
        There is no such press in this drill; nothing is written.
    records.permissions.ForbiddenError
        The actor is no editor of any side.
    """
    with database.write(actor, Action.EDIT, _parties(actor, key)) as session:
        drill = locked(session, key)
        query = select(PressRow).where(PressRow.drill_id == key, PressRow.press_id == press)
        row = session.scalars(query).first()
        if row is None or row.kind is Kind.CANCEL:
            raise DrillEntryError("press", "unknown")
        _enter(session, drill, row.participant_id, row.incident, Kind.CANCEL, now, now, press)


def _enter(
    session: Session,
    drill: DrillRow,
    participant: int,
    incident: int,
    kind: Kind,
    at: datetime,
    now: datetime,
    cancels: str,
) -> None:
    """Add a press of the room."""
    row = PressRow(
        drill_id=drill.id,
        number=last_number(session, drill.id) + 1,
        press_id=f"room-{secrets.token_hex(16)}",
        participant_id=participant,
        incident=incident,
        kind=kind,
        phone_ms=milliseconds(at),
        offset_ms=0,
        uncertainty_ms=None,
        received_at=now,
        cancels=cancels,
        by_room=True,
    )
    session.add(row)


def milliseconds(at: datetime) -> int:
    """A moment in milliseconds since 1970."""
    return round((at - datetime.fromtimestamp(0, UTC)) / timedelta(milliseconds=1))


def locked(session: Session, key: int) -> DrillRow:
    """A drill, held until the transaction ends: presses of one drill are numbered one after the other.

    Whoever has read up to a number has then seen every one before it.
    """
    return session.get_one(DrillRow, key, with_for_update=True, populate_existing=True)


def _parties(actor: Actor, key: int) -> list[str]:
    """The sides of a drill; one that is not there belongs to nobody."""
    with database.read() as session:
        row = session.get(DrillRow, key)
    if row is None:
        raise ForbiddenError(actor, Action.EDIT)
    return row.parties.split(";")


def cut_name(text: str) -> str:
    """A name that a phone has sent, as it is kept."""
    return _one_line(text)[:LONGEST_NAME].strip()
