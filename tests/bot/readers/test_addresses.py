import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.readers import addresses
from bot.readers.addresses import AddressRead
from core import company as companies
from core.areas import Area
from core.catalogue import Words
from core.company import Company

KEYWORDS = {
    "JINJIANG": ("锦江区", "锦江", "春熙路", "东大路", "太古里", "Jinjiang", "Chunxi Road"),
    "QINGYANG": ("青羊区", "青羊", "宽窄巷子", "天府广场", "清江东路", "光华村", "Qingyang", "Tianfu Square"),
    "WUHOU": ("武侯区", "武侯", "玉林", "桐梓林", "科华北路", "Wuhou", "Tongzilin", "Yulin"),
    "GAOXIN": ("高新区", "高新", "金融城", "天府三街", "天府大道北段", "世纪城", "High-tech Zone", "Gaoxin"),
    "TIANFU": ("天府新区", "华阳", "麓湖", "天府大道南段", "Tianfu New Area", "Luxelakes"),
    "SHUANGLIU": ("双流区", "双流", "双流机场", "Shuangliu", "Shuangliu Airport"),
    "PIDU": ("郫都区", "郫都", "犀浦", "Pidu", "Xipu"),
}
# text | line | detail | area | size
READ = """
武侯区桐梓林路8号|武侯区桐梓林路8号||WUHOU|
武侯区桐梓林路8号阳光花园3栋2单元1201室|武侯区桐梓林路8号阳光花园|3栋2单元1201室|WUHOU|
武侯区桐梓林路8号阳光花园3栋2单元1201|武侯区桐梓林路8号阳光花园|3栋2单元1201|WUHOU|
成都市锦江区春熙路12号 3-2-501|成都市锦江区春熙路12号|3-2-501|JINJIANG|
四川省成都市武侯区玉林北路1号2栋|四川省成都市武侯区玉林北路1号|2栋|WUHOU|
地址是：锦江区东大路1号|锦江区东大路1号||JINJIANG|
地址：高新区 世纪城 8栋 12楼 3号|高新区 世纪城|8栋 12楼 3号|GAOXIN|
地址锦江区东大路1号|锦江区东大路1号||JINJIANG|
我家在高新区天府三街199号A座1203|高新区天府三街199号|A座1203|GAOXIN|
我家地址是高新区天府三街199号|高新区天府三街199号||GAOXIN|
我家住武侯区玉林街5号附3号|武侯区玉林街5号附3号||WUHOU|
我住在武侯区玉林街5号，谢谢|武侯区玉林街5号||WUHOU|
你好，我家住武侯区玉林街5号，谢谢|武侯区玉林街5号||WUHOU|
在武侯区玉林街5号|武侯区玉林街5号||WUHOU|
就在武侯区玉林街5号这里|武侯区玉林街5号||WUHOU|
请到武侯区玉林街5号|武侯区玉林街5号||WUHOU|
武侯区玉林街5号吧|武侯区玉林街5号||WUHOU|
武侯区玉林街5号。|武侯区玉林街5号||WUHOU|
明天下午到武侯区玉林街3号|武侯区玉林街3号||WUHOU|
玉林街3号，120平|玉林街3号||WUHOU|120
玉林街3号 120平米 三室一厅|玉林街3号||WUHOU|120
玉林街3号（约90㎡）|玉林街3号||WUHOU|90
我家在玉林街3号2栋501，面积89.5平|玉林街3号|2栋501|WUHOU|89
玉林街3号一百二十平|玉林街3号||WUHOU|120
玉林街3号，三室两厅两卫|玉林街3号||WUHOU|
玉林街3号 电话13812345678|玉林街3号||WUHOU|
玉林街3号，13812345678|玉林街3号||WUHOU|
王小明 13812345678 锦江区东大路1号|锦江区东大路1号||JINJIANG|
玉林 芳草地旁边|玉林 芳草地旁边||WUHOU|
高新区金融城附近|高新区金融城附近||GAOXIN|
郫都区犀浦镇国宁村|郫都区犀浦镇国宁村||PIDU|
麓湖生态城三期12栋|麓湖生态城三期|12栋|TIANFU|
双流机场旁边的空港花园|双流机场旁边的空港花园||SHUANGLIU|
天府大道北段1700号环球中心E3|天府大道北段1700号环球中心E3||GAOXIN|
天府大道南段888号|天府大道南段888号||TIANFU|
清江东路134号|清江东路134号||QINGYANG|
光华村街55号西南财大家属院14栋3单元5楼10号|光华村街55号西南财大家属院|14栋3单元5楼10号|QINGYANG|
宽窄巷子旁边支矶石街8号院2栋|宽窄巷子旁边支矶石街8号院|2栋|QINGYANG|
东大路1号附2号 2-301|东大路1号附2号|2-301|JINJIANG|
锦江区东大路1号 501|锦江区东大路1号|501|JINJIANG|
玉林七巷三号四栋二单元|玉林七巷三号|四栋二单元|WUHOU|
桐梓林北路2号凯莱帝景花园A座18楼|桐梓林北路2号凯莱帝景花园|A座18楼|WUHOU|
武侯区桐梓林路８号３栋|武侯区桐梓林路8号|3栋|WUHOU|
武侯区，玉林，芳草街3号院|武侯区,玉林,芳草街3号院||WUHOU|
ＷＵＨＯＵ区　玉林　５号|WUHOU区 玉林 5号||WUHOU|
錦江區春熙路8號|錦江區春熙路8號||JINJIANG|
地址係錦江區春熙路8號|錦江區春熙路8號||JINJIANG|
成都市武侯区玉林街5号🏠|成都市武侯区玉林街5号||WUHOU|
阳光花园3栋501|阳光花园|3栋501||
阳光小区12栋|阳光小区|12栋||
3栋2单元1201|3栋2单元1201|||
成都市邛崃市文君街道100号|成都市邛崃市文君街道100号|||
成都市金堂县赵镇十里大道5号|成都市金堂县赵镇十里大道5号|||
重庆市渝中区解放碑1号|重庆市渝中区解放碑1号|||
幸福路99号|幸福路99号|||
12 Elm Road|12 Elm Road|||
12 Elm Road, Apt 3|12 Elm Road|Apt 3||
12 Elm Rd., Apt. 3B, Chengdu|12 Elm Rd., Chengdu|Apt. 3B||
my address is 12 Elm Road, Apt 3, Chengdu|12 Elm Road, Chengdu|Apt 3||
My address: 5 Chunxi Road|5 Chunxi Road||JINJIANG|
I live at 88 Tianfu Avenue, Gaoxin|88 Tianfu Avenue, Gaoxin||GAOXIN|
i live at 88 Yulin Road, Building 3 Unit 2 Room 1201|88 Yulin Road|Building 3, Unit 2, Room 1201|WUHOU|
Apt 3, 12 Kehua North Road, Wuhou|12 Kehua North Road, Wuhou|Apt 3|WUHOU|
Room 1201, Building 3, Tongzilin Garden, Wuhou|Tongzilin Garden, Wuhou|Room 1201, Building 3|WUHOU|
Flat 2B, 5 Chunxi Road please|5 Chunxi Road|Flat 2B|JINJIANG|
No. 5 Chunxi Road|No. 5 Chunxi Road||JINJIANG|
No.5, Yulin Street, Wuhou District|No.5, Yulin Street, Wuhou District||WUHOU|
It's 12 Elm Street, thanks|12 Elm Street|||
12 elm street, 120 sqm|12 elm street|||120
5 Chunxi Road, about 90 square metres|5 Chunxi Road||JINJIANG|90
Tongzilin, near the metro station|Tongzilin, near the metro station||WUHOU|
Yulin Lu 5|Yulin Lu 5||WUHOU|
100 Hongkong Road #1203|100 Hongkong Road|#1203||
"""
NOT_READ = """
好的|你好|谢谢|不知道|取消|日常保洁|深度保洁 120平|120平|120平米，三室一厅|两个小时|明天下午三点|11月23号
13812345678|王小明|我是老客户|我想改时间|路上|在路上了|下个月5号路过|不知道3号行不行|我家|我家在|地址
地址发你了|我家120平
武侯区|武侯|武侯区的|在武侯区|高新区吧|成都|成都市|成都市武侯区|武侯区多少钱|你们去双流吗|双流能去吗
武侯区有师傅吗|高新区怎么收费|服务范围包括郫都吗|师傅到武侯了吗|3号行吗|8号下午|周三|3号|5楼|第3次
3点在小区门口
想约明天锦江区春熙路8号保洁|能不能去春熙路8号|取消春熙路8号那个|春熙路8号的师傅到哪了|春熙路8号改到下午|小区
花园|有电梯|密码1234#|没有门禁|味道大|人行道|一道题3分|三心二意||   |？|。|👍|1|8|a
hello|yes|tomorrow at 3pm|deep cleaning|two hours on Monday|2 hours on the road|I'm on the road 2 hours
clean 3 rooms|room 3|apt 3|Wuhou|in Wuhou|wuhou district|how much in Wuhou|do you go to Shuangliu
can you come to 12 Elm Road|where is 12 Elm Road
I want a cleaner at 12 Elm Road|cancel 12 Elm Road|no 2 hours|number 5|my name is Anna|12|road|the street
drive 2 hours|my address|my address is|120 square metres|+86 138 1234 5678|next street
"""


@pytest.fixture(scope="module")
def here() -> Company:
    """The demo company with areas of this test's own."""
    areas = tuple(
        Area(code=code, name=Words({"zh-CN": keywords[0], "en": keywords[-1]}), keywords=keywords)
        for code, keywords in KEYWORDS.items()
    )
    return companies.load().model_copy(
        update={("areas"): areas, "elsewhere": ("重庆", "上海", "Shanghai"), "version": "here"}
    )


def expected(row: str) -> tuple[str, AddressRead]:
    text, line, detail, area, size = row.split("|")
    return text, AddressRead(line, detail or None, area or None, int(size) if size else None)


@pytest.mark.parametrize(("text", "address"), [expected(row) for row in READ.strip().splitlines()])
def test_an_address_is_read(text: str, address: AddressRead, here: Company) -> None:
    assert addresses.read(text, here) == address


@pytest.mark.parametrize("text", NOT_READ.strip("\n").replace("\n", "|").split("|"))
def test_what_is_no_address_is_not_read(text: str, here: Company) -> None:
    assert addresses.read(text, here) is None


def test_an_area_known_by_a_traditional_keyword_is_found_in_it(here: Company) -> None:
    shop = here.areas[0].model_copy(update={"keywords": ("靚姐茶餐廳",)})
    read = addresses.read("靚姐茶餐廳旁邊綠房子", here.model_copy(update={"areas": (shop,)}))
    assert read is not None
    assert read.area == "JINJIANG"


def test_the_demo_company_knows_its_districts() -> None:
    demo = companies.load()
    for area in demo.areas:
        read = addresses.read(f"{area.name.get('zh-CN')}幸福小区3栋", demo)
        assert read is not None
        assert read.area == area.code


@given(
    st.sampled_from(sorted(KEYWORDS)),
    st.integers(1, 999),
    st.one_of(st.none(), st.tuples(st.integers(1, 40), st.integers(1, 6), st.integers(101, 3404))),
    st.sampled_from(["", "地址是", "我家在", "你好，我家住", "我的地址：", "请到"]),
    st.sampled_from(["", "。", "，谢谢", "，120平", " 👍"]),
)
def test_addresses_read_back(
    here: Company, area: str, number: int, door: tuple[int, int, int] | None, before: str, after: str
) -> None:
    line = f"{KEYWORDS[area][0]}幸福路{number}号"
    detail = "{}栋{}单元{}室".format(*door) if door else None
    read = addresses.read(f"{before}{line}{detail or ''}{after}", here)
    assert read == AddressRead(line, detail, area, 120 if "平" in after else None)


@given(st.text())
def test_any_text_has_an_answer(here: Company, text: str) -> None:
    read = addresses.read(text, here)
    assert read is None or (read.line and read.area in {None, *KEYWORDS})


@given(st.text(alphabet="武侯区路街号栋单元室0123456789 ,，、-#AaptRoad.在是明天点平"))
def test_any_heap_of_address_words_has_an_answer(here: Company, text: str) -> None:
    read = addresses.read(text, here)
    assert read is None or read.line.strip()


@pytest.mark.parametrize(
    "text",
    [
        "路" * 1_000_000,
        "3栋" * 500_000,
        "1" * 1_000_000,
        "12 Elm Road, " * 100_000,
        "在" * 1_000_000,
        " ," * 500_000,
    ],
)
def test_a_megabyte_is_no_address(text: str, here: Company) -> None:
    assert addresses.read(text, here) is None
