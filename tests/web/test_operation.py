"""What an operator watches: health, figures and logs; none of it tells what people do or type."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from tests.serving import serve
from tests.web.answers import Answer, ask, greeting
from web.health import health_routes
from web.logs import json_formatter, write_json
from web.metrics import Metrics

SECRET = "kata sandi 3275010101010001"


@pytest.mark.parametrize(("lacks", "status"), [([], 200), (["database"], 503)])
def test_the_server_is_ready_when_it_lacks_nothing(lacks: list[str], status: int) -> None:
    app = Starlette(routes=health_routes("/tapal", lambda: lacks))
    assert ask(app, "/tapal/healthz")[::2] == (200, "ok")
    answered, headers, body = ask(app, "/tapal/readyz")
    assert (answered, headers["cache-control"]) == (status, "no-store")
    assert json.loads(body) == {"ready": not lacks, "missing": lacks}


def test_figures_count_known_places_by_name_and_no_secret() -> None:
    app = Metrics(greeting, shown=True, base="/tapal", known=["beranda"])
    for path in ("/tapal/", "/tapal/beranda", "/tapal/beranda/x", "/tapal/lapor/9f3c-rahasia"):
        ask(app, path)
    status, headers, found = ask(app, "/tapal/metrics")
    assert status == 200
    assert headers["content-type"].startswith("text/plain")
    for line in (
        'place="beranda",status="200"} 2.0',
        'place="home",status="200"} 1.0',
        'place="other",status="200"} 1.0',
    ):
        assert f"tapal_requests_total{{{line}" in found
    assert "rahasia" not in found


def test_a_request_that_breaks_is_counted_as_an_error() -> None:
    async def breaks(_: Scope, __: Receive, ___: Send) -> None:
        raise ZeroDivisionError

    app = Metrics(breaks, shown=True, base="", known=[])
    with pytest.raises(ZeroDivisionError):
        ask(app, "/")
    assert 'place="home",status="500"} 1.0' in ask(app, "/metrics")[2]


def test_open_sessions_are_counted_and_closed_ones_are_not() -> None:
    seen: list[float | None] = []

    async def session(scope: Scope, _: Receive, send: Send) -> None:
        seen.append(app.registry.get_sample_value("tapal_sessions"))
        await greeting(scope, _, send)

    app = Metrics(session, shown=True, base="", known=[])
    ask(app, kind="websocket")
    assert seen == [1]
    assert app.registry.get_sample_value("tapal_sessions") == 0


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics", "/tapal/_stcore/metrics/"])
def test_figures_are_not_for_everybody(path: str) -> None:
    assert ask(Metrics(greeting, shown=False, base="", known=[]), path)[0] == 404


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a logger of its own writes, in JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_formatter())
    logger = logging.getLogger("tapal.test")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)
    logger.propagate = True


def test_a_log_line_is_one_object_whatever_it_says(lines: io.StringIO) -> None:
    logging.getLogger("tapal.test").warning("dua\nbaris %s", '"}')
    [line] = lines.getvalue().splitlines()
    found = json.loads(line)
    assert (found["event"], found["level"], found["logger"]) == ('dua\nbaris "}', "warning", "tapal.test")
    assert found["timestamp"].endswith("Z")


def test_an_error_is_logged_with_its_places_and_without_what_was_typed(lines: io.StringIO) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        logging.getLogger("tapal.test").error("Error %s", 7, exc_info=error)
    found = json.loads(lines.getvalue())
    assert [error["kind"] for error in found["error"]] == ["KeyError", "ValueError"]
    assert all("test_operation.py" in error["at"][-1] for error in found["error"])
    assert SECRET not in lines.getvalue()


def test_the_server_writes_json_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAPAL_METRICS", "1")
    monkeypatch.setenv("TAPAL_LOG", "json")
    with serve("server.py") as address:
        assert json.loads(Answer(address + "/readyz").body) == {"ready": True, "missing": []}
        assert Answer(address + "/healthz").body == b"ok"
        assert Answer(address + "/_stcore/metrics").status == 200
        figures = Answer(address + "/metrics").body.decode()
    assert 'tapal_requests_total{place="readyz",status="200"} 1.0' in figures


def test_json_is_written_by_handlers_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(logger, "handlers", [handler])
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    kept = {h: h.formatter for h in _handlers()}
    try:
        write_json()
        logger.error("x")
        assert json.loads(stream.getvalue().splitlines()[0])["event"] == "x"
        assert logging.getLogger().handlers
    finally:
        for found, formatter in kept.items():
            found.setFormatter(formatter)


def _handlers() -> list[logging.Handler]:
    loggers = logging.getLogger().manager.loggerDict.values()
    return [handler for logger in loggers if isinstance(logger, logging.Logger) for handler in logger.handlers]
