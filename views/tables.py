"""Tables: results as frames with translated headings; numbers stay sortable and read in the language of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.classes import UNKNOWN
from analysis.layer import Layer
from data.catalogue import Indicator
from data.tables import Dataset
from views.escape import md
from views.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def class_label(w: Words, layer: Layer, indicator: Indicator, position: int) -> str:
    """The limits of a class as text."""
    if position == UNKNOWN:
        return w.no_data
    gap = layer.mode == "kesenjangan"

    def limit(value: float) -> str:
        return w.signed_percent(value) if gap else w.number(value, _limit_decimals(value))

    breaks = layer.classes.breaks
    closed = layer.classes.upper_closed
    if not breaks:
        return w.t("semua nilai")
    if position == 0:
        return f"≤ {limit(breaks[0])}" if closed else f"< {limit(breaks[0])}"
    if position == len(breaks):
        return f"> {limit(breaks[-1])}" if closed else f"≥ {limit(breaks[-1])}"
    low, high = limit(breaks[position - 1]), limit(breaks[position])
    return f"> {low} – {high}" if closed else f"{low} – < {high}"


def _limit_decimals(value: float) -> int:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return len(text.partition(".")[2])


def legend(
    w: Words, data: Dataset, layer: Layer, indicator: Indicator, colors: tuple[str, ...], marks: dict[int, str]
) -> Styler:
    """Classes with colour, units and people a side; the last row counts what is unknown.

    Its cells are Markdown, as `st.table` reads them.

    Parameters
    ----------
    colors : one a class
    marks : short remark by class, such as where the standard lies
    """
    order = [*range(layer.classes.count), UNKNOWN]
    color, limits = w.t("Warna"), w.t("Kelas")
    columns: dict[str, list[str]] = {
        color: ["▨" if p == UNKNOWN else "" for p in order],
        limits: [md(" ".join(filter(None, [class_label(w, layer, indicator, p), marks.get(p, "")]))) for p in order],
    }
    for figure in layer.sides:
        by_class = layer.counts[layer.counts["side"] == figure.kode_kabkota].set_index("class")
        name = md(str(data.kabkota.at[figure.kode_kabkota, "nama"]))
        columns[w.t("{sisi}: unit", sisi=name)] = [w.number(int(by_class["units"].loc[p])) for p in order]
        columns[w.t("{sisi}: jiwa", sisi=name)] = [
            w.people(float(by_class["people"].loc[p])) if by_class["units"].loc[p] else "–" for p in order
        ]
    frame = pd.DataFrame(columns)

    def paint(column: pd.Series) -> list[str]:
        fills = [*colors, "transparent"]
        return [f"background-color: {fill}; color: #777" for fill in fills[: len(column)]]

    return frame.style.apply(paint, subset=[color], axis=0).hide(axis="index")


def layer_table(w: Words, data: Dataset, layer: Layer, indicator: Indicator) -> Styler:
    """The twin of the map: every unit with value, range, gap, year, quality and method."""
    values = layer.values
    places = data.kelurahan if layer.level == "kelurahan" else data.kecamatan
    places = places.reindex(values.index)
    value = f"{w.pick(indicator.title)} ({w.pick(indicator.unit)})"
    gap = w.t("Selisih terhadap standar (%)")
    quality = {"tinggi": w.t("tinggi"), "sedang": w.t("sedang"), "rendah": w.t("rendah")}
    columns: dict[str, object] = {w.t("Kode"): values.index, w.t("Nama"): places["nama"].to_numpy()}
    if layer.level == "kelurahan":
        columns[w.t("Kecamatan")] = places["kecamatan"].to_numpy()
    columns[w.t("Kabupaten/kota")] = values["kode_kabkota"].map(data.names("kabkota")).to_numpy()
    columns[w.t("Di garis batas")] = values["border"].map({True: w.t("ya"), False: w.t("tidak")}).to_numpy()
    columns[value] = values["value"].to_numpy()
    if indicator.range is not None:
        low, high = (
            (w.t("Batas bawah"), w.t("Batas atas"))
            if indicator.range == "galat"
            else (w.t("Persentil 10"), w.t("Persentil 90"))
        )
        columns[low], columns[high] = values["low"].to_numpy(), values["high"].to_numpy()
    if layer.standard is not None:
        columns[gap] = (values["gap"] * 100).to_numpy()
    if layer.bounds:
        columns[w.t("Batas atas?")] = values["upper_bound"].map({True: w.t("ya"), False: w.t("tidak")}).to_numpy()
    columns[w.t("Tahun")] = values["year"].astype("Int64").to_numpy()
    columns[w.t("Mutu")] = values["quality"].map(quality).fillna("").to_numpy()
    frame = pd.DataFrame(columns)
    numeric = [c for c in frame.columns if frame[c].dtype.kind == "f"]
    return w.styled(frame, {c: 0 if c == gap else indicator.decimals for c in numeric})
