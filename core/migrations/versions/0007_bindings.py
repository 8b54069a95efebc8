"""One person on several channels: codes on offer, wrong tries, and merges that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("customer", sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "binding_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_binding_offer_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_offer")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_binding_offer_code_digest")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_binding_offer_token_digest")),
    )
    op.create_index(op.f("ix_binding_offer_customer_id"), "binding_offer", ["customer_id"])
    op.create_index(op.f("ix_binding_offer_until"), "binding_offer", ["until"])
    op.create_table(
        "binding_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_try")),
    )
    op.create_index("ix_binding_try_account", "binding_try", ["channel", "account", "user", "at"])
    op.create_index(op.f("ix_binding_try_at"), "binding_try", ["at"])
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("given_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kept_id != given_id", name=op.f("ck_merge_two_customers")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_merge_undone_by_somebody")
        ),
        sa.ForeignKeyConstraint(["given_id"], ["customer.id"], name=op.f("fk_merge_given_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["customer.id"], name=op.f("fk_merge_kept_id")),
        sa.ForeignKeyConstraint(["undone_by"], ["staff_member.id"], name=op.f("fk_merge_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_given_id"), "merge", ["given_id"])
    op.create_index(op.f("ix_merge_kept_id"), "merge", ["kept_id"])


def downgrade() -> None:
    for table in ("merge", "binding_try", "binding_offer"):
        op.drop_table(table)
    op.drop_column("customer", "given_up_at")
