"""The choices of the fire page: what the map shows, the assumptions, and which posts are counted."""

from __future__ import annotations

import streamlit as st

from analysis.fire import fire as fire_analysis
from data.catalogue import Assumption
from views.language import link_names, sentences
from views.language.escape import md
from views.link.context import Session
from views.screen import segments
from views.topics.fire import choices as fire_choices
from views.topics.fire import editor as fire_editor
from views.topics.fire.choices import FireState
from views.topics.fire.words import name_of, planned_names


def controls(session: Session, state: FireState) -> None:
    """What the map shows, the delay, the other assumptions and the posts."""
    w, entries = session.words, fire_choices.entries(session.data)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    shows = {"peluang": w.t("peluang"), "menit": w.t("menit"), "manfaat": w.t("tambahan")}
    segments.choose(w.t("Peta"), shows, link_names.FIRE_MAP, row)
    plans = {"terbuka": w.t("lintas batas"), "tertutup": w.t("pos sendiri")}
    benefit = st.session_state[link_names.FIRE_MAP] == "manfaat"
    segments.choose(w.t("Batas"), plans, link_names.FIRE_PLAN, row, disabled=benefit)
    with row.container(width=190):
        _slider(session, "tunda", entries["tunda"], 0.5, w.t("Jeda koordinasi (menit)"))
    with row.popover(w.t("Asumsi"), icon=":material/tune:"):
        for key, step in (("target", 1.0), ("panggilan", 0.5), ("berangkat", 0.5), ("memutar", 0.05)):
            _slider(session, key, entries[key], step)
        speeds = {"tetap": w.t("satu laju"), "kerapatan": w.t("menurut kerapatan jalan")}
        segments.choose(w.t("Laju"), speeds, link_names.SPEEDS)
        _slider(session, "laju", entries["laju"], 1.0)
        if state.choices.speeds == "kerapatan":
            st.caption(w.t("Laju tunggal di atas berlaku di kelurahan yang kerapatan jalannya belum ada data."))
            for key in ("jarang", "sedang", "padat", "batas_sedang", "batas_padat"):
                _slider(session, key, entries[key], 1.0)
    with row.popover(w.t("Pos"), icon=":material/local_fire_department:"):
        _draw_counted(session)
        fire_editor.draw(session, state)


def _draw_counted(session: Session) -> None:
    """Whether planned posts and those of other neighbours count."""
    w, data = session.words, session.data
    planned = planned_names(session)
    segments.choose(
        w.t("Hitung pos yang baru direncanakan ({n})", n=w.number(len(planned))),
        segments.yes_no(w),
        link_names.PLANNED,
        help=w.t("Yang disebut kelurahan atau kecamatannya: {daftar}.", daftar=md(w.listing(planned)))
        if planned
        else None,
    )
    beside = [md(name_of(data, k)) for k in fire_analysis.partners(data.facilities, data.pairs, session.corridor.sides)]
    segments.choose(
        w.t("Ikutkan pos tetangga lain sebagai mitra"),
        segments.yes_no(w),
        link_names.OTHERS,
        help=w.t("Tetangga dengan pos dalam daftar: {daftar}. Daftarnya belum tentu lengkap.", daftar=w.listing(beside))
        if beside
        else None,
    )


def _slider(session: Session, key: str, entry: Assumption, step: float, label: str = "") -> None:
    """The slider of one number, with its own title and unit unless `label` is shorter; a link may hold one between."""
    w = session.words
    name = f"{link_names.ASSUMED} {key}"
    steps = round((entry.high - entry.low) / step)
    st.select_slider(
        label or w.t("{nama} ({satuan})", nama=md(w.pick(entry.title)), satuan=w.pick(entry.unit)),
        sorted({*(round(entry.low + step * n, 2) for n in range(steps + 1)), st.session_state[name]}),
        format_func=lambda value: w.number(value, len(f"{value:g}".partition(".")[2])),
        key=name,
        help=sentences.origin(w, entry),
    )
