"""How far the data reach: coverage, freshness, records left out, and whether two sides may be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from data.tables import Measure

MOST_YEARS_APART = 2

Block = Literal["satu_sisi", "tidak_ada", "definisi", "hitungan"]


@dataclass(frozen=True)
class Comparability:
    """Whether the values of an indicator may be compared across a line.

    Attributes
    ----------
    block : why not, None when they may
    unknown : kode_kabkota of the sides without any value
    years_apart : years between the vintages of the sides
    """

    block: Block | None
    unknown: tuple[str, ...]
    years_apart: int

    @property
    def note_years(self) -> bool:
        """Whether a note on the years is due although the comparison stands."""
        return self.years_apart > MOST_YEARS_APART


def comparability(known: Mapping[str, Sequence[int]], definitions: Mapping[str, str | None]) -> Comparability:
    """Decide from the known values of each side.

    Parameters
    ----------
    known : by kode_kabkota, the years of its values, empty when nothing is known
    definitions : by kode_kabkota, the definition that holds there, None for the common one
    """
    unknown = tuple(side for side, years in known.items() if not years)
    every = [year for years in known.values() for year in years]
    apart = max(every) - min(every) if every else 0
    block: Block | None = None
    if len(unknown) == len(known):
        block = "tidak_ada"
    elif unknown:
        block = "satu_sisi"
    elif len({definitions.get(side) for side in known}) > 1:
        block = "definisi"
    return Comparability(block=block, unknown=unknown, years_apart=apart)


def compare_sides(measure: Measure, sides: Sequence[str]) -> Comparability:
    """Whether an indicator may be compared between these kabkota (kode_kabkota)."""
    found = {s: measure.indicator.definition(s) for s in sides}
    result = comparability(
        {s: measure.years.get(s, ()) for s in sides},
        {s: entry.text.id if entry else None for s, entry in found.items()},
    )
    # Units differ in size: only the rate of a count can be compared.
    return replace(result, block="hitungan") if measure.indicator.rate and result.block is None else result


def year_span(years: pd.Series) -> tuple[int, int] | None:
    """Oldest and newest of the known years, None without any."""
    known = years.dropna()
    return (int(known.min()), int(known.max())) if len(known) else None


def coverage(values: pd.DataFrame, units: Mapping[str, pd.DataFrame], levels: Mapping[str, str]) -> pd.DataFrame:
    """Share of units with a known value, a row an indicator and kabkota.

    Parameters
    ----------
    values : a row a value: kode, indicator
    units : by level, its units by kode with kode_kabkota
    levels : by indicator, the level of its values

    Returns
    -------
    DataFrame
        indicator, kode_kabkota, known, total (units), share (0 to 1).
    """
    rows = []
    for indicator, level in levels.items():
        side = units[level]["kode_kabkota"] if level != "kabkota" else units[level].index.to_series()
        kodes = values.loc[values["indicator"] == indicator, "kode"]
        known = side.index.isin(kodes)
        grouped = pd.DataFrame({"kode_kabkota": side.to_numpy(), "known": known}).groupby("kode_kabkota")["known"]
        for kabkota, flags in grouped:
            rows.append((indicator, str(kabkota), int(flags.sum()), len(flags)))
    frame = pd.DataFrame(rows, columns=["indicator", "kode_kabkota", "known", "total"])
    return frame.assign(share=frame["known"] / frame["total"])


def left_out(facilities: pd.DataFrame, sides: Sequence[str] | None = None) -> pd.DataFrame:
    """Facility records that no calculation uses, counted by kind, stated kabkota and reason.

    Parameters
    ----------
    facilities : kind, kabkota_stated, used, left_out
    sides : names of the kabkota to keep, None for all

    Returns
    -------
    DataFrame
        kind, kabkota, reason, count, largest count first.
    """
    frame = facilities[~facilities["used"]]
    if sides is not None:
        frame = frame[frame["kabkota_stated"].isin(list(sides))]
    counted = frame.groupby(["kind", "kabkota_stated", "left_out"], observed=True).size().reset_index(name="count")
    renamed = counted.rename(columns={"kabkota_stated": "kabkota", "left_out": "reason"})
    return renamed.sort_values(["count", "kind", "kabkota"], ascending=[False, True, True], ignore_index=True)


def misplaced(facilities: pd.DataFrame, sides: Sequence[str]) -> pd.DataFrame:
    """Places of which a list states one area and a point lies in another, the farthest first.

    Parameters
    ----------
    facilities : by id: kode_kabkota, stated_m, used, left_out, area_kode
    sides : kode_kabkota to keep

    Returns
    -------
    DataFrame
        These rows with `treated`: titik (the point is used), wilayah (somewhere in the stated area), tidak_dihitung.
    """
    rows = facilities[facilities["stated_m"].gt(0) & facilities["kode_kabkota"].isin(list(sides))]
    treated = (
        rows["area_kode"]
        .ne("")
        .map({True: "wilayah", False: "titik"})
        .mask(rows["left_out"].eq("not_in_distances"), "tidak_dihitung")
    )
    return rows.assign(treated=treated).sort_values("stated_m", ascending=False, kind="stable")
