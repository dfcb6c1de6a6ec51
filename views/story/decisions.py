"""What a meeting is asked to decide: nothing but what follows from the results, both sides alike, each with number and doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.agreements.model import Agreement
from analysis.values.summary import BorderSummary, GapRow
from views.language import sentences
from views.language.words import Words
from views.story.opened import Opened
from views.topics.access import words as access_words
from views.topics.agreements import place as agreed_here
from views.topics.fire import words as fire_words
from views.topics.siting import words as siting_words

if TYPE_CHECKING:
    from views.link.context import Session


@dataclass(frozen=True)
class Decision:
    """One thing to decide.

    Attributes
    ----------
    asked : the question
    number : what it rests on, side by side
    doubt : what is doubtful of that
    """

    asked: str
    number: str
    doubt: str


def decisions(
    session: Session,
    summary: BorderSummary,
    leading: Sequence[GapRow],
    opened: Opened,
    today: date,
    agreements: Sequence[Agreement],
) -> list[Decision]:
    """Everything that the results give reason to decide, in the order of the slides.

    Parameters
    ----------
    session : language, data and border of this run
    summary : of the kelurahan at the line
    leading : of `leading_gap`, a row a side; empty for none
    opened : what opening the border would change
    today : the day
    agreements : all on record
    """
    found = [_service(session, leading), _access(session, opened), _fire(session, opened), *_site(session, opened)]
    return [*(d for d in found if d is not None), _agreements(session, today, agreements), _data(session, summary)]


def _by_side(session: Session, texts: dict[str, str]) -> str:
    """One text a side, in the order of the corridor."""
    names = session.data.kabkota["nama"]
    return "; ".join(f"{names[side]}: {text}" for side, text in texts.items())


def _service(session: Session, leading: Sequence[GapRow]) -> Decision | None:
    w, data = session.words, session.data
    if not leading:
        return None
    indicator = data.catalogue.indicators[leading[0].indicator]
    people = {g.kode_kabkota: _people(w, g.low, g.high) for g in leading}
    unknown = sum(g.unknown for g in leading)
    doubts = [
        w.t("Perkiraan penduduk {tahun}.", tahun=data.catalogue.indicators["penduduk"].year),
        *((w.t("{n} kelurahan/desa belum ada data.", n=w.number(unknown)),) if unknown else ()),
    ]
    return Decision(
        w.t("Layanan mana yang didahulukan di garis batas, mulai dari {indikator}?", indikator=w.pick(indicator.title)),
        w.t("Di luar standar. {sisi}.", sisi=_by_side(session, people)),
        " ".join(doubts),
    )


def _access(session: Session, opened: Opened) -> Decision | None:
    w, result = session.words, opened.access
    if not result.computable:
        return None
    people = {
        side.kode_kabkota: w.t("{n} jiwa", n=access_words.people_range(w, side.crossing))
        for side in result.side
        if side.known
    }
    unsure = any(side.crossing[1] != side.crossing[2] for side in result.side)
    return Decision(
        w.t("Bolehkah warga memakai {layanan} terdekat milik sisi lain?", layanan=access_words.noun(w, result.service)),
        w.t("Yang terdekat ada di seberang. {sisi}.", sisi=_by_side(session, people)),
        w.t("Daftar fasilitas belum lengkap; garis lurus, daya tampung belum diketahui.")
        if unsure
        else w.t("Garis lurus; daya tampung belum diketahui."),
    )


def _fire(session: Session, opened: Opened) -> Decision | None:
    w = session.words
    sides = [opened.fire.by_side[side] for side in session.corridor.sides]
    known = {c.side: _people(w, c.gain.low, c.gain.high) for c in sides if c.gain is not None}
    if not known:
        return None
    posts = opened.fire.drawn.posts
    return Decision(
        w.t("Bolehkah pos damkar terdekat dari sisi mana pun datang lebih dulu?"),
        w.t(
            "Tambahan yang terjangkau dalam {n} menit. {sisi}.",
            n=sentences.number(w, opened.state.choices.target),
            sisi=_by_side(session, known),
        ),
        w.t(
            "Letak tepat diketahui untuk {tepat} dari {semua} pos; kisarannya juga memuat {laju}.",
            laju=fire_words.speed_range(w, opened.state.choices),
            tepat=w.number(sum(p.exact for p in posts)),
            semua=w.number(len(posts)),
        ),
    )


def _people(w: Words, low: float, high: float) -> str:
    """People as a range, or as one number where both ends read alike."""
    first, last = w.people(low), w.people(high)
    if first == last:
        return w.t("{n} jiwa", n=last)
    return w.t("{rendah} sampai {tinggi} jiwa", rendah=first, tinggi=last)


def _site(session: Session, opened: Opened) -> list[Decision]:
    w, plan = session.words, opened.plan
    if plan.unknown or plan.gain_together is None or plan.more is None:
        return []
    kind = siting_words.noun(w, plan.task.kind)
    reached, more = _people(w, plan.gain_together.low, plan.gain_together.high), w.people(plan.more.total)
    found = [
        Decision(
            w.t("Direncanakan bersamakah {n} {layanan} berikutnya?", n=w.number(len(plan.joint)), layanan=kind),
            w.t("{jiwa} lagi terjangkau; {lebih} lebih banyak daripada sendiri-sendiri.", jiwa=reached, lebih=more)
            if plan.more.total >= 1
            else w.t("{jiwa} lagi terjangkau, sama banyak dengan sendiri-sendiri.", jiwa=reached),
            w.t("Tempat indikatif; lahan dan anggaran belum dihitung."),
        )
    ]
    shares = [split.shares for split in (opened.split or {}).values() if split.shares is not None]
    if len(shares) > 1:
        spans = {
            side: f"{w.percent(min(s[side] for s in shares))}–{w.percent(max(s[side] for s in shares))}"
            for side in session.corridor.sides
        }
        found.append(
            Decision(
                w.t("Dasar apa yang dipakai untuk membagi biayanya?"),
                w.t("Bagian biaya. {sisi}.", sisi=_by_side(session, spans)),
                w.t("Tidak satu pun dasar adalah ketentuan hukum."),
            )
        )
    return found


def _agreements(session: Session, today: date, agreements: Sequence[Agreement]) -> Decision:
    w, data, corridor = session.words, session.data, session.corridor
    return Decision(
        w.t("Perjanjian mana yang disusun, diperpanjang atau dilengkapi PKS-nya?"),
        agreed_here.counts(w, data, corridor, agreements, today),
        w.t("Fakta terbitan dan isian kantor; tidak tercatat belum berarti tidak ada."),
    )


def _data(session: Session, summary: BorderSummary) -> Decision:
    w = session.words
    blocked = sum(c.block is not None for c in summary.comparisons.values())
    unknown = fire_words.listings(session.data, session.corridor.sides)
    short = [str(session.data.kabkota.at[s, "nama"]) for s, listing in unknown.items() if not listing.complete]
    return Decision(
        w.t("Siapa melengkapi data yang belum ada, dan sampai kapan?"),
        w.t(
            "{n} dari {semua} indikator belum dapat dibandingkan antarsisi.",
            n=w.number(blocked),
            semua=w.number(len(summary.comparisons)),
        ),
        w.t("Daftar pos damkar belum pasti lengkap: {sisi}.", sisi=w.listing(short))
        if short
        else w.t("Rinciannya di halaman Sumber & mutu."),
    )
