"""What becomes of what two customers are told unasked, and refuse to be told, when the two are one."""

from datetime import datetime

from sqlmodel import col, select

from core.bindings.changes import Ledger
from core.decency.tables import Held, Pace, Refusal, Sent, Wish
from core.lifecycle.tables import Lifecycle, Suggestion
from core.resorts.tables import NotifyAddress


def join_peace(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    """What either refused stays refused, and what both were told counts together."""
    session = ledger.session
    for one in session.exec(select(Sent).where(Sent.customer_id == given_id).order_by(col(Sent.id))).all():
        ledger.change("unasked_message", one, customer_id=kept_id)
    for waits in session.exec(select(Held).where(Held.customer_id == given_id)).all():
        if session.get(Held, (kept_id, waits.key)) is None:
            copy = waits.model_dump(exclude={"customer_id"})
            ledger.make("held_message", Held(customer_id=kept_id, **copy))
    for no in session.exec(select(Refusal).where(Refusal.customer_id == given_id)).all():
        if session.get(Refusal, (kept_id, no.kind, no.channel)) is None:
            copy = no.model_dump(exclude={"customer_id"})
            ledger.make("message_refusal", Refusal(customer_id=kept_id, **copy))
    theirs, ours = session.get(Wish, given_id), session.get(Wish, kept_id)
    if theirs is not None and ours is None:
        ledger.make("message_wish", Wish(customer_id=kept_id, pace=theirs.pace, zone=theirs.zone, at=now))
    elif theirs is not None and ours is not None and ours.pace is Pace.USUAL:
        ledger.change("message_wish", ours, pace=theirs.pace)


def join_care(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    """Of two open suggestions the kept customer's stays; how close they are to us is looked at anew."""
    session = ledger.session
    still = select(Suggestion.id).where(
        Suggestion.customer_id == kept_id, col(Suggestion.answered_at).is_(None)
    )
    is_open = session.exec(still).first() is not None
    theirs = select(Suggestion).where(Suggestion.customer_id == given_id).order_by(col(Suggestion.id))
    for row in session.exec(theirs).all():
        if row.answered_at is None and is_open:
            ledger.change("suggestion", row, answer="over", answered_at=now)
        ledger.change("suggestion", row, customer_id=kept_id)
    given, ours = session.get(Lifecycle, given_id), session.get(Lifecycle, kept_id)
    if given is not None and ours is None:
        copy = given.model_dump(exclude={"customer_id", "look_at"})
        ledger.make("lifecycle", Lifecycle(customer_id=kept_id, look_at=now, **copy))
    elif given is not None and ours is not None:
        ledger.change("lifecycle", ours, look_at=now)


def join_addresses(ledger: Ledger, kept_id: int, given_id: int) -> None:
    """Of two addresses for what no chat reaches the kept customer's stands; the other's fills a gap."""
    theirs = select(NotifyAddress).where(NotifyAddress.customer_id == given_id)
    for one in ledger.session.exec(theirs).all():
        if ledger.session.get(NotifyAddress, (kept_id, one.channel)) is None:
            copy = one.model_dump(exclude={"customer_id"})
            ledger.make("notify_address", NotifyAddress(customer_id=kept_id, **copy))
