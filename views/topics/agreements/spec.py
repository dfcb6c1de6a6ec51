"""The map of the places that agreements and projects name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.agreements.model import Agreement, Project
from analysis.values.classes import classify, count_classes
from views.figures import legend, theme
from views.figures.mapspec import MapSpec, spec_of

if TYPE_CHECKING:
    from data.tables import Dataset
    from views.link.context import Session

HEIGHT = 420
BREAKS = (0.5, 1.5)


def _named(data: Dataset, sides: Sequence[str], found: Sequence[Agreement | Project]) -> pd.Series:
    """How many of them name each kelurahan of these kabkota, itself or its kecamatan."""
    counts = dict.fromkeys(map(str, data.units("kelurahan", tuple(sides)).index), 0)
    places = [kode for item in found for kode in item.kode]
    for kode in counts:
        counts[kode] = sum(kode.startswith(place) for place in places)
    return pd.Series(counts, dtype=float)


def spec(session: Session, found: Sequence[Agreement | Project]) -> MapSpec:
    """Kelurahan by how many agreements and projects name them."""
    w, counts = session.words, _named(session.data, session.corridor.sides, found)
    titles: dict[str, list[str]] = {str(kode): [] for kode in counts.index[counts > 0]}
    for item in found:
        for kode in titles:
            if any(kode.startswith(place) for place in item.kode):
                titles[kode].append(w.pick(item.title))
    labels = {str(kode): "; ".join(titles.get(str(kode), ())) or w.t("tidak disebut") for kode in counts.index}
    classes = {str(kode): int(n) for kode, n in classify(counts, BREAKS).index.items()}
    return spec_of(session, classes=classes, labels=labels, colors=theme.sequential(len(BREAKS) + 1))


def rows(session: Session, found: Sequence[Agreement | Project]) -> list[legend.Row]:
    """The classes of the map with kelurahan and people of each side."""
    w, sides = session.words, session.corridor.sides
    counts = _named(session.data, sides, found)
    units = session.data.border(session.corridor).units["kelurahan"].reindex(counts.index)
    classes = classify(counts, BREAKS)
    labels = [w.t("tidak disebut"), w.t("disebut sekali"), w.t("disebut lebih dari sekali")]
    counted = count_classes(classes, units["kode_kabkota"], units["people"])
    return legend.counted_rows(sides, counted, labels, theme.sequential(classes.count), w.no_data)
