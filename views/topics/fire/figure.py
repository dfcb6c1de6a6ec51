"""The curves of the fire page: who is reached in time, by the coordination delay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.fire.delays import Curve
from views.figures.captions import ink_legend, shorts, sides_of
from views.figures.specs import Band, Line, Lines, Panel, Side
from views.language import sentences
from views.topics.fire.words import complete, population_year

if TYPE_CHECKING:
    from views.link.context import Session

STEP = 5


def delays(session: Session, curves: Sequence[Curve], delay: float, target: float) -> Lines:
    """People within the target against the delay, one panel a side: the open curve falls to the closed line.

    Parameters
    ----------
    session : language, data and border of this run
    curves : one a side, all over the same delays
    delay : minutes that are set now
    target : minutes within which help shall arrive
    """
    w, data = session.words, session.data
    sides = {side.kode: side for side in sides_of(data, session.corridor.sides)}
    opened, own = w.t("boleh lintas batas"), w.t("pos sendiri")
    added = w.t("kisaran tambahan, 5–95 % letak pos")
    least = not complete(session.data, session.corridor.sides)
    notes = [w.t("Sumbu tegak tidak mulai dari nol."), w.t("Garis putus: pos sendiri.")]
    if least:
        notes.append(w.t("Daftar pos belum lengkap, jadi jiwa terjangkau adalah batas bawah (≥)."))
    minutes = [float(m) for m in curves[0].delays]
    return Lines(
        title=w.t(
            "{koridor}: jiwa yang terjangkau damkar dalam {target} menit, menurut jeda koordinasi",
            koridor=w.pick(session.corridor.title),
            target=sentences.number(w, target),
        ),
        unit=w.t("jiwa (perkiraan)"),
        year=population_year(data),
        source=shorts(w, data, ("fire_press", *data.people_sources(session.corridor.sides))),
        note=" ".join(notes),
        alt=w.t("Jiwa terjangkau menurut jeda koordinasi; garis putus adalah pos sendiri"),
        language=w.language,
        legend=ink_legend([added, opened, own]),
        panels=tuple(_panel(curve, sides[curve.side], added, opened, own) for curve in curves),
        axis=w.t("jiwa terjangkau (≥)") if least else w.t("jiwa terjangkau"),
        axis_across=w.t("jeda koordinasi (menit)"),
        across=(minutes[0], minutes[-1]),
        ticks=tuple((m, w.number(m)) for m in minutes if m % STEP == 0),
        decimals=0,
        reference=delay,
        reference_name=w.t("jeda koordinasi yang dipakai: {n} menit", n=sentences.number(w, delay)),
    )


def _panel(curve: Curve, side: Side, added: str, opened: str, own: str) -> Panel:
    base = curve.closed if curve.closed is not None else 0.0
    minutes = [float(m) for m in curve.delays]
    low, high = base + curve.gain_low, base + curve.gain_high
    lines = [Line(opened, side, tuple(zip(minutes, map(float, curve.opened), strict=True)))]
    if curve.closed is not None:
        ends = ((minutes[0], curve.closed), (minutes[-1], curve.closed))
        lines.append(Line(own, side, ends, look="dashed"))
    bottom = float(min(low.min(), curve.opened.min()))
    top = float(max(high.max(), curve.opened.max()))
    # A flat curve must look flat: at least some hundredths of the level are shown.
    room = max(0.08 * (top - bottom), 0.02 * top, 10.0)
    band = Band(added, side, tuple(zip(minutes, map(float, low), map(float, high), strict=True)))
    return Panel(side.name, tuple(lines), (max(bottom - room, 0.0), top + room), (band,))
