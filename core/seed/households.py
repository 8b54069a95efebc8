"""Who lets the demo company in: its customers and their homes, invented, the same at every planting."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoHome:
    """Where a customer of the demo company lives."""

    area: str
    line: str
    detail: str
    size_m2: int
    rooms: int


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """One customer, what is known of the household, and what they use to ask for."""

    name: str
    language: str
    homes: tuple[DemoHome, ...]
    wants: tuple[str, ...]
    """Codes of the services they come back for, likeliest first."""
    pets: bool | None = None
    elderly: bool | None = None
    infants: bool | None = None


CUSTOMERS = (
    DemoCustomer(
        "陈思远",
        "zh-CN",
        (DemoHome("JINJIANG", "锦江区东大街紫东楼段35号", "2栋1单元1802", 96, 3),),
        ("DAILY", "DAILY", "HOOD"),
        pets=True,
    ),
    DemoCustomer(
        "林晓雯",
        "zh-CN",
        (DemoHome("GAOXIN", "高新区天府大道北段1480号", "A座2306", 78, 2),),
        ("DAILY", "AC-W", "DEEP"),
        infants=True,
    ),
    DemoCustomer(
        "Emma Clarke",
        "en",
        (DemoHome("WUHOU", "武侯区桐梓林北路18号", "Building 3, 902", 142, 4),),
        ("DAILY", "TIDY", "COOK"),
    ),
    DemoCustomer(
        "周建平",
        "zh-CN",
        (DemoHome("QINGYANG", "青羊区宽窄巷子附近长顺街62号", "4单元301", 88, 3),),
        ("DAILY", "ESCORT", "GLASS"),
        elderly=True,
    ),
    DemoCustomer(
        "吴雨桐",
        "zh-CN",
        (DemoHome("JINNIU", "金牛区一环路北三段88号", "6栋504", 105, 3),),
        ("DEEP", "AC-F", "MITE"),
    ),
    DemoCustomer(
        "郑浩然",
        "zh-CN",
        (DemoHome("CHENGHUA", "成华区建设路55号", "1栋2单元1107", 68, 2),),
        ("DAILY", "WASHER", "KITCHEN"),
        pets=True,
    ),
    DemoCustomer(
        "何佳怡",
        "zh-CN",
        (
            DemoHome("TIANFU", "天府新区华阳街道正西街120号", "9栋1203", 128, 4),
            DemoHome("JINJIANG", "锦江区三圣街道海棠路16号", "别墅12号", 210, 6),
        ),
        ("DAILY", "DEEP", "FRIDGE"),
        infants=True,
        pets=False,
    ),
    DemoCustomer(
        "罗志强",
        "zh-CN",
        (DemoHome("SHUANGLIU", "双流区航空港锦华路三段9号", "5栋1601", 92, 3),),
        ("AC-W", "DAILY", "HEATER"),
    ),
    DemoCustomer(
        "谢静",
        "zh-CN",
        (DemoHome("WUHOU", "武侯区玉林街道芳草街21号", "3栋2单元6号", 74, 2),),
        ("COOK", "DAILY", "MITE"),
        elderly=True,
    ),
    DemoCustomer(
        "Daniel Weber",
        "en",
        (DemoHome("GAOXIN", "高新区交子大道88号", "Tower 2, 1505", 118, 3),),
        ("DAILY", "GLASS", "AC-W"),
    ),
    DemoCustomer(
        "唐雪",
        "zh-CN",
        (DemoHome("JINJIANG", "锦江区春熙路南段8号", "1210", 54, 1),),
        ("DAILY", "TIDY", "KITCHEN"),
    ),
    DemoCustomer(
        "曹国栋",
        "zh-CN",
        (DemoHome("QINGYANG", "青羊区光华大道一段1611号", "11栋802", 135, 4),),
        ("DEEP", "GLASS", "HOOD"),
    ),
)
