"""The tables that offices bring, known by their headings: where they stand, and which column is which."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from data.intake.cells import Cell, Kind, is_empty, text_of
from data.intake.csv_reader import HEAD_ROWS
from data.intake.problems import FileError, Problem
from data.intake.workbook import Book, Sheet

MOST_HEAD = 4
"""Rows that a heading may have."""
FEW = 3
"""Headings from which on a table is taken for one with a column missing, and not for something else."""
ALIKE = 0.6
"""How much a heading must be like the one that is missing to be named (0 to 1)."""

PLACE = {
    "kode": (
        "kode", "kode wilayah", "kode kelurahan", "kode desa", "kode kelurahan/desa", "kode desa/kelurahan",
        "kode kemendagri", "kode bps", "kode kecamatan",
    ),
    "nama": (
        "kelurahan", "kelurahan/desa", "desa/kelurahan", "nama kelurahan", "nama desa", "nama kelurahan/desa",
        "nama desa/kelurahan", "desa", "nama", "nama wilayah", "detail_lurahteks", "lokus usulan",
    ),
    "kecamatan": ("kecamatan", "nama kecamatan", "kec", "detail_camatteks"),
    "kabkota": (
        "kabupaten", "kabupaten/kota", "kab/kota", "kota", "nama kota/kab", "nama kabupaten/kota", "kota/kabupaten",
        "kabupaten kota", "kota/kab", "nama kabupaten", "detail_namakabkota",
    ),
}  # fmt: skip
PEOPLE = {
    "penduduk": (
        "jumlah penduduk", "penduduk", "total penduduk", "jumlah jiwa", "penduduk (jiwa)", "jumlah penduduk (jiwa)",
        "jiwa", "l+p", "laki-laki + perempuan", "laki-laki dan perempuan", "jumlah", "total",
    ),
    "laki": (
        "laki-laki", "jumlah laki-laki", "penduduk laki-laki", "laki", "pria", "jumlah pria",
        "jumlah penduduk laki-laki", "l",
    ),
    "perempuan": (
        "perempuan", "jumlah perempuan", "penduduk perempuan", "wanita", "jumlah wanita",
        "jumlah penduduk perempuan", "p",
    ),
    "tahun": ("tahun", "tahun data"),
}  # fmt: skip
VALUES = {
    "nilai": ("nilai", "value", "angka"),
    "indikator": ("indikator", "indicator", "id indikator"),
    "tahun": ("tahun", "tahun data", "year"),
}
COUNTS = {
    "miskin": ("penduduk miskin", "jumlah penduduk miskin", "warga miskin", "jumlah warga miskin"),
    "keluarga_miskin": ("keluarga miskin", "jumlah keluarga miskin", "kk miskin", "jumlah kk miskin"),
    "disabilitas": ("penyandang disabilitas", "disabilitas", "jumlah penyandang disabilitas", "difabel"),
    "sakit": ("penderita sakit", "jumlah penderita", "orang sakit", "sakit menahun", "jumlah orang sakit"),
    "keluarga": ("jumlah kk", "kk", "jumlah keluarga", "keluarga", "kepala keluarga", "jumlah kepala keluarga"),
    "rt": ("jumlah rt", "rt", "jumlah jumlah rt"),
    "rw": ("jumlah rw", "rw", "jumlah jumlah rw"),
    "posyandu": ("posyandu", "jumlah posyandu"),
    "paud": ("paud", "jumlah paud", "tk/paud"),
    "pos_kamling": ("pos kamling", "jumlah pos kamling", "poskamling"),
    "tempat_ibadah": ("tempat ibadah", "jumlah tempat ibadah", "rumah ibadah"),
}  # fmt: skip
FACILITY = {
    "fasilitas": (
        "nama fasilitas", "nama sekolah", "nama satuan pendidikan", "satuan pendidikan", "sekolah", "nama puskesmas",
        "puskesmas", "nama rumah sakit", "rumah sakit", "nama faskes", "faskes", "nama pos", "nama pos damkar",
        "pos damkar", "pos pemadam", "pos", "nama kantor", "nama pasar", "nama klinik", "fasilitas", "nama tempat",
    ),
    "sebutan": ("nama", "name", "nama unit"),
    "jenis": ("jenis fasilitas", "jenis", "jenjang", "bentuk pendidikan", "kategori", "bp", "tipe fasilitas"),
    "lat": ("latitude", "lat", "lintang", "y", "koordinat lintang", "garis lintang"),
    "lon": ("longitude", "lon", "lng", "long", "bujur", "x", "koordinat bujur", "garis bujur"),
    "status": ("status", "status sekolah", "negeri/swasta", "kepemilikan"),
    "mark": ("npsn", "kode fasilitas", "kode puskesmas", "kode faskes", "kode satuan pendidikan", "kode registrasi"),
}  # fmt: skip
PROPOSAL = {
    "id_usulan": ("id usulan", "id_usulan", "no usulan", "nomor usulan"),
    "tanggal_usul": ("tanggal usul", "tgl usul", "tanggal usulan", "created_date"),
    "urusan": ("urusan", "bidang urusan", "detail_bidangurusan"),
    "usulan": ("usulan", "giat_teks", "kamus usulan", "detail_gagasan", "nama usulan"),
    "permasalahan": ("permasalahan", "masalah", "detail_masalah"),
    "alamat": ("alamat", "alamat lokasi", "alamat_teks", "detail_alamatteks", "lokasi"),
    "lat": ("detail_latpeta", "latitude", "lat", "lintang"),
    "lon": ("detail_langpeta", "longitude", "lon", "lng", "lang", "bujur"),
    "usulan_ke": ("usulan ke", "tujuan_usul", "detail_tujuanusul"),
    "opd_awal": ("opd tujuan awal", "nama_skpd_awal"),
    "opd_akhir": ("opd tujuan akhir", "opd tujuan", "nama_skpd", "detail_namaskpd"),
    "status": ("status", "status existing", "status_usul_teks", "detail_setstatususul", "status usulan"),
    "jenis_usul": ("jenis_usul_teks", "jenis usulan", "jalur"),
    "catatan": ("catatan",),
    "volume": ("volume", "detail_volume", "detail_usulvolume"),
    "satuan": ("satuan", "detail_satuan"),
    "koefisien": ("koefisien", "detail_koefisien", "satuan / koefisien"),
    "anggaran": ("anggaran", "detail_anggaran", "detail_usulanggaran", "anggaran usulan"),
    "jenis_belanja": ("jenis belanja", "detail_jenisbelanja"),
    "sub_kegiatan": ("sub kegiatan", "detail_subgiat"),
    "tahun_anggaran": ("tahun anggaran", "tahun"),
    "is_batal": ("is_batal",),
    "is_tolak": ("is_tolak",),
    "is_kembalikan": ("is_kembalikan",),
    "is_verif": ("is_verif",),
    "is_stat_lahan": ("is_stat_lahan",),
    "is_sertifikat_lahan": ("is_sertifikat_lahan",),
    **{
        f"rek_{short}{end}": (f"rekomendasi {long}{more}", f"rekom_{code}_{last}")
        for short, long, code in (
            ("kelurahan", "kelurahan/desa", "lurah"), ("kecamatan", "kecamatan", "camat"), ("mitra", "mitra", "mitra"),
            ("skpd", "skpd", "skpd"), ("tapd", "tapd", "tapd"), ("setwan", "sekwan", "setwan"),
        )
        for end, more, last in (
            ("", "", "rekomendasi"), ("_koefisien", " koefisien", "koefisien"), ("_anggaran", " anggaran", "anggaran"),
        )
    },
}  # fmt: skip

_AGE = re.compile(r"jumlah(?:laki|lakilaki|pria|wanita|perempuan)usia(\d{1,3}|lebihdari\d+)")
# What a list of places may say besides, and is not read.
_OF_A_PLACE = re.compile(r"alamat\w*|.*(?:nohp|telepon|telp|email|handphone)")
# Who a person is. A list with such a column is not kept, except that a proposal loses them.
_PERSONAL = re.compile(
    r"(?:no|nomor)(?:nik|ktp|kk|kartukeluarga)|ktp|nik(?:penduduk|warga|kepala\w*)?|nip|.*(?:pengusul|profil|createduser|namauser|nohp|telepon|telp|email|handphone)"
    r"|nama(?:lengkap|kepalakeluarga|kk|krt|penduduk|warga|anggota|pasien|penderita|orang|ayah|ibu|suami|istri)|(?:tempat|tanggal|tgl)\w*lahir"
    r"|jeniskelamin|lp|umur|usia|agama|pekerjaan|statusperkawinan|alamat\w*"
)
_TOTALS = frozenset({"jumlah", "total", "jumlahtotal", "grandtotal"})
_FIGURE, _HEADING = re.compile(r"\d"), re.compile(r"[a-z]|(?:19|20)\d\d")
_NUMBERED = re.compile(r"\(?\d{1,3}\)?")
_MARKED = re.compile(r"(?<![\d.,])\d{16}(?!\d)")


@dataclass(frozen=True)
class Layout:
    """A kind of table.

    Attributes
    ----------
    id : penduduk, indikator, monografi, usulan, fasilitas or batas
    fields : headings by name of the column
    needs : groups of columns of which one must be there
    """

    id: str
    fields: Mapping[str, tuple[str, ...]]
    needs: tuple[tuple[str, ...], ...]


LAYOUTS = {
    layout.id: layout
    for layout in (
        Layout("usulan", {**PLACE, **PROPOSAL}, (("usulan",), ("nama", "kode"))),
        Layout("penduduk", {**PLACE, **PEOPLE}, (("kode", "nama"), ("penduduk", "laki", "usia"))),
        Layout("monografi", {**PLACE, **COUNTS, "tahun": PEOPLE["tahun"]}, (("kode", "nama"), tuple(COUNTS))),
        Layout("indikator", {**PLACE, **VALUES}, (("kode", "nama"), ("nilai",))),
        Layout(
            "fasilitas",
            # The name of a place without more is its own, not that of the kelurahan.
            {**PLACE, "nama": tuple(v for v in PLACE["nama"] if v not in ("nama", "nama wilayah")), **FACILITY},
            (("fasilitas", "sebutan"), ("fasilitas", "jenis", "lat", "mark")),
        ),
    )
}
AREAS = Layout(
    "batas",
    # Besides the headings of tables those of the layers of BIG and BPS.
    {
        "kode": (*PLACE["kode"], "kdepum", "kode_desa", "kd_kel", "iddesa", "kode_kd"),
        "nama": (*PLACE["nama"], "wadmkd", "nmdesa", "nama_kel", "nama_desa", "desa_kelur", "namobj", "name"),
        "kecamatan": (*PLACE["kecamatan"], "wadmkc", "nmkec"),
        "kabkota": (*PLACE["kabkota"], "wadmkk", "nmkab", "kabkota"),
    },
    (("kode", "nama"),),
)
"""A map file whose features are all areas."""
KINDS: Mapping[str, Kind] = {"nilai": "decimal", "anggaran": "rupiah"}
"""How the numbers of a column are read; all others are counts."""


@dataclass(frozen=True)
class Table:
    """A table in a sheet.

    Attributes
    ----------
    sheet : where it stands
    start : row of its first line of data, the first row of the sheet being 1
    labels : heading of each column, its rows joined
    columns : position of each known column
    ages : positions of the ages that add up to the population
    """

    sheet: Sheet
    start: int
    labels: tuple[str, ...]
    columns: Mapping[str, int]
    ages: tuple[int, ...] = ()

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Number and cells of each row that is not empty."""
        for number, row in enumerate(self.sheet.rows[self.start - 1 :], self.start):
            if any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in row):
                yield number, row

    def label(self, field: str) -> str:
        """The heading of a known column, "" without it."""
        return self.labels[self.columns[field]] if field in self.columns else ""


def heading_key(text: str) -> str:
    """Letters and digits of a heading, small; a plus stays a word, since L+P is a sum and L/P is a sex."""
    return re.sub(r"[^a-z0-9]+", "", text.lower().replace("+", " plus "))


_KEYS = {
    layout.id: {heading_key(variant): field for field, variants in layout.fields.items() for variant in variants}
    for layout in (*LAYOUTS.values(), AREAS)
}
_ALL_KEYS = frozenset(key for name in LAYOUTS for key in _KEYS[name])
_PLACE_KEYS = frozenset(heading_key(v) for variants in PLACE.values() for v in variants)
_NAMING_KEYS = _PLACE_KEYS | {heading_key(v) for name in ("fasilitas", "sebutan") for v in FACILITY[name]}
_PEOPLE_ABOVE = frozenset({"penduduk", "jumlahpenduduk", "jumlahjiwa", "jumlahpendudukjiwa", "totalpenduduk"})


def score(rows: Sequence[Sequence[Cell]]) -> int:
    """Most known headings in one of the first rows."""
    return max((len(_known(row)) for row in rows[:HEAD_ROWS]), default=0)


def _known(row: Sequence[Cell]) -> set[str]:
    keys = {heading_key(text_of(cell)) for cell in row if isinstance(cell, str)}
    return {key for key in keys if key in _ALL_KEYS or _AGE.match(key)}


def find_tables(book: Book) -> tuple[Layout, list[Table], list[Problem]]:
    """The kind of table that a file holds, all sheets with it, and what is to be said of the others.

    Returns
    -------
    Layout
        The kind of table that fits best.
    list of Table
        One a sheet that holds such a table.
    list of Problem
        Sheets and columns that are not read.

    Raises
    ------
    FileError
        No table is known, a column is missing, or persons are listed.
    """
    if book.only_areas and (tables := _areas(book)):
        return AREAS, tables, list(_left(AREAS, tables))
    heads = [(sheet, head) for sheet in book.sheets if (head := _head(sheet)) is not None]
    if not heads:
        _no_persons(book.sheets)
        raise FileError(Problem("no_table"))
    found = {layout.id: [_table(layout, sheet, *head) for sheet, head in heads] for layout in LAYOUTS.values()}
    best = max(found, key=lambda name: max(_worth(LAYOUTS[name], table) for table in found[name]))
    layout = LAYOUTS[best]
    tables = [table for table in found[best] if not _missing(layout, table)]
    if best != "usulan" or not tables:
        _no_persons(book.sheets)
        if max(len(table.columns) for table in found["usulan"]) < FEW or best == "fasilitas":
            _no_personal_heading(found[best], best == "fasilitas" and bool(tables))
    if not tables:
        raise FileError(_nearly(found))
    for table in tables:
        _refuse_twice(layout, table)
    read = {table.sheet.name for table in tables}
    notes = [Problem("sheet_other", s.name) for s in book.sheets if s.name not in read and s.rows]
    return layout, tables, [*notes, *_left(layout, tables)]


def _areas(book: Book) -> list[Table]:
    """The layers of a file of areas; none where it is a list of places drawn as areas.

    Raises
    ------
    FileError
        Persons are listed.
    """
    _no_persons(book.sheets)
    places = [_table(LAYOUTS["fasilitas"], sheet, 0, 1) for sheet in book.sheets]
    if any({"fasilitas", "jenis", "mark"} & set(table.columns) for table in places):
        return []
    return [t for t in (_table(AREAS, sheet, 0, 1) for sheet in book.sheets) if not _missing(AREAS, t)]


def _left(layout: Layout, tables: Sequence[Table]) -> Iterator[Problem]:
    """Which columns are not read."""
    for table in tables:
        used = {*table.columns.values(), *table.ages}
        unit = [heading_key(text).endswith("satuan") for text in table.labels]
        left = [text for at, text in enumerate(table.labels) if text and at not in used and not unit[at]]
        left = [text for text in left if layout.id not in ("usulan", "fasilitas", "batas") or not is_dropped(text)]
        # Where a feature is an area it has no point.
        left = [text for text in left if layout is not AREAS or text not in ("lintang", "bujur")]
        if left:
            yield Problem("columns_left", table.sheet.name, table.start - 1, detail="; ".join(map(_shown, left[:30])))


def _shown(label: str) -> str:
    return label if len(label) <= 40 else label[:39] + "…"


def _is_personal(label: str) -> bool:
    """Whether a heading says who a person is."""
    return _PERSONAL.fullmatch(heading_key(label)) is not None


def is_dropped(label: str) -> bool:
    """Whether a column of proposals says who proposed; the address is that of the work."""
    return _is_personal(label) and "alamat" not in heading_key(label)


def _holds_number_of_person(cell: Cell) -> bool:
    """Whether a cell holds sixteen digits, as NIK and numbers of family cards have.

    Examples
    --------
    >>> [_holds_number_of_person(cell) for cell in ("NIK 3275010101900001", 3275010101900001.0, "106.8123456789012345")]
    [True, True, False]
    """
    if isinstance(cell, str):
        return len(cell) > 15 and _MARKED.search(cell) is not None
    return isinstance(cell, float) and 1e15 <= cell < 1e16


def _no_persons(sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, 1):
            if any(map(_holds_number_of_person, row)):
                raise FileError(Problem("person", sheet.name, number))


def _no_personal_heading(tables: Sequence[Table], places: bool) -> None:
    for table in tables:
        for label in table.labels:
            if _is_personal(label) and not (places and _OF_A_PLACE.fullmatch(heading_key(label))):
                raise FileError(Problem("person", table.sheet.name, table.start - 1, _shown(label)))


def _head(sheet: Sheet) -> tuple[int, int] | None:
    """First row of the heading, and first row under it, counted from 0."""
    rows = sheet.rows[:HEAD_ROWS]
    known = [_known(row) for row in rows]
    counted = [(len(found), -at) for at, found in enumerate(known) if found & _PLACE_KEYS or len(found) >= FEW]
    if not counted or max(counted)[0] < 2:
        return None
    first = -max(counted)[1]
    places = [at for at, cell in enumerate(sheet.rows[first]) if heading_key(text_of(cell)) in _NAMING_KEYS]
    # Prodeskel repeats the names of the places in every row of the heading: it begins with the first of them.
    named = [heading_key(text_of(sheet.rows[first][at])) for at in places]
    while places and first and [heading_key(text_of(cells_of(sheet.rows[first - 1], at))) for at in places] == named:
        first -= 1
    end = first + 1
    while places and end < min(len(sheet.rows), first + MOST_HEAD) and _continues(sheet.rows[end], places):
        end += 1
    return first, end


def _continues(row: Sequence[Cell], places: Sequence[int]) -> bool:
    """Whether a row still belongs to the heading: nothing that names a place, and no figure but years."""
    texts = [text_of(cell) for cell in row]
    if texts and all(_NUMBERED.fullmatch(text) for text in texts if text):
        return (any(texts[at] for at in places if at < len(texts)) and _rises(texts)) or not any(texts)
    here = [texts[at] for at in places if at < len(texts)]
    named = any(text and heading_key(text) not in _NAMING_KEYS for text in here)
    return not named and not any(_FIGURE.search(text) and not _HEADING.search(text.lower()) for text in texts)


def _rises(texts: Sequence[str]) -> bool:
    """Whether these are the numbers of the columns: 1, 2, 3."""
    numbers = [int(re.sub(r"\D", "", text)) for text in texts if text]
    return len(numbers) > 1 and numbers[0] <= 1 and all(b - a == 1 for a, b in pairwise(numbers))


def _labels(sheet: Sheet, first: int, end: int) -> list[list[str]]:
    """The rows of the heading of each column; what is merged over several columns stands in each."""
    block = [[text_of(cell) for cell in row] for row in sheet.rows[first:end]]
    block = [row for row in block if any(row) and not all(_NUMBERED.fullmatch(text) for text in row if text)]
    width = max(map(len, block))
    block = [row + [""] * (width - len(row)) for row in block]
    for at, row in enumerate(block[:-1]):
        for column in range(1, width):
            if not row[column] and any(lower[column] for lower in block[at + 1 :]):
                row[column] = row[column - 1]
    return [list(dict.fromkeys(row[column] for row in block if row[column])) for column in range(width)]


def _table(layout: Layout, sheet: Sheet, first: int, end: int) -> Table:
    parts = _labels(sheet, first, end)
    keys = _KEYS[layout.id]
    claims: dict[str, list[tuple[int, int]]] = {}
    ages: dict[str, int] = {}
    for at, part in enumerate(parts):
        key = heading_key(" ".join(part))
        key = key.removesuffix("nilai") or key
        if layout.id == "penduduk" and _AGE.fullmatch(key):
            ages.setdefault(key, at)
        if layout.id == "penduduk" and key not in keys and len(part) > 1 and heading_key(part[0]) in _PEOPLE_ABOVE:
            key = heading_key(part[-1])
        if key in keys:
            order = [heading_key(v) for v in layout.fields[keys[key]]].index(key)
            claims.setdefault(keys[key], []).append((order, at))
    columns = {field: min(found)[1] for field, found in claims.items()}
    return Table(sheet, end + 1, tuple(" ".join(part) for part in parts), columns, tuple(ages.values()))


def _worth(layout: Layout, table: Table) -> tuple[bool, int]:
    own = len(set(table.columns) - set(PLACE)) + min(2, len(table.ages))
    return not _missing(layout, table), own


def _missing(layout: Layout, table: Table) -> list[tuple[str, ...]]:
    there = {*table.columns, *(["usia"] if table.ages else [])}
    return [group for group in layout.needs if not there & set(group)]


def _nearly(found: Mapping[str, list[Table]]) -> Problem:
    """What keeps the file from being the table that it is most like: the missing column, and a heading like it."""
    tries: list[tuple[float, int, Problem]] = []
    for name, tables in found.items():
        for table in tables:
            if len(table.columns) >= (FEW if name == "usulan" else 2):
                group = _missing(LAYOUTS[name], table)[0]
                alike, heading = _most_alike(LAYOUTS[name], table, group)
                column = group[0] if name != "monografi" else "monografi"
                code = "column_similar" if heading else "column_missing"
                problem = Problem(code, table.sheet.name, table.start - 1, column, detail=_shown(heading))
                tries.append((alike, len(table.columns), problem))
    alike, columns, problem = max(tries, key=lambda one: one[:2], default=(0.0, 0, Problem("no_table")))
    return problem if alike or columns >= FEW else Problem("no_table", next(iter(found.values()))[0].sheet.name)


def _most_alike(layout: Layout, table: Table, group: Sequence[str]) -> tuple[float, str]:
    """How much the heading that is most like a missing one resembles it, and that heading; 0 and "" for none."""
    wanted = [heading_key(variant) for field in group for variant in layout.fields.get(field, ())]
    used = set(table.columns.values())
    left = [text for at, text in enumerate(table.labels) if text and at not in used]
    tried = ((difflib.SequenceMatcher(None, one, heading_key(text)).ratio(), text) for text in left for one in wanted)
    alike, heading = max(tried, default=(0.0, ""))
    return (alike, heading) if alike >= ALIKE else (0.0, "")


def _refuse_twice(layout: Layout, table: Table) -> None:
    """Two columns with one heading that is read: nobody can say which one is meant."""
    known = [text for at, text in enumerate(table.labels) if at in table.columns.values()]
    for text in known:
        if sum(heading_key(text) == heading_key(other) for other in table.labels) > 1:
            raise FileError(Problem("heading_twice", table.sheet.name, table.start - 1, _shown(text)))


def cells_of(row: Sequence[Cell], at: int | None) -> Cell:
    """A cell of a row that may be shorter; "" for a column that is not there."""
    return row[at] if at is not None and at < len(row) else ""


def too_long(table: Table, row: Sequence[Cell]) -> bool:
    """Whether a row of a CSV has more cells than headings: nobody can say which of them is meant by which."""
    return not table.sheet.name and any(cell != "" for cell in row[len(table.labels) :])


def is_total(code: Cell, name: Cell, last: bool) -> bool:
    """Whether a row only sums up the others: it says so, or it is the last one and names no place.

    Parameters
    ----------
    code, name : cells of the row, empty where it has none
    last : whether it is the last row of its table
    """
    if not is_empty(code) and heading_key(text_of(code)) not in _TOTALS:
        return False
    return heading_key(text_of(name)) in _TOTALS or heading_key(text_of(code)) in _TOTALS or (last and is_empty(name))
