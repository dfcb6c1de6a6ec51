"""The words of accounts: roles, what cannot be entered, what the audit trail says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from records.accounts import Listed
from records.models import Role
from records.passwords import LONGEST, SHORTEST
from records.permissions import Actor
from views.language.answer import Answer
from views.language.words import Words


def role_names(w: Words) -> dict[Role, str]:
    """What each role is called."""
    return {Role.EDITOR: w.t("Pengisi"), Role.VERIFIER: w.t("Pemeriksa"), Role.ADMIN: w.t("Admin")}


def role_line(w: Words, grants: Iterable[tuple[Role, str]], places: dict[str, str]) -> str:
    """The roles of an account in one line.

    Parameters
    ----------
    w : language
    grants : roles, each with its kabkota
    places : names of kabkota by code
    """
    names = role_names(w)
    parts = [f"{names[role]} {places.get(code, code)}".strip() for role, code in sorted(grants)]
    return ", ".join(parts) or w.t("Belum ada peran")


def answer(w: Words, actor: Actor, places: dict[str, str]) -> Answer:
    """Who is signed in, and what this allows.

    Parameters
    ----------
    w : language
    actor : who is signed in, or a reader
    places : names of kabkota by code
    """
    if actor.sign_in is None:
        return Answer(
            w.t("Untuk membaca Tapal tidak perlu masuk; untuk mengisi data, masuklah dengan akun dari kantor Anda."),
            w.t("Akun dibuat oleh admin."),
        )
    return Answer(
        w.t("Anda masuk sebagai {nama}.", nama=actor.title),
        role_line(w, actor.grants, places),
    )


def refusal(w: Words, reason: str) -> str:
    """Why something entered for an account is not used, and what can be.

    Parameters
    ----------
    w : language
    reason : of `records.accounts.AccountError`
    """
    reasons = {
        "name": w.t(
            "Nama akun memakai 2 sampai 64 huruf kecil, angka, titik, garis atau @, dan diawali huruf atau angka."
        ),
        "title": w.t("Nama orang harus diisi, paling panjang 120 huruf."),
        "email": w.t("Alamat surel tidak lengkap."),
        "weak": w.t(
            "Kata sandi harus {n} sampai {m} huruf, dengan paling sedikit enam huruf yang berbeda dan tanpa nama akun.",
            n=w.number(SHORTEST),
            m=w.number(LONGEST),
        ),
        "taken": w.t("Nama akun atau alamat surel itu sudah dipakai."),
        "grants": w.t("Pengisi dan pemeriksa memerlukan kabupaten/kota."),
        "last_admin": w.t("Harus tetap ada satu admin yang aktif."),
        "wrong_password": w.t("Kata sandi lama tidak cocok, atau terlalu sering salah."),
        "different": w.t("Kedua kata sandi baru tidak sama."),
    }
    return reasons[reason]


def _moment(w: Words, when: datetime | None) -> str:
    """A moment as the clock in Jakarta shows it; "" for none."""
    if when is None:
        return ""
    there = when.astimezone(ZoneInfo("Asia/Jakarta"))
    return f"{w.date(there.date())} {there:%H.%M} WIB"


def account_table(w: Words, rows: Sequence[Listed], places: dict[str, str]) -> pd.DataFrame:
    """All accounts, one a row.

    Parameters
    ----------
    w : language
    rows : accounts
    places : names of kabkota by code
    """
    return pd.DataFrame(
        [
            {
                w.t("Nama akun"): row.name,
                w.t("Nama orang"): row.title,
                w.t("Peran"): role_line(w, row.grants, places),
                w.t("Keadaan"): w.t("Aktif") if row.active else w.t("Ditutup"),
                w.t("Peramban yang masuk"): row.sign_ins,
                w.t("Terakhir dipakai"): _moment(w, row.seen),
            }
            for row in rows
        ]
    )


def audit_table(w: Words, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Entries of the audit trail, one a row.

    Parameters
    ----------
    w : language
    rows : of `records.audit.as_row`
    """
    names = {
        "at": w.t("Waktu"),
        "who": w.t("Oleh"),
        "action": w.t("Tindakan"),
        "table_name": w.t("Tabel"),
        "row_id": w.t("Baris"),
        "before": w.t("Sebelum"),
        "after": w.t("Sesudah"),
        "file": w.t("Dari berkas"),
    }
    actions = {
        "insert": w.t("ditambah"),
        "update": w.t("diubah"),
        "delete": w.t("dihapus"),
        "sign_in": w.t("masuk"),
        "sign_out": w.t("keluar"),
    }
    frame = pd.DataFrame(list(rows), columns=list(names)).fillna("")
    frame["at"] = [_moment(w, datetime.fromisoformat(at)) for at in frame["at"]]
    frame["action"] = frame["action"].replace(actions)
    return frame.rename(columns=names)
