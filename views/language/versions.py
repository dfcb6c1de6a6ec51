"""Which published data of offices a page, picture or file holds, and as of which version it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.catalogue import Corridor
from data.tables import Dataset
from data.versions import Published, offices
from views.language.words import Words


def day_of(moment: datetime) -> date:
    """The day of a moment in Indonesia."""
    return moment.astimezone(ZoneInfo("Asia/Jakarta")).date()


def kind_names(w: Words) -> dict[str, str]:
    """What a published file holds."""
    return {
        "penduduk": w.t("penduduk"),
        "indikator": w.t("nilai indikator"),
        "monografi": w.t("hitungan monografi"),
        "fasilitas": w.t("daftar fasilitas"),
        "batas": w.t("batas kelurahan/desa"),
    }


def named(w: Words, data: Dataset, version: Published) -> str:
    """One version in words.

    Parameters
    ----------
    w, data : language and data
    version : the version
    """
    return w.t(
        "{isi} {kabkota} {tanggal} (versi {n})",
        isi=kind_names(w)[version.kind],
        kabkota=data.kabkota_names.get(version.kabkota, version.kabkota),
        tanggal=w.date(version.day),
        n=str(version.number),
    )


def line(w: Words, data: Dataset, corridor: Corridor | None = None) -> str:
    """As of which version the data are, and what of offices they hold; "" for the shipped data as they are now.

    Parameters
    ----------
    w, data : language and data
    corridor : only versions of its sides, None for all
    """
    shown = [v for v in offices(data.applied) if corridor is None or v.kabkota in corridor.sides]
    held = w.listing([named(w, data, v) for v in shown])
    if data.as_of is None:
        return w.t("Memuat data kantor: {isi}.", isi=held) if shown else ""
    if data.as_of == 0:
        return w.t("Per data bawaan Tapal, tanpa data kantor.")
    moment = next((v.published for v in data.applied if v.number == data.as_of), None)
    fields = {"n": str(data.as_of), "tanggal": w.date(day_of(moment)) if moment else ""}
    if not shown:
        return w.t("Per versi {n}, {tanggal}: tanpa data kantor di perbatasan ini.", **fields)
    return w.t("Per versi {n}, {tanggal}: memuat {isi}.", isi=held, **fields)


def short(w: Words, data: Dataset) -> str:
    """The same in a few words, where there is little room; "" for the shipped data as they are now."""
    if data.as_of is not None:
        return w.t("Per versi {n}.", n=str(data.as_of))
    numbers = w.listing([str(v.number) for v in offices(data.applied)])
    return w.t("Data kantor versi {n}.", n=numbers) if numbers else ""


def made(w: Words, data: Dataset, corridor: Corridor, day: date) -> str:
    """When a file was made, and of which version.

    Parameters
    ----------
    w, data, corridor : language, data and border
    day : on which it was made
    """
    text = w.t("Dibuat {tanggal} dengan Tapal.", tanggal=w.date(day))
    return " ".join(filter(None, (text, line(w, data, corridor))))


def withdrawn(w: Words, history: Sequence[Published], data: Dataset) -> list[str]:
    """What of the versions that are shown has been withdrawn since, with the reason, as plain text.

    Parameters
    ----------
    w, data : language and data
    history : all versions as they stand now
    """
    known = {v.number: v for v in history}
    gone = [known[v.number] for v in data.applied if v.number in known and known[v.number].withdrawn is not None]
    return [
        w.t(
            "Versi {n} sudah ditarik pada {tanggal}: {alasan}",
            n=str(v.number),
            tanggal=w.date(day_of(v.withdrawn)),
            alasan=v.why,
        )
        for v in gone
        if v.withdrawn is not None
    ]
