"""Saving and withdrawing entries of the catalogue on both databases: admins alone, one after the other, on record."""

from typing import Any

import pytest

from data.catalogue import CatalogueError
from data.catalogue.entries import plain
from records import audit
from records.catalogue import reading, store
from records.database import Database
from records.permissions import COMMAND_LINE, READER, ForbiddenError
from records.uploads import reading as uploads
from tests.records.acting import signed_in
from tests.shipped import data

SOURCE: dict[str, Any] = plain(data().catalogue.sources["press"]) | {"id": "lain"}
STANDARD = plain(data().catalogue.standards["sni-radius-sd"]) | {"threshold": 0.8}
INDICATOR = plain(data().catalogue.indicators["kerapatan_jalan"]) | {"id": "baru", "sources": ["lain"]}


def code(error: pytest.ExceptionInfo[CatalogueError]) -> str:
    return error.value.faults[0].code


def test_a_round(database: Database) -> None:
    admin = signed_in(database, "admin")
    assert store.save(admin, data(), "standards", STANDARD, 0, "uji") == 1
    assert store.save(admin, data(), "sources", SOURCE, 1) == 2
    with pytest.raises(CatalogueError) as error:
        store.save(admin, data(), "indicators", INDICATOR, 1)
    assert code(error) == "newer"
    assert store.save(admin, data(), "indicators", INDICATOR, 2) == 3
    with pytest.raises(CatalogueError) as error:
        store.save(admin, data(), "indicators", INDICATOR, 3)
    assert code(error) == "same"
    with pytest.raises(CatalogueError) as error:
        store.withdraw(admin, data(), 2, "keliru")
    assert (code(error), error.value.faults[0].detail) == ("needed", "baru")
    with pytest.raises(CatalogueError) as error:
        store.withdraw(admin, data(), 1, " ")
    assert code(error) == "missing"
    store.withdraw(admin, data(), 1, "keliru")
    with pytest.raises(CatalogueError) as error:
        store.withdraw(admin, data(), 1, "lagi")
    assert code(error) == "withdrawn"
    first = reading.saved(admin)[-1]
    assert (first.before or {})["threshold"] == 1.0
    assert first.content["threshold"] == 0.8
    assert (first.author, first.who, first.reason) == ("Admin", "Admin", "keliru")
    assert [v.number for v in uploads.history() or () if v.withdrawn is None] == [2, 3]
    with database.read() as session:
        trail = [(e.who, e.table_name) for e in audit.entries(session, admin)]
    assert trail[:4] == [("admin", "catalogue_withdrawals"), *[("admin", "catalogue_entries")] * 3]


def test_nobody_else_may_and_a_bad_entry_leaves_nothing(database: Database) -> None:
    admin = signed_in(database, "admin")
    for actor in (READER, COMMAND_LINE, signed_in(database, "bekasi"), signed_in(database, "verifier")):
        with pytest.raises(ForbiddenError):
            store.save(actor, data(), "sources", SOURCE, 0)
    for raw in (SOURCE | {"trust": "x"}, SOURCE | {"title": "<script>"}, {"id": None}, {}):
        with pytest.raises(CatalogueError):
            store.save(admin, data(), "sources", raw, 0)
    assert reading.saved(admin) == ()
    assert uploads.history() == ()
    store.save(admin, data(), "sources", SOURCE, 0)
    for actor in (READER, COMMAND_LINE, signed_in(database, "depok")):
        with pytest.raises(ForbiddenError):
            store.withdraw(actor, data(), 1, "x")
