"""The pieces of the map on Beranda: its controls, and where the browser finds the boundaries."""

from __future__ import annotations

import streamlit as st

from data.catalogue import Indicator
from data.tables import Dataset
from views.figures.mapspec import POINT_SIGNS, Geometry
from views.language import link_names
from views.language.escape import md
from views.language.names import kind_names
from views.link import context, results
from views.link.context import Session
from views.link.parameters import ALL_SERVICES
from views.link.results import kept

HEIGHT = 480


@kept(4)
def geometry(data: Dataset) -> Geometry:
    """Where the browser finds the boundaries."""
    return Geometry.from_manifest(data.geometry)


def selected(session: Session, level: str, kode: str) -> str | None:
    """The kelurahan or kecamatan of the link; None without one, and for a kecamatan on a map of kelurahan.

    Parameters
    ----------
    session : language, data and border of this run
    level : of the units on the map, "kelurahan" or "kecamatan"
    kode : of the link, "" for none
    """
    if level == "kelurahan" and kode in session.data.kecamatan.index:
        return None
    return kode or None


def controls(session: Session, indicator: Indicator | None, unknown: list[str]) -> None:
    """Indicator, value or gap, standard, year and layers.

    Parameters
    ----------
    session : language, data and border of this run
    indicator : what the map shows, None for the count of services
    unknown : ids of the indicators of which this border knows nothing; they are named and not offered
    """
    w, catalogue = session.words, session.data.catalogue
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    known = [i for i in catalogue.indicators if i not in unknown or (indicator and i == indicator.id)]
    titles = {ALL_SERVICES: w.t("Layanan di luar standar")}
    titles |= {i: w.pick(catalogue.indicators[i].title) for i in known}
    row.selectbox(
        w.t("Indikator"),
        list(titles),
        format_func=titles.__getitem__,
        key=link_names.INDICATOR,
        label_visibility="collapsed",
    )
    standards = catalogue.standards_of(indicator.id) if indicator else ()
    if standards:
        names = {"nilai": w.t("Nilai"), "kesenjangan": w.t("Kesenjangan")}
        row.segmented_control(
            w.t("Tampilkan"),
            list(names),
            format_func=names.__getitem__,
            key=link_names.MODE,
            required=True,
            label_visibility="collapsed",
        )
    if len(standards) > 1:
        row.selectbox(
            w.t("Standar"),
            [s.id for s in standards],
            format_func=lambda s: w.pick(catalogue.standards[s].title),
            key=link_names.STANDARD,
            label_visibility="collapsed",
        )
    periods = results.periods(session.data, session.corridor.id, indicator.id) if indicator else ()
    if periods:
        row.selectbox(
            w.t("Tahun"),
            periods,
            format_func=w.partial_date,
            key=link_names.PERIOD,
            label_visibility="collapsed",
            width=190,
        )
    elif indicator and indicator.id in catalogue.series:
        row.page_link(
            "pages/waktu.py",
            label=w.t("Tahun lain"),
            icon=":material/history:",
            query_params=context.link(session, {link_names.SERIES: indicator.id}),
        )
    layers = row.popover(w.t("Lapisan"), icon=":material/layers:", key="layers", on_change="rerun")
    if layers.open:
        with layers:
            _draw_layers(session, [w.pick(catalogue.indicators[i].title) for i in unknown])


def _draw_layers(session: Session, unknown: list[str]) -> None:
    w = session.words
    pair = {"bersama": w.t("Satu peta"), "berdampingan": w.t("Dua peta")}
    layouts = list(pair) if session.corridor.pair else ["bersama"]
    st.segmented_control(w.t("Susunan"), layouts, format_func=pair.__getitem__, key=link_names.LAYOUT, required=True)
    kinds = kind_names(w)
    st.pills(
        w.t("Titik fasilitas"),
        list(kinds),
        selection_mode="multi",
        format_func=lambda k: f"{POINT_SIGNS[k].glyph} {kinds[k]}",
        key=link_names.FACILITIES,
    )
    st.caption(
        w.t(
            "Pos damkar yang hanya diketahui kelurahan atau kecamatannya digambar sebagai wilayah, bukan titik. "
            "Catatan yang meragukan tidak digambar; lihat Sumber & mutu."
        )
    )
    if unknown:
        st.caption(w.t("Belum ada data di perbatasan ini: {daftar}.", daftar=md(w.listing(unknown))))


@kept(4)
def unit_labels(data: Dataset) -> dict[str, str]:
    """Name, kecamatan and kabkota of every kelurahan and kecamatan."""
    below, above = data.kelurahan, data.kecamatan
    full = below["nama"] + " – " + below["kecamatan"] + ", " + below["kabkota"]
    short = above["nama"] + " – " + above["kabkota"]
    return {str(k): str(v) for k, v in [*full.items(), *short.items()]}


def unit_label(data: Dataset, kode: str) -> str:
    """Name, kecamatan and kabkota of a kelurahan or kecamatan."""
    return unit_labels(data)[kode]
