"""The answer of a page on the screen: a bold sentence, and its lighter line."""

from __future__ import annotations

import streamlit as st

from views.language.answer import Answer
from views.language.escape import md


def show_answer(answer: Answer) -> None:
    """Draw both lines where the page is drawing."""
    with st.container(gap="xxsmall"):
        st.markdown(f"**{md(answer.sentence)}**")
        if answer.note:
            st.caption(md(answer.note))
