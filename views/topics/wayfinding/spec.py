"""The map of where the residents of a kelurahan can go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.access.wayfinding import Wayfinding
from analysis.values.profile import neighbours_across
from geo.projection import degrees_of
from views.figures import maps
from views.figures.captions import sides_of
from views.figures.mapspec import MapPoint, MapSpec, spec_of
from views.figures.specs import Choropleth
from views.language.names import kind_names
from views.topics.wayfinding import words as wayfinding_words

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 380


def spec(session: Session, result: Wayfinding) -> MapSpec:
    """The corridor with the kelurahan and the named facilities that have a point; sides in their own colours.

    Parameters
    ----------
    session : language, data and border of this run
    result : of a kelurahan
    """
    data, corridor = session.data, session.corridor
    units = data.units("kelurahan", corridor.sides)
    order = {side: position for position, side in enumerate(corridor.sides)}
    return spec_of(
        session,
        classes={str(k): order[s] for k, s in units["kode_kabkota"].items()},
        labels={str(k): str(s) for k, s in units["kabkota"].items()},
        colors=tuple(side.color(session.dark) for side in sides_of(data, corridor.sides)),
        selected=result.kode,
        related=tuple(n.kode for n in neighbours_across(data.pairs, result.kode, corridor.sides)),
        points=_points(session, result),
        near=True,
    )


def _points(session: Session, result: Wayfinding) -> tuple[MapPoint, ...]:
    names = kind_names(session.words)
    found = {}
    for one in (n for d in result.destinations for n in (d.own, d.across) if n is not None and n.place is not None):
        assert one.place is not None
        lon, lat = degrees_of(*one.place)
        found[one.place] = MapPoint(kind=one.kind, text=f"{names[one.kind]}: {one.name}", lon=lon, lat=lat)
    return tuple(found.values())


def picture(session: Session, result: Wayfinding) -> Choropleth:
    """The same map as a picture.

    Parameters
    ----------
    session : language, data and border of this run
    result : of a kelurahan
    """
    w, data, corridor = session.words, session.data, session.corridor
    title = wayfinding_words.question(w, data, result.kode)
    sources = ("big_kepmendagri",)
    drawn = maps.painted(w, data, corridor, replace(spec(session, result), dark=False), (), title, "", "", sources)
    return replace(drawn, near=True)
