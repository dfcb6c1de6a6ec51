"""Where the next places should stand: maximal covering and set covering over points of demand.

A point counts as reached when its distance is at most the limit: exactly at the limit is reached. What exists already
is fixed: it enters as the share of each point that is covered (a facility known only by area covers a point with a
probability), so that a new place is worth the people that are left.

Notes
-----
Points that the same candidates reach are one group with the sum of their people. That loses nothing, so the optimum of
the groups is the optimum of the points. Candidates that reach nobody whom an earlier or larger one does not reach as
well are left out, which loses nothing either. The models are those of PySAL spopt, solved by HiGHS until
no plan can be better by a ten-thousandth, on one thread, so that the same input gives the same plan.

References
----------
Church, R. & ReVelle, C. (1974), The maximal covering location problem, Papers in Regional Science 32.
Toregas, C., Swain, R., ReVelle, C. & Bergman, L. (1971), The location of emergency service facilities, Operations
Research 19(6).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sparse
from pulp import HiGHS, LpMaximize, LpMinimize, LpProblem, LpSolutionOptimal, LpStatusOptimal, lpSum
from pulp.v4_migration import set_v4_migration_warnings
from scipy.spatial import cKDTree

__all__ = [
    "SECONDS",
    "Chosen",
    "Covering",
    "UnsolvedError",
    "covered",
    "maximal_covering",
    "reach_matrix",
    "set_covering",
]

# spopt 0.7 builds its models in a way that PuLP 4 will drop; both are pinned.
set_v4_migration_warnings(False)

SECONDS = 8.0
"""Longest time for one model; beyond it the best plan so far is given, marked as not proven."""

_GAP = 1e-4
"""A plan counts as proven when no other is better by more than this share."""
_SLACK = 1e-4
"""People below which two plans are equally good: rounding of the weights."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class UnsolvedError(RuntimeError):
    """The solver found no plan within its time."""


@dataclass(frozen=True)
class Chosen:
    """A plan.

    places : positions of the chosen candidates, rising; fewer than asked for where more would reach nobody new
    people : newly covered, by the model
    proven : whether no better plan exists
    groups : groups of points of the model
    """

    places: tuple[int, ...]
    people: float
    proven: bool
    groups: int


def reach_matrix(points: npt.ArrayLike, places: npt.ArrayLike, limits: npt.ArrayLike) -> sparse.csr_matrix:
    """Which place reaches which point.

    Parameters
    ----------
    points : array (n, 2), metres
    places : array (m, 2), metres
    limits : number or array (n,), metres
        Farthest distance at which a point is reached, which still counts; a negative one: never.

    Returns
    -------
    csr_matrix of bool (n, m)
    """
    xy, stands = (np.asarray(a, dtype=float).reshape(-1, 2) for a in (points, places))
    limit = np.broadcast_to(np.asarray(limits, dtype=float), len(xy))
    if len(xy) == 0 or len(stands) == 0 or not (limit >= 0).any():
        return sparse.csr_matrix((len(xy), len(stands)), dtype=bool)
    farthest = float(limit.max())
    near = cKDTree(stands).query_ball_point(xy, farthest * (1 + 1e-9) + 1e-6, return_sorted=True)
    rows = np.repeat(np.arange(len(xy)), [len(found) for found in near])
    cols = np.concatenate([np.asarray(found, dtype=np.int64) for found in near])
    gap = np.hypot(*(xy[rows] - stands[cols]).T)
    kept = gap <= limit[rows]
    return sparse.csr_matrix((np.ones(int(kept.sum()), dtype=bool), (rows[kept], cols[kept])), (len(xy), len(stands)))


def covered(reach: sparse.csr_matrix, places: Sequence[int]) -> Bools:
    """Whether any of the places reaches each point (n,)."""
    if not len(places):
        return np.zeros(reach.shape[0], dtype=bool)
    return np.asarray(reach[:, list(places)].sum(axis=1)).ravel() > 0


def maximal_covering(
    reach: sparse.csr_matrix,
    people: npt.ArrayLike,
    counts: Sequence[int],
    *,
    existing: npt.ArrayLike = 0.0,
    allowed: Sequence[int] | None = None,
    seconds: float = SECONDS,
) -> Iterator[Chosen]:
    """The k places that newly cover the most people, for each k in turn; existing ones stay.

    Parameters
    ----------
    reach : csr_matrix of bool (n, m), as `reach_matrix` gives it
    people : array (n,), not negative
    counts : how many new places, one plan each
    existing : number or array (n,)
        Share of each point that is covered already, 0 to 1.
    allowed : positions of the candidates that may be chosen; all when None
    seconds : time limit of one model

    Yields
    ------
    Chosen
        As soon as it is found, so that the caller can stop in between.

    Raises
    ------
    ValueError
        People are negative or unknown, or a share is not within 0 to 1.
    UnsolvedError
        No plan was found in time.
    """
    model = Covering(reach, people, existing=existing, allowed=allowed, seconds=seconds)
    for count in counts:
        yield model.best(count)


class Covering:
    """The model of maximal covering, built once and solved for any number of places.

    Parameters as for `maximal_covering`.
    """

    def __init__(
        self,
        reach: sparse.csr_matrix,
        people: npt.ArrayLike,
        *,
        existing: npt.ArrayLike = 0.0,
        allowed: Sequence[int] | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.reach, self.allowed, self.seconds = reach, allowed, seconds
        self.left = _left(people, existing, reach.shape[0])
        matrix, weights, self.columns = _grouped(reach, self.left, allowed)
        self.groups, places = matrix.shape
        if not places:
            return
        from spopt.locate import MCLP
        from spopt.locate.base import FacilityModelBuilder as Builder

        self.problem = LpProblem("mclp", LpMaximize)
        model = MCLP("mclp", self.problem)
        model.aij = matrix.toarray().astype(float)
        Builder.add_facility_integer_variable(model, range(places), "x[{i}]")
        Builder.add_client_integer_variable(model, range(self.groups), "y[{i}]")
        self.problem.setObjective(lpSum(w * y for w, y in zip(weights.tolist(), model.cli_vars, strict=True)))
        for group in range(self.groups):
            # Only over the candidates that reach it: spopt's own loop over every pair takes twenty times as long.
            Builder.add_maximal_coverage_constraint(model, _row(matrix, group), [group])
        Builder.add_facility_constraint(model, 1)
        self.number = list(self.problem.constraints.values())[-1]
        self.choice = model.fac_vars

    def best(self, count: int, seconds: float | None = None) -> Chosen:
        """The best plan of so many places."""
        if count <= 0 or not len(self.columns):
            return Chosen((), 0.0, True, self.groups)
        self.number.changeRHS(min(count, len(self.columns)))
        proven = _solve(self.problem, self.seconds if seconds is None else seconds)
        found = self.columns[_taken(self.choice)]
        kept = list(found)
        total = float(self.left[covered(self.reach, kept)].sum())
        for place in reversed(found):
            fewer = [p for p in kept if p != place]
            if float(self.left[covered(self.reach, fewer)].sum()) >= total - _SLACK:
                kept = fewer
        return Chosen(tuple(int(p) for p in kept), total, proven, self.groups)

    def fewest(
        self, wanted: float, enough: Sequence[int], seconds: float | None = None
    ) -> Generator[Chosen, None, Chosen | None]:
        """The fewest places that newly cover at least so many people, by ever better guesses of their number.

        Parameters
        ----------
        wanted : people
        enough : places of a plan that covers all whom any candidate can cover, as `set_covering` gives it

        Yields
        ------
        Chosen
            Every plan that was tried.

        Returns
        -------
        Chosen or None
            The smallest plan that is enough, None when no number of places is. It is proven when every smaller number
            that was tried is proven to fall short.
        """
        most = float(self.left[covered(self.reach, enough)].sum())
        if wanted > most + _SLACK:
            return None
        found = Chosen(tuple(sorted(enough)), most, True, self.groups)
        quick = greedy(self.reach, self.left, wanted, len(enough)) if self.allowed is None else ()
        gained = float(self.left[covered(self.reach, quick)].sum())
        if len(quick) < len(enough) and gained >= wanted - _SLACK:
            found = Chosen(quick, gained, True, self.groups)
        low, high, sure = 0, len(found.places) - 1, True
        while low <= high:
            middle = (low + high) // 2
            plan = self.best(middle, seconds)
            yield plan
            if plan.people >= wanted - _SLACK:
                found, high = plan, len(plan.places) - 1
            else:
                low, sure = middle + 1, sure and plan.proven
        return replace(found, proven=sure)


def _taken(variables: Sequence[Any]) -> Bools:
    return np.array([v.value() is not None and v.value() > 0.5 for v in variables], dtype=bool)


def greedy(reach: sparse.csr_matrix, left: npt.ArrayLike, wanted: float, most: int) -> tuple[int, ...]:
    """Places taken one by one, each the best next one, until so many people are covered: quick, not always the fewest.

    Parameters
    ----------
    left : array (n,), people of each point who are not covered
    wanted : people · most : places, at most
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
    left : array (n,), people of each point who are not covered without the plan
    places : positions of the plan · allowed : candidates that may be used; all when None
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


def set_covering(
    reach: sparse.csr_matrix,
    needed: npt.ArrayLike,
    *,
    allowed: Sequence[int] | None = None,
    seconds: float = SECONDS,
) -> tuple[Chosen, Bools]:
    """The fewest places that reach every needed point that any candidate can reach at all.

    Parameters
    ----------
    reach : csr_matrix of bool (n, m)
    needed : bool array (n,), the points that are not covered yet
    allowed, seconds : as for `maximal_covering`

    Returns
    -------
    Chosen
        ``people`` counts points.
    bool array (n,)
        Needed points that no candidate reaches: they stay uncovered whatever is built.

    Raises
    ------
    UnsolvedError
        No plan was found in time.
    """
    wanted = np.asarray(needed, dtype=bool)
    matrix, weights, columns = _grouped(reach, wanted.astype(float), allowed)
    options = np.arange(reach.shape[1]) if allowed is None else np.asarray(sorted(allowed), dtype=np.int64)
    lost = wanted & ~covered(reach, options.tolist())
    if len(columns) == 0:
        return Chosen((), 0.0, True, 0), lost
    from spopt.locate import LSCP
    from spopt.locate.base import FacilityModelBuilder as Builder

    problem = LpProblem("lscp", LpMinimize)
    model = LSCP("lscp", problem)
    groups, places = matrix.shape
    model.aij = matrix.toarray().astype(float)
    Builder.add_facility_integer_variable(model, range(places), "y[{i}]")
    problem.setObjective(lpSum(model.fac_vars))
    for group in range(groups):
        Builder.add_set_covering_constraint(model, [group], _row(matrix, group))
    proven = _solve(problem, seconds)
    found = columns[_taken(model.fac_vars)]
    return Chosen(tuple(int(c) for c in found), float(weights.sum()), proven, groups), lost


def _left(people: npt.ArrayLike, existing: npt.ArrayLike, n: int) -> Floats:
    weight = np.broadcast_to(np.asarray(people, dtype=float), n)
    share = np.broadcast_to(np.asarray(existing, dtype=float), n)
    if not (weight >= 0).all():
        raise ValueError("people must be known and not negative")
    if not ((share >= 0) & (share <= 1)).all():
        raise ValueError("a share must be known and lie within 0 to 1")
    return np.asarray(weight * (1 - share))


def _row(matrix: sparse.csr_matrix, row: int) -> list[int]:
    indices: list[int] = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].tolist()
    return indices


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


def _solve(problem: Any, seconds: float) -> bool:
    """Solve, and tell whether the result is proven to be the best."""
    solver = HiGHS(msg=False, threads=1, gapRel=_GAP, timeLimit=seconds, random_seed=0)
    problem.solve(solver)
    if any(v.value() is None for v in problem.variables()):
        raise UnsolvedError(f"no plan within {seconds:g} s")
    return bool(problem.status == LpStatusOptimal and problem.sol_status == LpSolutionOptimal)
