"""Proofs other than the code, and what no order of proofs, noes and undoings may ever do."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from core import bindings, correspondence, customers
from core.bindings import BindingOffer, CodeExpired, Merge, Proof, ProofGone
from core.bindings.hiding import hide
from core.correspondence import Message, Peer
from core.customers import Customer
from core.errors import DomainError
from core.identities import Identity
from core.visits import Visit
from tests.core import homes
from tests.core.homes import NOW, TUESDAY, at
from tests.core.test_bindings import clerk, person, seen

NUMBERS = ("+8613800000001", "+8613800000002")


def confirms(session: Session, identity: Identity, phone: str = NUMBERS[0]) -> None:
    customer = session.get_one(Customer, identity.customer_id)
    customers.set_phone(session, customer, phone, verified_at=NOW)
    session.flush()


def test_a_number_that_both_confirmed_binds_and_the_earlier_customer_stays(session: Session) -> None:
    (anna, kept), (other, given_up) = person(session, "anna"), person(session, "other")
    customers.rename(session, kept, "Anna")
    confirms(session, anna)
    assert bindings.find_same_phone(session, other.customer_id or 0) is None
    confirms(session, other)
    assert bindings.find_same_phone(session, other.customer_id or 0) == kept.id
    made = bindings.bind_by_phone(session, other, kept.id or 0, NOW)
    assert other.customer_id == anna.customer_id == kept.id
    assert (made.customer, given_up.given_up_at) == (kept, NOW)
    assert session.get_one(Merge, made.merge_id).proof == Proof.PHONE
    bindings.undo(session, made.merge_id, by=clerk(session), now=NOW)
    assert other.customer_id == given_up.id


@pytest.mark.parametrize("which", ["anna", "other"])
def test_a_number_that_one_only_said_proves_nothing(session: Session, which: str) -> None:
    people = {name: person(session, name) for name in ("anna", "other")}
    for name, (identity, customer) in people.items():
        if name == which:
            customers.set_phone(session, customer, NUMBERS[0])
        else:
            confirms(session, identity)
    for identity, _ in people.values():
        assert bindings.find_same_phone(session, identity.customer_id or 0) is None
    with pytest.raises(ProofGone):
        bindings.bind_by_phone(session, people["other"][0], people["anna"][1].id or 0, NOW)


def test_the_same_two_are_asked_once_whoever_confirms_next(session: Session) -> None:
    (anna, kept), (other, mine) = person(session, "anna"), person(session, "other")
    for one in (anna, other):
        confirms(session, one)
    bindings.ask_once(session, mine.id or 0, kept.id or 0, NOW)
    assert bindings.find_same_phone(session, mine.id or 0) is None
    assert bindings.find_same_phone(session, kept.id or 0) is None


def test_the_code_of_who_is_given_up_by_number_ends(session: Session) -> None:
    (anna, kept), (other, _) = person(session, "anna"), person(session, "other")
    for one in (anna, other):
        confirms(session, one)
    code = bindings.offer(session, other, NOW).code
    bindings.bind_by_phone(session, other, kept.id or 0, NOW)
    with pytest.raises(CodeExpired):
        bindings.verify(session, seen(session, "third"), code, NOW)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("{code}", "••••••"),
        ("我的码：{0} {1}，谢谢", "我的码：••••••，谢谢"),
        ("1. {0}-{1}!", "1. ••••••!"),
        ("https://t.me/x_bot?start=linking_{token}\nok", "https://t.me/x_bot?start=linking_••••••\nok"),
        ("https://x.example/?link=linking_{token}", "https://x.example/?link=linking_••••••"),
        ("{token}", "••••••"),
        ("9{code} 13800001234 123456", "9{code} 13800001234 123456"),
    ],
)
def test_only_the_code_and_the_link_are_hidden(session: Session, said: str, kept: str) -> None:
    anna, peer = seen(session, "anna"), Peer("web", "main", "anna")
    offer = bindings.offer(session, anna, NOW)
    parts = {"code": offer.code, "token": offer.token}
    words = said.format(offer.code[:3], offer.code[3:], **parts)
    content = {"start": words, "choices": [{"label": "x", "data": words}], "card": None, "n": 1}
    correspondence.post(session, peer, body=words, content=content, now=NOW)
    hide(session, session.exec(select(BindingOffer)).one(), [peer])
    [message] = session.exec(select(Message)).all()
    hidden = kept.format(**parts)
    assert message.body == hidden
    assert message.content == {
        "start": hidden,
        "choices": [{"label": "x", "data": hidden}],
        "card": None,
        "n": 1,
    }


def test_what_is_over_is_hidden_once(session: Session) -> None:
    offer = bindings.offer(session, seen(session, "anna"), NOW)
    correspondence.post(session, Peer("web", "main", "anna"), body=offer.code, content={}, now=NOW)
    assert bindings.sweep(session, offer.until - timedelta(seconds=1)) == 0
    assert session.exec(select(Message.body)).one() == offer.code
    assert bindings.sweep(session, offer.until) == 1
    assert session.exec(select(Message.body)).one() == bindings.HIDDEN
    assert bindings.sweep(session, offer.until) == 0


PEOPLE = ("anna", "bob", "chen", "dora")
WHO = st.integers(0, len(PEOPLE) - 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("offer"), WHO),
        st.tuples(st.just("code"), WHO, WHO),
        st.tuples(st.just("link"), WHO, WHO),
        st.tuples(st.just("guess"), WHO),
        st.tuples(st.just("confirm"), WHO, st.sampled_from(NUMBERS)),
        st.tuples(st.just("said"), WHO, st.sampled_from(NUMBERS)),
        st.tuples(st.just("yes"), WHO, WHO),
        st.tuples(st.just("book"), WHO),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.integers(1, 12)),
    ),
    max_size=14,
)
"""What people may do in any order; `yes` says that somebody is another, whatever they have in common."""


class Town:
    """Four people with a chat and a visit each, and what was proved between them."""

    def __init__(self, session: Session, who: int) -> None:
        self.session, self.who, self.now = session, who, NOW
        self.chats = [seen(session, name) for name in PEOPLE]
        self.first = [chat.customer_id for chat in self.chats]
        self.offers: dict[int, bindings.Offer] = {}
        self.used: set[str] = set()
        self.confirmed: set[tuple[int, str]] = set()
        self.booked: set[str] = set()
        for chat in range(len(PEOPLE)):
            self.book(chat)

    def customer(self, chat: int) -> Customer:
        return self.session.get_one(Customer, self.chats[chat].customer_id)

    def with_(self, chat: int) -> set[int]:
        """The chats of one person, as it stands."""
        return {
            one for one in range(len(PEOPLE)) if self.chats[one].customer_id == self.chats[chat].customer_id
        }

    def book(self, chat: int) -> None:
        visit = homes.place(self.session, self.customer(chat), at(TUESDAY, 8 + 2 * (len(self.booked) // 4)))
        self.booked.add(visit.reference)

    def take(self, step: tuple) -> bool:
        """Do it; whether two became one, which is checked against what was proved."""
        match step:
            case ("offer", chat):
                self.offers[chat] = bindings.offer(self.session, self.chats[chat], self.now)
            case ("code" | "link" as kind, of, by) if (offer := self.offers.get(of)) is not None:
                secret = offer.code if kind == "code" else offer.token
                bindings.bind(self.session, self.chats[by], secret, self.now)
                assert self.now < offer.until
                assert offer.code not in self.used
                self.used.add(offer.code)
                return True
            case ("guess", chat):
                bindings.verify(self.session, self.chats[chat], "0" * 24, self.now)
            case ("confirm", chat, phone):
                customers.set_phone(self.session, self.customer(chat), phone, verified_at=self.now)
                self.confirmed.add((chat, phone))
            case ("said", chat, phone):
                customers.set_phone(self.session, self.customer(chat), phone)
            case ("yes", chat, other):
                mine, theirs = (
                    {phone for one, phone in self.confirmed if one in self.with_(which)}
                    for which in (chat, other)
                )
                bindings.bind_by_phone(self.session, self.chats[chat], self.customer(other).id or 0, self.now)
                assert mine & theirs
                return True
            case ("book", chat):
                self.book(chat)
            case ("undo", number) if number < len(found := bindings.recent(self.session, 6)):
                bindings.undo(self.session, found[number].id or 0, by=self.who, now=self.now)
            case ("wait", minutes):
                self.now += timedelta(minutes=minutes)
        return False

    def check(self, merges: int) -> None:
        """Every visit is somebody's, and nobody is another but by the merges that stand."""
        made = self.session.exec(select(Merge)).all()
        assert len(made) == merges
        roots = {one.given_id: one.kept_id for one in made if one.undone_at is None}
        for first, chat in zip(self.first, self.chats, strict=True):
            stands = first
            while stands in roots:
                stands = roots[stands]
            assert chat.customer_id == stands
        owners = dict(self.session.exec(select(Visit.reference, Visit.customer_id)).all())
        assert owners.keys() == self.booked
        assert set(owners.values()) <= {chat.customer_id for chat in self.chats}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_no_order_of_steps_merges_without_proof_or_loses_a_visit(
    session: Session, steps: list[tuple]
) -> None:
    with session.begin_nested() as example:
        for name in ("Wang", "Li", "Zhao", "Sun"):
            homes.worker(session, name)
        town, merges = Town(session, clerk(session)), 0
        for step in steps:
            with suppress(DomainError):
                merges += town.take(step)
            town.check(merges)
        for made in bindings.recent(session, 100):
            bindings.undo(session, made.id or 0, by=town.who, now=town.now)
        assert [chat.customer_id for chat in town.chats] == town.first
        town.check(merges)
        example.rollback()
    session.expunge_all()
