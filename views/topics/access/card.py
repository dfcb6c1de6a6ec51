"""The card beside the map of access: the chosen kelurahan, and those whose nearest service lies across the line."""

from __future__ import annotations

import streamlit as st

from analysis.access.result import OpenBorder, crossers
from analysis.access.services import OFFICE, Service
from data.catalogue import Corridor
from data.tables import Dataset
from geo.distances import minutes
from views.language import link_names, sentences
from views.language.escape import md
from views.language.words import Words
from views.link import results
from views.link.context import Session
from views.topics.access.words import noun, place_name, ratio_text, saved_text
from views.topics.map import screen as map_screen
from views.topics.map import words as map_words

MOST_LISTED = 12


def draw_card(
    session: Session, service: Service, result: OpenBorder, chosen: str | None, assumed: dict[str, float]
) -> None:
    """The chosen kelurahan, and by name those whose nearest service lies across the line.

    Parameters
    ----------
    session : language, data and border of this run
    service : which may be used across the line
    result : of the open border
    chosen : kode of a kelurahan, None for none
    assumed : detour factor and speeds (km/h) by their keys in the link
    """
    w, data = session.words, session.data
    with st.container(border=True):
        if chosen is not None:
            _draw_unit(session, result, chosen, assumed)
        what = noun(w, service.id)
        for side in result.side if result.computable else ():
            name = sentences.kabkota_name(data, side.kode_kabkota)
            rows = crossers(result, side.kode_kabkota)
            if not side.known:
                st.markdown(w.t("**{sisi}**: belum ada data.", sisi=name))
                continue
            st.markdown(
                w.t(
                    "**{sisi}: {n} kelurahan/desa dengan {layanan} terdekat di seberang** (bagi sekurangnya separuh wilayahnya)",
                    sisi=name,
                    n=w.number(len(rows)),
                    layanan=what,
                )
            )
            if far := _farthest(w, data, session.corridor, result, side.kode_kabkota, assumed):
                st.markdown(far)
            lines = [
                f"- {place_name(data, str(k))}: {saved_text(w, row)}" for k, row in rows.head(MOST_LISTED).iterrows()
            ]
            if len(rows) > MOST_LISTED:
                lines.append(
                    "- " + w.t("dan {n} lainnya, lihat tabel data lengkap", n=w.number(len(rows) - MOST_LISTED))
                )
            if lines:
                st.markdown("\n".join(lines))
        if not result.computable:
            return
        st.caption(
            w.t(
                "Meter lebih dekat, rata-rata penduduk; kisaran 5–95 % bila sebagian fasilitas hanya diketahui wilayahnya."
            )
        )
        if service.id == OFFICE:
            st.markdown(_office_text(w))
        if len(result.areas):
            st.markdown(_areas_text(w, data, result))


def _draw_unit(session: Session, result: OpenBorder, kode: str, assumed: dict[str, float]) -> None:
    w, data = session.words, session.data
    row = result.table.loc[[kode]].iloc[0]
    share, supply_closed, supply_open = (float(row[c]) for c in ("crossing_share", "supply_closed", "supply_open"))
    st.markdown(f"**{md(map_screen.unit_label(data, kode))}**")
    closed, opened, ratio = (float(row[c]) for c in ("closed_median", "open_median", "supply_ratio"))
    if opened != opened:
        st.markdown(w.no_data)
        return

    def distance(value: float, bound: bool) -> str:
        walk = minutes(value, assumed["memutar"], assumed["jalan_kaki"])
        ride = minutes(value, assumed["memutar"], assumed["motor"])
        return w.t(
            "{jarak} ({jalan} menit jalan kaki, {motor} menit naik motor)",
            jarak=sentences.at_most(w.km(value, 2), bound),
            jalan=w.number(walk),
            motor=w.number(ride),
        )

    lines = [
        w.t("Hanya layanan sendiri: {jarak}", jarak=distance(closed, False)),
        w.t("Boleh lintas batas: {jarak}", jarak=distance(opened, bool(row["open_bound"]))),
        w.t("Lebih dekat: {meter}", meter=saved_text(w, row)),
        w.t("Terdekat di seberang bagi {bagian} wilayahnya.", bagian=w.percent(share)),
    ]
    if ratio == ratio:
        lines.append(
            w.t(
                "Ketersediaan layanan per 10.000 jiwa: {tutup} → {buka} ({selisih}).",
                tutup=w.number(supply_closed, 2),
                buka=w.number(supply_open, 2),
                selisih=ratio_text(w, ratio),
            )
        )
    st.markdown("\n".join(f"- {line}" for line in lines))


def _farthest(
    w: Words, data: Dataset, corridor: Corridor, result: OpenBorder, side: str, assumed: dict[str, float]
) -> str:
    """The kelurahan at the line that is farthest from its own service, and whose is nearest there; "" for none.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : of an open border
    side : kabkota of the kelurahan
    assumed : detour and speeds by their keys in the link
    """
    known = result.table.loc[result.table.index.intersection(data.border(corridor).at_line().index), "closed_median"]
    known = known[known.index.str.startswith(side)].dropna()
    if known.empty:
        return ""
    kode = str(known.idxmax())
    speeds = {link_names.ASSUMPTIONS[name]: value for name, value in assumed.items()}
    found = results.nearest_services(data, corridor.id, kode)
    rows = {name: (own, across) for name, own, across in map_words.service_rows(w, data, corridor, found, speeds)}
    if noun(w, result.service) not in rows:
        return ""
    own, across = rows[noun(w, result.service)]
    return w.t(
        "Terjauh di garis batas: **{nama}**. Milik sendiri {sendiri}; di seberang {seberang}.",
        nama=place_name(data, kode),
        sendiri=md(own),
        seberang=md(across),
    )


def _office_text(w: Words) -> str:
    """What opening an office can mean."""
    return w.t(
        "Warga dilayani kantor kelurahannya sendiri: membuka kantor hanya berarti bila perjanjian menyebutnya. Di sini kantor mana "
        "pun di kabupaten/kota sendiri dihitung; yang tercatat hanya Bekasi, Depok dan Cilegon."
    )


def _areas_text(w: Words, data: Dataset, result: OpenBorder) -> str:
    """The facilities of which only an area is known: how many, and by name while they are few."""
    parts = []
    for kode, rows in result.areas.groupby("operator"):
        names = [md(str(name)) for name in rows["name"] if name]
        few = 0 < len(names) <= MOST_LISTED
        fields = {
            "n": w.number(len(rows)),
            "layanan": noun(w, result.service),
            "sisi": sentences.kabkota_name(data, str(kode)),
            "daftar": w.listing(names),
        }
        parts.append(
            w.t("{n} {layanan} {sisi} hanya diketahui wilayahnya: {daftar}.", **fields)
            if few
            else w.t("{n} {layanan} {sisi} hanya diketahui wilayahnya.", **fields)
        )
    return " ".join(parts)
