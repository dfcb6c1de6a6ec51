"""What other systems read by themselves: each collection with its columns, and the frame that holds its rows.

The index of a frame names each row for ever; its geometry is longitude and latitude (EPSG:4326), or none. No column
holds the name of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import geopandas as gpd
import pandas as pd

from analysis.agreements.model import Agreement, Project
from data.catalogue import Text
from data.national_tables import LEVELS, MEASURED, National, facility_of
from data.tables import Dataset
from open_data import national as open_national
from open_data.agreements import AGREEMENTS, PROJECTS, agreement_rows, project_rows
from open_data.indicators import border_rows, indicator_rows
from open_data.proposals import COLUMNS as PROPOSALS
from open_data.proposals import proposal_rows
from open_data.versions import version_rows

Kind = Literal["string", "integer", "number", "boolean"]
BOUNDARY: Final = "big_kepmendagri"
BOUNDARY_YEAR: Final = 2024
_IN_BOTH: Final = ("title", "description", "unit")
OF_PERSONS: Final = frozenset({"signatories", "actors", "alamat", "permasalahan"})
"""Columns of the CSV that may name somebody; they are left out."""


@dataclass(frozen=True)
class Column:
    """A property of every row.

    Attributes
    ----------
    name, kind : as programs see it; any value may be missing
    text : what it means where its name does not say so
    """

    name: str
    kind: Kind = "string"
    text: Text | None = None


@dataclass(frozen=True)
class Collection:
    """Rows of one kind.

    Attributes
    ----------
    id, title, text : how it is asked for, what it is called, and what one row is
    columns : in their order
    spatial : whether its rows have a place
    time : column with the year of a row, "" for none
    versioned : whether it may be asked for as of a version of office data
    bounds : west, south, east and north around all rows where these are too many to be read for that alone
    """

    id: str
    title: Text
    text: Text
    columns: tuple[Column, ...]
    spatial: bool = True
    time: str = ""
    versioned: bool = True
    bounds: tuple[float, float, float, float] | None = None


def _text(indonesian: str, english: str) -> Text:
    return Text(id=indonesian, en=english)


def _named(names: Sequence[str], **kinds: Kind) -> tuple[Column, ...]:
    """Columns whose names say what they hold; text where no other kind is given."""
    return tuple(Column(name, kinds.get(name, "string")) for name in names if name not in OF_PERSONS)


_KODE = Column("kode", text=_text("kode Kemendagri bertitik", "code of Kemendagri, with dots"))
_KABKOTA = Column("kode_kabkota", text=_text("kode kabupaten/kota", "code of the kabupaten or kota"))
_YEAR = Column("year", "integer", _text("tahun angka", "year of the figure"))
_SOURCE = Column("source", text=_text("atribusi yang ikut dicantumkan", "attribution to be printed with it"))
_SOURCE_IDS = Column("source", text=_text("id pada koleksi sumber", "ids in the collection sumber"))
_INDONESIA: Final = (94.9, -11.1, 141.1, 6.1)
_REACH: Final = {
    "own": _text("km ke yang terdekat milik kabupaten/kota sendiri", "km to the nearest of its own kabupaten or kota"),
    "any": _text("km ke yang terdekat milik siapa pun", "km to the nearest of any"),
    "other": _text("km ke yang terdekat di seberang garis ini", "km to the nearest across this line"),
}
_LINE = Column("pair", text=_text("kode kedua kabupaten/kota", "codes of both kabupaten or kota"))
_DISTANCES = tuple(
    Column(f"{reach}_{facility_of(i)}_km", "number", _REACH[reach]) for i in MEASURED for reach in open_national.REACHES
)
_QUALITY = Column("quality", text=_text("tinggi, sedang atau rendah", "high, medium or low (tinggi, sedang, rendah)"))

COLLECTIONS: Final[Mapping[str, Collection]] = {
    one.id: one
    for one in (
        Collection(
            "kelurahan",
            _text("Kelurahan dan desa", "Kelurahan and desa"),
            _text(
                "Satu kelurahan atau desa dengan batasnya. Batas BIG disederhanakan sekitar 11 m; bukan "
                "acuan resmi batas wilayah.",
                "A kelurahan or desa with its boundary. Boundaries of BIG, simplified to about 11 m; no "
                "official reference for any boundary.",
            ),
            (
                _KODE,
                *_named(("nama", "jenis", "kode_kecamatan", "kecamatan")),
                _KABKOTA,
                *_named(("kabkota", "provinsi")),
                Column("luas_km2", "number", _text("luas dari batas", "area, from the boundary")),
                Column("kode_bps2020", text=_text("kode BPS 2020", "code of BPS in 2020")),
                _YEAR,
                _SOURCE,
            ),
        ),
        Collection(
            "batas",
            _text("Garis batas antar-kabupaten/kota", "Lines between kabupaten and kota"),
            _text(
                "Potongan garis yang dimiliki bersama oleh dua kelurahan dari dua kabupaten/kota. Bukan "
                "acuan resmi batas wilayah.",
                "The piece of a line that two kelurahan of two kabupaten or kota share. No official "
                "reference for any boundary.",
            ),
            (
                *_named(("kode_a", "nama_a", "kode_kabkota_a", "kabkota_a")),
                *_named(("kode_b", "nama_b", "kode_kabkota_b", "kabkota_b")),
                Column("length_m", "number", _text("panjang, meter", "length in metres")),
                _YEAR,
                _SOURCE,
            ),
        ),
        Collection(
            "perbatasan",
            _text("Kelurahan di garis batas tiap koridor", "Kelurahan at the line of each corridor"),
            _text(
                "Satu kelurahan dalam satu himpunan batas sebuah koridor (perbatasan.csv); titik di tengah kelurahan.",
                "A kelurahan in a border set of a corridor (perbatasan.csv); a point in the middle of the kelurahan.",
            ),
            (
                Column("corridor"),
                _KODE,
                Column("nama"),
                _KABKOTA,
                Column("kode_kabkota_mitra", text=_text("kode sisi seberang", "code of the other side")),
                Column("set", text=_text("bersentuhan, 1km atau 2km", "touching (bersentuhan), 1km or 2km")),
                Column("shared_m", "number", _text("batas bersama, meter", "shared boundary in metres")),
                Column("distance_m", "number", _text("jarak ke garis, meter", "distance to the line in metres")),
            ),
        ),
        Collection(
            "fasilitas",
            _text("Fasilitas layanan", "Places of public services"),
            _text(
                "Satu fasilitas. `used` mengatakan apakah ia dihitung dalam jarak, `left_out` mengapa tidak; "
                "tanpa titik bila letaknya tidak diketahui.",
                "A place. `used` says whether it counts in distances, `left_out` why not; without a point "
                "where its place is not known.",
            ),
            (
                *_named(("id", "kind", "name", "status", "subtype")),
                _KODE,
                _KABKOTA,
                Column("kabkota"),
                *_named(("lon", "lat"), lon="number", lat="number"),
                Column("precision", text=_text("seberapa tepat letaknya", "how exact its place is")),
                Column("area_kode", text=_text("wilayah tempatnya bila tanpa titik", "its area where it has no point")),
                Column(
                    "error_km", "number", _text("jarak terjauh dari titik wilayah", "farthest from the area's point")
                ),
                Column("stated_m", "number", _text("meter dari wilayah yang disebut", "metres from its stated area")),
                _QUALITY,
                Column("used", "boolean"),
                *_named(("left_out", "exists")),
                _YEAR,
                _SOURCE,
                Column("source_ids", text=_text("nomor pada sumber", "ids at the source")),
            ),
            time="year",
        ),
        Collection(
            "nilai",
            _text("Nilai indikator", "Values of indicators"),
            _text(
                "Satu nilai yang diketahui dari satu wilayah (indikator.csv), dengan rentang, satuan, tahun, "
                "tingkat, cara, mutu dan sumber; titik di tengah wilayah. Yang tidak ada di sini belum ada "
                "datanya.",
                "A known value of a place (indikator.csv), with range, unit, year, level, method, quality "
                "and source; a point in its middle. What is not here is not known.",
            ),
            (
                _KODE,
                *_named(("nama", "kecamatan", "kabkota")),
                Column("indicator", text=_text("id pada koleksi indikator", "id in the collection indikator")),
                Column("value", "number"),
                *_named(("low", "high"), low="number", high="number"),
                Column("unit"),
                _YEAR,
                Column(
                    "people_year", "integer", _text("tahun penduduk pembagi", "year of the people it is divided by")
                ),
                Column("level", text=_text("tingkat wilayah baris", "level of the row's place")),
                Column("method", text=_text("langsung, agregasi, disagregasi atau model", "how it was made")),
                _QUALITY,
                _SOURCE,
                _KABKOTA,
            ),
            time="year",
        ),
        Collection(
            "indikator",
            _text("Daftar indikator", "The indicators"),
            _text(
                "Satu indikator: arti, satuan, arah, cara dan sumbernya.",
                "An indicator: meaning, unit, direction, method and sources.",
            ),
            _named(
                (
                    *("id", "title_id", "title_en", "description_id", "description_en", "sector", "unit_id", "unit_en"),
                    *("direction", "level", "method", "year", "sources"),
                )
            ),
            spatial=False,
        ),
        Collection(
            "sumber",
            _text("Sumber dan lisensi", "Sources and licences"),
            _text(
                "Satu sumber: penerbit, judul, tahun, lisensi dan atribusinya.",
                "A source: publisher, title, year, licence and attribution.",
            ),
            _named(("id", "publisher", "title", "vintage", "licence", "attribution", "trust")),
            spatial=False,
        ),
        Collection(
            "versi",
            _text("Versi data kantor", "Versions of office data"),
            _text(
                "Satu berkas yang diterbitkan kantor dan berlaku; `number` untuk per=N.",
                "A published file of an office that is in force; `number` is the N of per=N.",
            ),
            _named(
                ("number", "kind", "kode_kabkota", "kabkota", "day", "published", "rows", "sha256"),
                number="integer",
                rows="integer",
            ),
            spatial=False,
        ),
        Collection(
            "perjanjian",
            _text("Perjanjian antardaerah", "Agreements between regions"),
            _text(
                "Satu perjanjian, dari terbitan atau isian kantor (perjanjian.csv), tanpa nama orang.",
                "An agreement, published or entered by an office (perjanjian.csv), without names of persons.",
            ),
            _named(AGREEMENTS, stage_overdue="boolean", days_left="integer", term_above_five_years="boolean"),
            spatial=False,
            versioned=False,
        ),
        Collection(
            "proyek",
            _text("Proyek kemitraan", "Partnership projects"),
            _text(
                "Satu proyek, dari terbitan atau isian kantor (proyek.csv).",
                "A project, published or entered by an office (proyek.csv).",
            ),
            _named(PROJECTS, outstanding="boolean", rupiah="integer"),
            spatial=False,
            versioned=False,
        ),
        Collection(
            "usulan",
            _text("Usulan musrenbang", "Proposals of the musrenbang"),
            _text(
                "Satu usulan dari berkas SIPD kantor, tanpa pengusul, alamat dan uraian masalah; titik bila "
                "berkas memuatnya.",
                "A proposal of an office's SIPD file, without who proposed, address and free text; a point "
                "where the file has one.",
            ),
            _named(
                [name for name in PROPOSALS if name != "di_garis_batas"],
                tahun_anggaran="integer",
                lat="number",
                lon="number",
                batal_atau_tolak="boolean",
                anggaran="integer",
            ),
            time="tahun_anggaran",
            versioned=False,
        ),
        Collection(
            "batas_indonesia",
            _text("Semua perbatasan darat Indonesia", "All land borders of Indonesia"),
            _text(
                "Kelurahan/desa di garis batas dibandingkan dengan bagian dalam (batas_indonesia.csv): satu "
                "perbatasan, sisi dan jenjang sekolah, dengan garis yang disederhanakan. Sisi yang daftarnya tipis "
                "tidak dibandingkan. Kesenjangan yang teramati, bukan dampak garis.",
                "Edge against interior (batas_indonesia.csv): a border, side and kind of school, with the line, "
                "simplified. A side whose list is thin is not compared. A gap that is observed, no effect of the line.",
            ),
            (
                _LINE,
                Column("indicator", text=_text("id pada koleksi indikator", "id in the collection indikator")),
                Column("kode_kabkota", text=_text("kode sisi ini", "code of this side")),
                *_named(("kabkota", "provinsi", "other_kabkota", "border_length_km"), border_length_km="number"),
                Column("unit"),
                _YEAR,
                *(Column(name, "integer") for name in ("border_units", "interior_units")),
                *(Column(name, "number") for name in ("border_mean", "interior_mean")),
                Column("difference", "number", _text("tepi dikurangi bagian dalam", "edge minus interior")),
                *(Column(name, "number") for name in ("low", "high", "p", "q", "power")),
                *_named(("verdict", "strength")),
                Column(
                    "density_difference",
                    "number",
                    _text("selisih pada kepadatan yang sama", "difference at equal density"),
                ),
                *(Column(f"density_{name}", "number") for name in ("low", "high", "p", "q")),
                *_named(("density_verdict",)),
                Column(
                    "border_shows", text=_text("yang tampak pada perbatasan seluruhnya", "what the whole border shows")
                ),
                *_named(("border_shows_density", "list_quality", "list_reason", "caveats")),
                _SOURCE_IDS,
            ),
            versioned=False,
            bounds=_INDONESIA,
        ),
        Collection(
            "kelurahan_batas_indonesia",
            _text("Kelurahan/desa di semua perbatasan darat", "Kelurahan at all land borders"),
            _text(
                "Satu kelurahan atau desa di satu perbatasan dengan jarak lurusnya ke sekolah, Juni 2019, tanpa "
                "madrasah. Batasnya disederhanakan; bukan acuan resmi batas wilayah. Bila mutu daftarnya rendah, "
                "jaraknya paling banyak sekian.",
                "A kelurahan or desa at a border with its straight distances to school, June 2019, no madrasah. "
                "Boundaries are simplified; no official reference. Where its list is of low quality (rendah), "
                "distances are at most that.",
            ),
            (
                _LINE,
                _KODE,
                Column("nama"),
                _KABKOTA,
                Column("kabkota"),
                Column("shared_m", "number", _text("garis bersama, meter", "shared line in metres")),
                Column("area_km2", "number"),
                *_DISTANCES,
                *(
                    Column(f"quality_{level}", text=_text("mutu daftar sekolah", "quality of the list of schools"))
                    for level in LEVELS
                ),
                _YEAR,
                _SOURCE_IDS,
            ),
            versioned=False,
            bounds=_INDONESIA,
        ),
    )
}


def kelurahan(data: Dataset) -> gpd.GeoDataFrame:
    """Every kelurahan with its unsimplified boundary."""
    # Outer rings against the clock, as GeoJSON wants them.
    areas = data.polygons("kelurahan").set_index("kode").geometry.orient_polygons()
    rows = data.kelurahan.assign(kode=data.kelurahan.index)
    rows = rows.assign(**_drawn_by(data, rows["kode"]))
    return _framed("kelurahan", rows, areas.reindex(rows.index))


def borders(data: Dataset) -> gpd.GeoDataFrame:
    """The lines between kabkota, a row two kelurahan."""
    rows = data.segments()
    lines = rows.geometry
    rows = pd.DataFrame(rows.drop(columns="geometry"))
    for end in ("a", "b"):
        rows[f"nama_{end}"] = rows[f"kode_{end}"].map(data.names("kelurahan"))
        rows[f"kabkota_{end}"] = rows[f"kode_kabkota_{end}"].map(data.names("kabkota"))
    rows = rows.assign(**_drawn_by(data, rows["kode_a"], rows["kode_b"]))
    return _framed("batas", rows, lines, rows["kode_a"] + "-" + rows["kode_b"])


def at_line(data: Dataset) -> gpd.GeoDataFrame:
    """perbatasan.csv of all corridors."""
    rows = border_rows(data, list(data.catalogue.corridors.values()))
    other = rows["corridor"] + "-" + rows["kode"] + "-" + rows["set"]
    return _framed("perbatasan", rows, _middle(data, rows["kode"]), other)


def places(data: Dataset) -> gpd.GeoDataFrame:
    """Every place that the lists hold, also those that count in no distance."""
    rows = data.facilities.assign(id=data.facilities.index)
    rows["kabkota"] = rows["kode_kabkota"].map(data.names("kabkota"))
    known = {ids: _attribution(data, ids) for ids in rows["source"].unique()}
    rows["source"] = rows["source"].map(known)
    return _framed("fasilitas", rows, _points(rows["lon"], rows["lat"]))


def values(data: Dataset) -> gpd.GeoDataFrame:
    """indikator.csv of all corridors."""
    rows = indicator_rows(data, list(data.catalogue.corridors.values()))
    rows["kode_kabkota"] = rows["kode"].str.slice(0, 5)
    return _framed("nilai", rows, _middle(data, rows["kode"]), rows["indicator"] + "-" + rows["kode"])


def indicators(data: Dataset) -> gpd.GeoDataFrame:
    """The indicators of the catalogue."""
    rows = [
        {
            **one.model_dump(include={"id", "sector", "direction", "level", "method", "year"}),
            **{f"{f}_{at}": getattr(getattr(one, f), at) for f in _IN_BOTH for at in ("id", "en")},
            "sources": ";".join(one.sources),
        }
        for one in data.catalogue.indicators.values()
    ]
    return _listed("indikator", pd.DataFrame(rows), "id")


def sources(data: Dataset) -> gpd.GeoDataFrame:
    """The sources of the catalogue and the versions of offices."""
    return _listed("sumber", pd.DataFrame([one.model_dump() for one in data.catalogue.sources.values()]), "id")


def versions(data: Dataset) -> gpd.GeoDataFrame:
    """versi.csv: what offices have published."""
    rows = version_rows(data)
    rows = rows.assign(**{name: rows[name].astype(str) for name in ("day", "published")})
    return _listed("versi", rows, "number")


def agreements(data: Dataset, known: Sequence[Agreement], today: date) -> gpd.GeoDataFrame:
    """perjanjian.csv without names of persons.

    Parameters
    ----------
    data : names
    known : published ones, and those that offices have entered
    today : the day for which standing and days left hold
    """
    return _listed("perjanjian", agreement_rows(known, data.names("kabkota"), today), "id")


def projects(data: Dataset, known: Sequence[Project]) -> gpd.GeoDataFrame:
    """proyek.csv.

    Parameters
    ----------
    data : names
    known : published ones, and those that offices have entered
    """
    return _listed("proyek", project_rows(known, data.names("kabkota")), "id")


def proposals(data: Dataset, known: pd.DataFrame) -> gpd.GeoDataFrame:
    """usulan.csv without address and free text.

    Parameters
    ----------
    data : names, subjects
    known : as the register has them
    """
    rows = proposal_rows(data, known)
    keys = known.loc[known["kode"].isin(data.kelurahan.index), "id"].astype(str).set_axis(rows.index)
    return _framed("usulan", rows, _points(rows["lon"], rows["lat"]), keys)


def all_borders(national: National) -> gpd.GeoDataFrame:
    """batas_indonesia.csv, each row with the line of its border."""
    rows = open_national.border_rows(national)
    lines = national.lines.geometry.reindex(rows["pair"]).set_axis(rows.index)
    return _framed("batas_indonesia", rows, lines, rows["pair"] + "-" + rows["indicator"] + "-" + rows["kode_kabkota"])


def at_all_borders(national: National) -> gpd.GeoDataFrame:
    """The kelurahan at all land borders with their distances, a row a border and kelurahan."""
    units = national.at_lines()
    rows = open_national.side_by_side(national, units).join(units[["pair", "kode", "kode_kabkota"]])
    shapes = open_national.outlines(units)
    return _framed("kelurahan_batas_indonesia", rows, shapes, rows["pair"] + "-" + rows["kode"])


def none(name: str) -> gpd.GeoDataFrame:
    """A collection without rows, of what a copy came without."""
    columns = [c.name for c in COLLECTIONS[name].columns]
    empty = gpd.GeoSeries([], crs="EPSG:4326")
    return _framed(name, pd.DataFrame(columns=columns), empty, pd.Series([], dtype=object))


def _drawn_by(data: Dataset, *ends: pd.Series) -> dict[str, list[Any]]:
    """Year and source of the boundaries of rows, with the offices that have drawn any of their kelurahan anew."""
    versions = {version.number: version for version in data.applied}
    big, years, sources = _attribution(data, BOUNDARY), [], []
    for kodes in zip(*ends, strict=True):
        drawn = [versions[number] for number in sorted({data.reshaped[k] for k in kodes if k in data.reshaped})]
        years.append(max([BOUNDARY_YEAR, *(version.day.year for version in drawn)]))
        sources.append(" | ".join([big, *(_attribution(data, version.source) for version in drawn)]))
    return {"year": years, "source": sources}


def _attribution(data: Dataset, ids: str) -> str:
    known = data.catalogue.sources
    return " | ".join(known[i].attribution if i in known else i for i in ids.split(";"))


def _middle(data: Dataset, kode: pd.Series) -> gpd.GeoSeries:
    """The label point of a kelurahan, kecamatan or kabkota."""
    units = pd.concat([f[["label_lon", "label_lat"]] for f in (data.kelurahan, data.kecamatan, data.kabkota)])
    at = units.reindex(kode)
    return _points(at["label_lon"].set_axis(kode.index), at["label_lat"].set_axis(kode.index))


def _points(lon: pd.Series, lat: pd.Series) -> gpd.GeoSeries:
    known = lon.notna() & lat.notna()
    made = gpd.points_from_xy(lon[known].astype(float), lat[known].astype(float))
    return gpd.GeoSeries(made, index=lon.index[known], crs="EPSG:4326").reindex(lon.index)


def _listed(name: str, rows: pd.DataFrame, key: str) -> gpd.GeoDataFrame:
    """Rows without a place."""
    return _framed(name, rows, gpd.GeoSeries([None] * len(rows), index=rows.index, crs="EPSG:4326"), rows[key])


def _framed(name: str, rows: pd.DataFrame, geometry: gpd.GeoSeries, keys: pd.Series | None = None) -> gpd.GeoDataFrame:
    """The columns of a collection by its keys, each of its kind."""
    dtypes: dict[Kind, Any] = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    columns = {c.name: rows[c.name].astype(dtypes[c.kind]) for c in COLLECTIONS[name].columns}
    found = gpd.GeoDataFrame(columns, geometry=geometry, crs="EPSG:4326")
    found.index = pd.Index((keys if keys is not None else rows.index).astype(str), name="id")
    return found
