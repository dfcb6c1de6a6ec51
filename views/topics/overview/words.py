"""Sentences of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.priority.priority import Priority, filtered
from analysis.values.reach import Reach
from analysis.values.summary import BorderSummary, SidePeople, leading_gap
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import method_names, service_nouns
from views.language.words import Words
from views.topics.priority import words as priority_words


@dataclass(frozen=True)
class Needy:
    """A kelurahan among those that need most, and why, as plain text.

    Attributes
    ----------
    kode, name, side : of the kelurahan
    reason : what adds most to its need, and the range of its rank
    """

    kode: str
    name: str
    side: str
    reason: str


def needy(w: Words, data: Dataset, result: Priority, border_set: str, most: int) -> list[Needy]:
    """The first kelurahan of a border by need.

    Parameters
    ----------
    w, data : language and data
    result : the ranking of the corridor
    border_set : which kelurahan are its border
    most : how many
    """
    first = filtered(result, "", border_set, "kebutuhan").head(most)
    found = []
    for (kode, row), why in zip(first.iterrows(), priority_words.reasons(w, data, result, first.index), strict=True):
        place = data.kelurahan.loc[str(kode)]
        rank = w.t(
            "peringkat {rendah}–{tinggi} dari {n}",
            rendah=w.number(row["rank_low"]),
            tinggi=w.number(row["rank_high"]),
            n=w.number(result.index.indexed),
        )
        reason = w.t("{alasan}; {peringkat}", alasan=why, peringkat=rank)
        found.append(Needy(str(kode), str(place["nama"]), str(place["kabkota"]), reason))
    return found


def not_known(w: Words, data: Dataset, corridor: Corridor, result: Reach) -> str:
    """How many kelurahan at the line are not judged in full, and who could change that; "" where all are.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : count of the services beyond their standard
    """
    at_line = result.table[result.table["border"]]
    unsure = at_line[at_line["unsure"] > 0]
    without = at_line[at_line["known"] < len(result.services) - at_line["unsure"]]
    lines = []
    if len(unsure):
        sides = [sentences.kabkota_name(data, k) for k in corridor.sides if k in set(unsure["kode_kabkota"])]
        lines.append(
            w.t(
                "Belum pasti: {n} dari {semua} kelurahan/desa perbatasan, karena koordinat sebagian fasilitas belum ada; dinas "
                "pendidikan dan kesehatan {sisi} dapat mengisinya.",
                n=w.number(len(unsure)),
                semua=w.number(len(at_line)),
                sisi=w.listing(sides),
            )
        )
    if len(without):
        sides = [sentences.kabkota_name(data, k) for k in corridor.sides if k in set(without["kode_kabkota"])]
        lines.append(
            w.t(
                "Belum ada sebagian datanya: {n} kelurahan/desa perbatasan {sisi}.",
                n=w.number(len(without)),
                sisi=w.listing(sides),
            )
        )
    return " ".join(lines)


def gaps_note(w: Words) -> str:
    """What the table of gaps counts."""
    return w.t(
        "Jarak dihitung dari titik sampel dengan asumsi penduduk tersebar merata di dalam kelurahan. Kisaran: "
        "batas kesalahan perkiraan penduduk, yang saling meniadakan di dalam satu kecamatan; angka resmi tidak berkisaran."
    )


def border_set_names(w: Words) -> dict[str, str]:
    """Labels of the three border sets."""
    return {
        "bersentuhan": w.t("Berbatasan langsung"),
        "1km": w.t("Sampai 1 km"),
        "2km": w.t("Sampai 2 km"),
    }


def answer(w: Words, data: Dataset, corridor: Corridor, summary: BorderSummary) -> Answer:
    """How many people at the border are beyond the standard of the service that most of them surely lack.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    summary : of that border
    """
    rows = leading_gap(summary)
    if not rows:
        return Answer(w.t("Di perbatasan ini belum ada layanan berstandar yang jaraknya diketahui."))
    indicator = data.catalogue.indicators[rows[0].indicator]
    standard = data.catalogue.standards[rows[0].standard]
    low, high, everyone = (sum(getattr(row, n) for row in rows) for n in ("low", "high", "total"))
    unknown = [s.kode_kabkota for s in summary.sides if s.kode_kabkota not in {r.kode_kabkota for r in rows}]
    where = {"bersentuhan": w.t("Di perbatasan ini"), "1km": w.t("Sampai 1 km dari garis batas"), "2km": w.t("Sampai 2 km dari garis batas")}[summary.border_set]  # fmt: skip
    if unknown:
        known = w.listing([sentences.side_name(data, row.kode_kabkota) for row in rows])
        where = w.t("Di perbatasan {sisi}", sisi=known)
    elif not corridor.pair:
        where = w.t("Di seluruh perbatasan wilayah kajian")
    fields = {"di": where, "berapa": aloud.people_of(w, low, high, everyone)}
    nouns = service_nouns(w)
    if indicator.facility in nouns:
        sentence = w.t(
            "{di} {berapa} warga tinggal lebih dari {ambang} dari {layanan}.",
            ambang=aloud.distance(w, standard.threshold),
            layanan=nouns[indicator.facility],
            **fields,
        )
    else:
        sentence = w.t(
            "{di} {berapa} warga tinggal di wilayah yang belum memenuhi standar {indikator}.",
            indikator=aloud.title(w, indicator),
            **fields,
        )
    years = sentences.years((min(row.years[0] for row in rows), max(row.years[1] for row in rows)))
    note = w.t(
        "{kisaran} dari {semua} jiwa; data {tahun}, penduduk {tahun_penduduk}, {cara}.",
        kisaran=aloud.figures(w, low, high),
        semua=aloud.rounded(w, everyone, 3),
        tahun=years,
        tahun_penduduk=data.catalogue.indicators["penduduk"].year,
        cara=method_names(w)[indicator.method],
    )
    if unknown:
        names = w.listing([sentences.side_name(data, kode) for kode in unknown])
        note += " " + w.t("{sisi}: belum ada data.", sisi=names)
    return Answer(sentence, note)


def people_text(w: Words, side: SidePeople) -> str:
    """People of a side: rounded where they are an estimate, to the last one where they are official."""
    return w.people(side.people) if side.estimated else w.number(side.people)


def unknown_lines(w: Words, data: Dataset, summary: BorderSummary) -> list[str]:
    """Sentences on indicators that are unknown on a side, defined differently or years apart.

    Parameters
    ----------
    w, data : language and data
    summary : of the border
    """
    lines = []
    for indicator in data.catalogue.indicators.values():
        comparison = summary.comparisons[indicator.id]
        sentence = sentences.blocked(w, data, indicator, comparison)
        if sentence is not None:
            lines.append(sentence)
        elif comparison.note_years:
            lines.append(
                w.t(
                    "{indikator}: data kedua sisi terpaut {tahun} tahun.",
                    indikator=w.pick(indicator.title),
                    tahun=w.number(comparison.years_apart),
                )
            )
    lines += [
        w.t(
            "Penduduk {jumlah} {satuan} {sisi} belum ada data.",
            jumlah=w.number(side.people_unknown),
            satuan=sentences.unit_word(w, data, side.kode_kabkota),
            sisi=sentences.kabkota_name(data, side.kode_kabkota),
        )
        for side in summary.sides
        if side.people_unknown
    ]
    return lines


def method(w: Words, corridor: Corridor) -> str:
    """How the border is drawn and which decree sets its line."""
    lines = [
        w.t(
            "Bertetangga: dua kelurahan/desa yang berbagi garis batas sekurangnya 50 m pada batas BIG yang tidak "
            "disederhanakan (EPSG:32748). Sampai 1 km dan 2 km: bagian terdekat kelurahan/desa berjarak sejauh itu dari garis."
        ),
        w.t(
            "Penduduk: angka resmi kelurahan di Bekasi, Depok dan Jakarta Timur; di Banten perkiraan dari total kecamatan (lihat Sumber & mutu)."
        ),
    ]
    basis = corridor.legal_basis
    if basis is not None:
        lines.append(
            w.t(
                "Garis batas ditetapkan {dokumen} ({kepastian}). {catatan}",
                dokumen=md(basis.document),
                kepastian=sentences.certainty(w, basis.certainty),
                catatan=md(w.pick(basis.note)) if basis.note else "",
            )
        )
    lines.append(w.t("Batas di peta bukan acuan resmi batas wilayah."))
    return "\n".join(f"- {line}" for line in lines)
