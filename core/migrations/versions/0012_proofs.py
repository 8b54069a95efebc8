"""How a merge was proved, whom we asked about a number they share, and codes taken out of the record."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("binding_offer", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("merge") as merge:
        merge.add_column(sa.Column("proof", sa.String(), nullable=False, server_default="code"))
    with op.batch_alter_table("merge") as merge:
        merge.alter_column("proof", server_default=None)
    op.create_table(
        "binding_question",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_binding_question_customer_id")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["customer.id"], name=op.f("fk_binding_question_other_id")),
        sa.PrimaryKeyConstraint("customer_id", "other_id", name=op.f("pk_binding_question")),
    )


def downgrade() -> None:
    op.drop_table("binding_question")
    op.drop_column("merge", "proof")
    op.drop_column("binding_offer", "hidden_at")
