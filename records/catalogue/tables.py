"""Tables of entries of the catalogue that admins save, and of withdrawals. Rows of both are added, never changed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from records.models import LONGEST_TITLE, Base, now, words

LONGEST_NOTE = 1000


class EntryKind(StrEnum):
    """What an entry is; called as in `data.catalogue.entries.MODELS`."""

    INDICATOR = "indicators"
    STANDARD = "standards"
    CORRIDOR = "corridors"
    SOURCE = "sources"


class EntryRow(Base):
    """An entry as an admin has saved it: a version, with what stood there before."""

    __tablename__ = "catalogue_entries"

    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind, "kind"))
    entry: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    author: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    at: Mapped[datetime] = mapped_column(default=now)


class EntryWithdrawal(Base):
    """The withdrawal of a saved entry."""

    __tablename__ = "catalogue_withdrawals"

    entry_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entries.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    who: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    at: Mapped[datetime] = mapped_column(default=now)
