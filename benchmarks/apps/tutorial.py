"""Rival: folium.Choropleth shown by st_folium, as tutorials have it, but with a local Leaflet."""

import json
import random
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

folium.Map.default_js = [("leaflet", "../../app/static/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "../../app/static/leaflet.css")]


@st.cache_data
def load() -> dict:
    return json.loads((Path(__file__).parent / "static" / "study.json").read_text(encoding="utf-8"))


polygons = load()
names = {feature["id"]: feature["properties"]["n"] for feature in polygons["features"]}
choice = st.selectbox("Indikator", [f"indikator {i}" for i in range(8)])
values = random.Random(choice)
table = pd.DataFrame({"kode": list(names), "nilai": [values.random() for _ in names]})

m = folium.Map(location=[-6.2, 106.45], zoom_start=9, tiles=None)
layer = folium.Choropleth(
    geo_data=polygons, data=table, columns=["kode", "nilai"], key_on="feature.id", fill_color="YlOrRd"
)
# Its legend needs d3 from a CDN, which is out of reach here; without it this rival is only faster.
for child in [child for child in layer._children if child.startswith("color_map")]:
    del layer._children[child]
layer.add_to(m)
state = st_folium(m, use_container_width=True, height=430)
if state["last_active_drawing"]:
    kode = state["last_active_drawing"]["id"]
    st.metric(f"terpilih {names[kode]}", str(table.set_index("kode").at[kode, "nilai"]))
