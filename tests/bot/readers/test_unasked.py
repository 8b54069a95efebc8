"""How people say that they want to hear less from us, and what only sounds like it."""

import pytest

from bot.enquiries.about_messages import meant

SAID = {
    "none": (
        "莫再给我发消息了|"
        "别再给我发消息了|别再联系我了|不要再骚扰我|我不想再收到任何消息|别打扰我|别烦我了|别发了|no texts|"
        "please dont text me anymore|don't contact me again|I don't want any more messages from you|"
        "I don't want to receive messages from you"
    ),
    "offers-off": (
        "别老给我发广告|不想收到你们的广告|请不要再给我推送活动了|退订广告|stop sending me these offers|"
        "no more ads please"
    ),
    "care-off": "别给我发祝福了|不要关怀提醒",
    "fewer": (
        "你们消息太多了吧|能不能少发点消息啊|别发那么多消息|you're messaging me too often|"
        "stop texting me so much"
    ),
    "digest": "每月一次汇总就好|一个月发一条就够了|one message a month",
}
OTHERWISE = (
    "不用联系我|联系我|提醒我|别忘了提醒我|没收到消息|我没收到短信|收不到消息|收到|好的收到|你们少收我钱了|少收点|"
    "别收我钱|有什么优惠|给我发优惠|活动太少|不要通知师傅|别来了|取消|不用发了|每月一次|别发消息，叫师傅早点来|"
    "I don't get messages|I'm not getting your messages|send me a message|don't send anyone|"
    "don't get me wrong|any offers?|once a month|get me a cleaner|no"
)


@pytest.mark.parametrize(("wish", "said"), [(wish, one) for wish in SAID for one in SAID[wish].split("|")])
def test_a_wish_for_less_is_understood_in_peoples_own_words(wish: str, said: str) -> None:
    assert meant(said) == wish


@pytest.mark.parametrize("said", OTHERWISE.split("|"))
def test_words_of_messages_that_are_no_such_wish_are_left_alone(said: str) -> None:
    assert meant(said) is None
