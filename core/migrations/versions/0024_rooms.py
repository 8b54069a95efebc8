"""The rooms in which staff talk about complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "hall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("problem_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_hall_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall")),
        sa.UniqueConstraint("channel", "account", "chat", name=op.f("uq_hall_channel_account_chat")),
    )
    op.create_table(
        "guest",
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_guest_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "user", name=op.f("pk_guest")),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_room_complaint_id")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_room_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("complaint_id", "hall_id", name=op.f("uq_room_complaint_id_hall_id")),
    )
    op.create_index(op.f("ix_room_hall_id"), "room", ["hall_id"], unique=False)
    op.create_index(
        "ix_room_unsettled",
        "room",
        ["hall_id"],
        unique=False,
        sqlite_where=sa.text("settled = false"),
        postgresql_where=sa.text("settled = false"),
    )
    op.create_table(
        "complaint_asked",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_complaint_asked_message_id")),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_asked_complaint_id")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_complaint_asked")),
    )
    op.create_index(op.f("ix_complaint_asked_complaint_id"), "complaint_asked", ["complaint_id"])
    with op.batch_alter_table("staff_member") as member:
        member.add_column(sa.Column("shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Groups were hired like people; on this one platform they are known by their sign.
    op.execute(
        "UPDATE staff_member SET shared = true WHERE id IN (SELECT staff_id FROM identity"
        " WHERE staff_id IS NOT NULL AND channel = 'telegram' AND \"user\" LIKE '-%')"
    )
    with op.batch_alter_table("staff_member") as member:
        member.alter_column("shared", server_default=None)
    with op.batch_alter_table("topic") as topic:
        topic.add_column(sa.Column("making_since", sa.DateTime(timezone=True), nullable=True))
        topic.alter_column("thread", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM topic WHERE thread IS NULL")
    with op.batch_alter_table("topic") as topic:
        topic.alter_column("thread", existing_type=sa.Integer(), nullable=False)
        topic.drop_column("making_since")
    with op.batch_alter_table("staff_member") as member:
        member.drop_column("shared")
    for table in ("complaint_asked", "room", "guest", "hall"):
        op.drop_table(table)
