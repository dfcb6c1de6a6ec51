"""Sentences of priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.priority.composite_index import MIN_AVAILABILITY
from analysis.priority.priority import Priority, chosen_standards
from data.tables import Dataset
from views.language import sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.access import words as access_words
from views.topics.comparison import verdicts as comparison_verdicts

MOST_CHANGES = 5
MOST_REASONS = 3
LOOKED_AT = 10
"""Places at the head of the order among which a surer one is named."""
MOST_SURER = 2
SURE = 0.1
"""A rank range of this part of all ranks, or less, carries that a place is among the first."""


def answer(w: Words, data: Dataset, result: Priority, shown: pd.DataFrame) -> Answer:
    """Who stands first, and whether the order carries that; below, the rank ranges behind it.

    Parameters
    ----------
    w, data : language and data
    result : the ranking
    shown : its rows that are shown, first on top
    """
    if shown.empty:
        return Answer(w.t("Tidak ada kelurahan atau desa yang dapat diperingkat dengan pilihan ini."))
    width = shown["rank_high"] - shown["rank_low"]
    surer = shown.index[1:LOOKED_AT][(width.iloc[1:LOOKED_AT] <= width.iloc[0] / 2).to_numpy()][:MOST_SURER]
    first = data.kelurahan.loc[shown.index[0]]
    names = [str(data.kelurahan.at[kode, "nama"]) for kode in surer]
    fields = {"nama": str(first["nama"]), "kabkota": str(first["kabkota"]), "lain": w.listing(names)}
    if shown["rank_high"].iloc[0] <= 1:
        sentence, surer = w.t("{nama} di {kabkota} paling membutuhkan.", **fields), surer[:0]
    elif width.iloc[0] <= SURE * result.index.indexed:
        sentence, surer = w.t("{nama} di {kabkota} termasuk yang paling membutuhkan.", **fields), surer[:0]
    elif names:
        sentence = w.t(
            "{nama} di {kabkota} tampak paling membutuhkan, tetapi urutannya belum pasti; {lain} lebih pasti.", **fields
        )
    else:
        sentence = w.t("{nama} di {kabkota} tampak paling membutuhkan, tetapi urutannya belum pasti.", **fields)
    named = shown.loc[[shown.index[0], *surer]]
    ranks = [
        f"{w.number(low)}–{w.number(high)}" for low, high in zip(named["rank_low"], named["rank_high"], strict=True)
    ]
    notes = [
        w.t(
            "Peringkat {kisaran} dari {n}; data {tahun}.",
            kisaran=", ".join(ranks),
            n=w.number(result.index.indexed),
            tahun=sentences.years(result.years) if result.years else "–",
        )
    ]
    missing = result.table[result.table["index"].isna()].groupby("kode_kabkota").size()
    if len(missing):
        sides = [f"{sentences.side_name(data, str(k))} {w.number(int(n))}" for k, n in missing.items()]
        notes.append(w.t("Tidak diperingkat karena datanya kurang: {daftar}.", daftar=w.listing(sides)))
    return Answer(sentence, " ".join(notes))


def nothing(w: Words, data: Dataset, result: Priority) -> str:
    """What is missing where nobody can be ranked, and what to do.

    Parameters
    ----------
    w, data : language and data
    result : the ranking
    """
    left = [w.pick(data.catalogue.indicators[i].title) for i, _ in result.index.left_out]
    return w.t(
        "Yang belum ada: nilai untuk {indikator}. Yang dapat membawanya: dinas pendidikan dan dinas kesehatan kedua sisi. Sampai itu ada: pilih seluruh wilayah, sisi lain atau sektor lain.",
        indikator=md(w.listing(left)) or w.t("kelurahan/desa di sini"),
    )


def reasons(w: Words, data: Dataset, result: Priority, kodes: Iterable[str]) -> list[str]:
    """Why each kelurahan is in need: the values that add most to it, as in "SMP negeri 2,7 km dan puskesmas 6,9 km".

    Parameters
    ----------
    w, data : language and data
    result : the ranking
    kodes : of ranked kelurahan
    """
    drivers = result.index.drivers
    known = {str(i): data.indicator_values(str(i)) for i in drivers.columns}
    shares = drivers.to_numpy(dtype=float)
    heaviest = np.argsort(-shares, axis=1, kind="stable")[:, :MOST_REASONS]
    names, row_of = list(known), {kode: row for row, kode in enumerate(drivers.index)}
    return [
        _reason(
            w, data, kode, {names[n]: known[names[n]] for n in heaviest[row_of[kode]] if shares[row_of[kode], n] > 0}
        )
        for kode in kodes
    ]


def _reason(w: Words, data: Dataset, kode: str, known: Mapping[str, pd.DataFrame]) -> str:
    parts: list[str] = []
    for name, values in known.items():
        indicator, value = data.catalogue.indicators[name], float(values["value"].loc[kode])
        title = access_words.noun(w, indicator.facility) if indicator.facility else w.pick(indicator.title)
        text = w.km(1000 * value) if indicator.facility else w.number(value, indicator.decimals)
        parts.append(f"{title} {text}")
    return w.listing(parts) or w.t("hanya sebagian wilayah di luar standar")


def changes(w: Words, data: Dataset, moved: pd.DataFrame | None) -> str:
    """What the user's choices did to the ranks, as Markdown.

    Parameters
    ----------
    w, data : language and data
    moved : as `analysis.priority.composite_index.rank_changes` gives it; None where the choices are the usual ones
    """
    if moved is None:
        return w.t("**Yang berubah:** belum ada; bobot sama, standar bawaan.")
    largest = moved[moved["shift"] != 0].head(MOST_CHANGES)
    if largest.empty:
        return w.t("**Yang berubah:** tidak ada peringkat yang bergeser.")
    lines = [w.t("**Yang berubah** terhadap bobot sama dan standar bawaan:")]
    for kode, row in largest.iterrows():
        template = (
            w.t("{nama} ({kabkota}): dari {lama} ke {baru}, kisarannya terpisah")
            if row["apart"]
            else w.t("{nama} ({kabkota}): dari {lama} ke {baru}, kisarannya masih bertumpang")
        )
        lines.append(
            "- "
            + template.format(
                nama=md(str(data.kelurahan.at[kode, "nama"])),
                kabkota=md(str(data.kelurahan.at[kode, "kabkota"])),
                lama=w.number(row["before"]),
                baru=w.number(row["after"]),
            )
        )
    return "\n".join(lines)


def map_note(w: Words, data: Dataset) -> str:
    """What the colours of the map mean."""
    return w.t(
        "Kebutuhan 1 sampai 100: makin gelap makin membutuhkan; arsir: data kurang. Jiwa: penduduk {tahun}.",
        tahun=data.catalogue.indicators["penduduk"].year,
    )


def method(w: Words, data: Dataset, result: Priority) -> str:
    """How need is computed, which standards hold, what was left out, and the caveats, as a Markdown list.

    Parameters
    ----------
    w, data : language and data
    result : the ranking
    """
    index = result.index
    lines = [
        w.t(
            "Kebutuhan 1 berarti semua standar terpenuhi, 100 berarti tidak ada yang tercapai. Bobot sektor dibagi rata "
            "kepada indikatornya; yang datanya kurang dari {batas} bobot tidak diperingkat ({n} dari {semua}).",
            batas=w.percent(MIN_AVAILABILITY),
            n=w.number(index.units - index.indexed),
            semua=w.number(index.units),
        ),
        w.t(
            "Kisaran peringkat: {n} percobaan. Bobot tiap indikator diacak di sekitar pilihan, dengan bobot sektor dibagi kepada "
            "indikatornya atau diberikan kepada masing-masing; tiga skala, dua cara penggabungan. Dua kelurahan hanya dapat "
            "dibedakan bila kisarannya tidak bertumpang.",
            n=w.number(index.draws),
        ),
        w.t("Jiwa: penduduk di bagian wilayah yang melebihi jarak standar sedikitnya satu layanan."),
    ]
    for indicator, standard in chosen_standards(data.catalogue, result.choices):
        weight = index.weights.get(indicator.id)
        share = w.percent(float(weight)) if weight is not None else w.t("tidak dipakai")
        lines.append(f"{md(w.pick(indicator.title))} ({share}): {md(sentences.standard_text(w, standard, indicator))}")
    lines += [
        w.t(
            "Tidak dipakai: {indikator} – {alasan}",
            indikator=md(w.pick(data.catalogue.indicators[i].title)),
            alasan=comparison_verdicts.caveat(w, reason),
        )
        for i, reason in index.left_out
    ]
    lines += [comparison_verdicts.caveat(w, code) for code in index.caveats]
    return "\n".join(f"- {line}" for line in lines)
