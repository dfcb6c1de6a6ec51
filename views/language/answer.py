"""What a page answers: one sentence to read aloud, and a lighter line under it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """The first words of a page, as plain text.

    Attributes
    ----------
    sentence : at most 25 words and four numbers, without symbols, abbreviations and brackets
    note : range, year and the one reason for doubt, "" for none
    """

    sentence: str
    note: str = ""
