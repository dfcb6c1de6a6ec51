"""One kelurahan compared with the standard, its own kabkota and its neighbours across the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.gaps import ends_lacking, may_meet_or_miss, share_lacking, signed_gap
from analysis.values.quality import Comparability, compare_sides
from geo.borders import CODE_LENGTH

if TYPE_CHECKING:
    from data.tables import Border, Measure

KABKOTA = CODE_LENGTH["kabkota"]


@dataclass(frozen=True)
class Neighbour:
    """A kelurahan across the line.

    Attributes
    ----------
    kode, kode_kabkota : the kelurahan and its kabkota
    shared_m : length of the shared boundary in metres
    """

    kode: str
    kode_kabkota: str
    shared_m: float


@dataclass(frozen=True)
class ProfileRow:
    """One indicator of one kelurahan, or of the kecamatan or kabkota that holds it.

    Attributes
    ----------
    indicator, standard : their ids; standard is None without one
    level, unit : level of the value, and kode of the unit that it describes
    value, low, high, year : in the unit of the indicator; None where nothing is known
    people_year : of the people by which a count was divided, None where none was
    quality, method, native_level : as in the catalogue; None where nothing is known
    source, note : ids of the sources, and a remark
    gap : signed relative distance to the standard, above 0 the standard is missed
    unsure : whether the standard lies within the range of the value, which may then meet or miss it
    lacking, lacking_low, lacking_high : share (0 to 1) of the unit beyond the standard, and its ends by the range of
        the value
    own_median : median over the units of the same kabkota
    across_median : the same over the neighbours across the line; None where they cannot be compared
    comparison : whether the kabkota may be compared; None without a neighbour across the line
    """

    indicator: str
    level: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    year: int | None
    people_year: int | None
    quality: str | None
    method: str | None
    native_level: str | None
    source: tuple[str, ...]
    note: str
    standard: str | None
    gap: float | None
    unsure: bool
    lacking: float | None
    lacking_low: float | None
    lacking_high: float | None
    own_median: float | None
    across_median: float | None
    comparison: Comparability | None


@dataclass(frozen=True)
class Profile:
    """Result of `profile`.

    Attributes
    ----------
    kode : of the kelurahan
    neighbours : across the line, longest shared boundary first
    rows : one an indicator
    """

    kode: str
    neighbours: tuple[Neighbour, ...]
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class Judged:
    """Indicators of a kelurahan that have a standard; each stands in one of the three.

    Attributes
    ----------
    met, missed : what is known to meet or to miss it
    unsure : what cannot be judged: nothing is known, or the standard lies within the range of what is known
    """

    met: tuple[ProfileRow, ...]
    missed: tuple[ProfileRow, ...]
    unsure: tuple[ProfileRow, ...]


def judge(result: Profile) -> Judged:
    """Which standards a kelurahan meets, misses, or may meet or miss; figures of its kecamatan are not its own."""
    own = [row for row in result.rows if row.standard is not None and row.level == "kelurahan"]
    return Judged(
        met=tuple(row for row in own if not row.unsure and row.gap is not None and row.gap <= 0),
        missed=tuple(row for row in own if not row.unsure and row.gap is not None and row.gap > 0),
        unsure=tuple(row for row in own if row.unsure or row.gap is None),
    )


def neighbours_across(pairs: pd.DataFrame, kode: str, sides: Sequence[str]) -> tuple[Neighbour, ...]:
    """Neighbours of a kelurahan or kecamatan in another kabkota, longest shared boundary first.

    Parameters
    ----------
    pairs : neighbouring kelurahan: kode_a, kode_b, shared_m
    kode : of the kelurahan or kecamatan
    sides : kode_kabkota in which a neighbour may lie
    """
    if len(kode) == CODE_LENGTH["kecamatan"]:
        pairs = pairs.assign(**{c: pairs[c].str.slice(0, len(kode)) for c in ("kode_a", "kode_b")})
    own = pairs.loc[(pairs["kode_a"] == kode) | (pairs["kode_b"] == kode), ["kode_a", "kode_b", "shared_m"]]
    shared: dict[str, float] = defaultdict(float)
    for a, b, metres in own.itertuples(index=False):
        shared[b if a == kode else a] += metres
    found = [Neighbour(k, k[:KABKOTA], m) for k, m in shared.items() if k[:KABKOTA] in {*sides} - {kode[:KABKOTA]}]
    return tuple(sorted(found, key=lambda n: (-n.shared_m, n.kode)))


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]


def profile_row(measure: Measure, kode: str, neighbours: Sequence[Neighbour]) -> ProfileRow:
    """One indicator of a kelurahan with everything that belongs to the number.

    Parameters
    ----------
    measure : the indicator and the standard that it is compared with
    kode : of the kelurahan or kecamatan
    neighbours : from `neighbours_across`
    """
    indicator, standard, values = measure.indicator, measure.standard, measure.values
    length = CODE_LENGTH[indicator.level]
    unit = kode[:length]
    own = values[values["kode_kabkota"] == kode[:KABKOTA]]
    across = values[values.index.isin({n.kode[:length] for n in neighbours})]
    sides = tuple(dict.fromkeys(n.kode_kabkota for n in neighbours))
    comparison = compare_sides(measure, (kode[:KABKOTA], *sides)) if sides else None
    comparable = comparison is not None and comparison.block is None
    row = values.loc[unit].to_dict() if unit in values.index else None
    gap = lacking = least = most = None
    unsure = False
    if row is not None and standard is not None:
        unsure = bool(may_meet_or_miss(values.loc[[unit]], standard.threshold, indicator.direction).iloc[0])
        gap = float(signed_gap(pd.Series([row["value"]]), standard.threshold, indicator.direction).iloc[0])
        lacking = _number(share_lacking(measure).loc[unit])
        least, most = (_number(end) for end in ends_lacking(measure).loc[unit, ["low", "high"]])
    return ProfileRow(
        indicator=indicator.id,
        level=indicator.level,
        unit=unit,
        value=None if row is None else float(row["value"]),
        low=None if row is None else _number(row["low"]),
        high=None if row is None else _number(row["high"]),
        year=None if row is None else int(row["year"]),
        people_year=None if row is None or pd.isna(row["people_year"]) else int(row["people_year"]),
        quality=None if row is None else str(row["quality"]),
        method=None if row is None else str(row["method"]),
        native_level=None if row is None else str(row["native_level"]),
        source=() if row is None else tuple(str(row["source"]).split(";")),
        note="" if row is None else str(row["note"] or ""),
        standard=None if standard is None else standard.id,
        gap=gap,
        unsure=unsure,
        lacking=lacking,
        lacking_low=least,
        lacking_high=most,
        own_median=None if own.empty else float(own["value"].median()),
        across_median=float(across["value"].median()) if comparable and not across.empty else None,
        comparison=comparison,
    )


def profile(border: Border, measures: Mapping[str, Measure], kode: str) -> Profile:
    """Profile of one kelurahan over the indicators that the catalogue marks for it.

    Parameters
    ----------
    border : units of all sides of the corridor
    measures : every indicator with the standard that it is compared with, by id
    kode : of the kelurahan

    Raises
    ------
    KeyError
        The kelurahan does not lie in the corridor.
    """
    if kode not in border.units["kelurahan"].index:
        raise KeyError(kode)
    neighbours = neighbours_across(border.pairs, kode, border.corridor.sides)
    rows = tuple(profile_row(m, kode, neighbours) for m in measures.values() if m.indicator.profile)
    return Profile(kode=kode, neighbours=neighbours, rows=rows)


def first_at_border(border: Border) -> str:
    """The kelurahan shown without a choice: the first one at the line."""
    at_line = border.at_line()
    return str(min(at_line.index)) if len(at_line) else str(border.units["kelurahan"].index[0])
