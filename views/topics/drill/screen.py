"""The pieces of the drill page: the incidents, the editable log, its comparison with the model, export and import."""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.fire import drill as fire_drill
from analysis.fire.drill import DrillError, Incident
from analysis.fire.posts import Post
from analysis.fire.realisations import World
from data.tables import Dataset
from views.figures import theme
from views.figures.legend import text_table
from views.figures.mapspec import MapPoint, MapSpec
from views.language import cells, sentences
from views.language.escape import md
from views.language.link_names import LONGEST_ECHO
from views.language.names import map_words
from views.language.words import Words
from views.link import session
from views.link.session import Session
from views.topics.fire import spec as fire_spec
from views.topics.fire import state as fire_state
from views.topics.fire import words as fire_words
from views.topics.fire.state import FireState

SEED = "benih"
COUNT = "kejadian"
LOG_PLAN = "pembanding"
UPLOAD = "log_latihan"
MOST_SEED = 9999
LARGEST_FILE = 100_000
HEIGHT = 330


def question(now: Session) -> str:
    w = now.words
    return w.t(
        "{koridor}: siapa yang akan datang, dan siapa yang datang dalam latihan?",
        koridor=md(w.pick(now.corridor.title)),
    )


def seed_in_link(now: Session) -> int:
    """The number of the drill in the URL; another text is refused in words."""
    w = now.words
    text = st.query_params.get(SEED, "1")
    if text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_SEED:
        return int(text)
    st.warning(
        w.t(
            "Nomor latihan “{nilai}” di tautan bukan bilangan bulat dari 1 sampai {n}; yang dipakai 1.",
            nilai=md(text[:LONGEST_ECHO]),
            n=w.number(MOST_SEED),
        ),
        icon=":material/link_off:",
    )
    del st.query_params[SEED]
    return 1


def set_seed(seed: int) -> None:
    """Another drill; called from a button."""
    st.query_params[SEED] = str((seed - 1) % MOST_SEED + 1)


@st.cache_resource(max_entries=24, show_spinner=False)
def places(state: FireState, count: int, seed: int) -> tuple[Incident, ...]:
    """The incidents of a drill; they do not depend on the assumptions."""
    data = session.dataset()
    world = fire_state.world(state.corridor, (), False, False)
    return tuple(fire_drill.incidents(world, data.people["kelurahan"], fire_state.border(state.corridor), count, seed))


@st.cache_resource(max_entries=24, show_spinner=False)
def answers(state: FireState, count: int, seed: int) -> pd.DataFrame:
    """Who would have come."""
    found = fire_state.result(state)
    return fire_drill.answers(found.world, found.timing, places(state, count, seed))


def answer(now: Session, state: FireState, model: pd.DataFrame) -> str:
    """The drill in one sentence."""
    w = now.words
    if model.empty:
        return w.t("Tidak ada kelurahan berpenduduk di garis batas untuk latihan.")
    changed = model[(model["open_post"] != model["closed_post"]) & model["open"].notna()]
    return w.t(
        "Dari {n} kejadian di garis batas, {m} paling mungkin didatangi pos lain bila batas dibuka; peluang {target} menit rata-rata {a} dari pos sendiri dan {b} bila dibuka (tunda {tunda} menit, {tepat} dari {semua} pos letaknya tepat).",
        n=w.number(len(model)),
        m=w.number(len(changed)),
        target=sentences.number(w, state.choices.target),
        a=w.percent(model["closed_in_time"].mean()),
        b=w.percent(model["open_in_time"].mean()),
        tunda=sentences.number(w, state.choices.delay),
        tepat=w.number(sum(p.exact for p in fire_state.world_of(state).posts)),
        semua=w.number(len(fire_state.world_of(state).posts)),
    )


def controls(now: Session, seed: int) -> None:
    """How many incidents, another drill, and the plan that the log is held against."""
    w = now.words
    row = st.container(horizontal=True, vertical_alignment="bottom")
    row.segmented_control(w.t("Jumlah kejadian"), ["4", "6", "8", "12"], key=COUNT, required=True)
    plans = {"terbuka": w.t("batas dibuka"), "tertutup": w.t("pos sendiri")}
    row.segmented_control(
        w.t("Bandingkan dengan"), list(plans), format_func=plans.__getitem__, key=LOG_PLAN, required=True
    )
    row.button(w.t("Latihan berikutnya"), icon=":material/casino:", on_click=set_seed, args=(seed + 1,))
    row.caption(w.t("Latihan nomor {n}; tautan ini mengulang tempat yang sama.", n=w.number(seed)))


def place_name(data: Dataset, incident: Incident) -> str:
    row = data.kelurahan.loc[incident.kode]
    return f"{row['nama']}, {row['kecamatan']} ({row['kabkota']})"


def who(now: Session, world: World, post_id: str, share: float) -> str:
    """The post that most often comes first, and how surely."""
    w = now.words
    posts: dict[str, Post] = {p.id: p for p in world.posts}
    if post_id not in posts:
        return w.no_data
    return w.t("{pos} ({bagian})", pos=fire_words.post_name(now, posts[post_id]), bagian=w.percent(share))


def span(w: Words, row: Mapping[Hashable, float], plan: str) -> str:
    """Minutes with their range."""
    if row[plan] != row[plan]:
        return w.no_data
    return w.t(
        "{n} ({rendah}–{tinggi})",
        n=w.number(row[plan]),
        rendah=w.number(row[f"{plan}_low"]),
        tinggi=w.number(row[f"{plan}_high"]),
    )


def table(now: Session, state: FireState, found: Sequence[Incident], model: pd.DataFrame) -> str:
    """Who would have come to each incident, as HTML."""
    w, world = now.words, fire_state.world_of(state)
    rows = model.to_dict("index")
    heads = [w.t("No."), w.t("Tempat"), w.t("Pos sendiri, menit"), w.t("Batas dibuka, menit"), w.t("Peluang")]
    body = [
        (
            str(p.number),
            w.t(
                "{nama} ({kabkota})",
                nama=str(now.data.kelurahan.at[p.kode, "nama"]),
                kabkota=str(now.data.kelurahan.at[p.kode, "kabkota"]),
            ),
            _who_and_when(now, world, rows[p.number], "closed"),
            _who_and_when(now, world, rows[p.number], "open"),
            w.t(
                "{a} → {b}",
                a=w.percent(rows[p.number]["closed_in_time"]),
                b=w.percent(rows[p.number]["open_in_time"]),
            ),
        )
        for p in found
    ]
    return text_table(w.t("Siapa yang akan datang ke tiap kejadian"), heads, body)


def _who_and_when(now: Session, world: World, row: Mapping[Hashable, Any], plan: str) -> str:
    if row[plan] != row[plan]:
        return now.words.no_data
    return now.words.t(
        "{pos}, {menit}",
        pos=who(now, world, row[f"{plan}_post"], row[f"{plan}_share"]),
        menit=span(now.words, row, plan),
    )


def spec(now: Session, state: FireState, found: Sequence[Incident]) -> MapSpec:
    """The incidents on the probability map."""
    w = now.words
    result = fire_state.result(state)
    points = tuple(
        MapPoint(
            kind="kejadian",
            text=w.t("Kejadian {n}: {tempat}", n=w.number(p.number), tempat=place_name(now.data, p)),
            lon=p.lon,
            lat=p.lat,
        )
        for p in found
    )
    base = fire_spec.spec(now, state, result, "peluang", "terbuka", False, None)
    return MapSpec(
        sides=base.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in base.sides},
        level="kelurahan",
        classes=base.classes,
        labels=base.labels,
        colors=base.colors,
        words=map_words(w),
        points=(*base.points, *points),
        dark=now.dark,
    )


def picture_title(now: Session, state: FireState, seed: int) -> str:
    """What the picture of the map is called."""
    return now.words.t(
        "Latihan nomor {n}: tempat kejadian, dan peluang damkar tiba dalam {target} menit bila batas dibuka",
        n=now.words.number(seed),
        target=sentences.number(now.words, state.choices.target),
    )


def log_key(state: FireState, count: int, seed: int) -> str:
    return f"log {state.corridor} {count} {seed}"


def log_of(state: FireState, count: int, seed: int, found: Sequence[Incident]) -> pd.DataFrame:
    """The log of this drill in this session; nobody else sees it and the server keeps nothing of it."""
    empty = pd.DataFrame("", index=[p.number for p in found], columns=list(fire_drill.LOGGED))
    log: pd.DataFrame = st.session_state.setdefault(log_key(state, count, seed), empty)
    return log


def draw_log(now: Session, state: FireState, count: int, seed: int, found: Sequence[Incident]) -> pd.DataFrame:
    """The log that people fill in."""
    w = now.words
    heads = {
        "jam_panggilan": w.t("Jam panggilan"),
        "jam_tiba": w.t("Jam tiba"),
        "unit_datang": w.t("Unit yang datang"),
        "catatan": w.t("Catatan"),
    }
    start = log_of(state, count, seed, found)
    shown = start.copy()
    shown.insert(0, "tempat", [place_name(now.data, p) for p in found])
    clock = r"^(([01]?[0-9]|2[0-3])[:.][0-5][0-9]([:.][0-5][0-9])?)?$"
    version = st.session_state.get(f"{log_key(state, count, seed)} versi", 0)
    edited = st.data_editor(
        shown,
        key=f"{log_key(state, count, seed)} editor {version}",
        num_rows="fixed",
        disabled=["tempat"],
        column_config={
            "_index": st.column_config.NumberColumn(w.t("No.")),
            "tempat": st.column_config.TextColumn(w.t("Tempat")),
            "jam_panggilan": st.column_config.TextColumn(
                heads["jam_panggilan"], validate=clock, help=w.t("Jam dan menit, misalnya 14:05 atau 14:05:30.")
            ),
            "jam_tiba": st.column_config.TextColumn(heads["jam_tiba"], validate=clock),
            "unit_datang": st.column_config.TextColumn(heads["unit_datang"], max_chars=fire_drill.LONGEST_TEXT),
            "catatan": st.column_config.TextColumn(heads["catatan"], max_chars=fire_drill.LONGEST_TEXT),
        },
        alt=w.t("Catatan latihan; isi jam panggilan, jam tiba dan unit yang datang"),
    )
    return edited[list(fire_drill.LOGGED)].fillna("").astype(str)


def draw_comparison(now: Session, model: pd.DataFrame, compared: pd.DataFrame, plan: str) -> None:
    """Real minutes against the model."""
    w = now.words
    for number, problem in compared["problem"].items():
        if isinstance(problem, DrillError):
            st.warning(refusal(w, problem, w.t("Kejadian {n}", n=str(number))), icon=":material/schedule:")
    done = compared[compared["minutes"].notna()]
    if done.empty:
        st.caption(w.t("Isi jam panggilan dan jam tiba untuk membandingkan latihan dengan model."))
        return
    known = done[done["inside"].notna()]
    st.markdown(
        w.t(
            "**{n} kejadian tercatat: {dalam} di dalam kisaran model, {luar} di luar; selisih rata-rata {selisih} menit.**",
            n=w.number(len(done)),
            dalam=w.number(int((known["inside"] == True).sum())),  # noqa: E712
            luar=w.number(int((known["inside"] == False).sum())),  # noqa: E712
            selisih=w.number(known["difference"].mean(), 1),
        )
    )
    verdict = {True: w.t("di dalam kisaran"), False: w.t("di luar kisaran")}
    real, difference = w.t("Menit nyata"), w.t("Selisih (menit)")
    rows = model.to_dict("index")
    frame = pd.DataFrame(
        {
            w.t("No."): done.index,
            real: done["minutes"].to_numpy(),
            w.t("Model (kisaran)"): [span(w, rows[n], plan) for n in done.index],
            difference: done["difference"].to_numpy(),
            w.t("Putusan"): [verdict.get(v, w.no_data) for v in done["inside"]],
        }
    )
    st.dataframe(
        w.styled(frame, {real: 1, difference: 1}),
        hide_index=True,
        placeholder=w.no_data,
        alt=w.t("Waktu nyata terhadap model"),
    )
    st.caption(
        w.t(
            "Kisaran model berasal dari letak pos; satu menit pembulatan jam diperbolehkan. Beberapa kejadian tidak membuktikan model benar atau salah."
        )
    )


def exported(
    now: Session,
    state: FireState,
    seed: int,
    found: Sequence[Incident],
    model: pd.DataFrame,
    log: pd.DataFrame,
    compared: dict[str, pd.DataFrame],
) -> str:
    """The whole drill as CSV, ready for the evaluation; column names do not change with the language."""
    world = fire_state.world_of(state)
    posts = {p.id: fire_words.post_name(now, p) for p in world.posts}
    rows = model.to_dict("index")
    choices = state.choices
    lines = []
    for p in found:
        row = rows[p.number]
        place = now.data.kelurahan.loc[p.kode]
        line: dict[str, object] = {
            "koridor": state.corridor, "benih": seed, "nomor": p.number, "kode": p.kode, "nama": place["nama"],
            "kecamatan": place["kecamatan"], "kabkota": place["kabkota"], "lon": p.lon, "lat": p.lat,
        }  # fmt: skip
        for plan, name in (("closed", "sendiri"), ("open", "dibuka")):
            line[f"pos_{name}"] = posts.get(str(row[f"{plan}_post"]), "")
            line |= {
                f"menit_{name}": row[plan], f"menit_{name}_p5": row[f"{plan}_low"], f"menit_{name}_p95": row[f"{plan}_high"],
                f"peluang_{name}": row[f"{plan}_in_time"],
            }  # fmt: skip
        line |= {column: log.at[p.number, column] for column in fire_drill.LOGGED}
        line["menit_nyata"] = compared["open"].at[p.number, "minutes"]
        for plan, name in (("closed", "sendiri"), ("open", "dibuka")):
            inside = compared[plan].at[p.number, "inside"]
            line[f"selisih_{name}"] = compared[plan].at[p.number, "difference"]
            line[f"dalam_kisaran_{name}"] = "" if inside is None else "ya" if inside else "tidak"
        line |= {
            "target_menit": choices.target, "panggilan_menit": choices.call, "berangkat_menit": choices.turnout, "tunda_menit": choices.delay,
            "faktor_memutar": choices.detour, "laju_kmj": choices.speed if choices.speeds == "tetap" else "menurut kerapatan jalan",
        }  # fmt: skip
        lines.append(line)
    return cells.csv_text(pd.DataFrame(lines))


def note(w: Words) -> str:
    """How the places were chosen and how to read the table."""
    return w.t(
        "Tempat dipilih acak menurut penduduk di kelurahan yang menyentuh garis batas, bergiliran dari tiap sisi. Persen di belakang pos: bagian dari kemungkinan letak pos di mana pos itu yang pertama. Tempat latihan yang sebenarnya ditentukan kedua dinas."
    )


def draw_exchange(now: Session, state: FireState, count: int, seed: int, found: Sequence[Incident], text: str) -> None:
    """Download of the log, and upload of one that was exported before."""
    w = now.words
    left, right = st.columns(2, gap="medium")
    left.download_button(
        w.t("Unduh catatan latihan (CSV)"),
        text,
        file_name=f"latihan-{state.corridor}-{seed}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    left.caption(
        w.t(
            "Catatan hanya ada di sesi ini dan hilang bila halaman ditutup: unduh sebelum pergi. Jangan menulis nama orang."
        )
    )
    file = right.file_uploader(
        w.t("Muat catatan yang pernah diunduh (CSV, paling besar 100 kB)"), type="csv", max_upload_size=1, key=UPLOAD
    )
    if file is None:
        return
    name = log_key(state, count, seed)
    if st.session_state.get(f"{name} berkas") == file.file_id:
        return
    try:
        log = fire_drill.imported(_rows(file.getvalue()), found, state.corridor, seed)
    except DrillError as error:
        right.error(refusal(w, error, ""), icon=":material/error:")
        return
    st.session_state[name] = log
    st.session_state[f"{name} versi"] = st.session_state.get(f"{name} versi", 0) + 1
    st.session_state[f"{name} berkas"] = file.file_id
    st.rerun()


def _rows(content: bytes) -> list[dict[str, str]]:
    """Lines of a CSV as text; what is none is refused."""
    if len(content) > LARGEST_FILE:
        raise DrillError("besar", 0, "", str(len(content)))
    try:
        head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    except (UnicodeDecodeError, ValueError, csv.Error):
        raise DrillError("berkas", 0, "", "") from None
    for number, line in enumerate(lines, start=2):
        if len(line) != len(head):
            raise DrillError("sel", number, "", str(len(line)))
    return [dict(zip(head, line, strict=True)) for line in lines]


def refusal(w: Words, error: DrillError, place: str) -> str:
    """Why a log or a time is not used: where, and what is wrong."""
    shown = md(error.value[:LONGEST_ECHO])
    problems = {
        "besar": w.t("berkas terlalu besar"),
        "berkas": w.t("berkas bukan CSV UTF-8 yang dapat dibaca"),
        "sel": w.t("jumlah sel ({nilai}) tidak sama dengan judul kolom", nilai=shown),
        "kolom": w.t("kolom tidak ada"),
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
