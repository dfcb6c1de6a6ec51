"""The pieces of the page on agreements: what is shown of whom, the views, one agreement, and the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from analysis.agreements.model import Agreement, Project
from analysis.agreements.published import agreements_of, projects_of
from data.tables import Dataset
from open_data.agreements import agreement_rows, project_rows
from records.agreements import reading
from views.language import cells, link_names
from views.language.escape import md
from views.language.words import Words
from views.link.context import Session
from views.link.results import kept
from views.screen import pictures, segments
from views.screen.map import draw
from views.screen.tables import show_table
from views.topics.agreements import figure, spec, tables, words
from views.topics.map.screen import geometry


@kept(4)
def _published(data: Dataset) -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
    """The published agreements and projects, made once."""
    return agreements_of(data.agreements), projects_of(data.projects)


def on_record(data: Dataset) -> tuple[tuple[Agreement, ...], tuple[Project, ...]]:
    """All agreements and projects: published, then entered by offices."""
    (agreements, projects), (own, own_projects) = _published(data), reading.on_record()
    return (*agreements, *own), (*projects, *own_projects)


def _view_names(w: Words) -> dict[str, str]:
    """The views, by id in the link."""
    return {
        "daftar": w.t("Daftar"),
        "tahap": w.t("Tahap"),
        "kalender": w.t("Kalender"),
        "dinas": w.t("Dinas dengan dinas"),
        "pelaku": w.t("Matriks pelaku"),
        "praktik": w.t("Praktik, hambatan, potensi"),
        "proyek": w.t("Proyek kemitraan"),
        "peta": w.t("Peta"),
    }


def controls(session: Session) -> None:
    """Which view, and whose agreements."""
    w = session.words
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    segments.choose(w.t("Tampilkan"), _view_names(w), link_names.MODE, row)
    scopes = {words.SIDES: w.t("salah satu sisi"), words.PAIR: w.t("antara kedua sisi"), words.ALL: w.t("semua")}
    if not session.corridor.pair:
        scopes.pop(words.PAIR)
    row.selectbox(w.t("Milik siapa"), list(scopes), format_func=scopes.__getitem__, key=link_names.SCOPE, width=200)


def view(
    session: Session, name: str, agreements: Sequence[Agreement], projects: Sequence[Project], today: date
) -> None:
    """The chosen view.

    Parameters
    ----------
    session : language, data and border of this run
    name : id of the view
    agreements, projects : that are shown
    today : the day
    """
    w, data = session.words, session.data
    if name == "kalender":
        if rows := figure.shown(agreements, today):
            pictures.chart(session, "kalender-perjanjian", figure.calendar(session, rows, today))
        else:
            st.info(w.t("Belum ada perjanjian dengan tanggal yang diketahui."), icon=":material/help:")
        return
    if name == "peta":
        found: list[Agreement | Project] = [*agreements, *projects]
        drawn = spec.spec(session, found)
        draw(drawn, geometry(data), key="petaperjanjian", height=spec.HEIGHT)
        note = w.t("Hanya tempat yang disebut; perjanjian tanpa tempat berlaku untuk seluruh wilayahnya.")
        title = w.t("Tempat yang disebut perjanjian dan proyek")
        pictures.under_map(session, "perjanjian", drawn, spec.rows(session, found), title, note, ("press",))
        return
    frames = {
        "daftar": lambda: tables.register(w, data, agreements, today),
        "tahap": lambda: tables.by_stage(w, agreements),
        "dinas": lambda: tables.by_offices(w, data, agreements, today),
        "pelaku": lambda: tables.actors(w, data, agreements),
        "praktik": lambda: tables.practice(w, data, agreements, today),
        "proyek": lambda: tables.projects(w, data, projects, agreements),
    }
    show_table(w, frames[name](), alt=w.t("Tabel: {isi}", isi=_view_names(w)[name]), key=f"tabel-{name}")
    if name == "tahap":
        st.caption(w.t("Dari terbitan hanya tahap terakhir yang pasti dilalui yang diketahui."))


def choose(session: Session, agreements: Sequence[Agreement]) -> None:
    """Which agreement is opened."""
    w, data = session.words, session.data
    titles = {"": w.t("pilih perjanjian")}
    titles |= {a.id: f"{w.pick(a.title)} ({words.parties_text(data, a.sides)})" for a in agreements}
    st.selectbox(
        w.t("Buka satu perjanjian"), list(titles), format_func=lambda i: titles.get(i, i), key=link_names.AGREEMENT
    )


def card(session: Session, agreement: Agreement, projects: Sequence[Project], today: date) -> None:
    """One agreement in full, with the projects under it.

    Parameters
    ----------
    session : language, data and border of this run
    agreement : which
    projects : all that are known
    today : the day
    """
    w, data = session.words, session.data
    with st.container(border=True):
        st.markdown(f"**{md(w.pick(agreement.title))}**  \n{md(words.parties_text(data, agreement.sides))}")
        st.markdown("\n".join(f"- {line}" for line in words.details(w, data, agreement, today)))
        own = [p for p in projects if p.under == agreement.id]
        if own:
            show_table(w, tables.projects(w, data, own, [agreement]), alt=w.t("Proyek kemitraan"), key="proyekdibawah")


def downloads(session: Session, agreements: Sequence[Agreement], projects: Sequence[Project], today: date) -> None:
    """CSV of both tables, and one workbook; made when somebody asks for them.

    Parameters
    ----------
    session : language, data and border of this run
    agreements, projects : that are shown
    today : the day for which it is said how they stand
    """
    w, names = session.words, session.data.kabkota["nama"]
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    frames = {
        "perjanjian": partial(agreement_rows, agreements, names, today),
        "proyek": partial(project_rows, projects, names),
    }
    for name, frame in frames.items():
        row.download_button(
            w.t("Unduh {nama} (CSV)", nama={"perjanjian": w.t("perjanjian"), "proyek": w.t("proyek")}[name]),
            partial(_csv, frame),
            file_name=f"{name}-{session.corridor.id}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv {name}",
        )
    row.download_button(
        w.t("Unduh keduanya (XLSX)"),
        partial(_xlsx, session, today, frames),
        file_name=f"perjanjian-{session.corridor.id}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
        key="xlsx perjanjian",
    )


def _csv(frame: Callable[[], pd.DataFrame]) -> bytes:
    return cells.csv_text(frame()).encode()


def _xlsx(session: Session, today: date, frames: Mapping[str, Callable[[], pd.DataFrame]]) -> bytes:
    # What writes workbooks takes long to import: a page that only shows is not kept waiting.
    from views.exports.files.workbook import of_tables

    title = session.words.pick(session.corridor.title)
    return of_tables(session.words, title, today, {name: frame() for name, frame in frames.items()})
