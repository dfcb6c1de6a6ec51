"""Where a report is about: a kelurahan that was chosen, or a point that was written."""

from __future__ import annotations

import re
from typing import Final

from analysis.scenario.placing import in_indonesia, kelurahan_of
from data.catalogue import Corridor
from data.tables import Dataset
from records.citizen_reports.entries import ReportError

_NUMBER: Final = re.compile(r"-?\d{1,3}(?:[.,]\d{1,15})?", re.ASCII)
_KECAMATAN: Final = 8


def grouped(data: Dataset, corridor: Corridor) -> dict[str, dict[str, str]]:
    """Names of the kelurahan of a border by code, by kecamatan and kabkota.

    Parameters
    ----------
    data, corridor : data and border
    """
    units = data.units("kelurahan", corridor.sides).sort_values(["kabkota", "kecamatan", "nama"])
    groups: dict[str, dict[str, str]] = {}
    for kode, name, kecamatan, kabkota in zip(
        units.index, units["nama"], units["kecamatan"], units["kabkota"], strict=True
    ):
        groups.setdefault(f"{kabkota}: {kecamatan}", {})[str(kode)] = str(name)
    return groups


def _point(typed: str) -> tuple[float, float] | None:
    """Longitude and latitude of a point as maps on telephones write it, None where nothing is written.

    Parameters
    ----------
    typed : latitude and longitude, in this order or the other; with a point or a comma in the numbers

    Raises
    ------
    records.citizen_reports.entries.ReportError
        It is no point in Indonesia.

    Examples
    --------
    >>> point("-6.3456, 106.9123"), point("106,9123; -6,3456")
    ((106.9123, -6.3456), (106.9123, -6.3456))
    """
    if not typed.strip():
        return None
    numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(typed[:80])]
    for lat, lon in (numbers, numbers[::-1]) if len(numbers) == 2 else ():
        if in_indonesia(lon, lat):
            return lon, lat
    raise ReportError("place", "point")


def found(data: Dataset, corridor: Corridor, kode: str, typed: str) -> tuple[str, tuple[float, float] | None]:
    """The kelurahan of a report and its point, None where none is written.

    Parameters
    ----------
    data, corridor : data, and the border whose sides take reports
    kode : that was chosen, "" for none
    typed : point as it was written

    Raises
    ------
    records.citizen_reports.entries.ReportError
        There is no such place at this border, or point and kelurahan lie apart.
    """
    at = _point(typed)
    if kode and (kode not in data.kelurahan.index or kode[:5] not in corridor.sides):
        raise ReportError("place", "unknown")
    if at is None:
        if not kode:
            raise ReportError("place", "empty")
        return kode, None
    [there] = kelurahan_of([at], data.grid)
    if there[:5] not in corridor.sides:
        raise ReportError("place", "outside")
    # At a line the nearest sample point may be the neighbour's: within a kecamatan the resident knows better.
    if kode and there[:_KECAMATAN] != kode[:_KECAMATAN]:
        raise ReportError("place", "apart")
    return kode or there, at
