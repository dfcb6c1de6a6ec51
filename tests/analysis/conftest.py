"""The shipped data and the opening of the true border of Serang, computed once for all tests here."""

import pytest

from analysis.access.result import OpenBorder
from data.tables import Dataset
from tests import shipped
from tests.analysis.borders_at_work import opened


@pytest.fixture(scope="session")
def data() -> Dataset:
    return shipped.data()


@pytest.fixture(scope="session")
def serang(data: Dataset) -> OpenBorder:
    return opened(data, "kabserang-kotaserang", "puskesmas")
