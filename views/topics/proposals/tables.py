"""Tables of the page of proposals; what files say stands in them as no formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.proposals.proposals import Met
from data.catalogue import Corridor
from data.tables import Dataset
from views.figures import captions
from views.language import aloud, sentences
from views.language.cells import safe_cell
from views.language.words import Words
from views.topics.proposals import words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

    from records.proposals.tables import ImportRow

MOST_ROWS = 300
"""Rows of a table on the page; the file that can be downloaded has all of them."""


def by_subject(w: Words, data: Dataset, corridor: Corridor, met: Met) -> Styler:
    """Proposals of each side by subject, with the indicators that the subject touches.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    met : proposals against gaps
    """
    alive = met.proposals[~met.proposals["stopped"].astype(bool)]
    counts = alive.groupby(["pokok", "kabkota"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(corridor.sides), fill_value=0)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    rupiah = alive.groupby("pokok")["rupiah"].sum(min_count=1).reindex(order)
    meets = alive.groupby("pokok")["meets"].sum().reindex(order)
    sides = {side: str(data.kabkota.at[side, "nama"]) for side in corridor.sides}
    money = w.t("Anggaran diusulkan (juta rupiah)")
    frame = pd.DataFrame(
        {
            w.t("Pokok"): [words.subject_name(w, data, s) for s in order],
            **{name: counts.loc[order, side].to_numpy(dtype=float) for side, name in sides.items()},
            w.t("Menyentuh kesenjangan utama"): meets.to_numpy(dtype=float),
            w.t("Indikator terkait"): [words.touched(w, data, s) for s in order],
            money: rupiah.astype(float).to_numpy() / 1e6,
        }
    )
    return w.styled(frame, dict.fromkeys([*sides.values(), w.t("Menyentuh kesenjangan utama"), money], 0))


def by_path(w: Words, data: Dataset, corridor: Corridor, met: Met) -> Styler:
    """Proposals of each side by the way they come: desa and kelurahan are never added up.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    met : proposals against gaps
    """
    grouped = met.proposals.groupby(["kabkota", "path"])["stopped"]
    counts, ended = grouped.size().to_dict(), grouped.sum().to_dict()
    names, total, stopped = words.path_names(w), w.t("Usulan"), w.t("Ditolak atau dibatalkan")
    rows = [
        (
            str(data.kabkota.at[side, "nama"]),
            names[path],
            float(counts[side, path]),
            float(ended[side, path]),
        )
        for side in corridor.sides
        for path in names
        if (side, path) in counts
    ]
    frame = pd.DataFrame(rows, columns=[w.t("Kabupaten/kota"), w.t("Jalur"), total, stopped])
    return w.styled(frame, {total: 0, stopped: 0})


def gaps(w: Words, data: Dataset, met: Met, *, unmet: bool) -> Styler:
    """Top gaps at the line that no proposal touches, or those that one does, the largest first.

    Parameters
    ----------
    w, data : language and data
    met : proposals against gaps
    unmet : which of them
    """
    shown = ordered(met, unmet=unmet).head(MOST_ROWS)
    places, known = data.kelurahan.loc[shown["kode"]], data.catalogue.indicators
    gap, count = w.t("Selisih terhadap standar"), w.t("Usulan")
    frame = pd.DataFrame(
        {
            w.t("Kelurahan/desa"): places["nama"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            w.t("Kesenjangan"): [aloud.title(w, known[i]) for i in shown["indicator"]],
            w.t("Nilai"): [
                sentences.value_with_unit(w, known[i], float(v))
                for i, v in zip(shown["indicator"], shown["value"], strict=True)
            ],
            gap: [w.signed_percent(float(g)) for g in shown["gap"]],
            w.t("Tahun data"): [
                str(data.indicator_values(i).at[kode, "year"])
                for kode, i in zip(shown["kode"], shown["indicator"], strict=True)
            ],
            w.t("Urutan di tempatnya"): shown["place"].to_numpy(dtype=float),
            count: shown["proposals"].to_numpy(dtype=float),
        }
    )
    if unmet:
        frame = frame.drop(columns=count)
    return w.styled(frame, {w.t("Urutan di tempatnya"): 0, **({} if unmet else {count: 0})})


def sources(w: Words, data: Dataset, met: Met) -> str:
    """Where the values of the gaps come from, and that distances are straight lines.

    Parameters
    ----------
    w, data : language and data
    met : proposals against gaps
    """
    found = captions.sources_of(w, data, dict.fromkeys(met.gaps["indicator"].astype(str)))
    return w.t("Nilai: {sumber}. Jarak adalah garis lurus.", sumber=found)


def ordered(met: Met, *, unmet: bool) -> pd.DataFrame:
    """Top gaps at the line that no proposal touches, or that one does, the largest first."""
    found = met.gaps[met.gaps["at_line"] & ((met.gaps["proposals"] == 0) == unmet)]
    return found.sort_values(["gap", "kode"], ascending=[False, True], kind="stable")


def listed(w: Words, data: Dataset, proposals: pd.DataFrame) -> Styler:
    """Proposals, one a row, as many as a page shows.

    Parameters
    ----------
    w, data : language and data
    proposals : as in `Met.proposals`
    """
    shown = proposals.head(MOST_ROWS)
    places, paths = data.kelurahan.loc[shown["kode"]], words.path_names(w)
    money = w.t("Anggaran (Rp)")
    frame = pd.DataFrame(
        {
            w.t("Usulan"): [safe_cell(t) for t in shown["title"]],
            w.t("Kelurahan/desa"): places["nama"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            w.t("Pokok"): [words.subject_name(w, data, s) for s in shown["pokok"]],
            w.t("Jalur"): shown["path"].map(dict(paths)).to_numpy(),
            w.t("Status"): [safe_cell(t) for t in shown["status"]],
            money: shown["rupiah"].astype(float).to_numpy(),
            w.t("Menyentuh kesenjangan utama"): [w.t("ya") if m else w.t("tidak") for m in shown["meets"]],
            w.t("Perangkat daerah tujuan"): [safe_cell(t) for t in shown["office"]],
            w.t("Permasalahan"): [safe_cell(t) for t in shown["problem"]],
        }
    )
    return w.styled(frame, {money: 0})


def twins(w: Words, data: Dataset, met: Met) -> Styler:
    """Subjects that two touching kelurahan on either side of a line both propose, the longest shared border first.

    Parameters
    ----------
    w, data : language and data
    met : proposals against gaps
    """
    names, shown = data.names("kelurahan"), met.twins.head(MOST_ROWS)
    kabkota = data.kabkota_names
    count_a, count_b, metres = w.t("Usulan di sini"), w.t("Usulan di seberang"), w.t("Batas bersama (m)")
    frame = pd.DataFrame(
        {
            w.t("Pokok"): [words.subject_name(w, data, s) for s in shown["pokok"]],
            w.t("Kelurahan/desa"): [f"{names[k]} ({kabkota[k[:5]]})" for k in shown["kode_a"]],
            w.t("Di seberang batas"): [f"{names[k]} ({kabkota[k[:5]]})" for k in shown["kode_b"]],
            count_a: shown["count_a"].to_numpy(dtype=float),
            count_b: shown["count_b"].to_numpy(dtype=float),
            metres: shown["shared_m"].round(-1).to_numpy(dtype=float),
        }
    )
    return w.styled(frame, {count_a: 0, count_b: 0, metres: 0})


def imports(w: Words, data: Dataset, files: Sequence[ImportRow]) -> pd.DataFrame:
    """The files that were taken, newest first.

    Parameters
    ----------
    w, data : language and data
    files : in the order of the rows
    """
    return pd.DataFrame(
        {
            w.t("Dibawa"): [w.date(f.taken_at.date()) for f in files],
            w.t("Kabupaten/kota"): [str(data.kabkota.at[f.kabkota, "nama"]) for f in files],
            w.t("Berkas"): [safe_cell(f.name) for f in files],
            w.t("Baru"): [f.new for f in files],
            w.t("Berubah"): [f.changed for f in files],
            w.t("Tetap"): [f.same for f in files],
            w.t("Sidik berkas (SHA-256)"): [f.sha256[:16] for f in files],
        }
    )
