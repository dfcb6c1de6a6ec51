"""The offline map from a stick: painted with the network cut, searched, sorted, and unharmed by hostile names."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import PHONE, Trouble
from tests.shipped import HOSTILE, data, hostile_data
from views.exports.files import offline as files_offline
from views.language.words import Language, Words
from views.story.story import Request

MADE = date(2026, 11, 22)


def write(folder: Path, language: Language = "id", hostile: bool = False) -> str:
    """The map of Kota Bekasi and Kota Depok as a file; its address."""
    known = hostile_data() if hostile else data()
    corridor = known.catalogue.corridors["bekasi-depok"]
    file = folder / "peta.html"
    file.write_bytes(files_offline.build(Request(Words(language), known, corridor, MADE, (), ("32.75.10.1002",))))
    return file.as_uri()


def opened(page: Page, address: str) -> Page:
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator("body[data-ready]")).to_be_attached()
    return page


@pytest.fixture
def quiet(trouble: Trouble) -> Trouble:
    """A page of a file asks for itself alone: that is no request to another machine."""
    trouble._note_request = lambda request: (  # type: ignore[method-assign]
        None if request.url.startswith("file:") else trouble.external.append(request.url)
    )
    return trouble


@pytest.mark.parametrize("language", ["id", "en"])
def test_map_legend_card_and_table_stand_without_a_network(
    quiet: Trouble, open_page: Callable[..., Page], tmp_path: Path, language: Language
) -> None:
    page = opened(open_page(), write(tmp_path, language))
    w = Words(language)
    expect(page.locator("#map path.unit")).to_have_count(119)
    hatched = page.locator("#map path.unit[fill^='url(']")
    expect(hatched).to_have_count(0)
    for kind in ("#legend thead th", "#table thead th"):
        assert page.locator(kind).count() >= 4
    expect(page.locator("#legend tbody tr").last).to_contain_text(w.no_data)
    expect(page.locator("#table tbody tr")).to_have_count(119)
    page.locator("#search").fill("Jatikarya")
    page.keyboard.press("Enter")
    card = page.locator("#card")
    expect(card.locator("h2")).to_have_text("Jatikarya, Jatisampurna, Kota Bekasi")
    expect(card).to_contain_text("2025")
    expect(page.locator("#table tbody tr")).to_have_count(1)
    page.locator("#search").fill("")
    page.locator("#table thead button").nth(4).click()
    expect(page.locator("#table thead th").nth(4)).to_have_attribute("aria-sort", "ascending")
    cells = page.locator("#table tbody tr td:nth-child(5)").all_inner_texts()
    numbers = [float(re.sub(r"[^\d,.]", "", c).replace(",", ".")) for c in cells if any(x.isdigit() for x in c)]
    assert numbers == sorted(numbers)
    offices = data().catalogue.indicators["jarak_kantor_kelurahan"].title
    page.locator("#indicator").select_option(label=w.pick(offices))
    expect(hatched.first).to_be_attached()
    assert hatched.count() > 20, "what is unknown is hatched"
    page.locator("#indicator").select_option(index=page.locator("#indicator option").count() - 1)
    expect(page.locator("#answer")).not_to_be_empty()


def test_a_kecamatan_value_is_drawn_on_kecamatan_and_all_fits_a_phone(
    quiet: Trouble, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = opened(open_page(PHONE), write(tmp_path))
    page.locator("#indicator").select_option(label="Kecukupan SD")
    expect(page.locator("#map path.unit")).to_have_count(23)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing scrolls sideways"
    box = page.locator("#map").bounding_box()
    assert box is not None
    assert box["width"] > 300


def test_hostile_names_are_text(quiet: Trouble, open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(open_page(new=True), write(tmp_path, hostile=True))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.locator("#table tbody tr").first.click()
    page.locator("#map path.unit").first.hover(force=True)
    page.locator("#search").fill("onerror")
    expect(page.locator("#results button").first).to_contain_text("onerror")
    assert HOSTILE.split("\u2028")[0] in page.locator("#card h2").inner_text().replace("\n", "")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("img").count() == 0
    assert dialogs == []


def test_the_policy_stops_what_was_never_there(
    open_page: Callable[..., Page], trouble: Trouble, tmp_path: Path
) -> None:
    page = opened(open_page(), write(tmp_path))
    blocked = page.evaluate(
        """() => new Promise((done) => {
            document.addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective), { once: true });
            const s = document.createElement('script'); s.textContent = 'window.__ran = 1'; document.body.append(s);
        })"""
    )
    assert blocked.startswith("script-src")
    assert page.evaluate("window.__ran") is None
    trouble.console.clear()
    trouble.external.clear()
