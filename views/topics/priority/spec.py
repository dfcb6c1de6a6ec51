"""The map of priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.priority.priority import Priority
from analysis.values.classes import classify, count_classes
from views.figures import legend, theme
from views.figures.mapspec import MapSpec, spec_of

if TYPE_CHECKING:
    from views.link.context import Session

NEED_BREAKS = (5, 15, 30, 50)


def spec(session: Session, result: Priority) -> MapSpec:
    """The map of the need of every kelurahan."""
    w = session.words
    need = result.table["index"]
    classes = {str(kode): int(n) for kode, n in classify(need, NEED_BREAKS).index.items()}
    labels = {
        str(kode): w.t(
            "kebutuhan {nilai}, peringkat {rendah}–{tinggi}",
            nilai=w.number(row["index"], 1),
            rendah=w.number(row["rank_low"]),
            tinggi=w.number(row["rank_high"]),
        )
        for kode, row in result.table[need.notna()].iterrows()
    }
    return spec_of(
        session,
        classes=classes,
        labels=labels,
        colors=theme.sequential(len(NEED_BREAKS) + 1),
    )


def map_rows(session: Session, result: Priority) -> list[legend.Row]:
    """Classes of need with kelurahan and people of each side."""
    w = session.words
    found = classify(result.table["index"], NEED_BREAKS)
    labels = legend.steps((1, *NEED_BREAKS, 100), w.number)
    counts = count_classes(found, result.table["kode_kabkota"], result.table["people"])
    return legend.counted_rows(session.corridor.sides, counts, labels, theme.sequential(found.count), w.no_data)
