"""Toy realisations along a line, whose answers anyone can see."""

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.fire.cover import probability
from analysis.fire.posts import Post
from analysis.fire.realisations import Realisations, realise
from analysis.fire.response import Timing
from geo.grid import Grid, grid_of

# At 60 km/h without detour a kilometre takes a minute.
PLAIN = Timing(call=0, turnout=0, delay=0, target=15, detour=1, speed=60)
ONE_SIDE, OTHER_SIDE = "10.01", "10.02"


def strip(metres: int = 40_000, step: int = 100, side: str = ONE_SIDE, start: int = 0) -> pd.DataFrame:
    """A village of one row of points."""
    x = np.arange(start, start + metres, step) + step // 2
    return pd.DataFrame({"kode": f"{side}.01.1001", "x": x, "y": 0})


def two_sides() -> Grid:
    """A strip of 40 km: the first half is one side's, the second the other's."""
    samples = pd.concat([strip(20_000), strip(20_000, side=OTHER_SIDE, start=20_000)])
    return grid_of(samples, pd.Series(1.0, index=samples["kode"].unique()))


def post(id_: str, operator: str, x: float) -> Post:
    return Post(id_, id_, operator, operator, "titik", x=x, y=0.0)


def region(id_: str, operator: str, area: str) -> Post:
    return Post(id_, id_, operator, area[:5], "kecamatan", area=area)


def people(drawn: Realisations, number: float = 1000.0) -> pd.DataFrame:
    return pd.DataFrame({"value": number, "low": 0.9 * number, "high": 1.1 * number}, index=drawn.grid.units)


def toy(*posts: Post) -> Realisations:
    return realise(two_sides(), posts, (ONE_SIDE, OTHER_SIDE))


def cell(frame: pd.DataFrame, row: Any, column: str) -> Any:
    return frame.loc[row, column]


def share_of(drawn: Realisations, timing: Timing, side: str, plan: str) -> float:
    return float(cell(probability(drawn, timing), f"{side}.01.1001", plan))


@st.composite
def realisations(draw: st.DrawFn) -> Realisations:
    posts = []
    for number in range(draw(st.integers(1, 5))):
        side = draw(st.sampled_from([ONE_SIDE, OTHER_SIDE]))
        if draw(st.booleans()):
            posts.append(post(f"p{number}", side, draw(st.integers(0, 40_000))))
        else:
            posts.append(region(f"p{number}", side, draw(st.sampled_from([ONE_SIDE, OTHER_SIDE]))))
    return toy(*posts)
