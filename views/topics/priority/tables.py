"""Tables of priority."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.tables import Dataset
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def table(w: Words, data: Dataset, shown: pd.DataFrame) -> Styler:
    """The ranking with ranges, people and what drives the need."""
    places = data.kelurahan.loc[shown.index]
    indicators = data.catalogue.indicators
    need, people, people_low, people_high = w.t("Kebutuhan"), w.t("Jiwa"), w.t("Jiwa (bawah)"), w.t("Jiwa (atas)")
    rank = w.t("Peringkat tengah")
    frame = pd.DataFrame(
        {
            rank: shown["rank_median"].to_numpy(),
            w.t("Kisaran 5–95 %"): [
                f"{low:.0f}–{high:.0f}" for low, high in zip(shown["rank_low"], shown["rank_high"], strict=True)
            ],
            w.t("Kelompok"): shown["group"].to_numpy(),
            w.t("Nama"): places["nama"].to_numpy(),
            w.t("Kecamatan"): places["kecamatan"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            people: shown["lacking"].round(-1).to_numpy(),
            people_low: shown["lacking_low"].round(-1).to_numpy(),
            people_high: shown["lacking_high"].round(-1).to_numpy(),
            need: shown["index"].to_numpy(),
            w.t("Pendorong utama"): [
                w.pick(indicators[str(d)].title) if str(d) in indicators else "–" for d in shown["driver"]
            ],
            w.t("Ketersediaan data"): [w.percent(a) for a in shown["availability"]],
        }
    )
    return w.styled(frame, {rank: 0, need: 1, people: 0, people_low: 0, people_high: 0})
