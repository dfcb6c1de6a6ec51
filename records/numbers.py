"""The number of a version: one row of numbers for the files of offices and the entries of the catalogue."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from records.catalogue.tables import EntryRow
from records.uploads.tables import DecisionRow


def following(session: Session) -> int:
    """The number of the next version; whoever asks holds the turn until the end of the transaction.

    Parameters
    ----------
    session : of the transaction that will write it
    """
    if session.get_bind().dialect.name == "postgresql":
        # Two who publish at once take their turns; SQLite does so by itself.
        session.execute(text("LOCK TABLE upload_decisions, catalogue_entries IN SHARE ROW EXCLUSIVE MODE"))
    return max(session.scalar(select(func.max(row.number))) or 0 for row in (DecisionRow, EntryRow)) + 1
