"""What a proposal is about, by the words of its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.catalogue import Subject

NONE = ""
"""In the place of a subject: no word of the table stands in the proposal."""


def finder(subjects: Mapping[str, Subject]) -> Callable[[Iterable[str]], str]:
    """A function that names the subject of a proposal.

    Parameters
    ----------
    subjects : by id, each with its words

    Returns
    -------
    callable
        Takes the texts of a proposal, the one that says most first: title, problem, affairs. The first text with a
        known word decides, in it the word that stands first, of two at one place the longer one; `NONE` without one.
    """
    of_word = {_plain(word): subject.id for subject in subjects.values() for word in subject.words}
    ordered = sorted(of_word, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b") if ordered else None

    def subject_of(texts: Iterable[str]) -> str:
        for text in texts:
            found = pattern.search(_plain(text)) if pattern and text else None
            if found:
                return of_word[found[0]]
        return NONE

    return subject_of


def _plain(text: str) -> str:
    """A text in small letters; a number at the end of a short form is parted from it: "SDN3" is "sdn 3"."""
    return re.sub(r"(?<=[a-z])(?=\d)", " ", re.sub(r"[^a-z0-9]+", " ", text.lower()))
