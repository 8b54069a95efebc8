"""Who sounds angry, and who only writes with marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import anger

ANGRY = (
    "你们太差了|什么破公司|骗子！|一群骗子！！！|太垃圾了|气死我了|我受够了|坑人"
    "|你们搞什么，等到现在！！|无语，太慢了|到底来不来，烦死了|再也不用你们了|说了多少遍了！！！"
    "|差评|黑心公司|太过分了吧|催了三次没人管|这也太离谱了！！"
    "|THIS IS RIDICULOUS|worst service ever|you are a scam|what the hell|I am fed up"
    "|so disappointed and nobody answers|unacceptable!|this is awful!!|REALLY ANNOYED WITH YOU"
    "|how many times do I have to say this!!!|pathetic"
)
CALM = (
    "你好|约保洁|好的！|谢谢！！|太好了！！！|明天下午两点|不差|垃圾桶要洗吗|倒垃圾|带走垃圾|麻烦您了"
    "|没生气|有点失望|到底部的灰|快点！！|???|阿姨到哪了？？？|老人有病，要轻一点"
    "|滚筒洗衣机清洗|操作简单|佩服佩服|还没来！！"
    "|hello|OK|YES PLEASE|thank you!!!|ABC-123|great!!|I am not angry|how much???|on time!"
    "|a bit disappointed|where is she??|book a cleaning"
)


@pytest.mark.parametrize("text", ANGRY.split("|"))
def test_anger_is_heard(text: str) -> None:
    assert anger.is_angry(text)


@pytest.mark.parametrize("text", CALM.split("|"))
def test_the_calm_are_left_alone(text: str) -> None:
    assert not anger.is_angry(text)


def test_saying_a_mild_word_twice_is_anger() -> None:
    assert not anger.is_angry("太慢了")
    assert anger.is_angry("太慢了", repeated=True)


@given(st.text())
def test_any_words_have_a_score(text: str) -> None:
    assert anger.score(text) >= 0


@given(marks=st.text("!！?？", max_size=30))
def test_marks_alone_are_no_anger(marks: str) -> None:
    assert not anger.is_angry(marks, repeated=True)
