"""The files for a meeting, made as chosen."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import date

from analysis.agreements.model import Agreement, Project
from data.tables import Dataset
from records.agreements import reading
from views.exports import formats
from views.language.words import Language, Words
from views.link.results import kept
from views.story.story import Request


@dataclass(frozen=True)
class Template:
    """A deck of the organisation whose layouts, logo and colours are used.

    Attributes
    ----------
    name : of the file
    content : of the PPTX
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class Wish:
    """What was asked for; equal wishes give equal files.

    Attributes
    ----------
    corridor : its id
    language : of the files
    sectors : ids of those that matter; empty for all
    kelurahan : kode of those that are described; empty for the neediest of each side
    kinds : of `views.exports.formats.FORMATS`
    template : of the deck, None for our own
    """

    corridor: str
    language: Language
    sectors: tuple[str, ...]
    kelurahan: tuple[str, ...]
    kinds: tuple[str, ...]
    template: Template | None = None


def request_of(
    data: Dataset, corridor: str, language: Language, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> Request:
    """What the files of a meeting are made from, with what offices have entered by now.

    Parameters
    ----------
    data : the data of the session
    corridor : its id
    language : of the files
    sectors : ids of those that matter; empty for all
    kelurahan : kode of those that are described; empty for the neediest of each side
    made : the day that is printed
    """
    entered = reading.of_sides(data.catalogue.corridors[corridor].sides)
    return _request(data, corridor, language, sectors, kelurahan, made, *entered)


@kept(32)
def _request(
    data: Dataset,
    corridor: str,
    language: Language,
    sectors: tuple[str, ...],
    kelurahan: tuple[str, ...],
    made: date,
    agreements: tuple[Agreement, ...],
    projects: tuple[Project, ...],
) -> Request:
    """The same for all files and for all who ask for it on a day, until somebody enters something."""
    border = data.catalogue.corridors[corridor]
    return Request(Words(language), data, border, made, sectors, kelurahan, agreements, projects)


def file_of(request: Request, kind: str, template: Template | None) -> dict[str, bytes]:
    """Name and content of one kind of file.

    Parameters
    ----------
    request : language, data, border and day
    kind : of `views.exports.formats.FORMATS`
    template : of the deck, None for our own

    Raises
    ------
    PackageError
        The template cannot be used.
    """
    if kind == "profil" and not request.kelurahan:
        request = replace(request, kelurahan=request.story.places)
    if kind == "pptx" and template is not None:
        from views.exports.deck import deck as deck_exports

        content = deck_exports.make(request.words, request.story, template.content)
    else:
        content = formats.FORMATS[kind].build(request)
    suffix = formats.FORMATS[kind].suffix
    return {f"tapal-{request.corridor.id}-{kind}-{request.words.language}.{suffix}": content}


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
