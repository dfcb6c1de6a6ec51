"""The map of how many proposals each kelurahan has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.proposals.proposals import Met
from analysis.values.classes import classify, count_classes
from views.figures import legend, theme
from views.figures.mapspec import MapSpec, spec_of
from views.topics.proposals import words

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 420
BREAKS = (0.5, 10, 50, 150)


def _counts(session: Session, met: Met) -> pd.Series:
    """Proposals that are not stopped by kode; nothing where a side has brought none."""
    units = session.data.border(session.corridor).units["kelurahan"]
    alive = met.proposals[~met.proposals["stopped"].astype(bool)]
    found = alive.groupby("kode").size().reindex(units.index, fill_value=0).astype(float)
    return found.where(~units["kode_kabkota"].isin(words.unbrought(session.corridor, met)))


def spec(session: Session, met: Met) -> MapSpec:
    """Kelurahan by how many proposals they have, with how many of those touch a top gap."""
    w, found = session.words, _counts(session, met)
    alive = met.proposals[met.proposals["meets"].astype(bool) & ~met.proposals["stopped"].astype(bool)]
    meeting = alive.groupby("kode").size().to_dict()
    labels = {
        str(kode): w.t("{n} usulan, {m} menyentuh kesenjangan utama", n=w.number(n), m=w.number(meeting.get(kode, 0)))
        for kode, n in found.items()
        if n == n
    }
    classes = {str(kode): int(n) for kode, n in classify(found, BREAKS).index.items() if n == n and str(kode) in labels}
    return spec_of(session, classes=classes, labels=labels, colors=theme.sequential(len(BREAKS) + 1))


def rows(session: Session, met: Met) -> list[legend.Row]:
    """The classes of the map with kelurahan and people of each side."""
    w, sides, found = session.words, session.corridor.sides, _counts(session, met)
    units = session.data.border(session.corridor).units["kelurahan"].reindex(found.index)
    classes = classify(found, BREAKS)
    labels = [
        w.t("tidak ada usulan"),
        w.t("kurang dari 10 usulan"),
        w.t("10 sampai 49 usulan"),
        w.t("50 sampai 149 usulan"),
        w.t("150 usulan atau lebih"),
    ]
    counted = count_classes(classes, units["kode_kabkota"], units["people"])
    return legend.counted_rows(sides, counted, labels, theme.sequential(classes.count), w.no_data)
