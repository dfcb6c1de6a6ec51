"""The page of the catalogue: what it holds, for admins the forms, and what was saved here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
import yaml

from data.catalogue import CatalogueError, Fault
from data.catalogue.entries import Typed, as_yaml
from records.catalogue import reading, store
from records.catalogue.reading import Saved
from records.catalogue.tables import LONGEST_NOTE
from records.permissions import Action, Actor, ForbiddenError, allowed
from views.language import link_names
from views.language.escape import echo
from views.link import context
from views.link.context import Session
from views.screen import account
from views.screen.answers import show_answer
from views.screen.tables import show_table
from views.topics.catalogue import fields, tables, words
from views.topics.catalogue.fields import FIELDS, Field

TOLD, KIND, ENTRY, VERSION = "katalog pesan", "katalog jenis", "katalog entri", "katalog versi"
LONGEST_TYPED = 5000
"""Signs of a field that the browser takes; what is too long for an entry is refused by name."""


def draw(session: Session) -> None:
    """Draw the page; every action asks again who acts."""
    w, data, actor = session.words, session.now, account.actor()
    saved = reading.saved(actor)
    show_answer(words.answer(w, session.data.catalogue, saved))
    _tell(session)
    kinds = words.kind_names(w)
    kind = st.segmented_control(
        w.t("Jenis entri"), list(kinds), default="indicators", format_func=kinds.__getitem__, key=KIND
    )
    kind = kind or "indicators"
    shown = fields.names_of(session.data.catalogue, kind)
    show_table(w, tables.entries_table(w, session.data, shown, kind), alt=w.t("Entri katalog"))
    st.download_button(
        w.t("Unduh sebagai YAML ({nama})", nama=f"{kind}.yaml"),
        as_yaml(shown.values()),
        file_name=f"{kind}.yaml",
        mime="application/yaml",
        icon=":material/download:",
        on_click="ignore",
    )
    if not allowed(actor, Action.CATALOGUE):
        st.caption(w.t("Yang dapat menambah atau mengubah entri: admin yang sudah masuk."))
    elif session.data.as_of is not None:
        st.caption(w.t("Halaman ini per versi lama; kembali ke data sekarang untuk mengubah entri."))
    else:
        _draw_form(session, kind, fields.names_of(data.catalogue, kind), max((one.number for one in saved), default=0))
    _draw_saved(session, actor, saved)


def _tell(session: Session) -> None:
    """What came of the last action: done, or every field with its problem."""
    w = session.words
    told: tuple[str, tuple[Fault, ...]] | None = st.session_state.pop(TOLD, None)
    if told is None:
        return
    text, faults = told
    if not faults:
        (st.success if text else st.error)(text or w.t("Hanya admin yang sudah masuk boleh melakukan itu."))
        return
    st.error(w.t("Tidak ada yang disimpan: {n} isian bermasalah.", n=w.number(len(faults))), icon=":material/block:")
    show_table(w, tables.faults_table(w, faults), alt=w.t("Isian yang bermasalah dan sebabnya"))


def _do(action: Callable[[Actor], str]) -> None:
    """Carry out an action as who is signed in now; what came of it is told in the next run."""
    try:
        st.session_state[TOLD] = (action(account.actor()), ())
    except CatalogueError as error:
        st.session_state[TOLD] = ("", error.faults or (Fault("", "form"),))
    except ForbiddenError:
        st.session_state[TOLD] = ("", ())


def _draw_form(session: Session, kind: str, known: dict[str, Typed], newest: int) -> None:
    w = session.words
    st.markdown(w.t("#### Tambah atau ubah entri"))
    new = w.t("entri baru")
    chosen = st.selectbox(
        w.t("Entri"),
        ["", *known],
        format_func=lambda key: f"{key}: {tables.title(w, known[key])}" if key else new,
        key=f"{ENTRY} {kind}",
    )
    before = known.get(chosen or "")
    # Another entry, or a newer version of this one, has fields of its own.
    prefix = f"katalog {kind} {chosen} {newest}"

    def save() -> None:
        state = st.session_state
        values = {field.name: state.get(f"{prefix} {field.name}", "") for field in FIELDS[kind]}
        if before is not None:
            values["id"] = before.id
        raw, note = fields.raw_of(kind, values, before), str(state.get(f"{prefix} alasan", ""))

        def send(actor: Actor) -> str:
            number = store.save(actor, context.dataset(), kind, raw, newest, note)
            st.session_state[VERSION] = number
            return w.t(
                "Tersimpan sebagai versi {n}; semua halaman dan berkas memakainya mulai sekarang.", n=str(number)
            )

        _do(send)

    values = fields.values_of(kind, before)
    with st.form(f"{prefix} isian", border=True):
        for row in fields.rows_of(kind):
            # On a telephone columns stand below each other, with the gap that they have here; an empty one leaves a hole.
            for column, field in zip(st.columns(2) if len(row) > 1 else [st.container()], row, strict=True):
                with column:
                    _draw_field(session, kind, field, values[field.name], before, f"{prefix} {field.name}")
        st.text_input(w.t("Alasan perubahan, untuk riwayat"), key=f"{prefix} alasan", max_chars=LONGEST_NOTE)
        st.form_submit_button(w.t("Simpan"), on_click=save, icon=":material/edit_note:")


def _draw_field(session: Session, kind: str, field: Field, value: Any, before: Typed | None, key: str) -> None:
    w = session.words
    label = words.field_name(w, field.name)
    match field.how:
        case "flag":
            st.checkbox(label, bool(value), key=key)
        case "choice" | "several":
            names = words.option_names(w).get(field.name, {})
            options = fields.options_of(session.now, kind, field, before)
            if field.name == "sides":
                names = dict(session.data.kabkota_names)
            shown: Callable[[str], str] = lambda one: names.get(one, one)  # noqa: E731
            if field.how == "several":
                st.multiselect(label, options, value, format_func=shown, key=key, placeholder=w.t("Pilih"))
            else:
                st.selectbox(label, options, options.index(value), format_func=shown, key=key)
        case "area" | "lines":
            st.text_area(label, value, key=key, max_chars=LONGEST_TYPED, height=96)
        case _:
            fixed = field.name == "id" and before is not None
            st.text_input(label, value, key=key, max_chars=LONGEST_TYPED, disabled=fixed, autocomplete="off")


def _draw_saved(session: Session, actor: Actor, saved: tuple[Saved, ...]) -> None:
    """What was saved here: before and after, the view as of it, and its withdrawal."""
    w = session.words
    st.markdown(w.t("#### Riwayat katalog"))
    if not saved:
        st.caption(w.t("Belum ada entri yang ditambah atau diubah di server ini."))
        return
    people = allowed(actor, Action.CATALOGUE)
    show_table(w, tables.saved_table(w, saved, people), alt=w.t("Riwayat katalog"))
    by_number = {one.number: one for one in saved}
    number = st.selectbox(
        w.t("Versi"), list(by_number), format_func=lambda n: f"{n}: {by_number[n].entry}", key=VERSION
    )
    one = by_number[number]
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(w.t("**Sebelum**"))
        st.code(_as_text(one.before) or w.t("belum ada"), language=None, wrap_lines=True)
    with right:
        st.markdown(w.t("**Sesudah**"))
        st.code(_as_text(one.content), language=None, wrap_lines=True)
    st.page_link(
        "pages/beranda.py",
        label=w.t("Buka Tapal per versi ini"),
        query_params=context.link(session, {link_names.AS_OF: str(number)}),
        icon=":material/history:",
    )
    if one.withdrawn is not None or not people:
        return

    def withdraw() -> None:
        reason = str(st.session_state.get("katalog tarik alasan", ""))

        def send(who: Actor) -> str:
            store.withdraw(who, context.dataset(), number, reason)
            return w.t("Versi {n} ditarik; halaman dan berkas tidak memakainya lagi.", n=str(number))

        _do(send)

    st.text_input(w.t("Alasan menarik versi {n}", n=str(number)), key="katalog tarik alasan", max_chars=LONGEST_NOTE)
    st.button(
        w.t("Tarik {entri}", entri=echo(one.entry)), on_click=withdraw, icon=":material/undo:", key="katalog tarik"
    )


def _as_text(content: dict[str, Any] | None) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False)) if content else ""
