"""The table of parameters: whole, and sound for every page and corridor."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.opening import CORRIDORS, QUESTIONS
from tests.shipped import data
from views.language import link_names
from views.language.words import LANGUAGES, Words
from views.link import results
from views.link.kinds import Kind, RefusedError, taken
from views.link.parameters import TABLE, Context
from views.link.refusals import label

OFFERED = {
    link_names.FACILITIES: ["sd", "puskesmas"],
    link_names.AGREEMENT: ["BKS-DPK-2025"],
    link_names.DRILL: ["7"],
    link_names.REPORT: ["12", "7"],
    link_names.FILES: ["pptx", "png"],
    link_names.SLIDES: ["sampul", "peta"],
    link_names.YEAR_FROM: ["2018", "2020", "2024"],
}


def kinds(page: str, corridor: str) -> dict[str, Kind]:
    """How every parameter of a page is read, by name, as long as none is given."""
    known = data()
    listed = partial(results.kabkota_with_list, known)
    values: dict[str, Any] = {}
    found: dict[str, Kind] = {}
    for line in TABLE:
        context = Context("", page, known, known.catalogue.corridors[corridor], listed, values, OFFERED)
        for name in line.names(context) if page in line.pages or not line.pages else ():
            kind = line.kind(Context(name, page, known, context.corridor, listed, values, OFFERED))
            if kind is not None:
                found[name], values[name] = kind, kind.default
    return found


@pytest.mark.parametrize("corridor", CORRIDORS)
@pytest.mark.parametrize("page", list(QUESTIONS))
def test_a_default_is_allowed_and_leaves_the_link(page: str, corridor: str) -> None:
    found = kinds(page, corridor)
    assert {"koridor", "bahasa"} <= set(found)
    for name, kind in found.items():
        assert kind.checked(kind.default) == kind.fitting(kind.default) == kind.default, name
        assert kind.text(kind.default) == "", name
        for language in LANGUAGES:
            assert label(Words(language), name), name


@given(st.sampled_from(list(QUESTIONS)), st.data(), st.text(max_size=30))
def test_what_is_read_is_written_and_read_again(page: str, choose: st.DataObject, text: str) -> None:
    name, kind = choose.draw(st.sampled_from(sorted(kinds(page, "kabserang-kotaserang").items(), key=lambda k: k[0])))
    try:
        value = taken(kind, [text])
    except RefusedError:
        return
    assert value == kind.default or taken(kind, [kind.text(value)]) == value, name


def test_the_table_names_every_parameter_and_only_pages_that_exist() -> None:
    names = {value for name, value in vars(link_names).items() if name.isupper() and isinstance(value, str)}
    assert {line.name for line in TABLE} == names
    assert {page for line in TABLE for page in line.pages} <= set(QUESTIONS)
    for page in QUESTIONS:
        lines = [line for line in TABLE if page in line.pages or not line.pages]
        known = [(line.name, line.each is None) for line in lines] + [(line.old, True) for line in lines if line.old]
        assert len(known) == len(set(known)), page
