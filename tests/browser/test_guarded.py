"""What the browser itself stops, and what it shows where the server slows somebody down."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.driving import Trouble, answered, settled
from tests.serving import serve


@pytest.fixture(scope="module")
def strict_url() -> Iterator[str]:
    """A server that makes one file an hour and takes one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAPAL_RATE_EXPORTS", "1/hour")
        patch.setenv("TAPAL_RATE_UPLOADS", "1/hour")
        with serve("server.py") as address:
            yield address


def test_eval_in_a_page_is_stopped_and_would_be_told_by_every_test(page: Page, trouble: Trouble) -> None:
    page.goto("/akun")
    settled(page)
    page.evaluate("setTimeout(() => { try { eval('1') } catch (error) { window.__stopped = error.name } })")
    page.wait_for_function("window.__stopped === 'EvalError'")
    [told] = [text for text in trouble.console if text.startswith("policy: ")]
    assert told.startswith("policy: script-src eval ")
    trouble.console.clear()


@pytest.mark.parametrize(
    ("language", "download", "upload"),
    [
        ("id", "Terlalu banyak unduhan dari jaringan ini", "Terlalu banyak berkas dikirim dari jaringan ini"),
        ("en", "Too many downloads from this network", "Too many files were sent from this network"),
    ],
)
def test_a_flood_is_told_beside_the_button_in_the_language_of_the_page(
    open_page: Callable[..., Page], strict_url: str, language: str, download: str, upload: str
) -> None:
    page = open_page(base_url=strict_url)
    page.goto(f"/perjanjian?koridor=bekasi-depok&bahasa={language}")
    answered(page, "perjanjian", language)
    button = page.get_by_test_id("stDownloadButton").get_by_role("button").first
    if language == "id":
        # The first one in the hour is made; the next is not.
        with page.expect_download():
            button.click()
    button.click()
    expect(page.get_by_text(download)).to_be_visible()
    page.goto(f"/unggah?koridor=bekasi-depok&bahasa={language}")
    answered(page, "unggah", language)
    field = page.locator('input[type="file"]').first
    first, second = (FilePayload(name=f"{n}.csv", mimeType="text/csv", buffer=b"kode;nilai\n") for n in "ab")
    if language == "id":
        field.set_input_files(first)
        expect(page.get_by_text("a.csv").first).to_be_visible()
        settled(page)
    field.set_input_files(second)
    expect(page.get_by_text(upload)).to_be_visible()
    assert page.get_by_text(upload).bounding_box()["width"] > 200, "Streamlit hides it from the eye"  # type: ignore[index]
