"""What if: facilities added, closed or moved, written in a link and applied to the known ones.

A scenario is text such as ``tambah,puskesmas,36.73,106.1532,-6.1201;tutup,puskesmas:0012``. Whatever it holds is
checked before it is used: one wrong part and the whole scenario is refused, since half of it would show figures that
nobody meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

import pandas as pd

from analysis.scenario.placing import RefusedError, in_indonesia, kelurahan_of
from geo.grid import Grid
from geo.owners import state_owner
from geo.projection import to_metric

MOST_CHANGES = 20
PLACED = "skenario"
"""Precision of a place that the user chose."""

Action = Literal["tambah", "tutup", "pindah"]
_FIELDS = {"tambah": 5, "tutup": 2, "pindah": 4}
_LONGEST = 2000


class ScenarioError(RefusedError):
    """A scenario that cannot be used.

    Attributes
    ----------
    code : terlalu_panjang, terlalu_banyak, bentuk, jenis, kabkota, fasilitas, dua_kali or tempat
    part : the part of the text that is wrong
    """


@dataclass(frozen=True)
class Change:
    """One change of a scenario.

    Attributes
    ----------
    action : "tambah", "tutup" or "pindah"
    kind, operator : kind of facility and kode_kabkota that a new one belongs to; empty for the others
    id : of the facility that is closed or moved; empty for a new one
    lon, lat : degrees of a new or moved one; None for a closed one
    """

    action: Action
    kind: str = ""
    operator: str = ""
    id: str = ""
    lon: float | None = None
    lat: float | None = None


def written(changes: Sequence[Change]) -> str:
    """The changes as text for a link; places to five decimals, about a metre."""
    parts = []
    for change in changes:
        head = [change.kind, change.operator] if change.action == "tambah" else [change.id]
        place = [] if change.lon is None or change.lat is None else [f"{change.lon:.5f}", f"{change.lat:.5f}"]
        parts.append(",".join([change.action, *head, *place]))
    return ";".join(parts)


def parse(text: str, facilities: pd.DataFrame, kinds: Sequence[str], operators: Sequence[str]) -> tuple[Change, ...]:
    """Read a scenario.

    Parameters
    ----------
    text : what `written` gives; empty for none
    facilities : by id, with kind
    kinds : kinds of facility that may be changed
    operators : kode_kabkota for which one may be added

    Raises
    ------
    ScenarioError
        The text is malformed or names what does not exist.
    """
    if len(text) > _LONGEST:
        raise ScenarioError("terlalu_panjang", text[:40])
    parts = [part for part in text.split(";") if part]
    if len(parts) > MOST_CHANGES:
        raise ScenarioError("terlalu_banyak", str(len(parts)))
    changes = tuple(_change(part, facilities, kinds, operators) for part in parts)
    seen: set[str] = set()
    for change, part in zip(changes, parts, strict=True):
        if change.id in seen:
            raise ScenarioError("dua_kali", part)
        if change.id:
            seen.add(change.id)
    return changes


def apply(changes: Sequence[Change], facilities: pd.DataFrame, grid: Grid) -> pd.DataFrame:
    """The facilities as the scenario has them.

    Parameters
    ----------
    changes : what was changed
    facilities : by id: kind, name, status, kode, kode_kabkota, area_kode, operator, owner, precision, used, left_out,
        lon, lat, x, y
    grid : sample points of all kelurahan; the nearest one decides in which kelurahan a place lies

    Returns
    -------
    DataFrame
        As `facilities` with column ``state`` (empty, "baru", "tutup" or "pindah"). A closed one stays, unused; one that
        was placed is used, whatever was known of it before; a new one has the id ``baru:n``, no name, and status
        "negeri".

    Raises
    ------
    ScenarioError
        A place does not lie on land of any kelurahan.
    """
    result = facilities.assign(state="")
    if not changes:
        return result
    result = result.copy()
    placed = [c for c in changes if c.action != "tutup"]
    kodes = iter(kelurahan_of([(c.lon or 0.0, c.lat or 0.0) for c in placed], grid))
    new = []
    for number, change in enumerate(changes, start=1):
        if change.action == "tutup":
            result.loc[change.id, "state"] = "tutup"
            result.loc[change.id, "used"] = False
            result.loc[change.id, "left_out"] = "tutup"
            continue
        x, y = (float(v) for v in to_metric(change.lon or 0.0, change.lat or 0.0))
        kode = next(kodes)
        if not kode:
            raise ScenarioError("tempat", written([change]))
        place = {
            "lon": change.lon, "lat": change.lat, "x": x, "y": y, "kode": kode, "kode_kabkota": kode[:5],
            "area_kode": "", "precision": PLACED, "used": True, "left_out": "",
        }  # fmt: skip
        if change.action == "pindah":
            for column, value in {**place, "state": "pindah"}.items():
                result.loc[change.id, column] = value
        else:
            owner = state_owner(change.kind, change.operator)
            row = {
                "kind": change.kind, "operator": change.operator, "owner": owner, "status": "negeri", "state": "baru",
                **place,
            }  # fmt: skip
            new.append(pd.Series(row, name=f"baru:{number}"))
    if new:
        added = pd.DataFrame(new).reindex(columns=result.columns)
        blank = {"O": "", "i": 0, "u": 0}
        for column in result.columns:
            kind = "O" if pd.api.types.is_string_dtype(result[column]) else result[column].dtype.kind
            if kind in blank:
                added[column] = added[column].astype(object).where(added[column].notna(), blank[kind])
        result = pd.concat([result, added.astype(result.dtypes.to_dict())])
    return result


def _change(part: str, facilities: pd.DataFrame, kinds: Sequence[str], operators: Sequence[str]) -> Change:
    action, *fields = part.split(",")
    if _FIELDS.get(action) != len(fields) + 1:
        raise ScenarioError("bentuk", part)
    if action == "tambah":
        kind, operator, *place = fields
        if kind not in kinds:
            raise ScenarioError("jenis", part)
        if operator not in operators:
            raise ScenarioError("kabkota", part)
        lon, lat = _place(place, part)
        return Change("tambah", kind=kind, operator=operator, lon=lon, lat=lat)
    known, *place = fields
    if known not in facilities.index or facilities.at[known, "kind"] not in kinds:
        raise ScenarioError("fasilitas", part)
    if action == "tutup":
        return Change("tutup", id=known)
    lon, lat = _place(place, part)
    return Change(cast(Action, action), id=known, lon=lon, lat=lat)


def _place(fields: Sequence[str], part: str) -> tuple[float, float]:
    try:
        lon, lat = (float(field) for field in fields)
    except ValueError:
        raise ScenarioError("bentuk", part) from None
    if not in_indonesia(lon, lat):
        raise ScenarioError("tempat", part)
    return round(lon, 5), round(lat, 5)
