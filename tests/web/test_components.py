"""The map's component answers before any script has run, and its frame is told early what it will ask for."""

import re
from urllib.parse import urljoin

from tests.web.answers import Answer
from web.components import FRAME_PAGE


def test_the_frame_answers_before_any_script_has_run(address: str) -> None:
    assert Answer(address + FRAME_PAGE).status == 200


def test_the_frame_of_the_map_names_the_files_that_it_will_ask_for(address: str) -> None:
    frame = address + FRAME_PAGE
    links = re.findall(r"<([^>]+)>; rel=preload; as=(script|style)", Answer(frame).headers["link"])
    assert len(links) == 4
    for link, kind in links:
        file = Answer(urljoin(frame, link))
        assert file.status == 200
        assert {"script": "javascript", "style": "css"}[kind] in file.headers["content-type"]
        assert "immutable" in file.headers["cache-control"]
