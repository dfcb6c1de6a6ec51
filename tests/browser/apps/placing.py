"""A map on which places are set; `?pasang=0` leaves them as they are. test_placing.py puts the boundaries beside it."""

import json
from pathlib import Path

import streamlit as st

from views.figures.mapspec import WORDS, Geometry, MapPoint, MapSpec
from views.figures.specs import Side
from views.figures.theme import side_colors
from views.screen.map import draw

MANIFEST = json.loads(Path(__file__).with_name("geometry.json").read_text(encoding="utf-8"))
SIDES = ("32.75", "32.76")
POINTS = (
    MapPoint("sd", "SD lama", lon=106.93, lat=-6.37),
    MapPoint("sd", "SD baru", lon=106.93, lat=-6.39, state="baru"),
    MapPoint("sd", "SD tutup", lon=106.95, lat=-6.39, state="tutup"),
    MapPoint("sd", "SD pindah", lon=106.91, lat=-6.39, state="pindah"),
)
state = st.session_state
state.setdefault("places", [])

clicked = draw(
    MapSpec(
        sides=tuple(Side(kode, kode, colors) for kode, colors in side_colors(SIDES).items()),
        level="kelurahan",
        classes={},
        labels={},
        colors=("#d95f0e",),
        words={word: word for word in WORDS},
        points=(*POINTS, *(MapPoint("puskesmas", "titik", lon=x, lat=y, state="baru") for x, y in state.places)),
        placing=st.query_params.get("pasang") != "0",
        dark=st.query_params.get("gelap") == "1",
    ),
    Geometry.from_manifest(MANIFEST),
    key="placing",
    height=500,
    on_place=lambda lon, lat: state.places.append((lon, lat)),
)
st.text(f"clicked {clicked}")
st.text(f"places {state.places}")
