"""Charts: a result in, a plotly figure out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from views.theme import SEQUENTIAL, side_color
from views.words import Words

CONFIG = {"displayModeBar": False, "scrollZoom": False}


def _plain(figure: go.Figure, height: int) -> go.Figure:
    return figure.update_layout(
        height=height,
        margin={"l": 0, "r": 8, "t": 8, "b": 0},
        hoverlabel={"namelength": -1},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "title": None},
    )


def gap_bars(w: Words, frame: pd.DataFrame, names: dict[str, str], dark: bool) -> go.Figure:
    """Per cent of people beyond each standard, a bar a side.

    Parameters
    ----------
    frame : DataFrame
        indicator (label), kode_kabkota, percent (0 to 100), text (label at the bar); first row on top.
    names : name of each kabkota by kode, in the order of the sides
    """
    figure = go.Figure()
    for kode, name in names.items():
        side = frame[frame["kode_kabkota"] == kode]
        figure.add_bar(
            y=side["indicator"],
            x=side["percent"],
            name=name,
            orientation="h",
            text=side["text"],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 13},
            marker={"color": side_color(kode, dark)},
            hovertemplate="%{y}<br>%{fullData.name}: %{text}<extra></extra>",
        )
    rows = frame["indicator"].nunique()
    figure.update_layout(barmode="group", bargap=0.25, separators=",." if w.language == "id" else ".,")
    figure.update_yaxes(autorange="reversed", title=None, automargin=True, tickfont={"size": 14}, fixedrange=True)
    figure.update_xaxes(range=[0, 130], tickvals=[0, 25, 50, 75, 100], ticksuffix=" %", title=w.t("% penduduk di luar standar"), fixedrange=True)
    return _plain(figure, height=90 + rows * (18 + 14 * len(names)))


def coverage_heatmap(w: Words, shares: pd.DataFrame, counts: pd.DataFrame) -> go.Figure:
    """Share of units with a value, an indicator a row and a kabkota a column.

    Parameters
    ----------
    shares : DataFrame of float (0 to 1), labels as index and columns
    counts : DataFrame of text such as "56/56", same shape
    """
    colors: Sequence[str] = SEQUENTIAL
    scale = [[i / (len(colors) - 1), c] for i, c in enumerate(colors)]
    figure = go.Figure(
        go.Heatmap(
            z=shares.to_numpy() * 100,
            x=shares.columns,
            y=shares.index,
            text=counts.to_numpy(),
            texttemplate="%{text}",
            colorscale=scale,
            zmin=0,
            zmax=100,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
            colorbar={"title": {"text": "%", "side": "right"}, "thickness": 10},
        )
    )
    figure.update_yaxes(autorange="reversed", title=None, automargin=True, fixedrange=True)
    figure.update_xaxes(side="top", title=None, tickangle=-30, automargin=True, fixedrange=True)
    return _plain(figure, height=110 + 24 * len(shares))
