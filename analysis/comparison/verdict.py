"""What may be said about one indicator along one line: a closed set of answers, each with its strength."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import false_discovery_control

from analysis.comparison.border_pairs import BorderPairs
from analysis.comparison.contrast import Contrast, Difference

ALPHA = 0.05
STRONG = 0.01
"""Limits of q: something is seen, and it is seen clearly."""

ENOUGH_POWER = 0.8
"""Probability of seeing a deficit of one standard deviation below which its absence says nothing (Cohen 1988)."""

SideCode = Literal[
    "tertinggal",
    "lebih_baik",
    "tidak_tampak",
    "tidak_dapat_terlihat",
    "tidak_dapat_diuji",
    "tidak_diketahui",
    "tanpa_arah",
]
LineCode = Literal[
    "satu_sisi_tertinggal",
    "tidak_tampak",
    "tidak_dapat_terlihat",
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
    "tidak_dapat_terlihat",
    "tidak_dapat_diuji",
    "tidak_diketahui",
    "tanpa_arah",
]
Strength = Literal["kuat", "sedang", "lemah", "petunjuk"]
Rate = Literal["by", "bh"]


@dataclass(frozen=True)
class Family:
    """Tests that are judged together, since somebody who looks at all of them finds something by chance.

    Attributes
    ----------
    tests : their number
    q : by p, the false discovery rate at which it would just count
    limit : largest p at which a test that is not seen would have been
    """

    tests: int
    q: Mapping[float, float]
    limit: float


def family(ps: Iterable[float | None], rate: Rate = "by") -> Family:
    """Judge the tests with these p together; None is no test.

    Parameters
    ----------
    ps : two-sided p of each test
    rate : "by" (Benjamini and Yekutieli 2001) holds whatever the tests have to do with each other; "bh" (Benjamini and
        Hochberg 1995) where each has to do with few of very many (Storey, Taylor and Siegmund 2004, JRSS B 66(1))

    Notes
    -----
    Border sets of one line overlap, and so do the indicators of one service. Where nothing was to be found on the true
    geometry, the rate of Benjamini and Hochberg called something in 9 % of corridors instead of 5, this one in 3 %
    (docs/metode.md).

    Examples
    --------
    >>> found = family([0.001, 0.02, 0.9, None])
    >>> found.tests, {p: round(q, 4) for p, q in found.q.items()}, round(found.limit, 4)
    (3, {0.001: 0.0055, 0.02: 0.055, 0.9: 1.0}, 0.0182)
    """
    p = np.sort([p for p in ps if p is not None])
    q = false_discovery_control(p, method=rate) if p.size else p
    seen = int((q <= ALPHA).sum())
    strictness = float((1 / np.arange(1, p.size + 1)).sum()) if rate == "by" else 1.0
    limit = ALPHA * min(seen + 1, p.size) / p.size / strictness if p.size else ALPHA
    return Family(p.size, dict(zip(p.tolist(), q.tolist(), strict=True)), limit)


def family_at_density(contrasts: Iterable[Contrast], judged: Family, rate: Rate = "by") -> Family:
    """The tests at equal density of the differences that are seen; only there the question arises.

    Parameters
    ----------
    contrasts : all that were judged
    judged : their tests as they are
    rate : as for `family`
    """
    seen = [c for c in contrasts if (p := _p(c.difference)) is not None and judged.q[p] <= ALPHA]
    return family((_p(c.adjusted) for c in seen), rate)


@dataclass(frozen=True)
class SideVerdict:
    """Whether the border of one side is behind its own interior.

    Attributes
    ----------
    side : kode_kabkota
    code : tertinggal (the border is worse off), lebih_baik (better off), tidak_tampak (no difference seen, though one
        of a standard deviation would have been), tidak_dapat_terlihat (it would not have been seen), tidak_dapat_diuji
        (figures but no test), tidak_diketahui (no figures), tanpa_arah (neither end is better)
    strength : of tertinggal and lebih_baik: kuat, sedang, lemah; petunjuk where p but not q shows a difference; else
        None
    q : false discovery rate of the difference; None without a test
    density_q : the same for places of equal density, where a difference is seen
    at_density : whether it is seen there, too: tertinggal, lebih_baik or tidak_tampak; None without a test
    power : probability of seeing a deficit of one standard deviation, where nothing is seen
    contrast : what it rests on
    caveats : those of the contrast, and arah_dalam_kecamatan_berbeda where the comparison within kecamatan points the
        other way
    """

    side: str
    code: SideCode
    strength: Strength | None
    q: float | None
    density_q: float | None
    at_density: SideCode | None
    power: float | None
    contrast: Contrast
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class LineVerdict:
    """Which side is behind the other, neighbour against neighbour.

    Attributes
    ----------
    code : satu_sisi_tertinggal, tidak_tampak, tidak_dapat_terlihat, tidak_dapat_diuji, tidak_dapat_dibandingkan,
        tidak_diketahui or tanpa_arah
    strength, q, power : as for `SideVerdict`
    behind : kode_kabkota of the side that is worse off; for a petunjuk, the one that it points to; else None
    border_pairs : what it rests on
    caveats : those of the pairs
    """

    code: LineCode
    strength: Strength | None
    q: float | None
    power: float | None
    behind: str | None
    border_pairs: BorderPairs
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Result of `verdict`.

    Attributes
    ----------
    overall : over all sides; sebagian_dapat_diuji where no side is behind that could be, but for another side this
        could not be tested or seen
    behind : kode_kabkota of the sides whose border is behind
    sides : one a side
    line : neighbour against neighbour; None without a line
    tests : how many were judged together
    """

    overall: OverallCode
    behind: tuple[str, ...]
    sides: tuple[SideVerdict, ...]
    line: LineVerdict | None
    tests: int


def verdict(
    direction: str,
    contrasts: Sequence[Contrast],
    line: BorderPairs | None = None,
    *,
    judged: Family | None = None,
    at_density: Family | None = None,
) -> Verdict:
    """Put the two comparisons of an indicator into words that the data can carry.

    Parameters
    ----------
    direction : "lebih_rendah_baik", "lebih_tinggi_baik" or "netral"
    contrasts : one a side, all of one indicator and border set
    line : pairs across the line of the same indicator, None without a line
    judged : all tests of the corridor, these among them; these alone by default
    at_density : the same for the differences at equal density, see `family_at_density`

    Raises
    ------
    ValueError
        The results are of different indicators or border sets, a side stands twice, or the direction is unknown.

    Notes
    -----
    A difference is seen where q <= 0.05. It is kuat where q <= 0.01, the interval leaves out zero, it is seen at equal
    density, too, and the comparison within kecamatan does not point the other way; sedang where the interval leaves out
    zero; lemah where the interval holds zero or there is none. Where only p <= 0.05 it is a petunjuk. Where not even
    that, tidak_tampak is said only if a deficit of one standard deviation would have been seen in at least 80 % of
    cases, tidak_dapat_terlihat otherwise.

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
    tests = judged or family([*(_p(c.difference) for c in contrasts), line.p if line is not None else None])
    density = at_density or family_at_density(contrasts, tests)
    sides = tuple(_side(contrast, sign, tests, density) for contrast in contrasts)
    return Verdict(
        overall=_overall([side.code for side in sides]),
        behind=tuple(side.side for side in sides if side.code == "tertinggal"),
        sides=sides,
        line=None if line is None else _line(line, sign, tests),
        tests=tests.tests,
    )


def _p(difference: Difference | None) -> float | None:
    return None if difference is None else difference.p


def _strength(p: float, q: float, clear: bool, doubt: bool) -> Strength | None:
    """How sure a difference is; petunjuk or None where q does not show one."""
    if q > ALPHA:
        return "petunjuk" if p <= ALPHA else None
    if not clear:
        return "lemah"
    return "kuat" if q <= STRONG and not doubt else "sedang"


def _clear(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and (low > 0 or high < 0)


def _seen(difference: Difference, q: float, sign: float) -> SideCode:
    if q > ALPHA or difference.value == 0:
        return "tidak_tampak"
    return "tertinggal" if difference.value * sign > 0 else "lebih_baik"


def _side(contrast: Contrast, sign: float, tests: Family, density: Family) -> SideVerdict:
    found, same_density = contrast.difference, contrast.adjusted
    caveats = contrast.caveats
    code: SideCode
    at_density: SideCode | None = None
    strength: Strength | None = None
    q = density_q = power = None
    if found is None:
        code = "tidak_diketahui"
    elif sign == 0:
        code = "tanpa_arah"
    elif found.p is None:
        code = "tidak_dapat_diuji"
    else:
        q = tests.q[found.p]
        code = _seen(found, q, sign)
        if q <= ALPHA and same_density is not None and same_density.p is not None:
            density_q = density.q[same_density.p]
            at_density = _seen(same_density, density_q, sign)
        turned = contrast.within is not None and contrast.within * found.value < 0
        if turned:
            caveats = (*caveats, "arah_dalam_kecamatan_berbeda")
        strength = _strength(found.p, q, _clear(found.low, found.high), turned or at_density not in (None, code))
        if strength is None:
            power = contrast.power(tests.limit)
            code = "tidak_tampak" if power is not None and power >= ENOUGH_POWER else "tidak_dapat_terlihat"
    return SideVerdict(
        side=contrast.side,
        code=code,
        strength=strength,
        q=q,
        density_q=density_q,
        at_density=at_density,
        power=power,
        contrast=contrast,
        caveats=caveats,
    )


def _line(line: BorderPairs, sign: float, tests: Family) -> LineVerdict:
    code: LineCode
    strength: Strength | None = None
    behind = q = power = None
    if line.comparison is not None and line.comparison.block == "definisi":
        code = "tidak_dapat_dibandingkan"
    elif line.difference is None or line.bundle_difference is None:
        code = "tidak_diketahui"
    elif sign == 0:
        code = "tanpa_arah"
    elif line.p is None:
        code = "tidak_dapat_diuji"
    else:
        q = tests.q[line.p]
        turned = line.difference * line.bundle_difference < 0
        strength = _strength(line.p, q, _clear(line.low, line.high), turned)
        code = "satu_sisi_tertinggal" if q <= ALPHA and line.bundle_difference != 0 else "tidak_tampak"
        if strength is not None:
            behind = line.sides[1 if line.bundle_difference * sign > 0 else 0]
        else:
            power = line.power(tests.limit)
            code = "tidak_tampak" if power is not None and power >= ENOUGH_POWER else "tidak_dapat_terlihat"
    return LineVerdict(
        code=code, strength=strength, q=q, power=power, behind=behind, border_pairs=line, caveats=line.caveats
    )


def _overall(codes: Sequence[SideCode]) -> OverallCode:
    if "tanpa_arah" in codes:
        return "tanpa_arah"
    behind = codes.count("tertinggal")
    if behind:
        return "semua_sisi_tertinggal" if behind == len(codes) else "satu_sisi_tertinggal"
    seen = sum(code in ("tidak_tampak", "lebih_baik") for code in codes)
    if seen:
        return "tidak_ada_yang_tertinggal" if seen == len(codes) else "sebagian_dapat_diuji"
    if "tidak_dapat_terlihat" in codes:
        return "tidak_dapat_terlihat"
    return "tidak_dapat_diuji" if "tidak_dapat_diuji" in codes else "tidak_diketahui"
