"""Editing the scenario of the link: what takes its place, what is taken back, and what is refused with a sentence."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.scenario.changes import MOST_CHANGES
from tests.pages.opening import open_page

FIRE = "tambah,pos_damkar,36.73,106.20000,-6.13000"
SCHOOL = "tambah,sd,36.73,106.15000,-6.12000"
PLACED = "pindah,pos_damkar:0013,106.15400,-6.12000"


def edit() -> None:
    """Put the change that the parameter `ubah` holds, or take back the one that `batal` counts."""
    import streamlit as st

    from analysis.scenario.changes import parse
    from views.language.words import Words
    from views.link import context
    from views.link import scenario as link_scenario
    from views.link.kinds import CHANGEABLE

    data = context.dataset()
    session = context.Session(Words("id"), data, data.catalogue.corridors["kabserang-kotaserang"], dark=False)
    change, number = st.query_params.pop("ubah", ""), st.query_params.pop("batal", "")
    context.read(session, "damkar")
    if change:
        link_scenario.put(session, *parse(change, data.facilities, CHANGEABLE, list(data.kabkota.index)))
    if number:
        link_scenario.take_back(session, ("pos_damkar",), int(number))
    context.read(session, "damkar")
    link_scenario.draw_refusal()
    st.markdown(str(link_scenario.full()))


def edited(scenario: str, **parameters: str) -> tuple[str, str, str]:
    """The scenario of the link afterwards, whether it is full, and the refusal."""
    app = AppTest.from_function(edit)
    for key, value in {"skenario": scenario, **parameters}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    after = app.query_params["skenario"]
    return (
        after if isinstance(after, str) else after[0],
        str(app.markdown[0].value),
        " ".join(str(m.value) for m in app.warning),
    )


def test_a_change_stands_beside_those_of_other_kinds() -> None:
    assert edited(SCHOOL, ubah=FIRE) == (f"{SCHOOL};{FIRE}", "False", "")


def test_a_later_change_to_a_facility_takes_the_place_of_an_earlier_one() -> None:
    after, _, refusal = edited(f"{PLACED};{SCHOOL}", ubah="tutup,pos_damkar:0013")
    assert after == f"{SCHOOL};tutup,pos_damkar:0013"
    assert not refusal


def test_a_full_link_takes_no_more_whatever_its_kinds() -> None:
    before = ";".join([SCHOOL] * MOST_CHANGES)
    after, full, refusal = edited(before, ubah=FIRE)
    assert (after, full) == (before, "True")
    assert f"Paling banyak {MOST_CHANGES} perubahan" in refusal
    replaced, _, refusal = edited(";".join([SCHOOL] * (MOST_CHANGES - 1) + [PLACED]), ubah="tutup,pos_damkar:0013")
    assert replaced.endswith("tutup,pos_damkar:0013")
    assert not refusal


def test_a_place_in_the_sea_is_refused_and_the_rest_stays() -> None:
    after, _, refusal = edited(SCHOOL, ubah="tambah,pos_damkar,36.73,106.00000,-5.50000")
    assert after == SCHOOL
    assert "dari kelurahan mana pun; tidak ditambahkan" in refusal


@pytest.mark.parametrize(("number", "left"), [("0", f"{SCHOOL};{PLACED}"), ("1", f"{SCHOOL};{FIRE}")])
def test_a_change_is_taken_back_by_its_place_among_its_kind(number: str, left: str) -> None:
    assert edited(f"{FIRE};{SCHOOL};{PLACED}", batal=number)[0] == left


def test_alike_new_posts_are_listed_and_taken_back_one_by_one() -> None:
    app = open_page("damkar", koridor="kabserang-kotaserang", skenario=f"{FIRE};{FIRE}")
    assert not app.exception
    for left in (1, 0):
        next(b for b in app.button if b.label == "Batal").click().run()
        assert not app.exception
        assert len([b for b in app.button if b.label == "Batal"]) == left
