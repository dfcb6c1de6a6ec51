"""Submitting, publishing, rejecting, cancelling and withdrawing files.

Every function asks for permission itself, inside its transaction. Whoever submitted a file never publishes or rejects
it; what is published is exactly what was seen, under the newest version that was seen.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from records import database, numbers
from records.permissions import Action, Actor, ForbiddenError
from records.uploads.entries import Submission, UploadError, checked, packed
from records.uploads.tables import LONGEST_NOTE, DecisionRow, UploadRow, Verdict

MOST_WAITING = 20
"""Files of one kabkota that may wait for their second person."""


def submit(actor: Actor, submission: Submission, today: date) -> int:
    """Store the checked rows of a file for a second person; returns its key.

    Parameters
    ----------
    actor : an editor of the kabkota
    submission : what is submitted
    today : the day

    Raises
    ------
    UploadError
        It cannot be taken; nothing is stored.
    records.permissions.ForbiddenError
        The actor is no editor of this kabkota.
    """
    clean = checked(submission, today)
    content = packed(submission.kind, submission.kabkota, submission.rows)
    digest = sha256(content).hexdigest()
    with database.write(actor, Action.EDIT, submission.kabkota, file=clean["name"]) as session:
        if submission.revises is not None:
            _revisable(session, submission)
        waiting = session.scalars(_waiting().where(UploadRow.kabkota == submission.kabkota)).all()
        if any(row.rows_sha256 == digest and row.id != submission.revises for row in waiting):
            raise UploadError("there")
        if len(waiting) >= MOST_WAITING:
            raise UploadError("many_waiting")
        row = UploadRow(
            kabkota=submission.kabkota,
            rows=content,
            rows_sha256=digest,
            count=len(submission.rows),
            account_id=actor.account,
            author=actor.title,
            **clean,
        )
        session.add(row)
        session.flush()
        return row.id


def publish(actor: Actor, key: int, seen: str, newest: int, reason: str = "") -> int:
    """Publish a submitted file as a new version; returns its number.

    Parameters
    ----------
    actor : a verifier of its kabkota who has not submitted it
    key : of the submission
    seen : hash of the rows that the verifier has seen
    newest : number of the newest version that the verifier has seen it beside, 0 for none
    reason : note of the verifier

    Raises
    ------
    UploadError
        It was decided already, was corrected meanwhile, or another version came first: it must be looked at again.
    records.permissions.ForbiddenError
        The actor is no verifier of its kabkota, or has submitted it.
    """
    with database.write(actor, Action.VERIFY, _kabkota(key)) as session:
        number = numbers.following(session)
        row = _open(session, actor, key)
        if row.rows_sha256 != seen:
            raise UploadError("changed")
        if number != newest + 1:
            raise UploadError("newer", str(number - 1))
        _decide(session, actor, row, Verdict.PUBLISH, reason, number)
        return number


def reject(actor: Actor, key: int, reason: str) -> None:
    """Refuse a submitted file, with the reason.

    Parameters
    ----------
    actor : a verifier of its kabkota who has not submitted it
    key, reason : of the submission, and why

    Raises
    ------
    UploadError, records.permissions.ForbiddenError
        Nothing is changed.
    """
    if not reason.strip():
        raise UploadError("reason")
    with database.write(actor, Action.VERIFY, _kabkota(key)) as session:
        _decide(session, actor, _open(session, actor, key), Verdict.REJECT, reason)


def cancel(actor: Actor, key: int, reason: str = "") -> None:
    """Take back a submitted file that nobody has decided about.

    Parameters
    ----------
    actor : an editor of its kabkota
    key, reason : of the submission, and why

    Raises
    ------
    UploadError, records.permissions.ForbiddenError
        Nothing is changed.
    """
    with database.write(actor, Action.EDIT, _kabkota(key)) as session:
        row = session.get(UploadRow, key)
        if row is None or session.scalar(_waiting().where(UploadRow.id == key)) is None:
            raise UploadError("decided")
        _decide(session, actor, row, Verdict.CANCEL, reason)


def withdraw(actor: Actor, number: int, reason: str) -> None:
    """Withdraw a published version: what it brought is no longer shown, its rows and decisions stay on record.

    Parameters
    ----------
    actor : a verifier of its kabkota
    number : of the version
    reason : why

    Raises
    ------
    UploadError, records.permissions.ForbiddenError
        Nothing is changed.
    """
    if not reason.strip():
        raise UploadError("reason")
    with database.read() as session:
        found = session.scalar(select(DecisionRow.upload_id).where(DecisionRow.number == number))
    if found is None:
        raise UploadError("unknown")
    with database.write(actor, Action.VERIFY, _kabkota(found)) as session:
        done = session.scalar(
            select(DecisionRow.id).where(DecisionRow.upload_id == found, DecisionRow.verdict == Verdict.WITHDRAW)
        )
        if done is not None:
            raise UploadError("decided")
        row = session.get_one(UploadRow, found)
        _decide(session, actor, row, Verdict.WITHDRAW, reason)


def _kabkota(key: int) -> str:
    """The kabkota of a submission, which never changes."""
    with database.read() as session:
        found = session.scalar(select(UploadRow.kabkota).where(UploadRow.id == key))
    if found is None:
        raise UploadError("unknown")
    return found


def _waiting() -> Select[UploadRow]:
    """Submissions that nobody has decided about and that no later one corrects."""
    decided = select(DecisionRow.upload_id)
    corrected = select(UploadRow.revises).where(UploadRow.revises.is_not(None))
    return select(UploadRow).where(UploadRow.id.not_in(decided), UploadRow.id.not_in(corrected))


def _open(session: Session, actor: Actor, key: int) -> UploadRow:
    """A submission that waits for a second person, who must be another than its author."""
    row = session.get_one(UploadRow, key)
    if actor.account is None or row.account_id == actor.account:
        raise ForbiddenError(actor, Action.VERIFY, [row.kabkota])
    if session.scalar(_waiting().where(UploadRow.id == key)) is None:
        corrected = session.scalar(select(UploadRow.id).where(UploadRow.revises == key))
        raise UploadError("changed" if corrected else "decided")
    return row


def _revisable(session: Session, submission: Submission) -> None:
    """Refuse to correct what is of another kabkota or kind, or was corrected or withdrawn already."""
    row = session.get(UploadRow, submission.revises)
    if row is None or (row.kabkota, row.kind) != (submission.kabkota, submission.kind):
        raise UploadError("unknown")
    corrected = session.scalar(select(UploadRow.id).where(UploadRow.revises == row.id))
    ended = session.scalar(
        select(DecisionRow.id).where(
            DecisionRow.upload_id == row.id, DecisionRow.verdict.in_((Verdict.CANCEL, Verdict.WITHDRAW))
        )
    )
    if corrected is not None or ended is not None:
        raise UploadError("decided")


def _decide(
    session: Session, actor: Actor, row: UploadRow, verdict: Verdict, reason: str, number: int | None = None
) -> None:
    if len(reason) > LONGEST_NOTE:
        raise UploadError("note_long")
    session.add(
        DecisionRow(
            upload_id=row.id,
            verdict=verdict,
            number=number,
            rows_sha256=row.rows_sha256,
            reason=reason.strip(),
            account_id=actor.account,
            who=actor.title,
        )
    )
