"""Files that people send: to which step each belongs, and what the person agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

CONSENTS = ("service", "withdrawn")


def upgrade() -> None:
    """Files that are there already stay as they were: filed nowhere, and kept as long as was promised."""
    listed = ", ".join(repr(consent) for consent in CONSENTS)
    kind = sa.Enum(
        *CONSENTS, name=op.f("ck_media_consent"), native_enum=False, create_constraint=False, length=32
    )
    with op.batch_alter_table("media") as media:
        media.add_column(sa.Column("step", sa.String(), nullable=True))
        media.add_column(sa.Column("subject", sa.String(), nullable=True))
        media.add_column(sa.Column("consent", kind, nullable=True))
        media.create_check_constraint(op.f("ck_media_consent"), f"consent IN ({listed})")
        media.create_check_constraint(
            op.f("ck_media_filed_with_consent"), "(step IS NULL) = (consent IS NULL)"
        )
    op.create_index(op.f("ix_media_sender"), "media", ["channel", "account", "user"])


def downgrade() -> None:
    op.drop_index(op.f("ix_media_sender"), "media")
    with op.batch_alter_table("media") as media:
        media.drop_constraint(op.f("ck_media_filed_with_consent"), "check")
        media.drop_constraint(op.f("ck_media_consent"), "check")
        for column in ("consent", "subject", "step"):
            media.drop_column(column)
