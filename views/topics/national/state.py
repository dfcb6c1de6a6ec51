"""What the pages show of all borders, computed once for a version of the tables and kept for all sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.comparison.field import Field, border_codes, field_of
from data.national_ground import land
from data.national_tables import INDICATORS, National
from open_data import national as open_national
from open_data.national import Column
from views.link.results import kept


@dataclass(frozen=True, eq=False)
class Judged:
    """One kind of school at all borders.

    Attributes
    ----------
    sides : as `analysis.comparison.field.judged` gives them
    codes : what each border shows, by pair, as it is and at equal density
    field : the answer
    """

    sides: pd.DataFrame
    codes: Mapping[Column, dict[str, str]]
    field: Field


@kept(8)
def judged(national: National, indicator: str) -> Judged:
    """What all borders show for one kind of school.

    Parameters
    ----------
    national : the tables
    indicator : id of the distance
    """
    sides = open_national.judged_sides(national, indicator)
    columns: tuple[Column, ...] = ("raw", "density")
    codes: dict[Column, dict[str, str]] = {
        column: {str(pair): str(code) for pair, code in border_codes(sides, column).items()} for column in columns
    }
    return Judged(sides, codes, field_of(indicator, sides))


def load(national: National) -> None:
    """Read and compute what every visit of a border needs, so that the first one need not wait for it."""
    if not national.there:
        return
    for indicator in INDICATORS:
        judged(national, indicator)
    national.load()
    land(national.files["land"])


def sides_of_pair(national: National, pair: str) -> dict[str, pd.DataFrame]:
    """Both sides of one border, lower code first, by id of the distance: rows of `Judged.sides`.

    Parameters
    ----------
    national : the tables
    pair : codes of both kabkota, lower code first, joined by a hyphen
    """
    found = {indicator: judged(national, indicator).sides for indicator in INDICATORS}
    return {indicator: sides[sides["pair"] == pair].sort_values("side") for indicator, sides in found.items()}
