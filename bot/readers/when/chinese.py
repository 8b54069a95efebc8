"""The Chinese words of the reader: what a customer may type, and the kind of token it is.

Written in simplified characters; `PLAIN` turns traditional ones and full-width signs into these, one for one.
"""

from typing import Final

Meaning = tuple[str, int, str]
"""Kind of token (see grammar), its number, its name."""

_WIDE: Final = "０１２３４５６７８９：．／－，。（）～〜－—–―−ー‐＠　’‘′"
_NARROW: Final = "0123456789:./-,.()~~-------@ '''"
_TRADITIONAL: Final = (
    "後點號週禮個鐘這兩時過內間節從來開聖誕勞動國慶兒農曆當幾壹貳叁參肆伍陸柒捌玖拾陽歷關無沒還於"
    "與準為將換調約聽晝邊總門車廠單層廳棟樓區莊園館鋪國樣邊嗎麼預務員頭樂壇閒閑講說"
)
_SIMPLIFIED: Final = (
    "后点号周礼个钟这两时过内间节从来开圣诞劳动国庆儿农历当几一二三三四五六七八九十阳历关无没还于"
    "与准为将换调约听昼边总门车厂单层厅栋楼区庄园馆铺国样边吗么预务员头乐坛闲闲讲说"
)
PLAIN: Final = (
    str.maketrans(_WIDE + _TRADITIONAL, _NARROW + _SIMPLIFIED)
    | {ord("A") + i: ord("a") + i for i in range(26)}
    | {0xFF21 + i: ord("a") + i for i in range(26)}
    | {0xFF41 + i: ord("a") + i for i in range(26)}
)


def _all(kind: str, words: str, number: int = 0, name: str = "") -> dict[str, list[Meaning]]:
    """All these words, separated by spaces, mean the same."""
    return {word: [(kind, number, name)] for word in words.split()}


def _both(day: int, part: str, words: str) -> dict[str, list[Meaning]]:
    """Words that say a day and its part at once, such as 今晚."""
    return {word: [("RELDAY", day, ""), ("PART", 0, part)] for word in words.split()}


DAYS: Final = (
    _all("RELDAY", "今天 今日 本日 当天 当日 今儿 今儿个 而家", 0)
    | _all("RELDAY", "明天 明日 明儿 明儿个 听日 翌日", 1)
    | _all("RELDAY", "后天 后日 后儿", 2)
    | _all("RELDAY", "大后天 大后日", 3)
    | _all("RELDAY", "昨天 昨日 昨儿 寻日", -1)
    | _all("RELDAY", "前天 前日", -2)
    | _all("RELDAY", "大前天", -3)
    | _all("RELDAY", "次日 第二天", 1, "following")
    | _both(0, "evening", "今晚 今夜 当晚 今晚上")
    | _both(0, "morning", "今早 今朝 今晨")
    | _both(1, "evening", "明晚 明夜 听晚")
    | _both(1, "morning", "明早 明晨 听朝")
    | _both(2, "evening", "后晚")
    | _both(0, "noon", "今午")
    | {word: [("RELDAY", 1, ""), ("RELDAY", 2, "")] for word in ("明后天", "明后两天")}
    | {word: [("RELDAY", 0, ""), ("RELDAY", 1, "")] for word in ("今明", "今明两天", "今明天")}
)
WEEKDAYS: Final[dict[str, list[Meaning]]] = {
    week + day: [("WEEKDAY", number, "")]
    for week in ("周", "星期", "礼拜")
    for number, days in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7"))
    for day in days
} | {week + "六日": [("WEEKDAY", 5, ""), ("WEEKDAY", 6, "")] for week in ("周", "星期", "礼拜")}
PARTS: Final = (
    _all("PART", "凌晨 半夜 深夜 后半夜", name="dawn")
    | _all("PART", "清晨 清早 大清早 一大早 一早 大早上", name="early morning")
    | _all("PART", "早上 早晨 上午 上昼 朝早 晨间 午前", name="morning")
    | _all("PART", "中午 正午 晌午 午间 午饭时间", name="noon")
    | _all("PART", "下午 午后 下昼", name="afternoon")
    | _all("PART", "傍晚 黄昏", name="dusk")
    | _all("PART", "晚上 晚间 夜里 夜晚 夜间 入夜 晚饭后", name="evening")
    | _all("PART", "白天 日间", name="day")
    | _all("DAYTIME", "早", name="morning")
    | _all("DAYTIME", "晚 夜", name="evening")
    | {"午夜": [("CLOCK", 1440, "")]}
)
SPANS: Final = (
    _all("REL", "下 下个 下一 下一个", 1)
    | _all("REL", "下下 下下个", 2)
    | _all("REL", "这 这个 本 今个 这一 当", 0)
    | _all("REL", "上 上个 上一", -1)
    | _all("REL", "上上 上上个", -2)
    | _all("RELYEAR", "今年 本年", 0)
    | _all("RELYEAR", "明年", 1)
    | _all("RELYEAR", "后年", 2)
    | _all("RELYEAR", "去年", -1)
    | _all("WEEKEND", "周末")
    | _all("UNIT", "天 整天", name="day")
    | _all("UNIT", "周 星期 礼拜", name="week")
    | _all("UNIT", "秒 秒钟", name="second")
    | _all("UNIT", "分钟", name="minute")
    | _all("UNIT", "小时 个小时 个钟头 个钟 钟头 个点", name="hour")
    | _all("YUE", "月 月份", name="month")
    | _all("NIAN", "年", name="year")
    | _all("RI", "日", name="day")
    | _all("HAO", "号")
    | _all("GE", "个")
    | _all("EDGE", "上旬 初", name="early")
    | _all("EDGE", "中旬 中", name="mid")
    | _all("EDGE", "下旬 底 末", name="late")
    | _all("NOW", "现在 此刻 马上 立刻 立即 这会儿")
    | _all("WEEKLY", "每 每个 每周 每天 每日 每月 每星期 每礼拜 每逢")
)
CLOCK: Final = (
    _all("DIAN", "点 时 点钟")
    | _all("FEN", "分")
    | _all("KE", "刻 刻钟")
    | _all("ZHENG", "整 正 许 左右 准时 前后 的样子 来钟")
    | _all("HALF", "半")
    | _all("PAST", "过")
    | _all("MINUS", "差")
)
BETWEEN: Final = (
    _all("OF", "的")
    | _all("AROUND", "大约 大概 约 差不多 大致")
    | _all("TO", "到 至 直到")
    | _all("AND", "和 跟 与")
    | _all("OR", "或 或者 还是 或是 、")
    | _all("FROM", "从 由 自")
    | _all("AMONG", "之间 间 中间")
    | _all("BEFORE", "最晚 最迟 不晚于 早于")
    | _all("AFTER", "最早 不早于 晚于")
    | _all("AHEAD", "之前 以前 前")
    | _all("LATER", "之后 以后 后 过后")
    | _all("THEN", "起 开始 往后 以来")
    | _all("INSIDE", "内 之内 以内")
    | _all("PASSING", "再过 等过")
    | _all("WITHIN", "未来 接下来 今后 往后的", name="ahead")
    | _all("NOT", "不要 不是 除了 别 不想")
    | _all("REFUSED", "不行 不可以 没空 不方便 没时间 不在 不得空 来不了 不能 有事 没人 不合适 都不行")
    | _all("CHANGE", "改到 改成 换到 换成 挪到 调到 推到 延到 改为 改至 推迟到 提前到 改期到 改约")
    | _all("AT", "在 于 是 就")
)
HIDING: Final = (
    # 点
    "一点点 有一点 一点儿 快一点 早一点 晚一点 早点 晚点 晚些 早些 有点 差点 快点 多一点 少一点"
    " 便宜一点 便宜点 慢点 点评 点赞 点了 钟点工 小时工 钟点"
    # 时
    " 小时候 时候 时间 时长 时段 有时 及时 随时 同时 临时 平时 按时 准时 到时"
    # 天 and 日
    " 天花板 天然气 天气 天府 聊天 半天 天天 日常 日式 日用 生日 节日 日子 日期"
    # 周 and 月
    " 周到 周围 四周 周边 周期 月嫂 月子 坐月子 月经 岁月 满月 五月花 四月天"
    # 号
    " 号码 号楼 号院 号门 号线 号房 号桥 号室 号馆 号店 号栋 号铺 型号 账号 订单号 编号 门牌号 微信号 手机号"
    # 前, 后, 上, 下
    " 前台 后台 后面 前面 目前 先前 提前 后续 然后 最后 后来 上门 上次 下次 上楼 下楼 下单 上面 下面"
    # 这, 本, 当
    " 这里 这样 这么 这边 这位 本来 本人 当然 应当 当面"
    # 早 and 晚
    " 早餐 晚餐 午餐 早饭 晚饭 午饭 早已 早就 早上好 上午好 中午好 下午好 晚上好 早安 晚安"
    # 到, 至, 从, 过
    " 到家 到底 到位 至少 至于 甚至 从来 过来 过去 过分 过程 通过 超过 不过 过几天"
    # 年, 初, 中, 正, 整, 半
    " 初次 年纪 年级 年龄 多年 中国 正常 正在 真正 正好 改正 整理 整体 整个 完整 调整 整洁 半包"
    # 别, 不, 是, 在
    " 别墅 别人 别的 特别 是不是 是否 在不在 可不可以 能不能 行不行 方不方便 要不要 就是"
    # 内, 分, 起, 和, 约
    " 内衣 内部 室内 分之 一起 和平 跟进 预约 约定 约好"
    # questions
    " 星期几 周几 几号 几点 几点钟 几时 几月 哪天 哪日 什么时候"
).split()
"""Words that are no time but hold a character of one; they are read first and hide it."""

WORDS: Final[dict[str, list[Meaning]]] = (
    DAYS | WEEKDAYS | PARTS | SPANS | CLOCK | BETWEEN | {word: [("OTHER", 0, "")] for word in HIDING}
)
PLACE_BEFORE: Final = frozenset("路街道巷弄里村段栋幢楼座区院坊苑城园第编房门牌尾住组附")
"""Before a number with 号: then it is a house, "天府大道25号"."""
PLACE_AFTER: Final = frozenset("楼院门线桥房栋幢单室库口店馆铺厅座弄车井技阿商公国字厂仓地工")
"""After a number with 号: then it is a house, a line or a person, "25号楼"."""
POINT_AFTER: Final = (
    "要求",
    "建议",
    "意见",
    "问题",
    "原因",
    "需要",
    "注意",
    "说明",
    "疑问",
    "都不",
    "也不",
    "儿",
    "心意",
)
"""After 点: then it is a point of a list or a bit of something, "两点要求"."""
POINT_BEFORE: Final = (
    "有",
    "这",
    "那",
    "以上",
    "快",
    "早",
    "晚",
    "少",
    "多",
    "便宜",
    "好",
    "慢",
    "大",
    "小",
    "高",
    "低",
    "差",
    "贵",
    "减",
    "加",
)
"""Before 一点 or 两点: then it is a bit or a point, "便宜一点", "有两点"."""
