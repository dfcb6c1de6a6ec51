"""A number with decimals, written as the reader's language writes it: Streamlit's own input knows the point alone."""

from __future__ import annotations

import streamlit as st

from views.language.words import Words
from views.link import refusals
from views.link.kinds import Number, RefusedError, number_text


def decimal_input(w: Words, label: str, limits: Number, key: str, help: str | None = None) -> None:
    """A field for a number; what cannot be used is said below it, and the number stays as it was.

    Parameters
    ----------
    w : language
    label : of the field
    limits : lowest and highest number, both allowed
    key : where the link has put the number; the field itself has a key of its own
    help : Markdown of the question mark
    """
    state, written, refused = st.session_state, f"{key} tertulis", f"{key} ditolak"

    def take() -> None:
        try:
            state[key] = limits.parse(state[written].strip())
        except RefusedError as error:
            state[refused] = error.reasons[0]

    number = number_text(state[key])
    state[written] = number.replace(".", ",") if w.language == "id" else number
    st.text_input(label, key=written, help=help, on_change=take, max_chars=20)
    if (why := state.pop(refused, None)) is not None:
        st.warning(w.t("Tidak dipakai: {alasan}.", alasan=refusals.reason(w, why)), icon=":material/error:")
