"""Sentences on all land borders of Indonesia, and on any pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.comparison.field import CODES, FARTHER, NEARER, NOT_COMPARED, Field
from data.catalogue import Catalogue, Indicator
from data.national_tables import facility_of
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.names import Noun, quality_names, service_nouns
from views.language.words import Words
from views.topics.comparison import verdicts as comparison_verdicts

SOURCES = ("kemendikbud2019", "big_kepmendagri")
"""Ids of the sources of all that is shown."""
YEAR = "2019"
UNSEEN = ("tidak_dapat_terlihat", "tidak_dapat_diuji")
MOST_WORDS = 25


def noun(w: Words, indicator: Indicator) -> Noun:
    """The kind of school within a sentence."""
    return service_nouns(w)[facility_of(indicator.id)]


def border_names(w: Words) -> dict[str, str]:
    """What a border shows, as its legend and its table say it."""
    names = (
        w.t("tepi lebih jauh"),
        w.t("petunjuk lebih jauh"),
        w.t("tepi lebih dekat"),
        w.t("petunjuk lebih dekat"),
        w.t("satu sisi lebih jauh, sisi lain lebih dekat"),
        w.t("perbedaan tidak tampak"),
        w.t("tidak dapat terlihat"),
        w.t("tidak dibandingkan: daftar tipis"),
    )
    return dict(zip(CODES, names, strict=True))


def side_names(w: Words) -> dict[str, str]:
    """What one side of a border shows, as its table says it."""
    return {
        "tertinggal": w.t("lebih jauh"),
        "lebih_baik": w.t("lebih dekat"),
        "petunjuk_jauh": w.t("petunjuk lebih jauh"),
        "petunjuk_dekat": w.t("petunjuk lebih dekat"),
        "tidak_tampak": w.t("perbedaan tidak tampak"),
        "tidak_dapat_terlihat": w.t("tidak dapat terlihat"),
        "tidak_dapat_diuji": w.t("tidak dapat diuji"),
        "tidak_diketahui": w.no_data,
        "tanpa_arah": w.no_data,
        NOT_COMPARED: w.t("tidak dibandingkan: daftar tipis"),
    }


def _reason(w: Words, code: str) -> str:
    """Why a list of schools is thin, as a part of a sentence; "" for a good one."""
    return {
        "": "",
        "tanpa_titik": w.t("banyak sekolah tanpa koordinat yang dapat dipakai"),
        "kecamatan_tanpa_sekolah": w.t("ada kecamatan tanpa satu sekolah pun di daftar"),
        "daftar_kurang": w.t("sekolah di daftar jauh lebih sedikit daripada hitungan resmi"),
    }.get(code, code)


def year_line(w: Words) -> str:
    """Of when the lists are, whose schools count, and what they leave out."""
    return w.t("Daftar sekolah Juni 2019 milik kabupaten/kota sendiri, tanpa madrasah; garis lurus.")


def not_there(w: Words) -> Answer:
    """What a copy says that came without the tables."""
    return Answer(
        w.t("Tabel semua perbatasan Indonesia belum ada di salinan Tapal ini."),
        w.t("Tabelnya dibuat dari data mentah; caranya ada di data/README.md."),
    )


def field_answer(w: Words, indicator: Indicator, found: Field) -> Answer:
    """On how many sides of borders the edge is farther, as it is and at equal density; below, by how much and how sure.

    Parameters
    ----------
    w, indicator : language, and what is measured
    found : of that indicator
    """
    raw, equal = found.share_farther(), found.share_farther(density=True)
    middle, left = found.quartiles(), found.quartiles(density=True)
    if raw is None or middle is None:
        sentence = w.t(
            "Belum ada perbatasan yang jaraknya ke {layanan} dapat dibandingkan.", layanan=noun(w, indicator)
        )
        return Answer(sentence, year_line(w))
    known = {"bagian": aloud.share(w, raw), "layanan": noun(w, indicator)}
    sentence = (
        w.t("Di {bagian} sisi perbatasan, tepi lebih jauh dari {layanan} daripada bagian dalam.", **known)
        if equal is None
        else w.t(
            "Di {bagian} sisi perbatasan, tepi lebih jauh dari {layanan} daripada bagian dalam; pada kepadatan sama {tetap}.",
            tetap=aloud.share(w, equal),
            **known,
        )
    )
    count = found.borders
    note = w.t(
        "Selisih median {tengah} km, pada kepadatan sama {tetap} km. Uji: {jauh} perbatasan tampak lebih jauh, {petunjuk} baru petunjuk, {dekat} lebih dekat.",
        tengah=signed(w, middle[1]),
        tetap=signed(w, left[1] if left else None),
        jauh=w.number(count["lebih_jauh"]),
        petunjuk=w.number(count["petunjuk_jauh"]),
        dekat=w.number(count["lebih_dekat"] + count["petunjuk_dekat"]),
    )
    return Answer(sentence, f"{note} {year_line(w)}")


def across_too_line(w: Words, found: Field) -> str:
    """How much is left of the gaps where schools across the line count as well, as Markdown."""
    if found.any_medians is None:
        return ""
    own, equal = found.quartiles(), found.quartiles(density=True)
    return w.t(
        "Jarak di atas hanya ke sekolah kabupaten/kota sendiri; di tepi, sekolah terdekat sering ada di seberang. Bila sekolah di seberang garis ikut dihitung, selisih mediannya {lintas} km dan bukan {sendiri} km; pada kepadatan yang sama {lintas_sama} km dan bukan {sendiri_sama} km.",
        lintas=signed(w, found.any_medians[0]),
        sendiri=signed(w, own[1] if own else None),
        lintas_sama=signed(w, found.any_medians[1]),
        sendiri_sama=signed(w, equal[1] if equal else None),
    )


def counts_line(w: Words, found: Field) -> str:
    """How many sides and borders stand behind the answer, and where it is the other way round, as Markdown."""
    low, _, high = found.quartiles() or (None, None, None)
    return w.t(
        "{n} sisi dari {m} perbatasan dapat dibandingkan. Tepinya lebih jauh di {jauh} sisi dan lebih dekat di {dekat}; pada kepadatan yang sama lebih jauh di {tetap} dan lebih dekat di {balik}. "
        "Separuh sisi tengah: {bawah} sampai {atas} km. {k} perbatasan tidak dibandingkan karena daftarnya tipis. Bila hanya kebetulan, petunjuk ke kedua arah sama banyak; di sini {petunjuk} perbatasan lebih jauh dan {balikpetunjuk} lebih dekat. Tabel dan CSV menyebut di mana sebaliknya.",
        petunjuk=w.number(found.borders["lebih_jauh"] + found.borders["petunjuk_jauh"]),
        balikpetunjuk=w.number(found.borders["lebih_dekat"] + found.borders["petunjuk_dekat"]),
        n=w.number(found.gaps.size),
        m=w.number(found.compared),
        jauh=w.number(int((found.gaps > 0).sum())),
        dekat=w.number(int((found.gaps < 0).sum())),
        tetap=w.number(int((found.density_gaps > 0).sum())),
        balik=w.number(int((found.density_gaps < 0).sum())),
        bawah=signed(w, low),
        atas=signed(w, high),
        k=w.number(found.borders["tidak_dibandingkan"]),
    )


def kabkota_answer(w: Words, indicator: Indicator, sides: pd.DataFrame, kabkota: str, name: str) -> Answer:
    """At how many of its borders the edge of a kabkota is farther; below, its mean interior and how sure that is.

    Parameters
    ----------
    w, indicator : language, and what is measured
    sides : both sides of its borders, as `analysis.comparison.field.judged` gives them
    kabkota, name : whose they are
    """
    own = sides[sides["side"] == kabkota]
    service = noun(w, indicator)
    if own.empty:
        return Answer(w.t("{sisi} tidak mempunyai perbatasan darat.", sisi=name))
    if own["raw"].eq(NOT_COMPARED).all():
        sentence = w.t("{sisi} tidak dibandingkan, karena daftar {layanan} terlalu tipis.", sisi=name, layanan=service)
        return Answer(sentence, year_line(w))
    known = own[own["gap_km"].notna()]
    if known.empty:
        return Answer(w.t("Belum ada perbatasan yang jaraknya ke {layanan} dapat dibandingkan.", layanan=service))
    sentence = w.t(
        "Dari {semua} perbatasan, tepi lebih jauh dari {layanan} daripada bagian dalam di {jauh}; pada kepadatan sama di {tetap}.",
        semua=_counted(w, len(known)),
        layanan=service,
        jauh=_counted(w, int(known["gap_km"].gt(0).sum())),
        tetap=_counted(w, int(known["density_gap_km"].gt(0).sum())),
    )
    note = w.t(
        "Bagian dalamnya rata-rata {km} km. Uji: {jauh} perbatasan tampak lebih jauh, {petunjuk} baru petunjuk, {dekat} lebih dekat.",
        km=w.number(known["interior_km"].iloc[0], 2),
        jauh=w.number(int(own["raw"].eq("tertinggal").sum())),
        petunjuk=w.number(int(own["raw"].eq("petunjuk_jauh").sum())),
        dekat=w.number(int(own["raw"].isin(NEARER).sum())),
    )
    return Answer(sentence, f"{note} {year_line(w)}")


def _counted(w: Words, number: int) -> str:
    """A number of borders as one says it."""
    return w.number(number) if number else w.t("nol")


def signed(w: Words, km: float | None) -> str:
    """A difference in km with its sign and without its unit, a dash where it is not known."""
    if km is None or km != km:
        return "–"
    return f"{'+' if round(km, 2) > 0 else ''}{w.number(km, 2)}".replace("-", "−")


def span(w: Words, low: float | None, high: float | None) -> str:
    """The interval of a difference in km, a dash where it is not known.

    Parameters
    ----------
    w : language
    low, high : its ends
    """
    if low is None or high is None or low != low or high != high:
        return "–"
    return f"{signed(w, low)} … {signed(w, high)}"


def pair_answer(w: Words, indicator: Indicator, rows: pd.DataFrame, names: Mapping[str, str]) -> Answer:
    """What the edge of either side shows; below, what is left at equal density, year, and the doubt.

    Parameters
    ----------
    w, indicator : language, and what is measured
    rows : both sides as `analysis.comparison.field.judged` gives them, in the order in which they are shown
    names : of the kabkota by kode
    """
    sentence = _sentence(w, noun(w, indicator), rows, names)
    measured = [signed(w, gap) for gap in rows["gap_km"].where(rows["raw"] != NOT_COMPARED)]
    gaps = w.t("Selisih {a} dan {b} km.", a=measured[0], b=measured[1])
    return Answer(sentence, " ".join(filter(None, [gaps, _density_line(w, rows), year_line(w)])))


def _sentence(w: Words, service: str, rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    codes = {c if c not in UNSEEN else UNSEEN[0] for c in rows["raw"]}
    if len(codes) == 1:
        first, last = (aloud.distance(w, gap) for gap in sorted(rows["gap_km"].abs().fillna(0)))
        same = w.t("kira-kira {n}", n=last)
        amount = same if first == last else w.t("{rendah} sampai {tinggi}", rendah=first, tinggi=last)
        fields = {"layanan": service, "selisih": amount}
        return {
            "tertinggal": w.t(
                "Di kedua sisi, kelurahan perbatasan lebih jauh dari {layanan} daripada bagian dalamnya, {selisih}.",
                **fields,
            ),
            "petunjuk_jauh": w.t(
                "Ada petunjuk bahwa di kedua sisi kelurahan perbatasan lebih jauh dari {layanan} daripada bagian dalamnya, {selisih}.",
                **fields,
            ),
            "petunjuk_dekat": w.t(
                "Ada petunjuk bahwa di kedua sisi kelurahan perbatasan lebih dekat ke {layanan} daripada bagian dalamnya, {selisih}.",
                **fields,
            ),
            "lebih_baik": w.t(
                "Di kedua sisi, kelurahan perbatasan justru lebih dekat ke {layanan} daripada bagian dalamnya, {selisih}.",
                **fields,
            ),
            "tidak_tampak": w.t(
                "Di kedua sisi tidak tampak bahwa kelurahan perbatasan lebih jauh dari {layanan} daripada bagian dalamnya.",
                **fields,
            ),
            UNSEEN[0]: w.t(
                "Belum dapat dikatakan, karena di kedua sisi wilayahnya terlalu sedikit untuk memperlihatkan perbedaan jarak ke {layanan}.",
                **fields,
            ),
            NOT_COMPARED: w.t(
                "Kedua sisi tidak dibandingkan, karena daftar {layanan} keduanya terlalu tipis.", **fields
            ),
        }.get(codes.pop(), w.t("Belum ada pembanding jarak ke {layanan} di kedua sisi.", **fields))
    # What is seen comes first, whichever side shows it.
    order = [
        FARTHER[0],
        NEARER[0],
        FARTHER[1],
        NEARER[1],
        "tidak_tampak",
        *UNSEEN,
        "tidak_diketahui",
        "tanpa_arah",
        NOT_COMPARED,
    ]
    ordered = rows.sort_values("raw", key=lambda codes: codes.map(order.index), kind="stable")
    (code, side, gap), (other_code, other_side, _) = ordered[["raw", "side", "gap_km"]].itertuples(index=False)
    head = {
        "tertinggal": w.t(
            "Perbatasan {sisi} {jarak} lebih jauh dari {layanan} daripada bagian dalamnya",
            sisi=names[side],
            jarak=aloud.distance(w, abs(gap)),
            layanan=service,
        ),
        "lebih_baik": w.t(
            "Perbatasan {sisi} justru {jarak} lebih dekat ke {layanan} daripada bagian dalamnya",
            sisi=names[side],
            jarak=aloud.distance(w, abs(gap)),
            layanan=service,
        ),
        "petunjuk_jauh": w.t(
            "Ada petunjuk perbatasan {sisi} {jarak} lebih jauh dari {layanan} daripada bagian dalamnya",
            sisi=names[side],
            jarak=aloud.distance(w, abs(gap)),
            layanan=service,
        ),
        "petunjuk_dekat": w.t(
            "Ada petunjuk perbatasan {sisi} {jarak} lebih dekat ke {layanan} daripada bagian dalamnya",
            sisi=names[side],
            jarak=aloud.distance(w, abs(gap)),
            layanan=service,
        ),
        "tidak_tampak": w.t("Di {sisi} perbedaan jarak ke {layanan} tidak tampak", sisi=names[side], layanan=service),
    }.get(
        code,
        w.t("Di {sisi} perbedaan jarak ke {layanan} tidak dapat terlihat", sisi=names[side], layanan=service),
    )

    def sentence(other: str) -> str:
        tail = {
            "lebih_baik": w.t("{sisi} justru lebih dekat", sisi=other),
            "petunjuk_jauh": w.t("di {sisi} baru petunjuk", sisi=other),
            "petunjuk_dekat": w.t("di {sisi} ada petunjuk sebaliknya", sisi=other),
            "tidak_tampak": w.t("di {sisi} tidak tampak", sisi=other),
            NOT_COMPARED: w.t("{sisi} tidak dibandingkan", sisi=other),
        }.get(other_code, w.t("di {sisi} tidak dapat terlihat", sisi=other))
        return w.t("{satu}, {lain}.", satu=head, lain=tail)

    named = sentence(names[other_side])
    return named if len(named.split()) <= MOST_WORDS else sentence(w.t("sisi lain"))


def _density_line(w: Words, rows: pd.DataFrame) -> str:
    """What is left of the differences that are seen or hinted at, between places of equal density."""
    told = rows[rows["raw"].isin((*FARTHER, *NEARER))]
    if told.empty:
        return ""
    farther = told["raw"].isin(FARTHER)
    left = (farther & told["density"].isin(FARTHER)) | (~farther & told["density"].isin(NEARER))
    if left.all():
        return w.t("Pada kepadatan yang sama pun demikian.")
    if left.any():
        return w.t("Pada kepadatan yang sama hanya di satu sisi.")
    return w.t("Pada kepadatan yang sama tidak tampak: dapat berarti kepadatannya, bukan garis batasnya.")


def size_line(w: Words, pair: Mapping[str, Any]) -> str:
    """How long a border is, and how many kelurahan lie at it on either side, as Markdown.

    Parameters
    ----------
    w : language
    pair : its row of `data.national_tables.National.border`
    """
    return w.t(
        "Garis {panjang}; {a} kelurahan/desa {sisi_a} dan {b} kelurahan/desa {sisi_b} berbatasan langsung.",
        panjang=w.length(float(pair["border_km"]) * 1000),
        a=w.number(int(pair["n_border_a"])),
        sisi_a=md(str(pair["name_a"])),
        b=w.number(int(pair["n_border_b"])),
        sisi_b=md(str(pair["name_b"])),
    )


def across_line(w: Words, row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    """Neighbour against neighbour in one sentence, as Markdown.

    Parameters
    ----------
    w : language
    row : a border (pair, side_a, side_b) and its pairs of neighbours: n_known, gap_km, code, strength, behind
    names : of the kabkota by kode
    """
    pairs, gap = int(row["n_known"]), float(row["gap_km"] if row["gap_km"] is not None else "nan")
    if not pairs or gap != gap:
        return w.t("Tetangga lawan tetangga: belum ada pasangan yang nilainya diketahui.")
    farther = str(row["side_b"] if gap > 0 else row["side_a"])
    fields = {
        "n": w.number(pairs),
        "lebih": md(names[farther]),
        "selisih": f"{w.number(abs(gap), 2)}\N{NO-BREAK SPACE}km",
    }
    if row["code"] == "satu_sisi_tertinggal":
        yakin = comparison_verdicts.strength(w, str(row["strength"])) or w.t("petunjuk")
        return w.t(
            "Tetangga lawan tetangga: pada {n} pasangan, {sisi} tertinggal rata-rata {selisih} ({yakin}).",
            sisi=md(names[str(row["behind"])]),
            yakin=yakin,
            **fields,
        )
    if row["code"] == "tidak_tampak":
        return w.t(
            "Tetangga lawan tetangga: pada {n} pasangan, perbedaan yang konsisten tidak tampak ({lebih} rata-rata {selisih} lebih tinggi).",
            **fields,
        )
    if row["code"] == "tidak_dapat_terlihat":
        return w.t(
            "Tetangga lawan tetangga: {n} pasangan, {lebih} rata-rata {selisih} lebih tinggi; perbedaan yang konsisten tidak dapat terlihat.",
            **fields,
        )
    return w.t(
        "Tetangga lawan tetangga: {n} pasangan, {lebih} rata-rata {selisih} lebih tinggi; pasangan terlalu sedikit untuk diuji.",
        **fields,
    )


def quality_line(w: Words, kabkota: Mapping[str, Any], level: str) -> str:
    """How good the list of schools of one kabkota is, as Markdown.

    Parameters
    ----------
    w : language
    kabkota : its row of `data.national_tables.National.place`
    level : of the schools, as `data.national_tables.level_of` gives it
    """
    why = _reason(w, str(kabkota[f"reason_{level}"] or ""))
    text = w.t(
        "{sisi}: {n} sekolah di daftar, {bagian} dengan koordinat yang dapat dipakai; mutu {mutu}",
        sisi=md(str(kabkota["nama"])),
        n=w.number(int(kabkota[f"n_{level}"])),
        bagian=w.percent(float(kabkota[f"located_{level}"])),
        mutu=quality_names(w)[str(kabkota[f"quality_{level}"])],
    )
    return f"{text} ({why})." if why else f"{text}."


def missing(w: Words) -> list[str]:
    """What is not known outside the study area, one line each, as Markdown."""
    return [
        w.t(
            "Madrasah (MI, MTs, MA) dan sekolah yang dibuka atau ditutup sesudah Juni 2019: Dinas Pendidikan dan Kantor Kementerian Agama."
        ),
        w.t(
            "Penduduk tiap kelurahan/desa: Dinas Kependudukan dan Pencatatan Sipil. Karena itu di sini setiap kelurahan/desa dihitung sama berat, dan jiwa tidak disebut."
        ),
        w.t("Puskesmas, rumah sakit, pos damkar, perjanjian dan usulan: baru ada di tujuh koridor Tapal."),
    ]


def method(w: Words, catalogue: Catalogue) -> str:
    """How borders are compared, and what the figures cannot say, as Markdown.

    Parameters
    ----------
    w, catalogue : language, and the sources
    """
    lines = [
        w.t(
            "Tepi: kelurahan/desa yang berbagi garis sekurangnya 50 meter dengan kabupaten/kota sebelah. Bagian dalam: kelurahan/desa kabupaten/kota yang sama yang tidak menyentuh garis batas mana pun."
        ),
        w.t(
            "Jarak garis lurus ke sekolah terdekat milik kabupaten/kota sendiri, median titik sampel di dalam kelurahan/desa. Setiap kelurahan/desa dihitung sama berat, karena penduduknya tidak diketahui secara nasional."
        ),
        w.t(
            "Satu perbatasan disebut lebih jauh bila sekurangnya satu sisinya lebih jauh daripada bagian dalamnya sendiri dan tidak ada sisi yang lebih dekat. “Petunjuk”: ujinya sendiri menunjukkan perbedaan, tetapi tidak setelah semua perbatasan diuji bersama. “Tidak tampak” hanya dikatakan bila selisih satu simpangan baku berpeluang 80 % atau lebih untuk terlihat; bila kurang: “tidak dapat terlihat”."
        ),
        w.t(
            "Uji: himpunan acak yang bersambung seperti batasnya; laju temuan palsu dikendalikan atas semua perbatasan bersama (Benjamini–Hochberg). Kisaran 95 %: meninggalkan satu kecamatan setiap kali."
        ),
        w.t(
            "Pada kepadatan yang sama: koefisien tepi setelah kepadatan ikut diperhitungkan. Penggantinya kepadatan penduduk: untuk SD banyaknya kelurahan/desa per kilometer persegi, untuk jenjang lain banyaknya SD per kilometer persegi. Tepi sering kali sekadar lebih jarang penduduknya; yang hilang pada kepadatan yang sama tidak boleh dibebankan pada garis batas."
        ),
        w.t(
            "Daftar yang tipis tidak pernah dibandingkan: banyak sekolah tanpa koordinat, kecamatan tanpa sekolah, atau jumlah yang jauh di bawah hitungan resmi. Madrasah tidak ada di daftar; di daerah yang banyak madrasahnya jarak sebenarnya lebih dekat."
        ),
        w.t("Semua ini kesenjangan yang teramati, bukan dampak batas; warga menyeberanginya setiap hari."),
        w.t("Garis dan wilayah dari BIG, disederhanakan; bukan acuan resmi batas wilayah."),
        *(sentences.source_text(w, catalogue.sources[source]) for source in SOURCES),
    ]
    return "\n".join(f"- {line}" for line in lines)
