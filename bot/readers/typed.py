"""What every reader does to a message first: the same words, whatever they were typed with."""

import re
import string
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

LONGEST = 2_000
"""Nobody answers a question with more; what comes after is not looked at, so no message can be slow."""

_LOCALES = Path(__file__).resolve().parents[2] / "locales"

# Compatibility forms would turn "1½" into "11⁄2".
_FRACTION = re.compile(r"(\d?) ?([½¼¾])")
_DECIMAL = {"½": ".5", "¼": ".25", "¾": ".75"}

# Characters that differ between the Chinese scripts, as far as people use them with us: traditional first.
_PAIRS = """
個个們们這这裡里裏里來来時时間间點点鐘钟號号樓楼單单電电話话機机對对沒没問问題题確确認认說说請请謝谢煩烦錢钱
幾几兩两萬万億亿陸陆貳贰參叁會会還还過过後后從从給给為为與与讓让進进門门開开關关東东車车馬马鳥鸟風风飛飞學学
習习書书寫写讀读聽听見见視视覺觉觀观親亲戶户區区縣县鎮镇鄉乡陽阳陰阴雲云鐵铁銀银錦锦園园圍围團团圖图國国廣广
場场廈厦廠厂庫库廳厅廚厨廁厕衛卫臥卧傢家潔洁淨净掃扫塵尘髒脏汙污濕湿熱热調调櫃柜櫥橱氣气爐炉燈灯牆墙紗纱簾帘
層层樹树橋桥灣湾龍龙華华豐丰麗丽愛爱寶宝貝贝孫孙嬰婴婦妇媽妈姪侄兒儿產产護护醫医藥药養养飯饭飲饮麵面雞鸡魚鱼
蟲虫蟎螨鏡镜鍋锅襪袜褲裤燙烫燒烧煙烟滅灭長长張张陳陈劉刘楊杨趙赵黃黄吳吴許许鄭郑馮冯鄧邓蔣蒋韓韩蘇苏呂吕蕭萧
葉叶閻阎譚谭鄒邹龔龚賴赖盧卢羅罗賀贺湯汤嚴严韋韦鍾钟顧顾範范齊齐聶聂歐欧諸诸趕赶週周禮礼曆历歲岁舊旧買买賣卖
價价貴贵賤贱費费帳账據据訂订約约預预選选擇择換换變变動动務务業业員员專专師师級级類类種种樣样標标準准備备應应
該该當当實实際际質质達达遠远邊边線线結结續续終终統统經经紅红綠绿藍蓝細细組组編编網网聯联絡络繫系體体頭头髮发
臉脸腦脑腳脚殘残絕绝歡欢樂乐聲声聞闻靜静鬧闹麼么啟启閉闭處处虛虚補补裝装複复製制訴诉訊讯記记設设評评詢询試试
誰谁課课論论輕轻較较輛辆輪轮轉转辦办農农運运適适鄰邻醬酱釋释鋪铺鎖锁鑰钥隊队隨随險险難难雜杂離离響响頂顶項项
傷伤騷骚擾扰賠赔償偿壞坏騙骗態态爛烂噁恶暈晕觸触
順顺須须頓顿領领願愿顏颜驗验驚惊鮮鲜鹽盐齡龄龜龟嗎吗妳你祂他牠它囉啰啲的咗了嘢野喺在冇没唔不佢他哋们係是
""".replace("\n", "")
_SIMPLIFIED = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)))
_QUOTES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
    }
)

_NOT_A_WORD = re.compile(r"[^\w\s]")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
_SPACES = re.compile(r"\s+")
_INVISIBLE, _PICTURE = {"Cf", "Cs", "Me"}, {"So", "Sk", "Cc", "Cn", "Co"}
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
"""Chinese characters, to stand between the brackets of a regular expression."""

_SPACE_IN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")

_EDGES = string.punctuation + string.whitespace + "。、，！？；：…·「」『』《》【】〈〉（）“”‘’～"
_MOST_POLITE = 12
"""Polite words at each end; with more of them it is no answer."""
_POLITE_FIRST = re.compile(
    r"^(?:(?:请问|请|麻烦|您好|你好|那么|那就|那)(?=.)|(?:please|pls|hello|hi|hey|well|um+|uh|so)(?![a-z']))"
)
_POLITE_LAST = re.compile(
    r"(?<=.)(?:[吧呢哦噢喔啦呀啊哈嘛哟呗咯喽耶哇嗷哒]|谢谢您?你?|多谢|谢了|感谢|辛苦了?|拜托了?"
    r"|(?<![a-z])(?:please|pls|plz|thanks|thank you|thankyou|thx|tks|ty|cheers|mate|dear|lah|la|then))$"
)


def tidy(text: str) -> str:
    """The words as they were meant to be shown: one width, one kind of space, nothing invisible, no pictures.

    Case and script stay. Digits of any alphabet become 0 to 9.
    """
    return _tidy(text[:LONGEST])


@lru_cache(maxsize=256)
def _tidy(text: str) -> str:
    text = _FRACTION.sub(lambda found: (found[1] or "0") + _DECIMAL[found[2]], text)
    text = unicodedata.normalize("NFKC", text)[:LONGEST]
    text = _NOT_A_WORD.sub(lambda found: _shown(found[0]), text)
    text = _FOREIGN_DIGIT.sub(lambda found: str(unicodedata.digit(found[0], 0)), text)
    return _SPACES.sub(" ", text).strip()


def _shown(character: str) -> str:
    if character in "^`" or (character < "\x7f" and character.isprintable()):
        return character
    kind = unicodedata.category(character)
    if kind in _INVISIBLE or "\ufe00" <= character <= "\ufe0f":
        return ""
    return " " if kind in _PICTURE else character


def plain(text: str) -> str:
    """The words to compare with: tidy, lower case, simplified characters, straight quotes and dashes."""
    return _plain(text[:LONGEST])


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    return tidy(tidy(text).casefold().translate(_QUOTES)).translate(_SIMPLIFIED)[:LONGEST]


def bare(text: str) -> str:
    """The plain words without the politeness and punctuation around them: "好的呀，谢谢！" is "好的"."""
    words = join_han(plain(text))
    for _ in range(_MOST_POLITE):
        before, words = words, words.strip(_EDGES)
        words = _POLITE_FIRST.sub("", words) or words
        words = _POLITE_LAST.sub("", words) or words
        if words == before:
            break
    return words


def join_han(text: str) -> str:
    """Without the stray spaces between Chinese characters, which mean nothing there."""
    return _SPACE_IN_HAN.sub("", text)


def is_han(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return bool(_ANY_HAN.search(text))


_ANY_HAN = re.compile(f"[{HAN}]")


@cache
def words(table: str) -> frozenset[str]:
    """The words of one table of every language's `words.toml`, plain; those that mean yes: `words("yes")`."""
    return frozenset(
        plain(word) for file in _files() for word in _strings(file.get(table, {}), but="signs") if plain(word)
    )


@cache
def signs(table: str) -> frozenset[str]:
    """The pictures of one table, which `plain` takes out of a text."""
    return frozenset(sign for file in _files() for sign in _strings(file.get(table, {}), only="signs"))


_NO_MESSAGES = frozenset({"zones", "countries", "unasked-parts"})


@cache
def every_word() -> frozenset[str]:
    """What is a command or an answer by itself and so cannot be, for example, a name: all words of all
    tables but of those that hold places and parts of longer messages (people are called Austin and Ping)."""
    tables = [table for file in _files() for name, table in file.items() if name not in _NO_MESSAGES]
    return frozenset(plain(word) for table in tables for word in _strings(table, but="signs") if plain(word))


@cache
def _files() -> tuple[dict[str, object], ...]:
    return tuple(
        tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_LOCALES.glob("*/words.toml"))
    )


def _strings(value: object, *, only: str = "", but: str = "") -> list[str]:
    if isinstance(value, str):
        return [] if only else [value]
    if isinstance(value, list):
        return [word for item in value for word in _strings(item, only=only, but=but)]
    if isinstance(value, dict):
        return [
            word
            for key, item in value.items()
            if key != but
            for word in _strings(item, only="" if key == only else only, but=but)
        ]
    return []
