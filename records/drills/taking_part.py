"""What phones write without an account: join a drill by its code, and press.

Whoever has the code may join while the drill runs; from then on the phone names itself by a key of its own, of which
only the hash is kept. Everything is written once, however often it is sent: the phone makes the ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.fire.live_drill import CATCHING_UP, Drill, Kind, Participant, Press, moment
from records import database
from records.drills.reading import drill_of, last_number, participants, presses
from records.drills.store import CODE_LENGTH, CODE_LETTERS, cut_name, locked, milliseconds
from records.drills.tables import DrillRow, ParticipantRow, PressRow
from records.permissions import Action, Actor
from records.sign_ins import hashed

MOST_PARTICIPANTS: Final = 100
MOST_PRESSES: Final = 400
"""Of one participant in one drill."""
MOST_AT_ONCE: Final = 50
MOST_SENT: Final = 200
"""Presses of a log that one answer holds."""
# What whole numbers of JavaScript's clock can be: 8.64e15 ms before or after 1970.
_FARTHEST_MS: Final = 8_640_000_000_000_000
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)
_PRESS: Final = re.compile(r"[A-Za-z0-9-]{16,64}", re.ASCII)


class UnknownDrillError(Exception):
    """There is no drill of this code, or nobody of this key has joined it."""


class OverError(Exception):
    """The drill is over: nobody joins any more, or it takes no press any more."""


class RefusedError(ValueError):
    """What a phone has sent cannot be.

    Parameters
    ----------
    reason : form, many
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class View:
    """A drill as its participants see it.

    Attributes
    ----------
    drill : the drill
    me : who asks, None for a phone that has not joined
    everybody : participants by id
    presses : those after the asked number, at most `MOST_SENT`
    last : number of the last press that there is
    """

    drill: Drill
    me: Participant | None
    everybody: Mapping[int, Participant]
    presses: tuple[Press, ...]
    last: int


def code_as_kept(text: str) -> str:
    """A code as people type it, as it is kept; "" for what can be none.

    Examples
    --------
    >>> code_as_kept(" abcd-2345 "), code_as_kept("abcd2340")
    ('ABCD2345', '')
    """
    code = re.sub(r"[\s-]", "", text[:40]).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


def _row(session: Session, code: str) -> DrillRow:
    kept = code_as_kept(code)
    row = session.scalars(select(DrillRow).where(DrillRow.code == kept)).first() if kept else None
    if row is None:
        raise UnknownDrillError
    return row


def _joined(session: Session, code: str, key: str) -> tuple[DrillRow, ParticipantRow]:
    """The drill and who has joined it with this key."""
    kept = code_as_kept(code)
    if not kept or not _KEY.fullmatch(key):
        raise UnknownDrillError
    query = select(DrillRow, ParticipantRow).join(ParticipantRow, ParticipantRow.drill_id == DrillRow.id)
    found = session.execute(query.where(DrillRow.code == kept, ParticipantRow.key_hash == hashed(key))).first()
    if found is None:
        raise UnknownDrillError
    return found[0], found[1]


def look(code: str, now: datetime) -> View:
    """A drill as a phone sees it that has not joined.

    Parameters
    ----------
    code : as it was typed
    now : the moment

    Raises
    ------
    UnknownDrillError, OverError
    """
    with database.read() as session:
        drill = drill_of(_row(session, code))
    if now > drill.ends:
        raise OverError
    return View(drill, None, {}, (), 0)


def since(code: str, key: str, number: int) -> View:
    """What was pressed after a number, for who has joined; also when the drill is over.

    Parameters
    ----------
    code, key : as the phone has them
    number : of the last press that the phone knows

    Raises
    ------
    UnknownDrillError
    """
    with database.read() as session:
        row, own = _joined(session, code, key)
        found = presses(session, row.id, number, MOST_SENT)
        everybody = {p.id: p for p in participants(session, row.id)}
        last = last_number(session, row.id)
        return View(drill_of(row), everybody[own.id], everybody, found, last)


def _actor(drill: int, participant: int | None = None) -> Actor:
    """Who acts: somebody with the code, or a participant, whom the audit trail names."""
    name = f"(drill {drill})" if participant is None else f"(drill {drill}, participant {participant})"
    return Actor(name=name, title=name, drill=drill)


def join(code: str, key: str, side: str, post: str, room: bool, name: str, now: datetime) -> None:
    """Join a drill; a second time with the same key changes nothing.

    Parameters
    ----------
    code : as it was typed
    key : that the phone has made for itself, from random bits
    side, post, room, name : who joins, see `analysis.fire.live_drill.Participant`
    now : the moment

    Raises
    ------
    UnknownDrillError, OverError
        There is no such drill, or it is over.
    RefusedError
        What was sent cannot be, or there are too many participants.
    """
    name = cut_name(name)
    with database.read() as session:
        row = _row(session, code)
    drill = drill_of(row)
    here = {p.id: p for p in drill.posts if p.side == side}
    listed = here[post].name if post in here else ""
    shown = cut_name(" · ".join(part for part in (listed, name) if part))
    unknown = side not in drill.parties or (post and post not in here) or (post and room)
    if not _KEY.fullmatch(key) or unknown or not (shown or room):
        raise RefusedError("form")
    with database.write(_actor(row.id), Action.TAKE_PART) as session:
        row = locked(session, row.id)
        there = session.scalars(select(ParticipantRow).where(ParticipantRow.key_hash == hashed(key))).first()
        if there is not None:
            if there.drill_id != row.id:
                raise UnknownDrillError
            return
        if now > drill_of(row).ends:
            raise OverError
        count = select(func.count()).select_from(ParticipantRow).where(ParticipantRow.drill_id == row.id)
        if (session.scalar(count) or 0) >= MOST_PARTICIPANTS:
            raise RefusedError("many")
        session.add(ParticipantRow(drill_id=row.id, key_hash=hashed(key), side=side, post=post, room=room, name=shown))


def press(code: str, key: str, sent: Sequence[Any], now: datetime) -> dict[str, str]:
    """Write presses down, each once; all of them are in the database when this returns.

    Parameters
    ----------
    code, key : as the phone has them
    sent : presses in the order in which they were made: id, kind, incident, ms, offset, uncertainty, cancels
    now : the moment at which they came in

    Returns
    -------
    dict
        By id of each press: "" where it stands in the log, else why it is refused: form, taken, unknown or many.

    Raises
    ------
    UnknownDrillError, OverError, RefusedError
        Nothing is written.
    """
    if not 0 < len(sent) <= MOST_AT_ONCE:
        raise RefusedError("form")
    with database.read() as session:
        drill, own = _joined(session, code, key)
    if now > drill_of(drill).ends + CATCHING_UP:
        raise OverError
    with database.write(_actor(drill.id, own.id), Action.TAKE_PART) as session:
        drill = locked(session, drill.id)
        return _written(session, drill, own.id, sent, now)


def _written(session: Session, drill: DrillRow, own: int, sent: Sequence[Any], now: datetime) -> dict[str, str]:
    """Add what is new of the presses that were sent."""
    answer: dict[str, str] = {}
    mine = {
        row.press_id: row
        for row in session.scalars(
            select(PressRow).where(PressRow.drill_id == drill.id, PressRow.participant_id == own)
        )
    }
    wanted = [str(one.get("id")) for one in sent if isinstance(one, Mapping)]
    taken = set(session.scalars(select(PressRow.press_id).where(PressRow.press_id.in_(wanted)))) - mine.keys()
    places = {place["number"] for place in drill.scenario["places"]}
    number = last_number(session, drill.id)
    for one in sent:
        id_ = one.get("id") if isinstance(one, Mapping) else None
        if not isinstance(id_, str) or not _PRESS.fullmatch(id_):
            raise RefusedError("form")
        if id_ in mine:
            answer[id_] = ""
            continue
        values = _values(one, places)
        if values is None or id_ in taken:
            answer[id_] = "taken" if id_ in taken else "form"
        elif len(mine) >= MOST_PRESSES:
            answer[id_] = "many"
        elif values["cancels"] and not _cancellable(mine.get(values["cancels"]), values["incident"]):
            answer[id_] = "unknown"
        else:
            number += 1
            row = PressRow(
                drill_id=drill.id,
                number=number,
                press_id=id_,
                participant_id=own,
                received_at=now,
                by_room=False,
                **values,
            )
            session.add(row)
            mine[id_], answer[id_] = row, ""
    return answer


def _cancellable(row: PressRow | None, incident: int) -> bool:
    return row is not None and row.kind is not Kind.CANCEL and row.incident == incident


def _values(one: Mapping[str, Any], places: set[int]) -> dict[str, Any] | None:
    """Values of a press by column, None where they cannot be; an absurd clock can."""
    kind, incident, cancels = one.get("kind"), one.get("incident"), one.get("cancels", "")
    ms, offset, uncertainty = (one.get(name) for name in ("ms", "offset", "uncertainty"))
    numbers = [value for value in (ms, offset, uncertainty) if value is not None]
    whole = all(type(value) is int and abs(value) <= _FARTHEST_MS for value in numbers)
    known = isinstance(kind, str) and kind in set(Kind) and type(incident) is int and incident in places
    cancelling = isinstance(cancels, str) and bool(cancels) is (kind == Kind.CANCEL)
    if not known or not whole or ms is None or not cancelling or (uncertainty is not None and uncertainty < 0):
        return None
    return {
        "kind": Kind(str(kind)), "incident": incident, "phone_ms": ms, "offset_ms": offset,
        "uncertainty_ms": uncertainty, "cancels": cancels,
    }  # fmt: skip


def as_sent(view: View) -> dict[str, Any]:
    """A view as phones get it, ready for JSON; moments are milliseconds since 1970 by the server's clock."""
    drill = view.drill
    sent: dict[str, Any] = {
        "version": drill.version, "ends": milliseconds(drill.ends), "last": view.last, "people": len(view.everybody),
        "log": [_line(view, one) for one in view.presses],
    }  # fmt: skip
    if view.me is not None:
        sent |= {"me": view.me.id, "name": view.me.name, "room": view.me.room}
    return sent


def described(drill: Drill) -> dict[str, Any]:
    """What does not change while a drill runs, ready for JSON: its title, sides, places and posts."""
    return {
        "title": drill.title, "opened": milliseconds(drill.opened),
        "sides": [{"id": side, "name": drill.names[side]} for side in drill.parties],
        "places": [{"number": p.number, "name": p.name, "side": p.kode[:5]} for p in drill.places],
        "posts": [{"id": p.id, "side": p.side, "name": p.name} for p in drill.posts],
    }  # fmt: skip


def _line(view: View, one: Press) -> dict[str, Any]:
    """One line of the log; whether it counts follows from the lines and the end of the drill."""
    who, (at, basis) = view.everybody[one.participant], moment(one)
    return {
        "number": one.number, "id": one.id, "who": one.participant, "name": who.name, "side": who.side,
        "incident": one.incident, "kind": one.kind, "at": milliseconds(at), "basis": basis,
        "received": milliseconds(one.received), "offset": one.offset_ms, "cancels": one.cancels,
    }  # fmt: skip
