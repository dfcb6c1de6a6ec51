"""Reminders as an iCalendar feed: all-day events that calendars of the offices subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from analysis.agreements.model import Agreement, Project
from analysis.agreements.reminders import Reminder, Reminders, remind
from analysis.agreements.standing import REMINDER_MONTHS, months_before
from data.catalogue import Corridor
from data.tables import Dataset
from views.language.escape import plain
from views.language.words import LANGUAGES, Words
from views.topics.reminders import words as reminder_words

MOST_EVENTS = 2000
ALARM_HOUR_UTC = 1
"""Eight o'clock in western Indonesia."""

__all__ = ["asked", "build"]


def build(w: Words, data: Dataset, corridor: Corridor, found: Reminders) -> bytes:
    """The feed of a border; the same records give the same bytes.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : what both sides are reminded of
    """
    feed = icalendar.Calendar()
    feed.add("prodid", "-//Tapal//Pengingat//ID")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", w.t("Pengingat {koridor}", koridor=w.pick(corridor.title)))
    for one in found.dated[:MOST_EVENTS]:
        feed.add_component(_event(w, data, one))
    return bytes(feed.to_ical())


def asked(
    data: Dataset,
    agreements: Sequence[Agreement],
    projects: Sequence[Project],
    corridor: str,
    language: str,
    today: date,
) -> bytes | None:
    """The feed that an address asks for.

    Parameters
    ----------
    data : names and borders
    agreements, projects : all that are known
    corridor, language : as the address names them
    today : the day

    Returns
    -------
    bytes or None
        None where the border or the language is not known.
    """
    border = data.catalogue.corridors.get(corridor)
    known = next((one for one in LANGUAGES if one == language), None)
    if border is None or known is None:
        return None
    found = remind(agreements, projects, border.sides, today)
    return build(Words(known), data, border, found)


def _event(w: Words, data: Dataset, one: Reminder) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", one.uid)
    event.add("dtstamp", _at(one.stamp, 0))
    event.add("sequence", one.record.version)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    text = _clean(plain(reminder_words.text(w, data, one)))
    event.add("summary", text)
    event.add("description", _clean(reminder_words.origin(w, one)))
    if one.term:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", text)
        alarm.add("trigger", _at(months_before(one.on, REMINDER_MONTHS), ALARM_HOUR_UTC))
        event.add_component(alarm)
    return event


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _clean(text: str) -> str:
    """What an office typed, without signs that do not show."""
    return "".join(c for c in text if c.isprintable())
