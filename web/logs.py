"""Logs that a program can read: one JSON object a line, without personal data.

``TAPAL_LOG=json`` switches them on; without it Streamlit's own lines stay, for whoever runs the app at a desk.
"""

import logging
import traceback
from collections.abc import Iterable

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def _without_values(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace an exception by its kind and its places in the code.

    Its message is left out: it may hold what somebody typed, or a row of the database.
    """
    found = event.pop("exc_info", None)
    if isinstance(found, tuple) and found[0] is not None:
        event["error"] = [_described(error) for error in _chain(found[1])]
    return event


def _chain(error: BaseException | None) -> Iterable[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _described(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return {"kind": kind, "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}


def json_formatter() -> logging.Formatter:
    """Return the formatter of lines in JSON: time (UTC), level, logger, event, and the error if there is one."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_values,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def write_json() -> None:
    """Let every handler that there is write lines in JSON; the root logger gets one if it has none.

    Streamlit and uvicorn give handlers of their own to their loggers when they are imported: call this after that.
    """
    formatter = json_formatter()
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    made = (logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger))
    for logger in (root, *made):
        for handler in logger.handlers:
            handler.setFormatter(formatter)
