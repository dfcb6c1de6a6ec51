"""Sentences of the drill."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.fire import drill as fire_drill
from analysis.fire.drill import DrillError, Incident
from analysis.fire.posts import Post
from analysis.fire.realisations import Realisations
from data.tables import Dataset
from views.figures.legend import text_table
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import echo, md
from views.language.words import Words
from views.topics.fire import words as fire_words
from views.topics.fire.choices import FireState

if TYPE_CHECKING:
    from views.link.context import Session


def question(session: Session) -> str:
    """The question of the page, safe in Markdown.

    Parameters
    ----------
    session : language, data and border of this run
    """
    w = session.words
    return w.t(
        "{koridor}: siapa yang akan datang, dan siapa yang datang dalam latihan?",
        koridor=md(w.pick(session.corridor.title)),
    )


def answer(w: Words, state: FireState, posts: Sequence[Post], model: pd.DataFrame) -> Answer:
    """The chance of help in time, from own posts and from the nearest of any side.

    Parameters
    ----------
    w, state : language, and state of the fire page
    posts : all of them, those known only by an area too
    model : who would have come, as `analysis.fire.drill.answers` gives it
    """
    if model.empty:
        return Answer(w.t("Tidak ada kelurahan berpenduduk di garis batas untuk latihan."))
    closed, opened = float(model["closed_in_time"].mean()), float(model["open_in_time"].mean())
    if isnan(closed) or isnan(opened):
        sentence = w.t("Peluang pertolongan tiba tepat waktu belum dapat dihitung, karena letak pos belum diketahui.")
    elif (own := aloud.chance(w, closed)) == (together := aloud.chance(w, opened)):
        sentence = w.t(
            "Pada kejadian contoh di perbatasan, peluang pertolongan tiba tepat waktu {peluang}, dari pos sendiri maupun bersama.",
            peluang=own,
        )
    else:
        sentence = w.t(
            "Pada kejadian contoh di perbatasan, peluang pertolongan tiba tepat waktu {sendiri} dari pos sendiri dan {bersama} bersama.",
            sendiri=own,
            bersama=together,
        )
    changed = model[(model["open_post"] != model["closed_post"]) & model["open"].notna()]
    note = w.t(
        "Tepat waktu: {target} menit; {a} sendiri, {b} bersama; {n} kejadian, {m} didatangi pos lain. Letak {tepat} dari {semua} pos tepat.",
        target=sentences.number(w, state.choices.target),
        a=w.percent(closed),
        b=w.percent(opened),
        n=w.number(len(model)),
        m=w.number(len(changed)),
        tepat=w.number(sum(p.exact for p in posts)),
        semua=w.number(len(posts)),
    )
    return Answer(sentence, note)


def place_name(data: Dataset, incident: Incident) -> str:
    """Kelurahan, kecamatan and kabkota of an incident, as plain text.

    Parameters
    ----------
    data, incident : data and the incident
    """
    row = data.kelurahan.loc[incident.kode]
    return f"{row['nama']}, {row['kecamatan']} ({row['kabkota']})"


def _who(session: Session, drawn: Realisations, post_id: str, share: float) -> str:
    """The post that most often comes first, and how surely."""
    w = session.words
    posts: dict[str, Post] = {p.id: p for p in drawn.posts}
    if post_id not in posts:
        return w.no_data
    return w.t("{pos} ({bagian})", pos=fire_words.post_name(session, posts[post_id]), bagian=w.percent(share))


def span(w: Words, row: Mapping[Hashable, float], plan: str) -> str:
    """Minutes with their range.

    Parameters
    ----------
    w : language
    row : of an incident in `analysis.fire.drill.answers`
    plan : "closed" for own posts, "open" for the nearest of any side
    """
    if row[plan] != row[plan]:
        return w.no_data
    return w.t(
        "{n} ({rendah}–{tinggi})",
        n=w.number(row[plan]),
        rendah=w.number(row[f"{plan}_low"]),
        tinggi=w.number(row[f"{plan}_high"]),
    )


def table(session: Session, drawn: Realisations, found: Sequence[Incident], model: pd.DataFrame) -> str:
    """Who would have come to each incident, as HTML.

    Parameters
    ----------
    session : language, data and border of this run
    drawn : distances of the posts
    found : the incidents
    model : who would have come, as `analysis.fire.drill.answers` gives it
    """
    w = session.words
    rows = model.to_dict("index")
    heads = [w.t("No."), w.t("Tempat"), w.t("Pos sendiri, menit"), w.t("Boleh lintas batas, menit"), w.t("Peluang")]
    body = [
        (
            str(p.number),
            w.t(
                "{nama} ({kabkota})",
                nama=str(session.data.kelurahan.at[p.kode, "nama"]),
                kabkota=str(session.data.kelurahan.at[p.kode, "kabkota"]),
            ),
            _who_and_when(session, drawn, rows[p.number], "closed"),
            _who_and_when(session, drawn, rows[p.number], "open"),
            w.t(
                "{a} → {b}",
                a=w.percent(rows[p.number]["closed_in_time"]),
                b=w.percent(rows[p.number]["open_in_time"]),
            ),
        )
        for p in found
    ]
    return text_table(w.t("Siapa yang akan datang ke tiap kejadian"), heads, body)


def _who_and_when(session: Session, drawn: Realisations, row: Mapping[Hashable, Any], plan: str) -> str:
    if row[plan] != row[plan]:
        return session.words.no_data
    return session.words.t(
        "{pos}, {menit}",
        pos=_who(session, drawn, row[f"{plan}_post"], row[f"{plan}_share"]),
        menit=span(session.words, row, plan),
    )


def picture_title(session: Session, state: FireState, seed: int) -> str:
    """What the picture of the map is called.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the fire page
    seed : number of the drill
    """
    return session.words.t(
        "Latihan nomor {n}: tempat kejadian, dan peluang damkar tiba dalam {target} menit bila boleh lintas batas",
        n=session.words.number(seed),
        target=sentences.number(session.words, state.choices.target),
    )


def note(w: Words) -> str:
    """How the places were chosen and how to read the table."""
    return w.t(
        "Tempat dipilih acak menurut penduduk di kelurahan yang menyentuh garis batas, bergiliran dari tiap sisi. Persen di belakang pos: bagian dari kemungkinan letak pos di mana pos itu yang pertama. Tempat latihan yang sebenarnya ditentukan kedua dinas."
    )


def refusal(w: Words, error: DrillError, place: str) -> str:
    """Why a log or a time is not used: where, and what is wrong.

    Parameters
    ----------
    w : language
    error : in a row of an uploaded file, or in a time of the log
    place : the incident in words where the log itself is wrong; "" for a file
    """
    shown = echo(error.value)
    problems = {
        "jumlah": w.t("jumlah baris ({nilai}) tidak sama dengan jumlah kejadian latihan ini", nilai=shown),
        "koridor": w.t("“{nilai}” bukan koridor yang terbuka", nilai=shown),
        "benih": w.t("“{nilai}” bukan nomor latihan yang terbuka", nilai=shown),
        "nomor": w.t("“{nilai}” bukan nomor kejadian latihan ini, atau muncul dua kali", nilai=shown),
        "kode": w.t("“{nilai}” bukan kelurahan kejadian ini", nilai=shown),
        "jam": w.t("“{nilai}” bukan jam; tulis misalnya 14:05", nilai=shown),
        "lama": w.t(
            "tiba {nilai} lebih dari {n} menit setelah panggilan", nilai=shown, n=w.number(fire_drill.LONGEST_MINUTES)
        ),
        "panjang": w.t("teks lebih dari {n} huruf", n=w.number(fire_drill.LONGEST_TEXT)),
    }
    problem = problems[error.code]
    if place:
        return w.t("{tempat}: {masalah}.", tempat=place, masalah=problem)
    if error.row:
        text = w.t(
            "Baris {baris}, kolom {kolom}: {masalah}.",
            baris=w.number(error.row),
            kolom=md(error.column) or "–",
            masalah=problem,
        )
    else:
        text = w.t("Catatan: {masalah}.", masalah=problem)
    return text + " " + w.t("Seluruh berkas ditolak.")
