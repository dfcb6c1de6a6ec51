"""Berita acara: a draft of minutes as DOCX, the same for both sides, and its decisions as a table (CSV)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import docx
import pandas as pd
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.minutes import Decision, Meeting, clean
from data.catalogue import Corridor
from data.tables import Dataset
from views.figures import captions
from views.language import cells
from views.language import names as language_names
from views.language.words import Words
from views.story.slide import Slide
from views.story.story import Request, Story

FINDINGS = (
    "penduduk",
    "kesenjangan",
    "peta",
    "bandingkan",
    "tetangga",
    "prioritas",
    "akses",
    "damkar",
    "lokasi",
    "biaya",
    "profil",
    "perjanjian",
    "batasan",
)
BLANK_ROWS = 5
BLANK_LINES = 3
FAINT = RGBColor(0x57, 0x64, 0x6A)
DECISION_COLUMNS = (
    "nomor",
    "rapat",
    "tempat",
    "tanggal_rapat",
    "koridor",
    "kode_para_pihak",
    "para_pihak",
    "keputusan",
    "pic",
    "tenggat",
    "kode_kelurahan",
    "kelurahan",
    "kabupaten_kota",
    "urusan",
    "terkait",
)
"""Columns of the table of decisions, in this order; dates are ISO 8601, para pihak are separated by semicolons."""


def build(request: Request) -> bytes:
    """A form with the findings of the corridor, in which meeting and decisions are still blank."""
    return draft(request, Meeting(), ())


def draft(request: Request, meeting: Meeting, decisions: Sequence[Decision]) -> bytes:
    """The draft; `meeting` and `decisions` have passed `analysis.minutes.check`, or are blank."""
    w, data, corridor, told, made = request.words, request.data, request.corridor, request.story, request.made
    paper = docx.Document()
    _set_up(paper, w, told, made)
    sides = [str(data.kabkota.at[s, "nama"]) for s in corridor.sides]
    _head(paper, w, corridor, sides, meeting)
    _agenda(paper, w, meeting)
    _findings(paper, w, told)
    _decisions(paper, w, data, decisions)
    _heading(paper, w.t("D. Catatan dan hal yang belum disepakati"))
    for _ in range(BLANK_LINES):
        paper.add_paragraph("…" * 48)
    _signatures(paper, w, sides)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def decision_rows(data: Dataset, corridor: Corridor, meeting: Meeting, decisions: Sequence[Decision]) -> pd.DataFrame:
    """One row a decision, `DECISION_COLUMNS`; the same in every language, for a register to take in."""
    sides = [str(data.kabkota.at[s, "nama"]) for s in corridor.sides]
    places = data.kelurahan
    rows = [
        (
            number,
            clean(meeting.name),
            clean(meeting.place),
            meeting.day.isoformat() if meeting.day else "",
            corridor.id,
            ";".join(corridor.sides),
            "; ".join(sides),
            clean(d.decision),
            clean(d.pic),
            d.due.isoformat() if d.due else "",
            d.kelurahan,
            str(places.at[d.kelurahan, "nama"]) if d.kelurahan in places.index else "",
            str(places.at[d.kelurahan, "kabkota"]) if d.kelurahan in places.index else "",
            d.sector,
            clean(d.related),
        )
        for number, d in enumerate(decisions, start=1)
    ]
    return pd.DataFrame(rows, columns=list(DECISION_COLUMNS))


def decisions_csv(data: Dataset, corridor: Corridor, meeting: Meeting, decisions: Sequence[Decision]) -> bytes:
    """The table of decisions as UTF-8 with a byte order mark, which Excel needs to read it."""
    return cells.csv_text(decision_rows(data, corridor, meeting, decisions)).encode("utf-8-sig")


def _set_up(paper: Any, w: Words, told: Story, made: date) -> None:
    """A4, one typeface, no name of a person or a program in the properties, page numbers at the foot."""
    properties = paper.core_properties
    properties.title, properties.author, properties.last_modified_by = w.t("Berita acara"), "", ""
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
    _faint(
        foot, w.t("Draf, dibuat {tanggal} dengan Tapal. Bukan acuan resmi batas wilayah.", tanggal=w.date(made)) + "  "
    )
    _field(foot, "PAGE")
    _faint(foot, " / ")
    _field(foot, "NUMPAGES")


def _faint(paragraph: Any, text: str, size: float = 8.5) -> None:
    run = paragraph.add_run(clean(text) if text.strip() else text)
    run.font.size, run.font.color.rgb = Pt(size), FAINT


def _field(paragraph: Any, name: str) -> None:
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(8.5), FAINT
    for kind, text in (("begin", None), (None, name), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _heading(paper: Any, text: str) -> None:
    paper.add_heading(clean(text), level=1)


def _head(paper: Any, w: Words, corridor: Corridor, sides: list[str], meeting: Meeting) -> None:
    title = paper.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(w.t("DRAF BERITA ACARA RAPAT"))
    basis = corridor.legal_basis
    rows = [
        (w.t("Rapat"), clean(meeting.name) or _blank()),
        (w.t("Tanggal"), w.date(meeting.day) if meeting.day else _blank()),
        (w.t("Tempat"), clean(meeting.place) or _blank()),
        (w.t("Para pihak"), "; ".join(sides)),
        (w.t("Koridor"), w.pick(corridor.title)),
        *([(w.t("Dasar garis batas"), basis.document)] if basis else []),
    ]
    grid = paper.add_table(rows=0, cols=2)
    for name, value in rows:
        row = grid.add_row().cells
        _cell(row[0], name, bold=True)
        _cell(row[1], value)
    _widths(grid, (38, 128))
    note = paper.add_paragraph()
    _faint(
        note,
        w.t(
            "Draf: belum berlaku sebelum dibaca, diperbaiki dan ditandatangani para pihak. Para pihak disebut menurut urutan koridor."
        ),
    )


def _blank() -> str:
    return "…" * 30


def _agenda(paper: Any, w: Words, meeting: Meeting) -> None:
    _heading(paper, w.t("A. Agenda"))
    for item in meeting.agenda or (_blank(),) * BLANK_LINES:
        paper.add_paragraph(clean(item), style="List Number")


def findings(told: Story) -> list[Slide]:
    """The slides whose sentences the minutes hold."""
    return [slide for name in FINDINGS if (slide := told.slide(name)) is not None]


def _findings(paper: Any, w: Words, told: Story) -> None:
    """Sentences of the pages, each with year and source."""
    _heading(paper, w.t("B. Temuan yang diperlihatkan"))
    for slide in findings(told):
        question = paper.add_paragraph()
        question.paragraph_format.keep_with_next = True
        question.add_run(clean(slide.title)).bold = True
        paper.add_paragraph(clean(slide.sentence))
        for point in _points(slide):
            paper.add_paragraph(clean(point), style="List Bullet")
        if slide.figure is not None:
            _faint(paper.add_paragraph(), captions.credit(w, slide.figure))
    for line in told.attribution:
        _faint(paper.add_paragraph(), line)


def _points(slide: Slide) -> tuple[str, ...]:
    """Further sentences; the unknown stands in full, since minutes outlive the screen, and no table is spoken of."""
    if slide.id == "batasan":
        return slide.notes
    return slide.points[:1] if slide.id == "tetangga" else slide.points


def _decisions(paper: Any, w: Words, data: Dataset, decisions: Sequence[Decision]) -> None:
    _heading(paper, w.t("C. Keputusan"))
    said = paper.add_paragraph()
    said.paragraph_format.keep_with_next = True
    _faint(said, w.t("Penanggung jawab adalah jabatan atau perangkat daerah, bukan nama orang."))
    heads = (
        w.t("No."),
        w.t("Keputusan"),
        w.t("Penanggung jawab (jabatan/perangkat daerah)"),
        w.t("Tenggat"),
        w.t("Kelurahan/desa dan urusan"),
        w.t("Indikator/PKS terkait"),
    )
    grid = paper.add_table(rows=1, cols=len(heads))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell, head in zip(grid.rows[0].cells, heads, strict=True):
        _cell(cell, head, bold=True, size=9)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    names = language_names.sector_names(w)
    places = data.kelurahan
    for number, d in enumerate(decisions, start=1):
        place = f"{places.at[d.kelurahan, 'nama']!s} ({places.at[d.kelurahan, 'kabkota']!s})" if d.kelurahan else ""
        texts = (
            w.number(number),
            d.decision,
            d.pic,
            w.date(d.due) if d.due else "",
            "; ".join(t for t in (place, names.get(d.sector, d.sector)) if t),
            d.related,
        )
        for cell, text in zip(grid.add_row().cells, texts, strict=True):
            _cell(cell, clean(text), size=9)
    for number in range(len(decisions), 0 if decisions else BLANK_ROWS):
        _cell(grid.add_row().cells[0], w.number(number + 1), size=9)
    for row in grid.rows:
        fixed = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(fixed)
    _widths(grid, (10, 54, 30, 24, 26, 22))


def _signatures(paper: Any, w: Words, sides: list[str]) -> None:
    """A block a side, all alike, left blank."""
    _heading(paper, w.t("E. Tanda tangan"))
    columns = 2
    grid = paper.add_table(rows=0, cols=columns)
    for start in range(0, len(sides), columns):
        row = grid.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, name in zip(row.cells, sides[start : start + columns], strict=False):
            _cell(cell, w.t("Untuk {pihak}", pihak=name), bold=True)
            cell.add_paragraph(w.t("Jabatan:") + " " + "…" * 16)
            for _ in range(2):
                cell.add_paragraph()
            cell.add_paragraph(w.t("Tanda tangan:") + " " + "…" * 13)
            cell.add_paragraph(w.t("Nama:") + " " + "…" * 17)
    _widths(grid, (83, 83))


def _cell(cell: Any, text: str, *, bold: bool = False, size: float = 10.5) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def _widths(grid: Any, millimetres: tuple[int, ...]) -> None:
    """Word reads the width of each cell, LibreOffice that of the columns."""
    grid.autofit = False
    for column, width in zip(grid.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
