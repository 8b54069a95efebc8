"""The first tables: people, services done at homes, the talk about them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def one_of(check: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=op.f(check), native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nudge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forget_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
        sa.UniqueConstraint("channel", "account", "user", name=op.f("uq_conversation_channel_account_user")),
    )
    op.create_index(
        op.f("ix_conversation_forget_at"),
        "conversation",
        ["forget_at"],
        sqlite_where=sa.text("forget_at IS NOT NULL"),
        postgresql_where=sa.text("forget_at IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_conversation_nudge_at"),
        "conversation",
        ["nudge_at"],
        sqlite_where=sa.text("nudge_at IS NOT NULL"),
        postgresql_where=sa.text("nudge_at IS NOT NULL"),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("phone_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("phone LIKE '+%'", name=op.f("ck_customer_phone_is_e164")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_index(op.f("ix_customer_phone"), "customer", ["phone"])
    op.create_table(
        "media",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(op.f("ix_media_expires_at"), "media", ["expires_at"])
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("direction", one_of("ck_message_direction", "in", "out"), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            one_of(
                "ck_message_status",
                "received",
                "failing",
                "set_aside",
                "waiting",
                "sending",
                "sent",
                "undelivered",
                "expired",
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["answers_id"], ["message.id"], name=op.f("fk_message_answers_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "direction",
            "channel",
            "account",
            "external_id",
            name=op.f("uq_message_direction_channel_account_external_id"),
        ),
    )
    op.create_index(op.f("ix_message_answers_id"), "message", ["answers_id"])
    op.create_index(
        op.f("ix_message_queue"),
        "message",
        ["channel", "account", "user", "id"],
        sqlite_where=sa.text("status IN ('waiting', 'sending')"),
        postgresql_where=sa.text("status IN ('waiting', 'sending')"),
    )
    op.create_index(op.f("ix_message_talk"), "message", ["channel", "account", "user", "id"])
    op.create_index(
        op.f("ix_message_unsent"),
        "message",
        ["channel", "due_at"],
        sqlite_where=sa.text("status IN ('waiting', 'sending')"),
        postgresql_where=sa.text("status IN ('waiting', 'sending')"),
    )
    op.create_table(
        "policy_version",
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_policy_version")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status", one_of("ck_reminder_status", "waiting", "leased", "done", "cancelled"), nullable=False
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_reminder_dedupe_key")),
    )
    op.create_index(
        op.f("ix_reminder_due"),
        "reminder",
        ["due_at"],
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        op.f("ix_reminder_lease"),
        "reminder",
        ["lease_until"],
        sqlite_where=sa.text("status = 'leased'"),
        postgresql_where=sa.text("status = 'leased'"),
    )
    op.create_index(op.f("ix_reminder_subject"), "reminder", ["kind", "subject"])
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", one_of("ck_staff_member_rank", "clerk", "lead", "manager"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("gender", one_of("ck_worker_gender", "female", "male"), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("senior", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Float(), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("visits_done", sa.Integer(), nullable=False),
        sa.Column("since_day", sa.Date(), nullable=False),
        sa.Column("card_consent", sa.Boolean(), nullable=False),
        sa.Column("bio", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("size_m2", sa.Integer(), nullable=True),
        sa.Column("rooms", sa.Integer(), nullable=True),
        sa.Column("access_note", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_address_latitude_on_earth")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_address_longitude_on_earth")),
        sa.CheckConstraint("rooms > 0", name=op.f("ck_address_rooms_are_positive")),
        sa.CheckConstraint("size_m2 > 0", name=op.f("ck_address_size_is_positive")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_address_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_customer_id"), "address", ["customer_id"])
    op.create_table(
        "coverage",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_coverage_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", "area_code", name=op.f("pk_coverage")),
    )
    op.create_index(op.f("ix_coverage_area"), "coverage", ["area_code", "worker_id"])
    op.create_table(
        "handoff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", one_of("ck_handoff_status", "waiting", "taken", "closed"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_handoff_customer_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["staff_member.id"], name=op.f("fk_handoff_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff")),
    )
    op.create_index(op.f("ix_handoff_customer_id"), "handoff", ["customer_id"])
    op.create_index(
        op.f("ix_handoff_waiting"),
        "handoff",
        ["asked_at"],
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_index(
        op.f("uq_handoff_open"),
        "handoff",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('waiting', 'taken')"),
        postgresql_where=sa.text("status IN ('waiting', 'taken')"),
    )
    op.create_table(
        "hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker_ids", sa.JSON(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_hold_order")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_hold_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_hold_customer_id")),
    )
    op.create_index(op.f("ix_hold_expires_at"), "hold", ["expires_at"])
    op.create_table(
        "home_profile",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("pets", sa.Boolean(), nullable=True),
        sa.Column("elderly", sa.Boolean(), nullable=True),
        sa.Column("infants", sa.Boolean(), nullable=True),
        sa.Column("allergy", sa.String(), nullable=True),
        sa.Column("worker_gender", sa.String(), nullable=True),
        sa.Column("worker_language", sa.String(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_home_profile_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_home_profile")),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("worker_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unreachable_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN customer_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN worker_id IS NULL THEN 0 ELSE 1 END "
            "+ CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END "
            "= 1",
            name=op.f("ck_identity_one_person"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_identity_customer_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_member.id"], name=op.f("fk_identity_staff_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_identity_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("channel", "account", "user", name=op.f("uq_identity_channel_account_user")),
    )
    op.create_index(op.f("ix_identity_customer_id"), "identity", ["customer_id"])
    op.create_index(op.f("ix_identity_staff_id"), "identity", ["staff_id"])
    op.create_index(op.f("ix_identity_worker_id"), "identity", ["worker_id"])
    op.create_table(
        "paper",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("valid_until_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_paper_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", "kind", name=op.f("pk_paper")),
    )
    op.create_table(
        "preference",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("ck_preference_preference_kind", "favourite", "blocked"), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_preference_customer_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_preference_worker_id")),
        sa.PrimaryKeyConstraint("customer_id", "worker_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "shift",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("begins < ends", name=op.f("ck_shift_order")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_shift_weekday")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_shift_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", "weekday", "begins", name=op.f("pk_shift")),
    )
    op.create_index(op.f("ix_shift_weekday"), "shift", ["weekday", "begins", "ends", "worker_id"])
    op.create_table(
        "skill",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_skill_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", "code", name=op.f("pk_skill")),
    )
    op.create_table(
        "time_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_time_off_order")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_time_off_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_off")),
    )
    op.create_index(op.f("ix_time_off_ends_at"), "time_off", ["ends_at"])
    op.create_index(op.f("ix_time_off_worker_id"), "time_off", ["worker_id"])
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(6), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("address_line", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("add_ons", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            one_of(
                "ck_visit_status",
                "requested",
                "confirmed",
                "on_the_way",
                "arrived",
                "working",
                "finished",
                "cancelled",
                "declined",
                "lapsed",
                "no_access",
                "missed",
            ),
            nullable=False,
        ),
        sa.Column("quote", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("company_version", sa.String(), nullable=False),
        sa.Column("policy_version", sa.String(), nullable=False),
        sa.Column("rules_accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("fee_rule", sa.String(), nullable=True),
        sa.Column("wants_worker_id", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(status = 'requested') = (answer_by IS NOT NULL)", name=op.f("ck_visit_answer_due")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_visit_order")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_visit_total")),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_visit_address_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_visit_customer_id")),
        sa.ForeignKeyConstraint(["wants_worker_id"], ["worker.id"], name=op.f("fk_visit_wants_worker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("reference", name=op.f("uq_visit_reference")),
    )
    op.create_index(
        op.f("ix_visit_answer_by"),
        "visit",
        ["answer_by"],
        sqlite_where=sa.text("answer_by IS NOT NULL"),
        postgresql_where=sa.text("answer_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_visit_customer"), "visit", ["customer_id", "starts_at"])
    op.create_table(
        "assignment",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_assignment_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_assignment_worker_id")),
        sa.PrimaryKeyConstraint("visit_id", "worker_id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_worker_id"), "assignment", ["worker_id"])
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("for_customer", sa.Boolean(), nullable=False),
        sa.Column("for_worker", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("actor IN ('customer', 'worker', 'staff', 'bot')", name=op.f("ck_entry_actor")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_entry_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_visit_id"), "entry", ["visit_id"])
    op.create_table(
        "occupied",
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("half_hour", sa.Integer(), nullable=False),
        sa.Column("hold_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("lasts", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("prepares", sa.Integer(), nullable=False),
        sa.CheckConstraint("(hold_id IS NULL) <> (visit_id IS NULL)", name=op.f("ck_occupied_one_owner")),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_occupied_hold_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_occupied_visit_id")),
        sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=op.f("fk_occupied_worker_id")),
        sa.PrimaryKeyConstraint("worker_id", "half_hour", name=op.f("pk_occupied")),
    )
    op.create_index(op.f("ix_occupied_hold_id"), "occupied", ["hold_id"])
    op.create_index(
        op.f("ix_occupied_stay"),
        "occupied",
        ["half_hour", "lasts", "area_code", "prepares", "worker_id", "hold_id", "visit_id"],
        sqlite_where=sa.text("lasts > 0"),
        postgresql_where=sa.text("lasts > 0"),
    )
    op.create_index(op.f("ix_occupied_visit_id"), "occupied", ["visit_id"])


def downgrade() -> None:
    for table in (
        "occupied",
        "entry",
        "assignment",
        "visit",
        "time_off",
        "skill",
        "shift",
        "preference",
        "paper",
        "identity",
        "home_profile",
        "hold",
        "handoff",
        "coverage",
        "address",
        "worker",
        "staff_member",
        "reminder",
        "policy_version",
        "message",
        "media",
        "customer",
        "conversation",
    ):
        op.drop_table(table)
