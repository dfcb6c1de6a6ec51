"""The map of the drill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.fire.drill import Incident
from views.figures.mapspec import MapPoint, MapSpec
from views.link.session import Session
from views.topics.drill.words import place_name
from views.topics.fire import spec as fire_spec
from views.topics.fire import state as fire_state
from views.topics.fire.state import FireState


def spec(now: Session, state: FireState, found: Sequence[Incident]) -> MapSpec:
    """The incidents on the probability map."""
    w = now.words
    result = fire_state.result(state)
    points = tuple(
        MapPoint(
            kind="kejadian",
            text=w.t("Kejadian {n}: {tempat}", n=w.number(p.number), tempat=place_name(now.data, p)),
            lon=p.lon,
            lat=p.lat,
        )
        for p in found
    )
    base = fire_spec.spec(now, state, result, "peluang", "terbuka", False, None)
    return replace(base, points=(*base.points, *points))
