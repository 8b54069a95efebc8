"""What people want to be called."""

import re
import unicodedata

from bot.readers import typed

LONGEST = 40
"""Characters of a name; what is longer is a sentence."""

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌"
    "马苗凤花方俞任袁柳酆鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋"
    "茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左"
    "石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封"
    "芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司"
    "韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池"
    "乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼"
    "容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄"
    "阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付"
    "闫代亓佟揭仝蹇苟"
)
_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜"
    "崔钟谭陆汪范金廖贾夏韦付邹孟熊秦邱江尹薛"
    "闫段雷侯龙陶黎贺顾毛郝龚邵钱覃武戴莫孔汤欧"
)
_LONG_SURNAMES = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 南宫 夏侯 宇文 长孙 闻人 轩辕".split()
)
_TITLE = (
    r"(?:女士|先生|小姐姐?|太太|夫人|阿姨|老师|师傅|师母|大?姐姐?|大?哥哥?|大?叔叔?|大?爷爷?|奶奶|婆婆"
    r"|大?妈妈?|爸爸?|总|医生|大夫|教授|"
    r"经理|主任|律师|同学|老板|大姐|工|校长|警官|嬢嬢?|孃孃?|伯伯?|妹妹?|弟弟?)"
)
_HAN_PREFACE = re.compile(
    r"^(?:你好|您好|嗨|嗯+|哦|好的?|那|请)?[ ,，.。!！]*"
    r"(?:(?P<sure>我?的?(?:姓名|名字|大名|称呼(?!我))(?:是|叫|为)?[ :：]*|(?:你|您|大家|人家)?(?:可以|就"
    r"|都)?(?:叫|称呼|喊)我|我?就?叫做?|"
    r"我的?名字?(?:叫|是)|(?:联系人|收货人|预约人|客户)(?:是|叫)?[ :：]+|免贵(?:姓)?|我?姓|本人)|我就?是"
    r"|这是|(?:写|填|留))[ :：]*"
)
_ENGLISH_PREFACE = re.compile(
    r"^(?:(?:hi|hello|hey|ok|sure|yes)[ ,.!]+)?(?:there[ ,.!]+)?(?:(?P<sure>(?:my|the"
    r"|full) (?:full )?name(?:['’]s| is|:)?|name(?: is|:|['’]s)|"
    r"(?:you (?:can|may) |please |just )?call me|i go by|i am called|i['’]m called|everyone calls me"
    r"|people call me|contact:?)|"
    r"(?P<state>i['’]?m|i am|i m|this is|it['’]?s|it is|here is|here['’]s))[ :]+",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"[{typed.HAN}]{{1,2}}(?:女士|先生|小姐|太太)|(?:mr|mrs|ms|miss|dr)\.? [a-z'’-]+(?: [a-z'’-]+)?",
    re.IGNORECASE,
)
"""A name nobody takes for anything else, also where none was asked for."""
_CLAUSES = re.compile(r"[,，;；。!！\n]+ *")
_AFTER = re.compile(
    r"(?:[ ,，]*(?:就行了?|就好了?|就可以了?|即可|谢谢您?你?|吧|啦|哦|呀|哈|来着|"
    r"(?<![a-z])(?:please|pls|thanks|thank you|thx|speaking|here|is fine|will do|is ok)))++$",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"[,，。;；!！?？\n].*$")
_EDGES = " .,，。、;；:：!！~～\"“”'‘’()（）[]【】《》「」*-_…"
_MAYBE_SENTENCE_HAN = re.compile("[有在是来去要什多少几过给让请帮想说问知道行改换取退约订预付]")
_SENTENCE_HAN = re.compile(
    r"[我你您他她它吗嘛呢么怎哪谁没不的了着把被]|多少|一下|时间|明天|今天|后天|上午|下午|晚上|早上|中午|"
    r"星期|周[一二三四五六日末]|保洁|清洁|清洗|打扫|卫生|家政|服务|地址|电话|手机|客服|人工|价格|价钱|多少钱"
    r"|菜单|帮助|返回|上一步|确认|提交|阿姨上门|"
    r"空调|冰箱|洗衣|油烟|玻璃|厨房|深度|开荒|日常|月嫂$|育儿|陪诊|收纳|除螨|随便|谢谢|可以|需要|小时|平米"
    r"|附近|小区|客户|会员|业主|租客|"
    r"用户|房东|本人|主人|名字|姓名|匿名|保密|方便|路人"
)
_NOT_NAMES_HAN = frozenset(
    "高兴 安全 安静 成功 都好 都行 平时 平安 常用 常规 任何 任意 方法 方案 全部 全天 白天 白色 明白 明年 "
    "经常 经理 单独 单人 何时 和平 家里 家人 "
    "后面 时候 时刻 时段 金额 金牛 武侯 锦江 青羊 成华 双流 温江 高新 龙泉 广州 江苏 成都 应该 易懂 通知 "
    "通过 连续 解释 解决 计划 计算 包括 包月 "
    "花园 路上 房间 房子 别墅 水电 水管 车库 马上 马桶 尤其 危险 严重 查询 查看 向导 关闭 关于 项目 温馨 "
    "空闲 同意 宠物 老人 小孩 孩子 宝宝 女士 先生 "
    "小姐 太太 师傅 阿姨 老师 老板 你好 您好 哈哈 哈哈哈 呵呵 嘿嘿 早安 晚安 再见 拜拜 在吗 在的 有空 没空 "
    "急急急 快点 尽快 尽早 越快越好 钟点工 广告 文件 "
    "国庆 元旦 春节 周末 节日 中午 早晨 全家 东西 马虎 万一 许可 许多 何必 平方 平米 元整 余额 计费 付款 "
    "费用 满意 简单 易用 步骤 终止 终于 步行 "
    "居家 居民 国内 别的 明细 经过 能力 能干 强烈 计时 温度 那个 那边 那样 那好 那行 那就 沙发 养老 养护 "
    "解约 通用 文字 路线 安排 安装 云端 水渍 水垢".split()
)
_NOT_NAMES_ENGLISH = frozenset(
    "i the a is are am was were be been does did don't dont can't cant cannot could would should won't want "
    "wants wanted need "
    "needs like likes love have has had get got give make take go going come coming to for from with without "
    "at on in of by about not no "
    "yes ok okay what when where which who why how my your our their his her me you we they it this that "
    "these those there here and or "
    "but if then so because please thanks thank hello hi hey help back menu cancel stop start quit exit "
    "reset change move reschedule book "
    "booking visit visits order price prices cost cheap expensive discount coupon points refund complaint "
    "complain cleaner cleaning clean "
    "maid human agent operator person staff support service today tomorrow tonight morning afternoon evening "
    "night noon monday tuesday "
    "wednesday thursday friday saturday sunday week weekend month hour hours minute minutes address phone "
    "number email name test asap now "
    "later soon never always sorry busy late sick tired fine good great bad sure ready home away done free "
    "new old customer client sir "
    "madam nothing none anything something everything skip next whatever anonymous unknown private secret "
    "guest user nobody myself guys "
    "lol haha ha wtf damn shit fuck bye goodbye same again more less just only also still already looking "
    "calling asking trying waiting "
    "happy sad angry upset confused interested available urgent broken dirty deep regular kitchen window "
    "windows apartment house flat "
    "english chinese afraid worried glad certain allergic pregnant moving living leaving writing having "
    "getting unable locked stuck lost".split()
)
_MOST_WORDS = 5
_LONGEST_MESSAGE = 200
_LONGEST_HAN = 4


def read(text: str) -> str | None:
    """The name in an answer to "what may we call you": "我叫王小明" is 王小明, "I'm anna lee" is Anna Lee.

    A bare name of any alphabet counts, 1 to 40 characters with at least one letter; digits, markup, commands,
    answers such as "好的" and sentences do not. Titles stay: 王女士.
    """
    words = typed.tidy(text).strip(_EDGES)
    if (
        not words
        or len(words) > _LONGEST_MESSAGE
        or typed.plain(words) in typed.every_word()
        or any(c in "<>&{}@/\\|=#$%^" for c in words)
    ):
        return None
    for preface in (_HAN_PREFACE, _ENGLISH_PREFACE):
        match = preface.match(words)
        if match and match.end() < len(words):
            name = _AFTER.sub("", _NEXT_CLAUSE.sub("", words[match.end() :]).strip(_EDGES)).strip(_EDGES)
            state = match.groupdict().get("state")
            return _name(name, sure=match["sure"] is not None, capital=bool(state))
    return _name(_AFTER.sub("", words).strip(_EDGES) or words, sure=False)


def spot(text: str) -> str | None:
    """A name in passing: introduced as one ("联系人是王女士"), or all of the message and with a title."""
    words = typed.tidy(text).strip(_EDGES)
    if _TITLED.fullmatch(words):
        return read(words)
    for clause in _CLAUSES.split(words):
        for preface in (_HAN_PREFACE, _ENGLISH_PREFACE):
            match = preface.match(clause)
            if match and match["sure"] and (name := read(clause)) is not None:
                return name
    return None


def _name(name: str, *, sure: bool, capital: bool = False) -> str | None:
    """The name if it can be one. `sure`: it was introduced as one; `capital`: as it could also be a state."""
    if not 0 < len(name) <= LONGEST or not _is_written_like_a_name(name):
        return None
    plain = typed.plain(name)
    if plain in typed.every_word() or typed.bare(name) in typed.every_word():
        return None
    if typed.is_han(name):
        return name if _is_han_name(typed.join_han(plain), sure=sure) else None
    words = plain.split()
    if len(words) > _MOST_WORDS or any(word.strip(".,") in _NOT_NAMES_ENGLISH for word in words):
        return None
    if capital and name.islower() and len(words) > 2:
        return None
    return name.title() if name.isascii() and name.islower() and "'" not in name else name


def _is_written_like_a_name(name: str) -> bool:
    kinds = {unicodedata.category(c)[0] for c in name}
    letters = sum(c.isalpha() for c in name)
    return (
        letters > 0
        and kinds <= {"L", "M", "Z", "P"}
        and not re.search(r"[?？!！:：;；,，。…]|\.\w+\.|www", name)
    )


def _is_han_name(name: str, *, sure: bool) -> bool:
    titled = re.fullmatch(rf"(.{{1,3}}?){_TITLE}", name)
    if titled and (titled[1][0] in _SURNAMES or titled[1] in _LONG_SURNAMES or titled[1][0] in "小老阿大"):
        return not _SENTENCE_HAN.search(titled[1])
    if name in _NOT_NAMES_HAN or _SENTENCE_HAN.search(name):
        return False
    if not sure and name[0] not in _COMMON_SURNAMES and _MAYBE_SENTENCE_HAN.search(name):
        return False
    if sure or "·" in name or not all(typed.is_han(c) for c in name):
        return len(name) <= 2 * _LONGEST_HAN + 12
    if len(name) == 1:
        return name in _SURNAMES
    return len(name) <= (
        _LONGEST_HAN if name[0] in _SURNAMES or name[:2] in _LONG_SURNAMES else _LONGEST_HAN - 1
    )
