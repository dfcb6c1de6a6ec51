"""Proposals, the files that brought them, and what offices decided about places."""

import sqlalchemy as sa
from alembic import op

revision = "0003_proposals"
down_revision = "0002"
branch_labels = None
depends_on = None

PATHS = ("kelurahan", "desa", "pokir", "opd")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "proposal_imports",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_imports")),
    )
    op.create_index(op.f("ix_proposal_imports_kabkota"), "proposal_imports", ["kabkota"])
    op.create_table(
        "proposal_places",
        sa.Column("doubt", sa.String(length=300), nullable=False),
        sa.Column("written", sa.String(length=300), nullable=False),
        sa.Column("kode", sa.String(length=13), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_places")),
        sa.UniqueConstraint("kabkota", "doubt", name=op.f("uq_proposal_places_kabkota_doubt")),
    )
    op.create_index(op.f("ix_proposal_places_kabkota"), "proposal_places", ["kabkota"])
    op.create_table(
        "proposals",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("id_usulan", sa.Text(), nullable=False),
        sa.Column("kode", sa.String(length=13), nullable=False),
        sa.Column(
            "path",
            sa.Enum(*PATHS, name="path", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("proposed", sa.Date()),
        sa.Column("affairs", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double()),
        sa.Column("lon", sa.Double()),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("volume", sa.Double()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("rupiah", sa.BigInteger()),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["proposal_imports.id"], name=op.f("fk_proposals_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("kabkota", "year", "key", name=op.f("uq_proposals_kabkota_year_key")),
    )
    op.create_index(op.f("ix_proposals_kabkota"), "proposals", ["kabkota"])
    op.create_index("ix_proposals_kode", "proposals", ["kode"])
    op.create_index("ix_proposals_import_id", "proposals", ["import_id"])
