"""What Lokasi bersama says of a goal: a number that is not proven to be the fewest is never said flatly."""

from types import SimpleNamespace
from typing import Any

import pytest

from analysis.siting.result import Goal
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
