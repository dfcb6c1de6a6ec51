"""The pieces of the page on shared places: question, answer, choices, map, plans, goal, regret and method."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis.classes import classify, count_classes
from analysis.joint import CELL_M, MOST_NEW, MOST_PLACES, RADIUS, TESTED, Checks, Figure, Joint, Place
from data.tables import Dataset
from views import charts, firestate, sentences, sitingstate, tables, theme
from views.escape import md
from views.map import MapPoint, MapSpec
from views.mappage import map_words
from views.session import Session
from views.sitingstate import Asked
from views.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

HEIGHT = 360
BREAKS = (0.05, 0.25, 0.5, 0.75)
MOST_NAMED = 8
PLACING = "lokasi menaruh"
State = Literal["", "baru", "tutup", "pindah"]


def noun(w: Words, kind: str) -> str:
    """A kind of place within a sentence."""
    return {"puskesmas": w.t("puskesmas"), "pos_damkar": w.t("pos damkar")}[kind]


def question(now: Session, asked: Asked) -> str:
    """The question that the page answers."""
    w = now.words
    return w.t(
        "{koridor}: di mana {layanan} baru berikutnya, sendiri-sendiri atau bersama?",
        koridor=md(w.pick(now.corridor.title)),
        layanan=noun(w, asked.task.kind),
    )


def spread(w: Words, figure: Figure) -> str:
    """The range of a total."""
    return w.t("{rendah}–{tinggi}", rendah=w.people(figure.low), tinggi=w.people(figure.high))


def answer(now: Session, asked: Asked, plan: Joint | None) -> str:
    """First line: what planning together gains over planning apart."""
    w, kind, count = now.words, noun(now.words, asked.task.kind), asked.task.total
    if not count:
        return w.t("Belum ada yang dicari: isi sekurangnya satu tempat baru (penduduk 2024).")
    if plan is None:
        known = now.data.people["kabkota"]["value"].reindex(list(now.corridor.sides))
        return w.t(
            "Belum dihitung: tekan Hitung untuk mencari {n} {layanan} baru bagi {jiwa} jiwa di kedua sisi (2024).",
            n=w.number(count),
            layanan=kind,
            jiwa=w.people(float(known.sum())),
        )
    if plan.unknown:
        return w.t(
            "Belum ada data {layanan} untuk {sisi}, jadi tidak ada rencana yang dapat dihitung (2024).",
            layanan=kind,
            sisi=w.listing([sitingstate.side_name(now, s) for s in plan.unknown]),
        )
    assert plan.gain_together is not None
    assert plan.gain_apart is not None
    assert plan.more is not None
    fields = {
        "n": w.number(len(plan.joint)),
        "layanan": kind,
        "bersama": w.people(plan.gain_together.total),
        "kisaran": spread(w, plan.gain_together),
        "sendiri": w.people(plan.gain_apart.total),
        "lebih": w.people(plan.more.total),
    }
    if plan.more.total < 0.5:
        return w.t(
            "Direncanakan bersama, {n} {layanan} baru menjangkau sekitar {bersama} jiwa lagi ({kisaran}), sama dengan bila tiap sisi "
            "merencanakan sendiri (perkiraan, penduduk 2024).",
            **fields,
        )
    return w.t(
        "Direncanakan bersama, {n} {layanan} baru menjangkau sekitar {bersama} jiwa lagi ({kisaran}); bila tiap sisi merencanakan sendiri, "
        "{sendiri} jiwa: selisih {lebih} jiwa (perkiraan, penduduk 2024).",
        **fields,
    )


def notes(now: Session, plan: Joint | None) -> list[str]:
    """What must be read beside the answer: who gets less, and how many fewer places would do."""
    w = now.words
    if plan is None or plan.more is None or plan.fewest is None or plan.gain_apart is None:
        return []
    lines = [
        w.t(
            "Rencana bersama menjangkau {n} jiwa lebih sedikit di {sisi} daripada rencana sendiri-sendiri.",
            n=w.people(-change),
            sisi=sitingstate.side_name(now, side),
        )
        for side, change in plan.more.by_side.items()
        if change <= -1
    ]
    if unsure := incomplete(now, plan.task.kind):
        lines.append(
            w.t(
                "Daftar {layanan} {sisi} belum lengkap, jadi tambahan jiwa ini paling banyak sebesar itu.",
                layanan=noun(w, plan.task.kind),
                sisi=w.listing([sitingstate.side_name(now, s) for s in unsure]),
            )
        )
    apart = sum(len(places) for places in (plan.plans or {}).values())
    if plan.fewest < apart:
        lines.append(
            w.t(
                "{k} tempat yang direncanakan bersama sudah menyamai {n} tempat yang direncanakan sendiri-sendiri.",
                k=w.number(plan.fewest),
                n=w.number(apart),
            )
        )
    return lines


def incomplete(now: Session, kind: str) -> list[str]:
    """Sides whose list is known to miss facilities, or not known to be complete."""
    if kind == "pos_damkar":
        listed = firestate.listings(now.corridor.id)
        return [s for s in now.corridor.sides if not listed[s].complete]
    known = now.data.indicator_values(f"jarak_{kind}")
    return [s for s in now.corridor.sides if known.loc[known["kode_kabkota"] == s, "upper_bound"].any()]


def controls(now: Session, asked: Asked, plan: Joint | None, checks: Checks | None) -> None:
    """What is planned, how many places each side adds, places of one's own, and the button."""
    w, data = now.words, now.data
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    kinds = {"puskesmas": w.t("Puskesmas"), "pos_damkar": w.t("Pos damkar")}
    row.selectbox(w.t("Yang dibangun"), list(kinds), format_func=kinds.__getitem__, key=sitingstate.KIND, width=140)
    for side in now.corridor.sides:
        row.number_input(
            w.t("Baru, {sisi}", sisi=str(data.kabkota.at[side, "nama"])),
            0,
            MOST_NEW,
            step=1,
            key=f"{sitingstate.COUNTS} {side}",
            width=150,
        )
    with row.popover(w.t("Calon lokasi"), icon=":material/edit_location_alt:"):
        _draw_own(now, asked)
    if plan is None:
        row.button(
            w.t("Hitung"),
            icon=":material/calculate:",
            disabled=not asked.task.total,
            on_click=sitingstate.ask,
            args=(asked, sitingstate.PLAN),
        )
    elif not plan.unknown:
        names = {"bersama": w.t("Bersama"), "sendiri": w.t("Sendiri-sendiri")}
        row.segmented_control(
            w.t("Rencana di peta"),
            list(names),
            format_func=names.__getitem__,
            key=sitingstate.SHOWN,
            required=True,
        )
    if st.session_state.pop(sitingstate.STOPPED, False):
        st.info(w.t("Perhitungan dibatalkan; tidak ada yang disimpan."), icon=":material/cancel:")


def _draw_own(now: Session, asked: Asked) -> None:
    w, drawn = now.words, asked.task.drawn
    st.markdown(
        w.t(
            "Tanpa calon sendiri, calonnya satu titik di dalam setiap kelurahan/desa. Begitu Anda menaruh calon, hanya calon itu yang "
            "dipakai (paling banyak {batas}). Calon tersimpan di tautan.",
            batas=w.number(MOST_PLACES),
        )
    )
    st.toggle(w.t("Taruh calon dengan mengeklik peta"), key=PLACING)
    for number, place in enumerate(drawn, start=1):
        st.button(
            w.t(
                "Hapus calon {n} ({bujur}; {lintang})",
                n=w.number(number),
                bujur=w.number(place[0], 4),
                lintang=w.number(place[1], 4),
            ),
            key=f"lokasi hapus {number}",
            icon=":material/delete:",
            on_click=sitingstate.drop_place,
            args=(place,),
        )
    if drawn or asked.refused_drawn:
        st.button(
            w.t("Hapus semua calon"),
            key="lokasi hapus semua",
            icon=":material/delete_sweep:",
            on_click=sitingstate.drop_place,
            args=(None,),
        )


def refused(now: Session) -> None:
    """Why the last click was not taken for a place."""
    if message := st.session_state.pop(f"{sitingstate.DRAWN} ditolak", None):
        st.warning(message, icon=":material/wrong_location:")


def place_name(now: Session, place: Place) -> str:
    """Where a place is, as an area and not as a site; safe in Markdown."""
    row = now.data.kelurahan.loc[place.kode]
    fields = {"nama": md(str(row["nama"])), "kecamatan": md(str(row["kecamatan"])), "kabkota": md(str(row["kabkota"]))}
    if place.drawn:
        return now.words.t("calon Anda di {nama}, Kec. {kecamatan}, {kabkota}", **fields)
    return now.words.t("sekitar {nama}, Kec. {kecamatan}, {kabkota}", **fields)


def _plain_name(now: Session, place: Place) -> str:
    row = now.data.kelurahan.loc[place.kode]
    return f"{row['nama']}, {row['kecamatan']}, {row['kabkota']}"


def shown_places(asked: Asked, plan: Joint | None) -> tuple[Place, ...]:
    """Places of the plan that the map draws."""
    if plan is None or plan.plans is None:
        return ()
    if asked.shown == "sendiri":
        return tuple(p for places in plan.plans.values() for p in places)
    return plan.joint


def spec(now: Session, asked: Asked, plan: Joint | None) -> MapSpec:
    """Who is not reached today, what there is, and where the plan puts new places."""
    w, corridor = now.words, now.corridor
    units = now.data.units("kelurahan", corridor.sides).index
    classes = dict.fromkeys((str(k) for k in units), 0)
    labels = dict.fromkeys(classes, w.t("belum dihitung"))
    colors: tuple[str, ...] = theme.SEQUENTIAL[:1]
    if plan is not None and plan.table is not None:
        colors = theme.sequential(len(BREAKS) + 1)
        classes = {str(k): int(n) for k, n in classify(1 - plan.table["today"], BREAKS).index.items()}
        labels = {
            str(k): w.t(
                "belum terjangkau {kini}; dengan rencana bersama {nanti}", kini=w.percent(1 - a), nanti=w.percent(1 - b)
            )
            for k, a, b in zip(plan.table.index, plan.table["today"], plan.table["then"], strict=True)
        }
    return MapSpec(
        sides=corridor.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in corridor.sides},
        level="kelurahan",
        classes=classes,
        labels=labels,
        colors=colors,
        words=map_words(w),
        points=(*_existing(now, asked), *_new(now, asked, plan)),
        dark=now.dark,
        placing=bool(st.session_state.get(PLACING)),
    )


def _existing(now: Session, asked: Asked) -> list[MapPoint]:
    facilities, kind = now.data.facilities, asked.task.kind
    rows = facilities[(facilities["kind"] == kind) & facilities["operator"].isin(now.corridor.sides)]
    if kind == "pos_damkar":
        rows = rows[now.data.fire_posts["exists"].reindex(rows.index).isin(["ada", "mungkin"])]
    closed = {c.id for c in asked.task.changes if c.action == "tutup"}
    found = []
    for id_, row in rows.iterrows():
        state: State = "tutup" if id_ in closed else ""
        if row["used"] and row["lon"] == row["lon"]:
            found.append(MapPoint(kind, str(row["name"]), float(row["lon"]), float(row["lat"]), state=state))
        elif row["area_kode"]:
            found.append(MapPoint(kind, str(row["name"]), area_kode=str(row["area_kode"])))
    added = [c for c in asked.task.changes if c.action in ("tambah", "pindah")]
    found += [MapPoint(kind, now.words.t("dari skenario"), c.lon, c.lat, state="pindah") for c in added]
    return found


def _new(now: Session, asked: Asked, plan: Joint | None) -> list[MapPoint]:
    w, kind = now.words, asked.task.kind
    chosen = shown_places(asked, plan)
    found = [
        MapPoint(kind, w.t("baru, sekitar {nama}", nama=_plain_name(now, p)), p.lon, p.lat, state="baru")
        for p in chosen
    ]
    taken = {(p.lon, p.lat) for p in chosen}
    state: State = "tutup" if plan is not None else "baru"
    text = w.t("calon, tidak dipilih") if plan is not None else w.t("calon")
    found += [MapPoint(kind, text, lon, lat, state=state) for lon, lat in asked.task.drawn if (lon, lat) not in taken]
    return found


def legend_rows(now: Session, plan: Joint | None) -> list[tables.Row]:
    """Classes of what is not reached today with kelurahan and people of each side; none before there is a plan."""
    if plan is None or plan.table is None:
        return []
    w, units = now.words, now.data.kelurahan
    found = classify(1 - plan.table["today"], BREAKS)
    limits = zip((0, *BREAKS), (*BREAKS, 1), strict=True)
    labels = [f"{'> ' if n else ''}{w.percent(low)}–{w.percent(high)}" for n, (low, high) in enumerate(limits)]
    people = now.data.people["kelurahan"]["value"]
    counts = count_classes(found, units["kode_kabkota"].reindex(plan.table.index), people.reindex(plan.table.index))
    return tables.counted_rows(w, now.corridor.sides, counts, labels, theme.sequential(found.count))


def picture_title(now: Session, asked: Asked) -> str:
    """What the picture of the map is called."""
    return now.words.t("Belum terjangkau {layanan} hari ini", layanan=noun(now.words, asked.task.kind))


def legend_note(now: Session, asked: Asked, plan: Joint | None) -> str:
    """What the map shows, in one line."""
    w, kind = now.words, noun(now.words, asked.task.kind)
    if plan is None or plan.table is None:
        return w.t(
            "Peta: {layanan} yang ada; yang hanya diketahui wilayahnya digambar sebagai wilayah berarsir.", layanan=kind
        )
    return w.t(
        "Makin gelap makin besar bagian yang belum terjangkau hari ini dari sisi mana pun; jiwa: perkiraan 2024. Tanda baru: tempat indikatif, "
        "bukan lokasi tapak. {layanan} yang hanya diketahui wilayahnya digambar sebagai wilayah berarsir.",
        layanan=kind.capitalize(),
    )


def draw_card(now: Session, asked: Asked, plan: Joint | None) -> None:
    """The places of each plan."""
    w = now.words
    with st.container(border=True, height=HEIGHT):
        if plan is None or plan.plans is None:
            st.markdown(w.t("**Yang akan dihitung**"))
            st.markdown(
                w.t(
                    "Rencana tiap sisi sendiri, rencana bersama dengan jumlah tempat yang sama, dan selisihnya dalam jiwa. {layanan} yang sudah ada "
                    "tetap di tempatnya.",
                    layanan=noun(w, asked.task.kind).capitalize(),
                )
            )
            return
        st.markdown(w.t("**Bersama: {n} tempat**", n=w.number(len(plan.joint))))
        st.markdown(
            "\n".join(f"1. {place_name(now, p)}" for p in plan.joint)
            or w.t("Tidak ada tempat yang menambah jangkauan.")
        )
        for side, places in plan.plans.items():
            alone = (plan.alone or {})[side]
            st.markdown(
                w.t(
                    "**{sisi} sendiri: {n} tempat, {jiwa} jiwa lagi ({kisaran})**",
                    sisi=sitingstate.side_name(now, side),
                    n=w.number(len(places)),
                    jiwa=w.people(alone.total),
                    kisaran=spread(w, alone),
                )
            )
            st.markdown("\n".join(f"1. {place_name(now, p)}" for p in places) or "–")
        if not plan.proven:
            st.caption(w.t("Batas waktu tercapai: mungkin ada rencana yang sedikit lebih baik."))


def figures_table(now: Session, plan: Joint) -> Styler:
    """People covered today and under each plan, by side."""
    w, data = now.words, now.data
    names = {s: str(data.kabkota.at[s, "nama"]) for s in plan.people}
    total, low, high, share = w.t("Jumlah jiwa"), w.t("Terendah"), w.t("Tertinggi"), w.t("Bagian penduduk (%)")
    everybody = sum(plan.people.values())
    rows = []
    for label, figure in (
        (w.t("Hari ini, tiap sisi hanya dengan miliknya sendiri"), plan.now_closed),
        (w.t("Hari ini, bila batas dibuka"), plan.now_open),
        (w.t("Rencana sendiri-sendiri, batas tertutup"), plan.apart_closed),
        (w.t("Rencana sendiri-sendiri, batas dibuka"), plan.apart_open),
        (w.t("Rencana bersama, batas dibuka"), plan.together),
    ):
        assert figure is not None
        rows.append(
            {
                w.t("Keadaan"): label,
                **{names[s]: round(v, -1) for s, v in figure.by_side.items()},
                total: round(figure.total, -1),
                low: round(figure.low, -1),
                high: round(figure.high, -1),
                share: 100 * figure.total / everybody,
            }
        )
    return w.styled(pd.DataFrame(rows), {**dict.fromkeys(names.values(), 0), total: 0, low: 0, high: 0, share: 1})


def curve_chart(now: Session, plan: Joint) -> go.Figure:
    """People newly covered by the number of places planned together, and by the plans apart."""
    w = now.words
    ink = "#e8eded" if now.dark else "#1c2426"
    figure = go.Figure()
    numbers = [0, *(k for k, _ in plan.curve)]
    people = [0.0, *(v for _, v in plan.curve)]
    figure.add_scatter(
        x=numbers,
        y=people,
        mode="lines+markers",
        name=w.t("bersama"),
        line={"color": ink, "width": 2},
        hovertemplate="%{x}: %{y:,.0f}<extra></extra>",
    )
    if plan.gain_apart is not None:
        figure.add_scatter(
            x=[sum(len(p) for p in (plan.plans or {}).values())],
            y=[plan.gain_apart.total],
            mode="markers",
            name=w.t("sendiri-sendiri"),
            marker={"color": ink, "symbol": "x", "size": 12},
            hovertemplate="%{x}: %{y:,.0f}<extra></extra>",
        )
    figure.update_layout(separators=",." if w.language == "id" else ".,")
    figure.update_xaxes(title=w.t("tempat baru"), dtick=1, fixedrange=True)
    figure.update_yaxes(title=w.t("jiwa yang baru terjangkau"), tickformat=",", rangemode="tozero", fixedrange=True)
    return figure.update_layout(
        height=280, margin={"l": 0, "r": 8, "t": 8, "b": 0}, legend={"orientation": "h", "y": 1.1}
    )


def draw_plan(now: Session, asked: Asked, plan: Joint) -> None:
    """Both plans as numbers and as a curve, and the way to sharing the cost."""
    w = now.words
    st.markdown(w.t("#### Jiwa yang terjangkau"))
    st.dataframe(
        figures_table(now, plan),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel jiwa yang terjangkau menurut rencana dan sisi"),
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown(w.t("#### Tambahan tiap tempat berikutnya"))
        st.plotly_chart(
            curve_chart(now, plan),
            config=charts.CONFIG,
            alt=w.t("Garis: jiwa yang baru terjangkau menurut jumlah tempat yang direncanakan bersama"),
        )
    with right:
        st.markdown(w.t("#### Berikutnya"))
        st.page_link(
            "pages/biaya.py",
            label=w.t("Bagi biaya rencana ini"),
            icon=":material/payments:",
            query_params=sitingstate.link(now, asked, sitingstate.PLAN),
        )
        for side, (points, areas) in plan.counted.items():
            st.markdown(
                w.t(
                    "- {sisi}: {n} {layanan} bertitik dan {m} yang hanya diketahui wilayahnya ikut dihitung; yang tidak terdaftar tidak.",
                    sisi=sitingstate.side_name(now, side),
                    n=w.number(points),
                    m=w.number(areas),
                    layanan=noun(w, asked.task.kind),
                )
            )


def draw_checks(now: Session, asked: Asked, checks: Checks | None) -> None:
    """How many places a goal takes, and what a wrong assumption costs."""
    w, data = now.words, now.data
    st.markdown(w.t("#### Sasaran dan kepekaan"))
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.segmented_control(
        w.t("Sasaran: bagian penduduk yang terjangkau"),
        list(sitingstate.GOAL_NAMES),
        format_func=lambda name: w.percent(sitingstate.GOAL_NAMES[name]),
        key=sitingstate.GOAL,
        required=True,
    )
    if checks is None:
        row.button(
            w.t("Hitung sasaran dan kepekaan"),
            icon=":material/calculate:",
            on_click=sitingstate.ask,
            args=(asked, sitingstate.ALL),
        )
        st.caption(
            w.t(
                "Mencari jumlah tempat untuk sasaran ini, dan apa yang hilang bila andaian meleset. Perlu beberapa detik."
            )
        )
        return
    st.markdown(goal_text(now, asked, checks))
    st.markdown(w.t("**Penyesalan: jiwa yang hilang bila andaian meleset**"))
    st.dataframe(
        regret_table(w, data, now, checks),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Tabel penyesalan menurut andaian dan rencana"),
    )
    st.caption(
        w.t(
            "Penyesalan = jiwa yang terjangkau rencana terbaik seandainya andaian itu benar, dikurangi jiwa yang terjangkau rencana yang sekarang. "
            "≥: rencana terbaiknya belum terbukti dalam batas waktu."
        )
    )


def goal_text(now: Session, asked: Asked, checks: Checks) -> str:
    """How many places a share takes, what all useful places reach, and who stays out of reach."""
    w, data, goal = now.words, now.data, checks.goal
    share, kind = w.percent(goal.share), noun(w, asked.task.kind)
    if goal.places is None:
        first = w.t("Sasaran {bagian} tidak tercapai berapa pun tempatnya.", bagian=share)
    elif goal.places == 0:
        first = w.t(
            "Sasaran {bagian} sudah tercapai hari ini bila batas dibuka ({kini}).",
            bagian=share,
            kini=w.percent(goal.covered, 1),
        )
    elif goal.sure:
        first = w.t(
            "Sasaran {bagian} memerlukan {n} {layanan} baru.", bagian=share, n=w.number(goal.places), layanan=kind
        )
    else:
        first = w.t(
            "Sasaran {bagian} memerlukan paling banyak {n} {layanan} baru; mungkin kurang, belum terbukti dalam batas waktu.",
            bagian=share,
            n=w.number(goal.places),
            layanan=kind,
        )
    every = w.t(
        "Menjangkau semua yang dapat dijangkau dari calon yang ada memerlukan {n} tempat dan mencapai {bagian} penduduk.",
        n=w.number(goal.every),
        bagian=w.percent(goal.most, 1),
    )
    lost = sum(people for _, people in goal.lost)
    if not goal.lost:
        return f"{first} {every}"
    named = [
        f"{md(str(data.kelurahan.at[kode, 'nama']))} ({w.people(people)})" for kode, people in goal.lost[:MOST_NAMED]
    ]
    rest = w.t(
        "Tidak terjangkau dari calon mana pun: sekitar {jiwa} jiwa di {n} kelurahan/desa, terbanyak {daftar}.",
        jiwa=w.people(lost),
        n=w.number(len(goal.lost)),
        daftar=w.listing(named),
    )
    return f"{first} {every} {rest}"


def variant_names(w: Words, data: Dataset) -> dict[str, str]:
    """What is otherwise in each variant."""
    known = data.catalogue.assumptions
    value = {name: w.number(known[entry].value, 0) for name, entry in TESTED.items()}
    return {
        "laju_rendah": w.t("Laju {n} km/jam", n=value["laju_rendah"]),
        "laju_tinggi": w.t("Laju {n} km/jam", n=value["laju_tinggi"]),
        "tunda_rendah": w.t("Tunda lintas batas {n} menit", n=value["tunda_rendah"]),
        "tunda_tinggi": w.t("Tunda lintas batas {n} menit", n=value["tunda_tinggi"]),
        "penduduk_low": w.t("Penduduk di batas bawah perkiraan"),
        "penduduk_high": w.t("Penduduk di batas atas perkiraan"),
        "tanpa_titik": w.t("Tanpa yang hanya diketahui wilayahnya"),
    }


def regret_table(w: Words, data: Dataset, now: Session, checks: Checks) -> Styler:
    """One row a variant and plan."""
    names = variant_names(w, data)
    kept, best, lost = w.t("Rencana sekarang (jiwa)"), w.t("Rencana terbaik saat itu (jiwa)"), w.t("Penyesalan (jiwa)")
    rows = [
        {
            w.t("Bila ternyata"): names[r.variant],
            w.t("Rencana"): w.t("bersama")
            if not r.plan
            else w.t("{sisi} sendiri", sisi=str(data.kabkota.at[r.plan, "nama"])),
            kept: round(r.kept, -1),
            best: round(r.best, -1),
            lost: round(r.people, -1),
            w.t("Terbukti"): w.t("ya") if r.proven else "≥",
        }
        for r in checks.regrets
    ]
    return w.styled(pd.DataFrame(rows), {kept: 0, best: 0, lost: 0})


def places_table(now: Session, plan: Joint) -> pd.DataFrame:
    """The twin of the map: every place of every plan."""
    w, data = now.words, now.data
    rows = []
    everyone = [(w.t("bersama"), plan.joint)]
    everyone += [
        (w.t("{sisi} sendiri", sisi=str(data.kabkota.at[s, "nama"])), p) for s, p in (plan.plans or {}).items()
    ]
    for label, places in everyone:
        for place in places:
            unit = data.kelurahan.loc[place.kode]
            rows.append(
                {
                    w.t("Rencana"): label,
                    w.t("Kode"): place.kode,
                    w.t("Di sekitar"): str(unit["nama"]),
                    w.t("Kecamatan"): str(unit["kecamatan"]),
                    w.t("Kabupaten/kota"): str(unit["kabkota"]),
                    w.t("Calon sendiri"): w.t("ya") if place.drawn else w.t("tidak"),
                    w.t("Bujur"): place.lon,
                    w.t("Lintang"): place.lat,
                }
            )
    return pd.DataFrame(rows)


def method(now: Session, asked: Asked, plan: Joint | None) -> str:
    """How it is computed, what it rests on, and what it is not."""
    w, data, kind = now.words, now.data, asked.task.kind
    lines = []
    if kind == "puskesmas":
        indicator = data.catalogue.indicators["jarak_puskesmas"]
        standard = md(sentences.standard_text(w, data.catalogue.standards[RADIUS], indicator))
        lines.append(
            w.t(
                "Terjangkau: paling jauh {standar}, garis lurus; tepat pada batas dihitung terjangkau.",
                standar=standard,
            )
        )
        lines.append(
            w.t(
                "Daftar puskesmas tahun 2019. Enam puskesmas Kota Serang hanya diketahui kelurahannya: tempatnya dianggap di mana saja di kelurahan itu, "
                "jadi jangkauannya berupa peluang. Daftar Kota Bekasi dan Kota Depok 2019 belum lengkap: jangkauan hari ini adalah batas bawah, dan tempat "
                "baru dapat jatuh di dekat puskesmas yang belum terdaftar."
            )
        )
    elif asked.task.fire is not None:
        fire = asked.task.fire
        lines.append(
            w.t(
                "Terjangkau: {target} menit sejak panggilan, tepat pada batas dihitung terjangkau; panggilan {panggilan} menit, berangkat {berangkat} menit, "
                "laju {laju} km/jam, faktor memutar {memutar}, tunda lintas batas {tunda} menit untuk pos milik sisi seberang. Andaian ini diubah di halaman Damkar dan ikut "
                "dalam tautan.",
                target=w.number(fire.target, 1),
                panggilan=w.number(fire.call, 1),
                berangkat=w.number(fire.turnout, 1),
                laju=w.number(fire.speed),
                memutar=w.number(fire.detour, 1),
                tunda=w.number(fire.delay, 1),
            )
        )
        lines.append(
            w.t(
                "Pos damkar dari berita dan laman dinas; kebanyakan hanya diketahui kecamatannya dan dianggap di mana saja di wilayah itu, jadi jangkauannya "
                "berupa peluang. Pos yang tidak terdaftar tidak ikut, sehingga jangkauan hari ini dapat lebih besar."
            )
        )
    lines += [
        w.t(
            "Rencana sendiri: tempat di sisi sendiri yang menjangkau paling banyak penduduk sisi sendiri (maximal covering), dengan fasilitas sendiri saja. "
            "Rencana bersama: tempat di sisi mana pun untuk penduduk semua sisi. Jumlah tempatnya sama, sehingga selisihnya adil."
        ),
        w.t(
            "Model PySAL spopt, diselesaikan HiGHS pada petak {km}, lalu diperbaiki dan dihitung pada titik sampel 250 m; angka yang ditampilkan "
            "selalu dari titik sampel. Diukur untuk kedua Serang, lima tempat: tanpa perbaikan, petak {km} kehilangan 0,8 % (puskesmas) dan 1,1 % (damkar) dibanding "
            "model semua titik; sesudah perbaikan puskesmas sama persis.",
            km=w.km(CELL_M, 0),
        ),
        w.t(
            "Penduduk 2024 adalah perkiraan dan dianggap tersebar merata di dalam kelurahan. Kisaran: penduduk bawah sampai atas, dan persentil 5 sampai 95 atas kemungkinan "
            "tempat fasilitas yang hanya diketahui wilayahnya."
        ),
        w.t(
            "Hanya fasilitas kedua sisi koridor yang dihitung. Garis lurus tidak mengenal sungai, laut dan jalan; lahan, anggaran dan daya tampung tidak ikut. "
            "Tempat di sini petunjuk untuk dibahas, bukan keputusan."
        ),
    ]
    if plan is not None and plan.points:
        lines.append(
            w.t(
                "Dihitung: {titik} titik sampel dalam {petak} petak, {calon} calon.",
                titik=w.number(plan.points),
                petak=w.number(plan.cells),
                calon=w.number(plan.candidates),
            )
        )
    sources = ("kpu_tps2024", "dukcapil2024", "faskes2019" if kind == "puskesmas" else "fire_press")
    known = data.catalogue.sources
    lines.append(w.t("Sumber: {sumber}.", sumber="; ".join(md(known[s].attribution) for s in sources if s in known)))
    return "\n".join(f"- {line}" for line in lines)


def placed(now: Session, lon: float, lat: float) -> None:
    """A click while placing."""
    sitingstate.add_place(now, lon, lat)


def on_place(now: Session) -> partial[None]:
    """What a click on the map does."""
    return partial(placed, now)
