"""Indexes of what is still open, so that neither years of visits nor of talk are read or written for it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

LIVE = "status IN ('requested', 'confirmed', 'on_the_way', 'arrived', 'working')"


def partial(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(op.f(name), table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    partial("ix_visit_live", "visit", ["customer_id", "starts_at"], LIVE)
    partial("ix_message_set_aside", "message", ["created_at"], "status = 'set_aside'")
    op.drop_index(op.f("ix_occupied_hold_id"), "occupied")
    partial("ix_occupied_hold", "occupied", ["hold_id"], "hold_id IS NOT NULL")


def downgrade() -> None:
    op.drop_index(op.f("ix_occupied_hold"), "occupied")
    op.create_index(op.f("ix_occupied_hold_id"), "occupied", ["hold_id"])
    op.drop_index(op.f("ix_message_set_aside"), "message")
    op.drop_index(op.f("ix_visit_live"), "visit")
