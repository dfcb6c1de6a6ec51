"""Every kind of file that a corridor can become: what its name ends in, and what builds it.

A builder takes a request and gives a whole file. What draws and writes takes seconds to import, so it is brought in when
a file is built and not before.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from views.story.story import Request


Builder = Callable[["Request"], bytes]

PICTURE = (254.0, 171.0)


@dataclass(frozen=True)
class Kind:
    """How one kind of file is made.

    Attributes
    ----------
    suffix : what the name of the file ends in, without the dot
    build : makes the whole file from a request
    """

    suffix: str
    build: Builder


def _deck(request: Request) -> bytes:
    from views.exports.deck import deck as deck_exports

    return deck_exports.make(request.words, request.story)


def _brief(request: Request) -> bytes:
    from views.exports.pdf import brief as pdf_brief

    return pdf_brief.make(request.words, request.story)


def _profiles(request: Request) -> bytes:
    from views.exports.pdf import profile as pdf_profile

    return pdf_profile.build_all(request)


def _workbook(request: Request) -> bytes:
    from views.exports.files import workbook as files_workbook

    return files_workbook.build(request)


def _geopackage(request: Request) -> bytes:
    from views.exports.files import geopackage as files_geopackage

    return files_geopackage.build(request)


def _offline(request: Request) -> bytes:
    from views.exports.files import offline as files_offline

    return files_offline.build(request)


def _minutes(request: Request) -> bytes:
    from views.exports.files import minutes as files_minutes

    return files_minutes.build(request)


def _pictures(request: Request) -> bytes:
    """Every figure of the story as PNG, in one ZIP."""
    from views.paper.picture import picture

    made = request.made
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for number, slide in enumerate((*request.story.slides, *request.story.annex), 1):
            if slide.figure is not None:
                entry = zipfile.ZipInfo(f"{number:02d}-{slide.id}.png", (made.year, made.month, made.day, 0, 0, 0))
                archive.writestr(entry, picture(slide.figure, "png", PICTURE))
    return buffer.getvalue()


FORMATS: Mapping[str, Kind] = {
    "pptx": Kind("pptx", _deck),
    "pdf": Kind("pdf", _brief),
    "profil": Kind("zip", _profiles),
    "xlsx": Kind("xlsx", _workbook),
    "gpkg": Kind("gpkg", _geopackage),
    "html": Kind("html", _offline),
    "png": Kind("zip", _pictures),
    "docx": Kind("docx", _minutes),
}
"""By id, in the order in which they are offered."""
