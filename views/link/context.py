"""What a page knows of its session: the data, the language, the corridor, and the parameters of its link."""

from __future__ import annotations

import runpy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import streamlit as st

from data import tables
from data.catalogue import Corridor
from data.tables import Dataset
from data.versions import Published
from records.uploads import reading as uploads
from views.language import link_names
from views.language.words import Language, Words
from views.link import reading, refusals, results
from views.link.parameters import TABLE, Context, default_corridor
from views.link.reading import Values


@st.cache_resource(show_spinner=False)
def dataset() -> Dataset:
    """The shipped data, read once a process and shared read-only."""
    return tables.load()


@dataclass(frozen=True)
class Session:
    """Language, data, corridor and look of this run.

    Attributes
    ----------
    words : language
    data : as of the version that the link names, else with all versions of now
    corridor : the border that the page shows
    dark : whether the page is dark
    history : all published versions, withdrawn ones too
    """

    words: Words
    data: Dataset
    corridor: Corridor
    dark: bool
    history: tuple[Published, ...] = ()

    @property
    def now(self) -> Dataset:
        """The data with all versions of now, whatever the link names."""
        return self.data if self.data.as_of is None else results.as_of(dataset(), self.history)


def open_session() -> Session:
    """Read language and corridor from the link; called once a run by app.py, before any page."""
    data, history = dataset(), uploads.history()
    values = Values(opened=False)
    offered = {link_names.AS_OF: _numbers(history or ())}
    everywhere = [line for line in TABLE if not line.pages]
    # The version first: an admin may have added the corridor that the link names.
    refused = reading.read(
        _everywhere(data, offered), [line for line in everywhere if line.name == link_names.AS_OF], values
    )
    named = values[link_names.AS_OF]
    data = results.as_of(data, history or (), int(named) if named else None)
    refused |= reading.read(
        _everywhere(data, offered), [line for line in everywhere if line.name != link_names.AS_OF], values
    )
    words = Words(cast(Language, values[link_names.LANGUAGE]))
    say(refusals.sentences(words, refused))
    if history is None:
        say([words.t("Data yang diterbitkan kantor sedang tidak dapat dibaca; yang tampil data bawaan Tapal.")])
    corridor = data.catalogue.corridors[values[link_names.CORRIDOR]]
    session = Session(words, data, corridor, st.context.theme.type == "dark", history or ())
    st.session_state["session"] = session
    return session


def now() -> Dataset:
    """The data with all versions of now, for what is answered without a session."""
    return results.as_of(dataset(), uploads.history() or ())


def _everywhere(data: Dataset, offered: Mapping[str, Sequence[str]]) -> Context:
    """What the parameters of every page may hold."""
    start = data.catalogue.corridors[default_corridor(data)]
    return Context("", "", data, start, partial(results.kabkota_with_list, data), offered=offered)


def _numbers(history: Sequence[Published]) -> tuple[str, ...]:
    """Versions that a link may name: those that there are, and 0 for none."""
    return tuple(str(n) for n in (0, *(v.number for v in history)))


def current() -> Session:
    """The session that app.py opened for this run.

    Until a script has said by ``st.navigation`` which pages there are, Streamlit takes a file of pages/ for a script of
    its own and runs it alone. Then app.py is run from here, which runs that page with all that stands around it.
    """
    opened = st.session_state.pop("session", None)
    if opened is None:
        runpy.run_path(str(Path(__file__).parents[2] / "app.py"))
        st.stop()
    return cast(Session, opened)


def read(session: Session, page: str, offered: Mapping[str, Sequence[str]] | None = None) -> Values:
    """All parameters of a page, checked and put where its widgets will find them; a warning says what is not used.

    Parameters
    ----------
    session : language, data and border of this run
    page : its file in pages/, without ending
    offered : ids that only the page knows, by parameter
    """
    values = Values(opened=reading.page_changed(page))
    context = Context(
        "",
        page,
        session.data,
        session.corridor,
        partial(results.kabkota_with_list, session.data),
        offered=offered or {},
    )
    lines = [line for line in TABLE if page in line.pages]
    known = {
        name for line in TABLE if not line.pages or page in line.pages for name in (*line.names(context), line.old)
    }
    refused = reading.read(context, [line for line in lines if not line.late], values)
    lost = reading.drop_unknown(known)
    say([*refusals.sentences(session.words, refused), *([refusals.unknown(session.words, lost)] if lost else [])])
    return values


def offer(session: Session, page: str, values: Values, offered: Mapping[str, Sequence[str]]) -> None:
    """Add the parameters whose ids a page knows only once it has read the others.

    Parameters
    ----------
    session : language, data and border of this run
    page : its file in pages/, without ending
    values : the parameters that `read` found; those read here are added
    offered : ids that the page now knows, by parameter
    """
    context = Context(
        "", page, session.data, session.corridor, partial(results.kabkota_with_list, session.data), offered=offered
    )
    lines = [line for line in TABLE if page in line.pages and line.late]
    say(refusals.sentences(session.words, reading.read(context, lines, values)))


def say(lines: Sequence[str]) -> None:
    """Warn of what a link holds and the page does not use, in one place; no sentences, no warning."""
    if lines:
        st.warning("\n\n".join(lines), icon=":material/link_off:")


def assign(name: str, value: Any) -> None:
    """Set a parameter from a callback, before the widgets of the next run are drawn."""
    st.session_state[name] = value


def put(session: Session, page: str, name: str, value: Any) -> None:
    """Set a parameter that has no widget, once the run knows its value.

    Parameters
    ----------
    session : language, data and border of this run
    page : its file in pages/, without ending
    name : of the parameter
    value : of the type of its kind in `views.link.kinds`
    """
    line = next(line for line in TABLE if line.name == name and page in line.pages)
    reading.store(
        line,
        name,
        line.kind(
            Context(name, page, session.data, session.corridor, partial(results.kabkota_with_list, session.data))
        ),
        value,
    )


def this_year() -> int:
    """The year in Indonesia, for the age of data."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).year


def today() -> date:
    """The day in Indonesia, for what is printed."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def link(session: Session, extra: dict[str, str]) -> dict[str, str]:
    """Query parameters of a link to another page, which keeps corridor, language and version; `extra` are its own."""
    as_of = {} if session.data.as_of is None else {link_names.AS_OF: str(session.data.as_of)}
    return {link_names.CORRIDOR: session.corridor.id, link_names.LANGUAGE: session.words.language, **as_of, **extra}
