"""The row on every page: border, search, link, language, account; and the pages of one place as tabs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from data.tables import Dataset
from records.permissions import Actor
from views.language import link_names, versions
from views.language.escape import md
from views.language.words import LANGUAGES
from views.link import context
from views.link.context import Session
from views.link.parameters import OTHER_BORDERS, TABLE
from views.link.results import kept
from views.topics.accounts import controls as account_controls
from views.topics.map.screen import unit_labels
from views.topics.navigation import search

SEARCH = "cari"
FOUND = "ditemukan"
FIRST, PROFILE = "beranda", "profil"

# Where an address is not served over TLS the browser has no clipboard for scripts, only the older command.
# On a phone Streamlit leaves its menu open over the page that was chosen in it.
_COPY = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.firstChild.textContent = data.label;
  if (matchMedia("(max-width: 767px)").matches) {
    document.querySelector('[data-testid="stSidebar"][data-collapsed="false"] [data-testid="stSidebarCollapseButton"] button')?.click();
  }
  button.onclick = async () => {
    const address = new URL(location.href);
    const maps = [...document.querySelectorAll("iframe")].map((frame) => frame.contentWindow.tapal);
    const view = maps.map((map) => map && map.view()).find(Boolean);
    if (view) address.searchParams.set(data.view, view);
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(address.href);
    } else {
      const text = document.createElement("textarea");
      text.value = address.href;
      document.body.append(text);
      text.select();
      document.execCommand("copy");
      text.remove();
    }
    button.firstChild.textContent = data.copied;
    setTimeout(() => { button.firstChild.textContent = data.label; }, 2000);
  };
}
"""
_COPY_STYLE = """
button {
  display: block; min-height: 2.5rem; padding: 0.25rem 0.75rem; white-space: nowrap; cursor: pointer;
  font: inherit; font-size: 0.875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
}
button:hover, button:focus-visible { border-color: var(--st-primary-color); outline: none; }
button:focus-visible { box-shadow: 0 0 0 2px var(--st-primary-color); }
@media (max-width: 800px) { button { padding: 0.25rem 0.5rem; } }
"""


@cache
def _copy_button() -> st.components.v2.types.ComponentRenderer:
    button = '<button type="button"><span aria-live="polite"></span></button>'
    return st.components.v2.component("tapal_salin", html=button, css=_COPY_STYLE, js=_COPY)


def go_to_found(session: Session, page: Page) -> None:
    """Show the kelurahan that was just chosen in the search: on this page where one can be chosen, else its profile.

    Parameters
    ----------
    session : language, data and border of this run
    page : the page that is shown
    """
    kode = st.session_state.pop(FOUND, None)
    if not kode:
        return
    border = search.border_of(session.data, kode, session.corridor)
    name = _page_name(page)
    own = [line for line in TABLE if line.name == link_names.SELECTED and OTHER_BORDERS not in line.pages]
    takes = any(name in line.pages for line in own)
    link = {link_names.CORRIDOR: border.id, link_names.SELECTED: kode}
    st.switch_page(f"pages/{name if takes else PROFILE}.py", query_params=context.link(session, {}) | link)


def _page_name(page: Page) -> str:
    """The file of a page in pages/, without ending."""
    return page.url_path or FIRST


def draw_row(session: Session) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Border and language of a page; returns where search, link and account go, which wait for the page."""
    w, corridors = session.words, session.data.catalogue.corridors
    row = st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar")
    row.selectbox(
        w.t("Koridor"),
        list(corridors),
        format_func=lambda i: w.pick(corridors[i].title),
        key=link_names.CORRIDOR,
        label_visibility="collapsed",
        width=320,
    )
    place, link = row.container(width=320), row.container(width="content")
    row.segmented_control(
        w.t("Bahasa"),
        LANGUAGES,
        format_func=lambda i: {"id": "Indonesia", "en": "English"}[i],
        key=link_names.LANGUAGE,
        required=True,
        label_visibility="collapsed",
    )
    return place, link, row.container(width="content")


def draw_copy(session: Session, place: DeltaGenerator, page: Page) -> None:
    """The button that copies a link to the view of this moment.

    Parameters
    ----------
    session : language, data and border of this run
    place : of the row
    page : the page that is shown
    """
    w = session.words
    words = {"label": w.t("Salin tautan"), "copied": w.t("Tautan tersalin"), "view": link_names.VIEW}
    with place:
        _copy_button()(data=words | {"page": _page_name(page)}, key="copy", width="content")


@kept(4)
def _found_units(data: Dataset) -> list[str]:
    """All sessions share the kode: a list of their own in each takes 0.1 MB."""
    return search.found(data)


def draw_search(session: Session, place: DeltaGenerator) -> None:
    """The search over the kelurahan of all borders."""
    w = session.words
    place.selectbox(
        w.t("Cari kelurahan/desa"),
        _found_units(session.data),
        index=None,
        format_func=unit_labels(session.data).__getitem__,
        placeholder=w.t("Cari kelurahan/desa"),
        key=SEARCH,
        on_change=_found,
        label_visibility="collapsed",
    )


def _found() -> None:
    st.session_state[FOUND] = st.session_state[SEARCH]
    st.session_state[SEARCH] = None


def draw_account(session: Session, place: DeltaGenerator, actor: Actor, page: Page) -> None:
    """The way to sign in, or who is signed in; drawn last, when the address holds what the page has read.

    Parameters
    ----------
    session : language and data
    place : of the row
    actor : who acts in this run
    page : to which the form leads back
    """
    with place:
        account_controls.draw_account(session, actor, page.url_path)


def draw_version(session: Session) -> None:
    """As of which version the page is, what of it was withdrawn, and the way back to now; else what of offices it holds."""
    w, data = session.words, session.data
    text = versions.line(w, data, session.corridor)
    if data.as_of is None:
        if text:
            st.caption(md(text))
        return
    lines = [text, *versions.withdrawn(w, session.history, data)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="per"):
        st.info("\n\n".join(md(line) for line in lines), icon=":material/history:")
        st.button(w.t("Ke data sekarang"), on_click=context.assign, args=(link_names.AS_OF, ""))


def draw_tabs(session: Session, pages: Sequence[Page]) -> None:
    """The pages of one place, where it has several."""
    pages = [page for page in pages if page.visibility == "visible"]
    if len(pages) < 2:
        return
    row = st.container(horizontal=True, gap="small", key="tabs")
    for page in pages:
        row.page_link(page, label=page.title, query_params=context.link(session, {}))
