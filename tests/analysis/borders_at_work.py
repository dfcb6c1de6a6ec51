"""Results of the true borders, for tests."""

from analysis.access.baseline import Baseline, baseline_of
from analysis.access.open_border import open_border
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES
from analysis.scenario.changes import Change
from data.tables import Dataset


def baseline(data: Dataset, corridor: str, service: str, partners: tuple[str, ...] = ()) -> Baseline:
    border, assumptions = data.border(data.catalogue.corridors[corridor]), data.catalogue.assumptions
    entry = SERVICES[service]
    return baseline_of(border, entry, data.measures, data.facilities, data.grid, assumptions, partners)


def opened(data: Dataset, corridor: str, service: str, *changes: Change, partners: tuple[str, ...] = ()) -> OpenBorder:
    start = baseline(data, corridor, service, partners)
    return open_border(start, start.measure.standard, changes)


def middle(data: Dataset, kode: str) -> tuple[float, float]:
    """Longitude and latitude in the middle of a kelurahan."""
    row = data.kelurahan.loc[[kode]].iloc[0]
    return float(row["label_lon"]), float(row["label_lat"])
