"""PDF files of an agreement: each of one side, bounded, with its hash; handed out as downloads alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from records import database
from records.agreements.entries import EntryError
from records.agreements.reading import side_of
from records.agreements.tables import LONGEST_NUMBER, AttachmentRow
from records.permissions import Action, Actor

MOST_BYTES = 10_000_000
MOST_ATTACHMENTS = 20
# What runs when a document is opened; streams that are packed can still hide it, so files are only ever handed out as
# downloads.
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


@dataclass(frozen=True)
class Attachment:
    """A PDF of an agreement, without its content.

    Attributes
    ----------
    id, kabkota : key, and the side that attached it
    name, size, sha256 : of the file
    """

    id: int
    kabkota: str
    name: str
    size: int
    sha256: str


def attach(actor: Actor, key: int, kabkota: str, name: str, content: bytes) -> None:
    """Attach a PDF for one side.

    Parameters
    ----------
    actor : an editor of this side
    key, kabkota : agreement and side
    name, content : of the file

    Raises
    ------
    EntryError
        It is no PDF, too large, holds what would run, is attached already, or there are too many.
    records.permissions.ForbiddenError
        The actor is no editor of this side.
    """
    problem = _pdf_problem(content)
    if problem:
        raise EntryError("file", problem)
    name = "".join(c for c in name if c.isprintable()).strip()[-LONGEST_NUMBER:] or "lampiran.pdf"
    digest = hashlib.sha256(content).hexdigest()
    with database.write(actor, Action.EDIT, kabkota, file=name) as session:
        side_of(session, key, kabkota)
        there = session.scalars(select(AttachmentRow.sha256).where(AttachmentRow.agreement_id == key)).all()
        if digest in there:
            raise EntryError("file", "there")
        if len(there) >= MOST_ATTACHMENTS:
            raise EntryError("file", "many")
        session.add(
            AttachmentRow(
                agreement_id=key, kabkota=kabkota, name=name, size=len(content), sha256=digest, content=content
            )
        )


def _pdf_problem(content: bytes) -> str:
    """Why bytes are not taken as a PDF: large, no_pdf, active; "" where they are."""
    if len(content) > MOST_BYTES:
        return "large"
    if not content.startswith((b"%PDF-1.", b"%PDF-2.")) or b"%%EOF" not in content[-1024:]:
        return "no_pdf"
    return "active" if any(word in content for word in _ACTIVE) else ""


def of_agreement(key: int) -> tuple[Attachment, ...]:
    """The PDFs of an agreement, without their content."""
    query = select(AttachmentRow).where(AttachmentRow.agreement_id == key).order_by(AttachmentRow.id)
    with database.read() as session:
        rows = session.scalars(query).all()
        return tuple(Attachment(row.id, row.kabkota, row.name, row.size, row.sha256) for row in rows)


def content_of(id_: int) -> bytes:
    """Content of a PDF, as it was attached; empty where there is none or its hash does not fit."""
    with database.read() as session:
        row = session.get(AttachmentRow, id_)
        content = row.content if row is not None else b""
        return content if row is not None and hashlib.sha256(content).hexdigest() == row.sha256 else b""
