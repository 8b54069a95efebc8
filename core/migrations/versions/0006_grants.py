"""What may still be said to a person where the platform counts, and which way each message went."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "channel_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("earned", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"left" BETWEEN 0 AND earned', name=op.f("ck_channel_grant_left_was_earned")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_grant")),
        sa.UniqueConstraint(
            "channel", "account", "user", "kind", name=op.f("uq_channel_grant_channel_account_user_kind")
        ),
    )
    op.create_index(op.f("ix_channel_grant_until"), "channel_grant", ["until"])
    op.add_column("message", sa.Column("way", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("message", "way")
    op.drop_table("channel_grant")
