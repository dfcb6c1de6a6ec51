"""Prioritas: which kelurahan need most, how many people are behind it, and how sure is the order?"""

import streamlit as st

from analysis.priority import priority
from analysis.priority.composite_index import rank_changes
from analysis.priority.priority import default_weights
from views.language import link_names, sentences
from views.language.escape import md
from views.link import context, results
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.screen.tables import show_table
from views.topics.map.screen import geometry
from views.topics.place_records import screen as place_records
from views.topics.priority import screen as priority_screen
from views.topics.priority import spec as priority_spec
from views.topics.priority import tables as priority_tables
from views.topics.priority import words as priority_words
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

equal = default_weights(data.catalogue)
values = context.read(session, "prioritas")
weights, thresholds, sector = (values[n] for n in (link_names.WEIGHTS, link_names.THRESHOLDS, link_names.SECTOR))
aggregation, normalisation = values[link_names.AGGREGATION], values[link_names.NORMALISATION]
standards = {i: values[f"{link_names.STANDARD} {i}"] for i in priority.standard_choices(data.catalogue)}

st.subheader(w.t("{koridor}: kelurahan mana yang paling membutuhkan?", koridor=md(w.pick(corridor.title))))
if sector:
    weights = {name: float(name == sector) for name in equal}
if not any(weights.values()):
    st.warning(w.t("Semua bobot nol. Beri bobot pada sekurangnya satu sektor."), icon=":material/balance:")
    weights = {sector: float(weight) for sector, weight in equal.items()}
choices = priority.choices(data.catalogue, weights, thresholds, standards, aggregation, normalisation)
plain = priority.equal_choices(data.catalogue)
result, usual = results.priority(data, corridor.id, choices), results.priority(data, corridor.id, plain)
shown = priority.filtered(result, values[link_names.SIDE], values[link_names.BORDER_SET], values[link_names.ORDER])
show_answer(priority_words.answer(w, data, result, shown))

with st.container(key="atur"):
    priority_screen.draw_filters(session)
if shown.empty:
    st.info(priority_words.nothing(w, data, result), icon=":material/help:")
on_record = place_records.column(session, shown.index)
picked = show_table(
    w,
    priority_tables.table(w, data, result, shown, on_record),
    column_config={
        n: st.column_config.Column(width=width) for n, width in priority_tables.widths(w, on_record).items()
    },
    on_select="rerun",
    selection_mode="single-row",
    key="ranking",
    alt=w.t("Tabel prioritas; pilih satu baris untuk membuka profilnya"),
)
priority_screen.draw_actions(session, shown, picked.selection.rows)
moved = None if choices == plain else rank_changes(usual.index, result.index)
st.markdown(priority_words.changes(w, data, moved))

with st.expander(w.t("Bobot, standar dan rumus"), icon=":material/balance:"):
    priority_screen.draw_choices(session, list(equal))
with st.expander(w.t("Peta kebutuhan"), icon=":material/map:", key="needmap", on_change="rerun") as fold:
    if fold.open:
        spec, rows, note = (
            priority_spec.spec(session, result),
            priority_spec.map_rows(session, result),
            priority_words.map_note(w, session.data),
        )
        draw(spec, geometry(data), key="prioritymap", height=400)
        years = sentences.years(result.years) if result.years else ""
        pictures.under_map(
            session, "prioritas", spec, rows, w.t("Kebutuhan"), note, data.people_sources(corridor.sides), years
        )
with st.expander(w.t("Cara menghitung dan keterbatasannya"), icon=":material/functions:"):
    st.markdown(priority_words.method(w, data, result))
    st.caption(sources_words.method_link(w, "kebutuhan", corridor.id))
