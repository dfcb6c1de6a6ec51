"""The chart of the field, and both maps as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.field import CODES, Field
from data.catalogue import Catalogue, Indicator
from data.national_ground import land
from data.national_tables import National
from geo.facing import Plane, inside, joined, line_between, paths_on, plane_of, rings_on
from views.figures import theme
from views.figures.specs import Area, Choropleth, Entry, Legend, Line, Lines, Outline, Panel, Side, Stroke
from views.language import aloud
from views.language.names import boundaries_from
from views.language.words import Words
from views.topics.national.spec import STROKES, Painted, stroke_color
from views.topics.national.words import SOURCES, YEAR, border_names, year_line

REACH = 0.95
"""Share of the gaps that the chart shows; the rest lies beyond its edges."""
STEPS = 41
"""Points of a curve."""
LAND = ("#eef0ee",)


def _sources(w: Words, catalogue: Catalogue) -> str:
    return "; ".join(w.source(catalogue.sources[source]).short for source in SOURCES)


def field(w: Words, catalogue: Catalogue, found: Field) -> Lines:
    """How many of the sides have at most a gap, as it is and at equal density.

    Parameters
    ----------
    w, catalogue : language, titles and sources
    found : of the kind of school that is shown
    """
    reach = float(np.ceil(2 * np.quantile(np.abs(found.gaps), REACH)) / 2) if found.gaps.size else 1.0
    raw, equal = w.t("apa adanya"), w.t("pada kepadatan yang sama")
    curves = (
        Line(raw, None, _curve(found.gaps, reach)),
        Line(equal, None, _curve(found.density_gaps, reach), look="dashed"),
    )
    ticks = (-reach, -reach / 2, 0.0, reach / 2, reach)
    return Lines(
        title=w.t(
            "Tepi lawan bagian dalam di semua perbatasan darat Indonesia, {indikator}",
            indikator=aloud.title(w, catalogue.indicators[found.indicator]),
        ),
        unit="km",
        year=YEAR,
        source=_sources(w, catalogue),
        note=w.t(
            "Satu sisi perbatasan satu hitungan. Kurva di kanan garis nol: tepi lebih jauh. Beberapa sisi terletak di luar bidang. {tahun}",
            tahun=year_line(w),
        ),
        alt=w.t(
            "Diagram garis: bagian sisi perbatasan menurut selisih tepi dan bagian dalam, apa adanya dan pada kepadatan yang sama"
        ),
        language=w.language,
        legend=Legend(entries=(Entry(theme.ink(), raw), Entry(theme.ink(), equal))),
        panels=(Panel("", tuple(curve for curve in curves if curve.points), (0.0, 100.0)),),
        axis=w.t("% sisi"),
        axis_across=w.t("tepi dikurangi bagian dalam (km)"),
        across=(-reach, reach),
        ticks=tuple((at, w.number(at, 0 if float(at).is_integer() else 2).replace("-", "−")) for at in ticks),
        decimals=0,
        reference=0.0,
        reference_name=w.t("sama dengan bagian dalam"),
    )


def _curve(gaps: Any, reach: float) -> tuple[tuple[float, float], ...]:
    """Per cent of the gaps that are at most so large, at even steps."""
    if not gaps.size:
        return ()
    at = np.linspace(-reach, reach, STEPS)
    shares = 100 * np.searchsorted(gaps, at, side="right") / gaps.size
    return tuple(zip(at.tolist(), shares.tolist(), strict=True))


def country(
    w: Words, catalogue: Catalogue, national: National, indicator: Indicator, codes: Mapping[str, str], note: str
) -> Choropleth:
    """All land borders by what they show, as a picture.

    Parameters
    ----------
    w, catalogue, national : language, sources and tables
    indicator, codes : what is measured, and what each border shows
    note : what stands under it
    """
    plane = Plane(118.0, 0.0)
    names = border_names(w)
    lines = national.lines.geometry
    known = pd.Series(codes)
    strokes = []
    for code in reversed(CODES):
        own = lines.reindex(known.index[known == code]).dropna()
        _, width, dashes = STROKES[code]
        strokes.append(Stroke(stroke_color(code), width / 2.4, dashes, paths_on(plane, own.to_list())))
    count = known.value_counts()
    return Choropleth(
        title=w.t("{indikator}: apa yang tampak di perbatasan", indikator=w.pick(indicator.title)),
        unit="",
        year=YEAR,
        source=_sources(w, catalogue),
        note=f"{note} {w.t('Sumber: {sumber}', sumber=_sources(w, catalogue))}.",
        alt=w.t("Peta semua perbatasan darat Indonesia; tabel data lengkap ada di bawah peta"),
        language=w.language,
        legend=Legend(
            (w.t("Perbatasan"),),
            tuple(Entry(stroke_color(code), names[code], (w.number(int(count.get(code, 0))),)) for code in CODES),
        ),
        areas=tuple(_area(kode, name, 0, polygon, plane) for kode, name, polygon in land(national.files["land"])),
        colors=LAND,
        outlines=(),
        lines=(),
        attribution=boundaries_from(w),
        strokes=tuple(strokes),
    )


def pair(
    w: Words,
    catalogue: Catalogue,
    national: National,
    indicator: Indicator,
    key: str,
    sides: Sequence[Side],
    shown: Painted,
    chosen: str,
) -> Choropleth:
    """The kelurahan at one border as a picture.

    Parameters
    ----------
    w, catalogue, national : language, sources and tables
    indicator, key, sides, shown : what is measured, the pair, its sides and classes
    chosen : kode of the kelurahan that is outlined, "" for none
    """
    units = national.of_pair(key)
    plane = plane_of(units.geometry.to_list())
    groups = {side.kode: units[units["kode_kabkota"] == side.kode] for side in sides}
    one, other = (rows.geometry.to_list() for rows in groups.values())
    line = line_between(one, other)
    title = w.pick(indicator.title)
    return Choropleth(
        title=w.t("{indikator}, {sisi}", indikator=title, sisi=" – ".join(side.name for side in sides)),
        unit=w.pick(indicator.unit),
        year=YEAR,
        source=_sources(w, catalogue),
        note=f"{year_line(w)} {w.t('Sumber: {sumber}', sumber=_sources(w, catalogue))}.",
        alt=w.t("Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=title),
        language=w.language,
        legend=Legend(
            tuple(side.name for side in sides),
            tuple(
                Entry(
                    None if color in ("", "uncertain") else color,
                    label,
                    tuple(w.number(n) for n in counts),
                    uncertain=color == "uncertain",
                )
                for color, label, counts in shown.rows
            ),
        ),
        areas=tuple(
            _area(str(kode), str(name), int(shown.classes.index[kode]), polygon, plane, kode in shown.unsure)
            for kode, name, polygon in zip(units.index, units["nama"], units.geometry, strict=True)
        ),
        colors=shown.colors,
        outlines=tuple(
            Outline(side, rings_on(plane, whole), _at(plane, whole))
            for side in sides
            for whole in [joined(groups[side.kode].geometry.to_list())]
        ),
        lines=paths_on(plane, [line]),
        selected=chosen or None,
        attribution=boundaries_from(w),
    )


def _area(kode: str, name: str, number: int, polygon: Any, plane: Plane, unsure: bool = False) -> Area:
    return Area(kode, name, number, rings_on(plane, polygon), _at(plane, polygon), unsure)


def _at(plane: Plane, polygon: Any) -> tuple[float, float]:
    east, north = plane.metres(np.array([inside(polygon)]))[0]
    return float(east), float(north)
