"""A drill for tests, and phones that press in it."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from analysis.fire.live_drill import Place, Station
from records.drills import reading, store, taking_part
from records.models import now
from records.permissions import Actor
from tests.records.acting import BEKASI, DEPOK

NAMES = {BEKASI: "Kota Bekasi", DEPOK: "Kota Depok"}
PLACES = [
    Place(1, "32.75.10.1001", "Jatikarya", 106.93, -6.39),
    Place(2, "32.76.06.1001", "Harjamukti", 106.90, -6.38),
]
POSTS = [Station("a", BEKASI, "Pos Jatisampurna"), Station("b", DEPOK, "Pos Cimanggis")]
_NUMBERS = count()


def opened(actor: Actor, hours: float = 2, when: datetime | None = None) -> tuple[int, str]:
    """Key and code of a drill of an hour or two."""
    when = when or now()
    key = store.open_drill(actor, NAMES, "bekasi-depok", "Latihan", when + timedelta(hours=hours), PLACES, POSTS, when)
    return key, reading.code_of(actor, key)


def key_of_phone() -> str:
    """A key as phones make it."""
    return f"{next(_NUMBERS):048x}"


def joined(code: str, side: str = BEKASI, post: str = "", name: str = "Unit", room: bool = False) -> str:
    """Join a drill; returns the key of the phone."""
    key = key_of_phone()
    taking_part.join(code, key, side, post, room, name, now())
    return key


def a_press(kind: str = "panggilan", incident: int = 1, at: datetime | None = None, **more: Any) -> dict[str, Any]:
    """A press as phones send it."""
    ms = store.milliseconds(at or now())
    made = {"id": f"{next(_NUMBERS):032x}", "kind": kind, "incident": incident, "ms": ms, "cancels": ""}
    return {**made, "offset": 0, "uncertainty": 5, **more}
