"""What the numbers of a fire page depend on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.fire import fire as fire_analysis
from analysis.fire.fire import FireChoices
from analysis.scenario.changes import Change
from data.catalogue import Assumption
from data.tables import Dataset
from views.language.link_names import ASSUMPTIONS


@dataclass(frozen=True)
class FireState:
    """Everything that the numbers of a fire page depend on.

    Attributes
    ----------
    corridor : id of the border
    changes : of the scenario: posts that were added, placed or closed
    planned : whether posts that are only planned count
    others : whether posts of other neighbours count as partners of the sides
    choices : target, minutes and speeds
    """

    corridor: str
    changes: tuple[Change, ...]
    planned: bool
    others: bool
    choices: FireChoices


def entries(data: Dataset) -> dict[str, Assumption]:
    """Entries of the catalogue by key in the link."""
    used = set(fire_analysis.ASSUMED.values())
    return {key: data.catalogue.assumptions[entry] for key, entry in ASSUMPTIONS.items() if entry in used}


def without_delay(state: FireState) -> FireState:
    """The same state with no delay: the key of what does not depend on it."""
    return replace(state, choices=replace(state.choices, delay=0.0))
