"""How unequal a value is, and how much of that lies between kabkota and within them (Theil's T)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.arrays import Bools, Floats


@dataclass(frozen=True)
class Theil:
    """Result of `theil`; all figures are in nats and 0 means equality.

    Attributes
    ----------
    total, between, within : the whole, and its two parts
    """

    total: float
    between: float
    within: float

    @property
    def between_share(self) -> float | None:
        """Between / total; None where total is 0."""
        return self.between / self.total if self.total > 1e-12 else None


def theil(values: pd.Series, groups: pd.Series, weights: pd.Series | None = None) -> Theil | None:
    """Theil's T of a value and its split between and within groups.

    Parameters
    ----------
    values : by kode, not negative; missing where unknown
    groups : by kode, the kabkota of each unit
    weights : people by kode; the value then counts as one person's. Without them every unit counts once

    Returns
    -------
    Theil or None
        With total = between + within; None where nothing is known or every value is 0.

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
    value, people = known["value"].to_numpy(), known["weight"].to_numpy()
    amounts = value * people
    if not amounts.sum() > 0:
        return None
    codes, names = pd.factorize(known["group"], sort=True)
    parts = [_parts(amounts, people, codes == number) for number in range(len(names))]
    between, within = (float(sum(part)) for part in zip(*parts, strict=True))
    return Theil(_divergence(amounts, people), between, within)


def _parts(amounts: Floats, people: Floats, inside: Bools) -> tuple[float, float]:
    """What a group adds to the inequality between the groups, which may be below 0, and to that within them."""
    weight_share = float(people[inside].sum() / people.sum())
    value_share = float(amounts[inside].sum() / amounts.sum())
    between = value_share * float(np.log(value_share / weight_share)) if value_share > 0 else 0.0
    return between, value_share * _divergence(amounts[inside], people[inside])


def _divergence(amounts: Floats, people: Floats) -> float:
    """Sum of s ln(s/p); nothing where there is nothing to share."""
    if not amounts.sum() > 0:
        return 0.0
    share, part = amounts / amounts.sum(), people / people.sum()
    has = share > 0
    return float((share[has] * np.log(share[has] / part[has])).sum())
