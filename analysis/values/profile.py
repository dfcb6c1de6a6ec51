"""One kelurahan against the standard, its own kabkota and its neighbours across the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.gaps import signed_gap
from analysis.values.quality import Comparability
from analysis.values.summary import compare, share_lacking

if TYPE_CHECKING:
    from data.catalogue import Indicator
    from data.tables import Dataset

KABKOTA_CODE = 5
KECAMATAN_CODE = 8
"""Length of a Kemendagri code, dots included."""

__all__ = ["Neighbour", "Profile", "ProfileRow", "neighbours_across", "profile", "profile_row"]


@dataclass(frozen=True)
class Neighbour:
    """A kelurahan across the line and the boundary shared with it."""

    kode: str
    kode_kabkota: str
    shared_m: float


@dataclass(frozen=True)
class ProfileRow:
    """One indicator of one kelurahan, or of the kecamatan or kabkota that holds it (`level`, `unit`).

    value, low, high, year : None where nothing is known
    bound : the true value can only be lower (a facility without a point may be nearer)
    gap : signed relative distance to the standard, above 0 the standard is missed; None where a bound misses it,
        since the true value may meet it
    lacking : share (0 to 1) of the unit beyond the standard
    own_median, own_known, own_bound : median over the units of the same kabkota, how many are known, bounds among them
    across_median, across_known, across_bound : the same over the neighbours across the line; None where they cannot be
        compared
    """

    indicator: str
    level: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    year: int | None
    quality: str | None
    method: str | None
    native_level: str | None
    source: tuple[str, ...]
    note: str
    bound: bool
    standard: str | None
    gap: float | None
    lacking: float | None
    own_median: float | None
    own_known: int
    own_bound: bool
    across_median: float | None
    across_known: int
    across_bound: bool
    comparison: Comparability | None


@dataclass(frozen=True)
class Profile:
    """Result of `profile`."""

    kode: str
    neighbours: tuple[Neighbour, ...]
    rows: tuple[ProfileRow, ...]


def neighbours_across(data: Dataset, kode: str, sides: tuple[str, ...] | None = None) -> tuple[Neighbour, ...]:
    """Neighbours of a kelurahan or kecamatan in another kabkota, longest shared boundary first.

    Parameters
    ----------
    sides : only neighbours in these kabkota, None for all
    """
    pairs = data.pairs
    if len(kode) == KECAMATAN_CODE:
        names = {"kode_a": pairs["kode_a"].str.slice(0, 8), "kode_b": pairs["kode_b"].str.slice(0, 8)}
        pairs = pairs.assign(**names)
    forward = pairs.loc[pairs["kode_a"] == kode, ["kode_b", "shared_m"]].set_axis(["kode", "shared_m"], axis=1)
    backward = pairs.loc[pairs["kode_b"] == kode, ["kode_a", "shared_m"]].set_axis(["kode", "shared_m"], axis=1)
    shared = pd.concat([forward, backward]).groupby("kode")["shared_m"].sum()
    found = [
        Neighbour(str(k), str(k)[:5], float(m))
        for k, m in shared.items()
        if str(k)[:5] != kode[:5] and (sides is None or str(k)[:5] in sides)
    ]
    return tuple(sorted(found, key=lambda n: (-n.shared_m, n.kode)))


def _unit(kode: str, level: str) -> str:
    """The unit of a level that holds a kelurahan (or kecamatan): Kemendagri codes are nested."""
    return {"kelurahan": kode, "kecamatan": kode[:KECAMATAN_CODE], "kabkota": kode[:KABKOTA_CODE]}[level]


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]


def profile_row(
    data: Dataset,
    indicator: Indicator,
    kode: str,
    neighbours: tuple[Neighbour, ...],
    standard_id: str | None = None,
) -> ProfileRow:
    """One indicator of a kelurahan with everything that belongs to the number.

    Parameters
    ----------
    neighbours : from `neighbours_across`
    standard_id : one of the indicator's standards; None for its first
    """
    values = data.indicator_values(indicator.id)
    unit = _unit(kode, indicator.level)
    standards = {s.id: s for s in data.catalogue.standards_of(indicator.id)}
    standard = standards.get(standard_id or "", next(iter(standards.values()), None))
    own = data.side_values(indicator.id, kode[:KABKOTA_CODE])
    across_units = pd.Index(sorted({_unit(n.kode, indicator.level) for n in neighbours}))
    across = values[values.index.isin(across_units)]
    across_sides = tuple(dict.fromkeys(n.kode_kabkota for n in neighbours))
    comparison = compare(data, indicator, (kode[:5], *across_sides)) if across_sides else None
    comparable = comparison is not None and comparison.block is None
    row = values.loc[unit].to_dict() if unit in values.index else None
    gap = lacking = None
    if row is not None and standard is not None:
        gap = float(signed_gap(pd.Series([row["value"]]), standard.threshold, indicator.direction).iloc[0])
        lacking = _number(share_lacking(data, indicator, standard, pd.Index([unit])).iloc[0])
    bound = row is not None and bool(row["upper_bound"])
    if bound and gap is not None and gap > 0:
        gap = lacking = None
    return ProfileRow(
        indicator=indicator.id,
        level=indicator.level,
        unit=unit,
        value=None if row is None else float(row["value"]),
        low=None if row is None else _number(row["low"]),
        high=None if row is None else _number(row["high"]),
        year=None if row is None else int(row["year"]),
        quality=None if row is None else str(row["quality"]),
        method=None if row is None else str(row["method"]),
        native_level=None if row is None else str(row["native_level"]),
        source=() if row is None else tuple(str(row["source"]).split(";")),
        note="" if row is None else str(row["note"] or ""),
        bound=bound,
        standard=None if standard is None else standard.id,
        gap=gap,
        lacking=lacking,
        own_median=None if own.empty else float(own["value"].median()),
        own_known=len(own),
        own_bound=bool(own["upper_bound"].any()),
        across_median=float(across["value"].median()) if comparable and not across.empty else None,
        across_known=len(across),
        across_bound=bool(across["upper_bound"].any()),
        comparison=comparison,
    )


def profile(data: Dataset, kode: str, sides: tuple[str, ...] | None = None) -> Profile:
    """Profile of one kelurahan over the indicators that the catalogue marks for it.

    Raises
    ------
    KeyError
        The kelurahan does not exist.
    """
    if kode not in data.kelurahan.index:
        raise KeyError(kode)
    neighbours = neighbours_across(data, kode, sides)
    rows = tuple(
        profile_row(data, indicator, kode, neighbours)
        for indicator in data.catalogue.indicators.values()
        if indicator.profile
    )
    return Profile(kode=kode, neighbours=neighbours, rows=rows)
