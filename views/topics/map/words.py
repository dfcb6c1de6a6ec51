"""Sentences of the map."""

from __future__ import annotations

from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.language import sentences
from views.language.escape import md
from views.language.words import Words


def question(w: Words, indicator: Indicator, corridor: Corridor) -> str:
    """The question that the map answers."""
    fields = {"indikator": md(w.pick(indicator.title)), "koridor": md(w.pick(corridor.title))}
    if indicator.direction == "netral":
        return w.t("{indikator}, {koridor}: bagaimana sebarannya?", **fields)
    return w.t("{indikator}, {koridor}: siapa yang tertinggal?", **fields)


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
