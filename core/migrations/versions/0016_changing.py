"""Workers who drop out, what is owed for faults of ours, and finding customers by name or number."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

OUTCOMES = ("agreed", "kept", "moved", "ended", "overtaken")


def upgrade() -> None:
    op.create_table(
        "dropout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("instead_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                *OUTCOMES,
                name=op.f("ck_dropout_outcome"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_dropout_settled")),
        sa.ForeignKeyConstraint(["instead_id"], ["worker.id"], name=op.f("fk_dropout_instead_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_dropout_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_dropout_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dropout")),
    )
    op.create_index(op.f("ix_dropout_visit_id"), "dropout", ["visit_id"])
    still_open = sa.text("outcome IS NULL")
    op.create_index(
        "uq_dropout_open",
        "dropout",
        ["visit_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index(op.f("ix_customer_name"), "customer", ["name"])
    op.create_index("ix_customer_phone_end", "customer", [sa.text("substr(phone, length(phone) - 3)")])


def downgrade() -> None:
    op.drop_index("ix_customer_phone_end", table_name="customer")
    op.drop_index(op.f("ix_customer_name"), table_name="customer")
    op.drop_table("dropout")
