"""Sentences: approved as they stand for every corridor and indicator, and right where it is easy to go wrong."""

import dataclasses

import pytest

from analysis.values.layer import layer
from analysis.values.profile import profile
from analysis.values.quality import Comparability
from analysis.values.summary import BorderSummary, GapRow, SidePeople, summarise_border
from data import tables
from tests.approvals import approve
from views.language import sentences
from views.language.words import LANGUAGES, Language, Words

data = tables.load()
corridors = data.catalogue.corridors
SIDE = SidePeople("32.75", 1, 56, 1200.0, 1100.0, 1300.0, 0, True, ("32.75.10",), (("Jatiasih", 2700.0),))


def flat(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_reads_as_approved(language: Language) -> None:
    w = Words(language)
    lines = []
    for corridor in corridors.values():
        for border_set in corridor.border_sets:
            summary = summarise_border(data.border(corridor), data.measures, border_set)
            lines.append(f"## {corridor.id} {border_set}")
            lines.append(sentences.border_size(w, data, corridor, summary))
            lines += sentences.reach_of_line(w, data, corridor, summary)
            if border_set == "bersentuhan":
                lines += [
                    f"{g.kode_kabkota} {sentences.largest_gap(w, data, g)}" for g in summary.gaps if g.people >= 1
                ]
    approve(f"ringkasan-{language}.txt", "\n".join(lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_answers_as_approved(language: Language) -> None:
    w = Words(language)
    lines = []
    for corridor in corridors.values():
        for indicator in data.catalogue.indicators.values():
            result = layer(data.border(corridor), data.measure(indicator, None))
            lines.append(f"{corridor.id} {indicator.id}: {sentences.map_answer(w, data, indicator, result)}")
    approve(f"peta-{language}.txt", "\n".join(lines))


@pytest.mark.parametrize("language", LANGUAGES)
def test_profiles_read_as_approved(language: Language) -> None:
    w = Words(language)
    lines = []
    for kode, sides in (
        ("32.75.10.1002", ("32.75", "32.76")),
        ("32.76.02.1007", ("32.75", "32.76")),
        ("36.73.05.1001", ("36.04", "36.73")),
        ("36.02.13.2006", ("36.04", "36.02")),
        ("31.75.06.1001", ("32.75", "31.75")),
    ):
        corridor = next(c for c in corridors.values() if c.sides == sides)
        result = profile(data.border(corridor), data.measures, kode)
        lines.append(f"## {kode}")
        lines.append(sentences.profile_answer(w, data, result))
        lines += [f"{row.indicator}: {sentences.row_origin(w, data, row)}" for row in result.rows]
    approve(f"profil-{language}.txt", "\n".join(lines))


def summary(*sides: SidePeople) -> BorderSummary:
    return BorderSummary("bekasi-depok", "bersentuhan", 8624.5, sides, (), {})


def test_a_side_of_which_nothing_is_known_says_so_and_sums_nothing() -> None:
    unknown = dataclasses.replace(SIDE, units=3, people=0.0, low=0.0, high=0.0, people_unknown=3)
    text = flat(sentences.border_size(Words("id"), data, corridors["bekasi-depok"], summary(unknown, SIDE)))
    assert "3 kelurahan Kota Bekasi (penduduk belum ada data)" in text
    assert " 0 jiwa" not in text


def test_official_people_are_not_called_an_estimate() -> None:
    official = dataclasses.replace(SIDE, estimated=False)
    text = flat(sentences.border_size(Words("id"), data, corridors["bekasi-depok"], summary(official)))
    assert "sekitar" not in text
    assert "1.200 jiwa" in text


def test_a_gap_is_worded_by_its_level_and_kind() -> None:
    gap = GapRow("jarak_sd", "sni-radius-sd", "kelurahan", "32.75", 1234.0, 1200.0, 1300.0, 0.25, 4, 0, 0, (2019, 2019))
    assert "1.230 jiwa (25 %) tinggal lebih jauh dari 1 km (Radius SNI SD/MI; data 2019)" in flat(
        sentences.largest_gap(Words("id"), data, gap)
    )
    bound = dataclasses.replace(gap, bounds=2)
    assert "paling banyak 1.230 jiwa" in flat(sentences.largest_gap(Words("id"), data, bound))
    ratio = dataclasses.replace(gap, indicator="rasio_sd", standard="sni-rasio-sd", level="kecamatan")
    assert "setara 1.230 jiwa" in flat(sentences.largest_gap(Words("id"), data, ratio))
    count = dataclasses.replace(gap, indicator="jumlah_sd", standard="satu-sd-per-desa")
    assert "tinggal di wilayah yang belum memenuhi" in flat(sentences.largest_gap(Words("id"), data, count))


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        (Comparability(None, (), 0), None),
        (Comparability("tidak_ada", ("32.75", "32.76"), 0), "Belum ada data Jarak ke SD"),
        (Comparability("satu_sisi", ("32.76",), 0), "tidak diketahui untuk Kota Depok"),
        (Comparability("definisi", (), 0), "yang dihitung berbeda"),
    ],
)
def test_why_sides_are_not_compared(comparison: Comparability, text: str | None) -> None:
    said = sentences.blocked(Words("id"), data, data.catalogue.indicators["jarak_sd"], comparison)
    assert (said is None) == (text is None)
    assert text is None or text in flat(str(said))
