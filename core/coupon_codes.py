"""Codes that people type for a coupon: so many in all, so many for each, from a day until a day."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from core import coupons
from core.coupons import Coupon, CouponCode, Kind, Limits, Window
from core.errors import DomainError

if TYPE_CHECKING:
    from core.company import Company

WRITTEN = re.compile(r"[A-Z0-9]{4,16}")
MOMENT = timedelta(seconds=1)


class UnknownCode(DomainError):
    """There is no such code."""

    key = "code-unknown"


class CodeNotNow(DomainError):
    """It is taken from `begins_at` until `ends_at`."""

    key = "code-not-now"


class CodeExhausted(DomainError):
    """All of its coupons were given away."""

    key = "code-exhausted"


class CodeHad(DomainError):
    """This customer had their share: `each`."""

    key = "code-had"


class CodeTaken(DomainError):
    """There is a code of that name already."""

    key = "code-taken"


def plain(said: str) -> str:
    """A code as it is kept: capitals, without spaces or hyphens."""
    return "".join(said.split()).replace("-", "").upper()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a code is good for, from when until when, and how often: in all, and for each customer."""

    kind: Kind
    amount: int
    limits: Limits
    begins_at: datetime
    ends_at: datetime
    most: int | None = None
    each: int = 1


def make(session: Session, code: str, terms: Terms, *, now: datetime) -> CouponCode:
    """A new code. Raises CodeTaken, ValueError for what nobody could type."""
    if not WRITTEN.fullmatch(code := plain(code)):
        raise ValueError(f"{code!r} is no code: 4 to 16 letters and digits")
    if session.exec(select(CouponCode.id).where(CouponCode.code == code)).first() is not None:
        raise CodeTaken
    made = CouponCode(
        code=code,
        kind=terms.kind,
        amount=terms.amount,
        limits=_kept(terms.limits),
        begins_at=terms.begins_at,
        ends_at=terms.ends_at,
        most=terms.most,
        each=terms.each,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def redeem(session: Session, company: "Company", customer_id: int, said: str, now: datetime) -> Coupon:
    """The coupon that a code is good for.

    Raises UnknownCode, CodeNotNow, CodeExhausted, CodeHad. Of two who want the last one somebody gets it.
    """
    query = select(CouponCode).where(CouponCode.code == plain(said)).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise UnknownCode
    if not found.begins_at <= now < found.ends_at:
        raise CodeNotNow(begins_at=found.begins_at, ends_at=found.ends_at, ended=now >= found.ends_at)
    theirs = select(func.count()).where(Coupon.code_id == found.id, Coupon.customer_id == customer_id)
    had = session.exec(theirs).one()
    if had >= found.each:
        raise CodeHad(each=found.each)
    if found.most is not None and found.taken >= found.most:
        raise CodeExhausted
    found.taken += 1
    session.add(found)
    return coupons.issue(
        session,
        company,
        customer_id,
        kind=found.kind,
        amount=found.amount,
        reason="code",
        key=f"code:{found.id}:{found.taken}",
        until=found.ends_at,
        limits=_read(found.limits),
        code_id=found.id,
        now=now,
    )


def end(session: Session, code: str, now: datetime) -> bool:
    """Take it no more; coupons that were given stay. False if it is over. Raises UnknownCode."""
    query = select(CouponCode).where(CouponCode.code == plain(code)).with_for_update()
    found = session.exec(query).one_or_none()
    if found is None:
        raise UnknownCode
    if found.ends_at <= now:
        return False
    found.begins_at, found.ends_at = min(found.begins_at, now - MOMENT), now
    session.add(found)
    session.flush()
    return True


def every(session: Session, limit: int) -> list[CouponCode]:
    """The codes there are, the newest first."""
    return list(session.exec(select(CouponCode).order_by(col(CouponCode.id).desc()).limit(limit)))


def _kept(limits: Limits) -> dict[str, Any]:  # Any: JSON
    return {
        "least": limits.least,
        "most": limits.most,
        "add_on": limits.add_on,
        "services": list(limits.services),
        "areas": list(limits.areas),
        "windows": [one.model_dump(mode="json") for one in limits.windows],
    }


def _read(kept: dict[str, Any]) -> Limits:  # Any: JSON
    return Limits(
        least=kept["least"],
        most=kept["most"],
        add_on=kept["add_on"],
        services=tuple(kept["services"]),
        areas=tuple(kept["areas"]),
        windows=tuple(Window.model_validate(one) for one in kept["windows"]),
    )
