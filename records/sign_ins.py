"""Sign-ins: rows of the database that a browser names by a random token, of which only the hash is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from records.models import Account, SignIn, now
from records.permissions import COMMAND_LINE, READER, RESIDENT, Actor

COOKIE = "tapal_sesi"
"""Name of the cookie that holds the token."""
LONGEST = timedelta(hours=12)
"""After so long everybody signs in again: a working day."""
IDLE = timedelta(hours=2)
"""After so long without an action a sign-in ends."""
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 64
_SEEN_EVERY = timedelta(minutes=1)


def hashed(token: str) -> str:
    """What is kept of a token. It has 256 random bits: no salt, no slow hash is needed."""
    return sha256(token.encode()).hexdigest()


def begin(session: Session, account: Account, token: str | None = None) -> tuple[SignIn, str]:
    """Add a sign-in with a new token, and clear those of the account that are too old to come back.

    Parameters
    ----------
    session : of a write
    account : whose password was right
    token : of another service that has signed the person in, instead of a new one
    """
    for row in session.scalars(select(SignIn).where(SignIn.account_id == account.id)):
        if now() - row.created_at >= LONGEST:
            session.delete(row)
    token = token or secrets.token_urlsafe(_TOKEN_BYTES)
    row = SignIn(account=account, token_hash=hashed(token))
    session.add(row)
    session.flush()
    return row, token


def end_all(session: Session, account: int) -> int:
    """End all sign-ins of an account; returns how many there were.

    Parameters
    ----------
    session : of a write
    account : its key
    """
    rows = session.scalars(select(SignIn).where(SignIn.account_id == account, SignIn.ended_at.is_(None))).all()
    for row in rows:
        row.ended_at = now()
    return len(rows)


def alive(row: SignIn) -> bool:
    """Tell whether a sign-in still holds: account open, not ended, not too old, not idle for too long."""
    moment = now()
    return (
        row.account.active
        and row.ended_at is None
        and moment - row.created_at < LONGEST
        and moment - row.seen_at < IDLE
    )


def _actor(row: SignIn | None) -> Actor:
    if row is None or not alive(row):
        return READER
    account = row.account
    grants = frozenset((grant.role, grant.kabkota) for grant in account.grants)
    return Actor(account.name, account.title, account.id, row.id, grants)


def actor_of_token(session: Session, token: str) -> tuple[Actor, bool]:
    """Who a browser's token stands for, a reader where for nobody; and whether it is time to note that it was seen.

    Parameters
    ----------
    session : of a read or a write
    token : of the cookie
    """
    if not token or len(token) > _LONGEST_TOKEN or not token.isascii():
        return READER, False
    row = session.scalars(select(SignIn).where(SignIn.token_hash == hashed(token))).first()
    actor = _actor(row)
    return actor, bool(row and actor is not READER and now() - row.seen_at > _SEEN_EVERY)


def as_of_now(session: Session, actor: Actor) -> Actor:
    """The actor with the roles that the account has now; a reader when the sign-in has ended.

    Parameters
    ----------
    session : of a write, inside its transaction
    actor : as it was when the action began
    """
    if actor is COMMAND_LINE or actor is RESIDENT:
        return actor
    if actor.sign_in is None:
        # Who has only a code has no sign-in; `records.drills.taking_part` reads the drill inside the same transaction.
        return actor if actor.drill is not None else READER
    row = session.get(SignIn, actor.sign_in)
    return _actor(row) if row and row.account_id == actor.account else READER
