"""A customer's coupons, and a code that they type for one."""

import re
import unicodedata
from collections.abc import Mapping

from bot import benefits, cards, savings, words
from bot.flow import Turn
from bot.messages import Card, Outbound, Text
from core import coupon_codes, coupons
from core.coupon_codes import CodeNotNow
from core.errors import DomainError

SHOWN = 12
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,18}[A-Za-z0-9]")


def mine(turn: Turn, _argument: str) -> list[Outbound]:
    """Each coupon with what it is good for and until when."""
    found = coupons.usable(turn.session, turn.customer_id, turn.now)
    held = coupons.held(turn.session, turn.customer_id)
    waits = [turn.text("coupons-held", count=held)] if held else []
    choices = [cards.go(turn, "booking"), cards.go(turn, "referral")]
    if not found:
        said = "\n".join([turn.text("coupons-none"), *waits])
        return [Outbound(said, tuple(choices), language=turn.language)]
    lines = tuple((benefits.coupon(turn, one), benefits.limits(turn, one)) for one in found[:SHOWN])
    said = "\n".join([turn.text("coupons-told", count=len(found)), *waits])
    return [Outbound(said, tuple(choices), Card(turn.text("coupons-title"), lines), language=turn.language)]


def code(turn: Turn, argument: str) -> list[Outbound]:
    """Take the code that stands in their words for a coupon."""
    said = argument or _code_in(turn)
    if not said:
        return [turn.say("couponcode-ask")]
    try:
        made = coupon_codes.redeem(turn.session, turn.company, turn.customer_id, said, turn.now)
    except CodeNotNow as no:
        args = {**no.args_, "ended": "yes" if no.args_["ended"] else "no"}
        return [_said(turn, no.key, said, args)]
    except DomainError as no:
        return [_said(turn, no.key, said, no.args_)]
    savings.forget(turn)
    what, good = benefits.coupon(turn, made), benefits.limits(turn, made)
    return [turn.say("couponcode-done", what=what, limits=good, choices=[cards.go(turn, "coupons")])]


def _said(turn: Turn, key: str, code: str, args: Mapping[str, object]) -> Outbound:
    return Outbound(turn.text(key, code=coupon_codes.plain(code), **args), language=turn.language)


def _code_in(turn: Turn) -> str:
    """The last word of what was typed that could be a code and only a code."""
    body = turn.content.body if isinstance(turn.content, Text) else ""
    asked = {word for phrase in words.phrases("intents", "couponcode") for word in phrase.split()}
    found = WORD.findall(unicodedata.normalize("NFKC", body))
    return next((one for one in reversed(found) if one.casefold() not in asked), "")
