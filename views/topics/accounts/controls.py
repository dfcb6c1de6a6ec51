"""What stands of the account in the row of every page: the way to sign in, or who is signed in."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from records.permissions import Actor
from views.language import link_names
from views.language.escape import md
from views.link import context
from views.link.context import Session
from views.screen import account
from views.topics.accounts.words import role_line

PAGE = "pages/akun.py"
LONGEST_LABEL = 24
LONGEST_BACK = 1_500


def places(session: Session) -> dict[str, str]:
    """Names of all kabkota by code."""
    return {str(code): str(name) for code, name in session.data.names("kabkota").items()}


def draw_account(session: Session, actor: Actor, here: str) -> None:
    """Draw the link to the form, or a menu with the name of who is signed in.

    Parameters
    ----------
    session : language and data
    actor : who acts in this run
    here : the page, as it stands in its address; "" for the first
    """
    w = session.words
    if actor.sign_in is None:
        if not account.has_form():
            return
        back = here + (f"?{urlencode(st.query_params.to_dict())}" if len(st.query_params) else "")
        back = back if len(back) <= LONGEST_BACK else here
        link = f"masuk?{urlencode({link_names.LANGUAGE: w.language, 'ke': back}, quote_via=quote)}"
        st.html(
            f'<a class="tapal-masuk" href="{escape(link)}" target="_self">{escape(w.t("Masuk"))}</a>', width="content"
        )
        return
    short = actor.title if len(actor.title) <= LONGEST_LABEL else actor.title[: LONGEST_LABEL - 1] + "…"
    with st.popover(md(short), icon=":material/person:", width="content"):
        st.markdown(md(actor.title))
        st.caption(md(role_line(w, actor.grants, places(session))))
        st.page_link(PAGE, label=w.t("Akun"), query_params=context.link(session, {}))
        st.button(w.t("Keluar"), on_click=account.sign_out, help=w.t("Mengakhiri sesi akun ini di semua peramban."))
