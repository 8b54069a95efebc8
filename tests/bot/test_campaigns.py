"""Campaigns: each person once, however often it is stopped; never more than the budget; told apart."""

import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, insert
from sqlmodel import Session, select

from bot import notices
from core import campaigns, consents, customers, decency, reminders, staff, visits, ways
from core.bindings import merging
from core.bindings.tables import Proof
from core.campaigns import (
    Campaign,
    FileInvalid,
    Part,
    Plan,
    State,
    Target,
    audience,
    draws,
    effects,
    files,
    previews,
    running,
)
from core.company import Company
from core.consents import Consent, ConsentText, Purpose
from core.correspondence import Message
from core.correspondence import Purpose as Why
from core.coupons import Coupon
from core.customers import Customer
from core.database import transaction
from core.decency import Class
from core.facts import Source
from core.identities import Identity, Role
from core.lifecycle import Lifecycle, Segment, Stage
from core.members import birthdays, enrolling, points
from core.reminders import Reminder
from tests.conftest import Moment
from tests.core import homes
from tests.core.homes import HOUSE, NOW, TUESDAY, at
from tests.plans import Heard, report

ONE_DATABASE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
MANY = 20_000
FOLDER = Path(__file__).parent.parent / "campaigns"
WORDS = {"zh-CN": "{name}，送您{gift}。", "en": "{name}: {gift}."}


def plan(**changes: object) -> Plan:
    given = {
        "name": "test",
        "kind": "discount",
        "from": "2026-11-20",
        "until": "2026-12-20",
        "text": WORDS,
        "coupon": {"yuan": 20},
        "budget": 1_000_000,
        "hold_out": 0,
    }
    return Plan.model_validate({**given, **changes})


def crowd(engine: Engine, count: int, now: object = NOW) -> None:
    """So many customers with a chat each who want to hear of offers."""
    ids = range(1, count + 1)
    with transaction(engine) as session:
        put = session.connection().execute
        put(insert(ConsentText), [{"version": "v", "body": "offers", "first_at": now}])
        put(
            insert(Customer),
            [{"id": n, "language": "zh-CN", "name": f"N{n}", "created_at": now} for n in ids],
        )
        chat = {"channel": "web", "account": "main", "speaks_as": Role.CUSTOMER, "created_at": now}
        put(insert(Identity), [{**chat, "user": f"u{n}", "customer_id": n} for n in ids])
        yes = {"purpose": Purpose.MARKETING, "subject": "", "text_version": "v", "given_at": now}
        put(insert(Consent), [{**yes, "customer_id": n, "channel": "web", "account": "main"} for n in ids])


def begin(engine: Engine, company: Company, now: object, wanted: Plan | None = None) -> int:
    with transaction(engine) as session:
        return campaigns.start(session, company, wanted or plan(), now).id or 0


def of(engine: Engine, number: int = 1) -> Campaign:
    with transaction(engine) as session:
        return session.get_one(Campaign, number)


def targets(engine: Engine) -> list[Target]:
    with transaction(engine) as session:
        return list(session.exec(select(Target).order_by(Target.id)))


def halt(engine: Engine, now: object) -> None:
    with transaction(engine) as session:
        campaigns.stop(session, campaigns.called(session, "test", lock=True), "by hand", now)


def go_on(engine: Engine, now: object, budget: int | None = None) -> None:
    with transaction(engine) as session:
        campaigns.resume(session, campaigns.called(session, "test", lock=True), now, budget=budget)


@ONE_DATABASE
def test_many_thousand_people_are_planned_once_each_also_if_it_is_stopped_half_way(
    engine: Engine, company: Company, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(engine, MANY, moment.now)
    begin(engine, company, moment.now, plan(hold_out=10))
    monkeypatch.setattr(running, "PART", MANY // 10)
    monkeypatch.setattr(running.reminders, "are_due", lambda *_: 0)
    began, parts = process_time(), 0
    while of(engine).all_looked_at is None:
        with transaction(engine) as session:
            campaigns.plan_part(session, company, moment.now)
        parts += 1
        if parts == 5:
            halt(engine, moment.now)
            with transaction(engine) as session:
                assert campaigns.plan_part(session, company, moment.now) == 0
            go_on(engine, moment.now)
    assert process_time() - began < 4
    assert parts < 20
    with transaction(engine) as session:
        counted = effects.parts(session, of(engine))
        assert sum(counted.values()) == MANY
        assert 0.09 < counted[Part.HELD_OUT] / MANY < 0.11
        planned = session.exec(select(func.count(func.distinct(Reminder.subject)))).one()
        assert planned == counted[Part.WAITING]


def test_two_processes_tell_everybody_once_and_the_end_of_the_budget_stops_both(
    engine: Engine, company: Company, moment: Moment
) -> None:
    people = 150 if engine.dialect.name == "postgresql" else 60
    crowd(engine, people, moment.now)
    begin(engine, company, moment.now, plan(budget=20 * people // 2))

    def serve() -> None:
        for _ in range(3):
            notices.due(engine, company)

    def together() -> None:
        threads = [threading.Thread(target=serve) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    together()
    half = of(engine)
    assert (half.state, half.sent, half.spent) == (State.STOPPED, people // 2, half.budget)
    go_on(engine, moment.now, budget=half.budget * 2)
    together()
    with transaction(engine) as session:
        told = Counter(session.exec(select(Message.user).where(Message.purpose == Why.BULK)))
        assert len(told) == people
        assert set(told.values()) == {1}
        assert session.exec(select(func.count()).select_from(Coupon)).one() == people
    assert Counter(one.state for one in targets(engine)) == {Part.SENT: people}
    assert of(engine).spent == of(engine).budget == 20_00 * people


ACTS = st.one_of(st.integers(0, 11), st.sampled_from(["stop", "go on", "less"]))


@ONE_DATABASE
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(budget=st.integers(20, 200), yuan=st.integers(1, 20), acts=st.lists(ACTS, max_size=30))
def test_what_is_given_is_never_worth_more_than_the_budget(
    session: Session, budget: int, yuan: int, acts: list[int | str]
) -> None:
    with session.begin_nested() as example:
        people = [homes.customer(session) for _ in range(12)]
        one = campaigns.start(session, HOUSE, plan(budget=budget, coupon={"yuan": yuan}), NOW)
        parts = [Target(campaign_id=one.id, customer_id=who.id, planned_at=NOW) for who in people]
        session.add_all(parts)
        session.flush()
        for act in acts:
            session.refresh(one)
            if act == "stop" and one.state is State.RUNNING:
                campaigns.stop(session, one, "by hand", NOW)
            elif act == "go on" and one.state is State.STOPPED:
                campaigns.resume(session, one, NOW)
            elif act == "less" and one.state is State.STOPPED and one.spent:
                with pytest.raises(ValueError, match="spent"):
                    campaigns.resume(session, one, NOW, budget=one.spent - 1)
            elif isinstance(act, int):
                before = parts[act].state is Part.SENT
                told = campaigns.claim(session, HOUSE, parts[act], "web", NOW) is None
                assert not (before and told)
            session.refresh(one)
            given = session.exec(select(func.coalesce(func.sum(Coupon.amount), 0))).one()
            assert given == one.spent <= budget * 100
            assert one.sent * yuan * 100 == one.spent
        example.rollback()


def all_over(engine: Engine) -> None:
    with transaction(engine) as session:
        for one in session.exec(select(Campaign).where(Campaign.state == State.RUNNING)):
            one.state = State.OVER


@ONE_DATABASE
def test_who_was_planned_when_it_was_stopped_is_told_when_it_goes_on(
    engine: Engine, company: Company, moment: Moment
) -> None:
    crowd(engine, 5, moment.now)
    begin(engine, company, moment.now)
    with transaction(engine) as session:
        assert campaigns.plan_part(session, company, moment.now) == 5
    halt(engine, moment.now)
    notices.due(engine, company)
    assert {one.state for one in targets(engine)} == {Part.WAITING}
    go_on(engine, moment.now)
    notices.due(engine, company)
    assert {one.state for one in targets(engine)} == {Part.SENT}
    moment.at(of(engine).ends_at)
    notices.due(engine, company)
    assert of(engine).state is State.OVER


@ONE_DATABASE
def test_nobody_is_planned_at_night_nor_while_much_else_is_due(
    engine: Engine, company: Company, moment: Moment
) -> None:
    crowd(engine, 3, moment.now)
    begin(engine, company, moment.now)
    morning = moment.now
    for hours, due, planned in ((12, 0, 0), (24, running.PART, 0), (24, running.PART - 1, 3)):
        moment.at(morning + timedelta(hours=hours))
        with transaction(engine) as session:
            session.exec(delete(Reminder))
            keys = {f"test:{n}": str(n) for n in range(due)}
            reminders.schedule_all(session, "test", keys, moment.now)
            assert campaigns.plan_part(session, company, moment.now) == planned


KINDS = (
    ({"points": 200, "coupon": None}, "N1，送您200 积分。", ["go:booking", "go:points"]),
    (
        {"coupon": {"hours": 1, "services": ["DAILY"]}},
        "N1，送您免费 1 小时。",
        ["go:booking:DAILY", "go:coupons"],
    ),
    ({"kind": "referral", "coupon": None, "text": {"zh-CN": "推荐码{code}"}}, "推荐码", ["go:referral"]),
    (
        {
            "kind": "package",
            "coupon": None,
            "package": "DAILY-HOURS",
            "text": {"zh-CN": "{package}{price}，到{until}"},
        },
        "日常保洁 20 小时卡¥810，到12月20日",
        ["go:buying", "go:packages"],
    ),
)


@ONE_DATABASE
@pytest.mark.parametrize(("what", "words", "buttons"), KINDS)
def test_each_kind_says_what_it_gives_and_where_to_go_on(
    what: dict[str, object], words: str, buttons: list[str], engine: Engine, company: Company, moment: Moment
) -> None:
    crowd(engine, 1, moment.now)
    with transaction(engine) as session:
        one = session.get_one(Customer, 1)
        one.phone = "+8613800001234"
        enrolling.join(session, company, one, moment.now)
    begin(engine, company, moment.now, plan(**what))
    notices.due(engine, company)
    with transaction(engine) as session:
        told = session.exec(select(Message).where(Message.purpose == Why.BULK)).one()
        assert told.body.startswith(words)
        assert "退订" in told.body
        assert [one["data"] for one in told.content["choices"]] == [*buttons, "go:messages:offers-off"]
        assert told.expires_at == moment.now + timedelta(days=2)
        has = points.balance(session, 1, moment.now).usable
        assert has == company.members.sign_up + int(str(what.get("points") or 0))


@ONE_DATABASE
def test_only_who_agreed_is_told_in_one_chat_and_never_by_a_template(
    engine: Engine, company: Company, moment: Moment
) -> None:
    crowd(engine, 4, moment.now)
    with transaction(engine) as session:
        consents.withdraw(session, 1, Purpose.MARKETING, now=moment.now)
        chat = {"channel": "wechat", "account": "main", "speaks_as": Role.CUSTOMER, "created_at": moment.now}
        session.add(Identity(**chat, user="w2", customer_id=2))
        session.add(Identity(**chat, user="w3", customer_id=3))
        session.exec(
            select(Identity).where(Identity.customer_id == 3, Identity.channel == "web")
        ).one().unreachable_at = moment.now
        decency.refuse(session, 4, Class.MARKETING, moment.now, channel="web")
    begin(engine, company, moment.now)
    closed = ways.Limits(counted=True, templates={"visit-near": "T"}, unasked=frozenset({"T"}))
    notices.due(engine, company, {("wechat", "main"): closed})
    assert [(one.customer_id, one.state, one.channel, one.why) for one in targets(engine)] == [
        (2, Part.SENT, "web", None),
        (3, Part.DROPPED, None, "no chat of theirs may be written to now"),
        (4, Part.DROPPED, None, "they have no chat left in which they want it"),
    ]


@ONE_DATABASE
def test_three_offers_without_a_word_are_the_last_for_a_while_but_a_tap_is_a_word(
    engine: Engine, company: Company, moment: Moment
) -> None:
    from bot.messages import Tap
    from tests.talk import Person

    crowd(engine, 2, moment.now)
    for n in range(4):
        begin(engine, company, moment.now, plan(name=f"n{n}", until="2027-02-01"))
        notices.due(engine, company)
        Person(engine, company, moment, "u2").sends(Tap("go:booking"))
        all_over(engine)
        moment.forward(days=11)
    sent = Counter(one.customer_id for one in targets(engine) if one.state is Part.SENT)
    assert sent == {1: 3, 2: 4}
    [last] = [one for one in targets(engine) if one.state is Part.DROPPED]
    assert "did not react" in (last.why or "")


@ONE_DATABASE
def test_it_stops_by_itself_when_too_many_refuse_and_managers_hear(
    engine: Engine, company: Company, moment: Moment
) -> None:
    crowd(engine, 40, moment.now)
    begin(engine, company, moment.now)
    notices.due(engine, company)
    moment.forward(minutes=5)
    with transaction(engine) as session:
        for number in range(1, 5):
            consents.withdraw(session, number, Purpose.MARKETING, now=moment.now)
    notices.due(engine, company)
    assert (of(engine).state, of(engine).why) == (
        State.STOPPED,
        "4 of the last 40 who were told want no offers any more",
    )
    with transaction(engine) as session:
        assert (
            session.exec(select(Reminder).where(Reminder.kind == campaigns.STOPPED)).one().outcome == "said"
        )


def chat_of(one: Customer, channel: str = "web") -> Identity:
    given = {"account": "main", "user": f"u{one.id}", "speaks_as": Role.CUSTOMER, "created_at": NOW}
    return Identity(channel=channel, customer_id=one.id, **given)


def placed(session: Session, wanted: Plan, now: object) -> set[int]:
    found: set[int] = set()
    after = 0
    while (upto := audience.next_stretch(session, after, 2)) is not None:
        found |= set(audience.within(session, wanted, after, upto, now))
        after = upto
    return found


def test_the_audience_is_whoever_fits_every_condition_and_is_found_by_keys(
    session: Session, engine: Engine
) -> None:
    homes.worker(session)
    people = [homes.customer(session) for _ in range(5)]
    for one in people:
        who = Identity(
            channel="web" if one.id != 2 else "telegram",
            account="main",
            user=f"u{one.id}",
            customer_id=one.id,
            speaks_as=Role.CUSTOMER,
            created_at=NOW,
        )
        session.add(who)
        session.flush()
        if one.id != 5:
            consents.give(session, one.id or 0, Purpose.MARKETING, body="offers", by=who, now=NOW)
    visit = homes.place(session, people[0], at(TUESDAY, 9))
    visit.status, visit.closed_at = visits.Status.FINISHED, visit.ends_at
    session.add(visit)
    customers.tell_home(session, 2, pets=True, now=NOW)
    for number, day, source in (
        (1, (2, 29), Source.CUSTOMER),
        (3, (11, 5), Source.CUSTOMER),
        (4, (2, 3), Source.STAFF),
    ):
        birthdays.tell(session, HOUSE, number, *day, source=source, now=NOW)
    for number, stage, segment in ((1, Stage.NEW, Segment.HIGH), (2, Stage.LOST, Segment.SMALL)):
        session.add(Lifecycle(customer_id=number, stage=stage, segment=segment, since=NOW, look_at=NOW))
    people[3].language = "en"
    session.flush()
    later = NOW + timedelta(days=40)

    heard = Heard()

    def who(**conditions: object) -> set[int]:
        with heard.on(engine):
            return placed(session, plan(audience=conditions), later)

    assert who() == {1, 2, 3, 4}
    assert who(had=["CLEAN"]) == who(areas=["NORTH"]) == who(visits_from=1) == {1}
    assert who(last_visit_before_days=30) == {1}
    assert who(last_visit_before_days=60) == set()
    assert who(never_had=["CLEAN"]) == who(never_visited=True) == {2, 3, 4}
    assert (who(pets=True), who(pets=False), who(channels=["telegram"])) == ({2}, {1, 3, 4}, {2})
    assert (who(languages=["en"]), who(tiers=["gold"]), who(points_from=1)) == ({4}, set(), set())
    assert (who(stages=["new", "lost"]), who(stages=["loyal"])) == ({1, 2}, set())
    assert (who(segments=["high"]), who(stages=["lost"], segments=["high"])) == ({1}, set())
    assert (who(birthday_months=[2]), who(birthday_months=[2, 11]), who(birthday_months=[12])) == (
        {1},
        {1, 3},
        set(),
    )
    assert who(birthday_months=[11], had=["CLEAN"]) == set()
    assert (who(events=["baby"]), who(never_had=["CLEAN"], pets=True)) == (set(), {2})
    assert placed(session, plan(coupon=None, points=200), later) == set()
    session.commit()  # so that the database can be asked about them
    report(heard.reading_too_much(engine))


def test_a_draw_can_be_drawn_again_by_anybody(engine: Engine, company: Company, moment: Moment) -> None:
    crowd(engine, 8, moment.now)
    wanted = plan(kind="draw", seed="2026 seed", winners=2, until="2026-11-24", coupon={"yuan": 50})
    number = begin(engine, company, moment.now, wanted)
    notices.due(engine, company)
    with transaction(engine) as session:
        mine = session.get_one(Campaign, number)
        for one in range(1, 8):
            draws.enter(session, mine, one, moment.now)
            decency.refuse(session, one, Class.CARE, moment.now)
        assert mine.spent == 0
        with pytest.raises(campaigns.EntriesOpen):
            draws.draw(session, company, mine, moment.now)
    moment.forward(days=3)
    notices.due(engine, company)
    notices.due(engine, company)
    with transaction(engine) as session:
        mine = session.get_one(Campaign, number)
        won = [one.customer_id for one in draws.draw(session, company, mine, moment.now)]
        assert won == draws.order("2026 seed", range(1, 8))[:2]
        assert {one.customer_id for one in session.exec(select(Coupon))} == set(won)
        assert mine.spent == 100_00
        heard = session.exec(select(Reminder.outcome).where(Reminder.kind == campaigns.WON)).all()
        assert heard == ["said", "said"]
        with pytest.raises(campaigns.NotNow):
            draws.enter(session, mine, 8, moment.now)


@ONE_DATABASE
def test_what_it_changed_is_told_by_those_who_were_held_out(session: Session) -> None:
    for _ in range(4):
        homes.worker(session)
    made = campaigns.start(session, HOUSE, plan(hold_out=50, measure_days=10), NOW)
    for n in range(6):
        who = homes.customer(session)
        state = Part.HELD_OUT if n in (0, 1) else Part.SENT
        session.add(Target(campaign_id=made.id, customer_id=who.id, state=state, planned_at=NOW))
        session.flush()
        if n in (1, 2, 3, 4):
            homes.place(session, who, at(TUESDAY, 9) if n < 3 else at(TUESDAY, 14))
    last = session.exec(select(visits.Visit).where(visits.Visit.customer_id == 5)).one()
    last.status = visits.Status.CANCELLED
    session.flush()
    found = effects.of(session, made)
    assert (found.chosen.people, found.chosen.visits) == (4, 2)
    assert (found.held_out.people, found.held_out.visits) == (2, 1)
    assert found.extra == 0.0
    assert found.give_or_take > 2


@ONE_DATABASE
def test_two_who_become_one_are_told_once(session: Session) -> None:
    kept, given = homes.customer(session, known=False), homes.customer(session, known=False)
    made = campaigns.start(session, HOUSE, plan(), NOW)
    for one, state in ((kept, Part.SENT), (given, Part.WAITING)):
        session.add(Target(campaign_id=made.id, customer_id=one.id, state=state, planned_at=NOW))
    session.flush()
    by = chat_of(kept)
    session.add(by)
    session.flush()
    merge = merging.merge(session, kept, given, by, NOW, proof=Proof.CODE)
    theirs = session.exec(select(Target).where(Target.customer_id == given.id)).one()
    assert theirs.state is Part.DROPPED
    clerk = staff.hire(session, name="Ai", role=staff.Rank.CLERK, language="zh-CN")
    merging.undo(session, merge.id or 0, by=clerk.id or 0, now=NOW)
    assert theirs.state is Part.WAITING


def test_a_preview_counts_without_changing_anything(engine: Engine, company: Company, moment: Moment) -> None:
    crowd(engine, 12, moment.now)
    with transaction(engine) as session:
        consents.withdraw(session, 1, Purpose.MARKETING, now=moment.now)
        decency.sent(session, 2, Class.MARKETING, moment.now, about="test")
        made = previews.of(session, company, plan(hold_out=50, budget=60), lambda _: ways.FREE, moment.now)
        assert (made.found.looked_at, made.found.fits, made.found.agreed) == (12, 12, 11)
        assert (made.now, sum(made.held.values()) + sum(made.dropped.values())) == (10, 1)
        assert made.channels == {"web": 11}
        assert (made.cost, made.budget_is_short) == (60_00, True)
        assert session.exec(select(func.count()).select_from(Target)).one() == 0


GOOD = (FOLDER / "discount.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "became", "says"),
    [
        ("budget = 2000", "budgett = 2000", "did you mean 'budget'?"),
        ("budget = 2000", "budget = 10", "does not pay for one gift"),
        ("{gift}，满", "{gfit}，满", "line 9, text, zh-CN: nothing stands for {gfit}; did you mean 'gift'?"),
        ("{gift}，满", "{gift!r}，满", "nothing stands for {gift!r}"),
        ("{gift}，满", "{gift，满", "does not close"),
        ("入冬了", "全网最低", "forbidden in advertisements"),
        ("入冬了", "入冬了" * 150, "300 are read at a glance"),
        ("hold_out = 0", 'template = "visit-near"', "templates are for news of visits"),
        ('kind = "discount"', 'kind = "draw"', "a draw needs seed and winners"),
        ('kind = "discount"', 'kind = "package"', "needs package"),
        ("yuan = 20\n", "percent = 10\n", "most_yuan goes with percent"),
        ("yuan = 20\n", "yuan = 20\nhours = 1\n", "write one of"),
        ("yuan = 20\n", 'add_on = "FRIDGES"\n', "the company has no 'FRIDGES'"),
        ('languages = ["zh-CN", "en"]', 'had = ["DALY"]', "did you mean 'DAILY'?"),
        ('languages = ["zh-CN", "en"]', "never_visited = true\nvisits_from = 2", "had no visit"),
        ('languages = ["zh-CN", "en"]', 'stages = ["new", "gone"]', "stages"),
        ('languages = ["zh-CN", "en"]', "birthday_months = [13]", "birthday_months"),
        ('languages = ["zh-CN", "en"]', 'never_visited = true\nstages = ["new"]', "has no stage"),
        ("until = 2026-12-20", "until = 2026-10-20", "over before it begins"),
        ('\nen = "Hi', '\nfr = "Hi', "no words in en"),
        ('name = "winter-clean"', 'name = "Winter!"', "name"),
        ("[text]", "[text", "not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line_and_reason(
    was: str, became: str, says: str, tmp_path: Path, company: Company
) -> None:
    file = tmp_path / "c.toml"
    file.write_text(GOOD.replace(was, became), encoding="utf-8")
    with pytest.raises(FileInvalid) as no:
        files.read(file, company)
    assert says in str(no.value)
