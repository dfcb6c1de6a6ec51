"""Tables of the age of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.freshness.ageing import OLD_AFTER
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.names import sector_names
from views.language.words import Words
from views.topics.freshness.words import office_names

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

GREY = "color: #6b7275"


def sector_table(w: Words, data: Dataset, sectors: pd.DataFrame, this_year: int) -> Styler:
    """Sectors and offices of each side; those whose newest figure is old are grey.

    Parameters
    ----------
    w, data : language and data
    sectors : as `analysis.freshness.ageing.by_sector` gives it
    this_year : from which ages are counted
    """
    names, offices = sector_names(w), office_names(w)
    late, old = w.t("Lewat jadwal"), w.t("Lebih dari 2 tahun")
    titles = data.catalogue.indicators
    spans = zip(sectors["oldest"], sectors["newest"], strict=True)
    frame = pd.DataFrame(
        {
            w.t("Sektor"): sectors["sector"].map(names).to_numpy(),
            w.t("Kabupaten/kota"): sectors["kode_kabkota"].map(data.names("kabkota")).to_numpy(),
            w.t("Angka"): sectors["figures"].to_numpy(),
            late: sectors["late"].to_numpy(),
            old: sectors["old"].to_numpy(),
            w.t("Tahun data"): [sentences.years((int(a), int(b))) for a, b in spans],
            w.t("Kantor yang dapat membawa"): sectors["sector"].map(offices).to_numpy(),
            w.t("Yang lewat jadwal"): [
                w.listing([aloud.title(w, titles[i]) for i in ids]) for ids in sectors["indicators"]
            ],
        }
    )
    aged = (this_year - sectors["newest"] > OLD_AFTER).to_numpy()
    styled = w.styled(frame, {w.t("Angka"): 0, late: 0, old: 0})
    return styled.apply(lambda whole: np.where(aged[:, None], GREY, np.full(whole.shape, "")), axis=None)
