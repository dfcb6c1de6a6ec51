"""Numbers as one says them: never more digits than are heard, never a middle where the range matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.language import aloud
from views.language.words import Words

indonesian, english = Words("id"), Words("en")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (0.457, "0,46"),
        (1.84, "1,8"),
        (2.0, "2"),
        (99.6, "100"),
        (1_249, "1.200"),
        (9_999, "10 ribu"),
        (72_612, "73 ribu"),
        (213_400, "210 ribu"),
        (1_234_567, "1,2 juta"),
        (2_000_000, "2 juta"),
    ],
)
def test_a_number_is_told_with_two_digits(value: float, told: str) -> None:
    assert aloud.rounded(indonesian, value) == told


def test_the_line_below_may_hold_three_digits_and_english_has_its_own_words() -> None:
    assert aloud.rounded(indonesian, 213_400, 3) == "213 ribu"
    assert aloud.rounded(english, 213_400, 3) == "213 thousand"
    assert aloud.figures(indonesian, 325_300, 373_100) == "330 ribu sampai 370 ribu"


@given(st.floats(0, 1e8))
def test_what_is_told_is_never_further_off_than_two_digits_allow(value: float) -> None:
    told = aloud.rounded(english, value).replace(",", "")
    number, _, size = told.partition(" ")
    found = float(number) * {"": 1, "thousand": 1_000, "million": 1_000_000}[size]
    assert found == pytest.approx(value, rel=0.0501, abs=1e-9)


def test_a_range_is_told_as_a_range() -> None:
    assert aloud.between(indonesian, 72_612, 213_400) == "73 ribu sampai 210 ribu"
    assert aloud.between(indonesian, 0, 213_400) == "nol sampai 210 ribu"
    assert aloud.between(indonesian, 1_201, 1_199) == "kira-kira 1.200"


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (325, 373, "kira-kira tiga dari empat"),
        (10, 12, "kurang dari satu dari dua puluh"),
        (459, 465, "hampir semua"),
        (0, 0, "tidak seorang pun"),
        (100, 373, "100 sampai 370"),
        (0, 373, "nol sampai 370"),
    ],
)
def test_a_share_is_told_in_words_and_a_wide_one_as_people(low: float, high: float, told: str) -> None:
    assert aloud.people_of(indonesian, low, high, 465) == told


@given(st.floats(0.05, 0.95))
def test_no_share_is_told_as_another(value: float) -> None:
    told = aloud.share(indonesian, value).removeprefix("kira-kira ")
    (known,) = (n for n, text in aloud.fractions(indonesian).items() if text == told)
    assert abs(known - value) <= 0.05 + 1e-9


def test_changes_are_told_with_their_direction() -> None:
    told = [aloud.change(indonesian, n) for n in (0.48, -0.21, 0.01, -0.01, 1.1, 0.03)]
    assert told == [
        "naik kira-kira separuh",
        "turun kira-kira seperlima",
        "hampir tetap",
        "hampir tetap",
        "menjadi 2,1 kali lipat",
        "naik sedikit",
    ]


def test_titles_stand_in_a_sentence_in_small_letters_unless_they_are_names() -> None:
    titles = ["Jarak ke SD", "SD di dalam kelurahan", "Indeks Desa Membangun", "Tamat D3 ke atas", "State SMP"]
    assert [aloud.within(t) for t in titles] == [
        "jarak ke SD",
        "SD di dalam kelurahan",
        "Indeks Desa Membangun",
        "tamat D3 ke atas",
        "state SMP",
    ]
    assert aloud.within("Village Development Index (IDM)") == "Village Development Index"
