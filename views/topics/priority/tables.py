"""Tables of priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.priority.priority import Priority
from data.tables import Dataset
from views.language.words import Words
from views.topics.priority import words as priority_words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def table(
    w: Words, data: Dataset, result: Priority, shown: pd.DataFrame, on_record: Mapping[str, Sequence[str]] | None = None
) -> Styler:
    """The ranking: first name, reason, people and range of the rank, then what stands behind them.

    Parameters
    ----------
    w, data : language and data
    result : the ranking
    shown : its rows that are shown
    on_record : further columns by heading, aligned to `shown`: what is on record of each place
    """
    places = data.kelurahan.loc[shown.index]
    people, low, high = w.t("Jiwa"), w.t("Jiwa (bawah)"), w.t("Jiwa (atas)")
    rank, need = w.t("Peringkat (median)"), w.t("Kebutuhan (1–100)")
    frame = pd.DataFrame(
        {
            w.t("Nama"): places["nama"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            w.t("Alasan"): priority_words.reasons(w, data, result, shown.index),
            **{name: list(values) for name, values in (on_record or {}).items()},
            low: shown["beyond_low"].round(-1).to_numpy(),
            high: shown["beyond_high"].round(-1).to_numpy(),
            w.t("Peringkat (kisaran)"): [
                f"{w.number(best)}–{w.number(worst)}"
                for best, worst in zip(shown["rank_low"], shown["rank_high"], strict=True)
            ],
            rank: shown["rank_median"].to_numpy(),
            people: shown["beyond"].round(-1).to_numpy(),
            need: shown["index"].to_numpy(),
            w.t("Kecamatan"): places["kecamatan"].to_numpy(),
            w.t("Ketersediaan data"): [w.percent(a) for a in shown["availability"]],
        }
    )
    return w.styled(frame, {rank: 0, need: 1, people: 0, low: 0, high: 0})


def widths(w: Words, on_record: Iterable[str] = ()) -> dict[str, int]:
    """Pixels of the first columns, so that a laptop's screen shows them all.

    Parameters
    ----------
    w : language
    on_record : headings of what is on record of each place, which take from the room of the reason
    """
    more = dict.fromkeys(on_record, 150)
    return {w.t("Nama"): 160, w.t("Kabupaten/kota"): 115, w.t("Alasan"): 590 - sum(more.values()), **more}
