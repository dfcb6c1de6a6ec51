"""Colours: one for each side on every page, sequential for levels, diverging around the standard for gaps."""

from __future__ import annotations

# Neither signal colours nor party colours; told apart by colour-blind readers and of like darkness.
_SIDES = {
    "32.75": ("#3b5ba5", "#8aa4e6"),
    "32.76": ("#b5651d", "#e09a56"),
    "36.04": ("#6a4c93", "#b59ad8"),
    "36.73": ("#1f7a74", "#5fc0b8"),
    "36.72": ("#a23b72", "#de84b3"),
}
_OTHER = ("#8a6d1d", "#d0b050")

# Light to dark, dark is more; monotone in grey.
SEQUENTIAL = ("#f4ecc2", "#d3c98f", "#a3a678", "#6f8073", "#475a71", "#1d2f57")
# Two light tints meet the standard, three dark ones miss it; monotone in grey.
GAP = ("#ece9f6", "#cdc6e4", "#f2a24e", "#cc6a12", "#7a3803")

# Less than before, the same, more: hues that colour-blind readers tell apart, each of its own darkness in grey.
CHANGE = ("#7a3803", "#e08a3c", "#f4f1e8", "#b9c7ea", "#4f6db8")


def side_color(kode_kabkota: str, dark: bool = False) -> str:
    """The colour of a kabkota, the same on every page, map, chart and slide."""
    return _SIDES.get(kode_kabkota, _OTHER)[int(dark)]


def ink(dark: bool = False) -> str:
    """Text, and lines that belong to no side."""
    return "#e8eded" if dark else "#1c2426"


def sequential(count: int, reverse: bool = False) -> tuple[str, ...]:
    """So many colours from light to dark.

    Parameters
    ----------
    count : 1 to 6
    reverse : True where a low value is the worse one, so that dark always means further behind
    """
    if count == 1:
        return SEQUENTIAL[2:3]
    step = (len(SEQUENTIAL) - 1) / (count - 1)
    colors = tuple(SEQUENTIAL[round(i * step)] for i in range(count))
    return colors[::-1] if reverse else colors
