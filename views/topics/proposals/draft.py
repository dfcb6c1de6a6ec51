"""A draft of proposals from gaps that nobody proposes: SIPD's columns first, then what SIPD has no column for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from analysis.agreements import standing
from analysis.agreements.model import Agreement
from analysis.agreements.published import agreements_of
from analysis.values.profile import neighbours_across
from data.catalogue import Corridor
from data.tables import Dataset
from records.agreements.decisions import SECTORS
from views.language import aloud, sentences
from views.language.cells import safe_cell
from views.language.words import Words
from views.topics.uploads.files import PROPOSALS

EXTRA = ("Jalur", "Lintas Batas", "Kelurahan Mitra", "Indikator Terkait", "Selisih terhadap Standar", "PKS Terkait")
"""Columns that SIPD lacks; they stay Indonesian, as SIPD's own."""


def rows(w: Words, data: Dataset, corridor: Corridor, gaps: pd.DataFrame, today: date) -> pd.DataFrame:
    """One row a gap, in the order of SIPD's columns; what only an office knows is left empty.

    Parameters
    ----------
    w : Indonesian, since it is a file for SIPD
    data, corridor : data and the border
    gaps : as in `analysis.proposals.proposals.Met.gaps`
    today : the day; the budget year is that of the next musrenbang
    """
    # What is proposed in January is for the budget of the next year; from February on for the year after.
    year = today.year + (1 if today.month == 1 else 2)
    between = standing.between(agreements_of(data.agreements), corridor.sides)
    found = [
        _row(w, data, corridor, gap, year) | {"PKS Terkait": _agreed(w, data, str(gap["pokok"]), between, today)}
        for gap in gaps.to_dict("records")
    ]
    return pd.DataFrame(found, columns=[*PROPOSALS, *EXTRA])


def _row(w: Words, data: Dataset, corridor: Corridor, gap: Mapping[Any, Any], year: int) -> dict[str, str]:
    kode = str(gap["kode"])
    place, indicator = data.kelurahan.loc[kode], data.catalogue.indicators[str(gap["indicator"])]
    subject = data.catalogue.subjects[str(gap["pokok"])]
    standard = data.catalogue.standards_of(indicator.id)[0]
    across = neighbours_across(data.pairs, kode, corridor.sides)
    names = data.names("kelurahan")
    problem = w.t(
        "{indikator}: {nilai} ({tahun}), standar {standar}.",
        indikator=w.pick(indicator.title),
        nilai=sentences.value_with_unit(w, indicator, float(gap["value"])),
        tahun=str(int(gap["year"])),
        standar=sentences.value_with_unit(w, indicator, standard.threshold),
    )
    return dict.fromkeys(PROPOSALS, "") | {
        "Urusan": subject.sector.capitalize(),
        "Usulan": subject.proposal or w.pick(subject.title),
        "Permasalahan": problem,
        "Kabupaten": str(place["kabkota"]),
        "Kecamatan": str(place["kecamatan"]),
        "Kelurahan": str(place["nama"]),
        "OPD Tujuan Awal": subject.office,
        "Status": "Draf",
        "Catatan": w.t("Draf dari kesenjangan; volume, satuan, anggaran dan lokasi diisi pengusul."),
        "Tahun Anggaran": str(year),
        "Jalur": str(place["jenis"]),
        "Lintas Batas": "ya" if across else "tidak",
        "Kelurahan Mitra": "; ".join(str(names[n.kode]) for n in across),
        "Indikator Terkait": aloud.title(w, indicator),
        "Selisih terhadap Standar": w.signed_percent(float(gap["gap"])),
    }


def _agreed(w: Words, data: Dataset, pokok: str, between: Sequence[Agreement], today: date) -> str:
    """The published agreement of both sides that stands best in the sector of a subject, "" where there is none."""
    sector = SECTORS.get(data.catalogue.subjects[pokok].sector)
    found = standing.best(between, sector, today) if sector is not None else None
    return w.pick(found[1].title) if found is not None and found[0] not in standing.UNSIGNED else ""


def workbook(frame: pd.DataFrame) -> bytes:
    """The draft as a workbook in which every cell is text.

    Parameters
    ----------
    frame : as `rows` gives it
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet, head, text = (
            book.add_worksheet("usulan"),
            book.add_format({"bold": True}),
            book.add_format({"num_format": "@", "text_wrap": True}),
        )
        for at, heading in enumerate(frame.columns):
            sheet.write_string(0, at, heading, head)
            sheet.set_column(at, at, 40 if heading in ("Usulan", "Permasalahan", "Catatan") else 18)
        for number, row in enumerate(frame.itertuples(index=False), 1):
            for at, value in enumerate(row):
                sheet.write_string(number, at, safe_cell(str(value)), text)
        sheet.freeze_panes(1, 0)
    return stream.getvalue()
