"""A resident's report and what happened to it.

A report never changes: whatever happens to it is an event that is added, and its state is that of the last event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where a report stands; the value is a short Indonesian name."""

    WAITING = "menunggu"
    REFUSED = "ditolak"
    PUBLISHED = "tayang"
    FORWARDED = "diteruskan"
    ANSWERED = "dijawab"
    WORKED_ON = "dikerjakan"
    DONE = "selesai"
    DUPLICATE = "duplikat"


SHOWN = frozenset({State.PUBLISHED, State.FORWARDED, State.ANSWERED, State.WORKED_ON, State.DONE})
"""States in which everybody may read a report."""


class Kind(StrEnum):
    """What a report asks for, which decides in how many days it is answered."""

    SIMPLE = "sederhana"
    PLAIN = "tanpa_pemeriksaan"
    INSPECTED = "dengan_pemeriksaan"


class Refusal(StrEnum):
    """Why a report is not shown."""

    PERSONAL = "data_pribadi"
    ELSEWHERE = "di_luar_wilayah"
    OTHER_MATTER = "bukan_layanan"
    UNCLEAR = "tidak_jelas"
    ABUSIVE = "kasar"
    ADVERTISING = "iklan"


@dataclass(frozen=True)
class Event:
    """One thing that happened to a report.

    Attributes
    ----------
    number : 0 for its arrival, then one more each
    state : in which the report is from then on
    day : on which it happened, in Indonesia
    kabkota : whose office did it; of a resident's own words that which looks after the report
    owner : kabkota that looks after it from then on
    by_resident : whether the resident did it
    kind : what it asks for, where this was decided
    reason : why it is not shown, where it is refused
    note : answer, remark or the resident's reply
    office : perangkat daerah to which it was passed on
    first : key of the earlier report that tells the same
    """

    number: int
    state: State
    day: date
    kabkota: str
    owner: str
    by_resident: bool = False
    kind: Kind | None = None
    reason: Refusal | None = None
    note: str = ""
    office: str = ""
    first: int | None = None


@dataclass(frozen=True)
class Report:
    """What a resident reported.

    Attributes
    ----------
    key : of the stored record, which grows with every report
    kode : kelurahan or desa
    sector : key of the sector, as of agreements
    text : as it may be read: without control characters and numbers of persons
    events : what happened, from its arrival on; never empty
    point : longitude and latitude, None where only the kelurahan is known or it may not be seen
    photo : whether there is one
    """

    key: int
    kode: str
    sector: str
    text: str
    events: tuple[Event, ...]
    point: tuple[float, float] | None = None
    photo: bool = False

    @property
    def last(self) -> Event:
        """What happened last."""
        return self.events[-1]

    @property
    def state(self) -> State:
        """The state that was last written down; `deadlines.state_on` knows which are closed by time."""
        return self.last.state

    @property
    def owner(self) -> str:
        """The kabkota that looks after it now."""
        return self.last.owner

    @property
    def received(self) -> date:
        """The day of its arrival."""
        return self.events[0].day

    @property
    def kind(self) -> Kind | None:
        """What it asks for, as last decided; None before anybody has looked."""
        return next((event.kind for event in reversed(self.events) if event.kind is not None), None)

    @property
    def first(self) -> int | None:
        """Key of the earlier report that tells the same, None where it is no duplicate."""
        return self.last.first if self.state is State.DUPLICATE else None
