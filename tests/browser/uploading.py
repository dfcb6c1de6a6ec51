"""How two people of an office bring a file, publish it and take it back in Chromium."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from records import accounts
from records.models import Role
from records.permissions import COMMAND_LINE
from tests.browser.driving import answered, settled

WORD = "sandi-untuk-uji-1"
# A file is put over the data of all borders, and some follow for the first time.
PATIENCE_MS = 60_000


def two_people(kabkota: str, editor: str, verifier: str) -> None:
    """Accounts of an editor and of a verifier."""
    for name, role in ((editor, Role.EDITOR), (verifier, Role.VERIFIER)):
        accounts.make(COMMAND_LINE, name, name, WORD, [(role, kabkota)])


def enter(page: Page, name: str) -> Page:
    """Sign in, and come to Unggah data."""
    page.goto("/masuk?ke=unggah")
    page.fill("[name=nama]", name)
    page.fill("[name=sandi]", WORD)
    page.click("button[type=submit]")
    return answered(page, "unggah")


def brought(editor: Page, file: Path, said: str) -> Page:
    """Choose a file on Unggah data and wait until this is said of it."""
    editor.set_input_files("input[type=file]", file)
    expect(editor.get_by_text(said)).to_be_visible(timeout=PATIENCE_MS)
    return settled(editor)


def submitted(editor: Page, day: str) -> None:
    """Submit the file that was brought, of this day (dd/mm/yyyy)."""
    settled(editor).get_by_label("Tanggal data").first.click()
    editor.keyboard.type(day)
    editor.keyboard.press("Enter")
    editor.keyboard.press("Escape")
    editor.get_by_role("button", name="Ajukan", exact=True).click()
    expect(editor.get_by_text("Sekarang orang kedua")).to_be_visible(timeout=PATIENCE_MS)


def published(verifier: Page) -> int:
    """Publish what waits; the number of its version."""
    settled(verifier).get_by_role("button", name="Terbitkan").click()
    told = verifier.get_by_text(re.compile(r"Terbit sebagai versi \d+")).first
    expect(told).to_be_visible(timeout=PATIENCE_MS)
    return int(re.findall(r"versi (\d+)", told.inner_text())[0])


def withdrawn(verifier: Page, number: int) -> None:
    """Take a version back."""
    settled(verifier).get_by_label(f"Alasan menarik versi {number}").fill("uji")
    verifier.keyboard.press("Enter")
    settled(verifier).get_by_role("button", name=f"Tarik versi {number}").click()
    expect(verifier.get_by_text(f"Versi {number} ditarik")).to_be_visible(timeout=PATIENCE_MS)
