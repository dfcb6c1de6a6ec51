"""What the map of Beranda shows, whatever it is of: classes, texts and legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.values.layer import Layer
from analysis.values.reach import Reach
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.figures import theme
from views.figures.legend import Row, counted_rows, in_map, layer_colors, layer_rows
from views.figures.mapspec import MapLegend
from views.language import sentences
from views.language.words import Words


@dataclass(frozen=True)
class Shown:
    """One picture, the same for all sessions.

    Attributes
    ----------
    level : of the units, kelurahan or kecamatan
    classes : class by kode, -1 where unknown
    uncertain : units that may meet a standard or miss it
    labels : second line of the tooltip of every known unit
    colors, rows, legend : of the classes; the legend as it stands in the map
    """

    level: str
    classes: Mapping[str, int]
    uncertain: tuple[str, ...]
    labels: Mapping[str, str]
    colors: tuple[str, ...]
    rows: tuple[Row, ...]
    legend: MapLegend


def of_services(w: Words, data: Dataset, corridor: Corridor, result: Reach) -> Shown:
    """How many services are beyond their standard, of how many that are judged.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : of that border
    """
    last = result.classes.count - 1
    names = [w.t("tidak ada"), *(w.number(n) for n in range(1, last)), w.t("{n} atau lebih", n=w.number(last))]
    colors = theme.sequential(result.classes.count)
    unsure = w.t("mungkin lebih: sebagian belum pasti")
    rows = counted_rows(corridor.sides, result.counts, names, colors, w.no_data, unsure)
    table = result.table[result.table["known"] + result.table["unsure"] > 0]
    labels = {
        str(kode): _services_text(w, int(missed), int(known), int(unsure))
        for kode, missed, known, unsure in zip(
            table.index, table["missed"], table["known"], table["unsure"], strict=True
        )
    }
    title = w.t("Jiwa menurut jumlah layanan di luar standar, dari {n}", n=w.number(len(result.services)))
    return Shown(
        "kelurahan",
        {str(k): int(c) for k, c in result.classes.index.items()},
        tuple(str(k) for k in result.uncertain.index[result.uncertain]),
        labels,
        colors,
        tuple(rows),
        in_map(w, data, corridor.sides, title, rows),
    )


def _services_text(w: Words, missed: int, known: int, unsure: int) -> str:
    """How many services of how many are beyond their standard, and how many may be."""
    text = w.t("{n} dari {semua} layanan di luar standar", n=w.number(missed), semua=w.number(known))
    return text + (w.t(", {n} belum pasti", n=w.number(unsure)) if unsure else "")


def of_indicator(w: Words, data: Dataset, indicator: Indicator, result: Layer) -> Shown:
    """An indicator or its gap to a standard.

    Parameters
    ----------
    w, data : language and data
    indicator, result : what is shown
    """
    gap = result.mode == "kesenjangan"
    rows = layer_rows(w, result, indicator)
    values = result.values[result.values["value"].notna()]
    labels = {}
    for kode, value, beyond, low, high in zip(
        values.index, values["value"], values["gap"], values["low"], values["high"], strict=True
    ):
        text = w.signed_percent(beyond) if gap else sentences.value_with_unit(w, indicator, value)
        if result.uncertain.at[kode] and not gap:
            text += f" ({sentences.span(w, indicator, low, high)})"
        labels[str(kode)] = text
    # Limits of a gap carry their per cent themselves.
    unit = "" if gap else f" ({w.pick(indicator.unit)})"
    when = f", {w.partial_date(result.period)}" if result.period else ""
    title = w.t("Jiwa menurut {indikator}", indikator=w.pick(indicator.title) + unit + when)
    return Shown(
        result.level,
        {str(k): int(c) for k, c in result.classes.index.items()},
        tuple(str(k) for k in result.uncertain.index[result.uncertain]),
        labels,
        layer_colors(result, indicator),
        tuple(rows),
        in_map(w, data, [side.kode_kabkota for side in result.sides], title, rows),
    )
