"""No statement reads a whole table that grows with customers, visits or talk; the databases say so.

What conversations ask is looked at where they are held, in tests/test_transcripts.py.
"""

import contextlib
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot import notices, store
from channels import doctor
from channels.lookout import Lookout
from channels.web.record import Record
from core import bindings, correspondence, grants, identities, invitations, papers, ways, workers
from core.bindings import WrongCode
from core.company import Company
from core.correspondence import Peer
from core.database import transaction
from core.grants import Allowance
from core.identities import Role
from core.invitations import InvitationWrong
from core.settings import Settings
from core.ways import Limits, News
from tests import town
from tests.channels.test_delivery import FakeChannel
from tests.conftest import Moment
from tests.plans import Heard, report
from tests.talk import Person
from tests.test_transcripts import FOLDER, Replay


@pytest.fixture
def furnished(engine: Engine, company: Company, moment: Moment) -> Engine:
    """A database with the town's people in it."""
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    return engine


def follow(replay: Replay, file: Path) -> None:
    """Hold the conversation of a transcript without looking at what is answered."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(("> ", "@ ")):
            replay.play(line)


def test_no_sweep_reads_a_whole_table(furnished: Engine, company: Company, moment: Moment) -> None:
    heard = Heard()
    home, last = "武侯区科华北路12号3栋501", ("都可以", "王女士", "13800001234", "没有", "确认")
    for user, wish, answers in (
        ("visited", "后天上午九点日常保洁3小时", ("不用", home, "没有", *last)),
        ("asking", "想约收纳整理 4小时 周五上午九点", ("不用加", home, "没有", *last)),
        ("gone", "明天上午九点日常保洁3小时", ("不用", home, "没有")),  # while a window is held
    ):
        Person(furnished, company, moment, user).says(wish, *answers)

    with heard.on(furnished):
        for hours in (1, 23, 24):
            moment.forward(hours=hours)
            notices.due(furnished, company)

    assert {"hold", "reminder", "entry"} <= {name for each in heard.statements for name in each.split()}
    report(heard.reading_too_much(furnished))


def test_no_delivery_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard = Heard()
    with transaction(furnished) as session:
        ids = [
            correspondence.post(session, peer(n), body="-", content={}, now=moment.now)
            for n in (1, 1, *range(2, 40))
        ]

    with heard.on(furnished), transaction(furnished) as session:
        claimed = correspondence.claim(session, "telegram", "main", moment.now)
        correspondence.is_next(session, peer(1))
        correspondence.with_earlier(session, [one._replace(content={"closes": one.id}) for one in claimed])
        after = correspondence.following(session, claimed[0], moment.now)
        along = correspondence.take_together(session, after, moment.now)
        correspondence.likewise(session, claimed[0]._replace(along=(ids[1],)))
        correspondence.arrived(session, [correspondence.Arrival(ids[0], moment.now, "7")])
        correspondence.postpone(session, ids[2], moment.forward(minutes=1), "busy")
        correspondence.give_up(session, ids[3], "gone")
        correspondence.unsure(session, claimed[-1], moment.now, "cut off")
        correspondence.readdress(session, peer(2), "22")
        correspondence.sweep(session, "telegram", "main", moment.now)
        store.readdress(session, peer(2), "22")

    assert [message.id for message in claimed] == [ids[0], *ids[2:]]
    assert [message.id for message in along] == [ids[1]]
    report(heard.reading_too_much(furnished))


def test_no_budget_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard, hour = Heard(), timedelta(hours=1)
    limits = Limits(counted=True, earns={"message": Allowance("wrote", 5, hour)}, templates={"near": "T1"})
    accounts = {("telegram", "main"): limits}
    with transaction(furnished) as session:
        customer = identities.speaker(session, *peer(1), language="en", now=moment.now).customer_id or 0
        for number in range(2, 40):
            identities.bind_customer(session, *peer(number), customer, now=moment.now)
            ways.met(session, peer(number), "message", limits, moment.now)
        ids = [correspondence.post(session, peer(1), body="-", content={}, now=moment.now) for _ in range(3)]

    with heard.on(furnished), transaction(furnished) as session:
        correspondence.hold(session, ids[0], "wait:window-closed")
        correspondence.goes(session, ids[1], "direct:budget")
        ways.choose(session, News(peer(1), kind="near", critical=True), accounts, moment.now)
        ways.call(session, customer, about="V1", words="-", by=None, zone=UTC, now=moment.now)
        ways.met(session, peer(1), "message", limits, moment.now)
        grants.accept(session, peer(1), "T1", moment.now)
        grants.spend_template(session, peer(1), "T1")
        _, units = ways.take(session, News(peer(1)), accounts, moment.now)
        grants.give_back(session, peer(1), units)
        grants.reject(session, peer(1), "T1")
        grants.void(session, peer(1), earned_before=moment.now)
        grants.sweep(session, moment.now)

    assert units
    report(heard.reading_too_much(furnished))


def test_no_binding_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard = Heard()
    with transaction(furnished) as session:
        who = [
            identities.behind(session, *peer(number), language="en", now=moment.now) for number in range(40)
        ]
        for one in who[3:]:
            token = bindings.offer(session, one, moment.now).token
            with contextlib.suppress(WrongCode):
                bindings.verify(session, one, "wrong", moment.now)
        bindings.bind(session, who[2], token, moment.now)

    with heard.on(furnished), transaction(furnished) as session:
        made = bindings.bind(session, who[1], bindings.offer(session, who[0], moment.now).code, moment.now)
        with contextlib.suppress(WrongCode):
            bindings.verify(session, who[1], "wrong", moment.now)
        assert bindings.latest(session, made.customer.id or 0)
        bindings.undo(session, made.merge_id, by=1, now=moment.now)

    assert {"merge", "binding_offer", "binding_try"} <= {
        name for each in heard.statements for name in each.split()
    }
    report(heard.reading_too_much(furnished))


def test_no_joining_reads_a_whole_table(furnished: Engine, company: Company, moment: Moment) -> None:
    heard = Heard()
    with transaction(furnished) as session:
        who = [
            identities.behind(session, *peer(number), language="en", now=moment.now) for number in range(40)
        ]
        team = [workers.worker(session, number) for number in (1, 2, 3, 4)]
        for _ in range(10):
            for one in team:
                invitations.invite_worker(session, one, moment.now)

    with heard.on(furnished), transaction(furnished) as session:
        made = invitations.invite_worker(session, team[0], moment.now)
        with contextlib.suppress(InvitationWrong):
            invitations.verify(session, who[2], "AAAA-AAA9", moment.now)
        invitations.accept(session, who[1], made.code, moment.now)
        identities.speak_as(session, *peer(1), Role.CUSTOMER)
        papers.keep(session, company, 1, "health", date(2026, 12, 1), now=moment.now)
        papers.lacking(session, company, papers.of(session, 1)[0], moment.now)
        identities.release_worker(session, 1, language="en", now=moment.now)

    assert "invitation" in {name for each in heard.statements for name in each.split()}
    report(heard.reading_too_much(furnished))


def peer(number: int) -> Peer:
    return Peer("telegram", "main", str(number))


def test_no_page_of_the_web_chat_reads_a_whole_table(
    furnished: Engine, company: Company, moment: Moment, tmp_path: Path
) -> None:
    heard, record = Heard(), Record(furnished)
    follow(Replay(furnished, company, moment, buttons=True), FOLDER / "zh/booking.txt")
    visitor = Peer("web", "main", "customer")

    with heard.on(furnished):
        page, _ = record.latest(visitor)
        record.latest(visitor, before=page[5].id)
        record.taken(record.since(visitor, page[3].id or 0))
        record.seen(visitor, page[-1].id or 0)
        record.news(record.newest() - 5)
    with heard.on(furnished), transaction(furnished) as session:
        page[-1].created_at = moment.now
        correspondence.unshown(session, "web", "main", timedelta(minutes=30), moment.now)
        correspondence.is_shown_to(session, page[-1], visitor)

    report(heard.reading_too_much(furnished))


async def test_no_scrape_reads_a_whole_table(furnished: Engine, moment: Moment) -> None:
    heard, lookout = Heard(), Lookout(furnished, [FakeChannel("telegram")])
    with transaction(furnished) as session:
        correspondence.post(session, peer(1), body="-", content={}, now=moment.now)

    with heard.on(furnished):
        seen = await lookout.look(max_age=timedelta(0), within=timedelta(seconds=30))

    lookout.close()
    assert seen.outbox["telegram"].messages == 1
    report(heard.reading_too_much(furnished))


def test_the_doctor_reads_no_whole_table(furnished: Engine, tmp_path: Path, moment: Moment) -> None:
    heard, url = Heard(), furnished.url.render_as_string(hide_password=False)
    chosen = Settings.model_validate({"data_dir": tmp_path, "database_url": url})

    with heard.on(Engine):  # the doctor opens the database by itself
        findings = doctor.examine(lambda: chosen)

    assert "holds" in {finding.what for finding in findings}
    report(heard.reading_too_much(furnished))
