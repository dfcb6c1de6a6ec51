"""The Atom feeds: what RFC 4287 asks for, the same ids on every server, and no hostile text that is more than text."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest

from analysis.agreements.model import Agreement, Document, Origin, Party, Source, State, Text, When
from analysis.agreements.published import agreements_of, projects_of
from analysis.agreements.reminders import remind
from analysis.freshness.ageing import ageing
from analysis.freshness.overdue import overdue
from tests.pages.opening import HOSTILE
from tests.shipped import data
from views.exports.files import atom, calendar, feeds
from views.language.escape import plain
from views.language.words import LANGUAGES, Language, Words
from views.topics.reminders.words import figures_text

TODAY = date(2026, 11, 28)
KNOWN, PLANNED = agreements_of(data().agreements), projects_of(data().projects)
CORRIDOR = data().catalogue.corridors["bekasi-depok"]
OURS = Agreement(
    id="kantor-1",
    origin=Origin.OFFICE,
    document=Document.PKS,
    state=State.SIGNED,
    title=Text("Damkar", "Fire"),
    parties=(Party("32.75"), Party("32.76")),
    signed=When("2025-01-02"),
    starts=When("2025-02"),
    ends=When("2027-01-31"),
)
NAMES = {"a": atom.NAMESPACE}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")


def parsed(name: str, language: str = "id", root: str = "https://a.go.id/tapal") -> ElementTree.Element:
    found = feeds.asked(name, data(), (*KNOWN, OURS), PLANNED, CORRIDOR.id, language, root, TODAY)
    assert found is not None
    return ElementTree.fromstring(found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["pengingat.atom", "perjanjian.atom"])
def test_a_feed_has_what_the_standard_asks_for(name: str, language: Language) -> None:
    feed = parsed(name, language)
    assert feed.tag == f"{{{atom.NAMESPACE}}}feed"
    entries = feed.findall("a:entry", NAMES)
    assert entries
    for one in (feed, *entries):
        for part in ("id", "title", "updated"):
            assert len(one.findall(f"a:{part}", NAMES)) == 1, "exactly one"
        assert MOMENT.fullmatch(one.findtext("a:updated", "", NAMES))
        assert one.findtext("a:updated", "", NAMES) <= f"{TODAY.isoformat()}T00:00:00Z"
        assert one.findtext("a:id", "", NAMES).startswith("urn:uuid:")
        links = one.findall("a:link", NAMES)
        assert [link.get("rel") for link in links].count("alternate") == 1
        assert all(re.match(r"https?://[^\s]+$", link.get("href", "")) for link in links)
    assert feed.findtext("a:author/a:name", "", NAMES) == "Tapal"
    ids = [entry.findtext("a:id", "", NAMES) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert max(e.findtext("a:updated", "", NAMES) for e in entries) == feed.findtext("a:updated", "", NAMES)


def test_an_entry_keeps_its_id_on_another_server_and_in_another_language() -> None:
    first, second = parsed("perjanjian.atom"), parsed("perjanjian.atom", "en", "http://tapal")
    ids = [[e.findtext("a:id", "", NAMES) for e in feed.findall("a:entry", NAMES)] for feed in (first, second)]
    assert ids[0] == ids[1]


def test_every_agreement_of_either_side_is_told_once() -> None:
    own = [a for a in (*KNOWN, OURS) if any(map(a.binds, CORRIDOR.sides))]
    entries = parsed("perjanjian.atom").findall("a:entry", NAMES)
    assert len(entries) == len(own)
    reminded = remind((*KNOWN, OURS), PLANNED, CORRIDOR.sides, TODAY).dated
    late = overdue(ageing(data().border(CORRIDOR), data().measures, TODAY.year), CORRIDOR.sides)
    assert late
    assert len(parsed("pengingat.atom").findall("a:entry", NAMES)) == len(reminded) + len(late)


@pytest.mark.parametrize("language", LANGUAGES)
def test_overdue_figures_are_entries_as_on_the_page_and_in_the_calendar(language: Language) -> None:
    [late, *_] = overdue(ageing(data().border(CORRIDOR), data().measures, TODAY.year), CORRIDOR.sides)
    entries = parsed("pengingat.atom", language).findall("a:entry", NAMES)
    said = plain(figures_text(Words(language), data(), late))
    [entry] = [one for one in entries if one.findtext("a:title", "", NAMES) == " ".join(said.split())]
    [link] = entry.findall("a:link", NAMES)
    assert link.get("href", "").startswith("https://a.go.id/tapal/kesegaran?")
    later = feeds.asked("pengingat.atom", data(), (), (), CORRIDOR.id, "id", "https://b", date(2027, 6, 1))
    assert later is not None
    ids = {one.findtext("a:id", "", NAMES) for one in ElementTree.fromstring(later).findall("a:entry", NAMES)}
    assert entry.findtext("a:id", "", NAMES) in ids, "the same reminder next year is not a new one"


def test_a_hostile_title_stays_a_title_and_a_hostile_source_is_no_link() -> None:
    title = f"{HOSTILE}\x00\x0b\ufffe]]></title><entry/>\r\n"
    hostile = replace(OURS, title=Text(title, title), sources=(Source("javascript:alert(1)", "2025-01-01", "Q"),))
    found = atom.agreements(Words("id"), data(), CORRIDOR, [hostile], "https://a.go.id", TODAY)
    [entry] = ElementTree.fromstring(found).findall("a:entry", NAMES)
    assert "</title><entry/>" in entry.findtext("a:title", "", NAMES)
    assert [link.get("rel") for link in entry.findall("a:link", NAMES)] == ["alternate"]


def test_days_of_an_agreement_are_events_only_where_the_day_is_known() -> None:
    content = calendar.agreements_of(Words("id"), data(), CORRIDOR, [OURS])
    events: dict[str, Any] = {str(e["uid"]): e for e in icalendar.Calendar.from_ical(content).walk("VEVENT")}
    assert set(events) == {"signed-kantor-1@tapal", "end-kantor-1@tapal"}, "of the begin the month alone is known"
    assert events["end-kantor-1@tapal"]["dtstart"].dt == date(2027, 1, 31)
    assert "Damkar" in str(events["signed-kantor-1@tapal"]["summary"])
