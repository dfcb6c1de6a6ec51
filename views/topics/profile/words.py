"""Sentences of the profile page: the answer, neighbours, ages, facts and origins."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.values.population import deviations
from analysis.values.profile import Profile, judge
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words

MOST_FACTS = 12
MOST_MISSED = 2
_CODES = re.compile(r"\b[QSK]\b")


def answer(w: Words, data: Dataset, result: Profile) -> Answer:
    """How many services meet their standard here, miss it, or cannot be judged; below, those that miss it.

    Parameters
    ----------
    w, data : language and data
    result : profile of the kelurahan
    """
    people = next((r for r in result.rows if r.indicator == "penduduk" and r.value is not None), None)
    found = judge(result)
    missed = found.missed
    fields = {"nama": str(data.kelurahan.at[result.kode, "nama"])}
    if people is not None and people.value is not None:
        size = aloud.rounded(w, people.value)
        fields["jiwa"] = w.t("sekitar {n}", n=size) if people.low is not None else size
    counts = [
        text
        for n, text in (
            (len(found.met), w.t("{n} memenuhi", n=w.number(len(found.met)))),
            (len(missed), w.t("{n} belum", n=w.number(len(missed)))),
            (len(found.unsure), w.t("{n} belum dapat dinilai", n=w.number(len(found.unsure)))),
        )
        if n
    ]
    fields["hasil"] = w.listing(counts) if counts else w.t("belum ada yang dapat dinilai")
    if "jiwa" in fields:
        sentence = w.t("{nama} berpenduduk {jiwa} jiwa; dari layanan yang berstandar, {hasil}.", **fields)
    else:
        sentence = w.t("Penduduk {nama} belum ada data; dari layanan yang berstandar, {hasil}.", **fields)
    notes = []
    if people is not None:
        ends = [people.value if end is None else end for end in (people.low, people.high)]
        notes.append(
            w.t(
                "Penduduk {kisaran} ({tahun}).",
                kisaran=aloud.figures(w, ends[0] or 0.0, ends[1] or 0.0),
                tahun=str(people.year),
            )
        )
    if missed:
        known = data.catalogue
        values = [
            w.t(
                "{indikator} {nilai}, standar {ambang} {satuan}",
                indikator=aloud.within(w.pick(known.indicators[r.indicator].title)),
                nilai=sentences.value_with_unit(w, known.indicators[r.indicator], r.value),
                ambang=sentences.number(w, known.standards[r.standard].threshold),
                satuan=w.pick(known.indicators[r.indicator].unit),
            )
            for r in sorted(missed, key=lambda r: -(r.gap or 0.0))[:MOST_MISSED]
            if r.standard is not None
        ]
        notes.append(w.t("Paling jauh dari standarnya: {daftar}.", daftar="; ".join(values)))
    return Answer(sentence, " ".join(notes))


def neighbour_line(w: Words, data: Dataset, corridor: Corridor, result: Profile) -> str:
    """Neighbours across the line with the boundary they share, as Markdown.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : profile of the kelurahan
    """
    if not result.neighbours:
        return w.t(
            "Kelurahan/desa ini tidak menyentuh garis batas koridor {koridor}.", koridor=md(w.pick(corridor.title))
        )
    names = [
        f"{md(str(data.kelurahan.at[n.kode, 'nama']))} ({sentences.kabkota_name(data, n.kode_kabkota)}; {w.length(n.shared_m)})"
        for n in result.neighbours
    ]
    return w.t("Tetangga di seberang batas, dengan panjang garis bersama: {daftar}.", daftar=w.listing(names))


def age_line(w: Words, result: Profile, this_year: int) -> str:
    """How old the values of this profile are.

    Parameters
    ----------
    w : language
    result : profile of the kelurahan
    this_year : from which ages are counted
    """
    years = [r.year for r in result.rows if r.year is not None]
    unknown = sum(r.value is None for r in result.rows)
    if not years:
        return w.t("Belum ada data.")
    return w.t(
        "Kesenjangan di atas 0 %: di luar standar. Daerah sendiri dan seberang batas: median. Data tahun {tertua} sampai {terbaru}; yang tertua berumur {umur} tahun. Belum ada data: {kosong} dari {semua} indikator. "
        "Standar bawaan tiap indikator; SNI adalah acuan.",
        tertua=str(min(years)),
        terbaru=str(max(years)),
        umur=w.number(this_year - min(years)),
        kosong=w.number(unknown),
        semua=w.number(len(result.rows)),
    )


def replaced_line(w: Words, data: Dataset, kode: str) -> str:
    """The estimate of the people that an official figure has replaced, and how far it was off; "" where none was.

    Parameters
    ----------
    w, data : language and data
    kode : of the kelurahan
    """
    rows = deviations(data.replaced[data.replaced["kode"] == kode])
    if rows.empty:
        return ""
    row = rows.iloc[0]
    text = w.t(
        "Penduduk {resmi} ({tahun_resmi}) adalah angka resmi; perkiraan yang digantikannya {perkiraan} ({tahun}), selisih {selisih}.",
        resmi=w.number(row["official"]),
        tahun_resmi=str(int(row["official_year"])),
        perkiraan=w.number(row["value"]),
        tahun=str(int(row["year"])),
        selisih=w.signed_percent(row["error"]),
    )
    inside = (
        w.t("Angka resminya di dalam kisaran perkiraan.")
        if row["within"]
        else w.t("Angka resminya di luar kisaran perkiraan.")
    )
    return f"{text} {inside}"


def facts(data: Dataset, kode: str) -> pd.DataFrame:
    """Sourced facts on the kelurahan first, then on its kecamatan: rows of `Dataset.facts`.

    Parameters
    ----------
    data, kode : the tables, and code of the kelurahan
    """
    frame = data.facts
    own = frame["kode"].str.split(";").map(lambda codes: kode in codes)
    around = frame["kode_kecamatan"].str.split(";").map(lambda codes: kode[:8] in codes) & (frame["kode"] == "")
    return pd.concat([frame[own], frame[around & ~own]])


def fact_lines(w: Words, frame: pd.DataFrame, kode: str) -> list[str]:
    """Facts on a kelurahan and its kecamatan as list items: text, value, year, source and certainty.

    Parameters
    ----------
    w : language
    frame : facts, as `facts` gives them
    kode : of the kelurahan
    """
    lines = []
    for fact in frame.head(MOST_FACTS).itertuples():
        place = "" if kode in str(fact.kode).split(";") else w.t("[tingkat kecamatan]")
        lines.append(fact_line(w, fact, place))
    if len(frame) > MOST_FACTS:
        lines.append(w.t("- dan {n} catatan lain di berkas data.", n=w.number(len(frame) - MOST_FACTS)))
    return lines


def fact_line(w: Words, fact: Any, place: str) -> str:
    """One fact as a list item.

    Parameters
    ----------
    w : language
    fact : a row of the facts, as a tuple with names
    place : what is said of the place, "" for nothing
    """
    text = fact.fact_en if w.language == "en" else fact.fact_id
    unit = fact.unit_en if w.language == "en" else fact.unit_id
    shown = fact.value if w.language == "en" else fact.value_id
    year = fact.year if w.language == "en" else fact.year_id
    value = f": {shown!s} {unit!s}".rstrip() if str(shown) else ""
    return w.t(
        "- {fakta}{nilai} ({tahun}){tempat}. Sumber: {sumber}, {tanggal}; {kepastian}.",
        fakta=md(str(text)),
        nilai=md(value),
        tahun=md(str(year)) or w.t("tanpa tahun"),
        tempat=f" {md(place)}" if place else "",
        sumber=sentences.page(str(fact.source_url)),
        tanggal=md(w.partial_date(str(fact.source_date))) or w.t("tanpa tanggal"),
        kepastian="; ".join(
            sentences.certainty(w, code) for code in dict.fromkeys(_CODES.findall(str(fact.certainty)))
        ),
    )


def origins(w: Words, data: Dataset, result: Profile) -> str:
    """Source, year, level, method, quality and note of each value, as a Markdown list.

    Parameters
    ----------
    w, data : language and data
    result : profile of the kelurahan
    """
    lines = []
    for row in result.rows:
        indicator = data.catalogue.indicators[row.indicator]
        note = f" {md(w.note(row.note))}" if row.note else ""
        lines.append(f"- **{md(w.pick(indicator.title))}**: {sentences.row_origin(w, data, row)}{note}")
        if row.standard is not None:
            standard = sentences.standard_text(w, data.catalogue.standards[row.standard], indicator)
            lines.append(f"  - {md(standard)}")
    return "\n".join(lines)


def _count_names(w: Words) -> dict[str, str]:
    """What a monografi counts."""
    return {
        "miskin": w.t("penduduk miskin"),
        "keluarga_miskin": w.t("keluarga miskin"),
        "disabilitas": w.t("penyandang disabilitas"),
        "sakit": w.t("penderita sakit"),
        "keluarga": w.t("keluarga"),
        "rt": w.t("RT"),
        "rw": w.t("RW"),
        "posyandu": w.t("posyandu"),
        "paud": w.t("PAUD"),
        "pos_kamling": w.t("pos kamling"),
        "tempat_ibadah": w.t("tempat ibadah"),
    }


def monograph_lines(w: Words, data: Dataset, kode: str) -> list[str]:
    """Counts that an office has published of a kelurahan, as Markdown lines.

    Parameters
    ----------
    w, data : language and data
    kode : of the kelurahan
    """
    names, rows = _count_names(w), data.monograph[data.monograph["kode"] == kode]
    return [
        w.t(
            "{hitungan}: {n} ({sumber})",
            hitungan=md(names.get(str(row["count"]), str(row["count"]))),
            n=w.number(float(row["value"])),
            sumber=md(w.source(data.catalogue.sources[str(row["source"])]).short),
        )
        for row in rows.to_dict("records")
    ]
