"""Tables of the proposals, of the files that brought them, and of what offices decided about places."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.models import Base, Owned, now, words

LONGEST_FILE = 120
LONGEST_KEY = 80
LONGEST_DOUBT = 300


class Path(StrEnum):
    """The way by which a proposal comes; that of the desa and that of the kelurahan have calendars of their own."""

    KELURAHAN = "kelurahan"
    DESA = "desa"
    COUNCIL = "pokir"
    OFFICE = "opd"


class ImportRow(Owned, Base):
    """A file that was taken whole; it is added and never changed. Its entry in the audit trail names the file."""

    __tablename__ = "proposal_imports"

    name: Mapped[str] = mapped_column(String(LONGEST_FILE))
    sha256: Mapped[str] = mapped_column(String(64))
    taken_at: Mapped[datetime] = mapped_column(default=now)
    new: Mapped[int]
    changed: Mapped[int]
    same: Mapped[int]


class ProposalRow(Owned, Base):
    """A proposal as its file has it.

    Thousands come at once, so the audit trail has one entry for the file that brought them (`ImportRow`) and one for
    each that changes later (`records.proposals.importing`).
    """

    __tablename__ = "proposals"
    __unaudited__ = True
    __table_args__ = (
        UniqueConstraint("kabkota", "year", "key"),
        Index("ix_proposals_kode", "kode"),
        Index("ix_proposals_import_id", "import_id"),
    )

    year: Mapped[int]
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    id_usulan: Mapped[str] = mapped_column(Text)
    kode: Mapped[str] = mapped_column(String(13))
    path: Mapped[Path] = mapped_column(words(Path, "path"))
    proposed: Mapped[date | None]
    affairs: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    lat: Mapped[float | None] = mapped_column(Double)
    lon: Mapped[float | None] = mapped_column(Double)
    office: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    stopped: Mapped[bool]
    volume: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str] = mapped_column(Text)
    rupiah: Mapped[int | None] = mapped_column(BigInteger)
    raw: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    import_id: Mapped[int] = mapped_column(ForeignKey("proposal_imports.id"))
    sheet: Mapped[str] = mapped_column(Text)
    row: Mapped[int]


class PlaceRow(Owned, Base):
    """What an editor decided about a place that a file writes in doubt; `kode` is "-" for a row to leave out."""

    __tablename__ = "proposal_places"
    __table_args__ = (UniqueConstraint("kabkota", "doubt"),)

    doubt: Mapped[str] = mapped_column(String(LONGEST_DOUBT))
    written: Mapped[str] = mapped_column(String(LONGEST_DOUBT))
    kode: Mapped[str] = mapped_column(String(13))
