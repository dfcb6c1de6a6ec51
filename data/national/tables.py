"""What of the national run is shipped: tables of all lines, and border kelurahan by province."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from analysis.comparison.verdict import Family
from analysis.national.lines import LEVELS, Line, judge
from data.build import write
from data.national.ground import CLASSES, MIN_SHARED_M
from geo.arrays import Objects
from geo.coverage import polygonal
from geo.projection import NATIONAL

LINE_SIMPLER_M = 250.0
"""Lines for a map of all Indonesia stray so far from the measured ones."""

DEGREES = 1e-5
"""Step of the corners of what is drawn of a kelurahan."""

DISTANCES = tuple(f"{reach}_{name}" for reach in ("own", "any") for name in CLASSES)


def with_kabkota(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of kelurahan with kode_kabkota_a and kode_kabkota_b."""
    return pairs.assign(kode_kabkota_a=pairs["kode_a"].str[:5], kode_kabkota_b=pairs["kode_b"].str[:5])


def crossing(pairs: pd.DataFrame) -> pd.DataFrame:
    """The neighbours on two sides of a line: pair (of kabkota), kode_a, kode_b, shared_m of any length.

    Two kabkota have a line where at least one pair of their kelurahan shares `MIN_SHARED_M`.
    """
    across = pairs[pairs["kode_a"].str[:5] != pairs["kode_b"].str[:5]]
    across = across.assign(pair=across["kode_a"].str[:5] + "-" + across["kode_b"].str[:5])
    met = across.loc[across["shared_m"] >= MIN_SHARED_M, "pair"].unique()
    return across[across["pair"].isin(met)].sort_values(["pair", "kode_a", "kode_b"], ignore_index=True)


def line_table(across: pd.DataFrame, lines: gpd.GeoDataFrame, kabkota: pd.DataFrame) -> gpd.GeoDataFrame:
    """A row a pair of kabkota with names, length, kelurahan at the line, box, and the simplified line.

    Parameters
    ----------
    across : see `crossing`
    lines : kode_a, kode_b and the common boundary in `NATIONAL`
    kabkota : by kode: nama, provinsi
    """
    drawn = across.merge(lines, on=["kode_a", "kode_b"], validate="one_to_one")
    whole = gpd.GeoDataFrame(drawn[["pair"]], geometry=drawn["geometry"].to_numpy(), crs=NATIONAL)
    joined = {
        str(pair): shapely.line_merge(shapely.union_all(rows.geometry.to_numpy()))
        for pair, rows in whole.groupby("pair")
    }
    shapes = gpd.GeoSeries(pd.Series(joined), crs=NATIONAL)
    simple = shapes.simplify(LINE_SIMPLER_M).to_crs("EPSG:4326")
    near = across[across["shared_m"] >= MIN_SHARED_M].groupby("pair")
    made = pd.DataFrame({"pair": simple.index.astype(str)})
    for end, place in (("a", slice(0, 5)), ("b", slice(6, 11))):
        side = made["pair"].str[place]
        made[f"side_{end}"] = side
        made[f"name_{end}"], made[f"province_{end}"] = side.map(kabkota["nama"]), side.map(kabkota["provinsi"])
    made["border_km"] = made["pair"].map(across.groupby("pair")["shared_m"].sum()).div(1000).round(2)
    for end in ("a", "b"):
        made[f"n_border_{end}"] = made["pair"].map(near[f"kode_{end}"].nunique()).astype("int32")
    made["n_neighbours"] = made["pair"].map(near.size()).astype("int32")
    boxes = simple.bounds.round(4)
    for name, column in (("west", "minx"), ("south", "miny"), ("east", "maxx"), ("north", "maxy")):
        made[name] = boxes[column].to_numpy()
    rounded = shapely.transform(simple.to_numpy(), lambda corners: corners.round(4))
    return gpd.GeoDataFrame(made, geometry=rounded, crs="EPSG:4326")


def kabkota_table(
    units: gpd.GeoDataFrame, at_border: set[str], names: pd.DataFrame, quality: pd.DataFrame
) -> pd.DataFrame:
    """A row a kabkota: names, counts, box, quality of its list of schools.

    Parameters
    ----------
    units : kode, luas_km2 and outline (degrees) of all kelurahan
    at_border : kode of the kelurahan at a line
    names : by kode of the kabkota: nama, provinsi
    quality : by kode of the kabkota, see `data.national.schools.quality`
    """
    side = units["kode"].str[:5]
    boxes = units.geometry.bounds.groupby(side.to_numpy()).agg(
        {"minx": "min", "miny": "min", "maxx": "max", "maxy": "max"}
    )
    found = names.reindex(boxes.index).rename_axis("kode")
    found["kode_provinsi"] = found.index.str[:2]
    counts = units.assign(side=side.to_numpy(), at_border=units["kode"].isin(at_border)).groupby("side")
    found["n_kelurahan"] = counts.size().astype("int32")
    found["n_border"] = counts["at_border"].sum().astype("int32")
    found["luas_km2"] = counts["luas_km2"].sum().round(2)
    found[["west", "south", "east", "north"]] = boxes.round(4)
    return found.join(quality).reset_index()


def members(across: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """A row a kelurahan and line: pair, kode, kode_kabkota, shared_m, other_* (km to the nearest of the other side).

    Parameters
    ----------
    across : see `crossing`
    others : by kelurahan (kode) and kabkota across the line (mitra): other_* in km
    """
    near = across[across["shared_m"] >= MIN_SHARED_M]
    ends = [near[["pair", f"kode_{end}", "shared_m"]].rename(columns={f"kode_{end}": "kode"}) for end in ("a", "b")]
    found = pd.concat(ends).groupby(["pair", "kode"])["shared_m"].sum().round(1).reset_index()
    found["kode_kabkota"] = found["kode"].str[:5]
    first, second = found["pair"].str[:5], found["pair"].str[6:]
    found["mitra"] = second.where(found["kode_kabkota"] == first, first)
    found = found.merge(others, on=["kode", "mitra"], how="left", validate="many_to_one")
    columns = ["pair", "kode", "kode_kabkota", "shared_m", *(f"other_{name}" for name in CLASSES)]
    return found[columns].sort_values(["pair", "kode"], ignore_index=True)


def judged_tables(lines: Iterable[Line], judged: Family, at_density: Family) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The results of all lines: sides (edge against interior) and across (neighbour against neighbour).

    Parameters
    ----------
    lines : results of `analysis.national.lines.compare_line`, a line of one indicator and reach each
    judged, at_density : all tests together, as they are and between places of equal density
    """
    sides: list[dict[str, Any]] = []
    across: list[dict[str, Any]] = []
    for line in lines:
        said = judge(line, judged, at_density)
        reach, name = line.measure.split("_", 1)
        key = {"pair": line.pair, "indicator": f"jarak_{name}", "reach": reach}
        for side, area_gap in zip(said.sides, line.area_gaps, strict=True):
            found, same = side.contrast.difference, side.contrast.adjusted
            sides.append(
                key
                | {
                    "side": side.side,
                    "n_border": side.contrast.border.known,
                    "n_interior": side.contrast.interior.known,
                    "border_km": side.contrast.border.mean,
                    "interior_km": side.contrast.interior.mean,
                    "gap_km": found and found.value,
                    "low_km": found and found.low,
                    "high_km": found and found.high,
                    "p": found and found.p,
                    "q": side.q,
                    "code": side.code,
                    "strength": side.strength or "",
                    "power": side.power,
                    "density_gap_km": same and same.value,
                    "density_low_km": same and same.low,
                    "density_high_km": same and same.high,
                    "density_p": same and same.p,
                    "density_q": side.density_q,
                    "at_density": side.at_density or "",
                    "area_gap_km": area_gap,
                    "caveats": ";".join(c for c in side.caveats if c != "tanpa_bobot_penduduk"),
                }
            )
        if said.line is not None:
            pairs = said.line.border_pairs
            across.append(
                key
                | {
                    "n_known": pairs.known,
                    "gap_km": pairs.difference,
                    "low_km": pairs.low,
                    "high_km": pairs.high,
                    "p": pairs.p,
                    "q": said.line.q,
                    "code": said.line.code,
                    "strength": said.line.strength or "",
                    "power": said.line.power,
                    "behind": said.line.behind or "",
                    "caveats": ";".join(said.line.caveats),
                }
            )
    return _compact(pd.DataFrame(sides)), _compact(pd.DataFrame(across))


def _compact(frame: pd.DataFrame) -> pd.DataFrame:
    """Numbers to what is printed of them: metres, and p to five places."""
    for name in frame.columns:
        if name.endswith("_km"):
            frame[name] = frame[name].astype(float).round(3)
        elif name in ("p", "q", "density_p", "density_q", "power"):
            frame[name] = frame[name].astype(float).round(5)
    return frame.sort_values([c for c in ("pair", "indicator", "reach", "side") if c in frame], ignore_index=True)


def answers(sides: pd.DataFrame) -> pd.DataFrame:
    """At how many lines the edge is further from school than the interior, and by how much.

    Parameters
    ----------
    sides : first table of `judged_tables`, of all lines

    Returns
    -------
    DataFrame
        A row an indicator, reach and density (apa_adanya: as it is; disesuaikan: between places of equal density).
        Lines with a known gap, and sides: all, known, longer (gap above 0), tested, further, nearer (seen). Median and
        quartiles of the known gaps (km). lines_further, lines_nearer, lines_both (lines with a side that is further,
        nearer, one of each).

    Notes
    -----
    At equal density a side counts as seen where its difference is seen as it is and there, too.
    """
    rows = []
    for (indicator, reach), every in sides.groupby(["indicator", "reach"]):
        for density in ("apa_adanya", "disesuaikan"):
            raw = density == "apa_adanya"
            gap = every["gap_km" if raw else "density_gap_km"]
            code = every["code"] if raw else every["at_density"]
            tested = every["p" if raw else "density_p"].notna()
            further, nearer = code.eq("tertinggal"), code.eq("lebih_baik")
            with_further, with_nearer = set(every["pair"][further]), set(every["pair"][nearer])
            known = gap.dropna()
            rows.append(
                {
                    "indicator": indicator,
                    "reach": reach,
                    "density": density,
                    "lines": every["pair"][gap.notna()].nunique(),
                    "sides": len(every),
                    "known": len(known),
                    "longer": int((known > 0).sum()),
                    "tested": int(tested.sum()),
                    "further": int(further.sum()),
                    "nearer": int(nearer.sum()),
                    "median_km": known.median(),
                    "p25_km": known.quantile(0.25),
                    "p75_km": known.quantile(0.75),
                    "lines_further": len(with_further),
                    "lines_nearer": len(with_nearer),
                    "lines_both": len(with_further & with_nearer),
                }
            )
    return pd.DataFrame(rows).round({"median_km": 3, "p25_km": 3, "p75_km": 3})


def province_files(units: gpd.GeoDataFrame, folder: Path) -> None:
    """A GeoParquet file a province."""
    folder.mkdir(parents=True, exist_ok=True)
    for province, rows in units.groupby(units["kode"].str[:2]):
        write.table(rows.reset_index(drop=True), folder / f"{province}.parquet")


def _drawable(outlines: Objects) -> Objects:
    """Valid outlines on the grid of `DEGREES`; those that rounding left valid are the same objects.

    Parameters
    ----------
    outlines : (n,) polygons with corners on that grid; where two edges met within a step they may cross

    Examples
    --------
    >>> crossed = shapely.from_wkt("POLYGON ((0 0, 2e-5 0, 2e-5 2e-5, 1e-5 0, 0 2e-5, 0 0))")
    >>> bool(shapely.is_valid(crossed)), shapely.is_valid(_drawable(np.array([crossed]))).tolist()
    (False, [True])
    """
    found = outlines.copy()
    wrong = ~shapely.is_valid(found)
    found[wrong] = shapely.set_precision(polygonal(found[wrong]), DEGREES)
    return found


def with_quality(units: gpd.GeoDataFrame, quality: pd.DataFrame) -> gpd.GeoDataFrame:
    """Kelurahan with the quality of the list of their kabkota, distances in floats of four bytes."""
    found = units.assign(kode_kabkota=units["kode"].str[:5])
    for level in LEVELS:
        found[f"quality_{level}"] = found["kode_kabkota"].map(quality[f"quality_{level}"])
    found = found.astype(dict.fromkeys(DISTANCES, np.float32))
    found["geometry"] = _drawable(found.geometry.to_numpy())
    first = ["kode", "nama", "kode_kabkota", "luas_km2", "n_points"]
    last = [f"quality_{level}" for level in LEVELS]
    return found[[*first, *DISTANCES, *last, "geometry"]].sort_values("kode", ignore_index=True)


def store(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write the tables, GeoParquet where they hold geometry."""
    for name, frame in tables.items():
        write.table(frame, folder / f"{name}.parquet")
