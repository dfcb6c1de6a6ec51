"""The second door: the same numbers as files, without a browser.

python report.py --koridor bekasi-depok --format csv,pptx,pdf --out keluaran
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from streamlit.logger import set_log_level

from data import tables
from data.catalogue import CatalogueError, Corridor
from data.tables import Dataset
from open_data import comparison, indicators, priority
from open_data.access import opening_rows
from open_data.fire import fire_rows
from open_data.siting import siting_rows
from views.exports import formats
from views.language import cells
from views.language.words import LANGUAGES, Language, Words

EVERY = "all"
FORMATS = ("csv", *formats.FORMATS)
# Who asks for the brief wants the profiles that go with it.
WITH = {"pdf": ("pdf", "profil")}


def parser() -> argparse.ArgumentParser:
    """The options; their help is repeated in the README and held against it by a test."""
    options = argparse.ArgumentParser(prog="report.py", description="Tulis angka koridor ke berkas.")
    options.add_argument("--koridor", required=True, help=f"id koridor dari katalog, atau {EVERY} untuk semuanya")
    options.add_argument("--format", default="csv", help=f"bentuk berkas: {', '.join(FORMATS)}")
    options.add_argument("--bahasa", default="id", choices=LANGUAGES, help="bahasa berkas selain csv: id atau en")
    options.add_argument("--out", required=True, type=Path, help="folder keluaran; dibuat bila belum ada")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files; 0 when all are written, 2 when the wish cannot be met."""
    wish = parser().parse_args(arguments)
    if wish.out == Path():
        print("--out: sebutkan folder keluaran", file=sys.stderr)
        return 2
    kinds = [f.strip() for f in wish.format.split(",") if f.strip()]
    unknown = [f for f in kinds if f not in FORMATS]
    if unknown or not kinds:
        print(f"format tidak dikenal: {', '.join(unknown) or '-'}; pilihan: {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    try:
        data = tables.load()
    except CatalogueError as error:
        print(f"katalog: {error}", file=sys.stderr)
        return 2
    known = data.catalogue.corridors
    if wish.koridor != EVERY and wish.koridor not in known:
        print(f"koridor tidak dikenal: {wish.koridor}; pilihan: {', '.join(known)}, {EVERY}", file=sys.stderr)
        return 2
    corridors = list(known.values()) if wish.koridor == EVERY else [known[wish.koridor]]
    try:
        wish.out.mkdir(parents=True, exist_ok=True)
        if "csv" in kinds:
            write_tables(data, corridors, wish.out)
        write_files(data, corridors, [k for k in kinds if k != "csv"], wish.bahasa, wish.out)
    except OSError as error:
        print(f"tidak dapat menulis ke {wish.out}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def write_tables(data: Dataset, corridors: list[Corridor], out: Path) -> None:
    """All CSV files, over all corridors."""
    compared = comparison.comparisons(data, corridors)
    for name, rows in (
        ("indikator", indicators.indicator_rows(data, corridors)),
        ("perbatasan", indicators.border_rows(data, corridors)),
        ("akses_titik", indicators.access_rows(data, corridors)),
        ("kesenjangan", comparison.gap_rows(compared)),
        ("pasangan", comparison.pair_rows(data, compared)),
        ("prioritas", priority.priority_rows(data, corridors)),
        ("akses_lintas_batas", opening_rows(data, corridors)),
        ("damkar", fire_rows(data, corridors)),
        ("lokasi_bersama", siting_rows(data, corridors)),
    ):
        cells.write_csv(rows, out / f"{name}.csv")
        print(f"{name}.csv: {len(rows)} baris")


def write_files(data: Dataset, corridors: list[Corridor], kinds: list[str], language: Language, out: Path) -> None:
    """The other kinds of file, one a corridor; whole files or none."""
    # Parts of the pages are shared with these files; without a page Streamlit would say so in the middle of ours.
    set_log_level("error")
    words = Words(language)
    made = datetime.now(ZoneInfo("Asia/Jakarta")).date()
    wanted = dict.fromkeys(k for kind in kinds for k in WITH.get(kind, (kind,)))
    for corridor in corridors:
        for kind in wanted:
            entry = formats.FORMATS[kind]
            path = out / f"tapal-{corridor.id}-{kind}-{language}.{entry.suffix}"
            content = entry.build(words, data, corridor, (), (), made)
            unfinished = path.with_suffix(".unfinished")
            unfinished.write_bytes(content)
            os.replace(unfinished, path)
            print(f"{path.name}: {len(content) / 1000:,.0f} kB")


if __name__ == "__main__":
    raise SystemExit(main())
