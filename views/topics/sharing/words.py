"""Sentences of cost sharing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.siting.sharing import Basis, Ranges, Split
from views.language import sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.siting import words as siting_words

if TYPE_CHECKING:
    from analysis.siting.task import Task
    from data.catalogue import Corridor
    from data.tables import Dataset
    from views.link.context import Session


WIDE = 0.1
"""A share that may move by more than ten points is said beside the answer."""


def _rupiah(w: Words, amount: float) -> str:
    """An amount in rupiah."""
    return f"Rp\N{NO-BREAK SPACE}{w.number(amount)}"


def question(session: Session) -> str:
    """The question that the page answers."""
    w = session.words
    return w.t("{koridor}: bagaimana biaya bersama dapat dibagi?", koridor=md(w.pick(session.corridor.title)))


def rule_names(w: Words) -> dict[str, str]:
    """Labels of the rules."""
    return {
        "jiwa": w.t("Menurut jiwa yang dilayani"),
        "pemakaian": w.t("Menurut pemakaian"),
        "sama": w.t("Sama rata"),
        "shapley": w.t("Menurut nilai Shapley"),
    }


def answer(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    found: Mapping[str, Split] | None,
    ranges: Mapping[str, Ranges | None],
    cost: int,
) -> Answer:
    """How far apart the rules lie for each side, and how far the least certain of them may move.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : the split by rule, None where there is nothing to share
    ranges : by rule, least and most share (0 to 1) of each side; None where no range is known
    cost : in rupiah, 0 while it is not stated
    """
    if not corridor.pair:
        return Answer(w.t("Pilih perbatasan dengan dua sisi, karena biaya dibagi antara dua daerah."))
    known = [] if found is None else [split.shares for split in found.values() if split.shares is not None]
    if len(known) < 2:
        return Answer(w.t("Belum ada angka untuk dibagi; hitung rencana atau isi angka Anda sendiri."))
    spans = [
        w.t(
            "{sisi} {bagian}",
            sisi=sentences.side_name(data, side),
            bagian=_per_cent(w, min(shares[side] for shares in known), max(shares[side] for shares in known)),
        )
        for side in corridor.sides
    ]
    year = data.catalogue.indicators["penduduk"].year
    notes = [w.t("Menurut {n} dasar; penduduk {tahun}.", n=w.number(len(known)), tahun=year)]
    notes += _widest(w, data, corridor.sides, ranges)
    if cost:
        notes.insert(0, w.t("Biaya {biaya}.", biaya=_rupiah(w, cost)))
    return Answer(
        w.t("Bagian biaya {sisi} persen, tergantung dasar yang disepakati.", sisi=w.listing(spans)), " ".join(notes)
    )


def _widest(w: Words, data: Dataset, sides: Sequence[str], ranges: Mapping[str, Ranges | None]) -> list[str]:
    """The basis whose shares may move most, where they move by more than is read as the same."""
    moves = {rule: known[sides[0]][1] - known[sides[0]][0] for rule, known in ranges.items() if known is not None}
    rule = max(moves, key=moves.__getitem__, default=None)
    known = ranges[rule] if rule is not None else None
    if rule is None or known is None or moves[rule] < WIDE:
        return []
    spans = [f"{sentences.side_name(data, side)} {_per_cent(w, *known[side])}" for side in sides]
    return [
        w.t(
            "{dasar} saja dapat berarti {bagian} persen, karena letak fasilitas yang ada belum pasti.",
            dasar=rule_names(w)[rule],
            bagian=w.listing(spans),
        )
    ]


def _per_cent(w: Words, low: float, high: float) -> str:
    first, last = w.number(100 * low), w.number(100 * high)
    return last if first == last else w.t("{rendah} sampai {tinggi}", rendah=first, tinggi=last)


def assumed(session: Session, task: Task, cost: int, use: Mapping[str, float] | None) -> str:
    """What the split assumes as long as nobody has said otherwise.

    Parameters
    ----------
    session : language, data and border of this run
    task : what is planned
    cost : in rupiah, 0 while it is not stated
    use : by side, None while it is not stated
    """
    w, data = session.words, session.data
    built = [f"{sentences.kabkota_name(data, side)} {w.number(count)}" for side, count in task.counts]
    lines = [w.t("{layanan} baru: {daftar}", layanan=siting_words.noun(w, task.kind), daftar=w.listing(built))]
    if not cost:
        lines.append(w.t("biaya belum diisi, jadi bagiannya dalam persen"))
    if use is None:
        lines.append(w.t("pemakaian tiap sisi belum ada data"))
    return w.t("Asumsi, dapat diubah di atas: {daftar}.", daftar="; ".join(lines))


def statement(w: Words) -> str:
    """That no rule is law."""
    return w.t(
        "Tidak satu pun dasar ini adalah ketentuan hukum. Dasarnya disepakati kedua daerah dan ditulis di bagian pembiayaan perjanjian kerja sama; "
        "bantuan keuangan antardaerah dimungkinkan untuk kerja sama wajib (PP 28/2018 pasal 12)."
    )


def _share_text(w: Words, share: float, known: Ranges | None, side: str) -> str:
    text = w.percent(share, 1)
    return text if known is None else f"{text}\n{w.number(100 * known[side][0])}–{w.percent(known[side][1])}"


def reasons(session: Session, ground: Basis, found: Mapping[str, Split]) -> list[str]:
    """One sentence a rule, with its numbers, as Markdown.

    Parameters
    ----------
    session : language, data and border of this run
    ground : what the rules look at
    found : the split by rule
    """
    w = session.words
    names = rule_names(w)

    def listed(values: Mapping[str, float]) -> str:
        return w.listing([f"{sentences.kabkota_name(session.data, s)} {w.people(v)}" for s, v in values.items()])

    lines = [
        w.t("**{dasar}**: jiwa yang baru terjangkau, {daftar}.", dasar=names["jiwa"], daftar=listed(ground.served))
        if found["jiwa"].shares is not None
        else w.t("**{dasar}**: belum ada data jiwa yang dilayani.", dasar=names["jiwa"]),
        w.t("**{dasar}**: pemakaian yang Anda isi, {daftar}.", dasar=names["pemakaian"], daftar=listed(ground.use))
        if ground.use is not None
        else w.t("**{dasar}**: belum ada data pemakaian; isi bila Anda punya catatannya.", dasar=names["pemakaian"]),
        w.t("**{dasar}**: tiap sisi membayar sama, berapa pun manfaatnya.", dasar=names["sama"]),
    ]
    value = found["shapley"].basis
    if value is None:
        lines.append(
            w.t(
                "**{dasar}**: tidak dapat dihitung, karena jangkauan bersama harus sekurangnya sebesar jangkauan tiap sisi sendiri.",
                dasar=names["shapley"],
            )
        )
    elif found["shapley"].shares is None:
        lines.append(w.t("**{dasar}**: belum ada jangkauan yang dapat dibagi.", dasar=names["shapley"]))
    else:
        lines.append(
            w.t(
                "**{dasar}**: sendiri, {sendiri} jiwa; bersama {bersama} jiwa. Yang hanya ada karena bersama, {sisa} jiwa, dibagi dua sama: {nilai}.",
                dasar=names["shapley"],
                sendiri=listed(ground.alone),
                bersama=w.people(ground.together),
                sisa=w.people(ground.together - sum(ground.alone.values())),
                nilai=listed(value),
            )
        )
    return lines


def method(session: Session, basis: str) -> str:
    """What the game is, where the ranges come from, and what a split is not, as a Markdown list.

    Parameters
    ----------
    session : language, data and border of this run
    basis : where the numbers come from: "rencana" for the plan, "angka" for the user's own
    """
    w = session.words
    lines = [
        w.t(
            "Jangkauan satu sisi sendiri: jiwa sisi itu yang baru terjangkau oleh tempat barunya sendiri, dengan fasilitas "
            "sendiri saja. Jangkauan bersama: jiwa kedua sisi yang baru terjangkau bila tempat yang sama banyaknya "
            "direncanakan bersama dan boleh lintas batas, dibanding hari ini dengan layanan sendiri saja."
        ),
        w.t(
            "Nilai Shapley: rata-rata tambahan tiap sisi atas semua urutan bergabung; jumlahnya sama dengan jangkauan bersama, sisi yang menambah sama mendapat "
            "sama, dan sisi yang tidak menambah apa-apa tidak membayar."
        ),
        w.t("Rupiah dibulatkan dengan sisa terbesar, sehingga jumlahnya tepat sama dengan biaya."),
        w.t(
            "Kisaran: satu sisi di batas bawah dan sisi lain di batas atas, lalu sebaliknya (penduduk, dan tempat fasilitas yang hanya diketahui wilayahnya). "
            "Angka yang Anda isi sendiri tidak diberi kisaran."
        ),
        statement(w),
        w.t(
            "Sumber hukum: PP 28/2018; isi perjanjian kerja sama menurut kebiasaan, belum dikonfirmasi pada Permendagri 22/2020."
        ),
    ]
    if basis == "rencana":
        lines.append(w.t("Rencananya dijelaskan di halaman Lokasi bersama."))
    return "\n".join(f"- {line}" for line in lines)
