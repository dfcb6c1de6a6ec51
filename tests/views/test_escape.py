"""What passes the gate stays text: JSON survives the way, and nothing that could end a string does."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.escape import script_literal

DANGEROUS = set("<>&'`${}%/\n\r\t\u2028\u2029")

texts = st.text(st.characters(codec=None, exclude_categories=()))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@given(values)
def test_round_trip(value: object) -> None:
    assert json.loads(json.loads(script_literal(value))) == value


@given(values)
def test_nothing_dangerous_is_left(value: object) -> None:
    literal = script_literal(value)
    assert literal.isascii()
    assert not DANGEROUS & set(literal)


@given(texts)
def test_no_quote_ends_the_literal(text: str) -> None:
    """Between the first and the last quote, every quote stands behind an odd number of backslashes."""
    literal = script_literal(text)
    assert literal[0] == literal[-1] == '"'
    behind = 0
    for letter in literal[1:-1]:
        assert letter != '"' or behind % 2
        behind = behind + 1 if letter == "\\" else 0
    assert behind % 2 == 0


@pytest.mark.parametrize("value", [math.nan, math.inf, [-math.inf]])
def test_no_json_no_script(value: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_literal(value)
