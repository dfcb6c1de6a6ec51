"""Tables of the drills: the drill, who takes part, and what was pressed, which is added and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from analysis.fire.live_drill import Kind
from records.models import Base, Shared, Versioned, now, words

LONGEST_TITLE = 120
LONGEST_NAME = 60


class DrillRow(Versioned, Shared, Base):
    """A drill, see `analysis.fire.live_drill.Drill`; its places and posts are those of the moment of its opening."""

    __tablename__ = "drills"

    code: Mapped[str] = mapped_column(String(8), unique=True, info={"secret": True})
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    corridor: Mapped[str] = mapped_column(String(60))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    scenario: Mapped[dict[str, Any]]


class ParticipantRow(Base):
    """A phone that has joined a drill by its code; of its key only the hash is kept."""

    __tablename__ = "drill_participants"

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    side: Mapped[str] = mapped_column(String(5))
    post: Mapped[str] = mapped_column(String(80))
    room: Mapped[bool]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    joined_at: Mapped[datetime] = mapped_column(default=now)


class PressRow(Base):
    """What somebody pressed, see `analysis.fire.live_drill.Press`; numbered in its drill without gaps."""

    __tablename__ = "drill_presses"
    __table_args__ = (UniqueConstraint("drill_id", "number"),)

    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id"))
    number: Mapped[int]
    press_id: Mapped[str] = mapped_column(String(64), unique=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("drill_participants.id"))
    incident: Mapped[int]
    kind: Mapped[Kind] = mapped_column(words(Kind, "kind"))
    phone_ms: Mapped[int] = mapped_column(BigInteger)
    offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    uncertainty_ms: Mapped[int | None] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(default=now)
    cancels: Mapped[str] = mapped_column(String(64), default="")
    by_room: Mapped[bool] = mapped_column(default=False)
