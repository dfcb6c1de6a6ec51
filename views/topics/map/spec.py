"""What the page Peta draws: an indicator or its gap, the chosen unit, facilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import pandas as pd

from analysis.values.layer import Layer
from analysis.values.profile import neighbours_across
from data.catalogue import Indicator
from views.figures import maps
from views.figures.legend import layer_colors
from views.figures.mapspec import MapLegend, MapPoint, MapSpec, spec_of
from views.figures.specs import Choropleth
from views.language.escape import plain
from views.language.names import kind_names
from views.topics.map import legend as map_legend

if TYPE_CHECKING:
    from views.link.context import Session


def of_map(session: Session, indicator: Indicator, result: Layer, selected: str | None, shown: MapSpec) -> Choropleth:
    """What the map of the page shows, with its facilities and its legend, as a picture."""
    w, data = session.words, session.data
    note = plain(map_legend.legend_note(w, data, indicator, result))
    chosen = selected[:8] if selected and result.level == "kecamatan" else selected
    return maps.choropleth(w, data, session.corridor, indicator, result, note, chosen, shown.points)


# Many thousand stops would bury the map: they are drawn near the border of small corridors only.
MOST_POINTS = 1500


def spec(
    session: Session,
    indicator: Indicator,
    result: Layer,
    chosen: str | None,
    layout: str,
    labels: Mapping[str, str],
    facilities: Sequence[str],
    legend: MapLegend,
    view: Sequence[float],
) -> MapSpec:
    """What the map shows.

    Parameters
    ----------
    chosen : kode of the unit that is outlined
    labels : second line of the tooltip, by kode
    facilities : kinds of facility that are drawn
    legend : of the map
    view : latitude, longitude and zoom of the link, () without
    """
    data, corridor = session.data, session.corridor
    level: Literal["kelurahan", "kecamatan"] = "kecamatan" if result.level == "kecamatan" else "kelurahan"
    unit = chosen[:8] if chosen and level == "kecamatan" else chosen
    related = tuple(n.kode for n in neighbours_across(data.pairs, unit, corridor.sides)) if unit else ()
    return spec_of(
        session,
        level=level,
        classes={str(k): int(c) for k, c in result.classes.index.items()},
        labels=labels,
        colors=layer_colors(result, indicator),
        selected=unit,
        related=related,
        points=facility_points(session, facilities),
        layout="berdampingan" if layout == "berdampingan" else "bersama",
        uncertain=tuple(str(k) for k in result.uncertain.index[result.uncertain]),
        legend=legend,
        view=tuple(view),
    )


def facility_points(session: Session, kinds: Sequence[str]) -> tuple[MapPoint, ...]:
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
