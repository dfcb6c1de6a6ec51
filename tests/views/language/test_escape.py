"""What passes the gate stays text: JSON survives the way, and nothing that could end a string does."""

from __future__ import annotations

import json
import math
import re
import zlib
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.screen.map_frame import script_literal

texts = st.text(st.characters(codec=None, exclude_categories=()))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


def unpacked(literal: str) -> object:
    """As `unpacked` in tapal.js does it."""
    inside = literal[1:-1]
    return json.loads(zlib.decompress(b64decode(inside + "=" * (-len(inside) % 4), b"-.")))


@given(values)
def test_round_trip(value: object) -> None:
    assert unpacked(script_literal(value)) == value


@given(values)
def test_nothing_that_could_end_a_string_is_left(value: object) -> None:
    assert re.fullmatch(r'"[A-Za-z0-9.-]+"', script_literal(value))


@pytest.mark.parametrize("value", [math.nan, math.inf, [-math.inf]])
def test_no_json_no_script(value: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_literal(value)
