"""What becomes of places in households when two customers turn out to be one."""

from datetime import datetime

from sqlmodel import col, select

from core.bindings.changes import Ledger
from core.households.tables import HouseholdPerson, Part


def join(ledger: Ledger, kept_id: int, given_id: int, now: datetime) -> None:
    """One place in one household remains, and whoever hears for one of the two hears for the one left."""
    session = ledger.session
    there = col(HouseholdPerson.left_at).is_(None)
    ours, theirs = (
        session.exec(select(HouseholdPerson).where(HouseholdPerson.customer_id == id, there)).one_or_none()
        for id in (kept_id, given_id)
    )
    hearing = select(HouseholdPerson).where(HouseholdPerson.contact_id == given_id, there)
    for row in session.exec(hearing.order_by(col(HouseholdPerson.id))).all():
        own = row.customer_id == kept_id
        heard = {"contact_id": None, "alone": False} if own else {"contact_id": kept_id}
        ledger.change("household_person", row, **heard)
    if theirs is None:
        return
    if theirs.contact_id == kept_id:
        ledger.change("household_person", theirs, contact_id=None, alone=False)
    if ours is None:
        ledger.change("household_person", theirs, customer_id=kept_id)
        return
    gone = {"left_at": now, "owns": False, "contact_id": None, "alone": False}
    was_owner, was_payer = theirs.owns, theirs.part is Part.PAYER
    ledger.change("household_person", theirs, **gone)
    if ours.household_id == theirs.household_id:
        more = {"part": Part.PAYER} if was_payer else {}
        ledger.change("household_person", ours, owns=ours.owns or was_owner, **more)
    elif was_owner:
        _pass_on(ledger, theirs.household_id, now)


def _pass_on(ledger: Ledger, household_id: int, now: datetime) -> None:
    """A household whose owner is gone is that of who has paid longest; without one it ends."""
    there = (HouseholdPerson.household_id == household_id, col(HouseholdPerson.left_at).is_(None))
    rows = ledger.session.exec(select(HouseholdPerson).where(*there).order_by(col(HouseholdPerson.id))).all()
    heir = next((one for one in rows if one.part is Part.PAYER), None)
    if heir is not None:
        ledger.change("household_person", heir, owns=True)
        return
    for row in rows:
        ledger.change("household_person", row, left_at=now, owns=False, contact_id=None, alone=False)
