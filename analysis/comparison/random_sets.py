"""Random sets of units that hang together as the border of a side does: what chance alone would make of it.

Neighbouring kelurahan resemble each other, so that sets of units picked one by one would differ too little from each
other. `analysis.comparison.contrast` compares them with the border.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.arrays import Bools, Floats, Ints

MIN_UNITS = 3
"""Known units that border and interior each need for a test."""

MIN_SETS = 20
"""Different sets that a test needs: with fewer no p-value of 5 % is possible."""

SAMPLE = 100
"""Random sets among which `RandomSets.echo` looks for overlap."""

MOST_KEPT = 24
"""Sets that are kept, each a megabyte: a border has up to twelve, and two may be compared at a time."""

AT_ONCE = 1000
"""Random sets that grow side by side; what they need then stays in the cache of the processor."""


@dataclass(frozen=True, eq=False)
class RandomSets:
    """Random sets of a side, compared with the part of the interior that lies outside them.

    Attributes
    ----------
    members : a row a set, a column a unit: 1 for the known units inside
    distinct : how many differ
    """

    members: csr_array
    distinct: int

    def sums(self, columns: Floats, inside: Bools) -> tuple[Floats, Floats]:
        """Sums of `columns` over each set, and over the interior outside it."""
        interior = columns * inside[:, None]
        # One product is faster than two.
        here, within = np.hsplit(self.members @ np.hstack([columns, interior]), 2)
        return here, interior.sum(axis=0) - within

    def echo(self, weight: Floats, inside: Bools) -> float:
        """Mean square of the difference in one set when another one holds 1 and all else 0."""
        return _echo(self, weight.tobytes(), inside.tobytes())


@lru_cache(maxsize=MOST_KEPT)
def _echo(sets: RandomSets, weight: bytes, inside: bytes) -> float:
    """`RandomSets.echo`; indicators known in the same units share it as they share their sets."""
    people = np.frombuffer(weight)
    interior, some = people * np.frombuffer(inside, dtype=bool), sets.members[:SAMPLE]
    here, within = some @ people, some @ interior
    both, shared = ((some.multiply(part) @ some.T).toarray() for part in (people, interior))
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = both / here[:, None] - (within[None] - shared) / (interior.sum() - within)[:, None]
    np.fill_diagonal(moved, np.nan)
    return float(np.nanmean(moved[np.isfinite(moved)] ** 2))


def sets_like(
    adjacency: Bools,
    outer: Bools,
    border: Bools,
    inside: Bools,
    known: Bools,
    replicates: int,
    seed: int,
    caveats: list[str],
) -> RandomSets | None:
    """Random sets of as many known units as the border, in as many pieces.

    Parameters
    ----------
    adjacency, outer : see `touching`
    border, inside : (n,) the two parts of the side
    known : (n,) units with a value
    replicates : number of sets
    seed : of the random numbers
    caveats : what restricts the test is added

    Returns
    -------
    RandomSets or None
        None where there is no test.
    """
    counts = int((border & known).sum()), int((inside & known).sum())
    piece = _pieces(adjacency.tobytes(), border.tobytes())
    sizes = [int(s) for s in np.bincount(piece[border], weights=known[border]) if s > 0]
    if not adjacency.any(axis=1).all():
        caveats.append("unit_terpisah")
    if piece.max() > 0:
        caveats.append("beberapa_bagian")
    if counts[0] > counts[1]:
        caveats.append("sebagian_besar_di_batas")
    if counts[0] == 1:
        caveats.append("satu_kelurahan")
    if min(counts) < MIN_UNITS:
        caveats.append("terlalu_sedikit_unit")
        return None
    # Start where the border lies, at the outer edge, unless the edge is hardly more than the border itself.
    start = outer.tobytes() if (outer & ~border).sum() >= border.sum() else None
    sets = _connected_sets(
        adjacency.tobytes(), known.tobytes(), start, inside.tobytes(), tuple(sizes), replicates, seed
    )
    if sets.distinct < MIN_SETS:
        caveats.append("set_terlalu_sedikit")
        return None
    return sets


@lru_cache(maxsize=MOST_KEPT)
def _connected_sets(
    adjacency: bytes,
    known: bytes,
    start: bytes | None,
    inside: bytes,
    sizes: tuple[int, ...],
    replicates: int,
    seed: int,
) -> RandomSets:
    """`connected_sets` of arrays as bytes, without those that leave nothing of the interior.

    Most indicators of a side are known in the same units and share their sets.
    """
    graph = np.frombuffer(adjacency, dtype=bool).reshape(len(known), len(known))
    counted, interior = np.frombuffer(known, dtype=bool), np.frombuffer(inside, dtype=bool)
    outer = None if start is None else np.frombuffer(start, dtype=bool)
    sets = connected_sets(graph, sizes, replicates, np.random.default_rng(seed), counted, outer) & counted
    sets = sets[(~sets & interior & counted).any(axis=1)]
    members = csr_array(sets)
    # Ones that all sets share, since many of these matrices are kept.
    members.data = _ones(members.nnz)
    return RandomSets(members, len({row.tobytes() for row in np.packbits(sets, axis=1)}))


def _ones(count: int) -> Floats:
    """As many ones, without room of their own."""
    return np.broadcast_to(1.0, count)


def connected_sets(
    adjacency: Bools,
    sizes: Sequence[int],
    replicates: int,
    rng: np.random.Generator,
    counted: Bools | None = None,
    start: Bools | None = None,
) -> Bools:
    """Random sets of units that hang together.

    Parameters
    ----------
    adjacency : (n, n) whether two units touch; symmetric, nothing on the diagonal
    sizes : units in each piece of a set
    replicates : number of sets
    rng : random numbers
    counted : (n,) units that count towards the size; the others may lie inside a set without filling it; all by default
    start : (n,) units in which a piece should start; all by default

    Returns
    -------
    (replicates, n) array of bool
        Each row holds sum(sizes) counted units. A piece starts in a random unit of a part of the graph that is large
        enough and spreads to the nearest units, the step into each unit having a random length. Where nothing is left
        to spread to, the piece goes on from another random unit.

    Raises
    ------
    ValueError
        Fewer units are counted than the sizes ask for.

    Notes
    -----
    First-passage percolation with uniform step lengths. Its sets are about as compact as the real border sets are long;
    stringier growth leaves too little variance to the null distribution and rejects too often.

    Examples
    --------
    >>> chain = np.eye(5, k=1, dtype=bool) | np.eye(5, k=-1, dtype=bool)
    >>> sets = connected_sets(chain, [2], 100, np.random.default_rng(0))
    >>> sorted({"".join("X" if u else "." for u in row) for row in sets})
    ['...XX', '..XX.', '.XX..', 'XX...']
    """
    n = len(adjacency)
    counted = np.ones(n, dtype=bool) if counted is None else counted
    start = np.ones(n, dtype=bool) if start is None else start
    if sum(sizes) > counted.sum():
        raise ValueError(f"{sum(sizes)} units asked for, {counted.sum()} are there")
    part = _components(adjacency, np.ones(n, dtype=bool))
    capacity = np.bincount(part, weights=counted, minlength=n)[part]
    reach = _neighbour_lists(adjacency)
    pieces = [(size, np.where(capacity >= size, np.where(start, 0, 1), 2)) for size in sorted(sizes, reverse=True)]
    counts = [min(AT_ONCE, replicates - first) for first in range(0, replicates, AT_ONCE)]
    return np.concatenate([np.zeros((0, n), dtype=bool), *(_grown(reach, pieces, k, rng, counted) for k in counts)])


def _grown(
    reach: Ints, pieces: Sequence[tuple[int, Ints]], count: int, rng: np.random.Generator, counted: Bools
) -> Bools:
    """Sets of `connected_sets` that grow side by side; of each piece its size and, by unit, how late it may start."""
    n = len(reach)
    # Column n takes what is written for the padding of the neighbour lists; flat positions are found faster than pairs.
    members = np.zeros((count, n + 1), dtype=bool)
    members[:, n] = True
    first = np.arange(count) * (n + 1)
    for size, turn in pieces:
        entry, steps = (rng.random((count, n + 1), dtype=np.float32) for _ in range(2))
        entry[:, :n] += turn
        # No step leads into a member.
        steps[members] = np.inf
        arrival = np.full((count, n + 1), np.inf, dtype=np.float32)
        missing = np.full(count, size)
        while (open_ := np.flatnonzero(missing > 0)).size:
            unit = (arrival if open_.size == count else arrival[open_]).argmin(axis=1)
            when = arrival.take(first[open_] + unit)
            stuck = np.isinf(when)
            if stuck.any():
                rows = open_[stuck]
                unit[stuck] = np.where(np.isinf(steps[rows]), np.inf, entry[rows]).argmin(axis=1)
                when[stuck] = 0.0
            here = first[open_] + unit
            for times in (steps, arrival):
                times.put(here, np.inf)
            missing[open_] -= counted[unit]
            there = first[open_][:, None] + reach.take(unit, axis=0)
            arrival.put(there, np.minimum(arrival.take(there), when[:, None] + steps.take(there)))
        members = np.isinf(steps)
    return members[:, :n]


def touching(kodes: pd.Index, pairs: pd.DataFrame) -> tuple[Bools, Bools]:
    """Who touches whom inside a side, and who touches somebody outside it.

    Parameters
    ----------
    kodes : units of the side
    pairs : kode_a, kode_b of neighbours

    Returns
    -------
    (n, n) and (n,) arrays of bool
    """
    a, b = kodes.get_indexer(pd.Index(pairs["kode_a"])), kodes.get_indexer(pd.Index(pairs["kode_b"]))
    adjacency = np.zeros((len(kodes), len(kodes)), dtype=bool)
    outer = np.zeros(len(kodes), dtype=bool)
    inside = (a >= 0) & (b >= 0) & (a != b)
    adjacency[a[inside], b[inside]] = adjacency[b[inside], a[inside]] = True
    outer[a[(a >= 0) & (b < 0)]] = True
    outer[b[(b >= 0) & (a < 0)]] = True
    return adjacency, outer


def _neighbour_lists(adjacency: Bools) -> Ints:
    """Neighbours of each unit in a row, padded with the number of units."""
    n = len(adjacency)
    degree = adjacency.sum(axis=1)
    lists = np.full((n, max(int(degree.max(initial=0)), 1)), n, dtype=np.intp)
    row, column = np.nonzero(adjacency)
    lists[row, np.arange(row.size) - np.repeat(np.cumsum(degree) - degree, degree)] = column
    return lists


@lru_cache(maxsize=MOST_KEPT)
def _pieces(adjacency: bytes, border: bytes) -> Ints:
    """`_components` of the border, which is the same for every indicator."""
    members = np.frombuffer(border, dtype=bool)
    return _components(np.frombuffer(adjacency, dtype=bool).reshape(len(members), len(members)), members)


def _components(adjacency: Bools, members: Bools) -> Ints:
    """Number of the connected piece of each member, -1 for the others."""
    piece = np.full(len(adjacency), -1, dtype=np.intp)
    piece[members] = connected_components(csr_array(adjacency[np.ix_(members, members)]), directed=False)[1]
    return piece
