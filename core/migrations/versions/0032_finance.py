"""Those who keep the accounts are on the staff."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

WAS = "role IN ('clerk', 'lead', 'manager')"
NOW = "role IN ('clerk', 'lead', 'manager', 'finance')"


def upgrade() -> None:
    with op.batch_alter_table("staff_member") as member:
        member.drop_constraint(op.f("ck_staff_member_rank"), type_="check")
        member.create_check_constraint(op.f("ck_staff_member_rank"), sa.text(NOW))


def downgrade() -> None:
    op.execute("UPDATE staff_member SET role = 'clerk', active = false WHERE role = 'finance'")
    with op.batch_alter_table("staff_member") as member:
        member.drop_constraint(op.f("ck_staff_member_rank"), type_="check")
        member.create_check_constraint(op.f("ck_staff_member_rank"), sa.text(WAS))
