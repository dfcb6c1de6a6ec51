"""What can be opened below the map of the fire page: delay, addresses, units away, calls at once and known cases."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.fire.dispatch import SITUATIONS
from analysis.fire.fire import FireResult
from views.language import link_names, sentences
from views.language.escape import md
from views.language.words import Words
from views.link.context import Session
from views.link.parameters import CALL_COUNTS, UNIT_COUNTS
from views.screen import pictures, segments
from views.screen.tables import show_table
from views.topics.fire import choices as fire_choices
from views.topics.fire import figure as fire_figure
from views.topics.fire import state as fire_state
from views.topics.fire.choices import FireState
from views.topics.fire.tables import cases_table
from views.topics.fire.words import name_of, place_text, post_name

CASES = ("response_case", "response_gap_case", "response_time", "cross_border_help")
FIGURES = ("fires", "posts", "vehicles", "personnel", "rescues")


def draw_sections(session: Session, state: FireState, result: FireResult) -> None:
    """One of the sections below the map; the choice is in the URL.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    result : response under it
    """
    w = session.words
    titles = {
        "tunda": w.t("Batas jeda koordinasi"),
        "alamat": w.t("Tanyakan dulu"),
        "unit": w.t("Unit pergi"),
        "serentak": w.t("Panggilan bersamaan"),
        "kasus": w.t("Kejadian tercatat"),
    }
    segments.choose(w.t("Pendalaman"), titles, link_names.SECTION, label_visibility="collapsed")
    draw = {
        "tunda": _draw_delay,
        "alamat": _draw_ask,
        "unit": _draw_away,
        "serentak": _draw_calls,
        "kasus": _draw_cases,
    }
    draw[st.session_state[link_names.SECTION]](session, state, result)


def _draw_delay(session: Session, state: FireState, result: FireResult) -> None:
    """Coverage against the delay, and where the open curve meets the closed line."""
    w, data = session.words, session.data
    curves = fire_state.curves(session.data, fire_choices.without_delay(state))
    names = {s: name_of(data, s) for s in session.corridor.sides}
    leads = {b.side: b for b in result.breaks}
    lines = []
    for curve in curves:
        lead = leads[curve.side]
        fields = {"sisi": md(names[curve.side]), "target": sentences.number(w, state.choices.target)}
        if curve.closed is None:
            lines.append(
                w.t(
                    "- {sisi}: batas jeda koordinasi belum ada data, sebab tidak satu pos pun ada dalam daftar.",
                    **fields,
                )
            )
        elif curve.meets is None:
            lines.append(
                w.t(
                    "- {sisi}: layanan lintas batas tidak menambah jangkauan {target} menit, bahkan tanpa jeda koordinasi.",
                    **fields,
                )
            )
        else:
            lines.append(
                w.t(
                    "- {sisi}: tambahan jangkauan habis pada jeda koordinasi **{n} menit** (kurva bertemu garis).",
                    n=w.number(curve.meets, 1),
                    **fields,
                )
            )
        if curve.closed is not None and lead.minutes is not None:
            lines.append(
                w.t(
                    "- {sisi}: bagi {jiwa} jiwa pos seberang lebih cepat, rata-rata **{n} menit**; selama itu koordinasi boleh berlangsung sebelum pos sendiri sama cepatnya.",
                    jiwa=w.people(lead.people),
                    n=w.number(lead.minutes),
                    **fields,
                )
            )
    st.markdown("\n".join(lines))
    drawn = fire_figure.delays(session, curves, state.choices.delay, state.choices.target)
    note = w.t("{catatan} Batas jeda koordinasi tiap kelurahan ada di tabel data lengkap.", catatan=md(drawn.note))
    pictures.chart(session, "damkar-tunda", drawn, note)


def _draw_ask(session: Session, state: FireState, result: FireResult) -> None:
    """Whose unknown address matters most."""
    w, data = session.words, session.data
    found = fire_state.ask_first(session.data, state)
    if found.empty:
        st.markdown(w.t("Letak semua pos sudah tepat."))
        return
    posts = {p.id: p for p in result.drawn.posts}
    top = posts[str(found.index[0])]
    st.markdown(
        w.t(
            "**Tanyakan dulu alamat {pos}** ({pemilik}): menurut letaknya, jiwa terjangkau berbeda sampai {n}.",
            pos=md(post_name(session, top)),
            pemilik=md(name_of(data, top.operator)),
            n=w.people(float(found["swing"].iloc[0])),
        )
    )
    swing = w.t("Selisih jiwa")
    address = data.fire_posts["address"].reindex(found.index).fillna("")
    source = data.fire_posts["source_url"].reindex(found.index).fillna("").str.split(" | ", regex=False).str[0]
    link = w.t("Sumber")
    frame = pd.DataFrame(
        {
            w.t("Pos"): [post_name(session, posts[str(k)]) for k in found.index],
            w.t("Pemilik"): [name_of(data, posts[str(k)].operator) for k in found.index],
            w.t("Yang diketahui"): [place_text(session, posts[str(k)]) for k in found.index],
            swing: found["swing"].round(-2).to_numpy(),
            w.t("Pos sendiri (5–95 %)"): _spans(w, found, "closed"),
            w.t("Boleh lintas batas (5–95 %)"): _spans(w, found, "open"),
            w.t("Alamat menurut sumber"): address.to_numpy(),
            link: source.to_numpy(),
        }
    )
    show_table(
        w,
        w.styled(frame, {swing: 0}),
        column_config={link: st.column_config.LinkColumn(link, display_text=w.t("buka"))},
        alt=w.t("Pos tanpa alamat tepat menurut besarnya akibat"),
    )
    st.caption(
        w.t(
            "Jiwa terjangkau di semua sisi untuk letak pos itu yang berbeda-beda, letak pos lain dirata-ratakan. Letakkan pos lewat tombol Pos begitu alamatnya diketahui."
        )
    )


def _spans(w: Words, found: pd.DataFrame, plan: str) -> list[str]:
    return [
        f"{w.people(low)}–{w.people(high)}"
        for low, high in zip(found[f"{plan}_low"], found[f"{plan}_high"], strict=True)
    ]


def _draw_away(session: Session, state: FireState, result: FireResult) -> None:
    """What cover is left at home while a unit is across the line."""
    w, data = session.words, session.data
    found = fire_state.engines_away(session.data, state)
    sent = found[found["across"] >= 1]
    if sent.empty:
        st.markdown(w.t("Dengan jeda koordinasi ini tidak satu pos pun menjadi yang terdekat bagi sisi lain."))
        return
    posts = {p.id: p for p in result.drawn.posts}
    first = posts[str(sent.index[0])]
    row = sent.iloc[0]
    st.markdown(
        w.t(
            "**{pos}** paling sering menyeberang (terdekat bagi {n} jiwa). Selama unitnya pergi, pos sendiri {pemilik} menjangkau {sisa} jiwa dalam {target} menit ({rendah}–{tinggi}), bukan {penuh}.",
            pos=md(post_name(session, first)),
            pemilik=md(name_of(data, first.operator)),
            n=w.people(row["across"]),
            sisa=w.people(row["home_without"]),
            rendah=w.people(row["home_low"]),
            tinggi=w.people(row["home_high"]),
            penuh=w.people(row["home"]),
            target=sentences.number(w, state.choices.target),
        )
    )
    columns = {
        "across": w.t("Terdekat bagi jiwa di seberang"),
        "home": w.t("Jangkauan rumah, semua pos"),
        "home_without": w.t("tanpa pos ini"),
        "home_helped": w.t("tanpa pos ini, dibantu seberang"),
    }
    frame = pd.DataFrame(
        {
            w.t("Pos"): [post_name(session, posts[str(k)]) for k in sent.index],
            w.t("Pemilik"): [name_of(data, posts[str(k)].operator) for k in sent.index],
            **{title: sent[key].round(-2).to_numpy() for key, title in columns.items()},
            w.t("tanpa pos ini (5–95 %)"): _spans(w, sent, "home"),
        }
    )
    show_table(w, w.styled(frame, dict.fromkeys(columns.values(), 0)), alt=w.t("Jangkauan di rumah selama unit pergi"))
    st.caption(w.t("Asumsi: pos mengirim semua unitnya. Satu unit yang tinggal membuat jangkauan rumah tetap."))


def _draw_calls(session: Session, state: FireState, result: FireResult) -> None:
    """Several calls at the same time, each to the nearest unit that is free."""
    w = session.words
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.segmented_control(w.t("Panggilan bersamaan"), CALL_COUNTS, key=link_names.CALLS, required=True)
    row.segmented_control(
        w.t("Unit siap tiap pos"),
        UNIT_COUNTS,
        key=link_names.PER_POST,
        required=True,
        help=sentences.origin(w, session.data.catalogue.assumptions["damkar_unit"]),
    )
    calls, per_post = int(st.session_state[link_names.CALLS]), int(st.session_state[link_names.PER_POST])
    if any(not result.drawn.has_own(s) for s in session.corridor.sides):
        st.markdown(w.t("Tidak dihitung: pos salah satu sisi tidak ada dalam daftar."))
        return
    found = fire_state.calls_at_once(session.data, state, calls, per_post)
    if found.empty:
        st.markdown(w.t("Tidak dihitung: tidak ada kelurahan berpenduduk di garis batas."))
        return
    plans = {"closed": w.t("pos sendiri"), "open": w.t("boleh lintas batas")}
    last = found[found["call"] == calls].set_index("plan").to_dict("index")
    st.markdown(
        w.t(
            "**Panggilan ke-{n} di garis batas tercapai dalam {target} menit: {a} dari pos sendiri, {b} bila boleh lintas "
            "batas; tidak terlayani {c} dan {d}.**",
            n=w.number(calls),
            target=sentences.number(w, state.choices.target),
            a=w.percent(last["closed"]["in_time"]),
            b=w.percent(last["open"]["in_time"]),
            c=w.percent(last["closed"]["unserved"]),
            d=w.percent(last["open"]["unserved"]),
        )
    )
    middle, number = w.t("Menit (tengah)"), w.t("Panggilan ke-")
    frame = pd.DataFrame(
        {
            number: found["call"].to_numpy(),
            w.t("Rencana"): found["plan"].map(plans).to_numpy(),
            middle: found["median"].to_numpy(),
            w.t("Menit (5–95 %)"): [
                f"{w.number(low)}–{w.number(high)}" if low == low else "–"
                for low, high in zip(found["low"], found["high"], strict=True)
            ],
            w.t("Dalam waktu"): [w.percent(v) for v in found["in_time"]],
            w.t("Tidak terlayani"): [w.percent(v) for v in found["unserved"]],
        }
    )
    show_table(w, w.styled(frame, {middle: 1, number: 0}), alt=w.t("Waktu tiap panggilan menurut urutan"))
    st.caption(
        w.t(
            "{n} keadaan tiruan: kejadian jatuh acak menurut penduduk di kelurahan yang menyentuh garis batas; tiap panggilan mendapat unit terdekat yang masih ada, menurut urutan masuk.",
            n=w.number(SITUATIONS),
        )
    )


def _draw_cases(session: Session, state: FireState, result: FireResult) -> None:
    """Documented cases and yearly figures beside the model."""
    w = session.words
    st.markdown(
        w.t(
            "**Dihitung berbeda, jadi tidak dapat dibandingkan langsung:** angka terbitan mulai dan berhenti menghitung jam menurut cara masing-masing; model menghitung dari panggilan sampai tiba untuk semua tempat."
        )
    )
    st.markdown("\n".join(_model_lines(session, result)))
    rows = session.data.fire_stats
    rows = rows[rows["kode_kabkota"].isin(session.corridor.sides)]
    for metrics, title in (
        (CASES, w.t("Kejadian dan waktu tanggap yang tercatat")),
        (FIGURES, w.t("Angka tahunan yang diterbitkan")),
    ):
        part = rows[rows["metric"].isin(metrics)]
        if part.empty:
            st.caption(w.t("{judul}: belum ada data.", judul=title))
            continue
        st.markdown(f"**{title}**")
        link = w.t("Sumber")
        show_table(
            w,
            cases_table(session, part),
            column_config={link: st.column_config.LinkColumn(link, display_text=w.t("buka"))},
            alt=title,
        )
    st.caption(w.t("Jumlah berita mengukur apa yang ditulis, bukan seberapa sering terjadi."))


def _model_lines(session: Session, result: FireResult) -> list[str]:
    w = session.words
    lines, minutes = [], result.minutes.to_dict("index")
    for side in session.corridor.sides:
        row = minutes[side]
        spans = {
            plan: w.t(
                "{n} menit ({rendah}–{tinggi})",
                n=w.number(row[plan], 1),
                rendah=w.number(row[f"{plan}_low"], 1),
                tinggi=w.number(row[f"{plan}_high"], 1),
            )
            if row[plan] == row[plan]
            else w.no_data
            for plan in ("closed", "open")
        }
        lines.append(
            w.t(
                "- Model, {sisi}, rata-rata menurut penduduk: {a} dari pos sendiri, {b} bila boleh lintas batas.",
                sisi=md(name_of(session.data, side)),
                a=spans["closed"],
                b=spans["open"],
            )
        )
    return lines
