"""Which kelurahan can be found, and at which border one is shown."""

from __future__ import annotations

from data.catalogue import Corridor
from data.tables import Dataset
from geo.borders import CODE_LENGTH, TOUCHING

KABKOTA = CODE_LENGTH["kabkota"]


def found(data: Dataset) -> list[str]:
    """Kode of every kelurahan on a side of any border."""
    sides = {side for corridor in data.catalogue.corridors.values() for side in corridor.sides}
    return list(data.units("kelurahan", tuple(sides)).index)


def border_of(data: Dataset, kode: str, now: Corridor) -> Corridor:
    """The border at which a kelurahan is shown: the present one where it lies on a side of it.

    Otherwise the first border whose line it touches, else the first of its kabkota.

    Parameters
    ----------
    data : catalogue and borders
    kode : of the kelurahan
    now : the border that is shown
    """
    if kode[:KABKOTA] in now.sides:
        return now
    own = [c for c in data.catalogue.corridors.values() if kode[:KABKOTA] in c.sides]
    rows = data.borders
    touched = set(rows.loc[(rows["kode"] == kode) & (rows["set"] == TOUCHING), "corridor"])
    return next((c for c in own if c.id in touched), own[0])
