"""The pictures and recordings that a person sent, and how to have them deleted."""

from collections import Counter
from collections.abc import Collection

from bot import cards, words
from bot.flow import Turn
from bot.messages import Outbound, Text
from core import media, timeline, visits
from core.media import Media

SURE = "sure"


def take_back(turn: Turn, argument: str) -> list[Outbound]:
    """Delete everything they sent. Words that stand in a longer sentence are asked about first."""
    sent = media.of_customer(turn.session, turn.customer_id, turn.now)
    if not sent:
        return [turn.say("media-none")]
    body = turn.content.body if isinstance(turn.content, Text) else ""
    if argument != SURE and words.whole(body, "intents", {"erasing"}) is None:
        sure = cards.go(turn, "erasing", SURE)
        return [turn.say("media-sure", count=len(sent), choices=[sure])]
    media.take_back(turn.session, sent, turn.now)
    _write_down(turn, sent)
    return [turn.say("media-taken-back", count=len(sent))]


def _write_down(turn: Turn, taken: Collection[Media]) -> None:
    """That it happened stays in the story of the visits, for staff; the files do not."""
    for reference, count in Counter(one.subject for one in taken if one.subject).items():
        visit = visits.by_reference(turn.session, reference)
        if visit is not None and visit.id is not None:
            timeline.add(
                turn.session,
                visit.id,
                "media_taken_back",
                actor="customer",
                now=turn.now,
                detail={"count": count},
                for_customer=False,
                for_worker=False,
            )
