"""Accounts for tests: who they are and that they are signed in."""

from collections.abc import Sequence

from records import sign_ins
from records.database import Database
from records.models import Account, Grant, Role
from records.permissions import COMMAND_LINE, Action, Actor

BEKASI, DEPOK = "32.75", "32.76"
ROLES = {
    "bekasi": [(Role.EDITOR, BEKASI)],
    "depok": [(Role.EDITOR, DEPOK)],
    "both": [(Role.EDITOR, BEKASI), (Role.EDITOR, DEPOK)],
    "verifier": [(Role.VERIFIER, BEKASI)],
    "admin": [(Role.ADMIN, "")],
    "nobody": [],
}


def signed_in(database: Database, name: str, grants: Sequence[tuple[Role, str]] | None = None) -> Actor:
    """Make an account with these roles, or with those of its name in `ROLES`, and sign it in."""
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        account = Account(name=name, title=name.title(), password="x")
        account.grants = [
            Grant(role=role, kabkota=kabkota) for role, kabkota in (ROLES[name] if grants is None else grants)
        ]
        session.add(account)
        session.flush()
        row, token = sign_ins.begin(session, account)
    with database.read() as session:
        actor, _ = sign_ins.actor_of_token(session, token)
    assert actor.sign_in == row.id
    return actor
