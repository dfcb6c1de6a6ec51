"""What is on record is read once for everybody who asks at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest

from records.agreements import reading as agreements
from records.citizen_reports import reading as reports
from records.database import Database
from tests.records.test_citizen_reports import sent

PEOPLE = 12


@pytest.mark.parametrize(("module", "reader"), [(reports, "reports"), (agreements, "agreements")])
def test_after_an_entry_one_reads_and_the_others_wait_for_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, module: ModuleType, reader: str
) -> None:
    read, calls, all_ask = getattr(module, reader), list[Any](), threading.Barrier(PEOPLE)

    def counted(*args: Any) -> Any:
        calls.append(args)
        threading.Event().wait(0.2)
        return read(*args)

    def ask(_: int) -> Any:
        all_ask.wait(30)
        return module.on_record()

    monkeypatch.setattr(module, reader, counted)
    with ThreadPoolExecutor(PEOPLE) as people:
        for entries in (1, 2):
            sent()
            found = list(people.map(ask, range(PEOPLE)))
            assert len(calls) == entries
            assert all(each is found[0] for each in found)


def test_who_waited_for_a_reading_that_failed_reads_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    sent()
    read, all_ask, failed = reports.reports, threading.Barrier(PEOPLE), list[bool]()

    def broken_once(*args: Any) -> Any:
        if not failed:
            failed.append(True)
            threading.Event().wait(0.2)
            raise OSError("the database went away")
        return read(*args)

    def ask(_: int) -> int:
        all_ask.wait(30)
        try:
            return len(reports.on_record())
        except OSError:
            return -1

    monkeypatch.setattr(reports, "reports", broken_once)
    with ThreadPoolExecutor(PEOPLE) as people:
        assert sorted(people.map(ask, range(PEOPLE))) == [-1] + [1] * (PEOPLE - 1)
