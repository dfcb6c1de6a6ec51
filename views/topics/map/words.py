"""Sentences of the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.access.nearest import Nearest, NearestOfService
from analysis.values.layer import Layer
from analysis.values.profile import neighbours_across
from analysis.values.reach import services_of
from data.catalogue import Corridor, Indicator
from data.tables import Dataset
from geo.distances import minutes
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import method_names, service_nouns
from views.language.words import Words

WAYS = ("laju_jalan_kaki", "laju_motor", "laju_mobil")
"""Assumptions on the speed of each way."""
DETOUR = "faktor_memutar"
MOST_NEIGHBOURS = 5


def question(w: Words, indicator: Indicator, corridor: Corridor) -> str:
    """The question that the map answers.

    Parameters
    ----------
    w : language
    indicator, corridor : what is shown, and of which border
    """
    fields = {"indikator": md(w.pick(indicator.title)), "koridor": md(w.pick(corridor.title))}
    if indicator.direction == "netral":
        return w.t("{indikator}, {koridor}: bagaimana sebarannya?", **fields)
    return w.t("{indikator}, {koridor}: siapa yang tertinggal?", **fields)


def answer(w: Words, data: Dataset, indicator: Indicator, result: Layer) -> Answer:
    """The means of the border of every side; the rest of each side, year and doubt below.

    Of more than two sides, the lowest and the highest.

    Parameters
    ----------
    w, data : language and data
    indicator, result : what is shown
    """
    if result.comparison.block == "tidak_ada":
        return Answer(w.t("Di sini belum ada data {indikator}.", indikator=aloud.title(w, indicator)))
    known = [side for side in result.sides if side.border_mean is not None]
    years = result.values["year"].dropna()
    span = w.partial_date(result.period) or sentences.years((int(years.min()), int(years.max())))
    made = {
        "cara": w.listing([method_names(w)[m] for m in sorted(result.values["method"].dropna().unique())]),
        "tahun": sentences.with_people_year(w, span, result.values["people_year"]),
    }
    notes = [
        w.t("Jumlah semua wilayahnya, {cara}, {tahun}.", **made)
        if indicator.rate
        else w.t("Rata-rata tertimbang penduduk, {cara}, {tahun}.", **made),
        *_doubts(w, data, result)[:1],
    ]
    if len(result.sides) == 2:
        rest = [
            w.t(
                "{sisi} {nilai}",
                sisi=sentences.side_name(data, side.kode_kabkota),
                nilai=sentences.value_with_unit(w, indicator, side.other_mean),
            )
            for side in result.sides
        ]
        notes.insert(0, w.t("Bagian lainnya: {daftar}.", daftar="; ".join(rest)))
    note = " ".join(notes)
    if not known:
        return Answer(w.t("Di garis batas belum ada data {indikator}.", indikator=aloud.title(w, indicator)), note)
    if len(known) > 2:
        ordered = sorted(known, key=lambda side: side.border_mean or 0.0)
        known = [ordered[0], ordered[-1]]
    where = w.t("Di kecamatan perbatasan") if result.level == "kecamatan" else w.t("Di garis batas")
    values = [
        w.t(
            "{nilai} di {sisi}",
            nilai=aloud.quantity(w, indicator, side.border_mean or 0.0),
            sisi=sentences.side_name(data, side.kode_kabkota),
        )
        for side in known
    ]
    nouns = service_nouns(w)
    fields = {"di": where, "nilai": w.listing(values)}
    if indicator.facility in nouns:
        return Answer(
            w.t("{di}, {layanan} terdekat rata-rata {nilai}.", layanan=nouns[indicator.facility], **fields), note
        )
    fields["indikator"] = aloud.measured(w, indicator)
    if indicator.rate:
        return Answer(w.t("{di}, {indikator} berjumlah {nilai}.", **fields), note)
    return Answer(w.t("{di}, {indikator} rata-rata {nilai}.", **fields), note)


def _doubts(w: Words, data: Dataset, result: Layer) -> list[str]:
    """What must be known beside the means, the gravest first: sides without data or counted otherwise, what is not sure, gaps."""
    lines = []
    if result.comparison.block == "satu_sisi":
        names = [sentences.side_name(data, kode) for kode in result.comparison.unknown]
        lines.append(w.t("Belum ada data: {daftar}.", daftar=w.listing(names)))
    elif result.comparison.block == "definisi":
        lines.append(w.t("Yang dihitung berbeda di tiap sisi, jadi tidak dibandingkan."))
    elif result.comparison.block == "hitungan":
        lines.append(w.t("Jumlah mentah: wilayahnya tidak sama besar, jadi tidak dibandingkan."))
    if unsure := int(result.uncertain.sum()):
        level = w.level("kecamatan") if result.level == "kecamatan" else w.t("kelurahan/desa")
        lines.append(w.t("{n} {satuan} belum pasti memenuhi standar.", n=w.number(unsure), satuan=level))
    if result.comparison.note_years:
        lines.append(w.t("Tahun datanya terpaut {tahun} tahun.", tahun=w.number(result.comparison.years_apart)))
    if missing := int(result.values["value"].isna().sum()):
        level = w.level("kecamatan") if result.level == "kecamatan" else w.t("kelurahan/desa")
        lines.append(w.t("{n} {satuan} belum ada data.", n=w.number(missing), satuan=level))
    return lines


def method(w: Words, data: Dataset, indicator: Indicator) -> str:
    """How the indicator is computed, its caveats, standards, definitions and sources, as a Markdown list.

    Parameters
    ----------
    w, data : language and data
    indicator : what is shown
    """
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


def service_rows(
    w: Words,
    data: Dataset,
    corridor: Corridor,
    found: Sequence[NearestOfService],
    assumed: Mapping[str, float] | None = None,
) -> list[tuple[str, str, str]]:
    """The services of a kelurahan: name of each, the nearest of its own kabkota, and the nearest across the line.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    found : of the kelurahan
    assumed : detour and speeds by the ids of their assumptions, where they are not those of the catalogue
    """
    known = {name: data.catalogue.assumptions[name].value for name in (DETOUR, *WAYS)} | dict(assumed or {})
    nouns = service_nouns(w)
    rows: list[tuple[str, str, str]] = []
    for one in found:
        own, across = one.own, one.across
        rows.append(
            (
                nouns[str(data.catalogue.indicators[one.indicator].facility)],
                w.t("{nama}: {jarak}", nama=own.name, jarak=_way(w, known, own.median_m, own.located))
                if own
                else w.no_data,
                _across(w, data, corridor, across, _way(w, known, across.median_m, across.located))
                if across
                else w.no_data,
            )
        )
    return rows


def _across(w: Words, data: Dataset, corridor: Corridor, far: Nearest, way: str) -> str:
    if corridor.pair:
        return w.t("{nama}: {jarak}", nama=far.name, jarak=way)
    return w.t("{nama}: {jarak}", nama=f"{far.name} ({sentences.side_name(data, far.operator)})", jarak=way)


def way(w: Words, data: Dataset, metres: float, located: bool) -> str:
    """A distance and the minutes of the three ways, by the assumptions of the catalogue.

    Parameters
    ----------
    w, data : language and data
    metres : in a straight line
    located : whether name and distance are sure
    """
    known = {name: data.catalogue.assumptions[name].value for name in (DETOUR, *WAYS)}
    return _way(w, known, metres, located)


def _way(w: Words, assumed: Mapping[str, float], metres: float, located: bool) -> str:
    """A distance, about so far where places are known by an area only, and the minutes of the three ways."""
    foot, motorcycle, car = (w.number(minutes(metres, assumed[DETOUR], assumed[way])) for way in WAYS)
    far = w.km(metres) if located else w.t("kira-kira {n}", n=w.km(metres))
    return w.t("{jarak} ({kaki}/{motor}/{mobil} menit)", jarak=far, kaki=foot, motor=motorcycle, mobil=car)


def ways_note(w: Words, data: Dataset) -> str:
    """What the minutes assume, and what the distances are."""
    assumed = data.catalogue.assumptions
    foot, motorcycle, car = (w.number(assumed[way].value, 1 if assumed[way].value % 1 else 0) for way in WAYS)
    return w.t(
        "Garis lurus ke fasilitas yang disebut, median titik sampel; dari sebagian rumah yang lain dapat lebih dekat. “Kira-kira” "
        "bila letak sebagian fasilitas hanya diketahui wilayahnya. Menit: jalan kaki, motor, mobil; asumsi {kaki}, {motor} dan "
        "{mobil} km/jam, jalan {kelokan} kali lebih panjang, tanpa macet.",
        kaki=foot,
        motor=motorcycle,
        mobil=car,
        kelokan=w.number(assumed[DETOUR].value, 1),
    )


def neighbour_line(w: Words, data: Dataset, corridor: Corridor, kode: str) -> str:
    """The neighbours of a kelurahan across the line, as Markdown.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    kode : of the kelurahan
    """
    found = neighbours_across(data.pairs, kode, corridor.sides)
    if not found:
        return w.t("Tidak menyentuh garis batas koridor ini.")
    shown = [
        w.t(
            "{nama} ({kabkota}, {panjang})",
            nama=md(str(data.kelurahan.at[n.kode, "nama"])),
            kabkota=sentences.kabkota_name(data, n.kode_kabkota),
            panjang=w.length(n.shared_m),
        )
        for n in found[:MOST_NEIGHBOURS]
    ]
    if len(found) > MOST_NEIGHBOURS:
        shown.append(w.t("{n} lainnya", n=w.number(len(found) - MOST_NEIGHBOURS)))
    return w.t("**Tetangga di seberang batas:** {daftar}.", daftar=w.listing(shown))


def services_note(w: Words, data: Dataset) -> str:
    """What the count of services counts."""
    names = [w.pick(data.catalogue.indicators[i].title) for i in services_of(data.measures)]
    return w.t(
        "Dihitung: {daftar}; masing-masing dibandingkan dengan standar pertamanya. Belum pasti: standar berada di dalam kisaran "
        "jaraknya, karena letak sebagian fasilitas hanya diketahui wilayahnya.",
        daftar=md(w.listing(names)),
    )


def services_method(w: Words, data: Dataset) -> str:
    """How services are counted, with the standard of each and the sources."""
    catalogue = data.catalogue
    lines = [services_note(w, data)]
    counted = [catalogue.indicators[i] for i in services_of(data.measures)]
    for indicator in counted:
        standard = catalogue.standards_of(indicator.id)[0]
        lines.append(f"{md(w.pick(indicator.title))}: {md(sentences.standard_text(w, standard, indicator))}")
    sources = dict.fromkeys(source for indicator in counted for source in indicator.sources)
    lines += [sentences.source_text(w, catalogue.sources[source]) for source in sources]
    return "\n".join(f"- {line}" for line in lines)
