"""Codes and names of places: what is one, what is put to a person, what is refused."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.places import LEAVE_OUT, Doubt, Places, bare
from data.intake.problems import CellError
from tests.data.intake.making import BEKASI_DEPOK
from tests.shipped import data

TOY = pd.DataFrame(
    {
        "nama": ["Jatimakmur", "Jatibening", "Sukamaju", "Sukamaju", "Kelapa Dua"],
        "kecamatan": ["Pondokgede", "Pondokgede", "Cilodong", "Bantargebang", "Pondokgede"],
        "kabkota": ["Kota Bekasi", "Kota Bekasi", "Kota Depok", "Kota Bekasi", "Kota Bekasi"],
        "kode_bps2020": ["3275010001", "3275010002", "3276010001", "3275020001", "3275010003"],
    },
    index=["32.75.08.1003", "32.75.08.1002", "32.76.08.1001", "32.75.09.1001", "32.75.08.1009"],
)
NONE: Mapping[str, str] = MappingProxyType({})
PLACES = Places(TOY, ["32.75", "32.76"])


def match(
    code: object = "",
    name: str = "",
    kecamatan: str = "",
    kabkota: str = "",
    bps: bool = False,
    decided: Mapping[str, str] = NONE,
) -> str | Doubt:
    return PLACES.match(code, name, kecamatan, kabkota, bps, decided)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code",
    ["32.75.08.1003", "3275081003", " 3275081003 ", "'3275081003", "32 75 08 1003", "3275081003.0", 3275081003.0],
)
def test_a_code_is_one_with_and_without_dots(code: object) -> None:
    assert match(code) == "32.75.08.1003"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("3,60401E+09", "code_cut"),
        ("3.275081003e9", "code_cut"),
        ("327508100", "code_short"),
        ("32.75.08", "code_short"),
        ("32750810031", "code_long"),
        ("0164A", "code_form"),
        ("=A1", "code_form"),
        (True, "code_form"),
        (1.5, "code_form"),
        (float("nan"), "code_form"),
        ("3275089999", "code_unknown"),
        ("3275010001", "code_other"),
        ("٣٢٧٥٠٨١٠٠٣", "code_form"),
    ],
)
def test_a_code_that_is_none_is_refused_with_its_reason(code: object, reason: str) -> None:
    with pytest.raises(CellError) as error:
        match(code)
    assert error.value.code == reason


def test_a_code_that_lost_digits_is_not_filled_up_by_way_of_the_name() -> None:
    with pytest.raises(CellError, match="code_short"):
        match("327508100", "Jatimakmur")


@pytest.mark.parametrize(
    "name",
    [
        "Jatimakmur", "JATI MAKMUR", "Kel. JATI MAKMUR", "KEL.JATIMAKMUR", "Kelurahan Jati-Makmur",
        "J A T I M A K M U R", "Jatimakmur (Kec. Pondokgede)", "Kelurahan/Desa Jatimakmur", "  jatimakmur\t",
        "Játimakmur",
    ],
)  # fmt: skip
def test_a_name_is_one_however_it_is_written(name: str) -> None:
    assert match(name=name) == "32.75.08.1003"


@pytest.mark.parametrize("name", ["Kelapa Dua", "Desa Kelapa Dua", "KELAPADUA"])
def test_a_name_that_begins_like_a_kind_stays_whole(name: str) -> None:
    assert match(name=name) == "32.75.08.1009"


@pytest.mark.parametrize(
    ("kecamatan", "kabkota", "kode"),
    [
        ("Cilodong", "", "32.76.08.1001"),
        ("KEC. BANTAR GEBANG", "KOTA BEKASI", "32.75.09.1001"),
        ("", "Depok", "32.76.08.1001"),
        ("", "Kota Bekasi", "32.75.09.1001"),
    ],
)
def test_the_same_name_is_told_apart_by_its_area(kecamatan: str, kabkota: str, kode: str) -> None:
    assert match(name="Sukamaju", kecamatan=kecamatan, kabkota=kabkota) == kode


def test_a_name_that_stands_twice_is_put_to_a_person() -> None:
    found = match(name="Sukamaju")
    assert isinstance(found, Doubt)
    assert (found.reason, set(found.options)) == ("name_twice", {"32.76.08.1001", "32.75.09.1001"})
    assert match(name="Sukamaju", decided={found.key: "32.75.09.1001"}) == "32.75.09.1001"
    with pytest.raises(CellError, match="left_out"):
        match(name="Sukamaju", decided={found.key: LEAVE_OUT})


def test_a_misspelt_name_is_suggested_and_never_taken() -> None:
    found = match(name="Jatimakmr")
    assert isinstance(found, Doubt)
    assert (found.reason, found.options[0]) == ("name_unknown", "32.75.08.1003")


def test_a_misspelt_kecamatan_makes_a_doubt() -> None:
    found = match(name="Jatimakmur", kecamatan="Pondokgedeh", kabkota="Kota Bekasi")
    assert isinstance(found, Doubt)
    assert found.options == ("32.75.08.1003",)


def test_code_and_name_that_disagree_are_both_shown() -> None:
    found = match("32.75.08.1003", "Jatibening")
    assert isinstance(found, Doubt)
    assert (found.reason, found.options) == ("code_name", ("32.75.08.1003", "32.75.08.1002"))


def test_another_kabkota_is_not_searched() -> None:
    with pytest.raises(CellError, match="area_unknown"):
        match(name="Cicalengka", kabkota="Kab. Bandung")


def test_codes_of_bps_are_told_from_those_of_kemendagri() -> None:
    codes, names = list(TOY["kode_bps2020"]), list(TOY["nama"])
    assert PLACES.is_bps(codes, names) == (5, 0)
    assert PLACES.is_bps(list(TOY.index), names) == (0, 5)
    assert match(codes[0], names[0], bps=True) == "32.75.08.1003"


def test_every_kelurahan_is_found_by_its_own_code_and_within_its_kecamatan_by_its_name() -> None:
    known = data().kelurahan
    places = Places(known)
    for kode, row in known[known["kode_kabkota"].isin(BEKASI_DEPOK)].iterrows():
        assert places.match(str(kode).replace(".", ""), row["nama"].upper(), "", "", False, {}) == kode
        assert places.match("", f"KEL. {row['nama']}", row["kecamatan"], row["kabkota"], False, {}) == kode


@given(st.one_of(st.text(max_size=30), st.floats(), st.booleans()), st.text(max_size=30), st.text(max_size=20))
def test_any_row_is_a_place_a_doubt_or_refused(code: object, name: str, area: str) -> None:
    try:
        found = match(code, name, area)
    except CellError:
        return
    assert isinstance(found, Doubt) or found in TOY.index


@given(st.text(max_size=40))
def test_a_bare_name_is_letters_and_digits_and_stays_so(name: str) -> None:
    once = bare(name)
    assert once == "" or once.isalnum()
