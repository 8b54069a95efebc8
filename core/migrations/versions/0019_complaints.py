"""Complaints, what happened to them, remedies, workers' statements, and measures."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "injury",
                "endangered",
                "theft",
                "harassment",
                "leak",
                "damage",
                "no_show",
                "overcharged",
                "privacy",
                "drunk",
                "quality",
                "late",
                "attitude",
                "missed",
                "flaw",
                "suggestion",
                "other",
                name=op.f("ck_complaint_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "s1",
                "s2",
                "s3",
                "s4",
                name=op.f("ck_complaint_severity"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("severity_reason", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "words",
                "button",
                "rating",
                "danger",
                "staff",
                "outside",
                name=op.f("ck_complaint_source"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "waiting",
                "resolved",
                "closed",
                name=op.f("ck_complaint_status"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "desk",
                "lead",
                "manager",
                "owner",
                name=op.f("ck_complaint_rung"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("human_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("human_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("plan_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolve_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolve_left", sa.Integer(), nullable=True),
        sa.Column("outside_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outside_reference", sa.String(), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "skill",
                "conduct",
                "process",
                "dispatch",
                "information",
                "price",
                "expectation",
                "material",
                "third_party",
                "unfounded",
                name=op.f("ck_complaint_cause"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=True),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_complaint_closed")),
        sa.CheckConstraint("(status = 'closed') = (next_at IS NULL)", name=op.f("ck_complaint_next")),
        sa.CheckConstraint(
            "(status = 'waiting') = (paused_at IS NOT NULL)", name=op.f("ck_complaint_paused")
        ),
        sa.CheckConstraint(
            "owner_id IS NOT NULL OR rung = 'owner' OR status = 'closed'", name=op.f("ck_complaint_owned")
        ),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) OR (acknowledge_by IS NULL)", name=op.f("ck_complaint_acknowledged")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_complaint_customer_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["complaint.id"], name=op.f("fk_complaint_follows_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["staff_member.id"], name=op.f("fk_complaint_opened_by")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff_member.id"], name=op.f("fk_complaint_owner_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_complaint_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_customer_id"), "complaint", ["customer_id"], unique=False)
    op.create_index(
        "ix_complaint_owner",
        "complaint",
        ["owner_id"],
        unique=False,
        sqlite_where=sa.text("status <> 'closed'"),
        postgresql_where=sa.text("status <> 'closed'"),
    )
    op.create_index(
        "ix_complaint_unsettled",
        "complaint",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("status IN ('open', 'waiting')"),
        postgresql_where=sa.text("status IN ('open', 'waiting')"),
    )
    op.create_index(op.f("ix_complaint_visit_id"), "complaint", ["visit_id"], unique=False)
    op.create_table(
        "complaint_statement",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_statement_complaint_id")
        ),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_complaint_statement_worker_id")),
        sa.PrimaryKeyConstraint("complaint_id", "worker_id", name=op.f("pk_complaint_statement")),
    )
    op.create_index(
        op.f("ix_complaint_statement_worker_id"), "complaint_statement", ["worker_id"], unique=False
    )
    op.create_table(
        "complaint_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("for_customer", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "actor IN ('customer', 'worker', 'staff', 'bot')", name=op.f("ck_complaint_step_actor")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_step_complaint_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_complaint_step_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_step")),
    )
    op.create_index(op.f("ix_complaint_step_complaint_id"), "complaint_step", ["complaint_id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "skill",
                "conduct",
                "process",
                "dispatch",
                "information",
                "price",
                "expectation",
                "material",
                "third_party",
                "unfounded",
                name=op.f("ck_measure_cause"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_measure_complaint_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_measure_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index("ix_measure_cause", "measure", ["cause", "at"], unique=False)
    op.create_table(
        "remedy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "apology",
                "redo",
                "replace",
                "refund",
                "coupon",
                "points",
                "insurance",
                name=op.f("ck_remedy_remedy_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "drafted",
                "offered",
                "chosen",
                "refused",
                "withdrawn",
                name=op.f("ck_remedy_remedy_status"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "needs",
            sa.Enum(
                "desk",
                "lead",
                "manager",
                "owner",
                name=op.f("ck_remedy_rung"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(status = 'chosen') = (chosen_at IS NOT NULL)", name=op.f("ck_remedy_chosen")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_remedy_amount")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff_member.id"], name=op.f("fk_remedy_approved_by")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_remedy_complaint_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["staff_member.id"], name=op.f("fk_remedy_proposed_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_remedy_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remedy")),
    )
    op.create_index(op.f("ix_remedy_complaint_id"), "remedy", ["complaint_id"], unique=False)


def downgrade() -> None:
    for table in ("remedy", "measure", "complaint_step", "complaint_statement", "complaint"):
        op.drop_table(table)
