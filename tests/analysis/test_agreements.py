"""Stages, ends, reminders and standing of agreements."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analysis.agreements import lifecycle, standing
from analysis.agreements.lifecycle import Reason, StepError
from analysis.agreements.model import (
    Addendum,
    Agreement,
    Document,
    Dprd,
    End,
    Evaluation,
    Origin,
    Party,
    Recommendation,
    Sector,
    Stage,
    State,
    When,
    same,
)
from analysis.agreements.published import agreements_of, projects_of
from analysis.agreements.standing import Kind, Standing
from tests.shipped import data

DAY = date(2026, 11, 28)
EARLIER = date(2026, 1, 5)
A, B, C, D, E, F, G, H, FILING, J = Stage


def entry(document: Document = Document.KB, stage: Stage = A, **more: object) -> Agreement:
    known = Agreement(
        id="kantor-1",
        origin=Origin.OFFICE,
        document=document,
        state=State.PREPARED,
        title=same("Contoh"),
        parties=(Party("32.75"), Party("32.76")),
        sectors=(Sector.FIRE,),
        stage=stage,
        stage_since=EARLIER,
    )
    return replace(known, **more)  # type: ignore[arg-type]


def signed(ends: str = "2027-06-30", on: str = "2024-06-30", **more: object) -> Agreement:
    return entry(Document.PKS, H, state=State.SIGNED, signed=When(on), ends=When(ends), **more)


def test_the_ten_stages_have_their_letters() -> None:
    assert "".join(stage.letter for stage in Stage) == "abcdefghij"
    assert len(Stage) == 10
    assert len(End) == 5


STEPS = {
    Document.KB: {A: {B}, B: {A, C}, C: {B, D}, D: {C}},
    Document.PKS: {E: {F}, F: {E, G}, G: {F, H}, H: {FILING}, FILING: {J}, J: {H}},
}


@pytest.mark.parametrize("document", [Document.KB, Document.PKS])
@pytest.mark.parametrize("start", Stage)
@pytest.mark.parametrize("to", Stage)
def test_every_step_between_two_stages_is_in_the_table_or_refused(document: Document, start: Stage, to: Stage) -> None:
    if start not in STEPS[document]:
        return
    signed_on = When("2026-02-01") if start in (G, H, FILING, J) and to not in (F,) else None
    agreement = entry(document, start, dprd=Dprd.NEEDED, dprd_approved=EARLIER, signed=signed_on)
    if to in STEPS[document][start]:
        moved = lifecycle.advance(agreement, to, DAY)
        assert (moved.stage, moved.stage_since, moved.stage_due) == (to, DAY, None)
        return
    with pytest.raises(StepError) as refused:
        lifecycle.advance(agreement, to, DAY)
    expected = Reason.NOT_NEXT if to in STEPS[document] else Reason.OTHER_DOCUMENT
    assert refused.value.reason is expected


@pytest.mark.parametrize(
    ("agreement", "to", "reason"),
    [
        (entry(Document.PKS, F, dprd=Dprd.UNJUDGED), G, Reason.DPRD_UNJUDGED),
        (entry(Document.PKS, F, dprd=Dprd.NOT_NEEDED), E, Reason.DPRD_NOT_NEEDED),
        (entry(Document.PKS, F, dprd=Dprd.NEEDED), G, Reason.DPRD_NOT_APPROVED),
        (entry(Document.PKS, E, dprd=Dprd.NEEDED), F, Reason.DPRD_NOT_APPROVED),
        (entry(Document.PKS, F, dprd=Dprd.NOT_NEEDED), G, None),
        (entry(Document.PKS, E, dprd=Dprd.NEEDED, dprd_approved=EARLIER), F, None),
        (entry(Document.PKS, G), H, Reason.NOT_SIGNED),
        (entry(Document.PKS, G, signed=When("2026-02-01")), F, Reason.SIGNED_ALREADY),
        (entry(Document.KB, D, signed=When("2026-02-01")), C, Reason.SIGNED_ALREADY),
        (entry(Document.KB, A, stage_since=DAY + timedelta(1)), B, Reason.BEFORE_STAGE),
        (entry(Document.KB, A, ended=EARLIER), B, Reason.ENDED),
        (entry(Document.BAST, A), B, Reason.PUBLISHED),
        (entry(stage=None), B, Reason.PUBLISHED),  # type: ignore[arg-type]
    ],
)
def test_steps_that_need_more(agreement: Agreement, to: Stage, reason: Reason | None) -> None:
    assert lifecycle.why_not(agreement, to, DAY) is reason
    assert (to in lifecycle.next_stages(agreement, DAY)) is (reason is None)


def test_a_new_pks_starts_with_the_dprd_only_where_it_is_needed() -> None:
    assert lifecycle.first_stage(Document.KB, Dprd.NEEDED) is A
    assert lifecycle.first_stage(Document.PKS, Dprd.NEEDED) is E
    assert {lifecycle.first_stage(Document.PKS, d) for d in (Dprd.NOT_NEEDED, Dprd.UNJUDGED)} == {F}


def test_signing() -> None:
    assert lifecycle.sign(entry(stage=D), EARLIER, DAY).signed == When("2026-01-05")
    for agreement, on, reason in (
        (entry(stage=C), EARLIER, Reason.NOT_NEXT),
        (entry(stage=D), DAY + timedelta(1), Reason.IN_FUTURE),
        (entry(stage=D, signed=When("2026-01-01")), EARLIER, Reason.SIGNED_ALREADY),
        (entry(stage=D, ended=EARLIER), EARLIER, Reason.ENDED),
    ):
        with pytest.raises(StepError) as refused:
            lifecycle.sign(agreement, on, DAY)
        assert refused.value.reason is reason


@pytest.mark.parametrize("end", End)
def test_each_of_the_five_ends(end: End) -> None:
    agreement = signed(ends="2026-10-26")
    ended = lifecycle.finish(agreement, end, date(2026, 10, 26), DAY)
    assert (ended.end, ended.ended) == (end, date(2026, 10, 26))
    assert standing.standing(ended, DAY) is Standing.OVER
    assert standing.standing(ended, date(2026, 10, 26)) is Standing.IN_FORCE
    with pytest.raises(StepError) as refused:
        lifecycle.finish(ended, end, DAY, DAY)
    assert refused.value.reason is Reason.ENDED


def test_a_change_of_leader_is_no_end_and_changes_nothing() -> None:
    assert not any("kepala" in end.value or "pergantian" in end.value for end in End)
    agreement = signed()
    party, other = agreement.parties
    later = replace(agreement, parties=(replace(party, signatory="Kepala daerah baru"), other))
    assert standing.standing(later, DAY) is standing.standing(agreement, DAY) is Standing.IN_FORCE


@pytest.mark.parametrize(
    ("agreement", "end", "on", "reason"),
    [
        (entry(), End.GOAL_REACHED, EARLIER, Reason.NOT_SIGNED),
        (signed(), End.TERM_OVER, DAY, Reason.TERM_RUNS),
        (replace(signed(), ends=None), End.TERM_OVER, DAY, Reason.NO_TERM),
        (signed(), End.LAW_CHANGED, DAY + timedelta(1), Reason.IN_FUTURE),
        (signed(), End.OBJECT_LOST, date(2024, 6, 29), Reason.BEFORE_SIGNING),
        (entry(stage=None), End.OBJECT_LOST, DAY, Reason.PUBLISHED),  # type: ignore[arg-type]
    ],
)
def test_ends_that_are_refused(agreement: Agreement, end: End, on: date, reason: Reason) -> None:
    with pytest.raises(StepError) as refused:
        lifecycle.finish(agreement, end, on, DAY)
    assert refused.value.reason is reason


def test_addenda_move_the_end_by_their_day_of_signing() -> None:
    agreement = signed(
        addenda=(
            Addendum("2", date(2026, 5, 1), "lebih lama", date(2028, 1, 1)),
            Addendum("1", date(2025, 5, 1), "lebih lama", date(2029, 1, 1)),
            Addendum("3", date(2026, 6, 1), "ruang lingkup"),
        )
    )
    assert lifecycle.last_day(agreement) == When("2028-01-01")
    reasons = [
        lifecycle.why_no_addendum(*case)
        for case in (
            (agreement, DAY, None, DAY),
            (agreement, DAY + timedelta(1), None, DAY),
            (agreement, date(2024, 1, 1), None, DAY),
            (agreement, DAY, DAY - timedelta(1), DAY),
            (entry(), DAY, None, DAY),
            (replace(agreement, ended=DAY), DAY, None, DAY),
        )
    ]
    assert reasons == [
        None, Reason.IN_FUTURE, Reason.BEFORE_SIGNING, Reason.SHORTENED, Reason.NOT_SIGNED, Reason.ENDED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2025, 5, 31), 3, date(2025, 2, 28)),
        (date(2026, 1, 31), 3, date(2025, 10, 31)),
        (date(2026, 3, 1), 3, date(2025, 12, 1)),
        (date(2026, 12, 31), 3, date(2026, 9, 30)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2028, 2, 29), 48, date(2024, 2, 29)),
    ],
)
def test_months_before_over_leap_years_and_year_ends(day: date, months: int, expected: date) -> None:
    assert standing.months_before(day, months) == expected


@pytest.mark.parametrize(
    ("today", "left", "how", "kinds"),
    [
        (date(2027, 11, 28), 93, Standing.IN_FORCE, ()),
        (date(2027, 11, 29), 92, Standing.IN_FORCE, (Kind.TERM_ENDS,)),
        (date(2028, 1, 1), 59, Standing.IN_FORCE, (Kind.TERM_ENDS,)),
        (date(2028, 2, 29), 0, Standing.IN_FORCE, (Kind.TERM_ENDS,)),
        (date(2028, 3, 1), -1, Standing.OVER, (Kind.TERM_ENDED,)),
    ],
)
def test_reminders_of_a_term_that_ends_on_a_leap_day(
    today: date, left: int, how: Standing, kinds: tuple[Kind, ...]
) -> None:
    there = tuple(
        Evaluation(s, y, "", "", Recommendation.CONTINUE) for s in ("32.75", "32.76") for y in range(2024, 2029)
    )
    agreement = signed(ends="2028-02-29", evaluations=there)
    assert standing.days_left(agreement, today) == left
    assert standing.standing(agreement, today) is how
    assert tuple(d.kind for d in standing.due([agreement], today)) == kinds
    follower = replace(signed(), id="kantor-2", renews=agreement.id, evaluations=there)
    assert agreement.id not in {d.agreement.id for d in standing.due([agreement, follower], today)}


@pytest.mark.parametrize(
    ("text", "first", "last", "known"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), False),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), False),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28), False),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), False),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), True),
    ],
)
def test_a_day_that_is_known_in_part(text: str, first: date, last: date, known: bool) -> None:
    when = When(text)
    assert (when.first, when.last, when.day is not None) == (first, last, known)


@pytest.mark.parametrize("text", ["", "2025-02-29", "2025-13", "besok"])
def test_a_text_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        When(text)


def test_a_term_of_which_only_the_year_is_known() -> None:
    agreement = replace(signed(), ends=When("2027"))
    assert standing.standing(agreement, date(2026, 12, 31)) is Standing.IN_FORCE
    assert standing.standing(agreement, date(2027, 6, 1)) is Standing.TERM_UNKNOWN
    assert standing.standing(agreement, date(2028, 1, 1)) is Standing.OVER
    assert standing.days_left(agreement, DAY) is None


@pytest.mark.parametrize(
    ("starts", "ends", "long"),
    [
        ("2024-02-29", "2029-02-28", False),
        ("2024-02-29", "2029-03-01", True),
        ("2024-01-01", "2029-01-01", False),
        ("2024-01-01", "2029-01-02", True),
        ("2024", "2029", False),
    ],
)
def test_a_term_above_five_years_is_warned_of(starts: str, ends: str, long: bool) -> None:
    assert standing.term_above_limit(replace(signed(), starts=When(starts), ends=When(ends))) is long


def test_a_stage_is_overdue_after_the_day_that_was_set() -> None:
    agreement = entry(stage_due=DAY)
    assert not standing.stage_overdue(agreement, DAY)
    assert standing.stage_overdue(agreement, DAY + timedelta(1))
    assert not standing.stage_overdue(replace(agreement, ended=DAY), DAY + timedelta(1))
    assert [d.kind for d in standing.due([agreement], DAY + timedelta(1))] == [Kind.STAGE_OVERDUE]


def test_evaluations_are_missing_for_each_side_and_year_that_has_passed() -> None:
    agreement = signed(on="2024-12-31", ends="2027-06-30")
    assert standing.evaluations_missing(agreement, date(2024, 12, 31)) == ()
    assert standing.evaluations_missing(agreement, date(2025, 1, 1)) == (("32.75", 2024), ("32.76", 2024))
    half = replace(agreement, evaluations=(Evaluation("32.75", 2024, "", "", Recommendation.STOP),))
    assert standing.evaluations_missing(half, date(2026, 1, 1)) == (("32.76", 2024), ("32.75", 2025), ("32.76", 2025))
    assert standing.evaluations_missing(entry(), DAY) == ()


def test_a_kb_without_a_pks_is_named_until_one_is_signed() -> None:
    kb = entry(stage=D, state=State.SIGNED, signed=When("2026-01-05"))
    draft = replace(entry(Document.PKS, F), id="kantor-2", under=kb.id)
    assert standing.without_pks([kb, draft]) == (kb,)
    assert standing.without_pks([kb, replace(draft, state=State.SIGNED, signed=When("2026-02-01"))]) == ()


def test_who_is_bound_to_whom() -> None:
    apart = replace(entry(state=State.PARTLY_SIGNED), parties=(Party("32.01"), Party("32.75"), Party("32.76")))
    assert standing.between([apart], ("32.75", "32.76")) == ()
    assert standing.between([apart], ("32.01", "32.76")) == (apart,)
    province = replace(entry(), parties=(Party("31"), Party("32.75")))
    assert standing.between([province], ("32.75", "31.75")) == (province,)
    west_java = replace(entry(), parties=(Party("32"), Party("32.76")))
    assert standing.between([west_java], ("32.75", "32.76")) == ()


def test_what_the_published_facts_say_at_a_glance() -> None:
    found = agreements_of(data().agreements)
    assert all(a.origin is Origin.PUBLISHED and a.sources and a.stage is None for a in found)
    by_id = {a.id: a for a in found}
    waste = by_id["DKI-BKS-2021"]
    assert lifecycle.last_day(waste) == When("2026-10-26")
    assert standing.standing(waste, date(2026, 10, 26)) is Standing.IN_FORCE
    assert standing.standing(waste, DAY) is Standing.OVER
    both = standing.between(found, ("32.75", "32.76"))
    assert not [a for a in both if a.document is Document.PKS]
    signed_ones = [a.id for a in both if a.state is State.SIGNED]
    assert signed_ones == ["BKS-DPK-2025"]
    best = standing.best(standing.between(found, ("36.04", "36.73")), Sector.WASTE, DAY)
    assert best is not None
    assert (best[0], best[1].id) == (Standing.IN_FORCE, "SRG-CILOWONG-2025")
    assert standing.best(both, Sector.HEALTH, DAY) is None
    assert {d.agreement.id for d in standing.due(found, DAY)} == {"SRG-CLG-2023", "DKI-BKS-2021", "SRG-CILOWONG-2025"}
    assert {a.id for a in standing.at(found, "32.75.07.1004")} == {"DKI-BKS-2009", "DKI-BKS-2017A", "DKI-BKS-2021"}


def test_projects_of_the_published_facts() -> None:
    found = projects_of(data().projects)
    assert len(found) == 18
    assert {p.under for p in found} - {""} == {"DKI-BKS-2021", "SRG-CILOWONG-2025", "SRG-CLG-2023"}
    flyover = found[0]
    assert (flyover.rupiah, flyover.outstanding, flyover.kode) == (266_300_000_000, False, ("32.75.05",))
