"""Reminders and agreements of a border as Atom feeds (RFC 4287), for readers of news and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote, urlencode
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from analysis.agreements import standing
from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement, Project, Source
from analysis.agreements.reminders import Reminders, known_from
from analysis.freshness.overdue import Overdue
from data.catalogue import Corridor
from data.tables import Dataset
from data.text import cleaned
from views.language import link_names
from views.language.escape import plain
from views.language.words import Words
from views.topics.agreements import names
from views.topics.agreements import words as agreement_words
from views.topics.reminders import words as reminder_words

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 2000
_ATOM = f"{{{NAMESPACE}}}"
ElementTree.register_namespace("", NAMESPACE)


def reminders(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    found: Reminders,
    figures: Sequence[Overdue],
    root: str,
    today: date,
) -> bytes:
    """What both sides are reminded of, an entry each.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : what both sides are reminded of
    figures : that should have been renewed
    root : address of the app, without a slash at its end
    today : the day
    """
    title = w.t("Pengingat {koridor}", koridor=w.pick(corridor.title))
    feed = _feed(w, corridor, "pengingat", title, root)
    stamps = []
    for one in found.dated[:MOST_ENTRIES]:
        stamps.append(min(one.stamp, today))
        page = "pengingat" if isinstance(one.record, Project) else "perjanjian"
        where = _page(root, page, w, corridor, {} if page == "pengingat" else {link_names.AGREEMENT: one.record.id})
        text = plain(reminder_words.text(w, data, one))
        _entry(feed, one.uid, text, stamps[-1], where, reminder_words.origin(w, one), one.record.sources)
    for late in figures:
        stamps.append(min(late.on, today))
        where = _page(root, "kesegaran", w, corridor, {})
        text = plain(reminder_words.figures_text(w, data, late))
        _entry(feed, late.uid, text, stamps[-1], where, reminder_words.figures_origin(w))
    return _bytes(feed, max(stamps, default=today))


def agreements(
    w: Words, data: Dataset, corridor: Corridor, known: Sequence[Agreement], root: str, today: date
) -> bytes:
    """The agreements of a border, an entry each.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    known : those that bind one of its sides
    root : address of the app, without a slash at its end
    today : the day for which it is said how they stand
    """
    title = w.t("Perjanjian {koridor}", koridor=w.pick(corridor.title))
    feed = _feed(w, corridor, "perjanjian", title, root)
    stamps = []
    for one in known[:MOST_ENTRIES]:
        stamps.append(min(known_from(one) or today, today))
        where = _page(root, "perjanjian", w, corridor, {link_names.AGREEMENT: one.id})
        head = f"{w.pick(one.title)} ({agreement_words.parties_text(data, one.sides)})"
        said = [names.document_names(w)[one.document], names.standing_names(w)[standing.standing(one, today)]]
        if one.signed is not None:
            said.append(w.t("ditandatangani {tanggal}", tanggal=agreement_words.day_text(w, one.signed)))
        if (last := last_day(one)) is not None:
            said.append(w.t("sampai {tanggal}", tanggal=agreement_words.day_text(w, last)))
        _entry(feed, f"agreement-{one.id}", head, stamps[-1], where, "; ".join(said), one.sources)
    return _bytes(feed, max(stamps, default=today))


def _feed(w: Words, corridor: Corridor, kind: str, title: str, root: str) -> ElementTree.Element:
    feed = ElementTree.Element(f"{_ATOM}feed", {"{http://www.w3.org/XML/1998/namespace}lang": w.language})
    query = urlencode({link_names.CORRIDOR: corridor.id, link_names.LANGUAGE: w.language})
    _text(feed, "id", _id(f"{kind}/{corridor.id}/{w.language}"))
    _text(feed, "title", title)
    _text(feed, "updated", "")
    _text(ElementTree.SubElement(feed, f"{_ATOM}author"), "name", "Tapal")
    _link(feed, f"{root}/{kind}.atom?{query}", "self", "application/atom+xml")
    _link(feed, _page(root, kind, w, corridor, {}), "alternate", "text/html")
    return feed


def _entry(
    feed: ElementTree.Element,
    uid: str,
    title: str,
    day: date,
    page: str,
    summary: str,
    sources: Sequence[Source] = (),
) -> None:
    entry = ElementTree.SubElement(feed, f"{_ATOM}entry")
    _text(entry, "id", _id(uid))
    _text(entry, "title", title)
    _text(entry, "updated", f"{day.isoformat()}T00:00:00Z")
    _link(entry, page, "alternate", "text/html")
    for source in sources:
        if source.url.startswith(("https://", "http://")):
            _link(entry, quote(source.url, safe="%/:=&?~#+!$,;'@()*[]"), "related")
    _text(entry, "summary", summary)


def _page(root: str, page: str, w: Words, corridor: Corridor, more: dict[str, str]) -> str:
    return f"{root}/{page}?{urlencode({link_names.CORRIDOR: corridor.id, link_names.LANGUAGE: w.language, **more})}"


def _id(name: str) -> str:
    """The same for the same thing on every server."""
    return uuid5(NAMESPACE_URL, f"tapal/{name}").urn


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    # What XML cannot hold is left out; line ends become spaces.
    ElementTree.SubElement(parent, f"{_ATOM}{name}").text = " ".join(cleaned(text).split())


def _link(parent: ElementTree.Element, href: str, rel: str, media: str = "") -> None:
    ElementTree.SubElement(parent, f"{_ATOM}link", {"rel": rel, "href": href} | ({"type": media} if media else {}))


def _bytes(feed: ElementTree.Element, updated: date) -> bytes:
    found = feed.find(f"{_ATOM}updated")
    assert found is not None
    found.text = f"{updated.isoformat()}T00:00:00Z"
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
