"""Who may do what: every action for every role, as a table; what is not in it is denied."""

import pytest

from records.models import Role
from records.permissions import COMMAND_LINE, READER, RESIDENT, Action, Actor, ForbiddenError, allowed, require
from tests.records.acting import BEKASI, DEPOK, ROLES

BOTH = frozenset({BEKASI, DEPOK})
ACTORS = {name: Actor(name, name, 1, 1, frozenset(grants)) for name, grants in ROLES.items()}
ACTORS |= {"reader": READER, "command line": COMMAND_LINE, "resident": RESIDENT}
ACTORS |= {"participant": Actor("(drill 1)", drill=1)}
# Action and what it is about: who may.
MAY: dict[tuple[Action, str | frozenset[str] | None], set[str]] = {
    (Action.READ, None): set(ACTORS),
    (Action.READ, BEKASI): set(ACTORS),
    (Action.EDIT, BEKASI): {"bekasi", "both"},
    (Action.EDIT, DEPOK): {"depok", "both"},
    (Action.EDIT, BOTH): {"bekasi", "depok", "both"},
    (Action.EDIT, None): set(),
    (Action.EDIT, ""): set(),
    (Action.EDIT, "99.99"): set(),
    (Action.VERIFY, BEKASI): {"verifier"},
    (Action.VERIFY, DEPOK): set(),
    (Action.VERIFY, BOTH): {"verifier"},
    (Action.VERIFY, None): set(),
    (Action.VERIFY, ""): set(),
    (Action.MODERATE, BEKASI): {"bekasi", "both", "verifier", "command line"},
    (Action.MODERATE, DEPOK): {"depok", "both", "command line"},
    (Action.MODERATE, BOTH): {"bekasi", "depok", "both", "verifier", "command line"},
    (Action.MODERATE, None): set(),
    (Action.REPORT, BEKASI): {"resident"},
    (Action.REPORT, None): set(),
    (Action.READ_AUDIT, None): {"verifier", "admin", "command line"},
    (Action.ACCOUNTS, None): {"admin", "command line"},
    (Action.ACCOUNTS, BEKASI): {"admin", "command line"},
    (Action.CATALOGUE, None): {"admin", "command line"},
    (Action.CATALOGUE, BEKASI): {"admin", "command line"},
    (Action.OWN, None): set(ROLES),
    (Action.TAKE_PART, None): {"participant"},
    (Action.TAKE_PART, BEKASI): {"participant"},
}


@pytest.mark.parametrize(("action", "about"), MAY)
@pytest.mark.parametrize("name", ACTORS)
def test_matrix(name: str, action: Action, about: str | frozenset[str] | None) -> None:
    may = name in MAY[action, about]
    assert allowed(ACTORS[name], action, about) is may
    if may:
        require(ACTORS[name], action, about)
        return
    with pytest.raises(ForbiddenError) as told:
        require(ACTORS[name], action, about)
    assert (told.value.actor, told.value.action) == (ACTORS[name], action)


def test_every_action_is_in_the_matrix() -> None:
    assert {action for action, _ in MAY} == set(Action)


def test_what_is_no_action_is_denied() -> None:
    everything = Actor("x", "x", 1, 1, frozenset({(role, k) for role in Role for k in ("", BEKASI)}))
    assert not allowed(everything, "drop tables", BEKASI)  # type: ignore[arg-type]
