"""The slides of the border story: the answer of a page each, with one picture and where it comes from.

Every sentence is the one that a page of the app says, in the same words; every slide holds the link that opens that view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from analysis.agreements.model import Agreement
from analysis.comparison.comparison import Comparison
from analysis.priority.priority import Priority, default_weights
from analysis.values.layer import layer
from analysis.values.reach import Reach
from analysis.values.summary import BorderSummary, GapRow
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.figures import borders, captions, maps
from views.figures.mapspec import spec_of
from views.figures.specs import Choropleth
from views.language import aloud, link_names, sentences
from views.language.escape import plain, plain_lines
from views.language.names import quality_names
from views.language.words import Words
from views.story import words as story_words
from views.story.decisions import decisions
from views.story.opened import Opened
from views.story.slide import Slide, cells, query_of, table_of
from views.topics.access import spec as access_spec
from views.topics.access import words as access_words
from views.topics.agreements import place as agreed_here
from views.topics.comparison import tables as comparison_tables
from views.topics.comparison import verdicts as comparison_verdicts
from views.topics.comparison import words as comparison_words
from views.topics.fire import spec as fire_spec
from views.topics.fire import words as fire_words
from views.topics.map import legend as map_legend
from views.topics.map import shown as shown_map
from views.topics.map import words as map_words
from views.topics.overview import words as overview_words
from views.topics.priority import words as priority_words
from views.topics.sharing import figure as sharing_figure
from views.topics.sharing import words as sharing_words
from views.topics.siting import figure as siting_figure
from views.topics.siting import spec as siting_spec
from views.topics.siting import words as siting_words
from views.topics.sources import words as sources_words

if TYPE_CHECKING:
    from views.link.context import Session

BORDER_SET = "bersentuhan"
# Bars of many sides crowd: their words must be read from the back of the room.
FEW_BARS = 3
HALF = 0.5
BLANKS = ("…" * 11, "…" * 9, "…" * 7)
"""Room to write."""


def indicators_told(data: Dataset, summary: BorderSummary, sectors: Sequence[str]) -> list[str]:
    """Indicators of the bars, in their order.

    Parameters
    ----------
    data : the catalogue
    summary : of the kelurahan at the line
    sectors : ids of those that matter; empty for all
    """
    return list(dict.fromkeys(g.indicator for g in _gaps_told(data, summary, sectors)))[: borders.BARS]


def _gaps_told(data: Dataset, summary: BorderSummary, sectors: Sequence[str]) -> list[GapRow]:
    known = data.catalogue.indicators
    return [g for g in summary.gaps if g.people > 0 and (not sectors or known[g.indicator].sector in sectors)]


def cover(screen: Session, summary: BorderSummary, result: Reach, made: date) -> Slide:
    """The border's map as the first page shows it: how many services lie beyond their standard.

    Parameters
    ----------
    screen : language, data, corridor and look
    summary : of the kelurahan at the line
    result : services out of reach
    made : the day that is printed
    """
    w, data, corridor = screen.words, screen.data, screen.corridor
    shown = shown_map.of_services(w, data, corridor, result)
    spec = spec_of(screen, shown.classes, shown.labels, shown.colors, uncertain=shown.uncertain)
    known = [c for c in summary.comparisons.values() if c.block != "tidak_ada"]
    fair = [c for c in known if c.block is None]
    state = w.t(
        "Keadaan data: {kenal} dari {semua} indikator diketahui di sini, {adil} dapat dibandingkan antarsisi; tahun data {tahun}.",
        kenal=w.number(len(known)),
        semua=w.number(len(summary.comparisons)),
        adil=w.number(len(fair)),
        tahun=story_words.years_of(w, data, corridor),
    )
    basis, answer = corridor.legal_basis, overview_words.answer(w, data, corridor, summary)
    sources = dict.fromkeys(s for i in result.services for s in data.catalogue.indicators[i].sources)
    years = sentences.years(result.years) if result.years else ""
    return Slide(
        id="sampul",
        title=w.pick(corridor.title),
        sentence=answer.sentence,
        remark=answer.note,
        points=(
            w.t("Dibuat {tanggal} dengan Tapal.", tanggal=w.date(made)),
            state,
            w.t("Yang ditunjukkan adalah kesenjangan yang teramati, bukan dampak batas; kedua sisi diperlakukan sama."),
        ),
        figure=at_line(
            screen,
            maps.painted(w, data, corridor, spec, shown.rows, shown.legend.title, "", years, tuple(sources)),
        ),
        notes=(
            *((w.t("Dasar garis batas: {dokumen}.", dokumen=basis.document),) if basis else ()),
            w.t("Batas di peta bukan acuan resmi batas wilayah."),
        ),
        query=query_of(w, corridor),
    )


def at_line(screen: Session, drawn: Choropleth) -> Choropleth:
    """A map narrowed to the line, with the rest faded."""
    kodes = {str(kode) for kode in screen.data.border(screen.corridor).at_line().index}
    whole = all(len(area.kode) == len(next(iter(kodes), "")) for area in drawn.areas)
    return replace(drawn, strong=frozenset(kodes if whole else {kode[:8] for kode in kodes}))


def gaps(w: Words, data: Dataset, corridor: Corridor, summary: BorderSummary, sectors: Sequence[str]) -> Slide:
    """How many people at the line live beyond each standard, and which services most of them lack.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    summary : of the kelurahan at the line
    sectors : ids of those that matter; empty for all
    """
    indicators = data.catalogue.indicators
    most = borders.BARS if corridor.pair else FEW_BARS
    bars = borders.gap_bars(w, data, corridor, summary, sectors, most)
    told = _gaps_told(data, summary, sectors)
    firsts = [g for side in corridor.sides for g in [g for g in told if g.kode_kabkota == side][:1]]
    sentence, remark = _widest(w, data, told)
    used = indicators_told(data, summary, sectors)
    shown = sorted(
        (g for g in summary.gaps if g.indicator in used),
        key=lambda g: (used.index(g.indicator), corridor.sides.index(g.kode_kabkota)),
    )
    rows = [
        (
            w.pick(indicators[g.indicator].title),
            str(data.kabkota.at[g.kode_kabkota, "nama"]),
            w.people(g.people),
            f"{w.people(g.low)}–{w.people(g.high)}",
            w.percent(g.share),
            f"{g.known}/{g.known + g.unknown}",
            sentences.years(g.years),
        )
        for g in shown
    ]
    standards = dict.fromkeys((g.standard, g.indicator) for g in shown)
    return Slide(
        id="kesenjangan",
        title=w.t("Apa yang belum terjangkau di garis batas?"),
        sentence=sentence,
        remark=remark,
        points=tuple(
            w.t(
                "{sisi} – {kalimat}",
                sisi=plain(sentences.kabkota_name(data, g.kode_kabkota)),
                kalimat=plain(sentences.largest_gap(w, data, g)),
            )
            for g in firsts
        ),
        figure=bars if bars.categories else None,
        table=table_of(
            w,
            w.t("Kesenjangan terhadap standar di kelurahan/desa perbatasan"),
            (
                w.t("Indikator"),
                w.t("Sisi"),
                w.t("Jiwa di luar standar"),
                w.t("Kisaran"),
                w.t("Persen"),
                w.t("Diketahui"),
                w.t("Tahun data"),
            ),
            rows,
            (2, 3, 4, 5, 6),
        ),
        notes=(
            bars.note,
            *(
                (w.t("Bagan memuat {n} indikator dengan jiwa terbanyak; semuanya ada di aplikasi.", n=w.number(most)),)
                if len(used) > most
                else ()
            ),
            w.t(
                "Jarak dihitung dari titik sampel dengan asumsi penduduk tersebar merata di dalam kelurahan. "
                "Kisaran jumlah tidak menganggap semua kesalahan perkiraan penduduk searah. "
                "Indikator tingkat kecamatan mencakup seluruh kecamatan yang menyentuh batas."
            ),
            *(
                sentences.standard_text(w, data.catalogue.standards[standard], indicators[indicator])
                for standard, indicator in standards
            ),
            captions.credit(w, bars),
        ),
        query=query_of(w, corridor),
    )


def _widest(w: Words, data: Dataset, told: Sequence[GapRow]) -> tuple[str, str]:
    """How many services are beyond the standard of at least half of the people at the line, and which most of all."""
    rows: dict[str, list[GapRow]] = {}
    for gap in told:
        rows.setdefault(gap.indicator, []).append(gap)
    if not rows:
        return w.t("Belum ada indikator berstandar yang diketahui di batas ini."), ""
    share = {i: sum(g.people for g in own) / sum(g.total for g in own) for i, own in rows.items()}
    wide = sorted((i for i in share if share[i] >= HALF), key=lambda i: -share[i])
    fields = {"n": w.number(len(share)), "m": w.number(len(wide))}
    if wide:
        sentence = w.t(
            "Separuh warga perbatasan atau lebih berada di luar standar pada {m} dari {n} ukuran, terutama {indikator}.",
            indikator=aloud.title(w, data.catalogue.indicators[wide[0]]),
            **fields,
        )
    else:
        sentence = w.t(
            "Pada {n} ukuran yang diketahui, kurang dari separuh warga perbatasan berada di luar standar.", **fields
        )
    years = sentences.years((min(g.years[0] for g in told), max(g.years[1] for g in told)))
    remark = w.t(
        "Penduduk {tahun_penduduk}, data {tahun}.",
        tahun_penduduk=data.catalogue.indicators["penduduk"].year,
        tahun=years,
    )
    return sentence, remark


def on_map(screen: Session, indicator: Indicator) -> Slide:
    """The service that most people surely lack."""
    w, data, corridor = screen.words, screen.data, screen.corridor
    result = layer(data.border(corridor), data.measures[indicator.id])
    note = plain(map_legend.legend_note(w, data, indicator, result))
    drawn = maps.choropleth(w, data, corridor, indicator, result, note)
    quality, answer = result.values["quality"].dropna().value_counts(), map_words.answer(w, data, indicator, result)
    names = quality_names(w)
    return Slide(
        id="peta",
        title=plain(map_words.question(w, indicator, corridor)),
        sentence=answer.sentence,
        remark=answer.note,
        figure=at_line(screen, drawn),
        notes=(
            note,
            *plain_lines(map_words.method(w, data, indicator)),
            w.t(
                "Tingkat asli {tingkat}; mutu: {mutu}.",
                tingkat=w.level(indicator.level),
                mutu=", ".join(f"{names[str(q)]} {w.number(int(n))}" for q, n in quality.items()) or w.no_data,
            ),
        ),
        page="",
        query=query_of(w, corridor, **{link_names.INDICATOR: indicator.id}),
    )


def comparison(w: Words, data: Dataset, corridor: Corridor, indicator: Indicator, result: Comparison) -> Slide:
    """Whether the edge of each side is behind the rest of it.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    indicator : what is compared
    result : border against interior, and side against side
    """
    frame = comparison_tables.table(w, data, indicator, result)
    drawn, answer = (
        borders.across(w, data, corridor, indicator, result),
        comparison_words.answer(w, data, indicator, result),
    )
    return Slide(
        id="bandingkan",
        title=w.t("Apakah wilayah perbatasannya tertinggal dari bagian lainnya?"),
        sentence=answer.sentence,
        remark=answer.note,
        points=tuple(
            plain(comparison_verdicts.side_line(w, data, indicator, result, side)) for side in result.verdict.sides
        ),
        figure=drawn,
        table=table_of(
            w, w.t("Batas dan bagian lainnya: {indikator}", indikator=w.pick(indicator.title)), *cells(frame)
        ),
        notes=(
            plain(comparison_words.missing(w, data, result)),
            *plain_lines(comparison_words.method(w, data, indicator, result)),
            captions.credit(w, drawn),
        ),
        page="bandingkan",
        query=query_of(w, corridor, **{link_names.INDICATOR: indicator.id}),
    )


def priority(w: Words, data: Dataset, corridor: Corridor, result: Priority, shown: pd.DataFrame) -> Slide:
    """Which kelurahan at the line need most.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    result : the ranking
    shown : rows of its table at the line, the neediest first
    """
    indicators = data.catalogue.indicators
    top = shown.head(borders.RANKS)
    places = data.kelurahan.loc[top.index]
    rows = [
        (
            str(place["nama"]),
            str(place["kabkota"]),
            w.number(row["rank_median"]),
            f"{w.number(row['rank_low'])}–{w.number(row['rank_high'])}",
            f"{w.people(row['beyond_low'])}–{w.people(row['beyond_high'])}",
            w.pick(indicators[str(row["driver"])].title) if str(row["driver"]) in indicators else "–",
        )
        for (_, row), (_, place) in zip(top.iterrows(), places.iterrows(), strict=True)
    ]
    drawn = borders.rank_ranges(w, data, corridor, result, shown)
    equal = default_weights(data.catalogue)
    changed = ";".join(f"{k}:{v:g}" for k, v in result.choices.weights if v != equal[k])
    answer = priority_words.answer(w, data, result, shown)
    weights = {link_names.WEIGHTS: changed} if changed else {}
    return Slide(
        id="prioritas",
        title=w.t("Kelurahan perbatasan mana yang paling membutuhkan?"),
        sentence=answer.sentence,
        remark=answer.note,
        figure=drawn if drawn.rows else None,
        table=table_of(
            w,
            w.t("Kelurahan/desa perbatasan menurut kebutuhan"),
            (
                w.t("Nama"),
                w.t("Kabupaten/kota"),
                w.t("Peringkat (median)"),
                w.t("Kisaran 5–95 %"),
                w.t("Jiwa di luar standar"),
                w.t("Penyebab utama"),
            ),
            rows,
            (2, 3, 4),
        ),
        notes=(drawn.note, *plain_lines(priority_words.method(w, data, result)), captions.credit(w, drawn)),
        page="prioritas",
        query=query_of(w, corridor, **{link_names.BORDER_SET: BORDER_SET}, **weights),
    )


def access(screen: Session, opened: Opened) -> Slide:
    """What the nearest service of any side would save."""
    w, data, corridor, result = screen.words, screen.data, screen.corridor, opened.access
    spec = access_spec.spec(screen, opened.service, result, "jarak", None, placing=False)
    rows, note = access_spec.legend_rows(w, result, "jarak"), plain(access_spec.legend_note(w, data, result, "jarak"))
    title = access_spec.picture_title(w, opened.service.id, "jarak")
    years = sentences.years(result.years) if result.years else ""
    answer = access_words.answer(w, data, result)
    standard = next(iter(data.catalogue.standards_of(opened.service.indicator)), None)
    return Slide(
        id="akses",
        title=plain(access_words.question(w, corridor, opened.service.id)),
        sentence=answer.sentence,
        remark=answer.note,
        figure=at_line(screen, maps.painted(w, data, corridor, spec, rows, title, "", years, result.sources)),
        notes=(note, *plain_lines(access_words.method(w, data, opened.service, result, standard))),
        page="akses",
        query=query_of(w, corridor, **{link_names.SERVICE: opened.service.id}),
    )


def fire(screen: Session, opened: Opened) -> Slide:
    """What the nearest post of any side would add."""
    w, data, corridor, state, result = screen.words, screen.data, screen.corridor, opened.state, opened.fire
    spec = fire_spec.spec(screen, state, result, "manfaat", "terbuka", placing=False)
    rows = fire_spec.legend_rows(screen, state, result, "manfaat", "terbuka")
    title, year = fire_spec.picture_title(screen, state, "manfaat", "terbuka"), fire_words.population_year(data)
    answer = fire_words.answer(w, data, corridor, state, result)
    return Slide(
        id="damkar",
        title=plain(fire_words.question(screen)),
        sentence=answer.sentence,
        remark=answer.note,
        figure=at_line(
            screen,
            maps.painted(
                w, data, corridor, spec, rows, title, "", year, ("fire_press", *data.people_sources(corridor.sides))
            ),
        ),
        notes=(
            plain(fire_spec.legend_note(screen, state, "manfaat", "terbuka")),
            *plain_lines(fire_words.method(screen, state, result)),
        ),
        page="damkar",
        query=query_of(w, corridor),
    )


def site(screen: Session, opened: Opened) -> Slide:
    """Where joint fire posts would stand."""
    w, data, corridor, asked, plan = screen.words, screen.data, screen.corridor, opened.asked, opened.plan
    spec = siting_spec.spec(screen, asked, plan, placing=False)
    rows, title = siting_spec.legend_rows(screen, plan), siting_spec.picture_title(screen, asked, plan)
    sources, answer = siting_figure.sources(screen, plan.task.kind), siting_words.answer(w, data, corridor, asked, plan)
    places = [plain(siting_words.place_name(screen, place)) for place in plan.joint]
    year = data.catalogue.indicators["penduduk"].year
    return Slide(
        id="lokasi",
        title=plain(siting_words.question(screen, asked)),
        sentence=answer.sentence,
        remark=answer.note,
        points=(w.t("Tempat bersama: {daftar}.", daftar="; ".join(places)),) if places else (),
        figure=at_line(screen, maps.painted(w, data, corridor, spec, rows, title, "", year, sources)),
        notes=(
            plain(siting_spec.legend_note(screen, asked, plan)),
            *plain_lines(siting_words.method(screen, asked, plan)),
        ),
        page="lokasi",
        query=query_of(w, corridor),
    )


def cost(screen: Session, opened: Opened) -> Slide:
    """How their cost may be shared."""
    w, data, corridor = screen.words, screen.data, screen.corridor
    answer = sharing_words.answer(w, data, corridor, opened.split, opened.ranges, 0)
    drawn = sharing_figure.figure(screen, opened.split, opened.ranges, typed_in=False) if opened.split else None
    return Slide(
        id="biaya",
        title=plain(sharing_words.question(screen)),
        sentence=answer.sentence,
        remark=answer.note,
        points=(sharing_words.statement(w),),
        figure=drawn,
        notes=plain_lines(sharing_words.method(screen, "rencana")),
        page="biaya",
        query=query_of(w, corridor),
    )


def to_decide(
    screen: Session,
    summary: BorderSummary,
    leading: Sequence[GapRow],
    opened: Opened,
    today: date,
    agreements: Sequence[Agreement],
) -> Slide:
    """What the meeting is asked to decide, with room to write.

    Parameters
    ----------
    screen : language, data, corridor and look
    summary : of the kelurahan at the line
    leading : of `leading_gap`, a row a side; empty for none
    opened : what opening the border would change
    today : the day
    agreements : all on record
    """
    w, corridor = screen.words, screen.corridor
    found = decisions(screen, summary, leading, opened, today, agreements)
    title = w.t("Yang kami minta diputuskan")
    return Slide(
        id="keputusan",
        title=title,
        sentence=w.t("{n} hal kami minta diputuskan bersama.", n=w.number(len(found))),
        remark=w.t("Angkanya dari slaid-slaid sebelumnya; keputusan, penanggung jawab dan tenggat diisi di rapat."),
        table=table_of(
            w,
            title,
            (
                w.t("Yang diminta"),
                w.t("Angkanya"),
                w.t("Yang masih diragukan"),
                w.t("Keputusan"),
                w.t("Penanggung jawab"),
                w.t("Tenggat"),
            ),
            [(d.asked, d.number, d.doubt, *BLANKS) for d in found],
            (),
        ),
        notes=(
            *agreed_here.story_lines(w, screen.data, corridor, agreements, (), today),
            *(w.t("Jangan dipakai untuk: {hal}", hal=line) for line in plain_lines(sources_words.not_for(w))),
        ),
        source=w.t("Sumber dan cara menghitung: slaid sebelumnya dan catatan penyaji."),
        page="berita_acara",
        query=query_of(w, corridor),
    )
