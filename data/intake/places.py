"""Which kelurahan a row means: by code, Kemendagri's or that of BPS, and by name. What disagrees is put to a person."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd
from rapidfuzz import fuzz, process

from data.intake.cells import Cell, is_empty, text_of
from data.intake.problems import CellError

SUGGESTIONS, ALIKE = 3, 60
LEAVE_OUT = "-"
"""The decision that a row belongs to none of the places that are known."""

_COLUMNS = frozenset({"nama", "kecamatan", "kabkota", "kode_bps2020"})
_KIND = re.compile(
    r"^(?:kelurahan|kel|desa|ds|gampong|nagari)(?:/(?:kelurahan|kel|desa|ds))?(?:\b[.\s]|\.)\s*", re.IGNORECASE
)
_AREA = re.compile(r"^(?:kecamatan|kec)\b\.?\s*", re.IGNORECASE)
_KABKOTA = re.compile(r"^(kabupaten|kab|kota)\b\.?\s*(?:administrasi\b|adm\b\.?)?\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^)]*)\)")


@dataclass(frozen=True)
class Doubt:
    """A row whose place a person must name.

    Attributes
    ----------
    key : names the question; rows that write the same share it
    reason : name_unknown, name_twice, code_name, or code_and_name where the code is not known either
    code, name, area : what the file says
    options : kode that may be meant, the likeliest first
    """

    key: str
    reason: str
    code: str
    name: str
    area: str
    options: tuple[str, ...]


def letters(name: str) -> str:
    """Letters and digits of a name, small and without accents.

    Examples
    --------
    >>> letters("J A T I M A K M U R"), letters("Jati-Makmur")
    ('jatimakmur', 'jatimakmur')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def bare(name: str) -> str:
    """The name of a kelurahan without what it is and without what stands in brackets.

    Examples
    --------
    >>> [bare(text) for text in ("Kel. JATI MAKMUR", "KEL.JATIMAKMUR", "Jatimakmur (Kec. Pondokgede)", "Kelapa Dua")]
    ['jatimakmur', 'jatimakmur', 'jatimakmur', 'kelapadua']
    """
    return letters(_KIND.sub("", _BRACKETS.sub(" ", name).strip()))


def _digits_of(cell: Cell) -> str:
    """Digits of a code, with or without its dots.

    Raises
    ------
    CellError

    Examples
    --------
    >>> _digits_of("32.75.01.1001"), _digits_of(3275011001.0)
    ('3275011001', '3275011001')
    """
    if isinstance(cell, bool) or (isinstance(cell, float) and not cell.is_integer()):
        raise CellError("code_form")
    text = text_of(cell).lstrip("'").strip()
    if re.fullmatch(r"\d+(?:[.,]\d+)?e\+?\d+", text, re.IGNORECASE | re.ASCII):
        raise CellError("code_cut")
    text = re.sub(r"^(\d{6,})[.,]0+$", r"\1", text, flags=re.ASCII)
    if not re.fullmatch(r"\d[\d. ]*", text, re.ASCII):
        raise CellError("code_form")
    return re.sub(r"[. ]", "", text)


class Places:
    """The kelurahan, or kecamatan, that a file may speak of.

    Parameters
    ----------
    units : DataFrame
        By kode: nama, kabkota; kecamatan and kode_bps2020 where there are such columns.
    within : iterable of str
        kode_kabkota in which a name is sought that comes without its kabkota.
    """

    def __init__(self, units: pd.DataFrame, within: Iterable[str] = ()) -> None:
        self.within = tuple(within)
        # Lists: a frame takes much longer, cell by cell.
        kodes = [str(kode) for kode in units.index.to_numpy(object)]
        columns = {name: [str(cell) for cell in units[name].to_numpy(object)] for name in units if name in _COLUMNS}
        self.codes = {kode.replace(".", ""): kode for kode in kodes}
        self.length = len(next(iter(self.codes), ""))
        self.names = dict(zip(kodes, columns["nama"], strict=True))
        bps = columns.get("kode_bps2020", [""] * len(kodes))
        self.bps = {digits: kode for digits, kode in zip(bps, kodes, strict=True) if digits.isdigit()}
        self._bare = dict(zip(kodes, _bare_of(tuple(columns["nama"])), strict=True))
        areas = columns.get("kecamatan", columns["nama"])
        self._areas = dict(zip(kodes, _letters_of(tuple(areas)), strict=True))
        self._by_kabkota: dict[str, list[str]] = defaultdict(list)
        self._kabkota: dict[str, list[str]] = defaultdict(list)
        for kode, kabkota in zip(kodes, columns["kabkota"], strict=True):
            if kode[:5] not in self._by_kabkota:
                for key in _kabkota_keys(kabkota):
                    self._kabkota[key].append(kode[:5])
            self._by_kabkota[kode[:5]].append(kode)

    def is_bps(self, cells: Iterable[Cell], names: Iterable[Cell]) -> tuple[int, int]:
        """How many codes of a column are those of BPS, and how many Kemendagri's; the name must not disagree."""
        counted = [0, 0]
        for cell, name in zip(cells, names, strict=True):
            try:
                digits = _digits_of(cell)
            except CellError:
                continue
            said = bare(text_of(name))
            for position, table in enumerate((self.bps, self.codes)):
                kode = table.get(digits)
                counted[position] += kode is not None and (not said or self._bare[kode] == said)
        return counted[0], counted[1]

    def by_code(self, cell: Cell, bps: bool = False) -> str:
        """The kode of a cell.

        Raises
        ------
        CellError
        """
        digits = _digits_of(cell)
        if len(digits) != self.length:
            raise CellError("code_short" if len(digits) < self.length else "code_long", str(len(digits)))
        table, other = (self.bps, self.codes) if bps else (self.codes, self.bps)
        if digits not in table:
            raise CellError("code_other" if digits in other else "code_unknown")
        return str(table[digits])

    def scope(self, kabkota: str, kecamatan: str) -> list[str]:
        """The kode among which a name is sought: of the kecamatan and kabkota that are named, else of `within`."""
        sides = self.within
        if letters(kabkota):
            whole, rest = _kabkota_keys(kabkota)
            kinds = (whole, f" {rest}") if _KABKOTA.match(kabkota) else (rest,)
            sides = tuple(side for key in kinds for side in self._kabkota.get(key, []))
        found = [kode for side in sides for kode in self._by_kabkota[side]]
        area = letters(_AREA.sub("", kecamatan))
        return [kode for kode in found if self._areas[kode] == area] if area else found

    def match(
        self, code: Cell, name: Cell, kecamatan: Cell, kabkota: Cell, bps: bool, decided: Mapping[str, str]
    ) -> str | Doubt:
        """The kode of a row, or the doubt about it.

        Parameters
        ----------
        code, name, kecamatan, kabkota : cells of the row, "" where it has none
        bps : whether codes are those of BPS
        decided : kode by key of the doubt, `LEAVE_OUT` for none

        Raises
        ------
        CellError
            The row cannot be taken.
        """
        said = "" if is_empty(name) else text_of(name)
        inside = " ".join(_BRACKETS.findall(said)) if _AREA.match(" ".join(_BRACKETS.findall(said))) else ""
        area = text_of(kecamatan) or inside
        kode, failed = "", None
        if not is_empty(code):
            try:
                kode = self.by_code(code, bps)
            except CellError as error:
                # A code that lost digits is never filled up, not even by way of the name.
                if error.code not in ("code_unknown", "code_other") or not said:
                    raise
                failed = error
        elif not said:
            raise CellError("place_empty")
        if kode and (not said or self._bare[kode] == bare(said)):
            return kode
        scope = self.scope(text_of(kabkota), area)
        exact = bool(scope)
        if not exact:  # its kecamatan may be misspelt
            scope = self.scope(text_of(kabkota), "")
        plain = bare(said)
        alike = [one for one in scope if self._bare[one] == plain]
        if exact and not kode and failed is None and len(alike) == 1:
            return alike[0]
        if failed is not None and not alike:
            raise failed
        reason = "code_name" if kode else "code_and_name" if failed else "name_twice" if alike else "name_unknown"
        shown = "" if is_empty(code) else text_of(code)
        wide = text_of(kabkota)
        key = "|".join((shown, plain, letters(area), letters(wide)))
        if decided.get(key) == LEAVE_OUT:
            raise CellError("left_out")
        options = dict.fromkeys([*([kode] if kode else []), *alike[:8], *([] if alike else self.suggest(said, scope))])
        if decided.get(key) in options or decided.get(key) in self.names:
            return decided[key]
        if not scope and not options:
            raise CellError("area_unknown")
        return Doubt(key, reason, shown, said, ", ".join(filter(None, (area, wide))), tuple(options))

    def suggest(self, name: str, scope: Iterable[str]) -> list[str]:
        """The kode whose names are most alike; a person decides."""
        choices = {kode: self._bare[kode] for kode in scope}
        found = process.extract(bare(name), choices, scorer=fuzz.ratio, limit=SUGGESTIONS, score_cutoff=ALIKE)
        return [kode for _, _, kode in found]


# The same units come with every file; what files write is not kept.
@lru_cache(maxsize=8)
def _bare_of(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(bare, names))


@lru_cache(maxsize=8)
def _letters_of(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(letters, names))


def _kabkota_keys(name: str) -> tuple[str, str]:
    """A kabkota with its kind, and without it: "Kota Serang" is not Kab. Serang, "Serang" may be both."""
    kind = _KABKOTA.match(name)
    rest = letters(_KABKOTA.sub("", name))
    return (("kota" if kind and kind[1].lower() == "kota" else "kab" if kind else "") + " " + rest, rest)
