"""What the page on shared places is asked."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.siting.task import Task


@dataclass(frozen=True)
class Asked:
    """What the page on shared places is asked.

    Attributes
    ----------
    task : what is planned, of which border, and under which assumptions
    goal : share of the people (0 to 1) that the checks want reached
    shown : which plan the map draws: "bersama", or "sendiri" for those of each side; "" on the page on cost
    """

    task: Task
    goal: float
    shown: str
