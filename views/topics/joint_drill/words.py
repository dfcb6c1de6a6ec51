"""Sentences of the joint drill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from analysis.fire.live_drill import OFFICE_TIME, QUANTITIES, Drill, Measured, clock
from analysis.fire.live_evaluation import Evaluation
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words

if TYPE_CHECKING:
    from views.link.context import Session


def question(session: Session) -> str:
    """The question that the page answers."""
    return session.words.t(
        "{koridor}: seberapa cepat kedua dinas datang bila berlatih bersama?",
        koridor=md(session.words.pick(session.corridor.title)),
    )


def moment(w: Words, at: datetime) -> str:
    """A moment as day and clock of the office."""
    return w.t("{tanggal} pukul {jam} WIB", tanggal=w.date((at.astimezone(UTC) + OFFICE_TIME).date()), jam=clock(at))


def answer(w: Words, drills: Sequence[Drill], opened: Drill | None, told: Evaluation | None, now: datetime) -> Answer:
    """What the page says first.

    Parameters
    ----------
    w : language
    drills : that the reader may follow
    opened : the one that is open, None for none
    told : its evaluation once it is over
    now : the moment
    """
    if opened is None:
        note = w.t("Pengisi salah satu sisi yang sudah masuk membuka latihan; peserta ikut dengan kode, tanpa akun.")
        if drills:
            return Answer(w.t("Di perbatasan ini sudah ada {n} latihan bersama.", n=w.number(len(drills))), note)
        return Answer(
            w.t(
                "Latihan bersama dicatat dari ponsel pos dan ruang kendali kedua sisi, dan semua melihat catatan yang sama."
            ),
            note,
        )
    held = w.t(
        "Dibuka {buka}; {n} kejadian, {p} pos kedua sisi dalam daftar.",
        buka=moment(w, opened.opened), n=w.number(len(opened.places)), p=w.number(len(opened.posts)),
    )  # fmt: skip
    if now <= opened.ends:
        return Answer(w.t("Latihan sedang berjalan dan catatannya tampil di bawah begitu tombol ditekan."), held)
    minutes = told.compared["open"]["minutes"].dropna() if told else pd.Series(dtype=float)
    if minutes.empty:
        return Answer(
            w.t("Latihan sudah ditutup, tetapi belum ada kejadian dengan panggilan dan kedatangan yang tercatat."), held
        )
    low, high = w.number(minutes.min()), w.number(minutes.max())
    if low == high:
        return Answer(w.t("Pada latihan ini bantuan pertama tiba kira-kira {n} menit sesudah panggilan.", n=low), held)
    return Answer(
        w.t("Pada latihan ini bantuan pertama tiba antara {a} dan {b} menit sesudah panggilan.", a=low, b=high), held
    )


def quantities(w: Words) -> dict[str, str]:
    """Names of what a drill measures, with the unit."""
    texts = (
        w.t("Menerima panggilan (menit)"),
        w.t("Bersiap dan berangkat (menit)"),
        w.t("Jeda koordinasi lintas batas (menit)"),
        w.t("Laju mobil damkar (km/jam)"),
    )
    return dict(zip(QUANTITIES, texts, strict=True))


def how_measured(w: Words) -> dict[str, str]:
    """How each is measured."""
    texts = (
        w.t("dari panggilan pertama di ruang kendali sampai panggilan pertama di pos sisi yang sama"),
        w.t("dari panggilan di sebuah pos sampai unitnya berangkat"),
        w.t("dari panggilan pertama sampai pos sisi lain dipanggil, dikurangi waktu menerima panggilan"),
        w.t("jarak garis lurus dari pos kali faktor kelokan jalan, dibagi waktu dari berangkat sampai tiba"),
    )
    return dict(zip(QUANTITIES, texts, strict=True))


def range_of(w: Words, one: Measured | None) -> str:
    """Median and range with the number of observations."""
    if one is None:
        return w.t("tidak terukur")
    return w.t(
        "{n} pengamatan: {tengah} ({rendah}–{tinggi})",
        n=w.number(one.count), tengah=w.number(one.middle, 1), rendah=w.number(one.low, 1), tinggi=w.number(one.high, 1),
    )  # fmt: skip


def doubt(w: Words, told: Evaluation) -> str:
    """What the numbers cannot say."""
    text = w.t("Beberapa pengamatan tidak membuktikan asumsi benar atau salah; kisarannya terendah sampai tertinggi.")
    if told.without_place:
        text += " " + w.t(
            "{n} perjalanan tidak dipakai untuk laju, karena letak posnya belum pasti atau posnya tidak dalam daftar.",
            n=w.number(told.without_place),
        )
    return text


def method(w: Words) -> str:
    """How a drill runs and what its clock means."""
    return "\n".join(
        f"- {line}"
        for line in (
            w.t("Setiap ponsel mengukur selisih jamnya terhadap jam server dari beberapa perjalanan pulang-pergi, yang tersingkat dipakai; waktu tekan adalah jam ponsel ditambah selisih itu. Jam ponsel yang salah dicatat, tidak ditolak."),
            w.t("Tekanan yang belum terkirim menunggu di ponsel dan menyusul dengan waktunya sendiri, juga sampai 24 jam sesudah latihan ditutup. Yang ditekan sesudah penutupan tercatat tetapi tidak dihitung."),
            w.t("Salah tekan dibatalkan dengan baris baru; tidak ada yang dihapus."),
            *(f"{name}: {how_measured(w)[key]}." for key, name in quantities(w).items()),
        )
    )  # fmt: skip
