"""Tables, transactions, versions of a record and the audit trail, on both databases."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import String, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import sign_ins
from records.audit import changes, entries, everything
from records.database import ConflictError, Database, TooNewError, address, change, head
from records.models import Account, AuditEntry, Base, Grant, Owned, Role, SignIn
from records.permissions import COMMAND_LINE, READER, Action, ForbiddenError
from tests.records.acting import BEKASI, DEPOK, signed_in

ROOT = Path(__file__).parents[2]


class Toy(Owned, Base):
    """A row that belongs to a side, for the tests alone."""

    __tablename__ = "toys"
    text: Mapped[str] = mapped_column(String(20))


TOY = Base.metadata.tables["toys"]
Base.metadata.remove(TOY)  # no table of the product


@pytest.fixture
def toys(database: Database) -> Database:
    """A database that has the table of the tests as well."""
    TOY.create(database.engine)
    return database


def add(database: Database, name: str = "rina") -> Account:
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        account = Account(name=name, title="Rina")
        session.add(account)
    return account


def trail(database: Database) -> list[AuditEntry]:
    with database.read() as session:
        return list(reversed(entries(session, COMMAND_LINE)))


def test_the_migrations_make_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert database.revision() == head()


def test_every_table_is_a_class_so_that_no_change_passes_the_audit_trail() -> None:
    assert {str(m.local_table) for m in Base.registry.mappers} - {"toys"} == set(Base.metadata.tables)
    for table in Base.metadata.tables.values():
        assert all(c.name for c in table.constraints), table.name


def test_tables_are_made_once_by_many_at_the_same_time(url: str) -> None:
    code = "from records.database import current; current().prepare(); print(current().revision())"
    running = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) for _ in range(3)]
    assert [process.communicate(timeout=60)[0].decode().strip() for process in running] == [head()] * 3


def test_tables_of_a_later_version_are_left_alone(database: Database) -> None:
    with database.writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    later = Database(database.url)
    with pytest.raises(TooNewError):
        later.prepare()
    later.engine.dispose()
    assert database.revision() == "9999"


def test_a_step_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.changing_tables() as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise ZeroDivisionError
    with database.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("SELECT * FROM half"))


def test_settings_of_the_database(database: Database) -> None:
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            assert connection.execute(text("SHOW timezone")).scalar() == "UTC"
            return
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
        assert {n: connection.exec_driver_sql(f"PRAGMA {n}").scalar() for n in wanted} == wanted
    assert Path(str(database.url.database)).stat().st_mode & 0o077 == 0


def test_without_a_setting_it_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TAPAL_VAR", str(tmp_path / "there"))
    assert address().database == str(tmp_path / "there" / "tapal.sqlite3")
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@h/d")
    assert address().render_as_string() == "postgresql+psycopg://a:***@h/d"
    monkeypatch.setenv("DATABASE_URL", "mysql://h/d")
    with pytest.raises(ValueError, match="neither"):
        address()


def test_moments_keep_their_meaning(database: Database) -> None:
    jakarta = datetime(2026, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=7)))
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="rina", title="Rina", created_at=jakarta))
    with database.read() as session:
        read = session.scalars(select(Account)).one().created_at
    assert (read, read.tzinfo) == (jakarta, UTC)
    with pytest.raises(StatementError), database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="b", title="b", created_at=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_every_write_leaves_who_what_before_after_and_file(database: Database) -> None:
    account = add(database)
    with database.write(COMMAND_LINE, Action.ACCOUNTS, file="akun.csv") as session:
        row = change(session, Account, account.id, 1, {"title": "Rina B.", "password": "hash"})
        row.grants.append(Grant(role=Role.EDITOR, kabkota=BEKASI))
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.delete(session.get(Account, account.id))
    added, granted, changed, *removed = trail(database)
    assert (added.action, added.table_name, added.row_id, added.who) == (
        "insert",
        "accounts",
        account.id,
        "(command line)",
    )
    assert added.before is None
    assert added.after is not None
    assert added.after["title"] == "Rina"
    assert (changed.before, changed.file) == ({"title": "Rina", "password": "…"}, "akun.csv")
    assert changed.after == {"title": "Rina B.", "password": "…"}
    assert granted.after == {"id": 1, "account_id": account.id, "role": "editor", "kabkota": BEKASI}
    assert {(e.action, e.table_name, e.after) for e in removed} == {
        ("delete", "accounts", None),
        ("delete", "grants", None),
    }
    assert abs((datetime.now(UTC) - added.at).total_seconds()) < 60
    with database.read() as session:
        rows = list(everything(session, COMMAND_LINE))
    assert [row["action"] for row in rows] == ["insert", "insert", "update", "delete", "delete"]
    assert rows[2]["before"] == '{"password": "…", "title": "Rina"}'


def test_a_write_that_fails_leaves_neither_row_nor_entry(database: Database) -> None:
    add(database)
    with pytest.raises(ZeroDivisionError), database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="b", title="b"))
        session.flush()
        raise ZeroDivisionError
    with pytest.raises(IntegrityError), database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="rina", title="the same name"))
    assert len(trail(database)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'somebody else'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 1",
        "TRUNCATE audit",
        "INSERT OR REPLACE INTO audit (id, at, who, action, table_name) VALUES (1, '2026-01-01', 'x', 'x', 'x')",
        "INSERT INTO audit (id, at, who, action, table_name) VALUES (1, '2026-01-01', 'x', 'x', 'x')"
        " ON CONFLICT (id) DO UPDATE SET who = 'x'",
    ],
)
def test_nobody_changes_or_deletes_an_entry(database: Database, statement: str) -> None:
    add(database)
    with pytest.raises(DBAPIError), database.writing.begin() as connection:
        connection.exec_driver_sql(statement)
    assert [entry.who for entry in trail(database)] == ["(command line)"]


def test_statements_cannot_pass_the_audit_trail(database: Database) -> None:
    account = add(database)
    for statement in (update(Account).values(title="x"), delete(Account), insert(Account).values(name="c", title="c")):
        with pytest.raises(RuntimeError, match="audit trail"), database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
            session.execute(statement)
        with pytest.raises(RuntimeError, match="audit trail"), database.read() as session:
            session.execute(statement)
    with database.read() as session, pytest.raises(RuntimeError, match="not changed"):
        session.get_one(Account, account.id).title = "x"
        session.flush()


def test_the_second_of_two_who_save_the_same_record_is_told(database: Database) -> None:
    account = add(database)
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        change(session, Account, account.id, 1, {"title": "the first"})
    typed = {"title": "the second", "email": "a@b.example"}
    with pytest.raises(ConflictError) as told, database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        change(session, Account, account.id, 1, typed)
    assert told.value.typed == typed
    assert (told.value.stored["title"], told.value.stored["version"]) == ("the first", 2)
    with pytest.raises(ConflictError) as gone, database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        change(session, Account, 999, 1, typed)
    assert (gone.value.stored, gone.value.typed) == ({}, typed)
    assert len(trail(database)) == 2


def test_two_who_save_in_the_same_moment_do_not_overwrite_each_other(database: Database) -> None:
    account = add(database)
    told: list[ConflictError] = []
    together = threading.Barrier(4)

    def save(number: int) -> None:
        together.wait()
        try:
            with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
                change(session, Account, account.id, 1, {"title": f"number {number}"})
        except ConflictError as conflict:
            told.append(conflict)

    threads = [threading.Thread(target=save, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        kept = session.get_one(Account, account.id)
    assert kept.version == 2
    assert {c.typed["title"] for c in told} | {kept.title} == {f"number {n}" for n in range(4)}
    assert {c.stored["title"] for c in told} == {kept.title}


def test_a_save_past_the_check_is_found_by_the_version(database: Database) -> None:
    account = add(database)
    if database.is_sqlite:
        pytest.skip("one file has one writer at a time")
    with pytest.raises(ConflictError) as told, database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        row = session.get_one(Account, account.id)
        with database.write(COMMAND_LINE, Action.ACCOUNTS) as other:
            change(other, Account, account.id, 1, {"title": "the first"})
        row.title = "the second"
    assert (told.value.stored["title"], told.value.typed["title"]) == ("the first", "the second")


def test_rows_of_a_side_are_for_its_editors_alone(toys: Database) -> None:
    bekasi = signed_in(toys, "bekasi")
    with toys.write(bekasi, Action.EDIT, BEKASI) as session:
        toy = Toy(kabkota=BEKASI, text="ours")
        session.add(toy)
    # The action is allowed, for one's own side; the row is not one's own.
    with pytest.raises(ForbiddenError), toys.write(bekasi, Action.EDIT, BEKASI) as session:
        session.add(Toy(kabkota=DEPOK, text="theirs"))
    with pytest.raises(ForbiddenError), toys.write(bekasi, Action.EDIT, BEKASI) as session:
        session.get_one(Toy, toy.id).kabkota = DEPOK
    depok = signed_in(toys, "depok")
    for take in ("kabkota", "text"):
        with pytest.raises(ForbiddenError), toys.write(depok, Action.EDIT, DEPOK) as session:
            setattr(session.get_one(Toy, toy.id), take, DEPOK)
    with pytest.raises(ForbiddenError), toys.write(depok, Action.EDIT, DEPOK) as session:
        session.delete(session.get_one(Toy, toy.id))
    with toys.read() as session:
        assert [(row.kabkota, row.text) for row in session.scalars(select(Toy))] == [(BEKASI, "ours")]


@pytest.mark.parametrize("wrong", ["a\0b", "half \ud800"])
def test_text_that_not_every_database_holds_is_refused(database: Database, wrong: str) -> None:
    with pytest.raises(ValueError, match="title"), database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.add(Account(name="a", title=wrong))


def test_who_is_signed_in_is_asked_inside_the_write(toys: Database) -> None:
    bekasi = signed_in(toys, "bekasi")
    with toys.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        sign_ins.end_all(session, bekasi.account or 0)
    with pytest.raises(ForbiddenError), toys.write(bekasi, Action.EDIT, BEKASI) as session:
        session.add(Toy(kabkota=BEKASI, text="too late"))


def test_a_role_that_was_taken_away_is_gone_at_the_next_write(database: Database) -> None:
    bekasi = signed_in(database, "bekasi")
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        account = session.get_one(Account, bekasi.account)
        account.grants.clear()
    with pytest.raises(ForbiddenError), database.write(bekasi, Action.EDIT, BEKASI):
        pass


@pytest.mark.parametrize("field", ["created_at", "seen_at", "active"])
def test_a_sign_in_ends_with_time_and_with_the_account(database: Database, field: str) -> None:
    bekasi = signed_in(database, "bekasi")
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        row = session.get_one(SignIn, bekasi.sign_in)
        if field == "active":
            row.account.active = False
        else:
            setattr(row, field, datetime.now(UTC) - (sign_ins.LONGEST if field == "created_at" else sign_ins.IDLE))
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        assert sign_ins.as_of_now(session, bekasi) == READER


def test_what_was_to_be_written_is_known_after_a_failure(database: Database) -> None:
    account = add(database)
    session: Session
    with database.write(COMMAND_LINE, Action.ACCOUNTS) as session:
        session.get_one(Account, account.id).title = "new"
        session.flush()
        assert [(kind, values["title"]) for kind, _, values in changes(session)] == [(Account, "new")]


def test_a_statement_that_fails_does_not_say_its_values(database: Database) -> None:
    secret = "3275010101010001"
    with pytest.raises(SQLAlchemyError) as caught, database.engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": secret})
    assert secret not in str(caught.value)
