"""A prepared statement behaves as SQLAlchemy's own way does, only cheaper."""

import pytest
from sqlalchemy import Engine, bindparam, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session, SQLModel

from core import correspondence
from core.correspondence import Peer
from core.customers import Customer
from core.database import is_gone, lost_race, transaction
from core.prepared import Prepared
from tests.conftest import Moment

CUSTOMER = SQLModel.metadata.tables["customer"]
GREET = Prepared(
    insert(CUSTOMER).returning(CUSTOMER.c.id),
    ("name", "phone", "phone_verified_at", "language", "created_at", "joined_at"),
)
READ = Prepared(
    select(CUSTOMER.c.id, CUSTOMER.c.language, CUSTOMER.c.created_at, CUSTOMER.c.joined_at).where(
        CUSTOMER.c.id == bindparam("of_id")
    )
)
JOIN = Prepared(
    update(CUSTOMER)
    .where(CUSTOMER.c.id == bindparam("of_id"))
    .values(name="王女士", joined_at=bindparam("at"), phone=None)
)


def greeted(session: Session, moment: Moment, **more: object) -> int:
    nothing = {"name": None, "phone": None, "phone_verified_at": None, "joined_at": None}
    row = GREET.first(session, {**nothing, "language": "zh-CN", "created_at": moment.now, **more})
    assert row is not None
    return int(row[0])


def test_rows_and_values_have_the_types_of_their_columns(session: Session, moment: Moment) -> None:
    id = greeted(session, moment)
    assert READ.first(session, {"of_id": id}) == (id, "zh-CN", moment.now, None)
    assert session.get_one(Customer, id).created_at == moment.now


def test_no_row_is_none(session: Session) -> None:
    assert READ.first(session, {"of_id": 999}) is None


def test_a_change_takes_what_the_statement_itself_says_and_counts(session: Session, moment: Moment) -> None:
    id = greeted(session, moment, phone="+8613800001234")
    assert JOIN.changed(session, {"of_id": id, "at": moment.now}) == 1
    assert JOIN.changed(session, {"of_id": 999, "at": moment.now}) == 0
    customer = session.get_one(Customer, id)
    assert (customer.name, customer.phone, customer.joined_at) == ("王女士", None, moment.now)


@pytest.mark.parametrize("statement", [READ, JOIN])
def test_a_value_that_is_missing_is_a_mistake_of_ours(session: Session, statement: Prepared) -> None:
    with pytest.raises((KeyError, ProgrammingError)):
        statement.first(session, {})


def test_a_refused_row_is_a_lost_race_as_ever_and_undoes_all(engine: Engine, moment: Moment) -> None:
    peer = Peer("web", "main", "mei")

    def refused() -> None:
        with transaction(engine) as session:
            correspondence.post(session, peer, body="hello", content={}, now=moment.now)
            greeted(session, moment, language=None)

    with pytest.raises(IntegrityError) as error:
        refused()
    assert lost_race(error.value)
    assert error.value.params is None
    with transaction(engine) as session:
        assert correspondence.is_next(session, peer)
        assert greeted(session, moment)


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_connection_that_is_gone_is_told_and_used_no_more(engine: Engine, moment: Moment) -> None:
    def cut_off() -> None:
        with transaction(engine) as session:
            mine = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with engine.begin() as other:
                other.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})
            READ.first(session, {"of_id": 1})

    with pytest.raises(DBAPIError) as gone:
        cut_off()
    assert is_gone(gone.value)
    assert gone.value.connection_invalidated
    with transaction(engine) as session:
        assert READ.first(session, {"of_id": greeted(session, moment)}) is not None


def test_who_listens_to_statements_hears_it(engine: Engine) -> None:
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: heard.append(call[2]))
    with transaction(engine) as session:
        READ.first(session, {"of_id": 1})
    assert any("FROM customer" in one for one in heard)
