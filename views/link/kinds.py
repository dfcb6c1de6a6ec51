"""Kinds of parameter of a link: how their text is read, checked and written, and why it is refused.

What a link holds is used whole or not at all. Nothing here knows a parameter, a page or Streamlit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from analysis.fire.fire import not_posts
from analysis.scenario.changes import MOST_CHANGES, Change, ScenarioError, parse, written
from analysis.scenario.placing import kelurahan_of
from analysis.siting.candidates import MOST_PLACES, PlacesError, parse_places, written_places
from data.tables import Dataset
from geo.grid import Grid

LONGEST = 2000
"""Characters of a parameter, at most."""
LONGEST_ADDRESS = 200
CHANGEABLE = ("sd", "smp", "sma", "smk", "puskesmas", "rumah_sakit", "kantor_kelurahan", "pos_damkar")
"""Kinds of facility that a scenario may change."""
DECIMALS = 6
"""Decimals of a number that a link carries."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:[.,]\d{0,15})?|[.,]\d{1,15})", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)


@dataclass(frozen=True)
class Reason:
    """Why something is not used.

    Attributes
    ----------
    code : a key of `views.link.refusals.reason`
    part : the part of the text that is wrong, empty where the whole is
    low, high : limits that it does not keep, None without
    """

    code: str
    part: str = ""
    low: float | None = None
    high: float | None = None


class RefusedError(ValueError):
    """A parameter that cannot be used, with every reason."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(f"{r.code}: {r.part}" for r in reasons))
        self.reasons = reasons


class Kind(Protocol):
    """How the text of one kind of parameter is read and written."""

    @property
    def default(self) -> Any:
        """The value without the parameter."""

    def parse(self, text: str) -> Any:
        """The value that a text of the link says; raises RefusedError."""

    def checked(self, value: Any) -> Any:
        """A value that came back from a widget, as `parse` would give it; raises RefusedError."""

    def fitting(self, value: Any) -> Any:
        """What is left of an earlier value where other choices have changed what is allowed; raises RefusedError."""

    def text(self, value: Any) -> str:
        """The value as the link carries it; empty for the default."""


@dataclass(frozen=True)
class Choice:
    """One of several ids.

    Attributes
    ----------
    options : ids that the page has
    default : id without the parameter
    """

    options: Container[str]
    default: str

    def parse(self, text: str) -> str:
        """The text itself; refused where it is none of the options."""
        if text not in self.options:
            raise RefusedError(Reason("tidak_dikenal", text))
        return text

    def checked(self, value: Any) -> str:
        """The id that a widget holds, refused as in a link."""
        if not isinstance(value, str):
            raise RefusedError(Reason("tidak_dikenal", str(value)))
        return self.parse(value)

    def fitting(self, value: Any) -> str:
        """The id, or the default where it is an option no more."""
        return value if value in self.options else self.default

    def text(self, value: str) -> str:
        """The id; empty for the default."""
        return "" if value == self.default else value


@dataclass(frozen=True)
class OneBorder:
    """A border by the codes of both sides in either order, as in 32.75-32.76, or all borders of a kabkota by its code.

    Attributes
    ----------
    known : pairs of kode_kabkota, the lower one first, and single kode_kabkota
    default : without the parameter: no border
    """

    known: Container[str]
    default: str = ""

    def parse(self, text: str) -> str:
        """The border with the lower code first; refused where there is none such. An empty text is no border."""
        found = "-".join(sorted(text.split("-")))
        if text and found not in self.known:
            raise RefusedError(Reason("tidak_dikenal", text))
        return found

    def checked(self, value: Any) -> str:
        """The border that a widget holds, refused as in a link."""
        return self.parse(value if isinstance(value, str) else str(value))

    def fitting(self, value: str) -> str:
        """The border, or the default where it is known no more."""
        return value if value in self.known else self.default

    def text(self, value: str) -> str:
        """The border as it stands in the link."""
        return value


@dataclass(frozen=True)
class Several:
    """Some of several ids, separated by semicolons.

    Attributes
    ----------
    options : ids that the page has
    usual : those without the parameter
    most : ids, at most
    free : whether they keep the order of the link; else they take that of the options
    """

    options: Sequence[str]
    usual: Sequence[str] = ()
    most: int = 1000
    free: bool = False

    @property
    def default(self) -> list[str]:
        """The usual ids, in a new list."""
        return list(self.usual)

    def parse(self, text: str) -> list[str]:
        """The ids of a text; refused as in `checked`."""
        return self.checked(text.split(";"))

    def checked(self, value: Any) -> list[str]:
        """The ids in order; refused where one is unknown or stands twice, or where there are too many."""
        parts = [str(part) for part in value] if isinstance(value, (list, tuple)) else [str(value)]
        wrong = [Reason("tidak_dikenal", part) for part in parts if part not in self.options]
        wrong += [Reason("dua_kali", part) for part in dict.fromkeys(parts) if parts.count(part) > 1]
        if len(parts) > self.most:
            wrong.append(Reason("terlalu_banyak", str(len(parts)), high=self.most))
        if wrong:
            raise RefusedError(*wrong)
        return self._ordered(parts)

    def fitting(self, value: Sequence[str]) -> list[str]:
        """Those that are options still, and no more than may be."""
        return self._ordered([part for part in value if part in self.options][: self.most])

    def text(self, value: Sequence[str]) -> str:
        """The ids with semicolons; empty for the default."""
        return "" if value == self.default else ";".join(value)

    def _ordered(self, parts: list[str]) -> list[str]:
        return parts if self.free else [option for option in self.options if option in parts]


@dataclass(frozen=True)
class Whole:
    """A whole number.

    Attributes
    ----------
    low, high : limits, both allowed
    default : without the parameter
    """

    low: int
    high: int
    default: int

    def parse(self, text: str) -> int:
        """The number of a text of digits alone; refused where it is none or out of limits."""
        if not _WHOLE.fullmatch(text):
            raise RefusedError(Reason("bilangan_bulat", text, self.low, self.high))
        return self.checked(int(text))

    def checked(self, value: Any) -> int:
        """The number that a widget holds; refused where it is not whole or out of limits."""
        if not isinstance(value, int) or not self.low <= value <= self.high:
            raise RefusedError(Reason("bilangan_bulat", str(value), self.low, self.high))
        return value

    def fitting(self, value: int) -> int:
        """The number, or the default where it is out of limits."""
        return value if self.low <= value <= self.high else self.default

    def text(self, value: int) -> str:
        """The number in digits; empty for the default."""
        return "" if value == self.default else str(value)


@dataclass(frozen=True)
class Number:
    """Limits and default of one number of `Numbers`.

    Attributes
    ----------
    low, high : limits, both allowed
    default : without the parameter; of type int or bool it makes the number whole
    """

    low: float
    high: float
    default: int | float

    def parse(self, text: str, part: str = "") -> float:
        """The number that a text says; a refusal echoes `part`, or else the text."""
        if not _NUMBER.fullmatch(text):
            raise RefusedError(Reason("bilangan", part or text))
        value = float(text.replace(",", "."))
        if not _allowed(self, value):
            raise RefusedError(Reason("batas", part or text, self.low, self.high))
        return value


@dataclass(frozen=True)
class Numbers:
    """Numbers by key, as in ``bobot=pendidikan:2;kesehatan:1,5``; those that keep their default are not written.

    Attributes
    ----------
    entries : limits and default by key
    names : keys by the name that older links use for them
    """

    entries: Mapping[str, Number]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def default(self) -> dict[str, float]:
        """The default of every key."""
        return {key: entry.default for key, entry in self.entries.items()}

    def parse(self, text: str) -> dict[str, float]:
        """A number for every key; refused where a key is unknown or stands twice, or a number is wrong or too low or high."""
        found: dict[str, Any] = {}
        wrong = []
        for part in text.split(";"):
            name, _, number = part.partition(":")
            key = self.names.get(name, name)
            if key not in self.entries:
                wrong.append(Reason("tidak_dikenal", part))
            elif key in found:
                wrong.append(Reason("dua_kali", part))
            else:
                try:
                    found[key] = self.entries[key].parse(number, part)
                except RefusedError as error:
                    wrong += error.reasons
        if wrong:
            raise RefusedError(*wrong)
        return self.checked(self.default | found)

    def checked(self, value: Any) -> dict[str, float]:
        """The numbers that widgets hold, rounded to `DECIMALS`; refused where one is out of limits."""
        wrong = [
            Reason("batas", f"{key}:{value[key]}", entry.low, entry.high)
            for key, entry in self.entries.items()
            if not _allowed(entry, value[key])
        ]
        if wrong:
            raise RefusedError(*wrong)
        return {key: type(entry.default)(round(value[key], DECIMALS)) for key, entry in self.entries.items()}

    def fitting(self, value: Mapping[str, float]) -> dict[str, float]:
        """A number for every key: its earlier one, or the default where that is missing or out of limits."""
        return {
            key: value[key] if key in value and _allowed(entry, value[key]) else entry.default
            for key, entry in self.entries.items()
        }

    def text(self, value: Mapping[str, float]) -> str:
        """The numbers that differ from their default, with key; empty where none does."""
        changed = (key for key, entry in self.entries.items() if value[key] != entry.default)
        return ";".join(f"{key}:{number_text(float(value[key]))}" for key in changed)


def _allowed(entry: Number, value: Any) -> bool:
    number = isinstance(value, (int, float)) and math.isfinite(value)
    return number and entry.low <= value <= entry.high and (isinstance(entry.default, float) or value == int(value))


def number_text(value: float) -> str:
    """A number with a decimal point and no more decimals than it needs.

    Examples
    --------
    >>> number_text(2.0), number_text(0.25), number_text(1234567.5)
    ('2', '0.25', '1234567.5')
    """
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Address:
    """The http(s) address of a server, without path.

    Attributes
    ----------
    default : without the parameter: no address
    """

    default: str = ""

    def parse(self, text: str) -> str:
        """The origin that a text names; refused where it names none."""
        found = origin(text)
        if found is None:
            raise RefusedError(Reason("alamat", text))
        return found

    def checked(self, value: Any) -> str:
        """The origin that somebody typed, empty where nothing was typed; refused as in a link."""
        return self.parse(value) if value and value.strip() else ""

    def fitting(self, value: str) -> str:
        """The address, on which no other choice bears."""
        return value

    def text(self, value: str) -> str:
        """The address as it stands in the link."""
        return value


def origin(text: str) -> str | None:
    """The http(s) origin that somebody typed, None where it is none.

    Examples
    --------
    >>> origin(" https://tapal.bekasikota.go.id/ ")
    'https://tapal.bekasikota.go.id'
    >>> origin("javascript:alert(1)") is None
    True
    """
    text = text.strip()
    if not text or len(text) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    shown = f"[{host}]" if ":" in host else host
    plain = parts.scheme in {"http", "https"} and parts.path in {"", "/"} and not (parts.query or parts.fragment)
    if not plain or "@" in parts.netloc or not _HOST.fullmatch(shown) or ".." in host:
        return None
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


@dataclass(frozen=True)
class View:
    """Latitude, longitude and zoom of a map, as in ``-6.1200,106.1500,11.25``, for its first picture alone.

    Attributes
    ----------
    default : without the parameter: empty, for the view that the page chooses
    """

    default: tuple[float, ...] = ()

    def parse(self, text: str) -> tuple[float, ...]:
        """Latitude, longitude and zoom; refused where they are not three numbers within `VIEW_LIMITS`."""
        parts = text.split(",")
        if len(parts) != len(VIEW_LIMITS):
            raise RefusedError(Reason("bentuk", text))
        return tuple(limits.parse(part, text) for limits, part in zip(VIEW_LIMITS, parts, strict=True))

    def checked(self, value: Any) -> tuple[float, ...]:
        """The view that somebody has moved to, empty for none; refused as in a link."""
        return self.parse(self.text(value)) if value else ()

    def fitting(self, value: Sequence[float]) -> tuple[float, ...]:
        """Empty: another choice brings its own view."""
        return ()

    def text(self, value: Sequence[float]) -> str:
        """The three numbers with commas; empty for no view."""
        return ",".join(number_text(part) for part in value)


VIEW_LIMITS = (Number(-11.5, 6.5, 0.0), Number(94.5, 141.5, 0.0), Number(7, 17, 7.0))
"""Latitude and longitude of Indonesia, and the zoom of the map."""


@dataclass(frozen=True)
class Drawn:
    """Places inside the corridor, as in ``106.15320,-6.12010;106.2,-6.1``.

    Attributes
    ----------
    grid : sample points of all kelurahan; the nearest one decides in which kelurahan a place lies
    sides : kode_kabkota in which a place must lie
    default : without the parameter: no place
    """

    grid: Grid
    sides: Sequence[str]
    default: tuple[tuple[float, float], ...] = ()

    def parse(self, text: str) -> tuple[tuple[float, float], ...]:
        """Longitude and latitude of each place; refused where one is wrong or outside the sides, or where too many."""
        try:
            return parse_places(text, self.grid, self.sides)
        except PlacesError as error:
            raise RefusedError(Reason(error.code, error.part, high=MOST_PLACES)) from error

    def checked(self, value: Any) -> tuple[tuple[float, float], ...]:
        """The places that somebody drew, refused as in a link."""
        return self.parse(written_places(value))

    def fitting(self, value: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        """The places; refused as a whole where one lies outside the sides of another corridor."""
        return self.parse(written_places(value))

    def text(self, value: Sequence[tuple[float, float]]) -> str:
        """The places as the link writes them; empty for none."""
        return written_places(value)


@dataclass(frozen=True)
class Scenario:
    """Facilities added, closed or moved, as `analysis.scenario.changes` writes them.

    Attributes
    ----------
    data : the facilities that may change, the kabkota that may run a new one, and the sample points
    default : without the parameter: no change
    """

    data: Dataset
    default: tuple[Change, ...] = ()

    def parse(self, text: str) -> tuple[Change, ...]:
        """The changes; refused where one is unreadable, outside all kelurahan, or to what a list says is no post."""
        data = self.data
        try:
            changes = parse(text, data.facilities, CHANGEABLE, list(data.kabkota.index))
        except ScenarioError as error:
            raise RefusedError(Reason(error.code, error.part, high=MOST_CHANGES)) from error
        placed = [change for change in changes if change.lon is not None and change.lat is not None]
        kodes = kelurahan_of([(c.lon or 0.0, c.lat or 0.0) for c in placed], data.grid)
        wrong = [Reason("tempat", written([c])) for c, kode in zip(placed, kodes, strict=True) if not kode]
        wrong += [Reason("bukan_pos", name) for name in not_posts(data.facilities, changes)]
        if wrong:
            raise RefusedError(*wrong)
        return changes

    def checked(self, value: Any) -> tuple[Change, ...]:
        """The changes that somebody made on the page, refused as in a link."""
        return self.parse(written(value)) if value else ()

    def fitting(self, value: tuple[Change, ...]) -> tuple[Change, ...]:
        """The changes, whatever else was chosen."""
        return value

    def text(self, value: Sequence[Change]) -> str:
        """The changes as the link writes them; empty for none."""
        return written(value)


def taken(kind: Kind | None, texts: Sequence[str]) -> Any:
    """The value of a parameter that stands in an address; `texts` is its value for every time that it stands there.

    Raises
    ------
    RefusedError
        It stands there more than once, is empty, too long, holds signs that do not show, its kind refuses it, or there
        is no kind because the page has no use for it.
    """
    if len(texts) > 1:
        raise RefusedError(*(Reason("berulang", text) for text in texts))
    text = texts[0]
    if not text.strip():
        raise RefusedError(Reason("kosong"))
    if len(text) > LONGEST:
        raise RefusedError(Reason("terlalu_panjang", text))
    if not text.isprintable():
        raise RefusedError(Reason("tak_tampak", text))
    if kind is None:
        raise RefusedError(Reason("tidak_dikenal", text))
    return kind.parse(text)
