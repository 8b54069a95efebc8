"""The last digits of numbers with the newest customer first, as they are looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

NAME = "ix_customer_phone_end"
DIGITS = sa.text("substr(phone, length(phone) - 3)")


def upgrade() -> None:
    op.drop_index(NAME, table_name="customer")
    op.create_index(NAME, "customer", [DIGITS, sa.text("id")])


def downgrade() -> None:
    op.drop_index(NAME, table_name="customer")
    op.create_index(NAME, "customer", [DIGITS])
