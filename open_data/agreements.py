"""Agreements and projects as flat tables, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from analysis.agreements import standing
from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import OUTSIDE, Agreement, Project, Source, When

AGREEMENTS = (
    "id", "origin", "document", "state", "standing", "as_of", "title_id", "title_en", "parties", "party_names",
    "numbers", "signatories", "offices", "sectors", "category", "stage", "stage_letter", "stage_since", "stage_due",
    "stage_overdue", "signed", "starts", "ends", "days_left", "term_above_five_years", "dprd", "dprd_requested",
    "dprd_approved", "end", "ended", "amends", "renews", "under", "object", "scope", "kode", "rupiah", "value_id",
    "value_en", "note_id", "note_en", "obstacle_id", "obstacle_en", "potential_id", "potential_en", "actors", "addenda",
    "evaluations", "entered_by", "entered_on", "source_url", "source_date", "certainty",
)  # fmt: skip
PROJECTS = (
    "id", "origin", "under", "title_id", "title_en", "parties", "party_names", "sectors", "status", "outstanding",
    "since", "until", "place_id", "place_en", "kode", "rupiah", "note_id", "note_en", "entered_by",
    "entered_on", "source_url", "source_date", "certainty",
)  # fmt: skip


def agreement_rows(agreements: Sequence[Agreement], kabkota: pd.Series, today: date) -> pd.DataFrame:
    """One row an agreement, published or entered by an office; several values of a cell are joined by " | ".

    Parameters
    ----------
    agreements : any
    kabkota : names by code
    today : the day for which standing and days left hold
    """
    rows = [_agreement(a, kabkota, today) for a in agreements]
    frame = pd.DataFrame(rows, columns=list(AGREEMENTS))
    return frame.astype({"days_left": "Int64"})


def _agreement(a: Agreement, kabkota: pd.Series, today: date) -> dict[str, object]:
    return {
        "id": a.id,
        "origin": a.origin,
        "document": a.document,
        "state": a.state,
        "standing": standing.standing(a, today),
        "as_of": today.isoformat(),
        **_texts(a, "title", "value", "note", "obstacle", "potential"),
        "parties": _joined(a.sides),
        "party_names": _names(a.sides, kabkota),
        "numbers": _joined(p.number for p in a.parties),
        "signatories": _joined(p.signatory for p in a.parties),
        "offices": _joined(p.office for p in a.parties),
        "sectors": _joined(a.sectors),
        "category": a.category,
        "stage": a.stage or "",
        "stage_letter": a.stage.letter if a.stage else "",
        "stage_since": a.stage_since or "",
        "stage_due": a.stage_due or "",
        "stage_overdue": standing.stage_overdue(a, today),
        "signed": _when(a.signed),
        "starts": _when(a.starts),
        "ends": _when(last_day(a)),
        "days_left": standing.days_left(a, today),
        "term_above_five_years": standing.term_above_limit(a),
        "dprd": a.dprd,
        "dprd_requested": a.dprd_requested or "",
        "dprd_approved": a.dprd_approved or "",
        "end": a.end or "",
        "ended": a.ended or "",
        "amends": a.amends,
        "renews": a.renews,
        "under": a.under,
        "object": a.object,
        "scope": a.scope,
        "kode": _joined(a.kode),
        "rupiah": _joined(map(str, a.rupiah)),
        "actors": _joined(f"{actor.role}: {actor.name}" for actor in a.actors),
        "addenda": _joined(f"{d.signed} {d.number}: {d.changes}" for d in a.addenda),
        "evaluations": _joined(
            f"{e.year} {e.kode}: {e.realised}; {e.obstacle}; {e.recommendation}" for e in a.evaluations
        ),
        **_entered(a, kabkota),
        **_sources(a.sources),
    }


def project_rows(projects: Sequence[Project], kabkota: pd.Series) -> pd.DataFrame:
    """One row a project, published or entered by an office.

    Parameters
    ----------
    projects : any
    kabkota : names by code
    """
    rows = [
        {
            "id": p.id,
            "origin": p.origin,
            "under": p.under,
            **_texts(p, "title", "place", "note"),
            "parties": _joined(p.parties),
            "party_names": _names(p.parties, kabkota),
            "sectors": _joined(p.sectors),
            "status": p.status,
            "outstanding": p.outstanding,
            "since": _when(p.since),
            "until": _when(p.until),
            "kode": _joined(p.kode),
            "rupiah": p.rupiah,
            **_entered(p, kabkota),
            **_sources(p.sources),
        }
        for p in projects
    ]
    return pd.DataFrame(rows, columns=list(PROJECTS)).astype({"rupiah": "Int64"})


def _texts(record: Agreement | Project, *fields: str) -> dict[str, str]:
    return {f"{f}_{language}": getattr(getattr(record, f), language) for f in fields for language in ("id", "en")}


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(part for part in parts if part)


def _names(kodes: Sequence[str], kabkota: pd.Series) -> str:
    return _joined(str(kabkota.get(k, OUTSIDE.get(k, k))) for k in kodes)


def _when(when: When | None) -> str:
    return when.text if when is not None else ""


def _entered(record: Agreement | Project, kabkota: pd.Series) -> dict[str, str]:
    """Which office entered a record, and when last; empty for a published fact."""
    on = record.saved_on.isoformat() if record.saved_on else ""
    return {"entered_by": _names(record.entered_by, kabkota), "entered_on": on}


def _sources(sources: Sequence[Source]) -> dict[str, str]:
    return {
        "source_url": _joined(s.url for s in sources),
        "source_date": _joined(s.date for s in sources),
        "certainty": _joined(dict.fromkeys(s.certainty for s in sources)),
    }
