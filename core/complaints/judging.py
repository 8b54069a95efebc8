"""How bad a complaint is, by facts and never by its tone; every reason is kept for staff."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import customers
from core.attendance.tables import Attendance
from core.catalogue import Family
from core.complaints.rules import Rules
from core.complaints.tables import Complaint, Kind, Severity
from core.visits.tables import Status, Visit

if TYPE_CHECKING:
    from core.company import Company

LEVELS: Mapping[Kind, Severity] = {
    Kind.INJURY: Severity.S1,
    Kind.ENDANGERED: Severity.S1,
    Kind.THEFT: Severity.S1,
    Kind.HARASSMENT: Severity.S1,
    Kind.LEAK: Severity.S1,
    Kind.DAMAGE: Severity.S2,
    Kind.NO_SHOW: Severity.S2,
    Kind.OVERCHARGED: Severity.S2,
    Kind.PRIVACY: Severity.S2,
    Kind.DRUNK: Severity.S2,
    Kind.QUALITY: Severity.S3,
    Kind.LATE: Severity.S3,
    Kind.ATTITUDE: Severity.S3,
    Kind.MISSED: Severity.S3,
    Kind.OTHER: Severity.S3,
    Kind.FLAW: Severity.S4,
    Kind.SUGGESTION: Severity.S4,
}
"""What each kind is by itself."""
NEAR_THE_WEAK = frozenset({Kind.DRUNK, Kind.ATTITUDE})
"""What an elder or a small child in the home makes worse, whatever the service..."""
RELIED_ON = NEAR_THE_WEAK | {Kind.NO_SHOW, Kind.LATE, Kind.MISSED}
"""... and what does where the service is to look after them."""
AGAIN_WITHIN = timedelta(days=30)
"""Who complains twice in so long is not content with little."""

_ORDER = tuple(Severity)
_AMOUNT = re.compile(
    r"(?:[¥￥]|\brmb|\bcny|\$)\s*(?P<after>\d[\d,]*(?:\.\d+)?)"
    r"|(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[百千万k]?)[多来几]?\s*(?:元|块|圆|(?:yuan|rmb|cny|kuai)\b)"
    r"|(?P<han>[一二两三四五六七八九十百千万]+)[多来几]?(?:元|块(?:钱|多|[一二三四五六七八九])?)",
    re.IGNORECASE,
)
_SCALES = {"": 1, "k": 1000, "K": 1000}


def judge(
    session: Session,
    company: "Company",
    customer_id: int,
    kind: Kind,
    *,
    words: str = "",
    visit: Visit | None = None,
    now: datetime,
) -> tuple[Severity, str]:
    """How bad it is, and why: codes apart by spaces (`kind:damage elderly amount:300000`), worded by the bot.

    Beside what the kind is by itself count only facts: our own record of the visit, who lives in the home,
    what money it is about, and how recently they complained before.
    """
    found = LEVELS[kind]
    reasons = [f"kind:{kind.value}"]
    for least, reason in (
        _of_visit(session, company, visit),
        _of_home(session, company, customer_id, kind, visit, found),
        _of_money(company.complaints, words),
        _of_before(session, customer_id, found, now),
    ):
        if least is not None and worse(least, found) is least and least is not found:
            found = least
            reasons.append(reason)
    return found, " ".join(reasons)


def worse(one: Severity, other: Severity) -> Severity:
    """The worse of the two."""
    return min(one, other, key=_ORDER.index)


def amount(words: str) -> int | None:
    """The largest sum of money that is mentioned, in fen."""
    found = [fen for match in _AMOUNT.finditer(words) if (fen := _fen(match)) > 0]
    return max(found, default=None)


def _fen(match: re.Match[str]) -> int:
    if (han := match["han"]) is not None:
        return _of_han(han) * 100
    digits, scale = (match["after"] or match["digits"]).replace(",", ""), match["scale"] or ""
    times = _SCALES[scale] if scale in _SCALES else int(unicodedata.numeric(scale))
    return round(float(digits) * times * 100)


def _of_han(digits: str) -> int:
    """A number in Chinese characters, as sums of money are said: up to some ten thousands."""
    total, digit = 0, 0
    for character in digits:
        value = int(unicodedata.numeric(character, 2))  # the other "two" is no numeral to Unicode
        if value >= 10_000:
            total, digit = (total + digit or 1) * value, 0
        elif value >= 10:
            total, digit = total + (digit or 1) * value, 0
        else:
            digit = value
    return total + digit


Reason = tuple[Severity | None, str]
"""At least how bad it is for a reason; None where it has no weight."""


def _of_visit(session: Session, company: "Company", visit: Visit | None) -> Reason:
    if visit is None:
        return None, ""
    if visit.status is Status.MISSED:
        return Severity.S2, "visit_missed"
    theirs = (Attendance.visit_id == visit.id, Attendance.starts_at == visit.starts_at)
    late = session.exec(select(Attendance.late_minutes).where(*theirs))
    if (minutes := max((one or 0 for one in late), default=0)) >= company.policies.late_worker_minutes:
        return Severity.S3, f"visit_late:{minutes}"
    return None, ""


def _of_home(
    session: Session, company: "Company", customer_id: int, kind: Kind, visit: Visit | None, by_kind: Severity
) -> Reason:
    home = customers.home(session, customer_id)
    cares = visit is not None and company.service(visit.service_code).family is Family.CARE
    if not (home.elderly or home.infants) or kind not in (RELIED_ON if cares else NEAR_THE_WEAK):
        return None, ""
    raised = _ORDER[max(0, _ORDER.index(by_kind) - 1)]
    return raised, "elderly" if home.elderly else "infants"


def _of_money(rules: Rules, words: str) -> Reason:
    """What the desk, or who leads it, may not promise goes to those who may; money alone endangers nobody."""
    fen = amount(words)
    if fen is None or fen <= rules.desk_most:
        return None, ""
    return (Severity.S2 if fen > rules.lead_most else Severity.S3), f"amount:{fen}"


def _of_before(session: Session, customer_id: int, found: Severity, now: datetime) -> Reason:
    if found is not Severity.S4:
        return None, ""
    lately = (Complaint.customer_id == customer_id, col(Complaint.opened_at) > now - AGAIN_WITHIN)
    again = session.exec(select(Complaint.id).where(*lately).limit(1)).first()
    return (Severity.S3, "again") if again is not None else (None, "")
