"""The pieces of the page that drafts minutes: what is typed, what is still wrong with it, and the files."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.minutes import (
    LONGEST,
    MOST_AGENDA,
    MOST_DECISIONS,
    Decision,
    Meeting,
    Problem,
    check,
    clean,
)
from views.exports.files import minutes as files_minutes
from views.language import names as language_names
from views.language.escape import md
from views.language.words import Words
from views.link.context import Session
from views.story.story import Request, Story
from views.topics.map.screen import unit_labels

NAME, PLACE, DAY, AGENDA, ROWS = "rapat nama", "rapat tempat", "rapat tanggal", "rapat agenda", "rapat keputusan"
# What was typed outlives a visit to another page, as long as the session; nowhere else is it kept.
KEPT = "rapat isian"
COLUMNS = ("decision", "pic", "due", "kelurahan", "sector", "related")
MOST_FINDINGS = 6


def _empty() -> pd.DataFrame:
    frame = pd.DataFrame({c: pd.Series(dtype="object") for c in COLUMNS})
    return frame.astype({"due": "datetime64[ns]"})


def _kept() -> dict[str, Any]:
    return st.session_state.setdefault(KEPT, {"rows": _empty()})


def forget() -> None:
    """Empty the form."""
    for key in (NAME, PLACE, DAY, AGENDA, ROWS, KEPT):
        st.session_state.pop(key, None)


def draw_meeting(session: Session) -> Meeting:
    """Name, place, day and agenda."""
    w, kept = session.words, _kept()
    for key in (NAME, PLACE, DAY, AGENDA):
        if key not in st.session_state and key in kept:
            st.session_state[key] = kept[key]
    st.text_input(w.t("Nama rapat"), key=NAME, max_chars=LONGEST["name"])
    row = st.columns([3, 2])
    row[0].text_input(w.t("Tempat"), key=PLACE, max_chars=LONGEST["place"])
    row[1].date_input(
        w.t("Tanggal"),
        value=None,
        key=DAY,
        format="DD/MM/YYYY",
        min_value=date(2000, 1, 1),
        max_value=date(2099, 12, 31),
    )
    st.text_area(w.t("Agenda, satu baris satu hal"), key=AGENDA, height=100, max_chars=MOST_AGENDA * LONGEST["agenda"])
    state = st.session_state
    kept |= {key: state.get(key) for key in (NAME, PLACE, DAY, AGENDA)}
    agenda = tuple(item for line in str(state.get(AGENDA) or "").splitlines() if (item := clean(line)))
    day = state.get(DAY)
    return Meeting(clean(state.get(NAME)), clean(state.get(PLACE)), day if isinstance(day, date) else None, agenda)


def draw_decisions(session: Session) -> list[Decision]:
    """The table in which decisions are typed."""
    w, data, kept = session.words, session.data, _kept()
    if ROWS not in st.session_state:
        kept["base"] = kept["rows"]
    sectors = language_names.sector_names(w)
    places = list(data.units("kelurahan", session.corridor.sides).index)
    column = st.column_config
    edited = st.data_editor(
        kept["base"],
        key=ROWS,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            "decision": column.TextColumn(w.t("Keputusan"), max_chars=LONGEST["decision"], width="medium"),
            "pic": column.TextColumn(
                w.t("Penanggung jawab (jabatan/perangkat daerah)"),
                max_chars=LONGEST["pic"],
                help=w.t("Jabatan atau perangkat daerah, bukan nama orang."),
            ),
            "due": column.DateColumn(
                w.t("Tenggat"), format="DD/MM/YYYY", min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)
            ),
            "kelurahan": column.SelectboxColumn(
                w.t("Kelurahan/desa"), options=places, format_func=partial(_label, unit_labels(data))
            ),
            "sector": column.SelectboxColumn(
                w.t("Urusan"), options=list(sectors), format_func=partial(_label, sectors)
            ),
            "related": column.TextColumn(w.t("Indikator/PKS terkait"), max_chars=LONGEST["related"]),
        },
    )
    kept["rows"] = edited
    return [d for row in edited.itertuples(index=False) if (d := _decision(row)) != Decision()]


def _label(names: dict[str, str], value: Any) -> str:
    return names.get(str(value), str(value))


def _decision(row: Any) -> Decision:
    def text(value: Any) -> str:
        return "" if pd.isna(value) else clean(value)

    due = None if pd.isna(row.due) else row.due
    if isinstance(due, datetime):
        due = due.date()
    return Decision(text(row.decision), text(row.pic), due, text(row.kelurahan), text(row.sector), text(row.related))


def problems(session: Session, meeting: Meeting, decisions: list[Decision]) -> list[str]:
    """What is still missing or wrong, in words.

    Parameters
    ----------
    session : language, data and border of this run
    meeting, decisions : as they were typed
    """
    places = set(session.data.units("kelurahan", session.corridor.sides).index)
    found = check(meeting, decisions, places, set(language_names.sector_names(session.words)))
    return [_problem(session.words, p) for p in found]


def _problem(w: Words, problem: Problem) -> str:
    fields = {
        "name": w.t("Nama rapat"),
        "place": w.t("Tempat"),
        "day": w.t("Tanggal"),
        "agenda": w.t("Agenda"),
        "decisions": w.t("Keputusan"),
        "decision": w.t("Keputusan"),
        "pic": w.t("Penanggung jawab (jabatan/perangkat daerah)"),
        "due": w.t("Tenggat"),
        "kelurahan": w.t("Kelurahan/desa"),
        "sector": w.t("Urusan"),
        "related": w.t("Indikator/PKS terkait"),
    }
    most = MOST_AGENDA if problem.field == "agenda" else MOST_DECISIONS
    reasons = {
        "kosong": w.t("belum diisi"),
        "panjang": w.t("paling panjang {n} huruf", n=w.number(LONGEST.get(problem.field, 0))),
        "banyak": w.t("paling banyak {n} baris", n=w.number(most)),
        "tanggal": w.t("bukan tanggal yang dapat dipakai"),
        "sebelum_rapat": w.t("lebih awal daripada tanggal rapat"),
        "tidak_dikenal": w.t("tidak ada di koridor ini"),
        "nomor_identitas": w.t("memuat nomor panjang seperti NIK, NIP atau telepon; hapus"),
    }
    reason = reasons[problem.code]
    if problem.row:
        return w.t("{hal}, baris {n}: {sebab}.", hal=fields[problem.field], n=w.number(problem.row), sebab=reason)
    return w.t("{hal}: {sebab}.", hal=fields[problem.field], sebab=reason)


def findings(told: Story) -> str:
    """The sentences that the draft will hold."""
    slides = files_minutes.findings(told)[:MOST_FINDINGS]
    return "\n".join(f"- **{md(s.title)}** {md(s.sentence)}" for s in slides)


def draw_files(request: Request, meeting: Meeting, decisions: list[Decision], ready: bool) -> None:
    """Draft, table of decisions and blank form; each is made when somebody asks for it.

    Parameters
    ----------
    request : language, data, border and day
    meeting, decisions : as they were typed
    ready : whether nothing is missing or wrong
    """
    w, data, corridor = request.words, request.data, request.corridor
    docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    row = st.container(horizontal=True, vertical_alignment="center")
    row.download_button(
        w.t("Unduh draf (DOCX)"),
        partial(files_minutes.draft, request, meeting, tuple(decisions)),
        file_name=f"berita-acara-{corridor.id}.docx",
        mime=docx,
        icon=":material/description:",
        disabled=not ready,
        on_click="ignore",
    )
    row.download_button(
        w.t("Unduh keputusan (CSV)"),
        partial(files_minutes.decisions_csv, data, corridor, meeting, tuple(decisions)),
        file_name=f"keputusan-{corridor.id}.csv",
        mime="text/csv",
        icon=":material/table:",
        disabled=not (ready and decisions),
        on_click="ignore",
    )
    row.download_button(
        w.t("Formulir kosong (DOCX)"),
        partial(files_minutes.build, request),
        file_name=f"formulir-berita-acara-{corridor.id}.docx",
        mime=docx,
        icon=":material/note:",
        on_click="ignore",
    )
    with row.popover(w.t("Kosongkan"), icon=":material/delete:"):
        st.markdown(w.t("Semua isian di halaman ini dihapus dan tidak dapat dikembalikan."))
        st.button(w.t("Ya, kosongkan"), on_click=forget)


def help_text(w: Words) -> str:
    """How the draft is used, and what the columns of the table are."""
    return "\n".join(
        f"- {line}"
        for line in (
            w.t("Temuan diambil dari kalimat halaman-halaman ini; angka, tahun dan sumbernya sama."),
            w.t("Kedua pihak diperlakukan sama: urutannya urutan koridor, dan blok tanda tangannya kosong."),
            w.t(
                "Kolom CSV tetap dan tidak bergantung bahasa: {kolom}. Tanggal ditulis tahun-bulan-hari, urusan memakai id sektor.",
                kolom=md(", ".join(files_minutes.DECISION_COLUMNS)),
            ),
            w.t("Draf bukan dokumen resmi sebelum ditandatangani para pihak."),
        )
    )
