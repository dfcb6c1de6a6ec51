"""The tables of the page on access: both sides, gains, losses, receiving facilities, every kelurahan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.access.result import OpenBorder, OpenBorderSide, gainers, losers
from data.tables import Dataset
from geo.distances import minutes
from views.figures import legend
from views.language import sentences
from views.language.names import yes_names
from views.language.words import Words
from views.topics.access.words import people_range, ratio_text, saved_text, to_tens

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

MOST_ROWS = 10


def side_table(w: Words, data: Dataset, result: OpenBorder) -> str:
    """Both sides alike, as HTML: who crosses, who is newly within, who gains, who loses, who receives.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    """
    heads = [w.t("Yang dihitung"), *[str(data.kabkota.at[s.kode_kabkota, "nama"]) for s in result.side]]

    def row(label: str, cell: Callable[[OpenBorderSide], str]) -> list[str]:
        return [label, *[cell(s) if s.known else w.no_data for s in result.side]]

    def listed(counts: tuple[float, float, float] | None) -> str:
        if counts is None:
            return w.t("belum ada standar")
        spread = people_range(w, counts)
        return w.people(counts[0]) if spread == w.people(counts[0]) else f"{w.people(counts[0])} ({spread})"

    def units(side: OpenBorderSide) -> str:
        return w.t("{naik} bertambah, {turun} berkurang, {ragu} belum pasti", naik=w.number(side.gain_units),
                   turun=w.number(side.lose_units), ragu=w.number(side.unsure_units))  # fmt: skip

    rows = [
        row(w.t("Jiwa yang dinilai"), lambda s: w.people(s.people)),
        row(w.t("Kelurahan/desa yang dinilai"), lambda s: f"{w.number(s.known)} / {w.number(s.units)}"),
        row(w.t("Jiwa dengan layanan terdekat di seberang"), lambda s: listed(s.crossing)),
        row(w.t("Jiwa yang menjadi terlayani sesuai standar"), lambda s: listed(s.newly)),
        row(w.t("Jiwa yang ketersediaan layanannya bertambah"), lambda s: w.people(s.gain)),
        row(w.t("Jiwa yang ketersediaan layanannya berkurang"), lambda s: w.people(s.lose)),
        row(w.t("Kelurahan/desa menurut ketersediaan layanan"), units),
        row(w.t("Jiwa dari seberang yang datang"), lambda s: listed(s.incoming)),
    ]
    return legend.text_table(w.t("Kedua sisi"), heads, rows)


def gain_table(w: Words, data: Dataset, result: OpenBorder) -> str:
    """The ten kelurahan that gain most metres, as HTML.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    """
    heads = [
        w.t("Nama"), w.t("Kabupaten/kota"), w.t("Jiwa"), w.t("Hanya layanan sendiri (m)"), w.t("Boleh lintas batas (m)"),
        w.t("Hemat (m)"), w.t("Kisaran 5–95 % (m)"), w.t("Menjadi terlayani sesuai standar (jiwa)"),
    ]  # fmt: skip
    rows = [
        [
            str(data.kelurahan.at[kode, "nama"]), str(data.kelurahan.at[kode, "kabkota"]), w.people(row["people"]),
            w.number(to_tens(row["closed_median"])),
            sentences.at_most(w.number(to_tens(row["open_median"])), bool(row["open_bound"])),
            w.number(to_tens(row["saved"])), saved_text(w, row).removesuffix("\N{NO-BREAK SPACE}m"),
            w.people(row["newly"]) if not pd.isna(row["newly"]) else w.t("belum ada standar"),
        ]
        for kode, row in gainers(result).iterrows()
    ]  # fmt: skip
    return legend.text_table(w.t("Sepuluh kelurahan yang paling banyak terbantu"), heads, rows)


def loss_table(w: Words, data: Dataset, result: OpenBorder) -> str:
    """The kelurahan with the largest loss of supply per person, as HTML.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    """
    heads = [
        w.t("Nama"), w.t("Kabupaten/kota"), w.t("Jiwa"), w.t("Ketersediaan layanan, hanya layanan sendiri"), w.t("Ketersediaan layanan, boleh lintas batas"), w.t("Perubahan"),
        w.t("Arah"),
    ]  # fmt: skip
    rows = [
        [
            str(data.kelurahan.at[kode, "nama"]), str(data.kelurahan.at[kode, "kabkota"]), w.people(row["people"]),
            w.number(row["supply_closed"], 3), w.number(row["supply_open"], 3), ratio_text(w, float(row["supply_ratio"])),
            w.t("pasti") if row["supply_sure"] else w.t("belum pasti"),
        ]
        for kode, row in losers(result).iterrows()
    ]  # fmt: skip
    return legend.text_table(w.t("Kelurahan yang ketersediaan layanannya paling berkurang"), heads, rows)


def receiving_table(w: Words, data: Dataset, result: OpenBorder) -> str:
    """The facilities that would receive most people from across the line, as HTML.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    """
    heads = [w.t("Fasilitas"), w.t("Milik"), w.t("Kelurahan"), w.t("Jiwa tambahan"), w.t("Kisaran 5–95 %")]
    rows = [
        [
            str(row["name"]) or w.t("baru"), str(data.kabkota.at[row["operator"], "nama"]),
            str(data.kelurahan["nama"].get(row["kode"], "")), w.people(row["people"]),
            people_range(w, (row["people"], row["people_low"], row["people_high"])),
        ]
        for _, row in result.receiving.head(MOST_ROWS).iterrows()
    ]  # fmt: skip
    return legend.text_table(w.t("Fasilitas dengan jiwa tambahan terbanyak"), heads, rows)


def twin(w: Words, data: Dataset, result: OpenBorder, assumed: dict[str, float]) -> Styler:
    """The table that says what the map shows: every kelurahan of the sides.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    assumed : detour factor and speeds (km/h) by their keys in the link
    """
    table = result.table
    places = data.kelurahan.loc[table.index]
    detour = assumed["memutar"]
    yes = yes_names(w)
    columns: dict[str, tuple[object, int | None]] = {
        w.t("Kode"): (table.index, None),
        w.t("Nama"): (places["nama"], None),
        w.t("Kecamatan"): (places["kecamatan"], None),
        w.t("Kabupaten/kota"): (places["kabkota"], None),
        w.t("Jiwa"): (table["people"].round(-1), 0),
        w.t("Hanya layanan sendiri: median (m)"): (table["closed_median"], 0),
        w.t("Hanya layanan sendiri: P90 (m)"): (table["closed_p90"], 0),
        w.t("Hanya layanan sendiri: 5 % (m)"): (table["closed_low"], 0),
        w.t("Hanya layanan sendiri: 95 % (m)"): (table["closed_high"], 0),
        w.t("Boleh lintas batas: median (m)"): (table["open_median"], 0),
        w.t("Boleh lintas batas: P90 (m)"): (table["open_p90"], 0),
        w.t("Boleh lintas batas: 5 % (m)"): (table["open_low"], 0),
        w.t("Boleh lintas batas: 95 % (m)"): (table["open_high"], 0),
        w.t("Boleh lintas batas: batas atas?"): (table["open_bound"].map(yes), None),
        w.t("Hemat (m)"): (table["saved"], 0),
        w.t("Hemat: 5 % (m)"): (table["saved_low"], 0),
        w.t("Hemat: 95 % (m)"): (table["saved_high"], 0),
    }
    walk, ride = assumed["jalan_kaki"], assumed["motor"]
    columns |= {
        w.t("Menit jalan kaki, hanya layanan sendiri"): (_minutes_of(table["closed_median"], detour, walk), 0),
        w.t("Menit jalan kaki, boleh lintas batas"): (_minutes_of(table["open_median"], detour, walk), 0),
        w.t("Menit naik motor, hanya layanan sendiri"): (_minutes_of(table["closed_median"], detour, ride), 0),
        w.t("Menit naik motor, boleh lintas batas"): (_minutes_of(table["open_median"], detour, ride), 0),
    }
    columns |= {
        w.t("Terdekat di seberang (jiwa)"): (table["crossing"], 0),
        w.t("Menjadi terlayani sesuai standar (jiwa)"): (table["newly"], 0),
        w.t("Ketersediaan layanan, hanya layanan sendiri (per 10.000 jiwa)"): (table["supply_closed"], 3),
        w.t("Ketersediaan layanan, boleh lintas batas (per 10.000 jiwa)"): (table["supply_open"], 3),
        w.t("Selisih ketersediaan layanan (per 10.000 jiwa)"): (table["supply_change"], 3),
        w.t("Arah ketersediaan layanan pasti?"): (table["supply_sure"].map(yes), None),
    }
    frame = pd.DataFrame({k: pd.Series(v).to_numpy() for k, (v, _) in columns.items()})
    return w.styled(frame, {k: n for k, (_, n) in columns.items() if n is not None})


def _minutes_of(metres: pd.Series, detour: float, speed_kmh: float) -> pd.Series:
    """Minutes for a column of metres."""
    return metres.map(lambda m: minutes(m, detour, speed_kmh))
