"""The pieces of the page of residents' reports: the map, both sides, the list, one report, the form's address, the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from analysis.citizen_reports.summary import Listed
from open_data.citizen_reports import report_rows
from records.citizen_reports import reading
from views.figures import qr
from views.language import cells, link_names
from views.language.escape import md
from views.language.words import Words
from views.link import context, office
from views.link.context import Session
from views.screen import pictures, segments
from views.screen.map import draw
from views.screen.tables import show_table
from views.topics.citizen_reports import spec, tables, words
from views.topics.citizen_reports.state import Found
from views.topics.map.screen import geometry

FORM = "/lapor"


def _state_names(w: Words) -> dict[str, str]:
    """Which reports are listed, by id in the link."""
    return {
        "semua": w.t("Semua"),
        "terlambat": w.t("Terlambat"),
        "berjalan": w.t("Menunggu jawaban"),
        "selesai": w.t("Selesai"),
    }


def chosen(found: Sequence[Listed], state: str, kode: str) -> list[Listed]:
    """The reports that are listed.

    Parameters
    ----------
    found : all that are published
    state : id of `_state_names`
    kode : of a kelurahan, "" for all
    """
    right = {"terlambat": lambda one: one.late, "berjalan": words.is_open, "selesai": lambda one: one.done}.get(state)
    return [one for one in found if (right is None or right(one)) and kode in ("", one.report.kode)]


def draw_map(session: Session, places: Mapping[str, tuple[int, int]], kode: str) -> None:
    """Where reports are published; a click shows those of one kelurahan.

    Parameters
    ----------
    session : language, data and border of this run
    places : published reports by kode of their kelurahan, and how many of them are late
    kode : of the kelurahan that is set off, "" for none
    """
    w, data = session.words, session.data
    drawn = spec.spec(session, places, kode)
    draw(
        drawn,
        geometry(data),
        key="petasuara",
        height=spec.HEIGHT,
        on_click=lambda clicked: context.assign(link_names.SELECTED, clicked),
    )
    note = w.t("Laporan yang tayang menurut kelurahan/desa; titiknya tidak ditampilkan.")
    pictures.under_map(session, "suara", drawn, spec.rows(session, places), w.t("Laporan warga yang tayang"), note)


def draw_sides(session: Session, found: Found) -> None:
    """What each side has to do, beside the other."""
    w = session.words
    show_table(w, tables.sides(w, session.data, found.sides), alt=w.t("Tabel laporan menurut sisi"), key="tabel-sisi")


def draw_list(session: Session, rows: Sequence[Listed], kode: str) -> None:
    """The choice of reports, and their table.

    Parameters
    ----------
    session : language, data and border of this run
    rows : reports that are listed
    kode : of the kelurahan whose reports these are, "" for all
    """
    w, data = session.words, session.data
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        segments.choose(w.t("Tampilkan"), _state_names(w), link_names.STATE)
        if kode:
            st.button(
                w.t("Semua kelurahan/desa"),
                icon=":material/close:",
                on_click=context.assign,
                args=(link_names.SELECTED, ""),
                help=words.place_name(data, kode),
            )
    if not rows:
        st.info(w.t("Tidak ada laporan dengan pilihan ini."), icon=":material/help:")
        return
    show_table(w, tables.reports(w, data, rows), alt=w.t("Tabel laporan warga"), key="tabel-laporan")
    if len(rows) > tables.MOST_ROWS:
        st.caption(
            w.t("{n} baris pertama dari {total}; CSV memuat semuanya.", n=w.number(tables.MOST_ROWS), total=w.number(len(rows)))
        )  # fmt: skip


def draw_one(session: Session, found: Sequence[Listed], rows: Sequence[Listed], opened: str) -> None:
    """The choice of one report, and that report in full.

    Parameters
    ----------
    session : language, data and border of this run
    found : all that are published
    rows : those that are listed, among which one is chosen
    opened : key of the open report, "" for none
    """
    w, data = session.words, session.data
    known = {str(one.report.key): one for one in found}
    offered = [str(one.report.key) for one in rows[: tables.MOST_ROWS]]
    options = ["", *offered, *([opened] if opened and opened not in offered else [])]
    titles = {"": w.t("pilih laporan")} | {key: words.title(w, data, known[key].report) for key in options if key}
    st.selectbox(w.t("Buka satu laporan"), options, format_func=lambda key: titles.get(key, key), key=link_names.REPORT)
    if opened not in known:
        return
    one = known[opened]
    with st.container(border=True):
        st.markdown(words.heading(w, data, one))
        st.markdown(md(one.report.text))
        if one.report.photo and (photo := reading.photo(one.report.key)):
            st.image(photo, caption=w.t("Foto dari pelapor"), width=480)
        st.markdown(words.history(w, data, one.report))


def draw_form(session: Session, *, empty: bool) -> None:
    """Where residents report: the address of the form, and a QR code of it for posters and meetings.

    Parameters
    ----------
    session : language, data and border of this run
    empty : whether nothing is published yet, so that this is the next step
    """
    w, known = session.words, office.addresses()
    base = known[0] if known else office.address_of(st.context.url, "suara")
    address = f"{base}{FORM}?{urlencode({'koridor': session.corridor.id, 'bahasa': w.language})}"
    with st.expander(w.t("Formulir bagi warga dan kode QR"), icon=":material/qr_code:", expanded=empty):
        if empty:
            st.markdown(
                w.t("Belum ada laporan yang tayang. Bagikan alamat ini lewat RT/RW, papan pengumuman, atau rapat.")
            )
        row = st.container(horizontal=True, vertical_alignment="center", gap="medium")
        if base:
            row.html(qr.image(address, w.t("Kode QR formulir")), width=132)
        with row:
            title = w.t("Buka formulir laporan")
            st.markdown(f"[{title}]({address if base else FORM.lstrip('/')})  \n`{address}`")
        st.caption(w.t("Formulirnya halaman biasa tanpa JavaScript. Kode QR hanya berlaku bila alamat ini dapat dibuka dari telepon warga."))  # fmt: skip


def downloads(session: Session, found: Sequence[Listed]) -> None:
    """CSV of all published reports of the border, made when somebody asks for it."""
    w = session.words
    if found:
        st.download_button(
            w.t("Unduh laporan (CSV)"),
            lambda: cells.csv_text(report_rows(session.data, found)).encode(),
            file_name=f"suara-warga-{session.corridor.id}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="csv suara",
        )
