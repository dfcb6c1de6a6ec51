"""The wording of the page on access across the line: names of the services, ranges, the answer and the method."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.access.result import MOSTLY, OpenBorder
from analysis.access.services import Service, equivalents
from analysis.access.shared_supply import UNCHANGED
from analysis.scenario.changes import Change
from data.catalogue import Assumption, Corridor, Standard
from data.tables import Dataset
from geo.regions import DRAWS
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.link_names import ASSUMPTIONS
from views.language.names import Noun, service_nouns
from views.language.words import Words

MANY_SIDES = 3
"""From so many sides on, a line under a sentence names none of them."""
ASSUMED = ("memutar", "jalan_kaki", "motor")
"""Keys in the link of what the page assumes."""


def service_names(w: Words) -> dict[str, str]:
    """Labels of the services."""
    return {
        "puskesmas": w.t("Puskesmas"),
        "rumah_sakit": w.t("Rumah sakit"),
        "sd": w.t("SD negeri dan swasta"),
        "smp": w.t("SMP negeri dan swasta"),
        "smp_negeri": w.t("SMP negeri"),
        "sma_smk": w.t("SMA/SMK negeri dan swasta"),
        "sma_smk_negeri": w.t("SMA/SMK negeri"),
        "kantor_kelurahan": w.t("Kantor kelurahan"),
    }


def noun(w: Words, service: str) -> Noun:
    """A service within a sentence."""
    return service_nouns(w)[service]


def question(w: Words, corridor: Corridor, service: str) -> str:
    """The question that the page answers.

    Parameters
    ----------
    w, corridor : language and border
    service : id of the service that is opened
    """
    return w.t(
        "{koridor}: apa yang berubah bila {layanan} yang lebih dekat boleh dipakai, milik siapa pun?",
        koridor=md(w.pick(corridor.title)),
        layanan=noun(w, service),
    )


def people_range(w: Words, counts: tuple[float, float, float]) -> str:
    """People, or their range where places known by area only make one.

    Parameters
    ----------
    w : language
    counts : people: median, low and high over the places that a facility known by area may have
    """
    low, high = w.people(counts[1]), w.people(counts[2])
    return low if low == high else f"{low}–{high}"


def metres_range(w: Words, metres: tuple[float, float, float]) -> str:
    """Metres to tens, as one figure or as a range.

    Parameters
    ----------
    w : language
    metres : median, low and high, as for `people_range`
    """
    low, high = (w.number(to_tens(m)) for m in metres[1:])
    return f"{low}\N{NO-BREAK SPACE}m" if low == high else f"{low}–{high}\N{NO-BREAK SPACE}m"


def to_tens(metres: float) -> float:
    """Metres rounded to tens, as exact as the page shows them."""
    return round(metres, -1)


def _span(w: Words, low: float, high: float) -> str:
    """Two numbers as one figure or as a range."""
    first, last = w.number(low, 1), w.number(high, 1)
    return first if first == last else f"{first}–{last}"


def saved_text(w: Words, row: pd.Series) -> str:
    """Metres saved in a kelurahan as a range.

    Parameters
    ----------
    w : language
    row : of `OpenBorder.table`
    """
    return metres_range(w, (row["saved"], row["saved_low"], row["saved_high"]))


def ratio_text(w: Words, ratio: float) -> str:
    """Change of supply as a signed per cent; words where there was none before.

    Parameters
    ----------
    w : language
    ratio : change relative to the supply before (0.1 = 10 % more), infinite where that was 0
    """
    if ratio == float("inf"):
        return w.t("dari nol")
    return w.signed_percent(ratio)


def list_years(w: Words, result: OpenBorder) -> str:
    """The years of the lists that were used."""
    return sentences.years(result.years) if result.years else "–"


def place_name(data: Dataset, kode: str) -> str:
    """A kelurahan with its kecamatan, safe in Markdown."""
    return f"{md(str(data.kelurahan.at[kode, 'nama']))} ({md(str(data.kelurahan.at[kode, 'kecamatan']))})"


def answer(w: Words, data: Dataset, result: OpenBorder, mode: str = "jarak") -> Answer:
    """For how many the nearest service lies across the line, or gets more or fewer users; below, both sides and doubt.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    mode : "jarak" for distance, or "pasokan" for supply per person
    """
    what = noun(w, result.service)
    missing = w.listing([sentences.side_name(data, k) for k in result.without_list if k in result.sides])
    if not result.computable:
        return Answer(
            w.t("Belum dapat dihitung, karena daftar {layanan} {sisi} belum dapat dipakai.", layanan=what, sisi=missing)
        )
    if not result.closes:
        return Answer(
            w.t(
                "Layanan lintas batas tidak mengubah apa pun untuk {layanan}, karena garis ini tidak menutupnya.",
                layanan=what,
            ),
            w.t("Pemiliknya provinsi yang sama atau swasta; hanya garis pemiliknya yang menutup suatu layanan."),
        )
    known = [side for side in result.side if side.known]
    who = (
        w.t("warga {sisi}", sisi=sentences.side_name(data, known[0].kode_kabkota)) if len(known) == 1 else w.t("warga")
    )
    supplied = [side for side in known if side.gain is not None and side.lose is not None]
    if mode == "pasokan" and supplied:
        sentence = w.t(
            "Bila boleh lintas batas, ketersediaan {layanan} bertambah bagi {naik} {warga} dan berkurang bagi {turun}.",
            layanan=what,
            warga=who,
            naik=_some(w, sum(side.gain or 0.0 for side in supplied)),
            turun=_some(w, sum(side.lose or 0.0 for side in supplied)),
        )
        notes = [
            w.t(
                "{sisi} {naik} dan {turun}.",
                sisi=sentences.side_name(data, side.kode_kabkota),
                naik=w.people(side.gain),
                turun=w.people(side.lose),
            )
            for side in (supplied if len(supplied) < MANY_SIDES else ())
        ]
        if unsure := sum(side.unsure_units for side in supplied):
            notes.append(w.t("Bagi {n} kelurahan/desa arahnya belum pasti.", n=w.number(unsure)))
        return Answer(sentence, " ".join(notes))
    low, high = (sum(side.crossing[end] for side in known) for end in (1, 2))
    sentence = w.t(
        "Bila warga boleh memakai {layanan} terdekat milik siapa pun, {berapa} {warga} mendapat yang lebih dekat.",
        layanan=what,
        warga=who,
        berapa=aloud.people_of(w, low, high, 0.0),
    )
    sides = [f"{sentences.side_name(data, side.kode_kabkota)} {aloud.figures(w, *side.crossing[1:])}" for side in known]
    years = list_years(w, result)
    notes = [
        w.t("{daftar}; {tahun}, garis lurus.", daftar="; ".join(sides), tahun=years)
        if len(sides) < MANY_SIDES
        else w.t("Data {tahun}, garis lurus.", tahun=years)
    ]
    if missing:
        notes.append(w.t("Daftar {sisi} belum dapat dipakai.", sisi=missing))
    elif low != high:
        notes.append(
            w.t("Kisaran karena {n} {layanan} hanya diketahui wilayahnya.", n=w.number(len(result.areas)), layanan=what)
        )
    return Answer(sentence, " ".join(notes))


def _some(w: Words, people: float) -> str:
    return aloud.rounded(w, people) if people >= 0.5 else w.t("tidak seorang pun")


def scenario_line(w: Words, data: Dataset, usual: OpenBorder, result: OpenBorder, changes: Sequence[Change]) -> str:
    """What the scenario does to people within the standard, closed and open.

    Parameters
    ----------
    w, data : language and data
    usual, result : of the open border without and with the scenario
    changes : of the scenario; without any the line is ""
    """
    if not changes:
        return ""
    lines = [w.t("**Skenario: {n} perubahan.**", n=w.number(len(changes)))]
    for before, after in zip(usual.side, result.side, strict=True):
        if after.within_closed is None or after.within_open is None:
            continue
        lines.append(
            w.t(
                "{sisi}: dalam standar {tutup} → {tutup_baru} jiwa (hanya layanan sendiri), {buka} → {buka_baru} jiwa (boleh "
                "lintas batas).",
                sisi=sentences.kabkota_name(data, after.kode_kabkota),
                tutup=w.people(before.within_closed),
                tutup_baru=w.people(after.within_closed),
                buka=w.people(before.within_open),
                buka_baru=w.people(after.within_open),
            )
        )
    return " ".join(lines)


def capacity(w: Words, data: Dataset, result: OpenBorder, standards: Sequence[Standard]) -> list[str]:
    """What the receiving sides would need if everybody used the nearest facility, as Markdown lines.

    Parameters
    ----------
    w, data : language and data
    result : of the open border
    standards : each says how many people one facility serves
    """
    what = noun(w, result.service)
    lines = []
    for side in result.side:
        if side.kode_kabkota not in result.members:
            continue
        needs = [
            w.t(
                "setara {n} {layanan} menurut “{standar}”",
                n=_span(w, equivalents(side.incoming[1], standard), equivalents(side.incoming[2], standard)),
                layanan=what,
                standar=w.pick(standard.title),
            )
            for standard in standards
        ] or [w.t("belum ada standar jiwa per layanan")]
        lines.append(
            w.t(
                "- **{sisi}** menerima {jiwa} jiwa dari seberang: {setara}.",
                sisi=sentences.kabkota_name(data, side.kode_kabkota),
                jiwa=people_range(w, side.incoming),
                setara="; ".join(needs),
            )
        )
    return lines


def assumption_text(w: Words, entry: Assumption) -> str:
    """An assumption with its source and certainty."""
    return w.t(
        "{judul}: {nilai} {satuan} ({sumber}, {klausul}; {kepastian})",
        judul=w.pick(entry.title),
        nilai=w.number(entry.value, 1),
        satuan=w.pick(entry.unit),
        sumber=entry.source,
        klausul=entry.clause,
        kepastian=sentences.certainty(w, entry.certainty),
    )


def method(w: Words, data: Dataset, service: Service, result: OpenBorder, standard: Standard | None) -> str:
    """How it is computed, what is assumed, what lists miss, and the sources, as a Markdown list.

    Parameters
    ----------
    w, data : language and data
    service : which may be used across the line
    result : of the open border
    standard : of distance, with the threshold that is used; None without one
    """
    catalogue = data.catalogue
    indicator = catalogue.indicators[service.indicator]
    limits = w.listing([f"{w.km(limit)} ({w.number(weight, 2)})" for limit, weight in result.steps])
    lines = [
        w.t(
            "Hanya layanan sendiri: hanya garis pemiliknya yang menutup suatu layanan. Warga memakai milik "
            "kabupaten/kotanya, milik provinsinya (SMA/SMK negeri; UU 23/2014) dan milik swasta di sisi mana pun. Boleh "
            "lintas batas: fasilitas terdekat dari semua di {daftar}. Jarak garis lurus dari titik-titik sampel (250 m) di dalam "
            "kelurahan; jiwa kelurahan dibagi rata ke titiknya.",
            daftar=w.listing([sentences.kabkota_name(data, k) for k in result.members]) or "–",
        ),
        w.t(
            "Fasilitas yang hanya diketahui kelurahan, kecamatan atau kabupaten/kotanya berada di tempat lain pada tiap dari {n} kemungkinan, makin "
            "banyak penduduk di sekitar suatu tempat makin besar kemungkinannya. Angka adalah mediannya, kisaran 5–95 % dari semua kemungkinan itu.",
            n=w.number(DRAWS),
        ),
        w.t(
            "Ketersediaan layanan: E2SFCA (Luo dan Qi 2009), satu fasilitas = satu satuan layanan karena kapasitasnya "
            "belum ada data; langkah {langkah}; perubahan sampai {tetap} dianggap tetap. Jumlah layanan yang terbagi sama "
            "dengan jumlah fasilitas, dengan layanan sendiri maupun lintas batas.",
            langkah=limits,
            tetap=w.percent(UNCHANGED),
        ),
        w.t(
            "Kelurahan disebut bila titik yang lebih dekat ke seberang mencapai {bagian}. Garis lurus melintasi sungai dan jalan tol; "
            "aturan, biaya dan kebiasaan memakai layanan tidak ikut dihitung.",
            bagian=w.percent(MOSTLY),
        ),
    ]
    if standard is not None:
        lines.append(md(sentences.standard_text(w, standard, indicator)))
    else:
        lines.append(
            w.t("Belum ada standar jarak untuk layanan ini, jadi “menjadi terlayani sesuai standar” tidak dihitung.")
        )
    names = [*(ASSUMPTIONS[key] for key in ASSUMED), *([service.reach] if service.reach else [])]
    lines += [md(assumption_text(w, catalogue.assumptions[name])) for name in names]
    if result.without_people:
        lines.append(
            w.t(
                "Penduduk {daftar} belum ada data: fasilitasnya ikut untuk jarak, tidak untuk ketersediaan layanan.",
                daftar=w.listing([sentences.kabkota_name(data, k) for k in result.without_people]),
            )
        )
    if result.balance is not None:
        lines.append(
            w.t(
                "Pemeriksaan: layanan terbagi {tutup} dari {ada} (hanya layanan sendiri), {buka} dari {semua} (boleh lintas "
                "batas).",
                tutup=w.number(result.balance.closed_given, 2),
                ada=w.number(result.balance.closed_there),
                buka=w.number(result.balance.open_given, 2),
                semua=w.number(result.balance.open_there),
            )
        )
    lines += [md(w.pick(c)) for c in indicator.caveats]
    lines += [sentences.source_text(w, catalogue.sources[source]) for source in result.sources]
    return "\n".join(f"- {line}" for line in lines)
