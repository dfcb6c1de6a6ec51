"""The proposals that offices have brought, as frames that are kept until the next file."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Condition
from typing import Final

import pandas as pd
from cachetools import LRUCache, cached
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from records import database
from records.database import TooNewError
from records.proposals.tables import ImportRow, ProposalRow

_LOGGER: Final = logging.getLogger("tapal")
COLUMNS: Final = (
    "id", "kabkota", "kode", "year", "id_usulan", "path", "proposed", "affairs", "title", "problem", "address", "lat",
    "lon", "office", "status", "stopped", "volume", "unit", "rupiah",
)  # fmt: skip
_NOTHING: Final = -1


def stamp() -> int:
    """Grows with every file that is taken; what was read at the same stamp is still true. -1 without a database."""
    url = database.address()
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return _NOTHING
    try:
        with database.read() as session:
            return session.scalar(select(func.max(ImportRow.id))) or 0
    except (SQLAlchemyError, OSError, TooNewError) as error:
        _LOGGER.error("The database cannot be used; no proposals are shown", exc_info=error)
        return _NOTHING


def place() -> str:
    """The address of the database, for what is kept of it."""
    return database.address().render_as_string(hide_password=False)


def proposals(sides: Sequence[str], at: int | None = None) -> pd.DataFrame:
    """The proposals of some kabkota, by `COLUMNS`, in the order of kode and key.

    Parameters
    ----------
    sides : kode_kabkota
    at : a `stamp` that was asked for already

    Returns
    -------
    DataFrame
        Empty where there is none; it is shared and must not be changed.
    """
    at = stamp() if at is None else at
    return empty() if at <= 0 else _kept(place(), at, tuple(sorted(sides)))


def empty() -> pd.DataFrame:
    """No proposals."""
    return pd.DataFrame(columns=list(COLUMNS)).astype({"stopped": bool, "lat": float, "lon": float, "rupiah": "Int64"})


@cached(LRUCache(8), condition=Condition())
def _kept(url: str, at: int, sides: tuple[str, ...]) -> pd.DataFrame:
    columns = [getattr(ProposalRow, name) for name in COLUMNS]
    query = select(*columns).where(ProposalRow.kabkota.in_(sides)).order_by(ProposalRow.kode, ProposalRow.id)
    with database.read() as session:
        rows = session.execute(query).all()
    if not rows:
        return empty()
    frame = pd.DataFrame.from_records(rows, columns=list(COLUMNS))
    return frame.astype({"stopped": bool, "lat": float, "lon": float, "rupiah": "Int64", "path": str})


def imports(kabkota: Sequence[str]) -> tuple[ImportRow, ...]:
    """The latest files of some kabkota, newest first."""
    if stamp() <= 0:
        return ()
    query = select(ImportRow).where(ImportRow.kabkota.in_(kabkota)).order_by(ImportRow.id.desc()).limit(20)
    with database.read() as session:
        return tuple(session.scalars(query))
