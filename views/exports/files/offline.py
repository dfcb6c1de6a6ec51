"""The offline map: one HTML file with Leaflet, boundaries, values and words inside; it asks nobody for anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.values.classes import UNKNOWN
from analysis.values.layer import layer
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from geo import topology
from views.exports.files import corridor as files_corridor
from views.exports.files.onefile import blocks, head, inert
from views.figures import legend
from views.figures.captions import sides_of
from views.language import names as language_names
from views.language import sentences, versions
from views.language.escape import plain, plain_lines
from views.language.words import Words
from views.story.story import Request
from views.topics.map import legend as map_legend
from views.topics.map import words as map_words
from views.topics.sources import words as sources_words

STATIC = Path(__file__).parents[3] / "static"
_PICTURES = re.compile(r"url\([^)]*\)")


def build(request: Request) -> bytes:
    """The page as UTF-8."""
    w, corridor = request.words, request.corridor
    content = _content(request)
    leaflet, style, script = _assets()
    words = content["words"]
    title = escape(w.pick(corridor.title))
    about = "".join(f"<li>{escape(line)}</li>" for line in content.pop("about"))
    chosen = "".join(f'<p class="faint">{escape(line)}</p>' for line in content.pop("chosen"))
    start = head(w.language, w.pick(corridor.title), style, [leaflet, script])
    page = f"""{start}<body>
<header>
<h1>{title}</h1>
<p class="answer" id="answer"></p>
<p class="faint" id="about"></p>
</header>
<main>
<div class="bar">
<label>{escape(words["indicator"])}<select id="indicator"></select></label>
<label class="searchbox">{escape(words["search"])}<input id="search" type="search" autocomplete="off"><span id="results" class="results" aria-live="polite"></span></label>
</div>
<div class="stage">
<div id="map" role="application" aria-label="{escape(words["map"])}"></div>
<div id="card" aria-live="polite"></div>
</div>
<div id="legend"></div>
<p class="faint" id="note"></p>
<h2>{escape(words["table"])}</h2>
<p class="faint" id="count"></p>
<div class="scroll" tabindex="0"><table id="table"></table></div>
</main>
<footer>
{chosen}
<ul>{about}</ul>
</footer>
<script type="application/json" id="data">{_json(content)}</script>
<script>{leaflet}</script>
<script>{script}</script>
</body>
</html>
"""
    return page.encode("utf-8")


@cache
def _assets() -> tuple[str, ...]:
    """Leaflet, the styles and the script of the page, without a reference to any other file."""
    leaflet = (STATIC / "vendor" / "leaflet" / "leaflet.js").read_text(encoding="utf-8")
    leaflet = re.sub(r"\n?//# sourceMappingURL=.*", "", leaflet).strip()
    style = (STATIC / "vendor" / "leaflet" / "leaflet.css").read_text(encoding="utf-8")
    own = (STATIC / "offline" / "offline.css").read_text(encoding="utf-8")
    script = (STATIC / "offline" / "offline.js").read_text(encoding="utf-8")
    return blocks(leaflet, _PICTURES.sub("none", style) + own, script)


def _json(content: Any) -> str:
    return inert(json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def _content(request: Request) -> dict[str, Any]:
    w, data, corridor = request.words, request.data, request.corridor
    indicators = files_corridor.indicators_of(request)
    values = files_corridor.long_values(request)
    texts, remarks = _Numbered(), _Numbered()
    names = language_names.quality_names(w)
    qualities = list(names)
    rows = [
        _indicator(w, data, corridor, i, values[values["indicator"] == i.id], texts, remarks, qualities)
        for i in _led(indicators)
    ]
    levels = {i["level"] for i in rows}
    return {
        "language": w.language,
        "words": _words(w),
        "sides": [
            {
                "name": side.name,
                "color": side.color(),
                "outline": _rings(_features(data, data.geometry["kabkota"][side.kode], [side.kode])[side.kode]),
            }
            for side in sides_of(data, corridor.sides)
        ],
        "levels": {
            level: _units(data, corridor, level, request.kelurahan)
            for level in files_corridor.LEVELS
            if level in levels
        },
        "lines": _border(data, corridor),
        "indicators": rows,
        "origins": texts.all,
        "remarks": remarks.all,
        "qualities": list(names.values()),
        "chosen": [
            versions.made(w, data, corridor, request.made),
            *files_corridor.chosen_line(request),
            w.t("Batas di peta bukan acuan resmi batas wilayah."),
        ],
        "about": [
            *(w.t("Jangan dipakai untuk: {hal}", hal=line) for line in plain_lines(sources_words.not_for(w))),
            *(w.source(data.catalogue.sources[s]).attribution for s in files_corridor.source_ids(data, values)),
            "Leaflet 1.9 (BSD-2-Clause)",
        ],
    }


def _led(indicators: Sequence[Indicator]) -> list[Indicator]:
    """What the map opens with first: an indicator with a standard rather than a count of people."""
    return sorted(indicators, key=lambda i: not i.standards)


class _Numbered:
    """Texts that stand once and are named by their number."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._at: dict[str, int] = {}

    def of(self, text: str) -> int:
        if text not in self._at:
            self._at[text] = len(self.all)
            self.all.append(text)
        return self._at[text]


def _indicator(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    indicator: Indicator,
    values: pd.DataFrame,
    origins: _Numbered,
    remarks: _Numbered,
    qualities: list[str],
) -> dict[str, Any]:
    """One choice of the map: classes, finished texts and origins, in the order of the units."""
    result = layer(data.border(corridor), data.measures[indicator.id])
    rows = legend.layer_rows(w, result, indicator)
    known = values["value"].notna().to_numpy()
    classes = result.classes.index.reindex(values["kode"]).fillna(UNKNOWN).astype(int)
    shown = [
        sentences.value_with_unit(w, indicator, v) if there else None
        for v, there in zip(values["value"], known, strict=True)
    ]
    return {
        "title": w.pick(indicator.title),
        "unit": w.pick(indicator.unit),
        "level": indicator.level,
        "about": w.pick(indicator.description),
        "answer": map_words.answer(w, data, indicator, result).sentence,
        "note": plain(map_legend.legend_note(w, data, indicator, result)),
        "standards": [
            plain(sentences.standard_text(w, s, indicator)) for s in data.catalogue.standards_of(indicator.id)
        ],
        "colors": [row.color for row in rows if row.color],
        "legend": [
            {"color": r.color, "uncertain": r.uncertain, "label": r.label, "counts": [w.number(n) for n, _ in r.counts]}
            for r in rows
        ],
        "classes": [int(c) for c in classes],
        "uncertain": [int(b) for b in result.uncertain.reindex(values["kode"]).fillna(False)],
        "text": shown,
        "raw": [round(float(v), 6) if there else None for v, there in zip(values["value"], known, strict=True)],
        "ranges": [
            sentences.value_range(w, indicator, low, high)
            for low, high in zip(values["low"], values["high"], strict=True)
        ],
        "years": [
            sentences.with_people_year(w, str(int(y)), [p]) if there else None
            for y, p, there in zip(values["year"], values["people_year"], known, strict=True)
        ],
        "quality": [
            qualities.index(str(q)) if there else None for q, there in zip(values["quality"], known, strict=True)
        ],
        "origin": [
            origins.of(_origin(w, data, row)) if there else None
            for row, there in zip(_rows(values), known, strict=True)
        ],
        "notes": [remarks.of(w.note(n)) if isinstance(n, str) and n else None for n in values["note"]],
    }


def _rows(values: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    columns = ("source", "year", "people_year", "native_level", "method", "quality")
    return zip(*(values[c] for c in columns), strict=True)


def _origin(w: Words, data: Dataset, row: tuple[Any, ...]) -> str:
    source, year, people_year, *rest = row
    text = sentences.with_people_year(w, str(int(year)), [people_year])
    return plain(sentences.value_origin(w, data, str(source).split(";"), text, *rest))


def _units(data: Dataset, corridor: Corridor, level: str, marked: tuple[str, ...]) -> dict[str, Any]:
    units = files_corridor.units_of(data, corridor, level)
    sides = list(corridor.sides)
    shapes: dict[str, Any] = {}
    for side in sides:
        shapes |= _features(data, data.geometry[level][side], units.index)
    return {
        "names": units["nama"].to_list(),
        "kecamatan": units["kecamatan"].to_list(),
        "side": [sides.index(s) for s in units["kode_kabkota"]],
        "line": [int(b) for b in units["di_garis"]],
        "marked": [int(k in marked) for k in units.index],
        "shapes": [_polygon(shapes[str(k)]) for k in units.index],
    }


def _features(data: Dataset, path: str, kodes: Iterable[str]) -> dict[str, Any]:
    """Geometries by kode of one of the files that the pages' map fetches."""
    wanted = set(kodes)
    content = data.map_files.get(path) or (STATIC / path).read_bytes()
    found = topology.features(json.loads(content))
    return {f["id"]: f["geometry"] for f in found if f["id"] in wanted}


def _border(data: Dataset, corridor: Corridor) -> list[str]:
    sides = set(corridor.sides)
    files = {pair: file for pair, file in data.geometry["borders"].items() if sides.issuperset(pair.split("|"))}
    return [part for pair, file in files.items() for part in _rings(_features(data, file, [pair])[pair])]


def _rings(geometry: dict[str, Any]) -> list[str]:
    """All lines of a geometry, be they rings or not."""
    kind, parts = geometry["type"], geometry["coordinates"]
    if kind == "MultiPolygon":
        parts = [ring for polygon in parts for ring in polygon]
    elif kind == "LineString":
        parts = [parts]
    return [_steps(line) for line in parts]


def _polygon(geometry: dict[str, Any]) -> str:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return "|".join(";".join(_steps(ring) for ring in polygon) for polygon in polygons)


def _steps(line: list[list[float]]) -> str:
    """Coordinates as whole numbers of 0.00001 degrees, each after the first as the step from the one before."""
    text, last_x, last_y = [], 0, 0
    for lon, lat in line:
        x, y = round(lon * 1e5), round(lat * 1e5)
        text.append(f"{x - last_x} {y - last_y}")
        last_x, last_y = x, y
    return " ".join(text)


def _words(w: Words) -> dict[str, str]:
    return {
        "indicator": w.t("Indikator"),
        "search": w.t("Cari wilayah"),
        "map": w.t("Peta wilayah di kedua sisi batas; tabel data lengkap ada di bawah peta"),
        "table": w.t("Tabel data lengkap"),
        "no_data": w.no_data,
        "hatched": w.t("arsir"),
        "zoom_in": w.t("Perbesar"),
        "zoom_out": w.t("Perkecil"),
        "legend": w.t("Legenda: kelas dan jumlah kelurahan/desa tiap sisi"),
        "border": w.t("garis batas"),
        "color": w.t("Warna"),
        "class": w.t("Kelas"),
        "units": w.t("kelurahan/desa"),
        "name": w.t("Nama"),
        "kecamatan": w.t("Kecamatan"),
        "side": w.t("Kabupaten/kota"),
        "line": w.t("Di garis batas"),
        "year": w.t("Tahun"),
        "quality": w.t("Mutu"),
        "yes": w.t("ya"),
        "no": w.t("tidak"),
        "rows": w.t("{n} baris; klik judul kolom untuk mengurutkan."),
        "pick": w.t("Klik sebuah wilayah di peta atau cari namanya."),
        "pick_more": w.t("Nilainya, standarnya, dan sumbernya muncul di sini."),
        "marked": w.t("Ditandai untuk rapat ini."),
    }
