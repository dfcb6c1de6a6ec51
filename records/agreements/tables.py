"""Tables of the agreements, projects and attachments that offices enter.

What both sides share stands in `AgreementRow`; what belongs to one side in `PartyRow`, `EvaluationRow` and
`AttachmentRow`, which only this side's editors can write.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from analysis.agreements.model import Category, Document, Dprd, End, ProjectStatus, Recommendation, Stage
from records.models import Base, Owned, Shared, Versioned, now, words

LONGEST_TITLE = 300
LONGEST_NUMBER = 120
LONGEST_TEXT = 4000
LONGEST_ID = 64


class AgreementRow(Versioned, Shared, Base):
    """What all parties of an agreement share, see `analysis.agreements.model.Agreement`; lists are joined by ";"."""

    __tablename__ = "agreements"

    document: Mapped[Document] = mapped_column(words(Document, "document"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    category: Mapped[Category] = mapped_column(words(Category, "category"))
    sectors: Mapped[str] = mapped_column(String(200))
    object: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    kode: Mapped[str] = mapped_column(Text)
    stage: Mapped[Stage] = mapped_column(words(Stage, "stage"))
    stage_since: Mapped[date]
    stage_due: Mapped[date | None]
    signed: Mapped[date | None]
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    dprd: Mapped[Dprd] = mapped_column(words(Dprd, "dprd"))
    dprd_requested: Mapped[date | None]
    dprd_approved: Mapped[date | None]
    end: Mapped[End | None] = mapped_column(words(End, "end"))
    ended: Mapped[date | None]
    renews: Mapped[str] = mapped_column(String(LONGEST_ID))
    under: Mapped[str] = mapped_column(String(LONGEST_ID))
    rupiah: Mapped[int | None] = mapped_column(BigInteger)
    funding: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    actors: Mapped[str] = mapped_column(Text)


class PartyRow(Versioned, Owned, Base):
    """What belongs to one side of an agreement."""

    __tablename__ = "agreement_parties"
    __table_args__ = (UniqueConstraint("agreement_id", "kabkota"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    signatory: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    position: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    authority: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    duties: Mapped[str] = mapped_column(Text)
    rights: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(LONGEST_NUMBER))


class AddendumRow(Shared, Base):
    """A signed change of an agreement; it is added and never changed."""

    __tablename__ = "agreement_addenda"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), index=True)
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    signed: Mapped[date]
    changes: Mapped[str] = mapped_column(Text)
    ends: Mapped[date | None]


class CorrectionRow(Shared, Base):
    """That a verifier put right what was entered wrong of a signed agreement; it is added and never changed."""

    __tablename__ = "agreement_corrections"

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"), index=True)
    fields: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    reason: Mapped[str] = mapped_column(Text)


class EvaluationRow(Versioned, Owned, Base):
    """What one side found in a year."""

    __tablename__ = "agreement_evaluations"
    __table_args__ = (UniqueConstraint("agreement_id", "kabkota", "year"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    year: Mapped[int]
    realised: Mapped[str] = mapped_column(Text)
    obstacle: Mapped[str] = mapped_column(Text)
    recommendation: Mapped[Recommendation] = mapped_column(words(Recommendation, "recommendation"))


class AttachmentRow(Owned, Base):
    """A PDF that one side has attached; it is added and never changed."""

    __tablename__ = "agreement_attachments"
    __table_args__ = (UniqueConstraint("agreement_id", "sha256"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    name: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ProjectRow(Versioned, Shared, Base):
    """A partnership project, see `analysis.agreements.model.Project`."""

    __tablename__ = "projects"

    under: Mapped[str] = mapped_column(String(LONGEST_ID))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    sectors: Mapped[str] = mapped_column(String(200))
    status: Mapped[ProjectStatus] = mapped_column(words(ProjectStatus, "status"))
    place: Mapped[str] = mapped_column(Text)
    kode: Mapped[str] = mapped_column(Text)
    since: Mapped[date | None]
    until: Mapped[date | None]
    rupiah: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(Text)
