"""Everything we keep of one person, in one piece, to be read by them or taken along."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import Table
from sqlmodel import Session

from core.privacy import holdings

Kept = dict[str, list[dict[str, Any]]]
"""Rows by their table, as JSON has them."""
OURS: Mapping[str, str] = {
    "address_code": "digests of codes that went to an e-mail address",
    "alarm": "a worker called for help",
    "assignment": "how our own calendar was filled",
    "audit_entry": "who of ours looked at or changed what",
    "attendance": "what a worker did about a visit",
    "binding_offer": "digests of codes that are no good any more",
    "binding_question": "that they were asked whether two chats are theirs",
    "binding_try": "wrong codes that were typed",
    "care_task": "whom staff were to call",
    "channel_grant": "what a platform lets us send",
    "complaint_statement": "how a worker saw it, in confidence",
    "conversation": "where a form stands; its answers are kept when it is finished",
    "data_link": "digests of links like the one this came by",
    "dropout": "which worker could not come",
    "forewarning": "what staff were asked to look at",
    "greeting": "leave of a platform to answer",
    "household_invitation": "digests of codes for others",
    "hold": "a window that is kept for minutes",
    "measure": "what the company changed",
    "occupied": "half hours of a worker",
    "offer": "which workers were asked",
    "room": "a thread of the staff's chat",
    "split": "that staff took two people's records apart",
}
"""Tables of the house about its own work, which are not handed out, and why."""
NOT_TOLD = frozenset(
    "attempts parts_sent receipt failure due_at lease_until way look_at looks rung nudged_at said notes"
    " acknowledge_by acknowledged_at next_at resolve_left rung severity_reason appeal bars moved"
    " needles".split()
)
"""Columns of the machinery, and what staff and workers wrote for each other."""
STRANGERS = frozenset({"worker", "staff_member"})
"""Whose numbers are left out: who they are is told by the bot, by name, to whom it may be told."""


def gather(session: Session, customer_id: int) -> Kept:
    """Every row about a customer, by its table and in the order it came; nothing about anybody else."""
    person = holdings.person(session, customer_id)
    found: Kept = {}
    for table in sorted(holdings.held(), key=lambda one: one.name):
        if table.name not in OURS:
            columns = [column.name for column in table.c if _is_told(table, column.name)]
            rows = list(_rows(session, person, table, columns))
            if rows:
                found[table.name] = rows
    return found


def _is_told(table: Table, name: str) -> bool:
    about = {key.column.table.name for key in table.c[name].foreign_keys}
    return name not in NOT_TOLD and not about & STRANGERS


def _rows(
    session: Session, person: holdings.Person, table: Table, columns: list[str]
) -> Iterator[dict[str, Any]]:
    for row in holdings.read(session, person, table):
        if table.name != "complaint_step" or row["for_customer"] or row["actor"] == "customer":
            yield {name: plain(row[name]) for name in columns if row[name] is not None}


def plain(value: Any) -> Any:  # Any: what a column holds
    """A value as JSON has it."""
    match value:
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
    return value
