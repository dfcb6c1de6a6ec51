"""Forgetting: the words and the photo of reports that were refused some time ago."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from analysis.citizen_reports.model import State
from records import database
from records.citizen_reports.reading import day_of, reports
from records.citizen_reports.tables import PhotoRow, ReportRow
from records.permissions import Action, Actor

DAYS = 90
"""After so many days an office forgets what it did not publish."""


def forget(actor: Actor, before: datetime) -> int:
    """Empty the words and remove the photo and the point of every report that was refused before a moment.

    That it came, when, for which kelurahan and why it was refused stays, so that the counts of a year remain true.

    Parameters
    ----------
    actor : the command line
    before : the moment

    Returns
    -------
    int
        How many were emptied.

    Raises
    ------
    records.permissions.ForbiddenError
        Somebody else asks.
    """
    with database.read() as session:
        old = [r for r in reports(session) if r.state is State.REFUSED and r.text and r.last.day < day_of(before)]
    if not old:
        return 0
    with database.write(actor, Action.MODERATE, {r.kode[:5] for r in old}) as session:
        for report in old:
            row = session.get_one(ReportRow, report.key)
            row.text, row.lon, row.lat = "", None, None
            # Read with its content, of which the audit trail keeps length and hash.
            photos = select(PhotoRow).where(PhotoRow.report_id == report.key).options(undefer(PhotoRow.content))
            for photo in session.scalars(photos):
                session.delete(photo)
    return len(old)
