"""Sentences of the overview."""

from __future__ import annotations

from analysis.values.summary import BorderSummary
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import sentences
from views.language.escape import md
from views.language.words import Words


def border_set_names(w: Words) -> dict[str, str]:
    """Labels of the three border sets."""
    return {
        "bersentuhan": w.t("Bersentuhan"),
        "1km": w.t("Sampai 1 km"),
        "2km": w.t("Sampai 2 km"),
    }


def unknown_lines(w: Words, data: Dataset, summary: BorderSummary) -> list[str]:
    """Sentences on indicators that are unknown on a side, defined differently or years apart."""
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
            "Penduduk: total kecamatan dibagi menurut TPS Pemilu 2024; galatnya diukur pada Jakarta Timur (lihat Sumber & mutu)."
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
