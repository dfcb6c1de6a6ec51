"""The workbook of a corridor (XLSX): the numbers of the pages in typed cells, with filters, totals, sources and method."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from analysis.comparison.comparison import Comparison
from analysis.values.summary import summarise_border
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from geo.borders import TOUCHING
from open_data import comparison, priority
from open_data.agreements import agreement_rows, project_rows
from open_data.proposals import proposal_rows
from records.proposals import reading
from views.exports.files import corridor as files_corridor
from views.exports.files.corridor import PEOPLE
from views.language import cells, sentences, versions
from views.language import names as language_names
from views.language.escape import plain, plain_lines
from views.language.words import Words
from views.story.story import Request
from views.topics.comparison import verdicts as comparison_verdicts
from views.topics.overview import words as overview_words
from views.topics.sources import words as sources_words

Kind = Literal["text", "number", "whole", "year"]
Compared = list[tuple[Corridor, Indicator, Comparison]]
WIDEST = 60
TALLEST_NOTE = 110


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes
    ----------
    head : heading
    values : cells, a row each
    kind : type of the cells: text, number, whole or year
    decimals : of numbers, the same for all or one a row
    """

    head: str
    values: Sequence[Any] | pd.Series
    kind: Kind = "text"
    decimals: int | Sequence[int] = 0


class _Book:
    """A workbook being written: formats by what they show, sheets by what they hold."""

    def __init__(self, w: Words, title: str, made: date) -> None:
        self.w = w
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.stream,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.book.set_properties({"title": title, "author": "", "created": datetime(made.year, made.month, made.day)})  # noqa: DTZ001
        self.book.set_calc_mode("auto")
        # Excel takes the marks of its own locale; others read them from here.
        self.locale = "[$-421]" if w.language == "id" else "[$-409]"
        self._formats: dict[tuple[object, ...], Format] = {}

    def format(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def number_format(self, decimals: int, **properties: object) -> Format:
        pattern = f"{self.locale}#,##0" + (f".{'0' * decimals}" if decimals else "")
        return self.format(num_format=pattern, **properties)

    def text(self, sheet: Worksheet, row: int, column: int, value: object, **properties: object) -> None:
        """Text is text, whatever it looks like."""
        sheet.write_string(row, column, cells.safe_cell(str(value)), self.format(**properties))

    def head(self, sheet: Worksheet, row: int, column: int, text: str, *, number: bool) -> None:
        """A heading stands where its cells stand."""
        align = "right" if number else "left"
        self.text(sheet, row, column, text, bold=True, text_wrap=True, bottom=1, bg_color="#e8ecec", align=align)

    def table(self, name: str, columns: Sequence[Column]) -> Worksheet:
        """A sheet of one table: a heading that stays in sight, a filter, one type a column."""
        sheet = self.book.add_worksheet(name)
        count = len(columns[0].values)
        for at, column in enumerate(columns):
            self.head(sheet, 0, at, column.head, number=column.kind != "text")
            width = max(
                [len(column.head) * 0.7, *(len(self._shown(column, i, v)) for i, v in enumerate(column.values))],
                default=8,
            )
            sheet.set_column(at, at, min(max(width + 2, 8), WIDEST))
            for row, value in enumerate(column.values, start=1):
                self._cell(sheet, row, at, column, value)
        sheet.freeze_panes(1, 2 if len(columns) > 6 else 0)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P/&N")
        return sheet

    def _cell(self, sheet: Worksheet, row: int, at: int, column: Column, value: object) -> None:
        if column.kind == "text":
            wrap = len(str(value)) > WIDEST
            self.text(sheet, row, at, value, **({"text_wrap": True} if wrap else {}))
            return
        if pd.isna(value):  # type: ignore[call-overload]
            sheet.write_blank(row, at, None, self.format())
            return
        shown = (
            self.format(num_format="0")
            if column.kind == "year"
            else self.number_format(self._decimals(column, row - 1))
        )
        sheet.write_number(row, at, float(str(value)), shown)

    @staticmethod
    def _decimals(column: Column, row: int) -> int:
        if column.kind == "whole":
            return 0
        return column.decimals if isinstance(column.decimals, int) else column.decimals[row]

    def _shown(self, column: Column, row: int, value: Any) -> str:
        if column.kind == "text":
            return str(value)
        return "" if pd.isna(value) else self.w.number(float(str(value)), self._decimals(column, row))

    def finish(self) -> bytes:
        self.book.close()
        return self.stream.getvalue()


def of_tables(
    w: Words, title: str, made: date, frames: Mapping[str, pd.DataFrame], decimals: Mapping[str, int] | None = None
) -> bytes:
    """A workbook of flat tables.

    Parameters
    ----------
    w : language of the numbers
    title, made : of the file
    frames : one a sheet, by its name
    decimals : of the columns whose numbers are not whole
    """
    book = _Book(w, title, made)
    for name, frame in frames.items():
        book.table(name, _flat(frame, decimals or {}))
    return book.finish()


def _flat(frame: pd.DataFrame, decimals: Mapping[str, int]) -> list[Column]:
    """The columns of a flat table under their own names."""
    kinds: dict[str, Kind] = {"year": "year"}
    return [
        Column(str(c), frame[c], "number", decimals[str(c)])
        if c in decimals
        else Column(str(c), frame[c], kinds.get(str(c), "whole") if frame[c].dtype.kind in "iuf" else "text")
        for c in frame
    ]


def _register(request: Request) -> dict[str, pd.DataFrame]:
    """Agreements and projects of any side: published facts, then what offices entered, told apart by `origin`."""
    names, sides = request.data.kabkota["nama"], request.corridor.sides
    agreements, projects = request.on_record
    return {
        "perjanjian": agreement_rows([a for a in agreements if any(map(a.binds, sides))], names, request.made),
        "proyek": project_rows([p for p in projects if any(map(p.binds, sides))], names),
    }


def build(request: Request) -> bytes:
    """The workbook of a corridor."""
    w, data, corridor = request.words, request.data, request.corridor
    values = files_corridor.long_values(request)
    book = _Book(w, w.pick(corridor.title), request.made)
    first = book.book.add_worksheet("ringkasan")
    columns = _values(request, values)
    book.table("nilai", columns)
    _overview(book, first, request, values, [c.head for c in columns])
    book.table("kesenjangan", _gaps(request))
    known = [indicator for indicator in files_corridor.indicators_of(request) if indicator.compared]
    compared = [(corridor, indicator, request.comparisons[indicator.id, TOUCHING]) for indicator in known]
    book.table("batas_dan_lainnya", _contrasts(w, data, compared))
    if corridor.pair:
        book.table("pasangan", _pairs(request, compared))
    book.table("prioritas", _priority(request))
    proposals = reading.proposals(corridor.sides)
    if len(proposals):
        rows = proposal_rows(data, proposals, data.border(corridor))
        kinds: dict[str, Kind] = {"tahun_anggaran": "year", "anggaran": "whole"}
        book.table("usulan", [Column(c, rows[c], kinds.get(c, "text")) for c in map(str, rows)])
    for name, frame in _register(request).items():
        book.table(name, _flat(frame, {}))
    book.table("sumber", _sources(w, data, values))
    _notes(book, request)
    first.activate()
    return book.finish()


def _values(request: Request, values: pd.DataFrame) -> list[Column]:
    w, data = request.words, request.data
    known = data.catalogue.indicators
    own = [known[str(i)] for i in values["indicator"]]
    yes = language_names.yes_names(w)
    decimals, ends = [i.decimals for i in own], [i.end_decimals for i in own]

    def names(column: str, labels: dict[str, str]) -> list[str]:
        return values[column].map(labels).fillna("").to_list()

    return [
        Column(w.t("Kode"), values["kode"]),
        Column(w.t("Nama"), values["nama"]),
        Column(w.t("Jenis"), values["jenis"].map(w.level)),
        Column(w.t("Kecamatan"), values["kecamatan"]),
        Column(w.t("Kabupaten/kota"), values["kabkota"]),
        Column(w.t("Di garis batas"), values["di_garis"].map(yes)),
        Column(w.t("Ditandai"), values["kode"].isin(request.kelurahan).map(yes)),
        Column(w.t("Id indikator"), values["indicator"]),
        Column(w.t("Indikator"), [w.pick(i.title) for i in own]),
        Column(w.t("Nilai"), values["value"], "number", decimals),
        Column(w.t("Keadaan"), files_corridor.status(values).map(language_names.status_names(w))),
        Column(w.t("Bawah"), values["low"], "number", ends),
        Column(w.t("Atas"), values["high"], "number", ends),
        Column(w.t("Arti kisaran"), [_range(w, i.range) for i in own]),
        Column(w.t("Satuan"), [w.pick(i.unit) for i in own]),
        Column(w.t("Tahun"), values["year"], "year"),
        Column(w.t("Tahun penduduk"), values["people_year"], "year"),
        Column(w.t("Tingkat asli"), [w.level(str(v)) if isinstance(v, str) else "" for v in values["native_level"]]),
        Column(w.t("Cara"), names("method", language_names.method_names(w))),
        Column(w.t("Mutu"), names("quality", language_names.quality_names(w))),
        Column(w.t("Sumber"), [files_corridor.source_names(w, data, s) for s in values["source"]]),
        Column(w.t("Catatan"), [w.note(n) if isinstance(n, str) else "" for n in values["note"]]),
    ]


def _range(w: Words, kind: str | None) -> str:
    return w.t("batas kesalahan") if kind else ""


def _overview(
    book: _Book,
    sheet: Worksheet,
    request: Request,
    values: pd.DataFrame,
    heads: list[str],
) -> None:
    """Title, the sentences of the story, and totals that are counted from the sheet of values."""
    w, told = request.words, request.story
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 4, 22)
    book.text(sheet, 0, 0, told.title, bold=True, font_size=16)
    lines = [
        versions.made(w, request.data, request.corridor, request.made),
        *files_corridor.chosen_line(request),
        w.t("Yang ditunjukkan adalah kesenjangan yang teramati, bukan dampak batas; kedua sisi diperlakukan sama."),
        *told.attribution,
    ]
    for row, line in enumerate(lines, start=1):
        book.text(sheet, row, 0, line)
    row = len(lines) + 2
    for slide in (*told.slides, *told.annex):
        book.text(sheet, row, 0, slide.title, bold=True, text_wrap=True)
        sheet.merge_range(row, 1, row, 4, "", book.format(text_wrap=True))
        book.text(sheet, row, 1, slide.sentence, text_wrap=True)
        sheet.set_row(row, 15 * max(1 + len(slide.sentence) // TALLEST_NOTE, 1 + len(slide.title) // 42))
        row += 1
    counter = _Counter(w, values, heads)
    row = _totals(book, sheet, row + 1, request, counter, values)
    _coverage(book, sheet, row + 1, request, counter, values)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _Counter:
    """Formulas over the columns of the sheet of values; the value that a reader sees before recalculation stands beside."""

    def __init__(self, w: Words, values: pd.DataFrame, heads: list[str]) -> None:
        self.last = len(values) + 1
        self.column = {
            "indicator": heads.index(w.t("Id indikator")),
            "kabkota": heads.index(w.t("Kabupaten/kota")),
            "value": heads.index(w.t("Nilai")),
            "status": heads.index(w.t("Keadaan")),
            "border": heads.index(w.t("Di garis batas")),
        }

    def range(self, name: str) -> str:
        letter = xl_col_to_name(self.column[name])
        return f"nilai!${letter}$2:${letter}${self.last}"

    def count(self, **criteria: str) -> str:
        return f"=COUNTIFS({self._criteria(criteria)})"

    def total(self, **criteria: str) -> str:
        return f"=SUMIFS({self.range('value')},{self._criteria(criteria)})"

    def _criteria(self, criteria: dict[str, str]) -> str:
        return ",".join(f"{self.range(name)},{cell}" for name, cell in criteria.items())


def _literal(text: str) -> str:
    """Text inside a formula; a wildcard stands for itself."""
    for mark in "~*?":
        text = text.replace(mark, f"~{mark}")
    return '"' + cells.safe_cell(text).replace('"', '""') + '"'


def _totals(book: _Book, sheet: Worksheet, row: int, request: Request, counter: _Counter, values: pd.DataFrame) -> int:
    w, data, corridor = request.words, request.data, request.corridor
    people = values[values["indicator"] == PEOPLE]
    titles = (
        w.t("Sisi"),
        w.t("Kelurahan/desa"),
        w.t("Di garis batas"),
        w.t("Penduduk (jiwa)"),
        w.t("Penduduk belum ada data"),
    )
    for at, title in enumerate(titles):
        book.head(sheet, row, at, title, number=at > 0)
    start = row + 1
    whole, nothing = book.number_format(0), _literal(w.no_data)
    for number, side in enumerate(corridor.sides):
        at = start + number
        own = people[people["kode_kabkota"] == side]
        book.text(sheet, at, 0, data.kabkota.at[side, "nama"])
        name = f"$A${at + 1}"
        figures = (
            (counter.count(indicator=_literal(PEOPLE), kabkota=name), len(own)),
            (
                counter.count(indicator=_literal(PEOPLE), kabkota=name, border=_literal(w.t("ya"))),
                int(own["di_garis"].sum()),
            ),
            (counter.total(indicator=_literal(PEOPLE), kabkota=name), float(own["value"].sum())),
            (counter.count(indicator=_literal(PEOPLE), kabkota=name, status=nothing), int(own["value"].isna().sum())),
        )
        for column, (formula, value) in enumerate(figures, start=1):
            sheet.write_formula(at, column, formula, whole, value)
    end = start + len(corridor.sides)
    book.text(sheet, end, 0, w.t("Jumlah"), bold=True, top=1)
    sums = (len(people), int(people["di_garis"].sum()), float(people["value"].sum()), int(people["value"].isna().sum()))
    for column, value in enumerate(sums, start=1):
        letter = xl_col_to_name(column)
        sheet.write_formula(
            end, column, f"=SUM({letter}{start + 1}:{letter}{end})", book.number_format(0, bold=True, top=1), value
        )
    return end + 1


def _coverage(
    book: _Book, sheet: Worksheet, row: int, request: Request, counter: _Counter, values: pd.DataFrame
) -> None:
    """Units with and without a value, an indicator and side a row."""
    w = request.words
    titles = (w.t("Indikator"), w.t("Sisi"), w.t("Unit"), w.no_data, w.t("Id indikator"))
    for at, title in enumerate(titles):
        book.head(sheet, row, at, title, number=at in (2, 3))
    whole, nothing = book.number_format(0), _literal(w.no_data)
    for indicator in files_corridor.indicators_of(request):
        rows = values[values["indicator"] == indicator.id]
        for side in request.corridor.sides:
            row += 1
            own = rows[rows["kode_kabkota"] == side]
            book.text(sheet, row, 0, w.pick(indicator.title))
            book.text(sheet, row, 1, request.data.kabkota.at[side, "nama"])
            book.text(sheet, row, 4, indicator.id)
            name, ident = f"$B${row + 1}", f"$E${row + 1}"
            sheet.write_formula(row, 2, counter.count(indicator=ident, kabkota=name), whole, len(own))
            sheet.write_formula(
                row,
                3,
                counter.count(indicator=ident, kabkota=name, status=nothing),
                whole,
                int(own["value"].isna().sum()),
            )


def _gaps(request: Request) -> list[Column]:
    """People beyond each standard at the line, for every border set: the numbers of the overview page."""
    w, data, corridor = request.words, request.data, request.corridor
    known = data.catalogue
    wanted = {i.id for i in files_corridor.indicators_of(request)}
    names = overview_words.border_set_names(w)
    found = [
        (border_set, gap)
        for border_set in corridor.border_sets
        for gap in summarise_border(data.border(corridor), data.measures, border_set).gaps
        if gap.indicator in wanted
    ]
    gaps = [gap for _, gap in found]
    standards = [known.standards[g.standard] for g in gaps]
    return [
        Column(w.t("Yang dihitung sebagai perbatasan"), [names[s] for s, _ in found]),
        Column(w.t("Id indikator"), [g.indicator for g in gaps]),
        Column(w.t("Indikator"), [w.pick(known.indicators[g.indicator].title) for g in gaps]),
        Column(w.t("Sisi"), [str(data.kabkota.at[g.kode_kabkota, "nama"]) for g in gaps]),
        Column(w.t("Jiwa di luar standar"), [round(g.people, -1) for g in gaps], "whole"),
        Column(w.t("Kisaran bawah"), [round(g.low, -1) for g in gaps], "whole"),
        Column(w.t("Kisaran atas"), [round(g.high, -1) for g in gaps], "whole"),
        Column(w.t("Persen"), [g.share * 100 for g in gaps], "number", 1),
        Column(w.t("Standar"), [w.pick(s.title) for s in standards]),
        Column(w.t("Ambang"), [s.threshold for s in standards], "number", 2),
        Column(w.t("Satuan"), [w.pick(known.indicators[g.indicator].unit) for g in gaps]),
        Column(w.t("Diketahui"), [g.known for g in gaps], "whole"),
        Column(w.no_data, [g.unknown for g in gaps], "whole"),
        Column(w.t("Tahun tertua"), [g.years[0] for g in gaps], "year"),
        Column(w.t("Tahun terbaru"), [g.years[1] for g in gaps], "year"),
    ]


def _contrasts(w: Words, data: Dataset, compared: Compared) -> list[Column]:
    """Border against rest of each side: the numbers of the comparison page."""
    table = comparison.gap_rows(compared)
    known = data.catalogue.indicators
    own = [known[str(i)] for i in table["indicator"]] if len(table) else []
    said = [
        plain(comparison_verdicts.side_line(w, data, indicator, found, side))
        for _, indicator, found in compared
        for side in found.verdict.sides
    ]
    decimals = [i.decimals for i in own]

    def column(name: str) -> list[object]:
        return table[name].to_list() if len(table) else []

    return [
        Column(w.t("Id indikator"), column("indicator")),
        Column(w.t("Indikator"), [w.pick(i.title) for i in own]),
        Column(w.t("Sisi"), [str(data.kabkota.at[str(k), "nama"]) for k in column("kode_kabkota")]),
        Column(w.t("Rata-rata di batas"), column("border_mean"), "number", decimals),
        Column(w.t("Rata-rata lainnya"), column("interior_mean"), "number", decimals),
        Column(w.t("Selisih"), column("difference"), "number", decimals),
        Column(w.t("Bawah (95 %)"), column("low"), "number", decimals),
        Column(w.t("Atas (95 %)"), column("high"), "number", decimals),
        Column("p", column("p"), "number", 4),
        Column("q", column("q"), "number", 4),
        Column(w.t("Daya uji (%)"), (table["power"].astype(float) * 100).to_list() if len(table) else [], "whole"),
        Column(w.t("Selisih pada kepadatan yang sama"), column("density_difference"), "number", decimals),
        Column(w.t("q pada kepadatan yang sama"), column("density_q"), "number", 4),
        Column(w.t("Satuan"), [w.pick(i.unit) for i in own]),
        Column(w.t("Diketahui di batas"), column("border_known"), "whole"),
        Column(w.t("Unit di batas"), column("border_units"), "whole"),
        Column(w.t("Diketahui lainnya"), column("interior_known"), "whole"),
        Column(w.t("Unit lainnya"), column("interior_units"), "whole"),
        Column(w.t("Di batas daerah lain, tidak ikut"), column("on_other_lines"), "whole"),
        Column(w.t("Tahun tertua"), column("year_from"), "year"),
        Column(w.t("Tahun terbaru"), column("year_to"), "year"),
        Column(w.t("Yang dapat dikatakan"), said),
    ]


def _pairs(request: Request, compared: Compared) -> list[Column]:
    """Neighbours across the line, each with its value where both are known."""
    w, data, corridor = request.words, request.data, request.corridor
    table = comparison.pair_rows(data, compared)
    known = data.catalogue.indicators
    own = [known[str(i)] for i in table["indicator"]]
    decimals = [i.decimals for i in own]
    first, second = (str(data.kabkota.at[s, "nama"]) for s in corridor.sides[:2])
    said = {
        indicator.id: plain(comparison_verdicts.line_line(w, data, indicator, found.verdict.line))
        for _, indicator, found in compared
        if found.verdict.line is not None
    }
    return [
        Column(w.t("Id indikator"), table["indicator"]),
        Column(w.t("Indikator"), [w.pick(i.title) for i in own]),
        Column(w.t("Tingkat"), table["level"].map(w.level)),
        Column(w.t("Kode 1"), table["kode_1"]),
        Column(w.t("Nama 1"), table["nama_1"]),
        Column(w.t("Nilai 1 ({sisi})", sisi=first), table["value_1"], "number", decimals),
        Column(w.t("Kode 2"), table["kode_2"]),
        Column(w.t("Nama 2"), table["nama_2"]),
        Column(w.t("Nilai 2 ({sisi})", sisi=second), table["value_2"], "number", decimals),
        Column(w.t("Selisih (2 dikurangi 1)"), table["difference"], "number", decimals),
        Column(w.t("Satuan"), [w.pick(i.unit) for i in own]),
        Column(w.t("Garis bersama (m)"), table["shared_m"], "whole"),
        Column(w.t("Gugus"), table["bundle"], "whole"),
        Column(w.t("Seluruh garis"), [said[str(i)] for i in table["indicator"]]),
    ]


def _priority(request: Request) -> list[Column]:
    """Every kelurahan with its rank and range: the numbers of the priority page."""
    w, data = request.words, request.data
    ordered = request.ranked.table.sort_values(["rank_median", "rank_high", "rank_low"], kind="stable")
    table = priority.priority_frame(data, ordered)
    indicators = data.catalogue.indicators
    yes = language_names.yes_names(w)
    return [
        Column(w.t("Kode"), table["kode"]),
        Column(w.t("Nama"), table["nama"]),
        Column(w.t("Kecamatan"), table["kecamatan"]),
        Column(w.t("Kabupaten/kota"), table["kabkota"]),
        Column(w.t("Ditandai"), table["kode"].isin(request.kelurahan).map(yes)),
        Column(w.t("Di garis batas"), table["sets"].str.split(";").map(lambda s: yes["bersentuhan" in s])),
        Column(w.t("Kebutuhan (1–100)"), table["index"], "number", 1),
        Column(w.t("Peringkat (median)"), table["rank_median"], "whole"),
        Column(w.t("Peringkat 5 %"), table["rank_low"], "whole"),
        Column(w.t("Peringkat 95 %"), table["rank_high"], "whole"),
        Column(w.t("Ketersediaan data (%)"), table["availability"] * 100, "whole"),
        Column(w.t("Penduduk (jiwa)"), table["people"].round(), "whole"),
        Column(w.t("Jiwa di luar standar"), table["beyond"].round(-1), "whole"),
        Column(w.t("Jiwa (bawah)"), table["beyond_low"].round(-1), "whole"),
        Column(w.t("Jiwa (atas)"), table["beyond_high"].round(-1), "whole"),
        Column(
            w.t("Penyebab utama"),
            [w.pick(indicators[str(d)].title) if str(d) in indicators else "" for d in table["driver"]],
        ),
    ]


def _sources(w: Words, data: Dataset, values: pd.DataFrame) -> list[Column]:
    entries = [w.source(data.catalogue.sources[i]) for i in files_corridor.source_ids(data, values)]
    trust = language_names.quality_names(w)
    return [
        Column(w.t("Id sumber"), [e.id for e in entries]),
        Column(w.t("Penerbit"), [e.publisher for e in entries]),
        Column(w.t("Judul"), [e.title for e in entries]),
        Column(w.t("Tahun data"), [e.vintage for e in entries]),
        Column(w.t("Lisensi"), [e.licence for e in entries]),
        Column(w.t("Atribusi"), [e.attribution for e in entries]),
        Column(
            w.t("Dapat diandalkan"),
            [trust[e.trust] + (f" – {w.pick(e.trust_note)}" if e.trust_note else "") for e in entries],
        ),
    ]


def _notes(book: _Book, request: Request) -> None:
    """Method, definitions, caveats, and what the numbers must not be used for."""
    w, data, corridor = request.words, request.data, request.corridor
    rows: list[tuple[str, str]] = [
        (w.t("Jangan dipakai untuk"), line) for line in plain_lines(sources_words.not_for(w))
    ]
    rows += [(w.t("Istilah"), line) for line in plain_lines(sources_words.glossary(w))]
    rows += [(w.t("Garis batas"), line) for line in plain_lines(overview_words.method(w, corridor))]
    for indicator in files_corridor.indicators_of(request):
        title = w.pick(indicator.title)
        rows.append((title, w.pick(indicator.description)))
        rows += [
            (title, plain(sentences.standard_text(w, s, indicator))) for s in data.catalogue.standards_of(indicator.id)
        ]
        rows += [(title, w.pick(caveat)) for caveat in indicator.caveats]
        rows += [
            (title, f"{w.listing([str(data.kabkota.at[k, 'nama']) for k in d.kabkota])}: {w.pick(d.text)}")
            for d in indicator.definitions
        ]
    rows.append(
        (
            w.t("Angka"),
            w.t("Angka di lembar ini adalah bilangan; pemisah ribuan dan desimal mengikuti bahasa pengolah angka."),
        )
    )
    sheet = book.table(
        "catatan", [Column(w.t("Tentang"), [a for a, _ in rows]), Column(w.t("Catatan"), [b for _, b in rows])]
    )
    sheet.set_column(1, 1, TALLEST_NOTE, book.format(text_wrap=True))
    for at, (_, text) in enumerate(rows, start=1):
        book.text(sheet, at, 1, text, text_wrap=True)
