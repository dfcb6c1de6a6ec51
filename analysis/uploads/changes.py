"""What the figures of a file would change among those that are shown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

FAR = 0.25
"""Share of the old value from which on a new one is far from it."""
APART = 2.0
"""How many times the largest of its neighbours, or less than which part of the smallest, a figure is to be noticed."""
NEIGHBOURS = 3


def changes(brought: pd.DataFrame, shown: pd.DataFrame, decimals: Mapping[str, int]) -> pd.DataFrame:
    """Compare figures with those that are shown today.

    Parameters
    ----------
    brought : kode, indicator, value; each kode and indicator once
    shown : kode, indicator, value, low, high; low and high may be missing
    decimals : with which an indicator is shown; figures that read alike are the same

    Returns
    -------
    DataFrame
        `brought` by its index with before, low, high (missing where nothing is shown), change (new, changed, same) and
        far: more than `FAR` away from the value before, and outside its range.

    Examples
    --------
    >>> brought = pd.DataFrame({"kode": ["a", "b", "c"], "indicator": "n", "value": [10.0, 31.0, 5.0]})
    >>> shown = pd.DataFrame({"kode": ["a", "b"], "indicator": "n", "value": [10.2, 20.0], "low": None, "high": None})
    >>> changes(brought, shown, {"n": 0})[["change", "far"]].to_numpy().tolist()
    [['same', False], ['changed', True], ['new', False]]
    """
    before = shown.set_index(["kode", "indicator"])[["value", "low", "high"]].astype(float)
    keys = pd.MultiIndex.from_frame(brought[["kode", "indicator"]])
    joined = before.reindex(keys).rename(columns={"value": "before"}).set_axis(brought.index)
    result = brought.join(joined)
    unit = 10.0 ** -brought["indicator"].map(decimals).fillna(0).to_numpy(dtype=float)
    value, old = (result[name].to_numpy(dtype=float) for name in ("value", "before"))
    known = np.isfinite(old)
    same = known & (np.round(value / unit) == np.round(np.where(known, old, 0) / unit))
    away = known & ~same & (np.abs(value - old) > FAR * np.abs(old))
    inside = (value >= result["low"].to_numpy(dtype=float)) & (value <= result["high"].to_numpy(dtype=float))
    change = np.where(~known, "new", np.where(same, "same", "changed"))
    return result.assign(change=change, far=away & ~inside)


def apart(brought: pd.DataFrame, shown: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """Which figures are far from those of all neighbours: `APART` times the largest or more, or the smallest by it.

    Parameters
    ----------
    brought : kode, indicator, value; they count among the neighbours
    shown : kode, indicator, value of today
    pairs : neighbouring units: kode_a, kode_b

    Returns
    -------
    Series of bool
        By the index of `brought`; never where fewer than `NEIGHBOURS` of them are known.

    Examples
    --------
    >>> brought = pd.DataFrame({"kode": ["a"], "indicator": "n", "value": [90.0]})
    >>> shown = pd.DataFrame({"kode": ["b", "c", "d"], "indicator": "n", "value": [10.0, 12.0, 30.0]})
    >>> pairs = pd.DataFrame({"kode_a": ["a", "a", "c"], "kode_b": ["b", "d", "a"]})
    >>> apart(brought, shown, pairs).tolist()
    [True]
    """
    columns = ["kode", "indicator", "value"]
    both = pd.concat([shown[columns], brought[columns]]).drop_duplicates(["kode", "indicator"], keep="last")
    turned = pairs[["kode_b", "kode_a"]].set_axis(["kode", "near"], axis=1)
    near = pd.concat([pairs[["kode_a", "kode_b"]].set_axis(["kode", "near"], axis=1), turned]).drop_duplicates()
    near = near[near["kode"].isin(brought["kode"])]
    found = near.merge(both.rename(columns={"kode": "near"}), on="near").groupby(["kode", "indicator"])["value"]
    limits = found.agg(["min", "max", "size"]).reindex(pd.MultiIndex.from_frame(brought[["kode", "indicator"]]))
    value = brought["value"].to_numpy(float)
    low, high = (limits[end].to_numpy(float) for end in ("min", "max"))
    enough = limits["size"].fillna(0).to_numpy() >= NEIGHBOURS
    return pd.Series(enough & ((value > APART * high) | (value < low / APART)), index=brought.index)


def removed(brought: pd.DataFrame, named: pd.Series, shown: pd.DataFrame) -> pd.DataFrame:
    """Figures that are shown today and that the file says nothing of, in the kabkota of which it holds figures.

    Parameters
    ----------
    brought : kode, indicator
    named : kode of all rows of the file whose place is known, also of those without a figure or refused
    shown : kode, indicator and whatever else; the result has its columns
    """
    held = shown["kode"].str[:5].isin(brought["kode"].astype(str).str[:5]) & shown["indicator"].isin(
        brought["indicator"]
    )
    return shown[held & ~shown["kode"].isin(named)]
