"""Gaps: direction, people and unknown values on numbers that can be checked in the head."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.values.gaps import lacking_share, people_lacking, signed_gap

values = st.lists(st.floats(0, 1e4), min_size=1, max_size=20).map(pd.Series)
thresholds = st.floats(0.01, 1e3)


def test_distance_beyond_the_radius_is_a_gap() -> None:
    gap = signed_gap(pd.Series([0.5, 1.0, 3.0, np.nan]), 1.0, "lebih_rendah_baik")
    assert gap.tolist()[:3] == [-0.5, 0.0, 2.0]
    assert np.isnan(gap.iloc[3])


def test_too_few_schools_are_a_gap_and_plenty_are_none() -> None:
    assert signed_gap(pd.Series([2.0, 5.0]), 4.0, "lebih_tinggi_baik").tolist() == [0.5, -0.25]
    assert lacking_share(pd.Series([2.0, 5.0, 0.0]), 4.0, "lebih_tinggi_baik").tolist() == [0.5, 0.0, 1.0]


@pytest.mark.parametrize("threshold", [0.0, -1.0, float("nan")])
def test_a_threshold_must_be_above_zero(threshold: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        signed_gap(pd.Series([1.0]), threshold, "lebih_rendah_baik")


def test_a_neutral_indicator_has_no_gap() -> None:
    with pytest.raises(ValueError, match="netral"):
        signed_gap(pd.Series([1.0]), 1.0, "netral")


@given(values, thresholds, st.sampled_from(["lebih_rendah_baik", "lebih_tinggi_baik"]))
def test_meeting_the_standard_exactly_is_no_gap_and_shares_stay_within_zero_and_one(
    series: pd.Series, threshold: float, direction: str
) -> None:
    assert signed_gap(pd.Series([threshold]), threshold, direction).iloc[0] == 0
    shares = lacking_share(series, threshold, direction)
    assert shares.between(0, 1).all()
    assert ((shares > 0) == (signed_gap(series, threshold, direction) > 0)).all()


def test_unknown_population_or_share_gives_no_people() -> None:
    population = pd.DataFrame(
        {"people": [100.0, np.nan, 100.0], "low": [90.0, np.nan, np.nan], "high": [110.0, np.nan, np.nan]},
        index=["a", "b", "c"],
    )
    people = people_lacking(pd.Series([0.5, 0.5, np.nan, 1.0], index=["a", "b", "c", "d"]), population)
    assert people.to_dict("index")["a"] == {"people": 50, "low": 45, "high": 55}
    assert people.loc[["b", "c", "d"]].isna().all().all()
