"""Links that people have kept open the view that they opened when they were written down.

links.txt holds the links; recorded/ holds what each opens. The state (page, corridor, language, parameters and the
values of their widgets) must stay as it is. The words and figures may change on purpose: TAPAL_APPROVE=1 writes both
anew, and a difference in a state file is then looked at twice.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.approvals import approve
from tests.everywhere import small
from tests.pages.opening import FIRST_PAGE, QUESTIONS, open_page

HERE = Path(__file__).parent
EVERYWHERE = {"koridor", "bahasa"}
# Addresses that lead to the first page: two pages have become one.
FORMERLY = {"", "ringkasan", "peta"}
LINKS = [line for line in (HERE / "links.txt").read_text(encoding="utf-8").splitlines() if line.startswith("/")]


def page_of(link: str) -> str:
    """Name of the file in pages/ that a link leads to."""
    name = urlsplit(link).path.strip("/")
    return FIRST_PAGE if name in FORMERLY else name


PAGES = {page: [link for link in LINKS if page_of(link) == page] for page in dict.fromkeys(map(page_of, LINKS))}


def parameters(link: str) -> dict[str, str]:
    """Names and values in a link."""
    return dict(parse_qsl(urlsplit(link).query, strict_parsing=True)) if urlsplit(link).query else {}


def opened(link: str) -> AppTest:
    """What a browser that comes with this link sees: its session begins at the link's own page."""
    return open_page(page_of(link), **parameters(link))


def state(app: AppTest, names: set[str]) -> dict[str, Any]:
    """Parameters of the address afterwards, and the values that the page's widgets have or would have once drawn."""
    kept = {
        str(key): value
        for key, value in app.session_state.to_dict().items()
        if is_of(str(key), names) and isinstance(value, (str, int, float, list))
    }
    return {"address": app.query_params, "values": dict(sorted(kept.items()))}


def is_of(key: str, names: set[str]) -> bool:
    """Whether a key is a parameter or one of the numbers that share one, but not the text of a number being typed."""
    return key in names or (any(key.startswith(f"{name} ") for name in names) and not key.endswith(" tertulis"))


def words(app: AppTest) -> dict[str, Any]:
    """Question, answer, what is said about the link, and digests of the numbers in the first tables."""
    answer = next((str(m.value) for m in app.markdown if str(m.value).startswith("**")), "")
    found: dict[str, Any] = {"question": " ".join(str(s.value) for s in app.subheader), "answer": answer}
    found["said"] = [str(element.value) for element in (*app.warning, *app.error, *app.info)]
    if app.dataframe:
        frame = app.dataframe[0].value
        numbers = frame.select_dtypes("number").to_csv(float_format="%.6g", index=False, header=False)
        found["table"] = f"{len(frame)} x {len(frame.columns)}, {digest(numbers)}"
    shown = (str(getattr(element, "value", "")) for element in app.get("html"))
    if tables := [text for text in shown if "<table" in text]:
        figures = re.findall(r"\d[\d.,]*", re.sub(r"<[^>]*>", " ", tables[0]))
        found["figures"] = f"{len(figures)}, {digest(' '.join(figures))}"
    return found


def digest(text: str) -> str:
    """Eight characters that change with the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@pytest.mark.parametrize("page", list(PAGES))
def test_a_link_opens_the_view_that_it_opened_before(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPAL_ADDRESS", "https://tapal.kota.go.id")  # one of them names the office's address
    monkeypatch.setattr("data.national_tables.shipped", small)
    names = EVERYWHERE.union(*(parameters(link) for link in PAGES[page]))
    seen: dict[str, dict[str, Any]] = {"state": {}, "words": {}}
    for link in PAGES[page]:
        app = opened(link)
        assert not app.exception, link
        seen["state"][link] = state(app, names)
        seen["words"][link] = words(app)
    for part, found in seen.items():
        approve(str(HERE / "recorded" / f"{page}-{part}.json"), json.dumps(found, ensure_ascii=False, indent=1))


def test_every_page_has_a_link() -> None:
    assert set(PAGES) == set(QUESTIONS)
    assert len(LINKS) >= 40
