"""Tables of change between two years."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.vintages import Vintages
from data.catalogue import Corridor, Series
from data.tables import Dataset
from views.language.names import quality_names
from views.language.words import Words
from views.topics.change.words import change_text, period, values_of

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def change_table(w: Words, data: Dataset, corridor: Corridor, series: Series, result: Vintages) -> Styler:
    """Before and after, a side a row; sides without both values stay in the table.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    series : what is counted
    result : its vintages, of which two years are paired
    """
    by_side = result.changes.set_index("kode").reindex(list(corridor.sides))
    quality = quality_names(w)
    before, after = (str(result.changes.iloc[0][c]) for c in ("from", "to"))
    frame = pd.DataFrame(
        {
            w.t("Sisi"): [str(data.kabkota.at[k, "nama"]) for k in corridor.sides],
            before: by_side["before"].to_numpy(),
            after: by_side["after"].to_numpy(),
            w.t("Perubahan"): [
                w.no_data if pd.isna(c) else change_text(w, series, float(c), float(r))
                for c, r in zip(by_side["change"], by_side["relative"], strict=True)
            ],
            w.t("Mutu"): by_side["quality"].map(quality).fillna("–").to_numpy(),
        }
    )
    return w.styled(frame, {before: series.decimals, after: series.decimals})


def apart_table(w: Words, data: Dataset, corridor: Corridor, series: Series) -> Styler:
    """Every figure of the series with the way it was counted, also those that are paired with nothing.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    series : what is counted
    """
    rows = values_of(data, series.id)
    rows = rows[rows["kode"].isin(corridor.sides)].sort_values(["kode", "year", "period"])
    quality = quality_names(w)
    value = f"{w.t('Nilai')} ({w.pick(series.unit)})"
    frame = pd.DataFrame(
        {
            w.t("Kabupaten/kota"): rows["kode"].map(data.names("kabkota")).to_numpy(),
            w.t("Masa"): [period(w, str(p)) for p in rows["period"]],
            value: rows["value"].to_numpy(),
            w.t("Yang dihitung"): [w.pick(series.definition(str(d)).text) for d in rows["definition"]],
            w.t("Mutu"): rows["quality"].map(quality).to_numpy(),
            w.t("Sumber"): [series.definition(str(d)).origin for d in rows["definition"]],
        }
    )
    return w.styled(frame, {value: series.decimals})
