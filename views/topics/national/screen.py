"""The pieces of the page on all land borders."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from data.catalogue import Corridor, Indicator
from data.national_ground import Bounds, ground
from data.national_tables import INDICATORS, MEASURED, National, facility_of, level_of
from open_data import national as open_national
from open_data.national import Column
from views.exports.files import border as border_files
from views.figures import theme
from views.figures.legend import text_table
from views.figures.mapspec import Geometry
from views.figures.specs import Side
from views.language import link_names
from views.language.cells import csv_text
from views.language.escape import md
from views.link import context
from views.link.context import Session
from views.link.results import kept
from views.screen import pictures
from views.screen.map import draw
from views.screen.map_packing import served
from views.screen.tables import folded, show_table
from views.topics.national import figure as national_figure
from views.topics.national import spec as national_spec
from views.topics.national import state, tables, words
from views.topics.uploads.files import file_names, filled

HEIGHT = 430
MOST_LISTED = 8
INDONESIA = ((-11.1, 94.9), (6.1, 141.1))
"""South west and north east of the country, in degrees."""
GEOJSON = "application/geo+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@kept(1)
def _options(national: National) -> tuple[tuple[str, ...], MappingProxyType[str, str]]:
    """Every kabkota, and every border in both orders, with what the list calls them."""
    names = national.kabkota["nama"].to_dict()
    labels = {str(kode): str(name) for kode, name in sorted(names.items(), key=lambda item: str(item[1]))}
    for pair, row in national.pairs.iterrows():
        labels[str(pair)] = f"{row['name_a']} – {row['name_b']}"
        labels[f"{row['side_b']}-{row['side_a']}"] = f"{row['name_b']} – {row['name_a']}"
    return tuple(labels), MappingProxyType(labels)


def draw_choice(session: Session, national: National, pair: bool) -> None:
    """Search a border or a kabkota, and choose the kind of school; on the map of all, as it is or at equal density.

    Parameters
    ----------
    session, national : this run, and the tables
    pair : whether one border is shown
    """
    w, known = session.words, session.data.catalogue.indicators
    options, labels = _options(national)
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.selectbox(
        w.t("Cari kabupaten/kota atau perbatasan"),
        ["", *options],
        format_func=lambda i: labels.get(i, w.t("Cari kabupaten/kota atau perbatasan")),
        key=link_names.PAIR,
        label_visibility="collapsed",
        width=420,
    )
    row.selectbox(
        w.t("Jenjang sekolah"),
        [facility_of(i) for i in INDICATORS],
        format_func=lambda f: w.pick(known[f"jarak_{f}"].title),
        key=link_names.STAGE,
        label_visibility="collapsed",
        width=240,
    )
    if pair:
        row.button(
            w.t("Semua perbatasan"), icon=":material/arrow_back:", type="tertiary", on_click=context.assign,
            args=(link_names.PAIR, ""),
        )  # fmt: skip
        return
    names = {"raw": w.t("Apa adanya"), "density": w.t("Pada kepadatan yang sama")}
    row.segmented_control(
        w.t("Tampilkan"), list(names), format_func=names.__getitem__, key=link_names.MODE, required=True,
        label_visibility="collapsed",
    )  # fmt: skip


def draw_country(session: Session, national: National, indicator: Indicator, column: Column, kabkota: str) -> None:
    """The map of all land borders, those of one kabkota in front, with its buttons and its table.

    Parameters
    ----------
    session, national, indicator : this run, the tables, and what is measured
    column : as it is, or at equal density
    kabkota : kode of the one whose borders stand out, "" for none
    """
    w, known = session.words, session.data.catalogue
    found = state.judged(national, indicator.id)
    codes = found.codes[column]
    own = national.borders_of(kabkota) if kabkota else []
    spec = national_spec.country(w, codes, found.sides, own, kabkota, session.dark)
    box = INDONESIA
    if own:
        ends = national.pairs.loc[own]
        box = (
            (float(ends["south"].min()), float(ends["west"].min())),
            (float(ends["north"].max()), float(ends["east"].max())),
        )
    side = spec.sides[0].kode
    paths = {side: national.files["lines"]}
    draw(
        spec,
        Geometry(paths, paths, {}, national.files["land"], {side: box}),
        key="indonesia",
        height=HEIGHT,
        on_click=partial(context.assign, link_names.PAIR),
    )
    note = w.t("Klik satu garis untuk membuka perbatasannya.")
    st.caption(f"{note} {words.year_line(w)}")
    pictures.offer(
        w,
        f"perbatasan-indonesia-{facility_of(indicator.id)}",
        lambda: national_figure.country(w, known, national, indicator, codes, words.year_line(w)),
        pictures.MAP_SIZE,
    )
    if own:
        _draw_own(national, own)
    rows = found.sides[found.sides["pair"].isin(own)] if own else found.sides
    twin = folded(w.t("Tabel data lengkap"), "table", "twin")
    if twin is not None:
        show_table(w, tables.borders_table(w, national, rows, codes), alt=w.t("Tabel perbatasan"), place=twin)


def _draw_own(national: National, own: Sequence[str]) -> None:
    """The borders of one kabkota, each to be opened."""
    row = st.container(horizontal=True, gap="small")
    for pair in own:
        ends = national.border(pair)
        row.button(
            f"{md(str(ends['name_a']))} – {md(str(ends['name_b']))}", icon=":material/compare_arrows:", type="tertiary",
            key=f"ke {pair}", on_click=context.assign, args=(link_names.PAIR, pair),
        )  # fmt: skip


def draw_field(session: Session, national: National, indicator: Indicator) -> None:
    """The question of the field: the chart, the file and the method.

    Parameters
    ----------
    session, national, indicator : this run, the tables, and what is measured
    """
    w, known = session.words, session.data.catalogue
    answer = state.judged(national, indicator.id).field
    st.markdown(w.t("#### Seberapa jauh, dan seberapa banyak yang sekadar jarang penduduknya?"))
    st.markdown(words.counts_line(w, answer))
    st.markdown(words.across_too_line(w, answer))
    pictures.chart(session, "tepi-dan-bagian-dalam", national_figure.field(w, known, answer), place="indonesia")
    st.download_button(
        w.t("Unduh semua perbatasan (CSV)"),
        lambda: csv_text(open_national.border_rows(national)).encode(),
        file_name="batas_indonesia.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    draw_method(session)


def draw_method(session: Session) -> None:
    """How all of it was made, folded."""
    w = session.words
    with st.expander(w.t("Cara menghitung, sumber dan keterbatasannya"), icon=":material/functions:"):
        st.markdown(words.method(w, session.data.catalogue))


def corridor_of(session: Session, pair: str) -> Corridor | None:
    """The corridor of Tapal that is the same border, with all its indicators; None for any other.

    Parameters
    ----------
    session : language, data and border of this run
    pair : codes of both kabkota, lower code first, joined by a hyphen
    """
    known = session.data.catalogue.corridors.values()
    return next((c for c in known if c.pair and "-".join(sorted(c.sides)) == pair), None)


def _sides_of(national: National, pair: str) -> tuple[Side, ...]:
    """Both sides with the colours that they have on every page."""
    kodes = pair.split("-")
    colors = theme.side_colors(kodes, [(kodes[0], kodes[1])])
    return tuple(Side(kode, name, colors[kode]) for kode, name in zip(kodes, national.names(kodes), strict=True))


def draw_pair_map(
    session: Session, national: National, indicator: Indicator, pair: str, units: gpd.GeoDataFrame, chosen: str
) -> None:
    """The kelurahan at the line of both sides, painted by distance to their own school.

    Parameters
    ----------
    session, national, indicator : this run, the tables, and what is measured
    pair : id of the border: codes of both kabkota, lower code first, joined by a hyphen
    units : kelurahan at the line of both sides, as `data.national_tables.National.of_pair` gives them
    chosen : kode of the one that is set off, "" for none
    """
    w, known = session.words, session.data.catalogue
    sides = _sides_of(national, pair)
    standard = next(iter(known.standards_of(indicator.id)), None)
    shown = national_spec.painted(w, indicator, standard, units, sides)
    beside = national.neighbours_of(pair, chosen) if chosen else []
    draw(
        national_spec.pair(w, indicator, units, sides, shown, chosen, beside, session.dark),
        _geometry(national, pair),
        key="pasanganmap",
        height=HEIGHT,
        on_click=lambda kode: context.assign(link_names.SELECTED, kode),
    )
    pictures.offer(
        w,
        f"perbatasan-{pair}-{facility_of(indicator.id)}",
        lambda: national_figure.pair(w, known, national, indicator, pair, sides, shown, chosen),
        pictures.MAP_SIZE,
    )


def _geometry(national: National, pair: str) -> Geometry:
    """Where the browser finds the boundaries of one border: files that exist as long as a session shows them."""
    texts, bounds = _texts(national, pair)
    paths = {name: served(text, f"batas-{pair}-{name}") for name, text in texts.items()}
    own = {side: paths[side] for side in bounds}
    return Geometry(own, own, {"|".join(sorted(bounds)): paths["line"]}, paths["around"], bounds)


@kept(32)
def _texts(national: National, pair: str) -> tuple[dict[str, str], Bounds]:
    files, bounds = ground(national, pair)
    return {name: json.dumps(made, ensure_ascii=False, separators=(",", ":")) for name, made in files.items()}, bounds


def draw_beside(
    session: Session, national: National, indicator: Indicator, pair: str, units: pd.DataFrame, chosen: str
) -> None:
    """The card of the chosen kelurahan, or those that are farthest from school.

    Parameters
    ----------
    session, national, indicator : this run, the tables, and what is measured
    pair : id of the border
    units : kelurahan at the line of both sides, as `data.national_tables.National.of_pair` gives them
    chosen : kode of the one whose card is shown, "" for none
    """
    if chosen:
        _draw_card(session, national, units, pair, chosen)
        return
    w = session.words
    column = f"own_{facility_of(indicator.id)}"
    rows = tables.farthest(units, facility_of(indicator.id), MOST_LISTED)
    st.markdown(w.t("**Di garis batas, paling jauh dari {layanan}**", layanan=words.noun(w, indicator)))
    with st.container(gap="xxsmall"):
        for number, (kode, row) in enumerate(rows.iterrows(), 1):
            name = f"{number}. {md(str(row['nama']))} ({md(str(national.place(str(row['kode_kabkota']))['nama']))}), {w.number(float(row[column]), 1)} km"
            st.button(
                name,
                type="tertiary",
                key=f"jauh {kode}",
                on_click=context.assign,
                args=(link_names.SELECTED, str(kode)),
            )
    unknown = int(units[column].isna().sum())
    if unknown:
        st.caption(w.t("{n} kelurahan/desa di garis batas: belum ada data.", n=w.number(unknown)))


def _draw_card(session: Session, national: National, units: pd.DataFrame, pair: str, chosen: str) -> None:
    w, known = session.words, session.data.catalogue.indicators
    unit: dict[Any, Any] = units.drop(columns="geometry").loc[[chosen]].to_dict("records")[0]
    with st.container(border=True, gap="xsmall", key="card"):
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top")
        own = str(national.place(unit["kode_kabkota"])["nama"])
        head.markdown(f"**{md(str(unit['nama']))}, {md(own)}**", width="stretch")
        head.button(
            w.t("Tutup"), icon=":material/close:", type="tertiary", on_click=context.assign,
            args=(link_names.SELECTED, ""),
        )  # fmt: skip
        heads = [w.t("Layanan"), w.t("Milik sendiri"), w.t("Di seberang batas")]
        title = w.t("Layanan terdekat, milik sendiri dan di seberang batas")
        across = next(side for side in pair.split("-") if side != unit["kode_kabkota"])
        rows = tables.card_rows(w, national, [known[i] for i in MEASURED], unit, across)
        st.html(text_table(title, heads, rows, padding=3, size=".8125rem"))
        beside = [str(units.at[kode, "nama"]) for kode in national.neighbours_of(pair, chosen)]
        if beside:
            st.markdown(w.t("Tetangga di seberang garis: {daftar}.", daftar=md(w.listing(beside))))
        st.caption(
            w.t(
                "Garis bersama {garis} km, luas {luas} km². Median titik sampel di dalam kelurahan/desa. {tahun}",
                garis=w.number(float(unit["shared_m"]) / 1000, 1),
                luas=w.number(float(unit["luas_km2"]), 1),
                tahun=words.year_line(w),
            )
        )


def draw_comparison(session: Session, national: National, indicator: Indicator, pair: str) -> None:
    """Edge against interior for every kind of school, and neighbour against neighbour.

    Parameters
    ----------
    session, national, indicator : this run, the tables, and what is measured
    pair : id of the border
    """
    w = session.words
    names = dict(zip(pair.split("-"), national.names(pair.split("-")), strict=True))
    st.markdown(w.t("#### Tepi lawan bagian dalam, apa adanya dan pada kepadatan yang sama"))
    rows = state.sides_of_pair(national, pair)
    show_table(
        w, tables.comparison_table(w, session.data.catalogue, rows, names), alt=w.t("Tabel perbandingan tiap sisi")
    )
    across = national.across
    own = across[(across["pair"] == pair) & (across["indicator"] == indicator.id) & (across["reach"] == "own")]
    for row in own.to_dict("records"):
        st.markdown(f"{w.pick(indicator.title)}. {words.across_line(w, {**national.border(pair), **row}, names)}")


def draw_quality(session: Session, national: National, indicator: Indicator, pair: str) -> None:
    """How good the lists of both sides are, and what is missing, with what to fill in.

    Parameters
    ----------
    session, national, indicator : this run, the tables, and what is measured
    pair : id of the border
    """
    w = session.words
    st.markdown(w.t("#### Mutu dan yang belum ada"))
    lists = [words.quality_line(w, national.place(side), level_of(indicator.id)) for side in pair.split("-")]
    st.markdown("\n".join(f"- {line}" for line in [*lists, *words.missing(w)]))
    row = st.container(horizontal=True, vertical_alignment="center")
    known = file_names(w)
    for kind, more in (("indikator", indicator.id), ("penduduk", "")):
        row.download_button(
            w.t("Templat: {jenis}", jenis=known[kind]),
            partial(_template, national, pair, kind, more),
            file_name=f"templat-{kind}-{pair}.xlsx",
            mime=XLSX,
            icon=":material/download:",
            key=f"templat {kind}",
            on_click="ignore",
        )
    row.page_link(
        "pages/unggah.py",
        label=w.t("Unggah data"),
        icon=":material/upload_file:",
        query_params=context.link(session, {}),
    )
    st.caption(
        w.t(
            "Unggah data saat ini menerbitkan angka 18 kabupaten/kota di sekitar ketujuh koridor. Untuk daerah lain templat ini menjadi dasar koridor baru; caranya di docs/menambah.md."
        )
    )


def _template(national: National, pair: str, kind: str, indicator: str) -> bytes:
    units = national.of_pair(pair)
    names = national.kabkota["nama"]
    more = [indicator] if indicator else []
    rows = [
        (str(k), str(n), "", str(names[side]), *more)
        for k, n, side in zip(units.index, units["nama"], units["kode_kabkota"], strict=True)
    ]
    return filled(kind, rows)


def draw_files(session: Session, national: National, pair: str) -> None:
    """The kelurahan at the line as CSV, GeoJSON and workbook.

    Parameters
    ----------
    session, national : this run, and the tables
    pair : id of the border
    """
    w, known = session.words, session.data.catalogue
    made = context.today()
    files: Sequence[tuple[str, str, str, Callable[[], bytes]]] = (
        ("CSV", "csv", "text/csv", lambda: csv_text(open_national.pair_rows(national, pair)).encode()),
        ("GeoJSON", "geojson", GEOJSON, lambda: border_files.geojson(national, pair)),
        ("XLSX", "xlsx", XLSX, lambda: border_files.spreadsheet(w, known, national, pair, made)),
    )
    row = st.container(horizontal=True, vertical_alignment="center")
    for label, suffix, mime, make in files:
        row.download_button(
            w.t("Unduh {jenis}", jenis=label),
            make,
            file_name=f"tapal-perbatasan-{pair}.{suffix}",
            mime=mime,
            icon=":material/download:",
            key=f"unduh {suffix}",
            on_click="ignore",
        )


def draw_units(session: Session, national: National, units: pd.DataFrame) -> None:
    """The table that says what the map shows.

    Parameters
    ----------
    session, national : this run, and the tables
    units : kelurahan at the line of both sides, as `data.national_tables.National.of_pair` gives them
    """
    w = session.words
    twin = folded(w.t("Tabel data lengkap"), "table", "twin")
    if twin is not None:
        names = {str(kode): str(name) for kode, name in national.kabkota["nama"].items()}
        show_table(
            w,
            tables.units_table(w, session.data.catalogue, units, names),
            alt=w.t("Tabel nilai setiap kelurahan/desa"),
            place=twin,
        )
