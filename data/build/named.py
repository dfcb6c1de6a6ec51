"""From a name to an area, only when there is exactly one candidate."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd


@cache
def normal(name: str) -> str:
    """A place name as compared: lower case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def short_name(kabkota: str) -> str:
    """The short field style: Kab. Serang, Kota Serang, Jakarta Timur."""
    return kabkota.replace("Kota Administrasi ", "").replace("Kabupaten ", "Kab. ")


class Names:
    """Looks up kabkota, kecamatan and kelurahan by their written names.

    Spaces, punctuation and case do not count; nothing is guessed beyond that.

    Parameters
    ----------
    kelurahan : DataFrame
        kode, nama, kode_kecamatan, kecamatan, kode_kabkota and kabkota (`short_name`), one row a kelurahan.
    """

    def __init__(self, kelurahan: pd.DataFrame) -> None:
        self._names: dict[str, str] = {}
        self._kabkota: dict[str, str] = {}
        self._kecamatan: dict[tuple[str, str], list[str]] = {}
        self._kelurahan: dict[tuple[str, str], list[str]] = {}
        columns = ["kode", "nama", "kode_kecamatan", "kecamatan", "kode_kabkota", "kabkota"]
        for kode, nama, kode_kecamatan, kecamatan, kode_kabkota, kabkota in kelurahan[columns].to_numpy().tolist():
            self._kabkota[normal(kabkota)] = kode_kabkota
            if kode_kecamatan not in self._names:
                self._kecamatan.setdefault((kode_kabkota, normal(kecamatan)), []).append(kode_kecamatan)
            for area in (kode_kabkota, kode_kecamatan):
                self._kelurahan.setdefault((area, normal(nama)), []).append(kode)
            self._names |= {kode_kabkota: kabkota, kode_kecamatan: kecamatan, kode: nama}

    def name(self, kode: str) -> str:
        """Name of a kelurahan, kecamatan or kabkota by its code, "" when there is none."""
        return self._names.get(kode, "")

    def kabkota(self, name: str) -> str:
        """Kabkota code, "" when unknown; the long style (Kabupaten Serang) is known too."""
        return self._kabkota.get(normal(short_name(name)), "")

    def kecamatan(self, kabkota: str, name: str) -> str:
        """Kecamatan code inside a kabkota (by code), "" when none or several."""
        return _only(self._kecamatan.get((kabkota, normal(name)), []))

    def kelurahan(self, area: str, name: str) -> str:
        """Kelurahan code inside a kabkota or kecamatan (by code), "" when none or several."""
        return _only(self._kelurahan.get((area, normal(name)), []))


def _only(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else ""
