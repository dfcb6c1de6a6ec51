"""What opening a border would change, as the pages open with it: access, fire, a joint site and the ways to share its cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.access import services
from analysis.access.baseline import baseline_of
from analysis.access.open_border import open_border
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES, Service
from analysis.fire.fire import FireResult
from analysis.siting.result import Joint, basis_of
from analysis.siting.sharing import Ranges, Split, by_every_rule
from analysis.siting.task import FIRST_KIND
from data.catalogue import Corridor
from data.tables import Dataset
from open_data.fire import usual_response
from open_data.siting import usual_plan
from views.topics.fire.choices import FireState
from views.topics.siting.choices import Asked


@dataclass(frozen=True)
class Opened:
    """Result of `opened_border`.

    service, access : the service whose border is opened, and what that changes
    state, fire : assumptions on fire posts, and who is reached
    asked, plan : what is asked of a joint site, one a side, and where they would stand
    split, ranges : shares of their cost by rule; None where there is nothing to share
    """

    service: Service
    access: OpenBorder
    state: FireState
    fire: FireResult
    asked: Asked
    plan: Joint
    split: Mapping[str, Split] | None
    ranges: Mapping[str, Ranges | None]


@dataclass(frozen=True)
class _Key:
    """The same data and the same corridor: tables themselves have no hash."""

    identity: int
    corridor: Corridor
    data: Dataset = field(compare=False)


def opened_border(data: Dataset, corridor: Corridor) -> Opened:
    """What the pages on an open border show before anybody chooses, computed once for a corridor."""
    return _opened(_Key(id(data), corridor, data))


@lru_cache(maxsize=16)
def _opened(key: _Key) -> Opened:
    data, corridor = key.data, key.corridor
    known, border = data.catalogue, data.border(corridor)

    def listed(service: str) -> set[str]:
        return services.kabkota_with_list(SERVICES[service], data.measures, data.facilities)

    service = SERVICES[services.default_service(listed, corridor.sides)]
    baseline = baseline_of(border, service, data.measures, data.facilities, data.grid, known.assumptions, ())
    access = open_border(baseline, next(iter(known.standards_of(service.indicator)), None))
    fire, plan = (
        usual_response(data, corridor),
        usual_plan(data, corridor, FIRST_KIND, dict.fromkeys(corridor.sides, 1)),
    )
    ground = None if plan.unknown or not corridor.pair else basis_of(plan, None)
    split, ranges = by_every_rule(0, ground) if ground is not None else (None, {})
    state = FireState(corridor.id, (), planned=False, others=False, choices=fire.choices)
    return Opened(service, access, state, fire, Asked(plan.task, 0.0, "bersama"), plan, split, ranges)
