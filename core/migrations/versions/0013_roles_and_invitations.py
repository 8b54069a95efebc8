"""Accounts that speak for several people of ours, as one of them at a time; and codes to join by."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ONE_PERSON = (
    "CASE WHEN customer_id IS NULL THEN 0 ELSE 1 END "
    "+ CASE WHEN worker_id IS NULL THEN 0 ELSE 1 END "
    "+ CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END "
    "= 1"
)
SPEAKS_AS = (
    "CASE speaks_as WHEN 'customer' THEN customer_id WHEN 'worker' THEN worker_id"
    " ELSE staff_id END IS NOT NULL"
)
ROLES = "speaks_as IN ('customer', 'worker', 'staff')"


def upgrade() -> None:
    role = sa.Enum("customer", "worker", "staff", native_enum=False, create_constraint=False, length=32)
    with op.batch_alter_table("identity") as identity:
        identity.add_column(sa.Column("speaks_as", role, nullable=True))
        identity.drop_constraint(op.f("ck_identity_one_person"), "check")
    op.execute(
        "UPDATE identity SET speaks_as = CASE WHEN worker_id IS NOT NULL THEN 'worker'"
        " WHEN staff_id IS NOT NULL THEN 'staff' ELSE 'customer' END"
    )
    with op.batch_alter_table("identity") as identity:
        identity.alter_column("speaks_as", existing_type=role, nullable=False)
        identity.create_check_constraint(op.f("ck_identity_role"), ROLES)
        identity.create_check_constraint(op.f("ck_identity_speaks_as_who_they_are"), SPEAKS_AS)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(worker_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_invitation_one_person")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_invitation_staff_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_invitation_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitation_token_digest")),
    )
    op.create_index(op.f("ix_invitation_staff_id"), "invitation", ["staff_id"])
    op.create_index(op.f("ix_invitation_worker_id"), "invitation", ["worker_id"])


def downgrade() -> None:
    """What an account does not speak as is given up: the tables before knew one role an account."""
    op.drop_table("invitation")
    with op.batch_alter_table("identity") as identity:
        identity.drop_constraint(op.f("ck_identity_speaks_as_who_they_are"), "check")
        identity.drop_constraint(op.f("ck_identity_role"), "check")
    for role in ("customer", "worker", "staff"):
        op.execute(f"UPDATE identity SET {role}_id = NULL WHERE speaks_as <> '{role}'")  # noqa: S608
    with op.batch_alter_table("identity") as identity:
        identity.drop_column("speaks_as")
        identity.create_check_constraint(op.f("ck_identity_one_person"), ONE_PERSON)
