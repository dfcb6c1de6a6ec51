"""The wording of the fire page: question, answer, names of sides and posts, ranges and the method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.fire import fire as fire_analysis
from analysis.fire.cover import Spread
from analysis.fire.fire import FireResult
from analysis.fire.posts import Post
from analysis.fire.realisations import DRAWS
from data.tables import Dataset
from views.language import sentences
from views.language.escape import md
from views.language.words import Words
from views.topics.fire import choices as fire_choices
from views.topics.fire.choices import FireState

if TYPE_CHECKING:
    from views.link.context import Session


def question(session: Session) -> str:
    """The question that the page answers."""
    w = session.words
    return w.t(
        "{koridor}: siapa yang terjangkau bila pos damkar terdekat dari sisi mana pun yang datang?",
        koridor=md(w.pick(session.corridor.title)),
    )


def name_of(data: Dataset, side: str) -> str:
    return str(data.kabkota.at[side, "nama"])


def population_year(data: Dataset) -> str:
    return data.catalogue.indicators["penduduk"].year


def listings(session: Session) -> dict[str, fire_analysis.Listing]:
    """How much is known of the posts of each side of the corridor."""
    data = session.data
    known = fire_analysis.listings(data.facilities, data.fire_stats, session.corridor.sides)
    return {entry.kode_kabkota: entry for entry in known}


def complete(session: Session, side: str = "") -> bool:
    """Whether no post of a side, or of any side, is missing from the list as far as can be known."""
    known = listings(session)
    return all(known[s].complete for s in ([side] if side else session.corridor.sides))


def at_least(text: str, bound: bool) -> str:
    """A figure that can only be higher in truth."""
    return f"≥\N{NO-BREAK SPACE}{text}" if bound else text


def people_range(w: Words, spread: Spread | None, bound: bool) -> str:
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


def answer(session: Session, state: FireState, result: FireResult) -> str:
    """People within the target with own posts and with an open line, in one sentence."""
    w, data = session.words, session.data
    shown = [result.by_side[s] for s in session.corridor.sides] if session.corridor.pair else [result.by_side[""]]
    parts = [
        w.t(
            "{sisi} {tertutup} dari pos sendiri, {terbuka} bila batas dibuka",
            sisi=md(name_of(data, c.side)) if c.side else w.t("semua sisi"),
            tertutup=people_range(w, c.closed, not complete(session, c.side)),
            terbuka=people_range(w, c.opened, not complete(session)),
        )
        for c in shown
    ]
    posts = result.drawn.posts
    return w.t(
        "Dalam {target} menit terjangkau: {sisi}. Penduduk {tahun} (perkiraan); tunda lintas batas {tunda} menit; letak tepat diketahui untuk {tepat} dari {semua} pos.",
        target=sentences.number(w, state.choices.target),
        sisi="; ".join(parts),
        tahun=population_year(session.data),
        tunda=sentences.number(w, state.choices.delay),
        tepat=w.number(sum(p.exact for p in posts)),
        semua=w.number(len(posts)),
    )


def planned_names(session: Session) -> list[str]:
    """Posts of the sides that are planned and for which a kelurahan or kecamatan is named."""
    data = session.data
    planned = data.fire_posts[data.fire_posts["exists"] == "rencana"]
    rows = data.facilities.loc[planned.index]
    rows = rows[rows["operator"].isin(session.corridor.sides) & rows["area_kode"].ne("")]
    return [str(label) for label in planned.loc[rows.index, "label"]]


def post_name(session: Session, post: Post) -> str:
    """Name of a post as plain text."""
    data = session.data
    if post.id in data.fire_posts.index:
        return str(data.fire_posts.at[post.id, "label"])
    return session.words.t("pos baru {sisi}", sisi=name_of(data, post.operator))


def place_text(session: Session, post: Post) -> str:
    """How well the place of a post is known, as plain text."""
    w, data = session.words, session.data
    if post.exact:
        return w.t("letak ditentukan pengguna") if post.state else w.t("titik tak resmi, sekitar 100 m")
    if post.region == "kabkota":
        return w.t("hanya diketahui di {wilayah}", wilayah=name_of(data, post.area))
    frame = data.kelurahan if post.region == "kelurahan" else data.kecamatan
    return w.t(
        "hanya diketahui {tingkat} {wilayah}", tingkat=w.level(post.region), wilayah=str(frame.at[post.area, "nama"])
    )


def method(session: Session, state: FireState, result: FireResult) -> str:
    """How it is computed, what is assumed and where that comes from."""
    w, data = session.words, session.data
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
            n=sentences.number(w, state.choices.target),
        ),
        w.t("Kesiapan unit, kemacetan menurut jam, lebar jalan dan sumber air belum ada data dan tidak dihitung."),
        *(sentences.origin(w, entry) for entry in fire_choices.entries(data).values()),
        sentences.origin(w, radius),
        *_radius_lines(session, result, radius.value),
        *_density_lines(session, state, result),
        w.t(
            "Pos: pers dan laman instansi 2014–2026, per baris, mutu rendah; titik tak resmi tepat sampai sekitar 100 m. Batas: BIG, bukan acuan resmi batas wilayah."
        ),
    ]
    return "\n".join(f"- {line}" for line in lines)


def _radius_lines(session: Session, result: FireResult, radius_km: float) -> list[str]:
    w = session.words
    people = session.data.people["kelurahan"]
    found = {c.side: c for c in fire_analysis.within_radius(result.drawn, people, radius_km)}
    return [
        w.t(
            "Ukuran kedua, {r} km garis lurus, {sisi}: {a} dari pos sendiri, {b} dari pos sisi mana pun.",
            r=sentences.number(w, radius_km),
            sisi=md(name_of(session.data, side)),
            a=people_range(w, found[side].closed, not complete(session, side)),
            b=people_range(w, found[side].opened, not complete(session)),
        )
        for side in session.corridor.sides
    ]


def _density_lines(session: Session, state: FireState, result: FireResult) -> Sequence[str]:
    w = session.words
    if state.choices.speeds != "kerapatan":
        return ()
    known = [
        w.t("{sisi} {bagian}", sisi=md(name_of(session.data, s)), bagian=w.percent(result.known_density.get(s, 0.0)))
        for s in session.corridor.sides
    ]
    return (
        w.t(
            "Laju menurut kerapatan jalan kelurahan tempat kejadian, bukan sepanjang jalan; kelurahan dengan data kerapatan: {daftar}. Selebihnya memakai laju tunggal.",
            daftar=w.listing(known),
        ),
    )
