"""A drill that was held, beside the model: its phases, and its minutes as `analysis.fire.drill` compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.fire import drill as fire_drill
from analysis.fire.drill import LOGGED, Incident
from analysis.fire.fire import FireChoices
from analysis.fire.live_drill import (
    Drill,
    Entry,
    Kind,
    Measured,
    Observation,
    Participant,
    clock,
    measured,
    observations,
    steps,
)
from analysis.fire.realisations import Realisations
from analysis.fire.response import Timing
from geo.projection import to_metric


@dataclass(frozen=True)
class Evaluation:
    """What a drill shows of the model.

    Attributes
    ----------
    drill, participants, entries : of which drill
    observed, found : every measured value, and count, median and range by quantity
    assumed : what the model assumes, by quantity
    without_place : units that arrived from a post whose point is not known: they tell nothing of the speed
    model, log : what `analysis.fire.drill.answers` gives, and the log in the form that it compares
    compared : by plan, see `analysis.fire.drill.compare`
    """

    drill: Drill
    participants: tuple[Participant, ...]
    entries: tuple[Entry, ...]
    observed: tuple[Observation, ...]
    found: Mapping[str, Measured]
    assumed: Mapping[str, float]
    without_place: int
    model: pd.DataFrame
    log: pd.DataFrame
    compared: Mapping[str, pd.DataFrame]


def evaluate(
    drill: Drill,
    participants: Sequence[Participant],
    entries: Sequence[Entry],
    drawn: Realisations,
    timing: Timing,
    choices: FireChoices,
) -> Evaluation:
    """Compare a drill with the model.

    Parameters
    ----------
    drill, participants, entries : what `analysis.fire.live_drill.log` was made of, and what it gives
    drawn, timing, choices : posts in every realisation, and what the minutes consist of
    """
    x, y = to_metric([p.lon for p in drill.places], [p.lat for p in drill.places])
    places = incidents(drill, x.tolist(), y.tolist())
    metres = straight_lines(drawn, places)
    assumed = {
        "call": choices.call, "turnout": choices.turnout, "delay": choices.delay, "speed": choices.speed,
    }  # fmt: skip
    observed = observations(drill, participants, entries, metres, choices.detour, choices.call)
    known, found = {p.id: p for p in participants}, steps(entries)
    unplaced = sum(
        Kind.DEPARTURE in kinds and Kind.ARRIVAL in kinds and (known[who].post, incident) not in metres
        for (incident, who), kinds in found.items()
        if who in known
    )
    model, log = fire_drill.answers(drawn, timing, places), written_log(drill, participants, entries)
    compared = {plan: fire_drill.compare(model, log, plan) for plan in fire_drill.ANSWERS}
    return Evaluation(
        drill, tuple(participants), tuple(entries), tuple(observed), measured(observed), assumed, unplaced, model, log,
        compared,
    )  # fmt: skip


def straight_lines(drawn: Realisations, places: Sequence[Incident]) -> dict[tuple[str, int], float]:
    """Metres from every post whose point is known to every place, by post and number of the place.

    Parameters
    ----------
    drawn : posts and where they stand
    places : the incidents
    """
    return {
        (post.id, place.number): float(np.hypot(post.x - place.x, post.y - place.y))
        for post in drawn.posts
        for place in places
        if post.exact and post.x is not None and post.y is not None
    }


def written_log(drill: Drill, participants: Sequence[Participant], entries: Sequence[Entry]) -> pd.DataFrame:
    """The log in the form that `analysis.fire.drill.compare` takes: first call and first arrival of each incident.

    Parameters
    ----------
    drill, participants, entries : as in `evaluate`

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
