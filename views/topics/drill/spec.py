"""The map of the drill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.fire.drill import Incident
from analysis.fire.fire import FireResult
from views.figures.mapspec import MapPoint, MapSpec
from views.topics.drill.words import place_name
from views.topics.fire import spec as fire_spec
from views.topics.fire.choices import FireState

if TYPE_CHECKING:
    from views.link.context import Session


def spec(session: Session, state: FireState, result: FireResult, found: Sequence[Incident]) -> MapSpec:
    """The incidents on the probability map.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the fire page
    result : response under it
    found : the incidents
    """
    w = session.words
    points = tuple(
        MapPoint(
            kind="kejadian",
            text=w.t("Kejadian {n}: {tempat}", n=w.number(p.number), tempat=place_name(session.data, p)),
            lon=p.lon,
            lat=p.lat,
        )
        for p in found
    )
    base = fire_spec.spec(session, state, result, "peluang", "terbuka", placing=False)
    return replace(base, points=(*base.points, *points))
