"""The deck, read back by python-pptx and LibreOffice: native charts and tables, the numbers of the pages."""

import gc
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from matplotlib.figure import Figure
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.package import Package
from pptx.util import Inches

from tests.shipped import MADE, asked, data
from tests.views.exports.office import (
    convert,
    is_formula,
    needs_office,
    needs_poppler,
    own_template,
    tell_tale,
    words_of,
)
from views.exports.deck import deck as deck_exports
from views.figures.specs import Bars, Choropleth
from views.language.words import LANGUAGES, Language, Words
from views.story.story import Story


def told(corridor: str = "bekasi-depok", language: Language = "id") -> Story:
    return asked(corridor, language).story


@cache
def made(corridor: str = "bekasi-depok", language: Language = "id") -> bytes:
    return deck_exports.make(Words(language), told(corridor, language))


@pytest.fixture(scope="module")
def content() -> bytes:
    return made()


@pytest.fixture(scope="module")
def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def shapes_with(opened: Any, what: str) -> Iterator[tuple[int, Any]]:
    for number, slide in enumerate(opened.slides):
        yield from ((number, shape) for shape in slide.shapes if getattr(shape, what, False))


def text_of(slide: Any) -> str:
    parts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if getattr(shape, "has_table", False):
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def test_nothing_of_it_stays_in_memory() -> None:
    def there() -> set[int]:
        return {id(found) for found in gc.get_objects() if isinstance(found, Package | Figure)}

    before = there()
    gc.disable()
    try:
        deck_exports.make(Words("id"), asked().story)
        assert there() <= before
    finally:
        gc.enable()


def test_it_has_sixteen_to_nine_slides_with_titles_and_notes(opened: Any) -> None:
    assert opened.slide_width / opened.slide_height == pytest.approx(16 / 9, abs=0.01)
    assert len(opened.slides) == 10
    for slide, expected in zip(opened.slides, told().slides, strict=True):
        assert slide.shapes.title.text_frame.text == expected.sentence
        notes = slide.notes_slide.notes_text_frame.text
        assert all(text in notes for text in (expected.sentence, *expected.points))
        assert expected.link in notes
        assert all(note in notes for note in expected.notes)


def test_every_slide_says_what_it_is_about_its_answer_and_where_it_comes_from(opened: Any) -> None:
    w = Words("id")
    for slide, expected in zip(opened.slides, told().slides, strict=True):
        text = text_of(slide)
        assert expected.credit(w)
        assert all(part in text for part in (expected.title, expected.sentence, expected.remark, expected.credit(w)))


@pytest.mark.parametrize("corridor", list(data().catalogue.corridors))
def test_every_deck_is_ten_answers_each_with_one_picture_on_two_thirds_of_its_slide(corridor: str) -> None:
    opened = Presentation(io.BytesIO(made(corridor)))
    assert len(opened.slides) == 10
    for slide, expected in zip(opened.slides, told(corridor).slides, strict=True):
        title = slide.shapes.title.text_frame.text
        assert len(title.split()) <= 25
        assert title.endswith(".")
        shown = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE or s.has_chart]
        if expected.figure is None:
            assert any(s.has_table for s in slide.shapes), title
            continue
        assert len(shown) == 1
        assert shown[0].width * shown[0].height >= 0.6 * opened.slide_width * opened.slide_height, title
        top = slide.shapes.title.top + slide.shapes.title.height
        assert shown[0].top >= top, "the picture lies under its title"
    last = next(s.table for s in opened.slides[9].shapes if s.has_table)
    assert opened.slides[9].shapes[1].text_frame.text == "Yang kami minta diputuskan"
    assert [cell.text for cell in last.rows[0].cells][-3:] == ["Keputusan", "Penanggung jawab", "Tenggat"]


def test_no_gridline_runs_through_a_label(opened: Any) -> None:
    charts = [shape.chart for _, shape in shapes_with(opened, "has_chart")]
    labelled = [chart for chart in charts if "<c:dLbl>" in chart._chartSpace.xml]
    assert labelled
    assert not [chart for chart in labelled if "<c:majorGridlines" in chart._chartSpace.xml]


def test_charts_are_native_and_hold_the_numbers_of_the_figure(opened: Any) -> None:
    charts = [shape.chart for _, shape in shapes_with(opened, "has_chart")]
    assert len(charts) >= 3
    slide = told().slide("kesenjangan")
    assert slide is not None
    bars = slide.figure
    assert isinstance(bars, Bars)
    rows = [f"{name} – {series.side.name}" for name in bars.categories for series in bars.series]
    assert list(charts[0].plots[0].categories) == rows
    ends = [series.ends[n] for n in range(len(bars.categories)) for series in bars.series]
    least, most, _ = charts[0].plots[0].series
    assert list(least.values) == [round(low, 1) for low, _ in ends]
    assert list(most.values) == [round(high - low, 1) for low, high in ends]


def test_the_label_at_a_bar_reads_as_on_the_page(opened: Any) -> None:
    xml = next(shapes_with(opened, "has_chart"))[1].chart._chartSpace.xml
    slide = told().slide("kesenjangan")
    assert slide is not None
    assert isinstance(slide.figure, Bars)
    for series in slide.figure.series:
        for text in series.texts:
            assert f">{text}<" in xml


def test_tables_are_native_and_hold_the_cells_of_the_story(opened: Any) -> None:
    shown = [s for s in told().slides if s.figure is None]
    assert [s.id for s in shown] == ["keputusan"]
    for number, shape in shapes_with(opened, "has_table"):
        slide = told().slides[number]
        if slide.figure is None and slide.table is not None:
            rows = [tuple(cell.text for cell in row.cells) for row in shape.table.rows]
            assert rows == [slide.table.columns, *slide.table.rows]


def test_the_map_has_its_legend_with_counts_and_what_is_unknown(opened: Any) -> None:
    slide = told().slide("peta")
    assert slide is not None
    figure = slide.figure
    assert isinstance(figure, Choropleth)
    page = opened.slides[[s.id for s in told().slides].index("peta")]
    pictures = [s for s in page.shapes if s.shape_type == 13]
    assert [p._element.nvPicPr.cNvPr.get("descr") for p in pictures] == [figure.alt]
    text = text_of(page)
    for entry in figure.legend.entries:
        assert entry.label in text
        assert all(count in text for count in entry.counts[1::2])
    assert figure.attribution in text


@pytest.mark.parametrize(("corridor", "language"), [("kabserang-kotaserang", "id"), ("semua", "en")])
def test_nothing_leaves_the_slide(corridor: str, language: Language) -> None:
    opened = Presentation(io.BytesIO(made(corridor, language)))
    for slide in opened.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= opened.slide_width + 10, (slide.shapes.title.text, shape.name)
            height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.top + height <= opened.slide_height, (slide.shapes.title.text, shape.name)


def test_it_names_nobody_and_no_place_of_a_machine(content: bytes, opened: Any) -> None:
    properties = opened.core_properties
    assert (properties.author, properties.last_modified_by) == ("Tapal", "Tapal")
    assert properties.title == "Kota Bekasi – Kota Depok"
    assert properties.created.date() == MADE
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            assert not tell_tale(part), name
            assert b"Canny" not in part, name
        links = [archive.read(n) for n in archive.namelist() if n.endswith(".rels")]
    assert not [text for text in links if b"External" in text]


def test_names_that_attack_stay_text_also_in_the_workbooks_behind_the_charts() -> None:
    opened = Presentation(io.BytesIO(deck_exports.make(Words("id"), asked(hostile=True).story)))
    assert len(opened.slides) == 10
    charts = [shape.chart for _, shape in shapes_with(opened, "has_chart")]
    books = [openpyxl.load_workbook(io.BytesIO(c.part.chart_workbook.xlsx_part.blob)) for c in charts]
    cells = [cell for book in books for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("=cmd" in str(cell.value) for cell in cells)
    assert not [cell.value for cell in cells if cell.data_type == "f" or is_formula(cell.value)]


def test_an_office_brings_its_own_template() -> None:
    opened = Presentation(io.BytesIO(deck_exports.make(Words("id"), told(), own_template())))
    assert opened.slide_width == Inches(10)
    assert "contoh kantor" not in "".join(text_of(slide) for slide in opened.slides)
    assert len(opened.slides) == len(told().slides)
    for slide in opened.slides:
        assert all(shape.left + shape.width <= opened.slide_width + 10 for shape in slide.shapes)


@needs_office
@needs_poppler
@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_opens_it_slide_by_slide(tmp_path: Path, language: Language) -> None:
    expected = told(language=language)
    file = tmp_path / "paparan.pptx"
    file.write_bytes(made(language=language))
    text = words_of(convert(file, "pdf"))
    for slide in expected.slides:
        assert " ".join(slide.sentence.split()) in text
    assert "\N{REPLACEMENT CHARACTER}" not in text
