"""Tables of cost sharing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.siting.sharing import Ranges, Split
from views.topics.sharing.words import rule_names

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

    from views.link.context import Session


def table(session: Session, found: Mapping[str, Split], ranges: Mapping[str, Ranges | None], cost: int) -> Styler:
    """The table that says what the chart shows: shares, their range and rupiah by rule and side.

    Parameters
    ----------
    session : language, data and border of this run
    found : the split by rule
    ranges : by rule, least and most share (0 to 1) of each side; None where no range is known
    cost : in rupiah, 0 while it is not stated
    """
    w, data = session.words, session.data
    names = rule_names(w)
    rows, decimals = [], {}
    for rule, split in found.items():
        row: dict[str, object] = {w.t("Dasar"): names[rule]}
        for side in session.corridor.sides:
            name = str(data.kabkota.at[side, "nama"])
            share, amount, span = f"{name} (%)", f"{name} (Rp)", w.t("{sisi}: kisaran", sisi=name)
            row[share] = None if split.shares is None else 100 * split.shares[side]
            decimals[share] = 1
            found_range = ranges[rule]
            row[span] = (
                "–" if found_range is None else f"{w.percent(found_range[side][0])}–{w.percent(found_range[side][1])}"
            )
            if cost:
                row[amount] = None if split.amounts is None else float(split.amounts[side])
                decimals[amount] = 0
        rows.append(row)
    frame = pd.DataFrame(rows)
    return w.styled(frame.astype(dict.fromkeys(decimals, float)), decimals)
