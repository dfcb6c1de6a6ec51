"""What borders show: toy sides with obvious answers."""

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.field import CODES, border_codes, field_of, judged

GOOD = pd.Series({"a": "sedang", "b": "sedang", "c": "rendah"})


def sides(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Pair, side, code and at_density of each."""
    frame = pd.DataFrame(rows, columns=["pair", "side", "code", "at_density"])
    gaps = np.arange(len(rows), dtype=float)
    frame = frame.assign(any_gap_km=gaps / 2, any_density_gap_km=-2.0)
    return frame.assign(gap_km=gaps, density_gap_km=-1.0, p=0.5, density_p=0.5)


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("tertinggal", "tidak_tampak", "lebih_jauh"),
        ("tertinggal", "tidak_dapat_diuji", "lebih_jauh"),
        ("tidak_dapat_terlihat", "lebih_baik", "lebih_dekat"),
        ("tertinggal", "lebih_baik", "berlawanan"),
        ("tidak_tampak", "tidak_tampak", "tidak_tampak"),
        ("tidak_tampak", "tidak_dapat_diuji", "tidak_dapat_terlihat"),
        ("tidak_diketahui", "tidak_tampak", "tidak_dapat_terlihat"),
    ],
)
def test_a_border_shows_what_its_sides_show_whichever_comes_first(one: str, other: str, shown: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = judged(sides(("a-b", "a", first, ""), ("a-b", "b", second, "")), GOOD)
        assert border_codes(found).to_dict() == {"a-b": shown}


def test_a_thin_list_is_never_compared_whatever_its_figures_say() -> None:
    rows = sides(
        ("a-c", "a", "tidak_tampak", ""),
        ("a-c", "c", "tertinggal", "tertinggal"),
        ("c-d", "c", "tertinggal", ""),
        ("c-d", "d", "lebih_baik", ""),
    )
    found = judged(rows, GOOD)
    assert found["raw"].tolist() == ["tidak_tampak", "daftar_tipis", "daftar_tipis", "daftar_tipis"]
    assert border_codes(found).to_dict() == {"a-c": "tidak_tampak", "c-d": "tidak_dibandingkan"}
    field = field_of("jarak_sd", found)
    assert (field.compared, field.gaps.tolist()) == (1, [0.0])


def test_at_equal_density_only_what_is_still_seen_remains() -> None:
    rows = sides(
        ("a-b", "a", "tertinggal", "tertinggal"),
        ("a-b", "b", "tertinggal", "tidak_tampak"),
        ("b-d", "b", "lebih_baik", "tertinggal"),
        ("b-d", "d", "tertinggal", ""),
    )
    found = judged(rows, GOOD.rename({"c": "d"}).replace("rendah", "sedang"))
    assert found["density"].tolist() == ["tertinggal", "tidak_tampak", "tidak_tampak", "tidak_dapat_terlihat"]
    assert border_codes(found, "density").to_dict() == {"a-b": "lebih_jauh", "b-d": "tidak_dapat_terlihat"}
    field = field_of("jarak_sd", found)
    assert (field.borders["lebih_jauh"], field.borders["berlawanan"]) == (1, 1)
    assert sum(field.borders.values()) == 2
    assert set(field.borders) == set(CODES)


def test_a_hint_is_what_the_test_of_one_side_alone_shows() -> None:
    rows = sides(*[(pair, "a", "tidak_tampak", "") for pair in ("1", "2", "3", "4")])
    rows = rows.assign(gap_km=[1.0, -1.0, 1.0, 1.0], p=[0.01, 0.05, 0.06, np.nan], density_gap_km=1.0, density_p=0.01)
    found = judged(rows, GOOD)
    assert found["raw"].tolist() == ["petunjuk_jauh", "petunjuk_dekat", "tidak_tampak", "tidak_tampak"]
    assert border_codes(found).tolist() == found["raw"].tolist()
    assert border_codes(found, "density").tolist() == ["petunjuk_jauh"] * 4


def test_by_how_much() -> None:
    field = field_of("jarak_sd", judged(sides(*[("a-b", "a", "tidak_tampak", "")] * 5), GOOD))
    assert field.quartiles() == (1.0, 2.0, 3.0)
    assert field.any_medians == (1.0, -2.0)
    assert field.share_farther() == 0.8
    assert field.share_farther(density=True) == 0.0
    assert field_of("jarak_sd", judged(sides(("c-d", "c", "tertinggal", "")), GOOD)).quartiles() is None
