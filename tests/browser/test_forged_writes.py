"""By forged state, address, post or replayed session an editor of Kota Bekasi cannot change the side of Depok."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute

from analysis.agreements.model import Document
from records import accounts, database
from records.agreements import reading, store
from records.models import Role
from records.permissions import COMMAND_LINE
from tests.browser.driving import settled
from tests.records.acting import BEKASI, DEPOK
from tests.serving import serve

NAME, PASSWORD = "rina", "patok batas di kali"
PATH = "/perjanjian?koridor=bekasi-depok&perjanjian=kantor-1"


@dataclass(frozen=True)
class Register:
    """A server with a register of its own, in which one agreement stands."""

    address: str


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('register') / 'tapal.sqlite3'}")
        accounts.make(COMMAND_LINE, NAME, "Rina", PASSWORD, [(Role.EDITOR, BEKASI)])
        actor = accounts.who(accounts.sign_in(NAME, PASSWORD) or "")
        store.create(actor, Document.KB, (BEKASI, DEPOK), {"title": "Damkar bersama"}, date(2026, 1, 5))
        with serve() as address:
            yield Register(address)
        database.current().engine.dispose()


def sign_in(page: Page, register: Register) -> Page:
    page.goto(f"{register.address}/masuk")
    page.fill("#nama", NAME)
    page.fill("#sandi", PASSWORD)
    page.click("button[type=submit]")
    page.goto(register.address + PATH)
    settled(page).get_by_role("tab", name="Isi sisi sendiri").click()
    return page


def save(page: Page, office: str) -> None:
    field = page.get_by_label("Perangkat daerah", exact=True).locator("visible=true").first
    field.fill(office)
    field.blur()
    page.get_by_role("tabpanel").locator("visible=true").get_by_role("button", name="Simpan").click()


def offices() -> dict[str, str]:
    return {party.kode: party.office for party in reading.agreements()[0].parties}


def test_forged_state_of_a_widget_changes_no_side(open_page: Callable[..., Page], register: Register) -> None:
    sent = []

    def forge(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if isinstance(message, bytes) and b"sisi kantor-1 32.75" in message:
                sent.append(message)
                message = message.replace(b"sisi kantor-1 32.75", b"sisi kantor-1 32.76")
            server.send(message)

        route.on_message(pass_on)

    page = open_page(new=True)
    page.route_web_socket("**/_stcore/stream", forge)
    sign_in(page, register)
    save(page, "palsu")
    settled(page)
    assert sent
    assert set(offices().values()) == {""}


def test_address_and_post_open_and_change_nothing(open_page: Callable[..., Page], register: Register) -> None:
    page = sign_in(open_page(), register)
    page.goto(f"{register.address}{PATH}&sisi={DEPOK}&kabkota={DEPOK}")
    assert settled(page).get_by_label("Perangkat daerah", exact=True).count() == 1, "the form of the own side alone"
    fields: dict[str, str | float | bool] = {"sisi": DEPOK, "office": "palsu", "token": "tebakan"}
    for path in (PATH, "/masuk", "/_stcore/message"):
        answer = page.request.post(register.address + path, form=fields)
        assert answer.status in (403, 404, 405), path
    assert offices()[DEPOK] == ""


def test_a_stolen_tab_and_a_replayed_session_are_nobody_after_signing_out_elsewhere(
    open_page: Callable[..., Page], register: Register
) -> None:
    own = sign_in(open_page(), register)
    save(own, "Damkar Kota Bekasi")
    own.get_by_text("Tersimpan.").wait_for()
    assert offices() == {BEKASI: "Damkar Kota Bekasi", DEPOK: ""}, "what is one's own can be saved"
    cookies = own.context.cookies()
    stolen = open_page()
    context: BrowserContext = stolen.context
    context.add_cookies([{**one} for one in cookies])
    stolen.goto(register.address + PATH)
    settled(stolen).get_by_role("tab", name="Isi sisi sendiri").click()
    own.goto(f"{register.address}/keluar")
    own.click("button[type=submit]")
    before = offices()
    save(stolen, "dari tab curian")
    settled(stolen)
    assert offices() == before
    replayed = open_page()
    replayed.context.add_cookies([{**one} for one in cookies])
    replayed.goto(register.address + PATH)
    assert settled(replayed).get_by_label("Perangkat daerah", exact=True).count() == 0
