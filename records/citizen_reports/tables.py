"""Tables of residents' reports: what came in, its photo, and what happened to it since.

A report and its events are added and never changed; only `retention` empties the words of one that was refused, and
removes its photo. What a resident wrote stands here alone: the audit trail, which nobody can shorten, notes that it
came, not what it says.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from analysis.agreements.model import Sector
from analysis.citizen_reports.model import Kind, Refusal, State
from records.models import Base, Reported, now, words

LONGEST_TEXT = 2000
LONGEST_NOTE = 2000
LONGEST_OFFICE = 120


class ReportRow(Reported, Base):
    """What a resident sent; `kabkota` is that of the place."""

    __tablename__ = "citizen_reports"

    ticket_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    kode: Mapped[str] = mapped_column(String(13))
    lon: Mapped[float | None] = mapped_column(Double)
    lat: Mapped[float | None] = mapped_column(Double)
    sector: Mapped[Sector] = mapped_column(words(Sector, "sector"))
    text: Mapped[str] = mapped_column(Text, info={"secret": True})
    received_at: Mapped[datetime] = mapped_column(default=now)


class EventRow(Reported, Base):
    """What happened to a report, see `analysis.citizen_reports.model.Event`; two at once are one too many."""

    __tablename__ = "citizen_report_events"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("citizen_reports.id"))
    number: Mapped[int]
    state: Mapped[State] = mapped_column(words(State, "state"))
    at: Mapped[datetime] = mapped_column(default=now)
    owner: Mapped[str] = mapped_column(String(5))
    by_resident: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[Kind | None] = mapped_column(words(Kind, "kind"))
    reason: Mapped[Refusal | None] = mapped_column(words(Refusal, "reason"))
    note: Mapped[str] = mapped_column(Text, default="", info={"secret": True})
    office: Mapped[str] = mapped_column(String(LONGEST_OFFICE), default="")
    first_id: Mapped[int | None] = mapped_column(ForeignKey("citizen_reports.id"))


class PhotoRow(Reported, Base):
    """The photo of a report, made anew from its pixels alone."""

    __tablename__ = "citizen_report_photos"

    report_id: Mapped[int] = mapped_column(ForeignKey("citizen_reports.id"), unique=True)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
