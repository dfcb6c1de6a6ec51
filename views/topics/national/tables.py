"""Tables of all land borders, and of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.comparison.field import NOT_COMPARED, THIN
from data.catalogue import Catalogue, Indicator
from data.national_tables import MEASURED, National, facility_of, level_of
from views.language import sentences
from views.language.words import Words
from views.topics.national.words import border_names, side_names, signed, span

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def borders_table(w: Words, national: National, sides: pd.DataFrame, codes: Mapping[str, str]) -> Styler:
    """All land borders, or some: both sides, their gaps, and what the border shows.

    Parameters
    ----------
    w, national : language and tables
    sides : of the borders that are listed, as `open_data.national.judged_sides` gives them
    codes : what each border shows, by pair
    """
    pairs = national.pairs.loc[list(dict.fromkeys(sides["pair"]))]
    shown = sides["gap_km"].where(sides["raw"] != NOT_COMPARED)
    gaps = pd.Series(shown.to_numpy(), index=pd.MultiIndex.from_frame(sides[["pair", "side"]]))
    known = border_names(w)
    length = w.t("Garis (km)")
    first, second = w.t("Selisih sisi pertama (km)"), w.t("Selisih sisi kedua (km)")
    frame = pd.DataFrame(
        {
            w.t("Sisi pertama"): pairs["name_a"].to_numpy(),
            w.t("Sisi kedua"): pairs["name_b"].to_numpy(),
            w.t("Yang tampak"): [known[codes[pair]] for pair in pairs.index],
            first: gaps.reindex(pd.MultiIndex.from_arrays([pairs.index, pairs["side_a"]])).to_numpy(),
            second: gaps.reindex(pd.MultiIndex.from_arrays([pairs.index, pairs["side_b"]])).to_numpy(),
            length: pairs["border_km"].to_numpy(),
            w.t("Provinsi"): [
                a if a == b else f"{a}, {b}" for a, b in zip(pairs["province_a"], pairs["province_b"], strict=True)
            ],
        }
    )
    return w.styled(frame, {first: 2, second: 2, length: 0})


def comparison_table(
    w: Words, catalogue: Catalogue, rows: Mapping[str, pd.DataFrame], names: Mapping[str, str]
) -> pd.DataFrame:
    """Edge against interior of both sides for every kind of school, as it is and at equal density.

    Parameters
    ----------
    w, catalogue : language, and the titles
    rows : both sides by indicator, as `open_data.national.judged_sides` gives them
    names : of the kabkota by kode
    """
    said = side_names(w)
    lines = []
    for indicator, sides in rows.items():
        for row in sides.to_dict("records"):
            thin = row["raw"] == NOT_COMPARED
            lines.append(
                {
                    w.t("Indikator"): w.pick(catalogue.indicators[indicator].title),
                    w.t("Sisi"): names[row["side"]],
                    w.t("Tepi (km)"): w.number(row["border_km"], 2),
                    w.t("n tepi"): w.number(row["n_border"]),
                    w.t("Bagian dalam (km)"): w.number(row["interior_km"], 2),
                    w.t("n bagian dalam"): w.number(row["n_interior"]),
                    w.t("Selisih"): "–" if thin else signed(w, row["gap_km"]),
                    w.t("Kisaran 95 %"): "–" if thin else span(w, row["low_km"], row["high_km"]),
                    w.t("Apa adanya"): said[row["raw"]],
                    w.t("Selisih pada kepadatan yang sama"): "–" if thin else signed(w, row["density_gap_km"]),
                    w.t("Kisaran 95 % pada kepadatan yang sama"): "–"
                    if thin
                    else span(w, row["density_low_km"], row["density_high_km"]),
                    w.t("p pada kepadatan yang sama"): "–"
                    if thin or row["density_p"] != row["density_p"]
                    else w.number(row["density_p"], 4),
                    w.t("Pada kepadatan yang sama"): said[row["density"]],
                    "p": "–" if thin or row["p"] != row["p"] else w.number(row["p"], 4),
                    "q": "–" if thin or row["q"] != row["q"] else w.number(row["q"], 3),
                }
            )
    return pd.DataFrame(lines)


def units_table(w: Words, catalogue: Catalogue, units: pd.DataFrame, names: Mapping[str, str]) -> Styler:
    """Every kelurahan at the line with its distances in km, own and across.

    Parameters
    ----------
    w, catalogue : language, and the titles
    units : of both sides, as `data.national_tables.National.of_pair` gives them
    names : of the kabkota by kode
    """
    shared, area = w.t("Garis bersama (km)"), w.t("Luas (km²)")
    frame = pd.DataFrame(
        {
            w.t("Kode"): units.index,
            w.t("Nama"): units["nama"].to_numpy(),
            w.t("Sisi"): units["kode_kabkota"].map(names).to_numpy(),
            shared: (units["shared_m"] / 1000).to_numpy(),
            area: units["luas_km2"].to_numpy(),
        }
    )
    decimals = {shared: 2, area: 2}
    for indicator in MEASURED:
        title, facility = w.pick(catalogue.indicators[indicator].title), facility_of(indicator)
        for reach, head in (
            ("own", w.t("{indikator}, milik sendiri (km)", indikator=title)),
            ("other", w.t("{indikator}, di seberang batas (km)", indikator=title)),
        ):
            frame[head] = units[f"{reach}_{facility}"].to_numpy(dtype=float)
            decimals[head] = 2
    return w.styled(frame, decimals)


def farthest(units: pd.DataFrame, facility: str, most: int) -> pd.DataFrame:
    """The kelurahan at the line that are farthest from their own school, farthest first; unknown ones are left out.

    Parameters
    ----------
    units : of both sides, as `data.national_tables.National.of_pair` gives them
    facility : kind of school, as `data.national_tables.facility_of` gives it
    most : number of rows
    """
    known = units[units[f"own_{facility}"].notna()]
    return known.sort_values([f"own_{facility}", "nama"], ascending=[False, True], kind="stable").head(most)


def card_rows(
    w: Words, national: National, indicators: Sequence[Indicator], unit: Mapping[Any, Any], across: str
) -> list[list[str]]:
    """Kinds of school with the distance to the nearest own one and to the nearest across the line.

    Parameters
    ----------
    w, national, indicators : language, tables, and what is measured
    unit : a row of `data.national_tables.National.of_pair`
    across : kode_kabkota of the other side
    """

    def km(reach: str, indicator: str, owner: str) -> str:
        value = float(unit[f"{reach}_{facility_of(indicator)}"])
        thin = bool(national.place(owner)[f"quality_{level_of(indicator)}"] == THIN)
        return w.no_data if value != value else sentences.at_most(f"{w.number(value, 2)}\N{NO-BREAK SPACE}km", thin)

    own = str(unit["kode_kabkota"])
    return [[w.pick(i.title), km("own", i.id, own), km("other", i.id, across)] for i in indicators]
