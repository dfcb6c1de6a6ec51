"""Names of kabkota and provinces, which the national layer does not carry.

They come from the list of schools of 2019, whose spelling is uneven and partly out of date. What is put right here
follows Kepmendagri 300.2.2-2138/2025 (codes and names of administrative areas).
"""

from __future__ import annotations

import re

import pandas as pd

PROVINCES = {
    "19": "Kepulauan Bangka Belitung", "31": "DKI Jakarta", "34": "DI Yogyakarta", "93": "Papua Selatan",
    "94": "Papua Tengah", "95": "Papua Pegunungan", "96": "Papua Barat Daya",
}  # fmt: skip
"""By code, provinces whose name is written differently in the list, or that are younger than it."""

KABKOTA = {
    "12.10": "Kab. Labuhanbatu", "12.12": "Kab. Toba", "12.19": "Kab. Batu Bara", "12.20": "Kab. Padang Lawas Utara",
    "12.22": "Kab. Labuhanbatu Selatan", "12.23": "Kab. Labuhanbatu Utara", "13.07": "Kab. Lima Puluh Kota",
    "13.73": "Kota Sawahlunto", "17.06": "Kab. Mukomuko", "31.01": "Kepulauan Seribu", "51.07": "Kab. Karangasem",
    "53.14": "Kab. Rote Ndao", "53.16": "Kab. Nagekeo", "61.12": "Kab. Kubu Raya", "63.02": "Kab. Kotabaru",
    "71.01": "Kab. Bolaang Mongondow", "71.03": "Kab. Kepulauan Sangihe",
    "71.09": "Kab. Kepulauan Siau Tagulandang Biaro", "71.10": "Kab. Bolaang Mongondow Timur",
    "71.11": "Kab. Bolaang Mongondow Selatan", "73.10": "Kab. Pangkajene dan Kepulauan", "76.01": "Kab. Pasangkayu",
    "81.03": "Kab. Kepulauan Tanimbar", "91.20": "Kab. Mamberamo Raya", "95.01": "Kab. Jayawijaya",
    "95.05": "Kab. Mamberamo Tengah", "64.11": "Kab. Mahakam Ulu",
}  # fmt: skip
"""By code, kabkota whose name is written differently in the list, or that were renamed."""


def kabkota(schools: pd.DataFrame) -> pd.DataFrame:
    """Name and province of each kabkota.

    Parameters
    ----------
    schools : kode_kabkota_asli, kabkota_asli, provinsi_asli

    Returns
    -------
    DataFrame
        By kode: nama, provinsi.

    Examples
    --------
    >>> listed = [("36.74", "Kota tangerang Selatan", "Prov. Banten"), ("93.01", "KAB. MERAUKE", "Prov. Papua")]
    >>> kabkota(pd.DataFrame(listed, columns=["kode_kabkota_asli", "kabkota_asli", "provinsi_asli"])).values.tolist()
    [['Kota Tangerang Selatan', 'Banten'], ['Kab. Merauke', 'Papua Selatan']]
    """
    usual = schools.groupby("kode_kabkota_asli")[["kabkota_asli", "provinsi_asli"]].agg(_most)
    # Few provinces of today hold kabkota that the list puts into two of its own.
    province = schools.groupby(schools["kode_kabkota_asli"].str[:2])["provinsi_asli"].agg(_most)
    spelt = {str(kode): KABKOTA.get(str(kode)) or _spelt(name) for kode, name in usual["kabkota_asli"].items()}
    found = pd.DataFrame({"nama": pd.Series(spelt, dtype=str)})
    at = found.index.str[:2]
    found["provinsi"] = [PROVINCES.get(p) or province[p].removeprefix("Prov. ") for p in at]
    found.index.name = "kode"
    return found


def _most(names: pd.Series) -> str:
    return str(names.mode()[0])


def _spelt(name: str) -> str:
    """Words as the list writes most of them: first letters large; the cities of Jakarta without Kota."""
    words = " ".join(w if w[1:] != w[1:].upper() or len(w) < 3 else w.capitalize() for w in name.split())
    words = re.sub(r"\b[a-z]", lambda found: found[0].upper(), words)
    return words.removeprefix("Kota ") if "Jakarta" in words else words
