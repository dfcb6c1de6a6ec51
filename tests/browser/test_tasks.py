"""Ten things that officials come for, each within a number of clicks from the first page; on a telephone two more."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation

from tests.browser.driving import LAPTOP, PHONE, map_frame, settled

SERANG, BEKASI = "/?koridor=kabserang-kotaserang", "/?koridor=bekasi-depok"
SCREENS = pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
MORE_ON_A_PHONE = 2


class Hand:
    """Clicks and counts them; the Enter that takes a suggestion counts, typing does not."""

    def __init__(self, page: Page, most: int) -> None:
        phone = page.viewport_size == {"width": PHONE[0], "height": PHONE[1]}
        self.page, self.most = page, most + MORE_ON_A_PHONE * phone
        self.phone, self.clicks = phone, 0

    def click(self, target: Locator) -> None:
        target.click()
        self._count()

    def go(self, place: str, page: str) -> None:
        """To a page of a place, by the navigation."""
        if self.phone:
            self.click(self.page.get_by_test_id("stExpandSidebarButton"))
            self.click(self.page.get_by_test_id("stSidebar").get_by_role("link", name=page))
        else:
            self.click(self.page.get_by_test_id("stHeader").get_by_text(place, exact=True))
            self.click(self.page.get_by_role("menuitem", name=page))

    def find(self, name: str) -> None:
        """A kelurahan, by the search that stands on every page."""
        self.click(self.page.get_by_role("combobox", name="Cari kelurahan").first)
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")
        self._count()

    def _count(self) -> None:
        self.clicks += 1
        assert self.clicks <= self.most, f"{self.clicks} clicks, at most {self.most}"


def begin(open_page: Callable[..., Page], screen: tuple[int, int], address: str, most: int) -> Hand:
    """The first page at a border."""
    page = open_page(screen, permissions=["clipboard-read", "clipboard-write"])
    page.goto(address)
    map_frame(settled(page))
    return Hand(page, most)


def answer(page: Page) -> Locator:
    """The sentence that answers the page's question."""
    return page.locator('[data-testid="stMain"] p strong').first


@SCREENS
def test_a_who_is_farthest_from_the_own_puskesmas_and_whose_is_nearer(
    open_page: Callable[..., Page], screen: tuple[int, int]
) -> None:
    hand = begin(open_page, screen, SERANG, 3)
    hand.click(hand.page.get_by_role("link", name="Bila layanan dibuka"))
    card = hand.page.get_by_text("Terjauh di garis batas").last
    expect(card).to_contain_text(
        re.compile(r"Terjauh di garis batas: Cibendung.*Milik sendiri .+ km.*di seberang Puskesmas .+ km")
    )


@SCREENS
def test_b_people_far_from_a_state_smp_in_one_total(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, BEKASI, 0)
    expect(answer(hand.page)).to_have_text(re.compile(r" warga tinggal lebih dari 1 km dari SMP negeri"))
    total = hand.page.get_by_text(re.compile(r"\d+(,\d)? ribu( sampai \d+(,\d)? ribu)? dari \d+ ribu jiwa"))
    expect(total).to_be_in_viewport()


@SCREENS
def test_c_the_five_to_budget_first_and_why(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, SERANG, 1)
    hand.click(hand.page.get_by_role("link", name="Semua kelurahan"))
    expect(hand.page.locator("h3").first).to_contain_text("paling membutuhkan")
    cells = hand.page.locator("[data-testid=stDataFrame] [role=gridcell]")
    expect(cells.filter(has_text=re.compile(r"(?:puskesmas|SMP|SD).* \d+,\d\skm")).nth(4)).to_be_attached()


@SCREENS
def test_d_where_a_joint_fire_post_would_stand(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, BEKASI, 2)
    hand.go("Layanan bersama", "Lokasi bersama")
    expect(hand.page.get_by_text("Bersama (2)")).to_be_visible()
    expect(hand.page.get_by_text(re.compile(r"sekitar .+, Kec\. .+, Kota (?:Bekasi|Depok)")).first).to_be_visible()


@SCREENS
def test_e_the_profile_of_jatikarya_on_one_page(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, SERANG, 3)
    hand.find("Jatikarya")
    button = hand.page.get_by_role("button", name="Unduh profil ini")
    with hand.page.expect_download() as found:
        hand.click(button)
    assert found.value.suggested_filename == "profil-32.75.10.1002.pdf"
    assert Path(found.value.path()).read_bytes().startswith(b"%PDF")


@SCREENS
def test_f_ten_slides_in_english(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, BEKASI, 3)
    hand.go("Rapat", "Bahan rapat")
    with hand.page.expect_download(timeout=120_000) as found:
        hand.click(hand.page.get_by_role("button", name="Paparan (PPTX), English"))
    made = Presentation(str(found.value.path()))
    assert len(made.slides) == 10
    assert made.slides[9].shapes[1].text_frame.text == "What we ask you to decide"


@SCREENS
def test_g_pengasinan_is_found_from_a_page_of_serang(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    page = open_page(screen)
    page.goto("/sumber?koridor=kabserang-kotaserang")
    hand = Hand(settled(page), 2)
    hand.find("Pengasinan")
    expect(page.locator("h3").first).to_contain_text("Bagaimana keadaan Pengasinan")


@pytest.mark.parametrize("screen", [(1024, 768), PHONE], ids=["tablet", "phone"])
def test_h_the_map_fills_the_screen(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, BEKASI, 1)
    hand.click(map_frame(hand.page).get_by_role("button", name="Layar penuh"))
    expect(map_frame(hand.page).locator("html")).to_have_js_property("clientWidth", screen[0])
    assert hand.page.evaluate("document.fullscreenElement !== null")


@SCREENS
def test_i_the_first_year_against_the_last(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, SERANG, 2)
    hand.go("Perbandingan", "Perbandingan waktu")
    expect(answer(hand.page)).to_have_text(re.compile("Dari 2018 ke 2024 .+ Kab. Serang .+ Kota Serang"))


@SCREENS
def test_j_a_link_to_the_same_view(open_page: Callable[..., Page], screen: tuple[int, int]) -> None:
    hand = begin(open_page, screen, f"{SERANG}&indikator=jarak_puskesmas", 1)
    hand.click(hand.page.get_by_role("button", name="Salin tautan"))
    expect(hand.page.get_by_role("button", name="Tautan tersalin")).to_be_visible()
    other = open_page(screen)
    other.goto(hand.page.evaluate("navigator.clipboard.readText()"))
    map_frame(settled(other))
    expect(answer(other)).to_have_text(answer(hand.page).inner_text())
