"""Why a file that somebody brought is not used, in words."""

from __future__ import annotations

from data.intake.csv_reader import CsvError
from views.language.escape import echo
from views.language.words import Words


def csv_refusal(w: Words, error: CsvError) -> str:
    """Where a CSV file cannot be read, and what is wrong there.

    Returns
    -------
    str
        Markdown; text of the file in it shows as written.
    """
    column, value = echo(error.column), echo(error.value)
    problem = {
        "size": w.t("berkas terlalu besar"),
        "encoding": w.t("hurufnya tidak terbaca; simpan sebagai CSV UTF-8"),
        "nul": w.t("memuat karakter NUL: ini bukan CSV"),
        "empty": w.t("tidak ada baris di bawah judul kolom"),
        "quotes": w.t("tanda kutip tidak lengkap"),
        "column_missing": w.t("kolom {kolom} tidak ada", kolom=column),
        "column_similar": w.t("kolom {kolom} tidak ada; yang ada {nilai}", kolom=column, nilai=value),
        "heading_twice": w.t("judul kolom {kolom} muncul dua kali", kolom=column),
        "heading_empty": w.t("ada kolom tanpa judul"),
        "cells": w.t("jumlah sel ({nilai}) tidak sama dengan judul kolom", nilai=value),
    }[error.code]
    if error.row:
        text = w.t("Baris {baris}: {masalah}.", baris=w.number(error.row), masalah=problem)
    else:
        text = w.t("Berkas: {masalah}.", masalah=problem)
    return text + " " + w.t("Seluruh berkas ditolak.")
