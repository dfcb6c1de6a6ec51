"""Halte, stasiun and terminal. No list of angkot routes exists for any kabkota."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.build.facilities import one_row_a_place, record_mark
from data.build.raw import Raw
from data.placing import OTHER_KIND
from geo import record_linkage
from geo.projection import to_metric

TRANSIT = "facilities/transit_stops.csv"
SAME_STATION_M = 150.0
MODES = {
    "bus stop": ("halte", "TransJakarta/Mikrotrans"),
    "BisKita": ("halte", "BisKita Trans Patriot"),
    "LRT Jabodebek": ("stasiun", "LRT"),
    "OSM railway=station light_rail": ("stasiun", "LRT"),
    "OSM railway=station subway": ("stasiun", "MRT"),
    "OSM railway=station": ("stasiun", "kereta"),
    "stasiun KA": ("stasiun", "kereta"),
    "TERMINAL": ("terminal", ""),
    "terminal": ("terminal", ""),
}


def build(raw: Raw) -> pd.DataFrame:
    """Halte, stations and terminals as places (`facilities.COLUMNS`); a station that two lists name becomes one."""
    rows = raw[TRANSIT]
    mode = rows["subtype"].map(_mode)
    rows["subtype"], rows["system"] = mode.str[0], mode.str[1]
    rows = rows.sort_values(["source_id", "official_id", "name", "lat", "lon"], ignore_index=True)
    rows["record"], rows["group"] = record_mark(rows), _stations(rows)
    place = one_row_a_place(rows)
    sure = place["source"].str.contains(";") | place["source"].eq("gtfs_tj2024")
    systems = rows.groupby("group")["system"].agg(lambda names: " / ".join(sorted(set(names) - {""})))
    return place.assign(
        kind="transit",
        kabkota_stated=place["kabkota"],
        quality=np.where(sure, "tinggi", "sedang"),
        note=systems,
        # A ride in an amusement park.
        left_out=np.where(place["name"].eq("Kereta Api Mini"), OTHER_KIND, ""),
    )


def _mode(subtype: str) -> tuple[str, str]:
    """Kind of stop and what stops there."""
    return next(mode for start, mode in MODES.items() if subtype.startswith(start))


def _stations(rows: pd.DataFrame) -> pd.Series:
    """Stations of one mode within 150 m, or of one name and mode within 500 m, are one; halte stay."""
    x, y = to_metric(rows["lon"], rows["lat"])
    group = pd.Series(range(len(rows)), index=rows.index)
    for _, same in rows[rows["subtype"] == "stasiun"].groupby("system"):
        heads: list[int] = []
        for i in same.index:
            for head in heads:
                distance = np.hypot(x[i] - x[head], y[i] - y[head])
                named = record_linkage.normalise(rows["name"][i]) == record_linkage.normalise(rows["name"][head])
                if distance <= SAME_STATION_M or (named and distance <= record_linkage.NEAR_M):
                    group[i] = head
                    break
            else:
                heads.append(i)
    # A station tagged without its mode, at the very place of an LRT station, is that station.
    placed = rows["subtype"].eq("stasiun")
    for i in rows.index[placed & rows["system"].eq("kereta")]:
        for j in rows.index[placed & rows["system"].eq("LRT")]:
            if np.hypot(x[i] - x[j], y[i] - y[j]) <= record_linkage.SAME_SITE_M:
                group[i] = group[j]
                break
    return group
