"""The files that other programs fetch by an address of their own: which there are, and what an address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.agreements.model import Agreement, Project
from analysis.agreements.reminders import remind
from analysis.freshness.ageing import ageing
from analysis.freshness.overdue import overdue
from data.tables import Dataset
from views.exports.files import atom, calendar
from views.language.words import LANGUAGES, Words

KINDS = {
    "pengingat.ics": "text/calendar",
    "pengingat.atom": "application/atom+xml",
    "perjanjian.ics": "text/calendar",
    "perjanjian.atom": "application/atom+xml",
}
"""Name and media type of each."""


def asked(
    name: str,
    data: Dataset,
    agreements: Sequence[Agreement],
    projects: Sequence[Project],
    corridor: str,
    language: str,
    root: str,
    today: date,
) -> bytes | None:
    """The file that an address asks for.

    Parameters
    ----------
    name : of `KINDS`
    data : names and borders
    agreements, projects : all that are known
    corridor, language : as the address names them
    root : address of the app as the asker reaches it, without a slash at its end
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
    w = Words(known)
    if name.startswith("pengingat"):
        found = remind(agreements, projects, border.sides, today)
        figures = overdue(ageing(data.border(border), data.measures, today.year), border.sides)
        if name.endswith(".ics"):
            return calendar.build(w, data, border, found, figures)
        return atom.reminders(w, data, border, found, figures, root, today)
    own = [a for a in agreements if any(map(a.binds, border.sides))]
    if name.endswith(".ics"):
        return calendar.agreements_of(w, data, border, own)
    return atom.agreements(w, data, border, own, root, today)
