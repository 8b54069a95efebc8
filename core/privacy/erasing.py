"""Removing a person: asked for, thought over, done. What the law wants kept stays without them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, Table, and_, delete, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import complaints, households, reminders, visits, windows
from core.complaints import Complaint
from core.correspondence import Status as Said
from core.customers import Customer
from core.errors import DomainError
from core.identities import Identity, Role
from core.privacy import holdings, traces
from core.privacy.holdings import Person
from core.vault import SealedJson

if TYPE_CHECKING:
    from core.company import Company

KIND = "erasure"
"""The reminder that removes somebody when the time comes; its subject is the customer's number."""
_OPEN = text("withdrawn_at IS NULL AND erased_at IS NULL")
_UNTRACED = text("erased_at IS NOT NULL AND traced_at IS NULL")
GONE = frozenset(
    "address_code arrival_code binding_offer binding_question binding_try campaign_target care_task"
    " channel_grant conversation data_link fact greeting held_message home_profile household_invitation"
    " household_person lifecycle message_refusal message_wish notify_address praise preference refusal_link"
    " suggestion unasked_message".split()
)
"""Tables whose rows go."""
BLANK: Mapping[str, Mapping[str, Any]] = {  # Any: what a column holds
    "acceptance": {"media": []},
    "address": {
        "line": "",
        "detail": None,
        "access_note": None,
        "access_until": None,
        "latitude": None,
        "longitude": None,
    },
    "alarm": {"words": "", "latitude": None, "longitude": None},
    "attendance": {"media_id": None},
    "audit_entry": {"was": None, "became": None},
    "check_item": {"why_not": None},
    "complaint": {"words": "", "wish": "", "media": [], "outcome": "", "outside_reference": None},
    "complaint_statement": {"words": "", "media": []},
    "complaint_step": {"words": ""},
    "customer": {"name": None, "phone": None, "phone_verified_at": None},
    "extra": {"why": ""},
    "handoff": {"words": "", "notes": "", "channel": None, "account": None, "user": None, "outcome": None},
    "incident": {"words": "", "media": []},
    "notification": {"user": ""},
    "merge": {"moved": {}, "user": ""},
    "split": {"moved": {}, "why": ""},
    "observation": {"words": ""},
    "rating": {"words": "", "media": [], "appeal": ""},
    "visit": {
        "address_line": "",
        "note": None,
        "contact_name": None,
        "contact_phone": None,
        "cancel_reason": None,
    },
    "welfare_consent": {"contact_name": None, "contact_phone": None},
    "welfare_report": {"words": ""},
}
"""Columns of what stays, emptied of whoever it was about. All else of these rows is figures and codes."""
CLEANED: Mapping[str, tuple[str, ...]] = {
    "complaint_step": ("detail",),
    "entry": ("detail", "reason"),
    "forewarning": ("facts",),
    "incident": ("reason",),
    "complaint": ("severity_reason",),
    "handoff": ("reason",),
}
"""Columns with codes and words side by side: the words go."""


class Erasure(SQLModel, table=True):
    """Somebody asked to be removed. Of one customer one stands at a time."""

    __table_args__ = (
        Index("uq_erasure_open", "customer_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_erasure_untraced", "id", sqlite_where=_UNTRACED, postgresql_where=_UNTRACED),
    )

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    asked_at: datetime
    due_at: datetime
    by: str
    """Who asked: customer or staff."""
    withdrawn_at: datetime | None = None
    erased_at: datetime | None = None
    """Since when all that was theirs is gone."""
    needles: dict[str, Any] = Field(default_factory=dict, sa_type=SealedJson)  # Any: `traces.Needles` as JSON
    """What is still looked for in what others were told of them; nothing once that is done."""
    cursor: int = 0
    last: int = 0
    """From which message to which it is looked for."""
    traced_at: datetime | None = None
    """Since when that is done as well."""


class StillOpen(DomainError):
    """Visits ahead (`visits`, by reference) or complaints (`complaints`, by number) have to be over first."""

    key = "erasure-still-open"

    def __init__(self, *, visits: list[str], complaints: list[int]) -> None:
        super().__init__(visits=visits, complaints=complaints)
        self.visits, self.complaints = visits, complaints


def find(session: Session, customer_id: int) -> Erasure | None:
    """The request that waits for its time."""
    theirs = select(Erasure).where(Erasure.customer_id == customer_id, _OPEN)
    return session.exec(theirs).one_or_none()


def ask(
    session: Session,
    company: "Company",
    customer_id: int,
    *,
    by: str,
    now: datetime,
    at: datetime | None = None,
) -> Erasure:
    """Have somebody removed when the company's time for second thoughts is over (`at`: then instead).

    Asking again changes nothing. Raises StillOpen.
    """
    check(session, customer_id, now)
    found = find(session, customer_id)
    if found is not None:
        return found
    due = at or now + timedelta(hours=company.privacy.erasure_hours)
    made = Erasure(customer_id=customer_id, asked_at=now, due_at=due, by=by)
    session.add(made)
    session.flush()
    reminders.schedule(session, KIND, str(customer_id), due, dedupe_key=f"{KIND}:{made.id}")
    return made


def withdraw(session: Session, customer_id: int, now: datetime) -> bool:
    """They changed their mind; False where nothing was asked for, or it is done."""
    found = find(session, customer_id)
    if found is None or not give_up(session, found, now):
        return False
    reminders.cancel(session, f"{KIND}:{found.id}")
    return True


def give_up(session: Session, asked: Erasure, now: datetime) -> bool:
    """The request stands no more, and its reminder finds nothing to do; False where it was done meanwhile."""
    # The condition stands in the statement itself, so that it is not taken back while it is being done.
    still = (col(Erasure.id) == asked.id, _OPEN)
    taken_back = session.exec(update(Erasure).where(*still).values(withdrawn_at=now)).rowcount
    session.refresh(asked)
    return bool(taken_back)


def check(session: Session, customer_id: int, now: datetime) -> None:
    """Raises StillOpen while they have a visit ahead, or a complaint that is not closed."""
    ahead = visits.upcoming(session, customer_id, now)
    unclosed = (Complaint.customer_id == customer_id, Complaint.status != complaints.Status.CLOSED)
    cases = session.exec(select(Complaint.id).where(*unclosed).order_by(col(Complaint.id))).all()
    if ahead or cases:
        raise StillOpen(visits=[one.reference for one in ahead], complaints=[id or 0 for id in cases])


def erase(session: Session, asked: Erasure, now: datetime) -> None:
    """Remove everything that was theirs. What others were told of them goes in `traces.sweep`, bit by bit.

    Raises StillOpen when something came up since it was asked for; then nothing has changed.
    """
    session.get_one(Customer, asked.customer_id, with_for_update=True, populate_existing=True)
    check(session, asked.customer_id, now)
    person = holdings.person(session, asked.customer_id)
    found = traces.needles(session, person)
    asked.needles, asked.cursor, asked.last = found.as_json(), found.first - 1, traces.newest(session)
    asked.erased_at = now
    session.add(asked)
    session.flush()
    for id in person.customers:
        windows.release(session, id)
    households.forget(session, person.customers, now)
    _let_go_of_words(session, person, now)
    for table in reversed(list(holdings.held())):
        _empty(session, person, table)
    _let_go_of_accounts(session, person)
    session.expire_all()


def _empty(session: Session, person: Person, table: Table) -> None:
    """Delete, blank or clean this person's rows of a table, as is laid down for it."""
    connection = session.connection()
    for condition in holdings.of(person, table):
        if table.name in GONE:
            connection.execute(delete(table).where(condition))
        if table.name in BLANK:
            connection.execute(update(table).where(condition).values(BLANK[table.name]))
    for column in CLEANED.get(table.name, ()):
        for row in list(holdings.read(session, person, table)):
            clean = traces.without_words(row[column])
            if clean != row[column]:
                this = and_(*(key == row[key.name] for key in table.primary_key))
                connection.execute(update(table).where(this).values({column: clean}))


def _let_go_of_words(session: Session, person: Person, now: datetime) -> None:
    """What was said by and to them, and what they sent: the words go, that something was said stays."""
    message, media = (SQLModel.metadata.tables[name] for name in ("message", "media"))
    nobody = f"erased-{person.id}"
    empty: dict[str, Any]  # Any: what a column holds
    for peer in person.peers:
        here = [holdings.of_peer(table, peer) for table in (message, media)]
        run = session.connection().execute
        unsent = message.c.status.in_((Said.WAITING, Said.SENDING))
        run(update(message).where(here[0], unsent).values(status=Said.EXPIRED))
        empty = {"body": "", "content": {}, "external_id": None, "receipt": None, "failure": None}
        run(update(message).where(here[0]).values({**empty, "user": nobody}))
        run(update(media).where(here[1]).values(user=nobody, expires_at=now))
    for some in holdings.in_parts(person.references):
        told = SQLModel.metadata.tables["reminder"]
        theirs = and_(told.c.kind == traces.RELAYED, told.c.subject.in_(some))
        session.connection().execute(update(told).where(theirs).values(payload={}))


def _let_go_of_accounts(session: Session, person: Person) -> None:
    """Their chats are nobody's any more; who is a worker or on the staff besides stays that."""
    theirs = select(Identity).where(col(Identity.customer_id).in_(person.customers))
    for identity in session.exec(theirs.execution_options(populate_existing=True)).all():
        if len(identity.roles) == 1:
            session.delete(identity)
            continue
        identity.customer_id = None
        if identity.speaks_as is Role.CUSTOMER:
            identity.speaks_as = identity.roles[0]
        session.add(identity)
    session.flush()
