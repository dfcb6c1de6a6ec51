"""The slides of *Mode rapat* about what is on record of the places that the meeting tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.citizen_reports.summary import Listed, OfSide
from analysis.proposals.proposals import Met, of_places
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import link_names
from views.language.words import Words
from views.story.slide import Slide, query_of, table_of
from views.topics.agreements.names import region
from views.topics.citizen_reports import words as report_words
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


def reports_slide(
    w: Words, data: Dataset, corridor: Corridor, found: Sequence[Listed], sides: Mapping[str, OfSide],
    places: Mapping[str, tuple[int, int]], shown: Sequence[str],
) -> Slide | None:  # fmt: skip
    """Published reports of residents, both sides and the kelurahan of the meeting as a table; None where there are none.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found, sides : published reports, and counts by side
    places : reports and late ones by kode
    shown : kode of the kelurahan that the meeting tells of
    """
    if not found:
        return None
    answer, names = report_words.answer(w, data, found, sides), data.names("kelurahan")
    rows = [(region(data, side), w.number(c.shown), w.number(c.late)) for side, c in sides.items()]
    for kode in shown:
        total, late = places.get(kode, (0, 0))
        rows.append((f"{names[kode]} ({data.kabkota_names[kode[:5]]})", w.number(total), w.number(late)))
    heads = (w.t("Sisi atau kelurahan/desa"), w.t("Tayang"), w.t("Terlambat dijawab"))
    return Slide(
        id="suara",
        title=w.t("Apa yang dilaporkan warga, dan sudahkah dijawab?"),
        sentence=answer.sentence,
        remark=answer.note,
        table=table_of(w, w.t("Laporan warga yang tayang"), heads, rows, (1, 2)),
        notes=tuple(line.removeprefix("- ") for line in report_words.method(w).splitlines()),
        source=w.t("Sumber: laporan warga yang diperiksa kabupaten/kota."),
        page="suara",
        query=query_of(w, corridor),
    )
