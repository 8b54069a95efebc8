"""Complaints that were resolved and are asked after are found by when that is due."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

RESOLVED = sa.text("status = 'resolved'")


def upgrade() -> None:
    op.create_index(
        "ix_complaint_resolved",
        "complaint",
        ["next_at"],
        sqlite_where=RESOLVED,
        postgresql_where=RESOLVED,
    )


def downgrade() -> None:
    op.drop_index("ix_complaint_resolved", "complaint")
