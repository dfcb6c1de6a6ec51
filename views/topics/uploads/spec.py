"""The map of a file: which kelurahan are new, changed, the same, or far from what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from views.figures import theme
from views.figures.mapspec import MapLegend, MapSpec, spec_of
from views.language.words import Words

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 380
CLASSES = ("absent", "same", "new", "changed", "far")


def _classes_of(figures: pd.DataFrame) -> dict[str, str]:
    """By kode, the class of the figure that should be looked at first.

    Parameters
    ----------
    figures : kode, change, far, apart
    """
    found = figures["change"].where(~(figures["far"] | figures["apart"]), "far")
    ranks = found.map({name: rank for rank, name in enumerate(CLASSES)})
    return {str(kode): CLASSES[int(rank)] for kode, rank in ranks.groupby(figures["kode"]).max().items()}


def _labels_of(w: Words) -> dict[str, str]:
    """What each class is called."""
    return {
        "absent": w.t("tidak ada di berkas"),
        "same": w.t("sama"),
        "new": w.t("baru"),
        "changed": w.t("berubah"),
        "far": w.t("jauh dari nilai lama atau dari semua tetangga"),
    }


def spec(session: Session, figures: pd.DataFrame) -> MapSpec:
    """The kelurahan of a file by what it changes there.

    Parameters
    ----------
    session : language, data and border of this run
    figures : kode, change, far and apart
    """
    w, labels = session.words, _labels_of(session.words)
    units = session.data.units("kelurahan", session.corridor.sides).index
    found = dict.fromkeys(map(str, units), "absent") | _classes_of(figures)
    colors = theme.sequential(len(CLASSES))
    used = [name for name in CLASSES if name in found.values()]
    counts = pd.Series(list(found.values())).value_counts()
    rows = tuple((colors[CLASSES.index(name)], labels[name], (w.number(int(counts[name])),)) for name in used)
    legend = MapLegend(w.t("Isi berkas terhadap data sekarang"), (w.t("kelurahan/desa"),), rows)
    return spec_of(
        session,
        classes={kode: CLASSES.index(name) for kode, name in found.items()},
        labels={kode: labels[name] for kode, name in found.items()},
        colors=colors,
        legend=legend,
    )
