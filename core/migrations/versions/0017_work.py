"""The work and its end: checklists, consent to photos, extras, incidents, acceptance, payment."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "acceptance",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "later",
                "accepted",
                "redo",
                "redone",
                "unchecked",
                name=op.f("ck_acceptance_state"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("redos", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'redo' OR place IS NOT NULL", name=op.f("ck_acceptance_redo_somewhere")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_acceptance_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_acceptance")),
    )
    op.create_table(
        "check_item",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column(
            "room",
            sa.Enum(
                "home",
                "bedroom",
                "living_room",
                "kitchen",
                "bathroom",
                name=op.f("ck_check_item_room"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("why_not", sa.String(), nullable=True),
        sa.CheckConstraint("why_not IS NULL OR settled_at IS NOT NULL", name=op.f("ck_check_item_settled")),
        sa.ForeignKeyConstraint(["settled_by"], ["worker.id"], name=op.f("fk_check_item_settled_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_check_item_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "position", name=op.f("pk_check_item")),
    )
    op.create_table(
        "extra",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "agreed",
                "refused",
                "expired",
                "withdrawn",
                name=op.f("ck_extra_status"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'proposed') = (settled_at IS NULL)", name=op.f("ck_extra_settled")),
        sa.CheckConstraint("minutes >= 0 AND amount >= 0", name=op.f("ck_extra_more")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_extra_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_extra_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra")),
    )
    op.create_index(op.f("ix_extra_visit_id"), "extra", ["visit_id"], unique=False)
    op.create_index(
        op.f("uq_extra_proposed"),
        "extra",
        ["visit_id"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "dirtier",
                "damage",
                "unsafe",
                "other",
                name=op.f("ck_incident_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "closed",
                name=op.f("ck_incident_status"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_incident_closed")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (reason IS NULL)", name=op.f("ck_incident_closed_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["staff_member.id"], name=op.f("fk_incident_closed_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_incident_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_incident_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(
        op.f("ix_incident_open"),
        "incident",
        ["opened_at"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(op.f("ix_incident_visit_id"), "incident", ["visit_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "cash",
                "wechat",
                "alipay",
                "transfer",
                "later",
                name=op.f("ck_payment_way"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "paid_at IS NOT NULL OR way IS NULL OR way = 'later'", name=op.f("ck_payment_unpaid")
        ),
        sa.CheckConstraint(
            "paid_at IS NULL OR (way IS NOT NULL AND way <> 'later')", name=op.f("ck_payment_paid_somehow")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_payment_staff_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_payment_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_payment_worker_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_payment")),
    )
    op.create_index(
        op.f("ix_payment_unpaid"),
        "payment",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("paid_at IS NULL"),
        postgresql_where=sa.text("paid_at IS NULL"),
    )
    op.create_table(
        "photo_consent",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_photo_consent_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_photo_consent")),
    )
    op.create_index(op.f("ix_media_subject"), "media", ["subject"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_media_subject"), "media")
    for table in ("photo_consent", "payment", "incident", "extra", "check_item", "acceptance"):
        op.drop_table(table)
