"""Published reports of residents as a flat table, one row each."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.citizen_reports.model import State
from analysis.citizen_reports.summary import Listed
from data.tables import Dataset

COLUMNS = (
    "number", "kode", "kelurahan", "kabkota", "owner", "owner_name", "sector", "kind", "text", "received", "state",
    "due", "due_day", "working_days_left", "overdue", "same_reports", "answered", "answer", "photo",
)  # fmt: skip


def report_rows(data: Dataset, found: Iterable[Listed]) -> pd.DataFrame:
    """One row a published report; nothing of who reported, no point, and no reply of a resident.

    Parameters
    ----------
    data : names of places
    found : as `records.citizen_reports.reading.published` lets everybody read them
    """
    names, kabkota = data.names("kelurahan"), data.kabkota_names
    rows = []
    for one in found:
        report = one.report
        answers = [e for e in report.events if e.state is State.ANSWERED]
        rows.append(
            (
                report.key, report.kode, names.get(report.kode, ""), kabkota.get(report.kode[:5], ""), report.owner,
                kabkota.get(report.owner, ""), report.sector, report.kind or "", report.text,
                report.received.isoformat(), one.state, one.due.what if one.due else "",
                one.due.day.isoformat() if one.due else "", one.due.left if one.due else None, one.late, one.same,
                answers[-1].day.isoformat() if answers else "", answers[-1].note if answers else "", report.photo,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"working_days_left": "Int64"})
