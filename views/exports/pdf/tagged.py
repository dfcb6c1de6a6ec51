"""Tagged PDF (PDF/UA-1): pieces are gathered here, and typst sets them by paper.typ, with structure, fonts and order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from views.exports.pdf import lettering
from views.figures.specs import Legend, Table
from views.language.words import Language

MM = 72 / 25.4
WIDTH = (210 - 2 * 16) * MM
PADDING = 5.4
TEMPLATE = Path(__file__).with_name("paper.typ")
KEPT_FILES = 10


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with matplotlib and no others, so that every machine makes the same file."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(lettering.FOLDER)])


def forget() -> None:
    """Let go of what typst has kept of earlier layouts, up to a hundred megabytes; the next file needs none of it.

    It drops what none of its last ten files has used, and is asked for nothing but files.
    """
    for _ in range(KEPT_FILES + 1):
        typst.compile(b"", format="svg", font_paths=_fonts())


class Paper:
    """A4 pages that fill from the top; every method adds one piece. Sizes of letters and lengths are in points.

    Parameters
    ----------
    title : of the document, in its metadata too
    language : that a screen reader reads it in
    made : the day in the metadata
    foot : stands at the foot of every page
    """

    def __init__(self, title: str, language: Language, made: date, foot: str) -> None:
        self._made = made
        self._pieces: list[dict[str, Any]] = []
        self._paper = {
            "title": title,
            "language": language,
            "made": {"year": made.year, "month": made.month, "day": made.day},
            "foot": foot,
            "pieces": self._pieces,
        }

    def _add(self, kind: str, **fields: Any) -> None:
        self._pieces.append({"kind": kind, **fields})

    @contextmanager
    def _inside(self, kind: str, **fields: Any) -> Iterator[None]:
        outer, self._pieces = self._pieces, []
        yield
        outer.append({"kind": kind, "pieces": self._pieces, **fields})
        self._pieces = outer

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is added inside stays on one page."""
        with self._inside("together"):
            yield

    @contextmanager
    def beside(self) -> Iterator[None]:
        """What is added inside stands beside the picture that was added last."""
        with self._inside("beside", picture=self._pieces.pop()):
            yield

    def heading(self, text: str, level: Literal[1, 2], size: float) -> None:
        """A heading that never stands alone at the foot of a page.

        Parameters
        ----------
        text : of the heading
        level : 1 for the page, 2 for a part of it
        size : of the letters
        """
        self._add("heading", text=text, level=level, size=size)

    def paragraph(
        self, text: str, size: float = 9.5, *, bold: bool = False, quiet: bool = False, sticky: bool = False
    ) -> None:
        """A paragraph; a sticky one stays with what follows.

        Parameters
        ----------
        text : of the paragraph
        size : of the letters
        bold, quiet, sticky : whether it is bold, is grey, stays with what follows
        """
        weight = "bold" if bold else "regular"
        self._add("paragraph", text=text, size=size, weight=weight, quiet=quiet, sticky=sticky)

    def bullets(self, texts: Sequence[str], size: float = 9.0) -> None:
        """A list, if it has items."""
        if texts:
            self._add("bullets", texts=list(texts), size=size)

    def notes(self, title: str, texts: Sequence[str], rest: str, size: float) -> None:
        """As many items of a list as this page holds, and `rest` where it does not hold all.

        Parameters
        ----------
        title : heading of the list
        texts : its items, the most important first
        rest : where the others stand
        size : of the letters
        """
        self._add("notes", title=title, texts=list(texts), rest=rest, size=size)

    def picture(self, svg: str, alt: str, width: float, height: float) -> None:
        """A picture with its words; an empty one leaves room for it.

        Parameters
        ----------
        svg : the drawing, "" for an empty space
        alt : what it shows, for those who hear the page
        width, height : of the space that it takes
        """
        self._add("picture", svg=svg, alt=alt, width=width, height=height)

    def table(self, table: Table, size: float = 7.8, smallest: float = 6.0) -> None:
        """A table with heading cells; where it goes on over the page they come again.

        Parameters
        ----------
        table : finished cells
        size : of the letters, where the columns have room
        smallest : size below which the letters do not shrink to make room
        """
        self._table([table.columns, *table.rows], size, smallest, table.numeric, table.alt)

    def legend(self, legend: Legend, size: float, caption: str) -> None:
        """Classes with colour and counts, hatched where nothing is known, then the signs.

        Parameters
        ----------
        legend : classes and signs
        size : of the letters, where the columns have room
        caption : what it is, for those who hear the page
        """
        none = ("",) * len(legend.heads)
        rows = [("", *legend.heads), *((entry.label, *(entry.counts or none)) for entry in legend.entries)]
        colors = [entry.glyph or (None if entry.sign else entry.color) for entry in legend.entries]
        self._table(rows, size, 5.0, range(1, len(rows[0])), caption, colors)

    def _table(
        self,
        rows: Sequence[Sequence[str]],
        size: float,
        smallest: float,
        numeric: Sequence[int],
        caption: str,
        colors: Sequence[str | None] = (),
    ) -> None:
        # Beside colours, which need a column of their own, a quarter is for what they mean.
        fixed = [18.0, 0.26 * WIDTH] if colors else []
        flowing, room = [row[1:] if colors else row for row in rows], WIDTH - sum(fixed)
        widths = lettering.columns(flowing, room, size, PADDING)
        while sum(widths) > room + 0.5 and size > smallest:
            size -= 0.2
            widths = lettering.columns(flowing, room, size, PADDING)
        head, *body = ([*row] for row in rows)
        self._add(
            "table",
            head=head,
            rows=body,
            widths=fixed + widths,
            size=size,
            numeric=list(numeric),
            caption=caption,
            colors=list(colors),
        )

    def _given(self) -> dict[str, Any]:
        return {"input": str(TEMPLATE), "font_paths": _fonts(), "sys_inputs": {"paper": json.dumps(self._paper)}}

    def pages(self) -> int:
        """How many pages there are."""
        return int(typst.query(selector="<pages>", field="value", one=True, **self._given()))

    def finish(self) -> bytes:
        """The whole file; the same pieces give the same bytes."""
        made = datetime(self._made.year, self._made.month, self._made.day, tzinfo=UTC)
        file = typst.compile(format="pdf", pdf_standards=["ua-1"], timestamp=made, **self._given())
        assert isinstance(file, bytes)
        forget()
        return file
