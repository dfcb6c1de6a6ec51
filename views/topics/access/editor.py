"""The scenario editor of the page on access: add a facility, close or move one, take a change back."""

from __future__ import annotations

import streamlit as st

from analysis.access.result import OpenBorder
from analysis.access.services import Service
from analysis.scenario.changes import MOST_CHANGES, Change
from data.tables import Dataset
from views.language import names as language_names
from views.language import sentences
from views.language.escape import md
from views.language.words import Words
from views.link import results, scenario
from views.link.context import Session
from views.topics.access.words import noun
from views.topics.map import screen as map_screen

WAITING = "akses menunggu"
# Keys of the widgets; the owner is kept beside its widget, which goes with the fold.
OWNER = "akses milik"
KEPT_OWNER = "akses pemilik"
MIDDLE = "akses tengah"
PICKED = "akses fasilitas"


def draw(session: Session, service: Service, row: st.delta_generator.DeltaGenerator, result: OpenBorder) -> None:
    """Add by map click or by kelurahan, close or move one of a list, take a change back.

    Parameters
    ----------
    session : language, data and border of this run
    service : whose facilities are changed
    row : container in which its button stands
    result : of the open border, with the scenario; its facilities can be closed or moved
    """
    w, data = session.words, session.data
    # Hundreds of names cost time and bytes: they are sent when the fold is open.
    fold = row.popover(w.t("Skenario"), icon=":material/add_location_alt:", key="scenario-fold", on_change="rerun")
    if not fold.open:
        return
    with fold:
        what = noun(w, service.id)
        changes = scenario.changes(data, service.kinds)
        if scenario.full():
            st.caption(w.t("Paling banyak {batas} perubahan.", batas=w.number(MOST_CHANGES)))
        else:
            _add_controls(session, service, what)
            _change_controls(session, service, what, result)
        for number, change in enumerate(changes):
            line = st.container(horizontal=True, vertical_alignment="center")
            line.markdown(_change_text(w, data, change))
            line.button(
                w.t("Batalkan"),
                key=f"akses batal {number}",
                on_click=scenario.take_back,
                args=(session, service.kinds, number),
                icon=":material/undo:",
            )
        if changes:
            st.page_link(
                "pages/akses.py",
                label=w.t("Tautan ke skenario ini"),
                icon=":material/link:",
                query_params={k: str(v) for k, v in st.query_params.items()},
            )


def _add_controls(session: Session, service: Service, what: language_names.Noun) -> None:
    w, data = session.words, session.data
    sides = [k for k in session.corridor.sides if k in results.kabkota_with_list(data, service.id)]
    if not sides:
        st.caption(w.t("Daftar {layanan} belum ada, jadi skenario belum dapat dihitung.", layanan=what))
        return
    names = {k: str(data.kabkota.at[k, "nama"]) for k in sides}
    st.selectbox(w.t("Milik"), sides, format_func=names.__getitem__, key=OWNER)
    st.button(
        w.t("Tambah {layanan}: klik tempatnya di peta", layanan=what),
        on_click=_wait,
        args=(service.id, "tambah"),
        icon=":material/add_location:",
    )
    labels = map_screen.unit_labels(data)
    places = ["", *data.units("kelurahan", session.corridor.sides).index]
    st.selectbox(
        w.t("atau di tengah kelurahan"),
        places,
        format_func=lambda k: labels[k] if k else w.t("ketik nama…"),
        key=MIDDLE,
        on_change=_add_in_middle,
        args=(session, service),
    )


def _change_controls(session: Session, service: Service, what: language_names.Noun, result: OpenBorder) -> None:
    w = session.words
    shown = result.facilities
    shown = shown[(shown["state"] == "") & shown["operator"].isin(session.corridor.sides)].sort_values("name")
    place = session.data.kabkota["nama"].to_dict()
    names = {str(i): f"{n} – {place[k]}" for i, n, k in zip(shown.index, shown["name"], shown["operator"], strict=True)}
    open_ids = set(shown.index[shown["used"]])
    st.selectbox(
        w.t("Tutup atau pindahkan {layanan}", layanan=what),
        ["", *names],
        format_func=lambda i: names[i] if i else w.t("ketik nama…"),
        key=PICKED,
    )
    picked = st.session_state.get(PICKED) or ""
    pair = st.container(horizontal=True)
    pair.button(
        w.t("Tutup"),
        disabled=picked not in open_ids,
        on_click=scenario.put,
        args=(session, Change("tutup", id=picked)),
        icon=":material/block:",
    )
    pair.button(
        w.t("Pindahkan: klik tempat barunya di peta"),
        disabled=not picked,
        on_click=_wait,
        args=(service.id, picked),
        icon=":material/move_location:",
    )


def _change_text(w: Words, data: Dataset, change: Change) -> str:
    """One change in words."""
    if change.action == "tambah":
        return w.t(
            "Baru: {jenis} milik {kabkota}",
            jenis=language_names.kind_names(w)[change.kind],
            kabkota=sentences.kabkota_name(data, change.operator),
        )
    name = md(str(data.facilities.at[change.id, "name"]))
    return w.t("Tutup: {nama}", nama=name) if change.action == "tutup" else w.t("Pindah: {nama}", nama=name)


def waiting(session: Session, service: Service) -> str:
    """What the next click on the map sets: "tambah", the id of a facility, or nothing; a line says so.

    Parameters
    ----------
    session : language, data and border of this run
    service : whose facilities are changed
    """
    asked, what = st.session_state.get(WAITING, ("", ""))
    what = what if asked == service.id else ""
    w, facilities = session.words, session.data.facilities
    scenario.draw_refusal()
    if not what:
        return ""
    line = st.container(horizontal=True, vertical_alignment="center")
    if what in facilities.index:
        line.markdown(w.t("**Klik tempat baru {nama} di peta.**", nama=md(str(facilities.at[what, "name"]))))
    else:
        line.markdown(w.t("**Klik tempat yang baru di peta.**"))
    line.button(w.t("Tidak jadi"), on_click=_wait, args=("", ""), key="akses tidak jadi")
    return what


def placed(session: Session, service: Service, lon: float, lat: float) -> None:
    """Take a click on the map as the place of the facility that waits for one.

    Parameters
    ----------
    session : language, data and border of this run
    service : whose facilities are changed
    lon, lat : degrees of the click
    """
    _, what = st.session_state.pop(WAITING, ("", ""))
    if what in session.data.facilities.index:
        scenario.put(session, Change("pindah", id=what, lon=lon, lat=lat))
    elif what:
        scenario.put(session, Change("tambah", kind=service.kinds[0], operator=_owner(session), lon=lon, lat=lat))


def _owner(session: Session) -> str:
    chosen = st.session_state.get(KEPT_OWNER) or session.corridor.sides[0]
    return chosen if chosen in session.corridor.sides else session.corridor.sides[0]


def _wait(service: str, what: str) -> None:
    # The fold closes with the click on the map and takes its widgets along.
    st.session_state[KEPT_OWNER] = st.session_state.get(OWNER)
    st.session_state[WAITING] = (service, what)


def _add_in_middle(session: Session, service: Service) -> None:
    kode = st.session_state.get(MIDDLE)
    if kode:
        st.session_state[MIDDLE] = ""
        st.session_state[KEPT_OWNER] = st.session_state.get(OWNER)
        lon, lat = session.data.kelurahan.loc[kode, ["label_lon", "label_lat"]].astype(float)
        scenario.put(session, Change("tambah", kind=service.kinds[0], operator=_owner(session), lon=lon, lat=lat))
