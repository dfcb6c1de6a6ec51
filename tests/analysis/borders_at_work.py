"""Openings of the true borders, for tests."""

from analysis.access.open_border import open_border
from analysis.access.result import Opening
from analysis.access.services import SERVICES
from analysis.scenario.changes import Change
from data.tables import Dataset


def opened(data: Dataset, corridor: str, service: str, *changes: Change, partners: tuple[str, ...] = ()) -> Opening:
    standards = data.catalogue.standards_of(SERVICES[service].indicator)
    return open_border(
        data,
        data.catalogue.corridors[corridor],
        SERVICES[service],
        partners=partners,
        standard=standards[0] if standards else None,
        changes=changes,
    )


def middle(data: Dataset, kode: str) -> tuple[float, float]:
    """Longitude and latitude in the middle of a kelurahan."""
    row = data.kelurahan.loc[[kode]].iloc[0]
    return float(row["label_lon"]), float(row["label_lat"])
