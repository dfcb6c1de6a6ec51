"""The map of how many published reports each kelurahan has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.classes import classify, count_classes
from views.figures import legend, theme
from views.figures.mapspec import MapSpec, spec_of
from views.topics.citizen_reports import words

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 420
BREAKS = (0.5, 1.5, 4.5, 9.5)


def _counted(session: Session, places: Mapping[str, tuple[int, int]]) -> pd.Series:
    """Published reports by kode."""
    units = session.data.border(session.corridor).units["kelurahan"]
    return pd.Series({str(kode): float(places.get(str(kode), (0, 0))[0]) for kode in units.index}, dtype=float)


def spec(session: Session, places: Mapping[str, tuple[int, int]], selected: str) -> MapSpec:
    """Kelurahan by how many reports are published of them.

    Parameters
    ----------
    session : language, data and border of this run
    places : published reports by kode of their kelurahan, and how many of them are late
    selected : kode of the kelurahan that is set off, "" for none
    """
    w, found = session.words, _counted(session, places)
    labels = {str(kode): words.short(w, places.get(str(kode))) or w.t("tidak ada laporan") for kode in found.index}
    classes = {str(kode): int(n) for kode, n in classify(found, BREAKS).index.items()}
    return spec_of(
        session, classes=classes, labels=labels, colors=theme.sequential(len(BREAKS) + 1), selected=selected or None
    )


def rows(session: Session, places: Mapping[str, tuple[int, int]]) -> list[legend.Row]:
    """The classes of the map with kelurahan and people of each side.

    Parameters
    ----------
    session : language, data and border of this run
    places : published reports by kode of their kelurahan, and how many of them are late
    """
    w, sides, found = session.words, session.corridor.sides, _counted(session, places)
    units = session.data.border(session.corridor).units["kelurahan"].reindex(found.index)
    classes = classify(found, BREAKS)
    labels = [
        w.t("tidak ada laporan"),
        w.t("satu laporan"),
        w.t("2 sampai 4 laporan"),
        w.t("5 sampai 9 laporan"),
        w.t("10 laporan atau lebih"),
    ]
    counts = count_classes(classes, units["kode_kabkota"], units["people"])
    return legend.counted_rows(sides, counts, labels, theme.sequential(classes.count), w.no_data)
