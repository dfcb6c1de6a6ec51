"""A drawing of new boundaries over the old ones, as SVG: what a kelurahan gets and gives, and the line that stays."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape

import numpy as np

from data.tables import Dataset
from geo.outlines import Ring, rings
from geo.projection import to_metric
from views.language.words import Words
from views.topics.uploads.boundaries import BoundariesOf

WIDTH, MOST_HEIGHT = 900, 620
MARGIN = 0.06
OLD, NEW, GOT, GAVE, LINE = "#8a5a00", "#1d4f91", "#9fc3ea", "#f0d49a", "#1c2426"
MOST_NAMES = 40


def drawing(w: Words, data: Dataset, found: BoundariesOf) -> str:
    """The drawing as an image in HTML; "" where no land changes hands.

    Parameters
    ----------
    w : language
    data : what is shown: the lines between kabkota and the kelurahan around
    found : the new boundaries
    """
    held = found.held
    if not held.changed:
        return ""
    before, after = rings(held.before), rings(held.after)
    corners = np.concatenate([ring for shapes in (before, after) for shape in shapes.values() for ring in shape])
    pad = MARGIN * float(np.ptp(corners, axis=0).max())
    (west, south), (east, north) = corners.min(axis=0) - pad, corners.max(axis=0) + pad
    scale = min(WIDTH / (east - west), MOST_HEIGHT / (north - south))
    width, height = (east - west) * scale, (north - south) * scale

    def path(lines: Iterable[Ring], **style: str) -> str:
        steps = []
        for line in lines:
            xy = np.round(np.column_stack([line[:, 0] - west, north - line[:, 1]]) * scale, 1)
            if (xy.max(axis=0) >= 0).all() and xy[:, 0].min() <= width and xy[:, 1].min() <= height:
                steps.append("M" + "L".join(f"{x:g} {y:g}" for x, y in xy))
        looks = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in style.items())
        return f'<path d="{" ".join(steps)}" {looks}/>' if steps else ""

    drawn = set(found.areas.loc[found.areas["drawn"], "kode"])
    got, gave = ([r for k, shape in rings(land).items() if k in drawn for r in shape] for land in (held.got, held.gave))
    sides = {kode[:5] for kode in held.changed}
    near = [ring for kode, shape in data.outlines["kelurahan"].items() if kode[:5] in sides for ring in shape]
    lines = [line for pair, found_lines in data.lines_between.items() if sides & set(pair) for line in found_lines]
    parts = [
        path(near, fill="none", stroke="#b9bdc1", stroke_width="0.8"),
        path(got, fill=GOT, stroke="none", fill_rule="evenodd"),
        path(gave, fill=GAVE, stroke="none", fill_rule="evenodd"),
        path(
            (r for s in before.values() for r in s), fill="none", stroke=OLD, stroke_width="1.4", stroke_dasharray="5 3"
        ),
        path((r for s in after.values() for r in s), fill="none", stroke=NEW, stroke_width="1.8"),
        path(lines, fill="none", stroke=LINE, stroke_width="3.2"),
    ]
    units = held.now.kelurahan.loc[list(held.changed)[:MOST_NAMES]]
    eastings, northings = to_metric(units["label_lon"], units["label_lat"])
    for name, easting, northing in zip(units["nama"], eastings, northings, strict=True):
        x, y = (easting - west) * scale, (north - northing) * scale
        style = 'text-anchor="middle" font-size="12" fill="#1c2426" stroke="#fff" stroke-width="3" paint-order="stroke"'
        parts.append(f'<text x="{x:.0f}" y="{y:.0f}" {style}>{escape(str(name))}</text>')
    alt = escape(w.t("Batas lama dan baru dari {n} kelurahan/desa", n=w.number(len(held.changed))), quote=True)
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" style="background:#fff;font-family:sans-serif">{"".join(parts)}</svg>'
    )
    # Within HTML of its own Streamlit takes pictures out, as an image it shows them.
    content = base64.b64encode(whole.encode()).decode()
    style = f"width:100%;max-width:{width:.0f}px;border:1px solid #b9bdc1"
    return f'<img alt="{alt}" style="{style}" src="data:image/svg+xml;base64,{content}">'


def legend(w: Words) -> str:
    """What the lines and colours mean, as HTML."""
    lines = (
        (f"border-top:3px solid {LINE}", w.t("garis antar kabupaten/kota (tetap)")),
        (f"border-top:2px dashed {OLD}", w.t("batas sekarang")),
        (f"border-top:2px solid {NEW}", w.t("batas baru")),
        (f"border-top:10px solid {GOT}", w.t("tanah yang didapat yang digambar")),
        (f"border-top:10px solid {GAVE}", w.t("tanah yang dilepas yang digambar")),
    )
    marks = "".join(
        f'<span style="margin-right:1.2em;white-space:nowrap"><span style="display:inline-block;width:24px;'
        f'vertical-align:middle;margin-right:9px;box-shadow:0 0 0 3px #fff;{style}"></span>{escape(text)}</span>'
        for style, text in lines
    )
    return f'<p style="font-size:0.85rem;line-height:1.8">{marks}</p>'
