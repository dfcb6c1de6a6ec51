"""The base of all tables, and the tables of accounts, sign-ins and the audit trail.

Times are in UTC, keys are whole numbers, and every constraint has a name, so that a migration can find it again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
LONGEST_NAME = 64
LONGEST_TITLE = 120
LONGEST_SIDES = 120


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class UtcTime(TypeDecorator[datetime]):
    """A moment: handed over with a time zone, kept in UTC, given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn a moment to UTC; one without a time zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give a moment its time zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[StrEnum], name: str) -> Enum:
    """A column that holds one value of an enumeration as text; the database refuses any other.

    Parameters
    ----------
    kind : the enumeration
    name : of the constraint, unique in its table
    """
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """What every table is derived from."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcTime(), dict[str, Any]: JSON()}  # noqa: RUF012 - read by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned:
    """A row that counts its changes: whoever saves an older version is told (`records.database.ConflictError`)."""

    version: Mapped[int] = mapped_column(nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands over the class
        return {"version_id_col": cls.version}


class Owned:
    """A row that belongs to one side: only an editor of this kabkota may add, change or remove it."""

    kabkota: Mapped[str] = mapped_column(String(5), index=True)


class Shared:
    """A row that several sides share: an editor of any of them may add, change or remove it.

    Codes are joined by ";". Whoever writes the row leaves for which sides and when (`records.audit`).
    """

    parties: Mapped[str] = mapped_column(String(LONGEST_SIDES))
    entered_by: Mapped[str] = mapped_column(String(LONGEST_SIDES), default="")
    saved_at: Mapped[datetime | None]


class Reported:
    """A row of a resident's report: the form adds it, and editors and verifiers of this kabkota, who may change it."""

    kabkota: Mapped[str] = mapped_column(String(5), index=True)


class Role(StrEnum):
    """What an account may do: enter for a kabkota, verify for a kabkota, or look after the accounts."""

    EDITOR = "editor"
    VERIFIER = "verifier"
    ADMIN = "admin"


class Account(Versioned, Base):
    """Somebody who can sign in. An account is never deleted, only closed: the audit trail names it."""

    __tablename__ = "accounts"

    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password: Mapped[str | None] = mapped_column(String(256), info={"secret": True})
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    grants: Mapped[list[Grant]] = relationship(cascade="all, delete-orphan", lazy="selectin", order_by="Grant.id")


class Grant(Base):
    """A role of an account, for one kabkota; an admin's role is for none."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "kabkota"),
        CheckConstraint("(role = 'admin') = (kabkota = '')", name="kabkota_of_role"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role] = mapped_column(words(Role, "role"))
    kabkota: Mapped[str] = mapped_column(String(5), default="")


class SignIn(Base):
    """A browser in which somebody is signed in; of its token only the hash is kept."""

    __tablename__ = "sign_ins"
    __table_args__ = ({"sqlite_autoincrement": True},)
    __unaudited__ = True

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship(lazy="joined")


class Attempt(Base):
    """How many attempts to sign in there were from somewhere, see `records.attempts`; of its key there is a hash."""

    __tablename__ = "attempts"
    __unaudited__ = True

    key: Mapped[str] = mapped_column(String(64), unique=True)
    count: Mapped[int]
    ends: Mapped[float] = mapped_column(Float(53))


class AuditEntry(Base):
    """One write: who, when, what, before, after, from which file. Triggers refuse to change or delete it."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)
    __unaudited__ = True

    at: Mapped[datetime] = mapped_column(default=now, index=True)
    account_id: Mapped[int | None]
    who: Mapped[str] = mapped_column(String(LONGEST_NAME))
    action: Mapped[str] = mapped_column(String(32))
    table_name: Mapped[str] = mapped_column(String(64))
    row_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    file: Mapped[str | None] = mapped_column(Text)
