"""Tables of the page of the catalogue; what was typed stands in them as no formula."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from data.catalogue import Corridor, Fault, Source, Standard
from data.catalogue.entries import Typed
from data.tables import Dataset
from data.versions import CATALOGUE
from records.catalogue.reading import Saved
from views.language import versions as version_words
from views.language.cells import safe_cell
from views.language.words import Words
from views.topics.catalogue import words


def title(w: Words, entry: Typed) -> str:
    """What an entry is called; a source by its short name."""
    return w.source(entry).short if isinstance(entry, Source) else w.pick(entry.title)


def entries_table(w: Words, data: Dataset, entries: Mapping[str, Typed], kind: str) -> pd.DataFrame:
    """All entries of a kind: id, title, what it is about, and where it is from.

    Parameters
    ----------
    w, data : language, and the data whose catalogue it is
    entries, kind : of the catalogue
    """
    numbers = {}
    for version in data.applied:
        if version.kind == CATALOGUE and version.rows[0][0] == kind:
            numbers[_id(version.rows[0][1])] = version.number
    shipped = w.t("bawaan Tapal")
    return pd.DataFrame(
        {
            w.t("Pengenal"): [safe_cell(key) for key in entries],
            w.t("Judul"): [safe_cell(title(w, entry)) for entry in entries.values()],
            w.t("Isi"): [safe_cell(_about(w, data, entry)) for entry in entries.values()],
            w.t("Asal"): [w.t("versi {n}", n=str(numbers[key])) if key in numbers else shipped for key in entries],
        }
    )


def _id(content: str) -> str:
    return str(json.loads(content)["id"])


def _about(w: Words, data: Dataset, entry: Typed) -> str:
    if isinstance(entry, Standard):
        return f"{w.number(entry.threshold, 2)} {entry.unit}; {entry.source}, {entry.clause}"
    if isinstance(entry, Corridor):
        return w.listing([data.kabkota_names.get(side, side) for side in entry.sides])
    if isinstance(entry, Source):
        return w.source(entry).attribution
    return w.pick(entry.description)


def saved_table(w: Words, saved: Sequence[Saved], people: bool) -> pd.DataFrame:
    """Every entry that was saved here, the newest first.

    Parameters
    ----------
    w : language
    saved : as `records.catalogue.reading` gives them
    people : whether who saved and withdrew is shown
    """
    kinds = words.kind_names(w)
    columns = {
        w.t("Versi"): [one.number for one in saved],
        w.t("Tanggal"): [w.date(version_words.day_of(one.at)) for one in saved],
        w.t("Jenis"): [kinds[one.kind] for one in saved],
        w.t("Pengenal"): [safe_cell(one.entry) for one in saved],
        w.t("Perubahan"): [w.t("baru") if one.before is None else w.t("berubah") for one in saved],
        w.t("Status"): [words.state_name(w, one) for one in saved],
        w.t("Catatan"): [safe_cell("; ".join(filter(None, (one.note, one.reason)))) for one in saved],
    }
    if people:
        columns |= {
            w.t("Admin"): [safe_cell(one.author) for one in saved],
            w.t("Ditarik oleh"): [safe_cell(one.who) for one in saved],
        }
    return pd.DataFrame(columns)


def faults_table(w: Words, faults: Sequence[Fault]) -> pd.DataFrame:
    """Each field with a problem, and why it is refused."""
    return pd.DataFrame(
        {
            w.t("Isian"): [safe_cell(words.field_name(w, fault.field)) for fault in faults],
            w.t("Masalah"): [safe_cell(words.reason(w, fault)) for fault in faults],
        }
    )
