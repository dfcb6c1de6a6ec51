"""What all data files of a corridor share: its indicators, every unit with and without a value, and how it was chosen."""

from __future__ import annotations

import pandas as pd

from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from geo.borders import TOUCHING
from views.figures import captions
from views.language import names as language_names
from views.language.words import Words
from views.story.story import Request

PEOPLE = "penduduk"
LEVELS = ("kelurahan", "kecamatan", "kabkota")


def indicators_of(request: Request) -> list[Indicator]:
    """Indicators of the sectors, of all where none is named; population always goes with them."""
    known, sectors = request.data.catalogue.indicators.values(), request.sectors
    return [i for i in known if not sectors or i.sector in sectors or i.id == PEOPLE]


def units_of(data: Dataset, corridor: Corridor, level: str) -> pd.DataFrame:
    """Units of a level in the corridor: nama, jenis, kecamatan, kode_kabkota, kabkota, di_garis (bool).

    Parameters
    ----------
    data : the units
    corridor : the border
    level : of `LEVELS`
    """
    units = data.border(corridor).units[level]
    own = {"kelurahan": "kecamatan", "kecamatan": "nama"}.get(level)
    return pd.DataFrame(
        {
            "nama": units["nama"].astype(str),
            "jenis": units["jenis"].astype(str) if level == "kelurahan" else level,
            "kecamatan": units[own].astype(str) if own else "",
            "kode_kabkota": units["kode_kabkota"].astype(str),
            "kabkota": units["kode_kabkota"].map(data.names("kabkota")).astype(str),
            "di_garis": units[TOUCHING],
        },
        index=units.index.rename("kode"),
    )


def long_values(request: Request) -> pd.DataFrame:
    """A row a unit and indicator at the level of the indicator, with and without a value.

    Columns: those of `units_of`, kode, tingkat, indicator, value, low, high, year, people_year, quality,
    method, native_level, source (ids), note.
    """
    data, parts = request.data, []
    for indicator in indicators_of(request):
        units = units_of(data, request.corridor, indicator.level)
        columns = [
            "value", "low", "high", "year", "people_year", "quality", "method", "native_level", "source",
            "note",
        ]  # fmt: skip
        values = data.indicator_values(indicator.id).reindex(units.index)[columns]
        values["low"], values["high"] = indicator.ends(values["low"].astype(float), values["high"].astype(float))
        part = pd.concat([units, values], axis=1).reset_index()
        parts.append(part.assign(tingkat=indicator.level, indicator=indicator.id))
    return pd.concat(parts, ignore_index=True)


def wide_values(values: pd.DataFrame, level: str) -> pd.DataFrame:
    """Values of one level by kode, a column an indicator in the order of the catalogue."""
    own = values[values["tingkat"] == level]
    wide = own.pivot(index="kode", columns="indicator", values="value")
    return wide[list(dict.fromkeys(own["indicator"]))]


def status(values: pd.DataFrame) -> pd.Series:
    """Key of `status_names` of every row of `long_values`."""
    return values["value"].notna().map({True: "diketahui", False: ""})


def source_names(w: Words, data: Dataset, ids: object) -> str:
    """Short names of the sources of a value.

    Parameters
    ----------
    w, data : language and data
    ids : joined by ";"; anything but text for no value
    """
    return captions.shorts(w, data, str(ids).split(";")) if isinstance(ids, str) else ""


def source_ids(data: Dataset, values: pd.DataFrame) -> list[str]:
    """Sources of known values and of the boundaries, in the order of the catalogue."""
    drawn = {version.source for version in data.applied if version.number in data.reshaped.values()}
    used = {i for cell in values["source"].dropna() for i in str(cell).split(";")} | {"big_kepmendagri"} | drawn
    return [i for i in data.catalogue.sources if i in used]


def chosen_line(request: Request) -> tuple[str, str]:
    """Which sectors the file holds and which kelurahan are marked in it."""
    w, names, known = request.words, language_names.sector_names(request.words), request.data.kelurahan
    parts = [names.get(s, s) for s in request.sectors]
    first = w.t("Sektor: {daftar}.", daftar=w.listing(parts) if parts else w.t("semua"))
    places = [f"{known.at[k, 'nama']!s} ({known.at[k, 'kabkota']!s})" for k in request.kelurahan]
    second = w.t("Kelurahan/desa yang ditandai: {daftar}.", daftar=w.listing(places) if places else w.t("tidak ada"))
    return first, second
