"""Reading a link: one rule for every parameter, whatever its kind.

The address, the widgets and the last run of the session may each hold a value. What somebody has just changed in a
widget holds, else what has just arrived in the address, else what held before. Whatever holds stands afterwards in the
address, under the keys of the widgets, and in the memory of the session, which a change of page leaves alone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from views.link.kinds import Kind, Numbers, Reason, RefusedError, taken
from views.link.parameters import Context, Parameter

_KEPT = "tautan"
_PAGE = "halaman"


@dataclass(frozen=True)
class _Kept:
    """What a run left: the text in the address, the value, and whether that was the default or what the page opens on."""

    text: str
    value: Any
    usual: bool
    opening: bool


class Values(dict[str, Any]):
    """Values by name of the parameter.

    Attributes
    ----------
    arrived : names whose value is new in the address
    opened : whether the last run of the session showed another page, whose widgets tell nothing of this one
    """

    def __init__(self, opened: bool) -> None:
        super().__init__()
        self.arrived: set[str] = set()
        self.opened = opened


def page_changed(page: str) -> bool:
    """Whether the last run of the session showed another page; this one is remembered."""
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = page
    return before != page


def read(context: Context, lines: Iterable[Parameter], into: Values) -> dict[str, tuple[Reason, ...]]:
    """Read these lines of the table, in their order, before the widgets of the parameters are drawn.

    Parameters
    ----------
    context : what the allowed values depend on; its name and values are set for each parameter
    lines : of `views.link.parameters.TABLE`
    into : takes the values; later lines may depend on it

    Returns
    -------
    dict
        Why a parameter is not used, by name; it has left the address and has its default.
    """
    refused: dict[str, tuple[Reason, ...]] = {}
    lines = list(lines)
    own = {name for line in lines for name in (*line.names(context), line.old)}
    bare = own.isdisjoint(st.query_params)
    opening = {line.name: line for line in lines if line.opens and line.opens(context)}
    new = all((line.name, line.pages) not in _memory() for line in opening.values())
    for line in lines:
        for name in line.names(context):
            here = replace(context, name=name, values=into)
            kind, first = line.kind(here), line.opens(here) if line.opens else None
            try:
                value = _found(line, name, kind, first, bare, into)
            except RefusedError as error:
                refused[name] = error.reasons
                value = None if kind is None else kind.default
            store(line, name, kind, value, first)
            if kind is not None:
                into[name] = value
    if opening and own.isdisjoint(st.query_params):
        if new and refused:
            for name, line in opening.items():
                del _memory()[name, line.pages]
            return refused | read(context, opening.values(), into)
        # A link that names nothing would open anew, and not with the defaults that somebody has chosen.
        name = next(iter(opening))
        st.query_params[name] = into[name]
    return refused


def drop_unknown(known: Container[str]) -> list[str]:
    """Take out of the address what is not known, and name it."""
    strange = [name for name in st.query_params if name not in known]
    for name in strange:
        del st.query_params[name]
    return strange


def _found(line: Parameter, name: str, kind: Kind | None, opening: Any, bare: bool, into: Values) -> Any:
    kept = _memory().get((name, line.pages))
    if kind is not None and kept is not None and not into.opened and _changed(name, kind, kept.value):
        return kind.checked(_in_widgets(name, kind, kept.value))
    texts = [text for key in (name, line.old) if key for text in st.query_params.get_all(key)]
    if texts and (kept is None or texts != [kept.text]):
        into.arrived.add(name)
        return taken(kind, texts)
    if kind is None or (kept is None and not (opening and bare)):
        return None if kind is None else kind.default
    if kept is None or (kept.opening and opening):
        return opening
    if opening is None and (kept.usual or kept.opening):
        return kind.default
    found = kind.fitting(kept.value)
    return found if opening is None or found == kept.value else opening


def _changed(name: str, kind: Kind, before: Any) -> bool:
    """Whether somebody has used a widget since the last run."""
    state = st.session_state
    if isinstance(kind, Numbers):
        return any(state.get(f"{name} {key}", n) != n for key, n in before.items() if key in kind.entries)
    return bool(state.get(name, before) != before)


def _in_widgets(name: str, kind: Kind, before: Any) -> Any:
    """What the widgets hold; where there is none, what held before."""
    state = st.session_state
    if isinstance(kind, Numbers):
        return {key: state.get(f"{name} {key}", before.get(key, n)) for key, n in kind.default.items()}
    return state[name]


def store(line: Parameter, name: str, kind: Kind | None, value: Any, opening: Any = None) -> None:
    """Put a value into the memory, under the keys of its widgets and into the address.

    Parameters
    ----------
    line : of the table
    name : of the parameter, with its end if it belongs to a family
    kind : how it is read, None where the page has no use for it at present
    value : of the type of the kind
    opening : value with which the page opens, None for the default
    """
    memory, params, text = _memory(), st.query_params, ""
    if kind is not None:
        text = kind.text(value)
        if opening is not None and params.get(name) == value:
            text = value  # a default that the link says, since the page opens with something else
        memory[name, line.pages] = _Kept(text, value, value == kind.default, opening is not None and value == opening)
        shown = {f"{name} {key}": n for key, n in value.items()} if isinstance(kind, Numbers) else {name: value}
        for key, one in shown.items():
            st.session_state[key] = one
    elif kept := memory.get((name, line.pages)):
        memory[name, line.pages] = replace(kept, text="")
    for other in (line.old, "" if text else name):
        if other in params:
            del params[other]
    if text and params.get_all(name) != [text]:
        params[name] = text


def _memory() -> dict[tuple[str, tuple[str, ...]], _Kept]:
    memory: dict[tuple[str, tuple[str, ...]], _Kept] = st.session_state.setdefault(_KEPT, {})
    return memory
