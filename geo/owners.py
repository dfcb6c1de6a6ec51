"""Whose service a state facility is: the line of its owner closes it, no other.

References
----------
UU 23/2014 tentang Pemerintahan Daerah, Lampiran huruf A (Pendidikan): pendidikan menengah dan khusus adalah urusan
provinsi, pendidikan dasar urusan kabupaten/kota. The cities of Jakarta run nothing of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PROVINCIAL = ("sma", "smk", "slb")
JAKARTA = "31"


def state_owner(kind: str, kabkota: str) -> str:
    """Kode of the province or kabkota that owns a state facility of a kind in a kabkota.

    Examples
    --------
    >>> state_owner("sma", "36.04"), state_owner("smp", "36.04"), state_owner("smp", "31.75")
    ('36', '36.04', '31')
    """
    return kabkota[:2] if kind in PROVINCIAL or kabkota.startswith(JAKARTA) else kabkota


def usable(owners: Sequence[str], sides: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which facilities (m,) the residents of which kabkota (s,) may use while every line is closed: (m, s).

    Parameters
    ----------
    owners : kode of a kabkota or province; empty where no government owns it, so that no line closes it
    sides : kode_kabkota

    Examples
    --------
    >>> usable(["36.04", "36", "32", ""], ["36.73"]).ravel().tolist()
    [False, True, False, True]
    """
    found = [[side.startswith(owner) for side in sides] for owner in owners]
    return np.array(found, dtype=bool).reshape(len(owners), len(sides))
