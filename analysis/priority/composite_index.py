"""Which kelurahan need most, from several indicators, with the ranks that other sensible choices would give.

The index measures need: 1 where every standard is met, 100 where nothing of any is attained. One list of
ranks would hide how much of it comes from weights and formulas, so every rank stands with its range over
many such choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import rankdata

from analysis.comparison.border_pairs import BLOCKED
from analysis.values.quality import MOST_YEARS_APART, Comparability
from geo.arrays import Bools, Floats

Aggregation = Literal["aritmetik", "geometrik"]
Normalisation = Literal["standar", "min_maks", "peringkat"]

LEAST, MOST = 1.0, 100.0
"""Need where the standard is met, and where nothing of it is attained."""
MIN_AVAILABILITY = 2 / 3
"""Least share of the weight that must be known; below it a unit gets no index."""
CONCENTRATION = 20.0
"""Of the Dirichlet distribution around the weights: a weight of a third moves by about a tenth."""


@dataclass(frozen=True)
class Ingredient:
    """One indicator as it enters an index.

    Attributes
    ----------
    indicator, sector : ids
    direction : lebih_rendah_baik, lebih_tinggi_baik or netral
    threshold : the standard, in the unit of the values; None without one
    values : by kode: value, low, high, year; known values only, or missing ones
    range : galat where low and high bound an error
    comparison : whether the sides may be compared; a block leaves the indicator out
    """

    indicator: str
    sector: str
    direction: str
    threshold: float | None
    values: pd.DataFrame
    range: str | None = None
    comparison: Comparability | None = None


@dataclass(frozen=True)
class CompositeIndex:
    """Result of `composite_index`.

    Attributes
    ----------
    table : by kode of every unit asked for: index (1 to 100, higher is needier), availability (share of the weight that
        is known, 0 to 1), rank (1 is the neediest, ties share the mean rank), rank_median, rank_low, rank_high (5 to 95
        % of the draws), overlaps (other units that cannot be told apart from this one); missing where too little is
        known
    scores : by kode, a column an indicator used: need 1 to 100 in the normalisation of the user
    drivers : by kode, a column an indicator used: its share (0 to 1) of the need; missing where there is none
    weights : by indicator used, adding up to 1
    left_out : (indicator, reason code)
    units, indexed : units asked for, and units with an index
    draws : as given
    caveats : codes of what restricts the result
    """

    table: pd.DataFrame
    scores: pd.DataFrame
    drivers: pd.DataFrame
    weights: pd.Series
    left_out: tuple[tuple[str, str], ...]
    units: int
    indexed: int
    draws: int
    caveats: tuple[str, ...]


def attained(values: npt.ArrayLike, threshold: float, direction: str) -> Floats:
    """Share of a standard that is attained, 0 to 1.

    Parameters
    ----------
    values : not negative, in the unit of the threshold; missing stays missing
    threshold : the standard, above 0
    direction : "lebih_rendah_baik" or "lebih_tinggi_baik"

    Returns
    -------
    array of float, same shape
        threshold / value where less is better, value / threshold where more is better, at most 1: at twice the allowed
        distance half of the standard is attained, with half of the schools as well.

    Raises
    ------
    ValueError
        The threshold is not above 0, or the direction has no better end.

    Examples
    --------
    >>> attained([0.5, 1.0, 2.0, 4.0], 1.0, "lebih_rendah_baik").tolist()
    [1.0, 1.0, 0.5, 0.25]
    >>> attained([0.0, 1.0, 8.0], 4.0, "lebih_tinggi_baik").tolist()
    [0.0, 0.25, 1.0]
    """
    if not threshold > 0:
        raise ValueError("a standard needs a threshold above 0")
    value = np.asarray(values, dtype=float)
    if direction == "lebih_rendah_baik":
        return threshold / np.maximum(value, threshold)
    if direction == "lebih_tinggi_baik":
        return np.clip(value / threshold, 0.0, 1.0)
    raise ValueError(f"no standard without a better direction: {direction}")


def composite_index(
    ingredients: Sequence[Ingredient],
    kodes: pd.Index,
    weights: Mapping[str, float],
    *,
    aggregation: Aggregation = "aritmetik",
    normalisation: Normalisation = "standar",
    draws: int = 1000,
    seed: int = 0,
) -> CompositeIndex:
    """Need of every kelurahan, and how far its rank depends on the choices behind it.

    Parameters
    ----------
    ingredients : the indicators that may enter
    kodes : kelurahan to rank
    weights : by sector, not negative, any scale; spread equally over the indicators of the sector that are used
    aggregation : "aritmetik", where one good service makes up for a bad one, or "geometrik", where it does so less
    normalisation : "standar" (distance to the standard), "min_maks" (between the least and the most needy unit) or
        "peringkat" (by rank)
    draws : other choices tried
    seed : the same seed gives the same result, whatever the order of the rows

    Raises
    ------
    ValueError
        A code or indicator stands twice, a weight is negative or all are 0, or a choice does not exist.

    Notes
    -----
    Score by standard: 100 - 99 a with a the share attained. Each draw takes the weight of a sector either as that of
    all its indicators together or as that of each of them, a weight for every indicator from a Dirichlet distribution
    around these, one of the three normalisations, one of the two aggregations, and for every value with an error range
    (range "galat") a figure from that range, evenly on each side of the value, for all units alike or for each by
    itself. Missing values are never filled: the weights of the known indicators are scaled up.

    References
    ----------
    OECD and JRC 2008, Handbook on Constructing Composite Indicators. Saisana, Saltelli and Tarantola 2005, J. R.
    Statist. Soc. A 168(2).

    Examples
    --------
    >>> def distances(values):
    ...     frame = pd.DataFrame({"value": values}, index=["1.1.1.1", "1.1.1.2", "1.1.1.3"])
    ...     return frame.assign(low=np.nan, high=np.nan, year=2019)
    >>> school = Ingredient("jarak_sd", "pendidikan", "lebih_rendah_baik", 1.0, distances([0.5, 2.0, 4.0]))
    >>> near = distances([1.0, 1.0, 4.0])
    >>> health = Ingredient("jarak_puskesmas", "kesehatan", "lebih_rendah_baik", 1.0, near)
    >>> found = composite_index([school, health], school.values.index, {"pendidikan": 1, "kesehatan": 1})
    >>> found.table[["index", "rank_median"]]
             index  rank_median
    1.1.1.1   1.00          3.0
    1.1.1.2  25.75          2.0
    1.1.1.3  75.25          1.0
    """
    _check(ingredients, kodes, weights, aggregation, normalisation)
    # Sorted by code, so that the random numbers meet the same units in any order of rows.
    units = kodes.sort_values()
    used, left_out = _select(ingredients, units, weights)
    sectors = list(dict.fromkeys(entry.sector for entry in used))
    shares = np.array([float(weights[sector]) for sector in sectors])
    shares = shares / shares.sum() if used else shares
    member = np.array([[entry.sector == sector for sector in sectors] for entry in used], dtype=float)
    member = member.reshape(len(used), len(sectors))
    base = member @ (shares / np.maximum(member.sum(axis=0), 1))
    each = member @ shares
    each = each / each.sum() if used else each
    figures = [_figures(entry, units) for entry in used]
    value = np.array([f["value"] for f in figures]).reshape(len(used), len(units))
    known = np.isfinite(value)
    availability = base @ known if used else np.zeros(len(units))
    enough = (availability >= MIN_AVAILABILITY - 1e-9) & (availability > 0)
    value, known = value[:, enough], known[:, enough]
    scores = np.array([_score(v, entry, normalisation) for v, entry in zip(value, used, strict=True)])
    scores = scores.reshape(value.shape)
    index = _aggregate(base[None], list(scores), known, aggregation)[0]
    drawn = _draw(used, figures, enough, value, known, np.stack([base, each]), draws, seed)
    table = pd.DataFrame(index=units)
    table["index"] = np.nan
    table["availability"] = availability
    for column in ("rank", "rank_median", "rank_low", "rank_high"):
        table[column] = np.nan
    table["overlaps"] = pd.array([pd.NA] * len(units), dtype="Int64")
    if enough.any():
        low, middle, high = _bounds(drawn)
        ranges = np.sort(low), np.sort(high)
        apart = len(low) - np.searchsorted(ranges[0], high, side="right") + np.searchsorted(ranges[1], low)
        table.loc[enough, "index"] = index
        table.loc[enough, "rank"] = rankdata(-index)
        table.loc[enough, "rank_median"] = middle
        table.loc[enough, "rank_low"] = low
        table.loc[enough, "rank_high"] = high
        table.loc[enough, "overlaps"] = len(low) - 1 - apart
    names = [entry.indicator for entry in used]
    everywhere = pd.DataFrame(np.nan, index=units, columns=names)
    found_scores, drivers = everywhere.copy(), everywhere.copy()
    found_scores.loc[enough] = scores.T
    drivers.loc[enough] = _drivers(base, scores, known, aggregation).T
    return CompositeIndex(
        table=table.reindex(kodes),
        scores=found_scores.reindex(kodes),
        drivers=drivers.reindex(kodes),
        weights=pd.Series(base, index=names, dtype=float),
        left_out=left_out,
        units=len(units),
        indexed=int(enough.sum()),
        draws=draws,
        caveats=_caveats(used, figures, weights, enough, known),
    )


def rank_changes(before: CompositeIndex, after: CompositeIndex) -> pd.DataFrame:
    """What other weights or standards did to the ranks.

    Returns
    -------
    DataFrame by kode of the units in both
        before, after (median ranks), shift (above 0: needier than before), apart (bool: the two rank ranges do not
        overlap), largest shift first.

    Examples
    --------
    >>> values = pd.DataFrame({"value": [1.0, 3.0], "low": np.nan, "high": np.nan, "year": 2019})
    >>> values.index = pd.Index(["a", "b"])
    >>> entry = Ingredient("x", "s", "lebih_rendah_baik", 1.0, values)
    >>> found = composite_index([entry], values.index, {"s": 1})
    >>> rank_changes(found, found)["shift"].tolist()
    [0.0, 0.0]
    """
    columns = ["rank_median", "rank_low", "rank_high"]
    old, new = (side.table[columns].dropna() for side in (before, after))
    both = old.index.intersection(new.index)
    old, new = old.loc[both], new.loc[both]
    frame = pd.DataFrame(
        {
            "before": old["rank_median"],
            "after": new["rank_median"],
            "shift": old["rank_median"] - new["rank_median"],
            "apart": (old["rank_high"] < new["rank_low"]) | (new["rank_high"] < old["rank_low"]),
        }
    )
    return frame.sort_index().sort_values("shift", key=np.abs, ascending=False, kind="stable")


def _check(
    ingredients: Sequence[Ingredient],
    kodes: pd.Index,
    weights: Mapping[str, float],
    aggregation: str,
    normalisation: str,
) -> None:
    names = [entry.indicator for entry in ingredients]
    if kodes.has_duplicates or len(set(names)) < len(names):
        raise ValueError("a code or an indicator stands twice")
    if any(entry.values.index.has_duplicates for entry in ingredients):
        raise ValueError("a code stands twice")
    if any(not w >= 0 for w in weights.values()) or not sum(weights.values()) > 0:
        raise ValueError("weights must not be negative, and one must be above 0")
    if aggregation not in get_args(Aggregation) or normalisation not in get_args(Normalisation):
        raise ValueError(f"unknown choice: {aggregation}, {normalisation}")


def _select(
    ingredients: Sequence[Ingredient], units: pd.Index, weights: Mapping[str, float]
) -> tuple[list[Ingredient], tuple[tuple[str, str], ...]]:
    """The ingredients that can be used, and why the others cannot."""
    used, left_out = [], []
    for entry in sorted(ingredients, key=lambda e: e.indicator):
        if entry.direction not in ("lebih_rendah_baik", "lebih_tinggi_baik"):
            left_out.append((entry.indicator, "tanpa_arah"))
        elif entry.threshold is None:
            left_out.append((entry.indicator, "tanpa_standar"))
        elif entry.comparison is not None and entry.comparison.block is not None:
            left_out.append((entry.indicator, BLOCKED[entry.comparison.block]))
        elif not weights.get(entry.sector, 0) > 0:
            left_out.append((entry.indicator, "bobot_nol"))
        elif not np.isfinite(_figures(entry, units)["value"]).any():
            left_out.append((entry.indicator, "tidak_diketahui"))
        else:
            used.append(entry)
    return used, tuple(left_out)


def _figures(entry: Ingredient, units: pd.Index) -> dict[str, Floats]:
    """value, low, high and year of each unit."""
    frame = entry.values.reindex(units)
    return {name: frame[name].to_numpy(dtype=float, na_value=np.nan) for name in ("value", "low", "high", "year")}


def _score(values: Floats, entry: Ingredient, normalisation: str) -> Floats:
    """Need from 1 to 100 along the last axis; missing stays missing."""
    if normalisation == "standar":
        assert entry.threshold is not None
        return MOST - (MOST - LEAST) * attained(values, entry.threshold, entry.direction)
    worse = values if entry.direction == "lebih_rendah_baik" else -values
    if normalisation == "min_maks":
        least = np.nanmin(worse, axis=-1, keepdims=True, initial=np.inf)
        span = np.nanmax(worse, axis=-1, keepdims=True, initial=-np.inf) - least
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(span > 0, (worse - least) / span, worse * 0 + 0.5)
    else:
        known = np.isfinite(worse)
        rows = np.atleast_2d(np.where(known, worse, -np.inf))
        total = np.atleast_2d(known).sum(axis=1, keepdims=True)
        place = rankdata(-rows, axis=1).reshape(worse.shape)
        others = total.reshape(*worse.shape[:-1], 1) - 1
        share = np.where(others > 0, 1 - (place - 1) / np.maximum(others, 1), 0.5)
        share = np.where(known, share, np.nan)
    return LEAST + (MOST - LEAST) * share


def _aggregate(weights: Floats, scores: Sequence[Floats], known: Bools, aggregation: str) -> Floats:
    """Index of each draw (row of `weights`) and unit; a score is (units,) or (draws, units)."""
    total = np.zeros((len(weights), known.shape[1]))
    for weight, score, flags in zip(weights.T, scores, known, strict=True):
        filled = np.where(flags, score, LEAST)
        total += weight[:, None] * (np.log(filled) if aggregation == "geometrik" else filled) * flags
    mean = total / (weights @ known)
    # The last digits depend on the order of sums; without them equal units stay equal.
    return np.round(np.exp(mean) if aggregation == "geometrik" else mean, 9)


def _draw(
    used: Sequence[Ingredient],
    figures: Sequence[Mapping[str, Floats]],
    enough: Bools,
    value: Floats,
    known: Bools,
    around: Floats,
    draws: int,
    seed: int,
) -> Floats:
    """Ranks of the units in each draw; `around` holds a row a way to spread the weight of a sector."""
    if not enough.any():
        return np.zeros((draws, 0))
    rng = np.random.default_rng(seed)
    # Dirichlet by its definition, since every draw has its own centre.
    weights = rng.standard_gamma(CONCENTRATION * around[rng.integers(len(around), size=draws)])
    # An indicator that a draw leaves without weight must not leave a unit without an index.
    weights = np.maximum(weights / weights.sum(axis=1, keepdims=True), 1e-12)
    choices = [(n, a) for n in get_args(Normalisation) for a in get_args(Aggregation)]
    choice = rng.integers(len(choices), size=draws)
    place = np.empty((draws, int(enough.sum())))
    for number, (normalisation, aggregation) in enumerate(choices):
        rows = np.flatnonzero(choice == number)
        scores = []
        for entry, figure, middle in zip(used, figures, value, strict=True):
            values = middle
            if entry.range == "galat":
                low, high = (
                    np.where(np.isfinite(figure[e][enough]), figure[e][enough], middle) for e in ("low", "high")
                )
                step = rng.uniform(-1, 1, size=(rows.size, middle.size))
                # What a list lacks moves all units at once; whether errors go together is one more choice.
                step = np.where(rng.random((rows.size, 1)) < 0.5, step[:, :1], step)
                values = middle + np.where(step < 0, step * (middle - low), step * (high - middle))
            scores.append(_score(values, entry, normalisation))
        place[rows] = rankdata(-_aggregate(weights[rows], scores, known, aggregation), axis=1)
    return place


def _bounds(drawn: Floats) -> tuple[Floats, Floats, Floats]:
    """5 %, median and 95 % of the ranks of each unit."""
    ordered = np.sort(drawn.T, axis=1)
    last = ordered.shape[1] - 1
    low, high = ordered[:, int(np.floor(0.05 * last))], ordered[:, int(np.ceil(0.95 * last))]
    return low, (ordered[:, last // 2] + ordered[:, (last + 1) // 2]) / 2, high


def _drivers(base: Floats, scores: Floats, known: Bools, aggregation: str) -> Floats:
    """Share of each indicator in the distance of a unit from having no need."""
    filled = np.where(known, scores, LEAST)
    need = base[:, None] * (np.log(filled) if aggregation == "geometrik" else filled - LEAST)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(known, need / need.sum(axis=0), np.nan)


def _caveats(
    used: Sequence[Ingredient],
    figures: Sequence[Mapping[str, Floats]],
    weights: Mapping[str, float],
    enough: Bools,
    known: Bools,
) -> tuple[str, ...]:
    codes = []
    if not used:
        codes.append("tidak_diketahui")
    if {s for s, w in weights.items() if w > 0} - {entry.sector for entry in used}:
        codes.append("sektor_tanpa_data")
    if not enough.all():
        codes.append("ketersediaan_kurang")
    if not known.all():
        codes.append("nilai_belum_ada")
    years = [f["year"][np.isfinite(f["value"]) & np.isfinite(f["year"])] for f in figures]
    years = [y for y in years if y.size]
    noted = any(entry.comparison is not None and entry.comparison.note_years for entry in used)
    if noted or any(np.ptp(y) > MOST_YEARS_APART for y in years):
        codes.append("tahun_berjauhan")
    if years and max(y.max() for y in years) - min(y.min() for y in years) > MOST_YEARS_APART:
        codes.append("tahun_indikator_berjauhan")
    if any(entry.range == "galat" for entry in used):
        codes.append("galat_diperhitungkan")
    return tuple(codes)
