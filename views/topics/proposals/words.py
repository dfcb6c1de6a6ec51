"""Sentences about proposals: what they touch, what nobody proposes, and why a file is not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.proposals.proposals import MOST_GAPS, Met
from data.catalogue import Corridor
from data.tables import Dataset
from views.language import aloud, sentences
from views.language.answer import Answer
from views.language.escape import md
from views.language.words import Words
from views.topics.profile.words import fact_line


def question(w: Words, corridor: Corridor) -> str:
    """What the page asks."""
    return w.t("{koridor}: apakah usulan warga menyentuh kesenjangannya?", koridor=md(w.pick(corridor.title)))


def answer(w: Words, data: Dataset, corridor: Corridor, met: Met) -> Answer:
    """How many proposals of the border touch a top gap, and how many top gaps nobody proposes.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    met : proposals against gaps
    """
    gaps = met.gaps[met.gaps["at_line"]]
    if met.proposals.empty:
        return Answer(
            w.t(
                "Belum ada usulan musrenbang yang dibawa; {n} kesenjangan utama di garis batas menunggu usulan.",
                n=aloud.rounded(w, len(gaps)),
            ),
            w.t(
                "Kesenjangan utama: paling banyak {n} standar yang paling jauh terlewati di tiap kelurahan/desa.",
                n=str(MOST_GAPS),
            ),
        )
    here = met.proposals[met.proposals["at_line"]]
    alive = here[~here["stopped"].astype(bool)]
    sentence = w.t(
        "Di garis batas ada {n} usulan, {m} di antaranya menyentuh kesenjangan utama; {k} dari {semua} kesenjangan utama belum diusulkan.",
        n=aloud.rounded(w, len(alive)),
        m=_count(w, int(alive["meets"].sum())),
        k=aloud.rounded(w, int((gaps["proposals"] == 0).sum())),
        semua=aloud.rounded(w, len(gaps)),
    )
    return Answer(sentence, _note(w, data, corridor, met))


def _count(w: Words, count: int) -> str:
    return aloud.rounded(w, count) if count else w.t("tidak satu pun")


def _note(w: Words, data: Dataset, corridor: Corridor, met: Met) -> str:
    """Year, what has not been brought, and the one reason for doubt."""
    years = sorted({int(year) for year in met.proposals["year"]})
    lines = [w.t("Tahun anggaran {tahun}.", tahun=sentences.years((years[0], years[-1])))]
    missing = [str(data.kabkota.at[side, "nama"]) for side in unbrought(corridor, met)]
    if missing:
        lines.append(w.t("Belum dibawa: usulan {sisi}.", sisi=w.listing(missing)))
    lines.append(w.t("Pokok usulan dibaca dari kata judulnya; yang ditolak atau dibatalkan tidak dihitung."))
    return " ".join(lines)


def unbrought(corridor: Corridor, met: Met) -> tuple[str, ...]:
    """Sides of which there is no proposal, by code.

    Parameters
    ----------
    corridor, met : the border, and proposals against its gaps
    """
    there = set(met.proposals["kabkota"])
    return tuple(side for side in corridor.sides if side not in there)


def nothing(w: Words, data: Dataset, sides: Sequence[str]) -> str:
    """What is missing, who can bring it, and in which form, as Markdown.

    Parameters
    ----------
    w, data : language and data
    sides : kode_kabkota without a proposal
    """
    return w.t(
        "Usulan {sisi} belum ada. Pengisi kabupaten/kota itu, biasanya di Bappeda atau Bagian Kerja Sama, dapat membawa ekspor usulan SIPD (CSV, "
        "XLSX atau ODS) setelah masuk; templatnya dapat diunduh di sini.",
        sisi=w.listing([md(str(data.kabkota.at[side, "nama"])) for side in sides]),
    )


def path_names(w: Words) -> Mapping[str, str]:
    """The ways by which a proposal comes, by id."""
    return {
        "kelurahan": w.t("musrenbang kelurahan"),
        "desa": w.t("musrenbang desa"),
        "pokir": w.t("pokok pikiran DPRD"),
        "opd": w.t("perangkat daerah"),
    }


def subject_name(w: Words, data: Dataset, subject: str) -> str:
    """Name of a subject; proposals without one say so.

    Parameters
    ----------
    w, data : language and data
    subject : its id, "" for none
    """
    return w.pick(data.catalogue.subjects[subject].title) if subject else w.t("pokok tidak dikenali")


def touched(w: Words, data: Dataset, subject: str) -> str:
    """The indicators that a subject touches, or that it touches none.

    Parameters
    ----------
    w, data : language and data
    subject : its id, "" for none
    """
    known = data.catalogue.indicators
    indicators = data.catalogue.subjects[subject].indicators if subject else ()
    return w.listing([aloud.title(w, known[i]) for i in indicators]) if indicators else w.t("tidak terkait indikator")


def calendars(w: Words) -> list[str]:
    """The two calendars, as Markdown lines: a desa and a kelurahan across the line do not propose at the same time."""
    return [
        w.t(
            "**Kelurahan**: musrenbang kelurahan pada Januari, kecamatan pada Februari, kabupaten/kota paling lambat Maret, untuk RKPD tahun "
            "berikutnya (UU 25/2004 pasal 23, Permendagri 86/2017; bulan kelurahan dan kecamatan menurut kebiasaan)."
        ),
        w.t(
            "**Desa**: musrenbang desa pada pertengahan tahun untuk RKP Desa (PP 43/2014, Permendagri 114/2014; bulannya perlu dipastikan); yang melampaui "
            "kewenangan desa naik ke kecamatan seperti usulan kelurahan."
        ),
        w.t("Kedua jalur tidak dijumlahkan: usulan bersama perlu diajukan ke keduanya, masing-masing pada waktunya."),
    ]


def method(w: Words) -> str:
    """How proposals are compared with gaps, and what that cannot say."""
    lines = [
        w.t(
            "Kesenjangan utama: standar yang pasti terlewati, paling jauh dulu, paling banyak {n} tiap kelurahan/desa dan satu tiap pokok; yang mungkin "
            "terpenuhi dan yang tidak diketahui tidak dihitung.",
            n=str(MOST_GAPS),
        ),
        w.t(
            "Usulan menyentuh kesenjangan bila pokoknya terkait indikator itu di kelurahan/desa yang sama. Menyentuh belum berarti menutup: Tapal tidak "
            "menilai mutu usulan."
        ),
        w.t(
            "Pokok dibaca dari kata pertama yang dikenal di judul, lalu permasalahan, lalu urusan. Pokok tanpa indikator Tapal disebut tidak terkait "
            "indikator."
        ),
        w.t("Yang dipakai: tahun anggaran terbaru tiap kabupaten/kota. Nama pengusul tidak disimpan."),
    ]
    return "\n".join(f"- {line}" for line in lines)


def refusal(w: Words, data: Dataset, reason: str, kabkota: str) -> str:
    """Why a file is not taken into the register.

    Parameters
    ----------
    w, data : language and data
    reason : of `records.proposals.importing.ImportRefusedError`
    kabkota : code of the one whose proposals may be taken
    """
    known = {
        "busy": w.t("Orang lain sedang menyimpan; coba lagi sebentar lagi. Tidak ada yang tersimpan."),
        "empty": w.t("Tidak ada usulan yang dapat dibaca di berkas ini."),
        "many": w.t("Berkas ini memuat lebih dari 60.000 usulan; bagi menjadi beberapa berkas."),
        "year": w.t("Berkas ini tidak menyebut tahun anggaran di semua baris; isi tahunnya di bawah."),
        "twice": w.t("Satu ID usulan berdiri dua kali untuk tahun yang sama."),
        "kabkota": w.t(
            "Berkas ini memuat usulan di luar {nama}; Anda hanya dapat membawa usulan {nama}.",
            nama=md(str(data.kabkota.at[kabkota, "nama"])),
        ),
    }
    return known[reason]


def would(w: Words, new: int, changed: int, same: int) -> str:
    """What taking a file would change.

    Parameters
    ----------
    w : language
    new, changed, same : numbers of proposals
    """
    return w.t(
        "Bila disimpan: **{baru} usulan baru**, **{berubah} berubah**, {sama} tetap.",
        baru=w.number(new),
        berubah=w.number(changed),
        sama=w.number(same),
    )


def taken(w: Words, new: int, changed: int, same: int) -> str:
    """What taking a file has changed.

    Parameters
    ----------
    w : language
    new, changed, same : numbers of proposals
    """
    if not new and not changed:
        return w.t("Berkas ini sudah ada di catatan; tidak ada yang berubah.")
    return w.t(
        "Tersimpan: {baru} usulan baru, {berubah} berubah, {sama} tetap.",
        baru=w.number(new),
        berubah=w.number(changed),
        sama=w.number(same),
    )


def published(w: Words, data: Dataset, corridor: Corridor) -> list[str]:
    """What was published of musrenbang of the sides, newest first, as list items with place, source and certainty.

    Parameters
    ----------
    w, data, corridor : language, data and the border
    """
    sides = {str(data.kabkota.at[side, "nama"]) for side in corridor.sides}
    found = data.facts[(data.facts["sector"] == "musrenbang") & data.facts["kabkota"].isin(sides)]
    lines = []
    for fact in found.sort_values("source_date", ascending=False, kind="stable").itertuples():
        parts = [str(fact.kelurahan), f"Kec. {fact.kecamatan!s}" if fact.kecamatan else "", str(fact.kabkota)]
        lines.append(fact_line(w, fact, f"[{', '.join(part for part in parts if part)}]"))
    return lines
