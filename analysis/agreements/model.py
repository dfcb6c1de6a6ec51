"""What an agreement between regions and a partnership project hold (PP 28/2018, Permendagri 22/2020).

A Kesepakatan Bersama (KB) says that two regions will work together; under it stand any number of Perjanjian Kerja Sama
(PKS), which say how. What was read somewhere and what an office entered are the same kind of record and differ in
`origin`: only an office's entry may be changed here.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

JAKARTA = "31"
"""The province of Jakarta: its cities sign nothing of their own, the province does."""


class Origin(StrEnum):
    """Where a record comes from."""

    PUBLISHED = "terbitan"
    OFFICE = "kantor"


class Document(StrEnum):
    """Kind of paper."""

    KB = "kb"
    PKS = "pks"
    ADDENDUM = "addendum"
    MOU = "mou"
    BAST = "bast"
    UNSTATED = "unstated"
    OTHER = "other"


class State(StrEnum):
    """What a published record tells of; an office's entry is always SIGNED or PREPARED.

    PARTLY_SIGNED: the first party signs the same text with each of the others apart, and not all have been
    read to sign.
    """

    SIGNED = "signed"
    SUPERSEDED = "superseded"
    PARTLY_SIGNED = "partly_signed"
    RUNNING = "running"
    STATED = "stated"
    PREPARED = "prepared"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    AID = "aid"
    REPORT = "report"
    LAW = "law"


class Stage(StrEnum):
    """The ten stages of PP 28/2018 art. 6(1), a to j; the value is a short Indonesian name."""

    PREPARATION = "persiapan"
    OFFER = "penawaran"
    KB_DRAFT = "penyusunan_kb"
    KB_SIGNING = "penandatanganan_kb"
    DPRD = "persetujuan_dprd"
    PKS_DRAFT = "penyusunan_pks"
    PKS_SIGNING = "penandatanganan_pks"
    IMPLEMENTATION = "pelaksanaan"
    ADMINISTRATION = "penatausahaan"
    REPORTING = "pelaporan"

    @property
    def letter(self) -> str:
        """The letter of the stage, a to j."""
        return "abcdefghij"[list(Stage).index(self)]


class End(StrEnum):
    """The five ends of PP 28/2018 art. 9. A change of leader is none of them."""

    TERM_OVER = "jangka_waktu"
    GOAL_REACHED = "tujuan_tercapai"
    BY_AGREEMENT = "kesepakatan"
    LAW_CHANGED = "peraturan_berubah"
    OBJECT_LOST = "objek_hilang"


class Dprd(StrEnum):
    """Whether the DPRD has to approve (art. 6(2)): a burden on people and region, or money outside the current APBD."""

    NEEDED = "wajib"
    NOT_NEEDED = "tidak wajib"
    UNJUDGED = "belum dinilai"


class Category(StrEnum):
    """Mandatory (UU 23/2014 art. 364) or voluntary (art. 365) cooperation."""

    MANDATORY = "wajib"
    VOLUNTARY = "sukarela"
    UNJUDGED = "belum dinilai"


class Sector(StrEnum):
    """What it is about."""

    EDUCATION = "education"
    HEALTH = "health"
    SOCIAL = "social"
    WASTE = "waste"
    ENVIRONMENT = "environment"
    ORDER = "order"
    DISASTER = "disaster"
    FIRE = "fire"
    CIVIL_REGISTRY = "civil_registry"
    PERMITS = "permits"
    ROADS = "roads"
    WATER = "water"
    PUBLIC_SERVICE = "public_service"
    DEVELOPMENT = "development"


class Recommendation(StrEnum):
    """What a yearly evaluation advises."""

    CONTINUE = "lanjut"
    IMPROVE = "perbaiki"
    STOP = "henti"


class Role(StrEnum):
    """Who takes part, for the matrix of actors."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    KABKOTA = "kabkota"
    OFFICE = "office"
    COMMUNITY = "community"
    BUSINESS = "business"


class ProjectStatus(StrEnum):
    """How far a project is."""

    TALKS = "talks"
    PROPOSED = "proposed"
    REFUSED = "refused"
    DRAFTING = "drafting"
    APPROVED = "approved"
    BUDGETED = "budgeted"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True)
class Text:
    """A text in both languages; what an office typed is the same in both.

    Attributes
    ----------
    id, en : in Indonesian and in English
    """

    id: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.id)


def same(text: str) -> Text:
    """A text that is not translated, as typed."""
    return Text(text, text)


@dataclass(frozen=True)
class When:
    """A day, or the month or year in which an unknown day lies.

    Attributes
    ----------
    text : YYYY, YYYY-MM or YYYY-MM-DD
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", self.text):
            raise ValueError(f"{self.text!r} is no day, month or year")
        _ = self.first

    @cached_property
    def first(self) -> date:
        """The earliest day that it can be."""
        return date.fromisoformat(f"{self.text}-01-01"[:10])

    @cached_property
    def last(self) -> date:
        """The latest day that it can be."""
        first = self.first
        if len(self.text) == 4:
            return date(first.year, 12, 31)
        if len(self.text) == 7:
            return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
        return first

    @property
    def day(self) -> date | None:
        """The day, None where only month or year is known."""
        return self.first if len(self.text) == 10 else None


def on_day(day: date) -> When:
    """A day that is known."""
    return When(day.isoformat())


@dataclass(frozen=True)
class Source:
    """Where something was read.

    Attributes
    ----------
    url, date : of the page; the date as far as it is known
    certainty : code of standards: Q read in the primary text, S in a secondary page, K to be confirmed
    """

    url: str
    date: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Party:
    """One side of an agreement; all but the code belongs to this side and is changed by its editors only.

    Attributes
    ----------
    kode : kabkota, or province with two digits
    number : of the document in this side's books
    signatory, position, authority : who signs, as what, and by which power of attorney (surat kuasa)
    office : perangkat daerah that carries it out
    duties, rights : one a line
    contact : office or position that answers for it (penanggung jawab), never a private person's number
    """

    kode: str
    number: str = ""
    signatory: str = ""
    position: str = ""
    authority: str = ""
    office: str = ""
    duties: str = ""
    rights: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Actor:
    """Somebody who takes part beside the parties.

    Attributes
    ----------
    role, name : as what, and who
    """

    role: Role
    name: str


@dataclass(frozen=True)
class Evaluation:
    """What one side found in a year.

    Attributes
    ----------
    kode : the side
    year : that is evaluated
    realised, obstacle : as typed
    recommendation : lanjut, perbaiki or henti
    """

    kode: str
    year: int
    realised: str
    obstacle: str
    recommendation: Recommendation


@dataclass(frozen=True)
class Addendum:
    """A signed change of an agreement.

    Attributes
    ----------
    number : of the document
    signed : day
    changes : what it changes
    ends : new end of the term, None where the term stays
    """

    number: str
    signed: date
    changes: str
    ends: date | None = None


@dataclass(frozen=True)
class Correction:
    """That a verifier put right what was entered wrong of a signed agreement.

    Attributes
    ----------
    by : sides for which the verifier acts
    on : day, None where it is not known
    fields : names of what was put right
    reason : as typed
    """

    by: tuple[str, ...]
    on: date | None
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Agreement:
    """An agreement, or what is published about one.

    Attributes
    ----------
    id : unique among all, published ids as in the data, an office's as ``kantor-N``
    origin : published fact or office entry
    document : kind of paper
    state : what the record tells of
    title : of the document
    parties : at least one
    sectors : what it is about
    object, scope : objek and ruang lingkup, as typed
    kode : kelurahan (13 characters) or kecamatan (8) where it applies, empty for everywhere
    category : mandatory or voluntary
    stage, stage_since, stage_due : stage of an office's entry, since when, and the day that was set for its end
    signed, starts, ends : as far as known; addenda are not in them, see `lifecycle.last_day`
    dprd, dprd_requested, dprd_approved : judgement, letter to and approval of the DPRD
    end, ended : why and when it ended before or with its term
    amends, renews, under : id of the agreement that it changes, follows or is made under ("" for none)
    addenda, evaluations : of an office's entry
    rupiah : sums that are named; several where sources disagree or there are several kinds
    value : these sums in words
    note, obstacle, potential : in words
    actors : who takes part beside the parties
    sources : where it was read; empty for an office's entry
    corrections : of an office's entry
    entered_by, saved_on : of an office's entry, for which sides it was entered and changed, and when last
    version : of the stored record, for optimistic locking; 0 for a published fact
    """

    id: str
    origin: Origin
    document: Document
    state: State
    title: Text
    parties: tuple[Party, ...]
    sectors: tuple[Sector, ...] = ()
    object: str = ""
    scope: str = ""
    kode: tuple[str, ...] = ()
    category: Category = Category.UNJUDGED
    stage: Stage | None = None
    stage_since: date | None = None
    stage_due: date | None = None
    signed: When | None = None
    starts: When | None = None
    ends: When | None = None
    dprd: Dprd = Dprd.UNJUDGED
    dprd_requested: date | None = None
    dprd_approved: date | None = None
    end: End | None = None
    ended: date | None = None
    amends: str = ""
    renews: str = ""
    under: str = ""
    addenda: tuple[Addendum, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    rupiah: tuple[int, ...] = ()
    value: Text = field(default_factory=Text)
    note: Text = field(default_factory=Text)
    obstacle: Text = field(default_factory=Text)
    potential: Text = field(default_factory=Text)
    actors: tuple[Actor, ...] = ()
    sources: tuple[Source, ...] = ()
    corrections: tuple[Correction, ...] = ()
    entered_by: tuple[str, ...] = ()
    saved_on: date | None = None
    version: int = 0

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Codes of the parties."""
        return tuple(party.kode for party in self.parties)

    def binds(self, kabkota: str) -> bool:
        """Whether a kabkota is a party; Jakarta's cities are bound by what their province signs.

        Parameters
        ----------
        kabkota : code
        """
        return kabkota in self.sides or (kabkota.startswith(f"{JAKARTA}.") and JAKARTA in self.sides)


@dataclass(frozen=True)
class Project:
    """A partnership project.

    Attributes
    ----------
    id, origin : as of an agreement
    under : id of its agreement, "" for none
    title, place, note : in words
    parties : codes
    sectors : what it is about
    kode : kelurahan or kecamatan where it stands
    status : how far it is
    since, until : begin (outstanding since) and planned or real end, as far as known
    rupiah : money, None where none is named
    sources : where it was read; empty for an office's entry
    entered_by, saved_on : as of an agreement
    version : of the stored record, 0 for a published fact
    """

    id: str
    origin: Origin
    under: str
    title: Text
    parties: tuple[str, ...]
    sectors: tuple[Sector, ...]
    status: ProjectStatus
    place: Text = field(default_factory=Text)
    note: Text = field(default_factory=Text)
    kode: tuple[str, ...] = ()
    since: When | None = None
    until: When | None = None
    rupiah: int | None = None
    sources: tuple[Source, ...] = ()
    entered_by: tuple[str, ...] = ()
    saved_on: date | None = None
    version: int = 0

    @property
    def outstanding(self) -> bool:
        """Whether something is still to be done."""
        return self.status not in (ProjectStatus.DONE, ProjectStatus.REFUSED)

    def binds(self, kabkota: str) -> bool:
        """Whether a kabkota is a party, see `Agreement.binds`.

        Parameters
        ----------
        kabkota : code
        """
        return kabkota in self.parties or (kabkota.startswith(f"{JAKARTA}.") and JAKARTA in self.parties)


OUTSIDE = {
    "31": "DKI Jakarta",
    "32": "Jawa Barat",
    "36": "Banten",
    "32.03": "Kab. Cianjur",
    "32.14": "Kab. Purwakarta",
}
"""Names of parties that are no kabkota of the study area, by code."""
