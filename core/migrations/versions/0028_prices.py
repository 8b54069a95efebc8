"""Coupons and their codes, packages and their ledger, and who came by whose code."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "coupon_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fen",
                "percent",
                "add_on",
                "hours",
                name=op.f("ck_coupon_code_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("each", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_coupon_code_order")),
        sa.CheckConstraint(
            "taken >= 0 AND (most IS NULL OR taken <= most) AND each > 0", name=op.f("ck_coupon_code_taken")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon_code")),
        sa.UniqueConstraint("code", name=op.f("uq_coupon_code_code")),
    )
    op.create_table(
        "package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("each", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "active",
                "ended",
                "refunded",
                "withdrawn",
                name=op.f("ck_package_state"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("bought_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "cash",
                "wechat",
                "alipay",
                "transfer",
                "later",
                name=op.f("ck_package_way"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund", sa.Integer(), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'refunded') = (refund IS NOT NULL)", name=op.f("ck_package_refund")),
        sa.CheckConstraint("unit IN ('visit', 'hour')", name=op.f("ck_package_unit")),
        sa.CheckConstraint(
            "units > 0 AND quantity > 0 AND price >= 0 AND each > 0", name=op.f("ck_package_sold")
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_package_customer_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_package_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package")),
    )
    op.create_index(
        "ix_package_active",
        "package",
        ["customer_id", "ends_at"],
        unique=False,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index(op.f("ix_package_customer_id"), "package", ["customer_id"], unique=False)
    op.create_index(
        "ix_package_pending",
        "package",
        ["bought_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "referral_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_referral_code_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_code")),
        sa.UniqueConstraint("code", name=op.f("uq_referral_code_code")),
    )
    op.create_index(op.f("ix_referral_code_customer_id"), "referral_code", ["customer_id"], unique=False)
    op.create_table(
        "coupon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fen",
                "percent",
                "add_on",
                "hours",
                name=op.f("ck_coupon_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("add_on", sa.String(), nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "held",
                "used",
                "void",
                name=op.f("ck_coupon_state"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'add_on') = (add_on IS NOT NULL)", name=op.f("ck_coupon_add_on")),
        sa.CheckConstraint(
            "(state IN ('held', 'used')) = (visit_id IS NOT NULL)", name=op.f("ck_coupon_taken")
        ),
        sa.CheckConstraint("kind <> 'percent' OR amount <= 100", name=op.f("ck_coupon_percent")),
        sa.CheckConstraint("amount > 0 AND least >= 0", name=op.f("ck_coupon_amount")),
        sa.ForeignKeyConstraint(["code_id"], ["coupon_code.id"], name=op.f("fk_coupon_code_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_coupon_customer_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_coupon_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupon")),
        sa.UniqueConstraint("key", name=op.f("uq_coupon_key")),
    )
    op.create_index(op.f("ix_coupon_code_id"), "coupon", ["code_id"], unique=False)
    op.create_index(op.f("ix_coupon_customer_id"), "coupon", ["customer_id"], unique=False)
    op.create_index(
        "ix_coupon_open",
        "coupon",
        ["customer_id", "valid_until"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_coupon_visit",
        "coupon",
        ["visit_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('held', 'used')"),
        postgresql_where=sa.text("state IN ('held', 'used')"),
    )
    op.create_table(
        "package_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "sold",
                "used",
                "given_back",
                "ended",
                "refunded",
                name=op.f("ck_package_entry_what"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(what IN ('used', 'given_back')) = (visit_id IS NOT NULL)", name=op.f("ck_package_entry_visit")
        ),
        sa.CheckConstraint("units <> 0", name=op.f("ck_package_entry_units")),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name=op.f("fk_package_entry_package_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_package_entry_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_package_entry_key")),
    )
    op.create_index(op.f("ix_package_entry_package_id"), "package_entry", ["package_id"], unique=False)
    op.create_index(op.f("ix_package_entry_visit_id"), "package_entry", ["visit_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referrer_id", sa.Integer(), nullable=False),
        sa.Column("friend_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "waiting",
                "doubted",
                "rewarded",
                "refused",
                "capped",
                "taken_back",
                name=op.f("ck_referral_state"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("rewarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("referrer_id <> friend_id OR state = 'refused'", name=op.f("ck_referral_another")),
        sa.ForeignKeyConstraint(["friend_id"], ["customer.id"], name=op.f("fk_referral_friend_id")),
        sa.ForeignKeyConstraint(["referrer_id"], ["customer.id"], name=op.f("fk_referral_referrer_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_referral_staff_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_referral_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("friend_id", name=op.f("uq_referral_friend_id")),
    )
    op.create_index(
        "ix_referral_doubted",
        "referral",
        ["paid_at"],
        unique=False,
        sqlite_where=sa.text("state = 'doubted'"),
        postgresql_where=sa.text("state = 'doubted'"),
    )
    op.create_index("ix_referral_referrer", "referral", ["referrer_id", "rewarded_at"], unique=False)
    op.create_index(op.f("ix_referral_visit_id"), "referral", ["visit_id"], unique=False)


def downgrade() -> None:
    for table in ("referral", "package_entry", "coupon", "referral_code", "package", "coupon_code"):
        op.drop_table(table)
