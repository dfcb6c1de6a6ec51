"""What new boundaries change: areas, lengths at the line with other kabkota, border sets and neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

LEAST_M = 1.0
"""A length that differs by less has not changed."""
GIVEN = ("moved", "taken", "left", "double")
"""Kinds of pieces (`geo.redraw`) whose land changes hands."""


def areas(
    before: pd.Series, after: pd.Series, drawn: Mapping[str, float], reshaped: Sequence[str], pieces: pd.DataFrame
) -> pd.DataFrame:
    """Areas of the kelurahan that were drawn or that change with them.

    Parameters
    ----------
    before, after : km2 by kode
    drawn : km2 in the file by kode of each drawn kelurahan
    reshaped : kode of those whose land changes
    pieces : kind, old, new, km2, as of `geo.redraw.Redrawn`

    Returns
    -------
    DataFrame
        kode, drawn and changed (bool), before_km2, file_km2 (NaN where it was not drawn), after_km2, got_km2, gave_km2

    Examples
    --------
    >>> pieces = pd.DataFrame([("taken", "b", "a", 0.5)], columns=["kind", "old", "new", "km2"])
    >>> areas(pd.Series({"a": 1.0, "b": 2.0}), pd.Series({"a": 1.5, "b": 1.5}), {"a": 1.5}, ["a", "b"], pieces)[
    ...     ["kode", "drawn", "before_km2", "after_km2", "got_km2", "gave_km2"]].to_numpy().tolist()
    [['a', True, 1.0, 1.5, 0.5, 0.0], ['b', False, 2.0, 1.5, 0.0, 0.5]]
    """
    kodes = sorted({*drawn, *reshaped})
    given = pieces[pieces["kind"].isin(GIVEN) & pieces["old"].ne(pieces["new"])]
    got, gave = (given.groupby(end)["km2"].sum() for end in ("new", "old"))
    return pd.DataFrame(
        {
            "kode": kodes,
            "drawn": [kode in drawn for kode in kodes],
            "changed": [kode in reshaped for kode in kodes],
            "before_km2": before.reindex(kodes).to_numpy(float),
            "file_km2": [drawn.get(kode, float("nan")) for kode in kodes],
            "after_km2": after.reindex(kodes).to_numpy(float),
            "got_km2": got.reindex(kodes).fillna(0).to_numpy(float),
            "gave_km2": gave.reindex(kodes).fillna(0).to_numpy(float),
        }
    )


def at_lines(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Metres that a kelurahan shares with another kabkota, where they change.

    Parameters
    ----------
    before, after : kode_a, kode_b, kode_kabkota_a, kode_kabkota_b, shared_m of all neighbours

    Returns
    -------
    DataFrame
        kode, beside (kode_kabkota across the line), before_m and after_m; 0 for none
    """
    both = pd.DataFrame({"before_m": _across(before), "after_m": _across(after)}).fillna(0.0)
    both.index.names = ["kode", "beside"]
    return both[(both["before_m"] - both["after_m"]).abs() >= LEAST_M].reset_index()


def _across(pairs: pd.DataFrame) -> pd.Series:
    own = pairs[pairs["kode_kabkota_a"] != pairs["kode_kabkota_b"]]
    ends = [
        own[[f"kode_{one}", f"kode_kabkota_{other}", "shared_m"]].set_axis(["kode", "beside", "shared_m"], axis=1)
        for one, other in (("a", "b"), ("b", "a"))
    ]
    return pd.concat(ends).groupby(["kode", "beside"])["shared_m"].sum()


def at_border(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Kelurahan that enter or leave the border sets of the corridors.

    Parameters
    ----------
    before, after : corridor, set, kode of all border sets

    Returns
    -------
    DataFrame
        corridor, set, kode and enters (bool; False where it leaves), sorted
    """
    columns = ["corridor", "set", "kode"]
    then, now = ({*frame[columns].itertuples(index=False, name=None)} for frame in (before, after))
    rows = sorted([(*row, True) for row in now - then] + [(*row, False) for row in then - now])
    return pd.DataFrame(rows, columns=[*columns, "enters"])


def neighbours(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Pairs of kelurahan that become neighbours, or are so no longer.

    Parameters
    ----------
    before, after : kode_a, kode_b, shared_m of all neighbours

    Returns
    -------
    DataFrame
        kode_a, kode_b, before_m and after_m (0 for none), sorted
    """
    columns = ["kode_a", "kode_b"]
    both = before[[*columns, "shared_m"]].merge(
        after[[*columns, "shared_m"]], on=columns, how="outer", suffixes=("_before", "_after")
    )
    both = both[both["shared_m_before"].isna() | both["shared_m_after"].isna()].fillna({"shared_m_before": 0.0})
    both = both.fillna({"shared_m_after": 0.0}).rename(
        columns={"shared_m_before": "before_m", "shared_m_after": "after_m"}
    )
    return both.sort_values(columns, ignore_index=True)
