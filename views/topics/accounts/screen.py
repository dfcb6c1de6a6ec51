"""The page of accounts: one's own password, the accounts for admins, the audit trail for verifiers and admins."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from records import accounts, audit, database
from records.accounts import AccountError, Listed
from records.database import ConflictError
from records.models import Role
from records.permissions import Action, Actor, ForbiddenError, allowed
from views.language import cells
from views.language.escape import md
from views.language.words import Words
from views.link.context import Session
from views.screen import account
from views.screen.answers import show_answer
from views.screen.tables import show_table
from views.topics.accounts import words
from views.topics.accounts.controls import places

TOLD = "akun_pesan"


def draw(session: Session) -> None:
    """Draw what the account of this moment may see; every action asks again."""
    w, actor, names = session.words, account.actor(), places(session)
    show_answer(words.answer(w, actor, names))
    if told := st.session_state.pop(TOLD, None):
        (st.success if told[0] else st.error)(told[1])
    if actor.sign_in is None:
        if account.service():
            st.button(w.t("Masuk lewat layanan kantor"), on_click=st.login)
        return
    with st.expander(w.t("Kata sandi saya")):
        _draw_own_password(w)
    if allowed(actor, Action.ACCOUNTS):
        _draw_accounts(w, actor, names)
    if allowed(actor, Action.READ_AUDIT):
        _draw_audit(w, actor)


def _do(w: Words, action: Callable[[Actor], object], done: str) -> None:
    """Carry out an action as who is signed in now, and show what came of it after the next run."""
    try:
        action(account.actor())
        st.session_state[TOLD] = (True, done)
    except AccountError as error:
        st.session_state[TOLD] = (False, words.refusal(w, error.reason))
    except ForbiddenError:
        st.session_state[TOLD] = (False, w.t("Sesi Anda sudah berakhir, atau akun ini tidak boleh melakukan itu."))
    except ConflictError as conflict:
        title = md(str(conflict.stored.get("title", "")))
        st.session_state[TOLD] = (
            False,
            w.t("Akun ini baru diubah orang lain (sekarang: {nama}). Periksa lalu simpan lagi.", nama=title),
        )


def _draw_own_password(w: Words) -> None:
    def save() -> None:
        old, new, again = (str(st.session_state.pop(f"akun_{name}")) for name in ("lama", "baru", "ulang"))
        if new != again:
            st.session_state[TOLD] = (False, words.refusal(w, "different"))
            return
        done = w.t("Kata sandi sudah diganti. Masuklah lagi dengan kata sandi baru.")
        _do(w, lambda actor: accounts.own_password(actor, old, new), done)

    with st.form("akun_sandi", border=False):
        st.text_input(w.t("Kata sandi lama"), type="password", key="akun_lama", autocomplete="current-password")
        st.text_input(
            w.t("Kata sandi baru"),
            type="password",
            key="akun_baru",
            autocomplete="new-password",
            help=words.refusal(w, "weak"),
        )
        st.text_input(
            w.t("Kata sandi baru sekali lagi"), type="password", key="akun_ulang", autocomplete="new-password"
        )
        st.form_submit_button(w.t("Ganti kata sandi"), on_click=save)


def _draw_accounts(w: Words, actor: Actor, names: dict[str, str]) -> None:
    rows = accounts.listed(actor)
    st.markdown(w.t("#### Akun"))
    show_table(w, words.account_table(w, rows, names), alt=w.t("Tabel akun"))
    with st.expander(w.t("Akun baru")):
        _draw_new(w, names)
    with st.expander(w.t("Ubah akun")):
        by_name = {row.name: row for row in rows}
        chosen = st.selectbox(w.t("Akun"), list(by_name), key="akun_dipilih")
        if chosen in by_name:
            _draw_change(w, by_name[chosen], names)


def _roles(w: Words, names: dict[str, str], key: str, grants: tuple[tuple[Role, str], ...] = ()) -> None:
    called = words.role_names(w)
    for role in (Role.EDITOR, Role.VERIFIER):
        chosen = [code for own, code in grants if own == role]
        st.multiselect(
            w.t("{peran} untuk", peran=called[role]),
            list(names),
            chosen,
            format_func=names.__getitem__,
            key=f"{key}_{role}",
            placeholder=w.t("Pilih kabupaten/kota"),
        )
    st.checkbox(called[Role.ADMIN], any(own is Role.ADMIN for own, _ in grants), key=f"{key}_{Role.ADMIN}")


def _chosen_roles(key: str) -> list[tuple[Role, str]]:
    state = st.session_state
    chosen = [(role, code) for role in (Role.EDITOR, Role.VERIFIER) for code in state[f"{key}_{role}"]]
    return [*chosen, (Role.ADMIN, "")] if state[f"{key}_{Role.ADMIN}"] else chosen


def _draw_new(w: Words, names: dict[str, str]) -> None:
    def save() -> None:
        state = st.session_state
        name, title, email, password = (str(state[f"akun_baru_{n}"]) for n in ("nama", "orang", "surel", "sandi"))
        grants = _chosen_roles("akun_baru")
        _do(w, lambda actor: accounts.make(actor, name, title, password, grants, email), w.t("Akun sudah dibuat."))

    with st.form("akun_buat", border=False):
        st.text_input(w.t("Nama akun"), key="akun_baru_nama", autocomplete="off")
        st.text_input(w.t("Nama orang"), key="akun_baru_orang", autocomplete="off")
        st.text_input(w.t("Surel, bila masuk lewat layanan kantor"), key="akun_baru_surel", autocomplete="off")
        st.text_input(
            w.t("Kata sandi pertama"),
            type="password",
            key="akun_baru_sandi",
            autocomplete="new-password",
            help=words.refusal(w, "weak"),
        )
        _roles(w, names, "akun_baru")
        st.form_submit_button(w.t("Buat akun"), on_click=save)


def _draw_change(w: Words, row: Listed, names: dict[str, str]) -> None:
    key = f"akun_{row.id}_{row.version}"

    def save() -> None:
        state, grants = st.session_state, _chosen_roles(key)
        _do(
            w,
            lambda actor: accounts.save(
                actor,
                row.id,
                row.version,
                title=str(state[f"{key}_orang"]),
                email=str(state[f"{key}_surel"]),
                active=bool(state[f"{key}_aktif"]),
                grants=grants,
            ),
            w.t("Akun sudah disimpan."),
        )

    def reset() -> None:
        password = str(st.session_state.pop(f"{key}_sandi"))
        done = w.t("Kata sandi akun ini sudah diganti dan semua sesinya diakhiri.")
        _do(w, lambda actor: accounts.reset_password(actor, row.id, password), done)

    def end() -> None:
        _do(w, lambda actor: accounts.end_sign_ins(actor, row.id), w.t("Semua sesi akun ini sudah diakhiri."))

    with st.form(f"{key}_ubah", border=False):
        st.text_input(w.t("Nama orang"), row.title, key=f"{key}_orang", autocomplete="off")
        st.text_input(w.t("Surel, bila masuk lewat layanan kantor"), row.email, key=f"{key}_surel", autocomplete="off")
        _roles(w, names, key, row.grants)
        st.checkbox(w.t("Aktif"), row.active, key=f"{key}_aktif")
        st.form_submit_button(w.t("Simpan"), on_click=save)
    with st.form(f"{key}_sandi_baru", border=False):
        st.text_input(
            w.t("Kata sandi baru"),
            type="password",
            key=f"{key}_sandi",
            autocomplete="new-password",
            help=words.refusal(w, "weak"),
        )
        st.form_submit_button(w.t("Ganti kata sandi akun ini"), on_click=reset)
    st.button(w.t("Akhiri semua sesi"), on_click=end, key=f"{key}_akhiri")


def _draw_audit(w: Words, actor: Actor) -> None:
    st.markdown(w.t("#### Jejak perubahan"))
    with database.read() as session:
        rows = [audit.as_row(entry) for entry in audit.entries(session, actor)]
    show_table(w, words.audit_table(w, rows), alt=w.t("Tabel jejak perubahan"))
    st.caption(w.t("Ditampilkan {n} yang terbaru; tidak dapat diubah atau dihapus.", n=w.number(len(rows))))

    def file() -> bytes:
        # Asked for when it is clicked: the account may be another one by then.
        with database.read() as session:
            frame = pd.DataFrame(list(audit.everything(session, account.actor())), columns=list(audit.COLUMNS))
        return cells.csv_text(frame).encode("utf-8-sig")

    st.download_button(
        w.t("Unduh seluruh jejak (CSV)"), file, "jejak.csv", "text/csv", on_click="ignore", icon=":material/download:"
    )
