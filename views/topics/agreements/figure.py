"""The calendar of agreements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from analysis.agreements import standing
from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement
from analysis.agreements.standing import Standing
from views.figures.captions import shorts, span
from views.figures.specs import Term, Terms
from views.figures.theme import SIDES
from views.topics.agreements import names
from views.topics.agreements.words import day_text, parties_text

if TYPE_CHECKING:
    from views.link.context import Session

MOST_ROWS = 40
COLORS = {
    Standing.IN_FORCE: SIDES[0], Standing.SIGNED_AHEAD: SIDES[3], Standing.TERM_UNKNOWN: SIDES[1],
    Standing.PREPARATION: SIDES[4], Standing.UNSEEN: SIDES[5], Standing.OVER: SIDES[2], Standing.SUPERSEDED: SIDES[2],
}  # fmt: skip


def shown(agreements: Sequence[Agreement], today: date) -> list[Agreement]:
    """The agreements that a calendar can show: those of which a day is known, the latest first."""
    dated = [a for a in agreements if (a.signed or a.starts) and standing.standing(a, today) in COLORS]
    return sorted(dated, key=lambda a: (a.starts or a.signed).first, reverse=True)[:MOST_ROWS]  # type: ignore[union-attr]


def calendar(session: Session, agreements: Sequence[Agreement], today: date) -> Terms:
    """The terms of agreements over the years; a point where the end is not known.

    Parameters
    ----------
    session : language, data and border of this run
    agreements : what `shown` returns, at least one
    today : marked by a line
    """
    w, data = session.words, session.data
    states, rows, taken = names.standing_names(w), [], set()
    for a in agreements:
        begin, last, now = a.starts or a.signed, last_day(a), standing.standing(a, today)
        if begin is None:
            continue
        name = f"{w.pick(a.title)} ({parties_text(data, a.sides)})"
        short = name if len(name) <= 60 else f"{name[:59]}…"
        while short in taken:  # two bars of one name would lie on each other
            short += "\N{NO-BREAK SPACE}"
        taken.add(short)
        until = day_text(w, last)
        text = w.t("{judul}: {dari} sampai {sampai}", judul=name, dari=day_text(w, begin), sampai=until)
        rows.append(Term(short, _year(begin.first), _year(last.last) if last else None, COLORS[now], states[now], text))
    ends = [row.last or row.first for row in rows]
    years = (int(min(row.first for row in rows)), int(max(*ends, _year(today))))
    return Terms(
        title=w.t("{koridor}: masa berlaku perjanjian", koridor=w.pick(session.corridor.title)),
        unit=w.t("tahun"),
        year=span(w, list(years)),
        source=shorts(w, data, ("press",)),
        note=w.t("Titik tanpa batang: akhir masa berlakunya tidak diketahui."),
        alt=w.t("Diagram batang: masa berlaku setiap perjanjian, dengan garis pada hari ini"),
        language=w.language,
        rows=tuple(rows),
        axis=w.t("tahun"),
        today=_year(today),
        today_name=w.t("hari ini"),
        across=(years[0] - 0.5, years[1] + 1.5),
    )


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
