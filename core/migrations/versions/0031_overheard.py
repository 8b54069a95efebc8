"""Rooms in which nothing is said, because somebody reads along in the chat who was at the visit."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

ALONE = {"resolve_fks": False}  # or the tables it refers to are read as well, with warnings
OVERHEARD = sa.text("overheard = true")


def upgrade() -> None:
    with op.batch_alter_table("room", reflect_kwargs=ALONE) as room:
        room.add_column(sa.Column("overheard", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("room", reflect_kwargs=ALONE) as room:
        room.alter_column("overheard", existing_type=sa.Boolean(), server_default=None)
    op.create_index(
        "ix_room_overheard",
        "room",
        ["hall_id"],
        sqlite_where=OVERHEARD,
        postgresql_where=OVERHEARD,
    )


def downgrade() -> None:
    op.drop_index("ix_room_overheard", "room")
    with op.batch_alter_table("room", reflect_kwargs=ALONE) as room:
        room.drop_column("overheard")
