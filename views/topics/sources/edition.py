"""What changed since the last edition, as a list on the page."""

from __future__ import annotations

from collections.abc import Sequence

from data.editions import Change, Value
from views.language.words import Words


def lines(w: Words, changes: Sequence[Change]) -> str:
    """Each number before and after, with its range and the reason, as a list in Markdown."""
    return "\n".join(
        f"- **{w.pick(c.what)}** ({w.pick(c.unit)}): {shown(w, c, c.before)} → **{shown(w, c, c.after)}**. {w.pick(c.reason)}"
        for c in changes
    )


def shown(w: Words, change: Change, value: Value) -> str:
    """A number with its range.

    Parameters
    ----------
    w : language
    change : how many decimals are printed
    value : the number
    """
    text = w.number(value.value, change.decimals)
    if value.low is None or value.high is None:
        return text
    return f"{text} ({w.number(value.low, change.end_decimals)}–{w.number(value.high, change.end_decimals)})"
