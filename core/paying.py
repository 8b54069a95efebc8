"""The ways in which customers pay."""

from enum import StrEnum


class Way(StrEnum):
    """How a customer paid."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    TRANSFER = "transfer"
    LATER = "later"
    """Not yet."""
