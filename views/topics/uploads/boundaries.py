"""Boundaries that somebody brings, held against those that Tapal shows: what the page tells of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.uploads import boundaries as changes
from data import held_boundaries
from data.held_boundaries import Held
from data.intake.boundaries import Area
from data.intake.problems import Problem
from data.tables import Dataset


@dataclass(frozen=True, eq=False)
class BoundariesOf:
    """The boundaries of a file beside the known ones.

    Attributes
    ----------
    held : what they make of the boundaries of today
    rows : sheet, number, kode, kabkota and change (changed or same) of each feature that is read
    areas, at_lines, at_border, neighbours : as of `analysis.uploads.boundaries`
    """

    held: Held
    rows: pd.DataFrame
    areas: pd.DataFrame
    at_lines: pd.DataFrame
    at_border: pd.DataFrame
    neighbours: pd.DataFrame


def against(data: Dataset, read: Sequence[Area], refused: Collection[str] = ()) -> tuple[BoundariesOf, list[Problem]]:
    """Hold the areas of a file against what is shown; what must not be is a problem of its feature.

    Parameters
    ----------
    data, read, refused : as of `data.held_boundaries.held`

    Raises
    ------
    FileError
        The lines are too tangled to be held against each other.
    """
    found, problems = held_boundaries.held(data, read, refused)
    now = found.now
    rows = pd.DataFrame(
        [(r.sheet, r.number, r.kode, r.kode[:5], "changed" if r.kode in found.changed else "same") for r in read],
        columns=["sheet", "number", "kode", "kabkota", "change"],
    )
    areas = data.kelurahan["luas_km2"], now.kelurahan["luas_km2"]
    return BoundariesOf(
        found,
        rows,
        changes.areas(*areas, found.km2, found.changed, found.pieces),
        changes.at_lines(data.pairs, now.pairs),
        changes.at_border(data.borders, now.borders),
        changes.neighbours(data.pairs, now.pairs),
    ), problems


def of_stored(data: Dataset, rows: Sequence[Sequence[Any]]) -> tuple[BoundariesOf, list[Problem]]:
    """Stored boundaries of a kabkota, held against what is shown now.

    Parameters
    ----------
    data : with all versions of now
    rows : kode and polygon as WKT, as they are stored
    """
    return against(data, held_boundaries.areas_of(rows))
