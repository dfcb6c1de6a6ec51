"""What every raw table must hold: its columns, codes and units, who must be in it, and what must add up."""

from __future__ import annotations

import pandas as pd

from data.build import facts, fire_stats, schools, statistics, transit, vintages
from data.build.boundaries import COARSE, STUDY, YARDSTICK
from data.build.civic import MARKETS, OFFICES, WASTE
from data.build.facts import FACTS
from data.build.fire import EXISTS, FIRE, PRECISION
from data.build.fire_stats import STATS
from data.build.health import AGREEMENT, CILEGON, CLINICS, HOSPITALS, PUSKESMAS, TRUST
from data.build.population import DUKCAPIL, JAKTIM, OFFICIAL, TPS
from data.build.rules import Rule, adds_up, between, every_unit, points, rows, sums_between, translated_in, values
from data.build.schema import Column, Indicator, Number, Schema, Units
from data.build.schools import DAPODIK, FLAGS, KINDS, LEVELS, SCHOOLS
from data.build.statistics import IDM, LIGHT, LIGHT_KABKOTA, ROADS
from data.build.transit import TRANSIT
from data.build.vintages import CENSUS, VOTERS

__all__ = ["SCHEMAS"]

TEXT, MAYBE = Column(), Column(empty=True)
KABKOTA = Column(kabkota=True)
DEGREES = Column(number=Number(-180, 180, "degrees"), empty=True)
POSITIVE = Column(number=Number(0.01, 1000))
POINT = {"lat": DEGREES, "lon": DEGREES}
DATED = Column(pattern=r"(?:19|20)\d\d.*|undated.*")
PAGE = Column(pattern=r"https?://\S+/.*")
LIST_FLAG = Column(among=("ok", "no_coord", "outside_stated_regency"))
PEOPLE = Indicator(1, 10_000_000, "people", whole=True, years=("2024",))
PART = Indicator(0, 1_000_000, "people", whole=True)
STATIONS = Indicator(1, 1000, "polling stations", whole=True)
PER_CENT, INDEX = Indicator(0, 100, "%"), Indicator(0, 1, "(index)")
AREA = Indicator(0.05, 10_000, "km2")
EVERYWHERE = (*STUDY, *COARSE, YARDSTICK, "32.01", "32.16")
BY_UNIT, BY_YEAR = (("kode", "indicator"),), (("kode", "indicator", "year"),)
SAME_PLACE = (("source_id", "name", "lat", "lon"),)
OFFICIAL_ID = (("source_id", "official_id"),)
IN_KABKOTA = ("kecamatan", "kabkota")


def long(level: str, years: str, *more: str, **columns: Column) -> dict[str, Column]:
    """Columns of a long table: code and name of the unit, indicator, value, year."""
    named = {"kode": Column(level=level), "nama": TEXT} | dict.fromkeys(more, TEXT)
    return named | {"indicator": TEXT, "value": MAYBE, "year": Column(pattern=years)} | columns


def listed(*sources: str, **columns: Column) -> dict[str, Column]:
    """Columns of a list of places gathered from several sources."""
    own = {"name": TEXT, "subtype": TEXT, "kabkota": Column(kabkota=True, empty=True), **POINT, "coord_flag": LIST_FLAG}
    return own | {"source_record": MAYBE, "source_year": DATED, "source_id": Column(among=sources)} | columns


def area_fits(km2: pd.Series, own: pd.Series) -> pd.Series:
    """An area is that of the boundary layer to 2 %."""
    return (own / km2).between(0.98, 1.02)


def two_points_fit(frame: pd.DataFrame, units: Units) -> pd.Series:
    """The distance of the two points of a puskesmas fits what is said of them."""
    apart, judged = pd.to_numeric(frame["dist_between_sources_m"]), frame["coord_quality"]
    return ~(judged.str.startswith("two_sources_agree") & ~(apart < 500)) & ~(
        judged.eq("sources_disagree") & ~(apart >= 500)
    )


def official_code_fits(frame: pd.DataFrame, units: Units) -> pd.Series:
    """The official code of a puskesmas begins with the digits of its kabkota."""
    code = frame["kode_puskesmas_kemenkes"]
    return code.eq("") | code.str[1:5].eq(frame["kabkota"].map(units.names.kabkota).str.replace(".", ""))


def state_and_private(level: str) -> Rule:
    """State and private schools of a level are all its schools."""
    state, private = f"{level}_negeri", f"{level}_swasta"
    return rows(level, f"is not {state} + {private}", lambda f, u: f[state] + f[private] == f[level])


def code_inside(column: str, digits: int, other: str) -> Rule:
    """The code of an area, where there is one, begins with that of another column, a code or the name of a kabkota."""
    return rows(
        column, f"is not in its {other}",
        lambda f, u: f[column].eq("") | f[column].str[:digits].eq(f[other].map(lambda c: u.names.kabkota(c) or c)),
    )  # fmt: skip


def there_if(column: str, flag: str, known: tuple[str, ...]) -> Rule:
    """A cell is filled where a flag says that it is known."""
    problem = f"is empty although {flag} is one of: {', '.join(known)}"
    return rows(column, problem, lambda f, u: ~f[flag].isin(known) | (f[column].notna() & f[column].ne("")))


LISTED = points("kabkota", "coord_flag", ("no_coord",), "outside_stated_regency", "bpjs2019")
HEALTH_LIST = Schema(listed(*TRUST, official_id=MAYBE), key=OFFICIAL_ID, rules=(LISTED,))
MIXED_LIST = Schema(listed("osm", "cilegon_gis"), key=SAME_PLACE, rules=(LISTED,))

SCHEMAS: dict[str, Schema] = {
    OFFICIAL: Schema(
        long("kabkota", r"(?:19|20)\d\d"),
        key=BY_YEAR,
        indicators={
            "jumlah_penduduk": PEOPLE, "penduduk_laki": PEOPLE, "penduduk_perempuan": PEOPLE, "luas_km2": AREA,
            "persentase_penduduk_miskin_p0": Indicator(0, 100, "%", years=tuple(vintages.POVERTY), complete=False),
            "ipm": None, "pdrb_adhk": None, "pengeluaran_per_kapita_disesuaikan": None, "tpak": None, "tpt": None,
            "rata_lama_sekolah_15plus": None, "rt_air_minum_layak_pct": None, "rt_sanitasi_layak_pct": None,
            "umur_harapan_hidup": None,
        },
        complete=EVERYWHERE,
        rules=(
            adds_up("jumlah_penduduk", "penduduk_laki", "penduduk_perempuan"),
            values("is not the area of the boundary layer", area_fits, "luas_km2"),
        ),
    ),
    DUKCAPIL: Schema(
        long("kecamatan", "2024", *IN_KABKOTA),
        key=BY_UNIT,
        indicators={
            "jumlah_penduduk": PEOPLE, "penduduk_laki": PEOPLE, "penduduk_perempuan": PEOPLE,
            "jumlah_kk": Indicator(1, 1_000_000, "households", whole=True),
            **{f"pend_{name}": PART for name in statistics.EDUCATION},
        },
        complete=STUDY,
        rules=(
            adds_up("jumlah_penduduk", "penduduk_laki", "penduduk_perempuan"),
            adds_up("jumlah_penduduk", *(f"pend_{name}" for name in statistics.EDUCATION)),
            between(2, 6, "jumlah_penduduk", "jumlah_kk", what="people a household"),
            sums_between(0.95, 1.05, "jumlah_penduduk", "jumlah_penduduk", OFFICIAL),
        ),
    ),
    VOTERS: Schema(
        long("kelurahan", "2019", *IN_KABKOTA),
        key=BY_UNIT,
        indicators={
            "dpt_total_2019": PART, "dpt_laki_2019": PART, "dpt_perempuan_2019": PART, "jumlah_tps_2019": STATIONS,
        },
        rules=(
            adds_up("dpt_total_2019", "dpt_laki_2019", "dpt_perempuan_2019"),
            between(100, 300, "dpt_total_2019", "jumlah_tps_2019", what="voters a polling station"),
        ),
    ),
    TPS: Schema(
        long("kelurahan", "2024", *IN_KABKOTA),
        key=BY_UNIT,
        indicators={"jumlah_tps_2024": STATIONS},
        complete=EVERYWHERE,
        rules=(
            between(0.5, 2, "jumlah_tps_2024", "jumlah_tps_2019", VOTERS),
            sums_between(1 / 450, 1 / 300, "jumlah_tps_2024", "jumlah_penduduk", OFFICIAL),
        ),
    ),
    JAKTIM: Schema(
        long("kelurahan", "2024", *IN_KABKOTA),
        key=BY_UNIT,
        indicators={"jumlah_penduduk_2024": PEOPLE, "kepadatan_penduduk_2024": Indicator(1, 200_000, "people/km2")},
        complete=(YARDSTICK,),
        rules=(
            values(
                "divided by the density is not the area of the boundary layer",
                lambda km2, people, density: area_fits(km2, people / density),
                "jumlah_penduduk_2024", "kepadatan_penduduk_2024",
            ),
            sums_between(1, 1, "jumlah_penduduk_2024", "jumlah_penduduk", OFFICIAL),
        ),
    ),
    CENSUS: Schema(
        long("kelurahan", "2010", *IN_KABKOTA),
        key=BY_UNIT,
        indicators={"jumlah_penduduk_sp2010": PART},
        rules=(
            between(0.5, 5, "jumlah_penduduk_sp2010", "dpt_total_2019", VOTERS, "people of 2010 a voter of 2019"),
        ),
    ),
    LIGHT_KABKOTA: Schema(
        long("kabkota", r"20\d\d"),
        key=BY_YEAR,
        indicators={
            "nightlight_mean": Indicator(0, 300, "nW/cm2/sr", years=vintages.LIGHT_YEARS),
            "nightlight_lit_pct": Indicator(0, 100, "%", years=vintages.LIGHT_YEARS),
        },
        complete=STUDY,
    ),
    LIGHT: Schema(
        long("kelurahan", ".*", *IN_KABKOTA),
        key=BY_UNIT,
        indicators={
            "nightlight_mean_2024": Indicator(0, 300, "nW/cm2/sr"), "nightlight_lit_pct_2024": PER_CENT,
            "lowland_below_5m_pct": PER_CENT, "lowland_below_10m_pct": PER_CENT, "luas_km2": AREA,
        },
        complete=(*STUDY, YARDSTICK),
        rules=(
            values("is not the area of the boundary layer", area_fits, "luas_km2"),
            values(
                "is more than lowland_below_10m_pct", lambda km2, low, high: low <= high,
                "lowland_below_5m_pct", "lowland_below_10m_pct",
            ),
        ),
    ),
    IDM: Schema(
        long("desa", "2024", *IN_KABKOTA, note=MAYBE),
        key=BY_UNIT,
        indicators=dict.fromkeys(("idm_2024", "iks_2024", "ike_2024", "ikl_2024"), INDEX) | {"idm_status_2024": None},
        complete=("32.01", "32.16", "36.01", "36.02", "36.03", "36.04"),
        rules=(
            values(
                "is not the mean of iks_2024, ike_2024 and ikl_2024",
                lambda km2, index, *parts: (index - sum(parts) / 3).abs() <= 0.0002,
                "idm_2024", "iks_2024", "ike_2024", "ikl_2024",
            ),
        ),
    ),
    SCHOOLS: Schema(
        {
            "npsn": Column(pattern=r"[A-Z0-9]{2}\d{6}"), "name": TEXT, "jenjang": Column(among=tuple(KINDS)),
            "status": Column(among=("Negeri", "Swasta")), "kecamatan": TEXT, "kabkota": KABKOTA, **POINT,
            "coord_flag": Column(among=tuple(FLAGS)),
        },
        key=(("npsn",),),
        rules=(points("kabkota", "coord_flag", ("no_coord",), "outside_stated_regency"),),
    ),
    DAPODIK: Schema(
        {
            "kode_kabkota": Column(level="kabkota"), "kabkota": KABKOTA, "kecamatan": TEXT,
            "semester": Column(pattern=r"20\d\d/20\d\d-[12]\b.*"),
            **dict.fromkeys([*LEVELS, *schools.COUNTS], Column(number=Number(0, 300, "schools", whole=True))),
        },
        key=(("kode_kabkota", "kecamatan"),),
        rules=(
            *map(state_and_private, LEVELS),
            rows("kabkota", "is not the name of its code",
                 lambda f, u: f["kode_kabkota"].map(u.names.name) == f["kabkota"]),
            every_unit("kecamatan", "kode_kabkota", "kecamatan", {k: k for k in STUDY if k != statistics.NO_DAPODIK}),
        ),
    ),
    PUSKESMAS: Schema(
        {
            "name": Column(pattern="Puskesmas .+"), "kode_puskesmas_kemenkes": Column(pattern=r"P\d{10}", empty=True),
            "kode_bpjs": Column(pattern=r"\d{8}"), "kabkota": KABKOTA, **POINT,
            "coord_quality": Column(among=tuple(AGREEMENT)),
            "dist_between_sources_m": Column(pattern=r"\d+", empty=True),
        },
        key=(("kode_puskesmas_kemenkes",), ("kode_bpjs",)),
        rules=(
            points("kabkota", "coord_quality", ("no_point",)),
            rows("kode_puskesmas_kemenkes", "is not of its kabkota", official_code_fits),
            rows("dist_between_sources_m", "does not fit coord_quality", two_points_fit),
        ),
    ),
    HOSPITALS: HEALTH_LIST,
    CLINICS: HEALTH_LIST,
    CILEGON: Schema(listed("cilegon_gis", official_id=MAYBE), key=SAME_PLACE, rules=(LISTED,)),
    OFFICES: MIXED_LIST,
    MARKETS: MIXED_LIST,
    TRANSIT: Schema(
        listed(*transit.LISTS, official_id=MAYBE),
        key=OFFICIAL_ID,
        rules=(LISTED, rows("subtype", "is no kind of stop", lambda f, u: f["subtype"].map(transit.mode_of).notna())),
    ),
    WASTE: Schema(
        {
            "name": TEXT, "subtype": TEXT, "official_id": Column(pattern=r"\d+", empty=True), "kelurahan": MAYBE,
            "kecamatan": MAYBE, "kabkota": KABKOTA, **POINT, "coord_flag": LIST_FLAG, "source": TEXT,
            "source_year": DATED,
        },
        key=(("official_id",),),
        rules=(points("kabkota", "coord_flag", ("no_coord",)),),
    ),
    FIRE: Schema(
        {
            **dict.fromkeys(("name", "level", "status", "certainty"), TEXT),
            **dict.fromkeys(("kecamatan", "address", "fact_year", "source_date", "source_url", "same_site_as"), MAYBE),
            "kabkota": KABKOTA, "located_in_kabkota": KABKOTA, **POINT,
            "exists": Column(among=tuple(EXISTS)), "precision": Column(among=tuple(PRECISION)),
            "kode_kemendagri_kel": Column(level="kelurahan", empty=True),
            "kode_kemendagri_kec": Column(level="kecamatan", empty=True),
            "area_error_km": Column(number=Number(0.1, 50, "km"), empty=True),
        },
        key=(("kabkota", "name"),),
        rules=(
            points("located_in_kabkota", "precision", ("kelurahan", "kecamatan", "none")),
            code_inside("kode_kemendagri_kel", 8, "kode_kemendagri_kec"),
            code_inside("kode_kemendagri_kec", 5, "located_in_kabkota"),
            there_if("kode_kemendagri_kel", "precision", ("kelurahan",)),
            there_if("kode_kemendagri_kec", "precision", ("kecamatan",)),
            there_if("area_error_km", "precision", ("kelurahan", "kecamatan")),
        ),
    ),
    ROADS: Schema(
        {
            **dict.fromkeys(("kelurahan_name", "kecamatan_name", "kota_kab_name"), TEXT),
            **dict.fromkeys(("area_km2", "road_length_km", "road_density_km_per_km2"), POSITIVE),
        },
        key=(("kota_kab_name", "kecamatan_name", "kelurahan_name"),),
        rules=(
            rows("road_density_km_per_km2", "is not road_length_km divided by area_km2",
                 lambda f, u: (f["road_length_km"] / f["area_km2"] / f["road_density_km_per_km2"] - 1).abs() < 0.001),
            every_unit("kelurahan", "kota_kab_name", "kecamatan_name", statistics.ROAD_KABKOTA),
        ),
    ),
    STATS: Schema(
        {
            **dict.fromkeys(("metric", "period", "value", "unit", "certainty"), TEXT),
            "kabkota": KABKOTA, "note": MAYBE, "source_url": PAGE, "source_date": MAYBE,
        },
        rules=(
            rows("period", "does not begin with a year",
                 lambda f, u: f["metric"].ne("fires") | f["period"].str.match(r"(19|20)\d\d\b")),
            translated_in(fire_stats.TRANSLATIONS, "d", fire_stats.TRANSLATED),
        ),
    ),
    FACTS: Schema(
        {
            **dict.fromkeys(("area_pair", "kabkota", "sector", "fact", "year", "certainty"), TEXT),
            **dict.fromkeys(("kecamatan", "kelurahan", "value", "unit", "source_date"), MAYBE), "source_url": PAGE,
        },
        rules=(
            rows("kabkota", "names a kabkota that is not known",
                 lambda f, u: f["kabkota"].map(lambda text: all(map(u.names.kabkota, facts.names_in(text))))),
            translated_in(facts.TRANSLATIONS, "f", facts.TRANSLATED),
        ),
    ),
}  # fmt: skip
"""By path, in the order in which they are checked: a rule compares with tables above its own."""
