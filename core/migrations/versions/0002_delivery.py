"""Delivery: why a message is sent, how far it came, what the platform calls it; how each account does."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BEFORE = ("received", "failing", "set_aside", "waiting", "sending", "sent", "undelivered", "expired")
STATUSES = (*BEFORE[:6], "unknown", *BEFORE[6:])
UNSENT = sa.text("status IN ('waiting', 'sending')")


def one_of(check: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=op.f(check), native_enum=False, create_constraint=False, length=32)


def statuses(*values: str) -> str:
    return f"status IN ({', '.join(repr(value) for value in values)})"


def unsent_index(*columns: str) -> None:
    op.create_index(
        op.f("ix_message_unsent"), "message", [*columns], sqlite_where=UNSENT, postgresql_where=UNSENT
    )


def queue_index() -> None:
    op.create_index(
        op.f("ix_message_queue"),
        "message",
        ["channel", "account", "user", "id"],
        sqlite_where=UNSENT,
        postgresql_where=UNSENT,
    )


def upgrade() -> None:
    op.drop_index(op.f("ix_message_unsent"), "message")
    op.drop_index(op.f("ix_message_queue"), "message")
    purposes = ("answer", "notice", "bulk")
    with op.batch_alter_table("message") as message:
        message.add_column(sa.Column("purpose", one_of("ck_message_purpose", *purposes), nullable=True))
        message.add_column(sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0"))
        message.add_column(sa.Column("receipt", sa.String(), nullable=True))
        message.drop_constraint(op.f("ck_message_status"), "check")
        message.create_check_constraint(op.f("ck_message_status"), statuses(*STATUSES))
        message.create_check_constraint(
            op.f("ck_message_purpose"), f"purpose IN ({', '.join(repr(value) for value in purposes)})"
        )
    with op.batch_alter_table("message") as message:
        message.alter_column("parts_sent", server_default=None)
    op.execute(
        "UPDATE message SET purpose = CASE WHEN answers_id IS NULL THEN 'notice' ELSE 'answer' END"
        " WHERE direction = 'out'"
    )
    queue_index()
    unsent_index("channel", "account", "purpose", "due_at")
    op.create_table(
        "channel_account",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rest_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("channel", "name", name=op.f("pk_channel_account")),
    )


def downgrade() -> None:
    op.drop_table("channel_account")
    op.drop_index(op.f("ix_message_unsent"), "message")
    op.drop_index(op.f("ix_message_queue"), "message")
    op.execute("UPDATE message SET status = 'undelivered' WHERE status = 'unknown'")
    with op.batch_alter_table("message") as message:
        message.drop_constraint(op.f("ck_message_status"), "check")
        message.drop_constraint(op.f("ck_message_purpose"), "check")
        message.create_check_constraint(op.f("ck_message_status"), statuses(*BEFORE))
        message.drop_column("purpose")
        message.drop_column("parts_sent")
        message.drop_column("receipt")
    queue_index()
    unsent_index("channel", "due_at")
