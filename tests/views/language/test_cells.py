"""What a spreadsheet takes for a formula: refused at the start of every cell, wherever a program splits a line."""

import csv
import io
import re
from itertools import chain

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fire.drill import plain
from tests.views.exports.office import ROOT, is_formula
from views.language.cells import csv_text, safe_cell, safe_frame, safe_in_csv
from views.language.words import Words

COMMAND = "cmd|' /C calc'!A0"
SIGNS = [f"={COMMAND}", f"+{COMMAND}", f"-2+3+{COMMAND}", f"@SUM(1+1)*{COMMAND}", '=HYPERLINK("http://a.example";"b")']
BREAKS = ["\t=1+1", "\r=1+1", "\n=1+1", "\0=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", "- =1+1"]
FORMS = ["＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "﹦1+1", "⁺1+1"]
SPLIT = ["a;=1+1", f"a;={COMMAND};b", f'a;"={COMMAND};b', "a\n=1+1", "a\t=1+1\tb", "a;\u00a0=1+1", "a\r\n@SUM(1)"]
HARMLESS = ["Jati Asih", "-6,2", "+62 812", "-", "−5", "–", "12; 14", "a - b", "3 = 3", "-12,5 %", "x@y"]
PIECES = st.lists(st.sampled_from(["=1", "@x", "-a", "+b", "c", *';,\t\n"', "'", " ", "\u00a0", "7"]), max_size=9)


def formulas(text: str, separator: str) -> list[str]:
    """Cells that a program with this separator makes of a CSV, and takes for a formula."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [cell for cell in chain.from_iterable(rows) if is_formula(cell.lstrip("\t\r\n"))]


@pytest.mark.parametrize("attack", [*SIGNS, *BREAKS, *FORMS])
def test_formula_injection_in_a_cell_or_heading_is_stopped(attack: str) -> None:
    assert safe_cell(attack) == f"'{attack}"
    frame = pd.DataFrame({attack: [attack, None], "n": [-1.5, 2.0]})
    assert safe_frame(frame).iloc[0].to_dict() == {f"'{attack}": f"'{attack}", "n": -1.5}
    assert Words("id").styled(frame, {"n": 1}).data.iloc[0, 0] == f"'{attack}"  # type: ignore[attr-defined]
    assert formulas(csv_text(frame), ",") == []
    assert ",-1.5\n" in csv_text(frame), "numbers stay numbers"


@pytest.mark.parametrize("attack", SPLIT)
def test_formula_injection_behind_a_separator_of_another_locale_is_stopped(attack: str) -> None:
    frame = pd.DataFrame({"a": ["x"], "b": [attack], "c": ["y"]})
    assert any(formulas(frame.to_csv(index=False), mark) for mark in ";\t"), "without the guard it is one"
    assert not any(formulas(csv_text(frame), mark) for mark in ",;\t")


@given(PIECES.map("".join), PIECES.map("".join))
def test_no_mixture_of_separators_quotes_and_signs_makes_a_formula(one: str, other: str) -> None:
    text = csv_text(pd.DataFrame({"a": [f"a{one}"], "b": [other]}))
    assert not any(formulas(text, mark) for mark in ",;\t")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert safe_in_csv(text) == safe_cell(text) == text


@pytest.mark.parametrize("text", [*SIGNS[:4], *SPLIT[:2], *HARMLESS])
def test_a_drill_log_that_comes_back_reads_as_it_was_written(text: str) -> None:
    assert plain(safe_in_csv(text)) == text


def test_no_other_place_writes_a_csv_or_shows_a_table() -> None:
    """The browser itself writes the table of a page into a CSV, so that tables are shown through one function."""
    calls = re.compile(r"\b(to_csv|st\.table|dataframe|data_editor|to_excel|csv\.writer|DictWriter)\(")
    assert {
        (kind, str(file.relative_to(ROOT)))
        for folder in ("views", "pages", "open_data", "records", "web", "analysis")
        for file in (ROOT / folder).rglob("*.py")
        for kind in calls.findall(file.read_text("utf-8"))
    } == {
        ("to_csv", "views/language/cells.py"),
        ("csv.writer", "views/topics/uploads/files.py"),
        ("dataframe", "views/screen/tables.py"),
        # What somebody has typed in this session, and a log that was brought, which is made safe.
        ("data_editor", "views/meeting/minutes.py"),
        ("data_editor", "views/topics/drill/screen.py"),
    }
