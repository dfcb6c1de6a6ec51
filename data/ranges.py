"""How wide the ranges of estimated people are, once official figures have shown how far some estimates were off."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

CLAIMED = 0.9
"""Share of the true figures that a range shall hold, as in `analysis.values.population`."""
ENOUGH = 20
"""Official figures from which on they alone may widen the ranges; of fewer the 90th percentile is mostly chance."""
NOTE = "Kisarannya memuat kesalahan yang diukur pada {n} angka resmi kantor."
"""What stands beside every estimate whose range official figures of other kelurahan have changed."""


def needed(replaced: pd.DataFrame) -> pd.Series:
    """How many times as wide the range of each estimate would have to be to just hold its official figure.

    Parameters
    ----------
    replaced : DataFrame
        kode, value, low, high (the estimate), official, year, official_year. Only figures of the estimate's own year
        are measured, or the change of a year would pass for an error.

    Returns
    -------
    Series of float
        By kode; 1 where the official figure lies at the end of the range.
    """
    rows = replaced[(replaced["year"] == replaced["official_year"]) & (replaced["official"] > 0)].set_index("kode")
    half = (rows["high"] - rows["low"]).astype(float) / 2
    rows, half = rows[half > 0], half[half > 0]
    return (rows["official"] - rows["value"]).astype(float).abs() / half


def width(measured: pd.Series, official: npt.ArrayLike) -> float:
    """How many times as wide as at the build the ranges of the remaining estimates must be.

    Parameters
    ----------
    measured : Series
        `needed` of everything that was measured: at the build, and by official figures since.
    official : array of bool
        Which of them are by official figures.

    Returns
    -------
    float
        The 90th percentile of all. Where at least `ENOUGH` are official, theirs, if that is wider: they stand where the
        remaining estimates do, and a place whose estimates err more than elsewhere shall not hide among the others.
        1 where none is official.

    Notes
    -----
    Of n official figures the (n + 1) * 0.9-th smallest is taken: split conformal prediction (Lei et al. 2018,
    JASA 113), so that another one lies within with a probability of at least 90 %.
    """
    those = np.asarray(official, dtype=bool)
    if not those.any():
        return 1.0
    pooled = float(np.quantile(measured.to_numpy(float), CLAIMED))
    own = np.sort(measured.to_numpy(float)[those])
    if len(own) < ENOUGH:
        return pooled
    return max(pooled, float(own[math.ceil((len(own) + 1) * CLAIMED) - 1]))


def stretched(estimates: pd.DataFrame, times: float, n: int) -> pd.DataFrame:
    """Value rows with ranges so many times as wide, in whole people and never below none.

    Parameters
    ----------
    estimates : DataFrame
        Value rows of penduduk with a range.
    times : float
        Of `width`.
    n : int
        Official figures behind it.
    """
    half = (estimates["high"] - estimates["low"]) / 2 * times
    note = estimates["note"].astype(str) + " " + NOTE.format(n=n)
    low, high = (estimates["value"] - half).round().clip(lower=0), (estimates["value"] + half).round()
    return estimates.assign(low=low, high=high, note=note)
