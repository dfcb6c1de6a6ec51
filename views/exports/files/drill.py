"""The evaluation of a joint drill as DOCX: what was pressed, what it measured, and the model beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import docx
import pandas as pd

from analysis.fire.live_evaluation import Evaluation
from analysis.minutes import clean
from views.exports.files.document import faint, heading, set_up, widths, write_cell
from views.language.words import Words
from views.topics.drill import words as simulation_words
from views.topics.joint_drill import tables, words


def build(w: Words, told: Evaluation, made: date) -> bytes:
    """The evaluation of one drill.

    Parameters
    ----------
    w : language
    told : the evaluation
    made : the day on which it is written
    """
    paper = docx.Document()
    set_up(paper, w, w.t("Evaluasi latihan bersama"), made)
    title = paper.add_paragraph(style="Title")
    title.add_run(clean(told.drill.title))
    said = words.answer(w, (told.drill,), told.drill, told, told.drill.ends + timedelta(seconds=1))
    paper.add_paragraph(clean(said.sentence))
    faint(paper.add_paragraph(), said.note)
    sides = w.listing([told.drill.names[side] for side in told.drill.parties])
    paper.add_paragraph(
        clean(w.t("Para pihak: {sisi}. Ditutup {tutup}.", sisi=sides, tutup=words.moment(w, told.drill.ends)))
    )
    heading(paper, w.t("Tahap: terukur dan asumsi"))
    _table(paper, tables.phases(w, told), (38, 18, 45, 65))
    faint(paper.add_paragraph(), words.doubt(w, told))
    heading(paper, w.t("Kejadian: waktu nyata dan model"))
    _table(paper, incident_table(w, told), (10, 56, 20, 40, 40))
    heading(paper, w.t("Catatan lengkap"))
    shown = tables.log_table(w, told.drill, told.participants, told.entries[::-1])
    _table(paper, shown, (18, 32, 40, 28, 16, 32))
    heading(paper, w.t("Cara membaca"))
    for line in words.method(w).splitlines():
        paper.add_paragraph(clean(line.removeprefix("- ")), style="List Bullet")
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def incident_table(w: Words, told: Evaluation) -> pd.DataFrame:
    """Each incident with its real minutes and those of the model."""
    rows, model = [], told.model.to_dict("index")
    real_minutes = told.compared["open"]["minutes"].astype(float).to_dict()
    for place in told.drill.places:
        real, expected = real_minutes[place.number], model[place.number]
        spans = [simulation_words.span(w, expected, plan) for plan in ("closed", "open")]
        rows.append((str(place.number), place.name, w.number(real, 1), *spans))
    heads = [w.t("No."), w.t("Tempat"), w.t("Menit nyata"), w.t("Model, pos sendiri"), w.t("Model, lintas batas")]
    return pd.DataFrame(rows, columns=heads)


def _table(paper: Any, frame: pd.DataFrame, millimetres: Sequence[int]) -> None:
    """A frame as a table with a heading row."""
    grid = paper.add_table(rows=1, cols=len(frame.columns))
    grid.style = "Table Grid"
    for place, head in zip(grid.rows[0].cells, frame.columns, strict=True):
        write_cell(place, str(head), bold=True, size=9)
    for row in frame.itertuples(index=False):
        for place, text in zip(grid.add_row().cells, row, strict=True):
            write_cell(place, clean(str(text)), size=9)
    widths(grid, tuple(millimetres))
