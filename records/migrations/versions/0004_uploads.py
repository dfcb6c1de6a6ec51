"""Submitted files and what was decided about them."""

import sqlalchemy as sa
from alembic import op

revision = "0004_uploads"
down_revision = "0003_proposals"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _word(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "uploads",
        sa.Column("kind", _word("kind", "penduduk", "indikator", "monografi", "fasilitas"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.Column("rows_sha256", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("revises", sa.Integer()),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_uploads_account_id")),
        sa.ForeignKeyConstraint(["revises"], ["uploads.id"], name=op.f("fk_uploads_revises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("revises", name=op.f("uq_uploads_revises")),
    )
    op.create_index(op.f("ix_uploads_kabkota"), "uploads", ["kabkota"])

    op.create_table(
        "upload_decisions",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("verdict", _word("verdict", "publish", "reject", "cancel", "withdraw"), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("rows_sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(verdict = 'publish') = (number IS NOT NULL)", name=op.f("ck_upload_decisions_number_of_version")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_upload_decisions_account_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_upload_decisions_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_decisions")),
        sa.UniqueConstraint("number", name=op.f("uq_upload_decisions_number")),
        sa.UniqueConstraint("upload_id", "verdict", name=op.f("uq_upload_decisions_upload_id_verdict")),
    )
