"""Published facts as agreements and projects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.agreements.model import (
    Actor,
    Agreement,
    Document,
    Dprd,
    Origin,
    Party,
    Project,
    ProjectStatus,
    Role,
    Sector,
    Source,
    State,
    Text,
    When,
)

_OTHER = re.compile(r"(https?://\S+)(?: \(([^)]*)\))?")


def agreements_of(rows: pd.DataFrame) -> tuple[Agreement, ...]:
    """The published agreements, and what is told with them.

    Parameters
    ----------
    rows : agreements.parquet, by id
    """
    return tuple(_agreement(row) for row in rows.reset_index().to_dict("records"))


def projects_of(rows: pd.DataFrame) -> tuple[Project, ...]:
    """The published partnership projects.

    Parameters
    ----------
    rows : projects.parquet, by id
    """
    return tuple(
        Project(
            id=row["id"],
            origin=Origin.PUBLISHED,
            under=row["under"],
            title=_text(row, "title"),
            parties=_parts(row["parties"]),
            sectors=tuple(Sector(s) for s in _parts(row["sectors"])),
            status=ProjectStatus(row["status"]),
            place=_text(row, "place"),
            note=_text(row, "note"),
            kode=_parts(row["kode"]),
            since=_when(row["since"]),
            until=_when(row["until"]),
            rupiah=int(row["rupiah"]) if row["rupiah"] else None,
            sources=(Source(row["source_url"], row["source_date"], row["certainty"]),),
        )
        for row in rows.reset_index().to_dict("records")
    )


def _agreement(row: Mapping[Any, str]) -> Agreement:
    kodes = _parts(row["parties"])
    cells = {c: _parts(row[c]) for c in ("numbers", "signatories", "offices")}
    parties = tuple(
        Party(
            kode,
            number=_at(cells["numbers"], place),
            signatory=_at(cells["signatories"], place),
            office=_at(cells["offices"], place),
        )
        for place, kode in enumerate(kodes)
    )
    others = (Source(url, when, row["certainty"]) for url, when in _OTHER.findall(row["other_sources"]))
    approved = _day(row["dprd_approved"])
    return Agreement(
        id=row["id"],
        origin=Origin.PUBLISHED,
        document=Document(row["document"]),
        state=State(row["state"]),
        title=_text(row, "title"),
        parties=parties,
        sectors=tuple(Sector(s) for s in _parts(row["sectors"])),
        kode=_parts(row["kode"]),
        signed=_when(row["signed"]),
        starts=_when(row["starts"]),
        ends=_when(row["ends"]),
        dprd=Dprd.NEEDED if approved else Dprd.UNJUDGED,
        dprd_requested=_day(row["dprd_requested"]),
        dprd_approved=approved,
        amends=row["amends"],
        under=row["under"],
        rupiah=tuple(int(part) for part in _parts(row["rupiah"])),
        value=_text(row, "value"),
        note=_text(row, "note"),
        obstacle=_text(row, "obstacle"),
        potential=_text(row, "potential"),
        actors=tuple(Actor(Role(role), name) for role, _, name in (a.partition(":") for a in _parts(row["actors"]))),
        sources=(Source(row["source_url"], row["source_date"], row["certainty"]), *others),
    )


def _text(row: Mapping[Any, str], column: str) -> Text:
    return Text(row[f"{column}_id"], row[f"{column}_en"])


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _at(parts: tuple[str, ...], place: int) -> str:
    return parts[place] if place < len(parts) else ""


def _when(text: str) -> When | None:
    return When(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
