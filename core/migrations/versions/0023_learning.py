"""What complaints teach: early warnings, and indexes for the reports."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "forewarning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "late_new",
                "changed",
                "dropouts",
                "silent",
                "owed",
                "care_before",
                "care_after",
                name=op.f("ck_forewarning_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_forewarning_done_by_somebody")
        ),
        sa.CheckConstraint(
            "(taken_at IS NULL) = (taken_by IS NULL)", name=op.f("ck_forewarning_taken_by_somebody")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_forewarning_customer_id")),
        sa.ForeignKeyConstraint(["done_by"], ["staff_member.id"], name=op.f("fk_forewarning_done_by")),
        sa.ForeignKeyConstraint(["taken_by"], ["staff_member.id"], name=op.f("fk_forewarning_taken_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_forewarning_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forewarning")),
        sa.UniqueConstraint("key", name=op.f("uq_forewarning_key")),
    )
    op.create_index(op.f("ix_forewarning_customer_id"), "forewarning", ["customer_id"], unique=False)
    op.create_index(
        op.f("ix_forewarning_open"),
        "forewarning",
        ["raised_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        op.f("ix_forewarning_unsaid"),
        "forewarning",
        ["raised_at"],
        unique=False,
        sqlite_where=sa.text("said_at IS NULL"),
        postgresql_where=sa.text("said_at IS NULL"),
    )
    op.create_index(op.f("ix_complaint_opened"), "complaint", ["opened_at"], unique=False)
    op.create_index(
        op.f("ix_visit_finished"),
        "visit",
        ["closed_at"],
        unique=False,
        sqlite_where=sa.text("status = 'finished'"),
        postgresql_where=sa.text("status = 'finished'"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_finished"), table_name="visit")
    op.drop_index(op.f("ix_complaint_opened"), table_name="complaint")
    op.drop_table("forewarning")
