"""The records of a kelurahan as one section, for *Profil kelurahan*, the card of *Beranda*, *Prioritas* and *Mode rapat*.

A new kind of record adds its line to `lines`; the pages stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from views.language import link_names
from views.link import context
from views.link.context import Session
from views.topics.citizen_reports import state as reports_state
from views.topics.citizen_reports import words as report_words
from views.topics.place_records import words
from views.topics.proposals import state as proposals_state


def lines(session: Session, kode: str) -> list[str]:
    """What is on record of a kelurahan, a Markdown line a kind of record.

    Parameters
    ----------
    session : language, data and border of this run
    kode : of the kelurahan
    """
    w, data = session.words, session.data
    return [
        words.proposals(w, proposals_state.places(data, session.corridor.id).get(kode)),
        report_words.of_place(w, reports_state.places(data, session.corridor.id).get(kode)),
    ]


def column(session: Session, kodes: Iterable[str]) -> dict[str, list[str]]:
    """Columns for a table of kelurahan, by heading; none where no side of the border has anything on record.

    Parameters
    ----------
    session : language, data and border of this run
    kodes : of the kelurahan, in the order of the table
    """
    w, data, corridor, kodes = session.words, session.data, session.corridor.id, [str(kode) for kode in kodes]
    columns = {}
    if proposed := proposals_state.places(data, corridor):
        columns[w.t("Usulan (menyentuh kesenjangan)")] = [words.short(w, proposed.get(kode)) for kode in kodes]
    if reported := reports_state.places(data, corridor):
        columns[w.t("Suara warga")] = [report_words.short(w, reported.get(kode)) for kode in kodes]
    return columns


def draw(session: Session, kode: str) -> None:
    """The section of a page about one kelurahan: its lines, and the way to the page of each.

    Parameters
    ----------
    session, kode : see `lines`
    """
    w = session.words
    st.markdown(w.t("#### Usulan dan suara warga"))
    st.markdown("\n".join(f"- {line}" for line in lines(session, kode)))
    st.page_link(
        "pages/usulan.py",
        label=w.t("Usulan terhadap kesenjangan"),
        icon=":material/note:",
        query_params=context.link(session, {link_names.MODE: "belum"}),
    )
    st.page_link(
        "pages/suara.py",
        label=w.t("Suara warga di sini"),
        icon=":material/campaign:",
        query_params=context.link(session, {link_names.SELECTED: kode}),
    )
