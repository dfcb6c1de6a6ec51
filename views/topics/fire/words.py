"""The wording of the fire page: question, answer, names of sides and posts, ranges and the method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.fire import fire as fire_analysis
from analysis.fire.cover import Spread
from analysis.fire.fire import FireChoices, FireResult
from analysis.fire.posts import Post
from data.catalogue import Corridor
from data.tables import Dataset
from geo.regions import DRAWS
from views.language import aloud, sentences
from views.language.answer import Answer
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
    """Name of a kabkota as plain text.

    Parameters
    ----------
    data, side : the tables, and its code
    """
    return str(data.kabkota.at[side, "nama"])


def population_year(data: Dataset) -> str:
    """Year, or years, of the people of the kelurahan.

    Parameters
    ----------
    data : the tables
    """
    return data.catalogue.indicators["penduduk"].year


def listings(data: Dataset, sides: Sequence[str]) -> dict[str, fire_analysis.Listing]:
    """How much is known of the posts of each side, by its code.

    Parameters
    ----------
    data, sides : the tables, and kode_kabkota
    """
    known = fire_analysis.listings(data.facilities, data.fire_stats, sides)
    return {entry.kode_kabkota: entry for entry in known}


def complete(data: Dataset, sides: Sequence[str]) -> bool:
    """Whether no post of these sides is missing from the list as far as can be known.

    Parameters
    ----------
    data, sides : the tables, and kode_kabkota
    """
    return all(entry.complete for entry in listings(data, sides).values())


def _at_least(text: str, bound: bool) -> str:
    """A figure that can only be higher in truth."""
    return f"≥\N{NO-BREAK SPACE}{text}" if bound else text


def speed_range(w: Words, choices: FireChoices) -> str:
    """Between which speeds the ranges of people reckon."""
    if choices.speeds == "kerapatan":
        low, high = (sentences.number(w, share) for share in (choices.slow, choices.fast))
        return w.t("laju {a}–{b} kali", a=low, b=high)
    low, high = (w.number(share * choices.speed) for share in (choices.slow, choices.fast))
    return w.t("laju {a}–{b} km/jam", a=low, b=high)


def _people_range(w: Words, spread: Spread | None, bound: bool) -> str:
    """Expected people with the range over the possible places of the posts and, where stated, over speeds."""
    if spread is None:
        return w.no_data
    text = w.t(
        "{nilai} jiwa ({rendah}–{tinggi})",
        nilai=w.people(spread.value),
        rendah=w.people(spread.low),
        tinggi=w.people(spread.high),
    )
    return _at_least(text, bound)


def answer(w: Words, data: Dataset, corridor: Corridor, state: FireState, result: FireResult) -> Answer:
    """People whom an open line brings within the target; below, every side, and how surely the posts are placed.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    state : of the page
    result : response under it
    """
    target, whole = sentences.number(w, state.choices.target), result.by_side[""].gain
    gains = {side: gain for side in corridor.sides if (gain := result.by_side[side].gain) is not None}
    posts = result.drawn.posts
    if not gains:
        return Answer(w.t("Letak pos damkar belum diketahui, jadi jangkauannya belum dapat dihitung."))
    low = whole.low if whole is not None else sum(gain.low for gain in gains.values())
    high = whole.high if whole is not None else sum(gain.high for gain in gains.values())
    fields = {"target": target, "warga": w.t("warga")}
    without = [sentences.side_name(data, side) for side in corridor.sides if side not in gains]
    if without:
        fields["warga"] = w.t("warga {sisi}", sisi=w.listing([sentences.side_name(data, side) for side in gains]))
    if high < 0.5:
        sentence = w.t(
            "Bila pos terdekat dari daerah mana pun boleh datang, {warga} yang terjangkau dalam {target} menit tidak bertambah.",
            **fields,
        )
    else:
        sentence = w.t(
            "Bila pos terdekat dari daerah mana pun boleh datang, {warga} yang terjangkau dalam {target} menit bertambah {berapa}.",
            berapa=aloud.between(w, low, high),
            **fields,
        )
    sides = [f"{sentences.side_name(data, side)} {aloud.figures(w, g.low, g.high)}" for side, g in gains.items()]
    basis = {
        "tahun": population_year(data),
        "jeda": sentences.number(w, state.choices.delay),
        "laju": speed_range(w, state.choices),
    }
    notes = [
        w.t(
            "{daftar}; penduduk {tahun}, jeda koordinasi {jeda} menit, {laju}.",
            daftar="; ".join(sides),
            **basis,
        )
        if corridor.pair
        else w.t("Penduduk {tahun}, jeda koordinasi {jeda} menit, {laju}.", **basis)
    ]
    exact = sum(p.exact for p in posts)
    if without:
        notes.append(w.t("Pos {sisi} belum ada data.", sisi=w.listing(without)))
    elif short := [side for side in corridor.sides if not complete(data, [side])]:
        notes.append(
            w.t(
                "Letak dan daftar pos {sisi} belum lengkap.",
                sisi=w.listing([sentences.side_name(data, side) for side in short]),
            )
        )
    elif exact < len(posts):
        notes.append(
            w.t("Letak {n} dari {semua} pos belum pasti.", n=w.number(len(posts) - exact), semua=w.number(len(posts)))
        )
    return Answer(sentence, " ".join(notes))


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
    """How it is computed, what is assumed and where that comes from, as a Markdown list.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    result : response under it
    """
    w, data = session.words, session.data
    radius = data.catalogue.assumptions["damkar_radius"]
    lines = [
        w.t(
            "Menit = menerima panggilan + berangkat + jarak lurus × faktor kelokan jalan ÷ laju, ditambah jeda koordinasi "
            "bila posnya dari sisi lain. Dihitung dari tiap titik contoh 250 m; penduduk kelurahan dibagi rata ke titiknya."
        ),
        w.t(
            "Pos yang hanya diketahui kelurahan, kecamatan atau kabupaten/kotanya adalah wilayah kemungkinan letak: {n} "
            "kemungkinan, makin banyak penduduk di sekitar suatu tempat makin besar kemungkinannya.",
            n=w.number(DRAWS),
        ),
        w.t(
            "Kisaran 5–95 % jiwa berasal dari letak pos dan laju bersama-sama: tiap kemungkinan letak bertemu satu laju, {laju}, "
            "separuhnya di bawah yang dipilih dan separuhnya di atas. Kisaran menit berasal dari letak saja; batas kesalahan penduduk disebut terpisah; "
            "waktu lain terlihat dengan menggeser asumsinya.",
            laju=speed_range(w, state.choices),
        ),
        w.t(
            "Pos sendiri: hanya pos milik daerah itu, di mana pun berdirinya. Boleh lintas batas: pos terdekat dari sisi "
            "mana pun, yang tercepat setelah jeda koordinasi. Tepat {n} menit masih dihitung terjangkau.",
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
            a=_people_range(w, found[side].closed, not complete(session.data, [side])),
            b=_people_range(w, found[side].opened, not complete(session.data, session.corridor.sides)),
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
