"""At how many land borders the edge is farther from school than the interior, by how much, and where it is nearer.

Each side of a border is an edge of its own, held against the interior of its own kabkota. A side whose list of schools
is thin is never compared. Everything is descriptive: a gap, never an effect of the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison.verdict import ALPHA

BorderCode = Literal[
    "lebih_jauh",
    "petunjuk_jauh",
    "lebih_dekat",
    "petunjuk_dekat",
    "berlawanan",
    "tidak_tampak",
    "tidak_dapat_terlihat",
    "tidak_dibandingkan",
]
CODES: tuple[BorderCode, ...] = get_args(BorderCode)
"""What a border shows: its edge is farther on at least one side and nearer on none; the same as a hint, which its own
test gives and that of all borders together does not; nearer, or a hint of it; farther on one side and nearer on the
other; no difference is seen where one would have been; it could not be seen; no side can be compared."""
THIN = "rendah"
"""Quality of a list of schools that is never compared."""
NOT_COMPARED = "daftar_tipis"
SEEN = ("tertinggal", "lebih_baik")
FARTHER, NEARER = ("tertinggal", "petunjuk_jauh"), ("lebih_baik", "petunjuk_dekat")
"""What one side shows in either direction: seen, and a hint."""


def judged(sides: pd.DataFrame, quality: pd.Series) -> pd.DataFrame:
    """What each side shows, as it is and at equal density.

    Parameters
    ----------
    sides : one indicator and reach, a row a pair and side: pair, side, gap_km, p, code, density_gap_km, density_p and
        at_density (the code at equal density of a difference that is seen, "" without a test)
    quality : of the list of schools, by kode_kabkota; one that is not there counts as thin

    Returns
    -------
    DataFrame
        The rows with raw (the code, petunjuk_jauh or petunjuk_dekat where p alone shows a difference, `NOT_COMPARED`
        for a thin list) and density (the same at equal density: of a difference that is seen, what is left of it).

    Examples
    --------
    >>> row = {"pair": "a-b", "side": ["a", "b"], "gap_km": 1.0, "p": 0.01, "code": "tidak_tampak", "at_density": ""}
    >>> rows = pd.DataFrame(row | {"density_gap_km": 0.1, "density_p": 0.4})
    >>> judged(rows, pd.Series({"a": "sedang", "b": "rendah"}))[["raw", "density"]].to_numpy().tolist()
    [['petunjuk_jauh', 'tidak_tampak'], ['daftar_tipis', 'daftar_tipis']]
    """
    thin = ~sides["side"].map(quality).fillna(THIN).ne(THIN)
    code, seen = sides["code"], sides["code"].isin(SEEN)
    left = sides["at_density"].fillna("")
    left = left.where(left.eq(code), "tidak_tampak").where(left.ne(""), "tidak_dapat_terlihat")
    raw = _hinted(code, sides["gap_km"], sides["p"])
    density = _hinted(code.mask(seen, left), sides["density_gap_km"], sides["density_p"])
    return sides.assign(raw=raw.mask(thin, NOT_COMPARED), density=density.mask(thin, NOT_COMPARED))


def _hinted(code: pd.Series, gap: pd.Series, p: pd.Series) -> pd.Series:
    """The codes with a hint where the test of one side alone shows a difference."""
    hint = p.le(ALPHA) & ~code.isin(SEEN)
    return code.mask(hint & gap.gt(0), FARTHER[1]).mask(hint & gap.lt(0), NEARER[1])


def border_codes(judged_sides: pd.DataFrame, column: Literal["raw", "density"] = "raw") -> pd.Series:
    """What each border shows, one of `CODES` by pair.

    Parameters
    ----------
    judged_sides : as `judged` gives them
    column : as it is, or at equal density

    Examples
    --------
    >>> rows = pd.DataFrame({"pair": ["a-b", "a-b", "b-c"], "raw": ["tertinggal", "tidak_tampak", "daftar_tipis"]})
    >>> border_codes(rows).to_dict()
    {'a-b': 'lebih_jauh', 'b-c': 'tidak_dibandingkan'}
    """
    pair, code = judged_sides["pair"], judged_sides[column]

    def some(*wanted: str) -> pd.Series:
        return code.isin(wanted).groupby(pair).any()

    farther, nearer = some(*FARTHER), some(*NEARER)
    # "Not seen" is only said where a difference would have been seen on each side that is judged.
    blind = some("tidak_dapat_terlihat", "tidak_dapat_diuji", "tidak_diketahui", "tanpa_arah")
    found = pd.Series("tidak_dibandingkan", index=farther.index)
    found = found.mask(some("tidak_tampak"), "tidak_tampak").mask(blind, "tidak_dapat_terlihat")
    found = found.mask(farther & nearer, "berlawanan")
    for alone, (sure, hint), codes in (
        (farther & ~nearer, ("lebih_jauh", "petunjuk_jauh"), FARTHER),
        (nearer & ~farther, ("lebih_dekat", "petunjuk_dekat"), NEARER),
    ):
        found = found.mask(alone, hint).mask(alone & some(codes[0]), sure)
    return found.rename("code")


@dataclass(frozen=True, eq=False)
class Field:
    """The question of the field for one indicator.

    Attributes
    ----------
    indicator : its id
    borders : number of borders by code of `CODES`
    gaps, density_gaps : border minus interior in km of every side that is compared, rising
    any_medians : median of these gaps, as it is and at equal density, where the schools of all kabkota count; None
        without any
    """

    indicator: str
    borders: dict[str, int]
    gaps: npt.NDArray[np.float64]
    density_gaps: npt.NDArray[np.float64]
    any_medians: tuple[float, float] | None

    @property
    def compared(self) -> int:
        """Borders of which at least one side is compared."""
        return sum(self.borders.values()) - self.borders["tidak_dibandingkan"]

    def quartiles(self, *, density: bool = False) -> tuple[float, float, float] | None:
        """The gap below which a quarter, half and three quarters of the compared sides lie; None without any."""
        gaps = self.density_gaps if density else self.gaps
        if not gaps.size:
            return None
        low, middle, high = np.quantile(gaps, [0.25, 0.5, 0.75]).tolist()
        return low, middle, high

    def share_farther(self, *, density: bool = False) -> float | None:
        """Share (0 to 1) of the compared sides whose edge lies farther, whether or not chance could do it."""
        gaps = self.density_gaps if density else self.gaps
        return float((gaps > 0).mean()) if gaps.size else None


def field_of(indicator: str, judged_sides: pd.DataFrame) -> Field:
    """The answer for one indicator.

    Parameters
    ----------
    indicator : its id
    judged_sides : as `judged` gives them, with any_gap_km and any_density_gap_km, the same gaps where the schools of
        all kabkota count
    """
    kept = judged_sides[judged_sides["raw"] != NOT_COMPARED]

    def rising(column: str) -> npt.NDArray[np.float64]:
        return np.sort(kept[column].dropna().to_numpy(dtype=float))

    counts = border_codes(judged_sides, "raw").value_counts()
    everywhere = kept[["any_gap_km", "any_density_gap_km"]].median()
    return Field(
        indicator,
        {code: int(counts.get(code, 0)) for code in CODES},
        rising("gap_km"),
        rising("density_gap_km"),
        None if everywhere.isna().any() else (float(everywhere.iloc[0]), float(everywhere.iloc[1])),
    )
