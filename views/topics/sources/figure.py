"""The chart of sources and quality."""

from __future__ import annotations

import pandas as pd

from data.tables import Dataset
from views.figures import theme
from views.figures.captions import span
from views.figures.specs import Entry, Heat, Legend
from views.language.words import Words


def _columns(data: Dataset) -> list[str]:
    wanted = {side for corridor in data.catalogue.corridors.values() for side in corridor.sides}
    study = data.catalogue.corridors["semua"].sides if "semua" in data.catalogue.corridors else ()
    return [*study, *sorted(wanted - set(study))]


def coverage_matrix(w: Words, data: Dataset, shares: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Share and "known/total" by indicator and kabkota, for the kabkota of all corridors.

    Parameters
    ----------
    w, data : language and data
    shares : indicator, kode_kabkota, known, total and share (0 to 1), as `views.link.results.known_shares` gives them
    """
    columns = _columns(data)
    titles = {i.id: w.pick(i.title) for i in data.catalogue.indicators.values()}
    names = data.names("kabkota")
    text = shares.assign(text=shares["known"].astype(str) + "/" + shares["total"].astype(str))

    def matrix(column: str) -> pd.DataFrame:
        wide = text.pivot(index="indicator", columns="kode_kabkota", values=column)
        wide = wide.reindex(index=list(titles), columns=columns)
        return wide.rename(index=titles, columns=names.to_dict()).rename_axis(index=None, columns=None)

    return matrix("share"), matrix("text")


def figure(w: Words, data: Dataset, shares: pd.DataFrame, counts: pd.DataFrame) -> Heat:
    """Share of units with a value, an indicator a row and a kabkota a column; see `coverage_matrix`.

    Parameters
    ----------
    w, data : language and data
    shares, counts : share (0 to 1) and "known/total", an indicator a row and a kabkota a column
    """
    return Heat(
        title=w.t("Cakupan: wilayah yang nilainya diketahui, menurut indikator dan kabupaten/kota"),
        unit=w.t("% kelurahan/desa"),
        year=span(w, {int(y) for y in data.values["year"].dropna()}),
        source=w.t("semua sumber indikator, tercantum di halaman Sumber & mutu"),
        note=w.t("Angka: wilayah yang diketahui dari semua wilayah pada tingkat asli indikator."),
        alt=w.t("Peta panas cakupan data; tabelnya di bawah"),
        language=w.language,
        legend=Legend(
            entries=(
                Entry(theme.SEQUENTIAL[-1], w.t("% kelurahan/desa yang diketahui")),
                *([Entry(None, w.no_data)] if shares.isna().to_numpy().any() else []),
            )
        ),
        rows=tuple(map(str, shares.index)),
        columns=tuple(map(str, shares.columns)),
        values=tuple(tuple(None if pd.isna(v) else 100 * float(v) for v in row) for row in shares.to_numpy()),
        texts=tuple(tuple("–" if pd.isna(v) else str(v) for v in row) for row in counts.to_numpy()),
        colors=theme.SEQUENTIAL,
        axis=w.t("% kelurahan/desa yang diketahui"),
    )
