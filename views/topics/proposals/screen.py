"""The pieces of the page of proposals: views, draft, what is missing, and the files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.proposals.proposals import Met
from open_data.proposals import proposal_rows
from records.proposals import reading
from views.language import aloud, cells, link_names
from views.language.escape import md
from views.language.words import Words
from views.link import context
from views.link.context import Session
from views.screen import pictures, segments
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.map.screen import geometry
from views.topics.proposals import draft, spec, tables, words
from views.topics.uploads.files import template
from views.topics.uploads.screen import SPREADSHEET


def _view_names(w: Words) -> dict[str, str]:
    """The views, by id in the link."""
    return {
        "peta": w.t("Peta"),
        "belum": w.t("Kesenjangan tanpa usulan"),
        "menyentuh": w.t("Usulan yang menyentuh"),
        "pokok": w.t("Pokok dan indikator"),
        "kembar": w.t("Sama di kedua sisi"),
        "jalur": w.t("Jalur dan jadwal"),
        "daftar": w.t("Semua usulan"),
    }


def controls(session: Session) -> None:
    """Which view."""
    segments.choose(session.words.t("Tampilkan"), _view_names(session.words), link_names.MODE, st.container())


def view(session: Session, name: str, met: Met) -> None:
    """The chosen view.

    Parameters
    ----------
    session : language, data and border of this run
    name : id of the view
    met : proposals against gaps
    """
    w, data, corridor = session.words, session.data, session.corridor
    title = _view_names(w)[name]
    alt = w.t("Tabel: {isi}", isi=title)
    if name == "peta":
        drawn = spec.spec(session, met)
        draw(drawn, geometry(data), key="petausulan", height=spec.HEIGHT)
        note = w.t("Usulan yang tidak ditolak dan tidak dibatalkan, tahun anggaran terbaru tiap kabupaten/kota.")
        pictures.under_map(session, "usulan", drawn, spec.rows(session, met), w.t("Usulan musrenbang"), note)
    elif name == "belum":
        draw_gaps(session, met)
    elif name == "menyentuh":
        here = met.proposals[met.proposals["meets"].astype(bool) & ~met.proposals["stopped"].astype(bool)]
        here = here.sort_values("at_line", ascending=False, kind="stable")
        show_table(w, tables.gaps(w, data, met, unmet=False), alt=w.t("Kesenjangan utama yang sudah diusulkan"))
        st.caption(
            w.t(
                "Di atas: kesenjangan utama di garis batas yang sudah diusulkan. Di bawah: usulannya, yang di garis batas dulu."
            )
        )
        st.caption(md(tables.sources(w, data, met)))
        show_table(w, tables.listed(w, data, here), alt=alt, key="tabel-menyentuh")
    elif name == "kembar" and met.twins.empty:
        st.info(
            w.t("Belum ada pokok yang diusulkan oleh dua kelurahan/desa yang berbatasan langsung."),
            icon=":material/help:",
        )
    elif name == "jalur":
        st.markdown("\n".join(f"- {line}" for line in words.calendars(w)))
        show_table(w, tables.by_path(w, data, corridor, met), alt=alt, key="tabel-jalur")
    else:
        frames = {
            "pokok": partial(tables.by_subject, w, data, corridor, met),
            "kembar": partial(tables.twins, w, data, met),
            "daftar": partial(tables.listed, w, data, met.proposals),
        }
        show_table(w, frames[name](), alt=alt, key=f"tabel-{name}")
        if name == "daftar" and len(met.proposals) > tables.MOST_ROWS:
            st.caption(
                w.t(
                    "{n} baris pertama dari {total}; CSV memuat semuanya.",
                    n=w.number(tables.MOST_ROWS),
                    total=w.number(len(met.proposals)),
                )
            )


def draw_gaps(session: Session, met: Met) -> None:
    """Top gaps at the line that nobody proposes, and drafts from them."""
    w, data, corridor = session.words, session.data, session.corridor
    found = tables.ordered(met, unmet=True)
    if found.empty:
        st.info(
            w.t("Setiap kesenjangan utama di garis batas disentuh sekurangnya satu usulan."), icon=":material/help:"
        )
        return
    show_table(w, tables.gaps(w, data, met, unmet=True), alt=w.t("Kesenjangan utama tanpa usulan"), key="tabel-belum")
    st.caption(md(tables.sources(w, data, met)))
    names, known = data.names("kelurahan"), data.catalogue.indicators
    titles = {"": w.t("semua kesenjangan tanpa usulan")} | {
        f"{kode} {indicator}": f"{names[kode]}: {aloud.title(w, known[indicator])}"
        for kode, indicator in zip(found["kode"].astype(str), found["indicator"].astype(str), strict=True)
    }
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    chosen = row.selectbox(
        w.t("Draf usulan dari kesenjangan"), list(titles), format_func=titles.__getitem__, key="draf usulan", width=420
    )
    picked = found[(found["kode"] + " " + found["indicator"]) == chosen] if chosen else found
    frame = partial(draft.rows, Words("id"), data, corridor, picked, context.today())
    row.download_button(
        w.t("Unduh draf (XLSX)"),
        lambda: draft.workbook(frame()),
        file_name=f"draf-usulan-{corridor.id}.xlsx",
        mime=SPREADSHEET,
        icon=":material/download:",
        on_click="ignore",
        key="draf xlsx",
    )
    row.download_button(
        w.t("Unduh draf (CSV)"),
        lambda: cells.csv_text(frame()).encode(),
        file_name=f"draf-usulan-{corridor.id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="draf csv",
    )
    st.caption(w.t("Urutan kolomnya seperti ekspor SIPD; yang hanya diketahui pengusul dibiarkan kosong."))


def draw_missing(session: Session, met: Met) -> None:
    """What has not been brought, by whom it could be, and the template."""
    w = session.words
    missing = words.unbrought(session.corridor, met)
    if missing:
        st.info(words.nothing(w, session.data, missing), icon=":material/help:")


def downloads(session: Session, met: Met) -> None:
    """CSV of all proposals and the template, made when somebody asks for them."""
    w, data, corridor = session.words, session.data, session.corridor
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if not met.proposals.empty:
        row.download_button(
            w.t("Unduh usulan (CSV)"),
            lambda: cells.csv_text(
                proposal_rows(data, reading.proposals(corridor.sides), data.border(corridor))
            ).encode(),
            file_name=f"usulan-{corridor.id}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="csv usulan",
        )
    row.download_button(
        w.t("Unduh templat usulan (XLSX)"),
        partial(template, data, corridor, "usulan"),
        file_name="templat-usulan.xlsx",
        mime=SPREADSHEET,
        icon=":material/download:",
        on_click="ignore",
        key="templat usulan",
    )


def draw_published(session: Session) -> None:
    """What was published of musrenbang of both sides."""
    w, data = session.words, session.data
    lines = words.published(w, data, session.corridor)
    fold = folded(w.t("Terbitan tentang musrenbang"), "fact_check", "terbitan usulan") if lines else None
    if fold is not None:
        fold.markdown("\n".join(lines))


def draw_files(session: Session) -> None:
    """The files that were taken."""
    w = session.words
    fold = folded(w.t("Berkas yang sudah dibawa"), "folder_zip", "berkas usulan")
    if fold is not None:
        rows = reading.imports(session.corridor.sides)
        if rows:
            show_table(w, tables.imports(w, session.data, rows), alt=w.t("Berkas yang sudah dibawa"), place=fold)
        else:
            fold.markdown(md(w.t("Belum ada.")))
