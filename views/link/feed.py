"""What /api/v1 holds at this moment or as of a version: which state it is in, and its rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from analysis.agreements.published import agreements_of, projects_of
from data import national_tables
from data.national_tables import National
from data.tables import Dataset
from data.versions import apply, in_force, version_key
from open_data import feed
from open_data.indicators import sides_of
from records.agreements import reading as agreements
from records.proposals import reading as proposals
from records.uploads import reading as uploads
from views.language.cells import csv_text
from views.link import context, results

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

MOST_KEPT: Final = 24
"""Frames of rows that are kept: those of now, and some as of versions."""
_SHIPPED: Final[dict[str, Callable[[Dataset], Any]]] = {
    "fasilitas": feed.places,
    "indikator": feed.indicators,
}
"""What no version of office data changes."""
_VERSIONED: Final[dict[str, Callable[[Dataset], Any]]] = {
    "kelurahan": feed.kelurahan,
    "batas": feed.borders,
    "perbatasan": feed.at_line,
    "nilai": feed.values,
    "sumber": feed.sources,
    "versi": feed.versions,
}
_NATIONAL: Final[dict[str, Callable[[National], Any]]] = {
    "batas_indonesia": feed.all_borders,
    "kelurahan_batas_indonesia": feed.at_all_borders,
}
"""What rests on no data set of a corridor; a copy may come without it."""


class ClosedError(Exception):
    """What offices have published or entered cannot be read now; a part of it would be told as the whole."""


@dataclass(frozen=True)
class State:
    """The rows of a collection as they are now or were as of a version.

    Attributes
    ----------
    key : what tells these rows from any others
    rows : makes them, or finds them where they are kept
    """

    key: str
    rows: Callable[[], gpd.GeoDataFrame]


class Feed:
    """All collections, their rows kept by state; threads share it."""

    collections = feed.COLLECTIONS

    def __init__(self) -> None:
        self._lock = RLock()
        self._kept: OrderedDict[str, gpd.GeoDataFrame] = OrderedDict()

    def state(self, name: str, version: int | None = None) -> State:
        """How a collection stands.

        Parameters
        ----------
        name : id of the collection
        version : as of which version of office data, None for now; 0 for none

        Raises
        ------
        KeyError
            There is no such version.
        ClosedError
            The database cannot be read.
        """
        if name in _NATIONAL:
            national = national_tables.shipped()
            if not national.there:
                return self._state(name, "", lambda: feed.none(name))
            return self._state(name, national.version, lambda: _NATIONAL[name](national))
        shipped = context.dataset()
        if name in _SHIPPED or name in _VERSIONED:
            history = uploads.history()
            if history is None:
                raise ClosedError
            versions = in_force(history, version)
            if name in _SHIPPED:
                return self._state(name, shipped.version, lambda: _SHIPPED[name](shipped.printable))
            if version is None:
                # The data set that the pages share.
                now = results.as_of(shipped, history)
                return self._state(name, now.version, lambda: _VERSIONED[name](now.printable))
            # Not by `results.as_of`: who asks for one version after the other would empty what the pages keep.
            key = version_key(shipped, versions, version)
            return self._state(name, key, lambda: _VERSIONED[name](apply(shipped, versions, version).printable))
        stamp = agreements.state()
        if stamp is None:
            raise ClosedError
        if name == "usulan":
            sides = sides_of(list(shipped.catalogue.corridors.values()))
            at = proposals.stamp()
            key = f"{shipped.version}/{at}"
            return self._state(name, key, lambda: feed.proposals(shipped, proposals.proposals(sides, at)))
        today = context.today()
        key = f"{shipped.version}/{stamp}/{today}"
        own, planned = agreements.on_record()
        if name == "proyek":
            return self._state(name, key, lambda: feed.projects(shipped, (*projects_of(shipped.projects), *planned)))
        known = (*agreements_of(shipped.agreements), *own)
        return self._state(name, key, lambda: feed.agreements(shipped, known, today))

    def csv(self, rows: pd.DataFrame) -> str:
        """Rows as text, written as every other CSV of the product."""
        return csv_text(rows)

    def _state(self, name: str, key: str, make: Callable[[], gpd.GeoDataFrame]) -> State:
        whole = f"{name}/{key}"

        def rows() -> gpd.GeoDataFrame:
            with self._lock:
                if whole not in self._kept:
                    self._kept[whole] = make()
                    while len(self._kept) > MOST_KEPT:
                        self._kept.popitem(last=False)
                self._kept.move_to_end(whole)
                return self._kept[whole]

        return State(whole, rows)
