"""The pieces of the overview page: labels, tables and cards made from a border summary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from analysis.values.summary import BorderSummary, SidePeople, border_sets_of
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import link_names, sentences
from views.language.escape import md
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def border_set_names(w: Words) -> dict[str, str]:
    """Labels of the three border sets."""
    return {
        "bersentuhan": w.t("Bersentuhan"),
        "1km": w.t("Sampai 1 km"),
        "2km": w.t("Sampai 2 km"),
    }


def draw_border_sets(w: Words, corridor: Corridor) -> None:
    """The control that says which kelurahan count as the border."""
    st.segmented_control(
        w.t("Yang dihitung sebagai perbatasan"),
        border_sets_of(corridor),
        format_func=border_set_names(w).__getitem__,
        key=link_names.BORDER_SET,
        required=True,
    )


def draw_side(w: Words, data: Dataset, summary: BorderSummary, side: SidePeople) -> None:
    """One side: people and kelurahan at the border, and its largest gap in people and in per cent."""
    gaps = [g for g in summary.gaps if g.kode_kabkota == side.kode_kabkota and g.level == "kelurahan" and g.people > 0]
    with st.container(border=True):
        st.markdown(f"**{sentences.kabkota_name(data, side.kode_kabkota)}**")
        people, units = st.columns(2)
        nothing_known = side.people_unknown == side.units
        people.metric(w.t("Jiwa di batas"), w.no_data if nothing_known else w.people(side.people))
        units.metric(
            sentences.unit_word(w, data, side.kode_kabkota).capitalize(),
            w.t("{n} dari {total}", n=w.number(side.units), total=w.number(side.units_total)),
        )
        if not nothing_known and side.estimated:
            st.caption(
                w.t(
                    "Perkiraan 2024, kisaran {rendah}–{tinggi} jiwa.",
                    rendah=w.people(side.low),
                    tinggi=w.people(side.high),
                )
            )
        if gaps:
            most = gaps[0]
            steepest = max(gaps, key=lambda g: (g.share, g.people))
            lines = [sentences.largest_gap(w, data, most)]
            if steepest is not most:
                lines.append(sentences.largest_gap(w, data, steepest))
            st.markdown("\n".join(f"- {line}" for line in lines))


def gap_table(w: Words, data: Dataset, summary: BorderSummary) -> Styler:
    """Every gap with people, range, per cent, units known and unknown, standard and year."""
    catalogue = data.catalogue
    people, percent = w.t("Jiwa di luar standar"), w.t("Persen")
    low, high = w.t("Kisaran bawah"), w.t("Kisaran atas")
    frame = pd.DataFrame(
        {
            w.t("Indikator"): [w.pick(catalogue.indicators[g.indicator].title) for g in summary.gaps],
            w.t("Sisi"): [str(data.kabkota.at[g.kode_kabkota, "nama"]) for g in summary.gaps],
            people: [round(g.people, -1) for g in summary.gaps],
            low: [round(g.low, -1) if g.level == "kelurahan" else math.nan for g in summary.gaps],
            high: [round(g.high, -1) if g.level == "kelurahan" else math.nan for g in summary.gaps],
            percent: [g.share * 100 for g in summary.gaps],
            w.t("Standar"): [w.pick(catalogue.standards[g.standard].title) for g in summary.gaps],
            w.t("Tingkat"): [w.level(g.level) for g in summary.gaps],
            w.t("Diketahui"): [f"{g.known}/{g.known + g.unknown}" for g in summary.gaps],
            w.t("Tahun data"): [sentences.years(w, g.years) for g in summary.gaps],
        }
    )
    return w.styled(frame, {people: 0, low: 0, high: 0, percent: 1})


def unknown_lines(w: Words, data: Dataset, summary: BorderSummary) -> list[str]:
    """Sentences on indicators that are unknown on a side, defined differently or years apart."""
    lines = []
    for indicator in data.catalogue.indicators.values():
        comparison = summary.comparisons[indicator.id]
        sentence = sentences.blocked(w, data, indicator, comparison)
        if sentence is not None:
            lines.append(sentence)
        elif comparison.note_years:
            lines.append(
                w.t(
                    "{indikator}: data kedua sisi terpaut {tahun} tahun.",
                    indikator=w.pick(indicator.title),
                    tahun=w.number(comparison.years_apart),
                )
            )
    lines += [
        w.t(
            "Penduduk {jumlah} {satuan} {sisi} belum ada data.",
            jumlah=w.number(side.people_unknown),
            satuan=sentences.unit_word(w, data, side.kode_kabkota),
            sisi=sentences.kabkota_name(data, side.kode_kabkota),
        )
        for side in summary.sides
        if side.people_unknown
    ]
    return lines


def freshness_table(w: Words, data: Dataset, ages: pd.DataFrame) -> pd.DataFrame:
    """Years of each indicator and the age of its newest value, oldest first."""
    ordered = ages.sort_values("age", ascending=False)
    return pd.DataFrame(
        {
            w.t("Indikator"): [w.pick(data.catalogue.indicators[str(i)].title) for i in ordered.index],
            w.t("Tahun data"): [
                sentences.years(w, (int(a), int(b))) for a, b in zip(ordered["oldest"], ordered["newest"], strict=True)
            ],
            w.t("Umur (tahun)"): ordered["age"].astype(int).to_numpy(),
        }
    )


def method(w: Words, corridor: Corridor) -> str:
    """How the border is drawn and which decree sets its line."""
    lines = [
        w.t(
            "Bertetangga: dua kelurahan/desa yang berbagi garis batas sekurangnya 50 m pada batas BIG yang tidak "
            "disederhanakan (EPSG:32748). Sampai 1 km dan 2 km: bagian terdekat kelurahan/desa berjarak sejauh itu dari garis."
        ),
        w.t(
            "Penduduk: total kecamatan dibagi menurut TPS Pemilu 2024; galatnya diukur pada Jakarta Timur (lihat Sumber & mutu)."
        ),
    ]
    basis = corridor.legal_basis
    if basis is not None:
        lines.append(
            w.t(
                "Garis batas ditetapkan {dokumen} ({kepastian}). {catatan}",
                dokumen=md(basis.document),
                kepastian=sentences.certainty(w, basis.certainty),
                catatan=md(w.pick(basis.note)) if basis.note else "",
            )
        )
    lines.append(w.t("Batas di peta bukan acuan resmi batas wilayah."))
    return "\n".join(f"- {line}" for line in lines)
