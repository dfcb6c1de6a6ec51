"""Every kind of file that a corridor can become: what its name ends in, and what builds it.

All builders take words, data, corridor, sectors, kelurahan and the day that is printed, and give a whole file. What
draws and writes takes seconds to import, so it is brought in when a file is built and not before.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from data.catalogue import Corridor
from data.tables import Dataset
from views.language.words import Words

Builder = Callable[[Words, Dataset, Corridor, tuple[str, ...], tuple[str, ...], date], bytes]
"""Takes ids of sectors (() for all), kode of the kelurahan that are marked or described (() for none), and the day;
raises ValueError where a kelurahan does not lie in the corridor."""

PICTURE = (254.0, 171.0)

__all__ = ["FORMATS", "Builder", "Kind"]


@dataclass(frozen=True)
class Kind:
    """How one kind of file is made."""

    suffix: str
    build: Builder


def _deck(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.deck import deck as deck_exports

    return deck_exports.build(w, data, corridor, sectors, kelurahan, made)


def _brief(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.pdf import brief as pdf_brief

    return pdf_brief.build(w, data, corridor, sectors, kelurahan, made)


def _profiles(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.pdf import profile as pdf_profile

    return pdf_profile.build_all(w, data, corridor, made, kelurahan)


def _workbook(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.files import workbook as files_workbook

    return files_workbook.build(w, data, corridor, sectors, kelurahan, made)


def _geopackage(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.files import geopackage as files_geopackage

    return files_geopackage.build(w, data, corridor, sectors, kelurahan, made)


def _offline(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.files import offline as files_offline

    return files_offline.build(w, data, corridor, sectors, kelurahan, made)


def _minutes(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    from views.exports.files import minutes as files_minutes

    return files_minutes.build(w, data, corridor, sectors, kelurahan, made)


def _pictures(
    w: Words, data: Dataset, corridor: Corridor, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> bytes:
    """Every figure of the story as PNG, in one ZIP."""
    from views.paper.picture import picture
    from views.story import story

    told = story.tell(w, data, corridor, sectors, kelurahan, made)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for number, slide in enumerate(told.slides, 1):
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
