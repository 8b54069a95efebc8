"""What a customer sent about a complaint is kept longer than other pictures: it may be needed as proof."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Session

from core import media
from core.complaints.tables import Complaint
from core.visits.tables import Visit

if TYPE_CHECKING:
    from core.company import Company


def keep(
    session: Session, company: "Company", complaint: Complaint, sent: Collection[str], now: datetime
) -> None:
    """File pictures and recordings, by their ids, to the complaint and to its visit."""
    if not sent:
        return
    visit = session.get(Visit, complaint.visit_id) if complaint.visit_id else None
    until = now + timedelta(days=media.days_kept(media.COMPLAINT, company.policies))
    subject = visit.reference if visit else None
    media.refile(session, sent, step=media.COMPLAINT, subject=subject, until=until)
