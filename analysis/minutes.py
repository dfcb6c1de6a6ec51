"""The minutes of a meeting: what was decided, who does it and until when, checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

MOST_AGENDA = 20
MOST_DECISIONS = 50
LONGEST = {"name": 200, "place": 200, "agenda": 300, "decision": 1000, "pic": 150, "related": 200}
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)

Field = Literal[
    "name", "place", "day", "agenda", "decisions", "decision", "pic", "due", "kelurahan", "sector", "related"
]
Code = Literal["kosong", "panjang", "banyak", "tanggal", "sebelum_rapat", "tidak_dikenal", "nomor_identitas"]

# NIK has 16 digits, NIP 18; both belong to a person. Telephone numbers are as long as 11 to 13.
_IDENTITY = re.compile(r"(?:\d[ .\-]?){11,}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Meeting:
    """A meeting; what is not yet known is empty.

    Attributes
    ----------
    name, place, day : of the meeting
    agenda : its items
    """

    name: str = ""
    place: str = ""
    day: date | None = None
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One decision.

    Attributes
    ----------
    decision : what was decided
    pic : an office or a post, never a person
    due : the last day
    kelurahan, sector : kode and id of what it concerns, or empty
    related : further offices
    """

    decision: str = ""
    pic: str = ""
    due: date | None = None
    kelurahan: str = ""
    sector: str = ""
    related: str = ""


@dataclass(frozen=True)
class Problem:
    """What keeps the minutes from being written.

    Attributes
    ----------
    field, code : where the problem is, and what it is
    row : counts decisions or agenda items from 1; 0 is the meeting
    """

    field: Field
    code: Code
    row: int = 0


def clean(text: object) -> str:
    """Text as it may stand in a document: one line, no control or direction characters."""
    return " ".join(_UNPRINTABLE.sub(" ", str(text or "")).split())


def check(
    meeting: Meeting, decisions: Collection[Decision], kelurahan: Collection[str], sectors: Collection[str]
) -> tuple[Problem, ...]:
    """All problems, in the order of the form.

    Parameters
    ----------
    meeting, decisions : what was filled in
    kelurahan, sectors : kode and ids that a decision may name

    Examples
    --------
    >>> meeting = Meeting("Rapat", "Serang", date(2026, 11, 22))
    >>> for problem in check(meeting, [Decision("Dilanjutkan")], [], []):
    ...     print(problem.field, problem.code, problem.row)
    pic kosong 1
    due kosong 1
    """
    found = [*_text(meeting.name, "name"), *_text(meeting.place, "place")]
    if meeting.day is None:
        found.append(Problem("day", "kosong"))
    elif not EARLIEST <= meeting.day <= LATEST:
        found.append(Problem("day", "tanggal"))
    if len(meeting.agenda) > MOST_AGENDA:
        found.append(Problem("agenda", "banyak"))
    for row, item in enumerate(meeting.agenda[:MOST_AGENDA], start=1):
        found += _text(item, "agenda", row, required=False)
    if len(decisions) > MOST_DECISIONS:
        found.append(Problem("decisions", "banyak"))
    for row, decision in enumerate(list(decisions)[:MOST_DECISIONS], start=1):
        found += [*_text(decision.decision, "decision", row), *_text(decision.pic, "pic", row)]
        found += _due(decision.due, meeting.day, row)
        if decision.kelurahan and decision.kelurahan not in kelurahan:
            found.append(Problem("kelurahan", "tidak_dikenal", row))
        if decision.sector and decision.sector not in sectors:
            found.append(Problem("sector", "tidak_dikenal", row))
        found += _text(decision.related, "related", row, required=False)
    return tuple(found)


def _text(text: str, field: Field, row: int = 0, *, required: bool = True) -> list[Problem]:
    if not text.strip():
        return [Problem(field, "kosong", row)] if required else []
    if len(text) > LONGEST[field]:
        return [Problem(field, "panjang", row)]
    return [Problem(field, "nomor_identitas", row)] if _IDENTITY.search(text) else []


def _due(due: date | None, day: date | None, row: int) -> list[Problem]:
    if due is None:
        return [Problem("due", "kosong", row)]
    if not EARLIEST <= due <= LATEST:
        return [Problem("due", "tanggal", row)]
    return [Problem("due", "sebelum_rapat", row)] if day is not None and due < day else []
