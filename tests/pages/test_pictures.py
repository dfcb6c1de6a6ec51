"""Every chart and map of every page can be taken along as a picture that says what it is, of when, and from where."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import BboxBase
from streamlit.testing.v1 import AppTest

from tests.pages.opening import ROOT, assert_whole, session_at
from views.figures.specs import Choropleth, Figure
from views.language.words import Words
from views.paper.picture import picture, sheet_of
from views.screen import pictures
from views.topics.siting import state as siting_state

SERANG = {"koridor": "kabserang-kotaserang", "baru": "36.04:1;36.73:1", "hitung": "rencana"}
OWN = {"koridor": "bekasi-depok", "dasar": "angka", "dilayani-32.75": "7", "dilayani-32.76": "9993", "berdua": "10000"}
# What a page wants in its link, and what must be open or chosen, before it shows all its pictures.
LINKS: dict[str, list[dict[str, str]]] = {
    "lokasi": [SERANG, {"koridor": "bekasi-depok"}],
    "biaya": [SERANG, OWN],
    "beranda": [
        {"koridor": "bekasi-depok", "fasilitas": "puskesmas;pos_damkar"},
        {"koridor": "semua"},
        {"koridor": "kabserang-cilegon", "indikator": "jarak_puskesmas", "tampilan": "kesenjangan"},
    ],
    "bandingkan": [{"koridor": "bekasi-depok"}, {"koridor": "semua"}],
    "damkar": [{"koridor": "bekasi-depok"}, {"koridor": "semua", "bahasa": "en"}],
    "waktu": [{"koridor": "bekasi-depok"}, {"koridor": "semua", "bahasa": "en"}],
    "batas_lain": [
        {"koridor": "bekasi-depok", "bahasa": "en"},
        {"koridor": "bekasi-depok", "pasangan": "32.75-32.76", "jenjang": "smp"},
    ],
}
LINKS["perjanjian"] = [{"koridor": c, "tampilan": "kalender"} for c in ("bekasi-depok", "semua")]
FOLDS: dict[str, Any] = {"needmap": True}
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
# Files of the whole corridor, the minutes, the meeting, whose slides are downloaded as one, and lists.
WITHOUT = {
    "akun",
    "bahan",
    "berita_acara",
    "rapat",
    "pengingat",
    "unggah",
    "usulan",
    "latihan_bersama",
    "suara",
    "katalog",
}
OPENED = [(name, link) for name in PAGES for link in LINKS.get(name, [{"koridor": "bekasi-depok"}])]
WITH = [number for number, (name, _) in enumerate(OPENED) if name not in WITHOUT]
NAMES = [f"{name} {link['koridor']}" for name, link in OPENED]

Offered = list[tuple[Figure, tuple[float, float]]]


@cache
def opened(number: int) -> tuple[AppTest, Offered]:
    """One of `OPENED` with its folds open, and what its buttons would draw."""
    name, link = OPENED[number]
    found: Offered = []
    offer = pictures.offer

    def noted(
        w: Words,
        name: str,
        figure: Callable[[], Figure],
        size: tuple[float, float] = pictures.CHART_SIZE,
        key: str | None = None,
    ) -> None:
        found.append((figure(), size))
        offer(w, name, figure, size, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "offer", noted)
        app = session_at(name, **link)
        for key, chosen in FOLDS.items():
            app.session_state[key] = chosen
        app.run()
    # A plan that was sought here would be shown unasked to whoever comes later.
    siting_state.shelf.clear()
    assert_whole(app, name, link["koridor"], link.get("bahasa", "id"))
    return app, found


def elements(block: Any) -> Iterator[Any]:
    """All elements in the order in which they are read."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements(child)
        else:
            yield child


def is_picture(element: Any) -> bool:
    """Tell whether an element is a chart, a map, or the bars that the style sheet draws."""
    if element.type == "html":
        return "tapal-bar" in element.proto.body
    if element.type == "component_instance":
        return str(element.proto.component_name).startswith("streamlit_folium")
    return str(element.type).endswith("_chart") or element.type in {"imgs", "deck_gl_json_chart"}


def said(svg: bytes) -> str:
    """The text of a picture: matplotlib draws letters as shapes and notes each line as a comment."""
    lines = re.findall(r"<!-- (.*?) -->", svg.decode("utf-8"), re.DOTALL)
    return " ".join(unescape(" ".join(lines)).split())


@pytest.mark.parametrize("number", range(len(OPENED)), ids=NAMES)
def test_each_chart_and_map_is_followed_by_its_buttons(number: int) -> None:
    app, offered = opened(number)
    order = ["picture" if is_picture(e) else e.proto.label for e in elements(app.main) if is_picture(e) or is_button(e)]
    assert order == ["picture", "PNG", "SVG"] * (len(order) // 3)
    assert (len(order) == 0) == (OPENED[number][0] in WITHOUT)
    assert len(offered) == len(order) // 3


def is_button(element: Any) -> bool:
    """Tell whether an element is one of the buttons of a picture."""
    return element.type == "download_button" and element.proto.label in {"PNG", "SVG"}


@pytest.mark.parametrize(
    "number", [n for n, (name, _) in enumerate(OPENED) if name not in WITHOUT], ids=NAMES.__getitem__
)
def test_a_picture_holds_title_legend_year_and_source_and_no_text_beyond_its_edge(number: int) -> None:
    _, offered = opened(number)
    assert offered
    for figure, size in offered:
        text = said(picture(figure, "svg", size))
        assert " ".join(figure.title.split()) in text
        assert re.search(r"\b20\d\d\b", text)
        if figure.year and not isinstance(figure, Choropleth):
            assert figure.year in text
        assert figure.source or isinstance(figure, Choropleth)
        for source in filter(None, figure.source.split("; ")):
            assert source in text
        for entry in figure.legend.entries:
            assert " ".join(entry.label.split()) in text
            assert all(count in text for count in entry.counts)
        paper, texts = boxes(figure, size)
        assert not beyond(paper, texts)
        assert not overlapping(texts)


def boxes(figure: Figure, size: tuple[float, float]) -> tuple[BboxBase, list[tuple[Text, BboxBase]]]:
    """The paper and every text on it with the room that it takes; names in a map end where the map ends."""
    sheet = sheet_of(figure, size, dpi=72)
    FigureCanvasAgg(sheet).draw()
    texts = [text for text in sheet.findobj(Text) if isinstance(text, Text) and text.get_text().strip()]
    shown = [text for text in texts if text.get_visible() and not text.get_clip_on()]
    return sheet.bbox, [(text, text.get_window_extent()) for text in shown]


def beyond(paper: BboxBase, texts: list[tuple[Text, BboxBase]]) -> list[str]:
    """Texts of a picture that leave its paper."""
    return [
        text.get_text()
        for text, box in texts
        if min(box.x0 - paper.x0, paper.x1 - box.x1, box.y0 - paper.y0, paper.y1 - box.y1) < -1
    ]


def overlapping(texts: list[tuple[Text, BboxBase]]) -> list[tuple[str, str]]:
    """Level texts that lie on each other."""
    level = [(text.get_text(), box.padded(-1)) for text, box in texts if not text.get_rotation()]
    return [(a, b) for (a, one), (b, other) in combinations(level, 2) if one.overlaps(other)]


def test_the_facilities_on_the_map_stand_in_its_picture() -> None:
    _, offered = opened(NAMES.index("beranda bekasi-depok"))
    figure, _ = offered[0]
    assert isinstance(figure, Choropleth)
    signs = {entry.sign for entry in figure.legend.entries if entry.sign is not None}
    assert signs == {(kind, state) for kind in ("pos_damkar", "puskesmas") for state in ("", "wilayah")}
    assert {(spot.kind, spot.state) for spot in figure.spots} == signs
    assert figure.note.endswith("; Kemenkes 2022; BPJS Kesehatan dan Kemenkes 2019; pers dan instansi."), (
        "of both kinds"
    )
    # What is known only by its area is never a point.
    assert all((spot.at is None) == (spot.state == "wilayah") for spot in figure.spots)


def test_charts_reach_the_screen_through_one_door() -> None:
    files = [*(ROOT / "pages").glob("*.py"), *(ROOT / "views").rglob("*.py")]
    drawing = {path.name for path in files if re.search(r"\b(plotly|line|bar|area|scatter|altair)_chart\(", code(path))}
    assert drawing == {"pictures.py"}
    maps = [
        path for path in files if re.search(r"^from views\.screen\.map import .*\bdraw\b", code(path), re.MULTILINE)
    ]
    assert maps
    without = [path for path in maps if not re.search(r"pictures\.(offer(_map)?|under_map)\(", code(path))]
    # The preview of a file that is not published is no picture to take away.
    assert [path.relative_to(ROOT).as_posix() for path in without] == ["views/topics/uploads/editor.py"]


def code(path: Path) -> str:
    return path.read_text(encoding="utf-8")
