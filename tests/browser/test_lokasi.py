"""Shared places in a real browser: asked, stopped, and opened again by somebody else."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.driving import settled

SERANG = "/lokasi?koridor=kabserang-kotaserang"


def test_a_plan_can_be_stopped_and_a_link_gives_it_to_another_browser(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto(f"{SERANG}&baru=36.04:5;36.73:5&hitung=rencana")
    page.get_by_role("button", name="Batalkan perhitungan").click()
    expect(page.get_by_text("tidak ada yang disimpan")).to_be_visible(timeout=60_000)
    settled(page)
    expect(page.get_by_text("Tekan Hitung untuk mencari 10 puskesmas baru")).to_be_visible()
    assert "hitung=" not in page.url

    page.goto(f"{SERANG}&baru=36.04:2;36.73:1")
    settled(page).get_by_role("button", name="Hitung", exact=True).click()
    answer = page.get_by_text("Direncanakan bersama").first
    expect(answer).to_be_visible(timeout=60_000)
    settled(page)
    assert "hitung=rencana" in page.url
    other = open_page()
    other.goto(page.url)
    expect(other.get_by_text("Direncanakan bersama").first).to_have_text(answer.inner_text(), timeout=60_000)
