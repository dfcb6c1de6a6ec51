"""The pieces of the page Mode rapat: the stage in the browser, which slides in which order, and whose address the QR code names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pandas as pd
import streamlit as st

from data.tables import Dataset
from records.citizen_reports import reading as reports_reading
from records.proposals import reading
from views.exports.files import meeting as files_meeting
from views.language import link_names
from views.language import names as language_names
from views.language.escape import md
from views.language.words import Language, Words
from views.link import context, office
from views.link.context import Session
from views.link.kinds import origin
from views.link.parameters import sectors
from views.link.reading import Values
from views.link.results import kept
from views.meeting.files import request_of
from views.story import on_record, projector
from views.story.projector import Meeting
from views.story.story import MOST_PLACES
from views.topics.citizen_reports import state as reports_state
from views.topics.map.screen import unit_labels
from views.topics.proposals import state as proposals_state

# Streamlit runs what stands here as a module of its own, so the script of ours is fetched by its full address.
_LOADER = """
export default function (component) {
  let gone = false;
  let end = () => {};
  import(new URL("app/static/meeting/meeting.js?v=%s", document.baseURI).href)
    .then((stage) => stage.mount(component.parentElement, component.key, component.data))
    .then((away) => { if (gone) away(); else end = away; });
  return () => { gone = true; end(); };
}
"""


ASKED = "rapat alamat diminta"


@dataclass(frozen=True)
class Choice:
    """What is shown: sectors and kelurahan of the story, and where the QR codes lead.

    Attributes
    ----------
    sectors, kelurahan
        Ids and codes, in their order.
    address
        Where the QR codes lead, "" where nobody knows.
    asked
        A foreign address that the link asks for and that the presenter has not allowed, "" without one.
    """

    sectors: tuple[str, ...]
    kelurahan: tuple[str, ...]
    address: str
    asked: str = ""


@kept(16)
def _meeting_of(
    data: Dataset, corridor: str, language: Language, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date,
    stamp: int = 0, reported: int = 0,
) -> Meeting:  # fmt: skip
    """The slides with their pictures, drawn once a process; `stamp` and `reported` are those of the records that some tell of."""
    request = request_of(data, corridor, language, sectors, kelurahan, made)
    told = on_record.slide(
        request.words, data, request.corridor, proposals_state.met(data, corridor), request.story.places
    )
    reported_now, places = reports_state.found(data, corridor), reports_state.places(data, corridor)
    heard = on_record.reports_slide(
        request.words, data, request.corridor, reported_now.listed, reported_now.sides, places, request.story.places
    )
    return projector.prepare(request, [one for one in (told, heard) if one is not None])


@kept(16)
def _sent(_told: Meeting, language: Language, address: str, own_query: tuple[tuple[str, str], ...], key: str) -> str:
    return projector.sent(Words(language), _told, address, own_query)


def chosen(session: Session, values: Values) -> Choice:
    """Sectors, kelurahan and address of the link; a foreign address waits until the presenter allows it."""
    own, known = office.address_of(st.context.url, projector.PAGE), office.addresses()
    address = values[link_names.ADDRESS]
    if link_names.ADDRESS in values.arrived and address and address not in {*known, origin(own)}:
        st.session_state[ASKED] = address
        context.put(session, "rapat", link_names.ADDRESS, "")
        address = ""
    elif address:
        st.session_state.pop(ASKED, None)
    return Choice(
        tuple(values[link_names.SECTORS]),
        tuple(values[link_names.PLACES]),
        address or (known[0] if known else own),
        st.session_state.get(ASKED, ""),
    )


def shown(session: Session, choice: Choice, values: Values) -> Meeting:
    """The meeting in the chosen order, or whole while the order is being put together; drawn once with a sentence.

    Parameters
    ----------
    session : language, data and border of this run
    choice : what is shown
    values : parameters of the page; those of the sequence are added
    """
    w = session.words
    with st.spinner(w.t("Menyiapkan slaid dan gambarnya …"), show_time=True):
        told = _all_slides(session, choice)
    ids = [slide.id for slide in told.slides]
    context.offer(session, "rapat", values, {link_names.SLIDES: ids})
    names = values[link_names.SLIDES] or ids
    return replace(projector.arranged(told, names), warning=_qr_warning(w, choice))


def _all_slides(session: Session, choice: Choice) -> Meeting:
    return _meeting_of(
        session.data, session.corridor.id, session.words.language, choice.sectors, choice.kelurahan, context.today(),
        reading.stamp(), reports_reading.mark()[1],
    )  # fmt: skip


def _qr_warning(w: Words, choice: Choice) -> str:
    """What must be known of the address in the QR codes, "" where nothing."""
    if choice.address and projector.this_computer(choice.address):
        return w.t("Kode QR ini hanya membuka di komputer ini: alamatnya belum alamat kantor.")
    return ""


def own_query(session: Session) -> tuple[tuple[str, str], ...]:
    """Parameters that open this meeting again."""
    kept = {
        n: st.query_params[n]
        for n in (link_names.SECTORS, link_names.PLACES, link_names.SLIDES)
        if n in st.query_params
    }
    return tuple(context.link(session, kept).items())


@cache
def _stage() -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component("tapal_rapat", js=_LOADER % files_meeting.version(), isolate_styles=False)


def draw_stage(session: Session, told: Meeting, choice: Choice) -> None:
    """The slides with the button that fills the screen.

    Parameters
    ----------
    session : language, data and border of this run
    told : the meeting in its order
    choice : what is shown, and where the QR codes lead
    """
    ids = ";".join(slide.id for slide in told.slides)
    key = f"{session.data.version} {told.corridor} {choice.sectors} {choice.kelurahan} {context.today()} {ids} {told.warning} {reading.stamp()} {reports_reading.mark()[1]}"
    _stage()(data=_sent(told, session.words.language, choice.address, own_query(session), key), key="rapat")


def draw_sequence(session: Session, choice: Choice) -> None:
    """Which slides, in which order."""
    w = session.words
    titles = {slide.id: slide.title for slide in _all_slides(session, choice).slides}
    st.multiselect(
        w.t("Slaid, menurut urutan memilihnya"),
        list(titles),
        format_func=titles.__getitem__,
        key=link_names.SLIDES,
        placeholder=w.t("Semua slaid"),
        select_all=False,
        wrap=True,
    )


def draw_choices(session: Session, choice: Choice, told: Meeting) -> None:
    """Sectors, kelurahan, address, and the file.

    Parameters
    ----------
    session : language, data and border of this run
    choice : what is shown now
    told : the meeting, for the file
    """
    w, data = session.words, session.data
    names = language_names.sector_names(w)
    st.multiselect(
        w.t("Sektor"),
        sectors(data),
        format_func=names.__getitem__,
        key=link_names.SECTORS,
        placeholder=w.t("Semua sektor"),
        select_all=False,
    )
    labels = unit_labels(data)
    st.multiselect(
        w.t("Profil kelurahan"),
        list(data.units("kelurahan", session.corridor.sides).index),
        format_func=labels.__getitem__,
        key=link_names.PLACES,
        max_selections=MOST_PLACES,
        placeholder=w.t("Yang paling membutuhkan di tiap sisi"),
        select_all=False,
    )
    st.text_input(
        w.t("Alamat kantor untuk kode QR"),
        key=link_names.ADDRESS,
        placeholder=choice.address or "https://",
        help=w.t("Isi bila peserta membuka Tapal lewat alamat lain, misalnya https://tapal.kota.go.id."),
    )
    st.caption(_qr_note(w, choice))
    if choice.asked:
        st.warning(
            w.t(
                "Tautan yang Anda buka meminta agar kode QR membuka `{alamat}`. Pakai hanya bila Anda mengenal alamat itu.",
                alamat=choice.asked,
            ),
            icon=":material/link_off:",
        )
        st.button(w.t("Pakai alamat itu"), on_click=context.assign, args=(link_names.ADDRESS, choice.asked))
    st.download_button(
        w.t("Unduh rapat (satu berkas HTML)"),
        lambda: files_meeting.make(w, told, choice.address, own_query(session)),
        file_name=f"rapat-{told.corridor}-{context.today():%Y%m%d}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
        help=w.t("Dibuka tanpa server dan tanpa jaringan; tombol papan ketiknya sama."),
    )


def _qr_note(w: Words, choice: Choice) -> str:
    """Where the QR codes lead."""
    if not choice.address:
        return w.t("Alamat aplikasi tidak diketahui, jadi tidak ada kode QR.")
    if projector.this_computer(choice.address):
        return w.t(
            "Kode QR membuka `{alamat}`, yang hanya ada di komputer ini. Isi alamat kantor agar peserta dapat membukanya.",
            alamat=choice.address,
        )
    return w.t("Kode QR membuka `{alamat}`.", alamat=choice.address)


def table(w: Words, told: Meeting) -> pd.DataFrame:
    """The slides as text: number, title, sentence, and unit, year and source."""
    return pd.DataFrame(
        [(number, s.title, s.lead, " ".join(s.credit)) for number, s in enumerate(told.slides, start=1)],
        columns=[w.t("Slaid"), w.t("Judul"), w.t("Kalimat"), w.t("Satuan, tahun dan sumber")],
    )


def keys(w: Words) -> str:
    """The keys, as a list."""
    return "\n".join(f"- **{md(key)}** – {meaning}" for key, meaning in projector.keys(w))


def method(w: Words) -> str:
    """How the meeting is made and what it needs."""
    return w.t(
        "- Kalimat dan angka sama dengan halaman asalnya; gambar dibuat sekali dan dikirim sekali, jadi rapat berjalan terus "
        "walau sambungan putus.\n"
        "- Catatan penyaji memuat cara menghitung, sumber, tingkat dan mutu tiap slaid, serta jam lima belas menit. Bila peramban "
        "menolak jendela kedua, catatan tampil di bawah slaid.\n"
        "- Kode QR di slaid pertama membuka rapat ini; tombol Q membuka kode QR tampilan yang sedang dibahas.\n"
        "- Berkas HTML memuat semuanya dan tidak meminta apa pun dari jaringan."
    )
