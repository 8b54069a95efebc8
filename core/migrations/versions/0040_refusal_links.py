"""Links by which readers of an e-mail get no more of them."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.create_table(
        "refusal_link",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "emergency",
                "service",
                "care",
                "marketing",
                name=op.f("ck_refusal_link_class"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_refusal_link_customer_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_refusal_link")),
    )
    op.create_index(op.f("ix_refusal_link_customer_id"), "refusal_link", ["customer_id"], unique=False)
    op.create_index(op.f("ix_refusal_link_until"), "refusal_link", ["until"], unique=False)


def downgrade() -> None:
    op.drop_table("refusal_link")
