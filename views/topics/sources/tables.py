"""Tables of sources and quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.population import Validation
from data.tables import Dataset
from views.figures import captions
from views.language.names import kind_names, quality_names, yes_names
from views.language.words import Words
from views.topics.sources.words import mixture_names

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def _reason_names(w: Words) -> dict[str, str]:
    """Why a record is not used."""
    return {
        "no_coord": w.t("tanpa koordinat"),
        "outside_stated_kabkota": w.t("titik jatuh di luar kabupaten/kota yang disebut"),
        "outside_area": w.t("titik jatuh di luar 18 kabupaten/kota"),
        "not_a_place": w.t("belum atau tidak ada"),
        "area_only": w.t("hanya diketahui wilayahnya, bukan titiknya"),
        "wrong_point": w.t("titik jelas salah"),
        "other_kind": w.t("bukan jenis tempat ini menurut namanya"),
        "not_in_distances": w.t("disimpan, tetapi tidak dipakai menghitung jarak"),
    }


def left_out_table(w: Words, counted: pd.DataFrame) -> pd.DataFrame:
    """Records left out, a row a kind, kabkota and reason.

    Parameters
    ----------
    w : language
    counted : kind, kabkota, reason and count, as `analysis.values.quality.left_out` gives them
    """
    kinds, reasons = kind_names(w), _reason_names(w)
    return pd.DataFrame(
        {
            w.t("Jenis"): counted["kind"].map(lambda k: kinds.get(k, k)),
            w.t("Kabupaten/kota"): counted["kabkota"].replace("", w.t("tidak disebut")),
            w.t("Alasan"): counted["reason"].map(lambda r: reasons.get(r, r)),
            w.t("Banyaknya"): counted["count"],
        }
    )


FAR_M = 100_000
"""A point farther away than this is no place of the area at all, often a zero in the list."""


def _treated_names(w: Words) -> dict[str, str]:
    """What was done with a place whose point disagrees with its stated area."""
    return {
        "titik": w.t("titiknya dipakai"),
        "wilayah": w.t("titiknya tidak dipakai; dianggap di suatu tempat di wilayah yang disebut"),
        "tidak_dihitung": w.t("tidak dipakai menghitung jarak"),
    }


def misplaced_table(w: Words, data: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Places whose point lies elsewhere than stated, the farthest first.

    Parameters
    ----------
    w, data : language and data
    rows : of `open_data.places.misplaced_rows`
    """
    kinds, treated = kind_names(w), _treated_names(w)
    where = rows["stated_kelurahan"].where(rows["stated_kelurahan"].eq(""), rows["stated_kelurahan"] + ", ")
    kecamatan = rows["stated_kecamatan"].map(lambda name: w.t("Kec. {nama}", nama=name) if name else "")
    return pd.DataFrame(
        {
            w.t("Nama"): rows["name"],
            w.t("Jenis"): rows["kind"].map(lambda k: kinds.get(k, k)),
            w.t("Wilayah yang disebut"): where + kecamatan,
            w.t("Kabupaten/kota"): rows["kabkota"],
            w.t("Jarak titiknya"): [_away(w, metres) for metres in rows["distance_m"]],
            w.t("Yang dilakukan"): rows["treated"].map(treated),
            w.t("Sumber"): [captions.shorts(w, data, ids.split(";")) for ids in rows["source"]],
        }
    )


def _away(w: Words, metres: int) -> str:
    if metres > FAR_M:
        return w.t("lebih dari {n} km", n=w.number(FAR_M / 1000))
    return w.km(metres) if metres >= 1000 else f"{w.number(metres)}\N{NO-BREAK SPACE}m"


def error_table(w: Words, data: Dataset, found: Validation) -> Styler:
    """Error and coverage of the population estimate by kabkota and kind of area, each judged without its own data.

    Parameters
    ----------
    w, data : language and data
    found : errors of the population estimate
    """
    areas = found.by_area()
    mean, most, worst = w.t("Rata-rata meleset (%)"), w.t("9 dari 10 di bawah (%)"), w.t("Terburuk (%)")
    covered, sums = w.t("Dalam kisaran (%)"), w.t("Jumlah dalam kisaran (%)")
    frame = pd.DataFrame(
        {
            w.t("Kabupaten/kota"): areas["kode_kabkota"].map(data.names("kabkota")),
            w.t("Jenis"): areas["jenis"].map({"kelurahan": w.t("kelurahan"), "desa": w.t("desa")}),
            w.t("Banyaknya"): areas["n"],
            mean: areas["mean_abs"] * 100,
            most: areas["p90_abs"] * 100,
            worst: areas["worst"] * 100,
            covered: areas["coverage"] * 100,
            sums: areas["sum_coverage"] * 100,
        }
    )
    return w.styled(frame, {mean: 1, most: 1, worst: 1, covered: 0, sums: 0})


def deviation_table(w: Words, data: Dataset, rows: pd.DataFrame) -> Styler:
    """Each estimate beside the official figure that has replaced it, the farthest first.

    Parameters
    ----------
    w, data : language and data
    rows : as `analysis.values.population.deviations` gives them
    """
    rows = rows.reindex(rows["error"].abs().sort_values(ascending=False, kind="stable").index)
    places = data.kelurahan.reindex(rows["kode"])
    guess, low, high, real = w.t("Perkiraan"), w.t("Terendah"), w.t("Tertinggi"), w.t("Angka resmi")
    off, yes = w.t("Meleset (%)"), yes_names(w)
    frame = pd.DataFrame(
        {
            w.t("Kelurahan/desa"): places["nama"].to_numpy(),
            w.t("Kabupaten/kota"): places["kabkota"].to_numpy(),
            guess: rows["value"].to_numpy(float),
            low: rows["low"].to_numpy(float),
            high: rows["high"].to_numpy(float),
            real: rows["official"].to_numpy(float),
            w.t("Tahun perkiraan"): rows["year"].to_numpy(),
            w.t("Tahun resmi"): rows["official_year"].to_numpy(),
            off: rows["error"].to_numpy(float) * 100,
            w.t("Dalam kisaran"): [yes[bool(one)] for one in rows["within"]],
        }
    )
    return w.styled(frame, {guess: 0, low: 0, high: 0, real: 0, off: 1})


def mixture_table(w: Words, data: Dataset, found: Validation) -> Styler:
    """Mean error of every mixture that was tried, by kabkota.

    Parameters
    ----------
    w, data : language and data
    found : errors of the population estimate
    """
    names = mixture_names(w)
    frame = (
        (found.tried * 100).rename(columns=names, index=dict(data.names("kabkota"))).rename_axis(w.t("Kabupaten/kota"))
    )
    return w.styled(frame.reset_index(), dict.fromkeys(names.values(), 1))


def sources_table(w: Words, data: Dataset) -> pd.DataFrame:
    """All sources with vintage, licence, attribution and trust."""
    trust = quality_names(w)
    entries = [w.source(source) for source in data.catalogue.sources.values()]
    return pd.DataFrame(
        {
            w.t("Penerbit"): [e.publisher for e in entries],
            w.t("Judul"): [e.title for e in entries],
            w.t("Tahun data"): [e.vintage for e in entries],
            w.t("Lisensi"): [e.licence for e in entries],
            w.t("Atribusi"): [e.attribution for e in entries],
            w.t("Dapat diandalkan"): [
                trust[e.trust] + (f" – {w.pick(e.trust_note)}" if e.trust_note else "") for e in entries
            ],
        }
    )
