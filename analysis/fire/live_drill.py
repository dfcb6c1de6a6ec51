"""A drill as it happens: who pressed what and when, and what that says about the assumptions of the model.

A phone notes the time of its own clock and how far that clock is from the server's; the moment of a press is the sum of
both. What was pressed is never changed: a mistake is cancelled by a press of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from statistics import median

MOST_PLACES = 12
"""Incidents of one drill."""
LATEST_MS = 4_102_444_800_000
"""The year 2100: no moment lies beyond it."""
AHEAD = timedelta(seconds=2)
"""A press cannot lie further than this, and the uncertainty of its clock, after the moment at which it came in."""
CATCHING_UP = timedelta(hours=24)
"""So long after its end a drill still takes presses of phones that were offline."""
FASTEST_KMH = 150.0
"""Whoever was faster has pressed without driving."""
OFFICE_TIME = timedelta(hours=7)
"""Western Indonesian Time, in which every border of the catalogue lies."""


class Kind(StrEnum):
    """What is pressed."""

    CALL = "panggilan"
    DEPARTURE = "berangkat"
    ARRIVAL = "tiba"
    DONE = "selesai"
    CANCEL = "batal"


STEPS = (Kind.CALL, Kind.DEPARTURE, Kind.ARRIVAL, Kind.DONE)
"""What a unit passes, in this order."""


class Basis(StrEnum):
    """Where the moment of a press comes from."""

    PHONE = "ponsel"
    SERVER = "server"
    ROOM = "ruang"


class Standing(StrEnum):
    """Whether a press counts."""

    COUNTED = "dihitung"
    CANCELLED = "dibatalkan"
    BEFORE = "sebelum dibuka"
    AFTER = "setelah ditutup"


@dataclass(frozen=True)
class Place:
    """Where it burns in the drill.

    Attributes
    ----------
    number : from 1
    kode : of its kelurahan
    name : as people call it
    lon, lat : degrees
    """

    number: int
    kode: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Station:
    """A post that may take part.

    Attributes
    ----------
    id : of the facility
    side : kode_kabkota whose service it is
    name : as people call it
    """

    id: str
    side: str
    name: str


@dataclass(frozen=True)
class Drill:
    """A drill.

    Attributes
    ----------
    id, version : of the record
    parties, names : kode_kabkota of the sides, and what each is called
    title, corridor : its name, and the border at which it is held
    opened, closes : when it was opened, and when it ends by itself
    closed : when somebody ended it, None while nobody has
    places, posts : the incidents and the posts of all sides
    """

    id: int
    version: int
    parties: tuple[str, ...]
    names: Mapping[str, str]
    title: str
    corridor: str
    opened: datetime
    closes: datetime
    closed: datetime | None
    places: tuple[Place, ...]
    posts: tuple[Station, ...]

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return min(self.closes, self.closed) if self.closed else self.closes


@dataclass(frozen=True)
class Participant:
    """A phone that has joined.

    Attributes
    ----------
    id : of the record
    side : kode_kabkota
    post : id of its post, "" for a room or a post that is not listed
    room : whether it is a control room, where calls come in
    name : as it is shown
    """

    id: int
    side: str
    post: str
    room: bool
    name: str


@dataclass(frozen=True)
class Press:
    """What somebody pressed, as it is kept.

    Attributes
    ----------
    number : in its drill, from 1, without gaps
    id : made by the phone; the same press never stands twice
    participant, incident, kind : who, for which place, what
    phone_ms : the phone's clock, milliseconds since 1970
    offset_ms : by how much the server's clock is ahead of the phone's, None where it was not measured
    uncertainty_ms : how far the offset may be wrong
    received : when the server got it
    cancels : id of the press that this one cancels, "" for none
    by_room : whether the control room entered it
    """

    number: int
    id: str
    participant: int
    incident: int
    kind: Kind
    phone_ms: int
    offset_ms: int | None
    uncertainty_ms: int | None
    received: datetime
    cancels: str = ""
    by_room: bool = False


@dataclass(frozen=True)
class Entry:
    """A press as it reads in the log.

    Attributes
    ----------
    press : as it is kept
    at, basis : its moment, and where that comes from
    standing : whether it counts
    """

    press: Press
    at: datetime
    basis: Basis
    standing: Standing


@dataclass(frozen=True)
class Observation:
    """One measured value.

    Attributes
    ----------
    quantity : call, turnout, delay (minutes) or speed (km/h), as `analysis.fire.fire.ASSUMED` names them
    incident, participant : where and by whom
    value : in its unit
    """

    quantity: str
    incident: int
    participant: int
    value: float


@dataclass(frozen=True)
class Measured:
    """What was measured of one quantity.

    Attributes
    ----------
    count : how often it was measured
    middle, low, high : median, lowest and highest value, in its unit
    """

    count: int
    middle: float
    low: float
    high: float


QUANTITIES = ("call", "turnout", "delay", "speed")
"""Assumptions that a drill measures."""


def moment(press: Press) -> tuple[datetime, Basis]:
    """When something was pressed, in UTC, and where that comes from.

    The moment at which it came in counts where the phone's clock was not compared with the server's, or where the sum
    would lie after that moment: then the clock was set in between.

    Parameters
    ----------
    press : as it is kept
    """
    if press.offset_ms is None:
        return press.received, Basis.SERVER
    milliseconds = press.phone_ms + press.offset_ms
    if not 0 <= milliseconds <= LATEST_MS:
        return press.received, Basis.SERVER
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)
    if at > press.received + AHEAD + timedelta(milliseconds=press.uncertainty_ms or 0):
        return press.received, Basis.SERVER
    return at, Basis.ROOM if press.by_room else Basis.PHONE


def log(drill: Drill, presses: Iterable[Press]) -> list[Entry]:
    """Everything that was pressed, in the order of its moments; what is cancelled or outside the drill stays in sight.

    Parameters
    ----------
    drill : whose opening and end bound what counts
    presses : in any order
    """
    known = list(presses)
    cancelled = {p.cancels for p in known if p.cancels}
    entries = []
    for press in known:
        at, basis = moment(press)
        if press.id in cancelled:
            standing = Standing.CANCELLED
        elif at < drill.opened:
            standing = Standing.BEFORE
        else:
            standing = Standing.AFTER if at > drill.ends else Standing.COUNTED
        entries.append(Entry(press, at, basis, standing))
    return sorted(entries, key=lambda e: (e.at, e.press.number))


def steps(entries: Iterable[Entry]) -> dict[tuple[int, int], dict[Kind, datetime]]:
    """The first counted moment of each kind, by incident and participant.

    Parameters
    ----------
    entries : what `log` gives
    """
    found: dict[tuple[int, int], dict[Kind, datetime]] = {}
    for entry in entries:
        if entry.standing is Standing.COUNTED and entry.press.kind is not Kind.CANCEL:
            key = entry.press.incident, entry.press.participant
            found.setdefault(key, {}).setdefault(entry.press.kind, entry.at)
    return found


def observations(
    drill: Drill,
    participants: Sequence[Participant],
    entries: Sequence[Entry],
    metres: Mapping[tuple[str, int], float],
    detour: float,
    call: float,
) -> list[Observation]:
    """What the drill measured of the assumptions of the model.

    Call handling runs from the first call in a room of the incident's side to the first call at a post of this side;
    turnout from a unit's call to its departure; speed is the way from its post over the time to its arrival; the
    coordination delay is what passes beyond call handling until a post of another side has its call.

    Parameters
    ----------
    drill, participants : of which drill
    entries : what `log` gives
    metres : straight line from a post to an incident, by post and incident; only posts whose point is known
    detour : length of the way over the straight line
    call : minutes of call handling where the drill has not measured them
    """
    known, found = {p.id: p for p in participants}, steps(entries)
    result: list[Observation] = []
    for place in drill.places:
        here = {who: kinds for (incident, who), kinds in found.items() if incident == place.number and who in known}
        calls = sorted((kinds[Kind.CALL], who) for who, kinds in here.items() if Kind.CALL in kinds)
        own = [(at, who) for at, who in calls if known[who].side == place.kode[:5]]
        rooms, posts = ([c for c in own if known[c[1]].room is room] for room in (True, False))
        handled = None
        if rooms and posts and posts[0][0] >= rooms[0][0]:
            handled = minutes(rooms[0][0], posts[0][0])
            result.append(Observation("call", place.number, posts[0][1], handled))
        for side in drill.parties:
            others = [c for c in calls if known[c[1]].side == side != place.kode[:5] and not known[c[1]].room]
            if own and others and others[0][0] >= own[0][0]:
                waited = minutes(own[0][0], others[0][0]) - (call if handled is None else handled)
                result.append(Observation("delay", place.number, others[0][1], waited))
        for who, kinds in here.items():
            result += _of_a_unit(known[who], place.number, kinds, metres, detour)
    return result


def _of_a_unit(
    who: Participant,
    incident: int,
    kinds: Mapping[Kind, datetime],
    metres: Mapping[tuple[str, int], float],
    detour: float,
) -> list[Observation]:
    """Turnout and speed of one unit on its way to one incident."""
    called, left, arrived = (kinds.get(kind) for kind in STEPS[:3])
    result = []
    if called and left and left >= called and not who.room:
        result.append(Observation("turnout", incident, who.id, minutes(called, left)))
    way = metres.get((who.post, incident))
    if left and arrived and arrived > left and way is not None:
        speed = way * detour / 1000 / (minutes(left, arrived) / 60)
        result += [Observation("speed", incident, who.id, speed)] if speed <= FASTEST_KMH else []
    return result


def minutes(start: datetime, end: datetime) -> float:
    """Minutes between two moments."""
    return (end - start).total_seconds() / 60


def measured(found: Iterable[Observation]) -> dict[str, Measured]:
    """Count, median and range by quantity; a quantity that was not measured is missing.

    Parameters
    ----------
    found : what `observations` gives, of one drill or of several

    Examples
    --------
    >>> measured([Observation("turnout", 1, 1, 1.0), Observation("turnout", 1, 2, 3.0)])["turnout"].middle
    2.0
    """
    values: dict[str, list[float]] = {}
    for one in found:
        values.setdefault(one.quantity, []).append(one.value)
    return {
        quantity: Measured(len(all_), median(all_), min(all_), max(all_))
        for quantity in QUANTITIES
        if (all_ := values.get(quantity))
    }


def clock(at: datetime) -> str:
    """A moment as hours, minutes and seconds of the office's time.

    Examples
    --------
    >>> clock(datetime(2026, 11, 29, 2, 5, 30, tzinfo=UTC))
    '09:05:30'
    """
    return f"{at.astimezone(UTC) + OFFICE_TIME:%H:%M:%S}"
