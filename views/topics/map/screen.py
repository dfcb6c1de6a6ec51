"""The pieces of the map page: controls, the map's specification, the card of the chosen unit and the notes."""

from __future__ import annotations

import streamlit as st

from analysis.values.profile import neighbours_across, profile_row
from data.catalogue import Indicator
from data.tables import Dataset
from views.figures.mapspec import POINT_SIGNS, Geometry
from views.language import link_names, sentences
from views.language.escape import md
from views.language.names import kind_names
from views.link import context
from views.link.context import Session
from views.link.results import kept

HEIGHT = 430
MOST_NEIGHBOURS = 6


@kept()
def geometry(data: Dataset) -> Geometry:
    """Where the browser finds the boundaries."""
    return Geometry.from_manifest(data.geometry)


def selected(session: Session, indicator: Indicator, kode: str) -> str | None:
    """The kelurahan or kecamatan of the link; None without one, and for a kecamatan on a map of kelurahan."""
    if indicator.level == "kelurahan" and kode in session.data.kecamatan.index:
        return None
    return kode or None


def controls(
    session: Session,
    indicator: Indicator,
    standards: list[str],
    chosen: str | None,
) -> None:
    """Indicator, value or gap, standard, layout, facilities and search: each beside what it changes."""
    w, data, catalogue = session.words, session.data, session.data.catalogue
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.selectbox(
        w.t("Indikator"),
        list(catalogue.indicators),
        format_func=lambda i: w.pick(catalogue.indicators[i].title),
        key=link_names.INDICATOR,
    )
    names = {"nilai": w.t("Nilai"), "kesenjangan": w.t("Kesenjangan")}
    modes = list(names) if standards else ["nilai"]
    row.segmented_control(w.t("Tampilkan"), modes, format_func=names.__getitem__, key=link_names.MODE, required=True)
    if standards:
        row.selectbox(
            w.t("Standar"),
            standards,
            format_func=lambda s: w.pick(catalogue.standards[s].title),
            key=link_names.STANDARD,
        )
    else:
        row.selectbox(w.t("Standar"), [w.t("belum ada standar")], disabled=True)
    kinds = kind_names(w)
    layers = row.popover(w.t("Lapisan"), icon=":material/layers:", key="layers", on_change="rerun")
    if layers.open:
        pair = {"bersama": w.t("Satu peta"), "berdampingan": w.t("Dua peta")}
        layouts = list(pair) if session.corridor.pair else ["bersama"]
        layers.segmented_control(
            w.t("Susunan"), layouts, format_func=pair.__getitem__, key=link_names.LAYOUT, required=True
        )
        layers.pills(
            w.t("Titik fasilitas"),
            list(kinds),
            selection_mode="multi",
            format_func=lambda k: f"{POINT_SIGNS[k].glyph} {kinds[k]}",
            key=link_names.FACILITIES,
        )
        layers.caption(
            w.t(
                "Pos damkar yang hanya diketahui kelurahan atau kecamatannya digambar sebagai wilayah, bukan titik. "
                "Catatan yang meragukan tidak digambar; lihat Sumber & mutu."
            )
        )
    # Hundreds of names cost time and bytes: they are sent when somebody searches.
    search = row.popover(w.t("Cari wilayah"), icon=":material/search:", key="search", on_change="rerun")
    if not search.open:
        return
    level = "kecamatan" if indicator.level == "kecamatan" else "kelurahan"
    options = ["", *data.units(level, session.corridor.sides).index]
    if chosen is None:
        st.session_state[link_names.SELECTED] = ""
    elif level == "kecamatan":
        st.session_state[link_names.SELECTED] = chosen[:8]
    search.selectbox(
        w.t("Nama wilayah"),
        options,
        format_func=({"": w.t("ketik nama…")} | unit_labels(data)).__getitem__,
        key=link_names.SELECTED,
    )


@kept()
def unit_labels(data: Dataset) -> dict[str, str]:
    """Name, kecamatan and kabkota of every kelurahan and kecamatan."""
    below, above = data.kelurahan, data.kecamatan
    full = below["nama"] + " – " + below["kecamatan"] + ", " + below["kabkota"]
    short = above["nama"] + " – " + above["kabkota"]
    return {str(k): str(v) for k, v in [*full.items(), *short.items()]}


def unit_label(data: Dataset, kode: str) -> str:
    """Name, kecamatan and kabkota of a kelurahan or kecamatan."""
    return unit_labels(data)[kode]


def draw_card(session: Session, indicator: Indicator, standard_id: str | None, chosen: str | None) -> None:
    """The chosen unit: value, standard, gap, neighbours across the line and origin."""
    w, data, corridor = session.words, session.data, session.corridor
    with st.container(border=True, height="content" if chosen is None else HEIGHT):
        if chosen is None:
            st.markdown(w.t("**Klik sebuah wilayah di peta atau cari namanya.**"))
            st.markdown(w.t("Nilainya, standarnya, tetangganya di seberang batas dan sumbernya muncul di sini."))
            return
        unit = chosen[:8] if indicator.level == "kecamatan" else chosen
        neighbours = neighbours_across(data.pairs, unit, corridor.sides)
        standards = {s.id: s for s in data.catalogue.standards_of(indicator.id)}
        standard = standards.get(standard_id or "", next(iter(standards.values()), None))
        row = profile_row(data.measure(indicator, standard), unit, neighbours)
        kind = data.kelurahan.at[unit, "jenis"] if unit in data.kelurahan.index else "kecamatan"
        st.markdown(f"**{w.level(str(kind)).capitalize()} {md(unit_label(data, unit))}**")
        st.metric(
            w.pick(indicator.title), sentences.at_most(sentences.value_with_unit(w, indicator, row.value), row.bound)
        )
        if spread := sentences.value_range(w, indicator, row.low, row.high):
            st.markdown(spread)
        if row.standard is not None:
            st.markdown(sentences.standard_text(w, data.catalogue.standards[row.standard], indicator))
            if row.gap is not None:
                st.markdown(
                    w.t("Selisih terhadap standar: **{selisih}**.", selisih=w.signed_percent(row.gap))
                    + (
                        " " + w.t("Bagian wilayah di luar standar: {bagian}.", bagian=w.percent(row.lacking))
                        if row.lacking is not None and indicator.facility
                        else ""
                    )
                )
        draw_neighbours(session, indicator, unit, row.comparison is not None and row.comparison.block is None)
        st.caption(sentences.row_origin(w, data, row))
        if row.note:
            st.caption(md(w.note(row.note)))
        if unit in data.kelurahan.index:
            st.page_link(
                "pages/profil.py",
                label=w.t("Buka profil"),
                icon=":material/location_on:",
                query_params=context.link(session, {link_names.SELECTED: unit}),
            )


def draw_neighbours(session: Session, indicator: Indicator, unit: str, comparable: bool) -> None:
    """Neighbours across the line with their values, or why they are not compared."""
    w, data = session.words, session.data
    neighbours = neighbours_across(data.pairs, unit, session.corridor.sides)
    if not neighbours:
        st.markdown(w.t("Tidak menyentuh garis batas koridor ini."))
        return
    known = data.indicator_values(indicator.id)
    values, bounds = known["value"], known["upper_bound"]
    frame = data.kelurahan if indicator.level == "kelurahan" else data.kecamatan
    st.markdown(w.t("**Tetangga di seberang batas**"))
    for n in neighbours[:MOST_NEIGHBOURS]:
        value = w.t("tidak dibandingkan")
        if comparable:
            text = sentences.value_with_unit(w, indicator, values.get(n.kode))
            value = sentences.at_most(text, bool(bounds.get(n.kode, False)))
        st.markdown(
            w.t(
                "- {nama} ({kabkota}): {nilai}; berbagi {panjang} garis batas",
                nama=md(str(frame.at[n.kode, "nama"])),
                kabkota=sentences.kabkota_name(data, n.kode_kabkota),
                nilai=value,
                panjang=w.km(n.shared_m),
            )
        )
    if len(neighbours) > MOST_NEIGHBOURS:
        st.caption(w.t("dan {n} lainnya", n=w.number(len(neighbours) - MOST_NEIGHBOURS)))
