"""Whole conversations, as files that a service manager can read, replayed on the real bot.

Lines: `# title`, `> typed`, `> [button]`, `< answer`, and `@` for what is not said:

- `@ customer 2`, `@ worker`, `@ worker 2`, `@ staff`: who speaks from now on
- `@ forward 15 minutes`, `@ clock 2026-11-24 13:00` (on the company's wall)
- `@ sweep`: what is due is said
- `@ photo`, `@ place 30.65 104.08`: one is sent; `@ album 10`: so many pictures in one go; `@ photo refused`:
  one that is too big
- `@ english phone`, `@ english staff`, `@ english workers`
- `@ customer service`: writes to WeCom's, where the answers of a turn are one message
- `@ buttons only`: makes no sense with typed numbers
- `@ asked`: whoever speaks must agree to be told; `@ agrees`, `@ refuses`
- `@ doors`: there are chats elsewhere; `@ opens LINK1`, `@ opens JOIN1`
- `@ invite worker 1`, `@ invite staff 陈静`: a code and a link to join by are handed out
- `@ paper worker 1 health 2026-12-20`: is good through that day
- `@ worker 3 learns DEEP`
- `@ taken`: whoever is asked to take a visit says yes
- `@ shares +8613800001234`: their own number, by the platform's button
- `@ sends e-mail`: the company does, from here on; `@ e-mail`: what it sent last is read
- `@ unsubscribes LEAVE1`: by the link at the foot of an e-mail; `@ unsubscribes LEAVE1 everywhere`
- `@ leaves`: nothing can be written to them any more
- `@ gets coupon 20`, `@ gets 9000 points`, `@ is gold`: the customer has that now
- `@ code SPRING20 10`: there is a code for so many yuan off
- `@ invited FRIEND1`: opens the link with that code of a customer's
- `@ booked`: the customer has a visit of worker 1 tomorrow at nine
- `@ complains VISIT1 quality 厨房没擦`: the customer's complaint is opened
- `@ hires lead 吴强`: somebody more on the staff, who is `staff 2`, then `staff 3`
- `@ reaches VISIT1`, `@ begins VISIT1`, `@ ends VISIT1`: its worker is there, is at work, is done
- `@ full 2026-11-28`: others have booked all of that day; `@ frees VISIT3`: one of them cancels
- `@ away 1 2026-12-02`: worker 1 is on leave that day; `@ back 1`: from now on they are there again
- `@ costs DAILY 50`: an hour of it costs so many yuan from now on
- `@ tier gold`: the customer is a member of that tier
- `@ paid VISIT1`: its worker is done and says that it was paid in cash
- `@ visited 5`: the customer had so many visits of 180 yuan before, each paid
- `@ visited 4 every 14 days`: the same by worker 1, the last one just now, and it is known to care
- `@ cares 7 days`: so many nights pass, each with what is due in it
- `@ contract MATERNITY 2026-12-20`: the customer has that until that day
- `@ owes VISIT1 50 yuan`: that goes back to its customer
- `@ has 600 points`: the customer gets so many
- `@ birthday 12-04`: the customer told us that day before
- `@ campaign discount`: the campaign of that file in `tests/campaigns` is started
- `@ arrives`: the page is opened
- `@ has a package`: the customer bought and paid the first that is sold

Visits, codes, links and what customers tell at the door are named in the order they came: VISIT1, CODE1,
LINK1, INVITE1, JOIN1, DAY1, DATA1, HOUSE1, BELONGS1. `pytest tests/test_transcripts.py --update` rewrites
the answers; the diff is the review.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zlib import crc32

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot import afterwards
from bot.messages import Arrived, Consented, Contact, Door, Left, Photo, Place, Tap, Unsupported
from channels.kf.channel import KFChannel
from core import (
    attendance,
    campaigns,
    compensations,
    complaints,
    coupon_codes,
    coupons,
    customers,
    identities,
    invitations,
    lifecycle,
    packages,
    papers,
    payments,
    rosters,
    staff,
    visits,
    windows,
    workers,
)
from core.campaigns import files
from core.company import Company
from core.correspondence import Message
from core.coupon_codes import Terms
from core.customers import Customer
from core.database import transaction
from core.lifecycle import contracts
from core.matching import Assignment
from core.members import birthdays, points
from core.members.tables import Membership, Tier
from core.offers import Offer
from core.resorts import notifications, refusing
from core.staff import Rank, StaffMember
from core.visits import Status, Visit
from core.ways import Limits
from core.workers import Skill, Worker
from tests import town
from tests.conftest import DATABASES, Moment
from tests.plans import Heard, report
from tests.talk import Person, references, sweep, written

FOLDER = Path(__file__).parent / "transcripts"
CAMPAIGNS = Path(__file__).parent / "campaigns"
ASKED = Limits(templates={"visit-near": "T1"}, asks_at="https://home.example/wechat/notices")
CODE = re.compile(r"(?:绑定码：|验证码：|Your code: )(\d{6})")
DAY_CODE = re.compile(r"(?:到达码|[Aa]rrival code)(?:: | )(\d{4})")
SPEAKER = re.compile(r"(?:customer|worker|staff|colleague)(?: \d+)?")
FRIEND = re.compile(r"(?:推荐码发给朋友：|friends this code: )([2-9A-Z]{6})")
HOUSEHOLD = re.compile(r"(?:邀请码：|Invitation code: )([A-Z0-9]{5}-[A-Z0-9]{5})")
BELONGING = re.compile(r"belonging_[A-Za-z0-9_-]{24}")
LINK = re.compile(r"linking_[A-Za-z0-9_-]{24}")
LEAVE = re.compile(r"(?<=/unsubscribe/)[A-Za-z0-9_-]{32}")
DATA = re.compile(r"(?<=/mydata/)[A-Za-z0-9_-]{32}")
NAMED = (
    *((CODE, "CODE"), (LINK, "LINK"), (DATA, "DATA"), (FRIEND, "FRIEND")),
    *((HOUSEHOLD, "HOUSE"), (BELONGING, "BELONGS"), (LEAVE, "LEAVE")),
)
DOORS = (
    Door(
        "web",
        "main",
        "door-web",
        "https://anxin.example/?link={start}",
        many=True,
        page="https://anxin.example",
    ),
    Door("telegram", "1", "door-telegram", "https://t.me/anxin_bot?start={start}"),
)
TYPED_HERE = {"en/customer_service", "zh/customer_service"}
"""Held where answers are joined in a way of their own."""
FILES = sorted(FOLDER.rglob("*.txt"))
IN_TWO_LANGUAGES = {name for name, count in Counter(file.name for file in FILES).items() if count > 1}


class Replay:
    """One transcript being held. `buttons` says whether buttons are pressed or their numbers typed."""

    def __init__(self, engine: Engine, company: Company, moment: Moment, *, buttons: bool) -> None:
        self.engine, self.company, self.moment, self.buttons = engine, company, moment, buttons
        self.people: dict[str, Person] = {}
        self.doors: tuple[Door, ...] = ()
        self.speaker = self.person("customer")
        self.lines: list[str] = []
        self.references: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.day_codes: dict[str, str] = {}

    def person(self, name: str) -> Person:
        """The person of that name; made at first mention."""
        if name not in self.people:
            self.people[name] = Person(self.engine, self.company, self.moment, name.replace(" ", "-"))
            self.people[name].doors = self.doors
        return self.people[name]

    def play(self, line: str) -> None:
        """Do what a line says, and put down the line and what came of it."""
        self.lines.append(line)
        said = self.take(line)
        self.references = references(self.engine)
        self.lines += [self.with_days_named(one) for one in written(said, self.references | self.codes)]

    def take(self, line: str) -> list:
        """Do what a line says; what came of it. Codes and references are typed by their names."""
        if line.startswith("@ "):
            said = self.direct(line[2:])
        elif line.startswith("> [") and line.endswith("]"):
            said = self.press(line[3:-1])
        else:
            words = line[2:]
            for code, name in (self.references | self.codes | self.day_codes).items():
                words = words.replace(name, code)
            said = self.speaker.says(words)
        for message in said:
            foot = (message.content.get("card") or {}).get("footer", "")
            for pattern, name in NAMED:
                for code in pattern.findall(f"{message.body}\n{foot}"):
                    number = 1 + sum(one.startswith(name) for one in self.codes.values())
                    self.codes.setdefault(code, f"{name}{number}")
        return said

    def with_days_named(self, line: str) -> str:
        """A line with the codes of visits by name: four digits may stand anywhere, so only where told."""

        def named(found: re.Match[str]) -> str:
            name = self.day_codes.setdefault(found[1], f"DAY{1 + len(self.day_codes)}")
            return found[0].replace(found[1], name)

        return DAY_CODE.sub(named, line)

    def take_offers(self) -> None:
        """Let every worker who is asked to take a visit say yes, in their own chat."""
        with transaction(self.engine) as session:
            asked = session.exec(select(Offer).where(Offer.status == "open", Offer.worker_id > 0)).all()
            answers = [(one.worker_id, f"go:accepting:{one.id}") for one in asked]
        for worker_id, data in answers:
            self.person("worker" if worker_id == 1 else f"worker {worker_id}").sends(Tap(data))

    def press(self, label: str) -> list:
        """Press a button, or do what people do who have none: type its number, or a way's own words."""
        if self.buttons:
            return self.speaker.taps(label)
        return self.speaker.says(self.speaker.number(label) or label)

    def work(self, named: str, *, upto: Status, since_start: bool = False) -> None:
        """Let a visit be reached, worked on, or finished, as if its workers had said so."""
        with transaction(self.engine) as session:
            visit = session.get_one(Visit, int(named.removeprefix("VISIT")))
            now = visit.starts_at if since_start else self.moment.now
            if visit.status in attendance.EXPECTED:
                for _, worker in visits.crew(session, visit):
                    here = attendance.of(session, visit, worker.id or 0)
                    here.arrived_at, here.proof, here.late_minutes = now, attendance.Proof.STAFF, 0
                visits.advance(session, visit, Status.ARRIVED, actor="worker", now=now)
            for step in (Status.WORKING, Status.FINISHED):
                if step in visits.ALLOWED[visit.status] and visit.status is not upto:
                    visits.advance(session, visit, step, actor="worker", now=self.moment.now)
            if visit.status is Status.FINISHED:
                afterwards.plan(session, self.company, visit, self.moment.now)

    def direct(self, what: str) -> list:
        """Something that is not said."""
        words = what.split()
        match words:
            case ["forward", amount, unit]:
                self.moment.forward(**{unit: float(amount)})
                return []
            case ["clock", day, time]:
                self.moment.at(datetime.fromisoformat(f"{day} {time}").replace(tzinfo=self.company.zone))
                return []
            case ["place", latitude, longitude]:
                return self.speaker.sends(Place(float(latitude), float(longitude)))
            case ["place", latitude, longitude, label]:
                return self.speaker.sends(Place(float(latitude), float(longitude), label))
            case ["ends", name]:
                self.work(name, upto=Status.FINISHED, since_start=True)
                return []
            case ["sweep"]:
                sweep(self.engine, self.company)
                return self.speaker.reads()
            case ["sends", "e-mail"]:
                mail = {"email_from": "noreply@anxin.example", "page": "https://anxin.example"}
                opened = self.company.resorts.opened(**mail, sms_from="")
                self.company = self.company.model_copy(update={"resorts": opened})
                for one in self.people.values():
                    one.company = self.company
                return []
            case ["unsubscribes", name, *everywhere]:
                token = next(code for code, known in self.codes.items() if known == name)
                with transaction(self.engine) as session:
                    link = refusing.find(session, token, self.moment.now)
                    assert link is not None
                    (refusing.refuse_all if everywhere else refusing.refuse)(session, link, self.moment.now)
                return []
            case ["e-mail"]:
                with transaction(self.engine) as session:
                    who = identities.find(session, *self.speaker.peer)
                    [newest] = notifications.latest(session, who.customer_id or 0, 1)
                    return [session.get_one(Message, newest.message_id)]
            case ["english", "phone"]:
                self.speaker.language = "en"
                return []
            case ["customer", "service"]:
                self.speaker.limits = KFChannel.can.limits
                return []
            case ["english", "staff"]:
                with transaction(self.engine) as session:
                    for member in session.exec(select(StaffMember)):
                        member.language = "en"
                return []
            case ["english", "workers"]:
                with transaction(self.engine) as session:
                    for worker in session.exec(select(Worker)):
                        worker.languages = ["en"]
                return []
            case ["worker", number, "learns", code]:
                with transaction(self.engine) as session:
                    known = set(session.exec(select(Skill.code).where(Skill.worker_id == int(number))))
                    new = set(self.company.service(code).skills) - known
                    session.add_all(Skill(worker_id=int(number), code=skill) for skill in new)
                return []
            case ["taken"]:
                self.take_offers()
                return []
            case ["buttons", "only"]:
                return []
            case ["asked"]:
                self.speaker.limits = ASKED
                return []
            case ["agrees" | "refuses" as answer]:
                return self.speaker.sends(Consented({"T1": answer == "agrees"}))
            case ["photo", "refused"]:
                return self.speaker.sends(Unsupported("photo-refused"))
            case ["album", count]:
                pictures = [Photo(self.speaker.keeps(), album="A") for _ in range(int(count))]
                return [message for one in pictures for message in self.speaker.sends(one)]
            case ["photo"]:
                return self.speaker.sends(Photo(self.speaker.keeps()))
            case ["reaches" | "begins" as step, reference]:
                self.work(reference, upto=Status.WORKING if step == "begins" else Status.ARRIVED)
                return []
            case ["paid", reference]:
                self.pay(reference)
                return []
            case ["visited", count]:
                self.visit_before(int(count))
                return []
            case ["visited", count, "every", days, "days"]:
                self.visit_often(int(count), int(days))
                return []
            case ["cares", days, "days"]:
                return self.care(int(days))
            case ["contract", code, day]:
                with transaction(self.engine) as session:
                    last, now = date.fromisoformat(day), self.moment.now
                    who = self.customer(session).id or 0
                    contracts.agree(session, self.company, who, code, last, last, now)
                return []
            case ["owes", named, yuan, "yuan"]:
                with transaction(self.engine) as session:
                    visit = session.get_one(Visit, int(named.removeprefix("VISIT")))
                    owed = visit.customer_id, visit.id or 0, "refund", int(yuan) * 100
                    compensations.grant(session, *owed, reason="late", now=self.moment.now)
                return []
            case ["has", count, "points"]:
                self.give(int(count))
                return []
            case ["birthday", said]:
                self.born(*(int(part) for part in said.split("-")))
                return []
            case ["has", "a", "package"]:
                self.pack()
                return []
            case ["campaign", name]:
                with transaction(self.engine) as session:
                    plan = files.read(CAMPAIGNS / f"{name}.toml", self.company)
                    campaigns.start(session, self.company, plan, self.moment.now)
                return []
            case ["leaves"]:
                return self.speaker.sends(Left())
            case ["arrives"]:
                return self.speaker.sends(Arrived())
            case ["booked"]:
                self.book()
                return []
            case ["full", day]:
                self.fill(date.fromisoformat(day))
                return []
            case ["frees", named]:
                with transaction(self.engine) as session:
                    visit = session.get_one(Visit, int(named.removeprefix("VISIT")))
                    visits.cancel(session, self.company, visit, actor="staff", now=self.moment.now)
                return []
            case ["away", number, day]:
                with transaction(self.engine) as session:
                    midnight = datetime.fromisoformat(day).replace(tzinfo=self.company.zone)
                    rosters.leave(session, int(number), midnight, midnight + timedelta(days=1))
                return []
            case ["back", number]:
                with transaction(self.engine) as session:
                    rosters.back(session, int(number), self.moment.now)
                return []
            case ["costs", code, yuan]:
                self.reprice(code, int(yuan) * 100)
                return []
            case ["tier", tier]:
                self.enrol(Tier(tier))
                return []
            case ["gets", *_] | ["is", _] | ["code", *_]:
                self.endow(words)
                return []
            case ["invited", name]:
                code = next(code for code, known in self.codes.items() if known == name)
                return self.speaker.arrives(f"invited_{code}")
            case ["complains", named, kind, *told]:
                self.complain(named, kind, " ".join(told))
                return []
            case ["hires", rank, name]:
                self.hire(Rank(rank), name)
                return []
            case ["doors"]:
                self.doors = DOORS
                for person in self.people.values():
                    person.doors = DOORS
                return []
            case ["invite", role, who]:
                self.invite(role, who)
                return []
            case ["paper", "worker", number, kind, day]:
                with transaction(self.engine) as session:
                    last, now = date.fromisoformat(day), self.moment.now
                    papers.keep(session, self.company, int(number), kind, last, now=now)
                return []
            case ["opens", link]:
                return self.speaker.arrives(next(code for code, name in self.codes.items() if name == link))
            case ["shares", phone]:
                return self.speaker.sends(Contact(phone))
        assert SPEAKER.fullmatch(what), f"nothing is known of @ {what}"
        self.speaker = self.person(what)
        return self.speaker.reads()

    def born(self, month: int, day: int) -> None:
        """Whoever speaks told their birthday."""
        with transaction(self.engine) as session:
            now = self.moment.now
            identity = identities.behind(session, *self.speaker.peer, language="en", now=now)
            birthdays.tell(session, self.company, identity.customer_id, month, day, now=now)

    def book(self) -> None:
        """Place a visit of the demo company's daily cleaning for whoever speaks."""
        with transaction(self.engine) as session:
            now, who = self.moment.now, self.speaker
            identity = identities.behind(session, *who.peer, language=who.language, now=now)
            customer = session.get_one(Customer, identity.customer_id)
            customers.rename(session, customer, "王女士" if who.language == "zh-CN" else "Ms Wang")
            customer.phone = "+8613800001234"
            home = customers.add_address(
                session, customer, line="科华北路12号3栋501", area_code="WUHOU", now=now
            )
            nine = (now + timedelta(days=1)).astimezone(self.company.zone).replace(hour=9, minute=0)
            service = self.company.service("DAILY")
            wish = {"service": service, "quantity": 3, "add_ons": {}, "address": home, "workers": (1,)}
            visits.place(session, self.company, customer, starts_at=nine, now=now, **wish)

    def fill(self, day: date) -> None:
        """Let other customers book a day until no three hours of cleaning are free."""
        service, now = self.company.service("DAILY"), self.moment.now
        with transaction(self.engine) as session:
            while True:
                customer = customers.greet(session, language="zh-CN", now=now)
                home = customers.add_address(session, customer, line="玉林路1号", area_code="WUHOU", now=now)
                need = visits.need(session, self.company, customer, service, 3, {}, "WUHOU")
                if not (free := windows.free(session, self.company, need, day, day, now=now)[day]):
                    return
                wish = {"service": service, "quantity": 3, "add_ons": {}, "address": home}
                visits.place(session, self.company, customer, starts_at=free[0].starts_at, now=now, **wish)

    def reprice(self, code: str, fen: int) -> None:
        """Let the company's file say another price for a service."""
        new = [
            one.model_copy(update={"unit_price": fen}) if one.code == code else one
            for one in self.company.services
        ]
        self.company = self.company.model_copy(update={"services": tuple(new)})
        for person in self.people.values():
            person.company = self.company

    def enrol(self, tier: Tier) -> None:
        """Make whoever speaks a member of that tier."""
        with transaction(self.engine) as session:
            now, who = self.moment.now, self.speaker
            identity = identities.behind(session, *who.peer, language=who.language, now=now)
            kept = {"joined_at": now, "tier_since": now, "number": f"M{identity.customer_id:06d}"}
            until = None if tier is Tier.BASIC else now + timedelta(days=365)
            session.add(Membership(customer_id=identity.customer_id, tier=tier, tier_until=until, **kept))

    def endow(self, words: list[str]) -> None:
        """Give whoever speaks something that makes visits cost less."""
        with transaction(self.engine) as session:
            now, who, house = self.moment.now, self.speaker, self.company
            id = identities.behind(session, *who.peer, language=who.language, now=now).customer_id or 0
            match words:
                case ["gets", "coupon", yuan]:
                    fen, given = int(yuan) * 100, {"reason": "gift", "key": f"gift:{id}:{yuan}"}
                    coupons.issue(session, house, id, kind=coupons.Kind.FEN, amount=fen, now=now, **given)
                case ["gets", count, "points"]:
                    given = {"reason": "gift", "subject": "gift", "key": f"gift:{id}"}
                    points.earn(session, house, id, int(count), now=now, **given)
                case ["is", tier]:
                    kept = {"tier": Tier(tier), "tier_since": now, "tier_until": now + timedelta(days=365)}
                    session.add(Membership(customer_id=id, number=f"M{id}", joined_at=now, **kept))
                case ["code", code, yuan]:
                    until, fen = now + timedelta(days=20), int(yuan) * 100
                    terms = Terms(coupons.Kind.FEN, fen, coupons.Limits(), now, until)
                    coupon_codes.make(session, code, terms, now=now)

    def customer(self, session: Session) -> Customer:
        """Whoever speaks, as a customer."""
        now, who = self.moment.now, self.speaker
        identity = identities.behind(session, *who.peer, language=who.language, now=now)
        return session.get_one(Customer, identity.customer_id)

    def pay(self, named: str) -> None:
        """Finish a visit; its worker says that it was paid."""
        self.work(named, upto=Status.FINISHED)
        with transaction(self.engine) as session:
            visit = session.get_one(Visit, int(named.removeprefix("VISIT")))
            payments.ask(session, visit, self.moment.now)
        self.person("worker").sends(Tap(f"go:paid:{visit.reference}-cash"))

    def visit_before(self, count: int) -> None:
        """Visits of the months before, a week apart, finished and paid."""
        with transaction(self.engine) as session:
            customer, now = self.customer(session), self.moment.now
            for n in range(count):
                town.attended(session, self.company, customer, now - timedelta(days=7 * (n + 1)), n)

    def visit_often(self, count: int, days: int) -> None:
        """Visits of worker 1, so many days apart, the last one over just now."""
        with transaction(self.engine) as session:
            customer, now, is_chinese = self.customer(session), self.moment.now, self.speaker.language != "en"
            name, phone = "王女士" if is_chinese else "Ms Wang", "+8613800001234"
            customers.join(session, customer, name=name, phone=phone, now=now)
            customers.set_phone(session, customer, phone, verified_at=now)
            customers.tell_home(session, customer.id or 0, pets=False, now=now)
            for n in reversed(range(count)):
                began = now - timedelta(days=days * n, hours=4)
                visit = town.attended(session, self.company, customer, began, n)
                led = Assignment(visit_id=visit.id or 0, worker_id=1, leads=True, assigned_at=began)
                session.add(led)
            lifecycle.note(session, customer.id or 0, now)

    def care(self, days: int) -> list:
        """Days go by, with a look at what is due in each."""
        said = []
        for _ in range(days):
            self.moment.forward(days=1)
            sweep(self.engine, self.company)
            said += self.speaker.reads()
        return said

    def give(self, count: int) -> None:
        """Points out of thin air."""
        with transaction(self.engine) as session:
            customer = self.customer(session)
            given = {"reason": "visit", "subject": "P99999", "key": f"past:{self.moment.now}"}
            points.earn(session, self.company, customer.id or 0, count, now=self.moment.now, **given)

    def pack(self) -> None:
        """A package of the first kind that is sold, paid."""
        with transaction(self.engine) as session:
            id, now = self.customer(session).id or 0, self.moment.now
            made = packages.buy(session, self.company, id, self.company.pricing.packages[0], now)
            packages.pay(session, self.company, made, payments.Way.WECHAT, staff_id=1, now=now)

    def complain(self, named: str, kind: str, told: str) -> None:
        """Open a complaint of the customer of a visit."""
        with transaction(self.engine) as session:
            visit = session.get_one(Visit, int(named.removeprefix("VISIT")))
            given = {"words": told, "visit": visit, "source": complaints.Source.BUTTON}
            what, now = complaints.Kind(kind), self.moment.now
            complaints.open(session, self.company, visit.customer_id, kind=what, now=now, **given)

    def hire(self, rank: Rank, name: str) -> None:
        """Somebody more on the staff, in a chat of their own."""
        with transaction(self.engine) as session:
            count, now = len(staff.on_duty(session)), self.moment.now
            language = session.get_one(StaffMember, 1).language
            member = staff.hire(session, name=name, role=rank, language=language)
            identities.bind_staff(session, "web", "main", f"staff-{count + 1}", member.id or 0, now=now)

    def invite(self, role: str, who: str) -> None:
        """Hand out a code to join by, to a worker by number or to somebody new on the staff."""
        with transaction(self.engine) as session:
            if role == "worker":
                made = invitations.invite_worker(session, workers.worker(session, int(who)), self.moment.now)
            else:
                new = staff.hire(session, name=who, role=Rank.CLERK, language=self.speaker.language)
                made = invitations.invite_staff(session, new, self.moment.now)
        number = 1 + sum(one.startswith("INVITE") for one in self.codes.values())
        self.codes |= {invitations.shown(made.code): f"INVITE{number}"}
        self.codes |= {f"joining_{made.token}": f"JOIN{number}"}


def named(file: Path) -> str:
    """What a transcript is called: its language and what it is about."""
    return file.relative_to(FOLDER).with_suffix("").as_posix()


def on(database: str, file: Path, *more: object, how: str) -> object:
    """A transcript held on one of the databases, as a case of a test."""
    marks = [pytest.mark.postgresql] if database == "postgresql" else []
    return pytest.param(database, file, *more, id=f"{database}-{named(file)}-{how}", marks=marks)


def dealt(file: Path) -> tuple[str, str]:
    """The database on which a transcript is pressed, then the one on which it is typed.

    What is held in two languages is pressed on both.
    """
    turned = (crc32(file.stem.encode()) + (file.parent.name == "en")) % 2
    return DATABASES[turned], DATABASES[1 - turned]


def is_typed(file: Path) -> bool:
    """Whether a transcript makes sense with typed answers."""
    return "@ buttons only" not in file.read_text("utf-8").splitlines()


def cases() -> Iterator[object]:
    """Every file pressed on one database, and on the other what is held there in no other way.

    Typed they are held in tests/test_transcripts_on_wechat.py, but for those that say themselves how answers
    look, which are typed here.
    """
    for file in FILES:
        pressed, typed = dealt(file)
        yield on(pressed, file, True, how="buttons")
        if not is_typed(file) and file.name not in IN_TWO_LANGUAGES:
            yield on(typed, file, True, how="buttons")
        if named(file) in TYPED_HERE:
            yield on(typed, file, False, how="numbers")


@pytest.mark.parametrize(("engine", "file", "buttons"), list(cases()), indirect=["engine"])
def test_a_transcript_reads_as_it_did_and_its_turns_read_no_whole_table(
    file: Path,
    buttons: bool,
    engine: Engine,
    company: Company,
    moment: Moment,
    request: pytest.FixtureRequest,
) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    replay, heard = Replay(engine, company, moment, buttons=buttons), Heard()
    written_down = file.read_text(encoding="utf-8").splitlines()
    with heard.on(engine):
        for line in written_down:
            if line.startswith(("> ", "@ ")):
                replay.play(line)
            elif not line.startswith("<"):
                replay.lines.append(line)
    report(heard.reading_too_much(engine))
    if request.config.getoption("--update") and buttons:
        file.write_text("\n".join(replay.lines) + "\n", encoding="utf-8")
        return
    assert "\n".join(replay.lines) == "\n".join(written_down)
