"""Reminders and agreements as iCalendar feeds: all-day events that calendars of the offices subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement
from analysis.agreements.reminders import Reminder, Reminders, known_from
from analysis.agreements.standing import REMINDER_MONTHS, months_before
from analysis.freshness.overdue import Overdue
from data.catalogue import Corridor
from data.tables import Dataset
from views.language.escape import plain
from views.language.words import Words
from views.topics.agreements import words as agreement_words
from views.topics.reminders import words as reminder_words

MOST_EVENTS = 2000
ALARM_HOUR_UTC = 1
"""Eight o'clock in western Indonesia."""


def build(w: Words, data: Dataset, corridor: Corridor, found: Reminders, figures: Sequence[Overdue] = ()) -> bytes:
    """The feed of a border; the same records give the same bytes.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : what both sides are reminded of
    figures : that should have been renewed
    """
    feed = _calendar("Pengingat", w.t("Pengingat {koridor}", koridor=w.pick(corridor.title)))
    for one in found.dated[:MOST_EVENTS]:
        feed.add_component(_event(w, data, one))
    for late in figures:
        feed.add_component(_of_figures(w, data, late))
    return bytes(feed.to_ical())


def agreements_of(w: Words, data: Dataset, corridor: Corridor, known: Sequence[Agreement]) -> bytes:
    """The days of the agreements of a border that are known: of signing, of the begin and of the end of the term.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    known : those that bind one of its sides
    """
    feed = _calendar("Perjanjian", w.t("Perjanjian {koridor}", koridor=w.pick(corridor.title)))
    for one in known[: MOST_EVENTS // 3]:
        title = f"{w.pick(one.title)} ({agreement_words.parties_text(data, one.sides)})"
        for kind, when, text in (
            ("signed", one.signed, w.t("Ditandatangani: {judul}", judul=title)),
            ("begin", one.starts, w.t("Mulai berlaku: {judul}", judul=title)),
            ("end", last_day(one), w.t("Berakhir: {judul}", judul=title)),
        ):
            if when is not None and when.day is not None:
                stamp = known_from(one) or when.day
                event = _all_day(f"{kind}-{one.id}@tapal", when.day, stamp, one.version, text)
                event.add("description", _clean(reminder_words.origin_of(w, one)))
                feed.add_component(event)
    return bytes(feed.to_ical())


def _calendar(kind: str, name: str) -> icalendar.Calendar:
    feed = icalendar.Calendar()
    feed.add("prodid", f"-//Tapal//{kind}//ID")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    return feed


def _all_day(uid: str, day: date, stamp: date, version: int, text: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", _at(stamp, 0))
    event.add("sequence", version)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _clean(text))
    return event


def _of_figures(w: Words, data: Dataset, late: Overdue) -> icalendar.Event:
    """The same event for a sector and kabkota: it moves to the year in which more figures fall due."""
    event = _all_day(late.uid, late.on, late.on, late.on.year, reminder_words.figures_text(w, data, late))
    event.add("description", _clean(reminder_words.figures_origin(w)))
    return event


def _event(w: Words, data: Dataset, one: Reminder) -> icalendar.Event:
    text = _clean(plain(reminder_words.text(w, data, one)))
    event = _all_day(one.uid, one.on, one.stamp, one.record.version, text)
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
