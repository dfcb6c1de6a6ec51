"""A list of places that somebody brings, held against the places that Tapal shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.uploads.places import changes_of_places
from data.lists import CLASSES, COLUMNS, POST, frame_of, pairs_of
from data.tables import Dataset
from data.versions import Published, apply, in_force
from records.uploads.reading import Submitted, published
from views.figures import theme
from views.figures.mapspec import MapLegend, MapPoint, MapSpec, spec_of
from views.language.names import kind_names
from views.language.words import Words

if TYPE_CHECKING:
    from views.link.context import Session

MOST_POINTS = 800
STATES = {"new": "baru", "changed": "pindah", "same": "", "gone": "tutup"}
"""How the map draws what a list makes of a place."""


@dataclass(frozen=True)
class PlacesOf:
    """The places of a list beside the known ones.

    Attributes
    ----------
    rows : sheet, number, kind, name, kode, lon, lat, status, mark, kabkota (whose list the row belongs to), known, before,
        moved_m, change, what: see `analysis.uploads.places`
    unnamed : known places of these kinds and kabkota that no row names, by id
    """

    rows: pd.DataFrame
    unnamed: pd.DataFrame


def against(data: Dataset, rows: pd.DataFrame) -> PlacesOf:
    """Hold a list against what is shown.

    Parameters
    ----------
    data : what is shown
    rows : sheet, number, kabkota and `data.lists.COLUMNS`
    """
    parts, left = [], []
    for kabkota, own in rows.groupby("kabkota", sort=True):
        paired, known = pairs_of(data.facilities, str(kabkota), own)
        parts.append(changes_of_places(own, known, paired))
        left.append(known[~known.index.isin(paired) & ~known["planned"]])
    if not parts:
        return PlacesOf(rows, data.facilities.iloc[:0])
    return PlacesOf(pd.concat(parts).sort_index(), pd.concat(left))


def of_stored(data: Dataset, kabkota: str, rows: Sequence[Sequence[Any]]) -> PlacesOf:
    """Stored places of a kabkota, held against what is shown now; the row is its place in the stored list.

    Parameters
    ----------
    data : what is shown now
    kabkota : whose list it is
    rows : with the columns `data.lists.COLUMNS`
    """
    frame = frame_of(rows)
    return against(data, frame.assign(sheet="", number=range(1, len(frame) + 1), kabkota=kabkota))


def distances_of(found: PlacesOf) -> list[str]:
    """Ids of the indicators of the distances that a list changes.

    Parameters
    ----------
    found : the list
    """
    return [f"jarak_{name}" for name in dict.fromkeys(c for kind in found.rows["kind"] for c in CLASSES.get(kind, ()))]


def uncertain(data: Dataset, indicator: str, kabkota: str) -> tuple[int, int]:
    """Kelurahan of a kabkota whose distance has a range or is not known, and all of them.

    Parameters
    ----------
    data : what is shown
    indicator : id of the distance
    kabkota : its code
    """
    units = data.kelurahan.index[data.kelurahan["kode_kabkota"].eq(kabkota)]
    own = data.indicator_values(indicator).reindex(units)
    return int((own["value"].isna() | own["low"].notna()).sum()), len(units)


def as_published(
    shipped: Dataset,
    history: Sequence[Published],
    one: Submitted,
    rows: Sequence[Sequence[Any]],
    newest: int,
    moment: datetime,
) -> Dataset:
    """The data as they would be with a submitted list; its distances are then measured already when it is published.

    Parameters
    ----------
    shipped : the shipped data
    history : all versions
    one, rows : the submission
    newest : number of the newest version
    moment : of now
    """
    numbers = {v.key: v.number for v in published()}
    version = Published(
        newest + 1, one.kind.value, one.kabkota, one.day, moment, one.sha256, tuple(map(tuple, rows)),
        revises=numbers.get(one.revises or 0), complete=one.complete,
    )  # fmt: skip
    return apply(shipped, in_force([*history, version]))


def rows_to_submit(found: PlacesOf, kabkota: str) -> list[tuple[Any, ...]]:
    """The rows of one kabkota as they are stored, with the columns `data.lists.COLUMNS`.

    Parameters
    ----------
    found : the list
    kabkota : code
    """
    own = found.rows[found.rows["kabkota"].eq(kabkota)]
    return [
        tuple(None if isinstance(cell, float) and np.isnan(cell) else cell for cell in row)
        for row in own[list(COLUMNS)].itertuples(index=False, name=None)
    ]


def spec(session: Session, found: PlacesOf, complete: bool) -> MapSpec:
    """The places of a list on the map of the border: new, changed, as before, and those that go.

    Parameters
    ----------
    session : language, data and border
    found : the list
    complete : whether places that it does not name go
    """
    w, names = session.words, kind_names(session.words)
    labels = change_names(w)
    sides = session.corridor.sides
    units = session.data.units("kelurahan", sides).index
    rows = found.rows[["kind", "name", "kode", "lon", "lat", "change"]]
    if complete:
        gone = found.unnamed[["kind", "name", "kode", "lon", "lat"]].assign(change="gone")
        rows = pd.concat([rows, gone], ignore_index=True)
    order = rows["change"].map({"new": 0, "changed": 1, "gone": 2, "same": 3})
    shown = rows.assign(order=order).sort_values("order", kind="stable").head(MOST_POINTS)
    points = []
    for kind, name, kode, lon, lat, change in shown.drop(columns="order").itertuples(index=False, name=None):
        text = f"{names[kind]}: {name} ({labels[change]})"
        state: Any = STATES[change]
        if not np.isnan(lon):
            points.append(MapPoint(kind, text, lon, lat, state=state))
        elif kode[:5] in sides:
            points.append(MapPoint(kind, text, area_kode=kode))
    counts = rows["change"].value_counts()
    touched = set(rows.loc[rows["change"].ne("same"), "kode"].str[:13])
    colors = theme.sequential(2)
    classes = {str(kode): int(kode in touched) for kode in units}
    legend = MapLegend(
        w.t("Isi daftar terhadap data sekarang"),
        (w.t("tempat"),),
        tuple(
            (colors[int(name != "same")], labels[name], (w.number(int(counts[name])),))
            for name in ("new", "changed", "gone", "same")
            if name in counts
        ),
    )
    texts = (w.t("tidak berubah"), w.t("ada yang baru, berubah atau hilang"))
    return spec_of(
        session,
        classes=classes,
        labels={kode: texts[found_class] for kode, found_class in classes.items()},
        colors=colors,
        legend=legend,
        points=tuple(points),
    )


def change_names(w: Words) -> dict[str, str]:
    """What a list makes of a place."""
    return {"new": w.t("baru"), "changed": w.t("berubah"), "same": w.t("sama"), "gone": w.t("tidak disebut lagi")}


def owner_of(rows: pd.DataFrame, posts_of: str) -> pd.Series:
    """Whose list each row belongs to: of the kabkota in which it stands; of fire posts the one that runs them.

    Parameters
    ----------
    rows : with kode and kind
    posts_of : kode_kabkota that runs the fire posts of the list
    """
    return rows["kode"].str[:5].where(rows["kind"].ne(POST), posts_of)
