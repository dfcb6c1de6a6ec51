"""A drill that was held, in the form in which `analysis.fire.drill` compares real times with the model."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.fire.drill import LOGGED, Incident
from analysis.fire.live_drill import Drill, Entry, Kind, Participant, clock, steps


def written_log(drill: Drill, participants: Sequence[Participant], entries: Sequence[Entry]) -> pd.DataFrame:
    """The log in the form that `analysis.fire.drill.compare` takes: first call and first arrival of each incident.

    Parameters
    ----------
    drill, participants, entries : as in `observations`

    Returns
    -------
    DataFrame by incident number
        The columns `analysis.fire.drill.LOGGED`, as text.
    """
    names, found = {p.id: p.name for p in participants}, steps(entries)
    rows = {}
    for place in drill.places:
        here = {who: kinds for (incident, who), kinds in found.items() if incident == place.number}
        calls = [kinds[Kind.CALL] for kinds in here.values() if Kind.CALL in kinds]
        arrivals = sorted((kinds[Kind.ARRIVAL], who) for who, kinds in here.items() if Kind.ARRIVAL in kinds)
        first = arrivals[0] if arrivals else None
        rows[place.number] = {
            LOGGED[0]: clock(min(calls)) if calls else "",
            LOGGED[1]: clock(first[0]) if first else "",
            LOGGED[2]: names.get(first[1], "") if first else "",
            LOGGED[3]: "",
        }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(LOGGED))


def incidents(drill: Drill, x: Sequence[float], y: Sequence[float]) -> tuple[Incident, ...]:
    """The places of a drill as those of `analysis.fire.drill`.

    Parameters
    ----------
    drill : the drill
    x, y : metres of each place
    """
    return tuple(
        Incident(p.number, p.kode, float(east), float(north), p.lon, p.lat)
        for p, east, north in zip(drill.places, x, y, strict=True)
    )
