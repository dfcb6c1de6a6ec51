"""Verdicts in words: approved for a border and for made-up numbers, whole for every border and indicator."""

import re

import pandas as pd
import pytest

from analysis.comparison.border_pairs import border_pairs
from analysis.comparison.comparison import Comparison, Spread
from analysis.comparison.contrast import contrast
from analysis.comparison.verdict import verdict
from analysis.values.quality import Comparability
from tests.approvals import approve
from tests.shipped import compared as compared_corridor
from tests.shipped import data as shipped
from views.language.words import LANGUAGES, Language, Words
from views.topics.comparison import verdicts as comparison_verdicts
from views.topics.comparison import words as comparison_words

data = shipped()
COMPARED = [i.id for i in data.catalogue.indicators.values() if i.compared]
INDICATOR = data.catalogue.indicators["jarak_puskesmas"]


APPROVED_CORRIDOR = "kabserang-kotaserang"


def compared_really(corridor: str, indicator: str) -> Comparison:
    return compared_corridor(corridor)[indicator, "bersentuhan"]


def told(w: Words, corridor: str, indicator: str) -> list[str]:
    """Verdict and lines of a comparison."""
    result, known = compared_really(corridor, indicator), data.catalogue.indicators[indicator]
    return [
        comparison_verdicts.overall(w, data, known, result),
        *comparison_words.lines(w, data, known, result),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comparison_of_a_border_reads_as_approved(language: Language) -> None:
    lines = []
    for indicator in COMPARED:
        lines += [f"## {indicator}", *told(Words(language), APPROVED_CORRIDOR, indicator)]
    approve(f"bandingkan-{language}.txt", "\n".join(lines))


@pytest.mark.parametrize("corridor", list(data.catalogue.corridors))
def test_every_comparison_is_told_whole(corridor: str) -> None:
    for indicator in COMPARED:
        result = compared_really(corridor, indicator)
        for language in LANGUAGES:
            lines = told(Words(language), corridor, indicator)
            assert all(lines)
            assert len(lines) > len(result.verdict.sides)
            assert not re.search(r"[{}]|\b(?:nan|inf)\b", "\n".join(lines)), indicator


def grid(rows: int = 8, columns: int = 8) -> pd.DataFrame:
    """Neighbour pairs of a grid; the first row is the border."""
    pairs = []
    for r in range(rows):
        for c in range(columns):
            here = f"32.75.{r:02}.{c:04}"
            pairs += [(here, f"32.75.{r + 1:02}.{c:04}")] if r + 1 < rows else []
            pairs += [(here, f"32.75.{r:02}.{c + 1:04}")] if c + 1 < columns else []
    return pd.DataFrame(pairs, columns=["kode_a", "kode_b"])


def compared(values: pd.Series, border: pd.Series) -> Comparison:
    kecamatan = pd.Series(values.index.str.slice(9, 13), index=values.index)
    found = contrast(values, border, grid(), None, kecamatan, indicator=INDICATOR.id, side="32.75", seed=1)
    return Comparison(
        indicator=INDICATOR.id,
        level="kelurahan",
        border_set="bersentuhan",
        contrasts=(found,),
        spreads=(Spread(None, None, ()),),
        line=None,
        gradient=None,
        theil=None,
        verdict=verdict(INDICATOR.direction, [found]),
        comparability=Comparability(None, (), 0),
        years=(2019, 2019),
    )


def world(border: float, interior: float) -> tuple[pd.Series, pd.Series]:
    kodes = pd.Index([f"32.75.{r:02}.{c:04}" for r in range(8) for c in range(8)])
    at_line = pd.Series(kodes.str.slice(6, 8) == "00", index=kodes)
    return pd.Series(interior, index=kodes).where(~at_line, border), at_line


def worlds() -> dict[str, Comparison]:
    """Made-up comparisons, one for each thing that a verdict can say."""
    behind, better, same = world(4.0, 2.0), world(2.0, 4.0), world(3.0, 3.0)
    alone = behind[1].copy()
    alone[:] = False
    alone.iloc[0] = True
    return {
        "behind": compared(*behind),
        "better": compared(*better),
        "no difference": compared(*same),
        "unknown": compared(same[0] * float("nan"), same[1]),
        "one kelurahan": compared(behind[0], alone),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_on_made_up_numbers_read_as_approved(language: Language) -> None:
    w, lines = Words(language), []
    for name, result in worlds().items():
        lines += [
            f"## {name}",
            comparison_verdicts.overall(w, data, INDICATOR, result),
            *(comparison_verdicts.side_line(w, data, INDICATOR, result, side) for side in result.verdict.sides),
        ]
    approve(f"putusan-{language}.txt", "\n".join(lines))


def said(values: pd.Series, border: pd.Series) -> tuple[str, str]:
    w, result = Words("id"), compared(values, border)
    side = comparison_verdicts.side_line(w, data, INDICATOR, result, result.verdict.sides[0])
    return comparison_verdicts.overall(w, data, INDICATOR, result), side.replace("\N{NO-BREAK SPACE}", " ")


def test_a_border_behind() -> None:
    overall, side = said(*world(4.0, 2.0))
    assert overall.startswith("Ya, di setiap sisi ")
    assert "rata-rata 4,00 km, 56 di bagian dalam 2,00 km (2019). Itu 2,0 kali lipatnya. Tertinggal, keyakinan" in side


def test_a_border_better_off_is_not_called_behind() -> None:
    overall, side = said(*world(2.0, 4.0))
    assert overall.startswith("Tidak tampak")
    assert "Itu 0,5 kali lipatnya. Lebih baik, keyakinan" in side


def test_no_gap() -> None:
    overall, side = said(*world(3.0, 3.0))
    assert overall.startswith("Tidak tampak")
    assert "Perbedaan tidak tampak." in side
    assert "kali lipatnya" not in side


def test_an_unknown_side() -> None:
    values, border = world(3.0, 3.0)
    overall, side = said(values * float("nan"), border)
    assert overall == "Belum ada data jarak ke puskesmas untuk menjawabnya."
    assert side == "Kota Bekasi: belum ada data."


def test_one_kelurahan_at_the_border() -> None:
    values, border = world(4.0, 2.0)
    border[:] = False
    border.iloc[0] = True
    overall, side = said(values, border)
    assert overall.startswith("Belum dapat dikatakan")
    assert "1 kelurahan di batas" in side
    assert "Tidak dapat diuji." in side


def test_too_few_pairs_are_said_to_be_so() -> None:
    pairs = pd.DataFrame(
        {
            "kode_a": ["32.75.01.1"],
            "kode_b": ["32.76.01.1"],
            "kode_kabkota_a": "32.75",
            "kode_kabkota_b": "32.76",
            "shared_m": 99.0,
        }
    )
    line = border_pairs(
        pd.Series({"32.75.01.1": 1.0, "32.76.01.1": 3.0}), pairs, ("32.75", "32.76"), indicator=INDICATOR.id
    )
    judged = verdict(INDICATOR.direction, [compared(*world(4.0, 2.0)).contrasts[0]], line)
    assert judged.line is not None
    text = comparison_verdicts.line_line(Words("id"), data, INDICATOR, judged.line).replace("\N{NO-BREAK SPACE}", " ")
    assert text == (
        "Tetangga lawan tetangga: 1 pasangan, Kota Depok rata-rata 2,00 km lebih tinggi; "
        "pasangan terlalu sedikit untuk diuji."
    )


@pytest.mark.parametrize("corridor", list(data.catalogue.corridors))
def test_every_caveat_of_the_analysis_has_words(corridor: str) -> None:
    for indicator in COMPARED:
        result = compared_really(corridor, indicator)
        codes = [c for side in result.verdict.sides for c in side.caveats]
        codes += result.verdict.line.caveats if result.verdict.line else ()
        for code in codes:
            assert comparison_verdicts.caveat(Words("id"), code) != code
            assert comparison_verdicts.caveat(Words("en"), code) != comparison_verdicts.caveat(Words("id"), code)
