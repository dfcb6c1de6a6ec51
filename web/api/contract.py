"""What the feed is given: collections, their rows, and the words for what it refuses."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, Protocol

import geopandas as gpd
import pandas as pd

CLASSES: Final = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "oas30")
)


class Text(Protocol):
    """A text in both languages."""

    @property
    def id(self) -> str:
        """In Indonesian."""

    @property
    def en(self) -> str:
        """In English."""


class Column(Protocol):
    """A property of every row."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def kind(self) -> Literal["string", "integer", "number", "boolean"]:
        """Its kind; any value may be missing."""

    @property
    def text(self) -> Text | None:
        """What it means."""


class Collection(Protocol):
    """Rows of one kind."""

    @property
    def id(self) -> str:
        """How it is asked for."""

    @property
    def title(self) -> Text:
        """What it is called."""

    @property
    def text(self) -> Text:
        """What one row is."""

    @property
    def columns(self) -> Sequence[Column]:
        """In their order."""

    @property
    def spatial(self) -> bool:
        """Whether its rows have a place."""

    @property
    def time(self) -> str:
        """The column with the year of a row, "" for none."""

    @property
    def versioned(self) -> bool:
        """Whether it may be asked for as of a version."""

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north around all rows where they are not to be read for that alone; None: they are."""


class State(Protocol):
    """The rows of a collection as they are now or were as of a version."""

    @property
    def key(self) -> str:
        """What tells these rows from any others."""

    @property
    def rows(self) -> Callable[[], gpd.GeoDataFrame]:
        """Makes them, or finds them where they are kept; the index names each row, the CRS is EPSG:4326."""


class Holdings(Protocol):
    """All that is served."""

    @property
    def collections(self) -> Mapping[str, Collection]:
        """By id."""

    def state(self, name: str, version: int | None) -> State:
        """How a collection stands; KeyError for an unknown version, another error where nothing can be read."""

    def csv(self, rows: pd.DataFrame) -> str:
        """Rows as text."""


class RefusedError(Exception):
    """What is asked for cannot be given, in words.

    Parameters
    ----------
    status
        HTTP status.
    indonesian, english
        What is wrong and what would be right.
    wait_s
        After how many seconds to ask again, 0 where that would not help.
    """

    def __init__(self, status: int, indonesian: str, english: str, wait_s: int = 0) -> None:
        super().__init__(english)
        self.status = status
        self.indonesian = indonesian
        self.english = english
        self.wait_s = wait_s

    def problem(self) -> dict[str, Any]:
        """As RFC 9457 wants it."""
        title = TITLES.get(self.status, "Error")
        detail = {"detail": self.indonesian, "detail_en": self.english}
        return {"type": "about:blank", "title": title, "status": self.status, **detail}


TITLES: Final = {
    400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip
