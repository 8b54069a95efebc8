"""What is an advertisement in a text that must not be one."""

import pytest

from core import adverts
from core.resorts.rules import SmsTemplate


@pytest.mark.parametrize(
    "words",
    [
        "本周全场8折",
        "限时优惠",
        "送您红包",
        "买二送一",
        "新客立减20元",
        "20% off this week",
        "A special offer for you",
        "Enjoy this deal",
    ],
)
def test_offers_are_found(words: str) -> None:
    assert adverts.mark(words) is not None


@pytest.mark.parametrize(
    "words",
    [
        "即将上门",
        "师傅已接单",
        "请在家等候",
        "您的预约已改到周三",
        "费用 ¥135",
        "On the way",
        "Your visit is confirmed",
        "已退款",
    ],
)
def test_news_of_a_visit_is_none(words: str) -> None:
    assert adverts.mark(words) is None


def test_a_text_message_of_the_company_carries_none() -> None:
    with pytest.raises(ValueError, match="advertises"):
        SmsTemplate(code="SMS_1", values={"remark": "=老客户立减20"})
    assert SmsTemplate(code="SMS_1", values={"remark": "=请留意电话"}).filled({}) == {"remark": "请留意电话"}
