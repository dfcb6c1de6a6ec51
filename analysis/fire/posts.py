"""Posts and other facilities that serve from where they stand: exact, or somewhere in a known area.

A post of which only the kelurahan, kecamatan or kabkota is known is never given a place; `analysis.fire.realisations`
looks at many possible ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo.regions import standing

Region = Literal["titik", "kelurahan", "kecamatan", "kabkota"]
EXACT = ("titik", "titik_tak_resmi", "skenario")
"""Precisions that are a point."""
KIND = "pos_damkar"
LISTED = ("ada", "mungkin")
"""Posts that operate, surely or perhaps; the others are planned or no posts."""
_REGIONS: dict[int, Region] = {5: "kabkota", 8: "kecamatan", 13: "kelurahan"}
"""What an area is, by the length of its code."""


@dataclass(frozen=True)
class Post:
    """A post, or another facility that serves from where it stands.

    Attributes
    ----------
    id, name : of the facility
    operator : kode_kabkota whose service it is
    stands_in : kode_kabkota in which it stands; another than `operator` when a post lies across the line
    region : what of its place is known
    area : code of the region, empty for an exact post
    x, y : metres, None for a region
    state : what a scenario did: empty, "baru" or "pindah"
    """

    id: str
    name: str
    operator: str
    stands_in: str
    region: Region
    area: str = ""
    x: float | None = None
    y: float | None = None
    state: str = ""

    @property
    def exact(self) -> bool:
        """Whether its point is known."""
        return self.region == "titik"


def posts_of(facilities: pd.DataFrame, operators: Sequence[str], planned: bool = False) -> list[Post]:
    """The fire posts of some kabkota, in order of their id.

    Parameters
    ----------
    facilities : by id: kind, name, operator, kode_kabkota, area_kode, precision, x, y, exists ("ada", "mungkin",
        "rencana", "tidak"; empty for a new one) and, after a scenario, state
    operators : kode_kabkota whose posts count
    planned : count those that are only planned too, where a kelurahan or kecamatan is named for them; one that a
        scenario has placed always counts
    """
    rows = facilities[(facilities["kind"] == KIND) & facilities["operator"].isin(operators)]
    if "state" not in rows:
        rows = rows.assign(state="")
    result = []
    for id_, row in rows.sort_index().iterrows():
        placed, plan = row["state"] in ("baru", "pindah"), row["exists"] == "rencana"
        if row["exists"] == "tidak" or row["state"] == "tutup":
            continue
        if plan and not placed and not (planned and row["area_kode"]):
            continue
        result.append(_post(str(id_), row, row["precision"] in EXACT))
    return result


def stations_of(facilities: pd.DataFrame, operators: Sequence[str]) -> list[Post]:
    """Facilities with a point, and those of which only the kelurahan or kecamatan is known, in order of their id.

    Parameters
    ----------
    facilities : by id, after `analysis.scenario.changes.apply`: name, operator, kode_kabkota, area_kode, left_out,
        used, x, y, state
    operators : kode_kabkota whose facilities count
    """
    rows = facilities[facilities["operator"].isin(operators) & (facilities["state"] != "tutup")].sort_index()
    known = rows[rows["used"].astype(bool) | standing(rows)]
    return [_post(str(id_), row, bool(row["used"])) for id_, row in known.iterrows()]


def _post(id_: str, row: pd.Series, exact: bool) -> Post:
    stands_in = str(row["kode_kabkota"]) or str(row["operator"])
    area = "" if exact else str(row["area_kode"] or stands_in)
    return Post(
        id=id_,
        name=str(row["name"]),
        operator=str(row["operator"]),
        stands_in=stands_in,
        region="titik" if exact else _REGIONS[len(area)],
        area=area,
        x=float(row["x"]) if exact else None,
        y=float(row["y"]) if exact else None,
        state=str(row["state"]),
    )
