"""lokasi_bersama.csv: the places that the page proposes without any choice of the user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pandas as pd

from analysis.fire.fire import DENSITY, default_choices, listings
from analysis.fire.posts import posts_of, stations_of
from analysis.siting.candidates import Place
from analysis.siting.plan import joint_plan
from analysis.siting.problem import problem_of
from analysis.siting.result import Figure, Joint
from analysis.siting.task import KINDS, Kind, Task, default_counts
from data.catalogue import Corridor
from data.tables import Dataset

COLUMNS = (
    "corridor",
    "kind",
    "plan",
    "places",
    "kode",
    "nama",
    "kecamatan",
    "kabkota",
    "lon",
    "lat",
    "people_new",
    "people_low",
    "people_high",
    "people_year",
    "status",
    "warning",
)


def siting_rows(data: Dataset, corridors: list[Corridor]) -> pd.DataFrame:
    """One row a place of a plan (``sendiri <kode>``: one side alone; ``bersama``), or a side without a list.

    people_new is of the whole plan: newly covered people of one's own side, or of all sides with the border open.
    warning says what the lists behind it do not know.
    """
    rows: list[dict[str, object]] = []
    for corridor in corridors:
        for kind in KINDS:
            plan = usual_plan(data, corridor, kind, default_counts(corridor.sides))
            told = {"corridor": corridor.id, "kind": kind, "warning": _warning(data, corridor, kind)}
            rows += [{**told, **row} for row in _plan_rows(data, plan)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _warning(data: Dataset, corridor: Corridor, kind: Kind) -> str:
    """What the lists behind a plan do not know; empty where they know every place."""
    sides, parts = corridor.sides, []
    if kind == "pos_damkar":
        places = posts_of(data.facilities, sides)
        if short := [e.kode_kabkota for e in listings(data.facilities, data.fire_stats, sides) if not e.complete]:
            names = ", ".join(data.kabkota["nama"][short])
            parts.append(f"daftar pos belum lengkap ({names}): tambahan jiwa bisa lebih kecil")
    else:
        places = stations_of(data.facilities[data.facilities["kind"] == kind].assign(state=""), sides)
    if areas := sum(not place.exact for place in places):
        parts.append(f"letak {areas} dari {len(places)} hanya diketahui wilayahnya")
    return "; ".join(parts)


def usual_plan(data: Dataset, corridor: Corridor, kind: Kind, counts: Mapping[str, int]) -> Joint:
    """The plan for so many new places of each side under the catalogue's assumptions.

    Parameters
    ----------
    data, corridor : data and the border
    kind : of facility, of `KINDS`
    counts : new places by kode_kabkota of the side
    """
    known, density = data.catalogue, data.indicator_values(DENSITY)["value"]
    fire = default_choices(known.assumptions) if kind == "pos_damkar" else None
    task = Task(corridor.id, kind, tuple(counts.items()), fire=fire)
    steps = joint_plan(problem_of(data.border(corridor), task, data.grid, data.facilities, known, density), curve=False)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(Joint, end.value)


def _plan_rows(data: Dataset, plan: Joint) -> list[dict[str, object]]:
    if plan.unknown:
        return [{"plan": f"sendiri {side}", "status": "belum ada data"} for side in plan.unknown]
    rows = []
    for side, places in (plan.plans or {}).items():
        rows += _place_rows(data, f"sendiri {side}", places, (plan.alone or {})[side], plan.proven)
    assert plan.gain_together is not None
    return rows + _place_rows(data, "bersama", plan.joint, plan.gain_together, plan.proven)


def _place_rows(
    data: Dataset, name: str, places: tuple[Place, ...], gain: Figure, proven: bool
) -> list[dict[str, object]]:
    whole = {
        "plan": name,
        "places": len(places),
        "people_new": round(gain.total),
        "people_low": round(gain.low),
        "people_high": round(gain.high),
        "people_year": 2024,
        "status": "perkiraan" if proven else "perkiraan, batas waktu tercapai",
    }
    if not places:
        return [whole]
    units = data.kelurahan.loc[[p.kode for p in places]]
    return [
        {**whole, "kode": p.kode, "nama": n, "kecamatan": k, "kabkota": c, "lon": p.lon, "lat": p.lat}
        for p, n, k, c in zip(places, units["nama"], units["kecamatan"], units["kabkota"], strict=True)
    ]
