"""What a customer writes while people of ours work on their complaint: passed on to whoever owns it."""

from collections.abc import Sequence
from dataclasses import replace

from bot import cards, complaints, words
from bot.flow import Turn
from bot.handling import view, wording
from bot.messages import Choice, Outbound, Photo, Text, Voice
from bot.readers import yes_no
from core import correspondence, scores
from core.complaints import Complaint, Remedy, Status, What, finding, handling, history
from core.correspondence import Peer
from core.identities import Role
from core.visits import Visit

BY_PEOPLE = frozenset({"said", "planned", "offered", "resolved"})
"""Steps that a person wrote to the customer."""
OURS = tuple(f"go:{name}:" for name in ("complaint", "choosing", "solved", "unsolved"))
"""What the buttons begin with below whatever is said about a complaint."""


def heard(turn: Turn, body: str) -> bool:
    """Add what the customer wrote to the complaint that people of ours write to them about; tell its owner.

    False where there is none, or nobody has written to them yet: then it is not for people.
    """
    complaint = open_of(turn)
    if complaint is None:
        return False
    _take(turn, complaint, body, ())
    return True


def is_answer(turn: Turn) -> bool:
    """Whether the last thing the customer read here was about a complaint that people work on.

    Then only what is an intention as a whole means something else.
    """
    if turn.role is not Role.CUSTOMER:
        return False
    identity = turn.identity
    told = correspondence.last_told(turn.session, Peer(identity.channel, identity.account, identity.user))
    if told is None:
        return False
    own = any(str(one["data"]).startswith(OURS) for one in told.content.get("choices") or ())
    found = open_of(turn) if own else None
    return found is not None and found.status is not Status.CLOSED


def open_of(turn: Turn) -> Complaint | None:
    """The customer's complaint that a person has written to them about, and that is not closed; also one that
    was closed lately because they did not answer."""
    if turn.role is not Role.CUSTOMER:
        return None
    found = finding.last_of_customer(turn.session, turn.customer_id)
    if found is None or (found.status is Status.CLOSED and not _waits_for_a_word(turn, found)):
        return None
    told = (step.what for step in history.for_customer(turn.session, found))
    return found if BY_PEOPLE & set(told) else None


def _waits_for_a_word(turn: Turn, complaint: Complaint) -> bool:
    silent = What.SILENT.value in complaint.said
    return silent and handling.may_reopen(turn.company, complaint, turn.now)


def answer(turn: Turn) -> list[Outbound] | None:
    """What the customer hears who wrote, or sent a picture, to the people who work on their complaint.

    None where it is not for them.
    """
    body, media = _sent(turn)
    complaint = open_of(turn) if body or media else None
    if complaint is None:
        return None
    if complaint.status is Status.RESOLVED and not media and (said := _verdict(turn, complaint, body)):
        return [said]
    _take(turn, complaint, body, media)
    return [_passed_on(turn, finding.last_of_customer(turn.session, turn.customer_id) or complaint)]


def _sent(turn: Turn) -> tuple[str, tuple[str, ...]]:
    match turn.content:
        case Text(body):
            return body.strip(), ()
        case Photo(media, caption):
            return caption.strip(), (media,)
        case Voice(media):
            return "", (media,)
    return "", ()


def _verdict(turn: Turn, complaint: Complaint, body: str) -> Outbound | None:
    """Whoever is thanked or agreed with has nothing more to say about it."""
    content = words.within(body, "intents", {"thanks"}) is not None or yes_no.read(body) is True
    if not content:
        return None
    number = str(complaint.id)
    return turn.say(
        "case-so-solved",
        choices=[cards.go(turn, name, number, f"follow-up-{name}") for name in ("solved", "unsolved")],
    )


def _take(turn: Turn, complaint: Complaint, body: str, media: tuple[str, ...]) -> None:
    now = handling.heard_from_customer(turn.session, turn.company, complaint, body, media=media, now=turn.now)
    scores.reconsider(turn.session, turn.company, now.visit_id, turn.now)
    tell_owner(turn, now, body, len(media))


def tell_owner(turn: Turn, complaint: Complaint, body: str, photos: int) -> None:
    """Whoever owns it reads what the customer wrote, with a button to answer; all staff where nobody does."""
    tell(turn, complaint, "case-customer-wrote", words=view.cut(body), photos=photos)


def tell(
    turn: Turn,
    complaint: Complaint,
    key: str,
    *,
    remedy: Remedy | None = None,
    visit: Visit | None = None,
    reassign: Sequence[Visit] = (),
    words: str = "",
    photos: int = 0,
) -> None:
    """Tell whoever owns it, or all staff, what the customer did; with a button to answer."""

    def make(their: Turn) -> Outbound:
        number = complaints.number(complaint)
        said = their.say(
            key,
            name=wording.customer(their, complaint),
            number=number,
            remedy=wording.remedy(their, remedy) if remedy else "none",
            kind=remedy.kind.value if remedy else "none",
            when=cards.when(their, visit) if visit else "none",
            words=words or "none",
            photos=photos,
            choices=[
                cards.go(their, "replying", number),
                cards.go(their, "complaint", number, "go-case"),
                *(_reassigning(their, one) for one in reassign),
            ],
        )
        return replace(said, critical=True)

    if not complaints.tell_member(turn, complaint.owner_id or 0, make):
        complaints.tell_staff(turn, complaint, make)


def _reassigning(turn: Turn, visit: Visit) -> Choice:
    day = cards.day(turn, visit.starts_at.astimezone(turn.company.zone).date())
    return cards.go(turn, "reassigning", visit.reference, "case-reassign", day=day)


def _passed_on(turn: Turn, complaint: Complaint) -> Outbound:
    number = str(complaint.id)
    return turn.say(
        "case-heard",
        member=wording.member(turn, complaint.owner_id),
        by=wording.promised(turn, complaint),
        choices=[cards.go(turn, "complaint", number, "go-complaint-number", number=number)],
    )
