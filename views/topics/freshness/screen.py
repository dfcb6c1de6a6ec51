"""The pieces of the page on the age of figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.freshness import ageing
from data.tables import Dataset
from views.language import link_names
from views.language.names import sector_names
from views.link.context import Session
from views.link.results import kept
from views.screen import pictures
from views.screen.map import draw
from views.screen.tables import show_table
from views.topics.freshness import spec as freshness_spec
from views.topics.freshness import tables, words
from views.topics.map.screen import geometry


@dataclass(frozen=True)
class Ages:
    """The figures of a border and their ages, see `analysis.freshness.ageing`.

    Attributes
    ----------
    figures : one row a figure
    sectors : by sector and side, of all of them
    units : by kelurahan, of the chosen sector
    """

    figures: pd.DataFrame
    sectors: pd.DataFrame
    units: pd.DataFrame


@kept(64)
def ages(data: Dataset, corridor: str, sector: str, this_year: int) -> Ages:
    """Ages of all figures of a border; of each kelurahan those of one sector, "" for all.

    Parameters
    ----------
    data, corridor : data and id of the border
    sector : id of the sector of the kelurahan's figures, "" for all
    this_year : from which ages are counted
    """
    border = data.border(data.catalogue.corridors[corridor])
    figures = ageing.ageing(border, data.measures, this_year)
    chosen = figures[figures["sector"] == sector] if sector else figures
    return Ages(figures, ageing.by_sector(figures), ageing.by_kelurahan(chosen, border.units["kelurahan"]))


def draw_map(session: Session, found: Ages) -> None:
    """Choose a sector, and see where its figures are old."""
    w, data = session.words, session.data
    names = {"": w.t("semua sektor")} | {s: sector_names(w)[s] for s in dict.fromkeys(found.sectors["sector"])}
    st.selectbox(w.t("Sektor"), list(names), format_func=names.__getitem__, key=link_names.SECTOR, width=220)
    spec, rows = freshness_spec.spec(session, found.units), freshness_spec.map_rows(session, found.units)
    draw(spec, geometry(data), key="freshnessmap", height=420)
    note = w.t("Warna: umur rata-rata angka yang ditampilkan tentang kelurahan itu, termasuk angka kecamatannya.")
    years = ""
    pictures.under_map(
        session, "kesegaran", spec, rows, w.t("Umur angka"), note, data.people_sources(session.corridor.sides), years
    )


def draw_sectors(session: Session, found: Ages, this_year: int) -> None:
    """Age by sector, side and office.

    Parameters
    ----------
    session : language, data and border of this run
    found : the ages
    this_year : from which they are counted
    """
    w = session.words
    st.markdown(w.t("#### Menurut sektor dan kantor"))
    show_table(w, tables.sector_table(w, session.data, found.sectors, this_year), alt=w.t("Tabel umur angka"))
    st.caption(words.method(w))
