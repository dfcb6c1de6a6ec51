"""Colours: one for each side on every page, sequential for levels, diverging around the standard for gaps."""

from __future__ import annotations

from collections.abc import Iterable

# On light and on dark ground. Neither signal nor party colours; each of its own darkness, so that colour-blind readers
# and a grey print tell all of them apart. The first two, which every border of two sides has, differ most.
SIDES = (
    ("#224e89", "#7695d8"),
    ("#ba7f44", "#fec18a"),
    ("#4f1b4b", "#b277aa"),
    ("#027b8a", "#6ccee0"),
    ("#99435b", "#f596ad"),
    ("#463f1f", "#b0a47f"),
)

INKS = ("#1c2426", "#ffffff")

# Light to dark, dark is more; monotone in grey.
SEQUENTIAL = ("#f4ecc2", "#d3c98f", "#a3a678", "#6f8073", "#475a71", "#1d2f57")
# Two light tints meet the standard, three dark ones miss it; monotone in grey.
GAP = ("#ece9f6", "#cdc6e4", "#f2a24e", "#cc6a12", "#7a3803")

# Less than before, the same, more: hues that colour-blind readers tell apart, each of its own darkness in grey.
CHANGE = ("#7a3803", "#e08a3c", "#f4f1e8", "#b9c7ea", "#4f6db8")


def side_colors(kodes: Iterable[str], borders: Iterable[tuple[str, str]] = ()) -> dict[str, tuple[str, str]]:
    """Colours of kabkota that are shown together, for any of them and in whatever order they come.

    Up to six are all different. Among more of them no two neighbours are alike, as far as six colours suffice: they do
    wherever nobody's land is crossed by another's.

    Parameters
    ----------
    kodes
        Codes of the kabkota.
    borders
        Pairs of codes that share a border; those of others do not matter.

    Returns
    -------
    dict
        Colour on light and colour on dark ground, by code.

    Examples
    --------
    >>> side_colors(["36.04", "36.02"]) == side_colors(["36.02", "36.04"])
    True
    """
    beside: dict[str, set[str]] = {kode: set() for kode in sorted(kodes)}
    for a, b in borders:
        if a in beside and b in beside:
            beside[a].add(b)
            beside[b].add(a)
    # Who has the fewest neighbours left chooses last: on a plane at most five of them have chosen before.
    order: list[str] = []
    left = set(beside)
    while left:
        order.append(max(left, key=lambda kode: (-len(beside[kode] & left), kode)))
        left.remove(order[-1])
    number: dict[str, int] = {}
    for kode in reversed(order):
        near = [number[other] for other in beside[kode] if other in number]
        used = list(number.values())
        number[kode] = min(range(len(SIDES)), key=lambda n: (near.count(n), used.count(n), n))
    return {kode: SIDES[number[kode]] for kode in beside}


def text_on(color: str) -> str:
    """The ink that reads better on a colour: dark or white."""
    return max(INKS, key=lambda text: contrast(text, color))


def contrast(first: str, second: str) -> float:
    """Contrast of two colours as WCAG 2.2 defines it: from 1 for the same one to 21 for black on white."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """Relative luminance of a colour as WCAG 2.2 defines it: 0 for black, 1 for white."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink(dark: bool = False) -> str:
    """Text, and lines that belong to no side."""
    return "#e8eded" if dark else INKS[0]


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
