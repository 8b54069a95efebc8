"""Where customers stand, what was suggested to them, whom staff call, and contracts."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
VISIT = sa.table(
    "visit",
    sa.column("customer_id", sa.Integer),
    sa.column("starts_at", sa.DateTime(timezone=True)),
    sa.column("status", sa.String),
)
LIFECYCLE = sa.table(
    "lifecycle",
    *(sa.column(name) for name in ("customer_id", "since", "stage", "why", "segment", "score")),
    *(sa.column(name) for name in ("interval_days", "look_at")),
)
FIRST = [
    sa.literal("new", sa.String),
    sa.literal({}, sa.JSON),
    sa.literal("small", sa.String),
    sa.literal({}, sa.JSON),
    sa.literal(0, sa.Integer),
]
"""Of whoever had a visit: they are looked at at once."""


def upgrade() -> None:
    op.create_table(
        "care_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_care_task_customer_id")),
        sa.ForeignKeyConstraint(["done_by"], ["staff_member.id"], name=op.f("fk_care_task_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_task")),
        sa.UniqueConstraint("key", name=op.f("uq_care_task_key")),
    )
    op.create_index(op.f("ix_care_task_customer_id"), "care_task", ["customer_id"], unique=False)
    op.create_index(
        "ix_care_task_open",
        "care_task",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_contract_order")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_contract_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index(op.f("ix_contract_customer_id"), "contract", ["customer_id"], unique=False)
    op.create_table(
        "lifecycle",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "new",
                "active",
                "loyal",
                "at_risk",
                "dormant",
                "lost",
                name=op.f("ck_lifecycle_stage"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column(
            "segment",
            sa.Enum(
                "small",
                "middle",
                "high",
                "top",
                name=op.f("ck_lifecycle_segment"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.JSON(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_lifecycle_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_lifecycle")),
    )
    op.create_index("ix_lifecycle_look_at", "lifecycle", ["look_at"], unique=False)
    op.create_index("ix_lifecycle_stage", "lifecycle", ["stage"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_suggestion_answered")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_suggestion_customer_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_suggestion_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("key", name=op.f("uq_suggestion_key")),
    )
    op.create_index("ix_suggestion_customer", "suggestion", ["customer_id", "made_at"], unique=False)
    op.create_index(op.f("ix_suggestion_visit_id"), "suggestion", ["visit_id"], unique=False)
    op.create_index(
        "uq_suggestion_open",
        "suggestion",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    finished = (
        sa.select(VISIT.c.customer_id, sa.func.max(VISIT.c.starts_at))
        .add_columns(*FIRST, sa.func.max(VISIT.c.starts_at))
        .where(VISIT.c.status == "finished")
        .group_by(VISIT.c.customer_id)
    )
    op.execute(LIFECYCLE.insert().from_select([column.name for column in LIFECYCLE.c], finished))


def downgrade() -> None:
    for table in ("suggestion", "lifecycle", "contract", "care_task"):
        op.drop_table(table)
