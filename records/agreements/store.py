"""Writing agreements and projects of offices.

Every function that writes takes the actor and asks for permission itself. What both sides share may be changed by an
editor of any party; what belongs to a side (`change_side`, `evaluate`) by its own editors alone. What a signed paper
says changes by an addendum, or a verifier corrects it with a reason (`correct`). Whoever saves an older version gets a
`records.database.ConflictError` with both.

Parties may be changed until the signing. An editor of any party may add one, as when the agreement is entered; one that
has entered something is never taken out, so that nobody loses what is theirs, and who saves stays an editor of a party.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.agreements import lifecycle
from analysis.agreements.model import Addendum, Agreement, Document, End, Recommendation, Stage
from records import database
from records.agreements.entries import PROJECT, SHARED, SIDE, EntryError, member, order, project, regions, shared, texts
from records.agreements.reading import PREFIX, PROJECT_PREFIX, office_agreements, parties_of, parts, side_of
from records.agreements.tables import (
    AddendumRow,
    AgreementRow,
    AttachmentRow,
    CorrectionRow,
    EvaluationRow,
    PartyRow,
    ProjectRow,
)
from records.database import ConflictError, change
from records.permissions import Action, Actor


def create(actor: Actor, document: Document, parties: Collection[str], values: Mapping[str, Any], today: date) -> str:
    """Enter a new agreement in its first stage; returns its id.

    Parameters
    ----------
    actor : an editor of one of the parties
    document : KB or PKS
    parties : codes, at least two
    values : by name, see `SHARED`
    today : since when it is in that stage

    Raises
    ------
    EntryError
        A value cannot be.
    records.permissions.ForbiddenError
        The actor is no editor of any party.
    """
    row = new_agreement(document, parties, values, today)
    with database.write(actor, Action.EDIT, parts(row.parties)) as session:
        session.add(row)
        session.flush()
        return id_of(row)


def new_agreement(document: Document, parties: Collection[str], values: Mapping[str, Any], today: date) -> AgreementRow:
    """A new agreement in its first stage, checked and not yet written.

    Parameters
    ----------
    document : KB or PKS
    parties : codes, at least two
    values : by name, see `SHARED`
    today : since when it is in that stage

    Raises
    ------
    EntryError
        A value cannot be.
    """
    sides = regions(parties)
    if document not in lifecycle.STEPS:
        raise EntryError("document", "unknown")
    if len(sides) < 2:
        raise EntryError("parties", "parties")
    clean = shared({**SHARED, **values})
    stage = lifecycle.first_stage(document, clean["dprd"])
    return AgreementRow(document=document, parties=";".join(sides), stage=stage, stage_since=today, **clean)


def new_project(parties: Collection[str], values: Mapping[str, Any]) -> ProjectRow:
    """A new project, checked and not yet written; parameters and errors as of `save_project`."""
    sides = regions(parties)
    if not sides:
        raise EntryError("parties", "parties")
    return ProjectRow(parties=";".join(sides), **project({**PROJECT, **values}))


def id_of(row: AgreementRow | ProjectRow) -> str:
    """The id of what was written."""
    return f"{PREFIX if isinstance(row, AgreementRow) else PROJECT_PREFIX}{row.id}"


def change_shared(actor: Actor, key: int, version: int, values: Mapping[str, Any]) -> None:
    """Change what all parties share.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    values : by name, see `SHARED`; "parties" as well, until it is signed

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It is signed, and a value that stands in the signed paper would become another.
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    wanted = regions(values["parties"]) if "parties" in values else None
    clean = shared({name: value for name, value in values.items() if name != "parties"})
    if wanted is not None:
        clean["parties"] = ";".join(wanted)
    with database.write(actor, Action.EDIT, parties_of(key)) as session:
        before = _stored(session, AgreementRow, key, version, clean)
        _allow(session, key, {name for name, value in clean.items() if value != before[name]})
        if wanted is not None:
            _keep_who_entered(session, key, parts(before["parties"]), before["entered_by"], wanted)
        row = change(session, AgreementRow, key, version, clean)
        order(row.starts, row.ends, "ends")


def correct(actor: Actor, key: int, version: int, values: Mapping[str, Any], reason: str, today: date) -> None:
    """Put right what was entered wrong of a signed agreement; that and why stays in sight.

    Parameters
    ----------
    actor : a verifier of any party
    key, version : of the agreement as it was read
    values : by name, see `analysis.agreements.lifecycle.CORRECTED_FIELDS`
    reason : why, in words
    today : which the day of signing cannot lie after

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It is not signed: its editors can change it.
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    if unknown := set(values) - set(lifecycle.CORRECTED_FIELDS):
        raise EntryError(min(unknown), "unknown")
    why = texts({"reason": reason}, ("reason",))["reason"]
    if not why:
        raise EntryError("reason", "empty")
    clean = shared({name: value for name, value in values.items() if name != "signed"})
    if "signed" in values:
        if values["signed"] is None:
            raise EntryError("signed", "empty")
        order(values["signed"], today, "signed")
        clean["signed"] = values["signed"]
    with database.write(actor, Action.VERIFY, parties_of(key)) as session:
        before = _stored(session, AgreementRow, key, version, clean)
        if before["signed"] is None:
            raise lifecycle.StepError(lifecycle.Reason.NOT_SIGNED)
        changed = [name for name, value in clean.items() if value != before[name]]
        if not changed:
            raise EntryError("reason", "same")
        row = change(session, AgreementRow, key, version, clean)
        order(row.starts, row.ends, "ends")
        order(row.signed, row.ended, "signed")
        order(row.signed, _first_addendum(session, key), "signed")
        session.add(CorrectionRow(agreement_id=key, parties=row.parties, fields=";".join(changed), reason=why))


def change_side(actor: Actor, key: int, kabkota: str, version: int, values: Mapping[str, Any]) -> None:
    """Change what belongs to one side.

    Parameters
    ----------
    actor : an editor of this side
    key : of the agreement
    kabkota : the side
    version : of what it had entered, 0 for nothing
    values : by name, see `SIDE`

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean = texts(values, SIDE)
    with database.write(actor, Action.EDIT, kabkota) as session:
        side_of(session, key, kabkota)
        where = {"agreement_id": key, "kabkota": kabkota}
        _save_owned(session, PartyRow, where, version, clean, dict.fromkeys(SIDE, ""))


def evaluate(
    actor: Actor, key: int, kabkota: str, year: int, version: int, values: Mapping[str, Any], today: date
) -> None:
    """Enter or change what one side found in a year.

    Parameters
    ----------
    actor : an editor of this side
    key, kabkota, year : agreement, side and year
    version : of what it had entered, 0 for nothing
    values : realised, obstacle, recommendation
    today : in whose year or before it the evaluated year lies

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean: dict[str, Any] = texts(values, ("realised", "obstacle"))
    clean["recommendation"] = member(Recommendation, values.get("recommendation"), "recommendation")
    if not clean.get("realised"):
        raise EntryError("realised", "empty")
    with database.write(actor, Action.EDIT, kabkota) as session:
        agreement = side_of(session, key, kabkota)
        begins = agreement.starts or agreement.signed
        if begins is None or not begins.first.year <= year <= today.year:
            raise EntryError("year", "order")
        where = {"agreement_id": key, "kabkota": kabkota, "year": year}
        _save_owned(session, EvaluationRow, where, version, clean, {"obstacle": ""})


def advance(actor: Actor, key: int, version: int, to: Stage, due: date | None, today: date) -> None:
    """Move an agreement to another stage.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    to : the stage
    due : day by which it should be over, None for none
    today : on which it enters

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        The stage cannot follow.
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    order(today, due, "stage_due")
    with database.write(actor, Action.EDIT, parties_of(key)) as session:
        lifecycle.advance(_current(session, key, version), to, today)
        change(session, AgreementRow, key, version, {"stage": to, "stage_since": today, "stage_due": due})


def sign(actor: Actor, key: int, version: int, on: date, today: date) -> None:
    """Enter the day of signing.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    on : the day
    today : which it cannot lie after

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It cannot be signed now.
    records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    with database.write(actor, Action.EDIT, parties_of(key)) as session:
        lifecycle.sign(_current(session, key, version), on, today)
        change(session, AgreementRow, key, version, {"signed": on})


def finish(actor: Actor, key: int, version: int, end: End, on: date, today: date) -> None:
    """End an agreement for one of the five reasons.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    end, on : why, and its last day
    today : which that cannot lie after

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It cannot end so.
    records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    with database.write(actor, Action.EDIT, parties_of(key)) as session:
        lifecycle.finish(_current(session, key, version), end, on, today)
        change(session, AgreementRow, key, version, {"end": end, "ended": on})


def add_addendum(
    actor: Actor, key: int, version: int, addendum: Addendum, today: date, values: Mapping[str, Any] | None = None
) -> None:
    """Add a signed change.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the agreement as it was read
    addendum : number, day of signing, what it changes, new end
    today : which the signing cannot lie after
    values : new values by name, see `analysis.agreements.lifecycle.ADDENDUM_FIELDS`; None where none changes

    Raises
    ------
    analysis.agreements.lifecycle.StepError
        It cannot be added.
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    clean = texts({"number": addendum.number, "changes": addendum.changes}, ("number", "changes"))
    if not clean["changes"]:
        raise EntryError("changes", "empty")
    if unknown := set(values or ()) - set(lifecycle.ADDENDUM_FIELDS):
        raise EntryError(min(unknown), "unknown")
    new = shared(values or {})
    with database.write(actor, Action.EDIT, parties_of(key)) as session:
        row = change(session, AgreementRow, key, version, new)
        [agreement] = office_agreements(session, key)
        reason = lifecycle.why_no_addendum(agreement, addendum.signed, addendum.ends, today)
        if reason is not None:
            raise lifecycle.StepError(reason)
        session.add(
            AddendumRow(agreement_id=key, parties=row.parties, signed=addendum.signed, ends=addendum.ends, **clean)
        )


def save_project(
    actor: Actor, key: int | None, version: int, parties: Collection[str], values: Mapping[str, Any]
) -> str:
    """Enter or change a project; returns its id.

    Parameters
    ----------
    actor : an editor of any party
    key, version : of the project as it was read; None and 0 for a new one
    parties : codes; none for an existing project whose parties stay what they are
    values : by name, see `PROJECT`

    Raises
    ------
    EntryError, records.permissions.ForbiddenError, records.database.ConflictError
        Nothing is changed.
    """
    if key is None:
        row = new_project(parties, values)
        with database.write(actor, Action.EDIT, parts(row.parties)) as session:
            session.add(row)
            session.flush()
            return id_of(row)
    clean, wanted = project(values), regions(parties)
    if wanted:
        clean["parties"] = ";".join(wanted)
    with database.read() as session:
        found = session.get(ProjectRow, key)
    if found is None:
        raise ConflictError({}, clean)
    with database.write(actor, Action.EDIT, parts(found.parties)) as session:
        before = _stored(session, ProjectRow, key, version, clean)
        if wanted:
            _keep(parts(before["parties"]), parts(before["entered_by"]), wanted, least=1)
        change(session, ProjectRow, key, version, clean)
    return f"{PROJECT_PREFIX}{key}"


def renewal_of(agreement: Agreement) -> dict[str, Any]:
    """Values for a new agreement that follows this one."""
    return {
        "title": agreement.title.id, "sectors": agreement.sectors, "object": agreement.object, "scope": agreement.scope,
        "kode": agreement.kode, "category": agreement.category, "under": agreement.under, "renews": agreement.id,
    }  # fmt: skip


def _stored(session: Session, kind: Any, key: int, version: int, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a record as it stands inside a transaction, if it is the one that was read; nobody else changes it."""
    row = session.get(kind, key, with_for_update=True, populate_existing=True)
    if row is None or row.version != version:
        raise ConflictError(database.columns(row), typed)
    return database.columns(row)


def _allow(session: Session, key: int, changed: Collection[str]) -> None:
    [agreement] = office_agreements(session, key)
    reason = lifecycle.why_no_change(agreement, changed)
    if reason is not None:
        raise lifecycle.StepError(reason)


def _keep_who_entered(session: Session, key: int, before: Sequence[str], entered: str, wanted: Sequence[str]) -> None:
    """Refuse parties without one that has entered something: shared, of its own, or a file."""
    own = {
        kabkota
        for kind in (PartyRow, EvaluationRow, AttachmentRow)
        for kabkota in session.scalars(select(kind.kabkota).where(kind.agreement_id == key))
    }
    _keep(before, {*parts(entered), *own}, wanted, least=2)


def _keep(before: Sequence[str], entered: Collection[str], wanted: Sequence[str], least: int) -> None:
    if len(wanted) < least:
        raise EntryError("parties", "parties")
    if any(side in entered for side in before if side not in wanted):
        raise EntryError("parties", "entered")


def _first_addendum(session: Session, key: int) -> date | None:
    return session.scalar(select(func.min(AddendumRow.signed)).where(AddendumRow.agreement_id == key))


def _current(session: Session, key: int, version: int) -> Agreement:
    """The agreement as it stands inside a transaction, if it is the one that was read."""
    found = office_agreements(session, key)
    if not found or found[0].version != version:
        raise ConflictError(database.columns(session.get(AgreementRow, key)), {"id": key, "version": version})
    return found[0]


def _save_owned(
    session: Session,
    kind: Any,
    where: Mapping[str, Any],
    version: int,
    values: Mapping[str, Any],
    usual: Mapping[str, Any],
) -> None:
    """Add a row of one side, or change it if it is still the one that was read."""
    row = session.scalars(select(kind).filter_by(**where)).first()
    if row is None and not version:
        session.add(kind(**where, **{**usual, **values}))
        return
    if row is None:
        raise ConflictError({}, values)
    change(session, kind, row.id, version, values)
