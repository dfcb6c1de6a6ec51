"""A cost divided between sides: by people, by use, equally, and by the Shapley value of what each brings.

None of these rules is law; each is a basis on which the sides may agree.

References
----------
Shapley, L. S. (1953), A value for n-person games, Contributions to the Theory of Games II. Moulin, H. (2003), Fair
Division and Collective Welfare, chapter 5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import Literal

import pandas as pd

from analysis.values.population import split_by_share

MOST_PLAYERS = 10
"""The exact value looks at every coalition: 2 to this power."""

Rule = Literal["jiwa", "pemakaian", "sama", "shapley"]
RULES: tuple[Rule, ...] = ("jiwa", "pemakaian", "sama", "shapley")


@dataclass(frozen=True)
class Game:
    """What coalitions gain.

    Attributes
    ----------
    players : in order
    worth : gain of every coalition; that of nobody is 0
    """

    players: tuple[str, ...]
    worth: Mapping[frozenset[str], float]


@dataclass(frozen=True)
class Split:
    """A cost divided by one rule.

    Attributes
    ----------
    basis : by player, what the rule looks at; None where the rule cannot be applied
    shares : by player, adding up to 1
    amounts : by player, whole rupiah adding up to the cost
    """

    basis: Mapping[str, float] | None
    shares: Mapping[str, float] | None
    amounts: Mapping[str, int] | None


Ranges = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Basis:
    """What the rules look at, by side.

    Attributes
    ----------
    served : people newly served
    alone, together : gain of each side by itself, and of both
    served_range, alone_range : low and high, None where no range is known
    use : None where no use is known
    """

    served: Mapping[str, float]
    alone: Mapping[str, float]
    together: float
    served_range: Ranges | None
    alone_range: Ranges | None
    use: Mapping[str, float] | None


def shapley(players: Sequence[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """What each player adds, averaged over every order in which they could join.

    Parameters
    ----------
    players : at most `MOST_PLAYERS`, all different
    worth : gain of a coalition; it is asked once for each, and that of nobody must be 0

    Returns
    -------
    dict
        By player, in their order; the values add up to the worth of all together.

    Raises
    ------
    ValueError
        Too many players, one stands twice, or nobody gains something.

    Examples
    --------
    >>> shapley(["a", "b"], lambda s: {0: 0, 1: 10, 2: 30}[len(s)])
    {'a': 15.0, 'b': 15.0}
    """
    n = len(players)
    if n > MOST_PLAYERS or len(set(players)) != n:
        raise ValueError(f"at most {MOST_PLAYERS} different players")
    known = {frozenset(c): float(worth(frozenset(c))) for size in range(n + 1) for c in combinations(players, size)}
    if known[frozenset()] != 0:
        raise ValueError("nobody must gain nothing")
    result = {}
    for player in players:
        others = [p for p in players if p != player]
        total = 0.0
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for members in combinations(others, size):
                without = frozenset(members)
                total += weight * (known[without | {player}] - known[without])
        result[player] = total
    return result


def pair_game(alone: Mapping[str, float], together: float) -> Game:
    """The game of two sides.

    Parameters
    ----------
    alone : gain of each side by itself
    together : gain of both

    Raises
    ------
    ValueError
        Not two sides, a gain is negative or unknown, or both together gain less than one of them alone: sharing by what
        each brings would then ask one side to pay less than nothing.
    """
    players = tuple(alone)
    if len(players) != 2:
        raise ValueError("a pair has two sides")
    if not all(v >= 0 for v in (*alone.values(), together)):
        raise ValueError("gains must be known and not negative")
    if together < max(alone.values()):
        raise ValueError("both together gain less than one alone")
    worth = {frozenset(): 0.0, **{frozenset([p]): float(v) for p, v in alone.items()}, frozenset(players): together}
    return Game(players, worth)


def share_cost(cost: int, basis: Mapping[str, float] | None) -> Split:
    """Divide a whole cost in proportion to a basis.

    Parameters
    ----------
    cost : whole rupiah, not negative
    basis : by player, not negative; None when it is unknown

    Returns
    -------
    Split
        Without shares when the basis is unknown or 0 for everybody: such a cost cannot be divided by this rule. The
        parts are rounded by the largest remainder, so that they add up exactly.

    Raises
    ------
    ValueError
        The cost or a basis is negative.
    """
    if cost < 0 or (basis is not None and any(v < 0 for v in basis.values())):
        raise ValueError("neither cost nor basis may be negative")
    if basis is None or not all(v == v for v in basis.values()) or not sum(basis.values()) > 0:
        return Split(basis, None, None)
    total = sum(basis.values())
    weights = pd.Series({player: float(v) for player, v in basis.items()})
    parts = split_by_share(pd.Series({"cost": cost}), weights, pd.Series("cost", index=weights.index))
    return Split(
        dict(basis),
        {player: value / total for player, value in basis.items()},
        {str(player): int(amount) for player, amount in parts.items()},
    )


def by_every_rule(cost: int, basis: Basis) -> tuple[dict[str, Split], dict[str, Ranges | None]]:
    """The split by every rule, and how far its shares can move where that is known.

    A game that makes no sense (see `pair_game`) leaves the Shapley rule without a basis.
    """
    value: dict[str, float] | None
    try:
        game = pair_game(basis.alone, basis.together)
        # Never below zero but for rounding: both together gain at least what one gains alone.
        value = {p: max(v, 0.0) for p, v in shapley(game.players, game.worth.__getitem__).items()}
    except ValueError:
        value = None
    bases: dict[Rule, Mapping[str, float] | None] = {
        "jiwa": basis.served,
        "pemakaian": basis.use,
        "sama": dict.fromkeys(basis.served, 1.0),
        "shapley": value,
    }
    ranges: dict[str, Ranges | None] = dict.fromkeys(RULES)
    if basis.served_range is not None:
        ranges["jiwa"] = share_range(basis.served_range)
    if basis.alone_range is not None and value is not None:
        ranges["shapley"] = shapley_range(basis.alone_range, basis.together)
    return {rule: share_cost(cost, bases[rule]) for rule in RULES}, ranges


def share_range(ranges: Ranges) -> dict[str, tuple[float, float]] | None:
    """How far a share in proportion can move: one player at its low and the others at their high, and the reverse.

    Parameters
    ----------
    ranges : by player, low and high of its basis, not negative

    Returns
    -------
    dict
        By player, low and high share; None when a sum can be 0.
    """
    result = {}
    for player, (low, high) in ranges.items():
        others_low = sum(v[0] for p, v in ranges.items() if p != player)
        others_high = sum(v[1] for p, v in ranges.items() if p != player)
        if low + others_high <= 0 or high + others_low <= 0:
            return None
        result[player] = (low / (low + others_high), high / (high + others_low))
    return result


def shapley_range(alone: Ranges, together: float) -> dict[str, tuple[float, float]] | None:
    """How far the Shapley share of two sides can move with the gains that they have alone; within 0 to 1.

    Parameters
    ----------
    alone : low and high gain of each side by itself
    together : gain of both
    """
    if len(alone) != 2 or together <= 0:
        return None
    (a, (a_low, a_high)), (b, (b_low, b_high)) = alone.items()
    low, high = (
        min(max((1 + (mine - theirs) / together) / 2, 0.0), 1.0) for mine, theirs in ((a_low, b_high), (a_high, b_low))
    )
    return {a: (low, high), b: (1 - high, 1 - low)}
