"""Maps as pictures: an indicator by class, any map of the screen, and where a kelurahan lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from analysis.values.classes import UNKNOWN
from analysis.values.layer import Layer
from analysis.values.profile import Profile
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from geo.outlines import Ring
from geo.projection import to_metric
from views.figures import legend, theme
from views.figures.captions import shorts, side_legend, sides_of, sources_of, span
from views.figures.mapspec import MapPoint, MapSpec
from views.figures.specs import Area, Choropleth, Entry, Legend, Outline, Spot
from views.language import sentences
from views.language.names import kind_names
from views.language.words import Words


def choropleth(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    indicator: Indicator,
    result: Layer,
    colors: tuple[str, ...],
    note: str,
    selected: str | None = None,
    points: Sequence[MapPoint] = (),
) -> Choropleth:
    """An indicator or its gap on a map, with the legend and counts that stand under the map of the screen.

    Parameters
    ----------
    colors, note : those of the screen, from `views.topics.map.screen`
    points : facilities that are shown with it
    """
    drawn = spots(data, points)
    level = "kecamatan" if result.level == "kecamatan" else "kelurahan"
    gap = result.mode == "kesenjangan"
    values = result.values
    shown = values["gap"] if gap else values["value"]
    bounds = values["upper_bound"]

    def label(kode: object, value: float) -> str:
        if value != value:
            return w.no_data
        if gap:
            return w.signed_percent(value)
        return sentences.at_most(sentences.value_with_unit(w, indicator, value), bool(bounds.at[kode]))

    years = {int(y) for y in values["year"].dropna()}
    return Choropleth(
        title=w.pick(indicator.title),
        unit=w.t("% terhadap standar") if gap else w.pick(indicator.unit),
        year=span(w, years),
        source=sources_of(data, [indicator.id]),
        note=f"{note.rstrip('.')}. {_spot_sources(w, data, corridor, drawn)}" if drawn else note,
        language=w.language,
        alt=w.t(
            "Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=w.pick(indicator.title)
        ),
        legend=_class_legend(w, data, result, indicator, colors, sign_entries(w, drawn)),
        level=level,
        areas=_areas(
            data,
            level,
            list(values.index),
            {str(k): int(c) for k, c in result.classes.index.items()},
            {str(k): None if pd.isna(v) else float(v) for k, v in shown.items()},
            {str(k): label(k, v) for k, v in shown.items()},
        ),
        colors=colors,
        outlines=outlines(data, corridor),
        lines=border_lines(data, corridor),
        selected=selected,
        spots=drawn,
        attribution=w.t("Batas: BIG, disederhanakan; bukan acuan resmi batas wilayah"),
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
    spec : what the map shows, with its facilities
    rows : of the legend under the map; the signs of the facilities follow them
    sources : ids of the sources of what is shown
    """
    known = data.catalogue.sources
    names = [side.name for side in sides_of(data, corridor.sides)]
    heads = [h for n in names for h in (w.t("{sisi}: unit", sisi=n), w.t("{sisi}: jiwa", sisi=n))] if rows else []
    entries = [
        Entry(
            row.color,
            row.label,
            tuple(c for units, people in row.counts for c in (w.number(units), w.people(people) if units else "–")),
        )
        for row in rows
    ]
    source = "; ".join(dict.fromkeys(known[s].short for s in sources if s in known))
    said = [note.rstrip(".")] if note else []
    said += [w.t("Tahun data: {tahun}", tahun=year)] if year else []
    said += [w.t("Sumber: {sumber}", sumber=source)] if source else []
    drawn = spots(data, spec.points)
    kodes = sorted({*spec.classes, *data.units(spec.level, corridor.sides).index})
    if not rows and any(spec.classes.get(kode, UNKNOWN) < 0 for kode in kodes):
        entries.append(Entry(None, w.no_data))
    labels = {kode: spec.labels.get(kode, w.no_data) for kode in kodes}
    return Choropleth(
        title=title,
        unit="",
        year=year,
        source=source,
        note=f"{'. '.join(said)}." if said else "",
        language=w.language,
        alt=w.t("Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=title),
        legend=Legend(tuple(heads), (*entries, *sign_entries(w, drawn))),
        level=spec.level,
        areas=_areas(data, spec.level, kodes, dict(spec.classes), dict.fromkeys(kodes), labels),
        colors=spec.colors,
        outlines=outlines(data, corridor),
        lines=border_lines(data, corridor),
        selected=spec.selected,
        related=spec.related,
        near=spec.near,
        spots=drawn,
        attribution=w.t("Batas: BIG, disederhanakan; bukan acuan resmi batas wilayah"),
    )


def place_map(w: Words, data: Dataset, corridor: Corridor, result: Profile) -> Choropleth:
    """Where a kelurahan lies: sides in their own colours, its neighbours across the line outlined."""
    units = data.units("kelurahan", corridor.sides)
    order = {kode: position for position, kode in enumerate(corridor.sides)}
    sides = sides_of(data, corridor.sides)
    name = str(data.kelurahan.at[result.kode, "nama"])
    return Choropleth(
        title=name,
        unit="",
        year="",
        source="",
        note="",
        language=w.language,
        alt=w.t("Peta letak {nama} dan tetangganya di seberang garis batas", nama=name),
        legend=side_legend(sides),
        level="kelurahan",
        areas=_areas(
            data,
            "kelurahan",
            list(units.index),
            {str(k): order[str(s)] for k, s in units["kode_kabkota"].items()},
            {},
            {str(k): str(s) for k, s in units["kabkota"].items()},
        ),
        colors=tuple(s.color() for s in sides),
        outlines=outlines(data, corridor),
        lines=border_lines(data, corridor),
        selected=result.kode,
        related=tuple(n.kode for n in result.neighbours),
        near=True,
        attribution=w.t("Batas: BIG, disederhanakan; bukan acuan resmi batas wilayah"),
    )


def _areas(
    data: Dataset,
    level: str,
    kodes: Sequence[object],
    classes: dict[str, int],
    values: dict[str, float | None],
    labels: dict[str, str],
) -> tuple[Area, ...]:
    frame: pd.DataFrame = getattr(data, level)
    own = frame.loc[list(kodes)]
    x, y = to_metric(own["label_lon"], own["label_lat"])
    rings = data.outlines[level]
    return tuple(
        Area(
            kode=str(kode),
            name=str(name),
            side=str(kode)[:5],
            level=classes.get(str(kode), UNKNOWN),
            value=values.get(str(kode)),
            label=labels.get(str(kode), ""),
            rings=rings[str(kode)],
            at=(float(east), float(north)),
        )
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
        Entry(theme.ink(), _sign_text(w, kind, state, count), sign=(kind, state))
        for (kind, state), count in sorted(counted.items())
    )


def _spot_sources(w: Words, data: Dataset, corridor: Corridor, drawn: Sequence[Spot]) -> str:
    """Where the lists of the facilities on a map come from."""
    rows = data.facilities[data.facilities["kode_kabkota"].isin(corridor.sides)]
    rows = rows[rows["kind"].isin({spot.kind for spot in drawn})]
    ids = {i for cell in rows["source"].dropna().unique() for i in str(cell).split(";")}
    known = shorts(data, (i for i in data.catalogue.sources if i in ids))
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


def _class_legend(
    w: Words,
    data: Dataset,
    result: Layer,
    indicator: Indicator,
    colors: tuple[str, ...],
    signs: tuple[Entry, ...],
) -> Legend:
    heads, counts = [], []
    for figure in result.sides:
        name = str(data.kabkota.at[figure.kode_kabkota, "nama"])
        heads += [w.t("{sisi}: unit", sisi=name), w.t("{sisi}: jiwa", sisi=name)]
        counts.append(result.counts[result.counts["side"] == figure.kode_kabkota].set_index("class"))
    marks = {}
    if result.mode == "kesenjangan":
        marks = {1: w.t("(memenuhi standar)"), 2: w.t("(di luar standar)")}
    entries = []
    for position in [*range(result.classes.count), UNKNOWN]:
        cells = []
        for by_class in counts:
            units = int(by_class["units"].loc[position])
            people = float(by_class["people"].loc[position])
            cells += [w.number(units), w.people(people) if units else "–"]
        label = " ".join(filter(None, [legend.class_label(w, result, indicator, position), marks.get(position, "")]))
        if position == UNKNOWN and result.bounds:
            label = w.t("belum ada data, atau baru batas atas (≤)")
        entries.append(Entry(None if position == UNKNOWN else colors[position], label, tuple(cells)))
    return Legend(tuple(heads), (*entries, *signs))
