"""Every page shows the answer that jawaban.csv says, and nothing stands before it."""

from functools import cache

import pytest

from tests.pages.opening import QUESTIONS, answer, plain, seen
from tests.shipped import asked
from views.exports.answers import PAGES, answer_rows, opened
from views.language.escape import md
from views.language.words import LANGUAGES

SHOWN = "kabserang-kotaserang"


@cache
def told() -> dict[tuple[str, str], tuple[str, str]]:
    rows = answer_rows(opened([asked(SHOWN)]))
    return {(str(r.page), str(r.bahasa)): (str(r.jawaban), str(r.keterangan)) for r in rows.itertuples()}


def test_every_page_has_an_answer() -> None:
    # Who is signed in is a matter of the session, not of a border.
    assert set(PAGES) == set(QUESTIONS) - {"akun", "latihan_bersama"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_shows_exactly_this_answer(page: str, language: str) -> None:
    sentence, note = told()[page, language]
    app = seen(page, koridor=SHOWN, bahasa=language)
    assert answer(app) == f"**{plain(md(sentence))}**"
    below = plain(md(note))
    assert not below or below in [plain(c.value) for c in app.caption]
