"""What the maps show: all land borders by what their edges show, and the kelurahan at one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.comparison.field import CODES, NOT_COMPARED, THIN
from analysis.values.classes import UNKNOWN, Classes, classify
from data.catalogue import Indicator, Standard
from data.national_tables import facility_of, level_of
from views.figures import legend, theme
from views.figures.mapspec import MapLegend, MapSpec
from views.figures.specs import Side
from views.language import sentences
from views.language.names import map_words
from views.language.words import Words
from views.topics.national.words import border_names, signed

COUNTRY = "ID"
STROKES: Mapping[str, tuple[tuple[str, str], float, str]] = {
    "lebih_jauh": (("#7a2c00", "#ffc48a"), 3.4, ""),
    "petunjuk_jauh": (("#c8641a", "#e08a3c"), 2.4, ""),
    "lebih_dekat": (("#1f4fa3", "#a9c8ff"), 3.4, ""),
    "petunjuk_dekat": (("#5f93e8", "#6d9ef0"), 2.4, ""),
    "berlawanan": (("#7b3a8c", "#d59be6"), 3.2, "7 3"),
    "tidak_tampak": (("#59626b", "#b4bcc4"), 1.8, ""),
    "tidak_dapat_terlihat": (("#7d858d", "#8f99a3"), 1.4, "4 3"),
    "tidak_dibandingkan": (("#8d949b", "#7c8690"), 1.4, "1 3"),
}
"""Colour on light and on dark ground, width in pixels and dashes of a border by what it shows; they differ in grey, too."""


ALWAYS = ("lebih_jauh", "lebih_dekat", "tidak_tampak")
"""What stands in the legend even where no border shows it: that none does is an answer."""


def stroke_color(code: str, dark: bool = False) -> str:
    """Colour of a border by what it shows.

    Parameters
    ----------
    code : of `analysis.comparison.field.CODES`
    dark : whether the page is dark
    """
    return STROKES[code][0][int(dark)]


def country(
    w: Words, codes: Mapping[str, str], sides: pd.DataFrame, front: Sequence[str], chosen: str, dark: bool
) -> MapSpec:
    """All land borders.

    Parameters
    ----------
    w : language
    codes : what each border shows, by pair
    sides : as `open_data.national.judged_sides` gives them
    front : pairs that stand out, all if empty
    chosen : kode of the kabkota whose borders they are, "" for all
    dark : whether the page is dark
    """
    names, drawn = border_names(w), Counter(codes.values())
    shown: list[str] = [code for code in CODES if drawn[code] or code in ALWAYS]
    # Those of one kabkota are counted alone: the others are only there to find one's way.
    count = Counter(codes[pair] for pair in (front or codes))
    rows = [(stroke_color(code, dark), names[code], (w.number(count[code]),)) for code in shown]
    gaps = sides["gap_km"].where(sides["raw"] != NOT_COMPARED)
    labels = {
        str(pair): w.t(
            "{yang}; selisih {selisih} km",
            yang=names[codes[str(pair)]],
            selisih=" / ".join(signed(w, gap) for gap in own),
        )
        for pair, own in gaps.groupby(sides["pair"])
    }
    return MapSpec(
        sides=(Side(chosen or COUNTRY, "Indonesia", (theme.ink(), theme.ink(True))),),
        level="kelurahan",
        classes={pair: shown.index(code) for pair, code in codes.items()},
        labels=labels,
        colors=tuple(stroke_color(code, dark) for code in shown),
        words=map_words(w)
        | {
            "label": w.t("Peta semua perbatasan darat Indonesia; tabel data lengkap ada di bawah peta"),
            "home": w.t("Tampilkan semuanya"),
        },
        dark=dark,
        front=tuple(front),
        legend=MapLegend(w.t("Perbatasan menurut yang tampak"), (w.t("Perbatasan"),), tuple(rows)),
        strokes=tuple((width, dash) for _, width, dash in (STROKES[code] for code in shown)),
    )


@dataclass(frozen=True, eq=False)
class Painted:
    """Both sides of a border by distance to the nearest own school.

    Attributes
    ----------
    classes : of the kelurahan at the line
    unsure : those of a side whose list is thin: their school can only be nearer
    colors, rows : of the classes, with kelurahan of each side
    legend : as it stands in the map
    """

    classes: Classes
    unsure: tuple[str, ...]
    colors: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[int, ...]], ...]
    legend: MapLegend


def painted(
    w: Words, indicator: Indicator, standard: Standard | None, units: pd.DataFrame, sides: Sequence[Side]
) -> Painted:
    """The classes of one kind of school, the same on both sides.

    Parameters
    ----------
    w : language
    indicator, standard : what is shown, and the standard that limits a class
    units : of both sides, as `data.national_tables.National.of_pair` gives them
    sides : in the order in which they are shown
    """
    values = units[f"own_{facility_of(indicator.id)}"]
    # Outside the towns of the study area schools lie farther apart: one class more above, one less below.
    breaks = (*indicator.breaks[1:], 2 * indicator.breaks[-1])
    classes = classify(values, breaks, None if standard is None else float(standard.threshold))
    colors = theme.sequential(classes.count)
    labels = [
        legend.limits(n, classes.breaks, lambda value: sentences.number(w, value), classes.upper_closed)
        for n in range(classes.count)
    ]
    own = units["kode_kabkota"]

    unsure = values.notna() & units[f"quality_{level_of(indicator.id)}"].eq(THIN)

    def counts(number: int) -> tuple[int, ...]:
        return tuple(int(((own == side.kode) & (classes.index == number) & ~unsure).sum()) for side in sides)

    rows = [(color, label, counts(n)) for n, (color, label) in enumerate(zip(colors, labels, strict=True))]
    if unsure.any():
        least = tuple(int(unsure[own == side.kode].sum()) for side in sides)
        rows.append(("uncertain", w.t("dapat lebih dekat: daftar sekolahnya tipis"), least))
    rows.append(("", w.no_data, counts(UNKNOWN)))
    return Painted(
        classes,
        tuple(str(kode) for kode in unsure.index[unsure]),
        colors,
        tuple(rows),
        MapLegend(
            w.t("Kelurahan/desa menurut {indikator} (km)", indikator=w.pick(indicator.title)),
            tuple(side.name for side in sides),
            tuple((color, label, tuple(w.number(n) for n in cells)) for color, label, cells in rows),
        ),
    )


def pair(
    w: Words,
    indicator: Indicator,
    units: pd.DataFrame,
    sides: Sequence[Side],
    shown: Painted,
    chosen: str,
    related: Sequence[str],
    dark: bool,
) -> MapSpec:
    """The kelurahan at the line of both sides.

    Parameters
    ----------
    w, indicator, units, sides : see `painted`
    shown : their classes
    chosen, related : kode of the kelurahan that is outlined, "" for none, and of its neighbours across the line
    dark : whether the page is dark
    """
    values = units[f"own_{facility_of(indicator.id)}"]
    return MapSpec(
        sides=tuple(sides),
        level="kelurahan",
        classes={str(kode): int(n) for kode, n in shown.classes.index.items()},
        labels={
            str(kode): sentences.at_most(sentences.value_with_unit(w, indicator, float(value)), kode in shown.unsure)
            for kode, value in values.dropna().items()
        },
        uncertain=shown.unsure,
        colors=shown.colors,
        words=map_words(w) | {"home": w.t("Tampilkan semuanya")},
        selected=chosen or None,
        related=tuple(related),
        dark=dark,
        legend=shown.legend,
    )
