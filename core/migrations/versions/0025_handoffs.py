"""Hand-offs with a lease, a promise, and a moment at which somebody looks after them."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

CHECKS = {
    "leased": "(status = 'taken') = (lease_until IS NOT NULL)",
    "taken_by_somebody": "status <> 'taken' OR taken_by IS NOT NULL",
    "looked_at": "(status = 'closed') = (look_at IS NULL)",
}
ALONE = {"resolve_fks": False}
"""The tables it refers to have indexes that cannot be read back, and need not be."""
TIMES = ("look_at", "promised_by", "call_at", "heard_at", "lease_until", "nudged_at")
COUNTS = ("looks", "rung", "tries")


def upgrade() -> None:
    # Nobody could take one until now, so that what says so was a mistake and waits.
    op.execute(
        "UPDATE handoff SET status = 'waiting', taken_by = NULL, taken_at = NULL WHERE status = 'taken'"
    )
    with op.batch_alter_table("handoff", reflect_kwargs=ALONE) as handoff:
        handoff.add_column(sa.Column("notes", sa.String(), nullable=False, server_default=""))
        for name in ("channel", "account", "user"):
            handoff.add_column(sa.Column(name, sa.String(), nullable=True))
        for name in TIMES:
            handoff.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in COUNTS:
            handoff.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        handoff.add_column(sa.Column("left_by", sa.Integer(), nullable=True))
    with op.batch_alter_table("handoff", reflect_kwargs=ALONE) as handoff:
        handoff.alter_column("notes", existing_type=sa.String(), server_default=None)
        for name in COUNTS:
            handoff.alter_column(name, existing_type=sa.Integer(), server_default=None)
        handoff.create_foreign_key(op.f("fk_handoff_left_by"), "staff_member", ["left_by"], ["id"])
    # Whoever waits now is looked after at once.
    op.execute("UPDATE handoff SET look_at = asked_at, looks = 1 WHERE status <> 'closed'")
    op.execute(
        "INSERT INTO reminder (kind, subject, due_at, status, attempts, dedupe_key, payload)"
        " SELECT 'handoff', CAST(id AS VARCHAR), asked_at, 'waiting', 0, 'handoff:' || id || '\\:1', '{}'"
        " FROM handoff WHERE status <> 'closed'"
    )
    with op.batch_alter_table("handoff", reflect_kwargs=ALONE) as handoff:
        for name, check in CHECKS.items():
            handoff.create_check_constraint(op.f(f"ck_handoff_{name}"), check)
    taken = sa.text("status = 'taken'")
    op.create_index("ix_handoff_taken", "handoff", ["taken_by"], sqlite_where=taken, postgresql_where=taken)


def downgrade() -> None:
    op.execute("DELETE FROM reminder WHERE kind = 'handoff'")
    op.execute(
        "UPDATE handoff SET status = 'waiting', taken_by = NULL, taken_at = NULL, lease_until = NULL"
        " WHERE status = 'taken'"
    )
    op.drop_index("ix_handoff_taken", table_name="handoff")
    with op.batch_alter_table("handoff", reflect_kwargs=ALONE) as handoff:
        for name in CHECKS:
            handoff.drop_constraint(op.f(f"ck_handoff_{name}"), type_="check")
        handoff.drop_constraint(op.f("fk_handoff_left_by"), type_="foreignkey")
    with op.batch_alter_table("handoff", reflect_kwargs=ALONE) as handoff:
        for name in ("left_by", *COUNTS, *TIMES, "channel", "account", "user", "notes"):
            handoff.drop_column(name)
