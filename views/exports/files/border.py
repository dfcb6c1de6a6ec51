"""One of all land borders as files: the kelurahan at it and both comparisons, as GeoJSON and as a workbook."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd

from data.catalogue import Catalogue
from data.national_tables import National
from open_data import national as open_national
from views.exports.files import workbook
from views.language.cells import safe_cell
from views.language.escape import plain_lines
from views.language.words import Words
from views.topics.national import words as national_words

KM = ("own_km", "any_km", "other_km", "area_km2", "border_mean", "interior_mean", "difference", "low", "high",
      "density_difference", "density_low", "density_high", "border_length_km")  # fmt: skip
SHARES = ("p", "q", "density_p", "density_q", "power")


def geojson(national: National, pair: str) -> bytes:
    """A FeatureCollection (RFC 7946): a polygon a kelurahan at the line with its distances, and the line itself last."""
    found = {"type": "FeatureCollection", "features": open_national.pair_features(national, pair)}
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def spreadsheet(w: Words, catalogue: Catalogue, national: National, pair: str, made: date) -> bytes:
    """A workbook: kelurahan, both comparisons, how good the lists are, and how to read all of it.

    Parameters
    ----------
    w : language
    catalogue : the sources
    national : tables of all borders
    pair : codes of both kabkota, as in ``32.75-32.76``
    made : the day that is printed
    """
    borders = open_national.border_rows(national)
    sides = pair.split("-")
    lists = national.kabkota.loc[sides].reset_index()
    columns = [
        c
        for c in lists
        if c in ("kode", "nama", "provinsi") or str(c).startswith(("n_", "located_", "quality_", "reason_"))
    ]
    notes = [
        national_words.year_line(w),
        *national_words.missing(w),
        *national_words.method(w, catalogue).removeprefix("- ").split("\n- "),
    ]
    told = pd.DataFrame({"keterangan": [safe_cell(line) for note in notes for line in plain_lines(note)]})
    frames = {
        "kelurahan": open_national.pair_rows(national, pair),
        "tepi_dan_bagian_dalam": borders[borders["pair"] == pair].reset_index(drop=True),
        "daftar_sekolah": lists[columns],
        "keterangan": told,
    }
    decimals = (
        dict.fromkeys(KM, 2) | dict.fromkeys(SHARES, 4) | {str(c): 3 for c in columns if str(c).startswith("located_")}
    )
    title = " – ".join(national.names(sides))
    return workbook.of_tables(w, title, made, frames, decimals)
