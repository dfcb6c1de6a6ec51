"""Boundaries of kelurahan that offices have published: they replace the shipped ones, and what hangs on them follows.

The outline of a kabkota stays (`geo.redraw`). Areas, neighbours, border sets, sample points and distances are made anew
by the functions of the build. What was read off raster images or roads within the old boundary cannot be: it is left
out where much of the land changes, and says of which boundary it is where little does.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from data import access, confidence, layers, mapgeo, rates
from data.layers import Layers
from data.lists import fill
from data.placing import locate
from geo.borders import corridor_tables
from geo.distances import UNKNOWN_M, sample_points
from geo.faces import faces
from geo.farthest import farthest_from_samples
from geo.projection import METRIC
from geo.redraw import Redrawn, redraw

if TYPE_CHECKING:
    from data.tables import Dataset
    from data.versions import Published

KIND = "batas"
WITHIN = ("cahaya_malam", "dataran_rendah_5m", "dataran_rendah_10m", "kerapatan_jalan")
"""Indicators of what lies within a boundary, read off images and roads that are not in the product."""
LITTLE = 0.01
"""Share of the land of a kelurahan that may change hands before its `WITHIN` are left out. Below it they keep their
value, which such a part can hardly change, and say of which boundary it is."""
COUNTED = {"sd": ("jumlah_sd", "sd_per_penduduk"), "puskesmas": ("rasio_puskesmas",)}
"""Indicators that count places by the kelurahan or kecamatan in which a list says that they stand."""
OLD_LINE = "Dihitung untuk batas sebelum versi {n}."
NEW_LINE = "Menurut batas kantor, versi {n}."
PLACES_ON_LAND = "{count} tempat berdiri di tanah yang berpindah menurut versi {n}; dihitung seperti daftar sebelumnya."
"""Notes of values."""
REFUSED = ("taken", "left", "double", "across", "retreat")
"""Kinds of pieces that a drawing must not have where they are wide: see `geo.redraw`."""
ALIKE = 0.5
"""Share of its land that a kelurahan keeps at least: less is another one, or another place."""
MOST_KEPT = 6

_LOCK = Lock()
_MADE: OrderedDict[Hashable, Made] = OrderedDict()


@dataclass(frozen=True, eq=False)
class Made:
    """What published boundaries make of the shipped tables, whatever else is published.

    Attributes
    ----------
    data : the shipped data with boundaries, samples and distances of these
    sides : kode_kabkota whose lines changed
    number : by kode of each reshaped kelurahan, the version that reshaped it last
    share : by kode, share of its land that changed hands (0 to 1)
    places : kind, kode (where a list says that it stands) and now (where its point lies) of places whose land changed
    unfit : numbers of versions that contradict the boundaries that hold, and are left out
    """

    data: Dataset
    sides: tuple[str, ...]
    number: Mapping[str, int]
    share: Mapping[str, float]
    places: pd.DataFrame
    unfit: tuple[int, ...]


def _polygons_of(version: Published) -> dict[str, shapely.Geometry]:
    """The polygons of a version by kode."""
    return dict(zip((row[0] for row in version.rows), shapely.from_wkt([row[1] for row in version.rows]), strict=True))


def drawn(
    data: Dataset,
    polygons: Mapping[str, shapely.Geometry],
    divide: Callable[[Sequence[shapely.Geometry]], np.ndarray] = faces,
) -> Redrawn:
    """What newly drawn kelurahan of one kabkota make of the boundaries of a data set.

    Parameters
    ----------
    data : not changed
    polygons : by kode, EPSG:4326
    divide : as of `geo.redraw.redraw`

    Raises
    ------
    ValueError
        They are of several kabkota, or leave a kelurahan without land.
    """
    return redraw(data.land.kelurahan[["kode", "kode_kabkota", "geometry"]], polygons, divide=divide)


def fits(found: Redrawn) -> bool:
    """Whether a drawing takes or leaves no more than narrow strips of what it did not draw, near the old polygons."""
    wide = found.pieces["wide"] & found.pieces["kind"].isin(list(REFUSED))
    return not wide.any() and min(found.agree.values(), default=1.0) >= ALIKE


def reshaped(data: Dataset, found: Redrawn) -> Dataset:
    """The data with other boundaries: areas, neighbours, lines, sample points and border sets; distances are unknown.

    Parameters
    ----------
    data : not changed
    found : as `drawn` gives it
    """
    land, changed = data.land, found.geometry
    mine = list(found.reshaped)
    kelurahan, metric = land.kelurahan.copy(), land.metric.copy()
    at = pd.Series(range(len(kelurahan)), kelurahan["kode"]).reindex(changed.index).to_numpy()
    shapes, metres = kelurahan.geometry.to_numpy().copy(), metric.geometry.to_numpy().copy()
    shapes[at], metres[at] = changed.to_numpy(), changed.to_crs(METRIC).to_numpy()
    kelurahan = kelurahan.set_geometry(gpd.GeoSeries(shapes, kelurahan.index, crs=kelurahan.crs))
    metric = metric.set_geometry(gpd.GeoSeries(metres, metric.index, crs=METRIC))
    samples = _samples(data, metric, mine)
    own = kelurahan["kode"].isin(mine)
    kelurahan.loc[own, "luas_km2"] = [area_km2(shape) for shape in kelurahan.loc[own].geometry]
    kelurahan.loc[own, "label_lon"], kelurahan.loc[own, "label_lat"] = layers.label_points(kelurahan.loc[own].geometry)
    reach = np.ceil(farthest_from_samples(metric[own], samples[samples["kode"].isin(mine)]).to_numpy())
    kelurahan.loc[own, "farthest_from_sample_m"] = reach.astype(kelurahan["farthest_from_sample_m"].dtype)
    kecamatan = _joined(kelurahan, land.kecamatan, "kode_kecamatan", layers.KECAMATAN, changed.index, mine)
    kabkota = _joined(kelurahan, land.kabkota, "kode_kabkota", layers.KABKOTA, changed.index, ())
    pairs, lines = _neighbours(data, metric, changed.index)
    made = Layers(kelurahan, kecamatan, kabkota, metric, pairs, lines)
    columns = list(data.kelurahan.columns)
    result = dataclasses.replace(
        data,
        layers=made,
        kelurahan=pd.DataFrame(kelurahan.drop(columns="geometry")).set_index("kode")[columns],
        kecamatan=pd.DataFrame(kecamatan.drop(columns="geometry")).set_index("kode")[list(data.kecamatan.columns)],
        pairs=pairs,
        samples=samples,
    )
    return _with_borders(result, {kode[:5] for kode in mine})


def _with_borders(data: Dataset, sides: set[str]) -> Dataset:
    """The data with the border sets of all corridors of these kabkota made anew from its boundaries."""
    corridors = {
        c.id: (c.sides[0], c.sides[1])
        for c in data.catalogue.corridors.values()
        if c.pair and sides & set(c.sides) and (data.borders["corridor"] == c.id).any()
    }
    if not corridors:
        return data
    borders, members = border_tables(data, corridors)
    old_borders, old_members = (t[~t["corridor"].isin(list(corridors))] for t in (data.borders, data.members))
    return dataclasses.replace(
        data,
        borders=pd.concat([old_borders, borders], ignore_index=True),
        members=pd.concat([old_members, members], ignore_index=True),
    )


def border_tables(data: Dataset, corridors: Mapping[str, tuple[str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of borders and members of these corridors, from the boundaries of a data set.

    Raises
    ------
    ValueError
        Two sides do not touch.
    """
    return corridor_tables(data.land.metric, data.pairs, data.segments().to_crs(METRIC), data.samples, corridors)


def area_km2(shape: shapely.Geometry) -> float:
    """Area on the ellipsoid of WGS 84, as that of the shipped layer.

    Examples
    --------
    >>> area_km2(shapely.box(106, -6, 106.01, -5.99))
    1.2242
    """
    return round(abs(_ellipsoid().geometry_area_perimeter(shape)[0]) / 1e6, 4)


@lru_cache(maxsize=1)
def _ellipsoid() -> pyproj.Geod:
    return pyproj.Geod(ellps="WGS84")


def _samples(data: Dataset, metric: gpd.GeoDataFrame, mine: Sequence[str]) -> pd.DataFrame:
    """The sample points with those of reshaped kelurahan anew; their distances are unknown until they are measured."""
    new = sample_points(metric[metric["kode"].isin(list(mine))][["kode", "geometry"]])
    kept = data.samples[~data.samples["kode"].isin(list(mine))]
    new = new.reindex(columns=kept.columns, fill_value=UNKNOWN_M).astype(kept.dtypes.to_dict())
    return pd.concat([kept, new]).sort_values("kode", kind="stable", ignore_index=True)


def _joined(
    kelurahan: gpd.GeoDataFrame,
    old: gpd.GeoDataFrame,
    by: str,
    columns: dict[str, str],
    changed: pd.Index,
    mine: Sequence[str],
) -> gpd.GeoDataFrame:
    """The units of a level with the new outlines; area and label are those of before where no land changes hands."""
    length = len(old["kode"].iloc[0])
    touched = sorted(set(changed.astype(str).str[:length]))
    new = layers.dissolve(kelurahan[kelurahan[by].isin(touched)], by, columns).set_index("kode")
    result = old.set_index("kode")
    for kode in touched:
        if any(k[:length] == kode for k in mine):
            for column in ("luas_km2", "label_lon", "label_lat"):
                result.loc[kode, column] = new.loc[kode, column]
    shapes = result.geometry.copy()
    shapes[touched] = new.geometry[touched]
    return result.set_geometry(shapes).reset_index()[list(old.columns)]


def _neighbours(data: Dataset, metric: gpd.GeoDataFrame, changed: pd.Index) -> tuple[pd.DataFrame, gpd.GeoDataFrame]:
    """Pairs and lines with those of the changed kelurahan anew."""
    shapes, mine = metric.geometry.to_numpy(), metric["kode"].isin(list(changed)).to_numpy()
    near = np.unique(shapely.STRtree(shapes).query(shapes[mine], predicate="intersects")[1])
    touching = layers.touching_pairs(metric.iloc[near])
    touching = touching[touching["kode_a"].isin(changed) | touching["kode_b"].isin(changed)]
    old = data.pairs
    kept = old[~old["kode_a"].isin(changed) & ~old["kode_b"].isin(changed)]
    order = ["kode_a", "kode_b"]
    pairs = pd.concat([kept, layers.neighbour_pairs(touching)]).sort_values(order, ignore_index=True)
    lines = data.segments()
    same = lines[~lines["kode_a"].isin(changed) & ~lines["kode_b"].isin(changed)]
    new = layers.border_lines(metric.iloc[near], touching.reset_index(drop=True), layers.between(pairs))
    joined = pd.concat([same, new]).sort_values(order, ignore_index=True)
    return pairs, gpd.GeoDataFrame(joined, geometry="geometry", crs=lines.crs)


def with_boundaries(data: Dataset, versions: Sequence[Published]) -> Dataset:
    """The shipped data with the boundaries of these versions; itself without such a version.

    Parameters
    ----------
    data : the shipped data with entries of the catalogue, not changed
    versions : those in force, in their order
    """
    mine = [v for v in versions if v.kind == KIND]
    if not mine:
        return data
    made = _kept(data, mine)
    if not made.sides:
        return dataclasses.replace(data, unfit=made.unfit)
    known = made.data
    result = dataclasses.replace(
        data,
        layers=known.layers, kelurahan=known.kelurahan, kecamatan=known.kecamatan, pairs=known.pairs,
        samples=known.samples, plain=known.plain, geometry=known.geometry, map_files=known.map_files,
        version=known.version, unfit=made.unfit, reshaped=made.number,
        values=_values(data, made),
    )  # fmt: skip
    return _with_borders(result, set(made.sides))


def _kept(data: Dataset, versions: Sequence[Published]) -> Made:
    """Made once for each state of the boundaries; the verifier who has seen it has made it for all."""
    key = (data.version, tuple((v.number, v.kabkota, hash(v.rows)) for v in versions))
    with _LOCK:
        if key in _MADE:
            _MADE.move_to_end(key)
            return _MADE[key]
    found = _make(data, versions, hashlib.blake2b(repr(key).encode(), digest_size=8).hexdigest())
    with _LOCK:
        _MADE[key] = found
        while len(_MADE) > MOST_KEPT:
            _MADE.popitem(last=False)
    return found


def map_file(path: str) -> bytes | None:
    """A file of the map of a state that is kept, None for none.

    Parameters
    ----------
    path : as in `Dataset.geometry`
    """
    with _LOCK:
        return next((m.data.map_files[path] for m in _MADE.values() if path in m.data.map_files), None)


def _make(shipped: Dataset, versions: Sequence[Published], mark: str) -> Made:
    data, unfit = shipped, []
    number: dict[str, int] = {}
    for version in versions:
        try:
            found = drawn(data, _polygons_of(version))
        except ValueError:
            found = None
        if found is None or not fits(found):
            # It fitted when it was published; what it was drawn beside has been withdrawn.
            unfit.append(version.number)
            continue
        if len(found.geometry):
            data = reshaped(data, found)
            number |= dict.fromkeys(found.reshaped, version.number)
    sides = tuple(sorted({kode[:5] for kode in number}))
    if not sides:
        return Made(data, (), {}, {}, _moved(shipped, data, ()), tuple(unfit))
    samples: dict[str, pd.Series] = {}
    rows = []
    for kabkota in sides:
        columns, values = _distances(data, kabkota)
        rows.append(values)
        for name in access.CLASSES:
            fill(data, samples, kabkota, name, columns)
    old = data.values
    gone = old["indicator"].isin([f"jarak_{n}" for n in access.CLASSES]) & old["kode_kabkota"].isin(sides)
    new = pd.concat(rows, ignore_index=True)
    new = new.assign(kode_kabkota=new["kode"].str[:5])[list(old.columns)].astype(old.dtypes.to_dict())
    manifest, files = _map_files(shipped, data, sides)
    old_land, new_land = (d.land.kelurahan.set_index("kode").geometry[list(number)] for d in (shipped, data))
    moved = shapely.area(shapely.symmetric_difference(old_land.to_numpy(), new_land.to_numpy()))
    data = dataclasses.replace(
        data,
        samples=data.samples.drop(columns=[c for c in data.samples if str(c).startswith("any_")]).assign(**samples),
        values=pd.concat([old[~gone], new]),
        plain=access.plain(data.land, data.facilities.reset_index(names="id")),
        geometry=manifest,
        map_files=files,
        version=f"{shipped.version}~{mark}",
    )
    share = dict(zip(number, (moved / shapely.area(old_land.to_numpy())).tolist(), strict=True))
    return Made(data, sides, number, share, _moved(shipped, data, tuple(number)), tuple(unfit))


def _distances(data: Dataset, kabkota: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Distances of a kabkota as the build measures them: columns of its sample points, and value rows."""
    mine = data.grid.point_sides == kabkota
    points, grid = data.samples.loc[mine, ["kode", "x", "y"]].reset_index(drop=True), data.grid.within({kabkota})
    places = data.facilities.reset_index(names="id")
    offices = access.own_office(places, data.land)
    offices = offices[offices["kode"].str[:5].eq(kabkota) & (kabkota in access.OFFICES)].reset_index(drop=True)
    land = access.Limits(data.land, data.samples)

    def limits(name: str) -> tuple[np.ndarray, np.ndarray]:
        own = land.own(name, kabkota)
        return own, own

    found, ranges = access.distances(points, grid, places, offices, limits, sides=(kabkota,), abroad=False)
    quality, notes = confidence.distances(data.kelurahan["kode_kecamatan"], data.pairs, places, ranges)
    own = places[places["kode_kabkota"].eq(kabkota)]
    return found.drop(columns=["kode", "x", "y"]), access.value_rows(found, own, ranges, quality, notes)


def _map_files(shipped: Dataset, data: Dataset, sides: Sequence[str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest of the map, and the files that differ: of the sides and of who shares a line with them."""
    beside = {side for pair in data.kabkota_pairs if set(pair) & set(sides) for side in pair} | set(sides)
    if data.layers is None:
        return dict(data.geometry), {}
    own, files = mapgeo.files(data.layers, beside)
    manifest = {
        name: {**known, **own.get(name, {})} if isinstance(known, dict) else known
        for name, known in shipped.geometry.items()
    }
    there = {
        path for known in shipped.geometry.values() if isinstance(known, dict) for path in map(str, known.values())
    }
    return manifest, {path: content for path, content in files.items() if path not in there}


def _moved(shipped: Dataset, data: Dataset, mine: Sequence[str]) -> pd.DataFrame:
    """Places with a point whose land has changed hands: kind, kode and now."""
    places = data.facilities
    own = places[places["kode"].isin(list(mine)) & places["lon"].notna()]
    then, now = (locate(own["lon"], own["lat"], d.land.kelurahan) for d in (shipped, data))
    found = own[["kind", "kode"]].assign(now=now)
    return found[then.ne(now) & now.ne(own["kode"])]


def _values(data: Dataset, made: Made) -> pd.DataFrame:
    """values with the distances of the new boundaries; density anew; what cannot follow says so or is left out."""
    distances = made.data.values
    named = [f"jarak_{name}" for name in access.CLASSES]
    old = data.values
    gone = old["indicator"].isin(named) & old["kode_kabkota"].isin(made.sides)
    new = distances[distances["indicator"].isin(named) & distances["kode_kabkota"].isin(made.sides)]
    number = pd.Series(made.number, dtype=object)
    people = old[old["indicator"].eq("penduduk") & old["kode"].isin(number.index)]
    density = rates.density(people, made.data.kelurahan["luas_km2"])
    gone |= old["indicator"].eq("kepadatan") & old["kode"].isin(density["kode"])
    new = pd.concat([new, density[list(old.columns)].astype(old.dtypes.to_dict())])
    kept = old[~gone]
    within = kept["indicator"].isin(list(WITHIN)) & kept["kode"].isin(number.index)
    much = kept["kode"].map(made.share).fillna(0) > LITTLE
    kept = kept[~(within & much)]
    kept = _noted(kept, within[kept.index], OLD_LINE, number, quality="rendah")
    for kind, indicators in COUNTED.items():
        of = made.places[made.places["kind"].eq(kind)]
        ends = pd.concat([of["kode"], of["now"]])
        for length in (13, 8):
            codes = ends.str[:length][
                (of["kode"].str[:length] != of["now"].str[:length]).reindex(ends.index).to_numpy()
            ]
            count = codes.value_counts()
            mine = kept["indicator"].isin(list(indicators)) & kept["kode"].isin(count.index)
            last = number.groupby(number.index.str[:length]).max()
            kept = _noted(kept, mine, PLACES_ON_LAND, last, count=count)
    return pd.concat([kept, new]).sort_values(["indicator", "kode"], kind="stable", ignore_index=True)


def marked(values: pd.DataFrame, number: Mapping[str, int]) -> pd.DataFrame:
    """values with a note on the distances and densities that hold for a published boundary.

    Parameters
    ----------
    values : of all indicators, not changed
    number : by kode of each reshaped kelurahan, the version that reshaped it
    """
    named = values["indicator"].str.startswith("jarak_") | values["indicator"].eq("kepadatan")
    return _noted(values, named & values["kode"].isin(list(number)), NEW_LINE, pd.Series(number, dtype=object))


def _noted(
    rows: pd.DataFrame,
    mine: pd.Series,
    text: str,
    number: pd.Series,
    quality: str = "",
    count: pd.Series | None = None,
) -> pd.DataFrame:
    """Value rows with one more note on some of them."""
    if not mine.any():
        return rows
    own = rows[mine]
    notes = [
        f"{note} {text.format(n=number[kode], count=0 if count is None else count[kode])}".strip()
        for kode, note in zip(own["kode"], own["note"].fillna(""), strict=True)
    ]
    rows = rows.copy()
    rows.loc[mine, "note"] = notes
    if quality:
        rows.loc[mine, "quality"] = quality
    return rows
