"""Measured numbers of the build: what checks.json holds and the data card prints."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.build.raw import Raw, RawError


def from_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Everything that can be counted again from the shipped tables.

    Keys: ``rows`` (table: rows, and rows by kabkota where a row belongs to one), ``facilities`` (kind:
    places, used, records, merged places), ``left_out`` (kind: kabkota: reason: places, by the stated kabkota,
    else the one in which the point falls, else "?"), ``coverage`` (indicator: level: kabkota: units with a
    value) and ``quality`` (indicator: quality: values).
    """
    places, values = tables["facilities"], tables["values"]
    stated = tables["kabkota"].set_index("nama")["kode"]
    at = places["kabkota_stated"].map(stated).fillna(places["kode_kabkota"]).replace("", "?")
    lost = places[~places["used"]].assign(at=at)
    kinds = places.groupby("kind")
    return {
        "rows": {name: _rows(frame) for name, frame in tables.items()},
        "facilities": {
            str(kind): {
                "records": int(rows["n_merged"].sum()),
                "places": len(rows),
                "merged_places": int((rows["n_merged"] > 1).sum()),
                "used": int(rows["used"].sum()),
            }
            for kind, rows in kinds
        },
        "left_out": _tree(lost, ["kind", "at", "left_out"]),
        "coverage": _tree(values.assign(at=values["kode"].str[:5]), ["indicator", "level", "at"]),
        "quality": _tree(values, ["indicator", "quality"]),
        "school_tally": _school_tally(tables["school_counts"]),
    }


def inputs(raw: Raw) -> dict[str, Any]:
    """``files``: SHA-256 by raw file; ``hash``: one over all of them."""
    total = hashlib.sha256("".join(f"{p}:{h}\n" for p, h in sorted(raw.hashes.items())).encode()).hexdigest()
    return {"hash": total, "files": dict(sorted(raw.hashes.items()))}


def contract(tables: Mapping[str, pd.DataFrame], sources: set[str]) -> None:
    """Stop the build when a table breaks what others rely on.

    Raises
    ------
    RawError
        A key stands twice, a code does not exist, or a source is not in the catalogue.
    """
    codes = {level: set(tables[level]["kode"]) for level in ("kelurahan", "kecamatan", "kabkota")}
    every = set().union(*codes.values()) | {""}
    for name, key in (
        ("kelurahan", ["kode"]), ("kecamatan", ["kode"]), ("kabkota", ["kode"]), ("pairs", ["kode_a", "kode_b"]),
        ("lines", ["kode_a", "kode_b"]), ("borders", ["corridor", "kode", "set"]), ("members", ["corridor", "kode"]),
        ("facilities", ["id"]), ("plain", ["kode", "facility"]), ("values", ["kode", "indicator"]), ("facts", ["id"]),
        ("school_counts", ["kode_kecamatan", "level", "status"]), ("yardstick", ["kode"]),
        ("vintages", ["series", "kode", "definition", "period"]), ("fire_stats", ["id"]), ("fire_posts", ["id"]),
        ("agreements", ["id"]), ("projects", ["id"]),
    ):  # fmt: skip
        if tables[name].duplicated(key).any():
            raise RawError(f"{name}: {', '.join(key)} stands twice")
    for name, column in (
        ("values", "kode"), ("facilities", "kode"), ("facilities", "area_kode"), ("facilities", "kode_kabkota"),
        ("borders", "kode"), ("members", "kode"), ("school_counts", "kode_kecamatan"), ("samples", "kode"),
        ("fire_stats", "kode_kabkota"), ("vintages", "kode"),
    ):  # fmt: skip
        unknown = set(tables[name][column]) - every
        if unknown:
            raise RawError(f"{name}, column {column}: unknown code {sorted(unknown)[0]}")
    for name in ("values", "facilities", "vintages"):
        used = set(";".join(tables[name]["source"].unique()).split(";"))
        if used - sources:
            raise RawError(f"{name}, column source: not in the catalogue: {', '.join(sorted(used - sources))}")


def _rows(frame: pd.DataFrame) -> dict[str, Any]:
    code = next((c for c in ("kode_kabkota", "kode_kecamatan", "kode") if c in frame), None)
    if code is None or (code == "kode" and frame[code].str.contains(";").any()):
        return {"rows": len(frame)}
    at = frame[code].str[:5].replace("", "?")
    return {"rows": len(frame), "kabkota": {str(k): int(n) for k, n in at.value_counts().sort_index().items()}}


def _tree(frame: pd.DataFrame, keys: list[str]) -> dict[str, Any]:
    """Counts as nested dictionaries, one level a key."""
    tree: dict[str, Any] = {}
    for path, number in frame.groupby(keys, observed=True).size().items():
        branch = tree
        steps = [str(step) for step in (path if isinstance(path, tuple) else (path,))]
        for step in steps[:-1]:
            branch = branch.setdefault(step, {})
        branch[steps[-1]] = int(number)
    return tree


def _school_tally(counts: pd.DataFrame) -> dict[str, Any]:
    """Dapodik count and used points of 2019 by kabkota and level."""
    sums = counts.groupby([counts["kode_kecamatan"].str[:5], "level"])[["count", "listed"]].sum()
    tree: dict[str, Any] = {}
    for (kabkota, level), count, points in zip(sums.index.tolist(), sums["count"], sums["listed"], strict=True):
        tree.setdefault(kabkota, {})[level] = {"count": int(count), "listed": int(points)}
    return tree
