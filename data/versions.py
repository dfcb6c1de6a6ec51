"""The data set as of a version: the shipped tables and what offices have published since, put together by one function.

A version is a published file. A withdrawn one is left out from then on; as of an earlier version it is still seen, so
that a link that names a version shows the same for ever.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data import boundaries, lists, ranges, rates
from data.catalogue import Catalogue, CatalogueError, Fault, Source, entries
from data.corridors import border_of

if TYPE_CHECKING:
    from data.tables import Dataset

PEOPLE, DENSITY, RATE, COUNTED = "penduduk", "kepadatan", "sd_per_penduduk", "jumlah_sd"
OF_KECAMATAN = ("rasio_sd", "rasio_smp", "rasio_sma_smk", "rasio_puskesmas")
COMPUTED = frozenset({DENSITY, RATE, COUNTED, *OF_KECAMATAN, "puskesmas_per_balita"})
"""Indicators that are computed from others or from places: nobody brings them by themselves, nor any distance."""
NOT_FOLLOWING = (
    "kursi_sd", "kursi_smp", "kursi_smp_negeri", "kursi_sma_smk", "ruang_kelas", "ketergantungan",
    "ketergantungan_kecamatan", "lulusan_slta", "lulusan_tinggi", "puskesmas_per_balita",
)  # fmt: skip
"""Indicators by children or ages, which a file of people does not hold: they stay those of the register of 2024."""
MONOGRAPH = ("kode", "count", "value", "year", "source")
REPLACED = ("kode", "value", "low", "high", "official", "year", "official_year", "number")
CATALOGUE = "katalog"
"""Kind of a version that is an entry of the catalogue, of an admin and not of an office."""
ESTIMATED = "disagregasi"
"""Method of people that are estimated from the total of a kecamatan."""
NOTE = "Angka resmi kantor, versi {n}."
"""What stands beside every figure that an office has published."""


@dataclass(frozen=True, eq=False)
class Published:
    """A published file.

    Attributes
    ----------
    number : of the version
    kind : penduduk, indikator, monografi, fasilitas, batas or `CATALOGUE`
    kabkota : whose office has published it; "" for an entry of the catalogue
    day : of which day its figures are
    published, withdrawn : moments; withdrawn is None while it is in force
    why : reason of the withdrawal
    sha256 : hash of the file
    rows : kode, indicator, value and year of each figure; of places `data.lists.COLUMNS`; of the catalogue kind and
        content (JSON) of its entry; of boundaries kode and polygon (WKT, EPSG:4326)
    revises : number of the version that it corrects and replaces as a whole, None for none
    complete : of a list of places, whether it names all there are of each of its kinds
    """

    number: int
    kind: str
    kabkota: str
    day: date
    published: datetime
    sha256: str
    rows: tuple[tuple[Any, ...], ...] = field(repr=False)
    withdrawn: datetime | None = None
    why: str = ""
    revises: int | None = None
    complete: bool = False

    @property
    def source(self) -> str:
        """Id of the source of what it brings."""
        return f"{rates.OFFICE}{self.number}"


def in_force(history: Sequence[Published], number: int | None = None) -> tuple[Published, ...]:
    """The versions that hold now, or that held at the moment when one was published; 0 stands for none.

    Parameters
    ----------
    history : all versions
    number : as of which version, None for now

    Raises
    ------
    KeyError
        There is no such version.
    """
    if number == 0:
        return ()
    if number is None:
        chosen = [v for v in history if v.withdrawn is None]
    else:
        moment = {v.number: v.published for v in history}[number]
        chosen = [v for v in history if v.number <= number and (v.withdrawn is None or v.withdrawn > moment)]
    corrected = {v.revises for v in chosen}
    return tuple(sorted((v for v in chosen if v.number not in corrected), key=lambda v: v.number))


def version_key(data: Dataset, versions: Sequence[Published], as_of: int | None) -> str:
    """What tells a data set with these versions from any other; that of the shipped tables where there are none.

    Parameters
    ----------
    data : the shipped data
    versions : as `in_force` gives them
    as_of : the version as of which they are, None for now
    """
    if not versions and as_of is None:
        return data.version
    text = " ".join(f"{v.number}:{v.sha256}:{v.published.isoformat()}" for v in versions)
    return f"{data.version}+{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}@{as_of}"


def apply(data: Dataset, versions: Sequence[Published], as_of: int | None = None) -> Dataset:
    """The shipped data with these versions; the shipped data themselves where there are none.

    Official people replace estimates; density and the rates by people follow by the functions of the build, and all
    that pages compute from people follows by itself. What does not follow is `NOT_FOLLOWING`, and the odds by which a
    place that is known by its area only stands here or there in it. The ranges of the estimates that remain follow from
    how far those were off that were replaced (`data.ranges`).

    Parameters
    ----------
    data : the shipped data, not changed
    versions : as `in_force` gives them
    as_of : the version as of which they are, None for now
    """
    if not versions and as_of is None:
        return data
    applied, (data, _) = tuple(versions), with_entries(data, versions)
    versions = offices(versions)
    listed = lists.with_lists(boundaries.with_boundaries(data, versions), versions)
    figures = [_figures(v, data) for v in versions if v.kind in ("penduduk", "indikator")]
    brought = pd.concat(figures, ignore_index=True) if figures else pd.DataFrame(columns=_FIGURES)
    brought = brought.drop_duplicates(["kode", "indicator"], keep="last")
    catalogue = _with_sources(data, versions)
    replaced, vintages = _replaced(data, brought), _vintages(data, versions)
    values = boundaries.marked(_values(listed, brought, ranges.needed(replaced)), listed.reshaped)
    catalogue = _naming_lists(catalogue, values)
    return dataclasses.replace(
        listed,
        catalogue=catalogue,
        values=values,
        vintages=vintages,
        monograph=_monograph(data, versions),
        replaced=replaced,
        applied=applied,
        as_of=as_of,
        version=version_key(data, applied, as_of),
    )


def offices(versions: Sequence[Published]) -> tuple[Published, ...]:
    """Those of offices, without entries of the catalogue."""
    return tuple(v for v in versions if v.kind != CATALOGUE)


def with_entries(data: Dataset, versions: Sequence[Published]) -> tuple[Dataset, dict[int, CatalogueError]]:
    """The data with the entries of the catalogue among these versions, and by number why some are left out.

    An entry was right when it was saved; it is left out where what it names was withdrawn, or went with a new release.

    Parameters
    ----------
    data : not changed; of an indicator that only the catalogue knows it holds no value
    versions : in their order
    """
    wrong = {}
    for version in versions:
        if version.kind == CATALOGUE:
            [(kind, content)] = version.rows
            try:
                data = with_entry(data, kind, json.loads(content))
            except CatalogueError as error:
                wrong[version.number] = error
    return data, wrong


def with_entry(data: Dataset, kind: str, raw: Any) -> Dataset:
    """The data with one more or another entry of the catalogue, and with the border of a new corridor.

    Parameters
    ----------
    data : not changed
    kind, raw : as of `data.catalogue.entries.entry_of`

    Raises
    ------
    CatalogueError
        The entry cannot be.
    """
    result = dataclasses.replace(data, catalogue=entries.with_entry(data.catalogue, kind, raw))
    if kind != "corridors":
        return result
    corridor = result.catalogue.corridors[raw["id"]]
    missing = [("sides", kode) for kode in corridor.sides if kode not in data.kabkota.index]
    missing += [("often_assumed", kode) for kode in corridor.often_assumed if kode not in data.kecamatan.index]
    if missing:
        faults = [Fault(field, "unknown", kode) for field, kode in missing]
        raise CatalogueError(f"corridors.yaml, {corridor.id}: unknown kode {missing[0][1]}", faults)
    if not corridor.pair or (data.borders["corridor"] == corridor.id).any():
        return result
    try:
        if data.layers is None:
            borders, members = border_of(data.folder, corridor.id, *corridor.sides[:2])
        else:
            borders, members = boundaries.border_tables(data, {corridor.id: (corridor.sides[0], corridor.sides[1])})
    except ValueError as error:
        raise CatalogueError(f"corridors.yaml, {error}", [Fault("sides", "apart")]) from error
    return dataclasses.replace(
        result,
        borders=pd.concat([data.borders, borders], ignore_index=True),
        members=pd.concat([data.members, members], ignore_index=True),
    )


_FIGURES = ["kode", "indicator", "value", "year", "number", "source", "note"]


def _figures(version: Published, data: Dataset) -> pd.DataFrame:
    """Figures of a version for units and indicators that there are."""
    frame = pd.DataFrame(list(version.rows), columns=["kode", "indicator", "value", "year"])
    levels = {i.id: i.level for i in data.catalogue.indicators.values()}
    known = [
        name in levels and kode in getattr(data, levels[name]).index
        for kode, name in zip(frame["kode"], frame["indicator"], strict=True)
    ]
    frame = frame[np.array(known, dtype=bool)]
    year = pd.to_numeric(frame["year"], errors="coerce").fillna(version.day.year).astype(int)
    return frame.assign(year=year, number=version.number, source=version.source, note=NOTE.format(n=version.number))[
        _FIGURES
    ]


def _rows(brought: pd.DataFrame, data: Dataset) -> pd.DataFrame:
    """Value rows of what was brought: official, direct, at the level of the indicator, without a range."""
    level = brought["indicator"].map({i.id: i.level for i in data.catalogue.indicators.values()})
    return pd.DataFrame(
        {
            "kode": brought["kode"], "level": level, "indicator": brought["indicator"],
            "value": brought["value"].astype(float), "low": np.nan, "high": np.nan, "year": brought["year"],
            "people_year": np.nan, "quality": "tinggi", "method": "langsung", "native_level": level,
            "source": brought["source"], "note": brought["note"],
        }
    )  # fmt: skip


def _values(data: Dataset, brought: pd.DataFrame, needed: pd.Series) -> pd.DataFrame:
    """values with what was brought, and what follows from its people; `needed` is that of `ranges`."""
    if brought.empty:
        return data.values
    new = _rows(brought, data)
    people = new[new["indicator"] == PEOPLE]
    if people.empty:
        return _put(data.values, new)
    remaining = _remaining(data, people, needed)
    values = _put(data.values, pd.concat([new, remaining], ignore_index=True))
    known = pd.concat([people, remaining], ignore_index=True)
    parts = [rates.density(known, data.kelurahan["luas_km2"]), _of_kecamatan(data, values, people)]
    counts = values[(values["indicator"] == COUNTED) & values["kode"].isin(known["kode"])]
    if len(counts):
        parts.append(_by_year(rates.rate_of, counts, known))
    return _put(values, pd.concat(parts, ignore_index=True))


def _remaining(data: Dataset, people: pd.DataFrame, needed: pd.Series) -> pd.DataFrame:
    """Value rows of the estimates of people that remain, with the range that follows from what was measured."""
    shipped = data.values[(data.values["indicator"] == PEOPLE) & data.values["method"].eq(ESTIMATED)]
    if needed.empty:
        return shipped.iloc[:0]
    every = pd.concat([data.yardstick.set_index("kode")["needed"], needed])
    times = ranges.width(every, every.index.isin(needed.index))
    return ranges.stretched(shipped[~shipped["kode"].isin(people["kode"])], times, len(needed))


def _by_year(rate: Any, counts: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """A rate by the people of each year."""
    return pd.concat(
        [rate(counts[counts["kode"].isin(own["kode"])], own, int(str(year))) for year, own in people.groupby("year")],
        ignore_index=True,
    )


def _of_kecamatan(data: Dataset, values: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Rates of the kecamatan whose kelurahan were all brought, for one year and by one office."""
    units = data.kelurahan["kode_kecamatan"]
    number = values[values["indicator"] == PEOPLE].set_index("kode")
    own = people.set_index("kode")
    whole = units.groupby(units).size()
    found = own.groupby(units.reindex(own.index))
    full = found.size().eq(whole.reindex(found.size().index)) & found["year"].nunique().eq(1)
    codes = full.index[full]
    totals = number["value"].groupby(units.reindex(number.index)).sum().reindex(codes)
    totals = totals[totals > 0]
    parts = []
    for year, kodes in found["year"].first().reindex(totals.index).groupby(lambda k: found["year"].first()[k]):
        of, source = totals[kodes.index], found["source"].last().reindex(kodes.index)
        counts = data.school_counts[data.school_counts["kode_kecamatan"].isin(of.index)]
        parts.append(rates.school_ratios(counts, data.facilities, of, source, int(str(year))))
        study = values.loc[values["indicator"] == "rasio_puskesmas", "kode"]
        parts.append(rates.puskesmas_ratio(data.facilities, of, of.index[of.index.isin(study)], source, int(str(year))))
    return pd.concat(parts, ignore_index=True) if parts else _rows(pd.DataFrame(columns=_FIGURES), data)


def _put(values: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """values with these rows in the place of those of the same kode and indicator; the order of the others stays."""
    new = new.assign(kode_kabkota=new["kode"].str.slice(0, 5))[list(values.columns)].astype(values.dtypes.to_dict())
    keys = pd.MultiIndex.from_frame(new[["kode", "indicator"]])
    old = pd.MultiIndex.from_frame(values[["kode", "indicator"]])
    kept = values[~old.isin(keys)]
    return pd.concat([kept, new]).sort_values(["indicator", "kode"], kind="stable", ignore_index=True)


def _replaced(data: Dataset, brought: pd.DataFrame) -> pd.DataFrame:
    """Estimates of people in whose place an official figure stands now: `REPLACED`."""
    own = brought[brought["indicator"] == PEOPLE].set_index("kode")
    shipped = data.indicator_values(PEOPLE)
    rows = shipped[shipped["method"].eq(ESTIMATED) & shipped.index.isin(own.index)]
    official = own.reindex(rows.index)
    found = rows[["value", "low", "high", "year"]].assign(
        official=official["value"], official_year=official["year"], number=official["number"]
    )
    return found.rename_axis("kode").reset_index()[list(REPLACED)]


def _vintages(data: Dataset, versions: Sequence[Published]) -> pd.DataFrame:
    """vintages with the registered people of each version; what is as new or newer leaves with it."""
    vintages = data.vintages
    for version in versions:
        rows = pd.DataFrame(
            [(k, v) for k, name, v, _ in version.rows if name == PEOPLE]
            if version.kind not in ("fasilitas", boundaries.KIND)
            else [],
            columns=["kode", "value"],
        )
        rows = rows[rows["kode"].isin(data.kelurahan.index)]
        if rows.empty:
            continue
        period = version.day.isoformat()
        later = vintages["series"].eq(PEOPLE) & vintages["level"].eq("kelurahan") & vintages["kode"].isin(rows["kode"])
        later &= vintages["period"] >= period
        new = rows.assign(
            series=PEOPLE, level="kelurahan", year=version.day.year, period=period, definition=rates.OFFICE,
            quality="tinggi", source=version.source,
        )  # fmt: skip
        new = new[list(vintages.columns)].astype(vintages.dtypes.to_dict())
        vintages = pd.concat([vintages[~later], new], ignore_index=True)
    return vintages


def _monograph(data: Dataset, versions: Sequence[Published]) -> pd.DataFrame:
    """Counts of monografi by kelurahan, the latest of each: `MONOGRAPH`."""
    rows = [
        (kode, name, value, year or version.day.year, version.source)
        for version in versions
        if version.kind == "monografi"
        for kode, name, value, year in version.rows
        if kode in data.kelurahan.index
    ]
    frame = pd.DataFrame(rows, columns=list(MONOGRAPH))
    return frame.drop_duplicates(["kode", "count"], keep="last").reset_index(drop=True)


def _naming_lists(catalogue: Catalogue, values: pd.DataFrame) -> Catalogue:
    """The catalogue with the lists of offices among the sources of the distances that are measured to them."""
    known = dict(catalogue.indicators)
    rows = values[values["source"].str.contains(rates.OFFICE, regex=False)]
    for name, found in rows.groupby("indicator", observed=True)["source"]:
        entry = known[str(name)]
        if entry.facility:
            ids = dict.fromkeys(i for text in found.unique() for i in str(text).split(";") if i in catalogue.sources)
            named = (*entry.sources, *(i for i in ids if i.startswith(rates.OFFICE) and i not in entry.sources))
            known[str(name)] = entry.model_copy(update={"sources": named})
    return dataclasses.replace(catalogue, indicators=known)


def _with_sources(data: Dataset, versions: Sequence[Published]) -> Catalogue:
    """The catalogue with a source for each version."""
    known = dict(data.catalogue.sources)
    what = {
        "penduduk": ("Penduduk per kelurahan/desa", "Population by kelurahan and desa"),
        "indikator": ("Nilai indikator", "Values of indicators"),
        "monografi": ("Hitungan monografi kelurahan", "Counts of the monografi of kelurahan"),
        "fasilitas": ("Daftar fasilitas", "List of facilities"),
        boundaries.KIND: ("Batas kelurahan/desa", "Boundaries of kelurahan and desa"),
    }
    for version in versions:
        office = data.kabkota_names.get(version.kabkota, version.kabkota)
        title, english = what[version.kind]
        day = version.day.isoformat()
        known[version.source] = Source(
            id=version.source,
            short=f"{office} {version.day.year} (versi {version.number})",
            publisher=f"Pemerintah {office}",
            title=title,
            vintage=day,
            licence="data pemerintah daerah, diterbitkan kantornya sendiri",
            attribution=f"Pemerintah {office}, {title.lower()} {day}, data kantor versi {version.number}",
            trust="tinggi",
            en={
                "short": f"{office} {version.day.year} (version {version.number})",
                "publisher": f"Government of {office}",
                "title": english,
                "licence": "data of a local government, published by its own office",
                "attribution": f"Government of {office}, {english.lower()} {day}, office data version {version.number}",
            },
        )
    return dataclasses.replace(data.catalogue, sources=known)
