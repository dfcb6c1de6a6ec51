"""The chart of cost sharing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.siting.sharing import Ranges, Split
from views.figures.captions import LISTS, list_sources, shorts, side_legend, sides_of
from views.figures.specs import Series, Stacks
from views.topics.sharing.words import _share_text, rule_names, statement

if TYPE_CHECKING:
    from views.link.context import Session


def figure(session: Session, found: Mapping[str, Split], ranges: Mapping[str, Ranges | None], typed_in: bool) -> Stacks:
    """The shares by rule with their range, one bar a rule.

    Parameters
    ----------
    session : language, data and border of this run
    found : the split by rule
    ranges : by rule, least and most share (0 to 1) of each side; None where no range is known
    typed_in : whether the numbers are those of the user
    """
    w, data = session.words, session.data
    names = rule_names(w)
    known = {rule: split.shares for rule, split in found.items() if split.shares is not None}
    sides = sides_of(data, session.corridor.sides)
    notes = [statement(w)]
    if any(ranges[rule] is not None for rule in known):
        notes.insert(0, w.t("Di bawah tiap bagian: kisarannya; arsir: yang dapat jatuh ke sisi lain."))
    left = [names[rule] for rule in found if rule not in known]
    if left:
        notes.insert(0, w.t("Belum ada data: {daftar}.", daftar=w.listing(left)))
    return Stacks(
        title=w.t("{koridor}: bagian biaya menurut setiap dasar", koridor=w.pick(session.corridor.title)),
        unit=w.t("% biaya"),
        year=data.catalogue.indicators["penduduk"].year,
        source=w.t("angka yang diisi pengguna")
        if typed_in
        else shorts(
            w,
            data,
            (
                *data.people_sources(session.corridor.sides),
                *(source for kind in LISTS for source in list_sources(data, kind, session.corridor.sides)),
            ),
        ),
        note=" ".join(notes),
        alt=w.t("Diagram batang: bagian biaya tiap sisi menurut setiap dasar"),
        language=w.language,
        legend=side_legend(sides),
        categories=tuple(names[rule] for rule in known),
        series=tuple(
            Series(
                side,
                tuple(100 * shares[side.kode] for shares in known.values()),
                tuple(_share_text(w, shares[side.kode], ranges[rule], side.kode) for rule, shares in known.items()),
                tuple(_ends(shares[side.kode], ranges[rule], side.kode) for rule, shares in known.items()),
            )
            for side in sides
        ),
        axis=w.t("bagian biaya (%)"),
    )


def _ends(share: float, known: Ranges | None, side: str) -> tuple[float, float] | None:
    """Least and most of a share in per cent, around the share itself."""
    return None if known is None else (100 * min(known[side][0], share), 100 * max(known[side][1], share))
