"""The parameters of a link: what each is called, which pages use it, what it may hold, and its default.

A link carries ids, never labels, so that it opens the same view in either language. `views.link.reading` reads them by
one rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.access.services import SERVICES, default_service, partners_of
from analysis.priority.priority import default_weights, ranked_indicators
from analysis.siting.task import FIRST_KIND, GOALS, KINDS, MOST_NEW, default_counts
from analysis.values.profile import first_at_border
from data import methods, national_tables
from data.catalogue import Corridor
from data.tables import Dataset, default_indicator
from views.language import link_names as names
from views.language.link_names import ASSUMPTIONS
from views.language.words import LANGUAGES
from views.link import results
from views.link.kinds import Address, Choice, Drawn, Kind, Number, Numbers, OneBorder, Scenario, Several, View, Whole
from views.story import words as story_words
from views.story.story import MOST_PLACES

MOST_RUPIAH = 10**14
MOST_PEOPLE = 10**8
MOST_SEED = 9999
THRESHOLD_LIMITS = (0.01, 100.0)
"""Lowest and highest threshold of a standard, in its unit."""
DEFAULT_CORRIDOR = "bekasi-depok"
OTHER_BORDERS = "batas_lain"
"""The page whose kelurahan are those of all Indonesia."""
STAGES = tuple(national_tables.facility_of(indicator) for indicator in national_tables.INDICATORS)
OF_A_PLACE = ("profil", "ke_mana")
"""Pages that always show one kelurahan."""
ALL_SERVICES = "layanan"
"""In the place of an indicator: how many services are out of reach."""

GOAL_SHARES = {f"{share * 100:.0f}": share for share in GOALS}
"""Share of the people by id in the link."""
DEFAULT_GOAL = "90"
CALL_COUNTS = ("2", "3", "4", "5")
UNIT_COUNTS = ("1", "2", "3", "4")
INCIDENT_COUNTS = ("4", "6", "8", "12")
PROPOSAL_VIEWS = ("peta", "belum", "menyentuh", "pokok", "kembar", "jalur", "daftar")
REPORT_STATES = ("semua", "terlambat", "berjalan", "selesai")
AGREEMENT_VIEWS = ("daftar", "tahap", "kalender", "dinas", "pelaku", "praktik", "proyek", "peta")


@dataclass(frozen=True)
class Context:
    """What the allowed values of a parameter may depend on.

    Attributes
    ----------
    name : the parameter itself, with its end if it belongs to a family
    page : the file in pages/ that reads it, without ending; empty for the parameters of every page
    data : as of the version that the link names
    corridor : the border that the page shows
    listed : gives, for the id of a service, the kode_kabkota whose list can be used
    values : parameters of the same page that were read before
    offered : ids of a parameter that only the page knows, by name
    """

    name: str
    page: str
    data: Dataset
    corridor: Corridor
    listed: Callable[[str], Collection[str]]
    values: Mapping[str, Any] = field(default_factory=dict)
    offered: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Parameter:
    """One line of the table.

    Attributes
    ----------
    name : in the link, or its beginning for a family
    pages : files in pages/ that use it; none for every page
    kind : how it is read, None where the page has no use for it at present
    each : ends of a family of parameters, as in ``pakai-36.04`` for each side; they share one line
    old : name in older links
    opens : the value with which the page opens where its link names nothing of its own; None for the default, on
        which older links rely
    late : whether the page reads it itself, once it knows what to offer
    """

    name: str
    pages: tuple[str, ...]
    kind: Callable[[Context], Kind | None]
    each: Callable[[Context], Iterable[str]] | None = None
    old: str = ""
    opens: Callable[[Context], Any] | None = None
    late: bool = False

    def names(self, context: Context) -> list[str]:
        """The name, or those of the family."""
        return [self.name] if self.each is None else [f"{self.name}{end}" for end in self.each(context)]


def _standards(c: Context) -> list[str]:
    """Standards of the indicator or of the service's distance."""
    indicator = c.values[names.INDICATOR] if c.page == "beranda" else SERVICES[c.values[names.SERVICE]].indicator
    return [s.id for s in c.data.catalogue.standards_of(indicator)] if indicator != ALL_SERVICES else []


def _standard(c: Context) -> Kind | None:
    return _first(standards) if (standards := _standards(c)) else None


def _indicator(c: Context) -> Kind:
    known = c.data.catalogue.indicators
    if c.page == "beranda":
        return _first([ALL_SERVICES, *known])
    return Choice([i.id for i in known.values() if i.compared], default_indicator(c.data))


@dataclass(frozen=True)
class _Units:
    """Kelurahan of the corridor, on the map also its kecamatan; none of hundreds of codes is listed."""

    context: Context

    def __contains__(self, kode: object) -> bool:
        data, page = self.context.data, self.context.page
        if not isinstance(kode, str) or kode[:5] not in self.context.corridor.sides:
            return kode == "" and page not in OF_A_PLACE
        return kode in data.kelurahan.index or (page == "beranda" and kode in data.kecamatan.index)


def _unit(c: Context) -> Kind:
    return Choice(_Units(c), first_at_border(c.data.border(c.corridor)) if c.page in OF_A_PLACE else "")


def _layout(c: Context) -> Kind:
    return _first(("bersama", "berdampingan") if c.corridor.pair else ("bersama",))


def _weights(c: Context) -> Kind:
    return Numbers({sector: Number(0, 5, n) for sector, n in default_weights(c.data.catalogue).items()})


def _thresholds(c: Context) -> Kind:
    known = c.data.catalogue
    measured = [i.id for i in ranked_indicators(c.data.catalogue)] + [s.indicator for s in SERVICES.values()]
    standards = {s.id: s for indicator in measured for s in known.standards_of(indicator)}
    return Numbers({i: Number(*THRESHOLD_LIMITS, float(s.threshold)) for i, s in standards.items()})


def _ranked_standard(c: Context) -> Kind:
    return _first(c.data.catalogue.indicators[c.name.removeprefix(f"{names.STANDARD} ")].standards)


def _assumed(c: Context) -> Kind:
    known = c.data.catalogue.assumptions
    entries = {key: known[entry] for key, entry in ASSUMPTIONS.items()}
    older = {entry: key for key, entry in ASSUMPTIONS.items()}
    return Numbers({key: Number(e.low, e.high, float(e.value)) for key, e in entries.items()}, older)


def _first(options: Sequence[str]) -> Choice:
    """A choice whose default is the first option."""
    return Choice(options, options[0])


def _people(c: Context) -> Kind:
    return Whole(0, MOST_PEOPLE, 0)


def _partners(c: Context) -> Kind:
    known = partners_of(c.data.border(c.corridor), c.listed(c.values[names.SERVICE]))
    return Numbers({kode: Number(0, 1, False) for kode in known})


def _year_from(c: Context) -> Kind | None:
    earlier = c.offered[names.YEAR_FROM][:-1]
    return _first(earlier) if earlier else None


def _year_to(c: Context) -> Kind | None:
    later = [year for year in c.offered[names.YEAR_FROM] if year > c.values.get(names.YEAR_FROM, "9")]
    return Choice(later, later[-1]) if later else None


def _period(c: Context) -> Kind | None:
    indicator = c.values[names.INDICATOR]
    known = results.periods(c.data, c.corridor.id, indicator) if indicator != ALL_SERVICES else ()
    return _first(known) if known else None


def _counts(c: Context) -> Kind:
    return Numbers({side: Number(0, MOST_NEW, n) for side, n in default_counts(c.corridor.sides).items()})


def _neediest(c: Context) -> str | None:
    return results.neediest(c.data, c.corridor.id) if c.page in OF_A_PLACE else None


def _one_each(c: Context) -> dict[str, int]:
    return dict.fromkeys(c.corridor.sides, 1)


def _at_line(c: Context) -> str:
    return c.corridor.border_sets[0]


def _border(c: Context) -> Kind:
    found = national_tables.shipped()
    return OneBorder({*found.pairs.index, *found.kabkota.index} if found.there else ())


def _at_border(c: Context) -> Kind:
    """Kelurahan at the line of the chosen pair."""
    pair = c.values[names.PAIR]
    return Choice({"", *(national_tables.shipped().kodes_of(pair) if pair else ())}, "")


def _kelurahan(c: Context) -> Kind:
    return Several(tuple(c.data.units("kelurahan", c.corridor.sides).index), most=MOST_PLACES)


def _with_standards(c: Context) -> list[str]:
    return [f" {i.id}" for i in ranked_indicators(c.data.catalogue) if len(i.standards) > 1]


def _sides(c: Context) -> list[str]:
    return [f"-{side}" for side in c.corridor.sides]


def _files(c: Context) -> Kind:
    offered = tuple(c.offered[names.FILES])
    return Several(offered, [kind for kind in offered if kind in story_words.USUAL_FILES])


def _slides(c: Context) -> Kind:
    return Several(c.offered[names.SLIDES], c.offered[names.SLIDES], free=True)


def default_corridor(data: Dataset) -> str:
    """The corridor of a link that names none."""
    known = data.catalogue.corridors
    return DEFAULT_CORRIDOR if DEFAULT_CORRIDOR in known else next(iter(known))


def sectors(data: Dataset) -> tuple[str, ...]:
    """Sectors that have an indicator, in the order of the catalogue."""
    return tuple(dict.fromkeys(i.sector for i in data.catalogue.indicators.values()))


def _sectors_that_age(data: Dataset) -> list[str]:
    return sorted({i.sector for i in data.catalogue.indicators.values() if i.cycle_years})


FIRE = ("damkar", "latihan", "latihan_bersama")
DRILLS = ("latihan", "latihan_bersama")
SITING = ("lokasi", "biaya")
TABLE = (
    Parameter(names.LANGUAGE, (), lambda c: _first(LANGUAGES)),
    Parameter(names.CORRIDOR, (), lambda c: Choice(c.data.catalogue.corridors, default_corridor(c.data))),
    Parameter(names.AS_OF, (), lambda c: _first(("", *c.offered.get(names.AS_OF, ())))),
    Parameter(names.INDICATOR, ("beranda", "bandingkan"), _indicator),
    Parameter(names.SERVICE, ("akses",), lambda c: Choice(SERVICES, default_service(c.listed, c.corridor.sides))),
    Parameter(names.MODE, ("beranda",), lambda c: _first(("nilai", "kesenjangan") if _standards(c) else ("nilai",))),
    Parameter(names.MODE, ("akses",), lambda c: _first(("jarak", "pasokan"))),
    Parameter(names.MODE, ("perjanjian",), lambda c: _first(AGREEMENT_VIEWS)),
    Parameter(names.MODE, ("usulan",), lambda c: _first(PROPOSAL_VIEWS)),
    Parameter(
        names.SCOPE,
        ("perjanjian",),
        lambda c: _first(("sisi", "pasangan", "semua") if c.corridor.pair else ("sisi", "semua")),
    ),
    Parameter(names.AGREEMENT, ("perjanjian",), lambda c: _first(("", *c.offered[names.AGREEMENT]))),
    Parameter(names.STATE, ("suara",), lambda c: _first(REPORT_STATES)),
    Parameter(names.REPORT, ("suara",), lambda c: _first(("", *c.offered[names.REPORT]))),
    Parameter(names.STANDARD, ("beranda", "akses"), _standard),
    Parameter(names.PERIOD, ("beranda",), _period),
    Parameter(names.LAYOUT, ("beranda",), _layout),
    Parameter(names.FACILITIES, ("beranda",), lambda c: Several(c.offered[names.FACILITIES])),
    Parameter(names.SELECTED, ("beranda", "akses", "suara", *OF_A_PLACE), _unit, opens=_neediest),
    Parameter(names.VIEW, ("beranda",), lambda c: View()),
    Parameter(names.BORDER_SET, ("beranda", "bandingkan"), lambda c: _first(c.corridor.border_sets)),
    Parameter(names.BORDER_SET, ("prioritas",), lambda c: _first(("semua", *c.corridor.border_sets)), opens=_at_line),
    Parameter(names.SERIES, ("waktu",), lambda c: _first(tuple(c.data.catalogue.series))),
    Parameter(names.YEAR_FROM, ("waktu",), _year_from, late=True),
    Parameter(names.YEAR_TO, ("waktu",), _year_to, late=True),
    Parameter(names.WEIGHTS, ("prioritas",), _weights),
    Parameter(names.THRESHOLDS, ("prioritas", "akses"), _thresholds),
    Parameter(names.AGGREGATION, ("prioritas",), lambda c: _first(("aritmetik", "geometrik"))),
    Parameter(names.NORMALISATION, ("prioritas",), lambda c: _first(("standar", "min_maks", "peringkat"))),
    Parameter(names.STANDARD, ("prioritas",), _ranked_standard, each=_with_standards),
    Parameter(names.SIDE, ("prioritas",), lambda c: _first(("", *c.corridor.sides))),
    Parameter(names.SECTOR, ("prioritas",), lambda c: _first(("", *default_weights(c.data.catalogue)))),
    Parameter(names.SECTOR, ("kesegaran",), lambda c: _first(("", *_sectors_that_age(c.data)))),
    Parameter(names.ORDER, ("prioritas",), lambda c: _first(("kebutuhan", "jiwa"))),
    Parameter(names.PARTNERS, ("akses",), _partners),
    Parameter(names.ASSUMED, ("akses", *FIRE, *SITING), _assumed, old="andaian"),
    Parameter(names.SPEEDS, (*FIRE, *SITING), lambda c: _first(("tetap", "kerapatan"))),
    Parameter(names.PLANNED, (*FIRE, *SITING), lambda c: _first(("", "ya"))),
    Parameter(names.OTHERS, FIRE, lambda c: _first(("", "ya"))),
    Parameter(names.SCENARIO, ("akses", *FIRE, *SITING), lambda c: Scenario(c.data)),
    Parameter(names.FIRE_MAP, ("damkar",), lambda c: _first(("peluang", "menit", "manfaat"))),
    Parameter(names.FIRE_PLAN, ("damkar",), lambda c: _first(("terbuka", "tertutup"))),
    Parameter(names.SECTION, ("damkar",), lambda c: _first(("tunda", "alamat", "unit", "serentak", "kasus"))),
    Parameter(names.CALLS, ("damkar",), lambda c: Choice(CALL_COUNTS, "3")),
    Parameter(names.PER_POST, ("damkar",), lambda c: _first(UNIT_COUNTS)),
    Parameter(names.INCIDENTS, DRILLS, lambda c: Choice(INCIDENT_COUNTS, "6")),
    Parameter(names.LOG_PLAN, ("latihan",), lambda c: _first(("terbuka", "tertutup"))),
    Parameter(names.SEED, DRILLS, lambda c: Whole(1, MOST_SEED, 1)),
    Parameter(names.DRILL, ("latihan_bersama",), lambda c: _first(("", *c.offered[names.DRILL]))),
    Parameter(names.KIND, SITING, lambda c: _first(KINDS), opens=lambda c: FIRST_KIND),
    Parameter(names.COUNTS, SITING, _counts, opens=_one_each),
    Parameter(names.DRAWN, SITING, lambda c: Drawn(c.data.grid, c.corridor.sides)),
    Parameter(names.GOAL, ("lokasi",), lambda c: Choice(GOAL_SHARES, DEFAULT_GOAL)),
    Parameter(names.SITING_MAP, ("lokasi",), lambda c: _first(("bersama", "sendiri"))),
    Parameter(names.RUN, SITING, lambda c: _first(("", "rencana", "semua"))),
    Parameter(names.COST, ("biaya",), lambda c: Whole(0, MOST_RUPIAH, 0)),
    Parameter(names.BASIS, ("biaya",), lambda c: _first(("rencana", "angka"))),
    Parameter(names.USE, ("biaya",), _people, each=_sides),
    Parameter(names.SERVED, ("biaya",), _people, each=_sides),
    Parameter(names.ALONE, ("biaya",), _people, each=_sides),
    Parameter(names.TOGETHER, ("biaya",), _people),
    Parameter(names.SECTORS, ("bahan", "rapat"), lambda c: Several(sectors(c.data))),
    Parameter(names.PLACES, ("bahan", "rapat"), _kelurahan),
    Parameter(names.FILES, ("bahan",), _files),
    Parameter(names.ADDRESS, ("rapat",), lambda c: Address()),
    Parameter(names.SLIDES, ("rapat",), _slides, late=True),
    Parameter(names.PAIR, (OTHER_BORDERS,), _border),
    Parameter(names.STAGE, (OTHER_BORDERS,), lambda c: _first(STAGES)),
    Parameter(names.MODE, (OTHER_BORDERS,), lambda c: _first(("raw", "density"))),
    Parameter(names.SELECTED, (OTHER_BORDERS,), _at_border),
    Parameter(names.METHOD, ("sumber",), lambda c: _first(("", *methods.sections()))),
)
