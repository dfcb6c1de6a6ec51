"""Bring a file and see what it would change. It lies in the memory of the session only; nothing is written anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.uploads.needed import needed
from data import held_boundaries, lists
from data.intake.places import LEAVE_OUT, Doubt
from data.intake.problems import FileError, Problem
from data.intake.sheets import MAPS, kind_of
from data.intake.values import Answers, Question
from data.tables import Dataset
from records.uploads import reading
from views.language.answer import Answer
from views.language.escape import echo, md
from views.language.names import kind_names
from views.link.context import Session
from views.link.results import kept
from views.screen import account
from views.screen.tables import folded, show_table
from views.topics.uploads import editor, tables, words
from views.topics.uploads.check import MOST_SHOWN, Checked, check, indicators_of
from views.topics.uploads.files import TEMPLATES, file_names, template, with_remarks
from views.topics.uploads.opendocument import TYPE
from views.topics.uploads.places import PlacesOf

UPLOAD, STATE, INDICATOR = "berkas_diperiksa", "unggah", "unggah indikator"
MEGABYTES = 10
MOST_DOUBTS = 20
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": "text/csv", "xlsx": SPREADSHEET, "ods": TYPE}


@kept(64)
def _wanting(data: Dataset, corridor: str) -> Any:
    """The files that a corridor needs."""
    return needed(data.border(data.catalogue.corridors[corridor]), data.measures)


def answer(session: Session) -> Answer:
    """Which file would help most."""
    return words.answer(session.words, session.data, _wanting(session.data, session.corridor.id))


def draw_file(session: Session) -> None:
    """The place for a file, and what it would change."""
    w = session.words
    file = st.file_uploader(
        w.t("Berkas untuk diperiksa: CSV, XLSX, ODS, GeoJSON, GeoPackage, KML atau ZIP shapefile, paling besar 10 MB"),
        type=["csv", "xlsx", "ods", "geojson", "json", "gpkg", "kml", "zip"],
        max_upload_size=MEGABYTES,
        key=UPLOAD,
    )
    st.caption(
        w.t(
            "Yang dikenali: penduduk (Prodeskel, Dukcapil), nilai indikator, hitungan monografi, usulan SIPD, daftar fasilitas dan pos damkar, batas kelurahan/desa. "
            "Berkasnya hanya ada di memori sesi ini; yang diajukan hanya baris yang dibaca. Daftar nama orang atau NIK ditolak; nama pengusul, "
            "alamat dan telepon tidak ikut dibaca."
        )
    )
    if file is None:
        st.session_state.pop(STATE, None)
        return
    content, state = file.getvalue(), _state(session, file.file_id)
    try:
        checked = _checked(session, content, state)
    except FileError as error:
        asks = {"indicator_asked": _ask_indicator, "kind_asked": _ask_kind}
        if error.problem.code not in asks:
            st.error(words.refusal(w, error.problem), icon=":material/error:")
            return
        asks[error.problem.code](session, state)
        return
    if state["indicator"]:
        _ask_indicator(session, state)
    if state["kind"]:
        _ask_kind(session, state)
    _draw_checked(session, file.name, content, state, checked)


def _state(session: Session, file: str) -> dict[str, Any]:
    """The answers about the file of this session; another file or border asks anew."""
    corridor = session.corridor.id
    known: dict[str, Any] | None = st.session_state.get(STATE)
    if known is None or known["file"] != file or known["corridor"] != corridor:
        known = {"file": file, "corridor": corridor, "indicator": "", "codes": "", "habits": {}, "places": {}}
        known |= {"kind": "", "posts": "", "complete": None, "doubts": {}, "questions": {}, "done": None}
        for code in sorted(account.actor().kabkota() & set(session.corridor.sides)):
            # How an office writes its names holds from file to file; what "1.234" means does not.
            known["places"] |= reading.remembered(code).get("places", {})
        st.session_state[STATE] = known
        st.session_state.pop(INDICATOR, None)
    return known


def _checked(session: Session, content: bytes, state: dict[str, Any]) -> Checked:
    """The file under the answers given so far; read again only when one of them changed."""
    answers = Answers(
        dict(state["habits"]), state["codes"], dict(state["places"]), state["indicator"], state["kind"], state["posts"]
    )
    if state["done"] is None or state["done"][0] != answers:
        bar = st.progress(0.0, session.words.t("Berkas dibaca…"))
        try:
            state["done"] = answers, check(session.now, session.corridor, content, answers, partial(_show, bar))
        finally:
            bar.empty()
    found: Checked = state["done"][1]
    state["doubts"] |= {doubt.key: doubt for doubt in found.doubts}
    state["questions"] |= {(q.kind, q.column): q for q in found.questions}
    return found


def _show(bar: DeltaGenerator, share: float) -> None:
    bar.progress(min(share, 1.0))


def _ask_indicator(session: Session, state: dict[str, Any]) -> None:
    w, known = session.words, indicators_of(session.data)
    options = list(known)
    st.selectbox(
        w.t("Berkas ini tidak menyebut indikatornya. Nilai apa isinya?"),
        options,
        index=options.index(state["indicator"]) if state["indicator"] in options else None,
        format_func=lambda i: w.pick(known[i].title),
        placeholder=w.t("Pilih indikator"),
        key=INDICATOR,
        on_change=_set,
        args=(state, "indicator", INDICATOR),
    )


def _ask_kind(session: Session, state: dict[str, Any]) -> None:
    w, names, widget = session.words, kind_names(session.words), f"unggah {state['file']} jenis"
    st.selectbox(
        w.t("Daftar ini tidak menyebut jenis tempatnya. Tempat apa isinya?"),
        lists.KINDS,
        index=lists.KINDS.index(state["kind"]) if state["kind"] in lists.KINDS else None,
        format_func=names.__getitem__,
        placeholder=w.t("Pilih jenis"),
        key=widget,
        on_change=_set,
        args=(state, "kind", widget),
    )


def _set(state: dict[str, Any], name: str, widget: str, key: str = "") -> None:
    """Keep an answer; the file is read again with it."""
    value = st.session_state[widget]
    if not key:
        state[name] = value or ""
    elif value:
        state[name][key] = value
    else:
        state[name].pop(key, None)


def _draw_checked(session: Session, name: str, content: bytes, state: dict[str, Any], checked: Checked) -> None:
    w, features = session.words, checked.kind in MAPS
    st.markdown(words.summary(w, checked.layout, checked.counts, len(checked.removed)))
    told = st.error if checked.counts["refused"] else st.info
    told(words.verdict(w, checked.counts), icon=":material/fact_check:")
    _draw_questions(session, state)
    draw_doubts(session, state)
    draw_problems(session, name, content, checked.problems, checked.notes, features)
    draw_notes(session, checked)
    if checked.places is not None and len(checked.places.rows):
        _ask_whole(session, state, checked.places)
        editor.draw_places(session, checked.places, bool(state["complete"]), "unggahtempat", features)
    if checked.boundaries is not None and len(checked.boundaries.rows):
        st.markdown(words.bounds_summary(w, checked.boundaries))
        editor.draw_boundaries(session, checked.boundaries)
    editor.draw_submit(session, name, content, state, checked)
    if checked.sample is not None:
        _draw_proposals(session, checked)
    elif len(checked.figures):
        st.markdown(w.t("**Angka di berkas terhadap angka sekarang**"))
        editor.figures_map(session, checked.figures, "unggahpeta")
        show_table(w, tables.figures_table(w, session.now, checked.figures), alt=w.t("Angka di berkas dan sekarang"))
        st.caption(words.far_rule(w))
    if len(checked.removed):
        fold = folded(w.t("Angka sekarang yang tidak ada di berkas"), "playlist_remove", "unggah hilang")
        if fold is not None:
            removed = tables.removed_table(w, session.data, checked.removed)
            show_table(w, removed, alt=w.t("Angka sekarang yang tidak ada di berkas"), place=fold)


def draw_problems(
    session: Session,
    name: str,
    content: bytes,
    problems: Sequence[Problem],
    notes: Sequence[Problem],
    features: bool = False,
) -> None:
    """What is wrong in a file: by kind, one by one, and all of it as remarks in a copy that can be downloaded.

    Parameters
    ----------
    session : language and data of this run
    name, content : of the file
    problems, notes : why rows are refused, and what must be said besides
    features : the rows are features of a map file, counted from 1
    """
    w = session.words
    if problems:
        st.markdown(w.t("**Yang ditolak, menurut jenisnya**"))
        show_table(w, tables.kinds_table(w, problems), alt=w.t("Masalah menurut jenisnya"))
        shown = tables.problem_table(w, name, problems[:MOST_SHOWN], features)
        show_table(w, shown, alt=w.t("Semua masalah: berkas, lembar, baris, kolom, nilai, sebabnya"))
    kind = "xlsx" if features else kind_of(content)
    st.download_button(
        w.t("Unduh salinan berkas dengan catatan ({jenis})", jenis=words.KINDS[kind]),
        partial(with_remarks, w, content, (*problems, *notes)),
        file_name=f"berkas-dengan-catatan.{kind}",
        mime=KINDS[kind],
        icon=":material/download:",
        on_click="ignore",
    )


def _ask_whole(session: Session, state: dict[str, Any], found: PlacesOf) -> None:
    """Whether the list is whole, and whose the fire posts are: what it makes of the other places hangs on it."""
    w, names = session.words, session.data.kabkota_names
    if found.rows["kind"].eq(lists.POST).any():
        own = str(found.rows.loc[found.rows["kind"].eq(lists.POST), "kabkota"].iloc[0])
        options = list(dict.fromkeys((*session.corridor.sides, own, *names)))
        st.selectbox(
            w.t("Pos damkar di daftar ini milik kabupaten/kota mana?"),
            options,
            index=options.index(own),
            format_func=names.__getitem__,
            key=f"unggah {state['file']} pos",
            on_change=_set,
            args=(state, "posts", f"unggah {state['file']} pos"),
        )
    widget = f"unggah {state['file']} lengkap"
    st.radio(
        w.t("Apakah daftar ini lengkap untuk jenis dan kabupaten/kota yang disebutnya?"),
        [True, False],
        index=None if state["complete"] is None else [True, False].index(state["complete"]),
        format_func=lambda whole: words.whole_names(w)[whole],
        key=widget,
        on_change=_keep,
        args=(state, "complete", widget),
    )
    if len(found.unnamed):
        st.caption(md(w.t("Tidak disebut: {n} tempat yang sekarang ditampilkan.", n=w.number(len(found.unnamed)))))


def _keep(state: dict[str, Any], name: str, widget: str) -> None:
    """Keep an answer that may be no."""
    state[name] = st.session_state[widget]


def _draw_questions(session: Session, state: dict[str, Any]) -> None:
    """What a column means, asked once for all its cells."""
    w = session.words
    for (kind, column), question in state["questions"].items():
        codes = kind == "codes"
        name, key = ("codes", "") if codes else ("habits", column)
        options = _code_options(session, question) if codes else _number_options(session, question)
        chosen = state["codes"] if codes else state["habits"].get(column)
        widget = f"unggah {state['file']} {kind} {column}"
        if codes:
            label = w.t("Kolom {kolom} berisi kode apa?", kolom=echo(column))
        else:
            label = w.t(
                "Di kolom {kolom} ada {contoh}. Apa artinya?",
                kolom=echo(column),
                contoh=echo(" · ".join(question.examples)),
            )
        st.radio(
            label,
            list(options),
            index=list(options).index(chosen) if chosen in options else None,
            format_func=options.__getitem__,
            key=widget,
            on_change=_set,
            args=(state, name, widget, key),
        )


def _code_options(session: Session, question: Question) -> dict[str, str]:
    w, (bps, own) = session.words, question.counts
    return {
        "bps": w.t("Kode BPS ({n} cocok)", n=w.number(bps)),
        "kemendagri": w.t("Kode Kemendagri ({n} cocok)", n=w.number(own)),
    }


def _number_options(session: Session, question: Question) -> dict[str, str]:
    w, text = session.words, question.examples[0]
    digits = text.replace(".", "").replace(",", "")
    whole, part = w.number(float(digits)), w.number(float(f"{digits[:-3]}.{digits[-3:]}"), 3)
    thousands = {"id": whole, "en": part} if "." in text else {"id": part, "en": whole}
    return {
        "id": w.t("Kebiasaan Indonesia: {contoh} dibaca {nilai}", contoh=echo(text), nilai=echo(thousands["id"])),
        "en": w.t("Kebiasaan Inggris: {contoh} dibaca {nilai}", contoh=echo(text), nilai=echo(thousands["en"])),
    }


def draw_doubts(session: Session, state: dict[str, Any]) -> None:
    """Places that a person must name; the likeliest are offered, none is taken by itself.

    Parameters
    ----------
    session : language, data and border of this run
    state : answers of who brings the file; a place that is named goes into its `places`
    """
    w = session.words
    doubts: list[Doubt] = list(state["doubts"].values())
    open_ones = [doubt for doubt in doubts if doubt.key not in state["places"]]
    shown = [doubt for doubt in doubts if doubt.key in state["places"]][-MOST_DOUBTS:] + open_ones[:MOST_DOUBTS]
    if not shown:
        return
    st.markdown(w.t("**Tempat yang perlu Anda pastikan: {n} belum dijawab**", n=w.number(len(open_ones))))
    places = session.data.kelurahan
    more = session.data.kecamatan

    def label(kode: str) -> str:
        if kode == LEAVE_OUT:
            return w.t("Tidak satu pun; jangan pakai")
        row = places.loc[kode] if kode in places.index else more.loc[kode]
        area = f"{row['kecamatan']}, {row['kabkota']}" if kode in places.index else str(row["kabkota"])
        return f"{row['nama']} ({area}) {kode}"

    for doubt in shown:
        options = [*doubt.options, LEAVE_OUT]
        chosen = state["places"].get(doubt.key)
        # The key of a widget must not hold what the file says: it may be long.
        widget = f"unggah {state['file']} {hashlib.sha256(doubt.key.encode()).hexdigest()[:16]}"
        st.selectbox(
            words.doubt_text(w, doubt),
            options,
            index=options.index(chosen) if chosen in options else None,
            format_func=label,
            placeholder=w.t("Pilih tempat"),
            key=widget,
            on_change=_set,
            args=(state, "places", widget, doubt.key),
        )


def draw_notes(session: Session, checked: Checked) -> None:
    """What must be said of a file that is not refused."""
    w = session.words
    lines = []
    for note in checked.notes[:MOST_DOUBTS]:
        where = ", ".join(filter(None, (note.sheet, f"{note.column}{note.row}" if note.code == "formula" else "")))
        lines.append(f"- {echo(where)}: {_said(session, note)}" if where else f"- {_said(session, note)}")
    if checked.dropped:
        lines.append("- " + w.t("tidak dibaca, karena menyebut orang: {kolom}", kolom=echo("; ".join(checked.dropped))))
    if checked.masked:
        lines.append("- " + w.t("{n} nomor NIK atau telepon di dalam teks dicoret", n=w.number(checked.masked)))
    if lines:
        st.markdown("\n".join([w.t("**Catatan**"), "", *lines]))


def _said(session: Session, note: Problem) -> str:
    return words.echo_reason(session.words, note)


def _draw_proposals(session: Session, checked: Checked) -> None:
    w = session.words
    if checked.sample is None or checked.sample.empty:
        return
    st.markdown(w.t("**Usulan pertama di berkas**"))
    st.caption(
        w.t(
            "{n} kelurahan/desa disebut. Halaman Usulan menyimpannya untuk pengisi kabupaten/kota.",
            n=w.number(0 if checked.of_places is None else len(checked.of_places)),
        )
    )
    show_table(w, tables.proposals_table(w, session.data, checked.sample), alt=w.t("Usulan pertama di berkas"))


def draw_templates(session: Session) -> None:
    """Workbooks to fill in, with the codes and names of the border."""
    w, data, corridor = session.words, session.data, session.corridor
    st.markdown(w.t("#### Templat"))
    known = indicators_of(data)
    indicator = st.selectbox(
        w.t("Indikator untuk templat nilai"),
        list(known),
        format_func=lambda i: w.pick(known[i].title),
        key="unggah templat",
    )
    names = kind_names(w)
    place = st.selectbox(
        w.t("Jenis untuk templat daftar tempat"), lists.KINDS, format_func=names.__getitem__, key="unggah templat jenis"
    )
    row = st.container(horizontal=True)
    for kind in TEMPLATES:
        row.download_button(
            file_names(w)[kind],
            partial(template, data, corridor, kind, indicator if kind == "indikator" else "", place),
            file_name=f"templat-{kind}.xlsx",
            mime=SPREADSHEET,
            icon=":material/download:",
            on_click="ignore",
            key=f"unggah templat {kind}",
        )
    for side in corridor.sides:
        row.download_button(
            w.t("Batas {kabkota} (GeoJSON)", kabkota=md(data.kabkota_names[side])),
            partial(held_boundaries.template, session.now, side),
            file_name=f"templat-batas-{side}.geojson",
            mime="application/geo+json",
            icon=":material/download:",
            on_click="ignore",
            key=f"unggah templat batas {side}",
        )
    st.caption(
        w.t(
            "Kode dan nama kelurahan/desa kedua sisi, dan tempat yang sekarang ditampilkan, sudah terisi; yang tidak diketahui dibiarkan kosong."
        )
    )


def draw_needed(session: Session) -> None:
    """What is hatched today, and which file would fill it."""
    w, data = session.words, session.data
    found = _wanting(data, session.corridor.id)
    st.markdown(w.t("#### Yang paling dibutuhkan"))
    if found.empty:
        st.caption(w.t("Tidak ada nilai yang belum diketahui di kedua sisi perbatasan ini."))
        return
    show_table(w, tables.needed_table(w, data, found), alt=w.t("Berkas yang dibutuhkan, menurut banyaknya warga"))
    st.caption(w.t("Yang diarsir hari ini, atau masih perkiraan, menurut banyaknya warga di kelurahan/desa itu."))
