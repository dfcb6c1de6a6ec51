"""What a list of places would change among those that are shown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.projection import to_metric

MOVED_M = 25.0
"""From how many metres on a point stands elsewhere; below, it is the same place measured twice."""


def changes_of_places(rows: pd.DataFrame, known: pd.DataFrame, paired: pd.Series) -> pd.DataFrame:
    """Hold the places of a list against the known ones.

    Parameters
    ----------
    rows : kode, lon, lat, status
    known : by id: name, kode (in which it stands, or which is stated of it), lon, lat, status
    paired : by the index of rows, id of the known place, "" for a new one

    Returns
    -------
    DataFrame
        `rows` with known (id), before (its name), moved_m (metres between both points), change (new, changed, same) and
        what (point: it had none, moved, lost: it has none any more, area, status; "" where nothing differs).

    Examples
    --------
    >>> rows = pd.DataFrame({"kode": ["a", "a"], "lon": [106.0, 106.1], "lat": -6.0, "status": ""})
    >>> known = pd.DataFrame({"name": "P", "kode": "a", "lon": [np.nan], "lat": np.nan, "status": ""}, index=["p"])
    >>> changes_of_places(rows, known, pd.Series(["p", ""]))[["change", "what"]].to_numpy().tolist()
    [['changed', 'point'], ['new', '']]
    """
    before = known[["name", "kode", "lon", "lat", "status"]].reindex(paired).set_axis(rows.index)
    (x, y), (east, north) = (to_metric(frame["lon"], frame["lat"]) for frame in (rows, before))
    metres = np.hypot(x - east, y - north)
    there, was = np.isfinite(x), np.isfinite(east)
    what = np.select(
        [
            paired.eq("").to_numpy(),
            there & ~was,
            ~there & was,
            there & was & (metres > MOVED_M),
            ~there & ~was & rows["kode"].ne(before["kode"]).to_numpy(),
            rows["status"].ne(before["status"]).to_numpy() & before["status"].ne("").to_numpy(),
        ],
        ["", "point", "lost", "moved", "area", "status"],
        "",
    )
    change = np.where(paired.eq(""), "new", np.where(what == "", "same", "changed"))
    moved = np.where(what == "moved", metres, np.nan)
    return rows.assign(
        known=paired, before=before["name"].astype(object).fillna(""), moved_m=moved, change=change, what=what
    )
