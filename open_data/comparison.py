"""Border against interior and pairs across the line, one row a fact."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.comparison import Comparison, Spread
from analysis.comparison.verdict import SideVerdict
from data.catalogue import Corridor, Indicator
from data.tables import Dataset

PAIR_COLUMNS = (
    "corridor",
    "indicator",
    "level",
    "kode_1",
    "nama_1",
    "value_1",
    "kode_2",
    "nama_2",
    "value_2",
    "difference",
    "unit",
    "weight",
    "shared_m",
    "bundle",
    "line_difference",
    "line_low",
    "line_high",
    "line_p",
    "line_p_least",
    "line_p_most",
    "line_q",
    "line_power",
    "line_pairs",
    "line_bundles",
    "line_bundlings",
    "line_verdict",
    "line_caveats",
)


def gap_rows(compared: list[tuple[Corridor, Indicator, Comparison]]) -> pd.DataFrame:
    """kesenjangan.csv: border against interior, a row a corridor, indicator, border set and side."""
    return pd.DataFrame(
        [
            _gap_row(corridor, indicator, found, side, spread)
            for corridor, indicator, found in compared
            for side, spread in zip(found.verdict.sides, found.spreads, strict=True)
        ]
    )


def _gap_row(
    corridor: Corridor, indicator: Indicator, found: Comparison, side: SideVerdict, spread: Spread
) -> dict[str, object]:
    contrast, nothing = side.contrast, (None, None)
    difference = contrast.difference
    adjusted = contrast.adjusted
    return {
        "corridor": corridor.id,
        "indicator": indicator.id,
        "set": found.border_set,
        "level": found.level,
        "kode_kabkota": side.side,
        "unit": indicator.unit.id,
        "year_from": found.years[0] if found.years else None,
        "year_to": found.years[1] if found.years else None,
        "border_known": contrast.border.known,
        "border_units": contrast.border.units,
        "border_mean": contrast.border.mean,
        "border_median": contrast.border.median,
        "border_min": (spread.border or nothing)[0],
        "border_max": (spread.border or nothing)[1],
        "interior_known": contrast.interior.known,
        "interior_units": contrast.interior.units,
        "interior_mean": contrast.interior.mean,
        "interior_median": contrast.interior.median,
        "interior_min": (spread.interior or nothing)[0],
        "interior_max": (spread.interior or nothing)[1],
        "interior_is": "di luar semua garis batas",
        "on_other_lines": contrast.left_out,
        "difference": difference.value if difference else None,
        "low": difference.low if difference else None,
        "high": difference.high if difference else None,
        "p": difference.p if difference else None,
        "q": side.q,
        "tests": found.verdict.tests,
        "power": side.power,
        "density_difference": adjusted.value if adjusted else None,
        "density_low": adjusted.low if adjusted else None,
        "density_high": adjusted.high if adjusted else None,
        "density_p": adjusted.p if adjusted else None,
        "density_q": side.density_q,
        "density_verdict": side.at_density or "",
        "median_difference": contrast.median_difference,
        "within_kecamatan": contrast.within,
        "ratio": contrast.ratio,
        "verdict": side.code,
        "strength": side.strength or "",
        "caveats": ";".join(side.caveats),
        "theil": found.theil.total if found.theil else None,
        "theil_between": found.theil.between if found.theil else None,
    }


def pair_rows(data: Dataset, compared: list[tuple[Corridor, Indicator, Comparison]]) -> pd.DataFrame:
    """pasangan.csv: every pair across the line, a row a corridor, indicator and pair; second minus first side."""
    rows = []
    for corridor, indicator, found in compared:
        line, said = found.line, found.verdict.line
        if line is None or said is None or found.border_set != "bersentuhan":
            continue
        names = data.kelurahan["nama"] if found.level == "kelurahan" else data.kecamatan["nama"]
        rows += [
            {
                "corridor": corridor.id,
                "indicator": indicator.id,
                "level": found.level,
                "kode_1": pair.kode[0],
                "nama_1": names.get(pair.kode[0], ""),
                "value_1": pair.value[0],
                "kode_2": pair.kode[1],
                "nama_2": names.get(pair.kode[1], ""),
                "value_2": pair.value[1],
                "difference": pair.difference,
                "unit": indicator.unit.id,
                "weight": pair.weight,
                "shared_m": pair.shared_m,
                "bundle": pair.bundle,
                "line_difference": line.difference,
                "line_low": line.low,
                "line_high": line.high,
                "line_p": line.p,
                "line_p_least": line.p_range[0] if line.p_range else None,
                "line_p_most": line.p_range[1] if line.p_range else None,
                "line_q": said.q,
                "line_power": said.power,
                "line_pairs": line.known,
                "line_bundles": line.bundles,
                "line_bundlings": line.bundlings,
                "line_verdict": said.code,
                "line_caveats": ";".join(said.caveats),
            }
            for pair in line.pairs
        ]
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS))
