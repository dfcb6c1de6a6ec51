"""Taking the proposals of a checked file: the whole file in one transaction, or nothing of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pandas as pd
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.intake.places import LEAVE_OUT
from data.text import cleaned
from records import audit, database
from records.models import now
from records.permissions import Action, Actor
from records.proposals.tables import LONGEST_DOUBT, LONGEST_FILE, ImportRow, Path, PlaceRow, ProposalRow

STEP = 2_000
MOST_ROWS = 60_000
MOST_RUPIAH = 10**15
EARLIEST, LATEST = 2000, 2100
# What a proposal says; where it stands in its file is none of it.
_SAID = (
    "id_usulan", "kode", "path", "proposed", "affairs", "title", "problem", "address", "lat", "lon", "office", "status",
    "stopped", "volume", "unit", "rupiah", "raw",
)  # fmt: skip
_STOPPED = ("tolak", "batal", "tidak disetujui")


class ImportRefusedError(ValueError):
    """A file that is not taken; nothing of it is written.

    Parameters
    ----------
    reason : empty, many, year, twice for an id that stands twice in a year, kabkota for proposals of another kabkota,
        or busy where somebody else keeps writing
    rows : sheet, row and kode of those that keep it from being taken
    """

    def __init__(self, reason: str, rows: Sequence[tuple[str, int, str]] = ()) -> None:
        super().__init__(reason)
        self.reason, self.rows = reason, tuple(rows)


@dataclass(frozen=True)
class Outcome:
    """What a file changes in the register.

    Attributes
    ----------
    new : proposals that the register does not have
    changed : those that stand there otherwise
    same : those that stand there as the file has them
    """

    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Prepared:
    """The rows of a file as they will stand in the register.

    Attributes
    ----------
    kabkota : to which all of them belong
    rows : by year and key
    """

    kabkota: str
    rows: Mapping[tuple[int, str], Mapping[str, Any]]


def prepare(frame: pd.DataFrame, kabkota: str, year: int | None) -> Prepared:
    """Turn proposals that were read into rows of the register.

    Parameters
    ----------
    frame : as in `data.intake.proposals.Proposals`
    kabkota : for which they are brought
    year : of the budget, where the file does not say

    Raises
    ------
    ImportRefusedError
        There is none, they are too many, a year is missing, or one belongs to another kabkota.
    """
    if frame.empty:
        raise ImportRefusedError("empty")
    if len(frame) > MOST_ROWS:
        raise ImportRefusedError("many")
    records: list[dict[str, Any]] = [
        {str(name): None if _missing(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
    others = [(str(r["sheet"]), int(r["row"]), str(r["kode"])) for r in records if str(r["kode"])[:5] != kabkota]
    if others:
        raise ImportRefusedError("kabkota", others)
    rows: dict[tuple[int, str], Mapping[str, Any]] = {}
    same: Counter[tuple[int, str]] = Counter()
    for record in records:
        budget_year = int(record.get("tahun_anggaran") or year or 0)
        if not EARLIEST <= budget_year <= LATEST:
            raise ImportRefusedError("year", [(str(record["sheet"]), int(record["row"]), str(record["kode"]))])
        row = _row(record)
        row["digest"] = _hash(json.dumps([audit.plain(row[name]) for name in _SAID], ensure_ascii=False))
        said = row["id_usulan"]
        key = said if said and len(said) <= 64 and said[0] != "#" else f"#{_hash(said or row['digest'])}"
        if not said:
            # Rows without an id that say the same are told apart by their number.
            same[budget_year, key] += 1
            key = f"{key}/{same[budget_year, key]}"
        elif (budget_year, key) in rows:
            raise ImportRefusedError("twice", [(row["sheet"], row["row"], row["kode"])])
        rows[budget_year, key] = row | {"kabkota": kabkota, "year": budget_year, "key": key}
    return Prepared(kabkota, rows)


def compare(prepared: Prepared) -> Outcome:
    """What taking a file would change now."""
    with database.read() as session:
        there = _there(session, prepared)
    return _outcome(prepared, there)


def take(
    actor: Actor,
    prepared: Prepared,
    name: str,
    content_hash: str,
    decided: Mapping[str, tuple[str, str]],
    progress: Callable[[float], None] = lambda share: None,
) -> Outcome:
    """Write the proposals of a file; where all of them stand as it has them, nothing is written.

    Parameters
    ----------
    actor : an editor of the kabkota
    prepared : from `prepare`
    name, content_hash : of the file
    decided : what the editor decided about places, by key of the doubt: the kode, and what the file writes
    progress : is told the share of the rows that are written

    Raises
    ------
    records.permissions.ForbiddenError
        The actor is no editor of this kabkota; nothing is written.
    ImportRefusedError
        Somebody else writes for longer than a write waits; nothing is written.
    """
    try:
        return _take(actor, prepared, name, content_hash, decided, progress)
    except OperationalError as error:
        raise ImportRefusedError("busy") from error


def _take(
    actor: Actor,
    prepared: Prepared,
    name: str,
    content_hash: str,
    decided: Mapping[str, tuple[str, str]],
    progress: Callable[[float], None],
) -> Outcome:
    name = cleaned(name).strip()[-LONGEST_FILE:] or "usulan"
    with database.write(actor, Action.EDIT, prepared.kabkota, file=name) as session:
        if session.get_bind().dialect.name == "postgresql":
            # Two that bring the same proposals at once come one after the other.
            session.execute(text("LOCK TABLE proposals IN SHARE ROW EXCLUSIVE MODE"))
        there = _there(session, prepared)
        outcome = _outcome(prepared, there)
        if outcome.new or outcome.changed:
            source = ImportRow(
                kabkota=prepared.kabkota, name=name, sha256=content_hash, taken_at=now(),
                new=outcome.new, changed=outcome.changed, same=outcome.same,
            )  # fmt: skip
            session.add(source)
            session.flush()
            _write(session, prepared, there, source.id, progress)
        _remember(session, prepared.kabkota, decided)
    return outcome


def decisions(kabkota: str) -> tuple[PlaceRow, ...]:
    """What the editors of a kabkota have decided about places, in the order of the names."""
    query = select(PlaceRow).where(PlaceRow.kabkota == kabkota).order_by(PlaceRow.written, PlaceRow.id)
    with database.read() as session:
        return tuple(session.scalars(query))


def forget(actor: Actor, kabkota: str, key: int) -> None:
    """Take back a decision about a place; the next file asks again.

    Parameters
    ----------
    actor : an editor of the kabkota
    kabkota, key : whose decision, and which

    Raises
    ------
    records.permissions.ForbiddenError
        The actor is no editor of this kabkota.
    """
    with database.write(actor, Action.EDIT, kabkota) as session:
        row = session.get(PlaceRow, key)
        if row is not None:
            session.delete(row)


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and value != value) or value is pd.NaT


def _hash(said: str) -> str:
    return sha256(said.encode()).hexdigest()


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    def text_at(*names: str) -> str:
        return next((str(record[name]) for name in names if record.get(name)), "")

    proposed = record.get("tanggal_usul")
    rupiah = record.get("anggaran")
    status = text_at("status")
    flagged = any(record.get(flag) for flag in ("is_batal", "is_tolak"))
    return {
        "id_usulan": text_at("id_usulan"),
        "kode": str(record["kode"]),
        "path": Path(record["jalur"]),
        "proposed": proposed if isinstance(proposed, date) else None,
        "affairs": text_at("urusan"),
        "title": text_at("usulan", "permasalahan"),
        "problem": text_at("permasalahan"),
        "address": text_at("alamat"),
        "lat": record.get("lat"),
        "lon": record.get("lon"),
        "office": text_at("opd_akhir", "opd_awal"),
        "status": status,
        "stopped": bool(flagged or any(word in status.lower() for word in _STOPPED)),
        "volume": record.get("volume"),
        "unit": text_at("satuan", "koefisien"),
        "rupiah": None if rupiah is None else min(round(rupiah), MOST_RUPIAH),
        "raw": str(record["raw"]),
        "sheet": str(record["sheet"]),
        "row": int(record["row"]),
    }


def _there(session: Session, prepared: Prepared) -> dict[tuple[int, str], tuple[int, str]]:
    """Key and digest of the proposals of the same kabkota and years that stand in the register."""
    years = {year for year, _ in prepared.rows}
    query = select(ProposalRow.year, ProposalRow.key, ProposalRow.id, ProposalRow.digest)
    found = session.execute(query.where(ProposalRow.kabkota == prepared.kabkota, ProposalRow.year.in_(years)))
    return {(year, key): (id_, digest) for year, key, id_, digest in found}


def _outcome(prepared: Prepared, there: Mapping[tuple[int, str], tuple[int, str]]) -> Outcome:
    new = sum(key not in there for key in prepared.rows)
    same = sum(key in there and there[key][1] == row["digest"] for key, row in prepared.rows.items())
    return Outcome(new, len(prepared.rows) - new - same, same)


def _write(
    session: Session,
    prepared: Prepared,
    there: Mapping[tuple[int, str], tuple[int, str]],
    source: int,
    progress: Callable[[float], None],
) -> None:
    """Add what is new and change what differs, in steps; every change leaves an entry in the audit trail."""
    new = [{**row, "import_id": source} for key, row in prepared.rows.items() if key not in there]
    changed = [
        {**row, "import_id": source, "id": there[key][0]}
        for key, row in prepared.rows.items()
        if key in there and there[key][1] != row["digest"]
    ]
    total, done = len(new) + len(changed), 0
    unaudited = {"unaudited": True}
    for step in _steps(new):
        session.execute(insert(ProposalRow), step, execution_options=unaudited)
        done += len(step)
        progress(done / total)
    for step in _steps(changed):
        known = select(ProposalRow).where(ProposalRow.id.in_([row["id"] for row in step]))
        before = {row.id: database.columns(row) for row in session.scalars(known)}
        noted = []
        for row in step:
            old = before[row["id"]]
            differs = [name for name in (*_SAID, "import_id") if old[name] != row[name]]
            noted.append((row["id"], {name: old[name] for name in differs}, {name: row[name] for name in differs}))
        session.execute(update(ProposalRow), step, execution_options=unaudited)
        audit.note_changes(session, ProposalRow.__tablename__, noted)
        done += len(step)
        progress(done / total)


def _steps(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), STEP):
        yield list(rows[start : start + STEP])


def _remember(session: Session, kabkota: str, decided: Mapping[str, tuple[str, str]]) -> None:
    """Keep what was decided about places, so that the next file need not ask."""
    found = session.scalars(select(PlaceRow).where(PlaceRow.kabkota == kabkota))
    known = {row.doubt: row for row in found}
    for doubt, (kode, written) in decided.items():
        if len(doubt) > LONGEST_DOUBT or (kode != LEAVE_OUT and kode[:5] != kabkota):
            continue
        if doubt not in known:
            session.add(PlaceRow(kabkota=kabkota, doubt=doubt, written=written[:LONGEST_DOUBT], kode=kode))
        elif known[doubt].kode != kode:
            known[doubt].kode = kode
