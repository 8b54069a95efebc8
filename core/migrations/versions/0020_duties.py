"""Who on the staff is on duty."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "staff_duty",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_staff_duty_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_duty")),
    )
    op.create_table(
        "staff_shift",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_staff_shift_weekday")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_staff_shift_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", "weekday", "begins", name=op.f("pk_staff_shift")),
    )


def downgrade() -> None:
    for table in ("staff_shift", "staff_duty"):
        op.drop_table(table)
