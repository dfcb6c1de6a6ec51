"""The pieces of the fire page: answer, controls, posts, map, legend, sections and method."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis import fire
from analysis.fire import FireResult
from analysis.projection import to_degrees
from analysis.response import DRAWS, SITUATIONS, Post, Spread
from analysis.scenario import MOST_CHANGES, Change
from data.tables import Dataset
from views import assumed, firecharts, session, tables, theme
from views import firestate as state_of
from views.charts import CONFIG
from views.escape import md
from views.firestate import FireState
from views.map import MapPoint, MapSpec
from views.mappage import map_words
from views.session import Session
from views.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

HEIGHT = 400
CHANCE_BREAKS = (0.05, 0.25, 0.5, 0.75, 0.95)
GAIN_BREAKS = (0.01, 0.1, 0.25, 0.5)
# Of the target: half, four fifths, the target itself, a third more, twice.
MINUTE_BREAKS = (0.5, 0.8, 1.0, 4 / 3, 2.0)
PLACING = "letak"
CLOSING = "tutup_pos"
CASES = ("response_case", "response_gap_case", "response_time", "cross_border_help")
FIGURES = ("fires", "posts", "vehicles", "personnel", "rescues")


def question(now: Session) -> str:
    """The question that the page answers."""
    w = now.words
    return w.t(
        "{koridor}: siapa yang terjangkau bila pos damkar terdekat dari sisi mana pun yang datang?",
        koridor=md(w.pick(now.corridor.title)),
    )


def name_of(data: Dataset, side: str) -> str:
    return str(data.kabkota.at[side, "nama"])


def population_year(data: Dataset) -> str:
    return data.catalogue.indicators["penduduk"].year


def complete(now: Session, side: str = "") -> bool:
    """Whether no post of a side, or of any side, is missing from the list as far as can be known."""
    known = state_of.listings(now.corridor.id)
    return all(known[s].complete for s in ([side] if side else now.corridor.sides))


def at_least(text: str, bound: bool) -> str:
    """A figure that can only be higher in truth."""
    return f"≥\N{NO-BREAK SPACE}{text}" if bound else text


def _people(w: Words, spread: Spread | None, bound: bool) -> str:
    """Expected people with the range over the possible places of the posts."""
    if spread is None:
        return w.no_data
    text = w.t(
        "{nilai} jiwa ({rendah}–{tinggi})",
        nilai=w.people(spread.value),
        rendah=w.people(spread.low),
        tinggi=w.people(spread.high),
    )
    return at_least(text, bound)


def answer(now: Session, state: FireState, result: FireResult) -> str:
    """People within the target with own posts and with an open line, in one sentence."""
    w, data = now.words, now.data
    shown = [result.by_side[s] for s in now.corridor.sides] if now.corridor.pair else [result.by_side[""]]
    parts = [
        w.t(
            "{sisi} {tertutup} dari pos sendiri, {terbuka} bila batas dibuka",
            sisi=md(name_of(data, c.side)) if c.side else w.t("semua sisi"),
            tertutup=_people(w, c.closed, not complete(now, c.side)),
            terbuka=_people(w, c.opened, not complete(now)),
        )
        for c in shown
    ]
    posts = result.world.posts
    return w.t(
        "Dalam {target} menit terjangkau: {sisi}. Penduduk {tahun} (perkiraan); tunda lintas batas {tunda} menit; letak tepat diketahui untuk {tepat} dari {semua} pos.",
        target=assumed.number(w, state.choices.target),
        sisi="; ".join(parts),
        tahun=population_year(now.data),
        tunda=assumed.number(w, state.choices.delay),
        tepat=w.number(sum(p.exact for p in posts)),
        semua=w.number(len(posts)),
    )


def controls(now: Session, state: FireState) -> None:
    """What the map shows, the delay, the other assumptions and the posts."""
    w, entries = now.words, state_of.entries(now.data)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    shows = {"peluang": w.t("peluang"), "menit": w.t("menit"), "manfaat": w.t("tambahan")}
    row.segmented_control(w.t("Peta"), list(shows), format_func=shows.__getitem__, key=state_of.SHOWN, required=True)
    plans = {"terbuka": w.t("dibuka"), "tertutup": w.t("pos sendiri")}
    row.segmented_control(
        w.t("Batas"),
        list(plans),
        format_func=plans.__getitem__,
        key=state_of.PLAN,
        required=True,
        disabled=st.session_state[state_of.SHOWN] == "manfaat",
    )
    with row.container(width=190):
        assumed.slider(now, state_of.ASSUMED, "tunda", entries["tunda"], 0.5, w.t("Tunda (menit)"))
    with row.popover(w.t("Asumsi"), icon=":material/tune:"):
        for key, step in (("target", 1.0), ("panggilan", 0.5), ("berangkat", 0.5), ("memutar", 0.05)):
            assumed.slider(now, state_of.ASSUMED, key, entries[key], step)
        speeds = {"tetap": w.t("satu laju"), "kerapatan": w.t("menurut kerapatan jalan")}
        st.segmented_control(
            w.t("Laju"), list(speeds), format_func=speeds.__getitem__, key=state_of.SPEEDS, required=True
        )
        assumed.slider(now, state_of.ASSUMED, "laju", entries["laju"], 1.0)
        if state.choices.speeds == "kerapatan":
            st.caption(w.t("Laju tunggal di atas berlaku di kelurahan yang kerapatan jalannya belum ada data."))
            for key in ("jarang", "sedang", "padat", "batas_sedang", "batas_padat"):
                assumed.slider(now, state_of.ASSUMED, key, entries[key], 1.0)
    with row.popover(w.t("Pos"), icon=":material/local_fire_department:"):
        draw_posts(now, state)


def draw_posts(now: Session, state: FireState) -> None:
    """Switches for planned and other posts; placing, adding and closing one; what was changed."""
    w, data = now.words, now.data
    choices = {"": w.t("tidak"), "ya": w.t("ya")}
    planned = planned_names(now)
    st.segmented_control(
        w.t("Hitung pos yang baru direncanakan ({n})", n=w.number(len(planned))),
        list(choices),
        format_func=choices.__getitem__,
        key=state_of.PLANNED,
        required=True,
        help=w.t("Yang disebut kelurahan atau kecamatannya: {daftar}.", daftar=md(w.listing(planned)))
        if planned
        else None,
    )
    beside = [md(name_of(data, k)) for k in fire.partners(data, now.corridor.sides)]
    st.segmented_control(
        w.t("Ikutkan pos tetangga lain sebagai mitra"),
        list(choices),
        format_func=choices.__getitem__,
        key=state_of.OTHERS,
        required=True,
        help=w.t("Tetangga dengan pos dalam daftar: {daftar}. Daftarnya belum tentu lengkap.", daftar=w.listing(beside))
        if beside
        else None,
    )
    changes = session.scenario(now, state_of.KIND)
    full = len(st.query_params.get(session.SCENARIO, "").split(";")) >= MOST_CHANGES
    world = state_of.world_of(state)
    options = {p.id: p for p in world.posts if not p.exact and p.state == ""}
    new = [f"baru {s}" for s in now.corridor.sides]
    st.selectbox(
        w.t("Letakkan di peta"),
        ["", *options, *new],
        format_func=lambda k: _placing_label(now, options, k),
        key=PLACING,
        disabled=full,
        help=w.t(
            "Pilih pos yang alamatnya Anda tahu atau pos baru, tutup daftar ini, lalu klik tempatnya di peta. Letaknya menjadi tepat dan masuk tautan."
        ),
    )
    ids = {p.id: p for p in world.posts if p.state == ""}
    st.selectbox(
        w.t("Andaikan satu pos ditutup"),
        ["", *ids],
        format_func=lambda k: post_name(now, ids[k]) if k else w.t("tidak ada"),
        key=CLOSING,
        disabled=full,
        on_change=partial(_close, now),
    )
    for change in changes:
        left, right = st.columns([4, 1])
        left.markdown(change_text(now, change))
        right.button(w.t("Batal"), key=f"batal {change.id or change.lon}", on_click=partial(_undo, now, change))


def _placing_label(now: Session, posts: dict[str, Post], key: str) -> str:
    w = now.words
    if not key:
        return w.t("tidak ada")
    if key.startswith("baru "):
        return w.t("pos baru {sisi}", sisi=name_of(now.data, key.removeprefix("baru ")))
    return f"{post_name(now, posts[key])} – {place_text(now, posts[key])}"


def _close(now: Session) -> None:
    chosen = st.session_state[CLOSING]
    if chosen:
        st.session_state[CLOSING] = ""
        session.set_scenario(now, state_of.KIND, [*_changes_without(now, chosen), Change("tutup", id=chosen)])


def _undo(now: Session, change: Change) -> None:
    session.set_scenario(now, state_of.KIND, [c for c in session.scenario(now, state_of.KIND) if c != change])


def _changes_without(now: Session, post_id: str) -> list[Change]:
    return [c for c in session.scenario(now, state_of.KIND) if c.id != post_id]


def place(now: Session, lon: float, lat: float) -> None:
    """Put the chosen post where the map was clicked."""
    chosen = st.session_state.get(PLACING, "")
    if chosen.startswith("baru "):
        change = Change("tambah", kind=state_of.KIND[0], operator=chosen.removeprefix("baru "), lon=lon, lat=lat)
    elif chosen:
        change = Change("pindah", id=chosen, lon=lon, lat=lat)
    else:
        return
    st.session_state[PLACING] = ""
    session.set_scenario(now, state_of.KIND, [*_changes_without(now, change.id or "-"), change])


def change_text(now: Session, change: Change) -> str:
    """One change of the scenario in words."""
    w, data = now.words, now.data
    if change.action == "tambah":
        return w.t("pos baru {sisi}", sisi=md(name_of(data, change.operator)))
    label = md(str(data.fire_posts.at[change.id, "label"]))
    return w.t("{pos}: ditutup", pos=label) if change.action == "tutup" else w.t("{pos}: letak ditentukan", pos=label)


def planned_names(now: Session) -> list[str]:
    """Posts of the sides that are planned and for which a kelurahan or kecamatan is named."""
    data = now.data
    planned = data.fire_posts[data.fire_posts["exists"] == "rencana"]
    rows = data.facilities.loc[planned.index]
    rows = rows[rows["operator"].isin(now.corridor.sides) & rows["area_kode"].ne("")]
    return [str(label) for label in planned.loc[rows.index, "label"]]


def post_name(now: Session, post: Post) -> str:
    """Name of a post as plain text."""
    data = now.data
    if post.id in data.fire_posts.index:
        return str(data.fire_posts.at[post.id, "label"])
    return now.words.t("pos baru {sisi}", sisi=name_of(data, post.operator))


def place_text(now: Session, post: Post) -> str:
    """How well the place of a post is known, as plain text."""
    w, data = now.words, now.data
    if post.exact:
        return w.t("letak ditentukan pengguna") if post.state else w.t("titik tak resmi, sekitar 100 m")
    if post.region == "kabkota":
        return w.t("hanya diketahui di {wilayah}", wilayah=name_of(data, post.area))
    frame = data.kelurahan if post.region == "kelurahan" else data.kecamatan
    return w.t(
        "hanya diketahui {tingkat} {wilayah}", tingkat=w.level(post.region), wilayah=str(frame.at[post.area, "nama"])
    )


def draw_placing(now: Session) -> bool:
    """While a post is being placed, say so and offer to stop."""
    w = now.words
    chosen = st.session_state.get(PLACING, "")
    if not chosen:
        return False
    name = (
        w.t("pos baru {sisi}", sisi=md(name_of(now.data, chosen.removeprefix("baru "))))
        if chosen.startswith("baru ")
        else md(str(now.data.fire_posts.at[chosen, "label"]))
    )
    row = st.container(horizontal=True, vertical_alignment="center")
    row.markdown(w.t("**Klik peta untuk meletakkan {pos}.**", pos=name))
    row.button(w.t("Batal"), key="batal letak", on_click=session.assign, args=(PLACING, ""))
    return True


def breaks_of(state: FireState, shown: str) -> tuple[float, ...]:
    """Limits of the classes."""
    if shown == "menit":
        return tuple(state.choices.target * share for share in MINUTE_BREAKS)
    return CHANCE_BREAKS if shown == "peluang" else GAIN_BREAKS


def values_of(result: FireResult, shown: str, plan: str) -> pd.Series:
    """What is mapped, by kelurahan."""
    if shown == "manfaat":
        return result.table["gain"]
    column = "open" if plan == "terbuka" else "closed"
    return result.table[column if shown == "peluang" else f"{column}_min"]


def colors_of(shown: str) -> tuple[str, ...]:
    """Colours by class; dark is farther from help, or more gained."""
    count = len(GAIN_BREAKS if shown == "manfaat" else CHANCE_BREAKS) + 1
    return theme.sequential(count, reverse=shown == "peluang")


def class_index(state: FireState, result: FireResult, shown: str, plan: str) -> pd.Series:
    """Class of every kelurahan, -1 where nothing is known."""
    return fire.classes(values_of(result, shown, plan), breaks_of(state, shown), upper_closed=shown == "menit")


def spec(
    now: Session, state: FireState, result: FireResult, shown: str, plan: str, placing: bool, chosen: str | None
) -> MapSpec:
    """What the map shall show."""
    w, corridor = now.words, now.corridor
    index = class_index(state, result, shown, plan)
    return MapSpec(
        sides=corridor.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in corridor.sides},
        level="kelurahan",
        classes={str(k): int(c) for k, c in index.items()},
        labels=_labels(w, result, shown, plan),
        colors=colors_of(shown),
        words=map_words(w),
        selected=chosen,
        points=tuple(_point(now, p) for p in result.world.posts if p.region != "kabkota"),
        dark=now.dark,
        placing=placing,
    )


def _labels(w: Words, result: FireResult, shown: str, plan: str) -> dict[str, str]:
    column = "open" if plan == "terbuka" else "closed"
    values = values_of(result, shown, plan)
    rows = result.table[values.notna()]
    if shown == "manfaat":
        return {str(k): w.t("tambahan {n} poin", n=w.number(v * 100)) for k, v in rows["gain"].items()}
    if shown == "peluang":
        return {str(k): w.t("peluang {n}", n=w.percent(v)) for k, v in rows[column].items()}
    spans = zip(rows.index, rows[f"{column}_min"], rows[f"{column}_min_low"], rows[f"{column}_min_high"], strict=True)
    return {
        str(k): w.t("{n} menit ({rendah}–{tinggi})", n=w.number(v), rendah=w.number(low), tinggi=w.number(high))
        for k, v, low, high in spans
    }


def _point(now: Session, post: Post) -> MapPoint:
    text = f"{post_name(now, post)} – {place_text(now, post)}"
    moved = post.state if post.state in ("baru", "pindah") else ""
    if post.x is None or post.y is None:
        return MapPoint(kind="pos_damkar", text=text, area_kode=post.area)
    lon, lat = to_degrees(post.x, post.y)
    return MapPoint(
        kind="pos_damkar",
        text=text,
        lon=float(lon),
        lat=float(lat),
        state="baru" if moved == "baru" else "pindah" if moved else "",
    )


def class_label(w: Words, state: FireState, shown: str, position: int) -> str:
    """The limits of a class as text."""
    if position < 0:
        return w.t("belum ada data pos")
    breaks = breaks_of(state, shown)

    def limit(value: float) -> str:
        return assumed.number(w, value) if shown == "menit" else w.number(value * 100)

    unit = {"menit": w.t("menit"), "peluang": "%", "manfaat": w.t("poin persen")}[shown]
    closed = shown == "menit"
    if position == 0:
        return f"{'≤' if closed else '<'} {limit(breaks[0])} {unit}"
    if position == len(breaks):
        return f"{'>' if closed else '≥'} {limit(breaks[-1])} {unit}"
    low, high = limit(breaks[position - 1]), limit(breaks[position])
    return f"> {low} – {high} {unit}" if closed else f"{low} – < {high} {unit}"


def legend_rows(now: Session, state: FireState, result: FireResult, shown: str, plan: str) -> list[tables.Row]:
    """Classes with colour, units and people a side."""
    w = now.words
    colors = colors_of(shown)
    sides = now.corridor.sides
    counts = fire.class_counts(result.table, class_index(state, result, shown, plan), len(colors))
    return [
        tables.Row(
            None if position < 0 else colors[position],
            class_label(w, state, shown, position),
            tuple((int(row[(side, "units")]), float(row[(side, "people")])) for side in sides),
        )
        for position, row in zip(counts.index, counts.to_dict("records"), strict=True)
    ]


def picture_title(now: Session, state: FireState, shown: str, plan: str) -> str:
    """What the picture of the map is called."""
    w = now.words
    target = assumed.number(w, state.choices.target)
    if shown == "manfaat":
        return w.t("Tambahan peluang damkar tiba dalam {target} menit bila batas dibuka", target=target)
    if shown == "menit":
        return (
            w.t("Waktu tanggap damkar, batas dibuka") if plan == "terbuka" else w.t("Waktu tanggap damkar, pos sendiri")
        )
    if plan == "terbuka":
        return w.t("Peluang damkar tiba dalam {target} menit, batas dibuka", target=target)
    return w.t("Peluang damkar tiba dalam {target} menit, pos sendiri", target=target)


def legend_note(now: Session, state: FireState, shown: str, plan: str) -> str:
    """What the colours mean."""
    w = now.words
    if shown == "manfaat":
        meaning = w.t("Makin gelap makin besar tambahan peluang bila batas dibuka.")
    else:
        how = w.t("pos terdekat dari sisi mana pun") if plan == "terbuka" else w.t("pos sendiri saja")
        meaning = w.t("Makin gelap makin jauh dari pertolongan ({cara}).", cara=how)
    return (
        meaning
        + " "
        + w.t(
            "Peluang = bagian tempat di kelurahan dan kemungkinan letak pos yang tercapai dalam {target} menit. Titik 250 m, garis lurus kali faktor memutar, bukan catatan kejadian. Pos yang hanya diketahui wilayahnya diarsir, tidak pernah berupa titik. Jiwa: perkiraan {tahun}.",
            tahun=population_year(now.data),
            target=assumed.number(w, state.choices.target),
        )
    )


def draw_card(now: Session, state: FireState, result: FireResult) -> None:
    """Both sides, alike: people, ranges, and what is known of the posts; then posts that stand across the line."""
    w, data = now.words, now.data
    known = state_of.listings(now.corridor.id)
    with st.container(border=True, height=HEIGHT):
        st.html(sides_table(now, result))
        for side in now.corridor.sides:
            st.caption(w.t("{sisi}. {keadaan}", sisi=md(name_of(data, side)), keadaan=listing_text(now, known[side])))
        for post in fire.abroad(result.world.posts):
            st.markdown(abroad_text(now, state, post))
        hidden = [p for p in result.world.posts if p.region == "kabkota"]
        if hidden:
            st.caption(
                w.t(
                    "Tidak digambar karena tidak satu wilayah pun diketahui: {daftar}.",
                    daftar=md(w.listing([post_name(now, p) for p in hidden])),
                )
            )
        if state.planned:
            st.caption(w.t("Termasuk pos yang baru direncanakan: {daftar}.", daftar=md(w.listing(planned_names(now)))))
        if state.others:
            names = [name_of(data, k) for k in fire.partners(data, now.corridor.sides)]
            st.caption(w.t("Termasuk pos {daftar} sebagai mitra kedua sisi.", daftar=md(w.listing(names))))


def sides_table(now: Session, result: FireResult) -> str:
    """People of every side within the target with both ranges, as an HTML table; every text in it is escaped."""
    w = now.words
    found = [result.by_side[s] for s in now.corridor.sides]
    plans = (
        (w.t("pos sendiri"), [(c.closed, not complete(now, c.side)) for c in found]),
        (w.t("batas dibuka"), [(c.opened, not complete(now)) for c in found]),
        (w.t("tambahan"), [(c.gain, False) for c in found]),
    )
    heads = [w.t("{sisi}, {n} jiwa", sisi=name_of(now.data, c.side), n=w.people(c.people)) for c in found]
    rows = "".join(
        f'<tr><th scope="row" align="left">{escape(title)}</th>'
        + "".join(f"<td>{_cell(w, spread, bound)}</td>" for spread, bound in cells)
        + "</tr>"
        for title, cells in plans
    )
    return tables.html_table(w.t("Jiwa terjangkau tiap sisi dengan kisarannya"), ["", *heads], rows, 3, ".8rem")


def _cell(w: Words, spread: Spread | None, bound: bool) -> str:
    if spread is None:
        return escape(w.no_data)
    lines = (
        w.t("letak pos {a}–{b}", a=w.people(spread.low), b=w.people(spread.high)),
        w.t("galat penduduk {a}–{b}", a=w.people(spread.people_low), b=w.people(spread.people_high)),
    )
    return f"<b>{escape(at_least(w.people(spread.value), bound))}</b>" + "".join(
        f"<br>{escape(line)}" for line in lines
    )


def listing_text(now: Session, listing: fire.Listing) -> str:
    """State of the list of posts of one side."""
    w = now.words
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


def abroad_text(now: Session, state: FireState, post: Post) -> str:
    """A post that stands in the other's area: what that means for both sides."""
    w, data = now.words, now.data
    home, across = state_of.reached_by(state, post.id)
    return w.t(
        "**{pos}** milik {pemilik} tetapi berdiri di {tempat}. Bagi {pemilik} ia pos sendiri: dalam {target} menit menjangkau {n} jiwa. Bagi {tempat} ia pos seberang yang baru datang bila batas dibuka: {m} jiwa. Bila dipindahkan, keduanya berubah.",
        pos=md(post_name(now, post)),
        pemilik=md(name_of(data, post.operator)),
        tempat=md(name_of(data, post.stands_in)),
        target=assumed.number(w, state.choices.target),
        n=w.people(home),
        m=w.people(across),
    )


def draw_sections(now: Session, state: FireState, result: FireResult) -> None:
    """One of the sections below the map; the choice is in the URL."""
    w = now.words
    titles = {
        "tunda": w.t("Tunda impas"),
        "alamat": w.t("Tanyakan dulu"),
        "unit": w.t("Unit pergi"),
        "serentak": w.t("Panggilan bersamaan"),
        "kasus": w.t("Kejadian tercatat"),
    }
    st.segmented_control(
        w.t("Pendalaman"),
        list(titles),
        format_func=titles.__getitem__,
        key=state_of.SECTION,
        required=True,
        label_visibility="collapsed",
    )
    draw = {"tunda": draw_delay, "alamat": draw_ask, "unit": draw_away, "serentak": draw_calls, "kasus": draw_cases}
    draw[st.session_state[state_of.SECTION]](now, state, result)


def draw_delay(now: Session, state: FireState, result: FireResult) -> None:
    """Coverage against the delay, and where the open curve meets the closed line."""
    w, data = now.words, now.data
    curves = state_of.curves(state_of.without_delay(state))
    names = {s: name_of(data, s) for s in now.corridor.sides}
    leads = {b.side: b for b in result.breaks}
    lines = []
    for curve in curves:
        lead = leads[curve.side]
        fields = {"sisi": md(names[curve.side]), "target": assumed.number(w, state.choices.target)}
        if curve.closed is None:
            lines.append(
                w.t("- {sisi}: tunda impas belum ada data, sebab tidak satu pos pun ada dalam daftar.", **fields)
            )
        elif curve.meets is None:
            lines.append(
                w.t("- {sisi}: membuka batas tidak menambah jangkauan {target} menit, bahkan tanpa tunda.", **fields)
            )
        else:
            lines.append(
                w.t(
                    "- {sisi}: tambahan jangkauan habis pada tunda **{n} menit** (kurva bertemu garis).",
                    n=w.number(curve.meets, 1),
                    **fields,
                )
            )
        if curve.closed is not None and lead.minutes is not None:
            lines.append(
                w.t(
                    "- {sisi}: bagi {jiwa} jiwa pos seberang lebih cepat, rata-rata **{n} menit**; selama itu koordinasi boleh berlangsung sebelum pos sendiri sama cepatnya.",
                    jiwa=w.people(lead.people),
                    n=w.number(lead.minutes, 1),
                    **fields,
                )
            )
    st.markdown("\n".join(lines))
    st.plotly_chart(
        firecharts.delay_curves(w, curves, names, state.choices.delay, now.dark),
        config=CONFIG,
        alt=w.t("Jiwa terjangkau menurut tunda koordinasi; garis putus adalah pos sendiri"),
    )
    st.caption(w.t("Sumbu tegak tidak mulai dari nol. Tunda impas tiap kelurahan ada di tabel kembaran."))


def draw_ask(now: Session, state: FireState, result: FireResult) -> None:
    """Whose unknown address matters most."""
    w, data = now.words, now.data
    found = state_of.ask_first(state)
    if found.empty:
        st.markdown(w.t("Letak semua pos sudah tepat."))
        return
    posts = {p.id: p for p in result.world.posts}
    top = posts[str(found.index[0])]
    st.markdown(
        w.t(
            "**Tanyakan dulu alamat {pos}** ({pemilik}): menurut letaknya, jiwa terjangkau berbeda sampai {n}.",
            pos=md(post_name(now, top)),
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
            w.t("Pos"): [post_name(now, posts[str(k)]) for k in found.index],
            w.t("Pemilik"): [name_of(data, posts[str(k)].operator) for k in found.index],
            w.t("Yang diketahui"): [place_text(now, posts[str(k)]) for k in found.index],
            swing: found["swing"].round(-2).to_numpy(),
            w.t("Pos sendiri (5–95 %)"): _spans(w, found, "closed"),
            w.t("Batas dibuka (5–95 %)"): _spans(w, found, "open"),
            w.t("Alamat menurut sumber"): address.to_numpy(),
            link: source.to_numpy(),
        }
    )
    st.dataframe(
        w.styled(frame, {swing: 0}),
        hide_index=True,
        placeholder=w.no_data,
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


def draw_away(now: Session, state: FireState, result: FireResult) -> None:
    """What cover is left at home while a unit is across the line."""
    w, data = now.words, now.data
    found = state_of.engines_away(state)
    sent = found[found["across"] >= 1]
    if sent.empty:
        st.markdown(w.t("Dengan tunda ini tidak satu pos pun menjadi yang terdekat bagi sisi lain."))
        return
    posts = {p.id: p for p in result.world.posts}
    first = posts[str(sent.index[0])]
    row = sent.iloc[0]
    st.markdown(
        w.t(
            "**{pos}** paling sering menyeberang (terdekat bagi {n} jiwa). Selama unitnya pergi, pos sendiri {pemilik} menjangkau {sisa} jiwa dalam {target} menit ({rendah}–{tinggi}), bukan {penuh}.",
            pos=md(post_name(now, first)),
            pemilik=md(name_of(data, first.operator)),
            n=w.people(row["across"]),
            sisa=w.people(row["home_without"]),
            rendah=w.people(row["home_low"]),
            tinggi=w.people(row["home_high"]),
            penuh=w.people(row["home"]),
            target=assumed.number(w, state.choices.target),
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
            w.t("Pos"): [post_name(now, posts[str(k)]) for k in sent.index],
            w.t("Pemilik"): [name_of(data, posts[str(k)].operator) for k in sent.index],
            **{title: sent[key].round(-2).to_numpy() for key, title in columns.items()},
            w.t("tanpa pos ini (5–95 %)"): _spans(w, sent, "home"),
        }
    )
    st.dataframe(
        w.styled(frame, dict.fromkeys(columns.values(), 0)),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Jangkauan di rumah selama unit pergi"),
    )
    st.caption(w.t("Anggapan: pos mengirim semua unitnya. Satu unit yang tinggal membuat jangkauan rumah tetap."))


def draw_calls(now: Session, state: FireState, result: FireResult) -> None:
    """Several calls at the same time, each to the nearest unit that is free."""
    w = now.words
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.segmented_control(w.t("Panggilan bersamaan"), ["2", "3", "4", "5"], key=state_of.CALLS, required=True)
    row.segmented_control(
        w.t("Unit siap tiap pos"),
        ["1", "2", "3", "4"],
        key=state_of.PER_POST,
        required=True,
        help=assumed.origin(w, now.data.catalogue.assumptions["damkar_unit"]),
    )
    calls, per_post = int(st.session_state[state_of.CALLS]), int(st.session_state[state_of.PER_POST])
    if any(not result.world.has_own(s) for s in now.corridor.sides):
        st.markdown(w.t("Tidak dihitung: pos salah satu sisi tidak ada dalam daftar."))
        return
    found = state_of.calls_at_once(state, calls, per_post)
    if found.empty:
        st.markdown(w.t("Tidak dihitung: tidak ada kelurahan berpenduduk di garis batas."))
        return
    plans = {"closed": w.t("pos sendiri"), "open": w.t("batas dibuka")}
    last = found[found["call"] == calls].set_index("plan").to_dict("index")
    st.markdown(
        w.t(
            "**Panggilan ke-{n} di garis batas tercapai dalam {target} menit: {a} dari pos sendiri, {b} bila batas dibuka; tidak terlayani {c} dan {d}.**",
            n=w.number(calls),
            target=assumed.number(w, state.choices.target),
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
    st.dataframe(
        w.styled(frame, {middle: 1, number: 0}),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Waktu tiap panggilan menurut urutan"),
    )
    st.caption(
        w.t(
            "{n} keadaan tiruan: kejadian jatuh acak menurut penduduk di kelurahan yang menyentuh garis batas; tiap panggilan mendapat unit terdekat yang masih ada, menurut urutan masuk.",
            n=w.number(SITUATIONS),
        )
    )


def draw_cases(now: Session, state: FireState, result: FireResult) -> None:
    """Documented cases and yearly figures beside the model."""
    w = now.words
    st.markdown(
        w.t(
            "**Dihitung berbeda, jadi tidak dapat dibandingkan langsung:** angka terbitan mulai dan berhenti menghitung jam menurut cara masing-masing; model menghitung dari panggilan sampai tiba untuk semua tempat."
        )
    )
    st.markdown("\n".join(_model_lines(now, state, result)))
    rows = now.data.fire_stats
    rows = rows[rows["kode_kabkota"].isin(now.corridor.sides)]
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
        st.dataframe(
            cases_table(now, part),
            hide_index=True,
            placeholder=w.no_data,
            column_config={link: st.column_config.LinkColumn(link, display_text=w.t("buka"))},
            alt=title,
        )
    st.caption(w.t("Jumlah berita mengukur apa yang ditulis, bukan seberapa sering terjadi."))


def _model_lines(now: Session, state: FireState, result: FireResult) -> list[str]:
    w = now.words
    lines, minutes = [], result.minutes.to_dict("index")
    for side in now.corridor.sides:
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
                "- Model, {sisi}, rata-rata menurut penduduk: {a} dari pos sendiri, {b} bila batas dibuka.",
                sisi=md(name_of(now.data, side)),
                a=spans["closed"],
                b=spans["open"],
            )
        )
    return lines


def metric_names(w: Words) -> dict[str, str]:
    """Labels of the kinds of published figures."""
    return {
        "response_case": w.t("kejadian"),
        "response_gap_case": w.t("kejadian, selisih waktu"),
        "response_time": w.t("waktu tanggap"),
        "cross_border_help": w.t("bantuan lintas batas"),
        "fires": w.t("kebakaran"),
        "posts": w.t("pos"),
        "vehicles": w.t("kendaraan"),
        "personnel": w.t("personel"),
        "rescues": w.t("penyelamatan"),
    }


def cases_table(now: Session, rows: pd.DataFrame) -> pd.DataFrame:
    """Published figures as they were published."""
    w, end = now.words, now.words.language
    names = metric_names(w)
    unit = rows[f"unit_{end}"].where(~rows["unit_en"].eq("text"), "")
    return pd.DataFrame(
        {
            w.t("Kabupaten/kota"): [name_of(now.data, k) for k in rows["kode_kabkota"]],
            w.t("Jenis"): rows["metric"].map(names).to_numpy(),
            w.t("Waktu"): [w.partial_date(t) for t in rows[f"period_{end}"]],
            w.t("Angka"): (rows[f"value_{end}"] + " " + unit).str.strip().to_numpy(),
            w.t("Keterangan"): rows[f"note_{end}"].to_numpy(),
            w.t("Sumber"): rows["source_url"].to_numpy(),
            w.t("Tanggal sumber"): [w.partial_date(t) for t in rows["source_date"]],
        }
    )


def twin(now: Session, result: FireResult) -> Styler:
    """Every kelurahan with all its numbers."""
    w, data, table = now.words, now.data, result.table
    places = data.kelurahan.loc[table.index]
    numbers = {
        "closed": (w.t("Peluang, pos sendiri (%)"), 100, 0),
        "open": (w.t("Peluang, dibuka (%)"), 100, 0),
        "gain": (w.t("Tambahan (poin)"), 100, 0),
        "closed_min": (w.t("Menit, pos sendiri"), 1, 1),
        "closed_min_low": (w.t("bawah"), 1, 1),
        "closed_min_high": (w.t("atas"), 1, 1),
        "open_min": (w.t("Menit, dibuka"), 1, 1),
        "open_min_low": (w.t("bawah (dibuka)"), 1, 1),
        "open_min_high": (w.t("atas (dibuka)"), 1, 1),
        "lead": (w.t("Tunda impas (menit)"), 1, 1),
        "lead_low": (w.t("tunda impas, bawah"), 1, 1),
        "lead_high": (w.t("tunda impas, atas"), 1, 1),
        "crossed": (w.t("Lebih cepat dari seberang (%)"), 100, 0),
        "people": (w.t("Jiwa"), 1, 0),
    }
    frame = pd.DataFrame(
        {
            w.t("Kode"): table.index,
            w.t("Nama"): places["nama"].to_numpy(),
            w.t("Kecamatan"): places["kecamatan"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            **{title: (table[column] * factor).to_numpy() for column, (title, factor, _) in numbers.items()},
        }
    )
    return w.styled(frame, {title: decimals for title, _, decimals in numbers.values()})


def method(now: Session, state: FireState, result: FireResult) -> str:
    """How it is computed, what is assumed and where that comes from."""
    w, data = now.words, now.data
    radius = data.catalogue.assumptions["damkar_radius"]
    lines = [
        w.t(
            "Menit = menerima panggilan + berangkat + jarak lurus × faktor memutar ÷ laju, ditambah tunda bila posnya dari sisi lain. Dihitung dari tiap titik contoh 250 m; penduduk kelurahan dibagi rata ke titiknya."
        ),
        w.t(
            "Pos yang hanya diketahui kelurahan, kecamatan atau kabupaten/kotanya adalah wilayah kemungkinan letak: {n} kemungkinan, semua tempat sama mungkinnya. Kisaran 5–95 % berasal dari letak itu saja; galat penduduk disebut terpisah; galat laju dan waktu lain terlihat dengan menggeser asumsinya.",
            n=w.number(DRAWS),
        ),
        w.t(
            "Tertutup: hanya pos milik daerah itu, di mana pun berdirinya. Dibuka: pos terdekat dari sisi mana pun, yang tercepat setelah tunda. Tepat {n} menit masih dihitung terjangkau.",
            n=assumed.number(w, state.choices.target),
        ),
        w.t("Kesiapan unit, kemacetan menurut jam, lebar jalan dan sumber air belum ada data dan tidak dihitung."),
        *(assumed.origin(w, entry) for entry in state_of.entries(data).values()),
        assumed.origin(w, radius),
        *_radius_lines(now, state, radius.value),
        *_density_lines(now, state, result),
        w.t(
            "Pos: pers dan laman instansi 2014–2026, per baris, mutu rendah; titik tak resmi tepat sampai sekitar 100 m. Batas: BIG, bukan acuan resmi batas wilayah."
        ),
    ]
    return "\n".join(f"- {line}" for line in lines)


def _radius_lines(now: Session, state: FireState, radius_km: float) -> list[str]:
    w = now.words
    found = {c.side: c for c in state_of.within_radius(state, radius_km)}
    return [
        w.t(
            "Ukuran kedua, {r} km garis lurus, {sisi}: {a} dari pos sendiri, {b} dari pos sisi mana pun.",
            r=assumed.number(w, radius_km),
            sisi=md(name_of(now.data, side)),
            a=_people(w, found[side].closed, not complete(now, side)),
            b=_people(w, found[side].opened, not complete(now)),
        )
        for side in now.corridor.sides
    ]


def _density_lines(now: Session, state: FireState, result: FireResult) -> Sequence[str]:
    w = now.words
    if state.choices.speeds != "kerapatan":
        return ()
    known = [
        w.t("{sisi} {bagian}", sisi=md(name_of(now.data, s)), bagian=w.percent(result.known_density.get(s, 0.0)))
        for s in now.corridor.sides
    ]
    return (
        w.t(
            "Laju menurut kerapatan jalan kelurahan tempat kejadian, bukan sepanjang jalan; kelurahan dengan data kerapatan: {daftar}. Selebihnya memakai laju tunggal.",
            daftar=w.listing(known),
        ),
    )
