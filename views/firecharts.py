"""Charts of the fire page."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.response import Curve
from views.theme import side_color
from views.words import Words


def delay_curves(w: Words, curves: Sequence[Curve], names: dict[str, str], delay: float, dark: bool) -> go.Figure:
    """People within the target against the delay, one panel a side: the open curve falls to the closed line.

    Parameters
    ----------
    names : name of each side by kode
    delay : minutes that are set now
    """
    figure = make_subplots(
        rows=1, cols=len(curves), subplot_titles=[names[c.side] for c in curves], horizontal_spacing=0.08
    )
    ink = "#e8eded" if dark else "#1c2426"
    for column, curve in enumerate(curves, start=1):
        color = side_color(curve.side, dark)
        base = curve.closed if curve.closed is not None else 0.0
        x, first = list(curve.delays), column == 1
        figure.add_scatter(
            x=[*x, *x[::-1]],
            y=[*(base + curve.gain_high), *(base + curve.gain_low)[::-1]],
            fill="toself",
            fillcolor=color,
            opacity=0.18,
            line={"width": 0},
            name=w.t("kisaran tambahan, 5–95 % letak pos"),
            legendgroup="range",
            showlegend=first,
            hoverinfo="skip",
            row=1,
            col=column,
        )
        figure.add_scatter(
            x=x,
            y=curve.opened,
            mode="lines",
            line={"color": color, "width": 3},
            name=w.t("batas dibuka"),
            legendgroup="open",
            showlegend=first,
            hovertemplate=w.t("tunda %{x} menit: %{y:,.0f} jiwa") + "<extra></extra>",
            row=1,
            col=column,
        )
        if curve.closed is not None:
            figure.add_scatter(
                x=[x[0], x[-1]],
                y=[curve.closed, curve.closed],
                mode="lines",
                line={"color": color, "width": 2, "dash": "dash"},
                name=w.t("pos sendiri"),
                legendgroup="closed",
                showlegend=first,
                hovertemplate=w.t("pos sendiri: %{y:,.0f} jiwa") + "<extra></extra>",
                row=1,
                col=column,
            )
        low, high = (
            float(min(base + curve.gain_low.min(), curve.opened.min())),
            float(max(base + curve.gain_high.max(), curve.opened.max())),
        )
        # A flat curve must look flat: at least some hundredths of the level are shown.
        room = max(0.08 * (high - low), 0.02 * high, 10.0)
        figure.update_yaxes(range=[max(low - room, 0), high + room], row=1, col=column)
        figure.add_vline(x=delay, line_dash="dot", line_color=ink, row=1, col=column)
    figure.update_xaxes(title=w.t("tunda koordinasi (menit)"), fixedrange=True)
    figure.update_yaxes(fixedrange=True, tickformat=",.0f")
    figure.update_yaxes(title=w.t("jiwa terjangkau"), row=1, col=1)
    return figure.update_layout(
        height=330,
        margin={"l": 0, "r": 8, "t": 56, "b": 0},
        separators=",." if w.language == "id" else ".,",
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.1, "x": 0, "title": None},
        hoverlabel={"namelength": -1},
    )
