"""Changes that are written down as they are made, so that they can be taken back one by one."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session, SQLModel

from core.campaigns.tables import Target
from core.compensations import Compensation
from core.complaints.tables import Complaint
from core.consents import Consent
from core.coupons import Coupon
from core.customers import Address, Customer, HomeProfile
from core.decency.tables import Held, Refusal, Sent, Wish
from core.facts import Fact
from core.forewarnings import Forewarning
from core.handoffs import Handoff
from core.households.tables import HouseholdPerson
from core.identities import Identity
from core.lifecycle import CareTask, Contract, Lifecycle, Suggestion
from core.matching import Preference
from core.members import Adjustment, Membership, PointLot, Redemption
from core.packages import Package
from core.plans import Plan
from core.referrals import Referral, ReferralCode
from core.resorts.tables import Notification, NotifyAddress
from core.visits import Visit
from core.waitings import Waiting
from core.welfare import WelfareConsent
from core.windows import Hold

Values = Mapping[str, Any]  # Any: what the columns hold, as Python has it or as JSON
MODELS: dict[str, type[SQLModel]] = {
    "customer": Customer,
    "home_profile": HomeProfile,
    "preference": Preference,
    "address": Address,
    "visit": Visit,
    "plan": Plan,
    "compensation": Compensation,
    "complaint": Complaint,
    "forewarning": Forewarning,
    "hold": Hold,
    "handoff": Handoff,
    "welfare_consent": WelfareConsent,
    "consent": Consent,
    "waiting": Waiting,
    "care_task": CareTask,
    "contract": Contract,
    "lifecycle": Lifecycle,
    "suggestion": Suggestion,
    "coupon": Coupon,
    "package": Package,
    "referral_code": ReferralCode,
    "referral": Referral,
    "membership": Membership,
    "point_lot": PointLot,
    "point_adjustment": Adjustment,
    "redemption": Redemption,
    "fact": Fact,
    "household_person": HouseholdPerson,
    "unasked_message": Sent,
    "held_message": Held,
    "message_refusal": Refusal,
    "message_wish": Wish,
    "campaign_target": Target,
    "notification": Notification,
    "notify_address": NotifyAddress,
    "identity": Identity,
}
"""The tables that a merge may change, in the order it does."""


class Ledger:
    """Makes changes and remembers them: `moved` is what `core.bindings.Merge` keeps."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.moved: dict[str, list[Any]] = {}  # Any: JSON

    def change(self, table: str, row: SQLModel, /, **now: object) -> None:
        """Give a row's columns these values; those that have them already are left out."""
        was = {name: getattr(row, name) for name in now}
        now = {name: value for name, value in now.items() if value != was[name]}
        if now:
            self._note(table, _key(table, row), {name: was[name] for name in now}, now)
            self._write(row, now)

    def make(self, table: str, row: SQLModel) -> None:
        """Add a row, which is taken away again if it has not changed by then."""
        self.session.add(row)
        self.session.flush()
        self._note(table, _key(table, row), None, {name: getattr(row, name) for name in _columns(table)})

    def _note(self, table: str, key: Sequence[object], was: Values | None, now: Values) -> None:
        change = {"key": list(key), "was": was and _as_json(table, was), "now": _as_json(table, now)}
        self.moved.setdefault(table, []).append(change)

    def _write(self, row: SQLModel, values: Values) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        self.session.add(row)
        self.session.flush()


def take_back(session: Session, moved: Mapping[str, list[Any]]) -> None:  # Any: JSON
    """Give every row its former values, the last change first; one that was changed since is left alone."""
    for table in reversed(MODELS):
        for change in reversed(moved.get(table, [])):
            row = session.get(MODELS[table], tuple(change["key"]), populate_existing=True)
            now = _from_json(table, change["now"])
            if row is None or any(getattr(row, name) != value for name, value in now.items()):
                continue
            if change["was"] is None:
                session.delete(row)
            else:
                for name, value in _from_json(table, change["was"]).items():
                    setattr(row, name, value)
                session.add(row)
            session.flush()


def _key(table: str, row: SQLModel) -> list[object]:
    return [getattr(row, column.name) for column in SQLModel.metadata.tables[table].primary_key]


def _columns(table: str) -> list[str]:
    return [column.name for column in SQLModel.metadata.tables[table].columns]


@cache
def _adapter(table: str, column: str) -> TypeAdapter[Any]:
    typed: Any = MODELS[table].model_fields[column].annotation  # Any: a type, which pydantic reads
    return TypeAdapter(typed)


def _as_json(table: str, values: Values) -> Values:
    return {name: _adapter(table, name).dump_python(value, mode="json") for name, value in values.items()}


def _from_json(table: str, values: Values) -> Values:
    return {name: _adapter(table, name).validate_python(value) for name, value in values.items()}
