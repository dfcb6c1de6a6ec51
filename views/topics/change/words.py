"""The pieces of the page on change over time: what was paired, what was refused, and why."""

from __future__ import annotations

import pandas as pd

from analysis.values.vintages import Refusal, Vintages
from data.catalogue import Series
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words


def values_of(data: Dataset, series: str) -> pd.DataFrame:
    """All figures of one series: rows of `Dataset.vintages`.

    Parameters
    ----------
    data, series : the tables, and id of the series
    """
    return data.vintages[data.vintages["series"] == series]


def _text(w: Words, series: Series, value: float) -> str:
    return f"{w.number(value, series.decimals)}\N{NO-BREAK SPACE}{w.pick(series.unit)}"


def change_text(w: Words, series: Series, change: float, relative: float) -> str:
    """A change in per cent; of figures that are per cent themselves, in points.

    Parameters
    ----------
    w, series : language, and what is counted
    change : in the unit of the series
    relative : share of the earlier value; used where the unit is not per cent
    """
    sign = "+" if round(change, series.decimals) > 0 else ""
    if _in_points(series):
        points = w.number(change, series.decimals).replace("-", "−")
        return w.t("{tanda}{n} poin", tanda=sign, n=points)
    return w.signed_percent(relative)


def answer(w: Words, data: Dataset, series: Series, result: Vintages) -> Answer:
    """The change of every side between the same two years; of more than two sides, the smallest and the largest.

    Parameters
    ----------
    w, data : language and data
    series : what is counted
    result : its vintages, paired or not
    """
    name = aloud.within(w.pick(series.title))
    if result.changes.empty:
        return Answer(
            w.t("Tidak ada dua tahun yang dihitung dengan cara yang sama untuk {deret} di perbatasan ini.", deret=name)
        )
    told = result.changes.sort_values("change" if _in_points(series) else "relative", kind="stable")
    told = told.iloc[[0, -1]] if len(told) > 2 else result.changes
    parts = [
        w.t(
            "{ubah} di {sisi}",
            ubah=_spoken(w, series, float(row["change"]), float(row["relative"])),
            sisi=sentences.side_name(data, str(row["kode"])),
        )
        for _, row in told.iterrows()
    ]
    first = result.changes.iloc[0]
    fields = {"deret": name, "dari": str(first["from"]), "sampai": str(first["to"])}
    sentence = w.t("Dari {dari} ke {sampai} {deret} {ubah}.", ubah=w.listing(parts), **fields)
    if len(result.changes) > 2:
        return Answer(sentence, w.t("Sisi lain di antaranya."))
    if result.unknown:
        unknown = [sentences.side_name(data, k) for k in result.unknown]
        return Answer(sentence, w.t("{sisi}: belum ada data untuk kedua tahun itu.", sisi=w.listing(unknown)))
    if series.caveats:
        return Answer(sentence, w.pick(series.caveats[0]))
    values = [
        w.t(
            "{sisi} {awal} → {akhir}",
            sisi=sentences.side_name(data, str(row["kode"])),
            awal=w.number(float(row["before"]), series.decimals),
            akhir=_text(w, series, float(row["after"])),
        )
        for _, row in told.iterrows()
    ]
    return Answer(sentence, f"{'; '.join(values)}.")


def _in_points(series: Series) -> bool:
    """Whether the figures are per cent themselves."""
    return series.unit.id.startswith("%")


def _spoken(w: Words, series: Series, change: float, relative: float) -> str:
    if not _in_points(series):
        return aloud.change(w, relative)
    size = abs(round(change, series.decimals))
    if not size:
        return w.t("hampir tetap")
    points = w.t("{n} poin", n=aloud.rounded(w, size))
    return w.t("naik {berapa}", berapa=points) if change > 0 else w.t("turun {berapa}", berapa=points)


def origin(w: Words, series: Series, result: Vintages) -> str:
    """Unit, level and source of what is paired.

    Parameters
    ----------
    w, series : language, and what is counted
    result : its vintages
    """
    sources = [d.origin for d in series.definitions if d.id == result.definition]
    return w.t(
        "Satuan: {satuan}. Tingkat kabupaten/kota. Sumber: {sumber}.",
        satuan=md(w.pick(series.unit)),
        sumber=md("; ".join(sources)),
    )


def period(w: Words, text: str) -> str:
    """A period in words: a year, a month, a day, or the months of a part year.

    Parameters
    ----------
    w : language
    text : YYYY, YYYY-MM or YYYY-MM-DD, or first and last with a slash
    """
    first, _, last = text.partition("/")
    return f"{w.partial_date(first)} – {w.partial_date(last)}" if last else w.partial_date(first)


def refusals(w: Words, data: Dataset, series: Series, result: Vintages) -> list[str]:
    """What is not compared, and why, as Markdown.

    Parameters
    ----------
    w, data : language and data
    series : what is counted
    result : its vintages
    """
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
