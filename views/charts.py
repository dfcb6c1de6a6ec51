"""Charts: a result in, a plotly figure out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from analysis.comparison import Comparison
from analysis.facing import Facing
from analysis.gradient import Gradient
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
    figure.update_xaxes(
        range=[0, 140],
        tickvals=[0, 25, 50, 75, 100],
        ticksuffix=" %",
        title=w.t("% penduduk di luar standar"),
        fixedrange=True,
    )
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


@dataclass(frozen=True)
class CompareLabels:
    """Names and units for the charts of a comparison.

    sides : name by kode_kabkota, in the order of the corridor; units : name by kode
    """

    sides: dict[str, str]
    units: pd.Series
    axis: str
    decimals: int
    threshold: float | None
    threshold_name: str


def across_the_line(w: Words, result: Comparison, labels: CompareLabels, dark: bool) -> go.Figure:
    """Values by distance with the line down the middle: first side to the left, second to the right.

    Without a line of its own, or for kecamatan, bars of border and rest a side.
    """
    figure = go.Figure()
    number = f"%{{y:,.{labels.decimals}f}}"
    if result.gradient is None:
        names = [labels.sides[c.side] for c in result.contrasts]
        colors = [side_color(c.side, dark) for c in result.contrasts]
        for title, parts, pattern in (
            (w.t("batas"), [c.border.mean for c in result.contrasts], ""),
            (w.t("lainnya"), [c.interior.mean for c in result.contrasts], "/"),
        ):
            figure.add_bar(
                x=names,
                y=parts,
                name=title,
                marker={"color": colors, "pattern": {"shape": pattern, "fgcolor": "#ffffff"}},
                hovertemplate=f"%{{x}}, {title}: {number}<extra></extra>",
            )
        figure.update_layout(barmode="group")
    else:
        for sign, side in zip((-1, 1), result.gradient.sides, strict=True):
            color = side_color(side.kode_kabkota, dark)
            name = labels.sides[side.kode_kabkota]
            figure.add_scatter(
                x=sign * side.points["distance_m"] / 1000,
                y=side.points["value"],
                mode="markers",
                marker={"color": color, "size": 7, "opacity": 0.55},
                name=name,
                text=labels.units.reindex(side.points.index),
                customdata=side.points["distance_m"] / 1000,
                hovertemplate=f"%{{text}}: {number}<br>%{{customdata:.1f}} km<extra>{name}</extra>",
            )
            figure.add_scatter(
                x=sign * side.curve["distance_m"] / 1000,
                y=side.curve["value"],
                mode="lines",
                line={"color": color, "width": 3},
                showlegend=False,
                hoverinfo="skip",
            )
        reach = _reach(result.gradient)
        figure.add_vline(
            x=0,
            line_width=4,
            line_color=_ink(dark),
            annotation_text=w.t("garis batas"),
            annotation_position="bottom right",
        )
        figure.update_xaxes(
            title=w.t("jarak ke garis batas (km)"), tickformat=".0f", labelalias=_unsigned(), range=[-reach, reach]
        )
    if labels.threshold is not None:
        figure.add_hline(
            y=labels.threshold,
            line_dash="dot",
            line_color=_ink(dark),
            annotation_text=labels.threshold_name,
            annotation_position="top left",
            annotation_bgcolor=_paper(dark),
        )
    figure.update_yaxes(title=labels.axis, rangemode="tozero", fixedrange=True)
    figure.update_xaxes(fixedrange=True)
    figure.update_layout(separators=",." if w.language == "id" else ".,")
    return _plain(figure, height=360)


def _ink(dark: bool) -> str:
    """Lines that belong to neither side."""
    return "#e8eded" if dark else "#1c2426"


def _paper(dark: bool) -> str:
    """Behind a text that lies over points."""
    return "rgba(20, 25, 27, 0.75)" if dark else "rgba(255, 255, 255, 0.8)"


def _reach(gradient: Gradient) -> float:
    """The same stretch to both sides, in km: twice the depth of the narrower side, but never less than 4 km."""
    depths = [side.range_m[1] / 1000 for side in gradient.sides if side.range_m is not None]
    return max(4.0, min(max(depths), 2 * min(depths))) if depths else 4.0


def _unsigned() -> dict[str, str]:
    """Distances to the left are no negative numbers."""
    return {f"{mark}{n}": str(n) for n in range(1, 101) for mark in ("-", "−")}


def pair_slopes(w: Words, facing: Facing, labels: CompareLabels, dark: bool) -> go.Figure:
    """One line a pair, from the first side to the second; unknown pairs are left out."""
    figure = go.Figure()
    first, second = (labels.sides[s] for s in facing.sides)
    number = f"%{{y:,.{labels.decimals}f}}"
    for pair in facing.pairs:
        if pair.value[0] is None or pair.value[1] is None:
            continue
        names = [str(labels.units.get(k, k)) for k in pair.kode]
        figure.add_scatter(
            x=[first, second],
            y=list(pair.value),
            mode="lines+markers",
            line={"color": "#8a8f94", "width": 1.5},
            marker={"color": [side_color(s, dark) for s in facing.sides], "size": 9},
            text=names,
            hovertemplate=f"%{{text}}: {number}<br>{names[0]} – {names[1]}<extra></extra>",
            showlegend=False,
        )
    if labels.threshold is not None:
        figure.add_hline(y=labels.threshold, line_dash="dot", line_color=_ink(dark))
    figure.update_yaxes(title=labels.axis, rangemode="tozero", fixedrange=True)
    figure.update_xaxes(title=None, fixedrange=True, range=[-0.15, 1.15])
    figure.update_layout(separators=",." if w.language == "id" else ".,")
    return _plain(figure, height=360)
