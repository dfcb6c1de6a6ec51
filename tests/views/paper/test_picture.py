"""Pictures: whole files of three kinds, equal bytes for equal figures from any thread, and text on their origin."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from pypdf import PdfReader

from tests.shipped import asked
from tests.views.exports.office import tell_tale
from views.figures.captions import credit
from views.figures.specs import Choropleth, Figure
from views.language.words import Words
from views.paper.picture import Format, picture, sheet_of

STARTS: dict[Format, bytes] = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
SIZE = (180.0, 120.0)


@cache
def drawn(corridor: str = "bekasi-depok", hostile: bool = False) -> list[Figure]:
    told = asked(corridor, hostile=hostile).story
    return [slide.figure for slide in told.slides if slide.figure is not None]


@pytest.mark.parametrize("corridor", ["bekasi-depok", "semua"])
def test_every_figure_of_the_story_becomes_every_kind_of_file(corridor: str) -> None:
    figures = drawn(corridor)
    assert len(figures) >= 4
    for figure in figures:
        for kind, start in STARTS.items():
            content = picture(figure, kind, SIZE)
            assert content.startswith(start)
            assert not tell_tale(content)


def test_the_same_figure_gives_the_same_bytes_in_any_thread() -> None:
    figures = drawn()
    kinds: list[Format] = ["png", "svg", "pdf"]
    jobs = [(figure, kind) for figure in figures[:2] for kind in kinds]
    alone = [picture(figure, kind, SIZE, dpi=60) for figure, kind in jobs]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda job: picture(job[0], job[1], SIZE, dpi=60), jobs))
    assert together == alone


def test_a_picture_says_what_it_is_and_where_it_comes_from() -> None:
    for figure in drawn():
        reader = PdfReader(io.BytesIO(picture(figure, "pdf", SIZE)))
        text = " ".join(reader.pages[0].extract_text().split())
        assert figure.title in text
        assert figure.source.split(";")[0] in text
        if figure.note:
            assert figure.note.split(".")[0] in text
        for entry in figure.legend.entries:
            assert " ".join(entry.label.split()) in text


def test_a_bare_picture_leaves_title_and_credit_to_who_places_it() -> None:
    figure = drawn()[0]
    text = PdfReader(io.BytesIO(picture(figure, "pdf", SIZE, bare=True))).pages[0].extract_text()
    assert figure.title not in text


def test_names_that_attack_are_drawn_as_written() -> None:
    for figure in drawn(hostile=True):
        content = picture(figure, "svg", SIZE)
        assert b"<script" not in content
        assert b"<img" not in content


def test_the_credit_names_unit_year_and_source() -> None:
    for figure in drawn():
        text = credit(Words("id"), figure)
        assert figure.unit in text
        assert figure.source in text


def test_no_name_of_a_map_lies_on_another() -> None:
    figure = next(figure for figure in drawn("semua") if isinstance(figure, Choropleth))
    for size in ((250.0, 110.0), (85.0, 60.0), (40.0, 30.0)):
        sheet = sheet_of(figure, size, bare=True)
        renderer = FigureCanvasAgg(sheet).get_renderer()
        rooms = [text.get_window_extent(renderer) for text in sheet.axes[0].texts]
        assert len(rooms) > 1, "names, and the length of the scale"
        assert not any(one.overlaps(other) for one, other in combinations(rooms[:-1], 2)), size
