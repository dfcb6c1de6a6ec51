"""Curves of the screen: lines with bands, ranges and a marked place, in one panel or several."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from views.figures.specs import Band, Line, Lines, Side
from views.figures.theme import ink
from views.language.words import Words

PER_ROW = 2
DASHES = {"solid": "solid", "dashed": "dash", "points": "solid"}
HEIGHT = 300
MORE = 210


def lines(figure: Lines, dark: bool) -> go.Figure:
    """Curves, two panels a row: side by side on a telephone, too, under one title of each axis."""
    columns = min(PER_ROW, len(figure.panels))
    rows = -(-len(figure.panels) // PER_ROW)
    many = len(figure.panels) > 1
    drawn = make_subplots(
        rows=rows,
        cols=columns,
        subplot_titles=[panel.title for panel in figure.panels] if many else None,
        horizontal_spacing=0.2,
        vertical_spacing=0.25 / rows,
    )
    dotted = {"color": ink(dark), "dash": "dot"}
    keys: dict[str, dict[str, Any]] = {}
    for number, panel in enumerate(figure.panels):
        place = {"row": number // PER_ROW + 1, "col": number % PER_ROW + 1}
        for band in panel.bands:
            _band(drawn, band, dark, not many, place)
        for line in panel.lines:
            _line(drawn, figure, line, dark, not many, place)
        drawn.update_yaxes(range=list(panel.span), **place)
        if figure.reference is not None:
            drawn.add_vline(x=figure.reference, line=dotted, **place)
        if many:
            # What has the same name in all panels stands in the legend once, in the colour of no side.
            named: list[Line | Band] = [*panel.bands, *panel.lines]
            for part in named:
                keys.setdefault(part.name, _look(part, ink(dark)))
    if figure.reference is not None:
        keys[figure.reference_name] = {"mode": "lines", "line": dotted | {"width": 2}}
    for name, look in keys.items():
        drawn.add_scatter(x=[None], y=[None], name=name, showlegend=True, hoverinfo="skip", **look)
    places, texts = zip(*figure.ticks, strict=True)
    drawn.update_xaxes(range=list(figure.across), tickvals=places, ticktext=texts)
    drawn.update_yaxes(tickformat=f",.{figure.decimals}f", nticks=6)
    # One title for all panels: on a narrow screen several of them would run into each other.
    if not many:
        drawn.update_xaxes(title=figure.axis_across)
    else:
        drawn.add_annotation(
            text=figure.axis_across, x=0.5, xref="paper", y=0, yref="paper", yshift=-24, yanchor="top", showarrow=False
        )
    drawn.update_yaxes(title=figure.axis, col=1)
    return drawn.update_layout(
        height=HEIGHT + MORE * (rows - 1) + (30 if many else 0),
        margin={"l": 0, "r": 12, "t": 24 if many else 8, "b": 44 if many else 0},
        showlegend=True,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.1 if many else 1.02, "x": 0, "title": None},
        hoverlabel={"namelength": -1},
    )


def _look(part: Line | Band, color: str) -> dict[str, Any]:
    """How the sign of a line or a band is drawn in the legend."""
    if isinstance(part, Band):
        return {"mode": "markers", "marker": {"symbol": "square", "size": 14, "color": color, "opacity": 0.25}}
    if part.look == "points":
        return {"mode": "markers", "marker": {"symbol": "x", "size": 12, "color": color}}
    return {"mode": "lines", "line": {"color": color, "width": 3, "dash": DASHES[part.look]}}


def _color(side: Side | None, dark: bool) -> str:
    return ink(dark) if side is None else side.color(dark)


def _band(drawn: go.Figure, band: Band, dark: bool, legend: bool, place: dict[str, int]) -> None:
    across, low, high = zip(*band.points, strict=True)
    drawn.add_scatter(
        x=across + across[::-1],
        y=high + low[::-1],
        fill="toself",
        fillcolor=_color(band.side, dark),
        opacity=0.18,
        line={"width": 0},
        name=band.name,
        showlegend=legend,
        hoverinfo="skip",
        **place,
    )


def _line(drawn: go.Figure, figure: Lines, line: Line, dark: bool, legend: bool, place: dict[str, int]) -> None:
    w = Words(figure.language)
    color = _color(line.side, dark)
    single = line.look == "points"
    texted = any(line.texts)
    modes = [mode for mode, on in (("lines", not single), ("markers", single or line.dotted), ("text", texted)) if on]
    ranges = line.ranges or (None,) * len(line.points)
    names = dict(figure.ticks)
    error, said = [], []
    for (x, y), known in zip(line.points, ranges, strict=True):
        low, high = known or (y, y)
        error.append((high - y, y - low))
        ends = f" ({w.number(low, figure.decimals)}–{w.number(high, figure.decimals)})" if known else ""
        said.append([names.get(x, w.number(x, 1)), w.number(y, figure.decimals) + ends])
    drawn.add_scatter(
        x=[x + (figure.aside if single else 0) for x, _ in line.points],
        y=[y for _, y in line.points],
        mode="+".join(modes),
        name=line.name,
        line={"color": color, "width": 2 if line.look == "dashed" else 3, "dash": DASHES[line.look]},
        marker={"color": color, "symbol": "x" if single else "circle", "size": 12 if single else 9},
        error_y={
            "array": [up for up, _ in error],
            "arrayminus": [down for _, down in error],
            "visible": any(ranges),
            "color": color,
            "thickness": 1.5,
        },
        text=line.texts if texted else None,
        textfont={"color": ink(dark)},
        # Beside the strokes of ranges, not on them.
        textposition="top left" if line.ranges else "top center",
        customdata=said,
        cliponaxis=False,
        showlegend=legend,
        hovertemplate="%{fullData.name}, %{customdata[0]}: %{customdata[1]}<extra></extra>",
        **place,
    )
