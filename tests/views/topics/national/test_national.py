"""All land borders in small: words, tables, maps and files."""

import io
import json
from itertools import product

import openpyxl
import pandas as pd
import pytest
import shapely
from shapely.geometry import shape

from analysis.comparison.field import CODES
from data.national_ground import ground
from data.national_tables import INDICATORS, MEASURED, National
from geo.topology import features
from open_data.national import border_rows, judged_sides, pair_rows
from tests.data import toy_national
from tests.shipped import MADE
from tests.shipped import data as shipped
from tests.views.exports.test_answers import faults
from views.exports.files import border as border_files
from views.figures.specs import Side
from views.language.words import LANGUAGES, Words
from views.topics.national import figure, spec, tables, words

CODES_OF_SIDES = (
    "tertinggal", "lebih_baik", "tidak_tampak", "tidak_dapat_terlihat", "tidak_dapat_diuji", "tidak_diketahui",
    "daftar_tipis", "petunjuk_jauh", "petunjuk_dekat",
)  # fmt: skip
known = shipped().catalogue
SD = known.indicators["jarak_sd"]
PAIR = "11.01-11.02"


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> National:
    codes = {("11.03-32.75", "32.75"): "lebih_baik", ("32.75-32.76", "32.75"): "tidak_tampak"}
    return toy_national.write(tmp_path_factory.mktemp("national") / "tables", codes)


def sides_of(pair: str) -> tuple[Side, ...]:
    return tuple(Side(kode, toy_national.KABKOTA[kode], ("#224e89", "#7695d8")) for kode in pair.split("-"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_can_be_read_aloud(language: str, national: National) -> None:
    w = Words(language)  # type: ignore[arg-type]
    names = {"11.01": "Kab. Ogan Komering Ulu Selatan", "11.02": "Kab. Kepulauan Siau Tagulandang Biaro"}
    said = set()
    for one, other in product(CODES_OF_SIDES, repeat=2):
        rows = pd.DataFrame(
            {"side": list(names), "raw": [one, other], "gap_km": [1.2345, -0.4321], "density": [one, "tidak_tampak"]}
        )
        for entry in (SD, known.indicators["jarak_sma_smk"]):
            answer = words.pair_answer(w, entry, rows, names)
            assert not faults(answer), answer
            said.add(answer.sentence)
    assert len(said) >= 50
    found = judged_sides(national, "jarak_sd")
    for indicator in INDICATORS:
        entry = known.indicators[indicator]
        for kabkota, name in toy_national.KABKOTA.items():
            own = found[found["pair"].isin(national.borders_of(kabkota))]
            assert not faults(words.kabkota_answer(w, entry, own, kabkota, name.replace("<b>", "").replace("</b>", "")))


def test_the_file_of_the_field_tells_of_every_side_once(national: National) -> None:
    rows = border_rows(national)
    assert len(rows) == len(toy_national.PAIRS) * 2 * len(INDICATORS)
    sd = rows[rows["indicator"] == "jarak_sd"].set_index(["pair", "kode_kabkota"])
    assert sd.loc[("11.02-11.03", "11.03"), "verdict"] == "daftar_tipis"
    assert sd.loc[("11.02-11.03", "11.02"), "other_kabkota"] == "Kab. <b>C</b>"
    assert sd["border_shows"].groupby("pair").first().to_dict() == {
        "11.01-11.02": "lebih_jauh",
        "11.02-11.03": "lebih_jauh",
        "11.03-32.75": "lebih_dekat",
        "32.75-32.76": "lebih_jauh",
    }
    assert sd.loc[("11.02-11.03", "11.02"), "border_shows_density"] == "tidak_tampak"


def test_a_side_without_figures_is_not_lost(national: National) -> None:
    other = National(national.folder)
    other.__dict__["sides"] = national.sides[national.sides["side"] != "11.01"]
    found = judged_sides(other, "jarak_sd").set_index(["pair", "side"])
    assert found.loc[(PAIR, "11.01"), "raw"] == "tidak_diketahui"
    assert len(found) == 2 * len(toy_national.PAIRS)


def test_the_map_of_all_borders_counts_each_once(national: National) -> None:
    w = Words("id")
    sides = judged_sides(national, "jarak_sd")
    codes = dict.fromkeys(toy_national.PAIRS, "lebih_jauh") | {PAIR: "tidak_dibandingkan"}
    drawn = spec.country(w, codes, sides, [PAIR], "11.01", True)
    assert drawn.classes == {pair: 3 if pair == PAIR else 0 for pair in toy_national.PAIRS}
    assert drawn.front == (PAIR,)
    assert drawn.legend is not None
    assert [cells for _, _, cells in drawn.legend.rows] == [("0",), ("0",), ("0",), ("1",)], "that of the kabkota alone"
    drawn = spec.country(w, codes, sides, [], "", True)
    assert drawn.legend is not None
    assert [cells for _, _, cells in drawn.legend.rows] == [("3",), ("0",), ("0",), ("1",)], (
        "what no border shows is left out where that is no answer"
    )
    assert drawn.labels["11.02-11.03"].endswith("+0,40 / – km"), "what is not compared has no figure"
    looks = {(spec.STROKES[code][1], spec.STROKES[code][2], spec.STROKES[code][0]) for code in CODES}
    assert len(looks) == len(CODES), "no two alike"


def test_the_boundaries_of_a_pair_are_those_of_both_sides(national: National) -> None:
    files, bounds = ground(national, PAIR)
    units = {side: features(files[side]) for side in ("11.01", "11.02")}
    assert {side: [unit["id"] for unit in found] for side, found in units.items()} == {
        side: toy_national.kodes(side) for side in units
    }
    [line] = features(files["line"])
    drawn = shape(line["geometry"])
    real = shapely.LineString([(100.01, 0), (100.01, 0.06)])
    assert shapely.hausdorff_distance(drawn, real) < 0.002
    assert bounds["11.01"] == ((0.0, 100.0), (0.06, 100.01))
    around = {unit["id"]: unit for unit in features(files["around"])}
    named = {kode: unit["properties"]["n"] for kode, unit in around.items()}
    assert named == {"11": "Aceh", "32": "Jawa Barat", "11.01": "Kab. A", "11.02": "Kota B"}
    room = {kode: shape(around[kode]["geometry"]) for kode in ("11.01", "11.02")}
    assert room["11.01"].centroid.x < 100.01 < room["11.02"].centroid.x, "a name stands on its own side of the line"


def test_a_thin_list_is_hatched_and_its_distances_are_at_most(national: National) -> None:
    w, pair = Words("id"), "11.02-11.03"
    units, sides = national.of_pair(pair), sides_of(pair)
    shown = spec.painted(w, SD, None, units, sides)
    assert shown.unsure == tuple(toy_national.kodes("11.03")[1:])
    drawn = spec.pair(w, SD, units, sides, shown, "", (), False)
    assert drawn.labels["11.03.01.2003"] == "≤\N{NO-BREAK SPACE}1,00\N{NO-BREAK SPACE}km"
    assert drawn.labels["11.02.01.2003"] == "1,00\N{NO-BREAK SPACE}km"
    counted = [sum(column) for column in zip(*(counts for _, _, counts in shown.rows), strict=True)]
    assert counted == [toy_national.ROWS, toy_national.ROWS], "every kelurahan stands in one class"
    assert tables.farthest(units, "sd", 2).index.tolist() == ["11.02.01.2006", "11.03.01.2006"]


def test_neighbours_stand_across_the_line(national: National) -> None:
    assert national.neighbours_of(PAIR, "11.01.01.2003") == ["11.02.01.2003"]
    assert national.neighbours_of(PAIR, "11.03.01.2003") == []
    with pytest.raises(KeyError):
        national.of_pair("11.01-11.03")


def test_the_files_of_a_pair_hold_the_same_numbers(national: National) -> None:
    rows = pair_rows(national, PAIR)
    assert len(rows) == 2 * toy_national.ROWS * len(MEASURED)
    made = json.loads(border_files.geojson(national, PAIR))
    *units, line = made["features"]
    assert line["geometry"]["type"] in ("LineString", "MultiLineString")
    own = rows[rows["indicator"] == "jarak_smp"].set_index("kode")["own_km"]
    for unit in units:
        value = unit["properties"]["own_smp_km"]
        assert (value is None and pd.isna(own[unit["properties"]["kode"]])) or value == own[unit["properties"]["kode"]]
    book = openpyxl.load_workbook(io.BytesIO(border_files.spreadsheet(Words("en"), known, national, PAIR, MADE)))
    assert book.sheetnames == ["kelurahan", "tepi_dan_bagian_dalam", "daftar_sekolah", "keterangan"]
    head, *cells = book["kelurahan"].iter_rows(values_only=True)
    assert [row[head.index("own_km")] for row in cells] == [None if pd.isna(v) else v for v in rows["own_km"]]
    assert "without madrasah" in str(book["keterangan"]["A2"].value)


def test_pictures_hold_every_border_and_every_kelurahan(national: National) -> None:
    w = Words("id")
    codes = dict.fromkeys(toy_national.PAIRS, "lebih_jauh")
    drawn = figure.country(w, known, national, SD, codes, "")
    assert sum(len(stroke.lines) for stroke in drawn.strokes) == len(toy_national.PAIRS)
    units = national.of_pair(PAIR)
    shown = spec.painted(w, SD, None, units, sides_of(PAIR))
    picture = figure.pair(w, known, national, SD, PAIR, sides_of(PAIR), shown, "")
    assert {area.kode for area in picture.areas} == set(units.index)
    wide = picture.outlines[0].rings[0].max(axis=0) - picture.outlines[0].rings[0].min(axis=0)
    assert wide == pytest.approx([1113, 6679], rel=0.01), "in metres"
