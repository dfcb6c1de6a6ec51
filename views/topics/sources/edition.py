"""What changed since the last edition, as a table of the page and as docs/edisi.md."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.editions import Change, Value
from views.language.words import Words


def table(w: Words, changes: Sequence[Change]) -> pd.DataFrame:
    """Each number before and after, with its range and the reason."""
    return pd.DataFrame(
        {
            w.t("Angka"): [f"{w.pick(c.what)} ({w.pick(c.unit)})" for c in changes],
            w.t("Edisi lalu"): [_shown(w, c, c.before) for c in changes],
            w.t("Edisi ini"): [_shown(w, c, c.after) for c in changes],
            w.t("Mengapa berubah"): [w.pick(c.reason) for c in changes],
        }
    )


def lines(w: Words, changes: Sequence[Change]) -> str:
    """The same as a list in Markdown, whose reasons are whole on a narrow screen, too."""
    return "\n".join(
        f"- **{w.pick(c.what)}** ({w.pick(c.unit)}): {_shown(w, c, c.before)} → **{_shown(w, c, c.after)}**. {w.pick(c.reason)}"
        for c in changes
    )


def _shown(w: Words, change: Change, value: Value) -> str:
    text = w.number(value.value, change.decimals)
    if value.low is None or value.high is None:
        return text
    return f"{text} ({w.number(value.low, change.end_decimals)}–{w.number(value.high, change.end_decimals)})"


def paper(w: Words, title: str, changes: Sequence[Change]) -> str:
    """The table as Markdown.

    Parameters
    ----------
    w : language
    title : of the corridor
    changes : its rows
    """
    frame = table(w, changes)
    lines = [f"## {title}", "", "| " + " | ".join(frame.columns) + " |", "|" + "---|" * len(frame.columns)]
    lines += ["| " + " | ".join(row) + " |" for row in frame.itertuples(index=False)]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"
