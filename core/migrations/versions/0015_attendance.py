"""Who set out, arrived and how that was proved; the code of a visit; what is owed for a late one."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "attendance",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("listed_at", moment, nullable=True),
        sa.Column("confirmed_at", moment, nullable=True),
        sa.Column("set_out_at", moment, nullable=True),
        sa.Column("eta_at", moment, nullable=True),
        sa.Column("told_eta_at", moment, nullable=True),
        sa.Column("corrected_at", moment, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("arrived_at", moment, nullable=True),
        sa.Column(
            "proof",
            sa.Enum(
                "code", "place", "photo", "staff",
                name=op.f("ck_attendance_proof"), native_enum=False, create_constraint=True, length=32,
            ),
            nullable=True,
        ),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("media_id", sa.String(), nullable=True),
        sa.Column("late_minutes", sa.Integer(), nullable=True),
        sa.Column("disputed_at", moment, nullable=True),
        sa.Column("settled_at", moment, nullable=True),
        sa.CheckConstraint(
            "(arrived_at IS NULL) = (proof IS NULL)", name=op.f("ck_attendance_proved")
        ),
        sa.CheckConstraint("late_minutes >= 0", name=op.f("ck_attendance_late")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_attendance_tries")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_attendance_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_attendance_worker_id")),
        sa.PrimaryKeyConstraint("visit_id", "worker_id", name=op.f("pk_attendance")),
    )  # fmt: skip
    unconfirmed = sa.text("listed_at IS NOT NULL AND confirmed_at IS NULL")
    op.create_index(
        "ix_attendance_unconfirmed",
        "attendance",
        ["starts_at"],
        sqlite_where=unconfirmed,
        postgresql_where=unconfirmed,
    )
    op.create_table(
        "arrival_code",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("digits", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_arrival_code_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_arrival_code")),
    )
    op.create_table(
        "compensation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_at", moment, nullable=False),
        sa.Column("settled_at", moment, nullable=True),
        sa.CheckConstraint(
            "kind IN ('points', 'coupon', 'discount', 'refund')", name=op.f("ck_compensation_kind")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_compensation_amount")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_compensation_customer_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_compensation_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compensation")),
        sa.UniqueConstraint("visit_id", "kind", "reason", name=op.f("uq_compensation_visit_id_kind_reason")),
    )
    op.create_index(op.f("ix_compensation_customer_id"), "compensation", ["customer_id"])


def downgrade() -> None:
    op.drop_table("compensation")
    op.drop_table("arrival_code")
    op.drop_table("attendance")
