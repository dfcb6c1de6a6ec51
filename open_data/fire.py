"""Fire response as a table for other programs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.fire import fire as fire_analysis
from analysis.fire.fire import FireResult
from data.tables import Dataset
from geo.regions import DRAWS

COLUMNS = (
    "corridor", "kode", "nama", "kode_kabkota", "people", "people_low", "people_high", "year",
    "closed_min", "closed_min_low", "closed_min_high", "open_min", "open_min_low", "open_min_high",
    "closed_probability", "open_probability", "gain_probability", "closed_people", "open_people", "gain_people",
    "side_gain_people", "side_gain_low", "side_gain_high",
    "break_even_min", "break_even_min_low", "break_even_min_high", "crossed_share", "side_closed_bound",
    "corridor_open_bound", "gain_bound",
    "posts_exact", "posts_area", "posts_unknown", "call_min", "turnout_min", "delay_min",
    "target_min", "detour", "speed_kmh", "speed_low_kmh", "speed_high_kmh", "worlds", "source",
)  # fmt: skip


def fire_rows(data: Dataset, found: Mapping[str, FireResult]) -> pd.DataFrame:
    """Every kelurahan of every corridor under the catalogue's assumptions, with own posts and with an open line.

    Minutes: mean over the sample points; median, 5th and 95th percentile over the possible places of the posts. People:
    probability times people; side_gain is that of all kelurahan of a side, its ends the 5th and 95th percentile over
    places and speeds from speed_low_kmh to speed_high_kmh. The bounds say "ya" where a post may be missing from the
    list, so that people are a lower bound; gain_bound says "atas" where the gain is an upper bound, and "tidak_pasti"
    where it is none.

    Parameters
    ----------
    data : names, sides and posts
    found : response by id of the corridor
    """
    year = data.catalogue.indicators["penduduk"].year
    tables = []
    for corridor, result in found.items():
        choices, sides = result.choices, data.catalogue.corridors[corridor].sides
        known = fire_analysis.listings(data.facilities, data.fire_stats, sides)
        lists = {entry.kode_kabkota: entry for entry in known}
        missing = {side: "tidak" if entry.complete else "ya" for side, entry in lists.items()}
        table, side = result.table, result.table["kode_kabkota"]
        frame = table.rename(
            columns={
                "closed": "closed_probability", "open": "open_probability", "gain": "gain_probability",
                "lead": "break_even_min",
                "lead_low": "break_even_min_low", "lead_high": "break_even_min_high", "crossed": "crossed_share",
            }
        )  # fmt: skip
        frame = frame.assign(
            corridor=corridor,
            kode=table.index,
            nama=data.kelurahan["nama"].reindex(table.index),
            year=year,
            closed_people=table["closed"] * table["people"],
            open_people=table["open"] * table["people"],
            gain_people=table["gain"] * table["people"],
            **{
                name: side.map({k: getattr(result.by_side[k].gain, end, None) for k in sides}).astype(float)
                for name, end in (("side_gain_people", "value"), ("side_gain_low", "low"), ("side_gain_high", "high"))
            },
            side_closed_bound=side.map(missing),
            corridor_open_bound="ya" if "ya" in missing.values() else "tidak",
            gain_bound=side.map({k: fire_analysis.gain_bound(known, k) for k in sides}),
            posts_exact=side.map({k: e.exact for k, e in lists.items()}),
            posts_area=side.map({k: e.area for k, e in lists.items()}),
            posts_unknown=side.map({k: e.unknown for k, e in lists.items()}),
            call_min=choices.call,
            turnout_min=choices.turnout,
            delay_min=choices.delay,
            target_min=choices.target,
            detour=choices.detour,
            speed_kmh=choices.speed,
            speed_low_kmh=choices.slow * choices.speed,
            speed_high_kmh=choices.fast * choices.speed,
            worlds=DRAWS,
            source="fire_press",
        )
        tables.append(frame[list(COLUMNS)])
    return pd.concat(tables, ignore_index=True)
