"""Population of a kelurahan from the total of its kecamatan, and how wrong such a split is.

The total is divided in proportion to the number of polling stations. Where the true figures of the parts are
known, the same split is measured against them; the measured error then stands beside every estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class ErrorReport:
    """Relative errors of an estimate, as shares of the true figure (0.05 = 5 %).

    Attributes
    ----------
    n : units compared
    mean_abs, median_abs, p90_abs, worst : mean, median, 90th percentile and largest of the absolute errors
    worst_kode : unit with the largest error
    """

    n: int
    mean_abs: float
    median_abs: float
    p90_abs: float
    worst: float
    worst_kode: str


def split_by_share(totals: pd.Series, weights: pd.Series, groups: pd.Series) -> pd.Series:
    """Divide whole totals over the members of each group, so that the parts add up exactly.

    Parameters
    ----------
    totals : whole number by group code
    weights : weight of every unit, by unit code
    groups : group of every unit, by unit code

    Returns
    -------
    Series of Int64
        Aligned to `weights`. Unknown (``NA``) for a whole group when its total is unknown, a weight is missing, or all
        its weights are zero while the total is not: such a total cannot be divided honestly.

    Raises
    ------
    ValueError
        A weight is negative, a total is negative or not whole, or a code stands twice.

    Notes
    -----
    Largest remainder (Hamilton): every unit gets the whole part of its quota, then the largest remainders get one more
    each; equal remainders go by code, so that the order of the rows does not matter.
    """
    if not (weights.index.is_unique and totals.index.is_unique):
        raise ValueError("a code stands twice")
    if (weights < 0).any() or (totals < 0).any() or (totals.dropna() % 1 != 0).any():
        raise ValueError("weights must not be negative; totals must be whole and not negative")
    parts = pd.Series(pd.NA, index=weights.index, dtype="Int64", name=totals.name)
    for group, members in weights.groupby(groups.reindex(weights.index)):
        total = totals.get(group)
        if total is None or pd.isna(total) or members.isna().any():
            continue
        shares = [Fraction(value) for value in members.tolist()]
        whole = sum(shares)
        if whole == 0:
            if total == 0:
                parts[members.index] = 0
            continue
        quotas = [int(total) * share / whole for share in shares]
        counts = [int(quota) for quota in quotas]
        order = sorted(range(len(quotas)), key=lambda i: (counts[i] - quotas[i], str(members.index[i])))
        for i in order[: int(total) - sum(counts)]:
            counts[i] += 1
        parts[members.index] = counts
    return parts


def relative_errors(estimate: pd.Series, truth: pd.Series) -> pd.Series:
    """(estimate - truth) / truth for the codes known on both sides, sorted by code."""
    both = pd.DataFrame({"estimate": estimate, "truth": truth}).dropna().astype(float).sort_index()
    return (both["estimate"] - both["truth"]) / both["truth"]


def measure_error(yardstick: pd.DataFrame, group: str = "kode_kecamatan") -> ErrorReport:
    """Split known totals as if the parts were unknown, and compare with the parts.

    Parameters
    ----------
    yardstick : a row a unit: kode, the column named by `group`, tps (polling stations), population (true figure)
    group : column of the level whose totals are divided

    Returns
    -------
    ErrorReport
        Over all units whose share could be computed.

    Raises
    ------
    ValueError
        No unit can be compared.
    """
    units = yardstick.set_index("kode")
    totals = units.groupby(group)["population"].sum(min_count=1)
    errors = relative_errors(split_by_share(totals, units["tps"], units[group]), units["population"])
    return _report(errors)


def _report(errors: pd.Series) -> ErrorReport:
    """Summarise relative errors (Series by code)."""
    if errors.empty:
        raise ValueError("no unit with both an estimate and a true figure")
    size = errors.abs()
    return ErrorReport(
        n=len(size),
        mean_abs=float(size.mean()),
        median_abs=float(size.median()),
        p90_abs=float(np.quantile(size, 0.9)),
        worst=float(size.max()),
        worst_kode=str(size.idxmax()),
    )


def with_range(estimate: pd.Series, p90: float) -> pd.DataFrame:
    """The range in which the true figure lies in nine of ten cases.

    Parameters
    ----------
    estimate : people by code
    p90 : 90th percentile of the absolute error as a share of the TRUE figure, as `measure_error` gives it

    Returns
    -------
    DataFrame
        low and high, whole people, aligned to `estimate`. Since the error is a share of the truth, the truth lies
        between estimate / (1 + p90) and estimate / (1 - p90): the upper arm is the longer one.

    Raises
    ------
    ValueError
        `p90` is not in [0, 1).
    """
    if not 0 <= p90 < 1:
        raise ValueError(f"p90 must be in [0, 1), not {p90}")
    value = estimate.astype("Float64")
    return pd.DataFrame({"low": (value / (1 + p90)).round(), "high": (value / (1 - p90)).round()})
