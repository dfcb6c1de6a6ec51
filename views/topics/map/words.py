"""Sentences of the map."""

from __future__ import annotations

from analysis.values.layer import Layer, SideFigure
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import method_names, service_nouns
from views.language.words import Words


def question(w: Words, indicator: Indicator, corridor: Corridor) -> str:
    """The question that the map answers."""
    fields = {"indikator": md(w.pick(indicator.title)), "koridor": md(w.pick(corridor.title))}
    if indicator.direction == "netral":
        return w.t("{indikator}, {koridor}: bagaimana sebarannya?", **fields)
    return w.t("{indikator}, {koridor}: siapa yang tertinggal?", **fields)


def answer(w: Words, data: Dataset, indicator: Indicator, result: Layer) -> Answer:
    """The means of the border of every side; the rest of each side, year and doubt below.

    Of more than two sides, the lowest and the highest.
    """
    if result.comparison.block == "tidak_ada":
        return Answer(w.t("Di sini belum ada data {indikator}.", indikator=aloud.title(w, indicator)))
    known = [side for side in result.sides if side.border_mean is not None]
    years = result.values["year"].dropna()
    notes = [
        w.t(
            "Rata-rata tertimbang penduduk, {cara}, {tahun}.",
            cara=method_names(w)[indicator.method],
            tahun=sentences.years(w, (int(years.min()), int(years.max()))),
        ),
        *doubts(w, data, result)[:1],
    ]
    if len(result.sides) == 2:
        rest = [
            w.t(
                "{sisi} {nilai}",
                sisi=sentences.side_name(data, side.kode_kabkota),
                nilai=sentences.at_most(sentences.value_with_unit(w, indicator, side.other_mean), side.other_bound),
            )
            for side in result.sides
        ]
        notes.insert(0, w.t("Bagian lainnya: {daftar}.", daftar="; ".join(rest)))
    note = " ".join(notes)
    if not known:
        return Answer(w.t("Di garis batas belum ada data {indikator}.", indikator=aloud.title(w, indicator)), note)
    if len(known) > 2:
        ordered = sorted(known, key=lambda side: side.border_mean or 0.0)
        known = [ordered[0], ordered[-1]]
    where = w.t("Di kecamatan perbatasan") if result.level == "kecamatan" else w.t("Di garis batas")
    values = [
        w.t("{nilai} di {sisi}", nilai=_mean(w, indicator, side), sisi=sentences.side_name(data, side.kode_kabkota))
        for side in known
    ]
    nouns = service_nouns(w)
    fields = {"di": where, "nilai": w.listing(values)}
    if indicator.facility in nouns:
        return Answer(
            w.t("{di}, {layanan} terdekat rata-rata {nilai}.", layanan=nouns[indicator.facility], **fields), note
        )
    return Answer(w.t("{di}, {indikator} rata-rata {nilai}.", indikator=aloud.measured(w, indicator), **fields), note)


def _mean(w: Words, indicator: Indicator, side: SideFigure) -> str:
    text = aloud.quantity(w, indicator, side.border_mean or 0.0)
    return w.t("paling jauh {nilai}", nilai=text) if side.border_bound else text


def doubts(w: Words, data: Dataset, result: Layer) -> list[str]:
    """What must be known beside the means, the gravest first: sides without data or counted otherwise, bounds, gaps."""
    lines = []
    if result.comparison.block == "satu_sisi":
        names = [sentences.side_name(data, kode) for kode in result.comparison.unknown]
        lines.append(w.t("Belum ada data: {daftar}.", daftar=w.listing(names)))
    elif result.comparison.block == "definisi":
        lines.append(w.t("Yang dihitung berbeda di tiap sisi, jadi tidak dibandingkan."))
    if result.bounds:
        lines.append(w.t("{n} kelurahan/desa baru diketahui batas atasnya.", n=w.number(result.bounds)))
    if result.comparison.note_years:
        lines.append(w.t("Tahun datanya terpaut {tahun} tahun.", tahun=w.number(result.comparison.years_apart)))
    if missing := int(result.values["value"].isna().sum()):
        level = w.level("kecamatan") if result.level == "kecamatan" else w.t("kelurahan/desa")
        lines.append(w.t("{n} {satuan} belum ada data.", n=w.number(missing), satuan=level))
    return lines


def method(w: Words, data: Dataset, indicator: Indicator) -> str:
    """How the indicator is computed, its caveats, standards, definitions and sources."""
    catalogue = data.catalogue
    lines = [f"- {md(w.pick(indicator.description))}"]
    lines += [f"- {md(w.pick(c))}" for c in indicator.caveats]
    for definition in indicator.definitions:
        names = w.listing([sentences.kabkota_name(data, k) for k in definition.kabkota if k in data.kabkota.index])
        lines.append(w.t("- Yang dihitung di {wilayah}: {arti}.", wilayah=names, arti=md(w.pick(definition.text))))
    for standard in catalogue.standards_of(indicator.id):
        note = f" {md(w.pick(standard.note))}" if standard.note else ""
        lines.append(f"- {md(sentences.standard_text(w, standard, indicator))}.{note}")
    lines += [f"- {sentences.source_text(w, catalogue.sources[source])}" for source in indicator.sources]
    return "\n".join(lines)
