"""Submitted files may hold boundaries."""

from alembic import op

revision = "0010_boundaries"
down_revision = "0009_catalogue"
branch_labels = None
depends_on = None

KINDS = ("penduduk", "indikator", "monografi", "fasilitas", "batas")


def upgrade() -> None:
    """Widen what kind a submitted file may be."""
    allowed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("uploads") as batch:
        batch.drop_constraint(op.f("ck_uploads_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_uploads_kind"), f"kind IN ({allowed})")
