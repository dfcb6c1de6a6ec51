"""The pieces of the page on sharing a cost: the cost, the basis, the split under each rule, and its reasoning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.siting.result import Joint
from analysis.siting.sharing import Basis, Ranges, Split
from views.figures.captions import shorts, side_legend, sides_of
from views.figures.specs import Series, Stacks
from views.language.escape import md
from views.language.link_names import LONGEST_ECHO
from views.language.words import Words
from views.link.session import Session
from views.topics.fire import state as fire_state
from views.topics.siting import controls as siting_controls
from views.topics.siting import state as siting_state
from views.topics.siting.state import Asked

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

# Parameters of the URL; each is also the key of its widget.
COST = "biaya"
BASIS = "dasar"
BASES = ("rencana", "angka")
ALONE = "sendiri"
SERVED = "dilayani"
TOGETHER = "berdua"
USE = "pakai"

MOST_RUPIAH = 10**14
MOST_PEOPLE = 10**8


def whole(now: Session, name: str, most: int) -> int:
    """A whole number of the URL, 0 without one; one that cannot be used is refused in words.

    Call it before the widget with `key=name` is drawn.
    """
    state, w = st.session_state, now.words
    url, remembered = st.query_params.get(name, ""), state.get(f"url {name}", "")
    value = state.get(name, int(remembered or 0))
    if url and url != remembered and value == int(remembered or 0):
        if url.isascii() and url.isdigit() and len(url) <= 15 and int(url) <= most:
            value = int(url)
        else:
            st.warning(
                w.t(
                    "“{nilai}” untuk “{nama}” di tautan bukan bilangan bulat 0 sampai {batas} dan diabaikan.",
                    nilai=md(url[:LONGEST_ECHO]),
                    nama=md(name),
                    batas=w.number(most),
                ),
                icon=":material/link_off:",
            )
    value = min(max(int(value or 0), 0), most)
    text = str(value) if value else ""
    state[name], state[f"url {name}"] = value, text
    if text:
        st.query_params[name] = text
    elif name in st.query_params:
        del st.query_params[name]
    return value


def rupiah(w: Words, amount: float) -> str:
    """An amount in rupiah."""
    return f"Rp\N{NO-BREAK SPACE}{w.number(amount)}"


def question(now: Session) -> str:
    """The question that the page answers."""
    w = now.words
    return w.t("{koridor}: bagaimana biaya bersama dapat dibagi?", koridor=md(w.pick(now.corridor.title)))


def chosen_basis(now: Session) -> str:
    """Whether the numbers come from a plan or from the user."""
    return fire_state.checked(now, BASIS, BASES, BASES[0])


def stated_use(now: Session) -> dict[str, float] | None:
    """Use by side as the user states it; None when nothing is stated."""
    use = {side: float(whole(now, f"{USE}-{side}", MOST_PEOPLE)) for side in now.corridor.sides}
    return use if any(use.values()) else None


def typed(now: Session, use: dict[str, float] | None) -> Basis:
    """The user's own numbers."""
    sides = now.corridor.sides
    served = {s: float(whole(now, f"{SERVED}-{s}", MOST_PEOPLE)) for s in sides}
    alone = {s: float(whole(now, f"{ALONE}-{s}", MOST_PEOPLE)) for s in sides}
    return Basis(served, alone, float(whole(now, TOGETHER, MOST_PEOPLE)), None, None, use)


def rule_names(w: Words) -> dict[str, str]:
    """Labels of the rules."""
    return {
        "jiwa": w.t("Menurut jiwa yang dilayani"),
        "pemakaian": w.t("Menurut pemakaian"),
        "sama": w.t("Sama rata"),
        "shapley": w.t("Menurut nilai Shapley"),
    }


def answer(now: Session, found: Mapping[str, Split] | None, cost: int) -> str:
    """First line: how far apart the rules lie for each side."""
    w, sides = now.words, now.corridor.sides
    known = [] if found is None else [split.shares for split in found.values() if split.shares is not None]
    if len(known) < 2:
        return w.t("Belum ada angka untuk dibagi: hitung rencana atau isi angka Anda sendiri (penduduk 2024).")
    spans = [
        w.t(
            "{sisi} {rendah} sampai {tinggi}",
            sisi=siting_state.side_name(now, side),
            rendah=w.percent(min(shares[side] for shares in known)),
            tinggi=w.percent(max(shares[side] for shares in known)),
        )
        for side in sides
    ]
    fields = {"sisi": w.listing(spans), "n": w.number(len(known))}
    if cost:
        return w.t(
            "Dari {biaya}: {sisi}, tergantung dasar yang disepakati ({n} dasar, penduduk 2024).",
            biaya=rupiah(w, cost),
            **fields,
        )
    return w.t("Bagian {sisi}, tergantung dasar yang disepakati ({n} dasar, penduduk 2024).", **fields)


def statement(w: Words) -> str:
    """That no rule is law."""
    return w.t(
        "Tidak satu pun dasar ini adalah ketentuan hukum. Dasarnya disepakati kedua daerah dan ditulis di bagian pembiayaan perjanjian kerja sama; "
        "bantuan keuangan antardaerah dimungkinkan untuk kerja sama wajib (PP 28/2018 pasal 12)."
    )


def controls(now: Session, asked: Asked, plan: Joint | None, basis: str) -> None:
    """The cost, where the numbers come from, and use."""
    w, data, sides = now.words, now.data, now.corridor.sides
    names = {s: str(data.kabkota.at[s, "nama"]) for s in sides}
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.number_input(w.t("Biaya (rupiah)"), 0, MOST_RUPIAH, step=1_000_000, key=COST, width=220)
    bases = {"rencana": w.t("Rencana lokasi bersama"), "angka": w.t("Angka sendiri")}
    row.segmented_control(w.t("Dasar angka"), BASES, format_func=bases.__getitem__, key=BASIS, required=True)
    if basis == "rencana":
        siting_controls.draw_task(now, row)
        if plan is None:
            siting_controls.draw_button(now, asked, row)
    with row.popover(w.t("Pemakaian"), icon=":material/groups:"):
        st.markdown(
            w.t(
                "Pemakaian tiap sisi menurut catatan Anda, misalnya kunjungan setahun. 0 di semua sisi berarti belum ada data."
            )
        )
        for side, name in names.items():
            st.number_input(name, 0, MOST_PEOPLE, step=100, key=f"{USE}-{side}")
    if basis == "angka":
        own = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
        for side, name in names.items():
            own.number_input(
                w.t("Jiwa dilayani, {sisi}", sisi=name), 0, MOST_PEOPLE, step=100, key=f"{SERVED}-{side}", width=170
            )
        for side, name in names.items():
            own.number_input(
                w.t("Bila sendiri, {sisi}", sisi=name), 0, MOST_PEOPLE, step=100, key=f"{ALONE}-{side}", width=170
            )
        own.number_input(w.t("Bila bersama (jiwa)"), 0, MOST_PEOPLE, step=100, key=TOGETHER, width=170)
    siting_controls.draw_stopped(now)


def figure(now: Session, found: Mapping[str, Split], ranges: Mapping[str, Ranges | None], typed_in: bool) -> Stacks:
    """The shares by rule with their range, one bar a rule.

    Parameters
    ----------
    typed_in : whether the numbers are those of the user
    """
    w, data = now.words, now.data
    names = rule_names(w)
    known = {rule: split.shares for rule, split in found.items() if split.shares is not None}
    sides = sides_of(data, now.corridor)
    notes = [statement(w)]
    if any(ranges[rule] is not None for rule in known):
        notes.insert(0, w.t("Di bawah tiap bagian: kisarannya."))
    left = [names[rule] for rule in found if rule not in known]
    if left:
        notes.insert(0, w.t("Belum ada data: {daftar}.", daftar=w.listing(left)))
    return Stacks(
        title=w.t("{koridor}: bagian biaya menurut setiap dasar", koridor=w.pick(now.corridor.title)),
        unit=w.t("% biaya"),
        year=data.catalogue.indicators["penduduk"].year,
        source=w.t("angka yang diisi pengguna")
        if typed_in
        else shorts(data, ("dukcapil2024", "kpu_tps2024", "faskes2019", "fire_press")),
        note=" ".join(notes),
        alt=w.t("Diagram batang: bagian biaya tiap sisi menurut setiap dasar"),
        language=w.language,
        legend=side_legend(sides),
        categories=tuple(names[rule] for rule in known),
        series=tuple(
            Series(
                side,
                tuple(100 * shares[side.kode] for shares in known.values()),
                tuple(_share_text(w, shares[side.kode], ranges[rule], side.kode) for rule, shares in known.items()),
            )
            for side in sides
        ),
        axis=w.t("bagian biaya (%)"),
    )


def _share_text(w: Words, share: float, known: Ranges | None, side: str) -> str:
    text = w.percent(share, 1)
    return text if known is None else f"{text}\n{w.percent(known[side][0])}–{w.percent(known[side][1])}"


def table(now: Session, found: Mapping[str, Split], ranges: Mapping[str, Ranges | None], cost: int) -> Styler:
    """The twin of the chart: shares, their range and rupiah by rule and side."""
    w, data = now.words, now.data
    names = rule_names(w)
    rows, decimals = [], {}
    for rule, split in found.items():
        row: dict[str, object] = {w.t("Dasar"): names[rule]}
        for side in now.corridor.sides:
            name = str(data.kabkota.at[side, "nama"])
            share, amount, span = f"{name} (%)", f"{name} (Rp)", w.t("{sisi}: kisaran", sisi=name)
            row[share] = None if split.shares is None else 100 * split.shares[side]
            decimals[share] = 1
            found_range = ranges[rule]
            row[span] = (
                "–" if found_range is None else f"{w.percent(found_range[side][0])}–{w.percent(found_range[side][1])}"
            )
            if cost:
                row[amount] = None if split.amounts is None else float(split.amounts[side])
                decimals[amount] = 0
        rows.append(row)
    frame = pd.DataFrame(rows)
    return w.styled(frame.astype(dict.fromkeys(decimals, float)), decimals)


def reasons(now: Session, ground: Basis, found: Mapping[str, Split]) -> list[str]:
    """One sentence a rule, with its numbers."""
    w = now.words
    names = rule_names(w)

    def listed(values: Mapping[str, float]) -> str:
        return w.listing([f"{siting_state.side_name(now, s)} {w.people(v)}" for s, v in values.items()])

    lines = [
        w.t("**{dasar}**: jiwa yang baru terjangkau, {daftar}.", dasar=names["jiwa"], daftar=listed(ground.served))
        if found["jiwa"].shares is not None
        else w.t("**{dasar}**: belum ada data jiwa yang dilayani.", dasar=names["jiwa"]),
        w.t("**{dasar}**: pemakaian yang Anda isi, {daftar}.", dasar=names["pemakaian"], daftar=listed(ground.use))
        if ground.use is not None
        else w.t("**{dasar}**: belum ada data pemakaian; isi bila Anda punya catatannya.", dasar=names["pemakaian"]),
        w.t("**{dasar}**: tiap sisi membayar sama, berapa pun manfaatnya.", dasar=names["sama"]),
    ]
    value = found["shapley"].basis
    if value is None:
        lines.append(
            w.t(
                "**{dasar}**: tidak dapat dihitung, karena jangkauan bersama harus sekurangnya sebesar jangkauan tiap sisi sendiri.",
                dasar=names["shapley"],
            )
        )
    elif found["shapley"].shares is None:
        lines.append(w.t("**{dasar}**: belum ada jangkauan yang dapat dibagi.", dasar=names["shapley"]))
    else:
        lines.append(
            w.t(
                "**{dasar}**: sendiri, {sendiri} jiwa; bersama {bersama} jiwa. Yang hanya ada karena bersama, {sisa} jiwa, dibagi dua sama: {nilai}.",
                dasar=names["shapley"],
                sendiri=listed(ground.alone),
                bersama=w.people(ground.together),
                sisa=w.people(ground.together - sum(ground.alone.values())),
                nilai=listed(value),
            )
        )
    return lines


def method(now: Session, basis: str) -> str:
    """What the game is, where the ranges come from, and what a split is not."""
    w = now.words
    lines = [
        w.t(
            "Jangkauan satu sisi sendiri: jiwa sisi itu yang baru terjangkau oleh tempat barunya sendiri, dengan fasilitas sendiri saja. Jangkauan bersama: "
            "jiwa kedua sisi yang baru terjangkau bila tempat yang sama banyaknya direncanakan bersama dan batas dibuka, dibanding hari ini dengan batas tertutup."
        ),
        w.t(
            "Nilai Shapley: rata-rata tambahan tiap sisi atas semua urutan bergabung; jumlahnya sama dengan jangkauan bersama, sisi yang menambah sama mendapat "
            "sama, dan sisi yang tidak menambah apa-apa tidak membayar."
        ),
        w.t("Rupiah dibulatkan dengan sisa terbesar, sehingga jumlahnya tepat sama dengan biaya."),
        w.t(
            "Kisaran: satu sisi di batas bawah dan sisi lain di batas atas, lalu sebaliknya (penduduk, dan tempat fasilitas yang hanya diketahui wilayahnya). "
            "Angka yang Anda isi sendiri tidak diberi kisaran."
        ),
        statement(w),
        w.t(
            "Sumber hukum: PP 28/2018; isi perjanjian kerja sama menurut kebiasaan, belum dikonfirmasi pada Permendagri 22/2020."
        ),
    ]
    if basis == "rencana":
        lines.append(w.t("Rencananya dijelaskan di halaman Lokasi bersama."))
    return "\n".join(f"- {line}" for line in lines)


def plan_link(now: Session) -> None:
    """What the numbers are held against, and back to the plan behind them."""
    st.caption(now.words.t("Jiwa yang baru terjangkau dihitung dibanding hari ini dengan batas tertutup."))
    st.page_link(
        "pages/lokasi.py",
        label=now.words.t("Lihat rencana ini di Lokasi bersama"),
        icon=":material/add_location_alt:",
        query_params=siting_state.link(now, siting_state.PLAN),
    )


def unknown_sides(now: Session, plan: Joint) -> str:
    """Why there is no plan."""
    return now.words.t(
        "Belum ada daftar fasilitas untuk {sisi}, jadi rencananya tidak dapat dihitung; angka sendiri tetap dapat dibagi.",
        sisi=now.words.listing([siting_state.side_name(now, s) for s in plan.unknown]),
    )


def cost_of(now: Session) -> int:
    """The cost in the URL, in rupiah."""
    return whole(now, COST, MOST_RUPIAH)
