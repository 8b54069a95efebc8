"""Offers to workers; whoever attends a visit that is ahead was told of it and counts as having said yes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

STANDING, ACCEPTED, OPEN = "status IN ('open', 'accepted')", "status = 'accepted'", "status = 'open'"


def upgrade() -> None:
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("expected_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("because", sa.String(), nullable=True),
        sa.CheckConstraint("answered_by IN ('worker', 'staff', 'bot')", name=op.f("ck_offer_answered_by")),
        sa.CheckConstraint(
            "status NOT IN ('accepted', 'declined') OR answered_at IS NOT NULL AND answered_by IS NOT NULL",
            name=op.f("ck_offer_answered"),
        ),
        sa.CheckConstraint("status <> 'accepted' OR place IS NOT NULL", name=op.f("ck_offer_placed")),
        sa.CheckConstraint("mode IN ('sequence', 'broadcast')", name=op.f("ck_offer_mode")),
        sa.CheckConstraint(
            "status IN ('open', 'accepted', 'declined', 'expired', 'withdrawn')",
            name=op.f("ck_offer_status"),
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_offer_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_offer_worker_id")),
        sa.ForeignKeyConstraint(["expected_id"], ["worker.id"], name=op.f("fk_offer_expected_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_visit_id"), "offer", ["visit_id"])
    op.create_index(op.f("ix_offer_worker"), "offer", ["worker_id", "made_at"])
    _index("ix_offer_open", ["worker_id"], OPEN)
    _index("uq_offer_standing", ["visit_id", "worker_id"], STANDING, unique=True)
    _index("uq_offer_place", ["visit_id", "place"], ACCEPTED, unique=True)
    op.execute(
        "INSERT INTO offer (visit_id, worker_id, place, expected_id, starts_at, round, mode, status, reasons,"
        " made_at, told_at, until, answered_at, answered_by)"
        " SELECT visit.id, assignment.worker_id,"
        " row_number() OVER (PARTITION BY visit.id ORDER BY assignment.leads DESC, assignment.worker_id) - 1,"
        " assignment.worker_id, visit.starts_at, 1, 'sequence', 'accepted', assignment.reasons,"
        " assignment.assigned_at, assignment.assigned_at, assignment.assigned_at, assignment.assigned_at,"
        " 'bot' FROM assignment JOIN visit ON visit.id = assignment.visit_id"
        " WHERE assignment.released_at IS NULL"
        " AND visit.status IN ('confirmed', 'on_the_way', 'arrived', 'working')"
    )


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(
        op.f(name), "offer", columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )


def downgrade() -> None:
    op.drop_table("offer")
