"""Proposals of a border against its gaps, kept until an office brings another file."""

from __future__ import annotations

import pandas as pd

from analysis.proposals.proposals import Met, OfPlace, meet, of_places, top_gaps
from data.tables import Dataset
from records.proposals import reading
from views.link.results import kept


@kept(16)
def gaps(data: Dataset, corridor: str) -> pd.DataFrame:
    """The top gaps of each kelurahan of a border."""
    border = data.border(data.catalogue.corridors[corridor])
    return top_gaps(border, data.measures, data.catalogue.subjects)


def met(data: Dataset, corridor: str) -> Met:
    """Proposals of a border against its gaps, as of the last file."""
    return _met(data, corridor, reading.place(), reading.stamp())


def places(data: Dataset, corridor: str) -> dict[str, OfPlace]:
    """What is proposed in each kelurahan of a border that has proposals."""
    return _places(data, corridor, reading.place(), reading.stamp())


@kept(16)
def _met(data: Dataset, corridor: str, place: str, stamp: int) -> Met:
    known = data.catalogue.corridors[corridor]
    found = reading.proposals(known.sides, stamp)
    return meet(data.border(known), found, gaps(data, corridor), data.catalogue.subjects)


@kept(16)
def _places(data: Dataset, corridor: str, place: str, stamp: int) -> dict[str, OfPlace]:
    return of_places(_met(data, corridor, place, stamp))
