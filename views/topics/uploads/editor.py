"""Submitting a checked file, deciding about one as its second person, and the versions that are published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from data import held_boundaries
from data.intake.problems import FileError
from data.versions import COMPUTED, NOT_FOLLOWING
from records.models import Role
from records.permissions import Action, Actor, ForbiddenError, allowed
from records.uploads import reading, store
from records.uploads.entries import Submission, UploadError
from records.uploads.reading import Submitted
from records.uploads.tables import LONGEST_NOTE, Kind
from views.language import link_names
from views.language import versions as version_words
from views.language.escape import md
from views.link import context
from views.link.context import Session
from views.screen import account
from views.screen.map import draw
from views.screen.tables import folded, show_table
from views.topics.map.screen import geometry
from views.topics.uploads import boundaries, outline, places, spec, tables, words
from views.topics.uploads.boundaries import BoundariesOf
from views.topics.uploads.check import Checked, figures_of_rows, left_out
from views.topics.uploads.places import PlacesOf

SAID = "unggah pesan"
FIRST_DAY = date(1990, 1, 1)


def told() -> None:
    """What came of the last action."""
    if said := st.session_state.pop(SAID, None):
        (st.success if said[0] else st.error)(said[1])


def _do(session: Session, action: Callable[[Actor], str]) -> None:
    """Carry out an action as who is signed in now; what came of it is told in the next run."""
    w = session.words
    try:
        st.session_state[SAID] = (True, action(account.actor()))
    except UploadError as error:
        st.session_state[SAID] = (False, words.why_not(w, error))
    except ForbiddenError:
        text = w.t("Anda tidak boleh melakukan itu: perlu peran di kabupaten/kota itu, dan pemeriksa bukan pengajunya.")
        st.session_state[SAID] = (False, text)


def figures_map(session: Session, figures: pd.DataFrame, key: str) -> None:
    """Where a file changes what, where it speaks of kelurahan of this border.

    Parameters
    ----------
    session : language, data and border of this run
    figures : as of `views.topics.uploads.check.Checked`
    key : names the map on its page
    """
    sides = session.corridor.sides
    own = figures[figures["kode"].str.len().eq(13) & figures["kode"].str[:5].isin(sides)]
    if len(own):
        draw(spec.spec(session, own), geometry(session.data), key=key, height=spec.HEIGHT)


def draw_places(session: Session, found: PlacesOf, complete: bool, key: str, features: bool = False) -> None:
    """What a list of places makes of those that are shown, on the map and one by one.

    Parameters
    ----------
    session : language, data and border of this run
    found : the list
    complete : whether places that it does not name go
    key : names the map on its page
    features : whether its rows are features of a map file, counted from 1
    """
    w, data = session.words, session.now
    sides = session.corridor.sides
    if found.rows["kode"].str[:5].isin(sides).any():
        draw(places.spec(session, found, complete), geometry(session.data), key=key, height=spec.HEIGHT)
    show_table(w, tables.places_table(w, data, found.rows, features), alt=w.t("Tempat di daftar dan sekarang"))
    if complete and len(found.unnamed):
        st.markdown(w.t("**Tempat sekarang yang tidak disebut lagi**"))
        show_table(w, tables.unnamed_table(w, data, found.unnamed), alt=w.t("Tempat yang tidak disebut lagi"))


def draw_boundaries(session: Session, found: BoundariesOf) -> None:
    """What new boundaries change: drawn over the old ones, and as areas, overlaps, lengths and neighbours."""
    w, data = session.words, session.now
    if drawing := outline.drawing(w, data, found):
        st.html(drawing)
        st.html(outline.legend(w))
    show_table(w, tables.areas_table(w, data, found.areas), alt=w.t("Luas kelurahan/desa sekarang dan sesudahnya"))
    if len(found.held.pieces):
        st.markdown(w.t("**Tumpang tindih, celah, dan garis kabupaten/kota**"))
        pieces = tables.pieces_table(w, data, found.held.pieces)
        show_table(w, pieces, alt=w.t("Tumpang tindih dan celah dengan tetangga"))
    st.markdown(w.t("**Di garis perbatasan**"))
    moved = words.border_changes(w, data, found.at_border)
    if not len(found.at_lines) and not moved:
        st.caption(w.t("Panjang garis tiap kelurahan/desa dan daftar kelurahan perbatasan tidak berubah."))
    if moved:
        st.markdown(moved)
    if len(found.at_lines):
        show_table(w, tables.lines_table(w, data, found.at_lines), alt=w.t("Panjang garis dengan kabupaten/kota lain"))
    if len(found.neighbours):
        st.markdown(w.t("**Tetangga yang bertambah atau hilang**"))
        show_table(
            w, tables.neighbours_table(w, data, found.neighbours), alt=w.t("Tetangga yang bertambah atau hilang")
        )
    if len(found.held.places):
        st.caption(
            w.t(
                "{n} tempat berdiri di tanah yang berpindah; masing-masing tetap dihitung di kelurahan/desa yang disebut daftarnya.",
                n=w.number(len(found.held.places)),
            )
        )
    st.caption(words.bounds_rule(w))


def draw_submit(session: Session, name: str, content: bytes, state: dict[str, Any], checked: Checked) -> None:
    """The form with which an editor hands in a file that can be read as a whole.

    Parameters
    ----------
    session : language, data and border of this run
    name, content : of the file
    state : answers of who brings it: habits, codes, places, indicator, kind and complete
    checked : what the file is and would do
    """
    w, data, actor = session.words, session.now, account.actor()
    listed, bounds = checked.places, checked.boundaries
    brought = bounds.rows if bounds is not None else checked.figures if listed is None else listed.rows
    if checked.layout not in set(Kind) or brought.empty:
        return
    if checked.counts["refused"] or checked.counts["waiting"]:
        return
    if bounds is not None and not bounds.areas["changed"].any():
        st.caption(w.t("Tidak ada yang perlu diajukan: batasnya sama dengan yang sekarang."))
        return
    held = sorted(brought["kabkota"].unique() if "kabkota" in brought else {str(k)[:5] for k in brought["kode"]})
    mine = [code for code in held if code in actor.kabkota(Role.EDITOR)]
    st.markdown(w.t("#### Ajukan untuk diterbitkan"))
    if not mine:
        names = w.listing([data.kabkota_names.get(code, code) for code in held])
        st.caption(w.t("Yang dapat mengajukan berkas ini: pengisi {kabkota} yang sudah masuk.", kabkota=md(names)))
        return
    if listed is not None and state["complete"] is None:
        st.info(w.t("Jawab dahulu apakah daftarnya lengkap."), icon=":material/help:")
        return
    if listed is None and bounds is None and _computed(data.catalogue.indicators, checked.figures):
        st.error(words.why_not(w, UploadError("computed")), icon=":material/block:")
        return
    with st.form("unggah ajukan", border=True):
        kabkota = mine[0]
        if len(held) > 1:
            kabkota = st.selectbox(
                w.t("Baris kabupaten/kota mana yang diajukan? Baris lain tidak ikut."),
                mine,
                format_func=lambda code: data.kabkota_names.get(code, code),
            )
        day = st.date_input(
            w.t("Tanggal data (bukan tanggal unggah)"), None, FIRST_DAY, context.today(), format="DD/MM/YYYY"
        )
        note = st.text_input(w.t("Catatan: asal dan surat pengantarnya"), max_chars=LONGEST_NOTE)
        same = [s for s in reading.submitted(actor) if s.kind == checked.layout and s.kabkota in mine]
        open_ = {0: w.t("tidak, data baru")} | {
            s.key: _title(session, s) for s in same if s.state in ("waiting", "rejected", "published")
        }
        revises = st.selectbox(w.t("Memperbaiki pengajuan sebelumnya?"), list(open_), format_func=open_.__getitem__)
        sent = st.form_submit_button(w.t("Ajukan"), icon=":material/send:")
    if not sent:
        return
    if day is None:
        st.error(w.t("Isi tanggal datanya dahulu."))
        return
    if bounds is not None:
        rows: list[tuple[Any, ...]] = held_boundaries.rows_of(bounds.held, kabkota)
    elif listed is None:
        own = checked.figures[checked.figures["kode"].str[:5] == kabkota]
        rows = [
            (str(kode), str(indicator), float(value), None if pd.isna(year) else int(year))
            for kode, indicator, value, year in own[["kode", "indicator", "value", "year"]].itertuples(index=False)
        ]
    else:
        rows = places.rows_to_submit(listed, kabkota)
    submission = Submission(
        kind=Kind(checked.layout),
        kabkota=kabkota,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        day=day,
        note=note,
        mapping={key: state[key] for key in ("habits", "codes", "places", "indicator", "kind")}
        | ({} if listed is None else {"complete": bool(state["complete"])}),
        rows=rows,
        revises=revises or None,
    )

    def send(who: Actor) -> str:
        store.submit(who, submission, context.today())
        return w.t(
            "Diajukan. Sekarang orang kedua, pemeriksa {kabkota}, harus memeriksanya.",
            kabkota=md(_name(session, kabkota)),
        )

    _do(session, send)
    st.rerun()


def _computed(known: Any, figures: pd.DataFrame) -> set[str]:
    """Indicators of a file that nobody brings by themselves: computed ones and distances."""
    return {i for i in figures["indicator"].unique() if i in COMPUTED or (i in known and known[i].facility)}


def _name(session: Session, kabkota: str) -> str:
    return session.data.kabkota_names.get(kabkota, kabkota)


def _title(session: Session, one: Submitted) -> str:
    w = session.words
    return w.t(
        "{isi} {kabkota} per {tanggal}, {n} baris ({status})",
        isi=version_words.kind_names(w)[one.kind],
        kabkota=_name(session, one.kabkota),
        tanggal=w.date(one.day),
        n=w.number(one.count),
        status=words.state_names(w)[one.state],
    )


def draw_waiting(session: Session) -> None:
    """What waits for a second person, for the people of its kabkota."""
    w, actor = session.words, account.actor()
    waiting = [one for one in reading.submitted(actor) if one.state == "waiting"]
    if not waiting:
        return
    st.markdown(w.t("#### Menunggu pemeriksa"))
    options = {one.key: one for one in waiting}
    key = st.selectbox(
        w.t("Pengajuan"), list(options), format_func=lambda k: _title(session, options[k]), key="unggah menunggu"
    )
    one = options[key]
    st.caption(
        md(
            w.t(
                "Diajukan {orang} pada {tanggal}; berkas {berkas}, sidik {sidik}. {catatan}",
                orang=one.author,
                tanggal=w.date(version_words.day_of(one.at)),
                berkas=one.name,
                sidik=one.sha256[:12],
                catatan=one.note,
            )
        )
    )
    try:
        rows = reading.rows_of(actor, one.key)
    except UploadError as error:
        st.error(words.why_not(w, error), icon=":material/error:")
        return
    _draw_difference(session, one, rows)
    _draw_decision(session, actor, one)


def _draw_difference(session: Session, one: Submitted, rows: Sequence[Sequence[Any]]) -> None:
    """What the rows would change of what is shown now."""
    w, data = session.words, session.now
    if one.kind is Kind.PLACES:
        _draw_list(session, one, rows)
        return
    if one.kind is Kind.BOUNDARIES:
        _draw_bounds(session, one, rows)
        return
    figures, gone = figures_of_rows(data, rows), left_out(data, rows)
    counts = figures["change"].value_counts()
    names = words.status_names(w)
    parts = [
        w.t("{n} {status}", n=w.number(int(counts[name])), status=names[name])
        for name in ("new", "changed", "same")
        if name in counts
    ]
    st.markdown(
        w.t("**{n} angka: {rincian}.**", n=w.number(len(figures)), rincian=w.listing(parts))
        + " "
        + w.t(
            "{n} jauh dari nilai lama atau dari semua tetangga.",
            n=w.number(int((figures["far"] | figures["apart"]).sum())),
        )
        + (" " + words.left_out(w, len(gone)) if len(gone) else "")
    )
    figures_map(session, figures, f"unggahpeta{one.key}")
    show_table(w, tables.figures_table(w, data, figures), alt=w.t("Angka yang diajukan dan angka sekarang"))
    st.caption(words.far_rule(w))
    if len(gone):
        title = w.t("Angka sekarang yang tidak ada di berkas")
        fold = folded(title, "playlist_remove", "unggah menunggu hilang")
        if fold is not None:
            numbers = {s.key: s.number for s in reading.published()}
            show_table(w, tables.removed_table(w, data, gone, numbers.get(one.revises or 0)), alt=title, place=fold)


def _draw_list(session: Session, one: Submitted, rows: Sequence[Sequence[Any]]) -> None:
    """A submitted list beside the places of now, and how many distances it would make certain."""
    w, data = session.words, session.now
    found = places.of_stored(data, one.kabkota, rows)
    gone = len(found.unnamed) if one.complete else 0
    counts = {str(name): int(n) for name, n in found.rows["change"].value_counts().items()}
    st.markdown(words.list_summary(w, len(found.rows), counts, gone, one.complete))
    moment = datetime.now(UTC)
    newest = max((v.number for v in session.history), default=0)
    then = places.as_published(context.dataset(), session.history, one, rows, newest, moment)
    for name in places.distances_of(found):
        title = md(w.pick(data.catalogue.indicators[name].title))
        now, after = (places.uncertain(d, name, one.kabkota) for d in (data, then))
        st.markdown(
            w.t(
                "{indikator}: dari {semua} kelurahan/desa, {n} belum pasti atau belum ada data; sesudah terbit {m}.",
                indikator=title,
                semua=w.number(now[1]),
                n=w.number(now[0]),
                m=w.number(after[0]),
            )
        )
    draw_places(session, found, one.complete, f"unggahpeta{one.key}")


def _draw_bounds(session: Session, one: Submitted, rows: Sequence[Sequence[Any]]) -> None:
    """Submitted boundaries beside those of now, and what they contradict by now."""
    w, data = session.words, session.now
    try:
        found, wrong = boundaries.of_stored(data, rows)
    except FileError as error:
        st.error(words.refusal(w, error.problem), icon=":material/error:")
        return
    st.markdown(words.bounds_summary(w, found))
    if wrong:
        st.error(w.t("Batas ini bertentangan dengan batas yang berlaku sekarang; tolak dan minta perbaikannya."))
        shown = tables.problem_table(w, one.name, wrong, features=True)
        show_table(w, shown, alt=w.t("Yang bertentangan"))
    draw_boundaries(session, found)
    st.caption(md(words.bounds_follow(w, data)))
    # The first who opens the version shall not wait for what its verifier has seen already.
    newest = max((v.number for v in session.history), default=0)
    places.as_published(context.dataset(), session.history, one, rows, newest, datetime.now(UTC))


def _draw_decision(session: Session, actor: Actor, one: Submitted) -> None:
    """Publish or refuse, as a verifier; take back, as an editor."""
    w = session.words
    newest = max((v.number for v in session.history), default=0)

    def reason() -> str:
        return str(st.session_state.get("unggah alasan", ""))

    def publish(who: Actor) -> str:
        number = store.publish(who, one.key, one.rows_sha256, newest, reason())
        st.session_state["unggah versi"] = str(number)
        return w.t("Terbit sebagai versi {n}. Semua halaman dan berkas memakainya mulai sekarang.", n=str(number))

    def reject(who: Actor) -> str:
        store.reject(who, one.key, reason())
        return w.t("Ditolak; pengajunya dapat memperbaiki dan mengajukan lagi.")

    def cancel(who: Actor) -> str:
        store.cancel(who, one.key, reason())
        return w.t("Pengajuan dibatalkan.")

    may, own = allowed(actor, Action.VERIFY, one.kabkota), one.account == actor.account
    if may and own:
        st.info(
            w.t("Anda yang mengajukan berkas ini, jadi orang lain yang harus memeriksanya."), icon=":material/group:"
        )
    st.text_input(w.t("Catatan atau alasan"), key="unggah alasan", max_chars=LONGEST_NOTE)
    row = st.container(horizontal=True)
    if may and not own:
        row.button(
            w.t("Terbitkan"), on_click=_do, args=(session, publish), icon=":material/verified:",
            disabled=session.data.as_of is not None,
        )  # fmt: skip
        row.button(w.t("Tolak"), on_click=_do, args=(session, reject), icon=":material/block:")
    if allowed(actor, Action.EDIT, one.kabkota):
        row.button(w.t("Batalkan pengajuan"), on_click=_do, args=(session, cancel), icon=":material/undo:")


def draw_versions(session: Session) -> None:
    """The published versions: what each holds, the view as of it, and its withdrawal."""
    w, actor = session.words, account.actor()
    mine = {one.key: one for one in reading.submitted(actor)}
    versions = [mine.get(one.key, one) for one in reading.published()]
    st.markdown(w.t("#### Versi data kantor"))
    if not versions:
        st.caption(w.t("Belum ada data kantor yang terbit; semua angka berasal dari data bawaan Tapal."))
        return
    for number in session.data.unfit:
        st.warning(
            w.t(
                "Batas versi {n} tidak dipakai: bertentangan dengan batas yang berlaku sekarang, karena versi di bawahnya ditarik. Ajukan lagi.",
                n=str(number),
            ),
            icon=":material/warning:",
        )
    people = any(one.author for one in versions)
    show_table(w, tables.versions_table(w, session.data, versions, people), alt=w.t("Versi data kantor"))
    numbers = {str(one.number): one for one in versions}
    chosen = st.selectbox(
        w.t("Versi"), ["0", *numbers], index=1, format_func=lambda n: _version(session, n, numbers), key="unggah versi"
    )
    st.page_link(
        "pages/beranda.py",
        label=w.t("Buka Tapal per versi ini"),
        query_params=context.link(session, {link_names.AS_OF: chosen}),
        icon=":material/history:",
    )
    one = numbers.get(chosen)
    if one is None or one.state == "withdrawn" or not allowed(actor, Action.VERIFY, one.kabkota):
        return
    number = one.number or 0

    def withdraw(who: Actor) -> str:
        store.withdraw(who, number, str(st.session_state.get("unggah tarik alasan", "")))
        return w.t("Versi {n} ditarik; halaman dan berkas tidak memakainya lagi.", n=str(number))

    st.text_input(w.t("Alasan menarik versi {n}", n=str(number)), key="unggah tarik alasan", max_chars=LONGEST_NOTE)
    st.button(
        w.t("Tarik versi {n}", n=str(number)), on_click=_do, args=(session, withdraw), icon=":material/undo:",
        key="unggah tarik",
    )  # fmt: skip


def _version(session: Session, number: str, known: dict[str, Submitted]) -> str:
    w = session.words
    if number == "0":
        return w.t("0: data bawaan Tapal")
    return f"{number}: {_title(session, known[number])}"


def follow_up(session: Session) -> None:
    """What does not follow from people that an office publishes."""
    w, known = session.words, session.data.catalogue.indicators
    names = w.listing([w.pick(known[i].title) for i in NOT_FOLLOWING if i in known])
    st.caption(
        md(
            w.t(
                "Penduduk yang terbit menggantikan perkiraan; kepadatan, rasio per penduduk, jiwa terjangkau, lokasi dan prioritas ikut. Tidak ikut, "
                "karena memerlukan umur atau anak: {daftar}. Peluang letak fasilitas tanpa titik tetap menurut penduduk bawaan.",
                daftar=names,
            )
            + " "
            + w.t(
                "Daftar tempat yang terbit menggantikan daftar bawaan jenis itu di kabupaten/kota itu, dan jaraknya diukur ulang dari titik sampel "
                "yang sama; kursi, kelas dan guru tetap menurut Dapodik."
            )
            + " "
            + words.bounds_follow(w, session.data)
        )
    )
