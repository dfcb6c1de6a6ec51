"""Published agreements and partnership projects: structured, in words of our own, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from data.build import translated
from data.build.named import Names
from data.build.raw import Raw, RawError

AGREEMENTS = "records/agreements.csv"
PROJECTS = "records/projects.csv"
FOLDER = Path(__file__).parent
TRANSLATED = [
    "kind", "title", "doc_type", "party_1", "party_2", "signed_date", "place", "sector", "scope", "term", "value",
    "status", "follow_up",
]  # fmt: skip
WRITTEN = [
    "state", "document", "title_id", "title_en", "parties", "numbers", "signatories", "offices", "signed", "starts",
    "ends", "amends", "under", "sectors", "places", "kelurahan", "dprd_requested", "dprd_approved", "rupiah",
    "value_id", "value_en", "note_id", "note_en", "obstacle_id", "obstacle_en", "potential_id", "potential_en",
    "actors",
]  # fmt: skip
SOURCE = ["source_url", "source_date", "other_sources", "certainty"]
PROJECTS_TRANSLATED = [
    "project", "between", "sector", "location", "status", "start_year", "end_year", "amount_note",
]  # fmt: skip
PROJECTS_WRITTEN = [
    "under", "title_id", "title_en", "parties", "sectors", "status", "since", "until", "kabkota", "places",
    "kelurahan", "place_id", "place_en", "note_id", "note_en",
]  # fmt: skip


def build(raw: Raw, names: Names, folder: Path = FOLDER) -> pd.DataFrame:
    """agreements.parquet, one row a published agreement, or a meeting, proposal or law that is told with them.

    Parameters
    ----------
    raw : the raw records
    names : of the kelurahan, by which the places are tied to codes
    folder : with agreements_id.csv

    Raises
    ------
    RawError
        A place of agreements_id.csv is not known, or an agreement is tied to one that is not there.
    """
    rows = translated.keyed(raw[AGREEMENTS].rename(columns={"id": "record"}), "a", TRANSLATED)
    rows = rows[["id", "hash", "record", *SOURCE]]
    merged = rows.merge(translated.read(folder / "agreements_id.csv"), on=["id", "hash"], validate="one_to_one")
    merged["id"] = merged.pop("record")
    for column in ("amends", "under"):
        _known(merged, column, set(merged["id"]), "agreements_id.csv")
    merged["kode"] = [_codes(row, names, "agreements_id.csv") for row in merged.to_dict("records")]
    return merged[["id", *(c for c in WRITTEN if c not in ("places", "kelurahan")), "kode", *SOURCE]].astype(str)


def projects(raw: Raw, names: Names, agreements: pd.DataFrame, folder: Path = FOLDER) -> pd.DataFrame:
    """projects.parquet, one row a published project.

    Parameters
    ----------
    raw : the raw records
    names : of the kelurahan
    agreements : what `build` returns
    folder : with projects_id.csv

    Raises
    ------
    RawError
        A place of projects_id.csv is not known, or a project is tied to an agreement that is not there.
    """
    rows = translated.keyed(raw[PROJECTS], "p", PROJECTS_TRANSLATED)
    rows = rows[["id", "hash", "amount_idr", "source_url", "source_date", "certainty"]]
    merged = rows.merge(translated.read(folder / "projects_id.csv"), on=["id", "hash"], validate="one_to_one")
    _known(merged, "under", set(agreements["id"]), "projects_id.csv")
    merged["kode"] = [_codes(row, names, "projects_id.csv") for row in merged.to_dict("records")]
    merged["rupiah"] = [f"{amount:.0f}" if amount == amount else "" for amount in merged["amount_idr"]]
    kept = [c for c in PROJECTS_WRITTEN if c not in ("kabkota", "places", "kelurahan")]
    return merged[["id", *kept, "rupiah", "kode", "source_url", "source_date", "certainty"]].astype(str)


def _known(rows: pd.DataFrame, column: str, ids: set[str], file: str) -> None:
    unknown = set(rows[column]) - ids - {""}
    if unknown:
        raise RawError(f"{file}, column {column}: unknown agreement {sorted(unknown)[0]}")


def _codes(row: Mapping[Any, str], names: Names, file: str) -> str:
    """Codes of the named kelurahan, and the codes that are given themselves, joined by ";"."""
    codes = [code for code in row["places"].split(";") if code]
    sides = row.get("kabkota") or row["parties"]
    for name in filter(None, row["kelurahan"].split(";")):
        found = {names.kelurahan(side, name) for side in sides.split(";")} - {""}
        if len(found) != 1:
            raise RawError(f"{file}, row {row['id']}, column kelurahan: {name!r} is not one kelurahan")
        codes += found
    unknown = [code for code in codes if not names.name(code)]
    if unknown:
        raise RawError(f"{file}, row {row['id']}: unknown code {unknown[0]}")
    return ";".join(sorted(codes))
