"""Maps as pictures: an indicator by class, any map of the screen, and where a kelurahan lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.values.classes import UNKNOWN
from analysis.values.layer import Layer
from analysis.values.profile import Profile
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from geo.outlines import Ring
from geo.projection import to_metric
from views.figures import captions, legend, theme
from views.figures.captions import shorts, side_legend, sides_of, sources_of, span
from views.figures.mapspec import POINT_SIGNS, MapPoint, MapSpec
from views.figures.specs import Area, Choropleth, Entry, Legend, Outline, Spot
from views.language.names import boundaries_from, kind_names
from views.language.words import Words


def choropleth(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    indicator: Indicator,
    result: Layer,
    note: str,
    selected: str | None = None,
    points: Sequence[MapPoint] = (),
) -> Choropleth:
    """An indicator or its gap on a map, with the legend and counts that stand under the map of the screen.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    indicator, result : what is shown
    note : what stands under the map of the screen
    selected : code of the chosen unit
    points : facilities that are shown with it
    """
    drawn = spots(data, points)
    gap, values = result.mode == "kesenjangan", result.values
    years = {int(y) for y in values["year"].dropna()}
    title = w.pick(indicator.title)
    return _map(
        w,
        data,
        corridor,
        title=title,
        unit=w.t("% terhadap standar") if gap else w.pick(indicator.unit),
        year=span(w, years),
        source=sources_of(w, data, [indicator.id]),
        note=f"{note.rstrip('.')}. {_spot_sources(w, data, corridor, drawn)}" if drawn else note,
        alt=w.t("Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=title),
        legend=_legend(w, data, [s.kode_kabkota for s in result.sides], legend.layer_rows(w, result, indicator), drawn),
        areas=_areas(
            data,
            "kecamatan" if result.level == "kecamatan" else "kelurahan",
            result.classes.index,
            result.uncertain.index[result.uncertain],
        ),
        colors=legend.layer_colors(result, indicator),
        selected=selected,
        spots=drawn,
    )


def painted(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    spec: MapSpec,
    rows: Sequence[legend.Row],
    title: str,
    note: str,
    year: str,
    sources: Sequence[str],
) -> Choropleth:
    """Any map of the screen as a picture: its classes and labels, with the rows of its legend.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    spec : what the map shows, with its facilities
    rows : of the legend under the map; the signs of the facilities follow them
    title, note, year : of the picture, "" where there is none
    sources : ids of the sources of what is shown
    """
    source = shorts(w, data, sources)
    said = [note.rstrip(".")] if note else []
    said += [w.t("Tahun data: {tahun}", tahun=year)] if year else []
    said += [w.t("Sumber: {sumber}", sumber=source)] if source else []
    drawn = spots(data, spec.points)
    kodes = sorted({*spec.classes, *data.units(spec.level, corridor.sides).index})
    classes = {kode: spec.classes.get(kode, UNKNOWN) for kode in kodes}
    found = _legend(w, data, corridor.sides, rows, drawn)
    if not rows and min(classes.values()) < 0:
        found = replace(found, entries=(Entry(None, w.no_data), *found.entries))
    return _map(
        w,
        data,
        corridor,
        title=title,
        year=year,
        source=source,
        note=f"{'. '.join(said)}." if said else "",
        alt=w.t("Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=title),
        legend=found,
        areas=_areas(data, spec.level, classes, spec.uncertain),
        colors=spec.colors,
        selected=spec.selected,
        related=spec.related,
        near=spec.near,
        spots=drawn,
    )


def place_map(w: Words, data: Dataset, corridor: Corridor, result: Profile) -> Choropleth:
    """Where a kelurahan lies: sides in their own colours, its neighbours across the line outlined.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : profile of the kelurahan
    """
    units = data.units("kelurahan", corridor.sides)
    order = {kode: position for position, kode in enumerate(corridor.sides)}
    sides = sides_of(data, corridor.sides)
    name = str(data.kelurahan.at[result.kode, "nama"])
    return _map(
        w,
        data,
        corridor,
        title=name,
        alt=w.t("Peta letak {nama} dan tetangganya di seberang garis batas", nama=name),
        legend=side_legend(sides),
        areas=_areas(data, "kelurahan", units["kode_kabkota"].map(order)),
        colors=tuple(s.color() for s in sides),
        selected=result.kode,
        related=tuple(n.kode for n in result.neighbours),
        near=True,
    )


def _map(w: Words, data: Dataset, corridor: Corridor, **fields: Any) -> Choropleth:
    """What all maps of a corridor have alike, with the fields that differ."""
    return Choropleth(
        **{"unit": "", "year": "", "source": "", "note": ""} | fields,
        language=w.language,
        outlines=outlines(data, corridor),
        lines=border_lines(data, corridor),
        attribution=boundaries_from(w, data.redrawn(corridor.sides)),
    )


def _areas(
    data: Dataset, level: str, classes: Mapping[Any, int] | pd.Series, uncertain: Iterable[str] = ()
) -> tuple[Area, ...]:
    """The units of a level with their class."""
    unsure = set(uncertain)
    frame: pd.DataFrame = getattr(data, level)
    own = frame.loc[list(classes.keys())]
    x, y = to_metric(own["label_lon"], own["label_lat"])
    rings = data.outlines[level]
    return tuple(
        Area(str(kode), str(name), int(classes[kode]), rings[str(kode)], (float(east), float(north)), kode in unsure)
        for kode, name, east, north in zip(own.index, own["nama"], x, y, strict=True)
    )


def spots(data: Dataset, points: Sequence[MapPoint]) -> tuple[Spot, ...]:
    """The facilities of a map; those known only by area as that area, never as a point."""
    exact = [(p.kind, p.state, p.lon, p.lat) for p in points if p.lon is not None and p.lat is not None]
    x, y = to_metric([lon for _, _, lon, _ in exact], [lat for _, _, _, lat in exact])
    found = [
        Spot(kind, state, (float(east), float(north)))
        for (kind, state, _, _), east, north in zip(exact, x, y, strict=True)
    ]
    levels = {5: "kabkota", 8: "kecamatan", 13: "kelurahan"}
    for point in points:
        rings = data.outlines[levels[len(point.area_kode)]] if point.lon is None else {}
        if point.area_kode in rings:
            found.append(Spot(point.kind, "wilayah", rings=rings[point.area_kode]))
    return tuple(found)


def sign_entries(w: Words, drawn: Sequence[Spot]) -> tuple[Entry, ...]:
    """What the signs of a map mean, with their number."""
    counted = Counter((spot.kind, spot.state) for spot in drawn)
    return tuple(
        Entry(
            theme.ink(),
            _sign_text(w, kind, state, count),
            sign=(kind, state),
            glyph="" if state == "wilayah" else POINT_SIGNS[kind].glyph,
        )
        for (kind, state), count in sorted(counted.items())
    )


def _spot_sources(w: Words, data: Dataset, corridor: Corridor, drawn: Sequence[Spot]) -> str:
    """Where the lists of the facilities on a map come from."""
    rows = data.facilities[data.facilities["kode_kabkota"].isin(corridor.sides)]
    rows = rows[rows["kind"].isin({spot.kind for spot in drawn})]
    ids = {i for cell in rows["source"].dropna().unique() for i in str(cell).split(";")}
    known = shorts(w, data, (i for i in data.catalogue.sources if i in ids))
    return w.t("Fasilitas: {sumber}.", sumber=known)


def _sign_text(w: Words, kind: str, state: str, count: int) -> str:
    names = {**kind_names(w), "kejadian": w.t("Kejadian latihan")}
    fields = {"jenis": names[kind], "n": w.number(count)}
    texts = {
        "": w.t("{jenis} ({n})", **fields),
        "baru": w.t("{jenis}, baru atau calon ({n})", **fields),
        "pindah": w.t("{jenis}, dipindahkan atau dari skenario ({n})", **fields),
        "tutup": w.t("{jenis}, ditutup atau calon yang tidak dipilih ({n})", **fields),
        "wilayah": w.t("{jenis}, hanya diketahui wilayahnya ({n})", **fields),
    }
    return texts[state]


def outlines(data: Dataset, corridor: Corridor) -> tuple[Outline, ...]:
    """The sides as lines, with the place of their names."""
    frame = data.kabkota.loc[list(corridor.sides)]
    x, y = to_metric(frame["label_lon"], frame["label_lat"])
    return tuple(
        Outline(side, data.outlines["kabkota"][side.kode], (float(east), float(north)))
        for side, east, north in zip(sides_of(data, corridor.sides), x, y, strict=True)
    )


def border_lines(data: Dataset, corridor: Corridor) -> tuple[Ring, ...]:
    """The lines between the sides."""
    return tuple(
        line
        for (a, b), found in data.lines_between.items()
        if a in corridor.sides and b in corridor.sides
        for line in found
    )


def _legend(w: Words, data: Dataset, sides: Sequence[str], rows: Sequence[legend.Row], drawn: Sequence[Spot]) -> Legend:
    """Classes with units and people of each side, then the signs of the facilities."""
    heads = [
        head
        for side in captions.sides_of(data, sides)
        for head in (w.t("{sisi}: wilayah", sisi=side.name), w.t("{sisi}: jiwa", sisi=side.name))
    ]
    entries = (
        Entry(
            row.color,
            row.label,
            tuple(c for units, people in row.counts for c in (w.number(units), w.people(people) if units else "–")),
            uncertain=row.uncertain,
        )
        for row in rows
    )
    return Legend(tuple(heads) if rows else (), (*entries, *sign_entries(w, drawn)))
