"""Kinds of parameter: what is written is read again, and what cannot be used is refused whole, with its parts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.link.kinds import (
    LONGEST,
    Address,
    Choice,
    Kind,
    Number,
    Numbers,
    Reason,
    RefusedError,
    Several,
    Whole,
    origin,
    taken,
)

CHOICE = Choice(("a", "b", "c"), "a")
SEVERAL = Several(("a", "b", "c", "d"), ("b",), most=3)
FREE = Several(("a", "b", "c"), ("a", "b", "c"), free=True)
WHOLE = Whole(0, 5000, 0)
NUMBERS = Numbers(
    {"tunda": Number(0, 15, 2.0), "laju": Number(10, 60, 25.0), "kali": Number(0, 5, 1), "ya": Number(0, 1, False)},
    {"damkar_tunda": "tunda"},
)
KINDS: list[Kind] = [CHOICE, SEVERAL, FREE, WHOLE, NUMBERS, Address()]


def codes(kind: Kind, *texts: str) -> list[tuple[str, str]]:
    """Codes and parts of a refusal."""
    with pytest.raises(RefusedError) as caught:
        taken(kind, texts)
    return [(r.code, r.part) for r in caught.value.reasons]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (CHOICE, "b", "b"),
        (SEVERAL, "d;a", ["a", "d"]),
        (FREE, "c;a", ["c", "a"]),
        (WHOLE, "17", 17),
        (NUMBERS, "tunda:6;kali:3", {"tunda": 6.0, "laju": 25.0, "kali": 3, "ya": False}),
        (NUMBERS, "tunda:2,5", {"tunda": 2.5, "laju": 25.0, "kali": 1, "ya": False}),
        (NUMBERS, "damkar_tunda:3;ya:1", {"tunda": 3.0, "laju": 25.0, "kali": 1, "ya": True}),
        (Address(), "https://tapal.kota.go.id:8501/", "https://tapal.kota.go.id:8501"),
    ],
)
def test_what_can_be_used_is_read(kind: Kind, text: str, value: Any) -> None:
    found = taken(kind, [text])
    assert found == value
    if isinstance(value, dict):
        assert {key: type(n) for key, n in found.items()} == {key: type(n) for key, n in value.items()}
    assert taken(kind, [kind.text(found)]) == value


@pytest.mark.parametrize(
    ("kind", "text", "refused"),
    [
        (CHOICE, "x", [("tidak_dikenal", "x")]),
        (CHOICE, "A", [("tidak_dikenal", "A")]),
        (SEVERAL, "a;x;y", [("tidak_dikenal", "x"), ("tidak_dikenal", "y")]),
        (SEVERAL, "a;a", [("dua_kali", "a")]),
        (SEVERAL, "a;", [("tidak_dikenal", "")]),
        (SEVERAL, "a;b;c;d", [("terlalu_banyak", "4")]),
        (WHOLE, "-1", [("bilangan_bulat", "-1")]),
        (WHOLE, "1,5", [("bilangan_bulat", "1,5")]),
        (WHOLE, "5001", [("bilangan_bulat", "5001")]),
        (WHOLE, "²", [("bilangan_bulat", "²")]),
        (WHOLE, "9" * 30, [("bilangan_bulat", "9" * 30)]),
        (NUMBERS, "tunda:300", [("batas", "tunda:300")]),
        (NUMBERS, "tunda:-0,1", [("batas", "tunda:-0,1")]),
        (NUMBERS, "bulan:3;tunda:1", [("tidak_dikenal", "bulan:3")]),
        (NUMBERS, "tunda:1;damkar_tunda:2", [("dua_kali", "damkar_tunda:2")]),
        (NUMBERS, "tunda:", [("bilangan", "tunda:")]),
        (NUMBERS, "tunda", [("bilangan", "tunda")]),
        (NUMBERS, "tunda:nan", [("bilangan", "tunda:nan")]),
        (NUMBERS, "tunda:1e1", [("bilangan", "tunda:1e1")]),
        (NUMBERS, "tunda:1_0", [("bilangan", "tunda:1_0")]),
        (NUMBERS, "tunda:١", [("bilangan", "tunda:١")]),
        (NUMBERS, "kali:1.5", [("batas", "kali:1.5")]),
        (NUMBERS, "tunda:6;;", [("tidak_dikenal", ""), ("tidak_dikenal", "")]),
        (NUMBERS, "tunda:99;laju:1", [("batas", "tunda:99"), ("batas", "laju:1")]),
        (Address(), "javascript:alert(1)", [("alamat", "javascript:alert(1)")]),
        (Address(), "https://a@b.example", [("alamat", "https://a@b.example")]),
        (Address(), "https://b.example/x", [("alamat", "https://b.example/x")]),
    ],
)
def test_what_cannot_be_used_is_refused_with_every_wrong_part(
    kind: Kind, text: str, refused: list[tuple[str, str]]
) -> None:
    assert codes(kind, text) == refused


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: type(k).__name__)
def test_every_kind_refuses_what_is_no_value_at_all(kind: Kind) -> None:
    assert codes(kind, "") == codes(kind, "  ") == [("kosong", "")]
    assert codes(kind, "a", "b") == [("berulang", "a"), ("berulang", "b")]
    assert codes(kind, "a" * (LONGEST + 1)) == [("terlalu_panjang", "a" * (LONGEST + 1))]
    for sign in "\x00\n\u202e\u200b\ud800":
        assert codes(kind, f"a{sign}") == [("tak_tampak", f"a{sign}")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://tapal.kota.go.id", "https://tapal.kota.go.id"),
        (" HTTP://Tapal.Kota.go.id/ ", "http://tapal.kota.go.id"),
        ("http://192.168.1.5:8501", "http://192.168.1.5:8501"),
        ("http://[fe80::1]:8501", "http://[fe80::1]:8501"),
        *((bad, None) for bad in ("", "tapal.go.id", "javascript:alert(1)", "https://", "https://a.id/jalur", "ftp://a.id")),
        *((bad, None) for bad in ("https://a.id?x=1", "https://u:p@a.id", "https://a.id:99999", "https://a b.id", "http://[x")),
        *((bad, None) for bad in ("https://a..id", "https://<img>", "https://a.id#x", "https://" + "a" * 300)),
    ],
)  # fmt: skip
def test_an_address_is_an_origin(typed: str, kept: str | None) -> None:
    assert origin(typed) == kept


@given(st.sampled_from(KINDS), st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_half(kind: Kind, text: str) -> None:
    try:
        value = taken(kind, [text])
    except RefusedError:
        return
    assert kind.checked(value) == kind.fitting(value) == value
    assert value == kind.default or taken(kind, [kind.text(value)]) == value


@given(st.fixed_dictionaries({"tunda": st.floats(0, 15), "laju": st.floats(10, 60), "kali": st.integers(0, 5)}))
def test_numbers_come_back_to_the_last_digit(given_numbers: dict[str, float]) -> None:
    value = NUMBERS.checked(NUMBERS.default | given_numbers)
    text = NUMBERS.text(value)
    assert taken(NUMBERS, [text]) == value if text else value == NUMBERS.default


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.lists(st.text(max_size=2), max_size=6),
    )
)
def test_what_a_forged_widget_sends_is_checked(value: Any) -> None:
    for kind in (CHOICE, SEVERAL, FREE, WHOLE):
        try:
            found = kind.checked(value)
        except RefusedError:
            continue
        assert kind.checked(found) == found
    try:
        assert NUMBERS.checked(NUMBERS.default | {"tunda": value})["tunda"] == pytest.approx(float(value), abs=1e-6)
    except RefusedError:
        assert not isinstance(value, (int, float)) or not 0 <= value <= 15


def test_an_earlier_value_keeps_what_is_still_allowed() -> None:
    assert CHOICE.fitting("x") == "a"
    assert SEVERAL.fitting(["x", "c"]) == ["c"]
    assert SEVERAL.fitting([]) == []
    assert WHOLE.fitting(9000) == 0
    assert NUMBERS.fitting({"tunda": 4.0, "lain": 1.0, "laju": 99.0}) == NUMBERS.default | {"tunda": 4.0}


def test_a_reason_names_its_limits() -> None:
    with pytest.raises(RefusedError) as caught:
        taken(NUMBERS, ["laju:5"])
    assert caught.value.reasons == (Reason("batas", "laju:5", 10, 60),)
