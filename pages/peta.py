"""Peta: any indicator, or its gap to a standard, along both sides of the border."""

import streamlit as st

from views.language import link_names
from views.language import names as language_names
from views.link import context, results
from views.screen import pictures
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.map import screen as map_screen
from views.topics.map import spec as map_spec
from views.topics.map import state as map_state
from views.topics.map import tables as map_tables
from views.topics.map import words as map_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
catalogue = data.catalogue


# A choice on this page changes nothing around it: only this part runs and travels again.
@st.fragment
def page() -> None:
    values = context.read(session, "peta", {link_names.FACILITIES: list(language_names.kind_names(w))})
    indicator_id, mode, layout = (values[n] for n in (link_names.INDICATOR, link_names.MODE, link_names.LAYOUT))
    indicator = catalogue.indicators[indicator_id]
    standards = [s.id for s in catalogue.standards_of(indicator_id)]
    standard_id = values.get(link_names.STANDARD)
    selected = map_screen.selected(session, indicator, values[link_names.SELECTED])

    result = results.map_layer(data, corridor.id, indicator_id, mode, standard_id)
    view = map_state.view_of(session, indicator, result)
    labels = map_state.value_labels(result, indicator, w.language, view)
    spec = map_spec.spec(session, indicator, result, selected, layout, labels, values[link_names.FACILITIES])

    # With an anchor of its own the browser need not make one of the words.
    st.subheader(map_words.question(w, indicator, corridor), anchor="peta")
    st.markdown(f"**{map_state.answer(data, result, indicator, w.language, view)}**")
    map_screen.controls(session, indicator, standards, selected)
    picture, card = st.columns([5, 2], gap="small")
    with picture:
        draw(
            spec,
            map_screen.geometry(data),
            key="peta",
            height=map_screen.HEIGHT,
            on_click=lambda kode: context.assign(link_names.SELECTED, kode),
        )
    with card:
        map_screen.draw_card(session, indicator, standard_id, selected)

    table, note = map_state.legend(data, result, indicator, w.language, view)
    st.html(table)
    st.caption(note)
    pictures.offer(
        w,
        f"peta-{corridor.id}-{indicator_id}",
        lambda: map_spec.of_map(session, indicator, result, selected, spec),
        pictures.MAP_SIZE,
    )

    twin = folded(w.t("Tabel kembaran"), "table", "twin")
    if twin is not None:
        show_table(
            w, map_tables.layer_table(w, data, result, indicator), alt=w.t("Tabel nilai setiap unit"), place=twin
        )
    method = folded(w.t("Cara menghitung dan sumber"), "functions", "method")
    if method is not None:
        method.markdown(map_words.method(w, data, indicator))


# What fades makes a layer of its own, and the browser draws all layers anew before it shows new colours. A rerun of
# this page is over before anything could fade.
with st.container(key="peta-page"):
    st.html("<style>.st-key-peta-page [data-stale=true]{transition:none!important;opacity:1!important}</style>")
    page()
