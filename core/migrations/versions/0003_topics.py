"""Threads of group chats, and what is talked about in each."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint(
            "channel", "account", "chat", "subject", name=op.f("uq_topic_channel_account_chat_subject")
        ),
        sa.UniqueConstraint(
            "channel", "account", "chat", "thread", name=op.f("uq_topic_channel_account_chat_thread")
        ),
    )


def downgrade() -> None:
    op.drop_table("topic")
