"""Who works for the demo company and who runs it: believable, invented, the same at every planting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Literal

Hours = tuple[tuple[time, time], ...]

OFFICE: Hours = ((time(8, 0), time(12, 30)), (time(13, 30), time(18, 30)))
LONG_DAY: Hours = ((time(8, 0), time(18, 30)),)
EARLY: Hours = ((time(7, 0), time(11, 30)), (time(12, 30), time(16, 30)))
LATE: Hours = ((time(10, 0), time(14, 0)), (time(15, 0), time(20, 30)))
MORNINGS: Hours = ((time(7, 30), time(12, 30)),)
MEALS: Hours = ((time(9, 30), time(13, 30)), (time(16, 0), time(20, 30)))


@dataclass(frozen=True, slots=True)
class DemoWorker:
    """One worker as the demo company knows them."""

    name: str
    gender: Literal["female", "male"]
    services: tuple[str, ...]
    """Codes of the catalogue; the skills and papers these ask for are the worker's own."""
    areas: tuple[str, ...]
    hours: Hours
    day_off: int
    """The weekday they never work, Monday being 0."""
    rating: float
    rated: int
    visits_done: int
    years: int
    """How long they have been with the company."""
    bio: Mapping[str, str]
    tags: tuple[str, ...] = ()
    senior: bool = False
    speaks_english: bool = False
    card_consent: bool = True
    papers_end_in: int = 400
    """Days from the planting until their papers run out."""
    away: tuple[tuple[int, int, str], ...] = ()
    """Days off: first and last day, counted from the planting, and why."""


def _bio(chinese: str, english: str) -> Mapping[str, str]:
    return MappingProxyType({"zh-CN": chinese, "en": english})


CENTRE = ("JINJIANG", "QINGYANG", "JINNIU", "WUHOU", "CHENGHUA", "GAOXIN")
EVERYWHERE = (*CENTRE, "TIANFU", "SHUANGLIU", "WENJIANG", "PIDU", "XINDU", "LONGQUANYI")

HOME = ("DAILY", "KITCHEN", "GLASS", "MITE")
THOROUGH = ("DAILY", "DEEP", "KITCHEN", "GLASS", "MITE")
APPLIANCES = ("AC-W", "AC-F", "HOOD", "WASHER", "WASHER-F", "FRIDGE", "HEATER")
MOVING = ("MOVEIN", "MOVEIN-VILLA")
COOKING = ("COOK", "COOK-MEAL")
ELDERS = ("ELDER", "ELDER-SEMI", "ELDER-FULL", "ELDER-H", "ESCORT")
BABIES = ("MATERNITY", "MATERNITY-SENIOR", "NANNY", "NANNY-LIVE")

WORKERS = (
    DemoWorker(
        "王秀兰",
        "female",
        THOROUGH,
        ("JINJIANG", "CHENGHUA", "GAOXIN", "LONGQUANYI"),
        LONG_DAY,
        day_off=6,
        rating=4.9,
        rated=412,
        visits_done=486,
        years=6,
        bio=_bio(
            "做保洁十一年，手脚麻利，厨房油污最拿手。",
            "Eleven years of cleaning; quick, and at her best with greasy kitchens.",
        ),
        tags=("pets", "elderly"),
        senior=True,
    ),
    DemoWorker(
        "李桂芳",
        "female",
        (*HOME, *COOKING),
        ("JINJIANG", "WUHOU"),
        MEALS,
        day_off=0,
        rating=4.6,
        rated=230,
        visits_done=268,
        years=4,
        bio=_bio(
            "会做家常川菜，口味可清淡，饭后厨房收拾得干干净净。",
            "Cooks Sichuan home dishes, mild on request, and leaves the kitchen spotless.",
        ),
        tags=("elderly", "infants"),
    ),
    DemoWorker(
        "张建国",
        "male",
        APPLIANCES,
        (*CENTRE, "LONGQUANYI"),
        OFFICE,
        day_off=1,
        rating=4.4,
        rated=640,
        visits_done=731,
        years=7,
        bio=_bio(
            "持家电清洗证八年，拆洗前后都拍照给您看。",
            "Certified for appliances for eight years; shows photos before and after.",
        ),
    ),
    DemoWorker(
        "陈丽华",
        "female",
        (*THOROUGH, *MOVING),
        ("QINGYANG", "JINNIU", "WUHOU", "GAOXIN", "WENJIANG", "PIDU", "XINDU"),
        LONG_DAY,
        day_off=2,
        rating=4.5,
        rated=158,
        visits_done=190,
        years=3,
        bio=_bio(
            "细致有耐心，家有小朋友也放心。", "Careful and patient, at ease in homes with small children."
        ),
        tags=("infants", "pets"),
    ),
    DemoWorker(
        "刘强",
        "male",
        (*APPLIANCES, *MOVING, "GLASS"),
        ("GAOXIN", "TIANFU", "SHUANGLIU", "WUHOU", "WENJIANG"),
        LONG_DAY,
        day_off=3,
        rating=4.3,
        rated=97,
        visits_done=121,
        years=2,
        bio=_bio(
            "高处玻璃、开荒除胶和空调深洗都做。",
            "High glass, glue after building work, and deep-cleaned air conditioners.",
        ),
        tags=("pets",),
    ),
    DemoWorker(
        "赵小燕",
        "female",
        ("TIDY", "DAILY"),
        EVERYWHERE,
        LONG_DAY,
        day_off=6,
        rating=4.6,
        rated=88,
        visits_done=96,
        years=2,
        bio=_bio(
            "整理师，先听您的习惯再动手，能用英语交流。",
            "An organiser who asks about your habits first. Speaks English.",
        ),
        tags=("infants",),
        speaks_english=True,
    ),
    DemoWorker(
        "杨春梅",
        "female",
        (*ELDERS, "DAILY", "HOURLY-LT"),
        EVERYWHERE,
        OFFICE,
        day_off=6,
        rating=4.5,
        rated=176,
        visits_done=205,
        years=5,
        bio=_bio(
            "护理员出身，陪诊熟悉华西和省医院流程。",
            "A trained carer who knows her way around the big hospitals.",
        ),
        tags=("elderly",),
    ),
    DemoWorker(
        "黄志明",
        "male",
        ("DEEP", *MOVING, "GLASS", "KITCHEN"),
        (*CENTRE, "XINDU", "PIDU", "LONGQUANYI"),
        LONG_DAY,
        day_off=0,
        rating=4.4,
        rated=143,
        visits_done=170,
        years=4,
        bio=_bio(
            "开荒队长，工具齐全，边角不留死角。",
            "Leads move-in cleans; brings every tool and skips no corner.",
        ),
    ),
    DemoWorker(
        "周玉珍",
        "female",
        (*HOME, *COOKING),
        ("QINGYANG", "JINNIU", "PIDU", "XINDU"),
        EARLY,
        day_off=4,
        rating=4.6,
        rated=64,
        visits_done=81,
        years=1,
        bio=_bio("起得早，上午到家，做饭少油少盐。", "An early riser who cooks with little oil and salt."),
        tags=("elderly",),
    ),
    DemoWorker(
        "吴婷婷",
        "female",
        ("TIDY",),
        CENTRE,
        LONG_DAY,
        day_off=0,
        rating=4.4,
        rated=41,
        visits_done=45,
        years=1,
        bio=_bio(
            "擅长衣橱和儿童房，交付时附收纳图。",
            "Wardrobes and children's rooms; leaves you a map of what is where.",
        ),
        tags=("infants", "pets"),
        away=((4, 6, "training"),),
    ),
    DemoWorker(
        "徐桂英",
        "female",
        ELDERS,
        ("JINJIANG", "WUHOU", "GAOXIN"),
        OFFICE,
        day_off=5,
        rating=4.5,
        rated=121,
        visits_done=133,
        years=4,
        bio=_bio(
            "说话温和，照护老人十年，会量血压做记录。",
            "Gentle, with ten years of elder care; measures and writes down blood pressure.",
        ),
        tags=("elderly",),
    ),
    DemoWorker(
        "孙海涛",
        "male",
        ("DEEP", *MOVING, "GLASS", "DAILY"),
        ("JINJIANG", "WUHOU", "GAOXIN", "TIANFU", "SHUANGLIU", "LONGQUANYI"),
        LONG_DAY,
        day_off=2,
        rating=4.3,
        rated=52,
        visits_done=67,
        years=1,
        bio=_bio(
            "力气大，干活实在，大户型深度保洁常做。", "Strong and straightforward; often cleans large homes."
        ),
        tags=("pets",),
    ),
    DemoWorker(
        "马慧敏",
        "female",
        (*BABIES, "ESCORT"),
        ("WUHOU", "GAOXIN", "TIANFU"),
        OFFICE,
        day_off=6,
        rating=4.6,
        rated=57,
        visits_done=62,
        years=3,
        bio=_bio(
            "育婴师证，会做辅食，照顾过二十多个宝宝。",
            "A certified infant carer who has looked after more than twenty babies.",
        ),
        tags=("infants",),
    ),
    DemoWorker(
        "朱红",
        "female",
        BABIES,
        ("JINJIANG", "QINGYANG", "CHENGHUA"),
        OFFICE,
        day_off=6,
        rating=4.5,
        rated=33,
        visits_done=36,
        years=2,
        bio=_bio(
            "月嫂，坐月子餐和新生儿护理都有证书。",
            "Postpartum carer, certified for mothers' meals and newborns.",
        ),
        tags=("infants",),
        card_consent=False,
    ),
    DemoWorker(
        "胡晓琴",
        "female",
        THOROUGH,
        ("GAOXIN", "TIANFU", "SHUANGLIU", "LONGQUANYI", "WENJIANG"),
        LATE,
        day_off=1,
        rating=4.4,
        rated=109,
        visits_done=128,
        years=2,
        bio=_bio(
            "下午和晚上都能上门，喜欢小动物。", "Comes in the afternoon and evening, and likes animals."
        ),
        tags=("pets",),
        away=((8, 9, "family"),),
    ),
    DemoWorker(
        "郭军",
        "male",
        (*APPLIANCES, *MOVING),
        ("QINGYANG", "JINNIU", "CHENGHUA", "SHUANGLIU", "WENJIANG", "PIDU", "XINDU"),
        OFFICE,
        day_off=6,
        rating=4.6,
        rated=76,
        visits_done=90,
        years=1,
        bio=_bio(
            "空调、油烟机当天洗当天用。", "Air conditioners and range hoods, ready to use the same day."
        ),
        away=((2, 3, "training"),),
    ),
    DemoWorker(
        "何美玲",
        "female",
        (*COOKING, "DAILY", "ESCORT", "HOURLY-LT"),
        EVERYWHERE,
        MEALS,
        day_off=3,
        rating=4.4,
        rated=84,
        visits_done=101,
        years=2,
        bio=_bio(
            "会做川菜和粤菜，忌口过敏先问清楚。", "Sichuan and Cantonese dishes; asks about allergies first."
        ),
        tags=("elderly",),
        speaks_english=True,
    ),
    DemoWorker(
        "罗云",
        "female",
        HOME,
        ("CHENGHUA", "JINJIANG", "JINNIU", "XINDU"),
        MORNINGS,
        day_off=5,
        rating=4.5,
        rated=18,
        visits_done=23,
        years=1,
        bio=_bio("做半天班，玻璃擦得透亮。", "Works mornings; her windows shine."),
        tags=("pets",),
        papers_end_in=21,
    ),
)

STAFF = (("苏敏", "clerk"), ("高远", "manager"))
