"""Tables of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.layer import Layer
from analysis.values.reach import Reach
from data.catalogue import Indicator
from data.tables import Dataset
from views.language.names import quality_names, yes_names
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def layer_table(w: Words, data: Dataset, layer: Layer, indicator: Indicator) -> Styler:
    """The table that says what the map shows: every unit with value, range, gap, year, quality and method.

    Parameters
    ----------
    w, data : language and data
    layer, indicator : what is shown
    """
    values = layer.values
    places = data.kelurahan if layer.level == "kelurahan" else data.kecamatan
    places = places.reindex(values.index)
    value = f"{w.pick(indicator.title)} ({w.pick(indicator.unit)})"
    value += f", {w.partial_date(layer.period)}" if layer.period else ""
    gap = w.t("Selisih terhadap standar (%)")
    quality = quality_names(w)
    columns: dict[str, object] = {w.t("Kode"): values.index, w.t("Nama"): places["nama"].to_numpy()}
    if layer.level == "kelurahan":
        columns[w.t("Kecamatan")] = places["kecamatan"].to_numpy()
    columns[w.t("Kabupaten/kota")] = values["kode_kabkota"].map(data.names("kabkota")).to_numpy()
    columns[w.t("Di garis batas")] = values["border"].map(yes_names(w)).to_numpy()
    columns[value] = values["value"].to_numpy()
    ends: tuple[str, ...] = ()
    if indicator.range is not None:
        low, high = (
            (w.t("Batas bawah"), w.t("Batas atas"))
            if indicator.range == "galat"
            else (w.t("Persentil 10"), w.t("Persentil 90"))
        )
        columns[low], columns[high] = indicator.ends(values["low"].to_numpy(float), values["high"].to_numpy(float))
        ends = (low, high)
    if layer.standard is not None:
        columns[gap] = (values["gap"] * 100).to_numpy()
    if layer.uncertain.any():
        columns[w.t("Standar di dalam kisaran")] = layer.uncertain.map(yes_names(w)).to_numpy()
    columns[w.t("Tahun")] = values["year"].astype("Int64").to_numpy()
    if values["people_year"].notna().any():
        columns[w.t("Tahun penduduk")] = values["people_year"].astype("Int64").to_numpy()
    columns[w.t("Mutu")] = values["quality"].map(quality).fillna("").to_numpy()
    frame = pd.DataFrame(columns)
    numeric = [c for c in frame.columns if frame[c].dtype.kind == "f"]
    return w.styled(
        frame, {c: 0 if c == gap else indicator.end_decimals if c in ends else indicator.decimals for c in numeric}
    )


def services_table(w: Words, data: Dataset, result: Reach) -> pd.DataFrame:
    """The table that says what the map of services shows: every kelurahan with what is missed, judged and not sure.

    Parameters
    ----------
    w, data : language and data
    result : count of the services beyond their standard
    """
    table, places = result.table, data.kelurahan.reindex(result.table.index)
    columns: dict[str, object] = {
        w.t("Kode"): table.index,
        w.t("Nama"): places["nama"].to_numpy(),
        w.t("Kecamatan"): places["kecamatan"].to_numpy(),
        w.t("Kabupaten/kota"): table["kode_kabkota"].map(data.names("kabkota")).to_numpy(),
        w.t("Di garis batas"): table["border"].map(yes_names(w)).to_numpy(),
        w.t("Di luar standar"): table["missed"].to_numpy(),
        w.t("Dapat dinilai"): table["known"].to_numpy(),
        w.t("Belum pasti"): table["unsure"].to_numpy(),
    }
    return pd.DataFrame(columns)
