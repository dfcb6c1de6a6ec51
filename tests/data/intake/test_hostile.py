"""Two hundred broken or hostile files a kind: refused with a reason, or every row accounted for; no trace is left."""

import faulthandler
import os
import pickle
import resource
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from data.intake import workbook
from data.intake.guards import GuardError, run
from data.intake.problems import FileError, Problem
from data.intake.sheets import book_of
from data.intake.values import Answers
from tests.data.intake.hostile_files import KINDS, KINDS_OF_PLACES, SECRET, files
from tests.data.intake.making import xlsx
from tests.shipped import data
from views.language.words import Words
from views.topics.uploads import words
from views.topics.uploads.check import check

MANY = 200
ANSWERS = Answers(indicator="jarak_sd")
W = Words("id")


def check_here(content: bytes) -> str:
    """Read a file to its end; say what became of it."""
    known = data()
    try:
        found = check(known, known.catalogue.corridors["bekasi-depok"], content, ANSWERS)
    except FileError as error:
        told = words.refusal(W, error.problem)
        return error.problem.code if told else ""
    for problem in (*found.problems, *found.notes):
        assert words.reason(W, problem)
        assert problem.row >= 0
    reasons = [words.reason(W, problem) for problem in (*found.problems, *found.notes)]
    assert SECRET not in f"{reasons} {found.figures.to_dict()} {found.problems}", "nothing is read from the server"
    refused = {(problem.sheet, problem.row) for problem in found.problems}
    assert len(refused) == found.counts["refused"]
    assert found.figures.empty or found.figures["value"].between(0, 10**15).all()
    assert found.figures.empty or not found.figures.duplicated(["kode", "indicator"]).any()
    return found.layout


def check_places_here(content: bytes) -> str:
    """Read a list of places to its end, against those that are known; say what became of it."""
    known = data()
    try:
        found = check(known, known.catalogue.corridors["bekasi-depok"], content, Answers(kind="puskesmas"))
    except FileError as error:
        return error.problem.code if words.refusal(W, error.problem) else ""
    if found.places is None:
        return found.layout
    assert all(words.reason(W, problem) for problem in (*found.problems, *found.notes))
    assert SECRET not in f"{found.places.rows.to_dict()} {found.problems}", "nothing is read from the server"
    assert len({(problem.sheet, problem.row) for problem in found.problems}) == found.counts["refused"]
    rows = found.places.rows
    assert len(rows) == sum(found.counts[change] for change in ("new", "changed", "same"))
    assert rows["name"].map(str.isprintable).all()
    assert not rows.duplicated(["kind", "name", "kode"]).any()
    assert len(rows) + sum(found.counts[status] for status in ("refused", "waiting", "total", "empty")) == sum(
        found.counts.values()
    )
    with_point = rows[rows["lat"].notna()]
    assert with_point["lat"].between(-11.1, 6.1).all()
    assert with_point["lon"].between(94.9, 141.1).all()
    assert with_point["kode"].isin(known.kelurahan.index).all()
    return "places taken" if len(rows) else "every row refused"


def without_cause(error: Exception) -> Exception:
    """The error alone: where tblib is loaded its causes travel along, and those of GDAL cannot be read again."""
    error.__cause__ = error.__context__ = error.__traceback__ = None
    return error


def forked(megabytes: int, seconds: int, function: Callable[..., Any], *given: Any) -> Any:
    """What `data.intake.guards.run` does, in a fork: a process of its own without the time to start Python."""
    reading, writing = os.pipe()
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads do nothing here
        child = os.fork()
    if child == 0:
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_AS, (held + (megabytes << 20),) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            outcome = True, function(*given)
        except MemoryError:
            os._exit(1)
        except Exception as error:
            outcome = False, without_cause(error)
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(outcome, stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read()
    if os.waitpid(child, 0)[1] != 0:
        raise GuardError("died")
    well, outcome = pickle.loads(answer)
    if not well:
        raise outcome
    return outcome


def hold(contents: Iterable[bytes], check: Callable[[bytes], str], least: int) -> None:
    """Hold that every file is refused in words or taken, within time and memory, with so many outcomes at least."""
    outcomes: Counter[str] = Counter()
    slowest, before = 0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for content in contents:
        started = time.process_time()
        outcomes[check(content)] += 1
        slowest = max(slowest, time.process_time() - started)
    assert outcomes.total() == MANY
    assert "" not in outcomes, "a refusal has words"
    assert len(outcomes) >= least, "the generator makes files of several outcomes"
    assert slowest < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000, "kilobytes"


@pytest.mark.parametrize("kind", [*KINDS, *KINDS_OF_PLACES])
def test_every_file_is_refused_with_a_reason_or_taken_row_by_row(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Only a damaged one can end the process that reads it; a fork takes longer than all the rest.
    here = (
        forked
        if "damaged" in kind or kind in KINDS_OF_PLACES
        else lambda megabytes, seconds, function, *given: function(*given)
    )
    monkeypatch.setattr(workbook, "run", here)
    monkeypatch.chdir(tmp_path)
    values, facilities = data().values.copy(), data().facilities.copy()
    data().land  # noqa: B018 -- read before the time is taken
    hold(files(kind, MANY), check_places_here if kind in KINDS_OF_PLACES else check_here, least=3)
    assert data().values.equals(values)
    assert data().facilities.equals(facilities)
    assert not list(tmp_path.iterdir()), "nothing is written"


def bomb(size: int) -> bytes:
    """A workbook with a sheet of so many bytes of blanks."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(xlsx({"A": [["kode", "nilai"]]}))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, b" " * size if "sheet1" in entry.filename else old.read(entry))
    return stream.getvalue()


def far_cell() -> bytes:
    """A workbook whose one cell stands at the end of the largest sheet there is."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(xlsx({"A": [["kode", "nilai"], [1.5, 2.5]]}))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry).replace(b'r="B2"', b'r="XFD1048576"'))
    return stream.getvalue()


@pytest.mark.parametrize("make", [lambda: bomb(300_000_000), far_cell], ids=["zip bomb", "cell far away"])
def test_a_file_that_would_take_all_memory_is_refused_within_bounds(make: Callable[[], bytes]) -> None:
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileError) as error:
        book_of(content, lambda rows: 0)
    assert error.value.problem.code in {"heavy", "damaged", "many_cells"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000, "kilobytes"


def test_the_child_that_reads_is_bounded_in_memory_and_time() -> None:
    assert (workbook.MEGABYTES, workbook.SECONDS) == (300, 5)
    notes, packed = run(workbook.MEGABYTES, 20, workbook._in_child, xlsx({"A": [["kode"], ["x"]]}))
    assert notes == []
    assert packed


def test_notes_name_hidden_sheets_merged_cells_and_formulas_without_a_result() -> None:
    content = xlsx({"A": [["kode", "nilai"], ["32.75.08.1003", "=1+1"]], "B": [["rahasia"]]}, ["B"], ["D1:E1"])
    book = book_of(content, lambda rows: 0)
    assert book.notes == (
        Problem("formula", "A", 2, "B"),
        Problem("merged", "A", detail="1"),
        Problem("sheet_hidden", "B"),
    )
    assert [sheet.name for sheet in book.sheets] == ["A"]
