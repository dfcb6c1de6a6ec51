"""docs/benchmarks.md is what the kept results say, and names nobody's machine."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from benchmarks import national, soak
from benchmarks.__main__ import SECTIONS
from benchmarks.results import DOCUMENT, Budget, Machine, Result, Section, document
from geo.coverage import repaired
from records.citizen_reports import store
from records.citizen_reports.reading import hashed


def test_the_document_is_made_of_the_kept_results() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(list(SECTIONS))


def test_the_document_names_no_machine() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|work|tmp|root|Users)/|localhost|\d+\.\d+\.\d+\.\d+|#\d+-", text)


def test_a_result_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    budgets = [Budget("fast", 0.1234, "s", 0.2), Budget("carries", 1.5, "x", 1.7, at_least=True)]
    section = Section("tried", "Tried", "Once.", ("what", "s"), [("this", 1.0 / 3)], budgets)
    kept = Result(section, Machine("2026-01-01", 2, 8, "Linux", "3.11", {"pandas": "3"}, 0.5), 1.25)
    kept.keep(tmp_path)
    text = Result.read(tmp_path / "tried.json").markdown()
    assert text == kept.markdown()
    assert document(["none", "tried"], tmp_path).endswith(text)
    assert "| this | 0.333 |" in text
    assert "| fast | 0.123 s | at most 0.2 |  |" in text
    assert "| carries | 1.5 x | at least 1.7 | over |" in text
    assert [str(b) for b in budgets] == ["BENCH fast 0.123 s 0.2 ok", "BENCH carries 1.5 x 1.7 over"]


def test_a_soak_sees_what_was_lost_changed_or_doubled() -> None:
    life = soak.Life(250, [300.0] * 40)
    found = soak.Found(sent={"a": "satu", "b": "dua"}, lives=[life, life])
    rows = [(hashed(store.ticket_of(form)), text) for form, text in found.sent.items()]
    assert soak.verdict(found, rows, 50) == []
    (lost, count) = soak.verdict(found, rows[:1], 50)
    assert lost == "1 reports were answered with a ticket and are lost, the first: dua"
    assert count == "1 reports are stored, 2 were sent"
    assert "2 were sent" in soak.verdict(found, [*rows, ("x", "satu")], 50)[0]
    assert "other words" in soak.verdict(found, [rows[0], (rows[1][0], "du")], 50)[0]
    found.lives.append(soak.Life(700, [200.0] * 30 + [300 + 64 + 1] * 10))
    assert [line.split()[-1] for line in soak.verdict(found, rows, 50)] == ["2", "open"]


def test_a_soak_sees_a_server_that_grows_without_end() -> None:
    still = soak.Life(250, [300.0] * 10 + [380.0] * 30)
    assert soak.verdict(soak.Found(lives=[still]), [], 50) == []
    grown = soak.Life(250, [300.0 + 2 * second for second in range(60)])
    [told] = soak.verdict(soak.Found(lives=[grown]), [], 50)
    assert "grew by 60 MB" in told


def test_other_engines_answer_the_question_of_the_national_run(tmp_path: Path) -> None:
    # Two squares of 0.1 degrees that miss each other by ten metres, with one above and one below both.
    left, right = shapely.box(110, 0, 110.0999, 0.1), shapely.box(110.1, 0, 110.2, 0.1)
    boxes = [left, right, shapely.box(110, 0.1, 110.2, 0.2), shapely.box(110, -0.1, 110.2, 0)]
    kode = [f"11.0{n}.01.2001" for n in range(4)]
    units = gpd.GeoDataFrame({"kode": kode, "nama": kode}, geometry=boxes, crs="EPSG:4326")
    whole = national.geopandas(units)
    assert len(whole) == 5
    assert whole["shared_m"].tolist() == pytest.approx([11_100] * 5, rel=5e-3)
    metric = national.in_metres(units)
    metric["geometry"] = repaired(metric.geometry.to_numpy())
    for found in (national.joined(metric), national.ours_joined(metric)):
        one, other = (pairs.sort_values(["kode_a", "kode_b"], ignore_index=True) for pairs in (found, whole))
        pd.testing.assert_frame_equal(one, other, check_dtype=False)
    units.to_parquet(tmp_path / "units.parquet")
    assert national.alone("bulan", tmp_path / "units.parquet") == "failed: KeyError: 'bulan'"
    assert national.memberships(whole) == {(a, b[:5]) for a in kode for b in kode if a != b and {a, b} != set(kode[2:])}
