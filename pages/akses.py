"""Akses lintas batas: what would change if residents may use the nearer service, whichever side it belongs to?"""

import streamlit as st

from analysis.access.services import SERVICES
from views.language import link_names
from views.link import context, results
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.access import card as access_card
from views.topics.access import controls as access_controls
from views.topics.access import editor as access_editor
from views.topics.access import sections as access_sections
from views.topics.access import spec as access_spec
from views.topics.access import tables as access_tables
from views.topics.access import words as access_words
from views.topics.map.screen import geometry
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
catalogue = data.catalogue

values = context.read(session, "akses")
service_id, mode, selected = values[link_names.SERVICE], values[link_names.MODE], values[link_names.SELECTED]
service = SERVICES[service_id]
standards = {s.id: s for s in catalogue.standards_of(service.indicator)}
standard_id = values.get(link_names.STANDARD)
partners = tuple(kode for kode, on in values[link_names.PARTNERS].items() if on)
assumed = values[link_names.ASSUMED]
threshold = values[link_names.THRESHOLDS][standard_id] if standard_id else 0.0
standard = standards[standard_id].model_copy(update={"threshold": threshold}) if standard_id else None
usual, result, changes = access_controls.computed(session, service, partners, standard_id, threshold)

# The map is the slowest to appear: it is sent first, into its place.
heading, bar = st.container(), st.container(key="atur")
picture, card = st.columns([5, 3], gap="small")
with picture, st.container(key="tall"):
    waits = access_editor.waiting(session, service)
    spec = access_spec.spec(session, service, result, mode, selected or None, bool(waits))
    draw(
        spec,
        geometry(data),
        key="akses",
        height=access_spec.HEIGHT,
        fills=True,
        on_click=lambda kode: context.assign(link_names.SELECTED, kode),
        on_place=lambda lon, lat: access_editor.placed(session, service, lon, lat),
    )
    rows, note = access_spec.legend_rows(w, result, mode), access_spec.legend_note(w, data, result, mode)
    title = access_spec.picture_title(w, service_id, mode)
    pictures.under_map(session, f"akses-{service_id}-{mode}", spec, rows, title, note)
with heading:
    st.subheader(access_words.question(w, corridor, service_id))
    show_answer(access_words.answer(w, data, result, mode))
    if line := access_words.scenario_line(w, data, usual, result, changes):
        st.markdown(line)
with bar:
    access_controls.controls(
        session, service, list(standards), results.possible_partners(data, corridor, service_id), result
    )
with card:
    access_card.draw_card(session, service, result, selected or None, assumed)

if result.computable:
    access_sections.draw(session, service, result)

everything = folded(w.t("Semua layanan sekaligus"), "apps", "services")
if everything is not None:
    with everything, st.spinner(w.t("Menghitung semua layanan…")):
        st.html(access_sections.every_service(session, partners))
twin = folded(w.t("Tabel data lengkap"), "table", "twin")
if twin is not None:
    show_table(w, access_tables.twin(w, data, result, assumed), alt=w.t("Tabel nilai setiap kelurahan"), place=twin)
method = folded(w.t("Cara menghitung dan sumber"), "functions", "method")
if method is not None:
    method.markdown(access_words.method(w, data, service, result, standard))
    method.caption(sources_words.method_link(w, "akses", corridor.id))
