"""kill -9 during a write, fifty times: what was confirmed is there, nothing is half there, the database is whole."""

import random
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from time import monotonic, sleep

from sqlalchemy import make_url, select

from records.database import Database
from records.models import Account, AuditEntry, Grant, Role
from records.permissions import COMMAND_LINE, Action

KILLS = 50
PATIENCE_S = 60


def write_for_ever(url: str, run: int, told: Connection) -> None:
    """Write accounts with two roles each, and tell of each when its transaction has ended."""
    database = Database(make_url(url))
    number = 0
    while True:
        with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
            account = Account(name=f"run{run}.{number}", title="x" * 100)
            account.grants = [Grant(role=Role.EDITOR, kabkota=k) for k in ("32.75", "32.76")]
            session.add(account)
        told.send_bytes(b".")
        number += 1


def confirmed(told: Connection, least: int) -> int:
    """Wait for so many confirmed writes; returns how many have come."""
    start, count = monotonic(), 0
    while count < least and monotonic() - start < PATIENCE_S:
        if told.poll(0.1):
            told.recv_bytes()
            count += 1
    return count


def the_rest(told: Connection) -> int:
    """Confirmed writes that are still on their way from a process that is gone."""
    count = 0
    try:
        while told.poll():
            told.recv_bytes()
            count += 1
    except (EOFError, OSError):
        pass
    return count


def test_a_killed_process_leaves_whole_records(database: Database, processes: ForkServerContext) -> None:
    url = database.url.render_as_string(hide_password=False)
    moment = random.Random(7)
    told_of = 0
    for run in range(KILLS):
        own, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=write_for_ever, args=(url, run, theirs), daemon=True)
        process.start()
        theirs.close()
        count = confirmed(own, 1 + run % 3)
        assert count, "it writes"
        sleep(moment.random() * 0.02)
        process.kill()
        process.join()
        told_of += count + the_rest(own)
        own.close()
        if database.is_sqlite:
            with database.engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
                assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    with database.read() as session:
        accounts = set(session.scalars(select(Account.id)))
        grants = Counter(session.scalars(select(Grant.account_id)))
        entries = session.execute(select(AuditEntry.table_name, AuditEntry.row_id)).all()
        rows = {("accounts", key) for key in accounts} | {("grants", key) for key in session.scalars(select(Grant.id))}
    # The last of each run may have been written without being told of.
    assert told_of <= len(accounts) <= told_of + KILLS
    assert grants == dict.fromkeys(accounts, 2), "no account without its roles"
    assert Counter(map(tuple, entries)) == dict.fromkeys(rows, 1), "no row without its entry, no entry without its row"
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="afterwards", title="Afterwards"))
