"""The corridor for QGIS (GeoPackage, EPSG:4326): units with values as columns, the line, facilities, and where all of it is from."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pandas as pd
import pyogrio

from data.catalogue import Corridor
from data.tables import Dataset
from views.exports.files import corridor as files_corridor
from views.figures import captions
from views.language import cells, sentences, versions
from views.language import names as language_names
from views.language.escape import plain, plain_lines
from views.language.names import kind_names
from views.language.words import Words
from views.story.story import Request
from views.topics.sources import words as sources_words

# Clinics often bear the name of the person who runs them.
LEFT_OUT_KINDS = ("klinik",)


def build(request: Request) -> bytes:
    """The GeoPackage of a corridor.

    Layers: kelurahan and kecamatan (polygons; a column an indicator at its own level), garis_batas, fasilitas (points
    that are known; never a place of which only the area is known). Tables: nilai (a row a value with year, quality
    and source), indikator (what each column is), fasilitas_tanpa_titik, sumber, keterangan.
    """
    w, data, corridor, made = request.words, request.data, request.corridor, request.made
    values = files_corridor.long_values(request)
    places, areas = _facilities(w, data, corridor)
    layers: list[tuple[str, pd.DataFrame]] = [
        ("kelurahan", _layer_of(data, corridor, values, "kelurahan", request.kelurahan)),
        ("kecamatan", _layer_of(data, corridor, values, "kecamatan", request.kelurahan)),
        ("garis_batas", _line(data, corridor)),
        ("fasilitas", places),
        ("nilai", _values(w, data, values)),
        ("indikator", _indicators(request)),
        ("fasilitas_tanpa_titik", areas),
        ("sumber", _sources(w, data, values)),
        ("keterangan", _notes(request)),
    ]
    about = {
        "TITLE": w.pick(corridor.title),
        "DESCRIPTION": w.t("Batas di peta bukan acuan resmi batas wilayah."),
        "ATTRIBUTION": w.source(data.catalogue.sources["big_kepmendagri"]).attribution,
        "DATE": made.isoformat(),
    }
    # GDAL stamps each layer with the day; it writes to a file of a folder that is gone when the bytes are read.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{made.isoformat()}T00:00:00.000Z"})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tapal.gpkg"
        for number, (name, frame) in enumerate(layers):
            spatial = isinstance(frame, gpd.GeoDataFrame)
            options = {"DESCRIPTION": about["DESCRIPTION"]}
            pyogrio.write_dataframe(
                _safe(frame),
                file,
                layer=name,
                driver="GPKG",
                append=number > 0,
                promote_to_multi=True if name in ("kelurahan", "kecamatan", "garis_batas") else None,
                dataset_metadata=about if number == 0 else None,
                layer_metadata={"ATTRIBUTION": about["ATTRIBUTION"], "DESCRIPTION": about["DESCRIPTION"]},
                layer_options=options if spatial else {**options, "ASPATIAL_VARIANT": "GPKG_ATTRIBUTES"},
            )
        return file.read_bytes()


def _layer_of(
    data: Dataset, corridor: Corridor, values: pd.DataFrame, level: str, marked: tuple[str, ...]
) -> gpd.GeoDataFrame:
    """Units of a level with a column an indicator of that level; a kecamatan's value never stands at a kelurahan."""
    units = files_corridor.units_of(data, corridor, level)
    frame = units.assign(ditandai=units.index.isin(marked)).drop(columns=["kecamatan"] if level != "kelurahan" else [])
    wide = files_corridor.wide_values(values, level).reindex(units.index)
    for name in wide.columns:
        frame[name] = wide[name]
    polygons = data.polygons(level).set_index("kode").geometry.reindex(frame.index)
    return gpd.GeoDataFrame(frame.reset_index(), geometry=polygons.to_numpy(), crs=4326)


def _line(data: Dataset, corridor: Corridor) -> gpd.GeoDataFrame:
    """The pieces of the line between the sides, a row a pair of kelurahan."""
    segments = data.segments()
    sides = set(corridor.sides)
    own = segments[segments["kode_kabkota_a"].isin(sides) & segments["kode_kabkota_b"].isin(sides)]
    names = data.names("kelurahan")
    return own.assign(
        nama_a=own["kode_a"].map(names).to_numpy(),
        nama_b=own["kode_b"].map(names).to_numpy(),
        panjang_m=own["length_m"].round(1),
    )[["kode_a", "nama_a", "kode_b", "nama_b", "panjang_m", "geometry"]].reset_index(drop=True)


def _facilities(w: Words, data: Dataset, corridor: Corridor) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Facilities used in calculations as points, and those of which only the area is known as rows without one."""
    names = kind_names(w)
    rows = data.facilities[
        data.facilities["kode_kabkota"].isin(corridor.sides) & ~data.facilities["kind"].isin(LEFT_OUT_KINDS)
    ]
    quality = language_names.quality_names(w)
    frame = pd.DataFrame(
        {
            "jenis": rows["kind"].astype(str).map(names),
            "nama": rows["name"].astype(str),
            "status": rows["status"].fillna("").astype(str),
            "kode": rows["kode"].fillna("").astype(str),
            "kode_wilayah": rows["area_kode"].fillna("").astype(str),
            "tahun": rows["year"].astype("Int64"),
            "mutu": rows["quality"].astype(str).map(quality).fillna(""),
            "sumber": [files_corridor.source_names(w, data, s) for s in rows["source"]],
        }
    )
    point = (rows["used"] & rows["lon"].notna()).to_numpy()
    area = (rows["lon"].isna() & (rows["area_kode"] != "") & (rows["left_out"] == "area_only")).to_numpy()
    at = gpd.points_from_xy(rows.loc[point, "lon"], rows.loc[point, "lat"])
    points = gpd.GeoDataFrame(frame[point].drop(columns="kode_wilayah"), geometry=at, crs=4326)
    return points.reset_index(drop=True), frame[area].drop(columns="kode").reset_index(drop=True)


def _values(w: Words, data: Dataset, values: pd.DataFrame) -> pd.DataFrame:
    known = values[values["value"].notna()]
    units = {i.id: w.pick(i.unit) for i in data.catalogue.indicators.values()}
    return pd.DataFrame(
        {
            "kode": known["kode"],
            "tingkat": known["tingkat"].map(w.level),
            "indikator": known["indicator"],
            "nilai": known["value"].astype(float),
            "bawah": known["low"].astype(float),
            "atas": known["high"].astype(float),
            "satuan": known["indicator"].map(units),
            "tahun": known["year"].astype(int),
            "tahun_penduduk": known["people_year"].astype("Int64"),
            "tingkat_asli": known["native_level"].map(w.level),
            "cara": known["method"].map(language_names.method_names(w)),
            "mutu": known["quality"].map(language_names.quality_names(w)),
            "sumber": [files_corridor.source_names(w, data, s) for s in known["source"]],
            "catatan": [w.note(str(n)) if isinstance(n, str) else "" for n in known["note"]],
        }
    ).reset_index(drop=True)


def _indicators(request: Request) -> pd.DataFrame:
    w, known, own = request.words, request.data.catalogue, files_corridor.indicators_of(request)
    return pd.DataFrame(
        {
            "kolom": [i.id for i in own],
            "judul": [w.pick(i.title) for i in own],
            "satuan": [w.pick(i.unit) for i in own],
            "tahun": [i.year for i in own],
            "tingkat": [w.level(i.level) for i in own],
            "keterangan": [w.pick(i.description) for i in own],
            "standar": [
                " | ".join(plain(sentences.standard_text(w, s, i)) for s in known.standards_of(i.id)) for i in own
            ],
            "perhatian": [" ".join(w.pick(c) for c in i.caveats) for i in own],
            "sumber": [captions.shorts(w, request.data, i.sources) for i in own],
            "atribusi": [" | ".join(w.source(known.sources[s]).attribution for s in i.sources) for i in own],
        }
    )


def _sources(w: Words, data: Dataset, values: pd.DataFrame) -> pd.DataFrame:
    entries = [w.source(data.catalogue.sources[i]) for i in files_corridor.source_ids(data, values)]
    trust = language_names.quality_names(w)
    return pd.DataFrame(
        {
            "id": [e.id for e in entries],
            "penerbit": [e.publisher for e in entries],
            "judul": [e.title for e in entries],
            "tahun": [e.vintage for e in entries],
            "lisensi": [e.licence for e in entries],
            "atribusi": [e.attribution for e in entries],
            "dapat_diandalkan": [trust[e.trust] for e in entries],
        }
    )


def _notes(request: Request) -> pd.DataFrame:
    w, data, corridor = request.words, request.data, request.corridor
    basis = corridor.legal_basis
    lines = [
        w.pick(corridor.title),
        versions.made(w, data, corridor, request.made),
        *files_corridor.chosen_line(request),
        w.t("Batas di peta bukan acuan resmi batas wilayah."),
        w.source(data.catalogue.sources["big_kepmendagri"]).attribution,
        *((w.t("Dasar garis batas: {dokumen}.", dokumen=basis.document),) if basis else ()),
        w.t("Kolom kosong berarti belum ada data, bukan nol."),
        w.t("Fasilitas tanpa titik hanya diketahui wilayahnya; jangan digambar sebagai titik."),
        *(w.t("Jangan dipakai untuk: {hal}", hal=line) for line in plain_lines(sources_words.not_for(w))),
    ]
    return pd.DataFrame({"keterangan": lines})


def _safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Text that a spreadsheet would take for a formula is disarmed: tables of QGIS are saved as CSV."""
    safe = frame.rename(columns=cells.safe_cell)
    for column in safe.columns:
        if column != "geometry" and safe[column].dtype.kind not in "biuf" and str(safe[column].dtype) != "Int64":
            safe[column] = safe[column].fillna("").astype(str).map(cells.safe_cell)
    return safe
