"""Supply per person with a border closed and open: what facilities give when more people may share them.

One facility is one unit of supply. Supply adds up over facilities, so that what a scenario adds or takes away is added
to or taken from what the others give.

References
----------
Luo, W. & Qi, Y. (2009), An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
accessibility to primary care physicians, Health & Place 15(4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse

from analysis.access.catchment import e2sfca
from geo.arrays import Bools, Floats

UNCHANGED = 0.01
"""Relative change of supply per person up to which nobody is said to gain or lose."""


@dataclass(frozen=True)
class Balance:
    """Supply given out and supply that anybody can reach, in facilities: equal, or something is wrong.

    Attributes
    ----------
    closed_given, closed_there : with a closed border, given out and within reach of anybody
    open_given, open_there : with an open border
    """

    closed_given: float
    closed_there: float
    open_given: float
    open_there: float


@dataclass(frozen=True)
class Supply:
    """Supply per person that some facilities give the points inside: facilities simply add up.

    Attributes
    ----------
    closed, opened : (n,) facilities per person with a closed and with an open border
    sure_closed, sure_opened : (n,) the same of those with a point only
    balance : supply given out and within reach
    """

    closed: Floats
    opened: Floats
    sure_closed: Floats
    sure_opened: Floats
    balance: Balance

    def plus(self, other: Supply, sign: int = 1) -> Supply:
        """With others added, or taken away again with sign -1."""
        mine, theirs = astuple(self.balance), astuple(other.balance)
        return Supply(
            closed=_no_residue(self.closed + sign * other.closed),
            opened=_no_residue(self.opened + sign * other.opened),
            sure_closed=_no_residue(self.sure_closed + sign * other.sure_closed),
            sure_opened=_no_residue(self.sure_opened + sign * other.sure_opened),
            balance=Balance(*(a + sign * b for a, b in zip(mine, theirs, strict=True))),
        )


def _no_residue(supply: Floats) -> Floats:
    """Zero where only the rounding error of a facility taken away again is left."""
    return np.where(supply > 1e-12, supply, 0.0)


def supply_both(
    kabkota: npt.NDArray,
    people: Floats,
    may_use: Bools,
    units: Floats,
    reach: sparse.coo_array,
    steps: Sequence[tuple[float, float]],
) -> tuple[Floats, Floats, Balance]:
    """Facilities per person within reach, one facility being one unit of supply: closed, then open.

    Parameters
    ----------
    kabkota : (n,) number of the kabkota whose resident lives at each point
    people : (n,) people living at each point, not negative
    may_use : (m, s) which facilities the residents of which kabkota may use with a closed border
    units : (m,) supply of each: 1, or the share of one that stands there; or (k, m) of k cases, the first with all
    reach : (n, m) sparse array of metres, see `within_reach`
    steps : limits (m) and weights

    Returns
    -------
    closed, open : (n,) or (k, n) facilities per person
    balance : of the first case
    """
    at, to = reach.coords
    home = may_use[to, kabkota[at]]
    own = sparse.coo_array((np.where(home, reach.data, np.inf), reach.coords), shape=reach.shape)
    closed, opened = (e2sfca(units, people, pairs, steps) for pairs in (own, reach))
    lived, first = people[at] > 0, np.atleast_2d(units)[0]
    there = [float(first[np.bincount(to[used], minlength=len(first)) > 0].sum()) for used in (lived & home, lived)]
    given = [float(people @ np.atleast_2d(access)[0]) for access in (closed, opened)]
    return closed, opened, Balance(given[0], there[0], given[1], there[1])


def change_sign(before: Floats, after: Floats) -> npt.NDArray[np.int64]:
    """1 where supply rises by more than `UNCHANGED` of what it was, -1 where it falls by more, else 0."""
    return np.where(after > before * (1 + UNCHANGED), 1, np.where(after < before * (1 - UNCHANGED), -1, 0))
