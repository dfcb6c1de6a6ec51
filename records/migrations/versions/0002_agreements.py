"""Agreements, what belongs to each of their sides, attachments, and partnership projects."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _word(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "agreements",
        sa.Column(
            "document", _word("document", "kb", "pks", "addendum", "mou", "bast", "unstated", "other"), nullable=False
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("category", _word("category", "wajib", "sukarela", "belum dinilai"), nullable=False),
        sa.Column("sectors", sa.String(length=200), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("kode", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            _word(
                "stage",
                "persiapan",
                "penawaran",
                "penyusunan_kb",
                "penandatanganan_kb",
                "persetujuan_dprd",
                "penyusunan_pks",
                "penandatanganan_pks",
                "pelaksanaan",
                "penatausahaan",
                "pelaporan",
            ),
            nullable=False,
        ),
        sa.Column("stage_since", sa.Date(), nullable=False),
        sa.Column("stage_due", sa.Date()),
        sa.Column("signed", sa.Date()),
        sa.Column("starts", sa.Date()),
        sa.Column("ends", sa.Date()),
        sa.Column("dprd", _word("dprd", "wajib", "tidak wajib", "belum dinilai"), nullable=False),
        sa.Column("dprd_requested", sa.Date()),
        sa.Column("dprd_approved", sa.Date()),
        sa.Column(
            "end", _word("end", "jangka_waktu", "tujuan_tercapai", "kesepakatan", "peraturan_berubah", "objek_hilang")
        ),
        sa.Column("ended", sa.Date()),
        sa.Column("renews", sa.String(length=64), nullable=False),
        sa.Column("under", sa.String(length=64), nullable=False),
        sa.Column("rupiah", sa.BigInteger()),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actors", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parties", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    op.create_table(
        "projects",
        sa.Column("under", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("sectors", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            _word("status", "talks", "proposed", "refused", "drafting", "approved", "budgeted", "under_way", "done"),
            nullable=False,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kode", sa.Text(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("rupiah", sa.BigInteger()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parties", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    op.create_table(
        "agreement_addenda",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("signed", sa.Date(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("ends", sa.Date()),
        sa.Column("parties", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_addenda_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_addenda")),
    )
    op.create_index(op.f("ix_agreement_addenda_agreement_id"), "agreement_addenda", ["agreement_id"])

    op.create_table(
        "agreement_attachments",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_attachments_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_attachments")),
        sa.UniqueConstraint("agreement_id", "sha256", name=op.f("uq_agreement_attachments_agreement_id_sha256")),
    )
    op.create_index(op.f("ix_agreement_attachments_kabkota"), "agreement_attachments", ["kabkota"])

    op.create_table(
        "agreement_evaluations",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("realised", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("recommendation", _word("recommendation", "lanjut", "perbaiki", "henti"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_evaluations_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_evaluations")),
        sa.UniqueConstraint(
            "agreement_id", "kabkota", "year", name=op.f("uq_agreement_evaluations_agreement_id_kabkota_year")
        ),
    )
    op.create_index(op.f("ix_agreement_evaluations_kabkota"), "agreement_evaluations", ["kabkota"])

    op.create_table(
        "agreement_parties",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("signatory", sa.String(length=120), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=120), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kabkota", sa.String(length=5), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"], name=op.f("fk_agreement_parties_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_parties")),
        sa.UniqueConstraint("agreement_id", "kabkota", name=op.f("uq_agreement_parties_agreement_id_kabkota")),
    )
    op.create_index(op.f("ix_agreement_parties_kabkota"), "agreement_parties", ["kabkota"])
