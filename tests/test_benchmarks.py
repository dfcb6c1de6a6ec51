"""docs/benchmarks.md is what the kept results say, and names nobody's machine."""

import re
from pathlib import Path

from benchmarks import soak
from benchmarks.__main__ import SECTIONS
from benchmarks.results import DOCUMENT, Budget, Machine, Result, Section, document
from records.citizen_reports import store
from records.citizen_reports.reading import hashed


def test_the_document_is_made_of_the_kept_results() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(list(SECTIONS))


def test_the_document_names_no_machine() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|work|tmp|root|Users)/|localhost|\d+\.\d+\.\d+\.\d+|#\d+-", text)


def test_a_result_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    budgets = [Budget("fast", 0.1234, "s", 0.2), Budget("carries", 1.5, "x", 1.7, at_least=True)]
    section = Section("tried", "Tried", "Once.", ("what", "s"), [("this", 1.0 / 3)], budgets)
    kept = Result(section, Machine("2026-01-01", 2, 8, "Linux", "3.11", {"pandas": "3"}, 0.5), 1.25)
    kept.keep(tmp_path)
    text = Result.read(tmp_path / "tried.json").markdown()
    assert text == kept.markdown()
    assert document(["none", "tried"], tmp_path).endswith(text)
    assert "| this | 0.333 |" in text
    assert "| fast | 0.123 s | at most 0.2 |  |" in text
    assert "| carries | 1.5 x | at least 1.7 | over |" in text
    assert [str(b) for b in budgets] == ["BENCH fast 0.123 s 0.2 ok", "BENCH carries 1.5 x 1.7 over"]


def test_a_soak_sees_what_was_lost_changed_or_doubled() -> None:
    life = soak.Life(300, 320, 250)
    found = soak.Found(sent={"a": "satu", "b": "dua"}, lives=[life, life])
    rows = [(hashed(store.ticket_of(form)), text) for form, text in found.sent.items()]
    assert soak.verdict(found, rows, 50) == []
    (lost, count) = soak.verdict(found, rows[:1], 50)
    assert lost == "1 reports were answered with a ticket and are lost, the first: dua"
    assert count == "1 reports are stored, 2 were sent"
    assert "2 were sent" in soak.verdict(found, [*rows, ("x", "satu")], 50)[0]
    assert "other words" in soak.verdict(found, [rows[0], (rows[1][0], "du")], 50)[0]
    found.lives.append(soak.Life(200, 300 + 64 + 50 + 1, 700))
    assert [line.split()[-1] for line in soak.verdict(found, rows, 50)] == ["many", "open"]
