"""Lists of places that offices have published: they take the place of the shipped ones, and what hangs on them follows.

A list says of one kabkota, and of each kind that it names, which places there are: all of them, or some that the
older list lacks or has elsewhere. Distances are then measured anew from the sample points of that kabkota, by the
functions of the build.
"""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data import access, confidence, rates
from data.placing import NOT_A_PLACE, NOT_IN_DISTANCES, OTHER_KIND, located, placed
from geo.distances import UNKNOWN_M
from geo.listed import pair_up
from geo.regions import AREA_ONLY

if TYPE_CHECKING:
    from data.tables import Dataset
    from data.versions import Published

POST = "pos_damkar"
SCHOOLS = ("sd", "smp", "sma", "smk", "slb")
KINDS = (
    *SCHOOLS, "puskesmas", "rumah_sakit", "klinik", "kantor_kelurahan", "kantor_kecamatan", "pasar", "tempat_sampah",
    POST,
)  # fmt: skip
"""Kinds of place that an office may bring. Not transit: what counts as a stop differs by kabkota, and only a definition
could make two lists alike."""
STATE = frozenset({"puskesmas", "kantor_kelurahan", "kantor_kecamatan", POST})
"""Kinds that only a government runs."""
MUNICIPAL = frozenset({"puskesmas", "kantor_kelurahan", "kantor_kecamatan", "sd", "smp"})
"""Kinds that the kabkota runs where they are of the state; in Jakarta the province does."""
COLUMNS = ("kind", "name", "kode", "lon", "lat", "status", "mark")
CLASSES = {
    "sd": ("sd",), "smp": ("smp", "smp_negeri"), "sma": ("sma_smk", "sma_smk_negeri"),
    "smk": ("sma_smk", "sma_smk_negeri"), "puskesmas": ("puskesmas",), "rumah_sakit": ("rumah_sakit",),
    "kantor_kelurahan": ("kantor_kelurahan",),
}  # fmt: skip
"""Distances that are measured to a kind."""
MOST_KEPT = 24

_LOCK = Lock()
_MEASURED: OrderedDict[Hashable, tuple[pd.DataFrame, pd.DataFrame]] = OrderedDict()


def frame_of(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Rows of a list as a table: `COLUMNS`, lon and lat missing where they are not known."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return frame.astype(
        {"lon": float, "lat": float} | dict.fromkeys(("kind", "name", "kode", "status", "mark"), object)
    )


def known_places(facilities: pd.DataFrame, kabkota: str, kinds: Sequence[str]) -> pd.DataFrame:
    """The places that a list of a kabkota may name, change or leave out, as `geo.listed.pair_up` takes them.

    Parameters
    ----------
    facilities : by id
    kabkota : whose list it is; of fire posts the one that runs them
    kinds : that the list names
    """
    whose = facilities["kode_kabkota"].where(facilities["kind"].ne(POST), facilities["operator"])
    own = facilities[facilities["kind"].isin(list(kinds)) & whose.eq(kabkota)]
    # What is no place of the kind stays on record; of a post that is only planned a list may say that it stands now.
    own = own[~own["left_out"].isin([OTHER_KIND, NOT_A_PLACE]) | own["exists"].eq("rencana")]
    marks = [tuple(m.rpartition(":")[2] for m in str(text).split("|") if m) for text in own["source_ids"]]
    return own.assign(
        kode=rates.stated_kode(own),
        marks=pd.Series(marks, own.index, dtype=object),
        counted=own["name"].str.contains(" di luar daftar, ", regex=False),
        planned=own["exists"].eq("rencana"),
    )


def pairs_of(facilities: pd.DataFrame, kabkota: str, rows: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Id of the known place that each row is ("" for a new one), and all known places.

    Parameters
    ----------
    facilities, kabkota : as of `known_places`
    rows : as `frame_of` gives them
    """
    known = known_places(facilities, kabkota, rows["kind"].unique().tolist())
    return pair_up(rows, known), known


def with_lists(data: Dataset, versions: Sequence[Published]) -> Dataset:
    """The shipped data with the places of these versions and the distances to them; itself without such a version.

    Parameters
    ----------
    data : the shipped data, not changed
    versions : those in force, in their order
    """
    lists = [v for v in versions if v.kind == "fasilitas"]
    if not lists:
        return data
    facilities, posts = data.facilities, data.fire_posts
    kinds: dict[str, set[str]] = {}
    whole: set[tuple[str, str]] = set()
    for version in lists:
        facilities, posts = _put(data, facilities, posts, version)
        named = {str(row[0]) for row in version.rows}
        kinds.setdefault(version.kabkota, set()).update(named)
        whole |= {(version.kabkota, kind) for kind in named if version.complete}
    samples: dict[str, pd.Series] = {}
    rows: list[pd.DataFrame] = []
    gone = pd.Series(False, index=data.values.index)
    classes: set[str] = set()
    for kabkota, named in kinds.items():
        for name in sorted({c for kind in named for c in CLASSES.get(kind, ())}):
            behind = [kind for kind, found in CLASSES.items() if name in found]
            own = [v for v in lists if v.kabkota == kabkota and any(row[0] in behind for row in v.rows)]
            listed = all((kabkota, kind) in whole for kind in behind)
            key = (data.version, kabkota, name, tuple((v.number, v.day, v.complete, hash(v.rows)) for v in own))
            columns, found = _measured(key, data, facilities, kabkota, name, listed)
            fill(data, samples, kabkota, name, columns)
            rows.append(found)
            gone |= data.values["indicator"].eq(f"jarak_{name}") & data.values["kode_kabkota"].eq(kabkota)
            classes.add(name)
        follow = _rates(data, facilities, kabkota, named, whole)
        for frame in follow:
            gone |= data.values["indicator"].isin(frame["indicator"]) & data.values["kode"].isin(frame["kode"])
        if "puskesmas" in named:
            gone |= data.values["indicator"].eq("puskesmas_per_balita") & data.values["kode_kabkota"].eq(kabkota)
        rows += follow
    rows = [frame for frame in rows if len(frame)]
    new = pd.concat(rows, ignore_index=True) if rows else data.values.iloc[:0]
    new = new.assign(kode_kabkota=new["kode"].str[:5])[list(data.values.columns)].astype(data.values.dtypes.to_dict())
    values = pd.concat([data.values[~gone], new]).sort_values(["indicator", "kode"], kind="stable", ignore_index=True)
    plain = [name for name in access.PLAIN if name in classes]
    return dataclasses.replace(
        data,
        facilities=facilities,
        fire_posts=posts,
        samples=data.samples.drop(columns=[f"any_{name}" for name in classes], errors="ignore").assign(**samples),
        plain=_plain(data, facilities, plain) if plain else data.plain,
        values=values,
    )


def _put(
    data: Dataset, facilities: pd.DataFrame, posts: pd.DataFrame, version: Published
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Facilities and fire posts with the list of a version."""
    rows = frame_of(version.rows)
    paired, known = pairs_of(facilities, version.kabkota, rows)
    gone = set(paired) | (set(known.index[~known["planned"]]) if version.complete else set())
    new = _places(data, rows, paired, known, version)
    kept = facilities.drop(index=facilities.index.intersection(sorted(gone - {""})))
    found = pd.concat([kept, new[list(facilities.columns)].astype(facilities.dtypes.to_dict())])
    found = found.rename_axis("id").sort_values(["kind", "id"], kind="stable")
    stations = new[new["kind"].eq(POST)]
    if len(stations):
        stated = pd.DataFrame("", index=stations.index, columns=posts.columns).assign(
            label=stations["name"], exists="ada", source_date=version.day.isoformat(), certainty="Q"
        )
        posts = pd.concat([posts[~posts.index.isin(gone | set(stations.index))], stated.astype(posts.dtypes.to_dict())])
    elif POST in set(rows["kind"]):
        posts = posts[~posts.index.isin(gone)]
    return found, posts


def _places(
    data: Dataset, rows: pd.DataFrame, paired: pd.Series, known: pd.DataFrame, version: Published
) -> pd.DataFrame:
    """The rows of a list as facilities, by id: a known place keeps its own."""
    own = placed(rows["kode"], [rows[["lon", "lat"]]], data.land).drop(columns="point")
    new = rows["kind"] + f":k{version.number}-" + pd.Series(range(1, len(rows) + 1), rows.index).map("{:05d}".format)
    names = data.kabkota_names
    municipal = rows["kind"].isin(list(MUNICIPAL)) & rows["status"].eq("negeri") & (version.kabkota[:2] != "31")
    municipal |= rows["kind"].eq(POST)
    where = own["kode"].where(own["kode"].ne(""), own["area_kode"]).str[:8]
    area = data.kecamatan["nama"].reindex(where).fillna("").to_numpy()
    left = np.where(own["lon"].notna(), "", AREA_ONLY)
    left = np.where(rows["kind"].eq("slb"), NOT_IN_DISTANCES, left)
    frame = own.assign(
        id=paired.where(paired.ne(""), new),
        kind=rows["kind"],
        name=rows["name"],
        status=rows["status"],
        subtype=paired.map(known["subtype"].to_dict()).astype(object).fillna("").to_numpy(),
        kabkota_stated=own["kode_kabkota"].map(names),
        kecamatan_stated=area,
        operator_kabkota=np.where(municipal, names[version.kabkota], ""),
        left_out=left,
        used=left == "",
        source=version.source,
        source_ids=rows["mark"].where(rows["mark"].eq(""), version.source + ":" + rows["mark"]),
        n_merged=1,
        year=float(version.day.year),
        coord_flag="",
        note="",
    ).set_index("id")
    exists = pd.Series(np.where(frame["kind"].eq(POST), "ada", ""), frame.index)
    return located(frame, data.kabkota["nama"], exists)


def _measured(
    key: Hashable, data: Dataset, facilities: pd.DataFrame, kabkota: str, name: str, listed: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Distances to a class of facilities in a kabkota: columns of its sample points, and value rows.

    Made once for each state of the lists, so that the first who opens a version does not wait for what its verifier
    has seen already.
    """
    with _LOCK:
        if key in _MEASURED:
            _MEASURED.move_to_end(key)
            return _MEASURED[key]
    found = _measure(data, facilities, kabkota, name, listed)
    with _LOCK:
        _MEASURED[key] = found
        while len(_MEASURED) > MOST_KEPT:
            _MEASURED.popitem(last=False)
    return found


def _measure(
    data: Dataset, facilities: pd.DataFrame, kabkota: str, name: str, listed: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    mine = data.grid.point_sides == kabkota
    points, grid = data.samples.loc[mine, ["kode", "x", "y"]].reset_index(drop=True), data.grid.within({kabkota})
    places = facilities.reset_index(names="id")
    offices = places.loc[places["kind"].eq("kantor_kelurahan") & places["used"] & _by_office(places), ["id", "kode"]]
    offices = offices[offices["kode"].str[:5].eq(kabkota)].reset_index(drop=True)

    def limits(_: str) -> tuple[np.ndarray, np.ndarray]:
        # Of a whole list nothing is missing that could be nearer.
        own = np.full(len(points), np.inf)
        own = own if listed else access.Limits(data.land, data.samples).own(name, kabkota)
        return own, own

    found, ranges = access.distances(points, grid, places, offices, limits, [name], (kabkota,), abroad=False)
    if name == "kantor_kelurahan" and not listed:
        before = data.samples.loc[mine, f"own_{name}"].to_numpy()
        column = found[f"own_{name}"].to_numpy()
        found = found.assign(**{f"own_{name}": np.where(column == UNKNOWN_M, before, column).astype(np.uint16)})
    units = data.kelurahan["kode_kecamatan"]
    quality, notes = confidence.distances(units, data.pairs, places, ranges, [name])
    own = places[places["kode_kabkota"].eq(kabkota)]
    values = access.value_rows(found, own, ranges, quality, notes, [name], dated=True)
    return found.drop(columns=["kode", "x", "y"]), values


def _by_office(places: pd.DataFrame) -> pd.Series:
    return places["source"].str.startswith(rates.OFFICE)


def fill(data: Dataset, samples: dict[str, pd.Series], kabkota: str, name: str, columns: pd.DataFrame) -> None:
    """Put the columns of a class in the place of those of the points of a kabkota.

    Parameters
    ----------
    data : whose sample points they are
    samples : columns that have changed so far, by name; those of the class are put in
    kabkota, name : of which points, and class of facilities
    columns : own_F of the points of the kabkota; near_F and far_F where they differ
    """
    mine = data.grid.point_sides == kabkota
    own = f"own_{name}"
    for end in ("own", "near", "far"):
        column = f"{end}_{name}"
        before = samples.get(column, data.samples.get(column))
        if before is None and column not in columns:
            continue
        # Where all places are known by their point, both ends are the distance itself.
        whole = (samples.get(own, data.samples[own]) if before is None else before).to_numpy().copy()
        whole[mine] = columns[column if column in columns else own].to_numpy()
        samples[column] = pd.Series(whole, data.samples.index)


def _plain(data: Dataset, facilities: pd.DataFrame, classes: Sequence[str]) -> pd.DataFrame:
    new = access.plain(data.land, facilities.reset_index(names="id"), classes)
    kept = data.plain[~data.plain["facility"].isin(classes)]
    return pd.concat([kept, new]).sort_values(["kode", "facility"], kind="stable", ignore_index=True)


def _rates(
    data: Dataset, facilities: pd.DataFrame, kabkota: str, kinds: set[str], whole: set[tuple[str, str]]
) -> list[pd.DataFrame]:
    """Value rows of what counts places: by people of the kelurahan or kecamatan."""
    found: list[pd.DataFrame] = []
    known = data.values[data.values["kode_kabkota"].eq(kabkota)]
    people = data.people["kecamatan"]["value"].dropna()
    people = people[people.index.str.startswith(kabkota) & (people > 0)]
    own = facilities[facilities["kode_kabkota"].eq(kabkota)]
    shown = {str(name): rows.set_index("kode") for name, rows in known.groupby("indicator", observed=True)}
    register = known[known["indicator"].eq("penduduk")]
    if register.empty:
        return found
    year = int(register["year"].mode().iloc[0])
    source = _people_source(shown, register, people.index)
    if "puskesmas" in kinds:
        before = shown.get("rasio_puskesmas")
        wanted = people.index if (kabkota, "puskesmas") in whole or before is None else before.index
        if before is not None or (kabkota, "puskesmas") in whole:
            ratio = rates.puskesmas_ratio(own, people, wanted.intersection(people.index), source, year)
            found.append(ratio)
            found += _per_child(shown, ratio)
    if kabkota == rates.NO_DAPODIK and kinds & set(SCHOOLS):
        counts = data.school_counts.iloc[:0]
        found.append(rates.school_ratios(counts, own, people, source, year))
    if "sd" in kinds:
        listed = data.kelurahan.index[data.kelurahan["kode_kabkota"].eq(kabkota)]
        before = shown.get("jumlah_sd", known.iloc[:0].set_index("kode"))
        units = listed if (kabkota, "sd") in whole else listed[listed.isin(before.index)]
        counted = rates.school_points(units, own)
        found += [counted, rates.rate_of(counted, register, year)]
    return found


def _per_child(shown: Mapping[str, pd.DataFrame], ratio: pd.DataFrame) -> list[pd.DataFrame]:
    """puskesmas_per_balita in proportion: people for a child are what they were; unknown where none stood before."""
    before, child = shown.get("rasio_puskesmas"), shown.get("puskesmas_per_balita")
    if before is None or child is None:
        return []
    share = (child["value"] / before["value"].where(before["value"] > 0)).reindex(ratio["kode"]).to_numpy()
    scaled = ratio[["value", "low", "high"]].mul(share, axis=0)
    new = ratio.assign(indicator="puskesmas_per_balita", **scaled)
    return [new[new["value"].notna()]]


def _people_source(shown: Mapping[str, pd.DataFrame], register: pd.DataFrame, wanted: pd.Index) -> pd.Series:
    """Where the people of each kecamatan are from: as a shipped ratio names it, else the source of its kelurahan."""
    first = register["source"].groupby(register["kode"].str[:8]).first().reindex(wanted).fillna("")
    for name in ("rasio_puskesmas", "rasio_sd"):
        if name in shown:
            told = shown[name]["source"].str.rpartition(";")[2].reindex(wanted)
            return told.fillna(first)
    return first
