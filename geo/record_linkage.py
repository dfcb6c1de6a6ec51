"""Record linkage: records of several lists that name the same hospital, clinic, office or station.

Lists disagree about names and points. Two records are one place when their names agree, the more so the farther apart
they stand; standing close is never enough. Two records of one official list with different ids are different places.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

AREA_WORDS = frozenset(
    """jakarta bekasi depok bogor tangerang serang cilegon lebak pandeglang banten kota kabupaten kab provinsi
    timur barat selatan utara pusat tengah""".split()  # noqa: SIM905
)
SPECIALTIES = frozenset(
    ["jantung", "jiwa", "kanker", "mata", "gigi", "paru", "otak", "tht", "obat", "olahraga", "hewan", "orthopedi"]
)
DIRECTIONS = frozenset(["timur", "barat", "selatan", "utara", "pusat", "tengah"])
PUBLIC_WORDS = frozenset(["daerah", "rsud", "kecamatan"])
ORDINAL = re.compile(r"^(\d+|i{1,3}|iv|v|vi{1,3}|ix|x)$")

SAME_SITE_M = 20.0
CLOSE_M = 150.0
NEAR_M = 500.0
LOCAL_M = 2_000.0
FAR_M = 15_000.0


def normalise(name: str) -> str:
    """Lower case, no accents, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.lower()).split())


def tokens(name: str, generic: frozenset[str]) -> tuple[str, ...]:
    """The words of a name that are not generic, in order.

    Examples
    --------
    >>> tokens("RSU. Hermina Depok", frozenset({"rsu"}))
    ('hermina', 'depok')
    """
    return tuple(word for word in normalise(name).split() if word not in generic)


def same_name(a: tuple[str, ...], b: tuple[str, ...], distance_m: float) -> bool:
    """Whether two names at this distance are one place.

    Numbers (II, 2), directions and medical specialties must not contradict each other. Up to 20 m a nameless record
    belongs to its neighbour; up to 150 m half of the distinctive words must agree; up to 500 m one name must contain
    the other; up to 2 km the distinctive words must be the same; up to 15 km, where lists place a hospital kilometres
    apart, the same and no area word may differ. A public and a private hospital often bear the name of the same place:
    beyond 150 m both or neither must be public.

    Parameters
    ----------
    a, b : words of the names, see `tokens`
    distance_m : metres between them
    """
    one, two = set(a) - PUBLIC_WORDS, set(b) - PUBLIC_WORDS
    if distance_m > CLOSE_M and bool(set(a) & PUBLIC_WORDS) != bool(set(b) & PUBLIC_WORDS):
        return False
    if not one or not two:
        return distance_m <= SAME_SITE_M
    if {w for w in one if ORDINAL.match(w)} != {w for w in two if ORDINAL.match(w)}:
        return False
    if one & SPECIALTIES != two & SPECIALTIES:
        return False
    if (one & DIRECTIONS) and (two & DIRECTIONS) and one & DIRECTIONS != two & DIRECTIONS:
        return False
    own_one = [w for w in a if w in one - AREA_WORDS]
    own_two = [w for w in b if w in two - AREA_WORDS]
    if not own_one or not own_two:
        public = bool(set(a) & PUBLIC_WORDS)
        return distance_m <= (FAR_M if public and one == two else NEAR_M) and (one <= two or two <= one)
    alike = _Alike("".join(own_one), "".join(own_two))
    common = len(set(own_one) & set(own_two)) / len(set(own_one) | set(own_two))
    contained = set(own_one) <= set(own_two) or set(own_two) <= set(own_one)
    if distance_m <= CLOSE_M:
        return contained or common >= 0.5 or alike.at_least(0.8)
    if distance_m <= NEAR_M:
        return contained or alike.at_least(0.85)
    if distance_m <= LOCAL_M:
        return alike.at_least(0.9)
    areas_agree = one & AREA_WORDS <= two & AREA_WORDS or two & AREA_WORDS <= one & AREA_WORDS
    return distance_m <= FAR_M and areas_agree and alike.at_least(0.9)


def cluster(places: pd.DataFrame, generic: frozenset[str]) -> pd.Series:
    """Group records that are one place.

    Parameters
    ----------
    places : name; x, y (metres, NaN without a point); list (which list the record comes from); list_id (official id in
        that list, empty when it has none); area (kabkota: where the point falls, or the stated one for a record without
        a point)
    generic : words that every name of this kind may carry (rs, klinik, kantor)

    Returns
    -------
    Series of int
        Group number by row, aligned to `places`: the smallest row position of the group.

    Notes
    -----
    Records are joined from the surest pair on (short distance first). A group never holds two ids of one list, nor two
    records of one list more than 500 m apart: a list knows its own places. A record without a point joins the one group
    of its area that bears the same name, or else the one group whose name contains it or is contained in it; when two
    groups qualify it stays alone.
    """
    words = [tokens(name, generic) for name in places["name"]]
    xy = places[["x", "y"]].to_numpy(float)
    located = np.flatnonzero(np.isfinite(xy).all(axis=1))
    groups = _Groups(places["list"].tolist(), places["list_id"].tolist(), xy)
    for distance, i, j in _candidates(located, xy, words):
        if same_name(words[i], words[j], distance):
            groups.join(i, j)
    _join_unplaced(places, words, located, groups)
    return pd.Series([groups.root(i) for i in range(len(places))], index=places.index, name="group")


class _Groups:
    """Union-find that refuses to join records which one list keeps apart."""

    def __init__(self, lists: list[str], ids: list[str], xy: np.ndarray) -> None:
        self._parent = list(range(len(ids)))
        self._members = [[i] for i in range(len(ids))]
        self._lists, self._ids, self._xy = lists, ids, xy

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            i = self._parent[i]
        return i

    def compatible(self, i: int, j: int) -> bool:
        return not any(
            self._kept_apart(a, b)
            for a in self._members[self.root(i)]
            for b in self._members[self.root(j)]
            if self._lists[a] == self._lists[b]
        )

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.root(i), self.root(j)))
        if a != b and self.compatible(a, b):
            self._parent[b] = a
            self._members[a] += self._members[b]

    def _kept_apart(self, a: int, b: int) -> bool:
        different = bool(self._ids[a] and self._ids[b]) and self._ids[a] != self._ids[b]
        return different or float(np.hypot(*(self._xy[a] - self._xy[b]))) > NEAR_M


class _Alike:
    """Likeness of two compact names, tested with the cheap upper bounds first."""

    def __init__(self, a: str, b: str) -> None:
        self._matcher = SequenceMatcher(None, a, b, autojunk=False)

    def at_least(self, ratio: float) -> bool:
        m = self._matcher
        return m.real_quick_ratio() >= ratio and m.quick_ratio() >= ratio and m.ratio() >= ratio


def _candidates(located: np.ndarray, xy: np.ndarray, words: list[tuple[str, ...]]) -> Iterable[tuple[float, int, int]]:
    """Pairs worth comparing: all within 2 km, farther ones only when they share a rare word."""
    if len(located) < 2:
        return []
    pairs = {tuple(sorted((located[i], located[j]))) for i, j in cKDTree(xy[located]).query_pairs(LOCAL_M)}
    frequency = Counter(word for i in located for word in set(words[i]))
    bearers: dict[str, list[int]] = defaultdict(list)
    for i in located:
        for word in set(words[i]) - AREA_WORDS:
            if frequency[word] <= 6:
                bearers[word].append(int(i))
    for same in bearers.values():
        pairs |= set(combinations(sorted(same), 2))
    return sorted((float(np.hypot(*(xy[i] - xy[j]))), int(i), int(j)) for i, j in pairs)


def _join_unplaced(places: pd.DataFrame, words: list[tuple[str, ...]], located: np.ndarray, groups: _Groups) -> None:
    by_area: dict[str, list[int]] = defaultdict(list)
    for i in located:
        by_area[places["area"].iloc[i]].append(int(i))
    placed = set(located.tolist())
    names = [normalise(name) for name in places["name"]]
    waiting = [i for i in range(len(places)) if i not in placed and words[i]]
    for agrees in (_written_alike, _equal, _contained):
        for i in list(waiting):
            found = {
                groups.root(j)
                for j in by_area.get(places["area"].iloc[i], [])
                if agrees(names[i], words[i], names[j], words[j]) and groups.compatible(i, j)
            }
            if len(found) == 1:
                groups.join(i, found.pop())
            if found:
                waiting.remove(i)


def _written_alike(name_a: str, _a: tuple[str, ...], name_b: str, _b: tuple[str, ...]) -> bool:
    return name_a == name_b


def _equal(_name_a: str, a: tuple[str, ...], _name_b: str, b: tuple[str, ...]) -> bool:
    return "".join(a) == "".join(b) or set(a) == set(b)


def _contained(_name_a: str, a: tuple[str, ...], _name_b: str, b: tuple[str, ...]) -> bool:
    return bool(set(a) - AREA_WORDS) and (set(a) <= set(b) or set(b) <= set(a)) and same_name(a, b, NEAR_M)
