"""Addresses of last resort: proved by a code, kept apart from chats, gone when their person goes."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core import company, customers, identities, staff
from core.bindings import merging
from core.bindings.tables import Proof
from core.bindings.tries import TooManyTries
from core.correspondence import Message, Peer
from core.customers import Customer
from core.database import transaction
from core.identities import Identity
from core.privacy import erasing, exporting
from core.resorts import AddressCode, Notification, NotifyAddress, addresses, notifications
from core.resorts.notifications import Matter
from core.staff import Rank
from tests.conftest import Moment
from tests.core.test_races import Act, together

COMPANY = company.load()
COMPANY = COMPANY.model_copy(
    update={"resorts": COMPANY.resorts.opened(email_from="noreply@anxin.example", sms_from="")}
)
MAIL = "wang@qq.com"


def chat(session: Session, user: str, moment: Moment) -> Identity:
    return identities.behind(session, "web", "main", user, language="zh-CN", now=moment.now)


def proved(session: Session, who: Identity, moment: Moment, address: str = MAIL) -> NotifyAddress:
    made = addresses.ask(session, COMPANY, who.customer_id or 0, address, moment.now)
    return addresses.confirm(session, who, address, made.code, moment.now)


def test_only_the_newest_code_in_its_time_proves_an_address(session: Session, moment: Moment) -> None:
    who = chat(session, "wang", moment)
    first = addresses.ask(session, COMPANY, who.customer_id or 0, MAIL, moment.now)
    second = addresses.ask(session, COMPANY, who.customer_id or 0, "li@qq.com", moment.now)

    with pytest.raises(addresses.AddressGone):
        addresses.confirm(session, who, MAIL, first.code, moment.now)
    with pytest.raises(addresses.AddressGone):
        addresses.confirm(session, who, "li@qq.com", second.code, moment.now + addresses.LASTS)
    assert addresses.confirm(session, who, "li@qq.com", second.code, moment.now).confirmed_at
    with pytest.raises(addresses.AddressGone):
        addresses.confirm(session, who, "li@qq.com", second.code, moment.now)


def test_codes_cannot_be_guessed_nor_sent_without_end(session: Session, moment: Moment) -> None:
    who = chat(session, "wang", moment)
    made = addresses.ask(session, COMPANY, who.customer_id or 0, MAIL, moment.now)
    wrong = f"{(int(made.code) + 1) % 1_000_000:06}"
    for left in range(4, 0, -1):
        with pytest.raises(addresses.CodeWrong) as no:
            addresses.confirm(session, who, MAIL, wrong, moment.now)
        assert no.value.args_["left"] == left
    for code in (wrong, made.code):
        with pytest.raises(TooManyTries):
            addresses.confirm(session, who, MAIL, code, moment.now)

    for _ in range(2):
        addresses.ask(session, COMPANY, who.customer_id or 0, MAIL, moment.now)
    with pytest.raises(addresses.TooManyCodes):
        addresses.ask(session, COMPANY, who.customer_id or 0, MAIL, moment.now)
    other = chat(session, "li", moment)
    with pytest.raises(addresses.TooManyCodes):  # nobody's mailbox is filled from many chats
        addresses.ask(session, COMPANY, other.customer_id or 0, MAIL, moment.now)
    moment.forward(hours=25)
    assert addresses.ask(session, COMPANY, other.customer_id or 0, MAIL, moment.now).code


def test_an_address_is_no_chat_and_is_lost_only_as_the_one_it_is(session: Session, moment: Moment) -> None:
    who = chat(session, "wang", moment)
    proved(session, who, moment)
    customer = session.get_one(Customer, who.customer_id)
    matter = Matter("visit-near")

    assert [one.channel for one in identities.of_customer(session, who.customer_id or 0)] == ["web"]
    peer, _ = notifications.choose(session, COMPANY, customer, matter, moment.now)
    assert peer == Peer("email", "noreply@anxin.example", MAIL)
    addresses.lose(session, customer.id or 0, "email", "old@qq.com", why="550", now=moment.now)
    assert addresses.good(session, customer, "email") == MAIL
    addresses.lose(session, customer.id or 0, "email", MAIL, why="550", now=moment.now)
    assert addresses.good(session, customer, "email") is None
    proved(session, who, moment)
    assert addresses.good(session, customer, "email") == MAIL


def test_a_number_counts_once_it_is_proved_and_until_nothing_arrives(
    session: Session, moment: Moment
) -> None:
    customer = session.get_one(Customer, chat(session, "wang", moment).customer_id)
    customers.set_phone(session, customer, "+8613800001234")
    assert addresses.good(session, customer, "sms") is None
    customers.set_phone(session, customer, "+8613800001234", verified_at=moment.now)
    assert addresses.good(session, customer, "sms") == "+8613800001234"
    addresses.lose(session, customer.id or 0, "sms", "+8613800001234", why="no such number", now=moment.now)
    assert addresses.good(session, customer, "sms") is None
    customers.set_phone(session, customer, "+8613900001234", verified_at=moment.now)
    assert addresses.good(session, customer, "sms") == "+8613900001234"


def test_two_who_become_one_keep_the_address_and_part_again(session: Session, moment: Moment) -> None:
    kept, given = chat(session, "wang", moment), chat(session, "li", moment)
    proved(session, given, moment)
    kept_id, given_id = kept.customer_id or 0, given.customer_id or 0
    both = {one.id: one for one in merging.lock(session, kept_id, given_id)}
    made = merging.merge(session, both[kept_id], both[given_id], given, moment.now, proof=Proof.CODE)
    assert addresses.of(session, kept_id)
    boss = staff.hire(session, name="陈静", role=Rank.CLERK, language="zh-CN")
    merging.undo(session, made.id or 0, by=boss.id or 0, now=moment.now)
    assert addresses.of(session, kept_id) is None
    assert addresses.of(session, given_id)


def test_who_is_removed_leaves_no_address_behind(session: Session, moment: Moment) -> None:
    who = chat(session, "wang", moment)
    proved(session, who, moment)
    id = who.customer_id or 0
    peer = Peer("email", "noreply@anxin.example", MAIL)
    message = Message(
        direction="out", channel=peer.channel, account=peer.account, user=MAIL, kind="text", body="明天见",
        content={}, status="sent", purpose="notice", created_at=moment.now,
    )  # fmt: skip
    session.add(message)
    session.flush()
    notifications.note(
        session, COMPANY, id, peer, message_id=message.id or 0, kind="visit-near", why="", now=moment.now
    )
    told = exporting.gather(session, id)
    assert [one["address"] for one in told["notify_address"]] == [MAIL]
    assert "明天见" in [one["body"] for one in told["message"]]

    asked = erasing.ask(session, COMPANY, id, by="customer", now=moment.now)
    erasing.erase(session, asked, moment.now + timedelta(days=1))

    assert session.exec(select(NotifyAddress)).all() == []
    assert session.exec(select(AddressCode)).all() == []
    assert [one.user for one in session.exec(select(Notification))] == [""]
    assert MAIL not in [one.user for one in session.exec(select(Message))]


def test_of_two_who_give_the_code_at_once_one_counts(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        who = chat(session, "wang", moment)
        made = addresses.ask(session, COMPANY, who.customer_id or 0, MAIL, moment.now)
        session.expunge(who)

    def gives(session: Session) -> bool:
        addresses.confirm(session, who, MAIL, made.code, moment.now)
        return True

    results = together(engine, [gives, gives])

    assert sorted(type(one) for one in results if one is not True) == [addresses.AddressGone]


def test_of_many_who_ask_at_once_no_more_than_allowed_get_a_code(engine: Engine, moment: Moment) -> None:
    with transaction(engine) as session:
        id = chat(session, "wang", moment).customer_id or 0

    def asks(session: Session) -> bool:
        addresses.ask(session, COMPANY, id, MAIL, moment.now)
        return True

    results = together(engine, [asks] * 5)

    assert results.count(True) == COMPANY.resorts.codes_per_hour


def test_of_many_who_give_one_address_at_once_no_more_than_allowed_get_a_code(
    engine: Engine, moment: Moment
) -> None:
    with transaction(engine) as session:
        ids = [chat(session, f"user {n}", moment).customer_id or 0 for n in range(6)]

    def asking(id: int) -> Act:
        return lambda session: addresses.ask(session, COMPANY, id, MAIL, moment.now)

    results = together(engine, [asking(id) for id in ids])

    refused = [one for one in results if isinstance(one, addresses.TooManyCodes)]
    assert len(results) - len(refused) == COMPANY.resorts.codes_per_hour
    with transaction(engine) as session:
        assert len(session.exec(select(AddressCode)).all()) == COMPANY.resorts.codes_per_hour
