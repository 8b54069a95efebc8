"""The page behind the link at the foot of an e-mail: only a press changes anything, and for months."""

import asyncio
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import clock, company, consents, customers, decency, identities, staff
from core.bindings import merging
from core.bindings.tables import Proof
from core.company import Company
from core.consents import Purpose
from core.correspondence import Peer
from core.database import transaction
from core.decency import Class, Pace, Refusal
from core.resorts import RefusalLink, refusing
from core.retention import CLASSES, sweep
from core.staff import Rank

PAGE = "https://anxin.example"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def of_pages() -> Company:
    known = company.load()
    return known.model_copy(update={"resorts": known.resorts.opened(email_from="", sms_from="", page=PAGE)})


def reader(session: Session, user: str = "wang") -> int:
    """A customer with a chat who agreed to hear of offers."""
    customer = customers.greet(session, language="zh-CN", now=clock.now())
    id = customer.id or 0
    by = identities.bind_customer(session, "web", "main", user, id, now=clock.now())
    consents.give(session, id, Purpose.MARKETING, body="offers", by=by, now=clock.now())
    return id


def link(engine: Engine, kind: Class = Class.CARE, *, language: str = "zh-CN") -> tuple[str, int]:
    """The path of the link in an e-mail that somebody got just now, and who."""
    with transaction(engine) as session:
        who = reader(session)
        address = refusing.link(session, of_pages(), who, kind, language=language, now=clock.now())
    return address.removeprefix(PAGE), who


def refusals(engine: Engine, who: int) -> set[tuple[Class, str]]:
    with Session(engine) as session:
        theirs = session.exec(select(Refusal).where(Refusal.customer_id == who))
        return {(one.kind, one.channel) for one in theirs}


async def test_looking_changes_nothing_and_one_press_stops_that_class_by_e_mail(
    page: ClientSession, engine: Engine
) -> None:
    path, who = link(engine)
    for _ in range(3):
        async with page.get(path) as answer:
            assert answer.status == 200
            assert "不再用邮件收到关怀提醒？" in await answer.text()
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Set-Cookie" not in answer.headers
    assert refusals(engine, who) == set()
    for _ in range(2):
        async with page.post(path) as answer:
            assert answer.status == 200
            assert "关怀提醒不再发邮件给您" in await answer.text()
    assert refusals(engine, who) == {(Class.CARE, "email")}
    async with page.get(path) as answer:
        assert f'action="{path}"' not in await answer.text(), "what is done is not offered again"


async def test_a_mail_programs_own_button_needs_no_cookie_and_is_answered_at_once(
    page: ClientSession, engine: Engine
) -> None:
    path, who = link(engine, Class.MARKETING, language="en")
    for data in (ONE_CLICK, None, {"x": "y" * 100_000}):
        async with page.post(path, data=data, allow_redirects=False) as answer:
            assert answer.status == 200
            assert "no more offers by e-mail" in await answer.text()
    assert refusals(engine, who) == {(Class.MARKETING, "email")}
    with Session(engine) as session:
        assert consents.has(session, who, Purpose.MARKETING), "in chats they still want them"


async def test_all_of_it_everywhere_is_a_button_of_its_own(page: ClientSession, engine: Engine) -> None:
    path, who = link(engine)
    with transaction(engine) as session:
        decency.want(session, who, Pace.DIGEST, clock.now())
    async with page.get(f"{path}/all") as answer:
        assert answer.status == 405
    for _ in range(2):
        async with page.post(f"{path}/all") as answer:
            assert answer.status == 200
            words = await answer.text()
            assert "关怀提醒不会再发给您" in words
            assert "<form" not in words
    assert refusals(engine, who) == {(Class.CARE, "")}
    with Session(engine) as session:
        assert not consents.has(session, who, Purpose.MARKETING)
        assert decency.pace(session, who) is Pace.USUAL


async def test_of_many_who_press_at_once_all_are_told_it_is_done(page: ClientSession, engine: Engine) -> None:
    path, who = link(engine)

    async def press(where: str) -> int:
        async with page.post(where) as answer:
            return answer.status

    assert set(await asyncio.gather(*(press(one) for one in (path, f"{path}/all") * 4))) == {200}
    assert refusals(engine, who) == {(Class.CARE, "email"), (Class.CARE, "")}


@pytest.mark.parametrize("end", ["x", "a" * 32, "%F0%9F%90%B1", "%00", "%22%3E%3Cb%3E"])
async def test_what_is_no_link_says_how_to_stop_all_the_same(
    page: ClientSession, engine: Engine, end: str
) -> None:
    path, who = link(engine)
    for ask in (page.get, page.post):
        async with ask(f"/unsubscribe/{end}", headers={"Accept-Language": "en"}) as answer:
            assert answer.status == 404
            assert "message settings" in await answer.text()
    async with page.post(f"{path}x") as answer:
        assert answer.status == 404
    assert refusals(engine, who) == set()


async def test_it_works_for_months_and_for_who_became_one_with_another(
    page: ClientSession, engine: Engine
) -> None:
    path, given = link(engine)
    with transaction(engine) as session:
        kept = reader(session, "li")
        both = {one.id: one for one in merging.lock(session, kept, given)}
        by = identities.find(session, *Peer("web", "main", "li"))
        assert by is not None
        made = merging.merge(session, both[kept], both[given], by, clock.now(), proof=Proof.CODE)
    async with page.post(path) as answer:
        assert answer.status == 200
    assert (refusals(engine, kept), refusals(engine, given)) == ({(Class.CARE, "email")}, set())
    with transaction(engine) as session:
        boss = staff.hire(session, name="陈静", role=Rank.CLERK, language="zh-CN")
        merging.undo(session, made.id or 0, by=boss.id or 0, now=clock.now())
    async with page.post(path) as answer:
        assert answer.status == 200
    assert refusals(engine, given) == {(Class.CARE, "email")}

    token = path.rpartition("/")[2]
    with transaction(engine) as session:
        later = clock.now() + timedelta(days=390)
        assert refusing.find(session, token, later) is not None
        assert "refusal links" in CLASSES
        sweep(session, of_pages(), clock.now() + timedelta(days=401))
        assert session.exec(select(RefusalLink)).all() == []
