"""The slides behind the story: the people at the line, neighbours, profiles, what is not known, and the sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analysis.agreements import standing
from analysis.agreements.model import Agreement, Project
from analysis.comparison.border_pairs import BorderPairs
from analysis.comparison.comparison import Comparison
from analysis.values.profile import profile
from analysis.values.summary import BorderSummary
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from views.figures import borders, captions, maps
from views.language import aloud, link_names, sentences
from views.language.escape import plain, plain_lines
from views.language.names import quality_names
from views.language.words import Words
from views.story.slide import Slide, cells, credit_of_table, query_of, table_of
from views.topics.agreements import place as agreed_here
from views.topics.agreements import words as agreement_words
from views.topics.comparison import verdicts as comparison_verdicts
from views.topics.overview import words as overview_words
from views.topics.profile import tables as profile_tables
from views.topics.profile import words as profile_words
from views.topics.sources import words as sources_words

MOST_PAIRS = 10
MOST_AGREEMENTS = 6
MOST_UNKNOWN = 6


def agreed(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    known: Sequence[Agreement],
    projects: Sequence[Project],
    today: date,
) -> Slide:
    """What is agreed at the border, what falls due, and what is planned.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    known, projects : all agreements and projects on record
    today : the day
    """
    found = agreed_here.signed(corridor, known, today)
    answer = agreement_words.answer(w, data, corridor, known, today)
    near = agreement_words.scoped(known, corridor, agreement_words.SIDES)
    due = [d for d in standing.due(near, today) if d.agreement not in found]
    return Slide(
        id="perjanjian",
        title=w.t("Apa yang sudah disepakati kedua sisi?")
        if corridor.pair
        else w.t("Apa yang sudah disepakati di sini?"),
        sentence=answer.sentence,
        remark=answer.note,
        points=(
            *agreed_here.story_lines(w, data, corridor, known, projects, today),
            *(agreement_words.due_text(w, data, d) for d in due[:MOST_AGREEMENTS]),
        ),
        notes=(
            w.t("Fakta terbitan dengan sumbernya, lalu isian kantor; tidak tercatat belum berarti tidak ada."),
            w.t("Keadaan pada {tanggal}.", tanggal=w.date(today)),
        ),
        page="perjanjian",
        query=query_of(w, corridor),
    )


def people(w: Words, data: Dataset, corridor: Corridor, summary: BorderSummary) -> Slide:
    """Who lives at the line, a row a side.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    summary : of the kelurahan at the line
    """
    of_people = data.indicator_values("penduduk")
    own = of_people.loc[of_people["kode_kabkota"].isin(corridor.sides), "year"].dropna()
    rows = []
    for side in summary.sides:
        nothing = side.people_unknown == side.units
        rows.append(
            (
                str(data.kabkota.at[side.kode_kabkota, "nama"]),
                w.t("{n} dari {total}", n=w.number(side.units), total=w.number(side.units_total)),
                w.no_data if nothing else overview_words.people_text(w, side),
                "–" if nothing or not side.estimated else f"{w.people(side.low)}–{w.people(side.high)}",
                w.number(len(side.kecamatan)),
            )
        )
    return Slide(
        id="penduduk",
        title=w.t("Siapa tinggal di garis batas?"),
        sentence=w.t(
            "Di garis batas ini tinggal {berapa} warga di {n} kelurahan dan desa.",
            berapa=aloud.between(w, sum(s.low for s in summary.sides), sum(s.high for s in summary.sides)),
            n=w.number(sum(s.units for s in summary.sides)),
        ),
        points=(
            plain(sentences.border_size(w, data, summary)),
            *(plain(line) for line in sentences.reach_of_line(w, data, corridor, summary)),
        ),
        table=table_of(
            w,
            w.t(
                "Kelurahan/desa dan penduduk di garis batas ({tahun})", tahun=data.catalogue.indicators["penduduk"].year
            ),
            (
                w.t("Sisi"),
                w.t("Kelurahan/desa di batas"),
                w.t("Jiwa"),
                w.t("Kisaran jiwa"),
                w.t("Kecamatan yang menyentuh"),
            ),
            rows,
            (1, 2, 3, 4),
        ),
        notes=(
            *plain_lines(overview_words.method(w, corridor)),
            w.t("Sumber: {sumber}", sumber=captions.sources_of(w, data, ["penduduk"])),
        ),
        source=credit_of_table(w, [int(y) for y in own], captions.sources_of(w, data, ["penduduk"])),
        query=query_of(w, corridor),
    )


def neighbours(
    w: Words, data: Dataset, corridor: Corridor, indicator: Indicator, result: Comparison, compared: BorderPairs
) -> Slide:
    """How neighbours across the line differ, the longest shared lines first.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    indicator : what is compared
    result : verdict on the whole line
    compared : pairs of neighbours
    """
    names = data.names("kelurahan" if indicator.level == "kelurahan" else "kecamatan")
    first, second = (str(data.kabkota.at[s, "nama"]) for s in compared.sides)

    def value(found: float | None) -> str:
        return w.no_data if found is None else w.number(found, indicator.decimals)

    rows = [
        (
            str(names.get(p.kode[0], p.kode[0])),
            value(p.value[0]),
            str(names.get(p.kode[1], p.kode[1])),
            value(p.value[1]),
            w.length(p.shared_m),
        )
        for p in compared.pairs[:MOST_PAIRS]
    ]
    line = result.verdict.line
    unit = w.pick(indicator.unit)
    rest = len(compared.pairs) - len(rows)
    return Slide(
        id="tetangga",
        title=w.t("Bagaimana tetangga di seberang garis?"),
        sentence=plain(comparison_verdicts.line_line(w, data, indicator, line)) if line is not None else w.no_data,
        points=(
            w.t(
                "{n} pasangan berbatasan langsung; {kenal} diketahui nilainya di kedua sisi.",
                n=w.number(len(compared.pairs)),
                kenal=w.number(compared.known),
            ),
            *(
                (w.t("Tabel memuat garis bersama terpanjang; {n} pasangan lain ada di aplikasi.", n=w.number(rest)),)
                if rest
                else ()
            ),
        ),
        figure=borders.slopes(w, data, indicator, compared) if compared.known else None,
        table=table_of(
            w,
            w.t("{indikator} ({satuan}), pasangan yang berhadapan", indikator=w.pick(indicator.title), satuan=unit),
            (first, f"{w.t('Nilai')} ({unit})", second, f"{w.t('Nilai')} ({unit})", w.t("Garis bersama")),
            rows,
            (1, 3, 4),
        ),
        notes=(
            w.t(
                "Tetangga lawan tetangga: setiap pasangan yang berbagi garis; kelurahan dalam k pasangan berbobot 1/k. Uji balik "
                "tanda atas gugus pasangan yang saling bebas, mulai enam gugus; gugus dapat disusun dengan banyak cara, dan p yang "
                "dipakai tidak dilampaui oleh 95 % dari cara itu."
            ),
            *(
                plain(comparison_verdicts.caveat(w, code))
                for code in dict.fromkeys(line.caveats if line is not None else ())
            ),
            w.t("Sumber: {sumber}", sumber=captions.sources_of(w, data, [indicator.id])),
        ),
        page="bandingkan",
        query=query_of(w, corridor, **{link_names.INDICATOR: indicator.id}),
    )


def profiles(w: Words, data: Dataset, corridor: Corridor, places: Sequence[str], chosen: bool) -> Slide:
    """How some kelurahan stand to the standards: one in full, several side by side.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    places : kode of the kelurahan, at least one
    chosen : whether somebody chose them; else they are the neediest of each side
    """
    results = [profile(data.border(corridor), data.measures, kode) for kode in places]
    names = [str(data.kelurahan.at[kode, "nama"]) for kode in places]
    answers = [
        w.t(
            "{nama} ({kabkota}): {kalimat}",
            nama=name,
            kabkota=str(data.kelurahan.at[result.kode, "kabkota"]),
            kalimat=profile_words.answer(w, data, result).sentence,
        )
        for name, result in zip(names, results, strict=True)
    ]
    if len(answers) == 1:
        sentence = profile_words.answer(w, data, results[0]).sentence
    elif chosen:
        sentence = w.t("Kelurahan/desa yang dipilih untuk rapat ini, masing-masing terhadap standarnya.")
    else:
        sentence = w.t(
            "Kelurahan/desa perbatasan yang paling membutuhkan di tiap sisi, masing-masing terhadap standarnya."
        )
    frames = [profile_tables.table(w, data, result) for result in results]
    standard = w.t("Standar")
    if len(results) == 1:
        frame = frames[0].drop(columns=[w.t("Tingkat nilai"), w.t("Kisaran")])
    else:
        frame = frames[0][[w.t("Indikator"), standard]].copy()
        for name, result, own in zip(names, results, frames, strict=True):
            kabkota = str(data.kelurahan.at[result.kode, "kabkota"])
            frame[f"{name} ({kabkota})"] = own[w.t("Nilai")].to_numpy()
    years = [r.year for result in results for r in result.rows if r.year is not None]
    used = dict.fromkeys(s for result in results for r in result.rows for s in r.source)
    return Slide(
        id="profil",
        title=w.t("Bagaimana keadaan {nama}?", nama=names[0])
        if len(names) == 1
        else w.t("{daftar}: bagaimana keadaannya?", daftar=w.listing(names)),
        sentence=sentence,
        points=tuple(answers) if len(answers) > 1 else (),
        figure=maps.place_map(w, data, corridor, results[0]) if len(results) == 1 else None,
        table=table_of(w, w.t("Indikator terhadap standar"), *cells(frame)),
        notes=(
            *((w.t("Data tahun {tahun}.", tahun=sentences.years((min(years), max(years)))),) if years else ()),
            *plain_lines(profile_words.origins(w, data, results[0])),
        ),
        source=credit_of_table(w, years, captions.shorts(w, data, used)),
        page="profil",
        query=query_of(w, corridor, **{link_names.SELECTED: places[0]}),
    )


def unknown(w: Words, data: Dataset, corridor: Corridor, summary: BorderSummary) -> Slide:
    """What is not known or cannot be compared, and what the figures must not be used for.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    summary : of the kelurahan at the line
    """
    unknown = [plain(line) for line in overview_words.unknown_lines(w, data, summary)]
    rest = len(unknown) - MOST_UNKNOWN
    shown = unknown[: MOST_UNKNOWN if rest > 1 else len(unknown)]
    if rest > 1:
        shown.append(w.t("… dan {n} lainnya; lihat halaman Beranda.", n=w.number(rest)))
    blocked = sum(c.block is not None for c in summary.comparisons.values())
    return Slide(
        id="batasan",
        title=w.t("Apa yang belum diketahui, dan untuk apa angka ini tidak boleh dipakai?"),
        sentence=w.t(
            "{n} dari {semua} indikator belum diketahui atau tidak dapat dibandingkan antarsisi.",
            n=w.number(blocked),
            semua=w.number(len(summary.comparisons)),
        ),
        points=tuple(shown),
        table=table_of(
            w,
            w.t("Jangan dipakai untuk"),
            (w.t("Jangan dipakai untuk"),),
            [(line,) for line in plain_lines(sources_words.not_for(w))],
            (),
        ),
        notes=tuple(unknown),
        page="sumber",
        query=query_of(w, corridor),
    )


def sources(w: Words, data: Dataset, corridor: Corridor, indicators: Sequence[str]) -> Slide:
    """Where the figures of the story are from: publisher, year, licence and trust.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    indicators : ids of those that the story tells of; the people always go with them
    """
    known = data.catalogue
    ids = dict.fromkeys(
        s for i in ["penduduk", *indicators] if i in known.indicators for s in known.indicators[i].sources
    )
    entries = [w.source(known.sources[s]) for s in ids]
    trust = quality_names(w)
    return Slide(
        id="sumber",
        title=w.t("Dari mana angka-angka ini?"),
        sentence=w.t("{n} sumber dipakai di sini, dengan tahun, lisensi dan mutunya.", n=w.number(len(entries))),
        table=table_of(
            w,
            w.t("Sumber dan lisensi"),
            (w.t("Penerbit"), w.t("Judul"), w.t("Tahun data"), w.t("Lisensi"), w.t("Dapat diandalkan")),
            [(e.publisher, e.title, e.vintage, e.licence, trust[e.trust]) for e in entries],
            (),
        ),
        notes=tuple(e.attribution for e in entries),
        page="sumber",
        query=query_of(w, corridor),
    )
