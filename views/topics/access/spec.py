"""The map of the page on access: classes, colours, tooltips, signs and legend."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from analysis.access.result import OpenBorder
from analysis.access.services import Service
from analysis.values.classes import UNKNOWN, Classes, count_classes
from data.tables import Dataset
from views.figures import captions, legend, theme
from views.figures.mapspec import MapPoint, MapSpec, spec_of
from views.language import names as language_names
from views.language.escape import md
from views.language.words import Words
from views.topics.access.words import list_years, metres_range, noun, ratio_text, to_tens

if TYPE_CHECKING:
    from views.link.context import Session

HEIGHT = 380
MOST_SIGNS = 150


def _classes(result: OpenBorder, mode: str) -> tuple[Classes, pd.Series]:
    """Classes of the map, and which unknown ones are so because lists are incomplete."""
    return result.saving_classes if mode == "jarak" else result.supply_classes


def _colors(mode: str, count: int) -> tuple[str, ...]:
    """Fill colours by class."""
    return theme.sequential(count) if mode == "jarak" else theme.CHANGE


def spec(
    session: Session, service: Service, result: OpenBorder, mode: str, chosen: str | None, placing: bool
) -> MapSpec:
    """What the map shall show.

    Parameters
    ----------
    session : language, data and border of this run
    service : which may be used across the line
    result : of the open border
    mode : "jarak" for metres saved, "pasokan" for the change of supply per person
    chosen : kode of the kelurahan that is set off, None for none
    placing : whether the next click sets a place
    """
    found, _ = _classes(result, mode)
    return spec_of(
        session,
        classes={str(k): int(c) for k, c in found.index.items()},
        labels=_labels(session.words, result, mode),
        colors=_colors(mode, found.count),
        selected=chosen,
        points=_points(session, service, result),
        placing=placing,
    )


def _labels(w: Words, result: OpenBorder, mode: str) -> dict[str, str]:
    """Second line of the tooltip of every known kelurahan."""
    table = result.table[result.table["saved"].notna()]
    if mode == "jarak":
        # Most are alike: every text is written once.
        texts: dict[tuple[float, float], str] = {}
        result_labels = {}
        for kode, low, high in zip(table.index, table["saved_low"], table["saved_high"], strict=True):
            key = (to_tens(low), to_tens(high))
            if key not in texts:
                texts[key] = w.t("{meter} lebih dekat", meter=metres_range(w, (low, low, high)))
            result_labels[str(kode)] = texts[key]
        return result_labels
    table = table[table["supply_ratio"].notna()]
    unsure = w.t("belum pasti")
    pairs = zip(table.index, table["supply_ratio"], table["supply_sure"], strict=True)
    return {str(k): ratio_text(w, r) if sure else f"{ratio_text(w, r)} ({unsure})" for k, r, sure in pairs}


def _points(session: Session, service: Service, result: OpenBorder) -> tuple[MapPoint, ...]:
    """Facilities: all while they are few, else those that receive people and those of the scenario; areas."""
    w, data = session.words, session.data
    rows = result.facilities[result.facilities["kind"].isin(service.kinds)]
    rows = rows[rows["operator"].isin([*result.sides, *result.members])]
    placed_rows = rows[rows["lon"].notna() & (rows["used"] | (rows["state"] != ""))]
    if len(placed_rows) > MOST_SIGNS:
        wanted = set(result.receiving.index[:MOST_SIGNS])
        placed_rows = placed_rows[placed_rows.index.isin(wanted) | (placed_rows["state"] != "")]
    names = language_names.kind_names(w)
    new = w.t("baru")
    place = data.kabkota["nama"].to_dict()
    shown = [
        MapPoint(
            kind=str(kind),
            text=f"{names[str(kind)]}: {name or new} ({place[operator]})",
            lon=float(lon),
            lat=float(lat),
            state=state,
        )
        for kind, name, operator, lon, lat, state in zip(
            *(placed_rows[c] for c in ("kind", "name", "operator", "lon", "lat", "state")), strict=True
        )
    ]
    areas = result.areas if len(result.areas) <= MOST_SIGNS else result.areas.iloc[:0]
    shown += [
        MapPoint(kind=str(kind), text=w.t("{nama}: titik belum diketahui", nama=str(name)), area_kode=str(area))
        for kind, name, area in zip(areas["kind"], areas["name"], areas["area_kode"], strict=True)
    ]
    return tuple(shown)


def _class_labels(w: Words, mode: str, found: Classes) -> list[str]:
    """What each class means."""
    if mode == "pasokan":
        return [
            w.t("berkurang lebih dari 20 %"),
            w.t("berkurang 1–20 %"),
            w.t("tetap (±1 %)"),
            w.t("bertambah 1–20 %"),
            w.t("bertambah lebih dari 20 %"),
        ]
    ends = [w.number(b) for b in found.breaks]
    between = [w.t("> {rendah}–{tinggi} m lebih dekat", rendah=low, tinggi=high) for low, high in pairwise(ends)]
    return [w.t("tetap (≤ {batas} m)", batas=ends[0]), *between, w.t("> {batas} m lebih dekat", batas=ends[-1])]


def legend_rows(w: Words, result: OpenBorder, mode: str) -> list[legend.Row]:
    """Classes with colour, kelurahan and people a side; what is unsure and what is unknown apart.

    Parameters
    ----------
    w : language
    result : of the open border
    mode : "jarak" or "pasokan"
    """
    found, unsure = _classes(result, mode)
    side, people = result.table["kode_kabkota"], result.table["people"]

    def counted(chosen: pd.Series) -> tuple[tuple[int, float], ...]:
        here = [chosen & (side == kode) for kode in result.sides]
        return tuple((int(rows.sum()), float(people[rows].sum())) for rows in here)

    counts = count_classes(found, side, people)
    labels, inks = _class_labels(w, mode, found), _colors(mode, found.count)
    *known, _ = legend.counted_rows(result.sides, counts, labels, inks, w.no_data)
    return [
        *known,
        legend.Row(None, w.t("kelas belum pasti, daftar belum lengkap"), counted(unsure)),
        legend.Row(None, w.no_data, counted((found.index == UNKNOWN) & ~unsure)),
    ]


def picture_title(w: Words, service_id: str, mode: str) -> str:
    """What the picture of the map is called.

    Parameters
    ----------
    w : language
    service_id : of the service that is opened
    mode : "jarak" or "pasokan"
    """
    if mode == "jarak":
        return w.t("Jarak yang dihemat ke {layanan} bila boleh lintas batas", layanan=noun(w, service_id))
    return w.t("Perubahan ketersediaan {layanan} bila boleh lintas batas", layanan=noun(w, service_id))


def legend_note(w: Words, data: Dataset, result: OpenBorder, mode: str) -> str:
    """What the map shows, in which unit, of which year and source.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    mode : "jarak" or "pasokan"
    """
    meaning = (
        w.t("Meter yang dihemat rata-rata penduduk kelurahan bila boleh lintas batas; makin gelap makin banyak.")
        if mode == "jarak"
        else w.t("Perubahan ketersediaan layanan per penduduk; cokelat berkurang, biru bertambah.")
    )
    return w.t(
        "{arti} Arsir: kelasnya belum pasti atau belum ada data. Tahun {tahun}; cara: perhitungan dari titik, garis lurus. Sumber: {sumber}",
        arti=meaning,
        tahun=list_years(w, result),
        sumber=md(captions.shorts(w, data, result.sources)),
    )
