"""What may be said about one indicator along one line: a closed set of answers, each with its strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.comparison.border_pairs import BorderPairs
from analysis.comparison.contrast import Contrast

ALPHA = 0.05
STRONG = 0.01
HINT = 0.10
"""Limits of p: something is seen, it is seen clearly, and there is no more than a hint."""

SideCode = Literal["tertinggal", "lebih_baik", "tidak_tampak", "tidak_dapat_diuji", "tidak_diketahui", "tanpa_arah"]
LineCode = Literal[
    "satu_sisi_tertinggal",
    "tidak_tampak",
    "tidak_dapat_diuji",
    "tidak_dapat_dibandingkan",
    "tidak_diketahui",
    "tanpa_arah",
]
OverallCode = Literal[
    "semua_sisi_tertinggal",
    "satu_sisi_tertinggal",
    "tidak_ada_yang_tertinggal",
    "sebagian_dapat_diuji",
    "tidak_dapat_diuji",
    "tidak_diketahui",
    "tanpa_arah",
]
Strength = Literal["kuat", "sedang", "lemah", "petunjuk"]


@dataclass(frozen=True)
class SideVerdict:
    """Whether the border of one side is behind its own interior.

    Attributes
    ----------
    side : kode_kabkota
    code : tertinggal (the border is worse off), lebih_baik (better off), tidak_tampak (tested, no difference seen),
        tidak_dapat_diuji (figures but no test), tidak_diketahui (no figures), tanpa_arah (neither end is better)
    strength : of tertinggal and lebih_baik: kuat, sedang, lemah; petunjuk for a tidak_tampak that leans one way; None
    gap : border minus interior, turned so that above 0 the border is worse off; None without figures or direction
    contrast : what it rests on
    caveats : those of the contrast, and arah_dalam_kecamatan_berbeda where the comparison within kecamatan points the
        other way
    """

    side: str
    code: SideCode
    strength: Strength | None
    gap: float | None
    contrast: Contrast
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class LineVerdict:
    """Which side is behind the other, neighbour against neighbour.

    Attributes
    ----------
    code : satu_sisi_tertinggal, tidak_tampak, tidak_dapat_diuji, tidak_dapat_dibandingkan, tidak_diketahui or
        tanpa_arah
    strength : as for `SideVerdict`
    behind : kode_kabkota of the side that is worse off; for a petunjuk, the one that it points to; else None
    border_pairs : what it rests on
    caveats : those of the pairs
    """

    code: LineCode
    strength: Strength | None
    behind: str | None
    border_pairs: BorderPairs
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Result of `verdict`.

    Attributes
    ----------
    indicator, corridor, border_set : their ids
    direction : which end of the indicator is better
    overall : over all sides; sebagian_dapat_diuji where no tested side is behind but another side could not be tested
    behind : kode_kabkota of the sides whose border is behind
    sides : one a side
    line : neighbour against neighbour; None without a line
    """

    indicator: str
    corridor: str
    border_set: str
    direction: str
    overall: OverallCode
    behind: tuple[str, ...]
    sides: tuple[SideVerdict, ...]
    line: LineVerdict | None


def verdict(
    direction: str, contrasts: Sequence[Contrast], line: BorderPairs | None = None, *, corridor: str = ""
) -> Verdict:
    """Put the two comparisons of an indicator into words that the data can carry.

    Parameters
    ----------
    direction : "lebih_rendah_baik", "lebih_tinggi_baik" or "netral"
    contrasts : one a side, all of one indicator and border set
    line : pairs across the line of the same indicator, None without a line
    corridor : id that the result carries

    Raises
    ------
    ValueError
        The results are of different indicators or border sets, a side stands twice, or the direction is unknown.

    Notes
    -----
    A difference is seen where p <= 0.05. It is kuat where p <= 0.01, the interval leaves out zero and the comparison
    within kecamatan does not point the other way; sedang where the interval leaves out zero; lemah where the interval
    holds zero or there is none. Where p > 0.05, an interval that leaves out zero or p <= 0.10 is a petunjuk. Nothing is
    adjusted for looking at many indicators: see `analysis.comparison.clusters`.

    Examples
    --------
    >>> import pandas as pd
    >>> from analysis.comparison.contrast import contrast
    >>> units = [f"u{i}" for i in range(8)]
    >>> border = pd.Series([True] * 3 + [False] * 5, units)
    >>> nobody = pd.DataFrame({"kode_a": [], "kode_b": []}, dtype=str)
    >>> empty = contrast(pd.Series(float("nan"), units), border, nobody, side="36.73")
    >>> found = verdict("lebih_rendah_baik", [empty])
    >>> found.overall, found.sides[0].code
    ('tidak_diketahui', 'tidak_diketahui')
    """
    sign = {"lebih_rendah_baik": 1.0, "lebih_tinggi_baik": -1.0, "netral": 0.0}.get(direction)
    if sign is None:
        raise ValueError(f"unknown direction: {direction}")
    if len({c.side for c in contrasts}) < len(contrasts):
        raise ValueError("a side stands twice")
    indicators = {c.indicator for c in contrasts} | ({line.indicator} if line is not None else set())
    sets = {c.border_set for c in contrasts}
    if len(indicators) > 1 or len(sets) > 1:
        raise ValueError("a verdict is about one indicator and one border set")
    sides = tuple(_side(contrast, sign) for contrast in contrasts)
    return Verdict(
        indicator=next(iter(indicators), ""),
        corridor=corridor,
        border_set=next(iter(sets), ""),
        direction=direction,
        overall=_overall([side.code for side in sides]),
        behind=tuple(side.side for side in sides if side.code == "tertinggal"),
        sides=sides,
        line=None if line is None else _line(line, sign),
    )


def _strength(p: float, low: float | None, high: float | None, doubt: bool) -> Strength | None:
    """How sure a difference is; petunjuk or None where p does not show one."""
    clear = low is not None and high is not None and (low > 0 or high < 0)
    if p > ALPHA:
        return "petunjuk" if clear or p <= HINT else None
    if not clear:
        return "lemah"
    return "kuat" if p <= STRONG and not doubt else "sedang"


def _side(contrast: Contrast, sign: float) -> SideVerdict:
    found = contrast.difference
    caveats = contrast.caveats
    code: SideCode
    strength: Strength | None = None
    if found is None:
        code = "tidak_diketahui"
    elif sign == 0:
        code = "tanpa_arah"
    elif found.p is None:
        code = "tidak_dapat_diuji"
    else:
        inside = contrast.within.difference if contrast.within is not None else None
        doubt = inside is not None and inside.value * found.value < 0
        if doubt:
            caveats = (*caveats, "arah_dalam_kecamatan_berbeda")
        strength = _strength(found.p, found.low, found.high, doubt)
        seen = found.p <= ALPHA and found.value != 0
        code = ("tertinggal" if found.value * sign > 0 else "lebih_baik") if seen else "tidak_tampak"
    return SideVerdict(
        side=contrast.side,
        code=code,
        strength=strength,
        gap=None if found is None or sign == 0 else found.value * sign,
        contrast=contrast,
        caveats=caveats,
    )


def _line(line: BorderPairs, sign: float) -> LineVerdict:
    code: LineCode
    strength: Strength | None = None
    behind = None
    if line.comparison is not None and line.comparison.block == "definisi":
        code = "tidak_dapat_dibandingkan"
    elif line.difference is None or line.bundle_difference is None:
        code = "tidak_diketahui"
    elif sign == 0:
        code = "tanpa_arah"
    elif line.p is None:
        code = "tidak_dapat_diuji"
    else:
        strength = _strength(line.p, line.low, line.high, line.difference * line.bundle_difference < 0)
        code = "satu_sisi_tertinggal" if line.p <= ALPHA and line.bundle_difference != 0 else "tidak_tampak"
        if strength is not None:
            behind = line.sides[1 if line.bundle_difference * sign > 0 else 0]
    return LineVerdict(code=code, strength=strength, behind=behind, border_pairs=line, caveats=line.caveats)


def _overall(codes: Sequence[SideCode]) -> OverallCode:
    if "tanpa_arah" in codes:
        return "tanpa_arah"
    behind = codes.count("tertinggal")
    if behind:
        return "semua_sisi_tertinggal" if behind == len(codes) else "satu_sisi_tertinggal"
    tested = sum(code in ("tidak_tampak", "lebih_baik") for code in codes)
    if tested:
        return "tidak_ada_yang_tertinggal" if tested == len(codes) else "sebagian_dapat_diuji"
    return "tidak_dapat_diuji" if "tidak_dapat_diuji" in codes else "tidak_diketahui"
