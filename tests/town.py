"""A small town for conversations: the demo company with four workers whose days are known, and one clerk."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from core import customers, identities, policies, staff, workers
from core.company import Company
from core.customers import Customer
from core.payments import Payment, Way
from core.staff import Rank
from core.visits import Status, Visit
from core.workers import Gender

DAY = (time(8), time(20))
LATER = date(2028, 1, 1)


def furnish(session: Session, company: Company, now: datetime) -> None:
    """Hire everybody.

    Wang and Li do everything, Zhao only cleaning and only in the mornings, Sun only appliances.
    """
    policies.remember(session, company, now)
    skills = {skill for service in company.services for skill in service.skills}
    papers = {paper for service in company.services for paper in service.papers}
    cleaning = set(company.service("DAILY").skills)
    appliances = set(company.service("AC-W").skills)
    people = [
        ("王秀英", Gender.FEMALE, skills, [DAY], 4.9, ["pets", "elderly"], True),
        ("李建国", Gender.MALE, skills, [DAY], 4.7, ["allergy"], False),
        ("赵小兰", Gender.FEMALE, cleaning, [(time(8), time(12))], 4.8, ["infants"], False),
        ("孙伟", Gender.MALE, appliances, [(time(9), time(12)), (time(13, 30), time(18))], 0.0, [], False),
    ]
    for name, gender, can, hours, rating, tags, senior in people:
        worker = workers.hire(
            session,
            name=name,
            gender=gender,
            since_day=date(2024, 3, 1),
            skills=can,
            papers=dict.fromkeys(papers, LATER),
            areas=[area.code for area in company.areas],
            shifts=[(weekday, begins, ends) for weekday in range(7) for begins, ends in hours],
            senior=senior,
            tags=tags,
            card_consent=True,
            bio={"zh-CN": "做事细致。", "en": "Careful and quiet."},
        )
        worker.rating, worker.rated = rating, 40 if rating else 0
    clerk = staff.hire(session, name="周敏", role=Rank.CLERK, language="zh-CN")
    identities.bind_staff(session, "web", "main", "staff", clerk.id or 0, now=now)
    for number, user in enumerate(("worker", "worker-2", "worker-3", "worker-4"), start=1):
        identities.bind_worker(session, "web", "main", user, number, now=now)


def attended(
    session: Session, company: Company, customer: Customer, starts_at: datetime, number: int
) -> Visit:
    """A visit of the past that cost 180 yuan and was paid; `number` tells several of one customer apart."""
    visit = _visit(session, company, customer, starts_at, Status.FINISHED, number)
    visit.placed_at, visit.closed_at = starts_at, visit.ends_at
    paid = {"amount": 180_00, "way": Way.CASH, "due_at": starts_at, "paid_at": visit.closed_at}
    session.add(Payment(visit_id=visit.id or 0, **paid))
    session.flush()
    return visit


def awaited(session: Session, company: Company, starts_at: datetime, now: datetime) -> Visit:
    """A visit ahead that is confirmed, of somebody new whose number is proved."""
    customer = customers.greet(session, language="zh-CN", now=now)
    customers.set_phone(session, customer, "+8613800001299", verified_at=now)
    visit = _visit(session, company, customer, starts_at, Status.CONFIRMED, 0)
    visit.placed_at = now
    session.flush()
    return visit


def _visit(
    session: Session, company: Company, customer: Customer, starts_at: datetime, status: Status, number: int
) -> Visit:
    home = customers.add_address(
        session, customer, line="科华北路12号3栋501", area_code="WUHOU", now=starts_at
    )
    visit = Visit(
        reference=f"P{number:05d}",
        customer_id=customer.id or 0,
        address_id=home.id or 0,
        address_line=home.line,
        area_code=home.area_code,
        service_code="DAILY",
        quantity=4,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        status=status,
        quote={},
        total=180_00,
        company_version=company.version,
        policy_version=company.policies.version,
        rules_accepted_at=starts_at,
        placed_at=starts_at,
    )
    session.add(visit)
    session.flush()
    return visit
