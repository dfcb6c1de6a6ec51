"""Drills, who takes part in them, and what was pressed."""

import sqlalchemy as sa
from alembic import op

revision = "0006_drills"
down_revision = "0005_citizen_reports"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KINDS = ("panggilan", "berangkat", "tiba", "selesai", "batal")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "drills",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("corridor", sa.String(length=60), nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("closes_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("scenario", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parties", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drills")),
        sa.UniqueConstraint("code", name=op.f("uq_drills_code")),
    )
    op.create_table(
        "drill_participants",
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=5), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("room", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("joined_at", _MOMENT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_participants_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_participants")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_drill_participants_key_hash")),
    )
    op.create_index(op.f("ix_drill_participants_drill_id"), "drill_participants", ["drill_id"])
    op.create_table(
        "drill_presses",
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("press_id", sa.String(length=64), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("phone_ms", sa.BigInteger(), nullable=False),
        sa.Column("offset_ms", sa.BigInteger()),
        sa.Column("uncertainty_ms", sa.BigInteger()),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("cancels", sa.String(length=64), nullable=False),
        sa.Column("by_room", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drills.id"], name=op.f("fk_drill_presses_drill_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["drill_participants.id"], name=op.f("fk_drill_presses_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_presses")),
        sa.UniqueConstraint("drill_id", "number", name=op.f("uq_drill_presses_drill_id_number")),
        sa.UniqueConstraint("press_id", name=op.f("uq_drill_presses_press_id")),
    )
