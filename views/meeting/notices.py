"""The sheet for the notice board of a kelurahan, as a file to download."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from views.language import link_names
from views.link import context, office, results
from views.link.context import Session
from views.meeting.files import request_of
from views.topics.agreements import screen as agreements_screen


def draw_sheet(session: Session, kode: str) -> None:
    """The button that gives the sheet, and why it has no QR code where the address of the office is unknown.

    Parameters
    ----------
    session : language, data and border of this run
    kode : of the kelurahan
    """
    w, known = session.words, office.addresses()
    st.download_button(
        w.t("Unduh lembar papan pengumuman (PDF)"),
        partial(_sheet, session, kode, _link(session, kode, known[0]) if known else ""),
        file_name=f"ke-mana-{kode}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        on_click="ignore",
    )
    if not known:
        st.caption(w.t("Tanpa kode QR: alamat kantor belum diatur pengelola (TAPAL\\_ADDRESS)."))


def _link(session: Session, kode: str, address: str) -> str:
    query = context.link(session, {link_names.SELECTED: kode})
    return f"{address}/ke_mana?{urlencode(query)}"


def _sheet(session: Session, kode: str, link: str) -> bytes:
    # What draws on paper takes a second to import: a page that only shows is not kept waiting.
    from views.exports.pdf import wayfinding as pdf_wayfinding

    data, today = session.data, context.today()
    request = request_of(data, session.corridor.id, session.words.language, (), (), today)
    result = results.ways(data, session.corridor.id, kode)
    return pdf_wayfinding.build(request, result, agreements_screen.on_record(data)[0], link)
