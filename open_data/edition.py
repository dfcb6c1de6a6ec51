"""Headline numbers of a corridor as they are computed today, to hold against docs/edisi.csv."""

from __future__ import annotations

from analysis.access.services import SERVICES
from analysis.siting.task import default_counts
from analysis.values.layer import layer
from analysis.values.summary import summarise_border
from data.catalogue import Corridor
from data.editions import Value
from data.tables import Dataset
from open_data import usual
from open_data.siting import usual_plan

JATISAMPURNA, JATIKARYA = "32.75.10.1001", "32.75.10.1002"
DISTANCES = ("jarak_sd", "jarak_smp", "jarak_sma_smk", "jarak_puskesmas")


def headline(data: Dataset, corridor: Corridor) -> dict[str, Value]:
    """By name, the numbers of Bekasi-Depok with their ranges.

    Parameters
    ----------
    data, corridor : the tables, and bekasi-depok
    """
    people = data.indicator_values("penduduk")["value"]
    found = {
        "penduduk_jatisampurna": Value(float(people[JATISAMPURNA]), None, None),
        "penduduk_jatikarya": Value(float(people[JATIKARYA]), None, None),
    }
    for name, side in zip(("penduduk_bekasi", "penduduk_depok"), corridor.sides, strict=True):
        found[name] = Value(float(people[people.index.str.startswith(side)].sum()), None, None)
    for facility in ("puskesmas", "smp", "smp_negeri"):
        indicator = data.catalogue.indicators[f"jarak_{facility}"]
        row = data.indicator_values(indicator.id).loc[JATIKARYA].to_dict()
        found[f"{facility}_jatikarya"] = Value(float(row["value"]), *indicator.ends(row["low"], row["high"]))
    gaps = summarise_border(data.border(corridor), data.measures, corridor.border_sets[0]).gaps
    for facility in ("smp_negeri", "puskesmas"):
        rows = [gap for gap in gaps if gap.indicator == f"jarak_{facility}"]
        found[f"luar_{facility}"] = Value(
            *(sum(getattr(gap, end) for gap in rows) for end in ("people", "low", "high"))
        )
    for facility in ("puskesmas", "smp_negeri"):
        result = usual.access(data, corridor, SERVICES[facility])
        ends = zip(*(side.newly for side in result.side if side.newly is not None), strict=True)
        found[f"lintas_{facility}"] = Value(*(sum(end) for end in ends))
    gain = usual.response(data, corridor).by_side[corridor.sides[1]].gain
    if gain is not None:
        found["damkar_depok"] = Value(gain.value, gain.low, gain.high)
    plan = usual_plan(data, corridor, "puskesmas", default_counts(corridor.sides)).gain_together
    if plan is not None:
        found["lokasi_puskesmas"] = Value(plan.total, plan.low, plan.high)
    compared = usual.comparisons(data, corridor).values()
    behind = sum(side.code == "tertinggal" for c in compared for side in c.verdict.sides)
    found["putusan"] = Value(float(behind), None, None)
    hatched = sum(int(layer(data.border(corridor), data.measures[name]).uncertain.sum()) for name in DISTANCES)
    found["diarsir"] = Value(float(hatched), None, None)
    return found
