"""The chart of change between two years."""

from __future__ import annotations

from analysis.values.vintages import Vintages
from data.catalogue import Corridor, Series
from data.tables import Dataset
from views.figures.captions import side_legend, sides_of, span
from views.figures.specs import Line, Lines, Panel
from views.language.words import Words


def figure(w: Words, data: Dataset, corridor: Corridor, series: Series, result: Vintages) -> Lines:
    """Every value of the paired definition, a line a side; the two chosen years carry their values.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    series : what is counted
    result : its vintages, of which two years are paired
    """
    ends = set(result.changes["from"]) | set(result.changes["to"])
    sides = [side for side in sides_of(data, corridor.sides) if (result.path["kode"] == side.kode).any()]
    lines = []
    for side in sides:
        own = result.path[result.path["kode"] == side.kode]
        points = tuple((float(y), float(v)) for y, v in zip(own["year"], own["value"], strict=True))
        # Five sides' values would lie on each other.
        texts = tuple(w.number(v, series.decimals) if y in ends and corridor.pair else "" for y, v in points)
        lines.append(Line(side.name, side, points, texts=texts, dotted=True))
    years = list(result.years)
    top = float(result.path["value"].max())
    caveats = [_sentence(w.pick(caveat)) for caveat in series.caveats]
    return Lines(
        title=w.t("{koridor}: {deret}", koridor=w.pick(corridor.title), deret=w.pick(series.title)),
        unit=w.pick(series.unit),
        year=span(w, years),
        source="; ".join(d.origin for d in series.definitions if d.id == result.definition),
        note=" ".join(
            [*caveats, w.t("Tingkat kabupaten/kota. Yang dihitung berbeda dari tahun ke tahun tidak digabung.")]
        ),
        alt=w.t("Diagram garis: nilai setiap tahun di tiap sisi"),
        language=w.language,
        legend=side_legend(sides),
        panels=(Panel("", tuple(lines), (0.0, top * 1.15 or 1.0)),),
        axis=w.t("{deret} ({satuan})", deret=w.pick(series.title), satuan=w.pick(series.unit)),
        axis_across=w.t("tahun"),
        across=(years[0] - 0.3, years[-1] + 0.3),
        ticks=tuple((float(y), str(y)) for y in years),
        decimals=series.decimals,
    )


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
