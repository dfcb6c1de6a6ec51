"""kill -9 of what writes presses, fifty times: none that was acknowledged is lost, and sent again none is doubled."""

import json
import os
import random
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from time import monotonic, sleep

from sqlalchemy import select

from records.database import Database
from records.drills import taking_part
from records.drills.tables import PressRow
from records.models import AuditEntry, now
from tests.records.acting import signed_in
from tests.records.drilling import a_press, joined, opened

KILLS = 50
PATIENCE_S = 60


def press_for_ever(url: str, code: str, phone: str, prepared: list[list[dict[str, object]]], told: Connection) -> None:
    """Write what a phone sends, and tell of each part when its transaction has ended."""
    os.environ["DATABASE_URL"] = url
    for sent in prepared:
        answer = taking_part.press(code, phone, sent, now())
        told.send_bytes(json.dumps(answer).encode())
    sleep(PATIENCE_S)


def test_a_killed_server_loses_and_doubles_no_press(database: Database, url: str, processes: ForkServerContext) -> None:
    code = opened(signed_in(database, "bekasi"))[1]
    phone = joined(code)
    moment, acknowledged = random.Random(11), set[str]()
    waiting: list[dict[str, object]] = []
    for run in range(KILLS):
        # As a phone does: what no answer has come for is sent again, before what is new.
        waiting = [one for one in waiting if one["id"] not in acknowledged] + [a_press(), a_press("tiba"), a_press()]
        parts = [waiting[at : at + 2] for at in range(0, len(waiting), 2)]
        own, theirs = processes.Pipe(duplex=False)
        process = processes.Process(target=press_for_ever, args=(url, code, phone, parts, theirs), daemon=True)
        process.start()
        theirs.close()
        start, heard = monotonic(), 0
        while heard <= run % 2 and monotonic() - start < PATIENCE_S:
            if own.poll(0.05):
                acknowledged |= {id_ for id_, why in json.loads(own.recv_bytes()).items() if not why}
                heard += 1
        assert heard, "it writes"
        sleep(moment.random() * 0.01)
        process.kill()
        process.join()
        own.close()
        if database.is_sqlite and run % 10 == 9:
            with database.engine.connect() as connection:
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    rest = [one for one in waiting if one["id"] not in acknowledged]
    for at in range(0, len(rest), 10):
        assert set(taking_part.press(code, phone, rest[at : at + 10], now()).values()) == {""}
    with database.read() as session:
        rows = session.execute(select(PressRow.id, PressRow.press_id, PressRow.number).order_by(PressRow.number)).all()
        noted = session.scalars(select(AuditEntry.row_id).where(AuditEntry.table_name == "drill_presses")).all()
    assert Counter(row.press_id for row in rows) == dict.fromkeys(acknowledged | {str(one["id"]) for one in rest}, 1)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1)), "no gap"
    assert Counter(noted) == dict.fromkeys((row.id for row in rows), 1)
    assert len(rows) == 3 * KILLS
