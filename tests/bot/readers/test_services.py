from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import services
from core.catalogue import Words
from core.company import Company

# code -> Chinese name, English name, Chinese nicknames, English nicknames
CATALOGUE: Mapping[str, tuple[str, str, str, str]] = {
    "DAILY": (
        "日常保洁",
        "Regular cleaning",
        "保洁 打扫 打扫卫生 搞卫生 阿姨打扫 家政 钟点工 小时工 家庭保洁 日常清洁 收拾屋子 拖地",
        "cleaning,house cleaning,home cleaning,cleaner,maid,weekly cleaning",
    ),
    "DEEP": (
        "深度保洁",
        "Deep cleaning",
        "深度清洁 深度打扫 深保 大扫除 全屋大扫除 精保洁 搬家保洁",
        "deep clean,spring cleaning,thorough cleaning,move-out cleaning",
    ),
    "MOVEIN": (
        "开荒保洁",
        "Move-in cleaning",
        "开荒 新房保洁 装修后保洁 新房打扫 装修完打扫",
        "post-construction cleaning,after renovation cleaning,new home cleaning",
    ),
    "GLASS": (
        "擦玻璃",
        "Window cleaning",
        "擦窗 擦窗户 洗窗户 玻璃清洗",
        "clean windows,windows,window washing",
    ),
    "KITCHEN": (
        "厨房重油污清洁",
        "Kitchen degreasing",
        "厨房清洁 厨房去油污 厨房油污 重油污 清洗厨房",
        "kitchen cleaning,kitchen deep clean,degrease the kitchen",
    ),
    "AC-W": (
        "挂机空调清洗",
        "Wall air conditioner cleaning",
        "空调清洗 洗空调 空调挂机 挂机 壁挂空调",
        "ac cleaning,aircon cleaning,air conditioner cleaning,wall ac",
    ),
    "AC-F": (
        "柜机空调清洗",
        "Floor air conditioner cleaning",
        "空调清洗 洗空调 空调柜机 柜机 立式空调",
        "ac cleaning,aircon cleaning,air conditioner cleaning,floor standing ac",
    ),
    "HOOD": (
        "油烟机清洗",
        "Range hood cleaning",
        "油烟机 抽油烟机 洗油烟机 清洗油烟机",
        "range hood,cooker hood,extractor hood,hood cleaning",
    ),
    "WASHER-T": (
        "波轮洗衣机清洗",
        "Top-load washer cleaning",
        "洗衣机清洗 洗洗衣机 波轮",
        "washing machine,top loader",
    ),
    "WASHER-D": (
        "滚筒洗衣机清洗",
        "Front-load washer cleaning",
        "洗衣机清洗 洗洗衣机 滚筒",
        "washing machine,front loader",
    ),
    "FRIDGE": ("冰箱清洗", "Fridge cleaning", "冰箱 洗冰箱", "fridge,refrigerator,clean the fridge"),
    "HEATER": ("热水器清洗", "Water heater cleaning", "热水器 洗热水器", "water heater,boiler descaling"),
    "MITE": ("除螨", "Mite removal", "除螨虫 床垫除螨 去螨", "mites,mattress cleaning,dust mites"),
    "TIDY": (
        "收纳整理",
        "Home organizing",
        "收纳 整理收纳 衣柜整理 整理衣柜",
        "organizing,declutter,tidying,wardrobe organizing",
    ),
    "COOK": ("做饭阿姨", "Home cook", "做饭 烧饭 煮饭 上门做饭", "cook,cooking,home cooking"),
    "HOURLY-LT": (
        "长期钟点工",
        "Long-term hourly help",
        "长期阿姨 包月钟点工 固定阿姨",
        "long term cleaner,monthly help",
    ),
    "MATERNITY": ("月嫂", "Maternity nurse", "坐月子 月子阿姨", "confinement nanny,postpartum care,yuesao"),
    "NANNY": ("育儿嫂", "Nanny", "带孩子 看孩子 保姆 住家阿姨", "nanny,babysitter,child care"),
    "ELDER": ("养老护理", "Elder care", "照顾老人 护工 老人护理", "elderly care,caregiver,senior care"),
    "ESCORT": ("陪诊", "Hospital escort", "陪诊员 陪看病 陪老人看病", "hospital companion,medical escort"),
}


@pytest.fixture(scope="module")
def sold(demo: Company) -> Company:
    """The demo company with twenty services, so that these tests do not follow the demo's own wording."""
    model = demo.services[0]
    offered = tuple(
        model.model_copy(
            update={
                "code": code,
                "name": Words({"zh-CN": chinese, "en": english}),
                "nicknames": {"zh-CN": tuple(called.split()), "en": tuple(known_as.split(","))},
            }
        )
        for code, (chinese, english, called, known_as) in CATALOGUE.items()
    )
    return demo.model_copy(update={"services": offered, "version": "twenty"})


@pytest.fixture(scope="module")
def demo() -> Company:
    from core import company

    return company.load()


SURE = """
日常保洁 DAILY|深度保洁 DEEP|开荒保洁 MOVEIN|擦玻璃 GLASS|油烟机清洗 HOOD|收纳整理 TIDY|月嫂 MATERNITY
育儿嫂 NANNY|陪诊 ESCORT|除螨 MITE
我想约一个深度保洁 DEEP|深度保洁吧 DEEP|深 度 保 洁 DEEP|深度保洁！ DEEP|「深度保洁」 DEEP|深度保潔 DEEP
請幫我約日常保潔 DAILY|深度清潔 DEEP
下周三下午两点深度保洁 120平 DEEP|明天上午要日常保洁两小时 DAILY|家里要大扫除 DEEP|帮我搞个大扫除 DEEP
过年大扫除怎么约 DEEP
新房开荒 MOVEIN|装修完打扫 MOVEIN|新房保洁 MOVEIN|刚装修好要开荒 MOVEIN|擦窗户 GLASS|我要擦玻璃 GLASS
玻璃清洗 GLASS|窗户脏了 擦窗 GLASS
挂机空调清洗 AC-W|柜机空调清洗 AC-F|洗空调 挂机 AC-W|空调清洗，柜机 AC-F|挂机 AC-W|柜机两台 AC-F|立式空调 AC-F
壁挂空调要洗 AC-W
油烟机 HOOD|抽油烟机太脏了 HOOD|油煙機清洗 HOOD|洗油烟机多少钱 HOOD|冰箱 FRIDGE|洗冰箱 FRIDGE
冰箱要清洗 FRIDGE|热水器 HEATER
波轮洗衣机 WASHER-T|滚筒洗衣机清洗 WASHER-D|厨房油污 KITCHEN|厨房去油污 KITCHEN|床垫除螨 MITE|去螨 MITE
收纳 TIDY|整理衣柜 TIDY
做饭 COOK|找个做饭阿姨 COOK|上门做饭的 COOK|长期钟点工 HOURLY-LT|固定阿姨 HOURLY-LT|家政 DAILY|保姆 NANNY
带孩子 NANNY|照顾老人 ELDER
护工 ELDER|陪老人看病 ESCORT|坐月子 MATERNITY|月嫂多少钱 MATERNITY|不要日常保洁，要深度保洁 DEEP
不是深度保洁，是开荒保洁 MOVEIN|深度保洁，打扫干净点 DEEP
deep cleaning DEEP|Deep Cleaning DEEP|DEEP CLEANING DEEP|deep clean DEEP|I want a deep cleaning please DEEP
regular cleaning DAILY|book a regular cleaning DAILY
move-in cleaning MOVEIN|move in cleaning MOVEIN|window cleaning GLASS|clean windows GLASS|my windows GLASS
range hood HOOD|rangehood HOOD|range-hood cleaning HOOD
fridge FRIDGE|Fridge cleaning FRIDGE|water heater HEATER|wall air conditioner cleaning AC-W
front loader WASHER-D|dust mites MITE|mattress cleaning MITE
declutter TIDY|home organizing TIDY|nanny NANNY|I need a nanny NANNY|babysitter NANNY|elder care ELDER
elderly care ELDER|caregiver ELDER|hospital escort ESCORT
kitchen cleaning KITCHEN|kitchen degreasing KITCHEN|home cook COOK|home cooking COOK|maternity nurse MATERNITY
long-term hourly help HOURLY-LT|spring cleaning DEEP
ｄｅｅｐ　ｃｌｅａｎｉｎｇ DEEP|not deep cleaning, regular cleaning DAILY|maid DAILY|house cleaning DAILY
kitchen deep clean KITCHEN
"""
MISTYPED = """
日常宝洁 DAILY|日常保结 DAILY|深度宝洁 DEEP|深读保洁 DEEP|身度保洁 DEEP|深度保姐 DEEP|开荒宝洁 MOVEIN
开慌保洁 MOVEIN|油烟鸡清洗 HOOD
油烟机青洗 HOOD|油烟机清西 HOOD|有烟机清洗 HOOD|查玻璃 GLASS|擦波璃 GLASS|擦玻离 GLASS|收那整理 TIDY
收纳整里 TIDY|月扫 MATERNITY|玉儿嫂 NANNY|陪珍 ESCORT
出螨 MITE|冰厢清洗 FRIDGE|热水气清洗 HEATER|养老户理 ELDER|做饭啊姨 COOK|我想约日常宝洁 DAILY
明天要个深渡保洁 DEEP|挂鸡空调清洗 AC-W|贵机空调清洗 AC-F
日保洁 DAILY|日常洁 DAILY|日常保 DAILY|度保洁 DEEP|油烟清洗 HOOD|滚桶洗衣机清洗 WASHER-D|收拉整理 TIDY
deep cleanning DEEP|deap cleaning DEEP|deep clening DEEP|dep cleaning DEEP|deepcleaning DEEP
regualr cleaning DAILY|reguler cleaning DAILY|windw cleaning GLASS
window cleanning GLASS|wndow cleaning GLASS|range hod HOOD|rang hood HOOD|frige FRIDGE|refridgerator FRIDGE
fridges FRIDGE|babysiter NANNY|elderly car ELDER
moove-in cleaning MOVEIN|kichen cleaning KITCHEN|water heatr HEATER|home organising TIDY
hospital escrot ESCORT|matress cleaning MITE|i want a deep cleanning pls DEEP
"""
FAMILIES = {
    "保洁": {"DAILY", "DEEP", "MOVEIN"},
    "我要保洁": {"DAILY", "DEEP", "MOVEIN"},
    "打扫": {"DAILY", "DEEP", "MOVEIN"},
    "打扫卫生": {"DAILY", "DEEP", "MOVEIN"},
    "想找人搞卫生": {"DAILY", "DEEP", "MOVEIN"},
    "清洁": {"DAILY", "DEEP", "MOVEIN"},
    "cleaning": {"DAILY", "DEEP", "MOVEIN"},
    "I need some cleaning": {"DAILY", "DEEP", "MOVEIN"},
    "clean my place": {"DAILY", "DEEP", "MOVEIN"},
    "钟点工": {"DAILY", "HOURLY-LT"},
    "空调清洗": {"AC-W", "AC-F"},
    "洗空调": {"AC-W", "AC-F"},
    "ac cleaning": {"AC-W", "AC-F"},
    "洗衣机清洗": {"WASHER-T", "WASHER-D"},
    "washing machine": {"WASHER-T", "WASHER-D"},
    "家电清洗": {"AC-W", "AC-F", "HOOD", "WASHER-T", "WASHER-D", "FRIDGE", "HEATER"},
    "油烟机和冰箱": {"HOOD", "FRIDGE"},
    "日常保洁和深度保洁有什么区别": {"DAILY", "DEEP"},
    "window cleaning or deep cleaning?": {"GLASS", "DEEP"},
}
NOTHING = (
    """
你好|好的|明天下午三点|120平|两个小时|武侯区桐梓林路8号|13812345678|王小明|我想改时间|取消|多少钱|你们几点上班
师傅到哪了|谢谢|1|?|。|👍|投诉|出门了
hello|ok|tomorrow at 3pm|120 sqm|two hours|12 Elm Road|my name is Anna|cancel my visit|how much
where is my booking|book a visit|thanks|look|good|class|mail me
"""
    + "\n"
)


def rows(table: str) -> list[tuple[str, str]]:
    lines = table.strip().replace("\n", "|").split("|")
    return [(text, code) for text, _, code in (line.rpartition(" ") for line in lines)]


@pytest.mark.parametrize(("text", "code"), rows(SURE))
def test_a_service_is_recognised_by_what_people_call_it(text: str, code: str, sold: Company) -> None:
    assert services.spot(text, sold) == code
    assert services.read(text, sold, "zh-CN")[0].code == code


@pytest.mark.parametrize(("text", "code"), rows(MISTYPED))
def test_typing_mistakes_are_forgiven(text: str, code: str, sold: Company) -> None:
    guesses = services.read(text, sold, "zh-CN")
    assert guesses[0].code == code
    assert services.spot(text, sold) == code


@pytest.mark.parametrize("text", FAMILIES)
def test_a_word_for_several_services_offers_them_and_decides_nothing(text: str, sold: Company) -> None:
    guesses = services.read(text, sold, "zh-CN")
    assert {guess.code for guess in guesses} == FAMILIES[text]
    assert guesses[0].score - guesses[-1].score <= services.GAP
    assert services.spot(text, sold) is None


@pytest.mark.parametrize("text", [t for t in NOTHING.replace("\n", "|").split("|") if t])
def test_other_messages_name_no_service(text: str, sold: Company) -> None:
    assert services.spot(text, sold) is None
    assert [guess for guess in services.read(text, sold, "en") if guess.score >= services.SURE] == []


def test_the_one_that_lists_the_general_word_comes_first(sold: Company) -> None:
    assert services.read("打扫", sold, "zh-CN")[0].code == "DAILY"


def test_a_refused_service_is_not_heard(sold: Company) -> None:
    assert services.read("不要深度保洁", sold, "zh-CN") == []
    assert services.spot("不做油烟机", sold) is None
    assert services.spot("not deep cleaning", sold) is None
    assert services.spot("不要深渡保洁", sold) is None


def test_the_language_decides_only_between_equals(sold: Company) -> None:
    chinese, english = (services.read("深度保洁", sold, language)[0] for language in ("zh-CN", "en"))
    assert chinese.code == english.code == "DEEP"
    assert chinese.score > english.score >= services.SURE


def test_a_general_word_is_sure_where_only_one_service_carries_it(sold: Company) -> None:
    alone = tuple(s for s in sold.services if s.code in ("DAILY", "HOOD", "NANNY"))
    small = sold.model_copy(update={"services": alone, "version": "three"})
    assert services.spot("保洁", small) == "DAILY"


def test_a_changed_company_is_heard_anew(sold: Company) -> None:
    renamed = sold.services[0].model_copy(update={"name": Words({"zh-CN": "魔法时光", "en": "Magic hour"})})
    changed = sold.model_copy(update={"services": (renamed,), "version": "changed"})
    assert services.spot("魔法时光", changed) == "DAILY"
    assert services.spot("魔法时光", sold) is None


def test_many_companies_do_not_fill_the_memory(sold: Company) -> None:
    for number in range(20):
        services.spot("深度保洁", sold.model_copy(update={"version": f"v{number}"}))
    assert len(services._indexes) <= services._MOST_INDEXES


def test_every_service_of_the_demo_company_is_recognised_by_its_own_names(demo: Company) -> None:
    for service in demo.services:
        for language in demo.languages:
            assert services.spot(service.name.get(language), demo) == service.code
            for nickname in service.nicknames[language]:
                assert service.code in [guess.code for guess in services.read(nickname, demo, language)]


@pytest.mark.parametrize("text", ["保洁", "打扫", "cleaning", "家电清洗", "阿姨", "空调清洗"])
def test_general_words_decide_nothing_at_the_demo_company(text: str, demo: Company) -> None:
    assert services.spot(text, demo) is None
    assert len(services.read(text, demo, "zh-CN")) > 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("clean my flat tomorow arvo, 3 hours", "DAILY"),
        ("can somebody clean the house", "DAILY"),
        ("deep clean my flat", "DEEP"),
        ("can you clean my windows", "GLASS"),
        ("clean my kitchen hood", "HOOD"),
    ],
)
def test_what_is_to_be_cleaned_says_which_service(text: str, code: str, demo: Company) -> None:
    assert services.spot(text, demo) == code


@given(st.text(max_size=80))
def test_any_text_gives_guesses_of_services_that_exist(sold: Company, text: str) -> None:
    guesses = services.read(text, sold, "zh-CN")
    assert {guess.code for guess in guesses} <= set(CATALOGUE)
    assert all(0 < guess.score <= 1 for guess in guesses)
    assert [g.score for g in guesses] == sorted((g.score for g in guesses), reverse=True)
    assert services.spot(text, sold) in {None, *(guess.code for guess in guesses[:1])}


@given(
    st.sampled_from(sorted(CATALOGUE)),
    st.sampled_from(["", "我想约", "请帮我安排", "明天要", "  "]),
    st.sampled_from(["", "吧", "，谢谢！", " 👍", "可以吗？"]),
)
def test_politeness_changes_no_service(sold: Company, code: str, before: str, after: str) -> None:
    assert services.spot(before + CATALOGUE[code][0] + after, sold) == code


@pytest.mark.parametrize("text", ["保洁" * 500_000, "a" * 1_000_000, "\0" * 1_000_000, "deep " * 200_000])
def test_a_megabyte_is_cut(text: str, sold: Company) -> None:
    services.read(text, sold, "zh-CN")
    assert services.spot("。" * 2_000 + "深度保洁", sold) is None
