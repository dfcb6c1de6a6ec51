"""Rival: the same picture by dash-leaflet at its best, with geometry by URL and colours through `hideout`.

Arguments: the port, and the folder with the geometry.
"""

import json
import random
import sys
from pathlib import Path

import dash_leaflet as dl  # type: ignore[import-untyped]
from dash import Dash, Input, Output, State, dcc, html

PORT, ASSETS = int(sys.argv[1]), Path(sys.argv[2])
NAMES = {
    feature["id"]: feature["properties"]["n"]
    for feature in json.loads((ASSETS / "study.json").read_text(encoding="utf-8"))["features"]
}
COLORS = ["#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"]
CHOICES = [f"indikator {i}" for i in range(8)]

app = Dash(__name__, assets_folder=str(ASSETS))


def classes(choice: str) -> dict[str, int]:
    values = random.Random(choice)
    return {kode: values.randrange(len(COLORS)) for kode in NAMES}


def backdrop(name: str, level: int, style: dict[str, object]) -> dl.Pane:
    options = {"style": {**style, "interactive": False}}
    layer = dl.GeoJSON(url=f"/assets/{name}.json", options=options, pane=name)
    return dl.Pane(layer, name=name, style={"zIndex": level})


app.layout = html.Div(
    [
        dcc.Dropdown(CHOICES, CHOICES[0], id="choice", clearable=False, searchable=False),
        dl.Map(
            [
                backdrop("land", 250, {"color": "#c3c9cf", "weight": 1, "fillColor": "#f8f8f6", "fillOpacity": 1}),
                dl.GeoJSON(
                    url="/assets/study.json",
                    style={"variable": "benchmark.style"},
                    onEachFeature={"variable": "benchmark.tooltip"},
                    hoverStyle={"weight": 2, "color": "#111418"},
                    hideout={"classes": classes(CHOICES[0]), "colors": COLORS},
                    id="layer",
                ),
                backdrop("mesh", 430, {"color": "#5d6670", "weight": 0.9, "fill": False}),
                backdrop("line", 440, {"color": "#14171b", "weight": 3.5}),
            ],
            center=[-6.2, 106.45],
            zoom=9,
            style={"height": "430px"},
        ),
        html.Div(id="card", className="card"),
    ]
)


@app.callback(Output("layer", "hideout"), Input("choice", "value"), prevent_initial_call=True)
def restyle(choice: str) -> dict[str, object]:
    return {"classes": classes(choice), "colors": COLORS}


@app.callback(
    Output("card", "children"),
    Input("layer", "n_clicks"),
    State("layer", "clickData"),
    State("choice", "value"),
    prevent_initial_call=True,
)
def card(_: int, feature: dict, choice: str) -> str:
    return f"terpilih {NAMES[feature['id']]}: {classes(choice)[feature['id']]}"


app.run(port=PORT, debug=False)
