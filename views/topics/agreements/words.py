"""The pieces of the page on agreements: the answer, what needs attention, one agreement in full, and the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from analysis.agreements import standing
from analysis.agreements.lifecycle import last_day
from analysis.agreements.model import Agreement, Document, Origin, Project, Source, State, When
from analysis.agreements.standing import Kind, Standing
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.agreements import names, refusals

if TYPE_CHECKING:
    from collections.abc import Iterable

PAIR, SIDES, ALL = "pasangan", "sisi", "semua"
"""Whose agreements are shown: between the sides, of any side, or all."""
MOST_LINES = 6
_SIGNED = (State.SIGNED, State.SUPERSEDED)


def scoped(agreements: Iterable[Agreement], corridor: Corridor, scope: str) -> tuple[Agreement, ...]:
    """The agreements of a border: between its sides, of any of them, or all.

    Parameters
    ----------
    agreements : all that are known
    corridor : the border
    scope : `PAIR`, `SIDES` or `ALL`
    """
    if scope == PAIR:
        return standing.between(agreements, corridor.sides)
    if scope == SIDES:
        return tuple(a for a in agreements if any(a.binds(side) for side in corridor.sides))
    return tuple(agreements)


def scoped_projects(projects: Iterable[Project], corridor: Corridor, scope: str) -> tuple[Project, ...]:
    """The projects of a border, in the same way.

    Parameters
    ----------
    projects : all that are known
    corridor : the border
    scope : `PAIR`, `SIDES` or `ALL`
    """
    count = {PAIR: all, SIDES: any}.get(scope)
    return tuple(p for p in projects if count is None or count(p.binds(side) for side in corridor.sides))


def ordered(agreements: Iterable[Agreement], corridor: Corridor, today: date) -> tuple[Agreement, ...]:
    """Those between the sides first, then by how they stand, the latest first; what is no agreement last.

    Parameters
    ----------
    agreements : in any order
    corridor : the border
    today : the day for which it is said how they stand
    """

    def place(a: Agreement) -> tuple[bool, bool, int, int]:
        now = standing.standing(a, today)
        day = a.signed or a.starts
        return (
            now is Standing.NO_AGREEMENT,
            not all(a.binds(side) for side in corridor.sides),
            standing.BEST_FIRST.index(now),
            -day.last.toordinal() if day else 0,
        )

    return tuple(sorted(agreements, key=place))


def question(w: Words, corridor: Corridor) -> str:
    """What the page asks."""
    return w.t("{koridor}: apa yang sudah disepakati, dan apa yang berakhir?", koridor=md(w.pick(corridor.title)))


def answer(w: Words, data: Dataset, corridor: Corridor, agreements: Sequence[Agreement], today: date) -> Answer:
    """How many signed agreements bind the sides to each other and what is in force; below, what needs attention first.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    agreements : all that are known
    today : the day
    """
    own = scoped(agreements, corridor, PAIR if corridor.pair else SIDES)
    signed = [a for a in own if a.state in _SIGNED]
    running = [a for a in signed if standing.standing(a, today) is Standing.IN_FORCE]
    pks = [a for a in signed if a.document is Document.PKS]
    sides = w.listing([names.region(data, side) for side in corridor.sides])
    fields = {"n": w.number(len(signed)), "sisi": sides, "berlaku": w.number(len(running))}
    if not corridor.pair:
        sentence = w.t(
            "Di wilayah ini tercatat {n} perjanjian antardaerah yang ditandatangani; {berlaku} pasti sedang berlaku.",
            **fields,
        )
    elif not signed:
        sentence = w.t("Antara {sisi} belum tercatat perjanjian yang ditandatangani.", **fields)
    elif running:
        sentence = w.t(
            "Antara {sisi} tercatat {n} perjanjian yang ditandatangani; {berlaku} pasti sedang berlaku.", **fields
        )
    elif not pks:
        sentence = w.t(
            "Antara {sisi} tercatat {n} perjanjian yang ditandatangani; belum ada perjanjian kerja sama di antaranya.",
            **fields,
        )
    else:
        sentence = w.t(
            "Antara {sisi} tercatat {n} perjanjian yang ditandatangani; tidak ada yang pasti masih berlaku.", **fields
        )
    return Answer(sentence, _most_urgent(w, data, scoped(agreements, corridor, SIDES), signed, today))


def _most_urgent(w: Words, data: Dataset, near: Sequence[Agreement], signed: Sequence[Agreement], today: date) -> str:
    ends = [d for d in standing.due(near, today) if d.kind in (Kind.TERM_ENDED, Kind.TERM_ENDS)]
    if ends:
        return due_text(w, data, ends[0])
    latest = max((a.signed for a in signed if a.signed is not None), key=lambda day: day.last, default=None)
    if latest is None:
        return w.t("Yang tercatat: terbitan pers dan instansi, ditambah isian kantor.")
    return w.t("Terakhir ditandatangani {tanggal}.", tanggal=day_text(w, latest))


def day_text(w: Words, when: When | None) -> str:
    """A day, month or year in words; the words for missing data where there is none."""
    return w.partial_date(when.text) if when is not None else w.no_data


def parties_text(data: Dataset, kodes: Sequence[str]) -> str:
    """Names of the parties with a dash between them."""
    return " – ".join(names.region(data, kode) for kode in kodes)


def due_text(w: Words, data: Dataset, due: standing.Due) -> str:
    """What falls due, as plain text.

    Parameters
    ----------
    w, data : language and data
    due : what, of which agreement and when
    """
    agreement = due.agreement
    last = last_day(agreement)
    fields = {
        "judul": w.pick(agreement.title),
        "pihak": parties_text(data, agreement.sides),
        "tanggal": day_text(w, last) if due.kind in (Kind.TERM_ENDS, Kind.TERM_ENDED) else w.date(due.on),
    }
    # Asked for hundreds of times a page: only the sentence that is needed is made.
    match due.kind:
        case Kind.TERM_ENDED:
            return w.t("{judul} ({pihak}) berakhir {tanggal}; perpanjangannya tidak tercatat.", **fields)
        case Kind.TERM_ENDS if last is not None and last.day is not None:
            return w.t("{judul} ({pihak}) segera berakhir: {tanggal}.", **fields)
        case Kind.TERM_ENDS:
            return w.t("{judul} ({pihak}) berakhir pada {tanggal}; harinya tidak diketahui.", **fields)
        case Kind.STAGE_OVERDUE:
            return w.t("{judul} ({pihak}): tahapnya seharusnya selesai {tanggal}.", **fields)
        case Kind.EVALUATION:
            return w.t("{judul} ({pihak}): evaluasi tahunannya belum diisi.", **fields)
        case Kind.KB_WITHOUT_PKS:
            return w.t("{judul} ({pihak}): belum ada PKS yang tercatat di bawahnya.", **fields)


def attention(w: Words, data: Dataset, corridor: Corridor, agreements: Sequence[Agreement], today: date) -> list[str]:
    """What needs attention at this border, as Markdown lines, each with its source.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    agreements : all that are known
    today : the day
    """
    near = scoped(agreements, corridor, SIDES)
    lines = []
    if corridor.pair:
        own = [a for a in scoped(near, corridor, PAIR) if a.state in _SIGNED]
        if not any(a.document is Document.PKS for a in own):
            sides = w.listing([names.region(data, side) for side in corridor.sides])
            lines.append(_with_sources(w, w.t("Antara {sisi} tidak ada PKS yang tercatat.", sisi=sides), own[:1]))
    found = standing.due(near, today)
    lines += [_with_sources(w, due_text(w, data, due), [due.agreement]) for due in found[:MOST_LINES]]
    lines += [
        _with_sources(
            w,
            w.t(
                "{judul} ({pihak}): masa berlakunya lebih dari lima tahun.",
                judul=w.pick(a.title),
                pihak=parties_text(data, a.sides),
            ),
            [a],
        )
        for a in near
        if standing.term_above_limit(a)
    ][:MOST_LINES]
    if len(found) > MOST_LINES:
        lines.append(w.t("dan {n} lagi, lihat daftar di bawah", n=w.number(len(found) - MOST_LINES)))
    return lines


def _with_sources(w: Words, text: str, agreements: Sequence[Agreement]) -> str:
    sources = [source_text(w, source) for a in agreements for source in a.sources[:1]]
    return f"{md(text)} {' '.join(sources)}".rstrip()


def source_text(w: Words, source: Source) -> str:
    """Where something was read, when, and how sure that is, as Markdown."""
    codes = [code for code in dict.fromkeys(source.certainty.split(" ")) if code in ("Q", "S", "K")]
    return w.t(
        "({sumber}, {tanggal}; {kepastian})",
        sumber=sentences.page(source.url),
        tanggal=md(w.partial_date(source.date)) if source.date else w.t("tanpa tanggal"),
        kepastian="; ".join(sentences.certainty(w, code) for code in codes) or w.t("kepastian tidak dicatat"),
    )


def entered_text(w: Words, data: Dataset, record: Agreement | Project) -> str:
    """Which office entered something, and when last, as plain text.

    Parameters
    ----------
    w, data : language and data
    record : entered by an office
    """
    offices = w.listing([names.region(data, side) for side in record.entered_by])
    if not offices or record.saved_on is None:
        return w.t("(isian kantor)")
    return w.t("(diisi oleh kantor {kantor}, {tanggal})", kantor=offices, tanggal=w.date(record.saved_on))


def days_text(w: Words, agreement: Agreement, today: date) -> str:
    """Days that are left of a term, or since its end; a dash where its end is not known.

    Parameters
    ----------
    w : language
    agreement : whose term
    today : from which is counted
    """
    left = standing.days_left(agreement, today)
    if left is None:
        return "–"
    if left < 0:
        return w.t("lewat {n} hari", n=w.number(-left))
    return w.t("{n} hari", n=w.number(left))


def details(w: Words, data: Dataset, agreement: Agreement, today: date) -> list[str]:
    """All that is known of one agreement, as Markdown lines; what an office typed shows as written.

    Parameters
    ----------
    w, data : language and data
    agreement : which
    today : the day for which it is said how it stands
    """
    lines: list[str] = []

    def add(label: str, text: str) -> None:
        if text:
            lines.append(f"**{label}**: {md(text)}")

    add(w.t("Jenis"), names.document_names(w)[agreement.document])
    add(w.t("Keadaan"), names.standing_names(w)[standing.standing(agreement, today)])
    add(w.t("Bidang"), ", ".join(names.sector_names(w)[s] for s in agreement.sectors))
    if agreement.stage is not None:
        stage = names.stage_names(w)[agreement.stage]
        since = w.date(agreement.stage_since) if agreement.stage_since else w.no_data
        add(
            w.t("Tahap"), w.t("{huruf}, {tahap}, sejak {sejak}", huruf=agreement.stage.letter, tahap=stage, sejak=since)
        )
    if agreement.stage_due is not None:
        late = standing.stage_overdue(agreement, today)
        add(w.t("Tahap terlambat") if late else w.t("Tahap selesai paling lambat"), w.date(agreement.stage_due))
    add(w.t("Ditandatangani"), day_text(w, agreement.signed))
    last = last_day(agreement)
    if agreement.starts is not None or last is not None:
        begins = day_text(w, agreement.starts or agreement.signed)
        term = w.t("{dari} sampai {sampai}", dari=begins, sampai=day_text(w, last))
        left = days_text(w, agreement, today)
        add(w.t("Masa berlaku"), term if left == "–" else f"{term} ({left})")
    if agreement.end is not None and agreement.ended is not None:
        add(w.t("Berakhir karena"), f"{names.end_names(w)[agreement.end]}, {w.date(agreement.ended)}")
    add(w.t("Objek"), agreement.object)
    add(w.t("Ruang lingkup"), agreement.scope)
    add(w.t("Nilai"), w.pick(agreement.value))
    if agreement.origin is Origin.OFFICE:
        add(w.t("Kategori"), names.category_names(w)[agreement.category])
        add(w.t("Persetujuan DPRD"), names.dprd_names(w)[agreement.dprd])
    for label, day in (
        (w.t("Surat kepada DPRD"), agreement.dprd_requested),
        (w.t("Disetujui DPRD"), agreement.dprd_approved),
    ):
        add(label, w.date(day) if day else "")
    for party in agreement.parties:
        parts = (
            (w.t("nomor"), party.number), (w.t("penanda tangan"), party.signatory), (w.t("jabatan"), party.position),
            (w.t("dasar kewenangan"), party.authority), (w.t("perangkat daerah"), party.office),
            (w.t("hak"), party.rights), (w.t("kewajiban"), party.duties), (w.t("penanggung jawab"), party.contact),
        )  # fmt: skip
        add(names.region(data, party.kode), "; ".join(f"{label} {text}" for label, text in parts if text))
    add(w.t("Tempat"), ", ".join(place_names(data, agreement.kode)))
    for addendum in agreement.addenda:
        moved = w.t(" (berlaku sampai {tanggal})", tanggal=w.date(addendum.ends)) if addendum.ends else ""
        add(w.t("Adendum {nomor}", nomor=md(addendum.number)), f"{w.date(addendum.signed)}: {addendum.changes}{moved}")
    for found in agreement.evaluations:
        add(
            w.t("Evaluasi {tahun}, {sisi}", tahun=str(found.year), sisi=md(names.region(data, found.kode))),
            w.t(
                "terlaksana: {hasil}; hambatan: {hambatan}; saran: {saran}",
                hasil=found.realised,
                hambatan=found.obstacle or "–",
                saran=names.recommendation_names(w)[found.recommendation],
            ),
        )
    for put_right in agreement.corrections:
        fields = w.listing([refusals.label(w, name) for name in put_right.fields])
        by = w.listing([names.region(data, side) for side in put_right.by])
        on = w.date(put_right.on) if put_right.on else w.no_data
        head = w.t("Dikoreksi pemeriksa {sisi}, {tanggal}", sisi=md(by), tanggal=on)
        add(head, w.t("{isian}; alasan: {alasan}", isian=fields, alasan=put_right.reason))
    add(w.t("Catatan"), w.pick(agreement.note))
    if agreement.origin is Origin.OFFICE:
        lines.append(f"**{w.t('Asal')}**: {md(entered_text(w, data, agreement))}")
    if agreement.sources:
        read = " ".join(source_text(w, source) for source in agreement.sources)
        label = w.t("Dibaca di")
        lines.append(f"**{label}** {read}")
    return lines


def place_names(data: Dataset, kodes: Sequence[str]) -> list[str]:
    """Names of kelurahan and kecamatan; a code that is not known stays as it is.

    Parameters
    ----------
    data : the tables
    kodes : of kelurahan or kecamatan
    """
    kelurahan, kecamatan = data.kelurahan["nama"], data.kecamatan["nama"]
    return [str(kelurahan.get(k, kecamatan.get(k, k))) for k in kodes]


def origin_note(w: Words, agreements: Sequence[Agreement]) -> str:
    """How many records are published facts and how many an office entered."""
    offices = sum(a.origin is Origin.OFFICE for a in agreements)
    return w.t(
        "{terbitan} catatan terbitan pers dan instansi, {kantor} isian kantor. Terbitan dibaca apa adanya dan tidak pernah "
        "diisi oleh kantor; bila dua sumber berbeda, keduanya ditulis.",
        terbitan=w.number(len(agreements) - offices),
        kantor=w.number(offices),
    )


def method(w: Words) -> str:
    """How the page reads the records, as a Markdown list."""
    lines = (
        w.t(
            "Tahap a–j, lima sebab berakhir dan persetujuan DPRD menurut PP 28/2018 pasal 6, 7 dan 9. Pergantian kepala daerah tidak mengakhiri perjanjian (pasal 9 ayat 2)."
        ),
        w.t(
            "Pengingat dimulai tiga bulan sebelum masa berlaku habis. Masa berlaku di atas lima tahun diberi peringatan saja: batas itu dibaca di sumber kedua."
        ),
        w.t(
            "Bila hanya tahun atau bulan berakhirnya yang diketahui, perjanjian dihitung berlaku sebelum dan berakhir sesudah masa itu; di dalamnya tidak diketahui."
        ),
        w.t(
            "Perjanjian tanpa masa berlaku yang diketahui tidak disebut berlaku maupun berakhir. Rapat, usulan, bantuan dan undang-undang ikut tercatat, tetapi bukan perjanjian."
        ),
        w.t("Kota administrasi Jakarta terikat oleh perjanjian Provinsi DKI Jakarta."),
        w.t("Tidak tercatat berarti tidak ditemukan di sumber yang dibaca, bukan berarti tidak ada."),
    )
    return "\n".join(f"- {line}" for line in lines)
