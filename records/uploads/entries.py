"""The normal form of the rows of a submitted file, checked before it is stored and again when it is read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import shapely

from data.lists import KINDS, POST
from records.uploads.tables import LONGEST_FILE, LONGEST_NOTE, Kind

MOST_ROWS = 60_000
MOST_BYTES = 8_000_000
MOST_VALUE = 1e12

_UNIT = re.compile(r"\d\d\.\d\d(?:\.\d\d(?:\.\d{4})?)?", re.ASCII)
_NAME = re.compile(r"[a-z0-9_]{1,64}", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)
LONGEST_PLACE, LONGEST_MARK = 200, 40
STATUSES = frozenset({"", "negeri", "swasta"})


class UploadError(ValueError):
    """A file that is not taken, or a decision that cannot be made.

    Parameters
    ----------
    reason : names the problem; the words for it stand in `views`
    detail : what belongs to it
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Submission:
    """What an editor submits.

    Attributes
    ----------
    kind, kabkota : what it holds, and of which kabkota; every row is of this kabkota
    name, sha256, size : of the file as it was brought; the file itself is not kept
    day : of which day its figures are
    note : of the editor
    mapping : how its columns and names were read, as plain values; of places also ``complete``, whether they are all
    rows : its checked rows, see `COLUMNS`
    revises : key of the submission that it corrects, None for none
    """

    kind: Kind
    kabkota: str
    name: str
    sha256: str
    size: int
    day: date
    note: str
    mapping: dict[str, Any]
    rows: Sequence[Sequence[Any]]
    revises: int | None = None


def packed(kind: Kind, kabkota: str, rows: Sequence[Sequence[Any]]) -> bytes:
    """The rows in their normal form: sorted, each once, as JSON.

    Parameters
    ----------
    kind : what the rows hold
    kabkota : kode to which every row belongs
    rows : as of `COLUMNS`

    Raises
    ------
    UploadError
        A row cannot be, is of another kabkota, or stands twice.
    """
    if not rows:
        raise UploadError("empty")
    if len(rows) > MOST_ROWS:
        raise UploadError("many_rows")
    check, length = _CHECKS.get(kind, (_figure, 2))
    clean = sorted((check(kabkota, row) for row in rows), key=lambda row: [str(cell) for cell in row])
    keys = [tuple(row[:length]) for row in clean]
    if len(set(keys)) != len(keys):
        raise UploadError("row_twice")
    if kind is Kind.PEOPLE and any(row[1] != "penduduk" for row in clean):
        raise UploadError("row")
    content = json.dumps(clean, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    if len(content) > MOST_BYTES:
        raise UploadError("many_rows")
    return content


def unpacked(content: bytes, digest: str) -> list[list[Any]]:
    """The rows as they were stored.

    Raises
    ------
    UploadError
        They are not those of this hash.
    """
    if sha256(content).hexdigest() != digest:
        raise UploadError("damaged")
    rows: list[list[Any]] = json.loads(content)
    return rows


def checked(submission: Submission, today: date) -> dict[str, Any]:
    """Columns of a submission besides its rows; what cannot be is refused.

    Parameters
    ----------
    submission : as it was handed in
    today : after which no figure can be
    """
    name = "".join(c for c in submission.name if c.isprintable()).strip()[-LONGEST_FILE:] or "berkas"
    note = submission.note.strip()
    if len(note) > LONGEST_NOTE:
        raise UploadError("note_long")
    if not date(1990, 1, 1) <= submission.day <= today:
        raise UploadError("day")
    if not _SHA.fullmatch(submission.sha256) or not re.fullmatch(r"\d\d\.\d\d", submission.kabkota, re.ASCII):
        raise UploadError("row")
    if len(json.dumps(submission.mapping)) > 200_000:
        raise UploadError("many_rows")
    return {
        "kind": submission.kind, "name": name, "sha256": submission.sha256, "size": submission.size,
        "day": submission.day, "note": note, "mapping": submission.mapping, "revises": submission.revises,
    }  # fmt: skip


def _figure(kabkota: str, row: Sequence[Any]) -> list[Any]:
    try:
        kode, name, value, year = row
        value = float(value)
    except (TypeError, ValueError) as error:
        raise UploadError("row") from error
    if not (isinstance(kode, str) and _UNIT.fullmatch(kode) and isinstance(name, str) and _NAME.fullmatch(name)):
        raise UploadError("row")
    if not kode.startswith(kabkota):
        raise UploadError("other_kabkota", kode)
    if not math.isfinite(value) or not 0 <= value <= MOST_VALUE:
        raise UploadError("row", kode)
    if year is not None and not (isinstance(year, int) and 1900 <= year <= 2100):
        raise UploadError("row", kode)
    return [kode, name, value, year]


def _place(kabkota: str, row: Sequence[Any]) -> list[Any]:
    try:
        kind, name, kode, lon, lat, status, mark = row
        at = None if lon is None or lat is None else (float(lon), float(lat))
    except (TypeError, ValueError) as error:
        raise UploadError("row") from error
    if not (kind in KINDS and isinstance(kode, str) and _UNIT.fullmatch(kode)):
        raise UploadError("row")
    if status not in STATUSES or not (isinstance(mark, str) and len(mark) <= LONGEST_MARK and mark.isprintable()):
        raise UploadError("row", kode)
    if not (isinstance(name, str) and 0 < len(name.strip()) <= LONGEST_PLACE and name.isprintable()):
        raise UploadError("row", kode)
    # A fire post may stand across the line; every other place belongs to where it stands.
    if not kode.startswith(kabkota) and kind != POST:
        raise UploadError("other_kabkota", kode)
    if at is not None and not (94 <= at[0] <= 141.5 and -11.5 <= at[1] <= 6.5):
        raise UploadError("row", kode)
    return [kind, name.strip(), kode, *(at or (None, None)), status, mark]


def _boundary(kabkota: str, row: Sequence[Any]) -> list[Any]:
    """A kelurahan and its polygon: WKT in degrees, with the corners on the grid of the layer."""
    try:
        kode, text = row
        shape = shapely.from_wkt(str(text))
    except (TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise UploadError("row") from error
    if not (isinstance(kode, str) and _UNIT.fullmatch(kode) and len(kode) == 13):
        raise UploadError("row")
    if not kode.startswith(kabkota):
        raise UploadError("other_kabkota", kode)
    west, south, east, north = shapely.bounds(shape)
    inside = west >= 94 and east <= 141.5 and south >= -11.5 and north <= 6.5
    if shape.geom_type not in ("Polygon", "MultiPolygon") or not inside or not shape.is_valid or shape.area == 0:
        raise UploadError("row", kode)
    return [kode, shapely.to_wkt(shape, rounding_precision=6)]


_CHECKS: dict[Kind, tuple[Callable[[str, Sequence[Any]], list[Any]], int]] = {
    Kind.PLACES: (_place, 3),
    Kind.BOUNDARIES: (_boundary, 1),
}
"""Of each kind of file, what puts a row into its normal form, and the first columns by which it stands once."""
