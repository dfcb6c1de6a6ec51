"""The headline numbers of the last edition beside today's: what is written down is what is computed."""

import os
import re
from pathlib import Path

import pytest

from analysis.access.services import SERVICES
from analysis.siting.task import default_counts
from analysis.values.layer import layer
from analysis.values.summary import summarise_border
from data import editions
from data.catalogue import Corridor
from data.editions import Value
from data.tables import Dataset
from open_data import usual
from open_data.siting import usual_plan
from tests.shipped import data
from views.language.words import LANGUAGES, Language, Words
from views.topics.sources import edition

PAPER = Path(__file__).parents[2] / "docs" / "edisi.md"
CORRIDOR = "bekasi-depok"


JATISAMPURNA, JATIKARYA = "32.75.10.1001", "32.75.10.1002"
DISTANCES = ("jarak_sd", "jarak_smp", "jarak_sma_smk", "jarak_puskesmas")


def headline(data: Dataset, corridor: Corridor) -> dict[str, Value]:
    """By name, the numbers of Bekasi-Depok with their ranges."""
    people = data.indicator_values("penduduk")["value"]
    found = {
        "penduduk_jatisampurna": Value(float(people[JATISAMPURNA]), None, None),
        "penduduk_jatikarya": Value(float(people[JATIKARYA]), None, None),
    }
    for name, side in zip(("penduduk_bekasi", "penduduk_depok"), corridor.sides, strict=True):
        found[name] = Value(float(people[people.index.str.startswith(side)].sum()), None, None)
    for facility in ("puskesmas", "smp", "smp_negeri"):
        indicator = data.catalogue.indicators[f"jarak_{facility}"]
        row = data.indicator_values(indicator.id).loc[JATIKARYA].to_dict()
        found[f"{facility}_jatikarya"] = Value(float(row["value"]), *indicator.ends(row["low"], row["high"]))
    gaps = summarise_border(data.border(corridor), data.measures, corridor.border_sets[0]).gaps
    for facility in ("smp_negeri", "puskesmas"):
        rows = [gap for gap in gaps if gap.indicator == f"jarak_{facility}"]
        found[f"luar_{facility}"] = Value(
            *(sum(getattr(gap, end) for gap in rows) for end in ("people", "low", "high"))
        )
    for facility in ("puskesmas", "smp_negeri"):
        result = usual.access(data, corridor, SERVICES[facility])
        ends = zip(*(side.newly for side in result.side if side.newly is not None), strict=True)
        found[f"lintas_{facility}"] = Value(*(sum(end) for end in ends))
    gain = usual.response(data, corridor).by_side[corridor.sides[1]].gain
    if gain is not None:
        found["damkar_depok"] = Value(gain.value, gain.low, gain.high)
    plan = usual_plan(data, corridor, "puskesmas", default_counts(corridor.sides)).gain_together
    if plan is not None:
        found["lokasi_puskesmas"] = Value(plan.total, plan.low, plan.high)
    compared = usual.comparisons(data, corridor).values()
    behind = sum(side.code == "tertinggal" for c in compared for side in c.verdict.sides)
    found["putusan"] = Value(float(behind), None, None)
    hatched = sum(int(layer(data.border(corridor), data.measures[name]).uncertain.sum()) for name in DISTANCES)
    found["diarsir"] = Value(float(hatched), None, None)
    return found


def test_the_numbers_of_this_edition_are_those_that_are_computed() -> None:
    known = data()
    today = headline(known, known.catalogue.corridors[CORRIDOR])
    rows = editions.changes(CORRIDOR)
    assert [row.id for row in rows] == list(today)
    for row in rows:
        now, step = today[row.id], 10.0**-row.decimals
        # People that are computed are written in tens.
        step = 10.0 if row.after.low is not None and not row.decimals else step
        assert row.after.value == pytest.approx(now.value, abs=step / 2 + 1e-9), row.id
        for written, end in ((row.after.low, now.low), (row.after.high, now.high)):
            assert (written is None) == (end is None), row.id
            if written is not None and end is not None:
                assert written == pytest.approx(end, abs=(0.0 if row.decimals else step / 2) + 1e-9), row.id


def test_every_change_has_its_reason_in_both_languages_and_is_one() -> None:
    for row in editions.changes(CORRIDOR):
        assert row.before != row.after, row.id
        for text in (row.what, row.unit, row.reason):
            assert text.id
            assert text.en
    assert editions.changes("kabserang-lebak") == ()


def test_the_paper_holds_the_table() -> None:
    w, known = Words("id"), data()
    title = w.pick(known.catalogue.corridors[CORRIDOR].title)
    text = PAPER.read_text(encoding="utf-8")
    lines = [f"## {title}", "", "| Angka | Edisi lalu | Edisi ini | Mengapa berubah |", "|---|---|---|---|"]
    for c in editions.changes(CORRIDOR):
        values = (edition.shown(w, c, value) for value in (c.before, c.after))
        lines.append("| " + " | ".join([f"{w.pick(c.what)} ({w.pick(c.unit)})", *values, w.pick(c.reason)]) + " |")
    written = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"
    now = re.sub(r"(<!-- edisi -->\n).*(<!-- /edisi -->)", lambda m: m[1] + written + m[2], text, flags=re.DOTALL)
    if "TAPAL_APPROVE" in os.environ:
        PAPER.write_text(now, encoding="utf-8")
    assert PAPER.read_text(encoding="utf-8") == now


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_border_says_what_changed_and_why(language: Language) -> None:
    told = edition.lines(Words(language), editions.changes(CORRIDOR)).replace("\N{NO-BREAK SPACE}", " ")
    assert told.count("\n- ") == len(editions.changes(CORRIDOR)) - 1
    assert {"id": "2,76 → **1,25 (0,9–1,9)**", "en": "2.76 → **1.25 (0.9–1.9)**"}[language] in told
