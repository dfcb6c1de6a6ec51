"""What stands below the map of shared places: people reached, the curve, the goal and the regret."""

from __future__ import annotations

import streamlit as st

from analysis.siting.result import Checks, Joint
from views.language import link_names, sentences
from views.link.context import Session
from views.link.parameters import GOAL_SHARES
from views.screen import pictures, segments
from views.screen.tables import show_table
from views.topics.siting import figure as siting_figure
from views.topics.siting import state as siting_state
from views.topics.siting.choices import Asked
from views.topics.siting.tables import figures_table, regret_table
from views.topics.siting.words import goal_text, incomplete, noun


def draw_plan(session: Session, asked: Asked, plan: Joint) -> None:
    """Both plans as numbers and as a curve, and the way to sharing the cost.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : one without unknown sides
    """
    w = session.words
    st.markdown(w.t("#### Jiwa yang terjangkau"))
    show_table(w, figures_table(session, plan), alt=w.t("Tabel jiwa yang terjangkau menurut rencana dan sisi"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown(w.t("#### Tambahan tiap tempat berikutnya"))
        kind = asked.task.kind
        pictures.chart(
            session,
            f"lokasi-kurva-{kind}",
            siting_figure.added(session, plan, noun(w, kind), incomplete(session.data, session.corridor, kind)),
        )
    with right:
        st.markdown(w.t("#### Berikutnya"))
        st.page_link(
            "pages/biaya.py",
            label=w.t("Bagi biaya rencana ini"),
            icon=":material/payments:",
            query_params=siting_state.link(session),
        )
        for side, (points, areas) in plan.counted.items():
            st.markdown(
                w.t(
                    "- {sisi}: {n} {layanan} bertitik dan {m} yang hanya diketahui wilayahnya ikut dihitung; yang tidak terdaftar tidak.",
                    sisi=sentences.kabkota_name(session.data, side),
                    n=w.number(points),
                    m=w.number(areas),
                    layanan=noun(w, asked.task.kind),
                )
            )


def draw_checks(session: Session, asked: Asked, checks: Checks | None) -> None:
    """How many places a goal takes, and what a wrong assumption costs.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    checks : of the plan, None while they are not made
    """
    w = session.words
    st.markdown(w.t("#### Sasaran dan kepekaan"))
    row = st.container(horizontal=True, vertical_alignment="bottom")
    goals = {name: w.percent(share) for name, share in GOAL_SHARES.items()}
    segments.choose(w.t("Sasaran: bagian penduduk yang terjangkau"), goals, link_names.GOAL, row)
    if checks is None:
        row.button(
            w.t("Hitung sasaran dan kepekaan"),
            icon=":material/calculate:",
            on_click=siting_state.ask,
            args=(asked, siting_state.ALL),
        )
        st.caption(
            w.t(
                "Mencari jumlah tempat untuk sasaran ini, dan apa yang hilang bila asumsi meleset. Perlu beberapa detik."
            )
        )
        return
    st.markdown(goal_text(session, asked, checks))
    st.markdown(w.t("**Penyesalan: jiwa yang hilang bila asumsi meleset**"))
    show_table(w, regret_table(session, checks), alt=w.t("Tabel penyesalan menurut asumsi dan rencana"))
    st.caption(
        w.t(
            "Penyesalan = jiwa yang terjangkau rencana terbaik seandainya asumsi itu benar, dikurangi jiwa yang terjangkau "
            "rencana yang sekarang. ≥: rencana terbaiknya belum terbukti dalam batas waktu."
        )
    )
