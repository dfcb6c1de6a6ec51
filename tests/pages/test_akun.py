"""Akun: what each role sees, and that an action asks again who acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from records import accounts, database, passwords
from records.models import Role
from records.permissions import COMMAND_LINE, READER
from tests.pages.opening import assert_whole, open_page, plain, texts
from views.screen import account

PASSWORD, OTHER = "patok batas di kali", "jembatan baru 2026"
GRANTS = {
    "admin": [(Role.ADMIN, "")],
    "editor": [(Role.EDITOR, "32.75")],
    "verifier": [(Role.VERIFIER, "32.75")],
}
HOSTILE = "<img src=x onerror=alert(1)>](http://a.example) :red[b]"


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path))
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    for name, grants in GRANTS.items():
        accounts.make(COMMAND_LINE, name, HOSTILE if name == "editor" else name.title(), PASSWORD, grants)
    yield
    database.current().engine.dispose()


def signed_in(monkeypatch: pytest.MonkeyPatch, name: str) -> str:
    """Give every session of this test the cookie of an account."""
    token = accounts.sign_in(name, PASSWORD) or ""
    monkeypatch.setattr(account, "_token", lambda: token)
    return token


def labels(app: AppTest) -> set[str]:
    return {str(e.label) for e in app.expander} | {str(b.label) for b in app.button}


def message(app: AppTest) -> str:
    return "\n".join(str(e.value) for e in [*app.error, *app.success])


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("", set()),
        ("editor", {"Kata sandi saya"}),
        ("verifier", {"Kata sandi saya", "jejak"}),
        ("admin", {"Kata sandi saya", "Akun baru", "Ubah akun", "jejak"}),
    ],
)
def test_what_each_role_sees(name: str, sees: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if name:
        signed_in(monkeypatch, name)
    app = open_page("akun")
    if name:
        assert not app.exception
    else:
        assert_whole(app, "akun")
    found: set[str] = {label for label in ("Kata sandi saya", "Akun baru", "Ubah akun") if label in labels(app)}
    found |= {"jejak"} if "Jejak perubahan" in texts(app) else set()
    assert found == sees


def test_a_hostile_name_is_text_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, "editor")
    said = texts(open_page("akun"))
    assert "<img" not in said.replace(r"\<", "")
    assert "](http" not in said.replace(r"\]", "")
    assert plain("Pengisi Kota Bekasi") in said


def test_an_admin_makes_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, "admin")
    app = open_page("akun")
    for key, text in (("nama", "budi"), ("orang", "Budi"), ("sandi", OTHER)):
        app.text_input(key=f"akun_baru_{key}").set_value(text)
    app.multiselect(key="akun_baru_editor").set_value(["32.75"])
    button = next(b for b in app.button if b.label == "Buat akun")
    button.click().run()
    assert message(app) == "Akun sudah dibuat."
    assert accounts.who(accounts.sign_in("budi", OTHER) or "").grants == frozenset({(Role.EDITOR, "32.75")})


def test_a_tab_whose_session_has_ended_can_do_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_in(monkeypatch, "admin")
    app = open_page("akun")
    for key, text in (("nama", "budi"), ("orang", "Budi"), ("sandi", OTHER)):
        app.text_input(key=f"akun_baru_{key}").set_value(text)
    accounts.sign_out(token)  # in another tab
    next(b for b in app.button if b.label == "Buat akun").click().run()
    assert "Sesi Anda sudah berakhir" in message(app)
    assert accounts.sign_in("budi", OTHER) is None
    assert "Akun baru" not in labels(app), "it is a reader's page now"


def test_forged_state_of_widgets_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, "editor")
    app = open_page("akun")
    for key in ("akun_baru_nama", "akun_baru_sandi", "akun_1_1_aktif", "session", "akun_pesan"):
        app.session_state[key] = "x" if key != "akun_pesan" else None
    app.run()
    assert "Akun baru" not in labels(app)


def test_a_new_password_signs_out_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_in(monkeypatch, "editor")
    app = open_page("akun")
    for key, text in (("lama", PASSWORD), ("baru", OTHER), ("ulang", OTHER + "x")):
        app.text_input(key=f"akun_{key}").set_value(text)
    next(b for b in app.button if b.label == "Ganti kata sandi").click().run()
    assert "tidak sama" in message(app)
    for key, text in (("lama", PASSWORD), ("baru", OTHER), ("ulang", OTHER)):
        app.text_input(key=f"akun_{key}").set_value(text)
    next(b for b in app.button if b.label == "Ganti kata sandi").click().run()
    assert "sudah diganti" in message(app)
    assert accounts.who(token) == READER


def test_signing_out_ends_the_session_and_the_page_is_a_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_in(monkeypatch, "editor")
    app = open_page("akun")
    next(b for b in app.button if b.label == "Keluar").click().run()
    assert accounts.who(token) == READER
    assert "Kata sandi saya" not in labels(app)


class Service:
    """Stands for `st.user`: somebody whom another service has signed in."""

    is_logged_in = True

    def __init__(self, **claims: object) -> None:
        self.claims = claims

    def to_dict(self) -> dict[str, object]:
        return self.claims


@pytest.mark.parametrize(
    ("claims", "known"),
    [
        ({"email": "rina@bekasi.example", "email_verified": True}, True),
        ({"email": "rina@bekasi.example", "email_verified": False}, False),
        ({"email": "rina@bekasi.example"}, False),
        ({"email": "budi@bekasi.example", "email_verified": True}, False),
        ({"email": "", "email_verified": True}, False),
    ],
)
def test_another_service_signs_in_only_a_verified_address_of_an_account(
    claims: dict[str, object], known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.make(COMMAND_LINE, "rina", "Rina", PASSWORD, GRANTS["editor"], "rina@bekasi.example")
    monkeypatch.setattr(account, "service", lambda: True)
    monkeypatch.setattr(st, "user", Service(iss="i", sub="s", iat=1, **claims))
    monkeypatch.setattr(st, "secrets", {"auth": {"cookie_secret": "secret"}})
    token = account._service_token()
    assert (accounts.who(token) != READER) is known
    assert accounts.who("i\ns\n1") == READER, "who knows the claims does not know the token"
