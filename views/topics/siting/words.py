"""The wording of the page on shared places: question, answer, names of places and the method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.siting.candidates import Place
from analysis.siting.problem import CELL_M, RADIUS
from analysis.siting.result import Checks, Figure, Joint
from data.rates import OFFICE
from views.figures import captions
from views.figures.captions import LISTS, list_sources
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import Noun, service_nouns
from views.language.words import Words
from views.topics.fire import words as fire_words
from views.topics.siting.choices import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.catalogue import Corridor
    from data.tables import Dataset
    from views.link.context import Session

MOST_NAMED = 8


def noun(w: Words, kind: str) -> Noun:
    """A kind of place within a sentence.

    Parameters
    ----------
    w : language
    kind : puskesmas or pos_damkar
    """
    return service_nouns(w)[kind]


def question(session: Session, asked: Asked) -> str:
    """The question that the page answers."""
    w = session.words
    return w.t(
        "{koridor}: di mana {layanan} baru berikutnya, sendiri-sendiri atau bersama?",
        koridor=md(w.pick(session.corridor.title)),
        layanan=noun(w, asked.task.kind),
    )


def spread(w: Words, figure: Figure) -> str:
    """The range of a total."""
    return w.t("{rendah}–{tinggi}", rendah=w.people(figure.low), tinggi=w.people(figure.high))


def answer(w: Words, data: Dataset, corridor: Corridor, asked: Asked, plan: Joint | None) -> Answer:
    """Whom places planned together reach beyond today's with the border open, and whether that is more than apart.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    asked : what is asked
    plan : the answer, None while it is not sought
    """
    kind, count = noun(w, asked.task.kind), asked.task.total
    if not count:
        return Answer(w.t("Belum ada yang dicari; isi sekurangnya satu tempat baru."))
    if plan is None:
        known = data.people["kabkota"]["value"].reindex(list(corridor.sides))
        return Answer(
            w.t(
                "Tekan Hitung untuk mencari {n} {layanan} baru bagi {jiwa} warga kedua sisi.",
                n=w.number(count),
                layanan=kind,
                jiwa=aloud.rounded(w, float(known.sum())),
            ),
            w.t("Penduduk {tahun}.", tahun=fire_words.population_year(data)),
        )
    if plan.unknown:
        return Answer(
            w.t(
                "Belum ada data {layanan} {sisi}, jadi tidak ada rencana yang dapat dihitung.",
                layanan=kind,
                sisi=w.listing([sentences.side_name(data, s) for s in plan.unknown]),
            )
        )
    assert plan.gain_together is not None
    assert plan.more is not None
    unsure, gain, more = incomplete(data, corridor, asked.task.kind), plan.gain_together, plan.more
    fields = {
        "n": w.number(len(plan.joint)),
        "layanan": kind,
        "berapa": w.t("paling banyak {n}", n=aloud.rounded(w, gain.high))
        if unsure
        else aloud.between(w, gain.low, gain.high),
        "lebih": aloud.rounded(w, more.total),
    }
    if more.total < 0.5:
        sentence = w.t(
            "{n} {layanan} baru yang direncanakan bersama menjangkau {berapa} warga lagi, sama dengan bila direncanakan sendiri-sendiri.",
            **fields,
        )
    elif more.low < 0.5:
        sentence = w.t(
            "{n} {layanan} baru yang direncanakan bersama menjangkau {berapa} warga lagi, mungkin lebih banyak daripada sendiri-sendiri.",
            **fields,
        )
    else:
        sentence = w.t(
            "{n} {layanan} baru yang direncanakan bersama menjangkau {berapa} warga lagi, kira-kira {lebih} lebih banyak daripada sendiri-sendiri.",
            **fields,
        )
    lines = [
        w.t(
            "Dibanding hari ini bila boleh lintas batas: bersama {bersama}, selisihnya {lebih}; penduduk {tahun}.",
            bersama=aloud.figures(w, gain.low, gain.high),
            lebih=aloud.figures(w, more.low, more.high),
            tahun=fire_words.population_year(data),
        )
    ]
    if unsure:
        names = w.listing([sentences.side_name(data, side) for side in unsure])
        lines.append(w.t("Daftar {layanan} {sisi} belum lengkap.", layanan=kind, sisi=names))
    return Answer(sentence, " ".join(lines))


def missing(session: Session, plan: Joint, until: str) -> str:
    """What there is no plan without, who could bring it, and what can be done until then.

    Parameters
    ----------
    session : language, data and border of this run
    plan : one with sides whose facilities are unknown
    until : what the page offers meanwhile, as a sentence
    """
    w = session.words
    offices = {"puskesmas": w.t("dinas kesehatan"), "pos_damkar": w.t("dinas pemadam kebakaran")}
    return w.t(
        "Yang belum ada: daftar {layanan} {sisi}. Yang dapat membawanya: {dinas} di sana, berupa nama, kelurahan dan koordinat tiap tempat. {sementara}",
        layanan=noun(w, plan.task.kind),
        sisi=w.listing([sentences.kabkota_name(session.data, s) for s in plan.unknown]),
        dinas=offices[plan.task.kind],
        sementara=until,
    )


def notes(session: Session, plan: Joint | None) -> list[str]:
    """What must be read beside the answer: who gets less, and how many fewer places would do."""
    w = session.words
    if plan is None or plan.more is None or plan.fewest is None or plan.gain_apart is None:
        return []
    lines = [
        w.t(
            "Rencana bersama menjangkau {n} jiwa lebih sedikit di {sisi} daripada rencana sendiri-sendiri.",
            n=w.people(-change),
            sisi=sentences.kabkota_name(session.data, side),
        )
        for side, change in plan.more.by_side.items()
        if change <= -1
    ]
    apart = sum(len(places) for places in (plan.plans or {}).values())
    if plan.fewest < apart:
        lines.append(
            w.t(
                "{k} tempat yang direncanakan bersama sudah menyamai {n} tempat yang direncanakan sendiri-sendiri.",
                k=w.number(plan.fewest),
                n=w.number(apart),
            )
        )
    return lines


def incomplete(data: Dataset, corridor: Corridor, kind: str) -> list[str]:
    """Sides whose list of fire posts misses some, or is not known to be complete; lists of another kind of place are.

    Parameters
    ----------
    data, corridor : data and the border
    kind : puskesmas or pos_damkar
    """
    if kind != "pos_damkar":
        return []
    listed = fire_words.listings(data, corridor.sides)
    return [s for s in corridor.sides if not listed[s].complete]


def place_name(session: Session, place: Place) -> str:
    """Where a place is, as an area and not as a site; safe in Markdown."""
    row = session.data.kelurahan.loc[place.kode]
    fields = {"nama": md(str(row["nama"])), "kecamatan": md(str(row["kecamatan"])), "kabkota": md(str(row["kabkota"]))}
    if place.drawn:
        return session.words.t("calon Anda di {nama}, Kec. {kecamatan}, {kabkota}", **fields)
    return session.words.t("sekitar {nama}, Kec. {kecamatan}, {kabkota}", **fields)


def goal_text(session: Session, asked: Asked, checks: Checks) -> str:
    """How many places a share takes, what all useful places reach, and who stays out of reach, as Markdown.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    checks : of its plan
    """
    w, data, goal = session.words, session.data, checks.goal
    share, kind = w.percent(goal.share), noun(w, asked.task.kind)
    if goal.places is None:
        first = w.t("Sasaran {bagian} tidak tercapai berapa pun tempatnya.", bagian=share)
    elif goal.places == 0:
        first = w.t(
            "Sasaran {bagian} sudah tercapai hari ini bila boleh lintas batas ({kini}).",
            bagian=share,
            kini=w.percent(goal.covered, 1),
        )
    elif goal.sure:
        first = w.t(
            "Sasaran {bagian} memerlukan {n} {layanan} baru.", bagian=share, n=w.number(goal.places), layanan=kind
        )
    else:
        first = w.t(
            "Sasaran {bagian} memerlukan paling banyak {n} {layanan} baru; mungkin kurang, tetapi itu belum terbukti.",
            bagian=share,
            n=w.number(goal.places),
            layanan=kind,
        )
    reached = {"n": w.number(goal.every), "bagian": w.percent(goal.most, 1)}
    every = (
        w.t(
            "Menjangkau semua yang dapat dijangkau dari calon yang ada memerlukan {n} tempat dan mencapai {bagian} penduduk.",
            **reached,
        )
        if goal.proven
        else w.t(
            "Menjangkau semua yang dapat dijangkau dari calon yang ada memerlukan paling banyak {n} tempat (mungkin kurang, belum terbukti) dan mencapai {bagian} penduduk.",
            **reached,
        )
    )
    lost = sum(people for _, people in goal.lost)
    if not goal.lost:
        return f"{first} {every}"
    named = [
        f"{md(str(data.kelurahan.at[kode, 'nama']))} ({w.people(people)})" for kode, people in goal.lost[:MOST_NAMED]
    ]
    rest = w.t(
        "Tidak terjangkau dari calon mana pun: sekitar {jiwa} jiwa di {n} kelurahan/desa, terbanyak {daftar}.",
        jiwa=w.people(lost),
        n=w.number(len(goal.lost)),
        daftar=w.listing(named),
    )
    return f"{first} {every} {rest}"


def list_lines(w: Words, data: Dataset, sides: Sequence[str], kind: str) -> list[str]:
    """Which list of facilities is used on which side, and what it leaves open.

    Parameters
    ----------
    w, data : language and data
    sides : kode_kabkota of the border
    kind : puskesmas or pos_damkar
    """
    used = {side: list_sources(data, kind, [side]) for side in sides}
    own = {side: ids for side in sides if (ids := [i for i in used[side] if i.startswith(OFFICE)])}
    listed = set(data.facilities.loc[data.facilities["kind"].eq(kind), "operator"])
    shipped = [side for side in sides if side in listed and LISTS[kind] in used[side]]
    of_tapal = {
        "puskesmas": w.t("daftar lengkap puskesmas tahun 2022, titik dari 2019"),
        "pos_damkar": w.t("pos damkar dari berita dan laman dinas"),
    }[kind]
    parts = [captions.shorts(w, data, ids) for ids in own.values()]
    if shipped:
        named = w.listing([sentences.kabkota_name(data, side) for side in shipped])
        parts = [f"{named}: {of_tapal}", *parts] if own else [of_tapal]
    lines = [w.t("Daftar yang dipakai: {daftar}.", daftar=md("; ".join(parts)))]
    if kind == "puskesmas":
        text = w.t(
            "Puskesmas tanpa titik dianggap di mana saja di kelurahan atau kecamatannya, makin banyak penduduk makin besar kemungkinannya, jadi "
            "jangkauannya berupa peluang."
        )
        more = w.t("Puskesmas yang dibuka sesudah 2022 belum ada di daftar tahun 2022.") if shipped else ""
        return [*lines, f"{text} {more}".strip()]
    text = w.t(
        "Pos yang hanya diketahui wilayahnya dianggap di mana saja di wilayah itu, jadi jangkauannya berupa peluang. Pos yang tidak terdaftar tidak ikut, "
        "sehingga jangkauan hari ini dapat lebih besar."
    )
    return [*lines, text]


def method(session: Session, asked: Asked, plan: Joint | None) -> str:
    """How it is computed, what it rests on, and what it is not, as a Markdown list.

    Parameters
    ----------
    session : language, data and border of this run
    asked : what is asked
    plan : the answer, None while it is not sought
    """
    w, data, kind = session.words, session.data, asked.task.kind
    lines = []
    if kind == "puskesmas":
        indicator = data.catalogue.indicators["jarak_puskesmas"]
        standard = md(sentences.standard_text(w, data.catalogue.standards[RADIUS], indicator))
        lines.append(
            w.t(
                "Terjangkau: paling jauh {standar}, garis lurus; tepat pada batas dihitung terjangkau.",
                standar=standard,
            )
        )
        lines += list_lines(w, data, session.corridor.sides, kind)
    elif asked.task.fire is not None:
        fire = asked.task.fire
        lines.append(
            w.t(
                "Terjangkau: {target} menit sejak panggilan, tepat pada batas dihitung terjangkau; panggilan {panggilan} "
                "menit, berangkat {berangkat} menit, laju {laju} km/jam, faktor kelokan jalan {memutar}, jeda koordinasi "
                "{tunda} menit untuk pos milik sisi seberang. Asumsi ini diubah di halaman Damkar dan ikut dalam tautan.",
                target=w.number(fire.target, 1),
                panggilan=w.number(fire.call, 1),
                berangkat=w.number(fire.turnout, 1),
                laju=w.number(fire.speed),
                memutar=w.number(fire.detour, 1),
                tunda=w.number(fire.delay, 1),
            )
        )
        lines += list_lines(w, data, session.corridor.sides, kind)
    lines += [
        w.t(
            "Rencana sendiri: tempat di sisi sendiri yang menjangkau paling banyak penduduk sisi sendiri (maximal covering), dengan fasilitas sendiri saja. "
            "Rencana bersama: tempat di sisi mana pun untuk penduduk semua sisi. Jumlah tempatnya sama, sehingga selisihnya adil."
        ),
        w.t(
            "Model cakupan maksimal, diselesaikan HiGHS pada petak {km}, lalu diperbaiki dan dihitung pada titik sampel 250 m; angka yang ditampilkan "
            "selalu dari titik sampel. Diukur untuk kedua Serang, lima tempat: tanpa perbaikan, petak {km} kehilangan 0,8 % (puskesmas) dan 1,1 % (damkar) dibanding "
            "model semua titik; sesudah perbaikan puskesmas sama persis.",
            km=w.km(CELL_M, 0),
        ),
        w.t(
            "Penduduk {tahun}, resmi atau perkiraan, dianggap tersebar merata di dalam kelurahan. Kisaran: penduduk bawah sampai atas, dan persentil 5 sampai 95 atas kemungkinan "
            "tempat fasilitas yang hanya diketahui wilayahnya.",
            tahun=fire_words.population_year(session.data),
        ),
        w.t(
            "Hanya fasilitas kedua sisi koridor yang dihitung. Garis lurus tidak mengenal sungai, laut dan jalan; lahan, anggaran dan daya tampung tidak ikut. "
            "Tempat di sini petunjuk untuk dibahas, bukan keputusan."
        ),
    ]
    if plan is not None and plan.points:
        lines.append(
            w.t(
                "Dihitung: {titik} titik sampel dalam {petak} petak, {calon} calon.",
                titik=w.number(plan.points),
                petak=w.number(plan.cells),
                calon=w.number(plan.candidates),
            )
        )
    sources = (*data.people_sources(session.corridor.sides), *list_sources(data, kind, session.corridor.sides))
    known = data.catalogue.sources
    lines.append(
        w.t("Sumber: {sumber}.", sumber="; ".join(md(w.source(known[s]).attribution) for s in sources if s in known))
    )
    return "\n".join(f"- {line}" for line in lines)
