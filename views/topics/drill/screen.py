"""The pieces of the drill page: the incidents, the editable log, its comparison with the model, export and import."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.fire import drill as fire_drill
from analysis.fire.drill import DrillError, Incident
from data.intake import csv_reader
from data.tables import Dataset
from views.language import link_names
from views.language.cells import safe_frame
from views.language.files import csv_refusal
from views.link import context
from views.link.context import Session
from views.link.parameters import INCIDENT_COUNTS, MOST_SEED
from views.link.results import kept
from views.screen.tables import show_table
from views.topics.drill.log import LARGEST_FILE, log_key
from views.topics.drill.words import place_name, refusal, span
from views.topics.fire import state as fire_state
from views.topics.fire.choices import FireState

UPLOAD = "log_latihan"
HEIGHT = 330


@kept(24)
def places(data: Dataset, state: FireState, count: int, seed: int) -> tuple[Incident, ...]:
    """The incidents of a drill; they do not depend on the assumptions.

    Parameters
    ----------
    data : the tables
    state : of the fire page
    count, seed : how many incidents, and number of the drill
    """
    drawn = fire_state.drawn(data, state.corridor, (), False, False)
    return tuple(
        fire_drill.incidents(drawn, data.people["kelurahan"], fire_state.border(data, state.corridor), count, seed)
    )


@kept(24)
def answers(data: Dataset, state: FireState, count: int, seed: int) -> pd.DataFrame:
    """Who would have come to each incident; see `analysis.fire.drill.answers`.

    Parameters
    ----------
    data : the tables
    state : of the fire page
    count, seed : how many incidents, and number of the drill
    """
    found = fire_state.result(data, state)
    return fire_drill.answers(found.drawn, found.timing, places(data, state, count, seed))


def controls(session: Session, seed: int) -> None:
    """How many incidents, another drill, and the plan that the log is compared with.

    Parameters
    ----------
    session : language, data and border of this run
    seed : number of the drill
    """
    w = session.words
    row = incident_controls(session, seed)
    plans = {"terbuka": w.t("boleh lintas batas"), "tertutup": w.t("pos sendiri")}
    row.segmented_control(
        w.t("Bandingkan dengan"), list(plans), format_func=plans.__getitem__, key=link_names.LOG_PLAN, required=True
    )


def incident_controls(session: Session, seed: int) -> DeltaGenerator:
    """How many incidents, and others; returns the row in which they stand.

    Parameters
    ----------
    session : language, data and border of this run
    seed : number of the drill
    """
    w = session.words
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.segmented_control(w.t("Jumlah kejadian"), INCIDENT_COUNTS, key=link_names.INCIDENTS, required=True)
    row.button(
        w.t("Latihan berikutnya"),
        icon=":material/casino:",
        on_click=context.assign,
        args=(link_names.SEED, seed % MOST_SEED + 1),
    )
    row.caption(w.t("Latihan nomor {n}; tautan ini mengulang tempat yang sama.", n=w.number(seed)))
    return row


def _log_of(state: FireState, count: int, seed: int, found: Sequence[Incident]) -> pd.DataFrame:
    """The log of this drill in this session; nobody else sees it and the server keeps nothing of it."""
    empty = pd.DataFrame("", index=[p.number for p in found], columns=list(fire_drill.LOGGED))
    log: pd.DataFrame = st.session_state.setdefault(log_key(state, count, seed), empty)
    return log


def draw_log(session: Session, state: FireState, count: int, seed: int, found: Sequence[Incident]) -> pd.DataFrame:
    """The log that people fill in.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the fire page
    count, seed : how many incidents, and number of the drill
    found : the incidents

    Returns
    -------
    DataFrame
        What is written now, by number of the incident, with the columns `analysis.fire.drill.LOGGED`.
    """
    w = session.words
    heads = {
        "jam_panggilan": w.t("Jam panggilan"),
        "jam_tiba": w.t("Jam tiba"),
        "unit_datang": w.t("Unit yang datang"),
        "catatan": w.t("Catatan"),
    }
    start = _log_of(state, count, seed, found)
    shown = start.copy()
    shown.insert(0, "tempat", [place_name(session.data, p) for p in found])
    clock = r"^(([01]?[0-9]|2[0-3])[:.][0-5][0-9]([:.][0-5][0-9])?)?$"
    version = st.session_state.get(f"{log_key(state, count, seed)} versi", 0)
    edited = st.data_editor(
        safe_frame(shown),
        key=f"{log_key(state, count, seed)} editor {version}",
        num_rows="fixed",
        disabled=["tempat"],
        column_config={
            "_index": st.column_config.NumberColumn(w.t("No.")),
            "tempat": st.column_config.TextColumn(w.t("Tempat")),
            "jam_panggilan": st.column_config.TextColumn(
                heads["jam_panggilan"], validate=clock, help=w.t("Jam dan menit, misalnya 14:05 atau 14:05:30.")
            ),
            "jam_tiba": st.column_config.TextColumn(heads["jam_tiba"], validate=clock),
            "unit_datang": st.column_config.TextColumn(heads["unit_datang"], max_chars=fire_drill.LONGEST_TEXT),
            "catatan": st.column_config.TextColumn(heads["catatan"], max_chars=fire_drill.LONGEST_TEXT),
        },
        alt=w.t("Catatan latihan; isi jam panggilan, jam tiba dan unit yang datang"),
    )
    return edited[list(fire_drill.LOGGED)].fillna("").astype(str).map(fire_drill.plain)


def draw_comparison(session: Session, model: pd.DataFrame, compared: pd.DataFrame, plan: str) -> None:
    """Real minutes against the model.

    Parameters
    ----------
    session : language, data and border of this run
    model : who would have come, as `answers` gives it
    compared : the log against it, as `analysis.fire.drill.compare` gives it
    plan : "closed" for own posts, "open" for the nearest of any side
    """
    w = session.words
    for number, problem in compared["problem"].items():
        if isinstance(problem, DrillError):
            st.warning(refusal(w, problem, w.t("Kejadian {n}", n=str(number))), icon=":material/schedule:")
    done = compared[compared["minutes"].notna()]
    if done.empty:
        st.caption(w.t("Isi jam panggilan dan jam tiba untuk membandingkan latihan dengan model."))
        return
    known = done[done["inside"].notna()]
    st.markdown(
        w.t(
            "**{n} kejadian tercatat: {dalam} di dalam kisaran model, {luar} di luar; selisih rata-rata {selisih} menit.**",
            n=w.number(len(done)),
            dalam=w.number(int((known["inside"] == True).sum())),  # noqa: E712
            luar=w.number(int((known["inside"] == False).sum())),  # noqa: E712
            selisih=w.number(known["difference"].mean(), 1),
        )
    )
    verdict = {True: w.t("di dalam kisaran"), False: w.t("di luar kisaran")}
    real, difference = w.t("Menit nyata"), w.t("Selisih (menit)")
    rows = model.to_dict("index")
    frame = pd.DataFrame(
        {
            w.t("No."): done.index,
            real: done["minutes"].to_numpy(),
            w.t("Model (kisaran)"): [span(w, rows[n], plan) for n in done.index],
            difference: done["difference"].to_numpy(),
            w.t("Putusan"): [verdict.get(v, w.no_data) for v in done["inside"]],
        }
    )
    show_table(w, w.styled(frame, {real: 1, difference: 1}), alt=w.t("Waktu nyata terhadap model"))
    st.caption(
        w.t(
            "Kisaran model berasal dari letak pos; satu menit pembulatan jam diperbolehkan. Beberapa kejadian tidak membuktikan model benar atau salah."
        )
    )


def draw_exchange(
    session: Session, state: FireState, count: int, seed: int, found: Sequence[Incident], text: str
) -> None:
    """Download of the log, and upload of one that was exported before.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the fire page
    count, seed : how many incidents, and number of the drill
    found : the incidents
    text : the log as CSV
    """
    w = session.words
    left, right = st.columns(2, gap="medium")
    left.download_button(
        w.t("Unduh catatan latihan (CSV)"),
        text,
        file_name=f"latihan-{state.corridor}-{seed}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    left.caption(
        w.t(
            "Catatan hanya ada di sesi ini dan hilang bila halaman ditutup: unduh sebelum pergi. Jangan menulis nama orang."
        )
    )
    file = right.file_uploader(
        w.t("Muat catatan yang pernah diunduh (CSV, paling besar 100 kB)"), type="csv", max_upload_size=1, key=UPLOAD
    )
    if file is None:
        return
    name = log_key(state, count, seed)
    if st.session_state.get(f"{name} berkas") == file.file_id:
        return
    try:
        rows = csv_reader.read(file.getvalue(), fire_drill.COLUMNS, LARGEST_FILE)
        log = fire_drill.imported(rows, found, state.corridor, seed)
    except csv_reader.CsvError as error:
        right.error(csv_refusal(w, error), icon=":material/error:")
        return
    except DrillError as error:
        right.error(refusal(w, error, ""), icon=":material/error:")
        return
    st.session_state[name] = log
    st.session_state[f"{name} versi"] = st.session_state.get(f"{name} versi", 0) + 1
    st.session_state[f"{name} berkas"] = file.file_id
    st.rerun()
