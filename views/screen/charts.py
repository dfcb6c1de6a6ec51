"""Charts of the screen: a figure of `views.figures` in, a plotly figure out."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from textwrap import wrap

import plotly.graph_objects as go

from views.figures.specs import Across, Figure, Halves, Heat, Lines, Measured, Slopes, Stacks, Terms
from views.figures.theme import ink, text_on
from views.language.words import Words
from views.screen.line_charts import lines

CONFIG = {"displayModeBar": False, "scrollZoom": False}
HATCHED = {"fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 1, "size": 7, "solidity": 0.25}
"""Light lines over the colour of a bar: as far as its range goes."""
PER_CENT = [0, 25, 50, 75, 100]


@lru_cache(maxsize=64)
def drawn(figure: Figure, dark: bool) -> go.Figure:
    """Draw any chart of the screen; what comes back is shared and not to be changed."""
    drawing = _DRAW[type(figure)](figure, dark)
    # Streamlit's own grey is hard to read from the back of a room.
    axes = {"tickfont_color": ink(dark), "title_font_color": ink(dark), "fixedrange": True}
    inks = {"font_color": ink(dark), "legend_font_color": ink(dark)}
    drawing.update_layout(separators=",." if figure.language == "id" else ".,", **inks)
    drawing.for_each_annotation(lambda words: words.update(font_color=words.font.color or ink(dark)))
    return drawing.update_xaxes(axes).update_yaxes(axes)


def _plain(figure: go.Figure, height: int) -> go.Figure:
    return figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        hoverlabel={"namelength": -1},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "title": None},
    )


def stacks(figure: Stacks, dark: bool) -> go.Figure:
    """Parts that make up a whole, one bar a category: solid to the least of each part, hatched where parts meet.

    Texts stand at the outer ends of the bar.
    """
    drawn = go.Figure()
    for number, series in enumerate(figure.series):
        color, last = series.side.color(dark), number > 0
        least = [low for low, _ in series.ends]
        rest = [(value or 0.0) - low for value, low in zip(series.values, least, strict=True)]
        for category, text in zip(figure.categories, series.texts, strict=True):
            # On a ground of its own: a part that may be nothing is hatched to its end.
            drawn.add_annotation(
                text=text.replace("\n", "<br>"),
                x=100 if last else 0,
                y=category,
                xanchor="right" if last else "left",
                bgcolor=color,
                font={"size": 14, "color": text_on(color)},
                showarrow=False,
            )
        looks: list[tuple[list[float], dict[str, object]]] = [
            (least, {"color": color}),
            (rest, {"color": color, "pattern": HATCHED | {"shape": "/"}}),
        ]
        if not any(rest):
            del looks[1:]
        for lengths, marker in reversed(looks) if last else looks:
            drawn.add_bar(
                y=list(figure.categories),
                x=lengths,
                name=series.side.name,
                orientation="h",
                marker=marker,
                legendgroup=series.side.kode,
                showlegend="pattern" not in marker,
                customdata=series.texts,
                hovertemplate="%{y}<br>%{fullData.name}: %{customdata}<extra></extra>",
            )
    drawn.update_yaxes(autorange="reversed", automargin=True, tickfont={"size": 14})
    drawn = _plain(drawn, height=90 + 48 * len(figure.categories))
    drawn.update_xaxes(range=[0, 100], tickvals=PER_CENT, title=figure.axis)
    # The last mark of the axis stands in the margin by half.
    return drawn.update_layout(barmode="stack", bargap=0.25, legend={"traceorder": "normal"}, margin={"r": 28})


def across_the_line(figure: Across, dark: bool) -> go.Figure:
    """Values by distance with the line down the middle, first side to the left."""
    drawn = go.Figure()
    w = Words(figure.language)
    for sign, part in zip((-1, 1), figure.sides, strict=True):
        color = part.side.color(dark)
        symbols = ["triangle-up" if dot.value > figure.top else "circle" for dot in part.dots]
        drawn.add_scatter(
            x=[sign * dot.km for dot in part.dots],
            y=[min(dot.value, figure.top) for dot in part.dots],
            mode="markers",
            marker={"color": color, "size": 7, "opacity": 0.55, "symbol": symbols},
            name=part.side.name,
            text=[w.number(dot.value, figure.decimals) for dot in part.dots],
            customdata=[[dot.name, dot.km] for dot in part.dots],
            hovertemplate=f"%{{customdata[0]}}: %{{text}}<br>%{{customdata[1]:.1f}} km<extra>{part.side.name}</extra>",
        )
        drawn.add_scatter(
            x=[sign * km for km, _ in part.curve],
            y=[value for _, value in part.curve],
            mode="lines",
            line={"color": color, "width": 3},
            showlegend=False,
            hoverinfo="skip",
        )
    named = {"annotation_text": figure.line_name, "annotation_position": "bottom right"}
    drawn.add_vline(x=0, line_width=4, line_color=ink(dark), **named)
    # Distances to the left are no negative numbers.
    unsigned = {f"{mark}{n}": str(n) for n in range(1, 101) for mark in ("-", "−")}
    ends = [-figure.reach_km, figure.reach_km]
    drawn.update_xaxes(title=figure.axis_distance, tickformat=".0f", labelalias=unsigned, range=ends)
    return _measured(drawn, figure, dark).update_yaxes(range=[0, figure.top * 1.05])


def halves(figure: Halves, dark: bool) -> go.Figure:
    """Bars of border and rest, two a side, the rest paler."""
    drawn = go.Figure()
    for half, opacity in zip(figure.parts, (1.0, 0.55), strict=True):
        drawn.add_bar(
            x=[side.name for side in figure.sides],
            y=half.values,
            name=half.name,
            text=half.texts,
            textposition="outside",
            textfont={"color": ink(dark)},
            marker={"color": [side.color(dark) for side in figure.sides], "opacity": opacity},
            hovertemplate=f"%{{x}}, {half.name}: %{{text}}<extra></extra>",
        )
    return _measured(drawn.update_layout(barmode="group"), figure, dark)


def pair_slopes(figure: Slopes, dark: bool) -> go.Figure:
    """One line a pair, from the first side to the second."""
    drawn = go.Figure()
    colors = [side.color(dark) for side in figure.sides]
    for pair in figure.pairs:
        drawn.add_scatter(
            x=[side.name for side in figure.sides],
            y=pair.values,
            mode="lines+markers",
            line={"color": "#8a8f94", "width": 1.5},
            marker={"color": colors, "size": 9},
            text=[f"{name}: " for name in pair.names],
            hovertemplate=f"%{{text}}%{{y:,.{figure.decimals}f}}<br>{pair.names[0]} – {pair.names[1]}<extra></extra>",
            showlegend=False,
        )
    return _measured(drawn.update_xaxes(range=[-0.15, 1.15]), figure, dark)


def _measured(drawn: go.Figure, figure: Measured, dark: bool) -> go.Figure:
    """The axis of values, from zero, with the standard across it."""
    if figure.threshold is not None:
        drawn.add_hline(
            y=figure.threshold,
            line_dash="dot",
            line_color=ink(dark),
            annotation_text=figure.threshold_name,
            annotation_position="top left",
            annotation_font_color=ink(dark),
            annotation_bgcolor="rgba(20, 25, 27, 0.75)" if dark else "rgba(255, 255, 255, 0.8)",
        )
    return _plain(drawn.update_yaxes(title=figure.axis, rangemode="tozero"), height=360)


def terms(figure: Terms, dark: bool) -> go.Figure:
    """A bar a term, a point where its end is not known, and a line at today."""
    drawn = go.Figure()
    for group in dict.fromkeys(row.group for row in figure.rows):
        rows = [row for row in figure.rows if row.group == group]
        color = rows[0].color[int(dark)]
        hover = {"customdata": [row.text for row in rows], "hovertemplate": "%{customdata}<extra></extra>"}
        drawn.add_bar(
            y=[row.name for row in rows],
            base=[row.first for row in rows],
            x=[(row.last or row.first) - row.first for row in rows],
            orientation="h",
            name=group,
            marker_color=color,
            showlegend=False,
            **hover,
        )
        drawn.add_scatter(
            y=[row.name for row in rows],
            x=[row.first for row in rows],
            mode="markers",
            name=group,
            marker={"color": color, "size": 11, "symbol": "circle"},
            **hover,
        )
    drawn.add_vline(x=figure.today, line_color=ink(dark), line_width=2)
    drawn.add_annotation(
        x=figure.today, y=0, yref="paper", yanchor="bottom", text=figure.today_name, xanchor="right", showarrow=False
    )
    drawn.update_xaxes(title=figure.axis, range=list(figure.across), tickformat="d", dtick=2)
    drawn.update_yaxes(autorange="reversed", categoryorder="array", categoryarray=[row.name for row in figure.rows])
    return _plain(drawn, height=120 + 30 * len(figure.rows)).update_layout(barmode="overlay", bargap=0.45)


def heat(figure: Heat, dark: bool) -> go.Figure:
    """Cells by share; what has none stays empty but for its text."""
    scale = [[i / (len(figure.colors) - 1), c] for i, c in enumerate(figure.colors)]
    # Below, so that the cells have the width of a phone.
    bar = {
        "title": {"text": "<br>".join(wrap(figure.axis, 20)), "side": "top", "font": {"color": ink(dark)}},
        "tickfont": {"color": ink(dark)},
        "thickness": 10,
        "orientation": "h",
        "y": 0,
        "yanchor": "top",
    }
    cells = go.Heatmap(
        z=figure.values,
        x=figure.columns,
        y=figure.rows,
        text=figure.texts,
        colorscale=scale,
        zmin=0,
        zmax=100,
        xgap=2,
        ygap=2,
        hoverongaps=True,
        hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
        colorbar=bar,
    )
    drawn = go.Figure(cells)
    # The ink of a number is that for the colour of its cell, which Plotly's own would not be.
    inks: dict[str, list[tuple[str, str, str]]] = {}
    for row, values, texts in zip(figure.rows, figure.values, figure.texts, strict=True):
        for column, value, text in zip(figure.columns, values, texts, strict=True):
            step = None if value is None else round(value / 100 * (len(figure.colors) - 1))
            color = ink(dark) if step is None else text_on(figure.colors[step])
            inks.setdefault(color, []).append((column, row, text))
    for color, numbers in inks.items():
        x, y, shown = zip(*numbers, strict=True)
        words = {"color": color, "size": 11}
        drawn.add_scatter(x=x, y=y, text=shown, mode="text", textfont=words, hoverinfo="skip", showlegend=False)
    drawn.update_yaxes(autorange="reversed", automargin=True)
    drawn.update_xaxes(side="top", tickangle=-90, dtick=1, automargin=True)
    return _plain(drawn, height=185 + 24 * len(figure.rows))


_DRAW: dict[type[Figure], Callable[..., go.Figure]] = {
    Across: across_the_line,
    Halves: halves,
    Slopes: pair_slopes,
    Lines: lines,
    Stacks: stacks,
    Heat: heat,
    Terms: terms,
}
