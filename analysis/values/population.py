"""Population of a kelurahan from the total of its kecamatan, and how wrong such an estimate is.

The total is divided in proportion to polling stations, voters or a census, or to a mixture of them. Where the people of
every kelurahan are known, each mixture is tried as if they were not: every kabkota in turn is left out, the best
mixture and the margin are taken from the others, and the errors of the one left out are counted (docs/metode.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.arrays import Floats

MIXTURES: Mapping[str, tuple[str, ...]] = {
    "tps": ("tps",),
    "voters": ("voters",),
    "census": ("census",),
    "tps_voters": ("tps", "voters"),
    "tps_census": ("tps", "census"),
    "voters_census": ("voters", "census"),
    "all": ("tps", "voters", "census"),
}
"""Columns of which the shares are averaged, by name of the mixture."""

CLAIMED = 0.9
"""Share of the true figures that the ranges shall hold."""

JOINT = 1.2
"""How much more neighbours err together than kelurahan far apart (`sum_with_range`); measured by `validate`."""


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


@dataclass(frozen=True)
class Validation:
    """Result of `validate`.

    Attributes
    ----------
    mixture : the one with the smallest mean error over all kabkota, each counting the same
    factor : the margin of a range is this divided by the root of the polling stations, as a share of the estimate
    tried : mean absolute error as a share of the truth, a row a kabkota, a column a mixture
    joint : what `JOINT` would have to be for the ranges of neighbourhoods, a kelurahan with all that touch it within
        its kabkota, to hold what they claim
    held_out : a row a unit, by kode: kode_kabkota, jenis, error (a share of the truth) and covered (whether the truth
        lies within the range), with mixture and factor as chosen from the other kabkota; sum_covered, the same of the
        people of its neighbourhood; needed and sum_needed, how many times as wide the range of `factor` would have to
        be to just hold the truth
    times : how many times as wide as at the build the ranges are by official figures since (`with_official`)
    """

    mixture: str
    factor: float
    tried: pd.DataFrame
    joint: float
    held_out: pd.DataFrame
    times: float = 1.0

    @property
    def coverage(self) -> float:
        """Share of the true figures that lie within their range, each kabkota judged by the others."""
        return float(self.held_out["covered"].mean())

    @property
    def sum_coverage(self) -> float:
        """The same of the people of neighbourhoods."""
        return float(self.held_out["sum_covered"].mean())

    def as_json(self) -> dict[str, Any]:
        """The same as checks.json holds it, without the single units."""
        areas = self.by_area()
        return {
            "mixture": self.mixture,
            "factor": self.factor,
            "coverage": self.coverage,
            "joint": self.joint,
            "sum_coverage": self.sum_coverage,
            "tried": self.tried.to_dict("index"),
            "areas": areas.to_dict("records"),
        }

    def by_area(self) -> pd.DataFrame:
        """Errors and coverage, a row a kabkota and kind of unit: the columns of `ErrorReport`, and coverage."""
        groups = self.held_out.groupby(["kode_kabkota", "jenis"])
        rows = {}
        for key, own in groups:
            covered = {"coverage": own["covered"].mean(), "sum_coverage": own["sum_covered"].mean()}
            rows[key] = vars(report(own["error"])) | covered
        return pd.DataFrame(rows).T.rename_axis(["kode_kabkota", "jenis"]).infer_objects().reset_index()


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


def shares(units: pd.DataFrame, mixture: str) -> pd.Series:
    """Share of each unit in the people of its kecamatan.

    Parameters
    ----------
    units : by kode: kode_kecamatan, tps (polling stations), voters, census (people then); all units of each kecamatan
    mixture : of `MIXTURES`

    Returns
    -------
    Series of float
        The mean of the shares of the mixture. What is unknown for one unit of a kecamatan is left out of its mean;
        where nothing is left, the shares are unknown.
    """
    columns = units[list(MIXTURES[mixture])].astype(float)
    by = columns.groupby(units["kode_kecamatan"])
    known = (by.transform("count") == by.transform("size").to_numpy()[:, None]) & (by.transform("sum") > 0)
    return (columns / by.transform("sum")).where(known).mean(axis=1)


def report(errors: pd.Series) -> ErrorReport:
    """Summarise relative errors (Series by code).

    Raises
    ------
    ValueError
        There is none.
    """
    if errors.empty:
        raise ValueError("no unit with both an estimate and a true figure")
    size = errors.abs()
    return ErrorReport(
        n=len(size),
        mean_abs=float(size.mean()),
        median_abs=float(size.median()),
        p90_abs=float(np.quantile(size, CLAIMED)),
        worst=float(size.max()),
        worst_kode=str(size.idxmax()),
    )


def with_range(estimate: pd.Series, margin: pd.Series | float) -> pd.DataFrame:
    """The range of each estimate: low and high, whole people.

    Parameters
    ----------
    estimate : people by code
    margin : largest usual error as a share of the estimate, 0 to 1, by code or the same for all
    """
    value = estimate.astype("Float64")
    return pd.DataFrame({"low": (value * (1 - margin)).round(), "high": (value * (1 + margin)).round()})


def sum_with_range(people: pd.DataFrame, share: pd.Series | float = 1.0) -> tuple[float, float, float]:
    """People of several kelurahan, or of a share of each, with the range of the sum.

    The parts of a kecamatan add up to its known total, so that the errors of its kelurahan cancel: a whole kecamatan
    has none, and different kecamatan err independently. Where some of its kelurahan have official figures in the place
    of estimates, the others no longer add up to a known remainder, and their errors do not cancel.

    Parameters
    ----------
    people : by kode of the kelurahan (or kecamatan): people, low, high; low and high missing where the figure is
        official. Every kelurahan of a kecamatan that is summed in part
    share : share of each that is counted, 0 to 1, by kode; those without a share are not counted

    Returns
    -------
    tuple of float
        value, low, high.

    Notes
    -----
    With h the half of a range, n the kelurahan of a kecamatan and w the shares, the variance of the sum is, kecamatan
    by kecamatan, n/(n-1) * sum h² (w - w̄)², where w̄ is the mean of w weighted by h² (independent errors on
    condition that they cancel); for one kelurahan among equals that is its own h². Kelurahan that lie together err
    in the same direction more often than not: the variance grows by 1 + `JOINT` * (1 - sum (hw)² / (sum hw)²).

    Examples
    --------
    >>> two = pd.DataFrame({"people": [1000.0, 500.0], "low": [900.0, 400.0], "high": [1100.0, 600.0]},
    ...                    index=["36.04.01.2001", "36.04.01.2002"])
    >>> sum_with_range(two, pd.Series({"36.04.01.2001": 1.0}))
    (1000.0, 900.0, 1100.0)
    >>> sum_with_range(two)
    (1500.0, 1500.0, 1500.0)
    >>> sum_with_range(two.assign(low=[None, 400.0], high=[None, 600.0]))
    (1500.0, 1400.0, 1600.0)
    """
    weight = share.reindex(people.index).fillna(0.0).to_numpy(float) if isinstance(share, pd.Series) else share
    weight = np.broadcast_to(weight, len(people))
    low, high = people["low"].to_numpy(float), people["high"].to_numpy(float)
    half = np.nan_to_num((high - low) / 2)
    total = float(people["people"].fillna(0.0).to_numpy(float) @ weight)
    official = np.where(people["people"].notna() & people["low"].isna(), 1.0, 0.0)
    error = float(_half_of_sums(weight[None, :], half, people.index, official=official)[0])
    return total, total - error, total + error


def _half_of_sums(
    weights: Floats, half: Floats, kodes: pd.Index, joint: float = JOINT, official: Floats | float = 0.0
) -> Floats:
    """Half of the range of each sum, a row of `weights` (sums, units) each; `half` is that of each unit.

    `official` is 1 for units that are not estimated; their kecamatan is no known total of estimates.
    """
    codes, names = pd.factorize(kodes.str[:8], sort=True)
    of_kecamatan = np.eye(len(names))[codes]
    size, whole, square = of_kecamatan.sum(axis=0), half**2 @ of_kecamatan, half**2
    cancels = (np.broadcast_to(official, len(half)) @ of_kecamatan) == 0
    first, second = (weights * square) @ of_kecamatan, (weights**2 * square) @ of_kecamatan
    spread = second - np.where(cancels, first**2 / np.where(whole > 0, whole, 1), 0)
    # Of a whole kecamatan nothing is left but what the machine rounds, each in its own way.
    spread = np.where(spread > 1e-9 * second, spread, 0)
    times = np.where(cancels, size / np.maximum(size - 1, 1), 1)
    alone, together = weights**2 @ square, (np.abs(weights) @ half) ** 2
    grown = 1 + joint * (1 - alone / np.where(together > 0, together, 1))
    return np.sqrt(spread @ times * grown)


def validate(yardstick: pd.DataFrame, pairs: pd.DataFrame) -> Validation:
    """Try every mixture where the people are known, leaving out each kabkota in turn.

    Parameters
    ----------
    yardstick : a row a unit: kode, kode_kecamatan, jenis (kelurahan or desa), tps, voters, census, population (true)
    pairs : neighbouring units: kode_a, kode_b

    Notes
    -----
    A small unit errs more: with n polling stations the error as a share of the estimate falls like 1/sqrt(n). The
    factor is the `CLAIMED` quantile of that error times sqrt(n), over urban and rural units together: of the scales
    tried (the same for all, by kind, by the difference between the sources, by size) it is the one whose ranges hold
    what they claim in kabkota that had no part in choosing it.
    """
    units = yardstick.set_index("kode")
    truth, kabkota = units["population"].astype(float), units.index.str[:5].to_series(index=units.index)
    whole = units["kode_kecamatan"].map(units.groupby("kode_kecamatan")["population"].sum())
    guesses = pd.DataFrame({name: shares(units, name) * whole for name in MIXTURES})
    error = guesses.sub(truth, axis=0).div(truth, axis=0)
    tried = error.abs().groupby(kabkota).mean()
    needed = guesses.rsub(truth, axis=0).div(guesses).abs().mul(np.sqrt(units["tps"].astype(float)), axis=0)
    around = _neighbourhoods(units.index, pairs)

    def chosen(rows: pd.Series) -> tuple[str, float]:
        best = str(tried.loc[kabkota[rows].unique()].mean().idxmin())
        return best, float(needed.loc[rows, best].quantile(CLAIMED))

    final = chosen(kabkota == kabkota)
    parts, ratios = [], []
    for out in tried.index:
        best, factor = chosen(kabkota != out)
        own = (kabkota == out).to_numpy()
        kodes, inside = units.index[own], around[np.ix_(own, own)]
        guess = guesses.loc[own, best].to_numpy(float)
        half = guess * factor / np.sqrt(units["tps"].to_numpy(float)[own])
        apart = np.abs(inside @ (guess - truth.to_numpy()[own])).round(6)
        sums = _half_of_sums(inside, half, kodes)
        rows = {
            "kode_kabkota": out, "jenis": units.loc[own, "jenis"], "error": error.loc[own, best],
            "covered": needed.loc[own, best] <= factor, "sum_covered": apart <= sums,
            "needed": _times(needed.loc[own, final[0]], final[1]),
            "sum_needed": _times(apart, sums * final[1] / factor),
        }  # fmt: skip
        parts.append(pd.DataFrame(rows))
        single, spread = (_half_of_sums(inside, half, kodes, joint) ** 2 for joint in (0.0, 1.0))
        ratios.append((apart**2 - single)[spread > single] / (spread - single)[spread > single])
    joint = float(np.quantile(np.concatenate(ratios), CLAIMED))
    return Validation(*final, tried, joint, pd.concat(parts))


def _times(error: npt.ArrayLike, half: npt.ArrayLike) -> Floats:
    """How many times as wide a range must be that is wrong by `error`; `half` is half of it."""
    wrong, wide = np.broadcast_arrays(np.asarray(error, dtype=float), np.asarray(half, dtype=float))
    return np.divide(wrong, wide, out=np.where(wrong > 0, np.inf, 0.0), where=wide > 0)


def with_official(
    found: Validation,
    replaced: pd.DataFrame,
    needed: pd.Series,
    jenis: pd.Series,
    pairs: pd.DataFrame,
    width: Callable[[pd.Series, npt.ArrayLike], float],
) -> Validation:
    """The validation with estimates that official figures have replaced: nobody knew those when the estimate was made.

    Parameters
    ----------
    found : of `validate`
    replaced : kode, value, low, high (the estimate), official
    needed : by kode of those that are measured, how many times as wide the range would have to be to hold its figure
    jenis : kelurahan or desa, by kode
    pairs : neighbouring units: kode_a, kode_b
    width : how many times as wide as those of `found` the ranges are, by needed of all units and which are official

    Returns
    -------
    Validation
        Its factor is that of the ranges of the remaining estimates. Each kabkota is judged by the others, also those
        of the official figures.
    """
    if needed.empty:
        return found
    rows = replaced.set_index("kode").reindex(needed.index)
    guess, truth = rows["value"].to_numpy(float), rows["official"].to_numpy(float)
    half = (rows["high"] - rows["low"]).to_numpy(float) / 2
    around = _neighbourhoods(rows.index, pairs)
    apart, sums = np.abs(around @ (guess - truth)), _half_of_sums(around, half, rows.index)
    new = pd.DataFrame(
        {
            "kode_kabkota": rows.index.str[:5], "jenis": jenis.reindex(rows.index), "error": (guess - truth) / truth,
            "needed": needed, "sum_needed": _times(apart, sums),
        },
        index=rows.index,
    )  # fmt: skip
    every = pd.concat([found.held_out.drop(columns=["covered", "sum_covered"]), new])
    official = every.index.isin(new.index)
    others = {out: (every["kode_kabkota"] != out).to_numpy() for out in every["kode_kabkota"].unique()}
    chosen = {out: width(every.loc[other, "needed"], official[other]) for out, other in others.items()}
    judged = every["kode_kabkota"].map(chosen)
    covered = {"covered": every["needed"] <= judged, "sum_covered": every["sum_needed"] <= judged}
    times = width(every["needed"], official)
    return replace(found, factor=found.factor * times, held_out=every.assign(**covered), times=times)


def deviations(replaced: pd.DataFrame) -> pd.DataFrame:
    """How far each estimate was from the official figure that has taken its place.

    Parameters
    ----------
    replaced : kode, value, low, high (the estimate), official, year, official_year

    Returns
    -------
    DataFrame
        `replaced` with error (a share of the official figure; 0.05: 5 % too many), within (the official figure lies in
        the range) and counted (both are of one year: it enters the error of the estimate, see `with_official`).

    Examples
    --------
    >>> rows = pd.DataFrame({"kode": ["a"], "value": [1000], "low": [900], "high": [1100], "official": [1250],
    ...                      "year": [2024], "official_year": [2024]})
    >>> deviations(rows)[["error", "within", "counted"]].to_numpy().tolist()
    [[-0.2, False, True]]
    """
    rows = replaced[replaced["official"] > 0]
    estimate, truth = rows["value"].astype(float), rows["official"].astype(float)
    return rows.assign(
        error=(estimate - truth) / truth,
        within=truth.between(rows["low"].astype(float), rows["high"].astype(float)),
        counted=rows["year"] == rows["official_year"],
    )


def _neighbourhoods(kodes: pd.Index, pairs: pd.DataFrame) -> Floats:
    """A row a unit: 1 for itself and for those that touch it within its kabkota."""
    first, second = (kodes.get_indexer(pd.Index(pairs[column])) for column in ("kode_a", "kode_b"))
    known = (first >= 0) & (second >= 0) & (pairs["kode_a"].str[:5] == pairs["kode_b"].str[:5]).to_numpy()
    result = np.eye(len(kodes))
    result[first[known], second[known]] = result[second[known], first[known]] = 1
    return result
