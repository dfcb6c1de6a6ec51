"""Charts of the screen: a figure of `views.figures` in, a plotly figure out."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import lru_cache

import plotly.graph_objects as go

from views.figures.specs import Across, Bars, Figure, Halves, Heat, Lines, Slopes, Stacks
from views.figures.theme import ink, text_on
from views.language.words import Words
from views.screen.line_charts import lines

CONFIG = {"displayModeBar": False, "scrollZoom": False}


@lru_cache(maxsize=64)
def drawn(figure: Figure, dark: bool) -> go.Figure:
    """Any chart of the screen; what comes back is shared and not to be changed."""
    drawing = _DRAW[type(figure)](figure, dark)
    # Streamlit's own grey is hard to read from the back of a room.
    readable = {"tickfont_color": ink(dark), "title_font_color": ink(dark)}
    drawing.update_layout(separators=",." if figure.language == "id" else ".,")
    return drawing.update_xaxes(readable).update_yaxes(readable)


def _plain(figure: go.Figure, height: int) -> go.Figure:
    return figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        hoverlabel={"namelength": -1},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "title": None},
    )


def gap_bars(figure: Bars, dark: bool) -> go.Figure:
    """Per cent of people beyond each standard, a bar a side."""
    drawn = go.Figure()
    for series in figure.series:
        drawn.add_bar(
            y=[_two_lines(name) for name in figure.categories],
            x=series.values,
            name=series.side.name,
            orientation="h",
            text=series.texts,
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 13, "color": ink(dark)},
            marker={"color": series.side.color(dark)},
            hovertemplate="%{y}<br>%{fullData.name}: %{text}<extra></extra>",
        )
    drawn.update_layout(barmode="group", bargap=0.25)
    drawn.update_yaxes(autorange="reversed", title=None, automargin=True, tickfont={"size": 14}, fixedrange=True)
    drawn.update_xaxes(
        range=[0, 160],
        tickvals=[0, 25, 50, 75, 100],
        title=figure.axis,
        fixedrange=True,
    )
    return _plain(drawn, height=90 + len(figure.categories) * (18 + 14 * len(figure.series)))


def _two_lines(name: str) -> str:
    """A long name broken, so that the bars have room on a phone."""
    return "<br>".join(textwrap.wrap(name, 18))


def across_the_line(figure: Across | Halves, dark: bool) -> go.Figure:
    """Values by distance with the line down the middle, or bars of border and rest a side."""
    drawn = go.Figure()
    w = Words(figure.language)
    number = f"%{{y:,.{figure.decimals}f}}"
    if isinstance(figure, Halves):
        colors = [side.color(dark) for side in figure.sides]
        for half, pattern in zip(figure.parts, ("", "/"), strict=True):
            drawn.add_bar(
                x=[side.name for side in figure.sides],
                y=half.values,
                name=half.name,
                marker={"color": colors, "pattern": {"shape": pattern, "fgcolor": "#ffffff"}},
                hovertemplate=f"%{{x}}, {half.name}: {number}<extra></extra>",
            )
        drawn.update_layout(barmode="group")
    else:
        for sign, part in zip((-1, 1), figure.sides, strict=True):
            color = part.side.color(dark)
            drawn.add_scatter(
                x=[sign * dot.km for dot in part.dots],
                y=[min(dot.value, figure.top) for dot in part.dots],
                mode="markers",
                marker={
                    "color": color,
                    "size": 7,
                    "opacity": 0.55,
                    "symbol": [_symbol(dot.value > figure.top, dot.bound) for dot in part.dots],
                },
                name=part.side.name,
                text=[f"{'≤ ' if dot.bound else ''}{w.number(dot.value, figure.decimals)}" for dot in part.dots],
                customdata=[[dot.name, dot.km] for dot in part.dots],
                hovertemplate="%{customdata[0]}: %{text}<br>%{customdata[1]:.1f} km"
                f"<extra>{part.side.name}</extra>",
            )
            drawn.add_scatter(
                x=[sign * km for km, _ in part.curve],
                y=[value for _, value in part.curve],
                mode="lines",
                line={"color": color, "width": 3},
                showlegend=False,
                hoverinfo="skip",
            )
        drawn.add_vline(
            x=0,
            line_width=4,
            line_color=ink(dark),
            annotation_text=figure.line_name,
            annotation_position="bottom right",
        )
        drawn.update_xaxes(
            title=figure.axis_distance,
            tickformat=".0f",
            labelalias=_unsigned(),
            range=[-figure.reach_km, figure.reach_km],
        )
    if figure.threshold is not None:
        drawn.add_hline(
            y=figure.threshold,
            line_dash="dot",
            line_color=ink(dark),
            annotation_text=figure.threshold_name,
            annotation_position="top left",
            annotation_bgcolor=_paper(dark),
        )
    span = {"range": [0, figure.top * 1.05]} if isinstance(figure, Across) else {"rangemode": "tozero"}
    drawn.update_yaxes(title=figure.axis, fixedrange=True, **span)
    drawn.update_xaxes(fixedrange=True)
    return _plain(drawn, height=360)


def _symbol(beyond: bool, bound: bool) -> str:
    """A triangle at the edge for a value far above it; hollow where only an upper bound is known."""
    return ("triangle-up" if beyond else "circle") + ("-open" if bound else "")


def _paper(dark: bool) -> str:
    """Behind a text that lies over points."""
    return "rgba(20, 25, 27, 0.75)" if dark else "rgba(255, 255, 255, 0.8)"


def _unsigned() -> dict[str, str]:
    """Distances to the left are no negative numbers."""
    return {f"{mark}{n}": str(n) for n in range(1, 101) for mark in ("-", "−")}


def pair_slopes(figure: Slopes, dark: bool) -> go.Figure:
    """One line a pair, from the first side to the second."""
    drawn = go.Figure()
    first, second = figure.sides
    number = f"%{{y:,.{figure.decimals}f}}"
    for pair in figure.pairs:
        drawn.add_scatter(
            x=[first.name, second.name],
            y=pair.values,
            mode="lines+markers",
            line={"color": "#8a8f94", "width": 1.5},
            marker={
                "color": [side.color(dark) for side in figure.sides],
                "size": 9,
                "symbol": [_symbol(False, bound) for bound in pair.bounds],
            },
            text=[f"{name}: {'≤ ' if bound else ''}" for name, bound in zip(pair.names, pair.bounds, strict=True)],
            hovertemplate=f"%{{text}}{number}<br>{pair.names[0]} – {pair.names[1]}<extra></extra>",
            showlegend=False,
        )
    if figure.threshold is not None:
        drawn.add_hline(y=figure.threshold, line_dash="dot", line_color=ink(dark))
    drawn.update_yaxes(title=figure.axis, rangemode="tozero", fixedrange=True)
    drawn.update_xaxes(title=None, fixedrange=True, range=[-0.15, 1.15])
    return _plain(drawn, height=360)


def stacks(figure: Stacks, dark: bool) -> go.Figure:
    """Parts that make up a whole, one bar a category; texts stand at the outer ends of the bar."""
    drawn = go.Figure()
    for number, series in enumerate(figure.series):
        drawn.add_bar(
            y=figure.categories,
            x=series.values,
            name=series.side.name,
            orientation="h",
            text=[text.replace("\n", "<br>") for text in series.texts],
            textposition="inside",
            insidetextanchor="start" if number == 0 else "end",
            textangle=0,
            insidetextfont={"size": 14, "color": text_on(series.side.color(dark))},
            marker={"color": series.side.color(dark)},
            hovertemplate="%{y}<br>%{fullData.name}: %{text}<extra></extra>",
        )
    drawn.update_layout(barmode="stack", bargap=0.25)
    drawn.update_yaxes(autorange="reversed", title=None, automargin=True, tickfont={"size": 14}, fixedrange=True)
    drawn.update_xaxes(range=[0, 100], dtick=25, title=figure.axis, fixedrange=True)
    _plain(drawn, height=90 + 48 * len(figure.categories))
    # The last mark of the axis stands in the margin by half.
    return drawn.update_layout(legend={"traceorder": "normal"}, margin={"r": 28})


def heat(figure: Heat, dark: bool) -> go.Figure:
    """Cells by share; what has none stays empty but for its text."""
    scale = [[i / (len(figure.colors) - 1), c] for i, c in enumerate(figure.colors)]
    drawn = go.Figure(
        go.Heatmap(
            z=figure.values,
            x=figure.columns,
            y=figure.rows,
            text=figure.texts,
            texttemplate="%{text}",
            colorscale=scale,
            zmin=0,
            zmax=100,
            xgap=2,
            ygap=2,
            hoverongaps=True,
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
            # Below, so that the cells have the width of a phone.
            colorbar={
                "title": {"text": figure.axis, "side": "top", "font": {"color": ink(dark)}},
                "tickfont": {"color": ink(dark)},
                "thickness": 10,
                "orientation": "h",
                "y": 0,
                "yanchor": "top",
            },
        )
    )
    drawn.update_yaxes(autorange="reversed", title=None, automargin=True, fixedrange=True)
    drawn.update_xaxes(side="top", title=None, tickangle=-60, dtick=1, automargin=True, fixedrange=True)
    return _plain(drawn, height=185 + 24 * len(figure.rows))


_DRAW: dict[type[Figure], Callable[..., go.Figure]] = {
    Bars: gap_bars,
    Across: across_the_line,
    Halves: across_the_line,
    Slopes: pair_slopes,
    Lines: lines,
    Stacks: stacks,
    Heat: heat,
}
