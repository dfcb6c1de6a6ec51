"""Beranda: the border as a map, who needs most at it and why, any indicator or its gap, and three ways on."""

import streamlit as st

from views.language import link_names
from views.language import names as language_names
from views.link import context, results
from views.link.parameters import ALL_SERVICES
from views.meeting import profiles
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.agreements import place as agreed_here
from views.topics.agreements import screen as agreements_screen
from views.topics.map import card as map_card
from views.topics.map import screen as map_screen
from views.topics.map import spec as map_spec
from views.topics.map import state as map_state
from views.topics.map import tables as map_tables
from views.topics.map import words as map_words
from views.topics.overview import screen as overview_screen
from views.topics.overview import state as overview_state
from views.topics.overview import words as overview_words
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor


# A choice on this page changes nothing around it: only this part runs and travels again.
@st.fragment
def page() -> None:
    """The part of the page that a choice on it draws anew."""
    values = context.read(session, "beranda", {link_names.FACILITIES: list(language_names.kind_names(w))})
    indicator = data.catalogue.indicators.get(values[link_names.INDICATOR])
    border_set, standard = values[link_names.BORDER_SET], values.get(link_names.STANDARD)
    summary = results.border_summary(data, corridor.id, border_set)
    mode, period = values[link_names.MODE], values.get(link_names.PERIOD, "")
    layer = results.map_layer(data, corridor.id, indicator.id, mode, standard, period) if indicator else None
    shown, answer = map_state.shown(session, indicator, layer, border_set)
    selected = map_screen.selected(session, shown.level, values[link_names.SELECTED])
    spec = map_spec.spec(session, shown, selected, border_set, values)

    show_answer(answer)
    picture, beside = st.columns([65, 35], gap="small")
    with picture:
        draw(
            spec,
            map_screen.geometry(data),
            key="peta",
            height=map_screen.HEIGHT,
            fills=True,
            on_click=lambda kode: context.assign(link_names.SELECTED, kode),
        )
        map_screen.controls(session, indicator, map_state.not_known(summary))
    with beside:
        if selected:
            map_card.draw_card(session, indicator, standard, selected, period)
            if selected in data.kelurahan.index:
                profiles.draw_sheet(session, selected, context.today())
        else:
            overview_screen.draw_neediest(session, *overview_state.neediest(session, border_set))
            agreements, _ = agreements_screen.on_record(data)
            st.caption(agreed_here.border_line(w, data, corridor, agreements, context.today()))

    pictures.offer(
        w,
        f"peta-{corridor.id}-{indicator.id if indicator else ALL_SERVICES}",
        lambda: map_spec.picture(session, shown, spec, layer or results.reach(data, corridor.id)),
        pictures.MAP_SIZE,
        key="peta",
    )
    twin = folded(w.t("Tabel data lengkap"), "table", "twin")
    if twin is not None:
        table = (
            map_tables.layer_table(w, data, layer, indicator)
            if layer and indicator
            else map_tables.services_table(w, data, results.reach(data, corridor.id))
        )
        show_table(w, table, alt=w.t("Tabel nilai setiap kelurahan/desa"), place=twin)
    method = folded(w.t("Cara menghitung dan sumber"), "functions", "method")
    if method is not None:
        lines = map_words.method(w, data, indicator) if indicator else map_words.services_method(w, data)
        method.markdown(f"{lines}\n{overview_words.method(w, corridor)}")
        method.caption(sources_words.method_link(w, sources_words.section_of(indicator), corridor.id))


# What fades makes a layer of its own, and the browser draws all layers anew before it shows new colours. A rerun of
# this page is over before anything could fade.
with st.container(key="beranda"):
    page()
# The same whatever the map shows.
overview_screen.draw_gaps(session, results.border_summary(data, corridor.id, st.session_state[link_names.BORDER_SET]))
