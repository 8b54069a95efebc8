"""Plans have an end, dates what is used for them; time that opened is kept until it was seen to."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "opened",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened")),
    )
    op.add_column("plan", sa.Column("times", sa.Integer(), nullable=True))
    op.add_column("plan_date", sa.Column("saving", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("plan_date", "saving")
    op.drop_column("plan", "times")
    op.drop_table("opened")
