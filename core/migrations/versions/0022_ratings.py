"""Ratings, what workers' scores begin with, and the talks that are due to workers."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "brought_score",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Float(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_brought_score_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", name=op.f("pk_brought_score")),
    )
    op.create_table(
        "coaching",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["staff_member.id"], name=op.f("fk_coaching_done_by")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_coaching_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coaching")),
    )
    op.create_index(op.f("ix_coaching_worker_id"), "coaching", ["worker_id"], unique=False)
    op.create_index(
        "uq_coaching_open",
        "coaching",
        ["worker_id"],
        unique=True,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "rating",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dimensions", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=False),
        sa.Column("bars", sa.Boolean(), nullable=False),
        sa.Column("referred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "excluded",
            sa.Enum(
                "appeal",
                "called_off",
                name=op.f("ck_rating_exclusion"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("appeal", sa.String(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("appeal_settled_by", sa.Integer(), nullable=True),
        sa.Column("appeal_upheld", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(appeal_settled_at IS NULL) = (appeal_upheld IS NULL)", name=op.f("ck_rating_appeal_settled")
        ),
        sa.CheckConstraint("(stars IS NULL) = (rated_at IS NULL)", name=op.f("ck_rating_rated")),
        sa.CheckConstraint("edited_at IS NULL OR rated_at IS NOT NULL", name=op.f("ck_rating_edited")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_rating_stars")),
        sa.ForeignKeyConstraint(
            ["appeal_settled_by"], ["staff_member.id"], name=op.f("fk_rating_appeal_settled_by")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_rating_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_rating_worker_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_rating")),
    )
    op.create_index(
        "ix_rating_appealed",
        "rating",
        ["appealed_at"],
        unique=False,
        sqlite_where=sa.text("appealed_at IS NOT NULL AND appeal_settled_at IS NULL"),
        postgresql_where=sa.text("appealed_at IS NOT NULL AND appeal_settled_at IS NULL"),
    )
    op.create_index("ix_rating_worker", "rating", ["worker_id", "rated_at"], unique=False)


def downgrade() -> None:
    for table in ("rating", "coaching", "brought_score"):
        op.drop_table(table)
