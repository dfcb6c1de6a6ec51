"""Cost sharing: the properties that define the Shapley value, and plain splits with plain answers."""

from itertools import permutations
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.siting.sharing import MOST_PLAYERS, pair_game, shapley, shapley_range, share_cost, share_range

PLAYERS = "abcd"


@st.composite
def games(draw: st.DrawFn) -> dict[frozenset[str], float]:
    """Any game of two to four players."""
    players = PLAYERS[: draw(st.integers(2, 4))]
    everyone = [frozenset(p for i, p in enumerate(players) if mask >> i & 1) for mask in range(2 ** len(players))]
    return {s: float(draw(st.integers(0, 100))) if s else 0.0 for s in everyone}


def players_of(game: dict[frozenset[str], float]) -> list[str]:
    return sorted(frozenset().union(*game))


@given(games())
@settings(max_examples=60)
def test_all_is_shared_and_it_is_the_mean_over_all_orders(game: dict[frozenset[str], float]) -> None:
    players = players_of(game)
    value = shapley(players, game.__getitem__)
    assert sum(value.values()) == pytest.approx(game[frozenset(players)])
    orders = list(permutations(players))
    for player in players:
        steps = [frozenset(order[: order.index(player)]) for order in orders]
        mean = sum(game[before | {player}] - game[before] for before in steps) / len(orders)
        assert value[player] == pytest.approx(mean)


@given(games(), st.integers(0, 3))
@settings(max_examples=40)
def test_who_adds_nothing_gets_nothing(game: dict[frozenset[str], float], which: int) -> None:
    players = players_of(game)
    idle = players[which % len(players)]
    value = shapley(players, lambda s: game[s - {idle}])
    assert value[idle] == pytest.approx(0)


@given(games())
@settings(max_examples=40)
def test_who_adds_the_same_gets_the_same(game: dict[frozenset[str], float]) -> None:
    players = players_of(game)
    swap = {players[0]: players[1], players[1]: players[0]}

    def even(s: frozenset[str]) -> float:
        return game[s] + game[frozenset(swap.get(p, p) for p in s)]

    value = shapley(players, even)
    assert isclose(value[players[0]], value[players[1]], abs_tol=1e-9)


@given(games(), games())
@settings(max_examples=40)
def test_two_games_at_once_are_worth_their_sum(
    one: dict[frozenset[str], float], other: dict[frozenset[str], float]
) -> None:
    players = players_of(min(one, other, key=len))
    both = shapley(players, lambda s: one[s] + other[s])
    first, second = shapley(players, one.__getitem__), shapley(players, other.__getitem__)
    assert all(both[p] == pytest.approx(first[p] + second[p]) for p in players)


def test_the_glove_game_has_its_known_value() -> None:
    value = shapley(["kiri", "kanan 1", "kanan 2"], lambda s: float("kiri" in s and len(s) > 1))
    assert value == pytest.approx({"kiri": 2 / 3, "kanan 1": 1 / 6, "kanan 2": 1 / 6})


def test_two_sides_share_what_only_both_gain() -> None:
    game = pair_game({"A": 40_000, "B": 20_000}, 80_000)
    assert shapley(game.players, game.worth.__getitem__) == {"A": 50_000, "B": 30_000}


@pytest.mark.parametrize(
    ("alone", "together"),
    [({"A": 5, "B": 1}, 4), ({"A": -1, "B": 1}, 4), ({"A": 1}, 4), ({"A": float("nan"), "B": 1}, 4)],
)
def test_a_game_that_makes_no_sense_is_refused(alone: dict[str, float], together: float) -> None:
    with pytest.raises(ValueError):
        pair_game(alone, together)


def test_too_many_players_and_gain_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        shapley([str(i) for i in range(MOST_PLAYERS + 1)], len)
    with pytest.raises(ValueError, match="at most"):
        shapley(["a", "a"], len)
    with pytest.raises(ValueError, match="nobody"):
        shapley(["a"], lambda _: 1.0)


@given(st.integers(0, 10**15), st.lists(st.floats(0, 1e9), min_size=2, max_size=5))
@settings(max_examples=60)
def test_the_parts_add_up_to_the_rupiah(cost: int, values: list[float]) -> None:
    basis = dict(zip(PLAYERS + "e", values, strict=False))
    split = share_cost(cost, basis)
    if sum(values) > 0:
        assert split.amounts is not None
        assert split.shares is not None
        assert sum(split.amounts.values()) == cost
        assert sum(split.shares.values()) == pytest.approx(1)
        assert all(abs(split.amounts[p] - cost * split.shares[p]) <= 1 + cost * 1e-12 for p in basis)
    else:
        assert split.amounts is None


def test_an_unknown_basis_divides_nothing() -> None:
    assert share_cost(100, None).amounts is None
    assert share_cost(100, {"A": float("nan"), "B": 1}).amounts is None
    assert share_cost(100, {"A": 1, "B": 2}).amounts == {"A": 33, "B": 67}
    with pytest.raises(ValueError, match="negative"):
        share_cost(-1, {"A": 1})


def test_shares_move_as_far_as_their_basis_can() -> None:
    assert share_range({"A": (10, 30), "B": (10, 30)}) == {"A": (0.25, 0.75), "B": (0.25, 0.75)}
    assert share_range({"A": (5, 5), "B": (15, 15)}) == {"A": (0.25, 0.25), "B": (0.75, 0.75)}
    assert share_range({"A": (0, 1), "B": (0, 0)}) is None
    assert shapley_range({"A": (40, 40), "B": (20, 20)}, 80) == {"A": (0.625, 0.625), "B": (0.375, 0.375)}
    assert shapley_range({"A": (0, 200), "B": (0, 0)}, 100) == {"A": (0.5, 1.0), "B": (0.0, 0.5)}
    assert shapley_range({"A": (1, 1)}, 5) is None
