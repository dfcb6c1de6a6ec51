"""Beranda: the border as a map, any indicator or its gap along both sides of it, and who lives there."""

import streamlit as st

from analysis.values.quality import freshness
from views.figures import borders
from views.language import link_names, sentences
from views.language import names as language_names
from views.link import context, results
from views.screen import pictures
from views.screen.answers import show_answer
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.map import legend as map_legend
from views.topics.map import screen as map_screen
from views.topics.map import spec as map_spec
from views.topics.map import state as map_state
from views.topics.map import tables as map_tables
from views.topics.map import words as map_words
from views.topics.overview import screen as overview_screen
from views.topics.overview import tables as overview_tables
from views.topics.overview import words as overview_words

session = context.current()
w, data, corridor = session.words, session.data, session.corridor
catalogue = data.catalogue


# A choice on this page changes nothing around it: only this part runs and travels again.
@st.fragment
def page() -> None:
    values = context.read(session, "beranda", {link_names.FACILITIES: list(language_names.kind_names(w))})
    indicator_id, mode, layout = (values[n] for n in (link_names.INDICATOR, link_names.MODE, link_names.LAYOUT))
    indicator = catalogue.indicators[indicator_id]
    standards = [s.id for s in catalogue.standards_of(indicator_id)]
    standard_id = values.get(link_names.STANDARD)
    selected = map_screen.selected(session, indicator, values[link_names.SELECTED])

    result = results.map_layer(data, corridor.id, indicator_id, mode, standard_id)
    view = map_state.view_of(session, indicator, result)
    labels = map_state.value_labels(result, indicator, w.language, view)
    legend = map_state.legend(data, result, indicator, w.language, view)
    spec = map_spec.spec(
        session,
        indicator,
        result,
        selected,
        layout,
        labels,
        values[link_names.FACILITIES],
        legend,
        values[link_names.VIEW],
    )

    # With an anchor of its own the browser need not make one of the words.
    st.subheader(map_words.question(w, indicator, corridor), anchor="beranda")
    show_answer(map_state.answer(data, result, indicator, w.language, view))
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

    st.caption(map_legend.legend_note(w, data, indicator, result))
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
    overview(values[link_names.BORDER_SET])


def overview(border_set: str) -> None:
    """Who lives at the border, its gaps, and what is unknown."""
    summary = results.border_summary(data, corridor.id, border_set)
    st.markdown(w.t("#### Semua kesenjangan terhadap standar"))
    st.markdown(sentences.border_size(w, data, corridor, summary))
    picture, sides = st.columns([3, 2], gap="medium")
    with picture:
        bars = borders.gap_bars(w, data, corridor, summary)
        if not bars.categories:
            st.info(w.t("Belum ada indikator berstandar yang diketahui di batas ini."), icon=":material/help:")
        else:
            pictures.chart(session, "kesenjangan", bars, borders.bars_note(w, summary))
        st.markdown("\n".join(f"- {line}" for line in sentences.reach_of_line(w, data, corridor, summary)))
    with sides:
        overview_screen.draw_border_sets(w, corridor)
        for side in summary.sides:
            overview_screen.draw_side(w, data, summary, side)
    show_table(w, overview_tables.gap_table(w, data, summary), alt=w.t("Tabel kesenjangan menurut indikator dan sisi"))
    st.caption(
        w.t(
            "Jarak dihitung dari titik sampel dengan anggapan penduduk tersebar merata di dalam kelurahan. "
            "Kisaran menjumlahkan galat perkiraan penduduk seolah semuanya searah. "
            "Indikator tingkat kecamatan mencakup seluruh kecamatan yang menyentuh batas."
        )
    )
    unknown, fresh = st.columns(2, gap="medium")
    with unknown:
        st.markdown(w.t("#### Yang belum diketahui atau tidak dapat dibandingkan"))
        gaps = overview_words.unknown_lines(w, data, summary)
        st.markdown("\n".join(f"- {line}" for line in gaps) if gaps else w.t("Tidak ada."))
    with fresh:
        st.markdown(w.t("#### Seberapa baru datanya"))
        ages = freshness(data.values, context.this_year())
        show_table(w, overview_tables.freshness_table(w, data, ages), alt=w.t("Tabel tahun data"))
    with st.expander(w.t("Cara menghitung dan dasar garis batas"), icon=":material/functions:"):
        st.markdown(overview_words.method(w, corridor))


# What fades makes a layer of its own, and the browser draws all layers anew before it shows new colours. A rerun of
# this page is over before anything could fade.
with st.container(key="beranda-page"):
    st.html("<style>.st-key-beranda-page [data-stale=true]{transition:none!important;opacity:1!important}</style>")
    page()
