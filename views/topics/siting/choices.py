"""What the page on shared places is asked."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.siting.task import Task


@dataclass(frozen=True)
class Asked:
    """What the page is asked. goal : share of the people for the checks; shown : which plan the map draws."""

    task: Task
    goal: float
    shown: str
