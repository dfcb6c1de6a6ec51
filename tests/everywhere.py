"""The tables of all land borders that tests of pages read: the shipped ones, else small ones of the same shape."""

import tempfile
from functools import cache
from pathlib import Path

from data.national_tables import National
from tests.data import toy_national


@cache
def everywhere() -> National:
    """Read or made once a process."""
    shipped = National()
    return shipped if shipped.there else small()


@cache
def small() -> National:
    """The small ones, whatever is shipped; made once a process."""
    return toy_national.write(Path(tempfile.mkdtemp()) / "national")


def a_pair() -> str:
    """A border that is no corridor of Tapal, and has kelurahan with values on both sides."""
    return "33.01-33.02" if "33.01-33.02" in everywhere().pairs.index else "11.01-11.02"
