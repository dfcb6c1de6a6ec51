"""How unequal a value is, and how much of that lies between kabkota and within them (Theil's T)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.arrays import Bools, Floats


@dataclass(frozen=True)
class GroupTheil:
    """One group of units.

    Attributes
    ----------
    group : its name
    units : known units
    weight_share, value_share : its share (0 to 1) of all weight, and of weight times value
    mean : mean value of its units, by weight
    theil : inequality inside it, in nats
    between, within : what the group adds to the two parts of T; the first may be below 0
    """

    group: str
    units: int
    weight_share: float
    value_share: float
    mean: float
    theil: float
    between: float
    within: float


@dataclass(frozen=True)
class Theil:
    """Result of `theil`; all figures are in nats and 0 means equality.

    Attributes
    ----------
    indicator : its id
    total, between, within : None where nothing is known or every value is 0
    between_share : between / total; None also where total is 0
    most : ln(total weight / smallest weight): total, if the unit with the least weight had everything
    groups : sorted by name
    units, unknown : units that count, and units left out for want of a value, a weight or a group
    weighted : whether units count by their people
    caveats : codes of what restricts the result
    """

    indicator: str
    total: float | None
    between: float | None
    within: float | None
    between_share: float | None
    most: float | None
    groups: tuple[GroupTheil, ...]
    units: int
    unknown: int
    weighted: bool
    caveats: tuple[str, ...]


def theil(values: pd.Series, groups: pd.Series, weights: pd.Series | None = None, *, indicator: str = "") -> Theil:
    """Theil's T of a value and its split between and within groups.

    Parameters
    ----------
    values : by kode, not negative; missing where unknown
    groups : by kode, the kabkota of each unit
    weights : people by kode; the value then counts as one person's. Without them every unit counts once
    indicator : id that the result carries

    Returns
    -------
    Theil
        With total = between + within.

    Raises
    ------
    ValueError
        A value or weight is negative or infinite, or a code stands twice.

    Notes
    -----
    With p the share of the weight and s the share of the total (weight times value) of a unit, T = sum s ln(s/p), where
    0 ln 0 = 0. Between is the same over the groups; within is the mean of the T of the groups, weighted by their s. The
    unweighted form is that of PySAL's inequality.theil.TheilD.

    References
    ----------
    Theil 1967, Economics and Information Theory, chapter 4.

    Examples
    --------
    >>> kodes = list("abcdef")
    >>> result = theil(pd.Series([0, 0, 0, 10, 10, 10], kodes), pd.Series(list("xxxyyy"), kodes))
    >>> round(result.between, 6), round(result.within, 6), round(float(np.log(2)), 6)
    (0.693147, 0.0, 0.693147)
    """
    if values.index.has_duplicates:
        raise ValueError("a code stands twice")
    weight = pd.Series(1.0, index=values.index) if weights is None else weights.reindex(values.index)
    frame = pd.DataFrame(
        {
            "value": values.astype(float),
            "weight": weight.astype(float),
            "group": groups.reindex(values.index),
        }
    )
    # Sorted by code, so that sums do not depend on the order of the rows.
    known = frame.dropna().sort_index()
    numbers = known[["value", "weight"]].to_numpy(dtype=float)
    if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
        raise ValueError("Theil's T needs values and weights that are finite and not negative")
    known = known[known["weight"] > 0]
    unknown = len(frame) - len(known)
    caveats = ["nilai_belum_ada"] if unknown else []
    if weights is None:
        caveats.append("tanpa_bobot_penduduk")
    value, people = known["value"].to_numpy(), known["weight"].to_numpy()
    if not (value * people).sum() > 0:
        caveats.append("semua_nol" if len(known) else "tidak_diketahui")
        return Theil(
            indicator, None, None, None, None, None, (), len(known), unknown, weights is not None, tuple(caveats)
        )
    codes, names = pd.factorize(known["group"], sort=True)
    found = tuple(_group(str(name), value, people, codes == number) for number, name in enumerate(names))
    if len(found) == 1:
        caveats.append("satu_kelompok")
    total = _divergence(value * people, people)
    between = float(sum(group.between for group in found))
    return Theil(
        indicator=indicator,
        total=total,
        between=between,
        within=float(sum(group.within for group in found)),
        between_share=between / total if total > 1e-12 else None,
        most=float(np.log(people.sum() / people.min())),
        groups=found,
        units=len(known),
        unknown=unknown,
        weighted=weights is not None,
        caveats=tuple(caveats),
    )


def _divergence(amounts: Floats, people: Floats) -> float:
    """Sum of s ln(s/p); nothing where there is nothing to share."""
    if not amounts.sum() > 0:
        return 0.0
    share, part = amounts / amounts.sum(), people / people.sum()
    has = share > 0
    return float((share[has] * np.log(share[has] / part[has])).sum())


def _group(name: str, value: Floats, people: Floats, inside: Bools) -> GroupTheil:
    amounts = value * people
    weight_share = float(people[inside].sum() / people.sum())
    value_share = float(amounts[inside].sum() / amounts.sum())
    own = _divergence(amounts[inside], people[inside])
    return GroupTheil(
        group=name,
        units=int(inside.sum()),
        weight_share=weight_share,
        value_share=value_share,
        mean=float(np.average(value[inside], weights=people[inside])),
        theil=own,
        between=value_share * float(np.log(value_share / weight_share)) if value_share > 0 else 0.0,
        within=value_share * own,
    )
