"""What is kept of customers, what they agreed to, and for how long."""

import json
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from core import vault

revision = "0030"
down_revision = "0029"
SEALED = (
    ("address", "id", "access_note"),
    ("home_profile", "customer_id", "allergy"),
    ("observation", "id", "words"),
    ("welfare_report", "id", "words"),
)
MERGE = sa.table("merge", sa.column("id", sa.Integer), sa.column("moved", sa.JSON))


def upgrade() -> None:
    op.create_table(
        "consent_text",
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_consent_text")),
    )
    op.create_table(
        "retention",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_retention")),
    )
    op.create_table(
        "vault_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_mark")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column(
            "deed",
            sa.Enum(
                "read",
                "changed",
                "taken",
                "removed",
                name=op.f("ck_audit_entry_deed"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "what",
            sa.Enum(
                "phone",
                "name",
                "address",
                "access",
                "health",
                "everything",
                name=op.f("ck_audit_entry_what"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("became", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_audit_entry_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entry_customer_id"), "audit_entry", ["customer_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "terms",
                "service",
                "sensitive",
                "photos",
                "marketing",
                name=op.f("ck_consent_purpose"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(length=12), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_consent_customer_id")),
        sa.ForeignKeyConstraint(
            ["text_version"], ["consent_text.version"], name=op.f("fk_consent_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_customer_id"), "consent", ["customer_id"], unique=False)
    op.create_index(
        "uq_consent_standing",
        "consent",
        ["customer_id", "purpose", "subject"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "data_link",
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_data_link_customer_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_data_link")),
    )
    op.create_index(op.f("ix_data_link_customer_id"), "data_link", ["customer_id"], unique=False)
    op.create_index(op.f("ix_data_link_until"), "data_link", ["until"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needles", sa.JSON(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("traced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_erasure_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_customer_id"), "erasure", ["customer_id"], unique=False)
    op.create_index(
        "ix_erasure_untraced",
        "erasure",
        ["id"],
        unique=False,
        sqlite_where=sa.text("erased_at IS NOT NULL AND traced_at IS NULL"),
        postgresql_where=sa.text("erased_at IS NOT NULL AND traced_at IS NULL"),
    )
    op.create_index(
        "uq_erasure_open",
        "erasure",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL AND erased_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL AND erased_at IS NULL"),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "customer",
                "worker",
                "staff",
                "import",
                name=op.f("ck_fact_source"),
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("confidence BETWEEN 1 AND 100", name=op.f("ck_fact_confidence")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_fact_customer_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_fact_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index(op.f("ix_fact_customer_id"), "fact", ["customer_id"], unique=False)
    op.create_index(
        "uq_fact_standing",
        "fact",
        ["customer_id", "what"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column("address", sa.Column("access_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_address_access_until",
        "address",
        ["access_until"],
        unique=False,
        sqlite_where=sa.text("access_until IS NOT NULL"),
        postgresql_where=sa.text("access_until IS NOT NULL"),
    )
    op.create_index(op.f("ix_alarm_visit_id"), "alarm", ["visit_id"], unique=False)
    op.create_index(op.f("ix_praise_visit_id"), "praise", ["visit_id"], unique=False)
    op.add_column("visit", sa.Column("contact_name", sa.String(), nullable=True))
    op.add_column("visit", sa.Column("contact_phone", sa.String(), nullable=True))
    _each(vault.seal)
    merges = op.get_bind().execute(sa.select(MERGE)).all()
    for id, moved in merges:
        _keep(MERGE, "id", id, moved=vault.seal(json.dumps(moved)) if moved else moved)


def downgrade() -> None:
    _each(vault.unseal)
    merges = op.get_bind().execute(sa.select(MERGE)).all()
    for id, moved in merges:
        _keep(MERGE, "id", id, moved=json.loads(vault.unseal(moved)) if isinstance(moved, str) else moved)
    for table in (
        "fact",
        "erasure",
        "data_link",
        "consent",
        "audit_entry",
        "vault_mark",
        "retention",
        "consent_text",
    ):
        op.drop_table(table)


def _each(change: Callable[[str], str]) -> None:
    """Change every value that is held sealed. Raises VaultLocked where there is one and no key."""
    for name, key, column in SEALED:
        table = sa.table(name, sa.column(key, sa.Integer), sa.column(column, sa.String))
        there = sa.select(table.c[key], table.c[column]).where(sa.func.length(table.c[column]) > 0)
        for id, value in op.get_bind().execute(there).all():
            _keep(table, key, id, **{column: change(value)})


def _keep(table: sa.TableClause, key: str, id: int, **values: object) -> None:
    op.get_bind().execute(sa.update(table).where(table.c[key] == id).values(**values))
