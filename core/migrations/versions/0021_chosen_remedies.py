"""What a customer chose to settle a complaint is owed once, whether or not it is about a visit."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_ALONE = {"resolve_fks": False}  # or the tables it refers to are read as well, with warnings
_FAULT = sa.text("remedy_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("compensation", reflect_kwargs=_ALONE) as compensation:
        compensation.drop_constraint("uq_compensation_visit_id_kind_reason", type_="unique")
        compensation.alter_column("visit_id", existing_type=sa.Integer(), nullable=True)
        compensation.add_column(sa.Column("remedy_id", sa.Integer(), nullable=True))
        compensation.create_foreign_key(op.f("fk_compensation_remedy_id"), "remedy", ["remedy_id"], ["id"])
        compensation.create_unique_constraint(op.f("uq_compensation_remedy_id"), ["remedy_id"])
        compensation.create_check_constraint(
            op.f("ck_compensation_about"), "visit_id IS NOT NULL OR remedy_id IS NOT NULL"
        )
    op.create_index(op.f("ix_compensation_visit_id"), "compensation", ["visit_id"])
    op.create_index(
        "uq_compensation_fault",
        "compensation",
        ["visit_id", "kind", "reason"],
        unique=True,
        sqlite_where=_FAULT,
        postgresql_where=_FAULT,
    )


def downgrade() -> None:
    op.drop_index("uq_compensation_fault", "compensation")
    op.drop_index(op.f("ix_compensation_visit_id"), "compensation")
    op.execute("DELETE FROM compensation WHERE remedy_id IS NOT NULL")
    with op.batch_alter_table("compensation", reflect_kwargs=_ALONE) as compensation:
        compensation.drop_constraint(op.f("ck_compensation_about"), type_="check")
        compensation.drop_constraint(op.f("uq_compensation_remedy_id"), type_="unique")
        compensation.drop_constraint(op.f("fk_compensation_remedy_id"), type_="foreignkey")
        compensation.drop_column("remedy_id")
        compensation.alter_column("visit_id", existing_type=sa.Integer(), nullable=False)
        compensation.create_unique_constraint(
            op.f("uq_compensation_visit_id_kind_reason"), ["visit_id", "kind", "reason"]
        )
