"""Tables of submitted files and of what was decided about them. Rows of both are added and never changed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.models import LONGEST_TITLE, Base, Owned, now, words

LONGEST_FILE = 200
LONGEST_NOTE = 1000


class Kind(StrEnum):
    """What a submitted file holds."""

    PEOPLE = "penduduk"
    VALUES = "indikator"
    MONOGRAPH = "monografi"
    PLACES = "fasilitas"
    BOUNDARIES = "batas"


class Verdict(StrEnum):
    """What was decided about a submitted file."""

    PUBLISH = "publish"
    REJECT = "reject"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"


class UploadRow(Owned, Base):
    """A file that an editor has submitted: who, when, its hash, and its checked rows in their normal form."""

    __tablename__ = "uploads"

    kind: Mapped[Kind] = mapped_column(words(Kind, "kind"))
    name: Mapped[str] = mapped_column(String(LONGEST_FILE))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    day: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    rows_sha256: Mapped[str] = mapped_column(String(64))
    count: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    at: Mapped[datetime] = mapped_column(default=now)
    revises: Mapped[int | None] = mapped_column(ForeignKey("uploads.id"), unique=True)


class DecisionRow(Base):
    """One decision about a submitted file; that of publishing has the number of the version."""

    __tablename__ = "upload_decisions"
    __table_args__ = (
        UniqueConstraint("upload_id", "verdict"),
        CheckConstraint("(verdict = 'publish') = (number IS NOT NULL)", name="number_of_version"),
    )

    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"))
    verdict: Mapped[Verdict] = mapped_column(words(Verdict, "verdict"))
    number: Mapped[int | None] = mapped_column(unique=True)
    rows_sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    who: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    at: Mapped[datetime] = mapped_column(default=now)
