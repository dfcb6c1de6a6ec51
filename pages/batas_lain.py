"""Batas lain: what any land border of Indonesia shows, and at how many of them the edge is farther from school."""

import streamlit as st

from data import national_tables
from views.language import link_names
from views.language.escape import md
from views.link import context
from views.screen.answers import show_answer
from views.topics.national import screen as national_screen
from views.topics.national import state as national_state
from views.topics.national import words as national_words
from views.topics.sources import words as sources_words

session = context.current()
w, national = session.words, national_tables.shipped()
values = context.read(session, "batas_lain")
place = values[link_names.PAIR]
indicator = session.data.catalogue.indicators[f"jarak_{values[link_names.STAGE]}"]


def country(kabkota: str) -> None:
    """All borders, or those of one kabkota in front of them."""
    found = national_state.judged(national, indicator.id)
    if kabkota:
        name = str(national.place(kabkota)["nama"])
        own = found.sides[found.sides["pair"].isin(national.borders_of(kabkota))]
        st.subheader(w.t("{sisi}: apakah tepinya lebih jauh dari sekolah?", sisi=md(name)))
        show_answer(national_words.kabkota_answer(w, indicator, own, kabkota, name))
    else:
        st.subheader(w.t("Semua perbatasan darat Indonesia: apakah tepinya lebih jauh dari sekolah?"))
        show_answer(national_words.field_answer(w, indicator, found.field))
    national_screen.draw_choice(session, national, False)
    national_screen.draw_country(session, national, indicator, values[link_names.MODE], kabkota)
    if kabkota:
        national_screen.draw_method(session)
    else:
        national_screen.draw_field(session, national, indicator)


def border(pair: str) -> None:
    """One border with its map, comparison and files."""
    found = national_state.judged(national, indicator.id)
    names = dict(zip(pair.split("-"), national.names(pair.split("-")), strict=True))
    rows = found.sides[found.sides["pair"] == pair].sort_values("side")
    title = md(" – ".join(names.values()))
    st.subheader(w.t("{sisi}: apakah tepinya lebih jauh dari sekolah?", sisi=title))
    show_answer(national_words.pair_answer(w, indicator, rows, names))
    national_screen.draw_choice(session, national, True)
    if (corridor := national_screen.corridor_of(session, pair)) is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                w.t("Perbatasan ini salah satu koridor Tapal, dengan data yang lebih baru dan lebih banyak layanan.")
            )
            st.page_link(
                "pages/beranda.py",
                label=w.t("Buka {koridor}", koridor=w.pick(corridor.title)),
                icon=":material/map:",
                query_params=context.link(session, {link_names.CORRIDOR: corridor.id}),
            )
    units, chosen = national.of_pair(pair), values[link_names.SELECTED]
    picture, beside = st.columns([65, 35], gap="small")
    with picture:
        national_screen.draw_pair_map(session, national, indicator, pair, units, chosen)
        st.caption(national_words.size_line(w, national.border(pair)))
    with beside:
        national_screen.draw_beside(session, national, indicator, pair, units, chosen)
    national_screen.draw_comparison(session, national, indicator, pair)
    national_screen.draw_files(session, national, pair)
    national_screen.draw_units(session, national, units)
    national_screen.draw_quality(session, national, indicator, pair)
    national_screen.draw_method(session)


if not national.there:
    st.subheader(w.t("Semua perbatasan darat Indonesia: apakah tepinya lebih jauh dari sekolah?"))
    show_answer(national_words.not_there(w))
elif "-" in place:
    border(place)
else:
    country(place)
if national.there:
    st.caption(sources_words.method_link(w, "indonesia", session.corridor.id))
