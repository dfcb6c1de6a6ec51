"""Every kind of file, made from one request."""

import dataclasses
from datetime import date

import pytest

from tests.shipped import data
from views.exports.formats import FORMATS
from views.language.words import Words
from views.story import story
from views.story.story import Request

JATIKARYA = "32.75.10.1002"
# A bell, a vertical tab, a mark that turns the direction, a code that is no character, a new line.
STRANGE = "Jati\x07\x0bkar\u202eya\uffff\nDua"


@pytest.fixture(scope="module")
def request_with_strange_names() -> Request:
    known = data()
    strange = dataclasses.replace(
        known,
        kelurahan=known.kelurahan.assign(nama=STRANGE, kabkota=STRANGE, kecamatan=STRANGE),
        kecamatan=known.kecamatan.assign(nama=STRANGE, kabkota=STRANGE),
        kabkota=known.kabkota.assign(nama=STRANGE),
        facilities=known.facilities.assign(name=STRANGE),
        values=known.values.assign(note=STRANGE),
    )
    return Request(
        Words("id"), strange, known.catalogue.corridors["bekasi-depok"], date(2026, 11, 28), (), (JATIKARYA,)
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_row_11_control_characters_in_names_stop_no_file(kind: str, request_with_strange_names: Request) -> None:
    assert request_with_strange_names.data.names("kelurahan").unique() == ["Jati karya Dua"]
    assert len(FORMATS[kind].build(request_with_strange_names)) > 5000


def test_row_11_clean_tables_stay_themselves() -> None:
    known = data()
    assert known.printable is known


def test_the_story_is_told_once_for_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def tell(request: Request) -> story.Story:
        told.append(request)
        return whole

    known = data()
    request = Request(Words("id"), known, known.catalogue.corridors["bekasi-depok"], date(2026, 11, 28))
    whole = request.story
    monkeypatch.setattr(story, "tell", tell)
    again = dataclasses.replace(request)
    for kind in ("docx", "xlsx"):
        FORMATS[kind].build(again)
    assert told == [again]


def test_a_kelurahan_of_another_corridor_is_refused_and_one_named_twice_counts_once() -> None:
    known = data()
    corridor = known.catalogue.corridors["bekasi-depok"]
    with pytest.raises(ValueError, match=r"36\.04\.05\.2001"):
        Request(Words("id"), known, corridor, date(2026, 11, 28), (), ("36.04.05.2001",))
    assert Request(Words("id"), known, corridor, date(2026, 11, 28), (), (JATIKARYA,) * 2).kelurahan == (JATIKARYA,)
