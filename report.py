"""The second door: the same numbers as files, without a browser.

python report.py --koridor bekasi-depok --format csv --out keluaran
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from data import tables
from data.catalogue import CatalogueError
from views import exports

EVERY = "all"
FORMATS = ("csv",)


def parser() -> argparse.ArgumentParser:
    """The options; their help is repeated in the README and held against it by a test."""
    options = argparse.ArgumentParser(prog="report.py", description="Tulis angka koridor ke berkas.")
    options.add_argument("--koridor", required=True, help=f"id koridor dari katalog, atau {EVERY} untuk semuanya")
    options.add_argument("--format", default="csv", help=f"bentuk berkas: {', '.join(FORMATS)}")
    options.add_argument("--out", required=True, type=Path, help="folder keluaran; dibuat bila belum ada")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files; 0 when all are written, 2 when the wish cannot be met."""
    wish = parser().parse_args(arguments)
    if wish.out == Path():
        print("--out: sebutkan folder keluaran", file=sys.stderr)
        return 2
    formats = [f.strip() for f in wish.format.split(",") if f.strip()]
    unknown = [f for f in formats if f not in FORMATS]
    if unknown or not formats:
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
        compared = exports.comparisons(data, corridors)
        for name, rows in (
            ("indikator", exports.indicator_rows(data, corridors)),
            ("perbatasan", exports.border_rows(data, corridors)),
            ("akses_titik", exports.access_rows(data, corridors)),
            ("kesenjangan", exports.gap_rows(compared)),
            ("pasangan", exports.pair_rows(data, compared)),
            ("prioritas", exports.priority_rows(data, corridors)),
        ):
            exports.write_csv(rows, wish.out / f"{name}.csv")
            print(f"{name}.csv: {len(rows)} baris")
    except OSError as error:
        print(f"tidak dapat menulis ke {wish.out}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
