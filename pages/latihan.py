"""Simulasi latihan: incidents at the border, who would have come, and real times beside the model."""

import streamlit as st

from analysis.fire import drill as fire_drill
from views.language import link_names
from views.link import context
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.topics.drill import log as drill_log
from views.topics.drill import screen as drill_screen
from views.topics.drill import spec as drill_spec
from views.topics.drill import words as drill_words
from views.topics.fire import spec as fire_spec
from views.topics.fire import state as fire_state
from views.topics.map.screen import geometry
from views.topics.sources import words as sources_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor

values = context.read(session, "latihan")
count, seed = int(values[link_names.INCIDENTS]), values[link_names.SEED]
plan = "open" if values[link_names.LOG_PLAN] == "terbuka" else "closed"
state = fire_state.state_of(session, values)
places = drill_screen.places(data, state, count, seed)
model = drill_screen.answers(data, state, count, seed)
result = fire_state.result(data, state)

st.subheader(drill_words.question(session))
show_answer(drill_words.answer(w, state, result.drawn.posts, model))
with st.container(key="atur"):
    drill_screen.controls(session, seed)
if places:
    picture, right = st.columns([2, 5], gap="small")
    with picture:
        spec = drill_spec.spec(session, state, result, places)
        draw(spec, geometry(data), key="petalatihan", height=drill_screen.HEIGHT)
        note = fire_spec.legend_note(session, state, "peluang", "terbuka")
        rows = fire_spec.legend_rows(session, state, result, "peluang", "terbuka")
        title = drill_words.picture_title(session, state, seed)
        pictures.offer_map(
            session,
            f"latihan-{seed}",
            spec,
            rows,
            title,
            note,
            ("fire_press", *data.people_sources(session.corridor.sides)),
        )
    with right:
        st.html(drill_words.table(session, result.drawn, places, model))
    st.markdown(w.t("**Catatan latihan nyata**"))
    log = drill_screen.draw_log(session, state, count, seed, places)
    compared = {name: fire_drill.compare(model, log, name) for name in fire_drill.ANSWERS}
    drill_screen.draw_comparison(session, model, compared[plan], plan)
    drill_screen.draw_exchange(
        session,
        state,
        count,
        seed,
        places,
        drill_log.exported(session, state, result.drawn, seed, places, model, log, compared),
    )
st.caption(f"{drill_words.note(w)} {sources_words.method_link(w, 'damkar', corridor.id)}")
st.page_link(
    "pages/damkar.py",
    label=w.t("Kembali ke Damkar: ubah asumsi dan letak pos"),
    icon=":material/local_fire_department:",
    query_params=fire_state.link(session, state),
)
