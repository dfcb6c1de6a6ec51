"""Map classes: fixed breaks with the standard as one of them, the same for both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

GAP_BREAKS = (-0.5, 0.0, 0.5, 1.0)
UNKNOWN = -1
UNCERTAIN = -2
"""In the counts of `count_classes`: units of which it is not sure on which side of a standard they lie."""
MOST_CLASSES = 6


@dataclass(frozen=True)
class Classes:
    """Class of each unit.

    Attributes
    ----------
    breaks : inner class limits, rising; there is one class more than breaks
    upper_closed : whether a value on a limit belongs to the class below it
    index : class by kode, 0 to len(breaks), `UNKNOWN` where the value is unknown
    """

    breaks: tuple[float, ...]
    upper_closed: bool
    index: pd.Series

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.breaks) + 1


def classify(
    values: pd.Series, breaks: Sequence[float] = (), threshold: float | None = None, upper_closed: bool = True
) -> Classes:
    """Put values into classes.

    Parameters
    ----------
    values : by kode, all sides pooled
    breaks : fixed inner limits; without them the quintiles of the pooled values
    threshold : a standard, always a limit of its own; the farthest limits give way when there are too many
    upper_closed : True where a value at the standard still meets it from below (less is better)

    Examples
    --------
    >>> classify(pd.Series([0.5, 1.0, 1.5], index=list("abc")), [1.0]).index.tolist()
    [0, 0, 1]
    """
    known = values.dropna()
    limits = sorted({float(b) for b in breaks})
    if not limits and known.nunique() > 1:
        count = min(5, known.nunique())
        limits = sorted({float(q) for q in np.quantile(known, [i / count for i in range(1, count)])})
    if threshold is not None and threshold not in limits:
        limits = sorted([*limits, threshold])
        while len(limits) >= MOST_CLASSES:
            limits.remove(limits[-1] if limits[-1] != threshold else limits[0])
    side: Literal["left", "right"] = "left" if upper_closed else "right"
    position = np.searchsorted(np.array(limits), values.to_numpy(dtype=float), side=side)
    index = pd.Series(np.where(values.isna(), UNKNOWN, position), index=values.index, dtype="int64")
    return Classes(breaks=tuple(limits), upper_closed=upper_closed, index=index)


def count_classes(
    classes: Classes, side: pd.Series, population: pd.Series, uncertain: pd.Series | None = None
) -> pd.DataFrame:
    """Units and people in each class and side; who is uncertain stands apart and in no class.

    Parameters
    ----------
    classes : what `classify` gives
    side : kode_kabkota by kode
    population : people by kode; unknown people are left out of the sum
    uncertain : by kode, whether the unit may meet a standard or miss it

    Returns
    -------
    DataFrame
        side, class, units, people: a row a side and class (also empty ones), `UNCERTAIN` where that is given, and
        `UNKNOWN` last.
    """
    found = classes.index if uncertain is None else classes.index.mask(uncertain, UNCERTAIN)
    frame = pd.DataFrame(
        {
            "side": side.reindex(classes.index.index),
            "class": found,
            "people": population.reindex(classes.index.index),
        }
    )
    grouped = frame.groupby(["side", "class"])["people"].agg(units="size", people="sum")
    order = [*range(classes.count), *([] if uncertain is None else [UNCERTAIN]), UNKNOWN]
    known = {where: (units, people) for where, units, people in grouped.itertuples()}
    rows = [(one, n, *known.get((one, n), (0, 0.0))) for one in frame["side"].unique() for n in order]
    return pd.DataFrame(rows, columns=["side", "class", "units", "people"])
