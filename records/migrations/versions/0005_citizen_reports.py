"""Residents' reports, what happened to them, and their photos."""

import sqlalchemy as sa
from alembic import op

revision = "0005_citizen_reports"
down_revision = "0004_uploads"
branch_labels = None
depends_on = None


def _word(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "citizen_reports",
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("kode", sa.String(length=13), nullable=False),
        sa.Column("lon", sa.Double()),
        sa.Column("lat", sa.Double()),
        sa.Column(
            "sector",
            _word(
                "sector",
                "education",
                "health",
                "social",
                "waste",
                "environment",
                "order",
                "disaster",
                "fire",
                "civil_registry",
                "permits",
                "roads",
                "water",
                "public_service",
                "development",
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_reports")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_citizen_reports_ticket_hash")),
    )
    op.create_index(op.f("ix_citizen_reports_kabkota"), "citizen_reports", ["kabkota"])

    op.create_table(
        "citizen_report_events",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _word(
                "state",
                "menunggu",
                "ditolak",
                "tayang",
                "diteruskan",
                "dijawab",
                "dikerjakan",
                "selesai",
                "duplikat",
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(length=5), nullable=False),
        sa.Column("by_resident", sa.Boolean(), nullable=False),
        sa.Column("kind", _word("kind", "sederhana", "tanpa_pemeriksaan", "dengan_pemeriksaan")),
        sa.Column(
            "reason",
            _word("reason", "data_pribadi", "di_luar_wilayah", "bukan_layanan", "tidak_jelas", "kasar", "iklan"),
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("first_id", sa.Integer()),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["citizen_reports.id"], name=op.f("fk_citizen_report_events_report_id")),
        sa.ForeignKeyConstraint(["first_id"], ["citizen_reports.id"], name=op.f("fk_citizen_report_events_first_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_report_events")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_citizen_report_events_report_id_number")),
    )
    op.create_index(op.f("ix_citizen_report_events_kabkota"), "citizen_report_events", ["kabkota"])

    op.create_table(
        "citizen_report_photos",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["citizen_reports.id"], name=op.f("fk_citizen_report_photos_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizen_report_photos")),
        sa.UniqueConstraint("report_id", name=op.f("uq_citizen_report_photos_report_id")),
    )
    op.create_index(op.f("ix_citizen_report_photos_kabkota"), "citizen_report_photos", ["kabkota"])
