"""Forms for signed-in editors: new agreement, changes, stages, signing, end, addendum, evaluation, files, projects.

Nothing here decides who may write: the functions of `records.agreements` do, at every call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.agreements import lifecycle
from analysis.agreements.lifecycle import StepError
from analysis.agreements.model import (
    OUTSIDE,
    Addendum,
    Agreement,
    Document,
    End,
    Origin,
    Project,
    Recommendation,
)
from analysis.agreements.model import Actor as Participant
from analysis.agreements.model import Role as Part
from records.agreements import attachments, entries, reading, store
from records.agreements.entries import EntryError
from records.database import ConflictError
from records.models import Role
from records.permissions import Actor, ForbiddenError
from views.language import link_names
from views.language.escape import md
from views.link.context import Session
from views.screen.tables import show_table
from views.topics.agreements import names, refusals
from views.topics.map.screen import unit_labels

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_SAID, _VERSION, _ACTORS = "perjanjian tersimpan", "versi perjanjian ", "pelaku "


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes
    ----------
    name : of the value
    kind : text, area, lines (one a line), day, money, choice or many
    options : what can be chosen, by value
    """

    name: str
    kind: str
    options: Mapping[Any, str] = field(default_factory=dict)


def draw(
    session: Session, actor: Actor, opened: Agreement | None, agreements: Sequence[Agreement],
    projects: Sequence[Project], today: date,
) -> None:  # fmt: skip
    """All forms that this actor may need; nothing for a reader.

    Parameters
    ----------
    session : language, data and border of this run
    actor : who is signed in
    opened : the agreement that is open, None for none
    agreements, projects : all that are known
    today : the day
    """
    own = tuple(sorted(actor.kabkota(Role.EDITOR)))
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check:")
    if opened is not None and opened.signed is not None and actor.kabkota(Role.VERIFIER) & set(opened.sides):
        _correction(session, actor, opened, today)
    if not own:
        return
    w = session.words
    st.markdown(w.t("#### Isian kantor"))
    with st.expander(w.t("Catat perjanjian baru"), icon=":material/add:"):
        _new(session, actor, own, agreements, {}, "baru", today)
    with st.expander(w.t("Catat proyek kemitraan"), icon=":material/add:"):
        _project(session, actor, own, None, agreements)
    if opened is not None and opened.origin is Origin.OFFICE and set(own) & set(opened.sides):
        _opened(session, actor, own, opened, agreements, projects, today)
    elif opened is not None and opened.origin is Origin.PUBLISHED:
        st.caption(w.t("Terbitan tidak dapat diubah di sini; catat perjanjiannya sebagai isian kantor."))


def _opened(
    session: Session, actor: Actor, own: Sequence[str], opened: Agreement, agreements: Sequence[Agreement],
    projects: Sequence[Project], today: date,
) -> None:  # fmt: skip
    w, key = session.words, reading.key_of(opened.id)
    if key is None:
        return
    sides = [side for side in opened.sides if side in own]
    titles = [
        w.t("Isi bersama"), w.t("Isi sisi sendiri"), w.t("Tahap"), w.t("Tanda tangan dan akhir"), w.t("Adendum"),
        w.t("Evaluasi"), w.t("Lampiran"), w.t("Proyek"), w.t("Perpanjangan"),
    ]  # fmt: skip
    with st.expander(w.t("Ubah perjanjian ini"), icon=":material/edit_note:", expanded=True):
        tabs = st.tabs(titles)
    with tabs[0]:
        fields = [_parties_field(session, opened.sides), *_shared_fields(session, opened.sides, agreements)]
        if opened.signed is not None:
            st.caption(refusals.fixed(w))
            fields = [f for f in fields if f.name not in lifecycle.SIGNED_FIELDS]
        _form(
            session,
            f"isi {opened.id}",
            fields,
            _shared_values(opened),
            opened.version,
            lambda values, version: store.change_shared(actor, key, version, _gathered(values)),
        )
    with tabs[1]:
        versions = reading.side_versions(key)
        for side in sides:
            st.markdown(f"**{md(names.region(session.data, side))}**")
            party = next(p for p in opened.parties if p.kode == side)
            _form(
                session,
                f"sisi {opened.id} {side}",
                [Field(n, "area" if n in ("authority", "duties", "rights") else "text") for n in entries.SIDE],
                {n: getattr(party, n) for n in entries.SIDE},
                versions.get(side, 0),
                partial(_save_side, actor, key, side),
            )
    with tabs[2]:
        stages = names.stage_names(w)
        nexts = {stage: f"{stage.letter}  {stages[stage]}" for stage in lifecycle.next_stages(opened, today)}
        if nexts:
            _form(
                session,
                f"tahap {opened.id}",
                [Field("stage", "choice", nexts), Field("stage_due", "day")],
                {"stage": next(iter(nexts)), "stage_due": None},
                opened.version,
                lambda v, version: store.advance(actor, key, version, v["stage"], v["stage_due"], today),
            )
        for stage in lifecycle.STEPS[opened.document]:
            if stage not in nexts and stage is not opened.stage:
                reason = lifecycle.why_not(opened, stage, today)
                st.caption(f"{stage.letter}  {stages[stage]}: {refusals.reason_names(w)[reason]}" if reason else "")
    with tabs[3]:
        if opened.signed is None:
            _form(
                session,
                f"tanda {opened.id}",
                [Field("signed", "day")],
                {"signed": today},
                opened.version,
                lambda v, version: store.sign(actor, key, version, v["signed"] or today, today),
            )
        else:
            st.caption(w.t("Pergantian kepala daerah tidak mengakhiri perjanjian (PP 28/2018 pasal 9 ayat 2)."))
            _form(
                session,
                f"akhir {opened.id}",
                [Field("end", "choice", names.end_names(w)), Field("ended", "day")],
                {"end": End.TERM_OVER, "ended": today},
                opened.version,
                lambda v, version: store.finish(actor, key, version, v["end"], v["ended"] or today, today),
            )
    with tabs[4]:
        _form(
            session,
            f"adendum {opened.id}",
            [
                *(Field("number", "text"), Field("signed", "day"), Field("changes", "area"), Field("ends", "day")),
                *_named(session, opened, agreements, lifecycle.ADDENDUM_FIELDS),
            ],
            {**_shared_values(opened), "number": "", "signed": today, "changes": "", "ends": None},
            opened.version,
            partial(_save_addendum, actor, key, today),
        )
    with tabs[5]:
        _evaluations(session, actor, key, opened, sides, today)
    with tabs[6]:
        _files(session, actor, key, sides)
    with tabs[7]:
        for project in projects:
            if project.under == opened.id and project.origin is Origin.OFFICE:
                _project(session, actor, own, project, agreements)
    with tabs[8]:
        _new(session, actor, own, agreements, store.renewal_of(opened), f"lanjut {opened.id}", today, opened)


def _new(
    session: Session, actor: Actor, own: Sequence[str], agreements: Sequence[Agreement], values: Mapping[str, Any],
    prefix: str, today: date, follows: Agreement | None = None,
) -> None:  # fmt: skip
    w = session.words
    kinds = {d: names.document_names(w)[d] for d in lifecycle.STEPS}
    start = follows.sides if follows else tuple(dict.fromkeys((own[0], *session.corridor.sides)))
    first = [Field("document", "choice", kinds), _parties_field(session, start)]

    def save(typed: dict[str, Any], _: int) -> str:
        document, parties = typed.pop("document"), typed.pop("parties")
        return store.create(actor, document, parties, _gathered(typed), today)

    _form(
        session,
        prefix,
        [*first, *_shared_fields(session, start, agreements)],
        {**entries.SHARED, **values, "document": follows.document if follows else Document.PKS, "parties": start},
        0,
        save,
    )


def _shared_fields(session: Session, sides: Sequence[str], agreements: Sequence[Agreement]) -> list[Field]:
    w = session.words
    labels = unit_labels(session.data)
    places = {kode: label for kode, label in labels.items() if kode[:5] in sides}
    kb = {"": "–"} | {a.id: w.pick(a.title) for a in agreements if a.document is Document.KB}
    before = {"": "–"} | {
        a.id: w.pick(a.title) for a in agreements if a.document in (*lifecycle.STEPS, Document.ADDENDUM)
    }
    return [
        Field("title", "text"),
        Field("sectors", "many", names.sector_names(w)),
        Field("object", "area"),
        Field("scope", "area"),
        Field("kode", "many", places),
        Field("category", "choice", names.category_names(w)),
        Field("dprd", "choice", names.dprd_names(w)),
        Field("dprd_requested", "day"),
        Field("dprd_approved", "day"),
        Field("starts", "day"),
        Field("ends", "day"),
        Field("stage_due", "day"),
        Field("under", "choice", kb),
        Field("renews", "choice", before),
        Field("rupiah", "money"),
        Field("funding", "area"),
        Field("note", "area"),
        *(Field(f"{_ACTORS}{role}", "lines") for role in Part),
    ]


def _named(
    session: Session, opened: Agreement, agreements: Sequence[Agreement], wanted: Collection[str]
) -> list[Field]:
    """Of the shared fields those with these names."""
    return [f for f in _shared_fields(session, opened.sides, agreements) if f.name in wanted]


def _parties_field(session: Session, sides: Sequence[str]) -> Field:
    """Whom an agreement or project may have as parties; those that it has are among them."""
    known = {str(k): str(n) for k, n in session.data.kabkota["nama"].items()} | OUTSIDE
    return Field("parties", "many", known | {side: names.region(session.data, side) for side in sides})


def _gathered(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a form, with who takes part gathered from its fields, one a line."""
    values = {name: value for name, value in typed.items() if not name.startswith(_ACTORS)}
    values["actors"] = tuple(
        Participant(role, name) for role in Part for name in str(typed.get(f"{_ACTORS}{role}", "")).split("\n")
    )
    return values


def _save_addendum(actor: Actor, key: int, today: date, typed: Mapping[str, Any], version: int) -> None:
    one = Addendum(typed["number"], typed["signed"] or today, typed["changes"], typed["ends"])
    values = {name: typed[name] for name in lifecycle.ADDENDUM_FIELDS}
    store.add_addendum(actor, key, version, one, today, values)


def _correction(session: Session, actor: Actor, opened: Agreement, today: date) -> None:
    """What a verifier may put right of an office's signed entry, with the reason."""
    w, key = session.words, reading.key_of(opened.id)
    if key is None:
        return
    with st.expander(w.t("Koreksi pemeriksa"), icon=":material/edit_note:"):
        st.caption(
            w.t(
                "Hanya untuk isian yang keliru, bukan untuk mengubah kesepakatan. Alasannya tampil di perjanjian ini dan jejak audit."
            )
        )

        def save(typed: dict[str, Any], version: int) -> None:
            reason = typed.pop("reason")
            store.correct(actor, key, version, typed, reason, today)

        _form(
            session,
            f"koreksi {opened.id}",
            [
                Field("signed", "day"),
                *_named(session, opened, (), lifecycle.CORRECTED_FIELDS),
                Field("reason", "area"),
            ],
            {**_shared_values(opened), "signed": opened.signed.day if opened.signed else None, "reason": ""},
            opened.version,
            save,
        )


def _shared_values(opened: Agreement) -> dict[str, Any]:
    return {
        "parties": opened.sides,
        "title": opened.title.id,
        "sectors": opened.sectors,
        "object": opened.object,
        "scope": opened.scope,
        "kode": opened.kode,
        "category": opened.category,
        "dprd": opened.dprd,
        "dprd_requested": opened.dprd_requested,
        "dprd_approved": opened.dprd_approved,
        "starts": opened.starts.day if opened.starts else None,
        "ends": opened.ends.day if opened.ends else None,
        "stage_due": opened.stage_due,
        "under": opened.under,
        "renews": opened.renews,
        "rupiah": opened.rupiah[0] if opened.rupiah else None,
        "funding": opened.value.id,
        "note": opened.note.id,
        **{f"{_ACTORS}{role}": "\n".join(a.name for a in opened.actors if a.role is role) for role in Part},
    }


def _evaluations(
    session: Session, actor: Actor, key: int, opened: Agreement, sides: Sequence[str], today: date
) -> None:
    w = session.words
    begins = opened.starts or opened.signed
    if begins is None:
        st.caption(w.t("Isi dahulu mulai berlakunya atau tanggal tanda tangannya."))
        return
    years = list(range(today.year, begins.first.year - 1, -1))
    year = st.selectbox(w.t("Tahun"), years, key=f"tahun {opened.id}")
    versions, there = reading.evaluation_versions(key), {(e.kode, e.year): e for e in opened.evaluations}
    for side in sides:
        st.markdown(f"**{md(names.region(session.data, side))}, {year}**")
        found = there.get((side, year))
        _form(
            session,
            f"evaluasi {opened.id} {side} {year}",
            [
                Field("realised", "area"),
                Field("obstacle", "area"),
                Field("recommendation", "choice", names.recommendation_names(w)),
            ],
            {
                "realised": found.realised if found else "",
                "obstacle": found.obstacle if found else "",
                "recommendation": found.recommendation if found else Recommendation.CONTINUE,
            },
            versions.get((side, year), 0),
            partial(_save_year, actor, key, side, year, today),
        )


def _save_side(actor: Actor, key: int, side: str, values: dict[str, Any], version: int) -> None:
    store.change_side(actor, key, side, version, values)


def _save_year(actor: Actor, key: int, side: str, year: int, today: date, values: dict[str, Any], version: int) -> None:
    store.evaluate(actor, key, side, year, version, values, today)


def _files(session: Session, actor: Actor, key: int, sides: Sequence[str]) -> None:
    w = session.words
    with st.form(f"lampiran {key}", clear_on_submit=True):
        shown = {side: names.region(session.data, side) for side in sides}
        side = st.selectbox(w.t("Sisi"), list(shown), format_func=shown.__getitem__)
        file = st.file_uploader(w.t("PDF, paling besar 10 MB"), type=["pdf"])
        if st.form_submit_button(w.t("Lampirkan")) and file is not None:
            _attempt(session, lambda: attachments.attach(actor, key, side, file.name, file.getvalue()))


def downloads(session: Session, opened: Agreement) -> None:
    """The PDFs of an agreement, to download; everybody may read them.

    Parameters
    ----------
    session : language, data and border of this run
    opened : an office's agreement
    """
    w, key = session.words, reading.key_of(opened.id)
    for found in attachments.of_agreement(key) if key is not None else ():
        row = st.container(horizontal=True, vertical_alignment="center", gap="small")
        row.download_button(
            w.t("Unduh lampiran {n}", n=str(found.id)),
            partial(attachments.content_of, found.id),
            file_name=f"lampiran-{found.id}.pdf",
            mime="application/pdf",
            icon=":material/download:",
            on_click="ignore",
            key=f"lampiran {found.id}",
        )
        row.caption(
            w.t(
                "{nama} ({sisi}; {ukuran} kB; SHA-256 {hash})",
                nama=md(found.name),
                sisi=md(names.region(session.data, found.kabkota)),
                ukuran=w.number(found.size / 1000),
                hash=found.sha256[:16],
            )
        )


def _project(
    session: Session, actor: Actor, own: Sequence[str], known: Project | None, agreements: Sequence[Agreement]
) -> None:
    w = session.words
    sides = known.parties if known else tuple(dict.fromkeys((own[0], *session.corridor.sides)))
    under = {"": "–"} | {a.id: w.pick(a.title) for a in agreements}
    places = {kode: label for kode, label in unit_labels(session.data).items() if kode[:5] in sides}
    shown = [
        _parties_field(session, sides),
        Field("title", "text"),
        Field("under", "choice", under),
        Field("sectors", "many", names.sector_names(w)),
        Field("status", "choice", names.status_names(w)),
        Field("place", "text"),
        Field("kode", "many", places),
        Field("since", "day"),
        Field("until", "day"),
        Field("rupiah", "money"),
        Field("note", "area"),
    ]
    values: dict[str, Any] = {"parties": sides, **entries.PROJECT}
    if known:
        values |= {
            "title": known.title.id,
            "under": known.under,
            "sectors": known.sectors,
            "status": known.status,
            "place": known.place.id,
            "kode": known.kode,
            "since": known.since.day if known.since else None,
            "until": known.until.day if known.until else None,
            "rupiah": known.rupiah,
            "note": known.note.id,
        }
    key = int(known.id.removeprefix(reading.PROJECT_PREFIX)) if known else None

    def save(typed: dict[str, Any], version: int) -> None:
        store.save_project(actor, key, version, typed.pop("parties"), typed)

    _form(session, f"proyek {known.id if known else 'baru'}", shown, values, known.version if known else 0, save)


def _form(
    session: Session, prefix: str, shown: Sequence[Field], values: Mapping[str, Any], version: int,
    save: Callable[[dict[str, Any], int], str | None],
) -> None:  # fmt: skip
    """A form that remembers which version it was filled from.

    What is typed stays through every refusal. After a conflict the form takes the new version, so that who has seen
    both may save once more.
    """
    w = session.words
    remembered, marker = f"{_VERSION}{prefix}", f"{prefix} {shown[0].name}"
    if marker not in st.session_state or remembered not in st.session_state:
        st.session_state[remembered] = version
    with st.form(f"isian {prefix}"):
        typed = {f.name: _widget(session, f, f"{prefix} {f.name}", values.get(f.name)) for f in shown}
        sent = st.form_submit_button(w.t("Simpan"))
    if not sent:
        return

    def forget() -> None:
        # One's own change makes no conflict with the other forms of the page.
        versions = [name for name in st.session_state if str(name).startswith(_VERSION)]
        for name in [*(f"{prefix} {f.name}" for f in shown), *versions]:
            st.session_state.pop(name, None)

    def newer(stored: Mapping[str, Any]) -> None:
        st.session_state[remembered] = int(stored.get("version", 0))

    base = int(st.session_state[remembered])
    _attempt(session, lambda: save(dict(typed), base), forget, newer)


def _attempt(
    session: Session,
    save: Callable[[], str | None],
    after: Callable[[], None] = lambda: None,
    newer: Callable[[Mapping[str, Any]], None] = lambda stored: None,
) -> None:
    """Save, or say in words why not; a conflict shows both versions.

    Parameters
    ----------
    session : language, data and border of this run
    save : writes; returns the id of an agreement that is opened then, None for none
    after : called once it is written, before the page is drawn anew
    newer : called with the stored version in a conflict
    """
    w = session.words
    try:
        opens = save()
    except ConflictError as error:
        st.warning(refusals.conflict(w), icon=":material/sync_alt:")
        newer(error.stored)
        rows = [
            (refusals.label(w, name), _text(error.stored.get(name)), _text(text))
            for name, text in error.typed.items()
            if name in error.stored and _text(error.stored[name]) != _text(text) and name != "version"
        ]
        heads = [w.t("Isian"), w.t("Tersimpan sekarang"), w.t("Yang Anda ketik")]
        show_table(w, pd.DataFrame(rows, columns=heads), alt=w.t("Kedua versi"), key="keduaversi")
    except (EntryError, StepError, ForbiddenError) as error:
        st.error(refusals.sentence(w, session.data, error), icon=":material/block:")
    else:
        after()
        st.session_state[_SAID] = w.t("Tersimpan.")
        if opens:
            st.query_params[link_names.AGREEMENT] = opens
        st.rerun()


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _widget(session: Session, shown: Field, key: str, value: Any) -> Any:
    label, options = refusals.label(session.words, shown.name), list(shown.options)
    kept = st.session_state.get(key)
    if key not in st.session_state or (shown.kind == "choice" and kept not in options):
        if shown.kind == "many":
            value = [v for v in value or () if v in options]
        if shown.kind == "choice" and value not in options:
            value = options[0]
        st.session_state[key] = value
    if shown.kind == "area":
        return st.text_area(label, key=key, height=90)
    if shown.kind == "lines":
        return st.text_area(label, key=key, height=68)
    if shown.kind == "day":
        return st.date_input(label, None, FIRST_DAY, LAST_DAY, key, format="DD/MM/YYYY")
    if shown.kind == "money":
        return st.number_input(label, 0, entries.MOST_RUPIAH, value=None, step=1_000_000, key=key, placeholder="Rp")
    if shown.kind == "choice":
        return st.selectbox(label, options, format_func=lambda o: shown.options.get(o, str(o)), key=key)
    if shown.kind == "many":
        hint = session.words.t("Pilih")
        name = shown.options.get
        return tuple(st.multiselect(label, options, format_func=lambda o: name(o, str(o)), key=key, placeholder=hint))
    return st.text_input(label, key=key)
