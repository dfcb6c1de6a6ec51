"""Ke mana warga? on paper: one tagged A4 page in large letters for the notice board of a kelurahan, with a QR code."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.access.wayfinding import Wayfinding
from analysis.agreements.model import Agreement
from views.exports.pdf.tagged import MM, Paper
from views.figures import qr
from views.figures.specs import Table
from views.language import sentences, versions
from views.language.escape import plain
from views.story.story import Request
from views.topics.map import words as map_words
from views.topics.wayfinding import tables as wayfinding_tables
from views.topics.wayfinding import words as wayfinding_words

SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62)
QR_MM = 30


def build(request: Request, result: Wayfinding, agreements: Sequence[Agreement], link: str) -> bytes:
    """One kelurahan as one page, in letters as large as fit.

    Parameters
    ----------
    request : language, data, border and day
    result : of the kelurahan
    agreements : all that are known
    link : to which the QR code leads, "" for none
    """
    papers = (_set(request, result, agreements, link, scale) for scale in SCALES)
    paper = next(papers)
    while paper.pages() > 1 and (smaller := next(papers, None)) is not None:
        paper = smaller
    return paper.finish()


def _set(request: Request, result: Wayfinding, agreements: Sequence[Agreement], link: str, scale: float) -> Paper:
    w, data, corridor, made = request.words, request.data, request.corridor, request.made
    kode = result.kode
    found = wayfinding_words.find(result, agreements, made)
    title = wayfinding_words.question(w, data, kode)
    foot = w.t("Tapal, {koridor}, {tanggal}.", koridor=w.pick(corridor.title), tanggal=w.date(made))
    paper = Paper(title, w.language, made, " ".join(filter(None, (foot, versions.line(w, data, corridor)))))
    paper.heading(title, 1, 24 * scale)
    paper.paragraph(sentences.full_name(w, data, kode), 13 * scale)
    paper.paragraph(wayfinding_words.answer(w, data, result, found).sentence, 14 * scale, bold=True)
    name = wayfinding_tables.title(w)
    paper.table(
        Table(
            title=name,
            language=w.language,
            alt=name,
            columns=wayfinding_words.heads(w, data, corridor, kode),
            rows=tuple(wayfinding_words.rows(w, data, corridor, found)),
            numeric=(),
        ),
        12 * scale,
        smallest=9 * scale,
    )
    paper.paragraph(map_words.ways_note(w, data), 8.5 * scale, quiet=True)
    paper.bullets(wayfinding_words.office_lines(w, result, data), 12 * scale)
    lines = [plain(line) for line in wayfinding_words.agreement_lines(w, found)]
    if lines:
        paper.paragraph(w.t("Perjanjian yang dimaksud"), 10 * scale, bold=True, sticky=True)
        paper.bullets(lines, 9 * scale)
    note = wayfinding_words.answer(w, data, result, found).note
    quiet = [note, *wayfinding_words.cautions(w)]
    if not link:
        paper.paragraph(" ".join(quiet), 8 * scale, quiet=True)
        return paper
    paper.picture(qr.svg(link), w.t("Kode QR untuk membuka {link}", link=link), QR_MM * MM, QR_MM * MM)
    with paper.beside():
        paper.paragraph(w.t("Pindai kode ini dengan ponsel untuk melihat keadaan terbaru."), 12 * scale, bold=True)
        paper.paragraph(" ".join(quiet), 8 * scale, quiet=True)
    return paper
