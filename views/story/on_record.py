"""The slide of *Mode rapat* about what is on record of the places that the meeting tells of."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.proposals.proposals import Met, of_places
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import link_names
from views.language.words import Words
from views.story.slide import Slide, query_of, table_of
from views.topics.proposals import words as proposal_words


def slide(w: Words, data: Dataset, corridor: Corridor, met: Met, places: Sequence[str]) -> Slide | None:
    """Proposals against gaps, with the kelurahan of the meeting as a table; None where nobody has brought any.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    met : proposals against gaps
    places : kode of the kelurahan that the meeting tells of
    """
    if met.proposals.empty:
        return None
    answer = proposal_words.answer(w, data, corridor, met)
    found, names = of_places(met), data.names("kelurahan")
    rows = []
    for kode in places:
        one = found.get(kode)
        figures = (one.total, one.meeting, one.unmet) if one is not None else None
        cells = [w.number(n) for n in figures] if figures is not None else [w.no_data] * 3
        rows.append((f"{names[kode]} ({data.kabkota_names[kode[:5]]})", *cells))
    heads = (w.t("Kelurahan/desa"), w.t("Usulan"), w.t("Menyentuh"), w.t("Kesenjangan tanpa usulan"))
    return Slide(
        id="usulan",
        title=w.t("Apakah usulan warga menyentuh kesenjangannya?"),
        sentence=answer.sentence,
        remark=answer.note,
        table=table_of(w, w.t("Usulan musrenbang di kelurahan/desa yang dibahas"), heads, rows, (1, 2, 3)),
        notes=tuple(line.removeprefix("- ") for line in proposal_words.method(w).splitlines()),
        source=w.t("Sumber: usulan SIPD yang dibawa kabupaten/kota."),
        page="usulan",
        query=query_of(w, corridor, **{link_names.MODE: "belum"}),
    )
