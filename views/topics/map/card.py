"""The card of the chosen unit: its value, its services by name on both sides of the line, and its neighbours."""

from __future__ import annotations

import streamlit as st

from analysis.values.profile import neighbours_across, profile_row
from data.catalogue import Indicator
from views.figures.legend import text_table
from views.language import link_names, sentences
from views.language.escape import md
from views.link import context, results
from views.link.context import Session
from views.topics.map import words as map_words
from views.topics.map.screen import unit_label
from views.topics.place_records import screen as place_records


def draw_card(
    session: Session, indicator: Indicator | None, standard_id: str | None, chosen: str, period: str = ""
) -> None:
    """The chosen unit.

    Parameters
    ----------
    session : language, data and border of this run
    indicator, standard_id : what the map shows, None for the count of services
    chosen : kode of the unit
    period : of the values, where several can be chosen
    """
    w, data = session.words, session.data
    unit = chosen[:8] if indicator is not None and indicator.level == "kecamatan" else chosen
    kind = data.kelurahan.at[unit, "jenis"] if unit in data.kelurahan.index else "kecamatan"
    with st.container(border=True, gap="xsmall", key="card"):
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top")
        head.markdown(f"**{w.level(str(kind)).capitalize()} {md(unit_label(data, unit))}**", width="stretch")
        head.button(
            w.t("Tutup"),
            icon=":material/close:",
            type="tertiary",
            on_click=context.assign,
            args=(link_names.SELECTED, ""),
        )
        if indicator is not None:
            _draw_value(session, indicator, standard_id, unit, period)
        if unit not in data.kelurahan.index:
            return
        found = results.nearest_services(data, session.corridor.id, unit)
        rows = map_words.service_rows(w, data, session.corridor, found)
        if rows:
            heads = [w.t("Layanan"), w.t("Milik sendiri"), w.t("Di seberang batas")]
            title = w.t("Layanan terdekat, milik sendiri dan di seberang batas")
            st.html(text_table(title, heads, rows, padding=3, size=".8125rem"))
            st.caption(map_words.ways_note(w, data))
        st.markdown(map_words.neighbour_line(w, data, session.corridor, unit))
        st.caption("\n\n".join(place_records.lines(session, unit)))
        st.page_link(
            "pages/profil.py",
            label=w.t("Buka profil"),
            icon=":material/location_on:",
            query_params=context.link(session, {link_names.SELECTED: unit}),
        )


def _draw_value(session: Session, indicator: Indicator, standard_id: str | None, unit: str, period: str) -> None:
    """What the map says of the unit, with standard, gap and origin."""
    w, data = session.words, session.data
    standards = {s.id: s for s in data.catalogue.standards_of(indicator.id)}
    standard = standards.get(standard_id or "", next(iter(standards.values()), None))
    neighbours = neighbours_across(data.pairs, unit, session.corridor.sides)
    measure = results.measure_at(data, session.corridor.id, indicator.id, standard.id if standard else None, period)
    row = profile_row(measure, unit, neighbours)
    st.metric(w.pick(indicator.title), sentences.value_with_unit(w, indicator, row.value))
    lines = [sentences.value_range(w, indicator, row.low, row.high)]
    if standard is not None:
        lines.append(sentences.standard_text(w, standard, indicator))
    if row.gap is not None:
        lines.append(w.t("Selisih terhadap standar: **{selisih}**.", selisih=w.signed_percent(row.gap)))
    if row.lacking is not None and indicator.facility:
        least, most = w.percent(row.lacking_low or 0.0), w.percent(row.lacking_high or 0.0)
        lines.append(
            w.t("Bagian wilayah di luar standar: {bagian}.", bagian=least)
            if least == most
            else w.t("Bagian wilayah di luar standar: {rendah} sampai {tinggi}.", rendah=least, tinggi=most)
        )
    st.markdown(" ".join(filter(None, lines)))
    note = (
        md(w.note(row.note)) if row.note else f"{w.partial_date(period)}." if period and row.value is not None else ""
    )
    st.caption(" ".join(filter(None, [sentences.row_origin(w, data, row), note])))
