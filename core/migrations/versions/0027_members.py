"""Members, lots of points and the entries that change them."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "basic",
                "silver",
                "gold",
                "diamond",
                name=op.f("ck_membership_tier"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tier_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tier_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(tier = 'basic') = (tier_until IS NULL)", name=op.f("ck_membership_kept_until")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_membership_customer_id")),
        sa.ForeignKeyConstraint(["manager_id"], ["staff_member.id"], name=op.f("fk_membership_manager_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_membership_customer_id")),
    )
    op.create_index(op.f("ix_membership_manager_id"), "membership", ["manager_id"], unique=False)
    op.create_table(
        "point_adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "approved IS NULL OR decided_at IS NOT NULL", name=op.f("ck_point_adjustment_decided")
        ),
        sa.CheckConstraint("decided_by <> asked_by", name=op.f("ck_point_adjustment_two_people")),
        sa.CheckConstraint("points <> 0", name=op.f("ck_point_adjustment_points")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff_member.id"], name=op.f("fk_point_adjustment_asked_by")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_point_adjustment_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["staff_member.id"], name=op.f("fk_point_adjustment_decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_adjustment")),
    )
    op.create_index(
        op.f("ix_point_adjustment_customer_id"), "point_adjustment", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_point_adjustment_waiting",
        "point_adjustment",
        ["asked_at"],
        unique=False,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "point_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usable_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "owing",
                "closed",
                name=op.f("ck_point_lot_lot_state"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.CheckConstraint("points > 0", name=op.f("ck_point_lot_points")),
        sa.CheckConstraint("usable_from <= expires_at", name=op.f("ck_point_lot_order")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_point_lot_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_lot")),
        sa.UniqueConstraint("key", name=op.f("uq_point_lot_key")),
    )
    op.create_index("ix_point_lot_customer", "point_lot", ["customer_id", "earned_at"], unique=False)
    op.create_index(
        "ix_point_lot_expiring",
        "point_lot",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "ix_point_lot_not_closed",
        "point_lot",
        ["customer_id", "expires_at"],
        unique=False,
        sqlite_where=sa.text("state <> 'closed'"),
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_index(op.f("ix_point_lot_subject"), "point_lot", ["subject"], unique=False)
    op.create_table(
        "redemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_redemption_customer_id")),
        sa.ForeignKeyConstraint(["given_by"], ["staff_member.id"], name=op.f("fk_redemption_given_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption")),
    )
    op.create_index(op.f("ix_redemption_customer_id"), "redemption", ["customer_id"], unique=False)
    op.create_index(
        "ix_redemption_waiting",
        "redemption",
        ["asked_at"],
        unique=False,
        sqlite_where=sa.text("given_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("given_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_table(
        "point_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "earned",
                "spent",
                "given_back",
                "expired",
                "taken_back",
                "adjusted",
                "offset",
                "extended",
                name=op.f("ck_point_entry_what"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("points <> 0", name=op.f("ck_point_entry_points")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_point_entry_customer_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["point_lot.id"], name=op.f("fk_point_entry_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entry")),
    )
    op.create_index("ix_point_entry_customer", "point_entry", ["customer_id", "id"], unique=False)
    op.create_index(op.f("ix_point_entry_lot_id"), "point_entry", ["lot_id"], unique=False)
    op.create_index(op.f("ix_point_entry_subject"), "point_entry", ["subject"], unique=False)
    op.create_index(
        "ix_compensation_points_owed",
        "compensation",
        ["id"],
        unique=False,
        sqlite_where=sa.text("kind = 'points' AND settled_at IS NULL"),
        postgresql_where=sa.text("kind = 'points' AND settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_compensation_points_owed", table_name="compensation")
    for table in ("point_entry", "redemption", "point_lot", "point_adjustment", "membership"):
        op.drop_table(table)
