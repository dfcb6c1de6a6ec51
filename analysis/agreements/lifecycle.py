"""Stages and ends of an agreement: which step may follow which, and why another may not.

A KB passes the stages a to d and rests in d while it is in force. A PKS starts with e (persetujuan DPRD, only where it
is needed) or f, under a KB that is signed, and runs to j; reporting leads back to h, year by year. No step asks who is
in office: a change of leader moves and ends nothing (art. 9(2)).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from analysis.agreements.model import Agreement, Document, Dprd, End, Stage, When, on_day

KB_STEPS: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.PREPARATION: (Stage.OFFER,),
    Stage.OFFER: (Stage.KB_DRAFT, Stage.PREPARATION),
    Stage.KB_DRAFT: (Stage.KB_SIGNING, Stage.OFFER),
    Stage.KB_SIGNING: (Stage.KB_DRAFT,),
}
PKS_STEPS: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.DPRD: (Stage.PKS_DRAFT,),
    Stage.PKS_DRAFT: (Stage.PKS_SIGNING, Stage.DPRD),
    Stage.PKS_SIGNING: (Stage.IMPLEMENTATION, Stage.PKS_DRAFT),
    Stage.IMPLEMENTATION: (Stage.ADMINISTRATION,),
    Stage.ADMINISTRATION: (Stage.REPORTING,),
    Stage.REPORTING: (Stage.IMPLEMENTATION,),
}
STEPS: Mapping[Document, Mapping[Stage, tuple[Stage, ...]]] = {Document.KB: KB_STEPS, Document.PKS: PKS_STEPS}


SIGNED_FIELDS = (
    "parties", "title", "category", "sectors", "object", "scope", "kode", "starts", "ends", "dprd", "dprd_requested",
    "dprd_approved", "rupiah", "funding",
)  # fmt: skip
"""What the signed paper says, by name: after signing it changes by an addendum, or a verifier corrects the entry."""
ADDENDUM_FIELDS = ("sectors", "object", "scope", "kode", "rupiah", "funding")
"""Which of these an addendum may give a new value, beside the end of the term."""
CORRECTED_FIELDS = (*(name for name in SIGNED_FIELDS if name != "parties"), "signed")
"""What a verifier may put right; a wrong party is no slip: who may write depends on it."""


class Reason(StrEnum):
    """Why a step is refused."""

    PUBLISHED = "published"
    ENDED = "ended"
    OTHER_DOCUMENT = "other_document"
    NOT_NEXT = "not_next"
    DPRD_NOT_NEEDED = "dprd_not_needed"
    DPRD_UNJUDGED = "dprd_unjudged"
    DPRD_NOT_APPROVED = "dprd_not_approved"
    SIGNED_ALREADY = "signed_already"
    NOT_SIGNED = "not_signed"
    IN_FUTURE = "in_future"
    BEFORE_STAGE = "before_stage"
    TERM_RUNS = "term_runs"
    NO_TERM = "no_term"
    BEFORE_SIGNING = "before_signing"
    SHORTENED = "shortened"
    NEEDS_ADDENDUM = "needs_addendum"


class StepError(Exception):
    """A step that the law or the order of the stages does not allow.

    Parameters
    ----------
    reason : why
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def first_stage(document: Document, dprd: Dprd) -> Stage:
    """Where a new entry starts.

    Parameters
    ----------
    document : KB or PKS
    dprd : whether the DPRD has to approve
    """
    if document is Document.KB:
        return Stage.PREPARATION
    return Stage.DPRD if dprd is Dprd.NEEDED else Stage.PKS_DRAFT


def why_not(agreement: Agreement, to: Stage, on: date) -> Reason | None:
    """Why an agreement cannot enter a stage on a day; None where it can.

    Parameters
    ----------
    agreement : an office's entry
    to : the stage
    on : the day
    """
    steps = STEPS.get(agreement.document)
    if agreement.stage is None or steps is None:
        return Reason.PUBLISHED
    if agreement.ended is not None:
        return Reason.ENDED
    if to not in steps:
        return Reason.OTHER_DOCUMENT
    if to is Stage.DPRD and agreement.dprd is Dprd.NOT_NEEDED:
        return Reason.DPRD_NOT_NEEDED
    if to not in steps[agreement.stage]:
        return Reason.NOT_NEXT
    if agreement.stage_since is not None and on < agreement.stage_since:
        return Reason.BEFORE_STAGE
    return _why_not_yet(agreement, to)


def _why_not_yet(agreement: Agreement, to: Stage) -> Reason | None:
    signing = {Stage.KB_SIGNING, Stage.PKS_SIGNING}
    if agreement.stage in signing and to is not Stage.IMPLEMENTATION and agreement.signed is not None:
        return Reason.SIGNED_ALREADY
    if to is Stage.PKS_SIGNING and agreement.dprd is Dprd.UNJUDGED:
        return Reason.DPRD_UNJUDGED
    leaves_dprd = agreement.stage is Stage.DPRD or to is Stage.PKS_SIGNING
    if leaves_dprd and agreement.dprd is Dprd.NEEDED and agreement.dprd_approved is None:
        return Reason.DPRD_NOT_APPROVED
    if to is Stage.IMPLEMENTATION and agreement.signed is None:
        return Reason.NOT_SIGNED
    return None


def next_stages(agreement: Agreement, on: date) -> tuple[Stage, ...]:
    """The stages that an agreement can enter on a day.

    Parameters
    ----------
    agreement : an office's entry
    on : the day
    """
    return tuple(stage for stage in Stage if why_not(agreement, stage, on) is None)


def advance(agreement: Agreement, to: Stage, on: date) -> Agreement:
    """The agreement in another stage.

    Parameters
    ----------
    agreement : an office's entry
    to : the stage
    on : the day on which it enters

    Raises
    ------
    StepError
        The stage cannot follow, with the reason.
    """
    reason = why_not(agreement, to, on)
    if reason is not None:
        raise StepError(reason)
    return replace(agreement, stage=to, stage_since=on, stage_due=None)


def sign(agreement: Agreement, on: date, today: date) -> Agreement:
    """The agreement with its day of signing; only in the stage of signing (d or g).

    Parameters
    ----------
    agreement : an office's entry
    on : day of signing
    today : which it cannot lie after

    Raises
    ------
    StepError
        It is in another stage, signed or ended already, or the day lies ahead.
    """
    if agreement.ended is not None:
        raise StepError(Reason.ENDED)
    if agreement.signed is not None:
        raise StepError(Reason.SIGNED_ALREADY)
    if agreement.stage not in (Stage.KB_SIGNING, Stage.PKS_SIGNING):
        raise StepError(Reason.NOT_NEXT)
    if on > today:
        raise StepError(Reason.IN_FUTURE)
    return replace(agreement, signed=on_day(on))


def why_no_change(agreement: Agreement, changed: Collection[str]) -> Reason | None:
    """Why these values cannot be changed without more ado; None where they can.

    Parameters
    ----------
    agreement : an office's entry
    changed : names of the values that would become others
    """
    if agreement.stage is None:
        return Reason.PUBLISHED
    if agreement.signed is not None and not set(changed).isdisjoint(SIGNED_FIELDS):
        return Reason.NEEDS_ADDENDUM
    return None


def last_day(agreement: Agreement) -> When | None:
    """The last day of the term with all addenda, as far as known.

    Parameters
    ----------
    agreement : any
    """
    moved = [a for a in agreement.addenda if a.ends is not None]
    latest = max(moved, key=lambda a: a.signed, default=None)
    return on_day(latest.ends) if latest is not None and latest.ends is not None else agreement.ends


def finish(agreement: Agreement, end: End, on: date, today: date) -> Agreement:
    """The agreement ended for one of the five reasons of art. 9.

    Parameters
    ----------
    agreement : an office's entry
    end : why
    on : last day
    today : which it cannot lie after

    Raises
    ------
    StepError
        It was never signed or has ended, the day lies ahead or before the signing, or the term still runs.
    """
    if agreement.stage is None:
        raise StepError(Reason.PUBLISHED)
    if agreement.ended is not None:
        raise StepError(Reason.ENDED)
    if agreement.signed is None:
        raise StepError(Reason.NOT_SIGNED)
    if on > today:
        raise StepError(Reason.IN_FUTURE)
    if on < agreement.signed.first:
        raise StepError(Reason.BEFORE_SIGNING)
    if end is End.TERM_OVER:
        last = last_day(agreement)
        if last is None:
            raise StepError(Reason.NO_TERM)
        if on < last.first:
            raise StepError(Reason.TERM_RUNS)
    return replace(agreement, end=end, ended=on)


def why_no_addendum(agreement: Agreement, signed: date, ends: date | None, today: date) -> Reason | None:
    """Why an addendum cannot be added; None where it can.

    Parameters
    ----------
    agreement : an office's entry
    signed : day of signing of the addendum
    ends : new end of the term, None where it stays
    today : which the signing cannot lie after
    """
    if agreement.stage is None:
        return Reason.PUBLISHED
    if agreement.ended is not None:
        return Reason.ENDED
    if agreement.signed is None:
        return Reason.NOT_SIGNED
    if signed > today:
        return Reason.IN_FUTURE
    if signed < agreement.signed.first:
        return Reason.BEFORE_SIGNING
    if ends is not None and ends < signed:
        return Reason.SHORTENED
    return None
