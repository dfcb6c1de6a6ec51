"""A joint exercise at the border: where it burns, who would have come, and how real times compare with the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fire.realisations import Realisations, point_people
from analysis.fire.response import Timing, rates
from geo.projection import to_degrees
from geo.regions import HIGH, LOW, distances

MOST_INCIDENTS = 12
LONGEST_MINUTES = 180.0
"""A longer way is a typing error, not a response."""
LONGEST_TEXT = 200
ROUNDING = 1.0
"""Clocks of an exercise are read to the minute: so far beyond the range still counts as inside."""

LOGGED = ("jam_panggilan", "jam_tiba", "unit_datang", "catatan")
"""What people write down: when the call came, when the first unit arrived, which one, and a remark."""
KEYS = ("koridor", "benih", "nomor", "kode")
"""What ties a row of an exported log to its drill."""
COLUMNS = (*KEYS, *LOGGED)
"""The columns of an exported log that come back."""
ANSWERS = ("closed", "open")

# The apostrophe that our CSV has before what a spreadsheet takes for a formula.
_GUARD = re.compile(r"""(^|[;\t\r\n])'(?=[\s"{]*[=+\-@\0＝＋－＠])""")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?", re.ASCII)


class DrillError(ValueError):
    """A log that cannot be used.

    Attributes
    ----------
    code : kolom, jumlah, koridor, benih, nomor, kode, jam, lama or panjang
    row : line in the file, the heading being 1; 0 when none
    column, value : where the problem is, and what stands there
    """

    def __init__(self, code: str, row: int, column: str, value: str) -> None:
        super().__init__(f"row {row}, column {column}: {code}: {value!r}")
        self.code = code
        self.row = row
        self.column = column
        self.value = value


@dataclass(frozen=True)
class Incident:
    """A place of the drill: a sample point of a kelurahan at the border.

    Attributes
    ----------
    number : from 1
    kode : of its kelurahan
    x, y, lon, lat : metres and degrees
    """

    number: int
    kode: str
    x: float
    y: float
    lon: float
    lat: float


def incidents(drawn: Realisations, people: pd.DataFrame, units: Sequence[str], count: int, seed: int) -> list[Incident]:
    """Places of a drill, at random in proportion to people and from the sides in turn.

    Parameters
    ----------
    drawn : sample points and sides
    people : value by kode
    units : kode of the kelurahan that may be chosen
    count : 1 to `MOST_INCIDENTS`
    seed : the same seed gives the same places

    Returns
    -------
    list of Incident
        Fewer than `count` only when there are not so many sample points; no place twice.
    """
    if not 1 <= count <= MOST_INCIDENTS:
        raise ValueError(f"1 to {MOST_INCIDENTS} incidents, not {count}")
    grid = drawn.grid
    weight = point_people(drawn, people, units)
    rng = np.random.default_rng([seed, len(drawn.sides)])
    order = {}
    for one in drawn.sides:
        rows = np.flatnonzero((grid.point_sides == one) & (weight > 0))
        # Exponential keys: the smallest are a weighted sample without repetition (Efraimidis & Spirakis 2006).
        keys = rng.exponential(size=len(rows)) / weight[rows]
        order[one] = list(rows[np.argsort(keys, kind="stable")])
    chosen: list[int] = []
    while len(chosen) < count and any(order.values()):
        for rows_left in order.values():
            if rows_left and len(chosen) < count:
                chosen.append(int(rows_left.pop(0)))
    xy = grid.xy[chosen].astype(float)
    lon, lat = to_degrees(xy[:, 0], xy[:, 1])
    return [
        Incident(n + 1, str(grid.units[grid.codes[row]]), x, y, round(float(east), 5), round(float(north), 5))
        for n, (row, (x, y), east, north) in enumerate(zip(chosen, xy.tolist(), lon, lat, strict=True))
    ]


def answers(drawn: Realisations, timing: Timing, places: Sequence[Incident]) -> pd.DataFrame:
    """Who would have come to each incident, from own posts only and from the nearest of any side.

    Parameters
    ----------
    drawn, timing : realisations and what the minutes consist of
    places : the incidents

    Returns
    -------
    DataFrame by incident number
        For each plan of `ANSWERS`: {plan}_post (id of the post that is most often the first, empty when none is known),
        {plan}_share (in that share of the realisations), {plan}, {plan}_low, {plan}_high (minutes, median and 5th to
        95th percentile over the realisations) and {plan}_in_time (probability of the target).
    """
    operator = np.array([p.operator for p in drawn.posts])
    rows = {}
    for incident in places:
        per_metre = float(rates(drawn, timing)[drawn.grid.units.get_loc(incident.kode)])
        draws = drawn.own.shape[1]
        metres = np.array(
            [np.broadcast_to(distances([[incident.x, incident.y]], stands)[0], draws) for stands in drawn.places]
        ).reshape(len(drawn.posts), draws)
        spent = timing.call + timing.turnout + metres * per_metre
        own = operator == incident.kode[:5]
        row: dict[str, object] = {}
        for plan in ANSWERS:
            times = np.where(own[:, None], spent, np.inf if plan == "closed" else spent + timing.delay)
            row |= _first(times, plan, timing.target, [p.id for p in drawn.posts])
        rows[incident.number] = row
    return pd.DataFrame.from_dict(rows, orient="index")


def _first(times: np.ndarray, plan: str, target: float, ids: Sequence[str]) -> dict[str, object]:
    best = times.min(axis=0) if len(times) else np.array([np.inf])
    if not np.isfinite(best).all():
        nothing = dict.fromkeys(("", "_low", "_high", "_in_time", "_share"), np.nan)
        return {f"{plan}_post": "", **{f"{plan}{end}": value for end, value in nothing.items()}}
    who = np.bincount(times.argmin(axis=0), minlength=len(ids))
    low, middle, high = np.quantile(best, (LOW, 0.5, HIGH))
    return {
        f"{plan}_post": ids[int(who.argmax())],
        f"{plan}_share": float(who.max() / who.sum()),
        plan: float(middle),
        f"{plan}_low": float(low),
        f"{plan}_high": float(high),
        f"{plan}_in_time": float((best <= target).mean()),
    }


def elapsed(call: str, arrival: str) -> float | None:
    """Minutes from call to arrival, written as 14:05, 14.05 or 14:05:30; None while one of them is missing.

    An arrival before the call is one after midnight.

    Raises
    ------
    DrillError
        One is no time of day, or more than `LONGEST_MINUTES` lie between.

    Examples
    --------
    >>> elapsed("23.58", "00:10:30")
    12.5
    """
    stamps = [_seconds(text, column) for text, column in ((call, LOGGED[0]), (arrival, LOGGED[1]))]
    if stamps[0] is None or stamps[1] is None:
        return None
    spent = (stamps[1] - stamps[0]) % 86_400 / 60
    if spent > LONGEST_MINUTES:
        raise DrillError("lama", 0, LOGGED[1], arrival)
    return spent


def _seconds(text: str, column: str) -> int | None:
    if not text.strip():
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise DrillError("jam", 0, column, text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def compare(model: pd.DataFrame, log: pd.DataFrame, plan: str) -> pd.DataFrame:
    """The times of the exercise compared with the model.

    Parameters
    ----------
    model : what `answers` gives
    log : by incident number, the columns `LOGGED` as text
    plan : one of `ANSWERS`

    Returns
    -------
    DataFrame by incident number
        minutes (real), difference (real minus model), inside (True, False, or None while it is not known) and problem
        (`DrillError` or None).
    """
    written = log.to_dict("index")
    rows = {}
    for number, expected in model.iterrows():
        entry = written.get(number, dict.fromkeys(LOGGED, ""))
        real, problem = None, None
        try:
            real = elapsed(str(entry[LOGGED[0]]), str(entry[LOGGED[1]]))
        except DrillError as error:
            problem = error
        known = expected[plan] == expected[plan]
        rows[number] = {
            "minutes": np.nan if real is None else real,
            "difference": np.nan if real is None else real - expected[plan],
            "inside": _inside(real, expected, plan) if real is not None and known else None,
            "problem": problem,
        }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["minutes", "difference", "inside", "problem"])
    return table.astype({"inside": object})


def _inside(real: float, expected: pd.Series, plan: str) -> bool:
    return bool(expected[f"{plan}_low"] - ROUNDING <= real <= expected[f"{plan}_high"] + ROUNDING)


def imported(rows: pd.DataFrame, places: Sequence[Incident], corridor: str, seed: int) -> pd.DataFrame:
    """The log of an exported file, or what is wrong with it; a file is taken whole or not at all.

    Parameters
    ----------
    rows : `COLUMNS` as text; the index is the line of the file
    places, corridor, seed : the drill that is open

    Returns
    -------
    DataFrame by incident number
        The columns `LOGGED`.

    Raises
    ------
    DrillError
        Names line, column and problem.
    """
    if len(rows) != len(places):
        raise DrillError("jumlah", 0, "nomor", str(len(rows)))
    known = {str(p.number): p for p in places}
    log: dict[int, dict[str, str]] = {}
    for line, row in zip(rows.index.tolist(), rows.to_dict("records"), strict=True):
        for column, wanted in (("koridor", corridor), ("benih", str(seed))):
            if row[column] != wanted:
                raise DrillError(column, line, column, row[column])
        place = known.get(row["nomor"])
        if place is None or place.number in log:
            raise DrillError("nomor", line, "nomor", row["nomor"])
        if row["kode"] != place.kode:
            raise DrillError("kode", line, "kode", row["kode"])
        cells = {c: plain(row[c]) for c in LOGGED}
        too_long = [c for c, text in cells.items() if len(text) > LONGEST_TEXT]
        if too_long:
            raise DrillError("panjang", line, too_long[0], cells[too_long[0]])
        try:
            elapsed(cells[LOGGED[0]], cells[LOGGED[1]])
        except DrillError as error:
            raise DrillError(error.code, line, error.column, error.value) from None
        log[place.number] = cells
    return pd.DataFrame.from_dict(log, orient="index", columns=list(LOGGED)).sort_index()


def plain(text: str) -> str:
    """A cell without the apostrophes that keep a spreadsheet from taking it for a formula.

    Parameters
    ----------
    text : of the cell
    """
    return _GUARD.sub(r"\1", text)
