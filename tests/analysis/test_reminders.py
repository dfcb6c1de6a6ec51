"""Reminders of both sides: what is due on which day, alike for either side, under keys that stay."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.agreements.model import (
    Agreement,
    Document,
    Origin,
    Party,
    Project,
    ProjectStatus,
    Source,
    Stage,
    State,
    Text,
    When,
)
from analysis.agreements.published import agreements_of, projects_of
from analysis.agreements.reminders import remind
from analysis.agreements.standing import Kind
from tests.shipped import data

BEKASI, DEPOK, BOGOR = "32.75", "32.76", "32.01"
SIDES = (BEKASI, DEPOK)


def entry(id: str, *parties: str, **more: object) -> Agreement:
    known = Agreement(
        id=id,
        origin=Origin.OFFICE,
        document=Document.PKS,
        state=State.SIGNED,
        title=Text(id, id),
        parties=tuple(Party(p) for p in parties or SIDES),
        stage=Stage.IMPLEMENTATION,
        signed=When("2026-01-01"),
        ends=When("2027-02-28"),
    )
    return replace(known, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 11, 27), None),
        (date(2026, 11, 28), Kind.TERM_ENDS),
        (date(2027, 2, 28), Kind.TERM_ENDS),
        (date(2027, 3, 1), Kind.TERM_ENDED),
    ],
)
def test_a_term_is_reminded_of_for_three_months_and_when_it_has_ended(today: date, kind: Kind | None) -> None:
    found = remind([entry("a")], (), SIDES, today)
    assert [r.due.kind for r in found.shared if r.due and r.term] == ([kind] if kind else [])
    assert [r.uid for r in found.later] == ([] if kind else ["term-a@tapal"])
    assert {r.uid for r in found.dated if r.term} == {"term-a@tapal"}, "the same key whatever the day"


def test_a_leap_day_and_the_end_of_a_year() -> None:
    leap = entry("a", ends=When("2028-02-29"))
    assert remind([leap], (), SIDES, date(2027, 11, 29)).shared[-1].on == date(2028, 2, 29)
    new_year = entry("b", ends=When("2026-12-31"))
    assert remind([new_year], (), SIDES, date(2026, 9, 30)).shared[-1].on == date(2026, 12, 31)
    assert not [r for r in remind([new_year], (), SIDES, date(2026, 9, 29)).shared if r.term]


def test_a_renewal_on_record_ends_the_reminder() -> None:
    today = date(2027, 3, 1)
    renewal = entry("b", renews="a", ends=When("2029-01-01"), signed=When("2027-02-01"))
    assert [r for r in remind([entry("a"), renewal], (), SIDES, today).now if r.term] == []


def test_both_sides_are_treated_alike() -> None:
    agreements = [entry("a"), entry("b", BEKASI, BOGOR), entry("c", DEPOK, BOGOR)]
    today = date(2027, 3, 1)
    found, other = (remind(agreements, (), sides, today) for sides in (SIDES, SIDES[::-1]))
    assert [r.record.id for r in found.shared if r.term] == ["a"]
    assert {side: [r.record.id for r in rows if r.term] for side, rows in found.alone.items()} == {
        BEKASI: ["b"],
        DEPOK: ["c"],
    }
    assert found.shared == other.shared
    assert found.alone == other.alone
    assert list(other.alone) == [DEPOK, BEKASI]


def test_a_stage_behind_its_day_and_one_that_comes() -> None:
    late = entry("a", stage=Stage.PKS_DRAFT, stage_due=date(2026, 11, 1), signed=None, ends=None, state=State.PREPARED)
    assert [r.uid for r in remind([late], (), SIDES, date(2026, 11, 28)).shared] == ["stage_overdue-a-20261101@tapal"]
    assert [r.uid for r in remind([late], (), SIDES, date(2026, 10, 1)).later] == ["stage_overdue-a-20261101@tapal"]


def test_signed_without_a_pks_is_said_once() -> None:
    today = date(2026, 11, 28)
    unstated = entry("a", document=Document.UNSTATED)
    assert remind([unstated], (), SIDES, today).no_pks == unstated
    assert remind([unstated, entry("b")], (), SIDES, today).no_pks is None
    kb = entry("c", document=Document.KB, stage=Stage.KB_SIGNING)
    with_kb = remind([kb], (), SIDES, today)
    assert with_kb.no_pks is None
    assert Kind.KB_WITHOUT_PKS in {r.due.kind for r in with_kb.shared if r.due}
    assert remind((), (), SIDES, today).no_pks is None


def test_projects_that_are_not_done_are_listed_and_planned_ones_dated() -> None:
    def project(id: str, status: ProjectStatus, **more: object) -> Project:
        one = Project(id, Origin.PUBLISHED, "", Text(id, id), SIDES, (), status, since=When("2025"))
        return replace(one, **more)  # type: ignore[arg-type]

    known = [
        project("a", ProjectStatus.TALKS),
        project("b", ProjectStatus.DONE),
        project("c", ProjectStatus.UNDER_WAY, until=When("2027")),
        project("d", ProjectStatus.REFUSED),
    ]
    found = remind((), known, SIDES, date(2026, 11, 28))
    assert [r.record.id for r in found.projects] == ["a", "c"]
    assert [r.uid for r in found.dated] == ["project-c@tapal"]


@pytest.mark.parametrize(
    ("source", "stamp"),
    [("2025-10-02", date(2025, 10, 2)), ("2025-10", date(2025, 10, 1)), ("tanpa tanggal", date(2026, 1, 1))],
)
def test_the_stamp_comes_from_the_record_and_not_from_the_clock(source: str, stamp: date) -> None:
    one = entry("a", sources=(Source("https://a.example", source),))
    assert remind([one], (), SIDES, date(2027, 3, 1)).now[-1].stamp == stamp


def test_bantargebang_has_run_out_and_bekasi_depok_has_no_pks() -> None:
    known = agreements_of(data().agreements), projects_of(data().projects)
    found = remind(*known, SIDES, date(2026, 11, 28))
    assert [(r.record.id, r.on) for r in found.alone[BEKASI] if r.term] == [("DKI-BKS-2021", date(2026, 10, 26))]
    assert found.no_pks is not None
    assert found.no_pks.id == "BKS-DPK-2025"
