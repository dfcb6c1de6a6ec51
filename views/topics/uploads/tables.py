"""Tables of the page on files that offices bring; what files say stands in them as no formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from data.boundaries import REFUSED
from data.intake.problems import Problem
from data.rates import OFFICE
from data.tables import Dataset
from records.uploads.reading import Submitted
from views.language import aloud
from views.language import versions as version_words
from views.language.cells import safe_cell
from views.language.names import kind_names
from views.language.words import Words
from views.topics.uploads.places import change_names
from views.topics.uploads.words import file_name, piece_names, reason, state_names, status_names, what_names

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

# No file on this page fills them: Dapodik counts classes, and a stop is not the same thing everywhere.
NOT_READ_HERE = {"sekolah", "transit"}


def problem_table(w: Words, file: str, problems: Sequence[Problem], features: bool = False) -> pd.DataFrame:
    """One row a problem: file, sheet, row (of a map file the feature), column, value, reason.

    Parameters
    ----------
    w : language
    file : its name
    problems : in the order of the rows
    features : whether they are of a map file, whose features are counted from 1
    """
    row = w.t("Fitur") if features else w.t("Baris")
    return pd.DataFrame(
        {
            w.t("Berkas"): safe_cell(file),
            w.t("Lembar"): [safe_cell(p.sheet) for p in problems],
            row: [p.row - features or None for p in problems],
            w.t("Kolom"): [safe_cell(p.column) for p in problems],
            w.t("Nilai"): [safe_cell(p.value[:200]) for p in problems],
            w.t("Masalah"): [safe_cell(reason(w, p)) for p in problems],
        }
    ).astype({row: "Int64"})


def kinds_table(w: Words, problems: Sequence[Problem]) -> pd.DataFrame:
    """How many problems there are of each kind, most first."""
    counted = pd.Series([p.code for p in problems]).value_counts(sort=True)
    first = {p.code: p for p in reversed(problems)}
    plain = [reason(w, Problem(code, column=first[code].column, detail="…")) for code in counted.index]
    return pd.DataFrame({w.t("Masalah"): plain, w.t("Banyaknya"): counted.to_numpy()})


def figures_table(w: Words, data: Dataset, figures: pd.DataFrame) -> Styler:
    """Figures of the file beside those of today, the far ones first.

    Parameters
    ----------
    w, data : language and data
    figures : as of `views.topics.uploads.check.Checked`
    """
    names, known = status_names(w), data.catalogue.indicators
    rows = figures.assign(order=figures["change"].map({"changed": 0, "new": 1, "same": 2}))
    order = ["far", "apart", "order", "sheet", "number"]
    rows = rows.sort_values(order, ascending=[False, False, True, True, True], kind="stable")
    years = data.values.set_index(["kode", "indicator"])["year"]
    shown = years.reindex(pd.MultiIndex.from_frame(rows[["kode", "indicator"]])).to_numpy()
    titles = {i: w.pick(known[i].title) if i in known else i.replace("_", " ") for i in rows["indicator"].unique()}
    decimals = max((known[i].decimals for i in titles if i in known), default=0)
    new, before = w.t("Di berkas"), w.t("Sekarang")
    spans = [
        aloud.figures(w, low, high) if low < high else "" for low, high in zip(rows["low"], rows["high"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            w.t("Baris"): rows["number"].to_numpy(),
            w.t("Kelurahan/desa"): [data.names("kelurahan" if len(k) > 8 else "kecamatan")[k] for k in rows["kode"]],
            w.t("Kode"): rows["kode"].to_numpy(),
            w.t("Indikator"): rows["indicator"].map(titles).to_numpy(),
            new: rows["value"].to_numpy(dtype=float),
            before: rows["before"].to_numpy(dtype=float),
            w.t("Kisaran sekarang"): spans,
            w.t("Tahun sekarang"): pd.Series(shown, dtype="Int64").to_numpy(),
            w.t("Perubahan"): rows["change"].map(names).to_numpy(),
            w.t("Jauh"): [_far(w, *both) for both in zip(rows["far"], rows["apart"], strict=True)],
        }
    )
    return w.styled(frame, dict.fromkeys((new, before), decimals))


def places_table(w: Words, data: Dataset, rows: pd.DataFrame, features: bool = False) -> Styler:
    """Places of a list beside those of today, the changed ones first.

    Parameters
    ----------
    w, data : language and data
    rows : as of `views.topics.uploads.places.PlacesOf`
    features : the rows are features of a map file, counted from 1
    """
    kinds, changes = kind_names(w), change_names(w)
    order = rows["change"].map({"new": 0, "changed": 1, "same": 2})
    rows = rows.assign(order=order).sort_values(["order", "sheet", "number"], kind="stable")
    lat, lon = w.t("Lintang"), w.t("Bujur")
    frame = pd.DataFrame(
        {
            w.t("Fitur") if features else w.t("Baris"): rows["number"].to_numpy() - features,
            w.t("Jenis"): rows["kind"].map(kinds).to_numpy(),
            w.t("Nama"): [safe_cell(str(name)) for name in rows["name"]],
            w.t("Wilayah"): [_area_name(data, kode) for kode in rows["kode"]],
            lat: rows["lat"].to_numpy(dtype=float),
            lon: rows["lon"].to_numpy(dtype=float),
            w.t("Perubahan"): rows["change"].map(changes).to_numpy(),
            w.t("Yang berubah"): rows["what"].map(what_names(w)).to_numpy(),
            w.t("Pindah (m)"): ["" if m != m else w.number(m) for m in rows["moved_m"]],
            w.t("Nama sekarang"): [safe_cell(str(name)) for name in rows["before"]],
        }
    )
    return w.styled(frame, {lat: 5, lon: 5})


def unnamed_table(w: Words, data: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """Places of today that a list does not name.

    Parameters
    ----------
    w, data : language and data
    rows : as of `views.topics.uploads.places.PlacesOf`
    """
    return pd.DataFrame(
        {
            w.t("Jenis"): rows["kind"].map(kind_names(w)).to_numpy(),
            w.t("Nama"): [safe_cell(str(name)) for name in rows["name"]],
            w.t("Wilayah"): [_area_name(data, kode) for kode in rows["kode"]],
        }
    )


def _area_name(data: Dataset, kode: str) -> str:
    """Name of a kelurahan, kecamatan or kabkota with that of its kecamatan or kabkota."""
    if kode in data.kelurahan.index:
        row = data.kelurahan.loc[kode]
        return f"{row['nama']} ({row['kecamatan']})"
    if kode in data.kecamatan.index:
        return f"{data.kecamatan.loc[kode]['nama']} ({data.kabkota_names[kode[:5]]})"
    return data.kabkota_names.get(kode, kode)


def areas_table(w: Words, data: Dataset, areas: pd.DataFrame) -> Styler:
    """Kelurahan whose boundary was drawn or changes with it, the largest change first.

    Parameters
    ----------
    w, data : language and data
    areas : as of `views.topics.uploads.boundaries.BoundariesOf`
    """
    rows = areas.assign(most=areas["got_km2"] + areas["gave_km2"]).sort_values(
        ["most", "kode"], ascending=[False, True], kind="stable"
    )
    roles = {True: w.t("digambar"), False: w.t("ikut")}
    km2 = (
        w.t("Luas sekarang (km²)"),
        w.t("Luas sesudahnya (km²)"),
        w.t("Didapat (km²)"),
        w.t("Dilepas (km²)"),
        w.t("Luas di berkas (km²)"),
    )
    columns = ("before_km2", "after_km2", "got_km2", "gave_km2", "file_km2")
    frame = pd.DataFrame(
        {
            w.t("Kelurahan/desa"): [_area_name(data, kode) for kode in rows["kode"]],
            w.t("Kode"): rows["kode"].to_numpy(),
            w.t("Peran"): [roles[bool(own)] for own in rows["drawn"]],
            **{head: rows[column].to_numpy(dtype=float) for head, column in zip(km2, columns, strict=True)},
        }
    )
    return w.styled(frame, dict.fromkeys(km2, 3))


def pieces_table(w: Words, data: Dataset, pieces: pd.DataFrame) -> Styler:
    """Overlaps, gaps and what lies beyond the line, and what becomes of each.

    Parameters
    ----------
    w, data : language and data
    pieces : as of `geo.redraw.Redrawn`
    """
    names, nobody = piece_names(w), w.t("tidak ada")
    of = {"km2": w.t("Luas (km²)"), "width_m": w.t("Selebar (m)")}
    frame = pd.DataFrame(
        {
            w.t("Tanah"): [names[kind][0] for kind in pieces["kind"]],
            w.t("Sekarang di"): [_area_name(data, kode) if kode else nobody for kode in pieces["old"]],
            w.t("Digambar atau didapat"): [_area_name(data, kode) if kode else nobody for kode in pieces["new"]],
            **{head: pieces[column].to_numpy(dtype=float) for column, head in of.items()},
            w.t("Perlakuan"): [
                w.t("ditolak: terlalu lebar") if wide and kind in REFUSED else names[kind][1]
                for kind, wide in zip(pieces["kind"], pieces["wide"], strict=True)
            ],
        }
    )
    return w.styled(frame, {of["km2"]: 4, of["width_m"]: 0})


def lines_table(w: Words, data: Dataset, at_lines: pd.DataFrame) -> Styler:
    """Metres that each kelurahan shares with another kabkota, where they change.

    Parameters
    ----------
    w, data : language and data
    at_lines : as of `views.topics.uploads.boundaries.BoundariesOf`
    """
    before, after = w.t("Garis sekarang (m)"), w.t("Garis sesudahnya (m)")
    frame = pd.DataFrame(
        {
            w.t("Kelurahan/desa"): [_area_name(data, kode) for kode in at_lines["kode"]],
            w.t("Berbatasan dengan"): at_lines["beside"].map(data.kabkota_names).to_numpy(),
            before: at_lines["before_m"].to_numpy(dtype=float),
            after: at_lines["after_m"].to_numpy(dtype=float),
        }
    )
    return w.styled(frame, {before: 0, after: 0})


def neighbours_table(w: Words, data: Dataset, pairs: pd.DataFrame) -> Styler:
    """Pairs of kelurahan that become neighbours, or are so no longer.

    Parameters
    ----------
    w, data : language and data
    pairs : as of `views.topics.uploads.boundaries.BoundariesOf`
    """
    before, after = w.t("Sisi bersama sekarang (m)"), w.t("Sisi bersama sesudahnya (m)")
    frame = pd.DataFrame(
        {
            w.t("Kelurahan/desa"): [_area_name(data, kode) for kode in pairs["kode_a"]],
            w.t("Tetangganya"): [_area_name(data, kode) for kode in pairs["kode_b"]],
            before: pairs["before_m"].to_numpy(dtype=float),
            after: pairs["after_m"].to_numpy(dtype=float),
        }
    )
    return w.styled(frame, {before: 0, after: 0})


def _far(w: Words, far: bool, apart: bool) -> str:
    """Why a figure should be looked at twice."""
    parts = ([w.t("dari nilai lama")] if far else []) + ([w.t("dari semua tetangga")] if apart else [])
    return w.listing(parts)


def versions_table(w: Words, data: Dataset, versions: Sequence[Submitted], people: bool) -> pd.DataFrame:
    """Every published version, the newest first.

    Parameters
    ----------
    w, data : language and data
    versions : as `records.uploads.reading` gives them
    people : whether who submitted and who checked is shown
    """
    kinds, states = version_words.kind_names(w), state_names(w)
    columns = {
        w.t("Versi"): [v.number for v in versions],
        w.t("Terbit"): [w.date(version_words.day_of(v.decided)) if v.decided else "" for v in versions],
        w.t("Data"): [kinds[v.kind] for v in versions],
        w.t("Kabupaten/kota"): [data.kabkota_names.get(v.kabkota, v.kabkota) for v in versions],
        w.t("Per tanggal"): [w.date(v.day) for v in versions],
        w.t("Baris"): [v.count for v in versions],
        w.t("Status"): [states[v.state] for v in versions],
        w.t("Catatan"): [safe_cell("; ".join(filter(None, (v.note, v.reason)))) for v in versions],
        w.t("Sidik berkas"): [v.sha256[:12] for v in versions],
    }
    if people:
        columns |= {
            w.t("Pengaju"): [safe_cell(v.author) for v in versions],
            w.t("Pemeriksa"): [safe_cell(v.verifier) for v in versions],
        }
    return pd.DataFrame(columns)


def removed_table(w: Words, data: Dataset, removed: pd.DataFrame, corrected: int | None = None) -> Styler:
    """Figures of today that the file leaves out, and what becomes of each when it is published.

    Parameters
    ----------
    w, data : language and data
    removed : kode, indicator, value; source where `corrected` is given
    corrected : number of the version that the file replaces as a whole; what that one brought goes with it
    """
    known, value = data.catalogue.indicators, w.t("Sekarang")
    goes = removed["source"].eq(f"{OFFICE}{corrected}") if corrected else pd.Series(data=False, index=removed.index)
    back, stays = w.t("hilang bersama versi {n}", n=str(corrected)), w.t("tetap")
    order = removed.assign(goes=goes).sort_values("goes", ascending=False, kind="stable")
    frame = pd.DataFrame(
        {
            w.t("Kelurahan/desa"): [data.names("kelurahan" if len(k) > 8 else "kecamatan")[k] for k in order["kode"]],
            w.t("Kode"): order["kode"].to_numpy(),
            w.t("Indikator"): [w.pick(known[i].title) for i in order["indicator"]],
            value: order["value"].to_numpy(dtype=float),
            w.t("Sesudah terbit"): [back if gone else stays for gone in order["goes"]],
        }
    )
    return w.styled(frame, {value: max((known[i].decimals for i in removed["indicator"].unique()), default=0)})


def proposals_table(w: Words, data: Dataset, sample: pd.DataFrame) -> pd.DataFrame:
    """The first proposals of a file, without who proposed.

    Parameters
    ----------
    w, data : language and data
    sample : a row a proposal, with the columns that the file has
    """

    def text(column: str) -> list[str]:
        values = sample[column] if column in sample else [""] * len(sample)
        return ["" if v is None or v != v else safe_cell(str(v)) for v in values]

    return pd.DataFrame(
        {
            w.t("Baris"): sample["row"].to_numpy() if len(sample) else [],
            w.t("Usulan"): text("usulan"),
            w.t("Permasalahan"): text("permasalahan"),
            w.t("Kelurahan/desa"): [data.names("kelurahan")[k] for k in sample["kode"]] if len(sample) else [],
            w.t("Jalur"): text("jalur"),
            w.t("Tanggal"): text("tanggal_usul"),
            w.t("Anggaran (Rp)"): sample["anggaran"].to_numpy(dtype=float)
            if "anggaran" in sample
            else [None] * len(sample),
            w.t("Lintang"): sample["lat"].to_numpy(dtype=float) if len(sample) else [],
            w.t("Bujur"): sample["lon"].to_numpy(dtype=float) if len(sample) else [],
            w.t("Status"): text("status"),
        }
    )


def needed_table(w: Words, data: Dataset, wanting: pd.DataFrame) -> Styler:
    """Which file would fill what, for how many people.

    Parameters
    ----------
    w, data : language and data
    wanting : as `analysis.uploads.needed.needed` gives it
    """
    known, people = data.catalogue.indicators, w.t("Warga")
    yes, no = w.t("ya"), w.t("belum")
    frame = pd.DataFrame(
        {
            w.t("Berkas"): [
                file_name(w, data, f, i) for f, i in zip(wanting["file"], wanting["indicators"], strict=True)
            ],
            w.t("Kabupaten/kota"): wanting["kode_kabkota"].map(data.names("kabkota")).to_numpy(),
            w.t("Kelurahan/desa"): wanting["units"].to_numpy(),
            people: wanting["people"].round(-2).to_numpy(),
            w.t("Yang terisi"): [w.listing([aloud.title(w, known[i]) for i in ids]) for ids in wanting["indicators"]],
            w.t("Dapat diperiksa di sini"): [no if file in NOT_READ_HERE else yes for file in wanting["file"]],
        }
    )
    return w.styled(frame, {people: 0, w.t("Kelurahan/desa"): 0})
