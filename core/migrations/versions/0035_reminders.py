"""Reminders know how often they failed, and when they were due before they were put off."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    with op.batch_alter_table("reminder") as reminder:
        reminder.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        reminder.add_column(sa.Column("first_due_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("reminder") as reminder:
        reminder.alter_column("failures", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("reminder") as reminder:
        reminder.drop_column("first_due_at")
        reminder.drop_column("failures")
