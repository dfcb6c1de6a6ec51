"""What the map of Beranda draws: classes, the chosen unit, facilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from analysis.values.layer import Layer
from analysis.values.profile import neighbours_across
from analysis.values.reach import Reach, services_of
from views.figures import maps
from views.figures.mapspec import MapPoint, MapSpec, spec_of
from views.figures.specs import Choropleth
from views.language import link_names, sentences
from views.language.escape import plain
from views.language.names import kind_names
from views.topics.map import legend as map_legend
from views.topics.map import words as map_words
from views.topics.map.shown import Shown

if TYPE_CHECKING:
    from views.link.context import Session


# Many thousand stops would bury the map: they are drawn near the border of small corridors only.
MOST_POINTS = 1500


def spec(session: Session, shown: Shown, chosen: str | None, border_set: str, values: Mapping[str, Any]) -> MapSpec:
    """What the map shows: the border in front, all else faded.

    Parameters
    ----------
    session : language, data and border of this run
    shown : classes, texts and legend
    chosen : kode of the unit that is outlined
    border_set : which kelurahan are the border
    values : of the link: layout, facilities and first view
    """
    data, corridor = session.data, session.corridor
    level: Literal["kelurahan", "kecamatan"] = "kecamatan" if shown.level == "kecamatan" else "kelurahan"
    unit = chosen[:8] if chosen and level == "kecamatan" else chosen
    related = tuple(n.kode for n in neighbours_across(data.pairs, unit, corridor.sides)) if unit else ()
    units = data.border(corridor).units[level]
    return spec_of(
        session,
        level=level,
        classes=shown.classes,
        labels=shown.labels,
        colors=shown.colors,
        selected=unit,
        related=related,
        points=_facility_points(session, values[link_names.FACILITIES]),
        layout=values[link_names.LAYOUT],
        uncertain=shown.uncertain,
        front=tuple(str(kode) for kode in units.index[units[border_set]]),
        legend=shown.legend,
        view=tuple(values[link_names.VIEW]),
    )


def picture(session: Session, shown: Shown, drawn: MapSpec, result: Layer | Reach) -> Choropleth:
    """The map of the page with its facilities and its legend as a picture.

    Parameters
    ----------
    session, shown, drawn : this run, and what its map shows
    result : of an indicator, or the count of services
    """
    w, data, corridor = session.words, session.data, session.corridor
    if isinstance(result, Layer):
        indicator = data.catalogue.indicators[result.indicator]
        note = plain(map_legend.legend_note(w, data, indicator, result))
        return maps.choropleth(w, data, corridor, indicator, result, note, drawn.selected, drawn.points)
    known = data.catalogue.indicators
    sources = dict.fromkeys(s for i in services_of(data.measures) for s in known[i].sources)
    years = sentences.years(result.years) if result.years else ""
    note = plain(map_words.services_note(w, data))
    return maps.painted(
        w, data, corridor, drawn, shown.rows, w.t("Layanan di luar standar"), note, years, tuple(sources)
    )


def _facility_points(session: Session, kinds: Sequence[str]) -> tuple[MapPoint, ...]:
    """Facilities of the chosen kinds inside the corridor; places without a point as areas."""
    if not kinds:
        return ()
    facilities = session.data.facilities
    inside = facilities["kode_kabkota"].isin(session.corridor.sides)
    shown = facilities[facilities["kind"].isin(kinds) & inside]
    point = shown["used"] & shown["lon"].notna()
    area = shown["lon"].isna() & (shown["area_kode"] != "") & (shown["left_out"] == "area_only")
    names = kind_names(session.words)
    rows = shown[point | area].head(MOST_POINTS)
    columns = (rows[c] for c in ("kind", "name", "lon", "lat", "area_kode"))
    return tuple(
        MapPoint(kind=str(kind), text=f"{names[str(kind)]}: {name}", area_kode=str(area_kode))
        if pd.isna(lon)
        else MapPoint(kind=str(kind), text=f"{names[str(kind)]}: {name}", lon=float(lon), lat=float(lat))
        for kind, name, lon, lat, area_kode in zip(*columns, strict=True)
    )
