"""E-mail addresses as people type them."""

import re
import unicodedata

_SIGNS = {"＠": "@", "。": ".", "．": ".", "，": ",", "（": " ", "）": " ", "：": ":"}
_AT = re.compile(r" *(?:\[at\]|\(at\)| at |艾特|小老鼠) *", re.IGNORECASE)
_DOT = re.compile(r" *(?:\[dot\]|\(dot\)| dot |点(?=(?:com|cn|net|org)\b)) *", re.IGNORECASE)
_LOOSE = re.compile(r" *@ *")
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])([a-z0-9][a-z0-9._%+-]{0,63})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})(?![a-z0-9-])",
    re.IGNORECASE,
)
LONGEST = 254
_TYPOS = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.cm": "gmail.com",
    "qq.con": "qq.com",
    "qq.cm": "qq.com",
    "qq.co": "qq.com",
    "163.con": "163.com",
    "126.con": "126.com",
    "hotmial.com": "hotmail.com",
    "outlook.con": "outlook.com",
}


def read(text: str) -> str | None:
    """The one address that stands in a message, as it is written to; None for none, or several.

    The part after the @ is in small letters; letters before it are left as they are typed.
    """
    plain = "".join(_SIGNS.get(one, one) for one in text)
    plain = unicodedata.normalize("NFKC", plain)
    plain = _LOOSE.sub("@", _DOT.sub(".", _AT.sub("@", plain)))
    found = {
        f"{name}@{domain.lower()}"
        for name, domain in _EMAIL.findall(plain)
        if ".." not in name and not name.endswith(".") and len(name) + len(domain) < LONGEST
    }
    return found.pop() if len(found) == 1 else None


def meant(address: str) -> str | None:
    """What was probably meant, where the address ends as a slip of the finger does; None if it does not."""
    name, _, domain = address.rpartition("@")
    return f"{name}@{_TYPOS[domain]}" if domain in _TYPOS else None


def masked(address: str) -> str:
    """As others may see it: its first letter and what stands after the @."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
