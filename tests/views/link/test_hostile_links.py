"""Wrong links on all pages: each parameter is named and leaves the address, and the page is its default view."""

import re
from functools import cache, partial

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import QUESTIONS, open_page, session_at
from views.language.words import Words
from views.link import context as link_context
from views.link import results
from views.link.parameters import TABLE, Context
from views.link.refusals import label

CORRIDOR = "kabserang-kotaserang"
INJECTED = "https://jahat.example/x www.jahat.example orang@jahat.example"
PAGES = list(QUESTIONS)
# What is wrong, as the values of one parameter. A decimal comma between limits is read; beyond them it is refused.
WRONG: dict[str, list[str]] = {
    "unknown": ["tidak-ada"],
    "empty": [""],
    "too long": ["1" * 5000],
    "repeated": ["1", "2"],
    "decimal comma, out of range": ["sni-radius-sd:999999,5"],
    "out of range": ["-99999999999999"],
    "injected address": [INJECTED],
    "sign that does not show": ["a\u202eb"],
    "markup": ["<img src=x onerror=alert(1)>](http://a.example) ![b](http://a.example/b.png) $x$ :red[x]"],
    "script": ["javascript:alert(1)"],
}


@cache
def usual(page: str) -> AppTest:
    """The page without parameters, but for the corridor."""
    return open_page(page, koridor=CORRIDOR)


def texts(app: AppTest) -> str:
    """All that a page says, without what it says about the link."""
    shown = [*app.subheader, *app.markdown, *app.caption, *app.get("html")]
    return "\n".join(str(getattr(element, "value", "")) for element in shown)


def names_of(page: str) -> list[str]:
    """Names of all parameters of a page."""
    data = link_context.dataset()
    context = Context("", page, data, data.catalogue.corridors[CORRIDOR], partial(results.kabkota_with_list, data))
    return [name for line in TABLE if page in line.pages for name in line.names(context)]


def said(app: AppTest) -> str:
    """What is said about the link, a paragraph a sentence."""
    return "\n\n".join(str(w.value) for w in app.warning if str(w.proto.icon) == ":material/link_off:")


@pytest.mark.parametrize("wrong", list(WRONG))
@pytest.mark.parametrize("page", PAGES)
def test_row_4_every_parameter_of_a_page_is_named_and_leaves_the_address(page: str, wrong: str) -> None:
    names = names_of(page)
    value = WRONG[wrong]
    app = session_at(page, koridor=CORRIDOR)
    app.query_params |= dict.fromkeys(names, value if len(value) > 1 else value[0])
    app.run()
    assert not app.exception
    assert app.query_params == usual(page).query_params
    assert texts(app) == texts(usual(page))
    sentences = said(app)
    for name in names:
        assert label(Words("id"), name) in sentences, name
    assert len(sentences.split("\n\n")) == len(names) or not names
    assert not re.search(r"://\w|www\.|@\w", sentences), "an echo is never a link"


@pytest.mark.parametrize("page", PAGES)
def test_row_4_names_that_a_page_does_not_know_are_said_and_leave_the_address(page: str) -> None:
    app = open_page(
        page, **{"koridor": CORRIDOR, "fbclid": "1", INJECTED: "2", "x" * 5000: "3", "a\x00": "4", "s": "5"}
    )
    assert not app.exception
    assert app.query_params == usual(page).query_params
    assert "tidak mengenal “fbclid”" in said(app)
    assert "2 lainnya" in said(app)
    assert len(said(app)) < 400
    assert texts(app) == texts(usual(page))
