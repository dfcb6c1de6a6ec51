"""The card beside the map of shared places: the places of each plan."""

from __future__ import annotations

import streamlit as st

from analysis.siting.result import Joint
from views.language import sentences
from views.link.context import Session
from views.topics.siting.choices import Asked
from views.topics.siting.words import noun, place_name, spread


def draw_card(session: Session, asked: Asked, plan: Joint | None) -> None:
    """The places of each plan.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : the answer, None while it is not sought
    """
    w = session.words
    with st.container(border=True):
        if plan is None or plan.plans is None:
            st.markdown(w.t("**Yang akan dihitung**"))
            st.markdown(
                w.t(
                    "Rencana tiap sisi sendiri, rencana bersama dengan jumlah tempat yang sama, dan selisihnya dalam jiwa. {layanan} yang sudah ada "
                    "tetap di tempatnya.",
                    layanan=noun(w, asked.task.kind).capitalize(),
                )
            )
            return
        st.markdown(w.t("**Bersama** ({n})", n=w.number(len(plan.joint))))
        st.markdown(
            "\n".join(f"1. {place_name(session, p)}" for p in plan.joint)
            or w.t("Tidak ada tempat yang menambah jangkauan.")
        )
        for side, places in plan.plans.items():
            st.markdown(
                w.t(
                    "**{sisi} sendiri** ({n})",
                    sisi=sentences.kabkota_name(session.data, side),
                    n=w.number(len(places)),
                )
            )
            st.markdown("\n".join(f"1. {place_name(session, p)}" for p in places) or "–")
        if plan.gain_apart is not None:
            st.caption(
                w.t(
                    "Sendiri-sendiri: {kisaran} jiwa lagi, dibanding hari ini bila boleh lintas batas.",
                    kisaran=spread(w, plan.gain_apart),
                )
            )
        if not plan.proven:
            st.caption(w.t("Batas waktu tercapai: mungkin ada rencana yang sedikit lebih baik."))
