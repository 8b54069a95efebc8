import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import names, typed

READ = """
王小明=王小明|李四=李四|王=王|欧阳娜娜=欧阳娜娜|司马光=司马光|张三=张三|陈一=陈一|钱多多=钱多多|李知行=李知行
郭明=郭明|高兴华=高兴华|安琪=安琪|白雪=白雪|常青=常青|林=林|李想=李想|周周=周周|田天=田天
晓燕=晓燕|美丽=美丽|小王=小王|老李=老李|阿强=阿强|大刘=大刘|囡囡=囡囡|妞妞=妞妞|張小姐=張小姐|陳大文=陳大文
歐陽鋒=歐陽鋒|黃先生=黃先生
王女士=王女士|李先生=李先生|张太太=张太太|刘阿姨=刘阿姨|赵老师=赵老师|孙师傅=孙师傅|周总=周总|吴医生=吴医生
郑姐=郑姐|王大姐=王大姐|李哥=李哥|欧阳女士=欧阳女士|小王同学=小王同学|陈经理=陈经理|罗嬢嬢=罗嬢嬢
我叫王小明=王小明|我叫 王小明=王小明|我叫王小明。=王小明|我叫王小明，谢谢=王小明|我叫做王小明=王小明
我是王小明=王小明|我是王女士=王女士|我姓王=王|姓王=王|免贵姓陈=陈|我姓欧阳=欧阳|姓名：张三=张三|姓名张三=张三
名字是张三=张三
我的名字是张三=张三|我的名字叫张三=张三|名字叫张三=张三|叫我小张=小张|叫我小张就行=小张|叫我小张吧=小张
你可以叫我李姐=李姐|您叫我老周就好=老周|请叫我王先生，谢谢=王先生|大家都叫我老王=老王|称呼我刘女士=刘女士
我就是王明=王明
你好，我叫王小明=王小明|您好 我是张三=张三|我叫王小明，想约保洁=王小明|我叫王小明。明天有空吗？=王小明
联系人：李四=李四|我叫钱多多=钱多多|叫张伟=张伟|本人李四=李四|我叫阿依古丽·买买提=阿依古丽·买买提
阿卜杜拉·买买提=阿卜杜拉·买买提|王Anna=王Anna|Anna王=Anna王|「王小明」=王小明|王小明！=王小明|王小明～=王小明
王小明👍= 王小明|  王小明  =王小明|\u200b王小明=王小明|王小明吧=王小明|王小明就行=王小明|王小明，谢谢=王小明
Austin=Austin|Florence Li=Florence Li|Ping=Ping
Anna=Anna|anna=Anna|ANNA=ANNA|Anna Lee=Anna Lee|anna lee=Anna Lee|Anna  Lee=Anna Lee|ａｎｎａ　ｌｅｅ=Anna Lee
Lee, =Lee|Anna-Maria=Anna-Maria|O'Neil=O'Neil|Sean O’Neil=Sean O’Neil|J. Smith=J. Smith|Mr. Wang=Mr. Wang
Mrs Lee=Mrs Lee
Dr. Chen=Dr. Chen|van der Berg=van der Berg|Zoë=Zoë|José García=José García|Łukasz=Łukasz
Jean-Luc Picard=Jean-Luc Picard|McDonald=McDonald|Li Wei=Li Wei|Wang Xiaoming=Wang Xiaoming|Bo=Bo
Will Smith=Will Smith|Al=Al|Maria de la Cruz=Maria de la Cruz
My name is Anna=Anna|my name is anna=Anna|my name's Anna=Anna|My name’s Anna Lee=Anna Lee|name is Anna=Anna
Name: Anna=Anna|I'm Anna Lee=Anna Lee|i'm anna=Anna|Im Anna=Anna|I am Anna=Anna|I’m Anna=Anna|call me Bob=Bob
Call me Bob please=Bob
just call me Bob=Bob|you can call me Bob=Bob|please call me Bob, thanks=Bob|This is John speaking=John
This is John=John|It's Maria=Maria|Anna here=Anna|Hi, I'm Anna=Anna|Hello, my name is Anna.=Anna
I'm Anna, I need a cleaner=Anna|I go by Sam=Sam
Anna please=Anna|Anna, thanks=Anna|Мария=Мария|Анна Петрова=Анна Петрова|محمد علي=محمد علي|さくら=さくら
김철수=김철수|अनिता=अनिता|Nguyễn Văn An=Nguyễn Văn An|\u202eAnna=Anna|Anna 😊=Anna
"""
NOT_READ = """
好|好的|可以|是的|对|嗯|不|不要|不用了|没有|跳过|取消|返回|菜单|人工|帮助|你好|您好|谢谢|谢谢你|在吗|哈哈|再见
不知道|随便|都行|确认|提交|上一步|客服|投诉|方便|高兴|安全|平时|明天|周一|周末|周六|中午|任意|时间|万一
我想改时间|我要取消|明天下午|下午三点|后天上午|星期三|日常保洁|深度保洁|擦玻璃|油烟机|空调|月嫂|打扫卫生
多少钱|什么价格|怎么收费|你们几点上班|师傅到哪了|能便宜点吗|可以改吗|我是老客户|我是业主|我是来改时间的
我家在武侯区|地址|电话
为什么要名字|你是谁|你叫什么|我不想说|不告诉你|叫什么好呢|保密|匿名|客户|女士|先生|阿姨|师傅|老板|宠物
家里有猫|查一下|包多少|时候|别的|等一下|我叫什么|叫我干嘛|我叫|我是|姓|我姓什么|王小明1|王小明13812345678
13812345678|120平
yes|no|ok|sure|cancel|help|menu|back|skip|stop|hello|hi|thanks|thank you|please|tomorrow|monday|next week
how much|what|why do you ask|who are you|none of your business|I don't know|not sure|I'm busy|I'm not sure
I'm sorry|i'm at home
I'm late|it's broken|it's leaking all over|it is urgent|this is a problem|I am looking for a cleaner
I want to book|book a cleaning
deep cleaning|I need help|talk to a human|can I change the time|where is my cleaner|my address is|two hours
Anna2|4nna|anna@example.com|www.example.com
<b>Anna</b>|<script>alert(1)</script>|&lt;Anna|{name}|Anna|Bob/Carol\\|$name|%s|https://example.com|Anna=Bob|1
123|２|十①|a|...|。|？|👍|😂😂||   |·|-|'|Anna Lee from the house at the corner
the quick brown fox jumps over it
"""


def rows(table: str) -> list[str]:
    return table.strip("\n").replace("\n", "|").split("|")


@pytest.mark.parametrize(("text", "name"), [row.split("=") for row in rows(READ)])
def test_a_name_is_read(text: str, name: str) -> None:
    assert names.read(text) == name.strip()


@pytest.mark.parametrize("text", [text for text in rows(NOT_READ) if text != "Anna"])
def test_what_is_no_name_is_not_read(text: str) -> None:
    assert names.read(text) is None


def test_a_name_has_up_to_forty_characters() -> None:
    assert names.read("A" * names.LONGEST) == "A" * names.LONGEST
    assert names.read("A" * (names.LONGEST + 1)) is None


def test_no_command_and_no_answer_is_a_name() -> None:
    words = typed.every_word()
    assert len(words) > 5000
    assert [word for word in words if names.read(word) is not None] == []


@given(
    st.sampled_from("王李张刘陈杨黄赵吴周"),
    st.text(alphabet="伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英华玉红", min_size=1, max_size=2),
    st.sampled_from(["", "我叫", "我是", "叫我", "姓名：", "我的名字是", "你好，我叫"]),
    st.sampled_from(["", "。", "，谢谢", " 👍", "！"]),
)
def test_chinese_names_read_back(family: str, given_name: str, before: str, after: str) -> None:
    assert names.read(f"{before}{family}{given_name}{after}") == family + given_name


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    name = names.read(text)
    if name is not None:
        assert 0 < len(name) <= names.LONGEST
        assert any(c.isalpha() for c in name)
        assert not any(c.isdigit() or c in "<>&{}@/\\" for c in name)
        assert names.read(name) in (name, None)


@pytest.mark.parametrize(
    "text", ["王" * 1_000_000, "我叫" * 500_000, "anna " * 200_000, "\0" * 1_000_000, "I'm " * 250_000]
)
def test_a_megabyte_is_no_name(text: str) -> None:
    assert names.read(text) is None
