"""Entries of the catalogue that admins save and withdraw."""

import sqlalchemy as sa
from alembic import op

revision = "0009_catalogue"
down_revision = "0008_entered_by"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KIND = sa.Enum(
    "indicators", "standards", "corridors", "sources", name="kind", native_enum=False, create_constraint=True, length=32
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "catalogue_entries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_catalogue_entries_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entries")),
        sa.UniqueConstraint("number", name=op.f("uq_catalogue_entries_number")),
    )
    op.create_table(
        "catalogue_withdrawals",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_catalogue_withdrawals_account_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["catalogue_entries.id"], name=op.f("fk_catalogue_withdrawals_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_withdrawals")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_catalogue_withdrawals_entry_id")),
    )
