"""What a resident may write: lengths, and what is struck out before it is stored or shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from data.text import cleaned

MASK: Final = "[…]"
SHORTEST_TEXT: Final = 10
_UNIT: Final = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII)
_BETWEEN = r"[ ./()-]{0,2}"
# Numbers of identity and family cards (sixteen digits) and of accounts, however they are parted.
_LONG: Final = re.compile(rf"(?<![\d,])\+?\d(?:{_BETWEEN}\d){{12,}}")
# Telephones: of cities and mobile ones, with or without the first zero, and as they are called from abroad.
_PHONE: Final = re.compile(
    rf"(?<![\d.,])(?:\+?{_BETWEEN}62{_BETWEEN}[1-9]|\(?0[1-9]|8[1-9])(?:{_BETWEEN}\d){{6,12}}(?!\d)"
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


class ReportError(ValueError):
    """What was entered cannot be.

    Parameters
    ----------
    field : text, place, sector, photo, note or office
    reason : empty, short, long, unknown, and of a photo: large, no_photo, heic, moving, damaged, pixels, busy
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def without_persons(text: str) -> str:
    """A text on one line as it is stored: no control characters, and numbers and addresses of persons struck out.

    Examples
    --------
    >>> without_persons("NIK 3275 0101 0190 0001, hub. 0812-3456-7890 atau a@b.id")
    'NIK […], hub. […] atau […]'
    >>> without_persons("RT 003/RW 04, Rp 12.500.000 sejak 2024, jalan 120 m")
    'RT 003/RW 04, Rp 12.500.000 sejak 2024, jalan 120 m'
    """
    text = unicodedata.normalize("NFKC", cleaned(text))
    # Signs that are not seen could part a number; digits of other scripts are digits.
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = re.sub(r"\d", lambda digit: str(unicodedata.digit(digit[0])), text)
    for pattern in (_EMAIL, _LONG, _PHONE):
        text = pattern.sub(MASK, text)
    return " ".join(text.split())


def words_of(field: str, text: str, longest: int, shortest: int = 0) -> str:
    """A text as it is stored; one that is too long or short is refused, none is cut.

    Parameters
    ----------
    field : which
    text : as typed
    longest, shortest : in characters

    Raises
    ------
    ReportError
        It is empty though it must not be, too short or too long.
    """
    if len(text) > 2 * longest:
        raise ReportError(field, "long")
    text = without_persons(text)
    if not text and shortest:
        raise ReportError(field, "empty")
    if len(text) > longest or len(text) < shortest:
        raise ReportError(field, "long" if len(text) > longest else "short")
    return text


def unit(kode: str) -> str:
    """The code of a kelurahan or desa.

    Raises
    ------
    ReportError
        It is none.
    """
    if not _UNIT.fullmatch(kode):
        raise ReportError("place", "unknown")
    return kode
