"""What editors and verifiers do with reports of their kabkota: look, publish, refuse, link, pass on, answer, finish.

Nothing here decides who may do so: `records.citizen_reports.store` does, at every call.
"""

from __future__ import annotations

import streamlit as st

from analysis.citizen_reports.deadlines import deadline, state_on
from analysis.citizen_reports.lifecycle import BY_OFFICE, Step, StepError
from analysis.citizen_reports.model import SHOWN, Kind, Refusal, Report, State
from analysis.citizen_reports.summary import Listed
from records.citizen_reports import reading, store
from records.citizen_reports.entries import ReportError
from records.citizen_reports.tables import LONGEST_NOTE, LONGEST_OFFICE
from records.citizen_reports.working_days import days_off
from records.database import ConflictError
from records.models import Role
from records.permissions import Actor, ForbiddenError
from views.language.escape import md
from views.language.words import Words
from views.link import context
from views.link.context import Session
from views.topics.agreements.names import region
from views.topics.citizen_reports import names, words

PICKED = "laporan ditangani"
_SAID, _SEEN = "laporan tersimpan", "laporan dilihat "
MOST_OFFERED = 300


def _step_names(w: Words) -> dict[State, str]:
    """What can be done, by the state afterwards."""
    return {
        State.PUBLISHED: w.t("Tayangkan"),
        State.REFUSED: w.t("Jangan tayangkan"),
        State.DUPLICATE: w.t("Gabungkan dengan laporan yang sama"),
        State.FORWARDED: w.t("Teruskan"),
        State.ANSWERED: w.t("Jawab"),
        State.WORKED_ON: w.t("Mulai dikerjakan"),
        State.DONE: w.t("Selesaikan"),
    }


def draw(session: Session, actor: Actor) -> None:
    """The reports of the actor's kabkota that something is due of, and what can be done with one; nothing for a reader.

    Parameters
    ----------
    session : language, data and border of this run
    actor : who is signed in
    """
    w = session.words
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check:")
    if not actor.kabkota(Role.EDITOR) | actor.kabkota(Role.VERIFIER):
        return
    today, off = context.today(), days_off()
    own = [Listed(r, state_on(r, today, off), deadline(r, today, off)) for r in reading.own(actor)]
    own = [one for one in own if BY_OFFICE[one.state]]
    own.sort(key=lambda one: (one.state is not State.WAITING, not one.late, one.due.left if one.due else 999))
    st.markdown(w.t("#### Menangani laporan"))
    waiting = sum(one.state is State.WAITING for one in own)
    st.caption(w.t("Menunggu pemeriksaan: {n}. Yang menunggu dan terlambat berada paling atas.", n=w.number(waiting)))
    by_key = {one.report.key: one for one in own[:MOST_OFFERED]}
    # A choice that is not offered any more falls back to none.
    if st.session_state.get(PICKED) not in by_key:
        st.session_state[PICKED] = None
    key = st.selectbox(
        w.t("Laporan yang ditangani"),
        list(by_key),
        # Never the state: the browser names what it has chosen by these words.
        format_func=lambda k: words.title(w, session.data, by_key[k].report),
        index=None,
        placeholder=w.t("pilih laporan"),
        key=PICKED,
    )
    if key is not None:
        _one(session, actor, by_key[key])


def _one(session: Session, actor: Actor, one: Listed) -> None:
    w, data, report = session.words, session.data, one.report
    with st.container(border=True):
        st.markdown(words.heading(w, data, one))
        st.markdown(md(report.text))
        if report.point is not None:
            st.caption(
                w.t("Titik (hanya terlihat di sini): {titik}", titik=md(f"{report.point[1]}, {report.point[0]}"))
            )
        if report.photo and (photo := reading.photo(report.key, actor)):
            st.image(photo, width=480)
        st.markdown(words.history(w, data, report))
        # What could be done when it was opened: a list that changes while somebody types would take the text with it.
        _, state = st.session_state.setdefault(f"{_SEEN}{report.key}", (report.last.number, one.state))
        steps = [step for step in _step_names(w) if step in BY_OFFICE[state]]
        to = st.selectbox(w.t("Tindakan"), steps, format_func=_step_names(w).__getitem__, key=f"tindakan {report.key}")
        _form(session, actor, report, to)


def _form(session: Session, actor: Actor, report: Report, to: State) -> None:
    """What a step needs; what is typed stays through every refusal."""
    w, prefix, seen = session.words, f"{to.value} {report.key}", f"{_SEEN}{report.key}"
    kind = reason = first = None
    office = owner = ""
    with st.form(f"tangani {prefix}"):
        if to is State.PUBLISHED:
            kind = st.selectbox(
                w.t("Jenis laporan"), list(Kind), format_func=names.kind_names(w).__getitem__, key=f"jenis {prefix}"
            )
        if to is State.REFUSED:
            reason = st.selectbox(
                w.t("Alasan, dibaca pelapor di halaman tiketnya"),
                list(Refusal),
                format_func=names.refusal_names(w).__getitem__,
                key=f"alasan {prefix}",
            )
        if to is State.DUPLICATE:
            earlier = _earlier(report)
            first = st.selectbox(
                w.t("Laporan yang lebih dahulu masuk"),
                list(earlier),
                format_func=lambda k: words.title(w, session.data, earlier[k]),
                index=None,
                placeholder=w.t("pilih laporan"),
                key=f"sama {prefix}",
            )
        if to is State.FORWARDED:
            others = {"": w.t("tetap di kabupaten/kota ini")} | {
                side: region(session.data, side) for side in session.corridor.sides if side != report.owner
            }
            owner = st.selectbox(w.t("Kepada sisi"), list(others), format_func=others.__getitem__, key=f"sisi {prefix}")
            office = st.text_input(w.t("Perangkat daerah"), max_chars=LONGEST_OFFICE, key=f"dinas {prefix}")
        note = st.text_area(_note_label(w, to), max_chars=LONGEST_NOTE, key=f"catatan {prefix}")
        sent = st.form_submit_button(_step_names(w)[to])
    if not sent:
        return
    step = Step(to, kind=kind, reason=reason, note=note, office=office, owner=owner, first=first)
    try:
        store.act(actor, report.key, st.session_state[seen][0], step)
    except ConflictError:
        st.warning(words.refused(w), icon=":material/warning:")
        st.session_state[seen] = (report.last.number, st.session_state[seen][1])
    except StepError as error:
        st.error(w.t("Tidak tersimpan: {alasan}.", alasan=names.reason_names(w)[error.reason]))
    except ReportError as error:
        st.error(names.problem(w, error.field, error.reason))
    except ForbiddenError:
        st.error(w.t("Tidak tersimpan: akun Anda bukan pengisi atau pemeriksa kabupaten/kota ini, atau sudah keluar."))
    else:
        for name in [n for n in st.session_state if str(n).endswith(f" {report.key}")]:
            del st.session_state[name]
        st.session_state[_SAID] = w.t(
            "Tersimpan: laporan {n}, {keadaan}.", n=str(report.key), keadaan=names.state_names(w)[to]
        )
        st.rerun()


def _note_label(w: Words, to: State) -> str:
    if to is State.ANSWERED:
        return w.t("Jawaban, tayang bersama laporannya")
    if to is State.DONE:
        return w.t("Apa yang sudah dikerjakan, tayang bersama laporannya")
    if to is State.REFUSED:
        return w.t("Penjelasan bagi pelapor (tidak wajib)")
    return w.t("Catatan, tayang bersama laporannya (tidak wajib)")


def _earlier(report: Report) -> dict[int, Report]:
    """Published reports that came before, those of the same kelurahan first, then the newest."""
    shown = [r for r in reading.published() if r.key < report.key and r.state in SHOWN]
    shown.sort(key=lambda r: (r.kode != report.kode, r.sector != report.sector, -r.key))
    return {r.key: r for r in shown[:MOST_OFFERED]}
