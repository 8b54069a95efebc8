import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import typed, yes_no

YES = """
好|好的|好的。|好的！|好 的|好呀|好啊|好啦|好哒|好滴|好嘞|好吧|好的好的|好好好|好的吧|好的呢|好的哦|行|行吧
行啊|行的|行行行|可以|可以的|可以呀|可以可以|可已
嗯|嗯嗯|嗯嗯嗯|嗯好|嗯，好的|嗯呐|恩恩|对|对的|对对对|对啊|对！|是|是的|是的呢|是滴|是啊|没问题|没問題|没 问题
没有问题|沒有問題|没错|没毛病|确认|确认！|確認
确定|確定|确任|确认预约|确认下单|我确认|同意|我同意|要|要的|我要|需要|当然|当然可以|就这样|那就这样吧
就这么定了|下单|妥|成|中|得嘞|要得|巴适|冇问题
好的谢谢|好的，谢谢|好的谢谢你|可以，麻烦了|行，辛苦了|好的麻烦您了|嗯嗯 可以|对，没问题|好的，没问题，确认
是的没错|好👌|好的👍|👍|👌|✅|👍👍👍|🆗|👍🏻|（好的）|「好」|好～|好~~~|好……
ok|OK|Ok.|ＯＫ|okay|okey|okk|okkkk|ok ok|ok好的|ok的|ok吧|OK👌|k|kk|yes|Yes|YES!!!|yes.|yess|yesss|yeah|yea
yep|yup|ya|y|Y|ｙｅｓ|yes please|yes, please
Yes, thanks|yes thank you|sure|Sure thing|sure!|surely|of course|absolutely|definitely|certainly|correct
that's correct|that’s right|That is right.|right
all right|alright|fine|that's fine|sounds good|looks good|great|perfect|agreed|i agree|confirm|Confirmed
I confirm|go ahead|do it|book it|no problem|not a problem
yes yes yes|Yes, that's right!|ok, go ahead|yes go ahead|ok thanks|OK, sure|uh-huh|mhm|oh yes|hmm ok|yes 好的
好的 thanks|  好的  |好的\u200b|\ufeff好|好的\ufe0f|haha ok
"""
NO = """
不消了|莫得|算咯
不|不不|不不不|不要|不要！|不要了|不 要|不用|不用了|不用了，谢谢|不用谢谢|不必了|不需要|不需要了|不行|不行的
不可以|不可|不对|不对的|不是|不是的|不是，不要|不好|不同意|我不同意
不想|不想要了|先不|先不用|先不用了|先不要|暂时不要|暂时不用了|暂不需要|算了|算了吧|还是算了|那算了|拒绝|没有
没|没有了|无|错|错了|有误|别|别了|不约了|不订了|不做了|否|免了
不了|不了谢谢|不啊|不呢|不嘛|不要啦|不要哦|不要呀|冇|唔使|唔要|木有|不 需要|不.|不。|不～|「不要」|❌|👎|🙅
不要❌|不要👎|不得行|要不得|都不对
no|No|NO|no.|no!|nooo|noooo|no no no|No, thanks|no thanks|no thank you|nope|Nope.|nah|nay|n|N|ｎｏ|no way
not at all|no need|not needed|not now|not today|not yet
not really|never mind|nevermind|nvm|forget it|I don't|i dont|I do not|i don't want it|don't|do not|not ok
not correct|that's not right|That’s wrong|wrong|incorrect|none|negative
i'd rather not|rather not|decline|no, not now|no, never mind|no please|oh no|  no  |no\u200b|sorry no
"""
NEITHER = """
好的但是改到下午|好的，但是改到下午|好，改成三点|可以，不过要女阿姨|行，换个时间|好的 下午三点
对，但是地址错了|嗯，换成明天|确认，不过|好的吗|可以吗|好吗？|行吗|行不行|好不好|对不对|是不是|要不要
可以不|能不能|好的？|确认？|对？|不是不行|不是不要|不是 不行|不能不要|不是没有|没有不行|不好不坏|要不|要不算了
不可以吗|不要吗|不行吗|好的不用了|好的 算了|行算了|不，可以|可以，不，算了|不是，是的
不好意思|对不起|好不容易|好久不见|没想好|再想想|我想想|等一下|晚点|稍等|不知道|不确定|不一定|看情况|随便|都行
也许|可能|应该可以|大概吧|可以便宜点吗|可以改吗|是多少|对了|好了吗|好看|好人|好几个|行程
你好|您好|谢谢|谢谢你|在吗|？|?|！|。|，|...||   |哈哈|🙏|😂|❓|👍👎|好👎|不要👍|no 👍|yes 👎|1|2|yes1|好1
明天|日常保洁|取消|改时间|人工
yes but later|yes, but change the time|ok but not at 2|yes no|no yes|yes or no|yes?|ok?|no?|is it ok
are you sure|sure?|not no|not sure|i'm not sure|maybe|perhaps|possibly|later|wait|hold on|let me think
yes and no|no but yes|no, yes|yes, cancel it|cancel|no change it to 3|ok what time|how much|what|why|hello
thanks|please|thank you|yesterday|nobody|okinawa|know|note|yellow|yes we can't|ok not
no worries|all good|i'm good|no idea|no, that's right|don't book it|do not confirm|yes if it's cheaper
only if she is nice|no problem but later
"""
SKIP = """
跳过|先跳过|跳过吧|跳过！|略过|不填|不填了|不想填|没有|没有了|无|没有要求|没什么要求|不知道|随便|都行|下一步
以后再说|跳過|跳過吧|没有，谢谢|跳 过|⏭️
skip|Skip|SKIP!|skip it|skip this please|skip, thanks|pass|next|n/a|N/A|none|nothing|not sure|I don't know|idk
later|maybe later|rather not say|prefer not to say|ｓｋｉｐ|leave it blank
"""
NOT_SKIP = (
    "好的|跳过明天|不要跳过|skip to friday|nothing works|没有电梯|没有宠物|密码1234|120平|yes|next monday"
    "|随便打扫一下|||👍|？"
)


def rows(table: str) -> list[str]:
    return table.strip("\n").replace("\n", "|").split("|")


@pytest.mark.parametrize("text", rows(YES))
def test_a_yes_is_heard(text: str) -> None:
    assert yes_no.read(text) is True


@pytest.mark.parametrize("text", rows(NO))
def test_a_no_is_heard(text: str) -> None:
    assert yes_no.read(text) is False


@pytest.mark.parametrize("text", rows(NEITHER))
def test_consent_is_never_guessed(text: str) -> None:
    assert yes_no.read(text) is None


@pytest.mark.parametrize("text", rows(SKIP))
def test_a_wish_to_leave_it_open_is_heard(text: str) -> None:
    assert yes_no.skips(text)


@pytest.mark.parametrize("text", rows(NOT_SKIP))
def test_an_answer_is_not_taken_for_leaving_it_open(text: str) -> None:
    assert not yes_no.skips(text)


def test_no_word_means_both() -> None:
    assert not typed.words("yes") & typed.words("no")
    assert not typed.words("yes") & typed.words("skip")
    assert not typed.signs("yes") & typed.signs("no")


def test_endless_politeness_comes_to_an_end() -> None:
    assert typed.bare("好吧") == "好"
    assert typed.bare("好" + "吧" * 1_000).startswith("好吧")


@pytest.mark.parametrize("table", ["yes", "no", "skip"])
def test_every_language_has_words_for_it_and_each_is_understood(table: str) -> None:
    words = typed.words(table)
    assert any(typed.is_han(word) for word in words)
    assert any(word.isascii() for word in words)
    if table == "skip":
        assert all(map(yes_no.skips, words))
    else:
        assert {yes_no.read(word) for word in words} == {table == "yes"}


@given(st.sampled_from(sorted(typed.words("yes"))), st.sampled_from(sorted(typed.words("no"))), st.booleans())
def test_a_yes_beside_a_no_is_neither(yes: str, no: str, yes_first: bool) -> None:
    pair = (yes, no) if yes_first else (no, yes)
    assert yes_no.read("，".join(pair)) is None


@given(
    st.sampled_from(sorted(typed.words("yes"))),
    st.text(alphabet="改到下午三点时间地址女阿姨xz7", min_size=1),
)
def test_a_yes_with_anything_else_is_not_a_yes(yes: str, more: str) -> None:
    assert yes_no.read(f"{yes}，{more}") is None


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert yes_no.read(text) in (True, False, None)
    assert yes_no.skips(text) in (True, False)
    assert typed.plain(typed.plain(text)) == typed.plain(text)


@pytest.mark.parametrize(
    "text", ["好" * 1_000_000, "no " * 300_000, "\0" * 1_000_000, "\u202e好的" * 100_000, "ﷺ" * 1_000_000]
)
def test_a_megabyte_is_no_answer(text: str) -> None:
    assert yes_no.read(text) is None
    assert not yes_no.skips(text)
    assert len(typed.plain(text)) <= typed.LONGEST
