"""Native charts of the deck, as editable in the programs of an office as any other."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.util import Pt

from views.figures import theme
from views.figures.specs import Across, Bars, Figure, Halves, Ranges
from views.language.cells import safe_cell
from views.language.words import Words

INK = RGBColor.from_string(theme.ink().lstrip("#").upper())
ROOM = 180
"""Where the axis of bars of per cent ends, so that their words fit behind them."""
MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE)


def has_chart(figure: Figure) -> bool:
    """Whether there is a native chart for this kind of figure."""
    return type(figure) in _CHART


def chart(page: Any, figure: Figure, place: Sequence[Any], w: Words) -> Any:
    """Set the chart of a figure whose kind has a native one.

    Parameters
    ----------
    page : slide on which it stands
    figure : of a kind for which `has_chart` holds
    place : left, top, width and height in EMU
    w : language

    Returns
    -------
    Any
        Its frame on the slide.
    """
    return _CHART[type(figure)](page, figure, place, w)


def rgb(color: str) -> RGBColor:
    """A colour of ours as the file wants it."""
    return RGBColor.from_string(color.lstrip("#").upper())


def _tint(color: str) -> str:
    """A pale shade: some programs draw a hollow sign not at all."""
    parts = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * 0.35):02x}" for part in parts)


def fill(fill: Any, color: str, pattern: Any = None) -> None:
    """Fill in a colour, or in a pattern of it on white.

    Parameters
    ----------
    fill : of a shape, point or marker
    color : as in ``#1f6f8b``
    pattern : of `MSO_PATTERN`, None for the plain colour
    """
    if pattern is None:
        fill.solid()
        fill.fore_color.rgb = rgb(color)
    else:
        fill.patterned()
        fill.pattern = pattern
        fill.fore_color.rgb, fill.back_color.rgb = RGBColor(255, 255, 255), rgb(color)


def _finish(chart: Any, legend: bool, size: float = 12) -> None:
    chart.font.size = Pt(size)
    chart.has_title = False
    chart.has_legend = legend
    if legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)


def _axis(axis: Any, title: str, size: float, gridlines: bool = False) -> None:
    axis.has_major_gridlines = gridlines
    axis.tick_labels.font.size = Pt(size)
    if title:
        axis.has_title = True
        frame = axis.axis_title.text_frame
        frame.text = title
        frame.paragraphs[0].runs[0].font.size = Pt(size)
        frame.paragraphs[0].runs[0].font.bold = False


def _unwrapped(label: Any) -> None:
    """Keep a label in one line; some programs break it in a fifth of the chart's width."""
    for body in label.iter(qn("a:bodyPr")):
        body.set("wrap", "none")


def _bars(page: Any, figure: Bars, place: Sequence[Any], w: Words) -> Any:
    """Stacked bars, a row a category and side: solid to the least, hatched to the most, then room for the words."""
    content = CategoryChartData(number_format="0.0")
    content.categories = [
        safe_cell(f"{name} – {series.side.name}") for name in figure.categories for series in figure.series
    ]
    rows = [
        (series.side.color(), *series.ends[position], series.texts[position], series.values[position])
        for position in range(len(figure.categories))
        for series in figure.series
    ]
    content.add_series(w.t("sekurangnya"), [round(low, 1) for _, low, *_ in rows])
    content.add_series(w.t("sampai paling banyak"), [round(high - low, 1) for _, low, high, *_ in rows])
    content.add_series(w.t("kisaran"), [ROOM - round(high, 1) for _, _, high, *_ in rows])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, content)
    chart = frame.chart
    size = 12 if len(rows) <= 12 else 10 if len(rows) <= 18 else 8
    _finish(chart, False, max(9, size))
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 25, 100
    chart.category_axis.reverse_order = True
    _axis(chart.category_axis, "", max(9, size))
    _axis(chart.value_axis, f"{figure.axis} ({figure.hatching})", 10)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = 0, ROOM, 20
    # The axis ends at 100; the rest is room for the words. At the foot, though the order of the bars is turned.
    chart.value_axis.tick_labels.number_format = "[<=100]0;"
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    least, most, words = plot.series
    words.format.fill.background()
    for position, (color, _, _, text, value) in enumerate(rows):
        if value is None:
            continue
        fill(least.points[position].format.fill, color)
        fill(most.points[position].format.fill, color, MSO_PATTERN.WIDE_UPWARD_DIAGONAL)
        label = words.points[position].data_label
        label.font.size = Pt(size)
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        label.text_frame.text = text
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        _unwrapped(label._dLbl)
    return frame


def _across(page: Any, figure: Across, place: Sequence[Any], w: Words) -> Any:
    content = XyChartData(number_format="General")
    top = figure.top * 1.05
    wanted: list[tuple[str, Sequence[tuple[float, float]], str, int, str]] = []

    def series(name: str, points: Sequence[tuple[float, float]], look: str, number: int, color: str) -> None:
        if points:
            wanted.append((name, points, look, number, color))

    for number, (sign, part) in enumerate(zip((-1, 1), figure.sides, strict=True)):
        name, color = part.side.name, part.side.color()
        series(name, [(sign * d.km, d.value) for d in part.dots], "dots", number, color)
        step = max(1, len(part.curve) // 40)
        curve = [(sign * km, value) for km, value in part.curve[::step] if value is not None]
        series(w.t("{sisi}, kecenderungan", sisi=name), curve, "curve", number, color)
    series(figure.line_name, [(0, 0), (0, top)], "line", 0, theme.ink())
    if figure.threshold is not None:
        limit = w.number(figure.threshold, max(1, min(figure.decimals, 1)))
        ends = [(-figure.reach_km, figure.threshold), (figure.reach_km, figure.threshold)]
        series(f"{figure.threshold_name} ({limit} {figure.unit})", ends, "standard", 0, theme.ink())
    # LibreOffice loses the points of a first series that is shorter than a later one.
    wanted.insert(0, wanted.pop(max(range(len(wanted)), key=lambda i: len(wanted[i][1]))))
    for name, points, *_ in wanted:
        added = content.add_series(safe_cell(name))
        for x, y in points:
            added.add_data_point(round(x, 3), round(y, 4))
    frame = page.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, content)
    chart = frame.chart
    _finish(chart, True, 10)
    for drawn, (_, _, look, number, color) in zip(chart.plots[0].series, wanted, strict=True):
        line = drawn.format.line
        if look == "dots":
            line.fill.background()
            drawn.marker.style, drawn.marker.size = MARKERS[number], 6
            fill(drawn.marker.format.fill, color)
            drawn.marker.format.line.color.rgb = rgb(color)
        else:
            drawn.marker.style = XL_MARKER_STYLE.NONE
            drawn.smooth = False
            line.color.rgb, line.width = rgb(color), Pt({"curve": 2.5, "line": 4, "standard": 1.5}[look])
            if look == "standard":
                line.dash_style = MSO_LINE.ROUND_DOT
    _axis(chart.category_axis, figure.axis_distance, 10)
    _axis(chart.value_axis, figure.axis, 10, gridlines=True)
    # Beyond the deeper of two unlike sides nothing can be compared; whole kilometres make even steps.
    stride = ceil(figure.reach_km / 4)
    chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = -4 * stride, 4 * stride
    chart.category_axis.major_unit = stride
    chart.category_axis.tick_labels.number_format, chart.category_axis.tick_labels.number_format_is_linked = (
        "0;0",
        False,
    )
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, round(top, 2)
    chart.value_axis.tick_labels.number_format = "0.0" if figure.decimals else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    return frame


def _halves(page: Any, figure: Halves, place: Sequence[Any], w: Words) -> Any:
    content = CategoryChartData(number_format="General")
    content.categories = [safe_cell(side.name) for side in figure.sides]
    for half in figure.parts:
        content.add_series(safe_cell(half.name), [None if v is None else round(v, 4) for v in half.values])
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, content)
    chart = frame.chart
    _finish(chart, False, 11)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    for number, (half, drawn) in enumerate(zip(figure.parts, plot.series, strict=True)):
        for position, (side, value, text) in enumerate(zip(figure.sides, half.values, half.texts, strict=True)):
            if value is None:
                continue
            point = drawn.points[position]
            color = _tint(side.color()) if number else side.color()
            fill(point.format.fill, color)
            point.data_label.position = XL_LABEL_POSITION.OUTSIDE_END
            frame_of = point.data_label.text_frame
            frame_of.text = f"{half.name}\n{text}"
            for paragraph in frame_of.paragraphs:
                paragraph.runs[0].font.size = Pt(9 if len(figure.sides) > 3 else 11)
            _unwrapped(point.data_label._dLbl)
    _axis(chart.category_axis, "", 11)
    _axis(chart.value_axis, figure.axis, 10)
    chart.value_axis.minimum_scale = 0
    chart.value_axis.tick_labels.number_format = "0.0" if figure.decimals else "#,##0"
    chart.value_axis.tick_labels.number_format_is_linked = False
    return frame


def _ranges(page: Any, figure: Ranges, place: Sequence[Any], w: Words) -> Any:
    """Stacked bars: up to the low end unseen, then the two halves of the range that meet at the middle rank."""
    content = CategoryChartData(number_format="0")
    content.categories = [safe_cell(row.name) for row in figure.rows]
    content.add_series(w.t("batas bawah"), [row.low for row in figure.rows])
    content.add_series(w.t("batas bawah sampai tengah"), [row.middle - row.low for row in figure.rows])
    content.add_series(w.t("tengah sampai batas atas"), [row.high - row.middle for row in figure.rows])
    frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, content)
    chart = frame.chart
    _finish(chart, False, 11)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    unseen, lower, upper = plot.series
    unseen.format.fill.background()
    unseen.format.line.fill.background()
    for position, row in enumerate(figure.rows):
        color = row.side.color()
        fill(lower.points[position].format.fill, color)
        fill(upper.points[position].format.fill, color, MSO_PATTERN.WIDE_UPWARD_DIAGONAL)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    _axis(chart.category_axis, "", 10)
    _axis(chart.value_axis, figure.axis, 10, gridlines=True)
    chart.value_axis.minimum_scale = 0
    return frame


_CHART: dict[type[Figure], Any] = {Bars: _bars, Across: _across, Halves: _halves, Ranges: _ranges}
