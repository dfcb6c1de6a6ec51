"""Rival: plotly's Choropleth in st.plotly_chart, as tutorials have it, but without the world behind."""

import json
import random
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st


@st.cache_data
def load() -> dict:
    return json.loads((Path(__file__).parent / "static" / "study.json").read_text(encoding="utf-8"))


polygons = load()
names = {feature["id"]: feature["properties"]["n"] for feature in polygons["features"]}
choice = st.selectbox("Indikator", [f"indikator {i}" for i in range(8)])
values = random.Random(choice)
figure = go.Figure(
    go.Choropleth(
        geojson=polygons, locations=list(names), z=[values.random() for _ in names], text=list(names.values()),
        colorscale="YlOrRd", showscale=False,
    )
)  # fmt: skip
figure.update_geos(fitbounds="locations", visible=False)
figure.update_layout(height=430, margin={"l": 0, "r": 0, "t": 0, "b": 0})
# The world that it asks for before it draws, from a CDN that is out of reach: a file without countries in its place.
state = st.plotly_chart(figure, key="map", on_select="rerun", config={"topojsonURL": "./app/static/"})
if points := state["selection"]["points"]:
    st.metric(f"terpilih {names[points[0]['location']]}", str(points[0]["z"]))
