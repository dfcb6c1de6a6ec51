"""Tagged PDF: reportlab draws, and this layer says what each piece is, so that a screen reader can follow it.

reportlab 5 writes no structure of its own. Every piece of content here stands between BDC and EMC with a number of its
page (MCID); a tree of elements under the catalogue's StructTreeRoot holds these numbers in reading order
(ISO 32000-1, 14.7 and 14.8). What is no content, such as lines and page numbers, is marked as an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from views.exports.pdf import lettering
from views.figures.specs import Legend, Table
from views.language.words import Language

INK, QUIET, PALE, RULE = HexColor("#1c2426"), HexColor("#5a6669"), HexColor("#f1f4f4"), HexColor("#8a9496")
MARGIN = 16 * mm
FOOT = 15 * mm
WIDTH = A4[0] - 2 * MARGIN
PAD = 2.2

Tag = Literal["Document", "H1", "H2", "P", "L", "LI", "LBody", "Figure", "Table", "TR", "TH", "TD", "Sect"]

__all__ = ["WIDTH", "Paper"]


@dataclass
class _Element:
    """A node of the structure: its children are elements, or (page, MCID) of marked content."""

    tag: Tag
    alt: str = ""
    kids: list[_Element | tuple[int, int]] = field(default_factory=list)


class Paper:
    """A4 pages that fill from the top; every method places one piece and tags it.

    Parameters
    ----------
    title : of the document, in its metadata too
    made : the day in the metadata
    foot : stands at the foot of every page
    """

    def __init__(self, title: str, language: Language, made: date, foot: str) -> None:
        lettering.register()
        self._buffer = BytesIO()
        self._canvas = Canvas(
            self._buffer, pagesize=A4, invariant=1, initialFontName=lettering.REGULAR, lang=language, pageCompression=1
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Tapal")
        self._canvas.setCreator("Tapal")
        self._canvas.setProducer("Tapal")
        self._canvas.setSubject(foot)
        stamp = self._canvas._doc._timeStamp
        stamp.YMDhms = (made.year, made.month, made.day, 0, 0, 0)
        self._foot = foot
        self._root = _Element("Document")
        self._open = [self._root]
        self._counts = [0]
        self.pages = 1
        self.y = A4[1] - MARGIN

    # --- structure

    @contextmanager
    def element(self, tag: Tag, alt: str = "") -> Iterator[None]:
        """Everything placed inside belongs to this element."""
        node = _Element(tag, alt)
        self._open[-1].kids.append(node)
        self._open.append(node)
        try:
            yield
        finally:
            self._open.pop()

    @contextmanager
    def _content(self) -> Iterator[None]:
        """What is drawn inside is content of the open element."""
        number = self._counts[-1]
        self._counts[-1] += 1
        node = self._open[-1]
        node.kids.append((self.pages - 1, number))
        self._canvas._code.append(f"/{node.tag} <</MCID {number}>> BDC")
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def _artifact(self) -> Iterator[None]:
        self._canvas._code.append("/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    # --- pieces

    def room(self) -> float:
        """Height that is left on this page, in points."""
        return float(self.y - FOOT - 4)

    def need(self, height: float) -> None:
        """Begin a new page where so much does not fit; never two in a row."""
        if height > self.room() and self.y < A4[1] - MARGIN - 1:
            self._end_page()

    def gap(self, height: float) -> None:
        self.y -= height

    def heading(self, text: str, level: Literal[1, 2], size: float, keep: float = 60) -> None:
        """A heading that never stands alone at the foot of a page."""
        style = _style(size, bold=True)
        self.need(self._height(text, style, WIDTH) + keep)
        with self.element("H1" if level == 1 else "H2"):
            self._paragraph(text, style, MARGIN, WIDTH)
        self.gap(size * 0.25)

    def paragraph(
        self,
        text: str,
        size: float = 9.5,
        *,
        bold: bool = False,
        quiet: bool = False,
        left: float = 0.0,
        width: float = WIDTH,
    ) -> None:
        style = _style(size, bold=bold, quiet=quiet)
        self.need(self._height(text, style, width))
        with self.element("P"):
            self._paragraph(text, style, MARGIN + left, width)
        self.gap(size * 0.35)

    def bullets(self, texts: Sequence[str], size: float = 9.0, *, left: float = 0.0, width: float = WIDTH) -> None:
        if not texts:
            return
        style = _style(size)
        with self.element("L"):
            for text in texts:
                self.need(self._height(text, style, width - 10))
                with self.element("LI"), self.element("LBody"):
                    with self._artifact():
                        self._canvas.setFillColor(QUIET)
                        self._canvas.circle(MARGIN + left + 3, self.y - size * 0.68, 1.3, stroke=0, fill=1)
                    self._paragraph(text, style, MARGIN + left + 10, width - 10)
        self.gap(size * 0.35)

    def fits(self, text: str, size: float) -> bool:
        """Whether an item of a list still fits on this page."""
        return self._height(text, _style(size), WIDTH - 10) + size < self.room()

    def image(self, content: bytes, alt: str, width: float, height: float, left: float = 0.0) -> None:
        """A picture with its words; `left` from the margin; the cursor moves below it. No content: room for one."""
        self.need(height)
        with self.element("Figure", alt), self._content():
            if content:
                place = (MARGIN + left, self.y - height, width, height)
                self._canvas.drawImage(ImageReader(BytesIO(content)), *place)
        self.gap(height + 3)

    def table(
        self, table: Table, size: float = 7.8, width: float = WIDTH, left: float = 0.0, smallest: float = 6.0
    ) -> None:
        """A table with heading cells; it goes on over the page with its head repeated for the eye."""
        rows = [table.columns, *table.rows]
        widths = lettering.columns(rows, width, size, 2 * PAD + 1)
        while sum(widths) > width + 0.5 and size > smallest:
            size -= 0.2
            widths = lettering.columns(rows, width, size, 2 * PAD + 1)
        self._grid(rows, widths, size, left, set(table.numeric), table.alt)

    def legend(self, legend: Legend, size: float = 7.5, width: float = WIDTH, left: float = 0.0, alt: str = "") -> None:
        """Classes with colour and counts; hatched where nothing is known."""
        rows = [("", "", *legend.heads), *(("", entry.label, *entry.counts) for entry in legend.entries)]
        widths = _legend_widths(rows, width, size)
        while sum(widths) > width + 0.5 and size > 5.0:
            size -= 0.2
            widths = _legend_widths(rows, width, size)
        colors = [None, *legend.entries]
        self._grid(rows, widths, size, left, set(range(2, len(widths))), alt, colors)

    def _grid(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        size: float,
        left: float,
        numeric: set[int],
        alt: str,
        colors: Sequence[Any] = (),
    ) -> None:
        styles = [(_style(size, bold=head), _style(size, bold=head, right=True)) for head in (True, False)]
        heights = [
            max(
                self._height(text, styles[min(1, number)][0], width - 2 * PAD)
                for text, width in zip(cells, widths, strict=True)
            )
            + 2 * PAD
            for number, cells in enumerate(rows)
        ]
        self.need(sum(heights[:3]))
        with self.element("Table", alt):
            for number, (cells, tall) in enumerate(zip(rows, heights, strict=True)):
                if tall > self.room():
                    self._end_page()
                    self._row(rows[0], widths, heights[0], left, numeric, styles[0], None, True, repeated=True)
                color = colors[number] if number < len(colors) else None
                self._row(cells, widths, tall, left, numeric, styles[min(1, number)], color, number == 0)
        self.gap(4)

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        tall: float,
        left: float,
        numeric: set[int],
        styles: tuple[ParagraphStyle, ParagraphStyle],
        entry: Any,
        head: bool,
        repeated: bool = False,
    ) -> None:
        top = self.y
        x = MARGIN + left
        with self._artifact():
            if head:
                self._canvas.setFillColor(PALE)
                self._canvas.rect(x, top - tall, sum(widths), tall, stroke=0, fill=1)
            self._canvas.setStrokeColor(RULE)
            self._canvas.setLineWidth(0.4)
            self._canvas.line(x, top - tall, x + sum(widths), top - tall)
            if entry is not None:
                self._swatch(entry.color, x + PAD, top - tall + PAD, widths[0] - 2 * PAD, tall - 2 * PAD)
        if repeated:
            with self._artifact():
                self._cells(cells, widths, x, top, numeric, styles, None)
        else:
            with self.element("TR"):
                self._cells(cells, widths, x, top, numeric, styles, "TH" if head else "TD")
        self.y = top - tall

    def _cells(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        x: float,
        top: float,
        numeric: set[int],
        styles: tuple[ParagraphStyle, ParagraphStyle],
        tag: Tag | None,
    ) -> None:
        for position, (text, width) in enumerate(zip(cells, widths, strict=True)):
            self.y = top - PAD
            style = styles[int(position in numeric)]
            if tag is None:
                self._ink(text, style, x + PAD, width - 2 * PAD)
            else:
                with self.element(tag):
                    self._paragraph(text, style, x + PAD, width - 2 * PAD)
            x += width

    def _swatch(self, color: str | None, x: float, y: float, width: float, height: float) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.4)
        canvas.setFillColor(HexColor(color or "#ffffff"))
        canvas.rect(x, y, width, height, stroke=1, fill=1)
        if color is None:
            clip = canvas.beginPath()
            clip.rect(x, y, width, height)
            canvas.clipPath(clip, stroke=0, fill=0)
            step = 3.0
            offset = -height
            while offset < width:
                canvas.line(x + offset, y, x + offset + height, y + height)
                offset += step
        canvas.restoreState()

    def _height(self, text: str, style: ParagraphStyle, width: float) -> float:
        return float(Paragraph(escape(text), style).wrap(max(width, 4), 10_000)[1])

    def _paragraph(self, text: str, style: ParagraphStyle, x: float, width: float) -> None:
        with self._content():
            self._ink(text, style, x, width)

    def _ink(self, text: str, style: ParagraphStyle, x: float, width: float) -> None:
        paragraph = Paragraph(escape(text), style)
        _, height = paragraph.wrapOn(self._canvas, max(width, 4), 10_000)
        paragraph.drawOn(self._canvas, x, self.y - height)
        self.y -= height

    # --- pages and file

    def _end_page(self) -> None:
        self._draw_foot()
        self._canvas.showPage()
        self.pages += 1
        self._counts.append(0)
        self.y = A4[1] - MARGIN

    def _draw_foot(self) -> None:
        with self._artifact():
            canvas = self._canvas
            canvas.setFont(lettering.REGULAR, 7)
            canvas.setFillColor(QUIET)
            canvas.drawString(MARGIN, 9 * mm, self._foot)
            canvas.drawRightString(A4[0] - MARGIN, 9 * mm, str(self.pages))

    def finish(self) -> bytes:
        """The whole file, with its structure."""
        self._draw_foot()
        self._canvas.showPage()
        doc = self._canvas._doc
        sheets = list(doc.Pages.pages)
        pages = [doc.Reference(sheet) for sheet in sheets]
        parents: list[list[Any]] = [[None] * count for count in self._counts]
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        root_reference = doc.Reference(root)
        root.dict["K"] = PDFArray([self._written(self._root, root_reference, pages, parents)])
        numbers: list[Any] = []
        for index, found in enumerate(parents):
            numbers += [index, doc.Reference(PDFArray(found))]
            page = sheets[index]
            page.__dict__["__NoDefault__"] = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = index
            page.Tabs = PDFName("S")
        root.dict["ParentTree"] = doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        root.dict["ParentTreeNextKey"] = len(parents)
        doc.Catalog.StructTreeRoot = root
        doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._canvas.save()
        return self._buffer.getvalue()

    def _written(self, node: _Element, parent: Any, pages: list[Any], parents: list[list[Any]]) -> Any:
        """The PDF object of an element and of all below it."""
        doc = self._canvas._doc
        entry = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(node.tag), "P": parent})
        if node.alt:
            entry.dict["Alt"] = PDFString(node.alt)
        if node.tag == "TH":
            entry.dict["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        reference = doc.Reference(entry)
        kids: list[Any] = []
        for kid in node.kids:
            if isinstance(kid, _Element):
                kids.append(self._written(kid, reference, pages, parents))
            else:
                page, number = kid
                parents[page][number] = reference
                kids.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": pages[page], "MCID": number}))
        entry.dict["K"] = PDFArray(kids)
        return reference


def _style(size: float, *, bold: bool = False, quiet: bool = False, right: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}-{bold}-{quiet}-{right}",
        fontName=lettering.BOLD if bold else lettering.REGULAR,
        fontSize=size,
        leading=size * lettering.LEADING,
        textColor=QUIET if quiet else INK,
        alignment=TA_RIGHT if right else 0,
        splitLongWords=True,
    )


def _legend_widths(rows: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """Colour, a quarter for what it means, and the rest for the counts."""
    colour, meaning = 18.0, width * 0.26
    return [colour, meaning, *lettering.columns([row[2:] for row in rows], width - colour - meaning, size, 2 * PAD + 1)]
