"""The curve of the page on shared places: what every further place adds, planned together and apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.siting.result import Joint
from views.figures.captions import ink_legend, list_sources, shorts
from views.figures.specs import Line, Lines, Panel
from views.language.names import Noun

if TYPE_CHECKING:
    from views.link.context import Session


def sources(session: Session, kind: str) -> tuple[str, ...]:
    """Ids of the sources of the people and of the facilities.

    Parameters
    ----------
    session : language, data and border of this run
    kind : puskesmas or pos_damkar
    """
    data, sides = session.data, session.corridor.sides
    return (*data.people_sources(sides), *list_sources(data, kind, sides))


def added(session: Session, plan: Joint, service: Noun, unsure: Sequence[str]) -> Lines:
    """People newly reached by the number of places planned together, and by as many planned apart.

    Parameters
    ----------
    session : language, data and border of this run
    plan : one without unknown sides
    service : what is planned, in words
    unsure : sides whose list is not complete, so that all numbers are upper bounds
    """
    w = session.words
    most = "≤\N{NO-BREAK SPACE}" if unsure else ""
    numbers = [0, *(k for k, _ in plan.curve)]
    people = [0.0, *(v for _, v in plan.curve)]
    whole = plan.gain_together
    lines = [
        Line(
            name=w.t("bersama"),
            side=None,
            points=tuple(zip(map(float, numbers), people, strict=True)),
            ranges=tuple((whole.low, whole.high) if whole and k == len(plan.joint) else None for k in numbers),
            texts=tuple(most + w.people(v) if k else "" for k, v in zip(numbers, people, strict=True)),
            dotted=True,
        )
    ]
    apart = plan.gain_apart
    if apart is not None:
        count = sum(len(places) for places in (plan.plans or {}).values())
        lines.append(
            Line(
                name=w.t("sendiri-sendiri"),
                side=None,
                points=((float(count), apart.total),),
                ranges=((apart.low, apart.high),),
                look="points",
            )
        )
        numbers.append(count)
    highest = max([*people, *(r[1] for line in lines for r in line.ranges if r is not None)])
    notes = [w.t("Garis tegak: kisaran (penduduk, dan tempat fasilitas yang hanya diketahui wilayahnya).")]
    if unsure:
        sides = [str(session.data.kabkota.at[side, "nama"]) for side in unsure]
        notes.append(
            w.t(
                "Daftar {layanan} {sisi} belum lengkap: tambahan jiwa paling banyak sebesar ini (≤).",
                layanan=service,
                sisi=w.listing(sides),
            )
        )
    return Lines(
        title=w.t(
            "{koridor}: jiwa yang baru terjangkau oleh {layanan} baru",
            koridor=w.pick(session.corridor.title),
            layanan=service,
        ),
        unit=w.t("jiwa (perkiraan)"),
        year=session.data.catalogue.indicators["penduduk"].year,
        source=shorts(w, session.data, sources(session, plan.task.kind)),
        note=" ".join(notes),
        alt=w.t("Garis: jiwa yang baru terjangkau menurut jumlah tempat yang direncanakan bersama"),
        language=w.language,
        legend=ink_legend([line.name for line in lines]),
        panels=(Panel("", tuple(lines), (0.0, 1.18 * highest or 1.0)),),
        axis=w.t("jiwa yang baru terjangkau"),
        axis_across=w.t("tempat baru"),
        across=(-0.3, max(numbers) + 0.3),
        ticks=tuple((float(k), w.number(k)) for k in range(max(numbers) + 1)),
        decimals=0,
    )
