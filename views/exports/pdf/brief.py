"""The brief: a story on A4, tagged, with its fonts inside: its ten answers with their pictures, then what only paper has room for."""

from __future__ import annotations

from data.memory import give_back
from views.exports.pdf.tagged import MM, WIDTH, Paper, forget
from views.figures import captions
from views.figures.specs import Bars, Choropleth, Figure
from views.language.words import Language, Words
from views.paper.picture import picture
from views.story.slide import Slide
from views.story.story import Story

MOST_PAGES = 6
SCALES = (1.0, 0.92, 0.85, 0.78, 0.7, 0.62, 0.56, 0.5)
HEIGHTS = {
    "sampul": 92, "kesenjangan": 70, "peta": 62, "bandingkan": 58, "akses": 62, "damkar": 62, "lokasi": 62, "biaya": 44,
    "profil": 60,
}  # fmt: skip
METHODS = ("kesenjangan", "peta", "bandingkan", "tetangga", "prioritas", "akses", "damkar", "lokasi", "penduduk")
TABLES = {"penduduk", "kesenjangan", "tetangga", "prioritas", "keputusan", "profil", "sumber"}


def make(w: Words, told: Story) -> bytes:
    """Set a story on paper; pictures and letters shrink step by step until it holds on six pages."""
    fitting = next((scale for scale in SCALES if _fits(_set(w, told, scale, draft=True))), SCALES[-1])
    brief = _set(w, told, fitting).finish()
    give_back()
    return brief


def _fits(draft: Paper) -> bool:
    pages = draft.pages()
    # No draft goes into the file.
    forget()
    return pages <= MOST_PAGES


def _set(w: Words, told: Story, scale: float, draft: bool = False) -> Paper:
    """All pages; a draft leaves the pictures blank, to see how many pages there are."""
    language: Language = w.language
    foot = w.t("Tapal, {koridor}, {tanggal}. Batas bukan acuan resmi.", koridor=told.title, tanggal=w.date(told.made))
    foot = " ".join(filter(None, (foot, told.version)))
    paper = Paper(w.t("{koridor}: ringkasan untuk rapat", koridor=told.title), language, told.made, foot)
    letters = 0.55 + 0.45 * scale
    paper.heading(told.title, 1, 17 * letters)
    for slide in (*told.slides, *told.annex):
        if slide.title != told.title:
            paper.heading(slide.title, 2, 12 * letters)
        _section(w, paper, slide, scale, letters, draft)
    for line in told.attribution:
        paper.paragraph(line, 7.5 * letters, quiet=True)
    _method(w, paper, told)
    return paper


def _method(w: Words, paper: Paper, told: Story) -> None:
    """How the figures were made, as far as the last page holds it; the notes of the deck and the app hold all."""
    notes = dict.fromkeys(note for slide in (*told.slides, *told.annex) if slide.id in METHODS for note in slide.notes)
    rest = w.t("Selengkapnya: catatan pada PPTX dan lipatan “Cara menghitung” di aplikasi.")
    paper.notes(w.t("Cara menghitung dan sumber"), list(notes), rest, 6.6)


def _section(w: Words, paper: Paper, slide: Slide, scale: float, letters: float, draft: bool) -> None:
    tall = 0.0
    if slide.figure is not None and slide.id in HEIGHTS:
        tall = HEIGHTS[slide.id] * scale
        if isinstance(slide.figure, Bars):
            # Each bar has its figures beside it, in letters that do not shrink.
            tall = max(tall, 20 + 3.4 * len(slide.figure.categories) * len(slide.figure.series))
    # What it shows, picture or list, stays with the sentence.
    paper.paragraph(slide.sentence, 9.8 * letters, bold=True, sticky=True)
    if slide.remark:
        paper.paragraph(slide.remark, 8.4 * letters, quiet=True, sticky=True)
    if slide.figure is not None and tall:
        with paper.together():
            _figure(w, paper, slide.figure, tall * MM, letters, draft)
    paper.bullets(slide.points, 8.8 * letters)
    if slide.table is not None and (slide.id in TABLES or slide.id == "batasan"):
        if slide.id == "batasan":
            paper.paragraph(slide.table.title, 9.2 * letters, bold=True)
            paper.bullets([row[0] for row in slide.table.rows], 8.8 * letters)
        else:
            paper.table(slide.table, (7.2 if slide.id == "sumber" else 7.8) * letters)
    paper.paragraph(w.t("Tampilan yang sama di Tapal: {tautan}", tautan=slide.link), 6.8 * letters, quiet=True)


def _figure(w: Words, paper: Paper, figure: Figure, height: float, letters: float, draft: bool) -> None:
    """A picture with its legend, note and credit as text."""
    size = (WIDTH / MM, height / MM)
    paper.picture("" if draft else picture(figure, "svg", size, bare=True).decode(), figure.alt, WIDTH, height)
    if isinstance(figure, Choropleth) and figure.legend.heads:
        paper.legend(figure.legend, 7.4 * letters, w.t("Legenda: kelas, jumlah kelurahan/desa dan penduduk tiap sisi"))
    credit = captions.credit(w, figure) if figure.source and not isinstance(figure, Choropleth) else ""
    attribution = f"{figure.attribution}." if isinstance(figure, Choropleth) else ""
    text = " ".join(part for part in (figure.note, credit, attribution) if part)
    paper.paragraph(text, 7 * letters, quiet=True)
