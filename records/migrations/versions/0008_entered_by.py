"""For which sides and when a shared record was entered; corrections of signed agreements by verifiers."""

import sqlalchemy as sa
from alembic import op

revision = "0008_entered_by"
down_revision = "0007_attempts"
branch_labels = None
depends_on = None

SHARED = ("agreements", "agreement_addenda", "drills", "projects")


def upgrade() -> None:
    """Add the columns and the table; of older rows only when they were last saved is known, from the audit trail."""
    for table in SHARED:
        op.add_column(table, sa.Column("entered_by", sa.String(length=120), nullable=False, server_default=""))
        op.add_column(table, sa.Column("saved_at", sa.DateTime(timezone=True)))
        rows = sa.table(table, sa.column("id"), sa.column("saved_at"))
        trail = sa.table("audit", sa.column("at"), sa.column("table_name"), sa.column("row_id"))
        latest = sa.select(sa.func.max(trail.c.at)).where(trail.c.table_name == table, trail.c.row_id == rows.c.id)
        op.execute(sa.update(rows).values(saved_at=latest.scalar_subquery()))
    op.create_table(
        "agreement_corrections",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("parties", sa.String(length=120), nullable=False),
        sa.Column("entered_by", sa.String(length=120), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_corrections_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_corrections")),
    )
    op.create_index(op.f("ix_agreement_corrections_agreement_id"), "agreement_corrections", ["agreement_id"])
