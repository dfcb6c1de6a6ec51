"""Numbers and dates as Indonesian and English offices write them. What may mean two things is asked, never guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from data.intake.problems import CellError

Cell = str | float | bool | date | datetime | time | timedelta
Habit = Literal["id", "en"]
Kind = Literal["count", "decimal", "rupiah"]

EMPTY = frozenset(
    {"", "-", "–", "—", "n/a", "na", "n.a.", "#n/a", "null", "none", "...", "…", "belum ada data", "tidak ada data"}
)
LONGEST = 15
"""Digits that a number keeps exactly."""
EARLIEST, LATEST = date(1945, 8, 17), date(2100, 12, 31)
# Serial 1 of Excel is 1 January 1900, with a 29 February 1900 that never was.
_SERIAL_ZERO = date(1899, 12, 30)
INDONESIA = (94.0, -11.5, 141.5, 6.5)
"""West, south, east and north of the box around it, in degrees."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb peb februari pebruari february", "mar maret march mrt", "apr april", "mei may",
            "jun juni june", "jul juli july", "agu agt ags agus agst agustus aug august", "sep sept september",
            "okt oct oktober october", "nov nop november nopember", "des dec desember december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

_PLAIN = re.compile(r"\d+", re.ASCII)
_UNSURE = re.compile(r"[1-9]\d{0,2}([.,])\d{3}", re.ASCII)
_WRITTEN = {
    "id": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", re.ASCII),
    "en": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+", re.ASCII),
}
_POWER = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(r"[ T]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: *(?:WIB|Z))?$", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2}|[a-z]{3,9})\.?\2(\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Numbers:
    """A column of numbers.

    Attributes
    ----------
    values : one a cell; None where it is empty, cannot be read, or waits for an answer
    errors : by position, what cannot be read
    unsure : positions that wait until somebody says what a single mark before three digits means
    """

    values: tuple[float | None, ...]
    errors: dict[int, CellError]
    unsure: tuple[int, ...]


def text_of(cell: Cell) -> str:
    """A cell as text, whole numbers without a fraction.

    Examples
    --------
    >>> text_of(3604011001.0), text_of(1.5), text_of(" a ")
    ('3604011001', '1.5', 'a')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float | int):
        whole = math.isfinite(cell) and cell == int(cell) and abs(cell) < 10**LONGEST
        return str(int(cell)) if whole else repr(cell)
    return " ".join(str(cell).split())


def is_empty(cell: Cell) -> bool:
    """Whether a cell says that nothing is known."""
    return isinstance(cell, str) and cell.strip().lower() in EMPTY


def numbers_of(cells: Sequence[Cell], kind: Kind = "decimal", habit: Habit | None = None) -> Numbers:
    """Read a column.

    Where all other cells tell one habit, a single mark before three digits has its meaning there; a count and rupiah
    have no three decimals. Otherwise `habit` must say.

    Parameters
    ----------
    cells : sequence of Cell
    kind : {"count", "decimal", "rupiah"}
        A count is whole and not negative.
    habit : {"id", "en"}, optional
        What "1.234" means: Indonesian, 1234; English, 1.234.

    Examples
    --------
    >>> numbers_of(["1.234,5", "1,234.5", "-", "7"]).values
    (1234.5, 1234.5, None, 7.0)
    >>> numbers_of(["1.234", "1.234,5"]).values, numbers_of(["1.234", "8"]).unsure
    ((1234.0, 1234.5), (0,))
    """
    values: list[float | None] = []
    errors: dict[int, CellError] = {}
    unsure: dict[int, tuple[str, str]] = {}
    seen: set[Habit] = set()
    for position, cell in enumerate(cells):
        values.append(None)
        try:
            found = _number(cell, kind)
        except CellError as error:
            errors[position] = error
            continue
        if isinstance(found, tuple):
            said, values[position] = found
            seen.add(said)
        elif isinstance(found, str):
            unsure[position] = (found, str(_UNSURE.fullmatch(found.lstrip("-"))[1]))  # type: ignore[index]
        else:
            values[position] = found
    told = habit or (next(iter(seen)) if len(seen) == 1 else None)
    if kind != "decimal" or told is not None:
        for position, (text, mark) in unsure.items():
            group = kind != "decimal" or mark == (".", ",")[told == "en"]
            values[position] = float(text.replace(mark, "" if group else "."))
        unsure = {}
    for position, value in enumerate(values):
        if value is not None and kind == "count" and (value < 0 or value != int(value)):
            errors[position] = CellError("negative" if value < 0 else "whole")
            values[position] = None
    return Numbers(tuple(values), errors, tuple(unsure))


def _number(cell: Cell, kind: Kind) -> float | str | tuple[Habit, float] | None:
    """A number, alone or with the habit that it shows; the text where it may mean two; None for an empty cell."""
    if isinstance(cell, bool):
        raise CellError("number")
    if isinstance(cell, date | time | timedelta):
        raise CellError("number_date")
    if isinstance(cell, float | int):
        if not math.isfinite(cell):
            raise CellError("infinite")
        return float(cell)
    text = cell.strip().replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    if is_empty(text):
        return None
    if kind == "rupiah":
        text = re.sub(r"^rp\.? *", "", text, flags=re.IGNORECASE)
        text = re.sub(r",-+$", "", text)
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity", "∞"):
        raise CellError("infinite")
    sign, digits = (-1.0, text[1:].strip()) if text.startswith("-") else (1.0, text)
    if _POWER.fullmatch(digits):
        raise CellError("number_power")
    if sum(map(str.isdigit, digits)) > LONGEST:
        raise CellError("number_long")
    if _PLAIN.fullmatch(digits):
        return sign * float(digits)
    if _UNSURE.fullmatch(digits):
        return ("-" if sign < 0 else "") + digits
    if _WRITTEN["id"].fullmatch(digits):
        return "id", sign * float(digits.replace(".", "").replace(",", "."))
    if _WRITTEN["en"].fullmatch(digits):
        return "en", sign * float(digits.replace(",", ""))
    raise CellError("number")


def point_of(lat: float, lon: float) -> tuple[float, float]:
    """A latitude and longitude in Indonesia, as they are.

    Raises
    ------
    CellError
        They lie elsewhere (``point``), or would lie in it the other way round (``point_swapped``).

    Examples
    --------
    >>> point_of(-6.12, 106.15)
    (-6.12, 106.15)
    """
    west, south, east, north = INDONESIA
    if not (south <= lat <= north and west <= lon <= east):
        raise CellError("point_swapped" if south <= lon <= north and west <= lat <= east else "point")
    return lat, lon


def date_of(cell: Cell) -> date | None:
    """A date, the day before the month; None for an empty cell.

    Raises
    ------
    CellError

    Examples
    --------
    >>> [str(date_of(text)) for text in ("05/12/2025", "2 Oktober 2025", "2-Okt-25", "2025-10-02", 45932.0, "")]
    ['2025-12-05', '2025-10-02', '2025-10-02', '2025-10-02', '2025-10-02', 'None']
    """
    if is_empty(cell):
        return None
    if isinstance(cell, datetime):
        return _possible(cell.date())
    if isinstance(cell, date):
        return _possible(cell)
    if isinstance(cell, bool | time | timedelta):
        raise CellError("date")
    if isinstance(cell, str):
        text = _CLOCK.sub("", " ".join(cell.lower().split()).upper()).lower().replace(" ", " ")
        text = re.sub(r"^(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu),? +", "", text)
        if not re.fullmatch(r"\d{5}(?:\.\d+)?", text, re.ASCII):
            return _possible(_written_date(text))
        cell = float(text)
    if not math.isfinite(cell) or not 0 < cell < 100_000:
        raise CellError("date")
    return _possible(_SERIAL_ZERO + timedelta(days=int(cell)))


def _written_date(text: str) -> date:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found[1], found[3], int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    elif found := _YEAR_FIRST.fullmatch(text):
        day, month, year = found[4], found[3], int(found[1])
    else:
        raise CellError("date")
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    try:
        return date(year, number, int(day))
    except ValueError:
        raise CellError("date_impossible") from None


def _possible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise CellError("date_impossible")
    return day
