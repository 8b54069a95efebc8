"""Logins that are under way, from our web page by way of another platform."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "login",
        sa.Column("state_digest", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_second", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_login")),
    )
    op.create_index(op.f("ix_login_until"), "login", ["until"])
    op.create_index(op.f("ix_login_user"), "login", ["user"])


def downgrade() -> None:
    op.drop_table("login")
