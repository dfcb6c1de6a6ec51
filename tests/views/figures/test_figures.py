"""Figures: made once from a result, and drawn by the screen with the same numbers."""

from dataclasses import fields

import pytest

from analysis.priority import priority
from analysis.values.layer import layer
from analysis.values.summary import summarise_border
from open_data import usual
from tests.shipped import compared
from tests.shipped import data as shipped
from views.figures import borders, maps, specs
from views.language.escape import plain
from views.language.words import LANGUAGES, Language, Words
from views.screen import charts as screen_charts

data = shipped()
known = data.catalogue
PAIR, AREA = known.corridors["bekasi-depok"], known.corridors["semua"]
SMP = known.indicators["jarak_smp_negeri"]


def test_plain_text_is_what_markdown_would_show() -> None:
    assert (
        plain(r"**Kel. Jati\-asih** \(a\_b\): [contoh\-id](https://contoh.id/x)") == "Kel. Jati-asih (a_b): contoh-id"
    )
    assert plain(r"2 \* 3") == "2 * 3"


def test_the_bars_are_the_gaps_of_the_summary() -> None:
    summary = summarise_border(data.border(PAIR), data.measures, "bersentuhan")
    bars = borders.gap_bars(Words("id"), data, PAIR, summary)
    gaps = {(g.indicator, g.kode_kabkota): g for g in summary.gaps}
    titles = {w.title.id: w.id for w in known.indicators.values()}
    seen = 0
    for series in bars.series:
        for category, value, (low, high), text in zip(
            bars.categories, series.values, series.ends, series.texts, strict=True
        ):
            gap = gaps[titles[category], series.side.kode]
            assert value == gap.share * 100
            assert (low, high) == pytest.approx((100 * gap.low / gap.total, min(100 * gap.high / gap.total, 100)))
            assert Words("id").people(gap.low) in text
            assert Words("id").people(gap.high) in text
            seen += 1
    assert seen == 2 * len(bars.categories) > 4


@pytest.mark.parametrize("dark", [False, True])
def test_parts_are_solid_to_their_least_and_hatched_where_they_meet(dark: bool) -> None:
    summary = summarise_border(data.border(PAIR), data.measures, "bersentuhan")
    sides = [series.side for series in borders.gap_bars(Words("id"), data, PAIR, summary).series]
    figure = specs.Stacks(
        title="t", unit="%", year="2024", source="s", note="", alt="a", language="id", axis="%",
        categories=("jiwa", "sama"),
        series=(
            specs.Series(sides[0], (60.0, 50.0), ("60", "50"), ((40.0, 70.0), None)),
            specs.Series(sides[1], (40.0, 50.0), ("40", "50"), ((30.0, 60.0), None)),
        ),
    )  # fmt: skip
    drawn = screen_charts.stacks(figure, dark)
    assert [tuple(trace.x) for trace in drawn.data] == [(40, 50), (20, 0), (10, 0), (30, 50)]
    assert [bool(trace.marker.pattern.shape) for trace in drawn.data] == [False, True, True, False]
    assert [trace.marker.color for trace in drawn.data] == [s.color(dark) for s in (sides[0],) * 2 + (sides[1],) * 2]
    assert [trace.showlegend for trace in drawn.data] == [True, False, False, True]


def test_dots_stand_left_and_right_of_the_line() -> None:
    result = compared(PAIR.id)[SMP.id, "bersentuhan"]
    figure = borders.across(Words("id"), data, PAIR, SMP, result)
    assert isinstance(figure, specs.Across)
    drawn = screen_charts.across_the_line(figure, dark=False)
    left, _, right, _ = drawn.data
    assert max(left.x) < 0 < min(right.x)
    assert len(left.x) == 56


def test_an_area_without_a_line_gets_bars() -> None:
    result = compared(AREA.id)[SMP.id, "bersentuhan"]
    figure = borders.across(Words("id"), data, AREA, SMP, result)
    assert isinstance(figure, specs.Halves)
    drawn = screen_charts.halves(figure, dark=False).data[0]
    assert list(drawn.y) == [found.border.mean for found in result.contrasts]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator", ["jarak_smp_negeri", "penduduk", "rasio_sd"])
def test_the_legend_counts_every_unit_once_and_names_what_is_unknown(language: Language, indicator: str) -> None:
    w = Words(language)
    entry = known.indicators[indicator]
    result = layer(data.border(PAIR), data.measure(entry, None))
    drawn = maps.choropleth(w, data, PAIR, entry, result, "catatan")
    assert drawn.legend.entries[-1].color is None
    units = [
        sum(int(e.counts[2 * side].replace(".", "").replace(",", "")) for e in drawn.legend.entries) for side in (0, 1)
    ]
    assert sum(units) == len(drawn.areas) == len(result.values)
    hatched = sum(area.class_ < 0 for area in drawn.areas)
    assert hatched == int((result.classes.index < 0).sum())
    assert len(drawn.lines) >= 1
    assert {o.side.kode for o in drawn.outlines} == set(PAIR.sides)


def test_ranks_are_ranges() -> None:
    result = usual.ranking(data, PAIR)
    shown = priority.filtered(result, "", "bersentuhan", "kebutuhan")
    ranges = borders.rank_ranges(Words("id"), data, PAIR, result, shown)
    assert [row.kode for row in ranges.rows] == list(shown.index[: borders.RANKS])
    assert all(row.low <= row.middle <= row.high <= ranges.most for row in ranges.rows)


def test_figures_are_equal_when_their_numbers_are() -> None:
    entry = known.indicators["jarak_sd"]
    result = layer(data.border(PAIR), data.measure(entry, None))
    one, other = (maps.choropleth(Words("id"), data, PAIR, entry, result, "") for _ in range(2))
    assert one == other
    assert {f.name for f in fields(one)} >= {"title", "unit", "year", "source", "note", "alt", "legend"}
