"""What is asked of a deck template that an organisation brings, before and while a deck is made of it.

Reasons to refuse one: besar, padat, bentuk and entitas of `data.intake.packages`; makro, tertanam, media and asing (a
part that no template needs); luar (it fetches something); ukuran, tata_letak and catatan (what a deck is built on is
missing); berat and sibuk (the bounds of `data.intake.guards`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from pptx.util import Inches

from data.intake.guards import GuardError, run
from data.intake.packages import Bounds, Package, PackageError, look_into
from views.exports.deck.template import emptied, impersonal, plainest, saved

P = ParamSpec("P")
R = TypeVar("R")

BOUNDS = Bounds()
MEGABYTES, SECONDS = 350, 10
# Inches of a side of a slide; PowerPoint itself allows 1 to 56, on less than 5 no sentence of ours has room.
SMALLEST, LARGEST = 5, 56

_OFFICE = "application/vnd.openxmlformats-officedocument."
PARTS = frozenset(
    {_OFFICE + f"presentationml.{name}+xml" for name in (
        "presentation.main", "slidemaster", "slidelayout", "slide", "notesmaster", "notesslide", "handoutmaster",
        "presprops", "viewprops", "tablestyles", "tags", "commentauthors", "comments", "slideupdateinfo",
    )}
    | {_OFFICE + f"{name}+xml" for name in (
        "theme", "themeoverride", "extended-properties", "custom-properties", "customxmlproperties",
        "drawingml.chart", "drawingml.chartshapes", "drawingml.diagramdata", "drawingml.diagramlayout",
        "drawingml.diagramstyle", "drawingml.diagramcolors",
    )}
    | {f"application/vnd.ms-office.{name}+xml" for name in (
        "chartstyle", "chartcolorstyle", "drawingml.diagramdrawing", "classificationlabels",
    )}
    | {f"application/vnd.ms-powerpoint.{name}+xml" for name in ("changesinfo", "revisioninfo", "authors", "comments")}
    | {f"image/{name}" for name in (
        "png", "jpeg", "jpg", "gif", "bmp", "tiff", "svg+xml", "x-emf", "emf", "x-wmf", "wmf", "vnd.ms-photo", "webp",
    )}
    | {
        "application/xml", "application/vnd.openxmlformats-package.relationships+xml",
        "application/vnd.openxmlformats-package.core-properties+xml", "application/x-fontdata",
        _OFFICE + "presentationml.printersettings", _OFFICE + "obfuscatedfont",
    }
)  # fmt: skip
RELATIONS = frozenset({
    "officedocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "slidemaster",
    "slidelayout", "slide", "notesmaster", "notesslide", "handoutmaster", "theme", "themeoverride", "presprops",
    "viewprops", "tablestyles", "tags", "commentauthors", "comments", "authors", "slideupdateinfo", "printersettings",
    "image", "hdphoto", "hyperlink", "font", "customxml", "customxmlprops", "chart", "chartusershapes", "chartstyle",
    "chartcolorstyle", "diagramdata", "diagramlayout", "diagramquickstyle", "diagramcolors", "diagramdrawing",
    "changesinfo", "revisioninfo", "classificationlabels",
})  # fmt: skip
BASES = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/")
# What a part that is not on the lists is called, by a word in its content type (or name, without one) or relation.
NAMED = {
    "makro": ("vba", "macro", "activex", "control"),
    "tertanam": ("oleobject", "package", "spreadsheetml", "wordprocessingml", "presentationml.presentation"),
    "media": ("audio", "video", "media"),
}
LINKS = ("http", "https", "mailto")


def check_template(content: bytes) -> None:
    """Refuse what is no plain PPTX of modest size on which a deck can be built; a child process looks at it.

    Raises
    ------
    PackageError
        The template is refused; its code is one of those above.
    """
    if len(content) > BOUNDS.packed:
        raise PackageError("besar")
    in_child(MEGABYTES, SECONDS, check, content)


def in_child(megabytes: int, seconds: int, function: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Run something on a template within bounds; a bound that is reached speaks of the template.

    Parameters
    ----------
    megabytes, seconds : address space and time of the child process, at most
    function : called in it with the further arguments

    Raises
    ------
    PackageError
        A bound is reached, no child process is free, or the function refuses the template.
    """
    try:
        return run(megabytes, seconds, function, *arguments, **named)
    except GuardError as error:
        raise PackageError({"busy": "sibuk", "died": "bentuk"}.get(error.reason, "berat")) from error


def check(content: bytes) -> None:
    """Refuse a template as `check_template` does, in this process.

    Raises
    ------
    PackageError
        The template is refused.
    """
    with as_package_error():
        _only_known(look_into(content, BOUNDS))
        deck = emptied(content)
        for side in (deck.slide_width, deck.slide_height):
            if side is None or not Inches(SMALLEST) <= side <= Inches(LARGEST):
                raise PackageError("ukuran")
        # What the deck does on every slide, done once.
        page = deck.slides.add_slide(plainest(deck))
        page.shapes.title.text_frame.text = "Tapal"
        page.shapes.add_textbox(0, 0, 1, 1).text_frame.text = "Tapal"
        if page.notes_slide.notes_text_frame is None:
            raise PackageError("catatan")
        impersonal(deck, "Tapal", date(2026, 1, 1))
        saved(deck)


@contextmanager
def as_package_error() -> Iterator[None]:
    """Whatever a file that passed the lists makes a library raise, it cannot be used."""
    try:
        yield
    except (PackageError, MemoryError):
        raise
    except Exception as error:
        raise PackageError("bentuk") from error


def _only_known(package: Package) -> None:
    """Refuse every part and relation that is not on the lists, and what would be fetched from elsewhere."""
    for part, kind in package.types.items():
        if kind not in PARTS:
            raise PackageError(_named(kind or part.lower()), part)
    for relation in package.relations:
        kind = relation.type.lower()
        last = kind.rpartition("/")[2]
        link = last == "hyperlink" and urlsplit(relation.target.strip()).scheme.lower() in LINKS
        if relation.external and not link:
            raise PackageError("luar", relation.part)
        if last not in RELATIONS or not kind.startswith(BASES):
            raise PackageError(_named(last), relation.part)


def _named(kind: str) -> str:
    return next((code for code, words in NAMED.items() if any(word in kind for word in words)), "asing")
