"""Assumed numbers of the catalogue as parameters of the URL: read, checked one by one, and refused in words."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.catalogue import Assumption
from views.language.escape import md
from views.language.link_names import LONGEST_ECHO
from views.language.sentences import number, origin
from views.language.words import Words
from views.link.session import Session

_LONGEST = 1000


def read(now: Session, name: str, entries: Mapping[str, Assumption]) -> dict[str, float]:
    """Numbers that share one parameter, as in `asumsi=tunda:5;laju:20`; only what differs from the catalogue is
    written.

    Parameters
    ----------
    name : parameter; the slider of a number has the key `name key`
    entries : entry of the catalogue by key

    Returns
    -------
    dict
        A number for every key. A part of a link that cannot be used is named in a warning and the catalogue's value
        holds. Call it before the sliders are drawn.
    """
    state = st.session_state
    url = st.query_params.get(name, "")
    fresh = url != state.get(f"url {name}", "")
    given: dict[str, float] = {}
    if fresh:
        given, refused = _parse(url, entries)
        for part in refused:
            st.warning(_refusal(now.words, part, entries), icon=":material/link_off:")
    kept = {} if fresh else state.get(f"values {name}", {})
    result = {}
    for key, entry in entries.items():
        value = given.get(key, float(entry.value) if fresh else state.get(f"{name} {key}", kept.get(key, entry.value)))
        result[key] = float(value) if entry.low <= value <= entry.high else float(entry.value)
        state[f"{name} {key}"] = result[key]
    text = ";".join(f"{key}:{value:g}" for key, value in result.items() if value != entries[key].value)
    state[f"url {name}"], state[f"values {name}"] = text, result
    if text and url != text:
        st.query_params[name] = text
    elif not text and url:
        del st.query_params[name]
    return result


def _parse(text: str, entries: Mapping[str, Assumption]) -> tuple[dict[str, float], list[str]]:
    """Numbers that can be used, and the parts that cannot."""
    if len(text) > _LONGEST:
        return {}, [text]
    found: dict[str, float] = {}
    refused = []
    for part in filter(None, text.split(";")):
        key, _, number = part.partition(":")
        try:
            value = float(number)
        except ValueError:
            value = float("nan")
        entry = entries.get(key)
        if entry is not None and key not in found and entry.low <= value <= entry.high:
            found[key] = value
        else:
            refused.append(part)
    return found, refused


def _refusal(w: Words, part: str, entries: Mapping[str, Assumption]) -> str:
    entry = entries.get(part.partition(":")[0])
    shown = md(part[:LONGEST_ECHO])
    if entry is None:
        return w.t("Bagian “{bagian}” di tautan tidak dikenal dan diabaikan.", bagian=shown)
    return w.t(
        "Bagian “{bagian}” di tautan tidak dapat dipakai: {nama} harus satu angka dari {rendah} sampai {tinggi} {satuan}. Yang dipakai: {nilai}.",
        bagian=shown,
        nama=md(w.pick(entry.title)),
        rendah=number(w, entry.low),
        tinggi=number(w, entry.high),
        satuan=w.pick(entry.unit),
        nilai=number(w, entry.value),
    )


def slider(now: Session, name: str, key: str, entry: Assumption, step: float, label: str = "") -> None:
    """The slider of one number; `read` has put its value in place. Its own title and unit, unless `label` is shorter."""
    w = now.words
    st.slider(
        label or w.t("{nama} ({satuan})", nama=md(w.pick(entry.title)), satuan=w.pick(entry.unit)),
        float(entry.low),
        float(entry.high),
        step=step,
        format="%g",
        key=f"{name} {key}",
        help=origin(w, entry),
    )
