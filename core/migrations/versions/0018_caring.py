"""Care around a visit: calls for help, what workers notice, lights for elders and infants, thanks."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def one_of(check: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=op.f(check), native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "welfare_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.CheckConstraint("contact_phone LIKE '+%'", name=op.f("ck_welfare_consent_phone_is_e164")),
        sa.CheckConstraint(
            "(contact_name IS NULL) = (contact_phone IS NULL)", name=op.f("ck_welfare_consent_whole_contact")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_welfare_consent_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_consent")),
    )
    op.create_index(op.f("ix_welfare_consent_customer_id"), "welfare_consent", ["customer_id"])
    op.create_index(
        op.f("uq_welfare_consent"),
        "welfare_consent",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("place_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mistaken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("outcome", one_of("ck_alarm_outcome", "goes_on", "called_off", "mistaken"), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name=op.f("ck_alarm_settled_somehow")),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)", name=op.f("ck_alarm_settled_by_somebody")
        ),
        sa.CheckConstraint(
            "(taken_at IS NULL) = (taken_by IS NULL)", name=op.f("ck_alarm_taken_by_somebody")
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["worker.id"], name=op.f("fk_alarm_raised_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff_member.id"], name=op.f("fk_alarm_settled_by")),
        sa.ForeignKeyConstraint(["taken_by"], ["staff_member.id"], name=op.f("fk_alarm_taken_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_alarm_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    op.create_index(
        op.f("ix_alarm_frozen"),
        "alarm",
        ["visit_id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        op.f("ix_alarm_unsettled"),
        "alarm",
        ["raised_at"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        op.f("uq_alarm_open"),
        "alarm",
        ["raised_by"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            one_of("ck_observation_what", "pets", "infants", "elderly", "allergy", "access", "other", "next"),
            nullable=False,
        ),
        sa.Column("is_there", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column(
            "status",
            one_of("ck_observation_status", "proposed", "confirmed", "refused", "expired"),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'proposed') = (decided_at IS NULL)", name=op.f("ck_observation_decided")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_observation_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_observation_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(
        op.f("ix_observation_open"),
        "observation",
        ["visit_id"],
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_index(op.f("ix_observation_visit_id"), "observation", ["visit_id"])
    op.create_index(
        op.f("ix_observation_waiting"),
        "observation",
        ["at"],
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "praise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_praise_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_praise_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_praise")),
    )
    op.create_index(op.f("ix_praise_worker"), "praise", ["worker_id", "at"])
    op.create_table(
        "welfare_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("light", one_of("ck_welfare_report_light", "green", "yellow", "red"), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_welfare_report_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_welfare_report_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_report")),
        sa.UniqueConstraint("visit_id", "light", name=op.f("uq_welfare_report_visit_id_light")),
    )


def downgrade() -> None:
    for table in ("welfare_report", "welfare_consent", "praise", "observation", "alarm"):
        op.drop_table(table)
