"""What Lokasi bersama says: no number flatly that is not proven to be the fewest, and the lists that are in use."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.siting.result import Goal
from data.versions import Published, apply
from tests.data import facility_lists
from tests.shipped import data
from views.language.words import Language, Words
from views.topics.siting import words as siting_words


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("proven", [True, False])
@pytest.mark.parametrize("sure", [True, False])
def test_only_a_proven_number_is_said_without_at_most(language: Language, proven: bool, sure: bool) -> None:
    session: Any = SimpleNamespace(data=data(), words=Words(language))
    asked: Any = SimpleNamespace(task=SimpleNamespace(kind="puskesmas"))
    goal = Goal(share=0.9, places=25, sure=sure, covered=0.903, every=60, most=0.97, lost=(), proven=proven)
    checks: Any = SimpleNamespace(goal=goal)
    text = siting_words.goal_text(session, asked, checks)
    most = {"id": "paling banyak {n}", "en": "at most {n}"}[language]
    assert (most.format(n=25) in text) is not sure
    assert (most.format(n=60) in text) is not proven
    assert "25" in text
    assert "60" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_method_names_the_list_that_is_in_use(language: Language) -> None:
    w, known = Words(language), data()
    sides = known.catalogue.corridors[facility_lists.CORRIDOR].sides
    shipped = siting_words.list_lines(w, known, sides, "puskesmas")
    assert "2022" in shipped[0]
    assert "2022" in shipped[1]
    assert "versi" not in shipped[0]
    office = Published(
        4, "fasilitas", facility_lists.SERANG, date(2026, 5, 1), datetime(2026, 6, 1, tzinfo=UTC), "a" * 64,
        facility_lists.rows(), complete=True,
    )  # fmt: skip
    brought = apply(known, [office])
    lines = siting_words.list_lines(w, brought, sides, "puskesmas")
    first, second = lines[0].split(";")
    assert "Kab. Serang" in first
    assert "2022" in first
    assert second.startswith(" Kota Serang 2026")
    assert "4" in second
    alone = siting_words.list_lines(w, brought, [facility_lists.SERANG], "puskesmas")
    assert "2022" not in " ".join(alone), "the shipped list is not named where it is not used"
    assert siting_words.list_lines(w, brought, sides, "pos_damkar") == siting_words.list_lines(
        w, known, sides, "pos_damkar"
    )
