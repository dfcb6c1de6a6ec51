"""Reading and checking all raw records: everything is there and fits, or nothing is used."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.build import fingerprints
from data.build.boundaries import PATH
from data.build.named import short_name
from data.build.raw import Problem, Raw, RawError
from data.build.schema import INDONESIA, Findings, Schema, Units, check
from data.build.schemas import SCHEMAS
from data.intake import csv_reader
from data.text import cleaned
from geo.projection import METRIC

ANY = r".*\S.*"
TEXTS = {
    "kode": r"\d\d\.\d\d\.\d\d\.\d{4}", "nama": ANY, "jenis": "kelurahan|desa", "kode_kecamatan": ANY, "kecamatan": ANY,
    "kode_kabkota": ANY, "kabkota": ANY, "provinsi": ANY, "kode_bps2020": r"\d{10}", "cocok_ab": ANY,
    "kode_pos": r"\d{5}",
}  # fmt: skip
"""Column of the layer to the form of its text."""
NUMBERS = {"luas_km2": (0.01, 10_000), "iou_ab": (0, 1)}
RENAMED = {"cocok_ab": "match_bps", "iou_ab": "overlap_bps"}


def read_all(root: Path, accepted: Collection[str] = ()) -> Raw:
    """Read the boundary layer and every table of `SCHEMAS` below a folder.

    Parameters
    ----------
    root : Path
        Folder of the raw records.
    accepted : collection of str
        Paths of files that may differ from what is recorded of them.

    Raises
    ------
    RawError
        Names the problems of all files.
    """
    raw = Raw()
    layer = read_layer(_content(root, PATH, raw))
    raw.layer, raw.fingerprints[PATH] = layer.reset_index(drop=True), fingerprints.of(layer_text(layer))
    units = Units(raw.layer)
    known = fingerprints.load()
    problems = [] if PATH in accepted else fingerprints.differences(PATH, layer_text(layer), known.get(PATH))
    for path, schema in SCHEMAS.items():
        try:
            text = read_text(path, _content(root, path, raw), schema)
        except RawError as error:
            problems += error.problems
            continue
        table = check(path, text, schema, units, raw.tables)
        problems += table.problems
        # A sum that does not fit names no row: the comparison with the recorded file does.
        if path not in accepted and not any(problem.row for problem in table.problems):
            problems += fingerprints.differences(path, text, known.get(path))
        raw.fingerprints[path] = fingerprints.of(text)
        if not table.problems:
            raw.tables[path] = table.frame.reset_index(drop=True)
    if problems:
        raise RawError(problems)
    return raw


def read_text(path: str, content: bytes, schema: Schema) -> pd.DataFrame:
    """The columns of a CSV file that its schema names, as text; the index is the row as a spreadsheet counts.

    Parameters
    ----------
    path : of the file, below the raw folder, for what is said of it
    content : bytes of the file
    schema : whose columns are kept

    Raises
    ------
    RawError
        It is no CSV with these columns.
    """
    try:
        return csv_reader.read(content, list(schema.columns))[list(schema.columns)]
    except csv_reader.CsvError as error:
        raise RawError([Problem(path, error.problem, error.row)]) from None


def read_layer(content: bytes) -> gpd.GeoDataFrame:
    """Read the kelurahan, in order of their codes.

    Parameters
    ----------
    content : bytes
        GeoParquet in EPSG:4326.

    Returns
    -------
    GeoDataFrame
        One row a kelurahan: text without control characters, kabkota in the short style; the index is the feature.

    Raises
    ------
    RawError
        Names the problems; rows are features and count from 1.
    """
    try:
        layer = gpd.read_parquet(io.BytesIO(content))
    except (ValueError, OSError, TypeError, KeyError) as error:
        raise RawError([Problem(PATH, f"not a readable GeoParquet file: {error}")]) from error
    columns = [*TEXTS, *NUMBERS, "geometry"]
    missing = [column for column in columns if column not in layer]
    if missing:
        raise RawError([Problem(PATH, f"column missing: {', '.join(missing)}")])
    if layer.empty:
        raise RawError([Problem(PATH, "no rows")])
    if layer.crs is None or layer.crs.to_epsg() != 4326:
        raise RawError([Problem(PATH, f"EPSG:4326 expected, not {layer.crs}", column="geometry")])
    layer = layer[columns].set_axis(range(1, len(layer) + 1))
    table = Findings(PATH, layer)
    _check_geometry(table)
    for column, pattern in TEXTS.items():
        none = ~layer[column].map(lambda cell: isinstance(cell, str)).astype(bool)
        table.refuse(none, column, "is not text")
        layer[column] = layer[column].where(~none, "").map(cleaned)
        table.refuse(~none & ~layer[column].str.fullmatch(pattern), column, f"is not of the form {pattern}")
    for column, (low, high) in NUMBERS.items():
        value = pd.to_numeric(layer[column], errors="coerce")
        table.refuse(~value.between(low, high), column, f"is not a number from {low:g} to {high:g}")
    if not table.problems:
        _check_codes(table)
        area = layer.geometry.to_crs(METRIC).area / 1e6
        table.refuse(
            (layer["luas_km2"] / area - 1).abs() > 0.01, "luas_km2", "is not the area of the polygon (1 % apart)"
        )
        gaps = ~shapely.is_empty(shapely.coverage_invalid_edges(layer.geometry.to_numpy()))
        table.refuse(gaps, "geometry", "does not share its edges with its neighbours")
    if table.problems:
        raise RawError(table.problems)
    layer["kabkota"] = layer["kabkota"].map(short_name)
    return layer.rename(columns=RENAMED).sort_values("kode")


def layer_text(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """The layer with every cell as text."""
    return pd.DataFrame(layer).assign(geometry=shapely.to_wkb(layer.geometry.to_numpy(), hex=True)).astype(str)


def _check_geometry(table: Findings) -> None:
    geometry = table.text.geometry
    missing = geometry.isna() | geometry.is_empty
    table.refuse(missing, "geometry", "is missing")
    flat = ~missing & ~geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    table.refuse(flat, "geometry", "is no polygon")
    table.refuse(~missing & ~flat & ~geometry.is_valid, "geometry", "is not valid: it crosses or touches itself")
    bounds = geometry.bounds
    west, south, east, north = INDONESIA
    turned = bounds["miny"].between(west, east) & bounds["minx"].between(south, north)
    table.refuse(turned, "geometry", "has latitude and longitude swapped")
    inside = bounds["minx"].ge(west) & bounds["maxx"].le(east) & bounds["miny"].ge(south) & bounds["maxy"].le(north)
    table.refuse(~missing & ~turned & ~inside, "geometry", "does not lie in Indonesia")


def _check_codes(table: Findings) -> None:
    layer = table.text
    for column in ("kode", "kode_bps2020"):
        table.refuse(layer[column].duplicated(), column, "stands twice")
    for code, name, digits in (("kode_kecamatan", "kecamatan", 8), ("kode_kabkota", "kabkota", 5)):
        table.refuse(layer[code] != layer["kode"].str[:digits], code, "is not the beginning of kode")
        first = layer.groupby(code)[name].transform("first")
        table.refuse(layer[name] != first, name, "differs from the other names of " + layer[code])


def _content(root: Path, path: str, raw: Raw) -> bytes:
    try:
        content = (root / path).read_bytes()
    except FileNotFoundError:
        raise RawError([Problem(path, f"file not found in {root}")]) from None
    raw.hashes[path] = hashlib.sha256(content).hexdigest()
    return content
