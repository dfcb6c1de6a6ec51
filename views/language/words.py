"""Words and numbers in the reader's language.

Bahasa Indonesia is the source; English comes from views/language/locale/en.po. Numbers and dates follow Babel's rules for the
language: 1.234,5 and 2 Oktober 2025 in Indonesian.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import date
from functools import cache, lru_cache
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from views.language.cells import safe_frame

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

    from data.catalogue import Source

Language = Literal["id", "en"]


class Bilingual(Protocol):
    """A text in both languages."""

    @property
    def id(self) -> str:
        """In Indonesian."""

    @property
    def en(self) -> str:
        """In English."""


LANGUAGES: tuple[Language, ...] = ("id", "en")
LOCALE = Path(__file__).parent / "locale"

_SENTENCE_END = re.compile(r"(?<=\.)\s+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@cache
def _pattern(decimals: int) -> NumberPattern:
    """How a number with so many decimals is written; Babel would read a text anew for every number."""
    return parse_pattern(f"#,##0.{'0' * decimals}" if decimals else "#,##0")


@cache
def _messages(language: Language) -> dict[str, str]:
    if language == "id":
        return {}
    with (LOCALE / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    return {str(m.id): str(m.string) for m in catalog if m.id and m.string}


@lru_cache(maxsize=20_000)
def _decimal(value: float, decimals: int, language: Language) -> str:
    """A number in full; long tables write the same ones again and again."""
    return str(format_decimal(value, format=_pattern(decimals), locale=language))


@lru_cache(maxsize=20_000)
def _long_date(day: date, language: Language) -> str:
    """A date in full."""
    return str(format_date(day, format="long", locale=language))


def sentences_of(note: str) -> list[str]:
    """The sentences of a note of the data."""
    return [s for s in _SENTENCE_END.split(note.strip()) if s]


class Words:
    """Texts, numbers and dates of one language.

    Parameters
    ----------
    language : {"id", "en"}
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._locale = Locale.parse(language)
        self._messages = _messages(language)

    def t(self, message: str, **fields: str) -> str:
        """The message in this language with its fields filled in.

        Raises
        ------
        KeyError
            A field of the message is not given.
        """
        text = self._messages.get(message, message)
        return text.format(**fields) if fields else text

    def pick(self, text: Bilingual) -> str:
        """The text of a catalogue entry or a record in this language."""
        return text.en if self.language == "en" else text.id

    def source(self, source: Source) -> Source:
        """A source with its texts in this language."""
        return (
            source.model_copy(update={str(name): text for name, text in source.en.items()})
            if self.language == "en"
            else source
        )

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number with exactly so many decimals; the words for missing data when it is missing."""
        if value is None or value != value:
            return self.no_data
        # Rounded first, so that a value just below zero does not read "-0"; as a plain float, because numpy rounds some
        # halves the other way, and one value would read as two.
        return _decimal(round(float(value), decimals) + 0.0, decimals, self.language)

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share (0 to 1) in per cent."""
        if share is None or share != share:
            return self.no_data
        space = "\N{NO-BREAK SPACE}" if self.language == "id" else ""
        return f"{self.number(share * 100, decimals)}{space}%"

    def signed_percent(self, share: float | None) -> str:
        """A signed share in per cent with its sign."""
        if share is None or share != share:
            return self.no_data
        return f"{'+' if round(share * 100) > 0 else ''}{self.percent(share)}".replace("-", "−")

    def km(self, metres: float, decimals: int = 1) -> str:
        """Metres as kilometres."""
        return f"{self.number(metres / 1000, decimals)}\N{NO-BREAK SPACE}km"

    def length(self, metres: float) -> str:
        """The length of a line in kilometres, as exact as official lines agree on it: two significant digits."""
        decimals = max(0, 1 - floor(log10(max(metres, 1) / 1000)))
        return self.km(round(metres, decimals - 3), decimals)

    def people(self, value: float | None) -> str:
        """People, rounded to hundreds from 10.000 on since most are estimates."""
        if value is None or value != value:
            return self.no_data
        rounded = round(value, -2) if value >= 10_000 else round(value, -1) if value >= 1_000 else round(value)
        return self.number(rounded)

    def date(self, day: date) -> str:
        """A date in full."""
        return _long_date(day, self.language)

    def partial_date(self, text: str) -> str:
        """A date written YYYY, YYYY-MM or YYYY-MM-DD in words; other text stays as it is."""
        match = _PARTIAL_DATE.fullmatch(text.strip())
        if not match:
            return text
        year, month, day = match.groups()
        if month is None:
            return year
        try:
            whole = date(int(year), int(month), int(day or 1))
        except ValueError:
            return text
        return self.date(whole) if day else str(format_date(whole, format="MMMM y", locale=self._locale))

    def listing(self, items: list[str]) -> str:
        """Items as a list in a sentence."""
        # babel.lists would put a comma before "dan" and "and", which no other text here does.
        if len(items) < 2:
            return "".join(items)
        head, tail = ", ".join(items[:-1]), items[-1]
        return self.t("{awal} dan {akhir}", awal=head, akhir=tail)

    def note(self, text: str) -> str:
        """A note of the data in this language, sentence by sentence; its figures stay where they are.

        The English catalogue holds these sentences with # for every figure.
        """
        return " ".join(self._note_sentence(s) for s in sentences_of(text))

    def _note_sentence(self, sentence: str) -> str:
        figures = _FIGURE.findall(sentence)
        translated = self._messages.get(_FIGURE.sub("#", sentence))
        if translated is None or translated.count("#") != len(figures):
            return sentence
        for figure in figures:
            translated = translated.replace("#", figure, 1)
        return translated

    def level(self, name: str) -> str:
        """Name of a level of places, of a kind of kelurahan, or of a point."""
        names = {
            "kelurahan": self.t("kelurahan"),
            "desa": self.t("desa"),
            "kecamatan": self.t("kecamatan"),
            "kabkota": self.t("kabupaten/kota"),
            "titik": self.t("titik"),
        }
        return names.get(name, name)

    def styled(self, frame: pd.DataFrame, decimals: Mapping[str, int]) -> Styler:
        """A table whose numbers read in this language and still sort as numbers.

        Parameters
        ----------
        frame : DataFrame
        decimals : decimals by numeric column; the other columns stay as they are
        """
        mark, group = (",", ".") if self.language == "id" else (".", ",")
        frame = safe_frame(frame)
        frame.attrs["decimals"] = dict(decimals)
        formats: dict[Hashable, str] = {column: f"{{:,.{n}f}}" for column, n in decimals.items()}
        return frame.style.format(formats, na_rep=self.no_data, decimal=mark, thousands=group, subset=list(formats))  # type: ignore[arg-type]

    @property
    def no_data(self) -> str:
        """The words for what is not known."""
        return self.t("belum ada data")
