"""No statement reads a whole table that grows with customers, visits or talk; the databases say so."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlmodel import SQLModel

from bot import notices, store
from channels import doctor
from channels.lookout import Lookout
from channels.web.record import Record
from core import bindings, correspondence, grants, identities, invitations, papers, ways, workers
from core.bindings import WrongCode
from core.company import Company
from core.correspondence import Peer
from core.database import transaction
from core.grants import Allowance
from core.identities import Role
from core.invitations import InvitationWrong
from core.settings import Settings
from core.ways import Limits, News
from tests import town
from tests.channels.test_delivery import FakeChannel
from tests.conftest import Moment
from tests.talk import Person
from tests.test_transcripts import FILES, FOLDER, Replay

NARROWING = {
    "acceptance": {"visit_id"},
    "address": {"id", "customer_id"},
    "arrival_code": {"visit_id"},
    "alarm": {"id", "raised_by", "visit_id"},
    "assignment": {"visit_id"},
    "attendance": {"visit_id", "starts_at"},
    "binding_offer": {"id", "customer_id", "code_digest", "token_digest", "until"},
    "binding_try": {"id", "user", "at"},
    "channel_grant": {"id", "user", "until"},
    "coaching": {"id", "worker_id"},
    "compensation": {"id", "customer_id", "visit_id", "remedy_id"},
    "complaint": {"id", "customer_id", "visit_id", "owner_id", "opened_at"},
    "complaint_statement": {"complaint_id", "worker_id"},
    "complaint_step": {"id", "complaint_id"},
    "check_item": {"visit_id"},
    "conversation": {"id", "user", "nudge_at", "forget_at"},
    "complaint_asked": {"message_id", "complaint_id"},
    "customer": {"id", "phone", "name"},
    "dropout": {"id", "visit_id"},
    "entry": {"id", "visit_id"},
    "extra": {"id", "visit_id"},
    "forewarning": {"id", "key", "customer_id"},
    "guest": {"hall_id", "user"},
    "handoff": {"id", "customer_id", "taken_by"},
    "home_profile": {"customer_id"},
    "identity": {"id", "user", "customer_id", "worker_id", "staff_id"},
    "invitation": {"id", "worker_id", "staff_id", "code_digest", "token_digest"},
    "incident": {"id", "visit_id"},
    "merge": {"id", "kept_id", "given_id"},
    "media": {"id", "user", "expires_at", "subject"},
    "message": {"id", "user", "external_id", "answers_id", "due_at"},
    "observation": {"id", "visit_id"},
    "occupied": {"half_hour", "visit_id", "hold_id"},
    "offer": {"id", "visit_id", "worker_id"},
    "payment": {"visit_id"},
    "photo_consent": {"visit_id"},
    "praise": {"worker_id"},
    "preference": {"customer_id"},
    "rating": {"visit_id", "worker_id"},
    "remedy": {"id", "complaint_id"},
    "reminder": {"id", "dedupe_key", "subject", "due_at", "lease_until"},
    "room": {"id", "complaint_id"},
    "visit": {"id", "reference", "customer_id", "answer_by", "closed_at"},
    "welfare_consent": {"id", "customer_id"},
    "welfare_report": {"visit_id"},
}
"""The tables that grow, and the columns a statement may find its few rows by."""
SHARED = {"channel", "account", "direction", "kind", "status", "purpose"}
"""Columns whose few values each stand in a great many rows."""
SMALL = {
    "ix_alarm_frozen", "ix_alarm_unsettled", "ix_complaint_owner", "ix_complaint_unsettled",
    "ix_forewarning_open", "ix_forewarning_unsaid", "ix_handoff_waiting", "ix_incident_open",
    "ix_message_queue", "ix_message_set_aside", "ix_message_unsent", "ix_observation_open",
    "ix_observation_waiting", "ix_occupied_hold", "ix_payment_unpaid", "ix_rating_appealed",
    "ix_reminder_lease", "ix_room_unsettled", "ix_visit_answer_by", "ix_visit_live", "uq_alarm_open",
    "uq_coaching_open", "uq_dropout_open", "uq_extra_proposed",
}  # fmt: skip
"""Indexes of what is still to be done; they may be read whole, because it gets done."""

BY_EXPRESSION = {"ix_customer_phone_end"}
"""Indexes over an expression, which a plan does not name as a column."""

PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
NEWEST = ("SELECT max(message.id)", "SELECT max(merge.id)")
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
                    columns |= {"id", "customer_id", "visit_id", "message_id"} & NARROWING.get(table, set())
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
    connection.execute(_MANY_VALUES, _columns())
    for way in ("seqscan", "hashjoin", "mergejoin"):  # which are cheap for a table of few pages
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    for statement, parameters in statements.items():
        if not set(empty) & set(re.findall(r"\w+", statement)):
            EXPLAINED["postgresql"].add(statement)
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
            for reading in _readings(plan[0]["Plan"]):
                yield statement, reading


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
    for below in node.get("Plans", ()):
        yield from _readings(below, table)


def report(broken: list[str]) -> None:
    assert not broken, "\n" + "\n".join(broken)


@pytest.fixture
def furnished(engine: Engine, company: Company, moment: Moment) -> Engine:
    """A database with the town's people in it."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    return engine


def follow(replay: Replay, file: Path) -> None:
    """Hold the conversation of a transcript without looking at what is answered."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(("> ", "@ ")):
            replay.play(line)


def without_translations() -> list[Path]:
    """Every transcript that is not held in Chinese as well: other words ask the database for nothing else."""
    chinese = {file.name for file in FILES if file.parent.name == "zh"}
    return [file for file in FILES if file.parent.name == "zh" or file.name not in chinese]


@pytest.mark.parametrize("file", without_translations(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_turn_reads_a_whole_table(furnished: Engine, company: Company, moment: Moment, file: Path) -> None:
    replay, heard = Replay(furnished, company, moment, buttons=True), Heard()
    with heard.on(furnished):
        follow(replay, file)
    assert heard.statements
    report(heard.reading_too_much(furnished))


def test_no_sweep_reads_a_whole_table(furnished: Engine, company: Company, moment: Moment) -> None:
    heard = Heard()
    home, last = "武侯区科华北路12号3栋501", ("都可以", "王女士", "13800001234", "没有", "确认")
    for user, wish, answers in (
        ("visited", "后天上午九点日常保洁3小时", ("不用", home, "没有", *last)),
        ("asking", "想约收纳整理 4小时 周五上午九点", ("不用加", home, "没有", *last)),
        ("gone", "明天上午九点日常保洁3小时", ("不用", home, "没有")),  # while a window is held
    ):
        Person(furnished, company, moment, user).says(wish, *answers)

    with heard.on(furnished):
        for hours in (1, 23, 24):
            moment.forward(hours=hours)
            notices.due(furnished, company)

    assert {"hold", "reminder", "entry"} <= {name for each in heard.statements for name in each.split()}
    report(heard.reading_too_much(furnished))


def test_no_delivery_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard = Heard()
    with transaction(furnished) as session:
        ids = [
            correspondence.post(session, peer(n), body="-", content={}, now=moment.now)
            for n in (1, 1, *range(2, 40))
        ]

    with heard.on(furnished), transaction(furnished) as session:
        claimed = correspondence.claim(session, "telegram", "main", moment.now)
        correspondence.is_next(session, peer(1))
        correspondence.with_earlier(session, [one._replace(content={"closes": one.id}) for one in claimed])
        after = correspondence.following(session, claimed[0], moment.now)
        along = correspondence.take_together(session, after, moment.now)
        correspondence.likewise(session, claimed[0]._replace(along=(ids[1],)))
        correspondence.arrived(session, [correspondence.Arrival(ids[0], moment.now, "7")])
        correspondence.postpone(session, ids[2], moment.forward(minutes=1), "busy")
        correspondence.give_up(session, ids[3], "gone")
        correspondence.unsure(session, claimed[-1], moment.now, "cut off")
        correspondence.readdress(session, peer(2), "22")
        correspondence.sweep(session, "telegram", "main", moment.now)
        store.readdress(session, peer(2), "22")

    assert [message.id for message in claimed] == [ids[0], *ids[2:]]
    assert [message.id for message in along] == [ids[1]]
    report(heard.reading_too_much(furnished))


def test_no_budget_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard, hour = Heard(), timedelta(hours=1)
    limits = Limits(counted=True, earns={"message": Allowance("wrote", 5, hour)}, templates={"near": "T1"})
    accounts = {("telegram", "main"): limits}
    with transaction(furnished) as session:
        customer = identities.speaker(session, *peer(1), language="en", now=moment.now).customer_id or 0
        for number in range(2, 40):
            identities.bind_customer(session, *peer(number), customer, now=moment.now)
            ways.met(session, peer(number), "message", limits, moment.now)
        ids = [correspondence.post(session, peer(1), body="-", content={}, now=moment.now) for _ in range(3)]

    with heard.on(furnished), transaction(furnished) as session:
        correspondence.hold(session, ids[0], "wait:window-closed")
        correspondence.goes(session, ids[1], "direct:budget")
        ways.choose(session, News(peer(1), kind="near", critical=True), accounts, moment.now)
        ways.call(session, customer, about="V1", words="-", by=None, zone=UTC, now=moment.now)
        ways.met(session, peer(1), "message", limits, moment.now)
        grants.accept(session, peer(1), "T1", moment.now)
        grants.spend_template(session, peer(1), "T1")
        _, units = ways.take(session, News(peer(1)), accounts, moment.now)
        grants.give_back(session, peer(1), units)
        grants.reject(session, peer(1), "T1")
        grants.void(session, peer(1), earned_before=moment.now)
        grants.sweep(session, moment.now)

    assert units
    report(heard.reading_too_much(furnished))


def test_no_binding_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard = Heard()
    with transaction(furnished) as session:
        who = [
            identities.behind(session, *peer(number), language="en", now=moment.now) for number in range(40)
        ]
        for one in who[3:]:
            token = bindings.offer(session, one, moment.now).token
            with contextlib.suppress(WrongCode):
                bindings.verify(session, one, "wrong", moment.now)
        bindings.bind(session, who[2], token, moment.now)

    with heard.on(furnished), transaction(furnished) as session:
        made = bindings.bind(session, who[1], bindings.offer(session, who[0], moment.now).code, moment.now)
        with contextlib.suppress(WrongCode):
            bindings.verify(session, who[1], "wrong", moment.now)
        assert bindings.latest(session, made.customer.id or 0)
        bindings.undo(session, made.merge_id, by=1, now=moment.now)

    assert {"merge", "binding_offer", "binding_try"} <= {
        name for each in heard.statements for name in each.split()
    }
    report(heard.reading_too_much(furnished))


def test_no_joining_reads_a_whole_table(furnished: Engine, company: Company, moment: Moment) -> None:
    heard = Heard()
    with transaction(furnished) as session:
        who = [
            identities.behind(session, *peer(number), language="en", now=moment.now) for number in range(40)
        ]
        team = [workers.worker(session, number) for number in (1, 2, 3, 4)]
        for _ in range(10):
            for one in team:
                invitations.invite_worker(session, one, moment.now)

    with heard.on(furnished), transaction(furnished) as session:
        made = invitations.invite_worker(session, team[0], moment.now)
        with contextlib.suppress(InvitationWrong):
            invitations.verify(session, who[2], "AAAA-AAA9", moment.now)
        invitations.accept(session, who[1], made.code, moment.now)
        identities.speak_as(session, *peer(1), Role.CUSTOMER)
        papers.keep(session, company, 1, "health", date(2026, 12, 1), now=moment.now)
        papers.lacking(session, company, papers.of(session, 1)[0], moment.now)
        identities.release_worker(session, 1, language="en", now=moment.now)

    assert "invitation" in {name for each in heard.statements for name in each.split()}
    report(heard.reading_too_much(furnished))


def peer(number: int) -> Peer:
    return Peer("telegram", "main", str(number))


def test_no_page_of_the_web_chat_reads_a_whole_table(
    furnished: Engine, company: Company, moment: Moment, tmp_path: Path
) -> None:
    heard, record = Heard(), Record(furnished)
    follow(Replay(furnished, company, moment, buttons=True), FOLDER / "zh/booking.txt")
    visitor = Peer("web", "main", "customer")

    with heard.on(furnished):
        page, _ = record.latest(visitor)
        record.latest(visitor, before=page[5].id)
        record.taken(record.since(visitor, page[3].id or 0))
        record.seen(visitor, page[-1].id or 0)
        record.news(record.newest() - 5)
    with heard.on(furnished), transaction(furnished) as session:
        page[-1].created_at = moment.now
        correspondence.unshown(session, "web", "main", timedelta(minutes=30), moment.now)
        correspondence.is_shown_to(session, page[-1], visitor)

    report(heard.reading_too_much(furnished))


async def test_no_scrape_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard, lookout = Heard(), Lookout(furnished, [FakeChannel("telegram")])
    with transaction(furnished) as session:
        correspondence.post(session, peer(1), body="-", content={}, now=moment.now)

    with heard.on(furnished):
        seen = await lookout.look(max_age=timedelta(0), within=timedelta(seconds=30))

    lookout.close()
    assert seen.outbox["telegram"].messages == 1
    report(heard.reading_too_much(furnished))


def test_the_doctor_reads_no_whole_table(furnished: Engine, tmp_path: Path, moment: Moment) -> None:
    heard, url = Heard(), furnished.url.render_as_string(hide_password=False)
    chosen = Settings.model_validate({"data_dir": tmp_path, "database_url": url})

    with heard.on(Engine):  # the doctor opens the database by itself
        findings = doctor.examine(lambda: chosen)

    assert "holds" in {finding.what for finding in findings}
    report(heard.reading_too_much(furnished))
