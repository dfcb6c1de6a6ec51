"""Services out of reach: counted as a profile judges them, and never from what is not known."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.values.classes import UNCERTAIN, UNKNOWN
from analysis.values.profile import judge, profile
from analysis.values.reach import known_services, services_of, services_out_of_reach
from data.tables import Border, Measure
from tests.pages.opening import CORRIDORS
from tests.shipped import data

KODES = ["99.01.01.1001", "99.01.01.1002", "99.02.01.1001", "99.02.01.1002"]
A, B, C, D = KODES
SHIPPED = data()


def toy() -> tuple[Border, dict[str, Measure]]:
    """A: near to all. B: one beyond. C: one beyond, and one perhaps. D: nothing is known."""
    known = SHIPPED.catalogue.corridors["bekasi-depok"]
    units = pd.DataFrame(
        {
            "kode_kabkota": ["99.01", "99.01", "99.02", "99.02"],
            "people": [10.0, 20.0, 30.0, 40.0],
            "bersentuhan": [True, False, True, False],
        },
        index=KODES,
    )
    corridor = known.model_copy(update={"sides": ("99.01", "99.02")})

    def measure(name: str, km: dict[str, float], unsure: tuple[str, ...] = ()) -> Measure:
        values = pd.DataFrame({"value": km, "low": np.nan, "high": np.nan, "year": 2024})
        values["low"] = values["value"].where(~values.index.isin(unsure), 0.0)
        return dataclasses.replace(SHIPPED.measures[name], values=values)

    measures = {
        "jarak_sd": measure("jarak_sd", {A: 0.5, B: 0.5, C: 0.9}),
        "jarak_puskesmas": measure("jarak_puskesmas", {A: 1.0, B: 9.0, C: 6.0}, (C,)),
        "jarak_smp": measure("jarak_smp", {A: 1.0, C: 3.0}, (A,)),
    }
    return Border(corridor, {"kelurahan": units}, pd.DataFrame(), None), measures


def test_what_is_beyond_not_sure_and_unknown_is_counted_apart() -> None:
    border, measures = toy()
    found = services_out_of_reach(border, measures)
    assert found.services == ("jarak_sd", "jarak_puskesmas", "jarak_smp")
    assert found.table[["missed", "unsure", "known"]].to_numpy().tolist() == [
        [0, 0, 3],  # a bound within the standard is sure
        [1, 0, 2],
        [1, 1, 2],
        [0, 0, 0],
    ]
    assert found.classes.index.tolist() == [0, 1, 1, UNKNOWN]
    assert found.uncertain.tolist() == [False, False, True, False]
    people = found.counts.set_index(["side", "class"])["people"]
    assert people["99.02", UNCERTAIN] == 30
    assert people["99.02", UNKNOWN] == 40
    assert people["99.01", 0] == 10
    assert found.years == (2024, 2024)


def test_only_known_distances_stand_on_the_card() -> None:
    _, measures = toy()
    assert known_services(measures, B) == ("jarak_sd", "jarak_puskesmas")
    assert len(known_services(measures, C)) == 3
    assert known_services(measures, D) == ()


@pytest.mark.parametrize("corridor", CORRIDORS)
def test_no_border_is_mostly_unknown(corridor: str) -> None:
    border = SHIPPED.border(SHIPPED.catalogue.corridors[corridor])
    found = services_out_of_reach(border, SHIPPED.measures)
    known = found.classes.index != UNKNOWN
    assert known[found.table["border"]].mean() > 0.9
    assert known.mean() > 0.5
    assert found.counts["units"].sum() == len(border.units["kelurahan"])


def test_a_kelurahan_is_judged_as_in_its_profile() -> None:
    border = SHIPPED.border(SHIPPED.catalogue.corridors["kabserang-kotaserang"])
    found = services_out_of_reach(border, SHIPPED.measures)
    services = services_of(SHIPPED.measures)
    for kode in found.table.index[::40]:
        judged = judge(profile(border, SHIPPED.measures, kode))
        assert found.table.at[kode, "missed"] == sum(r.indicator in services for r in judged.missed)
        assert found.table.at[kode, "unsure"] == sum(r.indicator in services and r.unsure for r in judged.unsure)
