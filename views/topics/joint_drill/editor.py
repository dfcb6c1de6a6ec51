"""Forms of the control room: open a drill, let phones in, set right what was pressed, and end it.

Nothing here decides who may write: the functions of `records.drills` do, at every call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import streamlit as st

from analysis.fire.drill import Incident
from analysis.fire.live_drill import MOST_PLACES, OFFICE_TIME, STEPS, Drill, Kind, Place, Station, log
from analysis.fire.live_drill import clock as clock_of
from analysis.scenario.placing import in_indonesia, kelurahan_of
from records.database import ConflictError
from records.drills import reading, store
from records.drills.store import DrillEntryError
from records.models import Role, now
from records.permissions import Actor, ForbiddenError
from views.figures import qr
from views.language import link_names
from views.language.escape import md
from views.language.words import Words
from views.link.context import Session
from views.link.office import address_of, addresses
from views.topics.drill import phone
from views.topics.drill import screen as simulation
from views.topics.drill import words as simulation_words
from views.topics.fire import state as fire_state
from views.topics.fire import words as fire_words
from views.topics.fire.choices import FireState
from views.topics.joint_drill import tables, words

PAGE: Final = "latihan_bersama"
_SAID: Final = "latihan tersimpan"
_PLACE: Final = re.compile(r"\s*(-?\d{1,2}[.,]\d{1,8})\s*[;,\s]\s*(\d{2,3}[.,]\d{1,8})\s*", re.ASCII)
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?", re.ASCII)


def may_lead(actor: Actor, parties: Sequence[str]) -> bool:
    """Tell whether somebody is shown the forms; whether they may write is asked again at every call."""
    return bool(actor.kabkota(Role.EDITOR) & set(parties))


def said() -> None:
    """What was saved just now."""
    if text := st.session_state.pop(_SAID, None):
        st.success(text, icon=":material/check:")


def new(session: Session, actor: Actor, state: FireState, values: Mapping[str, Any], unfold: bool) -> None:
    """The form that opens a drill.

    Parameters
    ----------
    session, state, values : of this run
    actor : who is signed in
    unfold : whether it stands open
    """
    w = session.words
    count, seed = int(values[link_names.INCIDENTS]), values[link_names.SEED]
    found = simulation.places(session.data, state, count, seed)
    with st.expander(w.t("Buka latihan baru"), icon=":material/add:", expanded=unfold):
        simulation.incident_controls(session, seed)
        with st.form("latihan baru"):
            title = st.text_input(w.t("Nama latihan"), max_chars=120)
            names = {p.number: simulation_words.place_name(session.data, p) for p in found}
            chosen = st.multiselect(
                w.t("Kejadian contoh yang dimainkan"), list(names),
                default=list(names)[:1], format_func=lambda n: f"{n}: {names[n]}", placeholder=w.t("pilih kejadian"),
            )  # fmt: skip
            left, right = st.columns(2)
            own = left.text_input(w.t("Tempat lain (nama)"), max_chars=80)
            where = right.text_input(w.t("Koordinat tempat lain"), placeholder="-6.3742, 106.9187", max_chars=40)
            hours = st.number_input(w.t("Ditutup sendiri sesudah (jam)"), 1, 24, 3)
            st.caption(w.t("Semua pos kedua sisi dalam daftar ikut ditawarkan kepada peserta."))
            sent = st.form_submit_button(w.t("Buka latihan"))
    if not sent:
        return
    places = [
        Place(n, p.kode, names[p.number], p.lon, p.lat)
        for n, p in enumerate((p for p in found if p.number in chosen), 1)
    ]
    if where.strip() or own.strip():
        place = _own_place(session, own, where, len(places) + 1)
        if place is None:
            st.error(
                w.t(
                    "Koordinat tempat lain tidak terbaca, atau di luar kedua sisi. Tulis lintang lalu bujur, misalnya -6.3742, 106.9187."
                ),
                icon=":material/error:",
            )
            return
        places.append(place)
    sides = {side: fire_words.name_of(session.data, side) for side in session.corridor.sides}
    posts = [
        Station(p.id, p.operator, fire_words.post_name(session, p))
        for p in fire_state.drawn_of(session.data, state).posts
    ]
    posts = [p for p in posts if p.side in sides]
    moment = now()

    def act() -> str:
        closes = moment + timedelta(hours=int(hours))
        return str(store.open_drill(actor, sides, session.corridor.id, title, closes, places, posts, moment))

    _attempt(w, act, w.t("Latihan dibuka."))


def _own_place(session: Session, name: str, where: str, number: int) -> Place | None:
    """A place that was typed, None where it is none of the two sides."""
    found = _PLACE.fullmatch(where)
    if found is None:
        return None
    lat, lon = (float(part.replace(",", ".")) for part in found.groups())
    if not in_indonesia(lon, lat):
        return None
    kode = kelurahan_of([(lon, lat)], session.data.grid)[0]
    if kode[:5] not in session.corridor.sides:
        return None
    incident = Incident(number, kode, 0.0, 0.0, lon, lat)
    near = simulation_words.place_name(session.data, incident)
    return Place(number, kode, f"{name.strip()} – {near}" if name.strip() else near, lon, lat)


def _attempt(w: Words, act: Callable[[], str | None], done: str) -> None:
    """Write, and draw the page anew; or say why nothing was written.

    Parameters
    ----------
    w : language
    act : writes; what it returns is the drill to open
    done : what is said afterwards
    """
    try:
        opens = act()
    except DrillEntryError as error:
        st.error(_refusal(w, error), icon=":material/error:")
    except ForbiddenError:
        st.error(
            w.t("Anda tidak lagi berhak melakukan ini; masuk lagi bila perlu. Tidak ada yang disimpan."),
            icon=":material/lock:",
        )
    except ConflictError:
        st.warning(w.t("Orang lain sudah mengubah latihan ini; muat ulang halaman."), icon=":material/block:")
    else:
        st.session_state[_SAID] = done
        if opens:
            st.query_params[link_names.DRILL] = opens
        st.rerun()


def _refusal(w: Words, error: DrillEntryError) -> str:
    """Why something was not saved."""
    told = {
        ("title", "empty"): w.t("Nama latihan belum diisi."),
        ("title", "long"): w.t("Nama latihan terlalu panjang."),
        ("places", "empty"): w.t("Pilih paling sedikit satu kejadian."),
        ("places", "many"): w.t("Paling banyak {n} kejadian.", n=w.number(MOST_PLACES)),
        ("at", "order"): w.t("Jam itu di luar latihan: sebelum dibuka, atau belum terjadi."),
    }
    return told.get((error.field, error.reason), w.t("Isian ini tidak dapat dipakai; tidak ada yang disimpan."))


def lead(session: Session, actor: Actor, drill: Drill) -> None:
    """How phones get in, and the button that ends the drill.

    Parameters
    ----------
    session : language, data and border of this run
    actor : an editor of a side
    drill : that runs
    """
    w, code = session.words, reading.code_of(actor, drill.id)
    base = next(iter(addresses()), "") or address_of(st.context.url, PAGE)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        if base:
            link = f"{base}/latihan/{code}"
            st.html(qr.image(link, w.t("Kode QR untuk ikut latihan ini")), width=132)
        with st.container(width=430):
            st.markdown(
                w.t(
                    "Peserta membuka tautan ini di ponsel, atau {alamat} lalu mengetik kode:",
                    alamat=f"`{base}/latihan/gabung`",
                )
            )
            st.code(f"{code[:4]} {code[4:]}", language=None)
            if base:
                st.code(link, language=None)
            st.caption(w.t("Kode berlaku sampai {tutup}.", tutup=words.moment(w, drill.ends)))
        with st.popover(w.t("Tutup latihan"), icon=":material/stop_circle:"):
            st.markdown(
                w.t(
                    "Sesudah ditutup tidak ada lagi yang dapat ikut. Tekanan dari ponsel yang terputus masih diterima selama 24 jam."
                )
            )
            if st.button(w.t("Ya, tutup sekarang")):
                _attempt(w, lambda: store.close(actor, drill.id, drill.version, now()), w.t("Latihan ditutup."))


def correct(session: Session, actor: Actor, drill: Drill) -> None:
    """Cancel what was pressed by mistake, and add what was forgotten.

    Parameters
    ----------
    session : language, data and border of this run
    actor : an editor of a side
    drill : that runs or is over
    """
    w, kinds = session.words, phone.kinds(session.words)
    with st.expander(w.t("Perbaiki catatan"), icon=":material/edit:", key="perbaiki", on_change="rerun") as fold:
        if not fold.open:
            return
        _, participants, presses = reading.followed(actor, drill.id)
        known = {p.id: p for p in participants}
        lines = {e.press.id: e for e in tables.last_of(log(drill, presses))}

        def line(id_: str) -> str:
            e = lines[id_]
            return w.t(
                "{jam} {tekanan}: {nama}, kejadian {n}",
                jam=clock_of(e.at), tekanan=kinds[e.press.kind], nama=tables.shown_name(w, known.get(e.press.participant)),
                n=w.number(e.press.incident),
            )  # fmt: skip

        with st.form("batalkan tekanan", border=False):
            wrong = st.selectbox(
                w.t("Batalkan salah tekan"), list(lines), format_func=line, index=None, placeholder=w.t("pilih tekanan")
            )
            if st.form_submit_button(w.t("Batalkan tekanan ini")) and wrong:
                _attempt(w, lambda: store.cancel(actor, drill.id, wrong, now()), w.t("Tekanan dibatalkan."))
        with st.form("tambah tekanan", border=False):
            cells = st.columns(4)
            who = cells[0].selectbox(
                w.t("Peserta"),
                list(known),
                format_func=lambda k: tables.shown_name(w, known[k]),
                index=None,
                placeholder=w.t("pilih"),
            )
            where = cells[1].selectbox(w.t("Kejadian"), [p.number for p in drill.places])
            kind = cells[2].selectbox(w.t("Yang terlupa"), STEPS, format_func=kinds.__getitem__)
            clock = cells[3].text_input(w.t("Jam (WIB)"), placeholder="14:05:30", max_chars=8)
            if st.form_submit_button(w.t("Tambahkan")) and who is not None:
                at = moment_of(clock, drill)
                if at is None:
                    st.error(
                        w.t("“{nilai}” bukan jam; tulis misalnya 14:05:30.", nilai=md(clock)), icon=":material/error:"
                    )
                    return
                _attempt(
                    w,
                    lambda: store.add(actor, drill.id, who, where, Kind(kind), at, now()),
                    w.t("Tekanan ditambahkan."),
                )


def moment_of(clock: str, drill: Drill) -> datetime | None:
    """The moment of a clock time in a drill: on its first day, or the next where that would be before its opening.

    Parameters
    ----------
    clock : as typed, in the office's time
    drill : in which it happened

    Returns
    -------
    datetime or None
        In UTC; None for what is no time of day.
    """
    found = _CLOCK.fullmatch(clock.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    day = (drill.opened.astimezone(UTC) + OFFICE_TIME).replace(hour=0, minute=0, second=0, microsecond=0) - OFFICE_TIME
    at = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return at if at >= drill.opened.replace(microsecond=0) else at + timedelta(days=1)
