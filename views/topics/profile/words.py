"""The pieces of the profile page: map, table, neighbours, facts and origins."""

from __future__ import annotations

import pandas as pd

from analysis.values.profile import Profile, ProfileRow
from analysis.values.summary import border_kodes
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.figures import legend, theme
from views.figures.mapspec import MapSpec
from views.language import sentences
from views.language.escape import md
from views.language.names import map_words
from views.language.words import Words
from views.link.session import Session

HEIGHT = 340
MOST_FACTS = 12


def first_at_border(data: Dataset, corridor: Corridor) -> str:
    """The kelurahan shown without a choice: the first one at the line."""
    border = border_kodes(data, corridor, "bersentuhan")
    units = data.units("kelurahan", corridor.sides).index
    return str(min(border.index)) if len(border) else str(units[0])


def spec(now: Session, kode: str, result: Profile) -> MapSpec:
    """The corridor with the kelurahan and its neighbours across the line; sides in their own colours."""
    w, data, corridor = now.words, now.data, now.corridor
    units = data.units("kelurahan", corridor.sides)
    order = {side: position for position, side in enumerate(corridor.sides)}
    return MapSpec(
        sides=corridor.sides,
        side_colors={s: theme.side_color(s, now.dark) for s in corridor.sides},
        level="kelurahan",
        classes={str(k): order[s] for k, s in units["kode_kabkota"].items()},
        labels={str(k): str(s) for k, s in units["kabkota"].items()},
        colors=tuple(theme.side_color(s, now.dark) for s in corridor.sides),
        words=map_words(w),
        selected=kode,
        related=tuple(n.kode for n in result.neighbours),
        near=True,
        dark=now.dark,
    )


def neighbour_line(w: Words, data: Dataset, corridor: Corridor, result: Profile) -> str:
    """Neighbours across the line with the boundary they share."""
    if not result.neighbours:
        return w.t(
            "Kelurahan/desa ini tidak menyentuh garis batas koridor {koridor}.", koridor=md(w.pick(corridor.title))
        )
    names = [
        f"{md(str(data.kelurahan.at[n.kode, 'nama']))} ({sentences.kabkota_name(data, n.kode_kabkota)}; {w.km(n.shared_m)})"
        for n in result.neighbours
    ]
    return w.t("Tetangga di seberang batas, dengan panjang garis bersama: {daftar}.", daftar=w.listing(names))


def _level(w: Words, data: Dataset, row: ProfileRow) -> str:
    if row.level == "kelurahan":
        return w.t("kelurahan/desa")
    if row.level == "kecamatan":
        return w.t("Kec. {nama}", nama=str(data.kecamatan.at[row.unit, "nama"]))
    return str(data.kabkota.at[row.unit, "nama"])


def _coarser(w: Words, row: ProfileRow) -> str:
    """Marks a figure that is not the kelurahan's own."""
    return "" if row.level == "kelurahan" else f" – {w.level(row.level)}"


def _across(w: Words, indicator: Indicator, row: ProfileRow) -> str:
    if row.comparison is None:
        return "–"
    if row.comparison.block is not None:
        return w.t("tidak dibandingkan")
    return sentences.at_most(w.number(row.across_median, indicator.decimals), row.across_bound)


def table(w: Words, data: Dataset, result: Profile) -> pd.DataFrame:
    """Indicators against standard, median of the own kabkota and median of the neighbours across the line."""
    rows = []
    for row in result.rows:
        indicator = data.catalogue.indicators[row.indicator]
        standard = data.catalogue.standards[row.standard] if row.standard else None
        limits = ""
        if row.low is not None and row.high is not None:
            limits = f"{w.number(row.low, indicator.decimals)}–{w.number(row.high, indicator.decimals)}"
        rows.append(
            {
                w.t("Indikator"): f"{w.pick(indicator.title)} ({w.pick(indicator.unit)}){_coarser(w, row)}",
                w.t("Nilai"): sentences.at_most(w.number(row.value, indicator.decimals), row.bound),
                w.t("Tahun"): "–" if row.year is None else str(row.year),
                w.t("Standar"): "–" if standard is None else w.number(standard.threshold, max(1, indicator.decimals)),
                w.t("Kesenjangan"): "–" if row.gap is None else w.signed_percent(row.gap),
                w.t("Daerah sendiri"): sentences.at_most(w.number(row.own_median, indicator.decimals), row.own_bound),
                w.t("Seberang batas"): _across(w, indicator, row),
                w.t("Tingkat nilai"): _level(w, data, row),
                w.t("Kisaran"): limits,
            }
        )
    return pd.DataFrame(rows)


def html_table(w: Words, data: Dataset, result: Profile) -> str:
    """The same table as HTML: its cells wrap, so that all columns are seen without scrolling.

    What is not the kelurahan's own value says so in the first column.
    """
    frame = table(w, data, result).drop(columns=w.t("Tingkat nilai"))
    caption = w.t("Tabel indikator kelurahan terhadap standar, kabupaten/kota sendiri dan tetangga seberang")
    return legend.text_table(caption, list(frame.columns), frame.astype(str).to_numpy().tolist(), 4, ".8rem")


def age_line(w: Words, result: Profile, this_year: int) -> str:
    """How old the values of this profile are."""
    years = [r.year for r in result.rows if r.year is not None]
    unknown = sum(r.value is None for r in result.rows)
    if not years:
        return w.t("Belum ada data.")
    bounds = ""
    if any(r.bound for r in result.rows):
        bounds = w.t("≤: paling jauh, karena sebagian fasilitas belum ada titiknya.") + " "
    return bounds + w.t(
        "Kesenjangan di atas 0 %: di luar standar. Daerah sendiri dan seberang batas: median. Data tahun {tertua} sampai {terbaru}; yang tertua berumur {umur} tahun. Belum ada data: {kosong} dari {semua} indikator. "
        "Standar bawaan tiap indikator; SNI adalah acuan.",
        tertua=str(min(years)),
        terbaru=str(max(years)),
        umur=w.number(this_year - min(years)),
        kosong=w.number(unknown),
        semua=w.number(len(result.rows)),
    )


def facts(data: Dataset, kode: str) -> pd.DataFrame:
    """Sourced facts on the kelurahan first, then on its kecamatan."""
    frame = data.facts
    own = frame["kode"].str.split(";").map(lambda codes: kode in codes)
    around = frame["kode_kecamatan"].str.split(";").map(lambda codes: kode[:8] in codes) & (frame["kode"] == "")
    return pd.concat([frame[own], frame[around & ~own]])


def fact_lines(w: Words, data: Dataset, frame: pd.DataFrame, kode: str) -> list[str]:
    """Facts as list items: text, value, year, source and certainty."""
    lines = []
    for fact in frame.head(MOST_FACTS).itertuples():
        text = fact.fact_en if w.language == "en" else fact.fact_id
        unit = fact.unit_en if w.language == "en" else fact.unit_id
        shown = fact.value if w.language == "en" else fact.value_id
        year = fact.year if w.language == "en" else fact.year_id
        value = f": {shown!s} {unit!s}".rstrip() if str(shown) else ""
        place = "" if kode in str(fact.kode).split(";") else " " + md(w.t("[tingkat kecamatan]"))
        lines.append(
            w.t(
                "- {fakta}{nilai} ({tahun}){tempat}. Sumber: {sumber}, {tanggal}; kepastian {kepastian}.",
                fakta=md(str(text)),
                nilai=md(value),
                tahun=md(str(year)) or w.t("tanpa tahun"),
                tempat=place,
                sumber=_link(str(fact.source_url)),
                tanggal=md(w.partial_date(str(fact.source_date))) or w.t("tanpa tanggal"),
                kepastian=md(str(fact.certainty)),
            )
        )
    if len(frame) > MOST_FACTS:
        lines.append(w.t("- dan {n} catatan lain di berkas data.", n=w.number(len(frame) - MOST_FACTS)))
    return lines


def _link(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(c in url for c in " ()<>[]\"'`\\"):
        return md(url)
    return f"[{md(url.split('/')[2])}]({url})"


def origins(w: Words, data: Dataset, result: Profile) -> str:
    """Source, year, level, method, quality and note of each value."""
    lines = []
    for row in result.rows:
        indicator = data.catalogue.indicators[row.indicator]
        note = f" {md(w.note(row.note))}" if row.note else ""
        lines.append(f"- **{md(w.pick(indicator.title))}**: {sentences.row_origin(w, data, row)}{note}")
        if row.standard is not None:
            standard = sentences.standard_text(w, data.catalogue.standards[row.standard], indicator)
            lines.append(f"  - {md(standard)}")
    return "\n".join(lines)
