"""Households: people who share packages and addresses, and what was on their account; records taken apart."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "home",
                "company",
                name=op.f("ck_household_kind"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    op.create_table(
        "household_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "payer",
                "user",
                "elder",
                "contact",
                name=op.f("ck_household_invitation_part"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code_digest", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["customer.id"], name=op.f("fk_household_invitation_by_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_invitation_household_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_household_invitation_code_digest")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_household_invitation_token_digest")),
    )
    op.create_index(op.f("ix_household_invitation_by_id"), "household_invitation", ["by_id"], unique=False)
    op.create_table(
        "household_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "payer",
                "user",
                "elder",
                "contact",
                name=op.f("ck_household_person_part"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owns", sa.Boolean(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("contact_id <> customer_id", name=op.f("ck_household_person_contact_is_another")),
        sa.CheckConstraint(
            "contact_id IS NOT NULL OR NOT alone", name=op.f("ck_household_person_somebody_hears")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["customer.id"], name=op.f("fk_household_person_contact_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_household_person_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_person_household_id")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["customer.id"], name=op.f("fk_household_person_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_person")),
    )
    op.create_index(
        op.f("ix_household_person_customer_id"), "household_person", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_household_person_heard",
        "household_person",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("left_at IS NULL AND contact_id IS NOT NULL"),
        postgresql_where=sa.text("left_at IS NULL AND contact_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_household_person_household_id"), "household_person", ["household_id"], unique=False
    )
    op.create_index(
        "uq_household_person_there",
        "household_person",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "split",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("made_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kept_id != made_id", name=op.f("ck_split_two_customers")),
        sa.ForeignKeyConstraint(["kept_id"], ["customer.id"], name=op.f("fk_split_kept_id")),
        sa.ForeignKeyConstraint(["made_id"], ["customer.id"], name=op.f("fk_split_made_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_split")),
    )
    op.create_index(op.f("ix_split_kept_id"), "split", ["kept_id"], unique=False)
    op.create_index(op.f("ix_split_made_id"), "split", ["made_id"], unique=False)
    op.create_table(
        "household_home",
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_household_home_address_id")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_home_household_id")
        ),
        sa.PrimaryKeyConstraint("address_id", name=op.f("pk_household_home")),
    )
    op.create_index(op.f("ix_household_home_household_id"), "household_home", ["household_id"], unique=False)
    op.create_table(
        "household_visit",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_visit_household_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_household_visit_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_household_visit")),
    )


def downgrade() -> None:
    for table in (
        "household_visit",
        "household_home",
        "split",
        "household_person",
        "household_invitation",
        "household",
    ):
        op.drop_table(table)
