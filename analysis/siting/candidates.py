"""Where a shared place could stand: a point inside every kelurahan, or the places that a user has drawn into a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.scenario.placing import RefusedError, in_indonesia, kelurahan_of
from geo.grid import Grid

MOST_PLACES = 40
"""Places of the user's own, at most."""
_LONGEST = 2000


class PlacesError(RefusedError):
    """Places that cannot be used.

    Attributes
    ----------
    code : terlalu_panjang, terlalu_banyak, bentuk, tempat or dua_kali
    part : the part of the text that is wrong
    """


@dataclass(frozen=True)
class Place:
    """A candidate.

    Attributes
    ----------
    kode, side : its kelurahan and kabkota
    lon, lat : degrees
    drawn : whether it is one of the user's own; else an indicative place in the kelurahan
    """

    kode: str
    side: str
    lon: float
    lat: float
    drawn: bool


def written_places(places: Sequence[tuple[float, float]]) -> str:
    """Places as text for a link, to five decimals, about a metre."""
    return ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in places)


def parse_places(text: str, grid: Grid, sides: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Read ``lon,lat;lon,lat``.

    Parameters
    ----------
    text : what `written_places` gives; empty for none
    grid : sample points of all kelurahan; the nearest one decides in which kelurahan a place lies
    sides : kode_kabkota in which a place may lie

    Raises
    ------
    PlacesError
        One part is wrong: then nothing is used.
    """
    if len(text) > _LONGEST:
        raise PlacesError("terlalu_panjang", text[:40])
    parts = [part for part in text.split(";") if part]
    if len(parts) > MOST_PLACES:
        raise PlacesError("terlalu_banyak", str(len(parts)))
    places: list[tuple[float, float]] = []
    for part in parts:
        try:
            lon, lat = (round(float(number), 5) for number in part.split(","))
        except (ValueError, OverflowError):
            raise PlacesError("bentuk", part) from None
        if not in_indonesia(lon, lat):
            raise PlacesError("tempat", part)
        if (lon, lat) in places:
            raise PlacesError("dua_kali", part)
        places.append((lon, lat))
    for place, kode in zip(places, kelurahan_of(places, grid), strict=True):
        if kode[:5] not in sides:
            raise PlacesError("tempat", written_places([place]))
    return tuple(places)


def candidates_of(units: pd.DataFrame, grid: Grid, drawn: Sequence[tuple[float, float]]) -> tuple[Place, ...]:
    """The user's own places, or a point inside every kelurahan, in order of their kode.

    Parameters
    ----------
    units : kelurahan of the sides by kode: kode_kabkota, label_lon, label_lat
    grid : sample points of all kelurahan
    drawn : longitude and latitude of the user's own places; empty for none
    """
    if drawn:
        kodes = kelurahan_of(drawn, grid)
        found = [Place(k, k[:5], lon, lat, True) for k, (lon, lat) in zip(kodes, drawn, strict=True)]
        return tuple(sorted(found, key=lambda p: (p.kode, p.lon, p.lat)))
    units = units.sort_index()
    columns = (units[c] for c in ("kode_kabkota", "label_lon", "label_lat"))
    return tuple(
        Place(str(kode), str(side), float(lon), float(lat), False)
        for kode, side, lon, lat in zip(units.index, *columns, strict=True)
    )
