"""The pieces of the page Mode rapat: the stage in the browser, which slides in which order, and whose address the QR code names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pandas as pd
import streamlit as st

from views.exports.files import meeting as files_meeting
from views.language import link_names
from views.language import names as language_names
from views.language.escape import md
from views.language.words import Language, Words
from views.link import office, session
from views.link.session import Session
from views.meeting import materials
from views.meeting.files import request_of
from views.story import projector, story
from views.story.projector import Meeting
from views.topics.map.screen import unit_labels

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


@st.cache_resource(max_entries=16, show_spinner=False)
def meeting_of(
    corridor: str, language: Language, sectors: tuple[str, ...], kelurahan: tuple[str, ...], made: date
) -> Meeting:
    """The slides with their pictures, drawn once a process."""
    return projector.prepare(request_of(corridor, language, sectors, kelurahan, made))


@st.cache_resource(max_entries=16, show_spinner=False)
def _sent(_told: Meeting, language: Language, address: str, own_query: tuple[tuple[str, str], ...], key: str) -> str:
    return projector.sent(Words(language), _told, address, own_query)


def choose(now: Session) -> Choice:
    """Sectors, kelurahan and address of the link, checked; call it before the widgets are drawn."""
    w, data = now.words, now.data
    sectors = materials.several(
        link_names.SECTORS,
        materials.sector_options(now),
        (),
        len(materials.sector_options(now)),
        lambda bad: w.t("Sektor “{nama}” tidak dikenal.", nama=md(bad)),
    )
    places = materials.several(
        link_names.PLACES,
        list(data.units("kelurahan", now.corridor.sides).index),
        (),
        story.MOST_PLACES,
        lambda bad: w.t("Kode wilayah “{kode}” tidak ada di koridor ini.", kode=md(bad)),
    )
    own = projector.address_of(st.context.url)
    known = office.addresses()
    asked = _asked({*known, projector.origin(own)})
    typed = "" if asked else _typed(w)
    return Choice(sectors, places, typed or (known[0] if known else own), asked)


def _asked(known: Collection[str | None]) -> str:
    """The address that the link brought and that is neither known nor allowed by the presenter, "" without one."""
    name, state = link_names.ADDRESS, st.session_state
    remembered = state.get(f"url {name}", "")
    found = projector.origin(st.query_params.get(name, "")) or ""
    untouched = state.get(name, remembered) == remembered
    return found if found and found not in known and found != remembered and untouched else ""


def _typed(w: Words) -> str:
    """The address that the presenter typed, "" where there is none that can be used."""
    name, state, key = link_names.ADDRESS, st.session_state, f"url {link_names.ADDRESS}"
    url, remembered = st.query_params.get(name, ""), state.get(key, "")
    text = state.get(name, remembered)
    if url and url != remembered and text == remembered:
        text = url
    found = projector.origin(text) or ""
    if text.strip() and not found:
        st.warning(
            w.t(
                "Alamat “{alamat}” tidak dipakai: yang diterima hanya http:// atau https:// dengan nama host, tanpa lainnya.",
                alamat=md(text[: link_names.LONGEST_ECHO]),
            ),
            icon=":material/link_off:",
        )
    state[name] = found or text[: projector.LONGEST_ADDRESS]
    state[key] = found
    if found:
        st.query_params[name] = found
    elif url:
        del st.query_params[name]
    return found


def sequence(w: Words, known: Sequence[str]) -> tuple[str, ...]:
    """The slides and their order, from the link or the widget; call it before the widget is drawn.

    An emptied widget stays empty, so that an order can be put together anew; until then all slides are shown.
    """
    name, state, key = link_names.SLIDES, st.session_state, f"url {link_names.SLIDES}"
    url, remembered = st.query_params.get(name, ""), state.get(key, "")
    picked = state.get(name)
    if url and url != remembered:
        picked, strange = projector.parse_sequence(url[:2000], known)
        if strange:
            st.warning(
                w.t(
                    "Slaid “{nama}” di tautan tidak dikenal dan dilewati.",
                    nama=md(strange[0][: link_names.LONGEST_ECHO]),
                ),
                icon=":material/link_off:",
            )
    elif picked is None:
        picked = projector.parse_sequence(remembered, known)[0]
    kept = [s for s in picked if s in known]
    state[name] = kept
    text = "" if kept == list(known) else ";".join(kept)
    state[key] = text
    if text:
        st.query_params[name] = text
    elif url:
        del st.query_params[name]
    return tuple(kept) or tuple(known)


def shown(now: Session, choice: Choice) -> Meeting:
    """The meeting in the chosen order; the first time it is drawn while a sentence says so."""
    w = now.words
    with st.spinner(w.t("Menyiapkan slaid dan gambarnya …"), show_time=True):
        told = _all_slides(now, choice)
    names = sequence(w, [slide.id for slide in told.slides])
    return replace(projector.arranged(told, names), warning=qr_warning(w, choice))


def _all_slides(now: Session, choice: Choice) -> Meeting:
    return meeting_of(now.corridor.id, now.words.language, choice.sectors, choice.kelurahan, session.today())


def qr_warning(w: Words, choice: Choice) -> str:
    """What must be known of the address in the QR codes, "" where nothing."""
    if choice.address and projector.this_computer(choice.address):
        return w.t("Kode QR ini hanya membuka di komputer ini: alamatnya belum alamat kantor.")
    return ""


def own_query(now: Session) -> tuple[tuple[str, str], ...]:
    """Parameters that open this meeting again."""
    kept = {
        n: st.query_params[n]
        for n in (link_names.SECTORS, link_names.PLACES, link_names.SLIDES)
        if n in st.query_params
    }
    return tuple(session.link(now, kept).items())


@cache
def _stage() -> st.components.v2.types.ComponentRenderer:
    return st.components.v2.component("tapal_rapat", js=_LOADER % files_meeting.version(), isolate_styles=False)


def draw_stage(now: Session, told: Meeting, choice: Choice) -> None:
    """The slides with the button that fills the screen."""
    ids = ";".join(slide.id for slide in told.slides)
    key = f"{told.corridor} {choice.sectors} {choice.kelurahan} {session.today()} {ids} {told.warning}"
    _stage()(data=_sent(told, now.words.language, choice.address, own_query(now), key), key="rapat")


def answer(w: Words, told: Meeting) -> str:
    """First line of the page."""
    return w.t(
        "{n} slaid untuk {menit} menit, sekitar {tiap} menit tiap slaid; data tahun {tahun}.",
        n=w.number(len(told.slides)),
        menit=w.number(projector.MINUTES),
        tiap=w.number(projector.MINUTES / len(told.slides), 1),
        tahun=told.years,
    )


def draw_sequence(now: Session, choice: Choice) -> None:
    """Which slides, in which order."""
    w = now.words
    titles = {slide.id: slide.title for slide in _all_slides(now, choice).slides}
    st.multiselect(
        w.t("Slaid, menurut urutan memilihnya"),
        list(titles),
        format_func=titles.__getitem__,
        key=link_names.SLIDES,
        placeholder=w.t("Semua slaid"),
        wrap=True,
    )


def draw_choices(now: Session, choice: Choice, told: Meeting) -> None:
    """Sectors, kelurahan, address, and the file."""
    w, data = now.words, now.data
    names = language_names.sector_names(w)
    st.multiselect(
        w.t("Sektor"),
        materials.sector_options(now),
        format_func=names.__getitem__,
        key=link_names.SECTORS,
        placeholder=w.t("Semua sektor"),
    )
    labels = unit_labels(data)
    st.multiselect(
        w.t("Profil kelurahan"),
        list(data.units("kelurahan", now.corridor.sides).index),
        format_func=labels.__getitem__,
        key=link_names.PLACES,
        max_selections=story.MOST_PLACES,
        placeholder=w.t("Yang paling membutuhkan di tiap sisi"),
    )
    st.text_input(
        w.t("Alamat kantor untuk kode QR"),
        key=link_names.ADDRESS,
        placeholder=choice.address or "https://",
        help=w.t("Isi bila peserta membuka Tapal lewat alamat lain, misalnya https://tapal.kota.go.id."),
    )
    st.caption(qr_note(w, choice))
    if choice.asked:
        st.warning(
            w.t(
                "Tautan yang Anda buka meminta agar kode QR membuka `{alamat}`. Pakai hanya bila Anda mengenal alamat itu.",
                alamat=choice.asked,
            ),
            icon=":material/link_off:",
        )
        st.button(w.t("Pakai alamat itu"), on_click=session.assign, args=(link_names.ADDRESS, choice.asked))
    st.download_button(
        w.t("Unduh rapat (satu berkas HTML)"),
        lambda: files_meeting.make(w, told, choice.address, own_query(now)),
        file_name=f"rapat-{told.corridor}-{session.today():%Y%m%d}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
        help=w.t("Dibuka tanpa server dan tanpa jaringan; tombol papan ketiknya sama."),
    )


def qr_note(w: Words, choice: Choice) -> str:
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
