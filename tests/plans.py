"""Listens to the statements a database is given, and asks it whether any reads all of a table that grows."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, event, text
from sqlmodel import SQLModel

NARROWING = {
    "acceptance": {"visit_id"},
    "address": {"id", "customer_id"},
    "address_code": {"id", "customer_id", "address"},
    "arrival_code": {"visit_id"},
    "audit_entry": {"id", "at", "customer_id"},
    "alarm": {"id", "raised_by", "visit_id"},
    "assignment": {"visit_id"},
    "attendance": {"visit_id", "starts_at"},
    "binding_offer": {"id", "customer_id", "code_digest", "token_digest", "until"},
    "binding_try": {"id", "user", "at"},
    "campaign_target": {"id", "customer_id", "campaign_id"},
    "channel_grant": {"id", "user", "until"},
    "coaching": {"id", "worker_id"},
    "consent": {"id", "customer_id"},
    "care_task": {"id", "customer_id", "key"},
    "contract": {"id", "customer_id"},
    "lifecycle": {"customer_id", "look_at"},
    "suggestion": {"id", "customer_id", "key"},
    "compensation": {"id", "customer_id", "visit_id", "remedy_id"},
    "complaint": {"id", "customer_id", "visit_id", "owner_id", "opened_at"},
    "complaint_statement": {"complaint_id", "worker_id"},
    "complaint_step": {"id", "complaint_id"},
    "check_item": {"visit_id"},
    "data_link": {"token_digest", "customer_id", "until"},
    "erasure": {"id", "customer_id"},
    "conversation": {"id", "user", "nudge_at", "forget_at"},
    "complaint_asked": {"message_id", "complaint_id"},
    "coupon": {"id", "customer_id", "visit_id", "key", "code_id"},
    "customer": {"id", "phone", "name"},
    "dropout": {"id", "visit_id"},
    "entry": {"id", "visit_id"},
    "extra": {"id", "visit_id"},
    "fact": {"id", "customer_id"},
    "forewarning": {"id", "key", "customer_id"},
    "guest": {"hall_id", "user"},
    "held_message": {"customer_id"},
    "notification": {"id", "customer_id"},
    "notify_address": {"customer_id"},
    "message_refusal": {"customer_id"},
    "message_wish": {"customer_id"},
    "unasked_message": {"id", "customer_id"},
    "handoff": {"id", "customer_id", "taken_by"},
    "home_profile": {"customer_id"},
    "household_home": {"address_id", "household_id"},
    "household_invitation": {"id", "by_id", "code_digest", "token_digest"},
    "household_person": {"id", "household_id", "customer_id", "contact_id"},
    "household_visit": {"visit_id"},
    "identity": {"id", "user", "customer_id", "worker_id", "staff_id"},
    "invitation": {"id", "worker_id", "staff_id", "code_digest", "token_digest"},
    "incident": {"id", "visit_id"},
    "merge": {"id", "kept_id", "given_id"},
    "media": {"id", "user", "expires_at", "subject"},
    "message": {"id", "user", "external_id", "answers_id", "due_at"},
    "observation": {"id", "visit_id"},
    "occupied": {"half_hour", "visit_id", "hold_id"},
    "offer": {"id", "visit_id", "worker_id"},
    "package": {"id", "customer_id"},
    "package_entry": {"package_id", "visit_id", "key"},
    "payment": {"visit_id"},
    "photo_consent": {"visit_id"},
    "plan": {"id", "customer_id", "look_at"},
    "plan_date": {"id", "plan_id", "visit_id"},
    "plan_pause": {"id", "plan_id"},
    "plan_rule": {"id", "plan_id"},
    "plan_worker": {"plan_id"},
    "praise": {"visit_id", "worker_id"},
    "point_adjustment": {"id", "customer_id", "asked_at"},
    "point_entry": {"id", "lot_id", "customer_id", "subject"},
    "point_lot": {"id", "customer_id", "key", "subject", "expires_at"},
    "preference": {"customer_id"},
    "rating": {"visit_id", "worker_id"},
    "referral": {"id", "friend_id", "referrer_id", "visit_id"},
    "referral_code": {"customer_id", "code"},
    "remedy": {"id", "complaint_id"},
    "redemption": {"id", "customer_id", "asked_at"},
    "reminder": {"id", "dedupe_key", "subject", "due_at", "lease_until"},
    "room": {"id", "complaint_id"},
    "membership": {"id", "customer_id"},
    "waiting": {"id", "customer_id", "day", "look_at"},
    "split": {"id", "kept_id", "made_id"},
    "visit": {"id", "reference", "customer_id", "answer_by", "closed_at"},
    "welfare_consent": {"id", "customer_id"},
    "welfare_report": {"visit_id"},
}
"""The tables that grow, and the columns a statement may find its few rows by."""
SHARED = {"channel", "account", "direction", "kind", "status", "purpose"}
"""Columns whose few values each stand in a great many rows."""
SMALL = {
    "ix_address_access_until", "ix_alarm_frozen", "ix_alarm_unsettled", "ix_care_task_open",
    "ix_compensation_points_owed",
    "ix_complaint_owner", "ix_complaint_resolved", "ix_complaint_unsettled", "ix_erasure_untraced",
    "ix_forewarning_open", "ix_forewarning_unsaid", "ix_handoff_waiting", "ix_incident_open",
    "ix_message_queue", "ix_message_set_aside", "ix_message_unsent", "ix_observation_open",
    "ix_observation_waiting", "ix_occupied_hold", "ix_package_pending", "ix_payment_unpaid",
    "ix_plan_date_unplaced", "ix_plan_look_at", "ix_point_adjustment_waiting", "ix_rating_appealed",
    "ix_redemption_waiting", "ix_referral_doubted", "ix_reminder_lease", "ix_room_unsettled",
    "ix_visit_answer_by", "ix_visit_live", "ix_waiting_look_at", "ix_waiting_queue", "uq_alarm_open",
    "uq_coaching_open", "uq_dropout_open", "uq_extra_proposed", "uq_waiting_live",
}  # fmt: skip
"""Indexes of what is still to be done; they may be read whole, because it gets done."""

BY_EXPRESSION = {"ix_customer_phone_end"}
"""Indexes over an expression, which a plan does not name as a column."""

PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
NEWEST = ("SELECT max(message.id)", "SELECT max(merge.id)", "SELECT max(point_lot.id)")
"""One look at the end of an index, which plans show as if all of it were read."""


@dataclass
class Heard:
    """The statements that were executed, each with the parameters of its first time."""

    statements: dict[str, object] = field(default_factory=dict)

    @contextmanager
    def on(self, engine: Engine | type[Engine]) -> Iterator[None]:
        """Listen to what is executed on this engine (or on all of them) meanwhile."""
        event.listen(engine, "before_cursor_execute", self._hear)
        yield
        event.remove(engine, "before_cursor_execute", self._hear)

    def _hear(
        self,
        _connection: Connection,
        _cursor: object,
        statement: str,
        parameters: object,
        _context: object,
        executemany: bool,
    ) -> None:
        if statement.startswith(PLANNED) and not statement.startswith(NEWEST):
            # Several rows that one INSERT writes and reads back come with all their values at once.
            apart = executemany and isinstance(parameters, list)
            self.statements.setdefault(statement, parameters[0] if apart else parameters)

    def reading_too_much(self, engine: Engine) -> list[str]:
        """The statements that would read all of a table that grows, with the part of the plan that does.

        What a database has explained before in this process is not asked again.
        """
        planned = _planned_by_sqlite if engine.dialect.name == "sqlite" else _planned_by_postgresql
        known = EXPLAINED.setdefault(engine.dialect.name, set())
        new = {one: values for one, values in self.statements.items() if one not in known}
        with engine.connect() as connection:
            found = [
                f"{statement}\n    {step}"
                for statement, (step, table, index, columns) in planned(connection, new)
                if table in NARROWING
                and index not in SMALL | BY_EXPRESSION
                and not columns & NARROWING[table]
            ]
            connection.rollback()
        return found


EXPLAINED: dict[str, set[str]] = {}
"""The statements that were judged, by the database that explained them."""
Reading = tuple[str, str, str, set[str]]
"""A step of a plan in the database's words, its table, the index and the columns it looks up."""

_STEP = re.compile(r"(?:SCAN|SEARCH) (\w+?)(?:_\d+)?(?: USING .*?(?:INDEX (\w+)|KEY))?(?: \((.*)\))?$")
_CONDITION = re.compile(r'\("?(\w+)"?\)?(?:::\w+)? [=<>]')


def _planned_by_sqlite(
    connection: Connection, statements: Mapping[str, object]
) -> Iterator[tuple[str, Reading]]:
    for statement, parameters in statements.items():
        EXPLAINED["sqlite"].add(statement)
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
            if found := _STEP.match(row.detail):
                table, index, conditions = found.groups()
                columns = set(re.findall(r"\w+(?=[=<>])", conditions or ""))
                if "rowid" in columns:
                    columns |= {"id", "customer_id", "visit_id", "message_id", "address_id"} & NARROWING.get(
                        table, set()
                    )
                yield statement, (row.detail, table, index or "", columns)


def _planned_by_postgresql(
    connection: Connection, statements: Mapping[str, object]
) -> Iterator[tuple[str, Reading]]:
    """As for a large company: with so many rows a page, times the pages there are, and so many rows a value.

    A table without a single page cannot be made to look large, so what it takes part in is not judged.
    """
    names = {"names": list(NARROWING)}
    empty = connection.execute(_EMPTY, names).scalars().all()
    connection.execute(_MANY_ROWS, names)
    connection.execute(_LONG_INDEXES, names | {"small": list(SMALL)})
    connection.execute(_MANY_VALUES, _columns())
    for way in ("seqscan", "hashjoin", "mergejoin"):  # which are cheap for a table of few pages
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    for statement, parameters in statements.items():
        if not set(empty) & set(re.findall(r"\w+", statement)):
            EXPLAINED["postgresql"].add(statement)
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
            for reading in _readings(plan[0]["Plan"]):
                yield statement, reading


_LONG_INDEXES = text(
    "UPDATE pg_class SET reltuples = 1000000, relpages = 1 FROM pg_index"
    " WHERE pg_class.oid = pg_index.indexrelid AND indrelid = ANY(CAST(:names AS regclass[]))"
    " AND relname <> ALL(:small)"
)
_EMPTY = text("SELECT relname FROM pg_class WHERE relname = ANY(:names) AND pg_relation_size(oid) = 0")
_MANY_ROWS = text(
    "UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE relname = ANY(:names) AND relkind = 'r'"
)
_MANY_VALUES = text(
    "SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', CAST(:table AS text), 'attname',"
    " CAST(:column AS text), 'inherited', false, 'null_frac', CAST(0 AS real), 'avg_width', 8,"
    " 'n_distinct', CAST(:values AS real))"
)


def _columns() -> list[dict[str, object]]:
    return [
        {
            "table": table,
            "column": name,
            "values": 5 if name in SHARED else -0.2,
        }  # below 0: a part of the rows
        for table, narrowing in NARROWING.items()
        for name in {*narrowing, *SHARED & {column.name for column in SQLModel.metadata.tables[table].c}}
    ]


def _readings(node: dict, table: str = "") -> Iterator[Reading]:
    table = node.get("Relation Name", table)
    if "Index Name" in node or node["Node Type"] == "Seq Scan":
        condition = node.get("Index Cond", "")
        step = f"{node['Node Type']} on {table} by {node.get('Index Name')}: {condition or 'all of it'}"
        yield step, table, node.get("Index Name", ""), set(_CONDITION.findall(condition))
    below = [reading for one in node.get("Plans", ()) for reading in _readings(one, table)]
    if node["Node Type"] == "BitmapAnd":  # what one of them narrows is all that is read of the table
        below = [one for one in below if one[3] & NARROWING.get(one[1], set())] or below
    yield from below


def report(broken: list[str]) -> None:
    assert not broken, "\n" + "\n".join(broken)
