"""What people were told unasked, and what they want to hear."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "held_message",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "emergency",
                "service",
                "care",
                "marketing",
                name=op.f("ck_held_message_class"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_held_message_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", "key", name=op.f("pk_held_message")),
    )
    op.create_table(
        "message_refusal",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "emergency",
                "service",
                "care",
                "marketing",
                name=op.f("ck_message_refusal_class"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_message_refusal_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "kind", "channel", name=op.f("pk_message_refusal")),
    )
    op.create_table(
        "message_wish",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "pace",
            sa.Enum(
                "usual",
                "fewer",
                "digest",
                name=op.f("ck_message_wish_pace"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_message_wish_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_message_wish")),
    )
    op.create_table(
        "unasked_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "emergency",
                "service",
                "care",
                "marketing",
                name=op.f("ck_unasked_message_class"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_unasked_message_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unasked_message")),
    )
    op.create_index("ix_unasked_message_customer", "unasked_message", ["customer_id", "at"], unique=False)


def downgrade() -> None:
    for table in ("unasked_message", "message_wish", "message_refusal", "held_message"):
        op.drop_table(table)
