"""Links in e-mails by which their readers get no more of them: good for months, known to us by digest."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core import consents, decency
from core.bindings.tables import Merge
from core.consents import Purpose
from core.decency import Class
from core.resorts.addresses import EMAIL
from core.resorts.tables import RefusalLink

if TYPE_CHECKING:
    from core.company import Company

_BYTES = 24


def link(
    session: Session, company: "Company", customer_id: int, kind: Class, *, language: str, now: datetime
) -> str:
    """The address of the page where somebody refuses e-mails of this class; each e-mail has its own."""
    token = secrets.token_urlsafe(_BYTES)
    until = now + timedelta(days=company.resorts.leave_days)
    made = RefusalLink(
        token_digest=_digest(token), customer_id=customer_id, kind=kind, language=language, until=until
    )
    session.add(made)
    session.flush()
    return f"{company.resorts.page}/unsubscribe/{token}"


def find(session: Session, token: str, now: datetime) -> RefusalLink | None:
    """The link, while it is good. It is never used up: whoever opens it again sees how things stand."""
    found = session.get(RefusalLink, _digest(token))
    return found if found is not None and found.until > now else None


def whose(session: Session, link: RefusalLink) -> int:
    """Whose link it is: of a customer who was given up for another since, that other."""
    customer_id = link.customer_id
    while True:
        now_in = select(Merge.kept_id).where(Merge.given_id == customer_id, col(Merge.undone_at).is_(None))
        kept = session.exec(now_in).first()
        if kept is None:
            return customer_id
        customer_id = kept


def stands(session: Session, link: RefusalLink) -> str:
    """What its reader gets of such messages: "on", "off" by e-mail, or "nowhere"."""
    refused = decency.refused(session, whose(session, link), link.kind)
    if "" in refused:
        return "nowhere"
    if link.kind is Class.MARKETING and not consents.has(session, whose(session, link), Purpose.MARKETING):
        return "nowhere"
    return "off" if EMAIL in refused else "on"


def refuse(session: Session, link: RefusalLink, now: datetime) -> None:
    """No more e-mails of that class. Again changes nothing."""
    decency.refuse(session, whose(session, link), link.kind, now, channel=EMAIL)


def refuse_all(session: Session, link: RefusalLink, now: datetime) -> None:
    """No more of what they did not ask for, in any chat either; what concerns a visit still comes."""
    decency.refuse_all(session, whose(session, link), now)


def _digest(token: str) -> str:
    return hashlib.sha256(b"menling.refusal:" + token.encode("utf-8", "surrogatepass")).hexdigest()
