"""The map of the fire page: classes, colours, tooltips, signs of the posts and legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.fire.fire import FireResult
from analysis.fire.posts import Post
from analysis.values.classes import Classes, classify, count_classes
from geo.projection import degrees_of
from views.figures import legend, theme
from views.figures.mapspec import MapPoint, MapSpec, spec_of
from views.language import sentences
from views.language.words import Words
from views.topics.fire.choices import FireState
from views.topics.fire.words import place_text, population_year, post_name

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 400
CHANCE_BREAKS = (0.05, 0.25, 0.5, 0.75, 0.95)
GAIN_BREAKS = (0.01, 0.1, 0.25, 0.5)
# Of the target: half, four fifths, the target itself, a third more, twice.
MINUTE_BREAKS = (0.5, 0.8, 1.0, 4 / 3, 2.0)


def _breaks_of(state: FireState, shown: str) -> tuple[float, ...]:
    """Limits of the classes."""
    if shown == "menit":
        return tuple(state.choices.target * share for share in MINUTE_BREAKS)
    return CHANCE_BREAKS if shown == "peluang" else GAIN_BREAKS


def _values_of(result: FireResult, shown: str, plan: str) -> pd.Series:
    """What is mapped, by kelurahan."""
    if shown == "manfaat":
        return result.table["gain"]
    column = "open" if plan == "terbuka" else "closed"
    return result.table[column if shown == "peluang" else f"{column}_min"]


def _colors_of(shown: str) -> tuple[str, ...]:
    """Colours by class; dark is farther from help, or more gained."""
    count = len(GAIN_BREAKS if shown == "manfaat" else CHANCE_BREAKS) + 1
    return theme.sequential(count, reverse=shown == "peluang")


def _classes_of(state: FireState, result: FireResult, shown: str, plan: str) -> Classes:
    """Class of every kelurahan."""
    return classify(_values_of(result, shown, plan), _breaks_of(state, shown), upper_closed=shown == "menit")


def spec(session: Session, state: FireState, result: FireResult, shown: str, plan: str, placing: bool) -> MapSpec:
    """What the map shall show.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    result : response under it
    shown : "peluang" (chance of help within the target), "menit" (response in minutes) or "manfaat" (gain of chance)
    plan : "terbuka" for the nearest post of any side, "tertutup" for own posts; the gain has no plan
    placing : whether the next click sets a post
    """
    return spec_of(
        session,
        classes={str(k): int(c) for k, c in _classes_of(state, result, shown, plan).index.items()},
        labels=_labels(session.words, result, shown, plan),
        colors=_colors_of(shown),
        points=tuple(_point(session, p) for p in result.drawn.posts if p.region != "kabkota"),
        placing=placing,
    )


def _labels(w: Words, result: FireResult, shown: str, plan: str) -> dict[str, str]:
    column = "open" if plan == "terbuka" else "closed"
    values = _values_of(result, shown, plan)
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


def _point(session: Session, post: Post) -> MapPoint:
    text = f"{post_name(session, post)} – {place_text(session, post)}"
    moved = post.state if post.state in ("baru", "pindah") else ""
    if post.x is None or post.y is None:
        return MapPoint(kind="pos_damkar", text=text, area_kode=post.area)
    lon, lat = degrees_of(post.x, post.y)
    return MapPoint(
        kind="pos_damkar",
        text=text,
        lon=lon,
        lat=lat,
        state="baru" if moved == "baru" else "pindah" if moved else "",
    )


def _class_label(w: Words, state: FireState, shown: str, position: int) -> str:
    """The limits of a class as text."""

    def limit(value: float) -> str:
        return sentences.number(w, value) if shown == "menit" else w.number(value * 100)

    unit = {"menit": w.t("menit"), "peluang": "%", "manfaat": w.t("poin persen")}[shown]
    return legend.limits(position, _breaks_of(state, shown), limit, shown == "menit", unit)


def legend_rows(session: Session, state: FireState, result: FireResult, shown: str, plan: str) -> list[legend.Row]:
    """Classes with colour, units and people a side.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    result : response under it
    shown, plan : see `spec`
    """
    w, table = session.words, result.table
    counts = count_classes(_classes_of(state, result, shown, plan), table["kode_kabkota"], table["people"])
    labels = [_class_label(w, state, shown, position) for position in range(len(_colors_of(shown)))]
    return legend.counted_rows(session.corridor.sides, counts, labels, _colors_of(shown), w.t("belum ada data pos"))


def picture_title(session: Session, state: FireState, shown: str, plan: str) -> str:
    """What the picture of the map is called.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    shown, plan : see `spec`
    """
    w = session.words
    target = sentences.number(w, state.choices.target)
    if shown == "manfaat":
        return w.t("Tambahan peluang damkar tiba dalam {target} menit bila boleh lintas batas", target=target)
    if shown == "menit":
        return (
            w.t("Waktu tanggap damkar, boleh lintas batas")
            if plan == "terbuka"
            else w.t("Waktu tanggap damkar, pos sendiri")
        )
    if plan == "terbuka":
        return w.t("Peluang damkar tiba dalam {target} menit, boleh lintas batas", target=target)
    return w.t("Peluang damkar tiba dalam {target} menit, pos sendiri", target=target)


def legend_note(session: Session, state: FireState, shown: str, plan: str) -> str:
    """What the colours mean.

    Parameters
    ----------
    session : language, data and border of this run
    state : of the page
    shown, plan : see `spec`
    """
    w = session.words
    if shown == "manfaat":
        meaning = w.t("Makin gelap makin besar tambahan peluang bila boleh lintas batas.")
    else:
        how = w.t("pos terdekat dari sisi mana pun") if plan == "terbuka" else w.t("pos sendiri saja")
        meaning = w.t("Makin gelap makin jauh dari pertolongan ({cara}).", cara=how)
    return (
        meaning
        + " "
        + w.t(
            "Peluang = bagian tempat di kelurahan dan kemungkinan letak pos yang tercapai dalam {target} menit. Titik 250 "
            "m, garis lurus kali faktor kelokan jalan, bukan catatan kejadian. Pos yang hanya diketahui wilayahnya "
            "diarsir, tidak pernah berupa titik. Jiwa: perkiraan {tahun}.",
            tahun=population_year(session.data),
            target=sentences.number(w, state.choices.target),
        )
    )
