"""An admin adds an indicator, its values are published, another open session shows it; withdrawn, it is gone."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from records import accounts, database
from records.models import Role
from records.permissions import COMMAND_LINE, Actor
from records.uploads import reading, store
from records.uploads.entries import Submission
from records.uploads.tables import Kind
from tests.browser.driving import Trouble, answered, chosen, settled
from tests.records.acting import BEKASI, signed_in

WORD = "sandi-untuk-uji-1"
KODE = "32.75.01.1001"
TYPED = {
    "Pengenal (huruf kecil, tanpa spasi)": "balita_gizi",
    "Judul (Indonesia)": "Balita gizi buruk",
    "Judul (Inggris)": "Malnourished children",
    "Keterangan (Indonesia)": "Balita gizi buruk per seribu balita.",
    "Keterangan (Inggris)": "Malnourished children in a thousand.",
    "Satuan (Indonesia)": "per seribu",
    "Satuan (Inggris)": "in a thousand",
    "Tahun data": "2025",
    "Angka di belakang koma (0 sampai 4)": "1",
}


def publish_values() -> tuple[Actor, int]:
    """A file of values for the new indicator, submitted by one and published by another; who, and as which version."""
    known = {name: signed_in(database.current(), f"{name}.katalog", [(role, BEKASI)]) for name, role in
             (("pengisi", Role.EDITOR), ("pemeriksa", Role.VERIFIER))}  # fmt: skip
    rows = [(KODE, "balita_gizi", 3.5, 2025), ("32.75.01.1002", "balita_gizi", 6.0, 2025)]
    sent = Submission(Kind.VALUES, BEKASI, "gizi.csv", "b" * 64, 9, date(2025, 12, 31), "", {}, rows)
    key = store.submit(known["pengisi"], sent, date(2026, 1, 1))
    newest = max(v.number for v in reading.history() or ())
    one = next(s for s in reading.submitted(known["pemeriksa"]) if s.key == key)
    return known["pemeriksa"], store.publish(known["pemeriksa"], key, one.rows_sha256, newest)


def again(reader: Page, language: str) -> Page:
    """The next action of an open session: it reads in the other language."""
    settled(reader).get_by_text({"id": "Indonesia", "en": "English"}[language], exact=True).first.click()
    return reader


def test_an_indicator_is_added_filled_and_withdrawn(open_page: Callable[..., Page], trouble: Trouble) -> None:
    accounts.make(COMMAND_LINE, "admin.uji", "Admin Uji", WORD, [(Role.ADMIN, "")])
    home, profile, admin = open_page(), open_page(), open_page()
    home.goto("/")
    answered(home, "beranda")
    profile.goto(f"/profil?wilayah={KODE}")
    answered(profile, "profil")

    admin.goto("/masuk?ke=katalog")
    admin.fill("[name=nama]", "admin.uji")
    admin.fill("[name=sandi]", WORD)
    admin.click("button[type=submit]")
    answered(admin, "katalog")
    for label, text in TYPED.items():
        admin.get_by_label(label, exact=True).fill(text)
    chosen(admin, "^Sumber").click()
    admin.keyboard.type("press")
    admin.keyboard.press("Enter")
    admin.keyboard.press("Escape")
    admin.get_by_role("button", name="Simpan").click()
    expect(admin.get_by_text("Tersimpan sebagai versi")).to_be_visible()
    verifier, values = publish_values()

    again(profile, "en")
    expect(profile.get_by_text("Malnourished children").first).to_be_visible()
    expect(profile.locator("table").first).to_contain_text("3.5")
    again(home, "en")
    chosen(home, "Indicator").click()
    home.keyboard.type("Malnourished")
    home.keyboard.press("Enter")
    expect(home.locator('[data-testid="stMain"] p strong').first).to_contain_text("alnourished children")

    settled(admin).get_by_label("Alasan menarik versi").fill("uji selesai")
    admin.keyboard.press("Enter")
    settled(admin).get_by_role("button", name="Tarik balita").click()
    expect(admin.get_by_text("tidak memakainya lagi")).to_be_visible()
    again(profile, "id")
    answered(profile, "profil")
    expect(profile.get_by_text("Balita gizi buruk")).to_have_count(0)
    again(home, "id")
    answered(home, "beranda")
    expect(home.get_by_text("Balita gizi buruk")).to_have_count(0)
    store.withdraw(verifier, values, "uji selesai")
