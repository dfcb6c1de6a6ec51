"""The card beside the map of the fire page: people of every side, and what is known of their posts."""

from __future__ import annotations

from html import escape

import streamlit as st

from analysis.fire import fire as fire_analysis
from analysis.fire.cover import Spread
from analysis.fire.fire import FireResult
from analysis.fire.posts import Post
from views.figures import legend
from views.language import sentences
from views.language.escape import md
from views.language.words import Words
from views.link.context import Session
from views.topics.fire import state as fire_state
from views.topics.fire import words as fire_words
from views.topics.fire.choices import FireState
from views.topics.fire.words import complete, listings, name_of, planned_names, post_name


def draw_card(session: Session, state: FireState, result: FireResult) -> None:
    """Both sides, alike: people, ranges, and what is known of the posts; then posts that stand across the line.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    result : response under it
    """
    w, data = session.words, session.data
    known = fire_words.listings(data, session.corridor.sides)
    with st.container(border=True):
        st.html(_sides_table(session, result))
        for side in session.corridor.sides:
            st.caption(
                w.t("{sisi}. {keadaan}", sisi=md(name_of(data, side)), keadaan=_listing_text(session, known[side]))
            )
        for post in fire_analysis.abroad(result.drawn.posts):
            st.markdown(_abroad_text(session, state, post))
        hidden = [p for p in result.drawn.posts if p.region == "kabkota"]
        if hidden:
            st.caption(
                w.t(
                    "Tidak digambar karena tidak satu wilayah pun diketahui: {daftar}.",
                    daftar=md(w.listing([post_name(session, p) for p in hidden])),
                )
            )
        if state.planned:
            st.caption(
                w.t("Termasuk pos yang baru direncanakan: {daftar}.", daftar=md(w.listing(planned_names(session))))
            )
        if state.others:
            names = [
                name_of(data, k) for k in fire_analysis.partners(data.facilities, data.pairs, session.corridor.sides)
            ]
            st.caption(w.t("Termasuk pos {daftar} sebagai mitra kedua sisi.", daftar=md(w.listing(names))))


def _sides_table(session: Session, result: FireResult) -> str:
    """People of every side within the target with both ranges, as an HTML table; every text in it is escaped."""
    w, sides = session.words, session.corridor.sides
    found = [result.by_side[s] for s in sides]
    lists, all_there = list(listings(session.data, sides).values()), complete(session.data, sides)
    marks = {"atas": "≤\N{NO-BREAK SPACE}", "tidak_pasti": w.t("kira-kira") + " ", "": ""}
    least = "≥\N{NO-BREAK SPACE}"
    plans = (
        (w.t("pos sendiri"), [(c.closed, "" if complete(session.data, [c.side]) else least) for c in found]),
        (w.t("boleh lintas batas"), [(c.opened, "" if all_there else least) for c in found]),
        (w.t("tambahan"), [(c.gain, marks[fire_analysis.gain_bound(lists, c.side)]) for c in found]),
    )
    heads = [w.t("{sisi}, {n} jiwa", sisi=name_of(session.data, c.side), n=w.people(c.people)) for c in found]
    rows = "".join(
        f'<tr><th scope="row" align="left">{escape(title)}</th>'
        + "".join(f"<td>{_cell(w, spread, mark)}</td>" for spread, mark in cells)
        + "</tr>"
        for title, cells in plans
    )
    return legend.html_table(w.t("Jiwa terjangkau tiap sisi dengan kisarannya"), ["", *heads], rows, 3, ".8rem")


def _cell(w: Words, spread: Spread | None, mark: str) -> str:
    if spread is None:
        return escape(w.no_data)
    lines = []
    if spread.low < spread.high:
        lines.append(w.t("letak pos dan laju {a}–{b}", a=w.people(spread.low), b=w.people(spread.high)))
    if spread.people_low < spread.people_high:
        lines.append(
            w.t("batas kesalahan penduduk {a}–{b}", a=w.people(spread.people_low), b=w.people(spread.people_high))
        )
    return f"<b>{escape(mark + w.people(spread.value))}</b>" + "".join(f"<br>{escape(line)}" for line in lines)


def _listing_text(session: Session, listing: fire_analysis.Listing) -> str:
    """State of the list of posts of one side."""
    w = session.words
    if not listing.listed:
        return w.t("Tidak satu pos pun ada dalam daftar, jadi waktu tanggapnya sendiri belum ada data.")
    text = w.t(
        "Pos dalam daftar: {tepat} tepat, {wilayah} hanya kelurahan/kecamatan, {tanpa} tanpa wilayah.",
        tepat=w.number(listing.exact),
        wilayah=w.number(listing.area),
        tanpa=w.number(listing.unknown),
    )
    if listing.complete and listing.published is not None:
        text += " " + w.t("Jumlahnya sesuai dengan yang diterbitkan ({n}).", n=w.number(listing.published))
    elif listing.published is not None:
        text += " " + w.t(
            "Diterbitkan {n}, jadi daftar belum lengkap: jangkauan adalah batas bawah (≥).",
            n=w.number(listing.published),
        )
    else:
        text += " " + w.t("Jumlah resmi belum ada data, jadi jangkauan dibaca sebagai batas bawah (≥).")
    return text


def _abroad_text(session: Session, state: FireState, post: Post) -> str:
    """A post that stands in the other's area: what that means for both sides."""
    w, data = session.words, session.data
    home, across = fire_state.reached_by(session.data, state, post.id)
    return w.t(
        "**{pos}** milik {pemilik} tetapi berdiri di {tempat}. Bagi {pemilik} ia pos sendiri: dalam {target} menit "
        "menjangkau {n} jiwa. Bagi {tempat} ia pos seberang yang baru datang bila boleh lintas batas: {m} jiwa. Bila "
        "dipindahkan, keduanya berubah.",
        pos=md(post_name(session, post)),
        pemilik=md(name_of(data, post.operator)),
        tempat=md(name_of(data, post.stands_in)),
        target=sentences.number(w, state.choices.target),
        n=w.people(home),
        m=w.people(across),
    )
