"""The meeting: whole slides, names that stay text, a checked order and addresses that lead somewhere."""

import json
import re
from dataclasses import replace

import pytest

from tests.shipped import asked
from views.exports.files import meeting as files_meeting
from views.figures.specs import Entry
from views.language.words import Words
from views.story import projector
from views.story.projector import Meeting

HOSTILE = "</script><img src=x onerror=alert(1)>\u2028&amp;"


@pytest.fixture(scope="module")
def told() -> Meeting:
    return projector.prepare(asked())


@pytest.mark.parametrize("corridor", ["kabserang-kotaserang", "semua"])
def test_a_meeting_is_whole_and_small(corridor: str) -> None:
    shown = projector.prepare(asked(corridor))
    assert len(shown.slides) == 10
    for slide in shown.slides:
        assert slide.title
        assert slide.lead
        assert slide.path.startswith("/")
        assert any("Sumber" in line for line in slide.credit), slide.id
        assert slide.picture is None or (slide.picture.alt and slide.picture.shapes)
        assert (slide.legend is not None) == (slide.id in {"sampul", "peta", "akses", "damkar", "lokasi"})
    by_id = {slide.id: slide for slide in shown.slides}
    legend = by_id["peta"].legend
    assert legend is not None
    assert {"fill", "hatch", "solid", "dashed", "border"} <= {entry.kind for entry in legend.entries}
    posts = by_id["lokasi"].legend
    assert posts is not None
    assert {"sign", "area"} <= {entry.kind for entry in posts.entries}
    sent = projector.sent(Words("id"), shown, "http://192.168.1.5:8501")
    assert len(sent.encode()) < 2_000_000


def test_what_may_meet_a_standard_or_miss_it_has_a_look_of_its_own() -> None:
    key = projector._key(Entry("#123456", "belum pasti", ("2", "3"), uncertain=True), slice(1, None, 2), soft=False)
    assert (key.kind, key.counts) == ("uncertain", ("3",))


def test_pictures_bring_no_words_about_themselves(told: Meeting) -> None:
    drawings = [shape.data for s in told.slides if s.picture for shape in s.picture.shapes if shape.kind == "svg"]
    assert drawings
    for drawing in drawings:
        assert drawing.startswith("<svg")
        assert "<metadata" not in drawing
        assert not re.search(r"(?:href|src)=\"(?!#)", drawing)


def test_a_hostile_name_cannot_leave_the_file(told: Meeting) -> None:
    first = replace(told.slides[0], title=HOSTILE, lead=HOSTILE, notes=(HOSTILE,))
    page = files_meeting.make(Words("id"), replace(told, title=HOSTILE, slides=(first,)), "https://a.example").decode()
    assert "<img" not in page
    assert page.count("</script>") == 2
    block = re.search(r'id="tapal-rapat">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    assert "\u2028" not in block[1]
    assert json.loads(block[1])["slides"][0]["lead"] == HOSTILE


def test_the_file_forbids_all_that_is_not_its_own(told: Meeting) -> None:
    page = files_meeting.make(Words("en"), told, "http://localhost:8501").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]
    assert "localhost" not in page
    assert not re.search(r"(?<![\w.])/(?:home|root|Users|work|tmp)/\w", page)
    assert all(not slide["qr"] for slide in json.loads(projector.sent(Words("en"), told, ""))["slides"])
    assert page.encode() == files_meeting.make(Words("en"), told, "http://localhost:8501")


def test_codes_lead_to_the_view_and_the_first_to_the_meeting(told: Meeting) -> None:
    own = (("koridor", "bekasi-depok"), ("slaid", "sampul;peta"))
    slides = json.loads(projector.sent(Words("id"), told, "https://tapal.kota.go.id", own))["slides"]
    assert slides[0]["link"] == "https://tapal.kota.go.id/rapat?koridor=bekasi-depok&slaid=sampul%3Bpeta"
    assert [s["link"].removeprefix("https://tapal.kota.go.id") for s in slides[1:]] == [s.path for s in told.slides[1:]]
    assert all(s["qr"].startswith("<svg") for s in slides)


def test_slides_come_in_the_order_that_was_chosen(told: Meeting) -> None:
    assert [s.id for s in projector.arranged(told, ["biaya", "sampul"]).slides] == ["biaya", "sampul"]


@pytest.mark.parametrize(
    ("address", "here"),
    [("http://localhost:8501", True), ("http://127.0.0.1", True), ("http://[::1]:1", True), ("http://10.0.0.2", False)],
)
def test_this_computer_is_told_from_others(address: str, here: bool) -> None:
    assert projector.this_computer(address) is here
