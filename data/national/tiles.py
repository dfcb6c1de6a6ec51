"""Indonesia cut into tiles along a Hilbert curve, in files that a worker can read by itself."""

from __future__ import annotations

import os
import shutil
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.national.ground import Ground, ground
from geo.arrays import Objects

HALO_DEGREES = 0.01
"""A kelurahan belongs to the halo of a tile when its box comes so near (a kilometre) to the box of one of the tile."""

FRAMES = ("units", "pairs", "lines", "others")


def cut(units: gpd.GeoDataFrame, size: int, folder: Path) -> int:
    """Write the tiles and the plan of them.

    Parameters
    ----------
    units : kode, nama, geometry in degrees
    size : kelurahan of a tile
    folder : gets `plan.parquet` (kode, tile and box of every kelurahan) and `parts`, a file a tile

    Returns
    -------
    int
        Number of tiles.
    """
    order = np.argsort(units.geometry.hilbert_distance(level=16).to_numpy(), kind="stable")
    tile = np.empty(len(units), dtype=np.int32)
    tile[order] = np.arange(len(units)) // size
    plan = units.geometry.bounds.assign(kode=units["kode"].to_numpy(), tile=tile)
    parts = folder / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    for number, rows in plan.groupby("tile"):
        units.loc[rows.index].to_parquet(parts / f"{number:04d}.parquet", index=False)
    plan.reset_index(drop=True).to_parquet(folder / "plan.parquet")
    return int(tile.max()) + 1 if len(tile) else 0


def done(folder: Path, number: int) -> bool:
    """Whether a tile is there."""
    return (folder / "ground" / f"{number:04d}").exists()


def work(folder: str, number: int) -> int:
    """Compute a tile and put its four tables below `ground`, all at once; what is there stays.

    Returns
    -------
    int
        The number of the tile.
    """
    at = Path(folder)
    if done(at, number):
        return number
    here, own = around(at, number)
    found = ground(here, own, _schools(folder))
    write(found, at / "ground", f"{number:04d}")
    return number


def write(found: Ground, folder: Path, name: str) -> None:
    """Write the tables of a tile; a worker that dies leaves none of them.

    Parameters
    ----------
    found : tables of the tile
    folder : of all tiles
    name : of the tile's own folder in it
    """
    new = folder / f"{name}.{os.getpid()}.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for frame in FRAMES:
        getattr(found, frame).to_parquet(new / f"{frame}.parquet", index=False)
    try:
        new.rename(folder / name)
    except OSError:
        # Another worker was faster; both found the same.
        shutil.rmtree(new)


def gathered(folder: Path, count: int, frame: str) -> pd.DataFrame:
    """One of the four tables over all tiles.

    Parameters
    ----------
    folder : of the run
    count : of the tiles
    frame : of `FRAMES`
    """
    reader = gpd.read_parquet if frame in ("units", "lines") else pd.read_parquet
    parts = [reader(folder / "ground" / f"{number:04d}" / f"{frame}.parquet") for number in range(count)]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def around(folder: Path, number: int) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """The kelurahan of a tile and its halo, by code, and which are its own."""
    plan, tree = _plan(str(folder))
    mine = plan[plan["tile"] == number]
    boxes = _boxes(mine)
    near = plan.iloc[np.unique(tree.query(shapely.buffer(boxes, HALO_DEGREES, cap_style="square"))[1])]
    parts = [
        gpd.read_parquet(folder / "parts" / f"{tile:04d}.parquet", filters=[("kode", "in", rows["kode"].tolist())])
        for tile, rows in near.groupby("tile")
    ]
    around = pd.concat(parts).sort_values("kode", ignore_index=True)
    return around, around["kode"].isin(mine["kode"])


@lru_cache(maxsize=2)
def _plan(folder: str) -> tuple[pd.DataFrame, shapely.STRtree]:
    plan = pd.read_parquet(Path(folder) / "plan.parquet")
    return plan, shapely.STRtree(_boxes(plan))


def _boxes(plan: pd.DataFrame) -> Objects:
    west, south, east, north = (plan[c].to_numpy(float) for c in ("minx", "miny", "maxx", "maxy"))
    return np.asarray(shapely.box(west, south, east, north), dtype=object)


@lru_cache(maxsize=2)
def _schools(folder: str) -> pd.DataFrame:
    return pd.read_parquet(Path(folder) / "schools.parquet")
