"""Pictures as frozen facts: made once from a result, drawn by the screen, the deck and paper alike.

A figure holds values, finished texts and codes of sides, in one language; whoever draws it chooses only size, theme and
place. It computes nothing: every number comes from a result of `analysis`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.classes import UNKNOWN
from analysis.comparison import Comparison
from analysis.facing import Facing
from analysis.gradient import Gradient
from analysis.layer import Layer
from analysis.outlines import Ring
from analysis.priority import Priority
from analysis.profile import Profile
from analysis.projection import to_metric
from analysis.summary import BorderSummary, GapRow
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views import sentences, tables, theme
from views.map import MapSpec
from views.words import Language, Words

BARS = 6
FLATTENING = 2.5
RANKS = 10

_BOLD = re.compile(r"(?<!\\)\*\*")
_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>()#+\-!|~$:&])")


def plain(text: str) -> str:
    """A Markdown sentence of ours as it reads: without bold, links and escapes.

    Examples
    --------
    >>> plain("**Kel. Jati\\\\-asih**: 3 km")
    'Kel. Jati-asih: 3 km'
    """
    return _ESCAPED.sub(r"\1", _LINK.sub(r"\1", _BOLD.sub("", text)))


@dataclass(frozen=True)
class Entry:
    """A row of a legend: colour (None where hatched: belum ada data), what it means, and a count a head."""

    color: str | None
    label: str
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Legend:
    """What colours mean; heads name the counts of the entries."""

    heads: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What every picture carries.

    year : year or span of the values; source : short names of the sources; note : what one must know to read it;
    alt : the picture in words, for who cannot see it; language : of its texts and numbers
    """

    title: str
    unit: str
    year: str
    source: str
    note: str
    alt: str
    language: Language
    legend: Legend = Legend()


@dataclass(frozen=True)
class Side:
    """A kabkota; its colour is `theme.side_color(kode)`."""

    kode: str
    name: str


@dataclass(frozen=True)
class Series:
    """One side's values a category, None where unknown, with the text that stands beside each."""

    side: Side
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Bars(Figure):
    """Horizontal bars in groups: per cent (0 to 100) of each category, first on top, a bar a side."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str


@dataclass(frozen=True)
class Dot:
    """A unit: how far from the line (km), its value, and whether that is an upper bound."""

    kode: str
    name: str
    km: float
    value: float
    bound: bool = False


@dataclass(frozen=True)
class AcrossSide:
    """One side of the line; the curve is broken where value is None."""

    side: Side
    dots: tuple[Dot, ...]
    curve: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, kw_only=True)
class Across(Figure):
    """Values by distance with the line in the middle: first side to the left, second to the right.

    top : where the axis of values ends; a few units far above it stand at its edge and are named in the note
    """

    sides: tuple[AcrossSide, ...]
    axis: str
    axis_distance: str
    line_name: str
    decimals: int
    reach_km: float
    top: float
    threshold: float | None
    threshold_name: str


@dataclass(frozen=True)
class Half:
    """Border or rest: a mean a side with its text."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Halves(Figure):
    """Two upright bars a side: its border and its rest, for units without distances."""

    sides: tuple[Side, ...]
    parts: tuple[Half, Half]
    axis: str
    decimals: int
    threshold: float | None
    threshold_name: str


@dataclass(frozen=True)
class Pair:
    """Two units that face each other, first side then second; bounds tells which values are upper bounds."""

    names: tuple[str, str]
    values: tuple[float, float]
    bounds: tuple[bool, bool]


@dataclass(frozen=True, kw_only=True)
class Slopes(Figure):
    """Pairs across the line; unknown pairs are left out."""

    sides: tuple[Side, Side]
    pairs: tuple[Pair, ...]
    axis: str
    decimals: int
    threshold: float | None


@dataclass(frozen=True)
class Range:
    """A unit with its rank: middle, and 5 to 95 %."""

    kode: str
    name: str
    side: Side
    low: float
    middle: float
    high: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Ranges(Figure):
    """Ranks as ranges, first on top; `most` is the last rank there is."""

    rows: tuple[Range, ...]
    axis: str
    most: int


@dataclass(frozen=True, kw_only=True)
class Table(Figure):
    """Finished cells; `numeric` columns are set to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Area:
    """A filled unit: class (-1 hatched), value and label, rings and place of its name in metres."""

    kode: str
    name: str
    side: str
    level: int
    value: float | None
    label: str
    rings: tuple[Ring, ...] = field(compare=False, repr=False)
    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Outline:
    """A side, or a neighbour of it, as a line."""

    side: Side
    rings: tuple[Ring, ...] = field(compare=False, repr=False)
    at: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class Choropleth(Figure):
    """Units coloured by class, both sides with the same classes; the line between the sides is dark.

    colors : one a class
    selected, related : units set off by a strong outline and named, and those outlined with them
    near : show only the surroundings of the selected unit
    """

    level: str
    areas: tuple[Area, ...]
    colors: tuple[str, ...]
    outlines: tuple[Outline, ...]
    lines: tuple[Ring, ...] = field(compare=False, repr=False)
    selected: str | None = None
    related: tuple[str, ...] = ()
    near: bool = False
    attribution: str
    scale_name: str = "km"


def credit(w: Words, figure: Figure) -> str:
    """Unit, year and source of a figure in one line."""
    parts = [
        w.t("Satuan: {satuan}", satuan=figure.unit) if figure.unit else "",
        w.t("Tahun data: {tahun}", tahun=figure.year) if figure.year else "",
        w.t("Sumber: {sumber}", sumber=figure.source) if figure.source else "",
    ]
    return ". ".join(p for p in parts if p) + "."


def sources_of(data: Dataset, indicators: Iterable[str]) -> str:
    """Short names of the sources of some indicators, each once."""
    known = data.catalogue
    ids = dict.fromkeys(s for i in indicators for s in known.indicators[i].sources)
    return "; ".join(known.sources[s].short for s in ids)


def sides_of(data: Dataset, corridor: Corridor) -> tuple[Side, ...]:
    """The sides in the order of the corridor."""
    return tuple(Side(kode, str(data.kabkota.at[kode, "nama"])) for kode in corridor.sides)


def side_legend(sides: Sequence[Side]) -> Legend:
    """A legend of nothing but sides."""
    return Legend(entries=tuple(Entry(theme.side_color(s.kode), s.name) for s in sides))


def _span(w: Words, years: Iterable[int]) -> str:
    known = sorted(years)
    return sentences.years(w, (known[0], known[-1])) if known else "–"


def gap_bars(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    summary: BorderSummary,
    sectors: Sequence[str] = (),
    most: int = BARS,
) -> Bars:
    """The indicators with the most people beyond the standard on any side; `sectors` narrows them, `most` ends them."""
    known = data.catalogue.indicators
    at_border = [
        g for g in summary.gaps if g.level == "kelurahan" and (not sectors or known[g.indicator].sector in sectors)
    ]
    leading = list(dict.fromkeys(gap.indicator for gap in at_border if gap.people > 0))[:most]
    shown = {(g.indicator, g.kode_kabkota): g for g in at_border if g.indicator in leading}
    series = tuple(
        Series(
            side,
            tuple(shown[i, side.kode].share * 100 if (i, side.kode) in shown else None for i in leading),
            tuple(_bar_text(w, shown[i, side.kode]) if (i, side.kode) in shown else w.no_data for i in leading),
        )
        for side in sides_of(data, corridor)
    )
    return Bars(
        title=w.t("Kesenjangan terbesar di kelurahan/desa perbatasan"),
        unit=w.t("% penduduk di luar standar"),
        year=_span(w, [y for g in shown.values() for y in g.years]),
        source=sources_of(data, ["penduduk", *leading] if "penduduk" in known else leading),
        note=" ".join(
            [
                w.t("Perkiraan jiwa di kelurahan/desa perbatasan yang di luar standar bawaan."),
                *_bar_marks(w, summary),
            ]
        ),
        language=w.language,
        alt=w.t("Diagram batang: persen penduduk di luar standar menurut indikator dan sisi"),
        legend=side_legend([s.side for s in series]),
        categories=tuple(w.pick(known[i].title) for i in leading),
        series=series,
        axis=w.t("% penduduk di luar standar"),
    )


def bars_note(w: Words, summary: BorderSummary) -> str:
    """The note under the bars of the screen, where a table follows."""
    note = w.t(
        "Perkiraan jiwa di kelurahan/desa perbatasan yang di luar standar bawaan; tahun dan kisaran ada di tabel."
    )
    return " ".join([note, *_bar_marks(w, summary)])


def _bar_marks(w: Words, summary: BorderSummary) -> list[str]:
    """What the figures in brackets and the sign for bounds mean, where they occur."""
    marks = []
    if any(g.unknown for g in summary.gaps if g.level == "kelurahan"):
        marks.append(w.t("(a/b): hanya a dari b kelurahan/desa yang diketahui."))
    if any(g.bounds for g in summary.gaps):
        marks.append(w.t("≤: paling banyak, karena sebagian fasilitas belum ada titiknya dan mungkin lebih dekat."))
    return marks


def _bar_text(w: Words, gap: GapRow) -> str:
    most = "≤\N{NO-BREAK SPACE}" if gap.bounds else ""
    fields = {"persen": most + w.percent(gap.share), "jiwa": w.people(gap.people)}
    if gap.unknown:
        known = f"{gap.known}/{gap.known + gap.unknown}"
        return w.t("{persen} · {jiwa} jiwa ({n})", n=known, **fields)
    return w.t("{persen} · {jiwa} jiwa", **fields)


def across(w: Words, data: Dataset, corridor: Corridor, indicator: Indicator, result: Comparison) -> Across | Halves:
    """Values by distance to the line, or border against rest where there is no line or no distance."""
    standard = next(iter(data.catalogue.standards_of(indicator.id)), None)
    axis = f"{w.pick(indicator.title)} ({w.pick(indicator.unit)})"
    threshold = standard.threshold if standard is not None else None
    threshold_name = w.pick(standard.title) if standard is not None else ""
    known = {s.kode: s for s in sides_of(data, corridor)}
    year = sentences.years(w, result.years) if result.years else "–"
    source = sources_of(data, [indicator.id])
    alt = w.t("Diagram: nilai menurut jarak ke garis batas di kedua sisi")
    if result.gradient is None:
        return Halves(
            title=w.t("Batas dan bagian lainnya, rata-rata tiap sisi"),
            unit=w.pick(indicator.unit),
            year=year,
            source=source,
            note=w.t("Rata-rata ditimbang penduduk; unit yang belum ada datanya tidak ikut."),
            language=w.language,
            alt=alt,
            legend=side_legend([known[c.side] for c in result.contrasts]),
            sides=tuple(known[c.side] for c in result.contrasts),
            parts=(
                Half(
                    w.t("batas"),
                    tuple(c.border.mean for c in result.contrasts),
                    tuple(
                        sentences.at_most(w.number(c.border.mean, indicator.decimals), s.border_bounds > 0)
                        for c, s in zip(result.contrasts, result.spreads, strict=True)
                    ),
                ),
                Half(
                    w.t("lainnya"),
                    tuple(c.interior.mean for c in result.contrasts),
                    tuple(
                        sentences.at_most(w.number(c.interior.mean, indicator.decimals), s.interior_bounds > 0)
                        for c, s in zip(result.contrasts, result.spreads, strict=True)
                    ),
                ),
            ),
            axis=axis,
            decimals=indicator.decimals,
            threshold=threshold,
            threshold_name=threshold_name,
        )
    names = data.names("kelurahan" if indicator.level == "kelurahan" else "kecamatan")
    upper = data.indicator_values(indicator.id)["upper_bound"]
    sides = tuple(
        AcrossSide(
            known[side.kode_kabkota],
            tuple(
                Dot(str(kode), str(names.get(kode, kode)), float(d) / 1000, float(v), bool(upper.get(kode, False)))
                for kode, d, v in zip(side.points.index, side.points["distance_m"], side.points["value"], strict=True)
            ),
            tuple(
                (float(d) / 1000, None if pd.isna(v) else float(v))
                for d, v in zip(side.curve["distance_m"], side.curve["value"], strict=True)
            ),
        )
        for side in result.gradient.sides
    )
    unknown = sum(side.unknown for side in result.gradient.sides)
    bounds = sum(dot.bound for side in sides for dot in side.dots)
    reach = _reach(result.gradient)
    top = _top([dot.value for side in sides for dot in side.dots if dot.km <= reach], threshold)
    beyond = [dot for side in sides for dot in side.dots if dot.value > top and dot.km <= reach]
    return Across(
        title=w.t("Nilai menurut jarak ke garis batas: satu titik satu kelurahan/desa"),
        unit=w.pick(indicator.unit),
        year=year,
        source=source,
        note=" ".join(
            [
                w.t("Kurva: kecenderungan di tiap sisi; belum ada data: {n} kelurahan/desa.", n=w.number(unknown)),
                *(
                    [
                        w.t(
                            "Titik berongga atau pucat: baru batas atasnya yang diketahui (≤), {n} kelurahan/desa.",
                            n=w.number(bounds),
                        )
                    ]
                    if bounds
                    else []
                ),
                *(
                    [
                        w.t(
                            "Jauh lebih tinggi, di tepi atas atau di luar bidang: {daftar}.",
                            daftar=w.listing([f"{d.name} {w.number(d.value, indicator.decimals)}" for d in beyond]),
                        )
                    ]
                    if beyond
                    else []
                ),
            ]
        ),
        language=w.language,
        alt=alt,
        legend=side_legend([s.side for s in sides]),
        sides=sides,
        axis=axis,
        axis_distance=w.t("jarak ke garis batas (km)"),
        line_name=w.t("garis batas"),
        decimals=indicator.decimals,
        reach_km=reach,
        top=top,
        threshold=threshold,
        threshold_name=threshold_name,
    )


def _reach(gradient: Gradient) -> float:
    """The same stretch to both sides, in km: twice the depth of the narrower side, but never less than 4 km."""
    depths = [side.range_m[1] / 1000 for side in gradient.sides if side.range_m is not None]
    return max(4.0, min(max(depths), 2 * min(depths))) if depths else 4.0


def _top(values: Sequence[float], threshold: float | None) -> float:
    """Where the axis ends: at the highest value, unless that is a rare one which would press all others flat."""
    ordered = sorted(values)
    floor = threshold or 0.0
    if not ordered:
        return floor or 1.0
    usual = max(ordered[int(0.98 * (len(ordered) - 1))], floor)
    highest = max(ordered[-1], floor)
    return (highest if highest <= FLATTENING * usual else 1.2 * usual) or 1.0


def slopes(w: Words, data: Dataset, indicator: Indicator, facing: Facing) -> Slopes:
    """One line a pair, from the first side to the second."""
    names = data.names("kelurahan" if indicator.level == "kelurahan" else "kecamatan")
    standard = next(iter(data.catalogue.standards_of(indicator.id)), None)
    first, second = (Side(kode, str(data.kabkota.at[kode, "nama"])) for kode in facing.sides)
    upper = data.indicator_values(indicator.id)["upper_bound"]
    return Slopes(
        title=w.t("Tetangga lawan tetangga: satu garis satu pasangan"),
        unit=w.pick(indicator.unit),
        year="",
        source=sources_of(data, [indicator.id]),
        note=w.t("Pasangan yang belum diketahui: {n}.", n=w.number(facing.unknown)),
        language=w.language,
        alt=w.t("Diagram: nilai pasangan kelurahan yang berhadapan"),
        legend=side_legend([first, second]),
        sides=(first, second),
        pairs=tuple(
            Pair(
                (str(names.get(p.kode[0], p.kode[0])), str(names.get(p.kode[1], p.kode[1]))),
                (p.value[0], p.value[1]),
                (bool(upper.get(p.kode[0], False)), bool(upper.get(p.kode[1], False))),
            )
            for p in facing.pairs
            if p.value[0] is not None and p.value[1] is not None
        ),
        axis=f"{w.pick(indicator.title)} ({w.pick(indicator.unit)})",
        decimals=indicator.decimals,
        threshold=standard.threshold if standard is not None else None,
    )


def rank_ranges(w: Words, data: Dataset, corridor: Corridor, result: Priority, shown: pd.DataFrame) -> Ranges:
    """The first rows of a ranking with the range of every rank."""
    sides = {s.kode: s for s in sides_of(data, corridor)}
    rows = shown.head(RANKS)
    places = data.kelurahan.loc[rows.index]
    used = list(result.index.weights.index)
    years = data.values.loc[
        data.values["indicator"].isin(used) & data.values["kode_kabkota"].isin(corridor.sides), "year"
    ]
    return Ranges(
        title=w.t("Peringkat kebutuhan dan kisarannya (5–95 %)"),
        unit=w.t("peringkat dari {n}", n=w.number(result.index.indexed)),
        year=_span(w, (int(y) for y in set(years))),
        source=sources_of(data, used),
        note=w.t(
            "Kisaran yang bertumpang berarti urutannya tidak dapat dibedakan. Tidak diperingkat karena datanya kurang: {n} dari {semua} kelurahan/desa.",
            n=w.number(result.index.units - result.index.indexed),
            semua=w.number(result.index.units),
        ),
        language=w.language,
        alt=w.t("Diagram: peringkat tengah tiap kelurahan dengan kisarannya"),
        legend=side_legend(list(sides.values())),
        rows=tuple(
            Range(
                kode=str(kode),
                name=str(places.at[kode, "nama"]),
                side=sides[str(row["kode_kabkota"])],
                low=float(row["rank_low"]),
                middle=float(row["rank_median"]),
                high=float(row["rank_high"]),
                text=f"{w.number(row['rank_low'])}–{w.number(row['rank_high'])}",
            )
            for kode, row in rows.iterrows()
        ),
        axis=w.t("peringkat (1 = paling membutuhkan)"),
        most=int(result.index.indexed),
    )


def choropleth(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    indicator: Indicator,
    result: Layer,
    colors: tuple[str, ...],
    note: str,
    selected: str | None = None,
) -> Choropleth:
    """An indicator or its gap on a map, with the legend and counts that stand under the map of the screen.

    Parameters
    ----------
    colors, note : those of the screen, from `views.mappage`
    """
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
        year=_span(w, years),
        source=sources_of(data, [indicator.id]),
        note=note,
        language=w.language,
        alt=w.t(
            "Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=w.pick(indicator.title)
        ),
        legend=_class_legend(w, data, result, indicator, colors),
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
        attribution=w.t("Batas: BIG, disederhanakan; bukan acuan resmi batas wilayah"),
    )


def painted(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    spec: MapSpec,
    rows: Sequence[tables.Row],
    title: str,
    note: str,
    year: str,
    sources: Sequence[str],
) -> Choropleth:
    """Any map of the screen as a picture: its classes and labels, with the rows of its legend.

    Parameters
    ----------
    spec : what the map shows; its facilities are left out, and the note says so
    rows : of the legend under the map
    sources : ids of the sources of what is shown
    """
    known = data.catalogue.sources
    names = [side.name for side in sides_of(data, corridor)]
    heads = [h for n in names for h in (w.t("{sisi}: unit", sisi=n), w.t("{sisi}: jiwa", sisi=n))]
    entries = [
        Entry(
            row.color,
            row.label,
            tuple(c for units, people in row.counts for c in (w.number(units), w.people(people) if units else "–")),
        )
        for row in rows
    ]
    source = "; ".join(dict.fromkeys(known[s].short for s in sources if s in known))
    said = [note.rstrip("."), w.t("Fasilitas tidak ikut digambar")]
    said += [w.t("Sumber: {sumber}", sumber=source)] if source else []
    kodes = sorted(spec.classes)
    labels = {kode: spec.labels.get(kode, w.no_data) for kode in kodes}
    return Choropleth(
        title=title,
        unit="",
        year=year,
        source=source,
        note=". ".join(said) + ".",
        language=w.language,
        alt=w.t("Peta {indikator} di kedua sisi batas; angka tiap kelas ada di legenda.", indikator=title),
        legend=Legend(tuple(heads), tuple(entries)),
        level=spec.level,
        areas=_areas(data, spec.level, kodes, dict(spec.classes), dict.fromkeys(kodes), labels),
        colors=spec.colors,
        outlines=outlines(data, corridor),
        lines=border_lines(data, corridor),
        selected=None,
        attribution=w.t("Batas: BIG, disederhanakan; bukan acuan resmi batas wilayah"),
    )


def place_map(w: Words, data: Dataset, corridor: Corridor, result: Profile) -> Choropleth:
    """Where a kelurahan lies: sides in their own colours, its neighbours across the line outlined."""
    units = data.units("kelurahan", corridor.sides)
    order = {kode: position for position, kode in enumerate(corridor.sides)}
    sides = sides_of(data, corridor)
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
        colors=tuple(theme.side_color(s.kode) for s in sides),
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


def outlines(data: Dataset, corridor: Corridor) -> tuple[Outline, ...]:
    """The sides as lines, with the place of their names."""
    frame = data.kabkota.loc[list(corridor.sides)]
    x, y = to_metric(frame["label_lon"], frame["label_lat"])
    return tuple(
        Outline(side, data.outlines["kabkota"][side.kode], (float(east), float(north)))
        for side, east, north in zip(sides_of(data, corridor), x, y, strict=True)
    )


def border_lines(data: Dataset, corridor: Corridor) -> tuple[Ring, ...]:
    """The lines between the sides."""
    return tuple(
        line
        for (a, b), found in data.lines_between.items()
        if a in corridor.sides and b in corridor.sides
        for line in found
    )


def _class_legend(w: Words, data: Dataset, result: Layer, indicator: Indicator, colors: tuple[str, ...]) -> Legend:
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
        label = " ".join(filter(None, [tables.class_label(w, result, indicator, position), marks.get(position, "")]))
        if position == UNKNOWN and result.bounds:
            label = w.t("belum ada data, atau baru batas atas (≤)")
        entries.append(Entry(None if position == UNKNOWN else colors[position], label, tuple(cells)))
    return Legend(tuple(heads), tuple(entries))
