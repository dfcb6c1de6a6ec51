"""A line of what is on record of a kelurahan; each kind of record has one function here."""

from __future__ import annotations

from analysis.proposals.proposals import OfPlace
from views.language.words import Words


def proposals(w: Words, found: OfPlace | None) -> str:
    """How many proposals a kelurahan has, and how many of them touch its top gaps, as Markdown.

    Parameters
    ----------
    w : language
    found : None where it has none, or its side has brought none
    """
    if found is None:
        return w.t("Usulan musrenbang: belum ada dalam catatan.")
    fields = {
        "n": w.number(found.total),
        "tahun": str(found.year),
        "m": w.number(found.meeting),
        "k": w.number(found.unmet),
        "semua": w.number(found.gaps),
    }
    if not found.gaps:
        return w.t("Usulan musrenbang {tahun}: {n}; tidak ada standar yang pasti terlewati di sini.", **fields)
    return w.t(
        "Usulan musrenbang {tahun}: {n}; {m} menyentuh kesenjangan utamanya, dan {k} dari {semua} kesenjangan utama belum diusulkan.",
        **fields,
    )


def short(w: Words, found: OfPlace | None) -> str:
    """The same for a cell of a table: proposals, and how many of them touch a top gap; "" where there is none."""
    if found is None:
        return ""
    return f"{w.number(found.total)} ({w.number(found.meeting)})"
