"""Results as sentences: whole templates in either language, a result in, Markdown text out.

Every name from data passes `md`, so that it shows as written.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.values.profile import ProfileRow
from analysis.values.quality import Comparability
from analysis.values.summary import BorderSummary, GapRow, SidePeople
from data.catalogue import Assumption, Corridor, Indicator, Source, Standard
from data.tables import Dataset
from views.language.escape import md
from views.language.names import method_names, quality_names
from views.language.words import Words

MOST_LISTED = 3


def side_name(data: Dataset, kode: str) -> str:
    """Name of a kabkota as plain text."""
    return str(data.kabkota.at[kode, "nama"])


def full_name(w: Words, data: Dataset, kode: str) -> str:
    """A kelurahan or desa with its kecamatan and kabkota, as plain text.

    Parameters
    ----------
    w, data, kode : language, tables, and code of the kelurahan or desa
    """
    place = data.kelurahan.loc[kode]
    return w.t(
        "{jenis} {nama}, Kec. {kecamatan}, {kabkota}",
        jenis=w.level(str(place["jenis"])).capitalize(),
        nama=str(place["nama"]),
        kecamatan=str(place["kecamatan"]),
        kabkota=str(place["kabkota"]),
    )


def kabkota_name(data: Dataset, kode: str) -> str:
    """Name of a kabkota, safe in Markdown."""
    return md(side_name(data, kode))


def unit_word(w: Words, data: Dataset, kode_kabkota: str) -> str:
    """What the units of a kabkota are called: kelurahan, desa, or both.

    Parameters
    ----------
    w, data : language and data
    kode_kabkota : whose units
    """
    kinds = data.kinds.get(kode_kabkota, ())
    return w.level(kinds[0]) if len(kinds) == 1 else w.t("kelurahan/desa")


def value_with_unit(w: Words, indicator: Indicator, value: float | None) -> str:
    """A value with its unit, or the words for missing data.

    Parameters
    ----------
    w, indicator : language, and what the value is of
    value : None where unknown
    """
    if value is None or value != value:
        return w.no_data
    return f"{w.number(value, indicator.decimals)}\N{NO-BREAK SPACE}{w.pick(indicator.unit)}"


def at_most(text: str, bound: bool) -> str:
    """A figure that can only be lower in truth."""
    return f"≤\N{NO-BREAK SPACE}{text}" if bound else text


def years(span: tuple[int, int]) -> str:
    """A year or a span of years."""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def certainty(w: Words, code: str) -> str:
    """How sure it is that a text says what it is quoted for."""
    return {
        "Q": w.t("naskah asli dibaca"),
        "S": w.t("dibaca di sumber kedua"),
        "K": w.t("pengetahuan umum, belum dikonfirmasi"),
    }[code]


def page(url: str) -> str:
    """A page on the web as a link that shows its host, in Markdown; as plain text where it is no plain address."""
    if not url.startswith(("https://", "http://")) or any(c in url for c in " ()<>[]\"'`\\"):
        return md(url)
    return f"[{md(url.split('/')[2])}]({url})"


def source_text(w: Words, source: Source) -> str:
    """A source with publisher, vintage and licence, safe in Markdown."""
    source = w.source(source)
    return w.t(
        "Sumber: {penerbit}, {judul} ({vintage}); lisensi: {lisensi}.",
        penerbit=md(source.publisher),
        judul=md(source.title),
        vintage=md(source.vintage),
        lisensi=md(source.licence),
    )


def standard_text(w: Words, standard: Standard, indicator: Indicator) -> str:
    """A standard with threshold, kind, source, clause and certainty.

    Parameters
    ----------
    w : language
    standard, indicator : the standard, and what it is of
    """
    kinds = {"acuan": w.t("acuan"), "kewajiban": w.t("kewajiban"), "perencanaan": w.t("rasio perencanaan")}
    return w.t(
        "{judul}: {ambang} ({jenis}; {sumber}, {klausul}; {kepastian})",
        judul=w.pick(standard.title),
        ambang=f"{w.number(standard.threshold, max(indicator.decimals, 1))} {w.pick(indicator.unit)}",
        jenis=kinds[standard.kind],
        sumber=standard.source,
        klausul=standard.clause,
        kepastian=certainty(w, standard.certainty),
    )


def border_set_names(w: Words) -> dict[str, str]:
    """Which kelurahan count as border, by set."""
    return {
        "bersentuhan": w.t("Di garis batas"),
        "1km": w.t("Sampai 1 km dari garis batas"),
        "2km": w.t("Sampai 2 km dari garis batas"),
    }


def border_size(w: Words, data: Dataset, summary: BorderSummary) -> str:
    """First line of the overview: how long the line is and who lives at it.

    Parameters
    ----------
    w, data : language and data
    summary : of the border
    """
    sides = w.listing([_side_size(w, data, side) for side in summary.sides])
    if summary.line_m is None:
        return w.t("Kelurahan/desa yang berbatasan langsung dengan kabupaten/kota lain: {sisi}.", sisi=sides)
    reach = border_set_names(w)[summary.border_set]
    return w.t(
        "{himpunan} sepanjang {panjang}: {sisi}.",
        himpunan=reach,
        panjang=w.length(summary.line_m),
        sisi=sides,
    )


def _side_size(w: Words, data: Dataset, side: SidePeople) -> str:
    name = kabkota_name(data, side.kode_kabkota)
    fields = {"jumlah": w.number(side.units), "satuan": unit_word(w, data, side.kode_kabkota), "sisi": name}
    if side.units and side.people_unknown == side.units:
        return w.t("{jumlah} {satuan} {sisi} (penduduk belum ada data)", **fields)
    if side.estimated:
        return w.t("{jumlah} {satuan} {sisi} dengan sekitar {jiwa} jiwa (2024)", jiwa=w.people(side.people), **fields)
    date = w.note(side.note).rstrip(".") or "2024"
    if side.earlier is not None:
        date = w.t("{tanggal}; semester sebelumnya {jiwa}", tanggal=date, jiwa=w.number(side.earlier))
    return w.t(
        "{jumlah} {satuan} {sisi} dengan {jiwa} jiwa ({tanggal})", jiwa=w.number(side.people), tanggal=date, **fields
    )


def largest_gap(w: Words, data: Dataset, gap: GapRow) -> str:
    """One gap as a sentence a camat can read aloud.

    Parameters
    ----------
    w, data : language and data
    gap : a row of the summary
    """
    indicator = data.catalogue.indicators[gap.indicator]
    standard = data.catalogue.standards[gap.standard]
    fields = {
        "indikator": w.pick(indicator.title),
        "sisi": kabkota_name(data, gap.kode_kabkota),
        "jiwa": w.people(gap.people),
        "persen": w.percent(gap.share),
        "standar": w.pick(standard.title),
        "ambang": f"{w.number(standard.threshold, 0 if standard.threshold % 1 == 0 else 1)}\N{NO-BREAK SPACE}{w.pick(indicator.unit)}",
        "tahun": years(gap.years),
    }
    if indicator.facility is not None:
        return w.t(
            "{indikator}: sekitar {jiwa} jiwa ({persen}) tinggal lebih jauh dari {ambang} ({standar}; data {tahun}).",
            **fields,
        )
    return w.t(
        "{indikator}: sekitar {jiwa} jiwa ({persen}) tinggal di wilayah yang belum memenuhi “{standar}” (data {tahun}).",
        **fields,
    )


def reach_of_line(w: Words, data: Dataset, corridor: Corridor, summary: BorderSummary) -> list[str]:
    """Plain statements on which kecamatan touch the line, and those often assumed to.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    summary : of that border
    """
    if not corridor.pair or summary.border_set != "bersentuhan":
        return []
    lines = []
    for side in summary.sides:
        total = len(side.kecamatan) + len(side.kecamatan_away)
        away = [f"{md(name)} ({w.km(distance)})" for name, distance in side.kecamatan_away]
        listed = 0 < len(away) <= MOST_LISTED
        text = w.t(
            "{jumlah} dari {total} kecamatan {sisi} menyentuh {mitra}.",
            jumlah=w.number(len(side.kecamatan)),
            total=w.number(total),
            sisi=kabkota_name(data, side.kode_kabkota),
            mitra=kabkota_name(data, corridor.other(side.kode_kabkota)),
        )
        if listed:
            text += " " + w.t("Yang tidak: Kec. {daftar}.", daftar=w.listing(away))
        lines.append(text)
        for kode in corridor.often_assumed:
            name = str(data.kecamatan.at[kode, "nama"])
            distance = dict(side.kecamatan_away).get(name) if kode.startswith(side.kode_kabkota) else None
            if distance is not None and not listed:
                lines.append(
                    w.t(
                        "Kec. {nama} tidak berbatasan dengan {mitra}: jarak terdekatnya {jarak} dari garis batas.",
                        nama=md(name),
                        mitra=kabkota_name(data, corridor.other(side.kode_kabkota)),
                        jarak=w.km(distance),
                    )
                )
    return lines


def blocked(w: Words, data: Dataset, indicator: Indicator, comparison: Comparability) -> str | None:
    """Why two sides are not compared, None where they may be.

    Parameters
    ----------
    w, data : language and data
    indicator : what would be compared
    comparison : whether it may be
    """
    if comparison.block == "tidak_ada":
        return w.t("Belum ada data {indikator} untuk koridor ini.", indikator=w.pick(indicator.title))
    if comparison.block == "satu_sisi":
        names = w.listing([kabkota_name(data, k) for k in comparison.unknown])
        return w.t(
            "{indikator} tidak diketahui untuk {sisi}, jadi kedua sisi tidak dibandingkan.",
            indikator=w.pick(indicator.title),
            sisi=names,
        )
    if comparison.block == "definisi":
        return w.t(
            "{indikator}: yang dihitung berbeda di tiap sisi, jadi tidak dibandingkan.",
            indikator=w.pick(indicator.title),
        )
    if comparison.block == "hitungan":
        return w.t(
            "{indikator} adalah jumlah mentah, jadi tidak dibandingkan; yang dibandingkan {laju}.",
            indikator=w.pick(indicator.title),
            laju=w.pick(data.catalogue.indicators[indicator.rate or indicator.id].title),
        )
    return None


def with_people_year(w: Words, text: str, people_years: Iterable[object]) -> str:
    """A year with that of the people by which a count was divided, where one was.

    Parameters
    ----------
    w, text : language, and the year of the count
    people_years : of all values that the text is for
    """
    known = pd.Series(list(people_years), dtype=float).dropna()
    if known.empty:
        return text
    span = years((int(known.min()), int(known.max())))
    return w.t("{tahun}, penduduk {tahun_penduduk}", tahun=text, tahun_penduduk=span)


def row_origin(w: Words, data: Dataset, row: ProfileRow) -> str:
    """Source, year, native level, method and quality of one value.

    Parameters
    ----------
    w, data : language and data
    row : of a profile
    """
    if row.value is None:
        return w.no_data
    year = with_people_year(w, str(row.year), [row.people_year])
    return value_origin(w, data, row.source, year, row.native_level, row.method, row.quality)


def value_origin(
    w: Words, data: Dataset, sources: Iterable[str], year: object, level: object, method: object, quality: object
) -> str:
    """Source, year, native level, method and quality of a known value, safe in Markdown.

    Parameters
    ----------
    w, data : language and data
    sources : ids
    year, level, method, quality : of the value
    """
    known = data.catalogue.sources
    return w.t(
        "{sumber}. Tahun {tahun}; tingkat asli {tingkat}; cara: {cara}; mutu {mutu}.",
        sumber="; ".join(md(w.source(known[s]).short) for s in sources if s in known),
        tahun=str(year),
        tingkat=w.level(str(level)),
        cara=method_names(w)[str(method)],
        mutu=quality_names(w)[str(quality)],
    )


def value_range(w: Words, indicator: Indicator, low: float | None, high: float | None) -> str | None:
    """The range of a value with what it means, None where it has none.

    Parameters
    ----------
    w, indicator : language, and what the value is of
    low, high : None or NaN where there is no range
    """
    if indicator.range is None or low is None or high is None or low != low or high != high:
        return None
    label = w.t("Batas kesalahan")
    return f"{label}: {span(w, indicator, low, high)}"


def span(w: Words, indicator: Indicator, low: float, high: float) -> str:
    """Both ends of the range of a value.

    Parameters
    ----------
    w, indicator : language, and what the value is of
    low, high : in its unit
    """
    first, last = indicator.ends(low, high)
    return f"{w.number(first, indicator.end_decimals)}–{w.number(last, indicator.end_decimals)}"


def number(w: Words, value: float) -> str:
    """A number with as many decimals as it has, at most two."""
    return w.number(value, len(f"{value:.2f}".rstrip("0").rstrip(".").partition(".")[2]))


def origin(w: Words, entry: Assumption) -> str:
    """Where the value comes from and how sure that is."""
    text = w.t(
        "{nama}: bawaan {nilai} {satuan}. {sumber}, {pasal} ({keyakinan}).",
        nama=md(w.pick(entry.title)),
        nilai=number(w, entry.value),
        satuan=w.pick(entry.unit),
        sumber=md(entry.source),
        pasal=md(entry.clause),
        keyakinan=certainty(w, entry.certainty),
    )
    return f"{text} {md(w.pick(entry.note))}" if entry.note else text
