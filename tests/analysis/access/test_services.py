"""Which services an agreement may open, and whose lists can be used."""

import pytest

from analysis.access.services import SERVICES, equivalents, kabkota_with_list, partners_of
from data.tables import Dataset
from geo.distances import minutes
from tests.analysis.borders_at_work import opened


def test_neighbours_with_and_without_a_list(data: Dataset) -> None:
    border = data.border(data.catalogue.corridors["kabserang-kotaserang"])
    for service, partners in (
        ("puskesmas", ("36.72",)),
        ("sd", ("36.01", "36.02", "36.03", "36.72")),
        ("rumah_sakit", ("36.72",)),
    ):
        assert partners_of(border, kabkota_with_list(SERVICES[service], data.measures, data.facilities)) == partners
    no = opened(data, "kabserang-lebak", "puskesmas")
    assert no.without_list == ("36.02",)
    assert not no.computable
    assert no.table["saved"].isna().all(), "nobody to open to is not the same as no change"
    assert no.table["closed_median"].notna().any()
    thin = opened(data, "semua", "rumah_sakit")
    assert thin.without_list == ("36.04", "36.73")
    cilegon = thin.table[thin.table["kode_kabkota"] == "36.72"]
    assert (cilegon["saved"] == 0).all()
    assert cilegon["open_bound"].any(), "what the list of Kab. Serang would show is not known"
    assert opened(data, "kabserang-kotaserang", "rumah_sakit").members == ()


def test_minutes_and_equivalents(data: Dataset) -> None:
    assert minutes(1000.0, 1.3, 4.5) == pytest.approx(17.333, abs=1e-3)
    assert equivalents(60_000, data.catalogue.standards["sni-rasio-puskesmas"]) == pytest.approx(0.5)
