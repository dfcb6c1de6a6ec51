"""The headline numbers of the last edition beside today's: what is written down is what is computed."""

import os
import re
from pathlib import Path

import pytest

from data import editions
from open_data.edition import headline
from tests.shipped import data
from views.language.words import LANGUAGES, Language, Words
from views.topics.sources import edition

PAPER = Path(__file__).parents[2] / "docs" / "edisi.md"
CORRIDOR = "bekasi-depok"


def test_the_numbers_of_this_edition_are_those_that_are_computed() -> None:
    known = data()
    today = headline(known, known.catalogue.corridors[CORRIDOR])
    rows = editions.changes(CORRIDOR)
    assert [row.id for row in rows] == list(today)
    for row in rows:
        now, step = today[row.id], 10.0**-row.decimals
        # People that are computed are written in tens.
        step = 10.0 if row.after.low is not None and not row.decimals else step
        assert row.after.value == pytest.approx(now.value, abs=step / 2 + 1e-9), row.id
        for written, end in ((row.after.low, now.low), (row.after.high, now.high)):
            assert (written is None) == (end is None), row.id
            if written is not None and end is not None:
                assert written == pytest.approx(end, abs=(0.0 if row.decimals else step / 2) + 1e-9), row.id


def test_every_change_has_its_reason_in_both_languages_and_is_one() -> None:
    for row in editions.changes(CORRIDOR):
        assert row.before != row.after, row.id
        for text in (row.what, row.unit, row.reason):
            assert text.id
            assert text.en
    assert editions.changes("kabserang-lebak") == ()


def test_the_paper_holds_the_table() -> None:
    w, known = Words("id"), data()
    title = w.pick(known.catalogue.corridors[CORRIDOR].title)
    text = PAPER.read_text(encoding="utf-8")
    written = edition.paper(w, title, editions.changes(CORRIDOR))
    now = re.sub(r"(<!-- edisi -->\n).*(<!-- /edisi -->)", lambda m: m[1] + written + m[2], text, flags=re.DOTALL)
    if "TAPAL_APPROVE" in os.environ:
        PAPER.write_text(now, encoding="utf-8")
    assert PAPER.read_text(encoding="utf-8") == now


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_border_says_what_changed_and_why(language: Language) -> None:
    told = edition.lines(Words(language), editions.changes(CORRIDOR)).replace("\N{NO-BREAK SPACE}", " ")
    assert told.count("\n- ") == len(editions.changes(CORRIDOR)) - 1
    assert {"id": "2,76 → **1,25 (0,9–1,9)**", "en": "2.76 → **1.25 (0.9–1.9)**"}[language] in told
