"""All land borders of Indonesia, and the kelurahan at one of them, as flat tables."""

from __future__ import annotations

import json
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from analysis.comparison.field import border_codes, judged
from data.national_tables import INDICATORS, LEVELS, MEASURED, National, facility_of, level_of
from geo.arrays import Floats
from geo.facing import line_between

YEAR = 2019
SOURCE = "kemendikbud2019;big_kepmendagri"
UNIT = "km"
REACHES = ("own", "any", "other")
"""Whose schools count: those of the own kabkota, of any, of the kabkota across the line."""
Column = Literal["raw", "density"]


def judged_sides(national: National, indicator: str) -> pd.DataFrame:
    """The sides of all borders for one indicator with own facilities; see `analysis.comparison.field.judged`.

    any_gap_km and any_density_gap_km are the same gaps where the schools of all kabkota count.
    """
    sides = national.sides[national.sides["indicator"] == indicator].set_index(["pair", "side"])
    gaps = sides.loc[sides["reach"] == "any", ["gap_km", "density_gap_km"]].add_prefix("any_")
    own = sides[sides["reach"] == "own"].join(gaps)
    every = [(str(pair), side) for pair in national.pairs.index for side in str(pair).split("-")]
    own = own.reindex(pd.MultiIndex.from_tuples(every, names=["pair", "side"])).reset_index()
    own = own.assign(code=own["code"].fillna("tidak_diketahui"))
    return judged(own, national.kabkota[f"quality_{level_of(indicator)}"])


def border_rows(national: National) -> pd.DataFrame:
    """batas_indonesia.csv: border against interior, a row a land border, side and kind of school.

    border_shows and border_shows_density are of the whole border (see `analysis.comparison.field.CODES`), verdict and
    density_verdict of this side.
    """
    parts = []
    for indicator in INDICATORS:
        sides = judged_sides(national, indicator)
        codes: dict[Column, pd.Series] = {"raw": border_codes(sides), "density": border_codes(sides, "density")}
        level = level_of(indicator)
        parts.append(
            pd.DataFrame(
                {
                    "pair": sides["pair"],
                    "indicator": indicator,
                    "kode_kabkota": sides["side"],
                    "kabkota": sides["side"].map(national.kabkota["nama"]),
                    "provinsi": sides["side"].map(national.kabkota["provinsi"]),
                    "other_kabkota": _other(sides).map(national.kabkota["nama"]),
                    "border_length_km": sides["pair"].map(national.pairs["border_km"]),
                    "unit": UNIT,
                    "year": YEAR,
                    "border_units": sides["n_border"],
                    "interior_units": sides["n_interior"],
                    "border_mean": sides["border_km"],
                    "interior_mean": sides["interior_km"],
                    "difference": sides["gap_km"],
                    "low": sides["low_km"],
                    "high": sides["high_km"],
                    "p": sides["p"],
                    "q": sides["q"],
                    "power": sides["power"],
                    "verdict": sides["raw"],
                    "strength": sides["strength"],
                    "density_difference": sides["density_gap_km"],
                    "density_low": sides["density_low_km"],
                    "density_high": sides["density_high_km"],
                    "density_p": sides["density_p"],
                    "density_q": sides["density_q"],
                    "density_verdict": sides["density"],
                    "border_shows": sides["pair"].map(codes["raw"]),
                    "border_shows_density": sides["pair"].map(codes["density"]),
                    "list_quality": sides["side"].map(national.kabkota[f"quality_{level}"]),
                    "list_reason": sides["side"].map(national.kabkota[f"reason_{level}"]).fillna(""),
                    "caveats": sides["caveats"],
                    "source": SOURCE,
                }
            )
        )
    order = ["pair", "indicator", "kode_kabkota"]
    return pd.concat(parts, ignore_index=True).sort_values(order, ignore_index=True)


def _other(sides: pd.DataFrame) -> pd.Series:
    """kode_kabkota of the other side of each row."""
    first, second = (sides["pair"].str.split("-").str[at] for at in (0, 1))
    return second.where(sides["side"] == first, first)


def pair_rows(national: National, pair: str) -> pd.DataFrame:
    """The kelurahan at one border, a row a kelurahan and kind of school, as a flat table.

    own_km is the distance to the nearest school of the own kabkota, any_km to that of any side, other_km to that of the
    kabkota across this line; what is not known is empty.
    """
    units = national.of_pair(pair)
    names = national.kabkota["nama"]
    parts = [
        pd.DataFrame(
            {
                "pair": pair,
                "kode": units.index,
                "nama": units["nama"].to_numpy(),
                "kabkota": units["kode_kabkota"].map(names).to_numpy(),
                "shared_m": units["shared_m"].to_numpy(),
                "area_km2": units["luas_km2"].to_numpy(),
                "indicator": indicator,
                "unit": UNIT,
                "year": YEAR,
                "own_km": units[f"own_{facility_of(indicator)}"].to_numpy(),
                "any_km": units[f"any_{facility_of(indicator)}"].to_numpy(),
                "other_km": units[f"other_{facility_of(indicator)}"].to_numpy(),
                "list_quality": units[f"quality_{level_of(indicator)}"].to_numpy(),
                "method": "model",
                "source": SOURCE,
            }
        )
        for indicator in MEASURED
    ]
    return pd.concat(parts, ignore_index=True).sort_values(["kode", "indicator"], ignore_index=True)


def side_by_side(national: National, units: gpd.GeoDataFrame) -> pd.DataFrame:
    """The figures of `pair_rows`, a row a kelurahan at a line: nama, kabkota, lengths, and all distances in km.

    Parameters
    ----------
    national : names
    units : as `data.national_tables.National.of_pair` gives them; their index is kept
    """
    known = {f"{reach}_{facility_of(i)}": f"{reach}_{facility_of(i)}_km" for i in MEASURED for reach in REACHES}
    figures = units[["shared_m", "luas_km2", *known]].astype(float).round(3)
    named = units[["nama"]].assign(kabkota=units["kode_kabkota"].map(national.kabkota["nama"]))
    quality = units[[f"quality_{level}" for level in LEVELS]]
    parts = [named, figures.rename(columns={"luas_km2": "area_km2"} | known), quality]
    return pd.concat(parts, axis=1).assign(year=YEAR, source=SOURCE)


def outlines(units: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Outlines with their outer rings against the clock, as GeoJSON wants them."""
    return units.geometry.orient_polygons()


def pair_features(national: National, pair: str) -> list[dict[str, Any]]:
    """The kelurahan at one border as GeoJSON features, with the figures of `pair_rows` side by side; the line last."""
    units = national.of_pair(pair)
    frame = side_by_side(national, units).reset_index()
    shapes = shapely.transform(outlines(units).to_numpy(), _rounded)
    table = gpd.GeoDataFrame(frame, geometry=shapes, crs=units.crs)
    listed: list[dict[str, Any]] = json.loads(table.to_json(na="null", drop_id=True))["features"]
    sides = pair.split("-")
    one, other = (units.geometry[units["kode_kabkota"] == side].to_list() for side in sides)
    line = shapely.transform(line_between(one, other), _rounded)
    about = {"pair": pair, "nama": " – ".join(national.names(sides)), "source": "big_kepmendagri"}
    return [*listed, {"type": "Feature", "properties": about, "geometry": json.loads(shapely.to_geojson(line))}]


def _rounded(degrees: Floats) -> Floats:
    """To about a metre."""
    return np.round(degrees, 5)
