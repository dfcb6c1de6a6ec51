"""The same numbers as files, without a browser.

python report.py --koridor bekasi-depok --format csv,pptx,pdf --out keluaran
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import secrets
import signal
import sys
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

# Its sums are small: threads that wait for a part of one take processor time and give none back.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from views.exports import formats
from views.language.words import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from data.catalogue import Corridor
    from data.tables import Dataset
    from views.story.story import Request

EVERY = "all"
FORMATS = ("csv", *formats.FORMATS)
# Who asks for the brief wants the profiles that go with it.
WITH = {"pdf": ("pdf", "profil")}
# What a shell expects of a program that Ctrl+C ended.
INTERRUPTED = 128 + signal.SIGINT
REASONS = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EFBIG: "berkas melebihi batas ukuran",
    errno.EACCES: "tidak ada izin menulis",
    errno.EPERM: "tidak ada izin menulis",
    errno.EROFS: "disk hanya dapat dibaca",
    errno.ENOTDIR: "bukan folder",
    errno.EEXIST: "sudah ada dan bukan folder",
}


class WriteError(Exception):
    """A file or folder that could not be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"tidak dapat menulis ke {path}: {REASONS.get(error.errno or 0, error.strerror)}")


class Once(argparse.Action):
    """An option that is refused the second time instead of the last one winning unsaid."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: Any, values: Any, option: str | None = None) -> None:
        seen = vars(namespace).setdefault("seen", set())
        if self.dest in seen:
            parser.error(f"{option} disebut dua kali")
        seen.add(self.dest)
        setattr(namespace, self.dest, values)


def parser() -> argparse.ArgumentParser:
    """The options; their help is repeated in the README and compared with it by a test."""
    options = argparse.ArgumentParser(
        prog="report.py", description="Tulis angka koridor ke berkas.", allow_abbrev=False
    )

    def add(name: str, **more: Any) -> None:
        options.add_argument(name, action=Once, **more)

    add("--koridor", required=True, help=f"id koridor dari katalog, atau {EVERY} untuk semuanya")
    add("--format", default="csv", help=f"bentuk berkas: {', '.join(FORMATS)}")
    add("--bahasa", default="id", choices=LANGUAGES, help="bahasa berkas selain csv: id atau en")
    add("--per", type=int, metavar="N", help="per versi data kantor ke-N, 0 tanpa data kantor; bawaan: sekarang")
    add("--out", required=True, type=Path, help="folder keluaran; dibuat bila belum ada")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files; 0 when all are written, 2 when the wish cannot be met, 130 when it was interrupted."""
    try:
        return _main(parser().parse_args(arguments))
    except WriteError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("dihentikan; berkas yang sudah disebut di atas utuh", file=sys.stderr)
        return INTERRUPTED


def _main(wish: argparse.Namespace) -> int:
    if wish.out == Path():
        print("--out: sebutkan folder keluaran", file=sys.stderr)
        return 2
    kinds = [f.strip() for f in wish.format.split(",") if f.strip()]
    unknown = [f for f in kinds if f not in FORMATS]
    if unknown or not kinds:
        print(f"format tidak dikenal: {', '.join(unknown) or '-'}; pilihan: {', '.join(FORMATS)}", file=sys.stderr)
        return 2
    # Takes seconds to import: a wrong wish is answered before, and so is Ctrl+C meanwhile.
    from data import tables, versions
    from data.catalogue import CatalogueError
    from records.uploads import reading

    try:
        shipped = tables.load()
    except CatalogueError as error:
        print(f"katalog: {error}", file=sys.stderr)
        return 2
    history = reading.history()
    if history is None:
        print("basis data kantor tidak dapat dibaca", file=sys.stderr)
        return 2
    try:
        data = versions.apply(shipped, versions.in_force(history, wish.per), wish.per).printable
    except KeyError:
        print(f"tidak ada versi {wish.per}", file=sys.stderr)
        return 2
    known = data.catalogue.corridors
    if wish.koridor != EVERY and wish.koridor not in known:
        print(f"koridor tidak dikenal: {wish.koridor}; pilihan: {', '.join(known)}, {EVERY}", file=sys.stderr)
        return 2
    corridors = list(known.values()) if wish.koridor == EVERY else [known[wish.koridor]]
    try:
        wish.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(wish.out, error) from error
    if "csv" in kinds:
        _write_tables(data, corridors, wish.out)
    _write_files(data, corridors, [k for k in kinds if k != "csv"], wish.bahasa, wish.out)
    return 0


def _write_tables(data: Dataset, corridors: list[Corridor], out: Path) -> None:
    """All CSV files, over all corridors."""
    from data import national_tables
    from open_data import comparison, indicators, priority
    from open_data.access import open_border_rows
    from open_data.agreements import agreement_rows, project_rows
    from open_data.fire import fire_rows
    from open_data.national import border_rows
    from open_data.places import misplaced_rows
    from open_data.proposals import proposal_rows
    from open_data.siting import siting_rows
    from open_data.versions import version_rows
    from records.proposals import reading
    from views.exports.answers import answer_rows, opened
    from views.language import cells
    from views.story.opened import opened_border

    requests = [request_of(data, corridor, "id", today()) for corridor in corridors]
    compared = [(r.corridor, data.catalogue.indicators[i], f) for r in requests for (i, _), f in r.comparisons.items()]
    sides = {side for corridor in corridors for side in corridor.sides}
    known, planned = request_of(data, corridors[0], "id", today(), sides).on_record
    agreements = [a for a in known if any(map(a.binds, sides))]
    projects = [p for p in planned if any(map(p.binds, sides))]
    names, national = data.kabkota["nama"], national_tables.shipped()
    proposals = reading.proposals(sorted(sides))
    fires = {corridor.id: opened_border(data, corridor).fire for corridor in corridors}
    for name, rows in (
        ("indikator", indicators.indicator_rows(data, corridors)),
        ("perbatasan", indicators.border_rows(data, corridors)),
        ("akses_titik", indicators.access_rows(data, corridors)),
        ("kesenjangan", comparison.gap_rows(compared)),
        ("pasangan", comparison.pair_rows(data, compared)),
        ("prioritas", priority.priority_rows(data, corridors)),
        ("akses_lintas_batas", open_border_rows(data, corridors)),
        ("damkar", fire_rows(data, fires)),
        ("lokasi_bersama", siting_rows(data, corridors)),
        ("letak_berbeda", misplaced_rows(data, corridors)),
        *([("batas_indonesia", border_rows(national))] if national.there else []),
        ("perjanjian", agreement_rows(agreements, names, today())),
        ("proyek", project_rows(projects, names)),
        ("jawaban", answer_rows(opened(requests))),
        *([("usulan", proposal_rows(data, proposals))] if len(proposals) else []),
        *((("versi", version_rows(data)),) if data.applied or data.as_of is not None else ()),
    ):
        write_whole(out / f"{name}.csv", cells.csv_text(rows).encode())
        say(f"{name}.csv: {len(rows)} baris")


def _write_files(data: Dataset, corridors: list[Corridor], kinds: list[str], language: Language, out: Path) -> None:
    """The other kinds of file, one a corridor; all of them tell the same story."""
    made = today()
    wanted = dict.fromkeys(k for kind in kinds for k in WITH.get(kind, (kind,)))
    for corridor in corridors:
        request = request_of(data, corridor, language, made)
        for kind in wanted:
            entry = formats.FORMATS[kind]
            path = out / f"tapal-{corridor.id}-{kind}-{language}.{entry.suffix}"
            content = entry.build(request)
            write_whole(path, content)
            say(f"{path.name}: {len(content) / 1000:,.0f} kB")


def request_of(
    data: Dataset, corridor: Corridor, language: Language, made: date, sides: Collection[str] = ()
) -> Request:
    """What files of a corridor are made from: published facts, and what offices entered where there is a database.

    Parameters
    ----------
    data : the data set
    corridor : the border
    language : of the files
    made : the day that is printed
    sides : kode_kabkota whose agreements and projects are meant; empty for the sides of the corridor
    """
    from records.agreements import reading
    from views.story.story import Request

    entered = reading.of_sides(sides or corridor.sides)
    return Request(Words(language), data, corridor, made, (), (), *entered)


def today() -> date:
    """The day in Indonesia."""
    return datetime.now(ZoneInfo("Asia/Jakarta")).date()


def write_whole(path: Path, content: bytes) -> None:
    """Write a whole file or none; two that write the same one do not meet.

    Raises
    ------
    WriteError
        What stood there before is still there.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(path, error) from error


def say(line: str) -> None:
    """Print a line; when whoever read it has gone, the files are still wanted."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    # Nearly nothing is garbage before the end: looking for it at every turn is a twentieth of the work.
    gc.set_threshold(100_000)
    # Ended from outside, it cleans up as after Ctrl+C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise SystemExit(main())
