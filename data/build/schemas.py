"""What every raw table must hold: its columns and units, who must be there, and what must add up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
import pandas as pd

from data.build import facts, fire_stats, schools, statistics, transit, translated, vintages
from data.build.boundaries import COARSE, STUDY, YARDSTICK
from data.build.civic import MARKETS, OFFICES, WASTE
from data.build.facts import FACTS
from data.build.fire import EXISTS, FIRE, PRECISION
from data.build.fire_stats import STATS
from data.build.health import AGREEMENT, CILEGON, CLINICS, HOSPITALS, PUSKESMAS, TRUST
from data.build.population import DUKCAPIL, JAKTIM, OFFICIAL, TPS
from data.build.schema import INDONESIA, Column, Indicator, Number, Schema, Table
from data.build.schools import DAPODIK, FLAGS, KINDS, LEVELS, SCHOOLS
from data.build.statistics import IDM, LIGHT, LIGHT_KABKOTA, ROADS
from data.build.transit import TRANSIT
from data.build.vintages import CENSUS, VOTERS

__all__ = ["SCHEMAS"]

Rule = Callable[[Table], None]

NEAR_KM = 1.0
"""A point may stand so far outside the area that a record states: the boundaries are simplified at source."""


# Rules of long tables: every function makes one.


def adds_up(total: str, *parts: str) -> Rule:
    """The parts of a unit add up to its total exactly."""

    def rule(table: Table) -> None:
        wide = table.wide([total, *parts])
        apart = wide[total].sub(wide[list(parts)].sum(axis=1)).abs() > 0.5
        table.refuse_units(apart, total, f"is not the sum of {' + '.join(parts)}")

    return rule


def between(low: float, high: float, indicator: str, by: str, path: str = "", why: str = "") -> Rule:
    """An indicator divided by another one (of the table at `path`, else of this one) lies in a range for every unit."""

    def rule(table: Table) -> None:
        own, other = table.wide([indicator])[indicator], table.other(path, by)
        ratio = own / other.reindex(own.index)
        beside = f"{by} in {path}" if path else by
        table.refuse_units(
            ratio.notna() & ~ratio.between(low, high),
            indicator,
            f"does not fit {beside}: {why or 'ratio'} outside {low:g} to {high:g}",
        )

    return rule


def sums_between(low: float, high: float, indicator: str, by: str, path: str) -> Rule:
    """The sum of every complete kabkota, divided by its value in the table at `path`, lies in a range."""

    def rule(table: Table) -> None:
        own = table.wide([indicator])[indicator]
        total = own.groupby(own.index.str[:5]).sum()
        other = table.other(path, by).reindex(total.index)
        for code in total.index[other.notna() & ~(total / other).between(low, high)]:
            table.missing(
                f"{indicator} of {table.units.names.name(code)} adds up to {total[code]:,.0f}, beside"
                f" {other[code]:,.0f} ({by}) in {path}: ratio outside {low:g} to {high:g}",
                "value",
            )

    return rule


def areas_fit(table: Table) -> None:
    """luas_km2 is that of the boundary layer to 2 %."""
    own = table.wide(["luas_km2"])["luas_km2"]
    ratio = own / table.units.km2.reindex(own.index)
    table.refuse_units(
        ~ratio.between(0.98, 1.02), "luas_km2", "is not the area of the boundary layer (2 % apart or more)"
    )


def density_fits(table: Table) -> None:
    """Population divided by density gives the area of the boundary layer to 2 %."""
    wide = table.wide(["jumlah_penduduk_2024", "kepadatan_penduduk_2024"])
    ratio = wide.iloc[:, 0] / wide.iloc[:, 1] / table.units.km2.reindex(wide.index)
    table.refuse_units(
        ~ratio.between(0.98, 1.02), "jumlah_penduduk_2024", "divided by the density is not the area of the kelurahan"
    )


def index_fits(table: Table) -> None:
    """The village index is the mean of its three parts."""
    wide = table.wide(["idm_2024", "iks_2024", "ike_2024", "ikl_2024"])
    apart = (wide["idm_2024"] - wide.iloc[:, 1:].mean(axis=1)).abs() > 0.0002
    table.refuse_units(apart, "idm_2024", "is not the mean of iks_2024, ike_2024 and ikl_2024")


def lowland_fits(table: Table) -> None:
    """Land below 5 m is a part of the land below 10 m."""
    wide = table.wide(["lowland_below_5m_pct", "lowland_below_10m_pct"])
    table.refuse_units(wide.iloc[:, 0] > wide.iloc[:, 1], "lowland_below_5m_pct", "is more than lowland_below_10m_pct")


def light_fits(table: Table) -> None:
    """The mean light of a kabkota is that of its kelurahan by area, to 1 %."""
    wide = table.wide(["nightlight_mean_2024", "luas_km2"])
    by = wide.index.str[:5]
    mean = (wide.iloc[:, 0] * wide.iloc[:, 1]).groupby(by).sum() / wide.iloc[:, 1].groupby(by).sum()
    other = table.other(LIGHT_KABKOTA, "nightlight_mean").reindex(mean.index)
    for code in mean.index[other.notna() & ~(mean / other).between(0.99, 1.01)]:
        table.missing(
            f"nightlight_mean_2024 of {table.units.names.name(code)} is {mean[code]:.4g} on the whole, beside"
            f" {other[code]:.4g} in {LIGHT_KABKOTA}",
            "value",
        )


# Rules of other tables.


def points(stated: str, flag: str, absent: Collection[str], astray: str = "", doubtful: str = "") -> Rule:
    """Latitude and longitude are there, in Indonesia and where the row says that the place is.

    Parameters
    ----------
    stated : str
        Column with the name of the kabkota, "" where a row does not say it.
    flag : str
        Column that says what the point is worth.
    absent : collection of str
        Its values for a row without a point.
    astray : str
        Its value for a point that the file itself calls wrong, which is not used.
    doubtful : str
        ``source_id`` of a list whose points need not lie in the stated kabkota.
    """

    def rule(table: Table) -> None:
        frame = table.frame
        lat, lon = frame["lat"], frame["lon"]
        none, without = lat.isna() & lon.isna(), frame[flag].isin(absent)
        table.refuse(lat.isna() & lon.notna(), "lat", "is empty beside a longitude")
        table.refuse(lon.isna() & lat.notna(), "lon", "is empty beside a latitude")
        table.refuse(none & ~without, "lat", f"is empty although {flag} is " + frame[flag])
        table.refuse(~none & without, flag, "although the row has a point")
        west, south, east, north = INDONESIA
        swapped = lat.between(west, east) & lon.between(south, north)
        table.refuse(swapped, "lat", "is a longitude: latitude and longitude are swapped")
        seen = lat.notna() & lon.notna() & ~swapped & (frame[flag] != astray)
        table.refuse(seen & ~lat.between(south, north), "lat", "is no latitude of Indonesia (12 south to 7 north)")
        table.refuse(seen & ~lon.between(west, east), "lon", "is no longitude of Indonesia (94 to 142 east)")
        seen &= lat.between(south, north) & lon.between(west, east)
        code = frame[stated].map(table.units.names.kabkota)
        if doubtful:
            code = code.where(frame["source_id"] != doubtful, "")
        km = table.units.km_outside(lon[seen], lat[seen], code[seen]).reindex(frame.index).fillna(0)
        where = frame[stated].where(code != "", "all kelurahan")
        table.refuse(km > NEAR_KM, "lat", "and the longitude lie " + km.map("{:.1f}".format) + " km outside " + where)

    return rule


def counts_add_up(table: Table) -> None:
    """State and private schools are all schools."""
    for level in LEVELS:
        apart = table.frame[f"{level}_negeri"] + table.frame[f"{level}_swasta"] != table.frame[level]
        table.refuse(apart, level, f"is not {level}_negeri + {level}_swasta")


def every_kecamatan(table: Table) -> None:
    """The names are those of kecamatan of the kabkota, and each kabkota has all of its kecamatan."""
    names, frame = table.units.names, table.frame
    found = [names.kecamatan(k, n) for k, n in zip(frame["kode_kabkota"], frame["kecamatan"], strict=True)]
    table.refuse(pd.Series(found, index=frame.index).eq(""), "kecamatan", "is not a kecamatan of its kabkota")
    table.refuse(frame["kode_kabkota"].map(names.name) != frame["kabkota"], "kabkota", "is not the name of its code")
    served = [code for code in STUDY if code != statistics.NO_DAPODIK]
    table.refuse(~frame["kode_kabkota"].isin(served), "kode_kabkota", f"is none of: {', '.join(served)}")
    for code in table.units.codes["kecamatan"]:
        if code[:5] in served and code not in found:
            table.missing(f"the row of kecamatan {names.name(code)} ({code}) is missing", "kecamatan")


def roads_fit(table: Table) -> None:
    """Density is length by area; kecamatan are known, and each kabkota has as many rows as kelurahan."""
    names, frame = table.units.names, table.frame
    ratio = frame["road_length_km"] / frame["area_km2"] / frame["road_density_km_per_km2"]
    table.refuse(~ratio.between(0.999, 1.001), "road_density_km_per_km2", "is not road_length_km divided by area_km2")
    kabkota = frame["kota_kab_name"].map(lambda n: names.kabkota(n) or names.kabkota(f"Kota {n}"))
    table.refuse(kabkota == "", "kota_kab_name", "is the name of no kabkota")
    known = [bool(names.kecamatan(k, n)) for k, n in zip(kabkota, frame["kecamatan_name"], strict=True)]
    table.refuse((kabkota != "") & ~np.array(known), "kecamatan_name", "is not a kecamatan of its kabkota")
    wanted = table.units.codes["kelurahan"].str[:5].value_counts()
    for code, rows in kabkota[kabkota != ""].value_counts().items():
        if rows != wanted[code]:
            table.missing(
                f"{rows} rows of {names.name(str(code))}, which has {wanted[code]} kelurahan", "kota_kab_name"
            )


def puskesmas_fit(table: Table) -> None:
    """The official code begins with the digits of the kabkota; the distance of the two points fits their judgement."""
    frame = table.frame
    digits = frame["kabkota"].map(table.units.names.kabkota).str.replace(".", "")
    code = frame["kode_puskesmas_kemenkes"]
    table.refuse((code != "") & (code.str[1:5] != digits), "kode_puskesmas_kemenkes", "is not of " + frame["kabkota"])
    apart = pd.to_numeric(frame["dist_between_sources_m"], errors="coerce")
    judged = frame["coord_quality"]
    wrong = (judged.eq("two_sources_agree<500m") & ~(apart < 500)) | (judged.eq("sources_disagree") & ~(apart >= 500))
    table.refuse(wrong, "dist_between_sources_m", "does not fit coord_quality " + judged)


def posts_fit(table: Table) -> None:
    """The codes of a post name areas inside each other and are as fine as its precision says."""
    frame = table.frame
    kelurahan, kecamatan, precision = frame["kode_kemendagri_kel"], frame["kode_kemendagri_kec"], frame["precision"]
    inside = frame["located_in_kabkota"].map(table.units.names.kabkota)
    table.refuse((kelurahan != "") & (kelurahan.str[:8] != kecamatan), "kode_kemendagri_kel", "is not in its kecamatan")
    table.refuse(
        (kecamatan != "") & (kecamatan.str[:5] != inside), "kode_kemendagri_kec", "is not in located_in_kabkota"
    )
    table.refuse(
        (kelurahan == "") & (precision == "kelurahan"),
        "kode_kemendagri_kel",
        "is empty although the kelurahan is known",
    )
    table.refuse(
        (kecamatan == "") & (precision == "kecamatan"),
        "kode_kemendagri_kec",
        "is empty although the kecamatan is known",
    )
    area = precision.isin(["kelurahan", "kecamatan"])
    table.refuse(area & frame["area_error_km"].isna(), "area_error_km", "is empty although an area is known")


def fires_fit(table: Table) -> None:
    """The period of a count of fires begins with a year, and its source is a page."""
    fires = table.frame["metric"].eq("fires")
    table.refuse(fires & ~table.frame["period"].str.match(r"(19|20)\d\d\b"), "period", "does not begin with a year")


def names_known(table: Table) -> None:
    """Every kabkota that a fact names is known."""
    known = table.frame["kabkota"].map(lambda text: all(map(table.units.names.kabkota, facts.names_in(text))))
    table.refuse(~known, "kabkota", "names a kabkota that is not known")


def stops_known(table: Table) -> None:
    """The kind of every stop is known."""
    table.refuse(table.frame["subtype"].map(transit.mode_of).isna(), "subtype", "is no kind of stop that is known")


def translated_in(file: Path, letter: str, columns: list[str]) -> Rule:
    """Every row has a translation that was made from its present text, and every translation has its row."""

    def rule(table: Table) -> None:
        known = translated.read(file).set_index("id")["hash"]
        rows = translated.keyed(table.text, letter, columns)
        stale = rows["hash"].to_numpy() != rows["id"].map(known).to_numpy()
        table.refuse(stale, columns[-1], f"is not the text that {file.name} translates")
        for id_ in sorted(set(known.index) - set(rows["id"])):
            table.missing(f"{file.name} translates a row {id_} that is not there")

    return rule


TEXT, MAYBE = Column(), Column(empty=True)
KABKOTA, MAYBE_KABKOTA = Column(kabkota=True), Column(kabkota=True, empty=True)
DEGREES = Column(number=Number(-180, 180, "degrees"), empty=True)
POINT = {"lat": DEGREES, "lon": DEGREES}
DATED = Column(pattern=r"(?:19|20)\d\d.*|undated.*")
SCHOOL_COUNT = Column(number=Number(0, 300, "schools", whole=True))
LIST_FLAG = Column(among=("ok", "no_coord", "outside_stated_regency"))
ROAD = Column(number=Number(0.01, 1000))


def long(level: str, years: str, *more: str, **columns: Column) -> dict[str, Column]:
    """Columns of a long table: code and name of the unit, indicator, value, year."""
    named = {"kode": Column(level=level), "nama": TEXT} | dict.fromkeys(more, TEXT)
    return named | {"indicator": TEXT, "value": MAYBE, "year": Column(pattern=years)} | columns


def listed(**columns: Column) -> dict[str, Column]:
    """Columns of a list of places gathered from several sources."""
    own = {"name": TEXT, "subtype": TEXT, "kabkota": MAYBE_KABKOTA, **POINT, "coord_flag": LIST_FLAG}
    return own | {"source_record": MAYBE, "source_year": DATED, "source_id": TEXT} | columns


WHERE = ("kecamatan", "kabkota")
LISTED = points("kabkota", "coord_flag", ("no_coord",), "outside_stated_regency", "bpjs2019")
MUNICIPAL, OSM_OR_MUNICIPAL = Column(among=("cilegon_gis",)), Column(among=("osm", "cilegon_gis"))
SAME_PLACE = ("source_id", "name", "lat", "lon")
HEALTH_LIST = Schema(
    listed(official_id=MAYBE, source_id=Column(among=TRUST)),
    key=(("source_id", "official_id"),),
    rules=(LISTED,),
)
VOTERS_2019 = Indicator(1, 200_000, "voters", whole=True)
PEOPLE = Indicator(1, 10_000_000, "people", whole=True, years=("2024",))
SCHOOLED = Indicator(0, 1_000_000, "people", whole=True)
PER_CENT = Indicator(0, 100, "%")
INDEX = Indicator(0, 1, "(index)")
LIGHT_MEAN = Indicator(0, 300, "nW/cm2/sr")
AREA = Indicator(0.05, 10_000, "km2")
STATIONS = Indicator(1, 1000, "polling stations", whole=True)
EVERYWHERE = (*STUDY, *COARSE, YARDSTICK, "32.01", "32.16")
LIGHT_YEARS = tuple(str(year) for year in range(2018, 2025))

SCHEMAS: dict[str, Schema] = {
    OFFICIAL: Schema(
        long("kabkota", "(?:19|20)\\d\\d"),
        key=(("kode", "indicator", "year"),),
        indicators={
            "jumlah_penduduk": PEOPLE,
            "penduduk_laki": PEOPLE,
            "penduduk_perempuan": PEOPLE,
            "luas_km2": AREA,
            "persentase_penduduk_miskin_p0": Indicator(0, 100, "%", years=tuple(vintages.POVERTY), complete=False),
        }
        | dict.fromkeys(
            (
                "ipm",
                "pdrb_adhk",
                "pengeluaran_per_kapita_disesuaikan",
                "rata_lama_sekolah_15plus",
                "rt_air_minum_layak_pct",
                "rt_sanitasi_layak_pct",
                "tpak",
                "tpt",
                "umur_harapan_hidup",
            )
        ),
        complete=EVERYWHERE,
        rules=(adds_up("jumlah_penduduk", "penduduk_laki", "penduduk_perempuan"), areas_fit),
    ),
    DUKCAPIL: Schema(
        long("kecamatan", "2024", *WHERE),
        key=(("kode", "indicator"),),
        indicators={
            "jumlah_penduduk": PEOPLE,
            "jumlah_kk": Indicator(1, 1_000_000, "households", whole=True),
            "penduduk_laki": PEOPLE,
            "penduduk_perempuan": PEOPLE,
            **{f"pend_{name}": SCHOOLED for name in statistics.EDUCATION},
        },
        complete=STUDY,
        rules=(
            adds_up("jumlah_penduduk", "penduduk_laki", "penduduk_perempuan"),
            adds_up("jumlah_penduduk", *(f"pend_{name}" for name in statistics.EDUCATION)),
            between(2, 6, "jumlah_penduduk", "jumlah_kk", why="people a household"),
            sums_between(0.95, 1.05, "jumlah_penduduk", "jumlah_penduduk", OFFICIAL),
        ),
    ),
    VOTERS: Schema(
        long("kelurahan", "2019", *WHERE),
        key=(("kode", "indicator"),),
        indicators={
            "dpt_laki_2019": VOTERS_2019,
            "dpt_perempuan_2019": VOTERS_2019,
            "dpt_total_2019": VOTERS_2019,
            "jumlah_tps_2019": STATIONS,
        },
        rules=(
            adds_up("dpt_total_2019", "dpt_laki_2019", "dpt_perempuan_2019"),
            between(100, 300, "dpt_total_2019", "jumlah_tps_2019", why="voters a polling station"),
        ),
    ),
    TPS: Schema(
        long("kelurahan", "2024", *WHERE),
        key=(("kode", "indicator"),),
        indicators={"jumlah_tps_2024": STATIONS},
        complete=EVERYWHERE,
        rules=(
            between(0.5, 2, "jumlah_tps_2024", "jumlah_tps_2019", VOTERS),
            sums_between(1 / 450, 1 / 300, "jumlah_tps_2024", "jumlah_penduduk", OFFICIAL),
        ),
    ),
    JAKTIM: Schema(
        long("kelurahan", "2024", *WHERE),
        key=(("kode", "indicator"),),
        indicators={
            "jumlah_penduduk_2024": PEOPLE,
            "kepadatan_penduduk_2024": Indicator(1, 200_000, "people/km2"),
        },
        complete=(YARDSTICK,),
        rules=(density_fits, sums_between(1, 1, "jumlah_penduduk_2024", "jumlah_penduduk", OFFICIAL)),
    ),
    CENSUS: Schema(
        long("kelurahan", "2010", *WHERE),
        key=(("kode", "indicator"),),
        indicators={"jumlah_penduduk_sp2010": Indicator(1, 500_000, "people", whole=True)},
        rules=(between(0.5, 5, "jumlah_penduduk_sp2010", "dpt_total_2019", VOTERS, "people of 2010 a voter of 2019"),),
    ),
    LIGHT_KABKOTA: Schema(
        long("kabkota", "20\\d\\d"),
        key=(("kode", "indicator", "year"),),
        indicators={
            "nightlight_mean": Indicator(0, 300, "nW/cm2/sr", years=LIGHT_YEARS),
            "nightlight_lit_pct": Indicator(0, 100, "%", years=LIGHT_YEARS),
        },
        complete=STUDY,
    ),
    LIGHT: Schema(
        long("kelurahan", ".*", *WHERE),
        key=(("kode", "indicator"),),
        indicators={
            "nightlight_mean_2024": LIGHT_MEAN,
            "nightlight_lit_pct_2024": PER_CENT,
            "lowland_below_5m_pct": PER_CENT,
            "lowland_below_10m_pct": PER_CENT,
            "luas_km2": AREA,
        },
        complete=(*STUDY, YARDSTICK),
        rules=(areas_fit, lowland_fits, light_fits),
    ),
    IDM: Schema(
        long("desa", "2024", *WHERE, note=MAYBE),
        key=(("kode", "indicator"),),
        indicators={
            "idm_2024": INDEX,
            "iks_2024": INDEX,
            "ike_2024": INDEX,
            "ikl_2024": INDEX,
            "idm_status_2024": None,
        },
        complete=("32.01", "32.16", "36.01", "36.02", "36.03", "36.04"),
        rules=(index_fits,),
    ),
    SCHOOLS: Schema(
        {
            "npsn": Column(pattern=r"[A-Z0-9]{2}\d{6}"),
            "name": TEXT,
            "jenjang": Column(among=tuple(KINDS)),
            "status": Column(among=("Negeri", "Swasta")),
            "kecamatan": TEXT,
            "kabkota": KABKOTA,
            **POINT,
            "coord_flag": Column(among=tuple(FLAGS)),
        },
        key=(("npsn",),),
        rules=(points("kabkota", "coord_flag", ("no_coord",), "outside_stated_regency"),),
    ),
    DAPODIK: Schema(
        {
            "kode_kabkota": Column(level="kabkota"),
            "kabkota": KABKOTA,
            "semester": Column(pattern=r"20\d\d/20\d\d-[12]\b.*"),
            "kecamatan": TEXT,
            **dict.fromkeys([*LEVELS, *schools.COUNTS], SCHOOL_COUNT),
        },
        key=(("kode_kabkota", "kecamatan"),),
        rules=(counts_add_up, every_kecamatan),
    ),
    PUSKESMAS: Schema(
        {
            "name": Column(pattern="Puskesmas .+"),
            "kode_puskesmas_kemenkes": Column(pattern=r"P\d{10}", empty=True),
            "kode_bpjs": Column(pattern=r"\d{8}"),
            "kabkota": KABKOTA,
            **POINT,
            "coord_quality": Column(among=tuple(AGREEMENT)),
            "dist_between_sources_m": Column(pattern=r"\d+", empty=True),
        },
        key=(("kode_puskesmas_kemenkes",), ("kode_bpjs",)),
        rules=(points("kabkota", "coord_quality", ("no_point",)), puskesmas_fit),
    ),
    HOSPITALS: HEALTH_LIST,
    CLINICS: HEALTH_LIST,
    CILEGON: Schema(
        listed(kabkota=KABKOTA, official_id=MAYBE, source_id=MUNICIPAL), key=(SAME_PLACE,), rules=(LISTED,)
    ),
    OFFICES: Schema(listed(source_id=OSM_OR_MUNICIPAL), key=(SAME_PLACE,), rules=(LISTED,)),
    MARKETS: Schema(listed(source_id=OSM_OR_MUNICIPAL), key=(SAME_PLACE,), rules=(LISTED,)),
    TRANSIT: Schema(
        listed(official_id=MAYBE, source_id=Column(among=transit.LISTS)),
        key=(("source_id", "official_id"),),
        rules=(LISTED, stops_known),
    ),
    WASTE: Schema(
        {
            "name": TEXT,
            "subtype": TEXT,
            "official_id": Column(pattern=r"\d+", empty=True),
            "kelurahan": MAYBE,
            "kecamatan": MAYBE,
            "kabkota": KABKOTA,
            **POINT,
            "coord_flag": LIST_FLAG,
            "source": TEXT,
            "source_year": DATED,
        },
        key=(("official_id",),),
        rules=(points("kabkota", "coord_flag", ("no_coord",)),),
    ),
    FIRE: Schema(
        {
            **dict.fromkeys(("name", "level", "status", "certainty"), TEXT),
            **dict.fromkeys(("kecamatan", "address", "fact_year", "source_date", "source_url", "same_site_as"), MAYBE),
            "kabkota": KABKOTA,
            "located_in_kabkota": KABKOTA,
            "exists": Column(among=tuple(EXISTS)),
            "precision": Column(among=tuple(PRECISION)),
            **POINT,
            "kode_kemendagri_kel": Column(level="kelurahan", empty=True),
            "kode_kemendagri_kec": Column(level="kecamatan", empty=True),
            "area_error_km": Column(number=Number(0.1, 50, "km"), empty=True),
        },
        key=(("kabkota", "name"),),
        rules=(points("located_in_kabkota", "precision", ("kelurahan", "kecamatan", "none")), posts_fit),
    ),
    ROADS: Schema(
        {
            **dict.fromkeys(("kelurahan_name", "kecamatan_name", "kota_kab_name"), TEXT),
            **dict.fromkeys(("area_km2", "road_length_km", "road_density_km_per_km2"), ROAD),
        },
        key=(("kota_kab_name", "kecamatan_name", "kelurahan_name"),),
        rules=(roads_fit,),
    ),
    STATS: Schema(
        {
            "kabkota": KABKOTA,
            **dict.fromkeys(("metric", "period", "value", "unit", "certainty"), TEXT),
            "note": MAYBE,
            "source_url": Column(pattern=r"https?://\S+/.*"),
            "source_date": MAYBE,
        },
        rules=(fires_fit, translated_in(fire_stats.TRANSLATIONS, "d", fire_stats.TRANSLATED)),
    ),
    FACTS: Schema(
        {
            **dict.fromkeys(("area_pair", "kabkota", "sector", "fact", "year", "certainty"), TEXT),
            **dict.fromkeys(("kecamatan", "kelurahan", "value", "unit", "source_date"), MAYBE),
            "source_url": Column(pattern=r"https?://\S+/.*"),
        },
        rules=(names_known, translated_in(facts.TRANSLATIONS, "f", facts.TRANSLATED)),
    ),
}
"""By path, in the order in which they are checked: a rule compares with tables above its own."""
