"""Proposals of a border compared with its largest gaps, and with what the neighbours across the line propose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis.proposals.subjects import finder
from analysis.values.gaps import may_meet_or_miss, signed_gap

if TYPE_CHECKING:
    from data.catalogue import Subject
    from data.tables import Border, Measure

MOST_GAPS = 3
"""Largest gaps of a kelurahan that count as its top gaps."""
GAPS = ("kode", "kode_kabkota", "indicator", "value", "year", "gap", "at_line", "place")
TWINS = ("pokok", "kode_a", "kode_b", "shared_m", "count_a", "count_b")


@dataclass(frozen=True, eq=False)
class Met:
    """Result of `meet`.

    Attributes
    ----------
    proposals : those of the newest year of each kabkota, with subject, meets (whether its indicator is a top gap of its
        kelurahan) and at_line
    gaps : top gaps, as `top_gaps` gives them, with subject and proposals (how many that are not stopped touch the gap)
    twins : a subject that is proposed on both sides of a line, by two kelurahan that touch: `TWINS`
    """

    proposals: pd.DataFrame
    gaps: pd.DataFrame
    twins: pd.DataFrame


def newest(proposals: pd.DataFrame) -> pd.DataFrame:
    """The proposals of the newest budget year of each kabkota.

    Parameters
    ----------
    proposals : with kabkota and year
    """
    return proposals[proposals["year"] == proposals.groupby("kabkota")["year"].transform("max")]


def top_gaps(border: Border, measures: Mapping[str, Measure], subjects: Mapping[str, Subject]) -> pd.DataFrame:
    """The largest gaps of each kelurahan: standards that are missed for sure, by signed relative distance.

    Parameters
    ----------
    border : units of all sides
    measures : by indicator; those without a standard and those of another level are left out
    subjects : of proposals; an indicator that no proposal could touch is left out

    Returns
    -------
    DataFrame
        Columns `GAPS` and subject, the first one whose proposals touch the indicator; the largest gap of a kelurahan
        first (place 1), at most `MOST_GAPS` of each.
    """
    of_indicator: dict[str, str] = {}
    for subject in subjects.values():
        for indicator in subject.indicators:
            of_indicator.setdefault(indicator, subject.id)
    units = border.units["kelurahan"]
    parts = []
    for name, measure in measures.items():
        if measure.standard is None or measure.indicator.level != "kelurahan" or name not in of_indicator:
            continue
        values = measure.values[units.index.get_indexer(measure.values.index) >= 0]
        threshold, direction = measure.standard.threshold, measure.indicator.direction
        gap = signed_gap(values["value"], threshold, direction)
        missed = gap.gt(0) & ~may_meet_or_miss(values, threshold, direction)
        part = values.loc[missed, ["value", "year"]].assign(indicator=name, gap=gap[missed])
        parts.append(part.rename_axis("kode").reset_index())
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["kode", "indicator", "gap"])
    found = found.sort_values(["kode", "gap", "indicator"], ascending=[True, False, True], kind="stable")
    # Distances to any school and to a public one of the same kind are one gap.
    found = found.assign(pokok=found["indicator"].map(of_indicator)).drop_duplicates(["kode", "pokok"])
    found = found.assign(place=found.groupby("kode").cumcount() + 1)
    found = found[found["place"] <= MOST_GAPS].reset_index(drop=True)
    line = border.at_line()
    return found.assign(kode_kabkota=found["kode"].str[:5], at_line=found["kode"].isin(line.index)).reindex(
        columns=[*GAPS, "pokok"]
    )


def meet(border: Border, proposals: pd.DataFrame, gaps: pd.DataFrame, subjects: Mapping[str, Subject]) -> Met:
    """Which proposals touch a top gap of their kelurahan, which gaps nobody proposes, and what both sides propose.

    Parameters
    ----------
    border : units and neighbours
    proposals : id, kode, kabkota, year, title, problem, affairs, stopped; a stopped one counts for nothing
    gaps : as `top_gaps` gives them
    subjects : of the catalogue, by id
    """
    subject_of = finder(subjects)
    units, line = border.units["kelurahan"], border.at_line()
    own = newest(proposals)
    own = own[own["kode"].isin(units.index)]
    texts = zip(own["title"], own["problem"], own["affairs"], strict=True)
    own = own.assign(pokok=[subject_of(t) for t in texts], at_line=own["kode"].isin(line.index))
    # A subject meets a gap by its indicators, whichever subject the gap itself is named after.
    wanted = list(zip(gaps["kode"].astype(str), gaps["indicator"].astype(str), strict=True))
    touch = {i: [s.id for s in subjects.values() if i in s.indicators] for _, i in wanted}
    pairs = {(kode, subject) for kode, indicator in wanted for subject in touch[indicator]}
    keys = list(zip(own["kode"], own["pokok"], strict=True))
    own = own.assign(meets=[key in pairs for key in keys] if keys else pd.Series(dtype=bool))
    alive = own[~own["stopped"].astype(bool)]
    known = Counter(zip(alive["kode"].astype(str), alive["pokok"].astype(str), strict=True))
    touching = [sum(known[kode, subject] for subject in touch[indicator]) for kode, indicator in wanted]
    return Met(own, gaps.assign(proposals=pd.Series(touching, index=gaps.index, dtype=int)), _twins(border, known))


def _twins(border: Border, counts: Mapping[tuple[str, str], int]) -> pd.DataFrame:
    sides = border.corridor.sides
    pairs = border.pairs
    across = pairs[
        pairs["kode_kabkota_a"].isin(sides)
        & pairs["kode_kabkota_b"].isin(sides)
        & (pairs["kode_kabkota_a"] != pairs["kode_kabkota_b"])
    ]
    by_place: dict[str, dict[str, int]] = {}
    for (kode, subject), n in counts.items():
        if subject:
            by_place.setdefault(kode, {})[subject] = n
    rows = []
    neighbours = (across[name].astype(str) for name in ("kode_a", "kode_b"))
    for a, b, shared in zip(*neighbours, across["shared_m"], strict=True):
        # The side that the corridor names first stands first.
        first, second = (a, b) if sides.index(a[:5]) < sides.index(b[:5]) else (b, a)
        here, there = by_place.get(first, {}), by_place.get(second, {})
        rows += [(s, first, second, float(shared), here[s], there[s]) for s in here if s in there]
    found = pd.DataFrame(rows, columns=list(TWINS))
    return found.sort_values(["shared_m", "pokok"], ascending=[False, True], kind="stable", ignore_index=True)


@dataclass(frozen=True)
class OfPlace:
    """Proposals of one kelurahan in its newest budget year.

    Attributes
    ----------
    year : of the budget
    total : proposals
    meeting : those not refused or withdrawn that touch a top gap of the kelurahan
    gaps, unmet : its top gaps, and those that no proposal touches
    """

    year: int
    total: int
    meeting: int
    gaps: int
    unmet: int


def of_places(met: Met) -> dict[str, OfPlace]:
    """What is proposed in each kelurahan that has proposals, by kode."""
    by_kode = met.gaps["kode"].astype(str)
    sizes = by_kode.value_counts().to_dict()
    unmet = by_kode[met.gaps["proposals"] == 0].value_counts().to_dict()
    found = {}
    for kode, rows in met.proposals.groupby("kode"):
        found[str(kode)] = OfPlace(
            int(rows["year"].max()),
            len(rows),
            int((rows["meets"] & ~rows["stopped"].astype(bool)).sum()),
            sizes.get(str(kode), 0),
            unmet.get(str(kode), 0),
        )
    return found
