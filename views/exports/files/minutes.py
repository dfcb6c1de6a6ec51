"""Berita acara: a draft of minutes as DOCX, the same for both sides, and its decisions as a table (CSV)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import pandas as pd
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from analysis.minutes import Decision, Meeting, clean
from data.catalogue import Corridor
from data.tables import Dataset
from views.exports.files.document import faint, heading, set_up, widths, write_cell
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
    """The draft of the minutes.

    Parameters
    ----------
    request : language, data, border and day, and the story whose findings it holds
    meeting, decisions : have passed `analysis.minutes.check`, or are blank
    """
    w, data, corridor, told, made = request.words, request.data, request.corridor, request.story, request.made
    paper = docx.Document()
    set_up(paper, w, w.t("Berita acara"), made)
    sides = [str(data.kabkota.at[s, "nama"]) for s in corridor.sides]
    _head(paper, w, corridor, sides, meeting)
    _agenda(paper, w, meeting)
    _findings(paper, w, told)
    _decisions(paper, w, data, decisions)
    heading(paper, w.t("D. Catatan dan hal yang belum disepakati"))
    for _ in range(BLANK_LINES):
        paper.add_paragraph("…" * 48)
    _signatures(paper, w, sides)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _decision_rows(data: Dataset, corridor: Corridor, meeting: Meeting, decisions: Sequence[Decision]) -> pd.DataFrame:
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
    """The table of decisions as UTF-8 with a byte order mark, which Excel needs to read it.

    Parameters
    ----------
    data, corridor : data and the border
    meeting, decisions : have passed `analysis.minutes.check`
    """
    return cells.csv_text(_decision_rows(data, corridor, meeting, decisions)).encode("utf-8-sig")


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
        write_cell(row[0], name, bold=True)
        write_cell(row[1], value)
    widths(grid, (38, 128))
    note = paper.add_paragraph()
    faint(
        note,
        w.t(
            "Draf: belum berlaku sebelum dibaca, diperbaiki dan ditandatangani para pihak. Para pihak disebut menurut urutan koridor."
        ),
    )


def _blank() -> str:
    return "…" * 30


def _agenda(paper: Any, w: Words, meeting: Meeting) -> None:
    heading(paper, w.t("A. Agenda"))
    for item in meeting.agenda or (_blank(),) * BLANK_LINES:
        paper.add_paragraph(clean(item), style="List Number")


def findings(told: Story) -> list[Slide]:
    """The slides whose sentences the minutes hold."""
    return [slide for name in FINDINGS if (slide := told.slide(name)) is not None]


def _findings(paper: Any, w: Words, told: Story) -> None:
    """Sentences of the pages, each with year and source."""
    heading(paper, w.t("B. Temuan yang diperlihatkan"))
    for slide in findings(told):
        question = paper.add_paragraph()
        question.paragraph_format.keep_with_next = True
        question.add_run(clean(slide.title)).bold = True
        paper.add_paragraph(clean(slide.sentence))
        for point in _points(slide):
            paper.add_paragraph(clean(point), style="List Bullet")
        if slide.figure is not None:
            faint(paper.add_paragraph(), captions.credit(w, slide.figure))
    for line in told.attribution:
        faint(paper.add_paragraph(), line)


def _points(slide: Slide) -> tuple[str, ...]:
    """Further sentences; the unknown stands in full, since minutes outlive the screen, and no table is spoken of."""
    if slide.id == "batasan":
        return slide.notes
    return slide.points[:1] if slide.id == "tetangga" else slide.points


def _decisions(paper: Any, w: Words, data: Dataset, decisions: Sequence[Decision]) -> None:
    heading(paper, w.t("C. Keputusan"))
    said = paper.add_paragraph()
    said.paragraph_format.keep_with_next = True
    faint(said, w.t("Penanggung jawab adalah jabatan atau perangkat daerah, bukan nama orang."))
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
        write_cell(cell, head, bold=True, size=9)
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
            write_cell(cell, clean(text), size=9)
    for number in range(len(decisions), 0 if decisions else BLANK_ROWS):
        write_cell(grid.add_row().cells[0], w.number(number + 1), size=9)
    for row in grid.rows:
        fixed = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(fixed)
    widths(grid, (10, 54, 30, 24, 26, 22))


def _signatures(paper: Any, w: Words, sides: list[str]) -> None:
    """A block a side, all alike, left blank."""
    heading(paper, w.t("E. Tanda tangan"))
    columns = 2
    grid = paper.add_table(rows=0, cols=columns)
    for start in range(0, len(sides), columns):
        row = grid.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, name in zip(row.cells, sides[start : start + columns], strict=False):
            write_cell(cell, w.t("Untuk {pihak}", pihak=name), bold=True)
            cell.add_paragraph(w.t("Jabatan:") + " " + "…" * 16)
            for _ in range(2):
                cell.add_paragraph()
            cell.add_paragraph(w.t("Tanda tangan:") + " " + "…" * 13)
            cell.add_paragraph(w.t("Nama:") + " " + "…" * 17)
    widths(grid, (83, 83))
