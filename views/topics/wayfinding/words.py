"""Sentences on where the residents of a kelurahan can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.access.services import SERVICES
from analysis.access.wayfinding import Destination, Office, Wayfinding
from analysis.agreements import standing as standings
from analysis.agreements.model import Agreement, Document, Origin, Sector
from analysis.agreements.standing import Standing
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import kind_names, service_nouns
from views.language.words import Words
from views.topics.map import words as map_words

if TYPE_CHECKING:
    from analysis.access.nearest import Nearest

SECTORS = {"pendidikan": Sector.EDUCATION, "kesehatan": Sector.HEALTH}
"""Sector of the register by sector of a service."""


@dataclass(frozen=True)
class Found:
    """A destination and the agreement on it that stands best.

    Attributes
    ----------
    destination : the nearest of one service
    agreement, standing : of the two kabkota and the sector; None where none is on record
    """

    destination: Destination
    agreement: Agreement | None
    standing: Standing | None

    @property
    def opened(self) -> bool:
        """Whether an agreement in force says how it is used: a PKS, as a KB only says that one will follow."""
        known = self.agreement is not None and self.agreement.document is Document.PKS
        return known and self.standing is Standing.IN_FORCE

    @property
    def shut(self) -> bool:
        """Whether the line closes it and no agreement in force opens it."""
        return self.destination.access == "closed" and not self.opened


def find(result: Wayfinding, agreements: Sequence[Agreement], today: date) -> tuple[Found, ...]:
    """Every destination with what is agreed on it.

    Parameters
    ----------
    result : of a kelurahan
    agreements : all that are known
    today : the day
    """
    found = []
    for one in result.destinations:
        best = None
        if one.across is not None:
            pair = standings.between(agreements, (result.kode[:5], one.across.operator))
            best = standings.best(pair, SECTORS[SERVICES[one.service].sector], today)
        found.append(Found(one, best[1] if best else None, best[0] if best else None))
    return tuple(found)


def question(w: Words, data: Dataset, kode: str) -> str:
    """The question of the page, as plain text.

    Parameters
    ----------
    w, data : language and data
    kode : of the kelurahan
    """
    return w.t("Ke mana warga {nama} dapat pergi?", nama=str(data.kelurahan.at[kode, "nama"]))


def answer(w: Words, data: Dataset, result: Wayfinding, found: Sequence[Found]) -> Answer:
    """For how many services the nearest is across the line, and how many of these no agreement opens.

    Parameters
    ----------
    w, data : language and data
    result : of the kelurahan
    found : its destinations with what is agreed, as `find` gives them
    """
    known = [f for f in found if f.destination in result.known]
    nearer = [f for f in known if f.destination.nearer]
    shut = [f for f in nearer if f.shut]
    fields = {
        "nama": str(data.kelurahan.at[result.kode, "nama"]),
        "sisi": sentences.side_name(data, result.kode[:5]),
        "n": w.number(len(nearer)),
        "semua": w.number(len(known)),
        "tutup": w.number(len(shut)),
    }
    if not known:
        sentence = w.t("Bagi warga {nama}, layanan di kedua sisi batas belum dapat dibandingkan.", **fields)
    elif not nearer:
        sentence = w.t("Bagi warga {nama}, semua dari {semua} layanan yang diketahui lebih dekat di {sisi}.", **fields)
    elif not shut:
        sentence = w.t(
            "Bagi warga {nama}, {n} dari {semua} layanan lebih dekat di seberang batas, dan garis batas tidak menutupnya.",
            **fields,
        )
    elif len(shut) == len(nearer):
        sentence = w.t(
            "Bagi warga {nama}, {n} dari {semua} layanan lebih dekat di seberang batas, tetapi belum ada perjanjian berlaku yang "
            "membukanya.",
            **fields,
        )
    else:
        sentence = w.t(
            "Bagi warga {nama}, {n} dari {semua} layanan lebih dekat di seberang batas; {tutup} di antaranya belum dibuka oleh "
            "perjanjian yang berlaku.",
            **fields,
        )
    notes = [w.t("Garis lurus ke fasilitas yang disebut, median titik kelurahan.")]
    if years := _years(data, result):
        notes.append(w.t("Data {tahun}.", tahun=sentences.years(years)))
    missing = [d.service for d in result.destinations if d not in result.known]
    if missing:
        notes.append(w.t("Belum diketahui di kedua sisi: {daftar}.", daftar=w.listing([_noun(w, s) for s in missing])))
    return Answer(sentence, " ".join(notes))


def _years(data: Dataset, result: Wayfinding) -> tuple[int, int] | None:
    """Oldest and newest year of the distances of these services."""
    values = [data.measures[SERVICES[d.service].indicator].values["year"] for d in result.known]
    known = [int(year[result.kode]) for year in values if result.kode in year.index and year[result.kode] > 0]
    return (min(known), max(known)) if known else None


def _noun(w: Words, service: str) -> str:
    """A service within a sentence."""
    return service_nouns(w)[service]


def heads(w: Words, data: Dataset, corridor: Corridor, kode: str) -> tuple[str, str, str, str]:
    """Heads of the table of services.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    kode : of the kelurahan
    """
    own = sentences.side_name(data, kode[:5])
    across = sentences.side_name(data, corridor.other(kode[:5])) if corridor.pair else w.t("seberang batas")
    return (
        w.t("Layanan"),
        w.t("Terdekat di {sisi}", sisi=own),
        w.t("Terdekat di {sisi}", sisi=across),
        w.t("Boleh dipakai"),
    )


def rows(w: Words, data: Dataset, corridor: Corridor, found: Sequence[Found]) -> list[tuple[str, str, str, str]]:
    """The services: name of each, the nearest of both sides with distance and minutes, and what the line does.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : the destinations of a kelurahan with what is agreed, as `find` gives them
    """
    lines = []
    for one in found:
        d = one.destination
        name = _noun(w, d.service)
        lines.append(
            (
                name[:1].upper() + name[1:],
                _named(w, data, d.own, aside=False),
                _named(w, data, d.across, aside=not corridor.pair),
                _allowed(w, one),
            )
        )
    return lines


def _named(w: Words, data: Dataset, one: Nearest | None, *, aside: bool) -> str:
    if one is None:
        return w.no_data
    name = f"{one.name.strip()} ({sentences.side_name(data, one.operator)})" if aside else one.name.strip()
    return w.t("{nama}: {jarak}", nama=name, jarak=map_words.way(w, data, one.median_m, one.located))


def _allowed(w: Words, found: Found) -> str:
    """What the line and the register say of the one across it."""
    access = found.destination.access
    if access == "unknown":
        return "–"
    if access == "open":
        return w.t("Garis batas tidak menutupnya: bukan milik pemerintah daerah.")
    if access == "province":
        return w.t("Garis kabupaten/kota tidak menutupnya: milik provinsi.")
    if found.agreement is None or found.standing is None:
        sector = SERVICES[found.destination.service].sector
        return w.t("Belum ada perjanjian {bidang} dalam catatan.", bidang=_sector_word(w, sector))
    return _agreed(w, found)


def _sector_word(w: Words, sector: str) -> str:
    """A sector of services within a sentence."""
    return {"pendidikan": w.t("pendidikan"), "kesehatan": w.t("kesehatan")}[sector]


def _agreed(w: Words, found: Found) -> str:
    """How the agreement on a service stands, in the words of a resident."""
    assert found.agreement is not None
    assert found.standing is not None
    if found.opened:
        return w.t("Ya: perjanjian kerja sama berlaku.")
    signed = found.agreement.signed
    fields = {"tanggal": w.partial_date(signed.text) if signed is not None else w.no_data}
    kb = found.agreement.document is not Document.PKS
    texts = {
        Standing.IN_FORCE: w.t("Kesepakatan berlaku, tetapi perjanjian kerja samanya belum ada dalam catatan."),
        Standing.SIGNED_AHEAD: w.t("Perjanjian sudah ditandatangani, belum mulai berlaku."),
        Standing.TERM_UNKNOWN: w.t(
            "Kesepakatan {tanggal}; masa berlakunya tidak diketahui, dan perjanjian kerja samanya belum ada dalam catatan.",
            **fields,
        )
        if kb
        else w.t("Perjanjian kerja sama {tanggal}; masa berlakunya tidak diketahui.", **fields),
        Standing.PREPARATION: w.t("Perjanjian sedang disiapkan."),
        Standing.UNSEEN: w.t("Perjanjian disebut, tetapi naskahnya belum terlihat."),
        Standing.OVER: w.t("Perjanjian sudah berakhir; perpanjangannya tidak ada dalam catatan."),
        Standing.SUPERSEDED: w.t("Perjanjian sudah digantikan yang lain."),
    }
    return texts[found.standing]


def office_lines(w: Words, result: Wayfinding, data: Dataset) -> list[str]:
    """The own offices of a kelurahan as plain text: name and distance, or that nothing is known and what would fill it.

    Parameters
    ----------
    w, data : language and data
    result : of the kelurahan
    """
    return [_office(w, office, data) for office in result.offices]


def _office(w: Words, office: Office, data: Dataset) -> str:
    kind = kind_names(w)[office.kind]
    if office.median_m is None:
        return w.t("{kantor}: belum ada data", kantor=kind)
    return w.t(
        "{kantor}: {nama}, {jarak}",
        kantor=kind,
        nama=office.name,
        jarak=map_words.way(w, data, office.median_m, True),
    )


def agreement_lines(w: Words, found: Sequence[Found]) -> list[str]:
    """The agreements behind the table as Markdown: title, parties and source; published facts said as such.

    Parameters
    ----------
    w : language
    found : destinations with what is agreed, as `find` gives them
    """
    seen = {f.agreement.id: f.agreement for f in found if f.agreement is not None and f.destination.access == "closed"}
    lines = []
    for one in seen.values():
        title = md(w.pick(one.title))
        if one.origin is Origin.PUBLISHED:
            source = one.sources[0]
            lines.append(
                w.t(
                    "{judul}: fakta terbitan, bukan isian kantor. Sumber: {sumber}, {tanggal}; {kepastian}.",
                    judul=title,
                    sumber=md(source.url.split("/")[2] if "//" in source.url else source.url),
                    tanggal=md(w.partial_date(source.date)) or w.t("tanpa tanggal"),
                    kepastian=sentences.certainty(w, source.certainty),
                )
            )
        else:
            lines.append(w.t("{judul}: isian kantor.", judul=title))
    return lines


def cautions(w: Words) -> list[str]:
    """What the table does not promise, and what would fill its gaps, as plain text."""
    return [
        w.t(
            "Bahwa garis batas tidak menutup belum berarti diterima: syarat, daya tampung dan domisili tetap berlaku. Tanyakan "
            "dahulu ke tempatnya."
        ),
        w.t(
            "Kantor disebut bila namanya cocok dan titiknya ada di wilayahnya; yang lain diisi lewat berkas "
            "facilities/government_offices.csv. Daftar fasilitas yang terlalu tipis tidak dipakai: lihat Sumber & mutu."
        ),
    ]
