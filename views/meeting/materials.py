"""The pieces of the page that makes files for a meeting: what to make, its progress, and giving it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from data.intake.packages import PackageError
from data.tables import Dataset
from views.language import link_names
from views.language import names as language_names
from views.language.words import LANGUAGES, Language, Words
from views.link import context
from views.link.context import Session
from views.link.parameters import sectors
from views.meeting.files import Template, Wish, file_of, request_of, together
from views.meeting.words import kind_names, kind_notes, refusal
from views.story.story import MOST_PLACES
from views.topics.map.screen import unit_labels

LANGUAGE_NAMES: Mapping[Language, str] = {"id": "Indonesia", "en": "English"}
# Files wait here until they are fetched, in the session of whoever asked for them and nowhere else.
READY = "bahan siap"
STOPPED = "bahan dihentikan"
REFUSED = "bahan ditolak"


def draw_choices(session: Session) -> None:
    """Sectors, kelurahan and kinds of file; the border stands above the page."""
    w = session.words
    names, kinds = language_names.sector_names(w), kind_names(w)
    st.pills(
        w.t("Sektor (kosong: semua)"),
        sectors(session.data),
        selection_mode="multi",
        format_func=names.__getitem__,
        key=link_names.SECTORS,
        wrap=True,
    )
    st.multiselect(
        w.t("Kelurahan/desa yang ditonjolkan (kosong: yang paling membutuhkan di tiap sisi)"),
        list(session.data.units("kelurahan", session.corridor.sides).index),
        format_func=unit_labels(session.data).__getitem__,
        key=link_names.PLACES,
        max_selections=MOST_PLACES,
        placeholder=w.t("ketik nama…"),
        select_all=False,
    )
    st.pills(
        w.t("Berkas"),
        list(kinds),
        selection_mode="multi",
        format_func=kinds.__getitem__,
        key=link_names.FILES,
        wrap=True,
    )


def draw_decks(session: Session, wish: Wish) -> None:
    """The deck in either language, one click each: it is made when somebody fetches it."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    for language in LANGUAGES:
        asked = replace(wish, language=language)
        row.download_button(
            session.words.t("Paparan (PPTX), {bahasa}", bahasa=LANGUAGE_NAMES[language]),
            partial(_deck, session.data, asked),
            file_name=f"tapal-{wish.corridor}-pptx-{language}.pptx",
            mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
            icon=":material/co_present:",
            key=f"bahan paparan {language}",
            on_click="ignore",
        )


def _deck(data: Dataset, wish: Wish) -> bytes:
    request = request_of(data, wish.corridor, wish.language, wish.sectors, wish.kelurahan, context.today())
    return next(iter(file_of(request, "pptx", wish.template).values()))


def draw_language(session: Session) -> Language:
    """The language of the files: that of the page until somebody chooses another."""
    chosen: Language = st.segmented_control(
        session.words.t("Bahasa berkas"),
        LANGUAGES,
        default=session.words.language,
        format_func=LANGUAGE_NAMES.__getitem__,
        key=f"bahan bahasa {session.words.language}",
        required=True,
    )
    return chosen


def draw_template(w: Words, kinds: Sequence[str]) -> Template | None:
    """The organisation's own deck as a template, checked; None without one, or with one that is refused in words."""
    if "pptx" not in kinds:
        return None
    given = st.file_uploader(
        w.t("Templat PowerPoint kantor Anda (.pptx, paling besar 10 MB); kosong: templat bawaan"),
        type="pptx",
        key="bahan templat",
        max_upload_size=10,
    )
    if given is None:
        return None
    content = given.getvalue()
    fault = _fault(content)
    if fault is None:
        return Template(given.name, content)
    if fault.code == "sibuk":
        _fault.clear(content)
    st.error(refusal(w, given.name, fault), icon=":material/block:")
    return None


@st.cache_data(max_entries=200, show_spinner=False)
def _fault(template: bytes) -> PackageError | None:
    """Why a template cannot be used; looked at once, however often the page runs."""
    # What makes decks takes a second to import.
    from views.exports.deck import check as deck_check

    try:
        deck_check.check_template(template)
    except PackageError as error:
        return error
    return None


def draw_kinds(w: Words, kinds: Sequence[str]) -> None:
    """What the chosen files are for."""
    names, notes = kind_names(w), kind_notes(w)
    st.markdown("\n".join(f"- **{names[k]}**: {notes.get(k, '')}" for k in kinds))


def draw_making(session: Session, wish: Wish) -> None:
    """The button that starts, the progress with the button that stops, and the files to fetch."""
    w, state = session.words, st.session_state
    if READY in state and state[READY][0] != wish:
        del state[READY]
        state.pop(REFUSED, None)
    start = st.button(w.t("Siapkan bahan"), icon=":material/build:", disabled=not wish.kinds, key="bahan mulai")
    if start:
        state.pop(REFUSED, None)
        place = st.empty()
        with place.container():
            _make(session, wish)
        place.empty()
    elif state.pop(STOPPED, False):
        st.info(w.t("Dihentikan; tidak ada berkas yang disimpan."), icon=":material/cancel:")
    if REFUSED in state:
        st.error(state[REFUSED], icon=":material/block:")
    if READY in state:
        _draw_files(w, wish)


def _stop() -> None:
    st.session_state[STOPPED] = True


def _make(session: Session, wish: Wish) -> None:
    """One file after the other; a click on the button to stop ends the run between two files."""
    w, names = session.words, kind_names(session.words)
    request = request_of(session.data, wish.corridor, wish.language, wish.sectors, wish.kelurahan, context.today())
    files: dict[str, bytes] = {}
    bar = st.progress(0.0, w.t("Menyiapkan…"))
    st.button(w.t("Hentikan"), on_click=_stop, icon=":material/stop_circle:", key="bahan henti")
    for number, kind in enumerate(wish.kinds):
        bar.progress(
            number / len(wish.kinds),
            w.t(
                "{n} dari {semua}: {nama}…",
                n=w.number(number + 1),
                semua=w.number(len(wish.kinds)),
                nama=names[kind],
            ),
        )
        try:
            files |= file_of(request, kind, wish.template)
        except PackageError as error:
            # A template that looks right may still be too much for a whole deck.
            st.session_state[REFUSED] = refusal(w, wish.template.name if wish.template else kind, error)
    bar.progress(1.0, w.t("Selesai."))
    if files:
        st.session_state[READY] = (wish, files)


def _given(name: str | None) -> None:
    """Forget what was fetched: one file, or all of them."""
    ready = st.session_state.get(READY)
    if ready is None:
        return
    if name is not None:
        ready[1].pop(name, None)
    if name is None or not ready[1]:
        del st.session_state[READY]


def _draw_files(w: Words, wish: Wish) -> None:
    files: dict[str, bytes] = st.session_state[READY][1]
    st.markdown(w.t("**Siap diunduh** – setiap berkas dihapus dari server begitu diunduh."))
    row = st.container(horizontal=True)
    if len(files) > 1:
        row.download_button(
            w.t("Semua (ZIP)"),
            together(files),
            file_name=f"tapal-{wish.corridor}-bahan-rapat.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click=_given,
            args=(None,),
            key="bahan semua",
        )
    for name, content in files.items():
        row.download_button(
            w.t(
                "{nama} · {kb} kB", nama=name.removeprefix(f"tapal-{wish.corridor}-"), kb=w.number(len(content) / 1000)
            ),
            content,
            file_name=name,
            icon=":material/download:",
            on_click=_given,
            args=(name,),
            key=f"bahan {name}",
        )


def method(w: Words) -> str:
    """Where the numbers come from, what the choices do, and what happens to the files."""
    return "\n".join(
        f"- {line}"
        for line in (
            w.t("Semua berkas dibuat dari hasil yang sama dengan halaman; angka, satuan, tahun dan sumbernya sama."),
            w.t(
                "Sektor menyaring indikator di setiap berkas; penduduk selalu ikut. Peringkat memakai bobot sama bagi sektor yang dipilih."
            ),
            w.t(
                "Berkas data memuat seluruh koridor; kelurahan/desa yang dipilih ditandai di dalamnya dan profilnya ditampilkan."
            ),
            w.t(
                "Berkas dibuat di memori sesi ini dan dihapus begitu diunduh, bila pilihan diubah, atau bila sesi berakhir."
            ),
            w.t("Tidak ada berkas yang memuat nama orang, alamat folder, atau rumus dari data."),
        )
    )
