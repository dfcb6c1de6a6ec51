"""The feed of reminders: read back by icalendar, all-day, with alarms, the same bytes for the same records."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from analysis.agreements.model import Agreement, Document, Origin, Party, Stage, State, Text, When
from analysis.agreements.published import agreements_of, projects_of
from analysis.agreements.reminders import Reminders, remind
from tests.pages.opening import HOSTILE
from tests.shipped import data
from views.exports.files import calendar, feeds
from views.language.words import LANGUAGES, Language, Words

TODAY = date(2026, 11, 28)
PUBLISHED = agreements_of(data().agreements), projects_of(data().projects)
CORRIDOR = data().catalogue.corridors["bekasi-depok"]


def known(title: str = "", **more: object) -> Reminders:
    rows: list[Agreement] = list(agreements_of(data().agreements))
    if title:
        one = Agreement(
            id="kantor-1",
            origin=Origin.OFFICE,
            document=Document.PKS,
            state=State.SIGNED,
            title=Text(title, title),
            parties=(Party("32.75"), Party("32.76")),
            stage=Stage.IMPLEMENTATION,
            signed=When("2025-01-01"),
            ends=When("2027-01-31"),
            version=3,
        )
        rows.append(replace(one, **more))  # type: ignore[arg-type]
    return remind(rows, (), CORRIDOR.sides, TODAY)


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_events_are_whole_days_with_an_alarm_three_months_before(language: Language) -> None:
    found = events(calendar.build(Words(language), data(), CORRIDOR, known("Damkar")))
    by_uid = {str(e["uid"]): e for e in found}
    assert len(by_uid) == len(found), "each once"
    ended, ours = by_uid["term-DKI-BKS-2021@tapal"], by_uid["term-kantor-1@tapal"]
    assert ended["dtstart"].dt == date(2026, 10, 26)
    assert ended["dtend"].dt == date(2026, 10, 27)
    assert ours["sequence"] == 3
    [alarm] = ours.walk("VALARM")
    assert alarm["trigger"].dt == datetime(2026, 10, 31, 1, tzinfo=UTC)
    assert all(e["dtstamp"].dt < datetime(2026, 11, 1, tzinfo=UTC) for e in found), "not the clock"


def test_the_same_records_give_the_same_bytes_on_another_day() -> None:
    first, second = (
        feeds.asked("pengingat.ics", data(), *PUBLISHED, CORRIDOR.id, "id", "", day)
        for day in (TODAY, date(2026, 11, 29))
    )
    assert first is not None
    assert first == second


def test_a_hostile_title_stays_a_title() -> None:
    title = f"{HOSTILE}\r\nBEGIN:VALARM\nACTION:EMAIL; x, y\u2028"
    found = events(calendar.build(Words("id"), data(), CORRIDOR, known(title)))
    [ours] = [e for e in found if str(e["uid"]) == "term-kantor-1@tapal"]
    assert HOSTILE.split("!")[0] in str(ours["summary"])
    assert [str(a["action"]) for a in ours.walk("VALARM")] == ["DISPLAY"]


@pytest.mark.parametrize(("corridor", "language"), [("tidak-ada", "id"), ("", "id"), ("bekasi-depok", "fr")])
def test_what_is_not_known_gives_no_feed(corridor: str, language: str) -> None:
    for name in feeds.KINDS:
        assert feeds.asked(name, data(), *PUBLISHED, corridor, language, "", TODAY) is None


@pytest.mark.parametrize("corridor", list(data().catalogue.corridors))
def test_every_border_has_a_feed(corridor: str) -> None:
    for language in LANGUAGES:
        for name in feeds.KINDS:
            assert feeds.asked(name, data(), *PUBLISHED, corridor, language, "", TODAY)


def test_overdue_figures_are_one_event_a_sector_and_side_which_moves_with_the_year() -> None:
    def of_figures(day: date) -> dict[str, Any]:
        feed = feeds.asked("pengingat.ics", data(), (), (), CORRIDOR.id, "id", "", day)
        return {str(e["uid"]): e for e in events(feed or b"")}

    this, next_year = of_figures(TODAY), of_figures(date(2027, 2, 1))
    assert 0 < len(this) <= 2 * 8
    assert set(this) <= set(next_year)
    uid = "figures-kesehatan-32.75@tapal"
    # The list of puskesmas is of 2022 with a cycle of one year.
    assert "Kesehatan Kota Bekasi" in str(this[uid]["summary"])
    assert "Dinas Kesehatan" in str(this[uid]["summary"])
    assert this[uid]["dtstart"].dt <= TODAY
    assert int(next_year[uid]["sequence"]) >= int(this[uid]["sequence"])
    assert of_figures(date(2026, 3, 1)) == this
