"""The legend of the map."""

from __future__ import annotations

from analysis.values.layer import Layer
from data.catalogue import Indicator
from data.tables import Dataset
from views.figures import captions
from views.language import sentences
from views.language.escape import md
from views.language.words import Words


def legend_note(w: Words, data: Dataset, indicator: Indicator, result: Layer) -> str:
    """What the colours mean, the unit, the year and the source, in one line.

    Parameters
    ----------
    w, data : language and data
    indicator, result : what is shown
    """
    years = result.values["year"].dropna()
    span = sentences.years((int(years.min()), int(years.max()))) if len(years) else "–"
    span = w.partial_date(result.period) or span
    if result.mode == "kesenjangan":
        meaning = w.t("Kelas: selisih terhadap standar; di atas 0 % berarti di luar standar.")
    elif indicator.direction == "netral":
        meaning = w.t("Makin gelap makin tinggi nilainya.")
    else:
        meaning = w.t("Makin gelap makin tertinggal.")
    sources = captions.shorts(w, data, indicator.sources)
    level = w.t("Nilai tingkat kecamatan, digambar pada kecamatan.") if result.level == "kecamatan" else ""
    if result.uncertain.any():
        level = w.t("Arsir: standarnya ada di dalam kisaran, jadi belum pasti terpenuhi atau tidak.")
    return w.t(
        "{arti} {tingkat} Satuan {satuan}; tahun {tahun}. Jiwa per kelas adalah perkiraan. Sumber: {sumber}",
        arti=meaning,
        tingkat=level,
        satuan=w.pick(indicator.unit),
        tahun=span,
        sumber=md(sources),
    )
