"""Words that make a text an advertisement: for those in templates of service news accounts are closed."""

import re

_MARKS = re.compile(
    r"折扣|打折|[\d一二三四五六七八九]\s*折|优惠|特惠|特价|促销|酬宾|立减|满减|秒杀|抢购|限时|红包|领券|送券|免费领|买[\d一二三四五六七八九十]+送|"
    r"抽奖|中奖|返现|福利|拼团|"
    r"\b(?:discounts?|sales?|promo(?:tion)?s?|special offers?|deals?|coupons?|vouchers?|free gifts?|"
    r"limited time|prizes?|giveaways?|cashback|buy one)\b|\d\s*%\s*off\b",
    re.IGNORECASE,
)


def mark(words: str) -> str | None:
    """What makes the words an advertisement; None where nothing does.

    Means to find what was written in good faith, not what wants to hide.
    """
    found = _MARKS.search(words)
    return found.group() if found else None
