"""Templates that the platform refused."""

from datetime import timedelta

from sqlmodel import Session

from core import correspondence, grants, templates, ways
from core.correspondence import Message, Peer, Purpose, Status
from core.templates import RESTS
from core.ways import Limits, News, Template, Wait
from tests.conftest import Moment

WANG = Peer("letter", "main", "wang")
LIMITS = Limits(counted=True, templates={"near": "T1", "answered": "T2"}, unasked=frozenset({"T2"}))
ACCOUNTS = {("letter", "main"): LIMITS, ("letter", "second"): LIMITS}


def test_a_refused_template_rests_for_a_while(session: Session, moment: Moment) -> None:
    templates.refuse(session, "letter", "main", "T2", "no such template", moment.now)
    news = News(WANG, kind="answered")
    assert ways.choose(session, news, ACCOUNTS, moment.now) == Wait("window-closed")
    other = News(Peer("letter", "second", "wang"), kind="answered")
    assert ways.choose(session, other, ACCOUNTS, moment.now) == Template("T2", "window-closed")

    moment.now += RESTS
    assert ways.choose(session, news, ACCOUNTS, moment.now) == Template("T2", "window-closed")


def test_the_latest_refusal_is_kept(session: Session, moment: Moment) -> None:
    templates.refuse(session, "letter", "main", "T1", "not in use", moment.now - timedelta(days=2))
    templates.refuse(session, "letter", "main", "T2", "no such template", moment.now - timedelta(days=2))
    templates.refuse(session, "letter", "main", "T2", "does not fit", moment.now)

    (found,) = templates.troubles(session, "letter", "main", moment.now - timedelta(days=1))
    assert (found.template, found.reason) == ("T2", "does not fit")
    assert templates.troubles(session, "letter", "second", moment.now - timedelta(days=9)) == []


def test_only_templates_that_may_not_be_sent_unasked_are_asked_for(session: Session, moment: Moment) -> None:
    assert LIMITS.asked == {"T1"}
    grants.accept(session, WANG, "T1", moment.now)
    way, units = ways.take(session, News(WANG, kind="near"), ACCOUNTS, moment.now)
    assert (way, len(units)) == (Template("T1", "window-closed"), 1)
    assert ways.take(session, News(WANG, kind="near"), ACCOUNTS, moment.now) == (Wait("window-closed"), ())


def test_what_bounced_is_due_again_by_another_way(session: Session, moment: Moment) -> None:
    first, second = (
        correspondence.post(session, WANG, body=body, content={"news": "near"}, now=moment.now)
        for body in ("one", "two")
    )
    for id in (first, second):
        correspondence.sent(session, id, moment.now, receipt=f"R{id}")
    moment.forward(minutes=1)
    correspondence.bounce(session, WANG, f"R{second}", "blocked", moment.now)
    correspondence.bounce(session, WANG._replace(user="mei"), f"R{first}", "blocked", moment.now)
    correspondence.bounce(session, WANG, "R0", "blocked", moment.now)

    (claimed,) = correspondence.claim(session, "letter", "main", moment.now)
    assert (claimed.id, claimed.purpose) == (second, Purpose.NOTICE)
    assert claimed.content == {"news": "near", "bounced": True}
    kept = session.get_one(Message, first)
    assert (kept.status, kept.receipt) == (Status.SENT, f"R{first}")
    assert session.get_one(Message, second).failure == "blocked"


def test_what_bounced_is_not_due_twice(session: Session, moment: Moment) -> None:
    id = correspondence.post(session, WANG, body="one", content={}, now=moment.now)
    correspondence.sent(session, id, moment.now, receipt="R1")
    for _ in range(2):
        correspondence.bounce(session, WANG, "R1", "blocked", moment.now)

    assert len(correspondence.claim(session, "letter", "main", moment.now)) == 1
