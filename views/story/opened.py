"""What opening a border would change, as the pages open with it: access, fire, a joint site and the ways to share its cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.access import services
from analysis.access.result import OpenBorder
from analysis.access.services import SERVICES, Service
from analysis.fire.fire import FireResult
from analysis.siting.result import Joint, basis_of
from analysis.siting.sharing import Ranges, Split, by_every_rule
from analysis.siting.task import FIRST_KIND
from data.catalogue import Corridor
from data.tables import Dataset
from open_data import usual
from open_data.siting import usual_plan
from views.topics.fire.choices import FireState
from views.topics.siting.choices import Asked


@dataclass(frozen=True)
class Opened:
    """Result of `opened_border`.

    Attributes
    ----------
    service, access : the service whose border is opened, and what that changes
    state, fire : assumptions on fire posts, and who is reached
    asked, plan : what is asked of a joint site, one a side, and where they would stand
    split : their cost divided by each rule; None where there is nothing to share
    ranges : by rule, how far its shares can move; None where that is not known
    """

    service: Service
    access: OpenBorder
    state: FireState
    fire: FireResult
    asked: Asked
    plan: Joint
    split: Mapping[str, Split] | None
    ranges: Mapping[str, Ranges | None]


@lru_cache(maxsize=16)
def opened_border(data: Dataset, corridor: Corridor) -> Opened:
    """What the pages on an open border show before anybody chooses, computed once for a corridor."""

    def listed(service: str) -> set[str]:
        return services.kabkota_with_list(SERVICES[service], data.measures, data.facilities)

    service = SERVICES[services.default_service(listed, corridor.sides)]
    # First what needs the most room, before there are results to keep.
    access = usual.access(data, corridor, service)
    fire = usual.response(data, corridor)
    plan = usual_plan(data, corridor, FIRST_KIND, dict.fromkeys(corridor.sides, 1))
    ground = None if plan.unknown or not corridor.pair else basis_of(plan, None)
    split, ranges = by_every_rule(0, ground) if ground is not None else (None, {})
    state = FireState(corridor.id, (), planned=False, others=False, choices=fire.choices)
    asked = Asked(plan.task, 0.0, "bersama")
    return Opened(service, access, state, fire, asked, plan, split, ranges)
