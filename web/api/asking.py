"""What is asked for: the parameters of each collection, the box, the time and the form of the answer."""

import math
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoDataFrame
from pydantic import BaseModel, ConfigDict, Field, create_model
from starlette.datastructures import QueryParams

from web.api.contract import Collection, RefusedError

USUAL_ROWS: Final = 100
MOST_ROWS: Final = 1000
"""Features of a page; CSV and GeoParquet come whole."""
WHOLE: Final = ("csv", "parquet")
MEDIA: Final = {
    "geojson": "application/geo+json",
    "records": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_ACCEPTED: Final = {
    "application/geo+json": "geojson",
    "application/json": "geojson",
    "application/*": "geojson",
    "*/*": "geojson",
    "text/csv": "csv",
    "text/*": "csv",
    "application/vnd.apache.parquet": "parquet",
}
_DOCUMENT: Final = (
    "application/json",
    "application/*",
    "*/*",
    "application/vnd.oai.openapi+json",
    "application/openapi+json",
)
_LARGEST: Final = 2**53
_A_MOMENT: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2}))?"
)
_MOMENT: Final = re.compile(_A_MOMENT)
DATETIME: Final = rf"^(?:{_A_MOMENT}|(?:{_A_MOMENT}|\.\.)?/(?:{_A_MOMENT}|\.\.)?)$"
"""A moment, or an interval of which an end may be open."""

Format = Literal["json", "geojson", "records", "csv", "parquet"]


class Document(BaseModel):
    """The parameters of what is no list of rows."""

    model_config = ConfigDict(extra="forbid")
    f: Literal["json"] | None = Field(None, description="bentuk jawaban")


class OneRow(BaseModel):
    """The parameters of a single row."""

    model_config = ConfigDict(extra="forbid")
    f: Literal["json", "geojson"] | None = Field(None, description="bentuk jawaban")


class OneVersionedRow(OneRow):
    """The same as of a version."""

    per: int | None = Field(None, ge=0, le=_LARGEST, description="per versi data kantor ke-N; 0 tanpa data kantor")


def parameters_of(collection: Collection) -> type[BaseModel]:
    """The parameters of the rows of a collection: of the standard, and each property that is no number."""
    kinds: dict[str, Any] = {"string": str, "integer": int, "boolean": bool}
    bounds: dict[str, dict[str, Any]] = {
        "string": {"max_length": 300},
        "integer": {"ge": -_LARGEST, "le": _LARGEST},
        "boolean": {},
    }
    fields: dict[str, Any] = {
        "bbox": (
            str | None,
            Field(None, max_length=200, description="bujur barat, lintang selatan, bujur timur, lintang utara"),
        ),
        "datetime": (
            str | None,
            Field(None, max_length=80, description="saat atau rentang (RFC 3339), dibandingkan menurut tahun"),
        ),
        "limit": (
            int | None,
            Field(
                None, ge=1, description=f"baris, paling banyak {MOST_ROWS}; bawaan {USUAL_ROWS}, csv dan parquet semua"
            ),
        ),
        "offset": (int, Field(0, ge=0, description="baris yang dilewati")),
        "snapshot": (
            str | None,
            Field(None, max_length=32, description="keadaan data pada halaman pertama; tautan next memuatnya"),
        ),
        "f": (
            Format | None,
            Field(None, description="bentuk jawaban; json sama dengan geojson, records tanpa geometri"),
        ),
    }
    if collection.versioned:
        fields["per"] = OneVersionedRow.__annotations__["per"], OneVersionedRow.model_fields["per"]
    for column in collection.columns:
        if column.kind in kinds:
            text = f"{column.text.id}; " if column.text else ""
            described = Field(None, description=f"{text}hanya baris dengan nilai ini", **bounds[column.kind])
            fields[column.name] = (kinds[column.kind] | None, described)
    return create_model(f"Asked_{collection.id}", __config__=ConfigDict(extra="forbid"), **fields)


_WRONG: Final = {
    "extra_forbidden": ("tidak dikenal di sini", "is not known here"),
    "greater_than_equal": ("paling kecil {ge}", "is at least {ge}"),
    "less_than_equal": ("paling besar {le}", "is at most {le}"),
    "literal_error": ("adalah salah satu dari {expected}", "is one of {expected}"),
    "string_too_long": ("paling panjang {max_length} huruf", "has at most {max_length} letters"),
    "bool_parsing": ("adalah true atau false", "is true or false"),
}


def invalid(errors: Sequence[Any]) -> RefusedError:
    """What is wrong with parameters, one sentence each; what was given is not repeated."""
    indonesian, english = [], []
    for error in errors[:5]:
        name = re.sub(r"[^\w.-]", "?", str(error["loc"][-1]), flags=re.ASCII)[:40]
        own, foreign = _WRONG.get(error["type"], ("adalah bilangan bulat", "is a whole number"))
        limits = error.get("ctx", {})
        indonesian.append(f"Parameter {name} {own.format_map(limits)}.")
        english.append(f"The parameter {name} {foreign.format_map(limits)}.")
    return RefusedError(400, " ".join(indonesian), " ".join(english))


def only_once(query: QueryParams) -> None:
    """Refuse a parameter that is given twice: which of the two was meant?"""
    names = [name for name, _ in query.multi_items()]
    for name in names:
        if names.count(name) > 1:
            raise RefusedError(400, f"Parameter {name} disebut dua kali.", f"The parameter {name} is given twice.")


def format_of(accept: str, asked: str | None) -> str:
    """The form of an answer: that of `f`, else the best of the Accept header."""
    if asked:
        return "geojson" if asked == "json" else asked
    return _ACCEPTED[_best(accept, tuple(_ACCEPTED))]


def document_accepted(accept: str, asked: str | None) -> None:
    """Refuse who wants anything but JSON."""
    if not asked:
        _best(accept, _DOCUMENT)


def row_accepted(accept: str, asked: str | None) -> None:
    """Refuse who wants a single row as anything but GeoJSON."""
    if not asked:
        _best(accept, ("application/geo+json", "application/json", "application/*", "*/*"))


def _best(accept: str, offered: tuple[str, ...]) -> str:
    """The wish of an Accept header that can be met and is wanted most; the first of equals."""
    wishes = []
    for part in (accept or "*/*").split(","):
        media, *rest = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in rest if piece.startswith("q=")), "1")
        wishes.append((media, float(weight) if re.fullmatch(r"[01](?:\.\d{0,3})?", weight) else 0.0))
    met = [(media, weight) for media, weight in wishes if media in offered and weight > 0]
    if not met:
        kinds = ", ".join(kind for kind in offered if "*" not in kind)
        raise RefusedError(
            406,
            f"Bentuk yang diminta tidak tersedia. Yang ada: {kinds}.",
            f"The form that is asked for is not there. There is: {kinds}.",
        )
    return max(met, key=lambda wish: wish[1])[0]


def box_of(text: str) -> tuple[float, float, float, float]:
    """West, south, east and north of a box; heights are left out.

    Raises
    ------
    RefusedError
        It is none; an exchange of longitude and latitude is named as such.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise RefusedError(
            400,
            "bbox adalah empat angka: bujur barat, lintang selatan, bujur timur, lintang utara.",
            "bbox is four numbers: west longitude, south latitude, east longitude, north latitude.",
        )
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    if max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        raise RefusedError(
            400,
            "Lintang pada bbox di luar -90 sampai 90 atau bujur di luar -180 sampai 180; bujur ditulis lebih dulu.",
            "A latitude of bbox is beyond 90 degrees or a longitude beyond 180; the longitude comes first.",
        )
    if south > north:
        raise RefusedError(
            400,
            "Lintang selatan pada bbox lebih besar daripada lintang utara.",
            "The south latitude of bbox is greater than the north latitude.",
        )
    return west, south, east, north


def years_of(text: str) -> tuple[float, float]:
    """First and last year of a moment or an interval; an open end is infinite."""
    ends = text.split("/")
    if len(ends) > 2 or (len(ends) == 1 and ends[0] in ("", "..")):
        raise _no_time()
    first = -math.inf if ends[0] in ("", "..") else _moment(ends[0]).timestamp()
    last = math.inf if ends[-1] in ("", "..") else _moment(ends[-1]).timestamp()
    if first > last:
        raise _no_time()
    return (
        -math.inf if ends[0] in ("", "..") else _moment(ends[0]).year,
        math.inf if ends[-1] in ("", "..") else _moment(ends[-1]).year,
    )


def _moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise _no_time()
    try:
        found = datetime.fromisoformat(text.upper())
        found.timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise _no_time() from error
    return found


def _no_time() -> RefusedError:
    return RefusedError(
        400,
        "datetime adalah tanggal (2024-12-31), saat (2024-12-31T00:00:00Z) atau rentang (2020-01-01/..).",
        "datetime is a date (2024-12-31), a moment (2024-12-31T00:00:00Z) or an interval (2020-01-01/..).",
    )


def chosen(rows: GeoDataFrame, collection: Collection, asked: BaseModel) -> npt.NDArray[np.intp]:
    """Positions of the rows that are asked for, in their order. One without place or year is always in.

    Parameters
    ----------
    rows
        Of the collection, in one state.
    collection
        With their columns.
    asked
        Parameters of the request, of `parameters_of`.
    """
    wanted = asked.model_dump()
    keep = np.ones(len(rows), dtype=bool)
    for column in collection.columns:
        if wanted.get(column.name) is not None:
            keep &= rows[column.name].eq(wanted[column.name]).fillna(False).to_numpy(dtype=bool)
    if wanted["datetime"] is not None:
        first, last = years_of(wanted["datetime"])
        if collection.time:
            years = rows[collection.time].to_numpy(dtype=float, na_value=np.nan)
            keep &= np.isnan(years) | ((years >= first) & (years <= last))
    if wanted["bbox"] is not None:
        west, south, east, north = box_of(wanted["bbox"])
        inside = rows.geometry.isna().to_numpy(copy=True)
        # A box whose west lies east of its east goes round the back of the earth.
        parts = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        for left, right in parts:
            inside[rows.sindex.query(shapely.box(left, south, right, north), predicate="intersects")] = True
        keep &= inside
    return np.flatnonzero(keep)
