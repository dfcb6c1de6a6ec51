"""Lists of places that an office brings: what each is, in which area it stands, and its point where it has one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data.intake.cells import Cell, is_empty, point_of, text_of
from data.intake.layouts import Table, cells_of, is_total, too_long
from data.intake.places import Doubt, Places
from data.intake.problems import CellError, FileError, Problem
from data.intake.values import Answers, Question, Status, codes_of_bps
from data.land import Land
from data.lists import POST, SCHOOLS, STATE
from data.placing import locate, placed

LONGEST_NAME, LONGEST_MARK = 200, 40
_KINDS: tuple[tuple[str, str], ...] = (
    (r"(?:sd|sdn|sds|sekolah dasar)\b", "sd"),
    (r"(?:smp|smpn|smps|sekolah menengah pertama)\b", "smp"),
    (r"(?:sma|sman|smas|sekolah menengah atas)\b", "sma"),
    (r"(?:smk|smkn|smks|sekolah menengah kejuruan)\b", "smk"),
    (r"(?:slb|sdlb|smplb|smalb|sekolah luar biasa)\b", "slb"),
    (r"(?:puskesmas|pkm|pusat kesehatan masyarakat)(?! (?:pembantu|keliling))\b", "puskesmas"),
    (r"(?:rs|rsu|rsud|rsia|rsab|rumah sakit)\b", "rumah_sakit"),
    (r"klinik\b", "klinik"),
    (r"kantor (?:kelurahan|desa|lurah|kepala desa)\b", "kantor_kelurahan"),
    (r"kantor (?:kecamatan|camat)\b", "kantor_kecamatan"),
    (r"pasar\b", "pasar"),
    (r"(?:tps|tpst|tpa|tempat (?:pembuangan |penampungan )?sampah)\b", "tempat_sampah"),
    (r"(?:pos damkar|pos pemadam|pos kebakaran|pemadam kebakaran|damkar|mako damkar)\b", POST),
)
"""How offices write the kind of a place, small letters."""
_BY_HEADING = {
    "namapuskesmas": "puskesmas", "puskesmas": "puskesmas", "namarumahsakit": "rumah_sakit",
    "rumahsakit": "rumah_sakit", "namaposdamkar": POST, "posdamkar": POST, "pospemadam": POST, "namaklinik": "klinik",
    "namapasar": "pasar",
}  # fmt: skip
_STATUS = {"negeri": "negeri", "n": "negeri", "swasta": "swasta", "s": "swasta", "pemerintah": "negeri"}


@dataclass(frozen=True)
class Place:
    """A row of a list.

    Attributes
    ----------
    sheet, number : where it stands
    status : read, refused, waiting for an answer, or total (a sum or nothing)
    kind, name, kode : what it is and the kelurahan, kecamatan or kabkota in which it stands
    lon, lat : degrees, None where no point is given
    owner : negeri or swasta, "" where it does not matter
    mark : official number, "" for none
    """

    sheet: str
    number: int
    status: Status
    kind: str = ""
    name: str = ""
    kode: str = ""
    lon: float | None = None
    lat: float | None = None
    owner: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Facilities:
    """What a list of places holds.

    Attributes
    ----------
    rows : each of its rows once
    problems : what is wrong, cell by cell
    questions : what must be asked before it can be read
    doubts : rows whose area a person must name
    """

    rows: tuple[Place, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    doubts: tuple[Doubt, ...]


def _kind_of_place(text: str) -> str:
    """The kind of place that a text names, "" for none.

    Examples
    --------
    >>> [_kind_of_place(text) for text in ("SD", "Sekolah Dasar", "PKM", "Pos Damkar", "Puskesmas Pembantu", "Halte")]
    ['sd', 'sd', 'puskesmas', 'pos_damkar', '', '']
    """
    said = " ".join(re.sub(r"[^a-z ]+", " ", text.lower().replace("_", " ")).split())
    return next((kind for pattern, kind in _KINDS if re.match(pattern, said)), "")


def facilities_of(
    tables: Sequence[Table],
    kelurahan: Places,
    kecamatan: Places,
    land: Land,
    answers: Answers,
    wrong: Mapping[tuple[str, int], Problem] | None = None,
) -> Facilities:
    """Read the places of all tables of a file.

    Parameters
    ----------
    tables : as `find_tables` gives them
    kelurahan, kecamatan : the units in which a place may stand
    land : their polygons; a point must lie in or at what is stated of it
    answers : of the person who brings the file
    wrong : by sheet and row, what was wrong with the geometry of a feature

    Raises
    ------
    FileError
        No kind of place is named and none chosen (``kind_asked``).
    """
    found: list[tuple[Place, Problem | None]] = []
    problems: list[Problem] = []
    questions: list[Question] = []
    doubts: dict[str, Doubt] = {}
    for table in tables:
        reader = _Reader(table, kelurahan, kecamatan, answers, wrong or {})
        questions += [q for q in reader.questions if q not in questions]
        for position in range(len(reader.rows)):
            place, here, doubt, at = reader.row(position)
            problems += here
            if doubt is not None:
                doubts.setdefault(doubt.key, doubt)
            found.append((place, at))
    places, outside = _on_land(found, land)
    places, twice = _each_once(places)
    return Facilities(tuple(places), (*problems, *outside, *twice), tuple(questions), tuple(doubts.values()))


class _Reader:
    """One table."""

    def __init__(
        self,
        table: Table,
        kelurahan: Places,
        kecamatan: Places,
        answers: Answers,
        wrong: Mapping[tuple[str, int], Problem],
    ) -> None:
        self.table, self.kelurahan, self.kecamatan, self.answers = table, kelurahan, kecamatan, answers
        self.wrong = wrong
        self.rows = list(table.rows())
        self.questions: list[Question] = []
        self.name = "fasilitas" if "fasilitas" in table.columns else "sebutan"
        heading = re.sub(r"[^a-z]+", "", table.label("fasilitas").lower())
        self.kind = answers.kind or _BY_HEADING.get(heading, "")
        named = [_kind_of_place(text_of(self.cell(row, "jenis"))) for _, row in self.rows]
        if not self.kind and not any(named):
            raise FileError(Problem("kind_asked"))
        self.bps = codes_of_bps(table, kelurahan, self.rows, answers, self.questions)

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        return cells_of(row, self.table.columns.get(name))

    def row(self, position: int) -> tuple[Place, list[Problem], Doubt | None, Problem | None]:
        """A row, what is wrong in it, the doubt about its place, and where its point is written."""
        number, row = self.rows[position]
        sheet = self.table.sheet.name
        name = text_of(self.cell(row, self.name))
        nothing = all(is_empty(self.cell(row, field)) for field in (self.name, "kode", "nama", "lat", "lon"))
        if nothing or is_total(self.cell(row, "kode"), name, position == len(self.rows) - 1):
            return Place(sheet, number, "total"), [], None, None
        wrong: list[Problem] = []

        def refuse(field: str, error: CellError) -> None:
            wrong.append(error.at(Problem("", sheet, number, self.table.label(field), text_of(self.cell(row, field)))))

        if (sheet, number) in self.wrong:
            wrong.append(self.wrong[sheet, number])
        if too_long(self.table, row):
            wrong.append(Problem("cells", sheet, number, detail=str(len(row))))
        kind, owner, point = "", "", None
        mark = text_of(self.cell(row, "mark")).lstrip("'")[:LONGEST_MARK]
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            refuse(self.name, CellError("facility_name"))
        try:
            kind = self._kind(self.cell(row, "jenis"))
            owner = self._owner(self.cell(row, "status"), kind)
        except CellError as error:
            refuse("jenis" if error.code == "facility_kind" else "status", error)
        try:
            point = self._point(row)
        except CellError as error:
            refuse("lat", error)
        kode, doubt = "", None
        try:
            if self.bps is not None and not wrong:
                found = self._area(row, point is not None)
                kode, doubt = (found, None) if isinstance(found, str) else ("", found)
        except CellError as error:
            refuse("kode" if error.code.startswith("code") else "nama", error)
        status: Status = "refused" if wrong else "waiting" if doubt or self.bps is None else "read"
        lat, lon = point or (None, None)
        at = Problem("", sheet, number, self.table.label("lat"), f"{lat}, {lon}") if point else None
        return Place(sheet, number, status, kind, name, kode, lon, lat, owner, mark), wrong, doubt, at

    def _kind(self, cell: Cell) -> str:
        kind = self.kind if is_empty(cell) else _kind_of_place(text_of(cell)) or self.answers.kind
        if not kind:
            raise CellError("facility_kind")
        return kind

    def _owner(self, cell: Cell, kind: str) -> str:
        if kind in STATE:
            return "negeri"
        said = _STATUS.get(text_of(cell).lower(), "")
        if kind in SCHOOLS and not said:
            raise CellError("facility_status")
        return said

    def _point(self, row: Sequence[Cell]) -> tuple[float, float] | None:
        lat, lon = (text_of(self.cell(row, f)).lstrip("'").replace(",", ".") for f in ("lat", "lon"))
        if is_empty(lat) and is_empty(lon):
            return None
        if not all(re.fullmatch(r"[-+]?\d{1,3}(?:\.\d+)?", text, re.ASCII) for text in (lat, lon)):
            raise CellError("point")
        return point_of(float(lat), float(lon))

    def _area(self, row: Sequence[Cell], has_point: bool) -> str | Doubt:
        """The narrowest area that is stated; "" where only a point is."""
        code, name, kecamatan, kabkota = (self.cell(row, f) for f in ("kode", "nama", "kecamatan", "kabkota"))
        decided = self.answers.places
        if not is_empty(code) or not is_empty(name):
            of = self.kecamatan if re.fullmatch(r"\D*(?:\d\D*){6}", text_of(code)) else self.kelurahan
            if of is self.kecamatan and is_empty(name):
                return of.match(code, kecamatan, "", kabkota, False, decided)
            return self.kelurahan.match(code, name, kecamatan, kabkota, bool(self.bps), decided)
        if not is_empty(kecamatan):
            return self.kecamatan.match("", kecamatan, "", kabkota, False, decided)
        if not is_empty(kabkota):
            found = self.kelurahan.scope(text_of(kabkota), "")
            sides = {kode[:5] for kode in found}
            if len(sides) != 1:
                raise CellError("area_unknown")
            return sides.pop()
        if has_point:
            return ""
        raise CellError("place_empty")


def _on_land(found: Sequence[tuple[Place, Problem | None]], land: Land) -> tuple[list[Place], list[Problem]]:
    """Rows with a point get its kelurahan where no area is stated; a point far from its area is refused."""
    places, problems = [place for place, _ in found], []
    with_point = [n for n, place in enumerate(places) if place.status == "read" and place.lat is not None]
    if not with_point:
        return places, []
    own = [places[n] for n in with_point]
    at = pd.DataFrame({"lon": [p.lon for p in own], "lat": [p.lat for p in own]}, dtype=float)
    inside = locate(at["lon"], at["lat"], land.kelurahan)
    stated = pd.Series([p.kode for p in own], dtype=object)
    judged = placed(stated.where(stated.ne(""), inside), [at], land)
    for n, place, kode, metres, where in zip(
        with_point, own, judged["kode"].where(judged["point"].eq(0), ""), judged["stated_m"], inside, strict=True
    ):
        problem = found[n][1] or Problem("")
        if not place.kode and not where:
            problems.append(replace(problem, code="point_nowhere"))
        elif not kode:
            problems.append(replace(problem, code="point_elsewhere", detail=f"{metres:.0f}"))
        else:
            places[n] = replace(place, kode=kode)
            continue
        places[n] = replace(place, status="refused")
    return places, problems


def _each_once(places: Sequence[Place]) -> tuple[list[Place], list[Problem]]:
    """Refuse a place that stands twice in a list: nobody can say which of the two is meant."""
    seen: dict[tuple[str, str, str], Place] = {}
    kept, problems = [], []
    for place in places:
        key = (place.kind, " ".join(place.name.lower().split()), place.kode)
        first = seen.get(key) if place.status == "read" else None
        if place.status == "read" and first is None:
            seen[key] = place
        if first is not None:
            problems.append(
                Problem("facility_twice", place.sheet, place.number, value=place.name, detail=str(first.number))
            )
            place = replace(place, status="refused")
        kept.append(place)
    return kept, problems
