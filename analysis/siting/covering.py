"""Where the next places should stand: maximal covering and set covering over points of demand.

A point counts as reached when its distance is at most the limit: exactly at the limit is reached. What exists already
is fixed: it has been taken off the people of each point (a facility known only by area covers a point with a
probability), so that a new place is worth the people that are left.

Notes
-----
Points that the same candidates reach are one group with the sum of their people. That loses nothing, so the optimum of
the groups is the optimum of the points. Candidates that reach nobody whom an earlier or larger one does not reach as
well are left out, which loses nothing either. `scipy.optimize.milp` (HiGHS) solves the models until no plan can be
better by a ten-thousandth; the same input gives the same plan.

References
----------
Church, R. & ReVelle, C. (1974), The maximal covering location problem, Papers in Regional Science 32.
Toregas, C., Swain, R., ReVelle, C. & Bergman, L. (1971), The location of emergency service facilities, Operations
Research 19(6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from scipy.optimize import LinearConstraint, milp

from analysis.access.catchment import within_reach
from geo.arrays import Bools, Floats

SECONDS = 8.0
"""Longest time for one model; beyond it the best plan so far is given, marked as not proven."""

_GAP = 1e-4
"""A plan counts as proven when no other is better by more than this share."""
_SLACK = 1e-4
"""People below which two plans are equally good: rounding of the weights."""


@dataclass(frozen=True)
class Chosen:
    """A plan.

    Attributes
    ----------
    places : positions of the chosen candidates, rising; fewer than asked for where more would reach nobody new
    people : newly covered, by the model
    proven : whether no better plan exists
    """

    places: tuple[int, ...] = ()
    people: float = 0.0
    proven: bool = True


def reach_matrix(points: npt.ArrayLike, places: npt.ArrayLike, limits: npt.ArrayLike) -> sparse.csr_matrix:
    """Which place reaches which point.

    Parameters
    ----------
    points, places : (n, 2) and (m, 2) metres
    limits : farthest metres at which a point is reached, which still counts; a negative one: never; a number or (n,)

    Returns
    -------
    (n, m) csr_matrix of bool
    """
    xy, stands = (np.asarray(a, dtype=float).reshape(-1, 2) for a in (points, places))
    limit = np.broadcast_to(np.asarray(limits, dtype=float), len(xy))
    if len(xy) == 0 or len(stands) == 0 or not (limit >= 0).any():
        return sparse.csr_matrix((len(xy), len(stands)), dtype=bool)
    # A hair farther, so that rounding in the trees does not lose who stands exactly at the limit.
    near = within_reach(xy, stands, float(limit.max()) * (1 + 1e-9) + 1e-6)
    rows, cols = near.coords
    kept = np.hypot(*(xy[rows] - stands[cols]).T) <= limit[rows]
    return sparse.csr_matrix((np.ones(int(kept.sum()), dtype=bool), (rows[kept], cols[kept])), near.shape)


def covered(reach: sparse.csr_matrix, places: Sequence[int]) -> Bools:
    """Whether any of the places reaches each point (n,)."""
    if not len(places):
        return np.zeros(reach.shape[0], dtype=bool)
    return np.asarray(reach[:, list(places)].sum(axis=1)).ravel() > 0


class Covering:
    """The model of maximal covering, built once and solved for any number of places.

    Parameters
    ----------
    reach : (n, m) which candidate reaches which point, as `reach_matrix` gives it
    people : (n,) those who are not covered yet; not negative
    allowed : positions of the candidates that may be chosen; all by default
    seconds : time limit of one model

    Raises
    ------
    ValueError
        People are negative or unknown.
    """

    def __init__(
        self,
        reach: sparse.csr_matrix,
        people: npt.ArrayLike,
        *,
        allowed: Sequence[int] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.reach, self.allowed, self.seconds = reach, allowed, seconds
        self.people = np.asarray(people, dtype=float)
        if not (self.people >= 0).all():
            raise ValueError("people must be known and not negative")
        self.matrix, self.weights, self.columns = _grouped(reach, self.people, allowed)

    def gain(self, places: Sequence[int]) -> float:
        """People whom these places newly cover."""
        return float(self.people[covered(self.reach, places)].sum())

    def best(self, count: int, seconds: float | None = None) -> Chosen:
        """The plan of at most `count` places that newly covers the most people.

        Where time runs out (`seconds`, else that of the model), it is the better of what the solver has found so far
        and of `greedy`, not proven.
        """
        if count <= 0 or not len(self.columns):
            return Chosen()
        plan = self.columns[list(greedy(self.matrix, self.weights, np.inf, count))].tolist()
        proven = count == 1
        if not proven:
            # Whether each candidate is chosen, then the share of each group that is reached: by chosen ones only.
            places, groups = np.zeros(len(self.columns)), np.zeros(len(self.weights))
            whole, cost = np.append(places + 1, groups), np.append(places, -self.weights)
            reached = sparse.hstack([-self.matrix.astype(float), sparse.eye(len(groups))], format="csc")
            limits = [LinearConstraint(reached, ub=0), LinearConstraint(whole, ub=count)]
            taken, proven = _solve(cost, whole, limits, self.seconds if seconds is None else seconds)
            solved = self.columns[taken[taken < len(places)]].tolist()
            if proven or self.gain(solved) > self.gain(plan):
                plan = solved
        total = self.gain(plan)
        for place in reversed(tuple(plan)):
            fewer = [p for p in plan if p != place]
            if self.gain(fewer) >= total - _SLACK:
                plan = fewer
        return Chosen(tuple(plan), total, proven)

    def fewest(self, wanted: float, enough: Sequence[int], seconds: float | None = None) -> Iterator[Chosen | None]:
        """The fewest places that newly cover at least so many people, by ever better guesses of their number.

        Parameters
        ----------
        wanted : people
        enough : places of a plan that covers all whom any candidate can cover, as `set_covering` gives it
        seconds : another time limit than that of the model

        Yields
        ------
        Chosen or None
            Every plan that was tried, and last the smallest that is enough, None when no number of places is. That one
            is proven when every smaller number that was tried is proven to fall short.
        """
        most = self.gain(enough)
        if wanted > most + _SLACK:
            yield None
            return
        found = Chosen(tuple(sorted(enough)), most)
        quick = greedy(self.reach, self.people, wanted, len(enough)) if self.allowed is None else ()
        gained = self.gain(quick)
        if len(quick) < len(enough) and gained >= wanted - _SLACK:
            found = Chosen(quick, gained)
        low, high, sure = 0, len(found.places) - 1, True
        while low <= high:
            middle = (low + high) // 2
            plan = self.best(middle, seconds)
            yield plan
            if plan.people >= wanted - _SLACK:
                found, high = plan, len(plan.places) - 1
            else:
                low, sure = middle + 1, sure and plan.proven
        yield replace(found, proven=sure)


def greedy(reach: sparse.csr_matrix, left: npt.ArrayLike, wanted: float, most: int) -> tuple[int, ...]:
    """Places taken one by one, each the best next one, until so many people are covered: quick, not always the fewest.

    Parameters
    ----------
    reach : (n, m) which candidate reaches which point
    left : (n,) people of each point who are not covered
    wanted : people to be covered
    most : places, at most
    """
    rest = np.array(left, dtype=float)
    missing = wanted
    chosen: list[int] = []
    while missing > _SLACK and len(chosen) < most:
        worth = np.asarray(rest @ reach)
        best = int(worth.argmax()) if len(worth) else 0
        if not len(worth) or worth[best] <= _SLACK:
            break
        chosen.append(best)
        missing -= float(worth[best])
        rest[covered(reach, [best])] = 0.0
    return tuple(sorted(chosen))


def improved(
    reach: sparse.csr_matrix, left: npt.ArrayLike, places: Sequence[int], allowed: Sequence[int] | None = None
) -> tuple[int, ...]:
    """A plan after moving one place at a time to where it covers the most, as long as that covers more people.

    A plan chosen on coarse cells becomes one that cannot be improved by a single move on the points.

    Parameters
    ----------
    reach : (n, m) which candidate reaches which point
    left : (n,) people of each point who are not covered without the plan
    places : positions of the plan
    allowed : candidates that may be used; all by default
    """
    people = np.asarray(left, dtype=float)
    options = np.arange(reach.shape[1]) if allowed is None else np.asarray(sorted(set(allowed)), dtype=np.int64)
    plan, better = sorted(places), True
    while better:
        better = False
        for place in tuple(plan):
            others = [p for p in plan if p != place]
            rest = np.where(covered(reach, others), 0.0, people)
            worth = np.asarray(rest @ reach)[options]
            now = float(rest[covered(reach, [place])].sum())
            if worth.max() > now + _SLACK:
                plan, better = sorted([*others, int(options[worth.argmax()])]), True
    return tuple(plan)


def set_covering(reach: sparse.csr_matrix, needed: npt.ArrayLike, *, seconds: float = SECONDS) -> Chosen:
    """The fewest places that reach every needed point that any candidate can reach at all.

    Parameters
    ----------
    reach : (n, m) which candidate reaches which point
    needed : (n,) the points that are not covered yet
    seconds : time limit

    Returns
    -------
    Chosen
        ``people`` counts points.
    """
    matrix, weights, columns = _grouped(reach, np.asarray(needed, dtype=float), None)
    if not len(columns):
        return Chosen()
    quick, one = greedy(matrix, weights, np.inf, len(columns)), np.ones(len(columns))
    found, proven = _solve(one, one, [LinearConstraint(matrix.astype(float), lb=1)], seconds)
    plan = found if proven or 0 < len(found) < len(quick) else list(quick)
    return Chosen(tuple(int(c) for c in columns[plan]), float(weights.sum()), proven)


def _grouped(
    reach: sparse.csr_matrix, weight: Floats, allowed: Sequence[int] | None
) -> tuple[sparse.csr_matrix, Floats, npt.NDArray[np.int64]]:
    """Groups of points that the same candidates reach, their weights, and which candidates the columns are."""
    columns = np.arange(reach.shape[1]) if allowed is None else np.asarray(sorted(set(allowed)), dtype=np.int64)
    part = reach[:, columns].tocsr()
    part.sort_indices()
    rows = np.flatnonzero((weight > 1e-9) & (np.diff(part.indptr) > 0))
    if len(rows) == 0:
        return sparse.csr_matrix((0, 0)), np.zeros(0), columns[:0]
    packed = np.packbits(part[rows].toarray(), axis=1)
    _, first, group = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    # Rounded, so that the order in which points come cannot tip a tie.
    weights: Floats = np.round(np.bincount(group.ravel(), weight[rows]).astype(float), 6)
    matrix = part[rows[first]].astype(float)
    shared = np.asarray((matrix.T @ matrix).toarray())
    size = shared.diagonal()
    inside = shared == size[:, None]
    same = inside & inside.T
    earlier = np.tril(same, k=-1).any(axis=1)
    idle = (size == 0) | (inside & ~same).any(axis=1) | earlier
    return matrix[:, ~idle].astype(bool).tocsr(), weights, columns[~idle]


def _solve(
    cost: Floats, whole: Floats, limits: list[LinearConstraint], seconds: float
) -> tuple[npt.NDArray[np.int64], bool]:
    """Variables between 0 and 1 that are not 0 at the least cost, none without a plan; and whether that is proven."""
    options = {"mip_rel_gap": _GAP, "time_limit": seconds}
    found = milp(cost, integrality=whole, bounds=(0, 1), constraints=limits, options=options)
    return np.flatnonzero([] if found.x is None else found.x > 0.5), found.status == 0
