"""What every DOCX of Tapal is made of: its page, its letters, and the cells of its tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.minutes import clean
from views.language.words import Words

FAINT = RGBColor(0x57, 0x64, 0x6A)


def set_up(paper: Any, w: Words, title: str, made: date) -> None:
    """A4, one typeface, no name of a person or a program in the properties, page numbers at the foot.

    Parameters
    ----------
    paper : document of python-docx, changed in place
    w : language
    title : of the file
    made : the day that is printed
    """
    properties = paper.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments, properties.keywords, properties.subject = "", "", ""
    properties.created = properties.modified = datetime(made.year, made.month, made.day)  # noqa: DTZ001
    properties.language, properties.revision = w.language, 1
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    for name, size in (
        ("Normal", 10.5),
        ("Heading 1", 12.5),
        ("Title", 16),
        ("List Number", 10.5),
        ("List Bullet", 10.5),
    ):
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [k for k in fonts.attrib if k.endswith("Theme")]:
            del fonts.attrib[key]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), "Arial")
    paper.styles["Normal"].paragraph_format.space_after = Pt(4)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    faint(
        foot, w.t("Draf, dibuat {tanggal} dengan Tapal. Bukan acuan resmi batas wilayah.", tanggal=w.date(made)) + "  "
    )
    _field(foot, "PAGE")
    faint(foot, " / ")
    _field(foot, "NUMPAGES")


def faint(paragraph: Any, text: str) -> None:
    """Add small grey text, cleaned unless it is blank."""
    run = paragraph.add_run(clean(text) if text.strip() else text)
    run.font.size, run.font.color.rgb = Pt(8.5), FAINT


def _field(paragraph: Any, name: str) -> None:
    """Add a number that Word fills in."""
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(8.5), FAINT
    for kind, text in (("begin", None), (None, name), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def heading(paper: Any, text: str) -> None:
    """Add a heading."""
    paper.add_heading(clean(text), level=1)


def write_cell(cell: Any, text: str, *, bold: bool = False, size: float = 10.5) -> None:
    """Write text into a cell of a table.

    Parameters
    ----------
    cell : of a table of python-docx, still empty
    text : without characters that a document cannot hold
    bold : whether the letters are
    size : of the letters in points
    """
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def widths(grid: Any, millimetres: tuple[int, ...]) -> None:
    """Word reads the width of each cell, LibreOffice that of the columns."""
    grid.autofit = False
    for column, width in zip(grid.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
