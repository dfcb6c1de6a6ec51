"""The map of a kelurahan's profile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.values.profile import Profile
from views.figures import maps
from views.figures.captions import shorts, sides_of
from views.figures.mapspec import MapSpec, spec_of
from views.figures.specs import Choropleth
from views.language.escape import plain

if TYPE_CHECKING:
    from views.link.context import Session


def of_place(session: Session, result: Profile, note: str) -> Choropleth:
    """Where a kelurahan lies, as a picture.

    Parameters
    ----------
    session : language, data and border of this run
    result : profile of the kelurahan
    note : what stands under the map, in Markdown
    """
    w, data = session.words, session.data
    drawn = maps.place_map(w, data, session.corridor, result)
    source = shorts(w, data, ("big_kepmendagri",))
    said = w.t("Sumber: {sumber}", sumber=source)
    title = w.t("Letak {nama} dan tetangganya di seberang garis batas", nama=drawn.title)
    return replace(drawn, title=title, note=f"{plain(note)} {said}.", source=source)


HEIGHT = 340


def spec(session: Session, kode: str, result: Profile) -> MapSpec:
    """The corridor with the kelurahan and its neighbours across the line; sides in their own colours.

    Parameters
    ----------
    session : language, data and border of this run
    kode : of the kelurahan
    result : its profile
    """
    corridor = session.corridor
    units = session.data.units("kelurahan", corridor.sides)
    order = {side: position for position, side in enumerate(corridor.sides)}
    return spec_of(
        session,
        classes={str(k): order[s] for k, s in units["kode_kabkota"].items()},
        labels={str(k): str(s) for k, s in units["kabkota"].items()},
        colors=tuple(side.color(session.dark) for side in sides_of(session.data, corridor.sides)),
        selected=kode,
        related=tuple(n.kode for n in result.neighbours),
        near=True,
    )
