"""The map of the age of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analysis.freshness.ageing import OLD_AFTER
from analysis.values.classes import Classes, classify, count_classes
from views.figures import legend, theme
from views.figures.mapspec import MapSpec, spec_of
from views.topics.freshness.words import age_labels

if TYPE_CHECKING:
    from views.link.context import Session

BREAKS: Final = (1, OLD_AFTER)
COLORS: Final = (*theme.sequential(6)[1:4:2], "#9aa1a4")
"""Of the classes of age; figures that are old are grey, for they count for little."""


def _classes(units: pd.DataFrame) -> Classes:
    """Class of the mean age of each kelurahan.

    Parameters
    ----------
    units : as `analysis.freshness.ageing.by_kelurahan` gives it
    """
    return classify(units["age"], BREAKS)


def spec(session: Session, units: pd.DataFrame) -> MapSpec:
    """Mean age of the figures of each kelurahan.

    Parameters
    ----------
    session : language, data and border of this run
    units : as `analysis.freshness.ageing.by_kelurahan` gives it
    """
    w = session.words
    labels = {
        str(kode): w.t(
            "umur rata-rata {umur} tahun; {n} dari {semua} angka lewat jadwal",
            umur=w.number(age, 1),
            n=w.number(late),
            semua=w.number(figures),
        )
        for kode, age, late, figures in units[units["age"].notna()][["age", "late", "figures"]].itertuples()
    }
    found = {str(kode): int(n) for kode, n in _classes(units).index.items()}
    return spec_of(session, classes=found, labels=labels, colors=COLORS)


def map_rows(session: Session, units: pd.DataFrame) -> list[legend.Row]:
    """Classes of age with kelurahan and people of each side.

    Parameters
    ----------
    session : language, data and border of this run
    units : as `analysis.freshness.ageing.by_kelurahan` gives it
    """
    w, data, sides = session.words, session.data, session.corridor.sides
    kelurahan = data.border(session.corridor).units["kelurahan"].loc[units.index]
    counts = count_classes(_classes(units), kelurahan["kode_kabkota"], kelurahan["people"])
    return legend.counted_rows(sides, counts, age_labels(w), COLORS, w.no_data)
