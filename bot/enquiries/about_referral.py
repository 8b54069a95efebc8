"""Telling friends: the customer's own code and links, a friend who comes by one, and what staff look at."""

import re
import unicodedata

from bot import cards, referring, savings, words
from bot.flow import Turn
from bot.messages import Outbound, Text
from core import referrals, rewards
from core.errors import DomainError
from core.referrals import InvitedBefore, State

SHOWN = 10
WORD = re.compile(r"[A-Za-z0-9]{4,10}")


def mine(turn: Turn, _argument: str) -> list[Outbound]:
    """The code and the links, what both get, and how many came."""
    code = referrals.code_of(turn.session, turn.customer_id, turn.now)
    came = referrals.of_referrer(turn.session, turn.customer_id, 200)
    rewarded = sum(one.state is State.REWARDED for one in came)
    lines = [turn.text("referral-told", code=code, **referring.benefit(turn))]
    if doors := referring.links(turn, code):
        lines += [turn.text("referral-links"), *doors]
    if came:
        lines.append(turn.text("referral-came", count=len(came), rewarded=rewarded))
    choices = (cards.go(turn, "coupons"), cards.go(turn, "booking"))
    return [Outbound("\n".join(lines), choices, language=turn.language)]


def invited(turn: Turn, argument: str) -> list[Outbound]:
    """Somebody opened a friend's link, or typed the code."""
    said = argument or _code_in(turn)
    if not said:
        return [turn.say("referral-code-ask")]
    choices = (cards.go(turn, "booking"), cards.go(turn, "prices"))
    try:
        made = referrals.invite(turn.session, turn.company, turn.customer_id, said, turn.now)
    except InvitedBefore as no:
        by = referring.name_of(turn, int(str(no.args_["by"])))
        return [turn.say(no.key, by=by, choices=choices)]
    except DomainError as no:
        return [turn.say(no.key, choices=[cards.go(turn, "referral"), cards.go(turn, "booking")])]
    if made.invited_at < turn.now:
        return [turn.say("referral-again", choices=[cards.go(turn, "coupons"), *choices])]
    savings.forget(turn)
    by = referring.name_of(turn, made.referrer_id)
    company = turn.company.name
    welcome = turn.text("referral-invited", by=by, company=company, **referring.benefit(turn))
    return [Outbound(welcome, choices, language=turn.language)]


def doubted(turn: Turn, _argument: str) -> list[Outbound]:
    """What staff have to look at, the oldest first, each with its two buttons."""
    found = rewards.doubted(turn.session, SHOWN)
    if not found:
        return [turn.say("referrals-none", choices=[cards.go(turn, "desk")])]
    return [referring.doubt(turn, one) for one in found[:3]]


def reward(turn: Turn, argument: str) -> list[Outbound]:
    """Staff say that it is in order."""
    return _decide(turn, argument, reward=True)


def refuse(turn: Turn, argument: str) -> list[Outbound]:
    """Staff say that it is not."""
    return _decide(turn, argument, reward=False)


def _decide(turn: Turn, argument: str, *, reward: bool) -> list[Outbound]:
    found = referrals.find(turn.session, int(argument)) if argument.isdecimal() else None
    if found is None:
        return doubted(turn, "")
    who = turn.identity.staff_id
    try:
        state = rewards.decide(turn.session, turn.company, found, reward=reward, staff_id=who, now=turn.now)
    except rewards.Decided as no:
        return [turn.say(no.key, state=str(no.args_["state"]), choices=[cards.go(turn, "referrals")])]
    referring.tell_outcome(turn, found)
    return [turn.say(f"referral-decided-{state.value}", choices=[cards.go(turn, "referrals")])]


def _code_in(turn: Turn) -> str:
    """The last word of what was typed that could be a code."""
    body = turn.content.body if isinstance(turn.content, Text) else ""
    asked = {word for phrase in words.phrases("intents", "invited") for word in phrase.split()}
    found = WORD.findall(unicodedata.normalize("NFKC", body))
    return next((one for one in reversed(found) if one.casefold() not in asked), "")
