"""The choices of the page on access: read from the link, and the widgets that change them."""

from __future__ import annotations

import streamlit as st

from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES, Service
from analysis.scenario.changes import Change
from views.language import link_names, sentences
from views.language.escape import md
from views.language.link_names import ASSUMPTIONS
from views.link import results, scenario
from views.link.context import Session
from views.link.kinds import Number
from views.link.parameters import THRESHOLD_LIMITS
from views.screen import segments
from views.screen.decimals import decimal_input
from views.topics.access import editor as access_editor
from views.topics.access.words import ASSUMED, assumption_text, service_names


def computed(
    session: Session, service: Service, chosen: tuple[str, ...], standard: str | None, threshold: float
) -> tuple[OpenBorder, OpenBorder, tuple[Change, ...]]:
    """The opening without and with the scenario of the link, and its changes.

    Parameters
    ----------
    session : language, data and border of this run
    service : which may be used across the line
    chosen : kode_kabkota of the partners beyond the sides
    standard, threshold : id of the standard and its limit in km; None and 0 without one
    """
    changes = scenario.changes(session.data, service.kinds)
    key = (session.data, session.corridor.id, service.id, chosen, standard, threshold)
    return results.open_border_scenario(*key, ()), results.open_border_scenario(*key, changes), changes


def controls(
    session: Session, service: Service, standards: list[str], known_partners: tuple[str, ...], result: OpenBorder
) -> None:
    """Service, standard, partners, what the map shows, scenario and assumptions: each beside what it changes.

    Parameters
    ----------
    session : language, data and border of this run
    service : which may be used across the line
    standards : ids of the standards that can be chosen for it
    known_partners : kode_kabkota of the neighbours with a list of it
    result : of the open border, with the scenario
    """
    w, data = session.words, session.data
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    names = service_names(w)
    row.selectbox(w.t("Layanan"), list(SERVICES), format_func=names.__getitem__, key=link_names.SERVICE)
    if standards:
        titles = data.catalogue.standards
        row.selectbox(w.t("Standar"), standards, format_func=lambda s: w.pick(titles[s].title), key=link_names.STANDARD)
    else:
        row.selectbox(w.t("Standar"), [w.t("belum ada standar")], disabled=True)
    modes = {"jarak": w.t("Jarak"), "pasokan": w.t("Ketersediaan layanan")}
    segments.choose(w.t("Tampilkan"), modes, link_names.MODE, row)
    with row.popover(w.t("Mitra"), icon=":material/handshake:"):
        st.markdown(
            w.t(
                "Boleh lintas batas di antara: {daftar}.",
                daftar=w.listing([sentences.kabkota_name(data, k) for k in result.members]),
            )
        )
        if known_partners:
            st.markdown(w.t("Tambahkan tetangga:"))
        else:
            st.caption(w.t("Tidak ada tetangga lain yang daftarnya dapat dipakai."))
        for kode in known_partners:
            st.checkbox(str(data.kabkota.at[kode, "nama"]), key=f"{link_names.PARTNERS} {kode}")
        if known_partners:
            st.button(
                w.t("Semua tetangga"), on_click=_all_partners, args=(known_partners,), icon=":material/select_all:"
            )
    access_editor.draw(session, service, row, result)
    with row.popover(w.t("Asumsi"), icon=":material/tune:"):
        _assumption_controls(session, standards)


def _all_partners(known: tuple[str, ...]) -> None:
    for kode in known:
        st.session_state[f"{link_names.PARTNERS} {kode}"] = True


def _assumption_controls(session: Session, standards: list[str]) -> None:
    w, catalogue = session.words, session.data.catalogue
    if standards:
        chosen = catalogue.standards[st.session_state[link_names.STANDARD]]
        limits = Number(*THRESHOLD_LIMITS, float(chosen.threshold))
        decimal_input(w, f"{w.pick(chosen.title)} (km)", limits, f"{link_names.THRESHOLDS} {chosen.id}")
    for key in ASSUMED:
        entry = catalogue.assumptions[ASSUMPTIONS[key]]
        decimal_input(
            w,
            f"{w.pick(entry.title)} ({w.pick(entry.unit)})",
            Number(float(entry.low), float(entry.high), float(entry.value)),
            f"{link_names.ASSUMED} {key}",
            md(assumption_text(w, entry)),
        )
    st.caption(w.t("Hanya untuk sesi dan tautan ini."))
