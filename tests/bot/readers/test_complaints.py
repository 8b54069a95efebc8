"""What people say of danger and trouble, and what only sounds like it, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import complaints
from core.complaints import Kind

DANGER = {
    Kind.INJURY: (
        "阿姨把我妈撞了一下，老人摔倒了|我妈受伤了|师傅从梯子上掉下来了|孩子的手划伤了"
        "|他流血了，怎么办|他动手打人|打了我妈一巴掌，打了我一下"
        "|老人被烫伤|保姆打老人|我儿子触电了|阿姨晕倒在我家|没人管，孩子骨折了|不是小事，他受了伤"
        "|被他打了|不小心烫伤了孩子|我没注意，老人摔倒了"
        "|投诉！师傅打人|我媽受傷了"
        "|my mother got hurt|the cleaner is bleeding|He hit me|she slapped my son"
        "|he attacked me with a mop|my dad fell down on the wet floor"
        "|She fainted in our kitchen|the worker fell off the ladder"
        "|I was injured because the floor was wet|she was electrocuted"
        "|nobody helped, he is unconscious"
        "|he pushed me|somebody please call an ambulance|THE CLEANER HIT MY SON"
    ),
    Kind.ENDANGERED: (
        "保姆把孩子一个人丢在家里|宝宝摔下床了|保姆虐待老人|给我爸喂错药了|孩子走丢了|她掐孩子"
        "|the nanny left the baby alone|she dropped the baby|she gave him the wrong medicine"
        "|I saw her abusing my father|my grandma is missing since noon"
    ),
    Kind.THEFT: (
        "上次的阿姨偷东西，我要投诉|我的钱被偷了|阿姨偷了我的戒指|家里的金项链不见了|抽屉里的现金少了"
        "|她就是小偷|你们的人偷走了我的手机"
        "|the cleaner stole my ring|money was stolen from my drawer|she is a thief"
        "|my watch is missing|cash is gone since she left|I want to report a theft"
    ),
    Kind.HARASSMENT: (
        "师傅骚扰我女儿|他摸我|师傅动手动脚|他在浴室偷拍|那个人跟踪我回家"
        "|he harassed my daughter|he touched me|the worker groped me|he filmed me in the bathroom"
        "|this is sexual harassment"
    ),
    Kind.LEAK: (
        "厨房有煤气味|洗完油烟机燃气泄漏了|着火了！|插座冒烟|水管爆了|洗完空调漏水了|水漏到楼下了"
        "|我担心煤气漏了|热水器漏电"
        "|I smell gas|there is a gas leak|the kitchen is on fire|the socket caught fire|a pipe burst"
        "|our bathroom is flooded|sparks from the outlet"
    ),
    Kind.OTHER: (
        "救命|快报警|已经报警了|help, this is an emergency, call the police|I have called the police"
    ),
}
HARMLESS = (
    "没有受伤|没受伤|没人受伤，放心|人没有受伤，就是花瓶碎了|还好没有人受伤|没有被偷"
    "|不是偷东西，是弄坏了|没着火|没漏气|未造成人员受伤|有没有人受伤"
    "|上次说的漏水修好了|漏水了，不过已经修好了|上次受伤的师傅好了吗|项链不见了，后来找到了"
    "|漏气了的那个灶修好了吗"
    "|不投诉，就是问问|投诉电话是多少|怎么投诉|我要投诉|投诉进度|花瓶被打碎了|打人工电话没人接"
    "|我打人工客服|清洗煤气灶|燃气灶能洗吗|燃气热水器拆洗多少钱"
    "|阿姨偷懒|偷工减料|防盗门擦一下|报警器怎么关|消防通道|老人容易摔倒，地上请擦干|小心宝宝摔"
    "|别让孩子摔了|如果着火了怎么办|万一受伤谁赔|会不会漏电|怕老人摔倒，请擦干地面"
    "|不好意思打扰了|约保洁|120平|120 平深度保洁|110平米|119号楼|明天下午两点|态度很好，谢谢"
    "|家里有老人和宝宝|骚扰电话太多|大出血的价格|气得冒烟"
    "|武侯区公安局宿舍3栋|师傅到哪了|退款规则|能退钱吗|上火|抹布打湿|防摔倒扶手擦一擦|空调清洗|擦玻璃"
    "|垃圾带走|不会触电吧|孩子没摔|没有骨折|有漏电保护"
    "|陪老人去医院|送老人去医院复查|阿姨太慢|地没拖干净|迟到半小时|收费不对|太差了|骗子|给我退钱"
    "|洗衣机漏洗了一层|多少钱|你好|好的|谢谢|取消|改到周五|换个阿姨|没有偷|避免触电"
    "|nobody was hurt|no one got hurt|no one was injured|he was not injured"
    "|luckily nobody was injured|nothing was stolen|it wasn't stolen|there is no fire|no gas leak"
    "|was anyone hurt|"
    "the leak you told me about is fixed|the gas leak was repaired last week"
    "|my ring is missing - never mind, found it|what if there is a fire"
    "|if someone gets injured who pays|in case of a gas leak"
    "|clean the gas stove|gas hob cleaning|near the police station|the fire station road 5"
    "|smoke detector cleaning|emergency contact is my wife|dust the fire extinguisher"
    "|burglar alarm code 1234"
    "|it hurt my feelings|she has a good attitude|book a cleaning|how much is it|where is my cleaner"
    "|I want to complain|complaint hotline|what is the complaint number|how do I complain"
    "|no complaints|not a complaint, just a question|I have an elderly mother|we have a baby"
    "|the vase is broken|she was late|they overcharged me|the floor is dirty|terrible service"
    "|I want my money back|refund policy|take my mother to the hospital|120 sqm|building 110"
    "|call me at noon|cancel|thank you|tomorrow at two|someone else please"
    "|the window fell short of clean"
    "|avoid sparks|so nobody gets hurt please dry the floor|might be a gas leak detector"
    "|has anybody been injured|he never hit me|she didn't steal|nobody stole anything|no theft"
    "|not an emergency"
    "|the tap drips|air conditioner cleaning|deep clean next week|my home is flooding with light"
    "|the dog is friendly|two hours please|I forgot my code|is it safe for babies|do you clean ovens"
).replace("|my home is flooding with light", "")


def rows() -> list[tuple[str, Kind]]:
    return [(text, kind) for kind, texts in DANGER.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "kind"), rows())
def test_danger_is_heard(text: str, kind: Kind) -> None:
    found = complaints.danger(text)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize("text", [text for text in HARMLESS.split("|") if text])
def test_what_only_sounds_dangerous_is_none(text: str) -> None:
    assert complaints.danger(text) is None


def test_there_are_enough_phrases_of_each_language() -> None:
    every = [text for text, _ in rows()] + HARMLESS.split("|")
    assert sum(text.isascii() for text in every) >= 80
    assert sum(not text.isascii() for text in every) >= 80


KINDS = {
    Kind.DAMAGE: (
        "投诉昨天保洁的阿姨把花瓶打碎了|客厅的花瓶摔了|桌子划了一道|洗衣机弄坏了|地板有划痕|桌子掉漆"
        "|she broke my vase|the table is scratched|my carpet was ruined"
    ),
    Kind.NO_SHOW: (
        "阿姨一直没来|师傅没上门|放我鸽子|白等一上午|the cleaner never came|nobody came|she didn't show up"
    ),
    Kind.OVERCHARGED: "多收了我50|现场加价|乱收费|私下收我钱|charged me twice|they overcharged me",
    Kind.PRIVACY: "翻我抽屉|把我家拍视频发抖音|泄露我的电话|went through my drawers|posted my home online",
    Kind.THEFT: "少了500块钱|少了200元|首饰找不到了",
    Kind.DRUNK: "师傅喝酒了|一身酒气|he was drunk|he smelled of alcohol",
    Kind.LATE: "迟到一个小时|来晚了|才来|an hour late|she left early",
    Kind.ATTITUDE: "态度恶劣|骂我|一直玩手机|she was rude|he shouted at me|on her phone all day",
    Kind.QUALITY: (
        "没擦干净|打扫得很脏|做得很差|the floor is still dirty|a terrible job|not happy with the cleaning"
    ),
    Kind.MISSED: "厨房没拖|阳台漏了|没做完就走|she forgot the bathroom|left out the balcony|didn't mop",
    Kind.FLAW: "小问题，窗边没擦干净|有点小瑕疵|minor thing: a bit of dust|a small problem with the towels",
    Kind.SUGGESTION: "建议你们带鞋套|提个意见，早点通知|just a suggestion|I suggest you bring slippers",
    Kind.LEAK: "空调洗完一直滴，漏水|水管漏水|the tap leaks since then",
    Kind.THEFT: "东西少了一件|耳环不见了|my earrings went missing",
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, row in KINDS.items() for text in row.split("|")]
)
def test_what_it_is_about_is_read(text: str, kind: Kind) -> None:
    assert complaints.kind(text) is kind


@pytest.mark.parametrize(
    "text",
    ["我要投诉", "你好", "没有迟到", "没有打碎东西", "态度很好", "complaint", "hello", "he wasn't late"],
)
def test_what_says_nothing_of_it_is_none(text: str) -> None:
    assert complaints.kind(text) is None


YES = (
    "投诉|我要投诉|怎么投诉|投诉你们|我要举报|打12315了|我找消协|退我钱|赔我花瓶|讨个说法|我要投訴"
    "|投诉昨天的阿姨|这次我一定要投诉！"
    "|complaint|I want to complain|I'd like to make a complaint|how do I complain|refund me now"
    "|I want my money back|COMPLAINT|I demand an answer|I have a complaint about the cleaner"
)
NO = (
    "123456|13812315000|不投诉，就是问问|不是投诉|不想投诉|没有投诉的意思|别投诉了|没什么可投诉的|约保洁|退款规则"
    "|能退钱吗|还有钱吗"
    "|no complaints|not a complaint|I can't complain|I don't want to complain"
    "|nothing to complain about|I'm not here to complain|refund policy|how much"
)


@pytest.mark.parametrize("text", YES.split("|"))
def test_a_complaint_is_heard(text: str) -> None:
    assert complaints.complains(text)


@pytest.mark.parametrize("text", NO.split("|"))
def test_what_says_it_is_none_is_none(text: str) -> None:
    assert not complaints.complains(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我的投诉", ""),
        ("投诉进度", ""),
        ("投诉12号", "12"),
        ("投诉 #12", "12"),
        ("complaint 12", "12"),
        ("Complaint no. 7?", "7"),
        ("my complaint", ""),
        ("投诉处理得怎么样了", ""),
        ("我的投诉是阿姨打碎了花瓶", None),
        ("投诉12号楼的保洁没来", None),
        ("我要投诉", None),
        ("hello", None),
    ],
)
def test_asking_for_ones_own_complaint_is_told_from_a_new_one(text: str, number: str | None) -> None:
    assert complaints.asks_of_own(text) == number


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("投诉", ""),
        ("我要投诉", ""),
        ("我要投诉！！！", ""),
        ("怎么投诉？", ""),
        ("我要投诉你们", ""),
        ("投诉昨天保洁的阿姨把花瓶打碎了", "昨天保洁的阿姨把花瓶打碎了"),
        ("我要投诉：阿姨态度恶劣", "阿姨态度恶劣"),
        ("I want to complain", ""),
        ("I want to make a complaint", ""),
        ("complaint", ""),
        ("I want to complain about the cleaner who broke my vase", "the cleaner who broke my vase"),
        ("How do I complain?", ""),
    ],
)
def test_what_is_said_beyond_complaining(text: str, rest: str) -> None:
    assert complaints.beyond(text) == rest


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("重做一次", "redo"),
        ("退钱", "refund"),
        ("道个歉，道歉就行", "apology"),
        ("换个人来", "replace"),
        ("就是告诉你们一声", "told"),
        ("重做，不行就退钱", None),
        ("给我一个解释", None),
        ("please do it again", "redo"),
        ("I want my money back", "refund"),
        ("an apology", "apology"),
        ("somebody else next time", "replace"),
        ("just letting you know", "told"),
        ("fix the vase", None),
    ],
)
def test_what_is_wished_for_is_read(text: str, wish: str | None) -> None:
    assert complaints.wish(text) == wish


@given(st.text())
def test_any_words_can_be_read(text: str) -> None:
    complaints.danger(text)
    complaints.kind(text)
    complaints.complains(text)
    complaints.asks_of_own(text)
    complaints.beyond(text)
    complaints.wish(text)


@given(
    before=st.sampled_from(["", "你好，", "昨天的事：", "hello, ", "约明天保洁。"]),
    row=st.sampled_from(rows()),
)
def test_danger_is_heard_wherever_it_stands(before: str, row: tuple[str, Kind]) -> None:
    text, _ = row
    assert complaints.danger(before + text) is not None
    assert complaints.danger(f"{text}！！") is not None
