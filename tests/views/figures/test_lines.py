"""Lines, parts of a whole and shares in cells: the numbers of the result, on the screen and on paper alike."""

from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.fire.delays import Curve
from analysis.siting.result import Figure as People
from analysis.siting.result import Joint
from analysis.siting.sharing import Basis, by_every_rule
from analysis.siting.task import Task
from analysis.values.quality import coverage as share_known
from analysis.values.vintages import compare_vintages
from data.tables import Dataset
from tests.shipped import HOSTILE, data, hostile_data
from views.figures.specs import Figure, Lines
from views.language.names import Noun
from views.language.words import LANGUAGES, Language, Words
from views.link.context import Session
from views.paper.picture import picture
from views.screen import charts as screen_charts
from views.screen.pictures import size_of
from views.topics.change import figure as change_figure
from views.topics.change import words as change_words
from views.topics.fire import figure as fire_figure
from views.topics.sharing import figure as sharing_figure
from views.topics.siting import figure as siting_figure
from views.topics.sources import figure as sources_figure

PAIR, AREA = (data().catalogue.corridors[name] for name in ("bekasi-depok", "semua"))
BEKASI, DEPOK = PAIR.sides
# Series of which two years were counted in the same way.
PAIRED = [s for s in data().catalogue.series if compare_vintages(change_words.values_of(data(), s), AREA.sides).years]
MINUTES = np.arange(0, 15.5, 0.5)


def session_in(language: Language = "id", hostile: bool = False) -> Session:
    """A run of the app at the border of Bekasi and Depok."""
    return Session(Words(language), hostile_data() if hostile else data(), PAIR, False)


def curve(side: str, closed: float | None) -> Curve:
    """Coverage that falls by ten people a minute to 500."""
    opened = np.maximum(600 - 10 * MINUTES, 500.0)
    return Curve(side, MINUTES, opened, opened - 520, opened - 480, closed, 10.0)


def delays(session: Session) -> Lines:
    return fire_figure.delays(session, [curve(BEKASI, 500.0), curve(DEPOK, None)], 2.0, 15.0)


def people(total: float, spread: float) -> People:
    return People({BEKASI: total, DEPOK: 0.0}, {}, total, total - spread, total + spread)


def planned() -> Joint:
    """Three places together that gain 90 people, and as many apart that gain 70."""
    place: Any = object()
    task = Task(PAIR.id, "puskesmas", ((BEKASI, 2), (DEPOK, 1)))
    return Joint(
        task, {}, (), {}, gain_together=people(90, 9), gain_apart=people(70, 7), joint=(place,) * 3,
        plans={BEKASI: (place,) * 2, DEPOK: (place,)}, curve=((1, 40.0), (2, 70.0), (3, 90.0)),
    )  # fmt: skip


def shares(session: Session) -> Figure:
    basis = Basis({BEKASI: 7.0, DEPOK: 9993.0}, {BEKASI: 5.0, DEPOK: 5000.0}, 9000.0, None, None, None)
    return sharing_figure.figure(session, *by_every_rule(0, basis), True)


def over_time(session: Session, series: str = "cahaya_malam") -> Lines:
    known = session.data
    result = compare_vintages(change_words.values_of(known, series), PAIR.sides)
    return change_figure.figure(session.words, known, PAIR, known.catalogue.series[series], result)


def known_shares(known: Dataset) -> pd.DataFrame:
    """Share of the units whose value is known."""
    levels = {i.id: i.level for i in known.catalogue.indicators.values()}
    return share_known(known.values, {"kelurahan": known.kelurahan, "kecamatan": known.kecamatan}, levels)


def coverage(session: Session) -> Figure:
    matrices = sources_figure.coverage_matrix(session.words, session.data, known_shares(session.data))
    return sources_figure.figure(session.words, session.data, *matrices)


def every(session: Session) -> list[Figure]:
    return [
        delays(session),
        siting_figure.added(session, planned(), Noun("X"), [DEPOK]),
        shares(session),
        over_time(session),
        coverage(session),
    ]


def test_the_curve_of_the_delay_is_that_of_the_result() -> None:
    first, second = delays(session_in()).panels
    opened, own = first.lines
    assert opened.points == tuple(zip(MINUTES.tolist(), curve(BEKASI, 500.0).opened.tolist(), strict=True))
    assert own.points == ((0.0, 500.0), (15.0, 500.0))
    assert own.look == "dashed"
    # The range is that of what is added to the own posts.
    assert first.bands[0].points[0] == (0.0, 500 + 80.0, 500 + 120.0)
    # Of a side without a list there is no closed line to fall to.
    assert [line.look for line in second.lines] == ["solid"]


def test_a_flat_curve_looks_flat() -> None:
    flat = replace(curve(BEKASI, 500.0), opened=np.full(31, 500.0), gain_low=np.zeros(31), gain_high=np.zeros(31))
    low, high = fire_figure.delays(session_in(), [flat], 2.0, 15.0).panels[0].span
    assert (low, high) == (490.0, 510.0)


def test_incomplete_lists_make_bounds_of_all_numbers() -> None:
    sure, unsure = (siting_figure.added(session_in(), planned(), Noun("puskesmas"), sides) for sides in ([], [DEPOK]))
    assert not any("≤" in text for text in sure.panels[0].lines[0].texts)
    assert all(text.startswith("≤") for text in unsure.panels[0].lines[0].texts if text)
    assert "Kota Depok belum lengkap" in unsure.note


def test_the_places_together_and_apart_stand_with_their_ranges() -> None:
    together, apart = siting_figure.added(session_in(), planned(), Noun("puskesmas"), []).panels[0].lines
    assert together.points == ((0.0, 0.0), (1.0, 40.0), (2.0, 70.0), (3.0, 90.0))
    assert together.ranges == (None, None, None, (81.0, 99.0))
    assert (apart.points, apart.ranges, apart.look) == (((3.0, 70.0),), ((63.0, 77.0),), "points")


def test_the_bars_of_the_cost_are_the_shares_of_the_rules() -> None:
    figure: Any = shares(session_in())
    basis = Basis({BEKASI: 7.0, DEPOK: 9993.0}, {BEKASI: 5.0, DEPOK: 5000.0}, 9000.0, None, None, None)
    found, _ = by_every_rule(0, basis)
    known = [split.shares for split in found.values() if split.shares is not None]
    assert len(known) == len(figure.categories) == 3
    for series in figure.series:
        assert series.values == tuple(100 * split[series.side.kode] for split in known)
    assert "Menurut pemakaian" in figure.note
    assert figure.source == "angka yang diisi pengguna"


@pytest.mark.parametrize("series", PAIRED)
def test_lines_over_time_hold_every_paired_value_once(series: str) -> None:
    result = compare_vintages(change_words.values_of(data(), series), AREA.sides)
    figure = change_figure.figure(Words("id"), data(), AREA, data().catalogue.series[series], result)
    drawn = {(line.side.kode, x, y) for line in figure.panels[0].lines if line.side for x, y in line.points}
    assert drawn == {(row.kode, row.year, row.value) for row in result.path.itertuples()}
    assert sum(len(line.points) for line in figure.panels[0].lines) == len(result.path)
    assert figure.year == f"{result.years[0]}–{result.years[-1]}"


def test_the_cells_of_the_coverage_are_the_known_shares() -> None:
    figure: Any = coverage(session_in())
    known = known_shares(data()).set_index(["indicator", "kode_kabkota"])["share"]
    title = data().catalogue.indicators["jarak_sd"].title.id
    row = figure.values[figure.rows.index(title)]
    for kode in AREA.sides:
        column = figure.columns.index(str(data().kabkota.at[kode, "nama"]))
        assert row[column] == pytest.approx(100 * known["jarak_sd", kode])


def test_a_cell_without_a_share_is_hatched_and_said_to_be_unknown() -> None:
    holes = pd.DataFrame({"Kota X": [0.5, np.nan]}, index=["a", "b"])
    figure = sources_figure.figure(
        Words("id"), data(), holes, pd.DataFrame({"Kota X": ["1/2", None]}, index=["a", "b"])
    )
    assert figure.values == ((50.0,), (None,))
    assert [entry.label for entry in figure.legend.entries if entry.color is None] == [Words("id").no_data]
    plain = sources_figure.figure(Words("id"), data(), holes.fillna(0.0), holes.astype(str))
    assert (
        picture(figure, "svg", (200, 100)).count(b"<pattern")
        == picture(plain, "svg", (200, 100)).count(b"<pattern") + 1
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_draws_the_numbers_of_the_figure(language: Language) -> None:
    session = session_in(language)
    for figure in every(session):
        drawn = screen_charts.drawn(figure, True)
        if isinstance(figure, Lines):
            wanted = {tuple(y for _, y in line.points) for panel in figure.panels for line in panel.lines}
            assert wanted <= {tuple(trace.y) for trace in drawn.data}
            dashed = sum(line.look == "dashed" for panel in figure.panels for line in panel.lines)
            assert sum(trace.line.dash == "dash" and trace.x[0] is not None for trace in drawn.data) == dashed
        elif drawn.data[0].type == "bar":
            assert [tuple(trace.x) for trace in drawn.data] == [series.values for series in figure.series]  # type: ignore[attr-defined]
        else:
            cells = [[None if v is None or isnan(v) else v for v in row] for row in drawn.data[0].z]
            assert cells == [list(row) for row in figure.values]  # type: ignore[attr-defined]
        assert len(drawn.layout.shapes) == (len(figure.panels) if getattr(figure, "reference", None) is not None else 0)  # type: ignore[attr-defined]


def test_panels_share_one_title_of_the_level_axis() -> None:
    drawn = screen_charts.drawn(delays(session_in()), False)
    titles = [axis.title.text for axis in drawn.select_xaxes()]
    assert titles == [None, None]
    assert [note.text for note in drawn.layout.annotations].count("jeda koordinasi (menit)") == 1


def test_names_that_attack_are_drawn_as_written() -> None:
    for figure in every(session_in(hostile=True)):
        content = picture(figure, "svg", size_of(figure))
        assert b"<script" not in content
        assert b"<img" not in content
    assert HOSTILE.split("<")[0] in str(every(session_in(hostile=True))[2])
