"""What was planned falls due: each reminder is looked at and said in a transaction of its own."""

from datetime import datetime, timedelta
from types import MappingProxyType

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from bot import manners, meeting, telling
from bot.due import MANNERS, RESTS, SAYS, WORTH, given_up
from core import clock, quiet, reminders
from core.company import Company
from core.correspondence import Peer
from core.database import is_gone, lost_race, transaction
from core.decency import Drop, Hold, Say
from core.reminders import LeaseLost, Reminder
from core.ways import Accounts

AT_ONCE = 100
"""So many are claimed together; what is left of them when their process dies waits for the lease to end."""
LONGEST = timedelta(seconds=15)
"""So long one round may go on, so that whatever else is due by the clock is not held up for ever."""

FREE_ACCOUNTS: Accounts = MappingProxyType({})

log = structlog.get_logger()


def say(engine: Engine, company: Company, accounts: Accounts = FREE_ACCOUNTS) -> list[Peer]:
    """Say every reminder that is due, as far as it is still true and worth saying; who was told.

    Any number of processes may do so at once. One that breaks is tried again later, and in the end given up
    and told staff; it holds up none of the others.
    """
    told: list[Peer] = []
    began = clock.now()
    while True:
        with transaction(engine) as session:
            claimed = reminders.claim(session, clock.now(), AT_ONCE)
        for reminder in claimed:
            told += _see_to(engine, company, reminder, accounts)
        if len(claimed) < AT_ONCE or not began <= clock.now() < began + LONGEST:
            break
    if told:
        log.info("notice.said", what="reminder", people=len(set(told)))
    return told


def _see_to(engine: Engine, company: Company, reminder: Reminder, accounts: Accounts) -> list[Peer]:
    """One reminder that is ours for now; nothing of it stays if somebody cancelled or moved it meanwhile."""
    try:
        if reminder.is_worn_out:
            return _fail(engine, company, reminder, "whoever had claimed it never came back")
        with transaction(engine) as session:
            return _say(session, company, reminder, clock.now(), accounts)
    except LeaseLost:
        return []
    except Exception as error:  # the edge of a reminder: one broken row must not silence all others
        if is_gone(error) and not lost_race(error):
            raise
        log.error("reminder.failed", kind=reminder.kind, subject=reminder.subject, exc_info=error)
        return _fail(engine, company, reminder, type(error).__name__)


def _say(
    session: Session, company: Company, reminder: Reminder, now: datetime, accounts: Accounts
) -> list[Peer]:
    turn = telling.house_turn(session, company, now)
    turn.accounts = accounts
    late, worth = now - reminder.since, WORTH.get(reminder.kind)
    rested = quiet.until(company, now) if reminder.kind in RESTS else None
    if rested is not None:
        reminders.postpone(session, reminder, rested, "held: workers rest")
        return []
    how = MANNERS.get(reminder.kind)
    match manners.judge(turn, reminder, how):
        case Hold(until, why):
            reminders.postpone(session, reminder, until, f"held: {why}")
            return []
        case Drop(why):
            if how is not None:
                how.unsaid(turn, reminder, why)
            reminders.done(session, reminder, f"not said: {why}", now)
            return []
        case Say(avoid):
            stale = worth is not None and late > worth
            outcome = _stale(late, worth) if stale else SAYS[reminder.kind](turn, reminder)
            emailed = manners.said(turn, reminder, how, avoid)
    told = [*meeting.pass_on(turn), *emailed]
    reminders.done(session, reminder, outcome, now)
    return told


def _stale(late: timedelta, worth: timedelta | None) -> str:
    return f"stale: {_hours(late)} late, and worth saying for {_hours(worth or timedelta())}"


def _fail(engine: Engine, company: Company, reminder: Reminder, why: str) -> list[Peer]:
    """It is tried again later; once it was the last time, staff hear that it will not be said."""
    try:
        with transaction(engine) as session:
            now = clock.now()
            if reminder.is_worn_out:
                reminders.give_up(session, reminder, why, now)
            elif reminders.failed(session, reminder, why, now):
                return []
            log.error("reminder.given_up", kind=reminder.kind, subject=reminder.subject, why=why)
            given_up.plan(session, company, reminder, now)
    except LeaseLost:
        return []
    return []


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.0f} h"
