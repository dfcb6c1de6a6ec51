"""The pieces of the page on change over time: what was paired, what was refused, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.values.vintages import Refusal, Vintages
from data.catalogue import Corridor, Series
from data.tables import Dataset
from views.figures.captions import side_legend, sides_of, span
from views.figures.specs import Line, Lines, Panel
from views.language import sentences
from views.language.escape import md
from views.language.words import Words

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def values_of(data: Dataset, series: str) -> pd.DataFrame:
    """All figures of one series."""
    return data.vintages[data.vintages["series"] == series]


def _text(w: Words, series: Series, value: float) -> str:
    return f"{w.number(value, series.decimals)}\N{NO-BREAK SPACE}{w.pick(series.unit)}"


def change_text(w: Words, series: Series, change: float, relative: float) -> str:
    """A change in per cent; of figures that are per cent themselves, in points."""
    sign = "+" if round(change, series.decimals) > 0 else ""
    if series.unit.id.startswith("%"):
        points = w.number(change, series.decimals).replace("-", "−")
        return w.t("{tanda}{n} poin", tanda=sign, n=points)
    return w.signed_percent(relative)


def answer(w: Words, data: Dataset, corridor: Corridor, series: Series, result: Vintages) -> str:
    """First line: before and after of every side, at the same two years."""
    if result.changes.empty:
        return w.t(
            "{deret}: tidak ada dua tahun yang dihitung dengan cara yang sama untuk koridor ini, jadi tidak ada perubahan yang ditampilkan.",
            deret=md(w.pick(series.title)),
        )
    columns = (result.changes[c] for c in ("kode", "before", "after", "change", "relative"))
    parts = [
        w.t(
            "{sisi} {awal} → {akhir} ({ubah})",
            sisi=sentences.kabkota_name(data, str(kode)),
            awal=w.number(float(before), series.decimals),
            akhir=_text(w, series, float(after)),
            ubah=change_text(w, series, float(change), float(relative)),
        )
        for kode, before, after, change, relative in zip(*columns, strict=True)
    ]
    first = result.changes.iloc[0]
    text = w.t(
        "{deret}, {dari} → {sampai}: {sisi}.",
        deret=md(w.pick(series.title)),
        dari=str(first["from"]),
        sampai=str(first["to"]),
        sisi="; ".join(parts),
    )
    unknown = [sentences.kabkota_name(data, k) for k in result.unknown]
    if unknown:
        text += " " + w.t("{sisi}: belum ada data untuk kedua tahun itu.", sisi=w.listing(unknown))
    return text


def figure(w: Words, data: Dataset, corridor: Corridor, series: Series, result: Vintages) -> Lines:
    """Every value of the paired definition, a line a side; the two chosen years carry their values."""
    ends = set(result.changes["from"]) | set(result.changes["to"])
    sides = [side for side in sides_of(data, corridor) if (result.path["kode"] == side.kode).any()]
    lines = []
    for side in sides:
        own = result.path[result.path["kode"] == side.kode]
        points = tuple((float(y), float(v)) for y, v in zip(own["year"], own["value"], strict=True))
        # Five sides' values would lie on each other.
        texts = tuple(w.number(v, series.decimals) if y in ends and corridor.pair else "" for y, v in points)
        lines.append(Line(side.name, side.kode, points, texts=texts, dotted=True))
    years = list(result.years)
    top = float(result.path["value"].max())
    caveats = [_sentence(w.pick(caveat)) for caveat in series.caveats]
    return Lines(
        title=w.t("{koridor}: {deret}", koridor=w.pick(corridor.title), deret=w.pick(series.title)),
        unit=w.pick(series.unit),
        year=span(w, years),
        source="; ".join(d.origin for d in series.definitions if d.id == result.definition),
        note=" ".join(
            [*caveats, w.t("Tingkat kabupaten/kota. Yang dihitung berbeda dari tahun ke tahun tidak digabung.")]
        ),
        alt=w.t("Diagram garis: nilai setiap tahun di tiap sisi"),
        language=w.language,
        legend=side_legend(sides),
        panels=(Panel("", tuple(lines), (0.0, top * 1.15 or 1.0)),),
        axis=w.t("{deret} ({satuan})", deret=w.pick(series.title), satuan=w.pick(series.unit)),
        axis_across=w.t("tahun"),
        across=(years[0] - 0.3, years[-1] + 0.3),
        ticks=tuple((float(y), str(y)) for y in years),
        decimals=series.decimals,
    )


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def change_table(w: Words, data: Dataset, corridor: Corridor, series: Series, result: Vintages) -> Styler:
    """Before and after, a side a row; sides without both values stay in the table."""
    by_side = result.changes.set_index("kode").reindex(list(corridor.sides))
    quality = {"tinggi": w.t("tinggi"), "sedang": w.t("sedang"), "rendah": w.t("rendah")}
    before, after = (str(result.changes.iloc[0][c]) for c in ("from", "to"))
    frame = pd.DataFrame(
        {
            w.t("Sisi"): [str(data.kabkota.at[k, "nama"]) for k in corridor.sides],
            before: by_side["before"].to_numpy(),
            after: by_side["after"].to_numpy(),
            w.t("Perubahan"): [
                w.no_data if pd.isna(c) else change_text(w, series, float(c), float(r))
                for c, r in zip(by_side["change"], by_side["relative"], strict=True)
            ],
            w.t("Mutu"): by_side["quality"].map(quality).fillna("–").to_numpy(),
        }
    )
    return w.styled(frame, {before: series.decimals, after: series.decimals})


def origin(w: Words, series: Series, result: Vintages) -> str:
    """Unit, level and source of what is paired."""
    sources = [d.origin for d in series.definitions if d.id == result.definition]
    return w.t(
        "Satuan: {satuan}. Tingkat kabupaten/kota. Sumber: {sumber}.",
        satuan=md(w.pick(series.unit)),
        sumber=md("; ".join(sources)),
    )


def period(w: Words, text: str) -> str:
    """A period in words: a year, a month, a day, or the months of a part year."""
    first, _, last = text.partition("/")
    return f"{w.partial_date(first)} – {w.partial_date(last)}" if last else w.partial_date(first)


def refusals(w: Words, data: Dataset, series: Series, result: Vintages) -> list[str]:
    """What is not held against each other, and why."""
    return [_refusal(w, data, series, refusal) for refusal in result.refused]


def _refusal(w: Words, data: Dataset, series: Series, refusal: Refusal) -> str:
    reason = series.why_apart if refusal.code == "definisi" else None
    return w.t(
        "**{dari} dan {sampai}** ({sisi}): {alasan}",
        dari=md(period(w, refusal.first[1])),
        sampai=md(period(w, refusal.second[1])),
        sisi=w.listing([sentences.kabkota_name(data, k) for k in refusal.kodes]),
        alasan=md(w.pick(reason)) if reason is not None else w.t("Bagian tahunnya tidak sama panjang."),
    )


def apart_table(w: Words, data: Dataset, corridor: Corridor, series: Series) -> Styler:
    """Every figure of the series with the way it was counted, also those that are paired with nothing."""
    rows = values_of(data, series.id)
    rows = rows[rows["kode"].isin(corridor.sides)].sort_values(["kode", "year", "period"])
    quality = {"tinggi": w.t("tinggi"), "sedang": w.t("sedang"), "rendah": w.t("rendah")}
    value = f"{w.t('Nilai')} ({w.pick(series.unit)})"
    frame = pd.DataFrame(
        {
            w.t("Kabupaten/kota"): rows["kode"].map(data.names("kabkota")).to_numpy(),
            w.t("Masa"): [period(w, str(p)) for p in rows["period"]],
            value: rows["value"].to_numpy(),
            w.t("Yang dihitung"): [w.pick(series.definition(str(d)).text) for d in rows["definition"]],
            w.t("Mutu"): rows["quality"].map(quality).to_numpy(),
            w.t("Sumber"): [series.definition(str(d)).origin for d in rows["definition"]],
        }
    )
    return w.styled(frame, {value: series.decimals})


def method(w: Words, series: Series) -> str:
    """What is counted, the rule of pairing, the caveats and the sources."""
    lines = [
        w.t(
            "Dua nilai dipasangkan hanya bila definisinya sama dan bagian tahunnya sama; semua sisi dibaca pada dua tahun yang sama. "
            "Yang lain ditulis terpisah, beserta alasannya."
        ),
        w.t("Perubahan adalah yang teramati; sebabnya tidak ditunjukkan oleh angka ini."),
        *(w.t("{teks} Sumber: {sumber}.", teks=md(w.pick(d.text)), sumber=md(d.origin)) for d in series.definitions),
        *(md(w.pick(c)) for c in series.caveats),
    ]
    return "\n".join(f"- {line}" for line in lines)
