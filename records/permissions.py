"""Who may do what. Nothing is allowed that is not written here; every write asks again (`records.database.write`).

| action | who |
|---|---|
| read what is published | everybody |
| edit what belongs to a kabkota | an editor of this kabkota |
| edit what both sides share | an editor of any of its kabkota |
| verify for a kabkota | a verifier of this kabkota |
| look through residents' reports of a kabkota | an editor or a verifier of this kabkota; the command line, to forget |
| send a report | a resident, by the form alone |
| read and export the audit trail | verifiers and admins |
| make accounts, give roles, reset passwords, end sessions | admins |
| add, change and withdraw entries of the catalogue | admins |
| change one's own password, sign out | whoever is signed in |
| join a drill and press in it | whoever has its code, without an account; nothing else is open to them |
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from records.models import Role


class Action(StrEnum):
    """What can be done."""

    READ = "read"
    EDIT = "edit"
    VERIFY = "verify"
    MODERATE = "moderate"
    REPORT = "report"
    READ_AUDIT = "read_audit"
    ACCOUNTS = "accounts"
    CATALOGUE = "catalogue"
    OWN = "own"
    TAKE_PART = "take_part"


@dataclass(frozen=True)
class Actor:
    """Who acts, as of this moment: never kept from one action to the next.

    Attributes
    ----------
    name : with which the account signs in; "" for a reader
    title : as it is shown
    account : key of the account, None for a reader and the command line
    sign_in : key of the sign-in, None where there is none
    grants : roles, each with its kabkota ("" for an admin)
    drill : key of the drill whose code somebody has, who has no account; None for everybody else
    """

    name: str = ""
    title: str = ""
    account: int | None = None
    sign_in: int | None = None
    grants: frozenset[tuple[Role, str]] = frozenset()
    drill: int | None = None

    def has(self, role: Role) -> bool:
        """Tell whether the actor has a role, for any kabkota."""
        return any(own == role for own, _ in self.grants)

    def kabkota(self, role: Role = Role.EDITOR) -> frozenset[str]:
        """The kabkota for which the actor has a role."""
        return frozenset(kabkota for own, kabkota in self.grants if own == role)


READER = Actor()
# Whoever may run commands on the server can read the database anyhow; what is written so says who it was not.
COMMAND_LINE = Actor(name="(command line)", title="(command line)", grants=frozenset({(Role.ADMIN, "")}))
# Whoever fills in the form for reports; nobody knows who, and no account has this name.
RESIDENT = Actor(name="(resident)", title="(resident)")


class ForbiddenError(Exception):
    """Somebody may not do this, or is no longer signed in.

    Parameters
    ----------
    actor : who tried
    action : what
    kabkota : for which
    """

    def __init__(self, actor: Actor, action: Action, kabkota: Collection[str] = ()) -> None:
        super().__init__(
            f"{actor.name or 'a reader'} may not {action}" + (f" for {sorted(kabkota)}" if kabkota else "")
        )
        self.actor, self.action, self.kabkota = actor, action, frozenset(kabkota)


def _codes(kabkota: str | Collection[str] | None) -> frozenset[str]:
    return frozenset([kabkota] if isinstance(kabkota, str) else kabkota or ())


def allowed(actor: Actor, action: Action, kabkota: str | Collection[str] | None = None) -> bool:
    """Tell whether an actor may do something.

    Parameters
    ----------
    actor : who
    action : what
    kabkota : code to which the thing belongs; several for what they share, of which one is enough

    Examples
    --------
    >>> bekasi = Actor("rina", account=1, sign_in=1, grants=frozenset({(Role.EDITOR, "32.75")}))
    >>> allowed(bekasi, Action.EDIT, "32.75"), allowed(bekasi, Action.EDIT, "32.76"), allowed(bekasi, Action.EDIT)
    (True, False, False)
    >>> allowed(bekasi, Action.EDIT, {"32.75", "32.76"})
    True
    """
    match action:
        case Action.READ:
            return True
        case Action.EDIT:
            return bool(_codes(kabkota) & actor.kabkota(Role.EDITOR))
        case Action.VERIFY:
            return bool(_codes(kabkota) & actor.kabkota(Role.VERIFIER))
        case Action.MODERATE:
            own = actor.kabkota(Role.EDITOR) | actor.kabkota(Role.VERIFIER)
            return bool(_codes(kabkota)) if actor is COMMAND_LINE else bool(_codes(kabkota) & own)
        case Action.REPORT:
            return actor is RESIDENT and bool(_codes(kabkota))
        case Action.READ_AUDIT:
            return actor.has(Role.VERIFIER) or actor.has(Role.ADMIN)
        case Action.ACCOUNTS | Action.CATALOGUE:
            return actor.has(Role.ADMIN)
        case Action.TAKE_PART:
            return actor.drill is not None
    return action is Action.OWN and actor.sign_in is not None


def require(actor: Actor, action: Action, kabkota: str | Collection[str] | None = None) -> None:
    """Stop whoever may not do something.

    Parameters
    ----------
    actor, action, kabkota : as in `allowed`

    Raises
    ------
    ForbiddenError
        The actor may not.
    """
    if not allowed(actor, action, kabkota):
        raise ForbiddenError(actor, action, _codes(kabkota))
