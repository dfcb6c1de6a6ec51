"""The pieces of the map page: controls, the map's specification, the card of the chosen unit and the notes."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from analysis.values.layer import Layer
from analysis.values.profile import neighbours_across, profile_row
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.figures import legend as figures_legend
from views.figures import theme
from views.figures.mapspec import POINT_SIGNS, Geometry, MapPoint, MapSpec
from views.language import link_names, sentences
from views.language.escape import md
from views.language.names import kind_names, map_words
from views.language.words import Language, Words
from views.link import session
from views.link.session import Session

View = tuple[str, str, str, str | None]

HEIGHT = 430
MOST_NEIGHBOURS = 6
# Many thousand stops would bury the map: they are drawn near the border of small corridors only.
MOST_POINTS = 1500


@st.cache_resource(show_spinner=False)
def geometry(_data: Dataset) -> Geometry:
    """Where the browser finds the boundaries."""
    return Geometry.from_manifest(_data.geometry)


def question(w: Words, indicator: Indicator, corridor: Corridor) -> str:
    """The question that the map answers."""
    fields = {"indikator": md(w.pick(indicator.title)), "koridor": md(w.pick(corridor.title))}
    if indicator.direction == "netral":
        return w.t("{indikator}, {koridor}: bagaimana sebarannya?", **fields)
    return w.t("{indikator}, {koridor}: siapa yang tertinggal?", **fields)


def selected(now: Session, indicator: Indicator) -> str | None:
    """The kelurahan or kecamatan in the URL, None without one; an unknown kode is named."""
    w = now.words
    kode = session.choice(
        link_names.SELECTED,
        unit_codes(now.data, now.corridor.sides),
        "",
        lambda bad: w.t("Kode wilayah “{kode}” tidak ada di koridor ini.", kode=md(bad)),
    )
    if indicator.level == "kelurahan" and kode in now.data.kecamatan.index:
        return None
    return kode or None


@st.cache_resource(max_entries=32, show_spinner=False)
def unit_codes(_data: Dataset, sides: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing, or any kelurahan or kecamatan of the sides."""
    return ("", *_data.units("kelurahan", sides).index, *_data.units("kecamatan", sides).index)


def controls(
    now: Session,
    indicator: Indicator,
    modes: tuple[str, ...],
    standards: list[str],
    layouts: tuple[str, ...],
    chosen: str | None,
) -> None:
    """Indicator, value or gap, standard, layout, facilities and search: each beside what it changes."""
    w, data, catalogue = now.words, now.data, now.data.catalogue
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    row.selectbox(
        w.t("Indikator"),
        list(catalogue.indicators),
        format_func=lambda i: w.pick(catalogue.indicators[i].title),
        key=link_names.INDICATOR,
    )
    names = {"nilai": w.t("Nilai"), "kesenjangan": w.t("Kesenjangan")}
    row.segmented_control(w.t("Tampilkan"), modes, format_func=names.__getitem__, key=link_names.MODE, required=True)
    if standards:
        row.selectbox(
            w.t("Standar"),
            standards,
            format_func=lambda s: w.pick(catalogue.standards[s].title),
            key=link_names.STANDARD,
        )
    else:
        row.selectbox(w.t("Standar"), [w.t("belum ada standar")], disabled=True)
    kinds = kind_names(w)
    shown = [kind for kind in st.session_state.get(link_names.FACILITIES) or () if kind in kinds]
    # Kept while the popover is closed and its widgets do not exist.
    st.session_state[link_names.FACILITIES] = shown
    layers = row.popover(w.t("Lapisan"), icon=":material/layers:", key="layers", on_change="rerun")
    if layers.open:
        pair = {"bersama": w.t("Satu peta"), "berdampingan": w.t("Dua peta")}
        layers.segmented_control(
            w.t("Susunan"), layouts, format_func=pair.__getitem__, key=link_names.LAYOUT, required=True
        )
        layers.pills(
            w.t("Titik fasilitas"),
            list(kinds),
            selection_mode="multi",
            format_func=lambda k: f"{POINT_SIGNS[k].glyph} {kinds[k]}",
            key=link_names.FACILITIES,
        )
        layers.caption(
            w.t(
                "Pos damkar yang hanya diketahui kelurahan atau kecamatannya digambar sebagai wilayah, bukan titik. "
                "Catatan yang meragukan tidak digambar; lihat Sumber & mutu."
            )
        )
    # Hundreds of names cost time and bytes: they are sent when somebody searches.
    search = row.popover(w.t("Cari wilayah"), icon=":material/search:", key="search", on_change="rerun")
    if not search.open:
        return
    level = "kecamatan" if indicator.level == "kecamatan" else "kelurahan"
    options = ["", *data.units(level, now.corridor.sides).index]
    if chosen is None:
        st.session_state[link_names.SELECTED] = ""
    elif level == "kecamatan":
        st.session_state[link_names.SELECTED] = chosen[:8]
    search.selectbox(
        w.t("Nama wilayah"),
        options,
        format_func=({"": w.t("ketik nama…")} | unit_labels(data)).__getitem__,
        key=link_names.SELECTED,
    )


@st.cache_resource(show_spinner=False)
def unit_labels(_data: Dataset) -> dict[str, str]:
    """Name, kecamatan and kabkota of every kelurahan and kecamatan."""
    below, above = _data.kelurahan, _data.kecamatan
    full = below["nama"] + " – " + below["kecamatan"] + ", " + below["kabkota"]
    short = above["nama"] + " – " + above["kabkota"]
    return {str(k): str(v) for k, v in [*full.items(), *short.items()]}


def unit_label(data: Dataset, kode: str) -> str:
    """Name, kecamatan and kabkota of a kelurahan or kecamatan."""
    return unit_labels(data)[kode]


def view_of(now: Session, indicator: Indicator, result: Layer) -> View:
    """What tells this result from any other, for caches."""
    return now.corridor.id, indicator.id, result.mode, result.standard


@st.cache_resource(max_entries=256, show_spinner=False)
def answer(_data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View) -> str:
    """First line of the page."""
    return sentences.map_answer(Words(language), _data, _indicator, _result)


@st.cache_resource(max_entries=256, show_spinner=False)
def legend(_data: Dataset, _result: Layer, _indicator: Indicator, language: Language, view: View) -> tuple[str, str]:
    """The table of the classes, and what its colours mean."""
    w = Words(language)
    table = figures_legend.legend(w, _data, _result, _indicator, colors(_result, _indicator), class_marks(w, _result))
    return table, legend_note(w, _data, _indicator, _result)


@st.cache_resource(max_entries=128, show_spinner=False)
def value_labels(_result: Layer, _indicator: Indicator, language: Language, view: View) -> dict[str, str]:
    """Second line of the tooltip of every known unit; `view` names the result for the cache."""
    w, gap = Words(language), _result.mode == "kesenjangan"
    column = _result.values["gap" if gap else "value"].dropna()
    bounds = set(_result.values.index[_result.values["upper_bound"]])
    return {
        str(kode): w.signed_percent(value)
        if gap
        else sentences.at_most(sentences.value_with_unit(w, _indicator, value), str(kode) in bounds)
        for kode, value in column.items()
    }


def colors(result: Layer, indicator: Indicator) -> tuple[str, ...]:
    """Fill colours by class: dark is further behind, or simply more where nothing is better."""
    if result.mode == "kesenjangan":
        return theme.GAP
    return theme.sequential(result.classes.count, reverse=indicator.direction == "lebih_tinggi_baik")


def class_marks(w: Words, result: Layer) -> dict[int, str]:
    """Where the standard lies among the classes of a gap."""
    if result.mode != "kesenjangan":
        return {}
    return {1: w.t("(memenuhi standar)"), 2: w.t("(di luar standar)")}


def spec(now: Session, indicator: Indicator, result: Layer, chosen: str | None, layout: str) -> MapSpec:
    """What the map shall show."""
    w, data, corridor = now.words, now.data, now.corridor
    level: Literal["kelurahan", "kecamatan"] = "kecamatan" if result.level == "kecamatan" else "kelurahan"
    unit = chosen[:8] if chosen and level == "kecamatan" else chosen
    related = tuple(n.kode for n in neighbours_across(data, unit, corridor.sides)) if unit else ()
    return MapSpec(
        sides=corridor.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in corridor.sides},
        level=level,
        classes={str(k): int(c) for k, c in result.classes.index.items()},
        labels=value_labels(result, indicator, w.language, view_of(now, indicator, result)),
        colors=colors(result, indicator),
        words=map_words(w),
        selected=unit,
        related=related,
        points=facility_points(now, tuple(st.session_state.get(link_names.FACILITIES) or ())),
        layout="berdampingan" if layout == "berdampingan" else "bersama",
        dark=now.dark,
    )


def facility_points(now: Session, kinds: tuple[str, ...]) -> tuple[MapPoint, ...]:
    """Facilities of the chosen kinds inside the corridor; places without a point as areas."""
    if not kinds:
        return ()
    facilities = now.data.facilities
    inside = facilities["kode_kabkota"].isin(now.corridor.sides)
    shown = facilities[facilities["kind"].isin(kinds) & inside]
    point = shown["used"] & shown["lon"].notna()
    area = shown["lon"].isna() & (shown["area_kode"] != "") & (shown["left_out"] == "area_only")
    names = kind_names(now.words)
    rows = shown[point | area].head(MOST_POINTS)
    columns = (rows[c] for c in ("kind", "name", "lon", "lat", "area_kode"))
    return tuple(
        MapPoint(kind=str(kind), text=f"{names[str(kind)]}: {name}", area_kode=str(area_kode))
        if pd.isna(lon)
        else MapPoint(kind=str(kind), text=f"{names[str(kind)]}: {name}", lon=float(lon), lat=float(lat))
        for kind, name, lon, lat, area_kode in zip(*columns, strict=True)
    )


def draw_card(now: Session, indicator: Indicator, standard_id: str | None, chosen: str | None) -> None:
    """The chosen unit: value, standard, gap, neighbours across the line and origin."""
    w, data, corridor = now.words, now.data, now.corridor
    with st.container(border=True, height="content" if chosen is None else HEIGHT):
        if chosen is None:
            st.markdown(w.t("**Klik sebuah wilayah di peta atau cari namanya.**"))
            st.markdown(w.t("Nilainya, standarnya, tetangganya di seberang batas dan sumbernya muncul di sini."))
            return
        unit = chosen[:8] if indicator.level == "kecamatan" else chosen
        neighbours = neighbours_across(data, unit, corridor.sides)
        row = profile_row(data, indicator, unit, neighbours, standard_id)
        kind = data.kelurahan.at[unit, "jenis"] if unit in data.kelurahan.index else "kecamatan"
        st.markdown(f"**{w.level(str(kind)).capitalize()} {md(unit_label(data, unit))}**")
        st.metric(
            w.pick(indicator.title), sentences.at_most(sentences.value_with_unit(w, indicator, row.value), row.bound)
        )
        if row.low is not None and row.high is not None:
            low, high = w.number(row.low, indicator.decimals), w.number(row.high, indicator.decimals)
            label = w.t("Kisaran galat") if indicator.range == "galat" else w.t("Sebaran di dalam wilayah (P10–P90)")
            st.markdown(f"{label}: {low}–{high}")
        if row.standard is not None:
            st.markdown(sentences.standard_text(w, data.catalogue.standards[row.standard], indicator))
            if row.gap is not None:
                st.markdown(
                    w.t("Selisih terhadap standar: **{selisih}**.", selisih=w.signed_percent(row.gap))
                    + (
                        " " + w.t("Bagian wilayah di luar standar: {bagian}.", bagian=w.percent(row.lacking))
                        if row.lacking is not None and indicator.facility
                        else ""
                    )
                )
        draw_neighbours(now, indicator, unit, row.comparison is not None and row.comparison.block is None)
        st.caption(sentences.row_origin(w, data, row))
        if row.note:
            st.caption(md(w.note(row.note)))
        if unit in data.kelurahan.index:
            st.page_link(
                "pages/profil.py",
                label=w.t("Buka profil"),
                icon=":material/location_on:",
                query_params=session.link(now, {link_names.SELECTED: unit}),
            )


def draw_neighbours(now: Session, indicator: Indicator, unit: str, comparable: bool) -> None:
    """Neighbours across the line with their values, or why they are not compared."""
    w, data = now.words, now.data
    neighbours = neighbours_across(data, unit, now.corridor.sides)
    if not neighbours:
        st.markdown(w.t("Tidak menyentuh garis batas koridor ini."))
        return
    known = data.indicator_values(indicator.id)
    values, bounds = known["value"], known["upper_bound"]
    frame = data.kelurahan if indicator.level == "kelurahan" else data.kecamatan
    st.markdown(w.t("**Tetangga di seberang batas**"))
    for n in neighbours[:MOST_NEIGHBOURS]:
        value = w.t("tidak dibandingkan")
        if comparable:
            text = sentences.value_with_unit(w, indicator, values.get(n.kode))
            value = sentences.at_most(text, bool(bounds.get(n.kode, False)))
        st.markdown(
            w.t(
                "- {nama} ({kabkota}): {nilai}; berbagi {panjang} garis batas",
                nama=md(str(frame.at[n.kode, "nama"])),
                kabkota=sentences.kabkota_name(data, n.kode_kabkota),
                nilai=value,
                panjang=w.km(n.shared_m),
            )
        )
    if len(neighbours) > MOST_NEIGHBOURS:
        st.caption(w.t("dan {n} lainnya", n=w.number(len(neighbours) - MOST_NEIGHBOURS)))


def legend_note(w: Words, data: Dataset, indicator: Indicator, result: Layer) -> str:
    """What the colours mean, the unit, the year and the source, in one line."""
    years = result.values["year"].dropna()
    span = sentences.years(w, (int(years.min()), int(years.max()))) if len(years) else "–"
    if result.mode == "kesenjangan":
        meaning = w.t("Kelas: selisih terhadap standar; di atas 0 % berarti di luar standar.")
    elif indicator.direction == "netral":
        meaning = w.t("Makin gelap makin tinggi nilainya.")
    else:
        meaning = w.t("Makin gelap makin tertinggal.")
    sources = "; ".join(data.catalogue.sources[s].short for s in indicator.sources)
    level = w.t("Nilai tingkat kecamatan, digambar pada kecamatan.") if result.level == "kecamatan" else ""
    if result.bounds:
        level = w.t("Arsir juga berarti baru diketahui batas atasnya (≤), jadi kelasnya belum pasti.")
    return w.t(
        "{arti} {tingkat} Satuan {satuan}; tahun {tahun}. Jiwa per kelas adalah perkiraan. Sumber: {sumber}",
        arti=meaning,
        tingkat=level,
        satuan=w.pick(indicator.unit),
        tahun=span,
        sumber=md(sources),
    )


def method(w: Words, data: Dataset, indicator: Indicator) -> str:
    """How the indicator is computed, its caveats, standards, definitions and sources."""
    catalogue = data.catalogue
    lines = [f"- {md(w.pick(indicator.description))}"]
    lines += [f"- {md(w.pick(c))}" for c in indicator.caveats]
    for definition in indicator.definitions:
        names = w.listing([sentences.kabkota_name(data, k) for k in definition.kabkota if k in data.kabkota.index])
        lines.append(w.t("- Yang dihitung di {wilayah}: {arti}.", wilayah=names, arti=md(w.pick(definition.text))))
    for standard in catalogue.standards_of(indicator.id):
        note = f" {md(w.pick(standard.note))}" if standard.note else ""
        lines.append(f"- {md(sentences.standard_text(w, standard, indicator))}.{note}")
    lines += [f"- {sentences.source_text(w, catalogue.sources[source])}" for source in indicator.sources]
    return "\n".join(lines)
