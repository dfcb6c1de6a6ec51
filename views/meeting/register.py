"""The button that enters the decisions of a meeting into the register of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.minutes import Decision, Meeting
from records.agreements import decisions as register
from records.permissions import Action, ForbiddenError, allowed
from views.language.words import Words
from views.link import context
from views.link.context import Session
from views.screen import account

KIND, TOLD, ENTERED = "rapat jenis", "rapat register", "rapat dimasukkan"


def draw(session: Session, meeting: Meeting, decisions: Sequence[Decision], ready: bool) -> None:
    """What is entered as, the button, and what came of it; who may not enter is told who may.

    Parameters
    ----------
    session : language, data and border of this run
    meeting, decisions : as typed
    ready : whether nothing is missing in them
    """
    w, corridor = session.words, session.corridor
    if told := st.session_state.pop(TOLD, None):
        (st.success if told[0] else st.error)(told[1])
    if not corridor.pair:
        return
    if not allowed(account.actor(), Action.EDIT, corridor.sides):
        st.caption(w.t("Pengisi dari salah satu sisi, setelah masuk, dapat memasukkan keputusan ini ke register."))
        return
    waiting = [d for d in decisions if d not in st.session_state.get(ENTERED, ())]
    names = {"perjanjian": w.t("draf Kesepakatan Bersama"), "proyek": w.t("proyek kemitraan")}
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.selectbox(w.t("Masukkan sebagai"), list(names), format_func=names.__getitem__, key=KIND, width=260)
    row.button(
        w.t("Masukkan {n} keputusan ke register", n=w.number(len(waiting))),
        icon=":material/edit_note:",
        disabled=not (ready and waiting),
        on_click=partial(_enter, session, meeting, waiting),
    )


def _enter(session: Session, meeting: Meeting, waiting: Sequence[Decision]) -> None:
    """Enter all or none as who is signed in now; what went in is not offered again."""
    w = session.words
    kind: register.Kind = "proyek" if st.session_state.get(KIND) == "proyek" else "perjanjian"
    decided = [(one, _note(w, meeting, one)) for one in waiting]
    try:
        ids = register.enter(account.actor(), kind, session.corridor.sides, decided, context.today())
    except ForbiddenError:
        told = w.t("Sesi Anda sudah berakhir, atau akun ini tidak boleh melakukan itu.")
    except register.DecisionError as error:
        told = w.t(
            "Tidak ada yang dimasukkan: keputusan {n} memuat isian yang tidak dapat dipakai.", n=w.number(error.number)
        )
    else:
        st.session_state.setdefault(ENTERED, []).extend(waiting)
        done = w.t("{n} keputusan masuk ke register: {daftar}.", n=w.number(len(ids)), daftar=w.listing(ids))
        st.session_state[TOLD] = (True, done)
        return
    st.session_state[TOLD] = (False, told)


def _note(w: Words, meeting: Meeting, decision: Decision) -> str:
    """Of which meeting a decision is, and who answers for it, as plain text."""
    fields = {
        "rapat": meeting.name,
        "tempat": meeting.place,
        "tanggal": w.date(meeting.day) if meeting.day else w.no_data,
        "pic": decision.pic or w.no_data,
    }
    text = w.t("Keputusan rapat {rapat}, {tempat}, {tanggal}; penanggung jawab: {pic}.", **fields)
    return text + (" " + w.t("Terkait: {hal}.", hal=decision.related) if decision.related else "")
