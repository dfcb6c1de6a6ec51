"""What stands inside one HTML file: it leaves no block, and nothing else may run."""

import json
import re

import pytest

from tests.shipped import HOSTILE
from views.exports.files.onefile import blocks, head, inert


def test_data_cannot_leave_its_script_block_and_stays_what_it_is() -> None:
    text = inert(json.dumps({HOSTILE: HOSTILE}, ensure_ascii=False))
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == {HOSTILE: HOSTILE}


@pytest.mark.parametrize("text", ["a</script>", "a</STYLE >"])
def test_a_script_that_ends_its_own_block_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="end its own block"):
        blocks("fine", text)


def test_only_the_scripts_and_the_style_that_are_given_may_run() -> None:
    start = head("id", HOSTILE, "p {}", ["one()", "two()"])
    policy = re.findall(r'content="(default-src[^"]*)"', start)[0]
    assert len(re.findall(r"'sha256-[\w+/=]{44}'", policy)) == 3
    assert "unsafe" not in policy
    assert "<img" not in start
    assert "<script" not in start
