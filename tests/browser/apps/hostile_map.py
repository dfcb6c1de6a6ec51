"""A map whose every text attacks; test_hostile_map.py writes the texts and the polygons beside it."""

import json
from pathlib import Path

import streamlit as st

from views.figures.mapspec import WORDS, Geometry, MapPoint, MapSpec
from views.figures.specs import Side
from views.figures.theme import side_colors
from views.screen.map import draw

CASE = json.loads(Path(__file__).with_name("case.json").read_text(encoding="utf-8"))
TEXTS, KODES = CASE["texts"], CASE["kodes"]
SIDES = ("99.01", "99.02")

clicked = draw(
    MapSpec(
        sides=tuple(Side(kode, TEXTS[0], colors) for kode, colors in side_colors(SIDES).items()),
        level="kelurahan",
        classes=dict.fromkeys(KODES, 0),
        labels=dict(zip(KODES, TEXTS, strict=True)),
        colors=("#d95f0e",),
        words={word: TEXTS[i % len(TEXTS)] for i, word in enumerate(WORDS)},
        selected=TEXTS[0],
        related=tuple(TEXTS),
        points=(
            *(MapPoint("sd", text, lon=106.81 + 0.01 * i, lat=-6.405) for i, text in enumerate(TEXTS)),
            MapPoint("pos_damkar", TEXTS[0], area_kode=KODES[0]),
        ),
    ),
    Geometry.from_manifest(CASE["geometry"]),
    key="hostile",
    height=600,
)
st.text(f"clicked {clicked}")
