"""What people send is filed to the question that stands open, and they hear once what becomes of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from bot import photographing, state, store
from bot.flow import Turn
from bot.flows import FLOWS
from bot.messages import Content, Noted, Outbound, Photo, Voice
from bot.state import State
from core import complaints, correspondence, media
from core.correspondence import Peer
from core.identities import Role
from core.media import CHAT, REFUSED, Consent
from core.policies import Policies

Place = tuple[str, str | None]
"""A step, and the visit it is about."""


def file(standing: State, turn: Turn) -> None:
    """File what came with this turn, if anything did, to the question it finds open.

    A worker's photo of a home belongs to the visit, if its customer agreed to photos, and else to nothing.
    """
    identity = turn.identity
    peer = Peer(identity.channel, identity.account, identity.user)
    place = photographing.place(standing, turn) or _open(standing, turn.now)
    days = _file(turn.session, peer, turn.content, place, turn.company.policies, turn.now)
    if standing.days_untold is None and turn.role is Role.CUSTOMER:
        standing.days_untold = days


def told(standing: State, turn: Turn) -> list[Outbound]:
    """What becomes of what they send: said once, with the first answer after it."""
    if not standing.days_untold:
        return []
    days, standing.days_untold = standing.days_untold, 0
    return [turn.say("media-kept", days=days)]


def silently(
    session: Session, peer: Peer, content: Content, message_id: int, policies: Policies, now: datetime
) -> None:
    """File what is not answered itself: the rest of an album, beside its first picture, and the recording of
    words that were written down."""
    if _medium(content) is None:
        return
    conversation = store.load(session, peer, now)
    standing = state.load(conversation.state, FLOWS)
    first = None
    if isinstance(content, Photo):
        first = correspondence.of_album(session, peer, content.album, message_id)
    place = (media.place_of(session, first) if first else None) or _open(standing, now)
    days = _file(session, peer, content, place, policies, now)
    if place[0] == media.COMPLAINT and standing.grievance is not None and isinstance(content, Photo):
        complaints.attach(session, standing.grievance.number, content.media)
    if standing.days_untold is None and days:
        standing.days_untold = days
        store.save(session, conversation, standing, policies, now)


def aside(turn: Turn, peer: Peer) -> None:
    """File what came with a message that could not be handled, for whoever looks at it."""
    _file(turn.session, peer, turn.content, (CHAT, None), turn.company.policies, turn.now)


def _file(
    session: Session, peer: Peer, content: Content, place: Place, policies: Policies, now: datetime
) -> int | None:
    """For how many days it is kept now; None if there is nothing to file."""
    if (id := _medium(content)) is None:
        return None
    (step, subject), days = place, media.days_kept(place[0], policies)
    consent = Consent.WITHDRAWN if step == REFUSED else Consent.SERVICE
    filed = media.file(
        session, id, step=step, subject=subject, consent=consent, days=days, now=now, **peer._asdict()
    )
    return days if filed else None


def _medium(content: Content) -> str | None:
    match content:
        case Photo(media=id) | Voice(media=id) | Noted(data={"media": str(id)}):
            return id
    return None


def _open(standing: State, now: datetime) -> Place:
    form, grievance = standing.form, standing.grievance
    if grievance is not None and grievance.until >= now and (form is None or grievance.first):
        return media.COMPLAINT, None
    if form is None or form.asking is None:
        return CHAT, None
    return f"{form.flow}.{form.asking}", _visit(form.answers)


def _visit(answers: Mapping[str, object]) -> str | None:
    """The visit a form is about, where it is about one."""
    visit = answers.get("visit")
    return visit if isinstance(visit, str) else None
