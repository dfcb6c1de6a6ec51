"""The clusters on the comparison page."""

from __future__ import annotations

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from analysis.comparison.clusters import ALPHA
from data.catalogue import Indicator
from views.link import results
from views.link.context import Session
from views.screen.tables import show_table


def draw_clusters(place: DeltaGenerator, session: Session, indicator: Indicator) -> None:
    """Places that stand out together with their neighbours, across the line too.

    Parameters
    ----------
    place : container for the text and the table
    session : language, data and border of this run
    indicator : what is compared
    """
    w, data = session.words, session.data
    found = results.clusters(data, session.corridor.id, indicator.id)
    if found is None:
        place.markdown(w.t("Klaster tidak dicari: yang dihitung berbeda di tiap sisi."))
        return
    quadrants = {
        "tinggi-tinggi": w.t("tinggi di antara tinggi"),
        "rendah-rendah": w.t("rendah di antara rendah"),
        "tinggi-rendah": w.t("tinggi di antara rendah"),
        "rendah-tinggi": w.t("rendah di antara tinggi"),
    }
    units = found[found["significant"]]
    place.markdown(
        w.t(
            "Klaster (LISA, dua arah, FDR {alfa}): {n} dari {total} wilayah.",
            alfa=w.percent(ALPHA),
            n=w.number(len(units)),
            total=w.number(len(found)),
        )
    )
    if units.empty:
        return
    names = data.kelurahan if indicator.level == "kelurahan" else data.kecamatan
    rows = names.loc[units.index]
    show_table(
        w,
        pd.DataFrame(
            {
                w.t("Nama"): rows["nama"].to_numpy(),
                w.t("Kabupaten/kota"): rows["kabkota"].to_numpy(),
                w.t("Klaster"): units["label"].map(quadrants).to_numpy(),
                "p": [w.number(p, 4) for p in units["p_adjusted"]],
            }
        ),
        alt=w.t("Tabel klaster"),
        place=place,
    )
