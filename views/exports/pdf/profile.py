"""Profil kelurahan on paper: one tagged A4 page a kelurahan, and all of a border in one ZIP."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from analysis.values.profile import Profile, profile
from data.catalogue import Corridor
from data.tables import Dataset
from views.exports.pdf.tagged import MM, Paper
from views.figures import maps
from views.figures.specs import Choropleth, Table
from views.language import sentences, versions
from views.language.escape import plain, plain_lines
from views.paper.picture import picture
from views.story.story import Request
from views.topics.agreements import place as agreed_here
from views.topics.profile import tables as profile_tables
from views.topics.profile import words as profile_words

MAP_WIDTH, MAP_HEIGHT = 62.0, 58.0
SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52)
TIGHT = 0.7
MOST_FACTS = 6


def border_kelurahan(data: Dataset, corridor: Corridor) -> tuple[str, ...]:
    """The kelurahan that touch the line, in the order of their codes."""
    return tuple(sorted(str(kode) for kode in data.border(corridor).at_line().index))


def file_name(data: Dataset, kode: str) -> str:
    """Name of a sheet: code and name, letters and digits only."""
    name = re.sub(r"[^a-z0-9]+", "-", str(data.kelurahan.at[kode, "nama"]).lower()).strip("-")
    return f"profil-{kode}-{name}.pdf"


def build(request: Request, kode: str) -> bytes:
    """One kelurahan as one page.

    Parameters
    ----------
    request : language, data, border and day
    kode : of the kelurahan

    Raises
    ------
    KeyError
        The kelurahan does not exist.
    """
    result = profile(request.data.border(request.corridor), request.data.measures, kode)
    drawn = maps.place_map(request.words, request.data, request.corridor, result)
    image = picture(drawn, "svg", (MAP_WIDTH, MAP_HEIGHT), bare=True).decode()
    papers = (_set(request, result, drawn, image, scale) for scale in SCALES)
    paper = next(papers)
    while paper.pages() > 1 and (smaller := next(papers, None)) is not None:
        paper = smaller
    return paper.finish()


def build_all(request: Request, progress: Callable[[int, int], None] | None = None) -> bytes:
    """The sheets of the kelurahan of a request as a ZIP, of all that touch the line where it names none.

    Parameters
    ----------
    request : language, data, border and day, and the kelurahan
    progress : called after every sheet with how many are done, and of how many
    """
    data, made = request.data, request.made
    kodes = request.kelurahan or border_kelurahan(data, request.corridor)
    buffer = BytesIO()
    # Sheets are compressed already; a fixed date makes equal sheets equal archives.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for done, kode in enumerate(kodes, 1):
            entry = zipfile.ZipInfo(file_name(data, kode), (made.year, made.month, made.day, 0, 0, 0))
            archive.writestr(entry, build(request, kode))
            if progress is not None:
                progress(done, len(kodes))
    return buffer.getvalue()


def _set(request: Request, result: Profile, drawn: Choropleth, image: str, scale: float) -> Paper:
    w, data, corridor, made = request.words, request.data, request.corridor, request.made
    kode = result.kode
    name = sentences.full_name(w, data, kode)
    foot = w.t(
        "Tapal, {koridor}, {tanggal}. Batas bukan acuan resmi.", koridor=w.pick(corridor.title), tanggal=w.date(made)
    )
    paper = Paper(name, w.language, made, " ".join(filter(None, (foot, versions.line(w, data, corridor)))))
    paper.heading(name, 1, 15)
    answer = profile_words.answer(w, data, result)
    paper.paragraph(answer.sentence, 10 * scale, bold=True, sticky=True)
    if answer.note:
        paper.paragraph(answer.note, 8 * scale, quiet=True)
    paper.picture(image, drawn.alt, MAP_WIDTH * MM, MAP_HEIGHT * MM)
    with paper.beside():
        paper.paragraph(w.t("Tetangga di seberang batas"), 9.5, bold=True)
        paper.paragraph(plain(profile_words.neighbour_line(w, data, corridor, result)), 8.2 * scale)
        facts = profile_words.facts(data, kode)
        paper.paragraph(w.t("Catatan bersumber tentang wilayah ini"), 9.5, bold=True)
        if facts.empty:
            text = w.t("Belum ada catatan bersumber untuk kelurahan/desa ini maupun kecamatannya.")
            paper.paragraph(text, 7.6 * scale)
        else:
            lines = [
                plain(line.removeprefix("- ")) for line in profile_words.fact_lines(w, facts.head(MOST_FACTS), kode)
            ]
            if len(facts) > MOST_FACTS:
                lines.append(w.t("dan {n} catatan lain di berkas data.", n=w.number(len(facts) - MOST_FACTS)))
            paper.bullets(lines, 7.0 * scale)
            note = w.t("Catatan pers menunjukkan apa yang ditulis, bukan seberapa sering sesuatu terjadi.")
            paper.paragraph(note, 6.6 * scale, quiet=True)
    paper.paragraph(f"{drawn.attribution}.", 6.4, quiet=True)
    paper.heading(w.t("Kesepakatan dan proyek"), 2, 9 * scale)
    agreed = agreed_here.of_kelurahan(w, data, corridor, kode, *request.on_record, made)
    # Where letters have become small already, long names leave room for the first ones only.
    shown = agreed if scale > TIGHT else agreed[:1]
    lines = [plain(line) for line in shown] or [w.t("Belum ada kesepakatan atau proyek dalam catatan.")]
    if len(agreed) > len(shown):
        lines.append(w.t("dan {n} lagi di halaman Perjanjian", n=w.number(len(agreed) - len(shown))))
    paper.bullets(lines, 6.8 * scale)
    frame = profile_tables.table(w, data, result)
    table = Table(
        title=name,
        language=w.language,
        alt=w.t("Tabel indikator kelurahan terhadap standar, kabupaten/kota sendiri dan tetangga seberang"),
        columns=tuple(str(c) for c in frame.columns),
        rows=tuple(tuple(row) for row in frame.astype(str).to_numpy().tolist()),
        numeric=(1, 2, 3, 4, 5, 6, 8),
    )
    paper.table(table, 7.6 * scale, smallest=5.2)
    paper.paragraph(profile_words.age_line(w, result, made.year), 7.2 * scale, quiet=True)
    paper.heading(w.t("Sumber, cara dan mutu tiap angka"), 2, 9 * scale)
    paper.bullets(list(plain_lines(profile_words.origins(w, data, result))), 6.3 * scale)
    return paper
