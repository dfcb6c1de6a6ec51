"""Accounts: who can sign in, with which roles; signing in and out; new passwords."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from records import attempts, audit, database, passwords, sign_ins
from records.models import LONGEST_TITLE, Account, Grant, Role, SignIn, now
from records.permissions import READER, Action, Actor, ForbiddenError, require

_LOGGER: Final = logging.getLogger("tapal")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}")
_KABKOTA: Final = re.compile(r"\d{2}\.\d{2}")

Grants = Collection[tuple[Role, str]]


class AccountError(ValueError):
    """What was entered for an account cannot be.

    Parameters
    ----------
    reason : name, title, email, weak, taken, grants, last_admin, wrong_password
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Listed:
    """An account as an admin sees it.

    Attributes
    ----------
    id, version : key, and count of its changes
    name, title, email : with which it signs in, as it is shown, at another service that signs in
    active : whether it can sign in
    grants : roles, each with its kabkota ("" for an admin)
    sign_ins : browsers in which it is signed in
    seen : when it last did something, None where it has not lately
    """

    id: int
    version: int
    name: str
    title: str
    email: str
    active: bool
    grants: tuple[tuple[Role, str], ...]
    sign_ins: int
    seen: datetime | None


def name_of(typed: str) -> str:
    """The name of an account as it is kept: what was typed, without differences of case and width."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _checked(name: str, title: str, email: str, grants: Grants) -> None:
    """Refuse what cannot be name, title, e-mail or roles of an account."""
    right = {
        "name": _NAME.fullmatch(name),
        "title": 0 < len(title) <= LONGEST_TITLE,
        "email": not email or _EMAIL.fullmatch(email),
        "grants": all(k == "" if role is Role.ADMIN else _KABKOTA.fullmatch(k) for role, k in grants),
    }
    for reason, good in right.items():
        if not good:
            raise AccountError(reason)


def _granted(account: Account, grants: Grants) -> None:
    """Bring the roles of an account to those that are wanted; what stays is not touched."""
    wanted = set(grants)
    account.grants[:] = [grant for grant in account.grants if (grant.role, grant.kabkota) in wanted]
    kept = {(grant.role, grant.kabkota) for grant in account.grants}
    account.grants += [Grant(role=role, kabkota=kabkota) for role, kabkota in sorted(wanted - kept)]


def _an_admin_is_left(session: Session) -> None:
    session.flush()
    query = select(Account).join(Account.grants).where(Account.active, Grant.role == Role.ADMIN)
    if session.scalars(query).first() is None:
        raise AccountError("last_admin")


def make(actor: Actor, name: str, title: str, password: str, grants: Grants = (), email: str = "") -> int:
    """Make an account; returns its key.

    Parameters
    ----------
    actor : an admin, or the command line
    name : with which it signs in: small letters, digits, and . _ - @
    title : the person's name as it is shown
    password : the first; the person changes it
    grants : roles, each with its kabkota ("" for an admin)
    email : under which another service signs the person in

    Raises
    ------
    AccountError
        Something entered cannot be.
    records.permissions.ForbiddenError
        The actor is no admin.
    """
    name, title, email = name_of(name), title.strip(), email.strip().casefold()
    _checked(name, title, email, grants)
    require(actor, Action.ACCOUNTS)
    kept = _kept(password, name)
    try:
        with database.write(actor, Action.ACCOUNTS) as session:
            account = Account(name=name, title=title, email=email or None, password=kept)
            _granted(account, grants)
            session.add(account)
            session.flush()
            return account.id
    except IntegrityError as error:
        raise AccountError("taken") from error


def save(
    actor: Actor,
    key: int,
    version: int,
    *,
    title: str,
    email: str,
    active: bool,
    grants: Grants,
) -> None:
    """Save an account as an admin has changed it.

    Parameters
    ----------
    actor : an admin
    key, version : of the account that was read
    title, email, active, grants : as they shall be, see `make`

    Raises
    ------
    AccountError
        Something entered cannot be, or no admin would be left.
    records.database.ConflictError
        Somebody else saved it meanwhile.
    records.permissions.ForbiddenError
        The actor is no admin.
    """
    title, email = title.strip(), email.strip().casefold()
    _checked("name", title, email, grants)
    try:
        with database.write(actor, Action.ACCOUNTS) as session:
            values = {"title": title, "email": email or None, "active": active}
            account = database.change(session, Account, key, version, values)
            _granted(account, grants)
            if not active:
                sign_ins.end_all(session, key)
            _an_admin_is_left(session)
    except IntegrityError as error:
        raise AccountError("taken") from error


def _kept(password: str, name: str) -> str:
    """What is kept of a new password; made before the transaction, since it takes a moment."""
    if passwords.too_weak(password, name):
        raise AccountError("weak")
    return passwords.hashed(password)


def key_of(name: str) -> int:
    """The key of an account by its name, for the command line.

    Raises
    ------
    AccountError
        There is no such account.
    """
    with database.read() as session:
        key = session.scalars(select(Account.id).where(Account.name == name_of(name))).first()
    if key is None:
        raise AccountError("there is no account of this name")
    return key


def _found(key: int | None) -> Account:
    with database.read() as session:
        return session.get_one(Account, key)


def reset_password(actor: Actor, key: int, password: str) -> None:
    """Give somebody else's account a new password; it is signed out everywhere.

    Parameters
    ----------
    actor : an admin, or the command line
    key : of the account
    password : the new one
    """
    require(actor, Action.ACCOUNTS)
    kept = _kept(password, _found(key).name)
    with database.write(actor, Action.ACCOUNTS) as session:
        session.get_one(Account, key).password = kept
        sign_ins.end_all(session, key)


def own_password(actor: Actor, old: str, new: str) -> None:
    """Change one's own password; it is signed out everywhere, here too.

    Parameters
    ----------
    actor : whose it is
    old, new : passwords; the old one is asked for, since a browser may have been left alone

    Raises
    ------
    AccountError
        The old one is wrong, or was wrong too often, or the new one is too weak.
    """
    require(actor, Action.OWN)
    before = _found(actor.account)
    if not attempts.take(before.name, "") or not passwords.matches(before.password, old):
        raise AccountError("wrong_password")
    attempts.forgive(before.name, "")
    kept = _kept(new, before.name)
    with database.write(actor, Action.OWN) as session:
        account = session.get_one(Account, before.id)
        if account.password != before.password:
            raise AccountError("wrong_password")
        account.password = kept
        sign_ins.end_all(session, account.id)


def end_sign_ins(actor: Actor, key: int) -> int:
    """Sign an account out everywhere; returns in how many browsers it was signed in.

    Parameters
    ----------
    actor : an admin, or whose account it is
    key : of the account
    """
    action = Action.OWN if actor.account == key else Action.ACCOUNTS
    with database.write(actor, action) as session:
        ended = sign_ins.end_all(session, key)
        audit.note(session, "sign_out", "accounts", key, after={"sign_ins": ended})
    return ended


def sign_out(token: str) -> None:
    """Sign out whoever has this token, in every browser.

    Parameters
    ----------
    token : of the cookie
    """
    actor = who(token)
    if actor.account is not None:
        try:
            end_sign_ins(actor, actor.account)
        except ForbiddenError:
            return  # it ended in the meantime


def sign_in(name: str, password: str) -> str | None:
    """Sign in with a password: a token for the browser, None where name or password is wrong.

    Parameters
    ----------
    name, password : as typed
    """
    name = name_of(name)
    account = None
    if _NAME.fullmatch(name):
        with database.read() as reading:
            account = reading.scalars(select(Account).where(Account.name == name, Account.active)).first()
    # The work is the same whether there is such an account or not.
    kept = account.password if account else None
    if not passwords.matches(kept, password) or account is None:
        return None
    return _begin(select(Account).where(Account.id == account.id, Account.password == kept), None)


def sign_in_by_email(email: str, token: str) -> None:
    """Sign in somebody whom another service has signed in; nothing happens where no account has the e-mail address.

    Parameters
    ----------
    email : that the service has verified
    token : that stands for this sign-in at the service
    """
    with database.read() as reading:
        if reading.scalars(select(SignIn).where(SignIn.token_hash == sign_ins.hashed(token))).first():
            return  # known, or ended
    try:
        _begin(select(Account).where(Account.email == email.strip().casefold()), token)
    except IntegrityError:
        return  # another tab was first


def _begin(query: object, token: str | None) -> str | None:
    """Note a sign-in of the account that a query finds, if it is still open."""
    with database.current().entering() as session:
        account = session.scalars(query).first()  # type: ignore[call-overload]
        if account is None or not account.active:
            return None
        _, token = sign_ins.begin(session, account, token)
        actor = Actor(account.name, account.title, account.id)
        audit.note(session, "sign_in", "accounts", account.id, actor=actor)
        return token


def who(token: str) -> Actor:
    """Who has this token, as of now; a reader where nobody, and where the database cannot be used.

    Parameters
    ----------
    token : of the cookie
    """
    if not token:
        return READER
    try:
        with database.read() as reading:
            actor, to_note = sign_ins.actor_of_token(reading, token)
        if to_note:
            with database.current().entering() as session:
                row = session.get(SignIn, actor.sign_in)
                if row is not None and sign_ins.alive(row):
                    row.seen_at = now()
    except (SQLAlchemyError, OSError) as error:
        _LOGGER.error("The database cannot be used; everybody is a reader", exc_info=error)
        return READER
    return actor


def listed(actor: Actor) -> list[Listed]:
    """All accounts, by name.

    Parameters
    ----------
    actor : an admin

    Raises
    ------
    records.permissions.ForbiddenError
        The actor is no admin.
    """
    require(actor, Action.ACCOUNTS)
    with database.read() as session:
        rows = list(session.scalars(select(SignIn)))
        accounts = list(session.scalars(select(Account).order_by(Account.name)))
    return [_as_listed(account, [row for row in rows if row.account_id == account.id]) for account in accounts]


def _as_listed(account: Account, rows: Iterable[SignIn]) -> Listed:
    rows = list(rows)
    return Listed(
        account.id,
        account.version,
        account.name,
        account.title,
        account.email or "",
        account.active,
        tuple(sorted((grant.role, grant.kabkota) for grant in account.grants)),
        sum(sign_ins.alive(row) for row in rows),
        max((row.seen_at for row in rows), default=None),
    )
