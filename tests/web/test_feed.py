"""A feed: cached by its content, refused in words, bounded."""

from starlette.applications import Starlette

from tests.web.answers import Answer, ask
from web.feed import LONGEST_QUERY, feed

APP = Starlette(routes=[feed("/a.ics", "text/calendar", lambda query, _: query.get("x", "isi").encode() or None)])


def test_a_feed_is_sent_once_and_then_known() -> None:
    status, headers, text = ask(APP, "/a.ics")
    assert (status, text) == (200, "isi")
    assert headers["content-type"].startswith("text/calendar")
    assert headers["cache-control"] == "public, max-age=3600"
    status, again, text = ask(APP, "/a.ics", **{"if-none-match": headers["etag"]})
    assert (status, text, again["etag"]) == (304, "", headers["etag"])


def test_other_methods_are_refused() -> None:
    assert ask(APP, "/a.ics", "POST")[0] == 405


def test_the_app_serves_the_reminders_of_a_border(address: str) -> None:
    found = Answer(f"{address}/pengingat.ics?koridor=bekasi-depok&bahasa=en")
    assert found.status == 200
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.body.startswith(b"BEGIN:VCALENDAR")
    for query in ("", "koridor=bulan", "koridor=bekasi-depok&bahasa=fr", "x=" + "a" * LONGEST_QUERY):
        refused = Answer(f"{address}/pengingat.ics?{query}")
        assert refused.status == 404
        assert b"tidak dikenal" in refused.body
