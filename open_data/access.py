"""What opening each border would change, as a table for other programs."""

from __future__ import annotations

import pandas as pd

from analysis.access.services import SERVICES, Service
from data.catalogue import Corridor
from data.tables import Dataset
from open_data import usual

COLUMNS = {
    "corridor": "corridor",
    "service": "service",
    "kode": "kode",
    "nama": "nama",
    "kecamatan": "kecamatan",
    "kode_kabkota": "kode_kabkota",
    "people": "people",
    "opened_between": "opened_between",
    "facilities_closed": "facilities_closed",
    "facilities_open": "facilities_open",
    "closed_median_m": "closed_median",
    "closed_low_m": "closed_low",
    "closed_high_m": "closed_high",
    "closed_p90_m": "closed_p90",
    "open_median_m": "open_median",
    "open_low_m": "open_low",
    "open_high_m": "open_high",
    "open_p90_m": "open_p90",
    "open_upper_bound": "open_bound",
    "saved_m": "saved",
    "saved_low_m": "saved_low",
    "saved_high_m": "saved_high",
    "share_nearest_across": "crossing_share",
    "people_nearest_across": "crossing",
    "people_nearest_across_low": "crossing_low",
    "people_nearest_across_high": "crossing_high",
    "standard": "standard",
    "standard_m": "standard_m",
    "people_newly_within": "newly",
    "people_newly_within_low": "newly_low",
    "people_newly_within_high": "newly_high",
    "closed_by": "closed_by",
    "range": "range",
    "supply_closed_per_10000": "supply_closed",
    "supply_open_per_10000": "supply_open",
    "supply_change_per_10000": "supply_change",
    "supply_direction_sure": "supply_sure",
    "year": "year",
    "method": "method",
    "quality": "quality",
    "source": "source",
}
"""Column of the file to the column of the calculation, or of what is added to it below."""


def open_border_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """akses_lintas_batas.csv: a row a corridor, service and kelurahan whose nearest own facility is known.

    Closed against open between the sides of the corridor that have a list of the service, without a scenario, and the
    first standard of the catalogue. A service that fewer than two sides list has no rows.
    """
    found = [
        _rows(data, corridor, service)
        for corridor in corridors
        for service in SERVICES.values()
        if len(set(data.measures[service.indicator].values["kode_kabkota"].unique()) & set(corridor.sides)) > 1
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS))


def _rows(data: Dataset, corridor: Corridor, service: Service) -> pd.DataFrame:
    standard, result = data.measures[service.indicator].standard, usual.access(data, corridor, service)
    table = result.table[result.table["closed_median"].notna()]
    places = data.kelurahan.loc[table.index]
    there = result.facilities["used"] | result.facilities.index.isin(result.areas.index)
    used = result.facilities.loc[there, "operator"].value_counts()
    values = data.indicator_values(service.indicator)[["year", "quality"]].reindex(table.index)
    years = "–".join(dict.fromkeys(str(y) for y in result.years)) if result.years else ""
    sources = {s.id: s.attribution for s in data.catalogue.sources.values()}
    frame = table.assign(
        corridor=corridor.id,
        service=service.id,
        kode=table.index,
        nama=places["nama"],
        kecamatan=places["kecamatan"],
        opened_between=";".join(result.members),
        facilities_closed=table["kode_kabkota"].map(used).fillna(0).astype(int),
        facilities_open=int(used.sum()),
        closed_by="garis pemiliknya" if result.closes else "tidak ada: milik provinsi atau swasta",
        range="5-95 % dari letak yang mungkin",
        standard=standard.id if standard is not None else "",
        standard_m=result.threshold_m,
        year=values["year"].map("{:.0f}".format, na_action="ignore").astype(object).fillna(years),
        method="model dari titik, garis lurus; pasokan E2SFCA, satu fasilitas satu satuan; jiwa dibagi rata ke titik",
        quality=values["quality"].fillna("rendah").astype(str),
        source=" | ".join(sources[s] for s in result.sources),
    )
    return frame[list(COLUMNS.values())].set_axis(list(COLUMNS), axis=1)
