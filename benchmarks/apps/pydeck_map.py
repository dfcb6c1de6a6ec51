"""Rival: pydeck's GeoJsonLayer in st.pydeck_chart, without tiles behind it."""

import json
import random
from pathlib import Path

import pydeck
import streamlit as st

COLORS = [[255, 255, 178], [254, 204, 92], [253, 141, 60], [240, 59, 32], [189, 0, 38]]


@st.cache_data
def load() -> dict:
    return json.loads((Path(__file__).parent / "static" / "study.json").read_text(encoding="utf-8"))


polygons = load()
choice = st.selectbox("Indikator", [f"indikator {i}" for i in range(8)])
values = random.Random(choice)
features = [
    {**feature, "properties": {**feature["properties"], "color": values.choice(COLORS)}}
    for feature in polygons["features"]
]
layer = pydeck.Layer(
    "GeoJsonLayer", {"type": "FeatureCollection", "features": features}, id="study", pickable=True,
    get_fill_color="properties.color", get_line_color=[90, 90, 90], line_width_min_pixels=1,
)  # fmt: skip
view = pydeck.ViewState(latitude=-6.2, longitude=106.45, zoom=9)
st.pydeck_chart(pydeck.Deck([layer], initial_view_state=view, map_provider=None, map_style=None), height=430)
