"""A meeting on a projector of 1024x768: the keyboard alone, a lost connection, and a file without a server."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import PHONE, PROJECTOR, Trouble, settled
from tests.serving import serve
from views.exports.files import meeting as files_meeting
from views.language.words import Words
from views.story import projector

OLD_PROJECTOR = (1024, 768)
OVERFLOWING = """() => {
  const page = document.querySelector('.rp-slide');
  const box = page.getBoundingClientRect();
  const out = [...page.querySelectorAll('p, li, th, td, caption, h2, img, figcaption')].filter((e) => {
    const r = e.getBoundingClientRect();
    return r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 1 || r.top < box.top - 1;
  });
  return out.map((e) => `${e.tagName} ${(e.textContent || e.alt).slice(0, 60)}`);
}"""


def number(page: Page) -> str:
    """Which slide of how many is on the screen."""
    return str(page.locator(".rp-number").text_content())


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def begin(page: Page, address: str) -> Page:
    """Open the page and start the meeting as a presenter does: Tab to the button, Enter."""
    page.goto(address)
    settled(page)
    return start(page)


def start(page: Page) -> Page:
    """Start the meeting of an open page."""
    expect(page.locator(".rp-start")).to_be_visible()
    page.locator(".rp-start").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".rp-open")).to_be_visible()
    return page


def px(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


def drawn(page: Page) -> None:
    """Wait for the slide's picture; a broken one raises."""
    # A polled expression would be refused by the page's own policy.
    page.locator(".rp-picture").evaluate("picture => picture.decode()")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_meeting_is_held_with_the_keyboard_alone(open_page: Callable[..., Page], language: str) -> None:
    page = begin(open_page(OLD_PROJECTOR), f"/rapat?koridor=kabserang-kotaserang&bahasa={language}")
    assert page.evaluate("document.fullscreenElement !== null"), "the button fills the screen"
    assert number(page) == "1 / 10"
    expect(page.locator(".rp-code")).to_have_count(0)  # it would open nothing on another computer
    for at in range(1, 11):
        assert number(page) == f"{at} / 10"
        assert page.evaluate(OVERFLOWING) == []
        assert page.locator(".rp-scroll").count() == 0, "a slide fits its screen"
        assert px(page, ".rp-lead .rp-answer") >= 24, "read from the back of the room"
        assert page.locator(".rp-place").text_content().count("·") == 2  # type: ignore[union-attr]
        if page.locator(".rp-picture").count():
            drawn(page)
            assert page.locator(".rp-picture").get_attribute("alt")
            assert re.search("(Sumber|Source): ", str(page.locator(".rp-foot").text_content())), "unit, year and source"
        press(page, "ArrowRight" if at % 2 else "Space")
    assert number(page) == "10 / 10", "the last slide is the last"
    press(page, "Home", "PageDown", "PageDown", "PageUp")
    assert number(page) == "2 / 10"
    press(page, "3")
    assert number(page) == "3 / 10"
    expect(page.locator(".rp-legend .rp-hatch")).to_be_visible()
    expect(page.locator(".rp-legend .rp-border")).to_be_visible()
    press(page, "0")
    expect(page.locator(".rp-overview button")).to_have_count(10)
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    press(page, "ArrowDown", "ArrowDown", "Enter")
    assert number(page) == "5 / 10"
    press(page, "t")
    expect(page.locator(".rp-table")).to_be_visible()
    press(page, "t")
    expect(page.locator(".rp-picture")).to_be_visible()
    press(page, "?")
    expect(page.locator(".rp-keys dt")).to_have_count(14)
    press(page, "?", "b")
    expect(page.locator('.rp-cover[data-kind="blank"]')).to_be_visible()
    press(page, "b", "End", "Escape")
    if page.locator(".rp-open").count():  # the first Esc may have gone to the browser's full screen
        press(page, "Escape")
    expect(page.locator(".rp-open")).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "rp-start"
    settled(page)


def test_a_lost_connection_changes_nothing(open_page: Callable[..., Page], trouble: Trouble) -> None:
    with serve("server.py") as address:
        page = begin(open_page(OLD_PROJECTOR, base_url=address), "/rapat")
        press(page, "3")
        page.context.set_offline(True)
        page.evaluate("dispatchEvent(new Event('offline'))")
    # The server is ended now, and its socket with it.
    for at in range(4, 11):
        press(page, "ArrowRight")
        assert number(page) == f"{at} / 10"
        if page.locator(".rp-picture").count():
            drawn(page)
    page.wait_for_timeout(3000)
    press(page, "q")
    expect(page.locator(".rp-cover .rp-code img")).to_be_visible()
    press(page, "q", "c", "Home")
    assert number(page) == "1 / 10"
    expect(page.locator(".rp-open.rp-contrast")).to_be_visible()
    on_top = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('.rp') !== null"
    assert page.evaluate(on_top), "no message of the app stands over the slide"
    assert not page.evaluate("[...document.body.children].some(e => !e.inert && !e.matches('.rp, script'))")
    page.locator(".rp-tools button").nth(1).click()
    assert number(page) == "2 / 10", "the mouse still works"
    trouble.console.clear()


def test_looks_and_notes(open_page: Callable[..., Page]) -> None:
    page = begin(open_page(PROJECTOR), "/rapat?koridor=bekasi-depok")
    press(page, "4", "c")
    assert page.locator(".rp-title").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert page.locator(".rp-foot").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    press(page, "g")
    assert page.locator(".rp").evaluate("e => getComputedStyle(e).filter") == "grayscale(1)"
    press(page, "c", "g")
    before = px(page, ".rp-stage")
    press(page, "+")
    assert px(page, ".rp-stage") > before
    assert page.evaluate(OVERFLOWING) == []
    press(page, "-", "-")
    assert px(page, ".rp-stage") < before
    press(page, "+", "3")

    with page.expect_popup() as opened:
        press(page, "n")
    notes = opened.value
    expect(notes.locator("h1")).to_contain_text("3 / 10")
    expect(notes.locator(".rp-clock")).to_contain_text("dari 15 menit")
    assert notes.locator(".rp-notes li").count() > 3
    press(page, "ArrowRight")
    expect(notes.locator("h1")).to_contain_text("4 / 10")
    notes.keyboard.press("ArrowRight")
    expect(notes.locator("h1")).to_contain_text("5 / 10")
    assert number(page) == "5 / 10"
    expect(notes.locator(".rp-next")).to_contain_text("apa yang berubah")
    assert page.locator(".rp-panel").is_hidden(), "the projector shows no notes"
    shown = str(notes.locator(".rp-clock").text_content())
    expect(notes.locator(".rp-clock")).not_to_have_text(shown)
    with notes.expect_event("close"):
        press(page, "n")

    page.evaluate("window.open = () => null")
    press(page, "n", "ArrowRight")
    expect(page.locator(".rp-panel h1")).to_contain_text("6 / 10")
    assert page.evaluate(OVERFLOWING) == []
    press(page, "n")
    expect(page.locator(".rp-panel")).to_be_hidden()


def test_it_works_where_full_screen_is_refused(open_page: Callable[..., Page]) -> None:
    page = open_page(OLD_PROJECTOR, new=True)
    page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'))")
    begin(page, "/rapat")
    box = page.locator(".rp-stage").bounding_box()
    assert box is not None
    assert [box["width"], box["height"]] == list(OLD_PROJECTOR)
    press(page, "ArrowRight", "Escape")
    expect(page.locator(".rp-open")).to_have_count(0)
    assert number(page) == "2 / 10", "the slide stays when the meeting is left"


def test_a_phone_follows_by_swiping(open_page: Callable[..., Page]) -> None:
    page = begin(open_page(PHONE, has_touch=True), "/rapat?koridor=bekasi-depok")
    swipe = """(by) => { const e = document.querySelector('.rp-slide');
      for (const [type, x] of [['pointerdown', 200], ['pointerup', 200 + by]])
        e.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX: x, clientY: 300, pointerType: 'touch' })); }"""
    page.evaluate(swipe, -150)
    assert number(page) == "2 / 10"
    page.evaluate(swipe, 150)
    assert number(page) == "1 / 10"
    page.evaluate(swipe, -20)
    assert number(page) == "1 / 10"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_chosen_slides_come_in_their_order(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/rapat?koridor=bekasi-depok&slaid=peta;sampul;biaya")
    box = settled(page).get_by_role("textbox", name="Alamat kantor untuk kode QR")
    box.fill("https://tapal.kota.go.id")
    box.press("Enter")
    expect(page.get_by_text("Kode QR membuka https://tapal.kota.go.id")).to_be_visible()
    start(page)
    assert number(page) == "1 / 3"
    press(page, "q")
    link = urlsplit(str(page.locator(".rp-cover figcaption").text_content()))
    assert (link.scheme, link.netloc, link.path) == ("https", "tapal.kota.go.id", "/rapat")
    assert parse_qs(link.query)["slaid"] == ["peta;sampul;biaya"]
    press(page, "3", "q")
    assert "/biaya?koridor=bekasi-depok" in str(page.locator(".rp-cover figcaption").text_content())


def test_the_file_needs_neither_server_nor_network(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    page = open_page(OLD_PROJECTOR)
    page.goto("/rapat?koridor=kabserang-kotaserang")
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Unduh rapat").click()
    path = tmp_path / "rapat.html"
    taken.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert "127.0.0.1" not in text
    assert "localhost" not in text

    copy = open_page(OLD_PROJECTOR, offline=True)
    copy.goto(path.as_uri())
    for at in range(1, 11):
        assert number(copy) == f"{at} / 10"
        assert copy.evaluate(OVERFLOWING) == []
        if copy.locator(".rp-picture").count():
            assert copy.locator(".rp-picture").evaluate("async e => { await e.decode(); return e.naturalWidth }") > 0
        press(copy, "ArrowRight")
    press(copy, "4", "c", "g")
    with copy.expect_popup() as opened:
        press(copy, "n")
    expect(opened.value.locator("h1")).to_contain_text("4 / 10")
    assert opened.value.evaluate("getComputedStyle(document.querySelector('.rp-clock')).fontWeight") == "700"
    assert trouble.external == [path.as_uri()], "it asked for itself alone"
    trouble.external.clear()


def test_hostile_texts_stay_text(open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path) -> None:
    bad = "<img src=x onerror=window.pwned=1></script><script>window.pwned=1</script>${window.pwned=1}"
    key = projector.Key("fill", "red;background:url(x)", bad, (bad,))
    view = projector.View(
        id="peta",
        title=bad,
        lead=bad,
        remark=bad,
        picture=projector.Drawing(bad, (projector.Shape("svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", 1.0),)),
        legend=projector.KeyTable((bad,), (key,)),
        table=projector.Cells(bad, (bad,), ((bad,),), ()),
        credit=(bad,),
        notes=(bad,),
        path=f"/?{bad}",
    )
    told = projector.Meeting(bad, "id", "x", bad, bad, (view, view))
    path = tmp_path / "hostile.html"
    path.write_bytes(files_meeting.make(Words("id"), told, "https://a.example"))
    page = open_page(OLD_PROJECTOR)
    page.goto(path.as_uri())
    expect(page.locator(".rp-lead .rp-answer")).to_have_text(bad)
    for key_name in ("t", "0", "Escape", "q", "Escape", "?", "Escape", "t"):
        press(page, key_name)
    page.evaluate("window.open = () => null")
    press(page, "n")
    expect(page.locator(".rp-panel .rp-said")).to_have_text(bad)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img[src='x']").count() == 0
    assert trouble.external == [path.as_uri()]
    trouble.external.clear()
