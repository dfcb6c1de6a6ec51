"""What can be asked of a joint plan: the kind of place, how many each side would build, and the assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.fire.fire import FireChoices
from analysis.scenario.changes import Change

Kind = Literal["puskesmas", "pos_damkar"]
KINDS: tuple[Kind, ...] = ("puskesmas", "pos_damkar")
FIRST_KIND: Kind = "pos_damkar"
"""What is planned where nothing is chosen, one place a side."""
AT_ONCE = 2
"""New places, up to which a plan is sought unasked."""
GOALS = (0.8, 0.9, 0.95, 1.0)
MOST_NEW = 5
"""New places of one side, at most."""


@dataclass(frozen=True)
class Task:
    """What is asked; equal tasks have equal answers.

    Attributes
    ----------
    corridor : its id
    kind : kind of place
    counts : kode_kabkota and number of new places of each side, in the order of the corridor
    drawn : longitude and latitude of the user's own places, the only candidates where there are any
    changes : of a scenario
    fire : assumptions, for fire posts only
    planned : whether planned fire posts count as built
    """

    corridor: str
    kind: Kind
    counts: tuple[tuple[str, int], ...]
    drawn: tuple[tuple[float, float], ...] = ()
    changes: tuple[Change, ...] = ()
    fire: FireChoices | None = None
    planned: bool = False

    @property
    def total(self) -> int:
        """New places of all sides."""
        return sum(n for _, n in self.counts)


def default_counts(sides: Sequence[str]) -> dict[str, int]:
    """New places by side without a choice: two each for a pair, one each for more sides."""
    return dict.fromkeys(sides, 2 if len(sides) == 2 else 1)
