"""Where a page tells officials and their systems of the feeds."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from views.link import context, office
from views.link.context import Session
from views.screen import account


def draw(session: Session, page: str) -> None:
    """The address of the feed and of the page that explains it; nothing where the server is not ours.

    Parameters
    ----------
    session : language of this run
    page : its name, which ends its address
    """
    if not account.has_form():
        return
    w = session.words
    with st.expander(w.t("Data untuk QGIS dan sistem lain"), icon=":material/link:"):
        st.markdown(w.t("Angka, batas dan fasilitas dapat dibaca langsung oleh QGIS dan sistem lain dari alamat ini:"))
        address = f"{root(page)}/api/v1"
        st.code(address, language=None)
        guide = w.t("Petunjuk dan contoh")
        st.markdown(f"[{guide}]({address}/docs?bahasa={w.language})")


def draw_files(session: Session, page: str) -> None:
    """The addresses of the calendar of agreements and of both Atom feeds of the border.

    Parameters
    ----------
    session : language and border of this run
    page : its name, which ends its address
    """
    w = session.words
    query = urlencode(context.link(session, {}))
    with st.expander(w.t("Alamat untuk pembaca berita dan kalender perjanjian"), icon=":material/link:"):
        for name, text in (
            ("pengingat.atom", w.t("Pengingat (Atom)")),
            ("perjanjian.atom", w.t("Perjanjian (Atom)")),
            ("perjanjian.ics", w.t("Tanggal perjanjian (ICS)")),
        ):
            st.caption(text)
            st.code(f"{root(page)}/{name}?{query}", language=None)


def root(page: str) -> str:
    """The address of the app, the office's own first, without a slash at its end; "" where only the browser knows it.

    Parameters
    ----------
    page : whose address the browser shows
    """
    known, seen = office.addresses(), office.address_of(st.context.url, page)
    return known[0] + urlsplit(seen).path if known else seen
