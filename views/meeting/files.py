"""The files for a meeting, made as chosen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from views.exports import formats
from views.language.words import Language
from views.link.session import Session
from views.story import story


@dataclass(frozen=True)
class Template:
    """A deck of the organisation whose layouts, logo and colours are used."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Wish:
    """What was asked for; equal wishes give equal files."""

    corridor: str
    language: Language
    sectors: tuple[str, ...]
    kelurahan: tuple[str, ...]
    kinds: tuple[str, ...]
    template: Template | None = None


def file_of(now: Session, wish: Wish, kind: str, made: date) -> dict[str, bytes]:
    """Name and content of one kind of file."""
    entry, places = formats.FORMATS[kind], wish.kelurahan
    if kind == "profil" and not places:
        places = story.tell(now.words, now.data, now.corridor, wish.sectors, (), made).places
    if kind == "pptx" and wish.template is not None:
        from views.exports.deck import deck as deck_exports

        content = deck_exports.build(
            now.words, now.data, now.corridor, wish.sectors, places, made, wish.template.content
        )
    else:
        content = entry.build(now.words, now.data, now.corridor, wish.sectors, places, made)
    return {f"tapal-{wish.corridor}-{kind}-{wish.language}.{entry.suffix}": content}


def together(files: dict[str, bytes]) -> bytes:
    """All files as one ZIP, what is itself a ZIP as a folder; the entries carry no time of this machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            for path, part in _parts(name, content):
                archive.writestr(zipfile.ZipInfo(path, (2000, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _parts(name: str, content: bytes) -> list[tuple[str, bytes]]:
    folder, _, suffix = name.rpartition(".")
    if suffix != "zip":
        return [(name, content)]
    with zipfile.ZipFile(io.BytesIO(content)) as inner:
        return [(f"{folder}/{entry}", inner.read(entry)) for entry in inner.namelist()]


def usual(kinds: Sequence[str]) -> list[str]:
    """What most meetings need."""
    return [k for k in kinds if k in ("pptx", "pdf", "xlsx", "gpkg", "html")]
