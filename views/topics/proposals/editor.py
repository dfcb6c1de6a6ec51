"""Bringing proposals into the register: check the file, answer what is in doubt, see what would change, save it whole.

Nothing here decides who may write: `records.proposals.importing` does, at every call.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.intake.places import LEAVE_OUT
from data.intake.problems import FileError, Problem
from data.intake.values import Answers
from records.permissions import Actor, ForbiddenError
from records.proposals import importing, reading
from records.proposals.importing import ImportRefusedError, Outcome, Prepared
from views.language.escape import echo, md
from views.link import context
from views.link.context import Session
from views.screen.tables import folded
from views.topics.proposals import words
from views.topics.uploads import screen as uploads
from views.topics.uploads import words as upload_words
from views.topics.uploads.check import Checked, check_proposals

STATE, UPLOAD, YEAR, WHOSE, FORGOTTEN = (
    "usulan impor", "usulan berkas", "usulan tahun", "usulan milik", "usulan dilupakan",
)  # fmt: skip
_SAID = "usulan tersimpan"
YEARS_AHEAD = 2


def draw(session: Session, actor: Actor) -> None:
    """The place for a file of proposals; a reader is told who may bring one.

    Parameters
    ----------
    session : language, data and border of this run
    actor : who is signed in
    """
    w = session.words
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check:")
    own = [side for side in session.corridor.sides if side in actor.kabkota()]
    if not own:
        st.caption(w.t("Menyimpan usulan perlu masuk sebagai pengisi salah satu sisi perbatasan ini."))
        return
    st.markdown(w.t("#### Bawa usulan dari SIPD"))
    names = {side: str(session.data.kabkota.at[side, "nama"]) for side in own}
    kabkota = own[0]
    if len(own) > 1:
        kabkota = st.selectbox(w.t("Usulan milik"), own, format_func=names.__getitem__, key=WHOSE)
    file = st.file_uploader(
        w.t("Ekspor usulan SIPD {nama}: CSV, XLSX atau ODS, paling besar 10 MB", nama=md(names[kabkota])),
        type=["csv", "xlsx", "ods"],
        max_upload_size=uploads.MEGABYTES,
        key=UPLOAD,
    )
    st.caption(
        w.t(
            "Seluruh berkas disimpan atau tidak sama sekali. Nama pengusul dan nomor NIK atau telepon tidak disimpan; baris aslinya selebihnya disimpan."
        )
    )
    if file is None:
        st.session_state.pop(STATE, None)
    else:
        state = _state(file.file_id, kabkota)
        try:
            checked = _checked(session, file.getvalue(), state)
        except FileError as error:
            st.error(upload_words.refusal(w, error.problem), icon=":material/error:")
        else:
            _draw_checked(session, actor, file.name, file.getvalue(), state, checked)
    _draw_decisions(session, actor, kabkota)


def _state(file: str, kabkota: str) -> dict[str, Any]:
    """What was answered about the file of this session; another file or kabkota begins with what is remembered."""
    known: dict[str, Any] | None = st.session_state.get(STATE)
    if known is None or (known["file"], known["kabkota"]) != (file, kabkota):
        remembered = {row.doubt: row.kode for row in importing.decisions(kabkota)}
        known = {"file": file, "kabkota": kabkota, "places": remembered, "doubts": {}, "done": None, "ready": None}
        st.session_state[STATE] = known
    return known


def _checked(session: Session, content: bytes, state: dict[str, Any]) -> Checked:
    """The file under the answers given so far; read again only when one of them changed."""
    places = dict(state["places"])
    if state["done"] is None or state["done"][0] != places:
        bar = st.progress(0.0, session.words.t("Berkas dibaca…"))
        try:
            read = check_proposals(
                session.data,
                (state["kabkota"],),
                content,
                Answers(places=places),
                partial(_show, bar),
            )
        finally:
            bar.empty()
        state["done"], state["ready"] = (places, *read), None
    checked: Checked = state["done"][1]
    state["doubts"] |= {doubt.key: doubt for doubt in checked.doubts}
    return checked


def _show(bar: DeltaGenerator, share: float) -> None:
    bar.progress(min(share, 1.0))


def _draw_checked(
    session: Session, actor: Actor, name: str, content: bytes, state: dict[str, Any], checked: Checked
) -> None:
    w = session.words
    st.markdown(upload_words.summary(w, checked.layout, checked.counts, 0))
    uploads.draw_doubts(session, state)
    # Rows that a person leaves out on purpose do not keep the others from being taken.
    wrong = [problem for problem in checked.problems if problem.code != "left_out"]
    prepared: Prepared | None = None
    refused: list[Problem] = []
    year = _year(session, state)
    try:
        prepared = _prepared(state, year)
    except ImportRefusedError as error:
        if error.reason != "empty" or not (wrong or checked.doubts):
            st.error(words.refusal(w, session.data, error.reason, state["kabkota"]), icon=":material/error:")
        codes = {"kabkota": "kabkota_other", "twice": "proposal_twice", "year": "year"}
        refused = [Problem(codes[error.reason], sheet, row, value=kode) for sheet, row, kode in error.rows]
    uploads.draw_problems(session, name, content, (*checked.problems, *refused), checked.notes)
    uploads.draw_notes(session, checked)
    if wrong or checked.doubts or prepared is None:
        st.error(
            w.t(
                "Belum dapat disimpan: perbaiki atau jawab yang disebut di atas; berkas disimpan seluruhnya atau tidak sama sekali."
            ),
            icon=":material/block:",
        )
        return
    outcome = _outcome(state, prepared)
    st.markdown(words.would(w, outcome.new, outcome.changed, outcome.same))
    if not outcome.new and not outcome.changed:
        st.info(words.taken(w, 0, 0, outcome.same), icon=":material/fact_check:")
        return
    if st.button(
        w.t("Simpan {n} usulan", n=w.number(outcome.new + outcome.changed)),
        icon=":material/check:",
        key="simpan usulan",
    ):
        _take(session, actor, name, content, state, prepared)


def _year(session: Session, state: dict[str, Any]) -> int | None:
    """The budget year, asked for where a row of the file has none."""
    w, frame = session.words, state["done"][2].frame
    if not len(frame) or ("tahun_anggaran" in frame and frame["tahun_anggaran"].notna().all()):
        return None
    this_year = context.this_year()
    chosen: int | None = st.selectbox(
        w.t("Tahun anggaran usulan yang tidak menyebut tahunnya"),
        range(this_year + YEARS_AHEAD, this_year - 6, -1),
        index=None,
        placeholder=w.t("Pilih tahun"),
        key=YEAR,
    )
    return chosen


def _prepared(state: dict[str, Any], year: int | None) -> Prepared:
    if state["ready"] is None or state["ready"][0] != year:
        state["ready"] = year, importing.prepare(state["done"][2].frame, state["kabkota"], year), {}
    prepared: Prepared = state["ready"][1]
    return prepared


def _outcome(state: dict[str, Any], prepared: Prepared) -> Outcome:
    """What saving would change, asked anew only after another file was taken."""
    kept: dict[int, Outcome] = state["ready"][2]
    stamp = reading.stamp()
    if stamp not in kept:
        kept[stamp] = importing.compare(prepared)
    return kept[stamp]


def _take(session: Session, actor: Actor, name: str, content: bytes, state: dict[str, Any], prepared: Prepared) -> None:
    w = session.words
    decided = {
        key: (state["places"][key], ", ".join(filter(None, (doubt.name or doubt.code, doubt.area))))
        for key, doubt in state["doubts"].items()
        if key in state["places"]
    }
    bar = st.progress(0.0, w.t("Usulan disimpan…"))
    try:
        outcome = importing.take(actor, prepared, name, sha256(content).hexdigest(), decided, partial(_show, bar))
    except ForbiddenError:
        st.error(
            w.t("Tidak tersimpan: akun Anda bukan pengisi {sisi}, atau sudah keluar.", sisi=_name(session, state)),
            icon=":material/error:",
        )
        return
    except ImportRefusedError as error:
        st.error(words.refusal(w, session.data, error.reason, state["kabkota"]), icon=":material/error:")
        return
    finally:
        bar.empty()
    st.session_state[_SAID] = words.taken(w, outcome.new, outcome.changed, outcome.same)
    st.rerun()


def _name(session: Session, state: dict[str, Any]) -> str:
    return md(str(session.data.kabkota.at[state["kabkota"], "nama"]))


def _draw_decisions(session: Session, actor: Actor, kabkota: str) -> None:
    """Decisions about places that are remembered, and a way to take one back."""
    w = session.words
    fold = folded(w.t("Keputusan tempat yang diingat"), "fact_check", "usulan keputusan")
    if fold is None:
        return
    rows = importing.decisions(kabkota)
    if not rows:
        fold.markdown(w.t("Belum ada."))
        return
    names = session.data.names("kelurahan")

    def meant(kode: str) -> str:
        return w.t("tidak dipakai") if kode == LEAVE_OUT else f"{names.get(kode, kode)} {kode}"

    titles = {row.id: f"{row.written or row.doubt}: {meant(row.kode)}" for row in rows}
    fold.markdown("\n".join(f"- {echo(text)}" for text in titles.values()))
    line = fold.container(horizontal=True, vertical_alignment="bottom", gap="small")
    line.selectbox(
        w.t("Lupakan keputusan"), list(titles), format_func=titles.__getitem__, index=None, key=FORGOTTEN,
        placeholder=w.t("Pilih keputusan"),
    )  # fmt: skip
    line.button(w.t("Lupakan"), on_click=partial(_forget, actor, kabkota, list(titles)), key="lupakan usulan")


def _forget(actor: Actor, kabkota: str, known: Sequence[int]) -> None:
    key = st.session_state.get(FORGOTTEN)
    if isinstance(key, int) and key in known:
        importing.forget(actor, kabkota, key)
        st.session_state[FORGOTTEN] = None
        st.session_state.pop(STATE, None)
