"""Login on web pages: a code that is good once and for five minutes, and what it is changed for."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode, urlsplit

from tests.doubles.wechat import kinds
from tests.doubles.wechat.people import COOKIE, Person
from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.trouble import Answer
from tests.doubles.wechat.wire import Asked

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

CODE_LIVES = 300
TOKEN_LIVES = 7200
SCOPES = {"snsapi_base", "snsapi_userinfo"}


@dataclass(slots=True)
class Login:
    """A code that was given out."""

    person: Person
    scope: str
    expires_at: float
    used: bool = False


class Logins:
    """Codes and what became of them. `domain`, when set, is the only one that people are sent back to."""

    def __init__(self, double: "Double") -> None:
        self.domain = ""
        self._double = double
        self._codes: dict[str, Login] = {}

    def authorize(self, asked: Asked) -> Answer:
        """The page that sends a visitor on at once, with a code; or says in words why not."""
        query, double = asked.query, self._double
        back = query.get("redirect_uri", "")
        try:
            kinds.check(double.kind, "login")
        except Refused:
            return _page("10005")
        if query.get("appid") != double.app_id:
            return _page("10012")
        if not back or (self.domain and urlsplit(back).hostname != self.domain):
            return _page("10003")
        if query.get("scope") not in SCOPES or query.get("response_type") != "code":
            return _page("10005")
        person = self._visitor(asked)
        code = sha256(f"{person.openid} {len(self._codes)}".encode()).hexdigest()[:32]
        self._codes[code] = Login(person, query["scope"], double.now() + CODE_LIVES)
        joint = "&" if urlsplit(back).query else "?"
        target = f"{back}{joint}{urlencode({'code': code, 'state': query.get('state', '')})}"
        return Answer(b"", 302, "text/html", {"Location": target})

    def _visitor(self, asked: Asked) -> Person:
        openid = asked.query.get(COOKIE) or unquote(asked.cookies.get(COOKIE, ""))
        people = self._double.people
        if openid in people:
            return people[openid]
        return next(iter(people.values()), None) or self._double.person()

    def exchange(self, query: dict[str, str]) -> dict:
        """The OpenID behind a code. Raises `Refused`: 40013, 40125, 41008, 40029 and 40163."""
        if query.get("appid") != self._double.app_id:
            raise Refused(40013)
        if query.get("secret") != self._double.secret:
            raise Refused(40125)
        if query.get("grant_type") != "authorization_code":
            raise Refused(40002)
        if not query.get("code"):
            raise Refused(41008)
        login = self._codes.get(query["code"])
        if login is None or self._double.now() >= login.expires_at:
            raise Refused(40029)
        if login.used:
            raise Refused(40163)
        login.used = True
        return self._said(login)

    def _said(self, login: Login) -> dict:
        mark = sha256(f"{login.person.openid} {login.expires_at}".encode()).hexdigest()
        said: dict = {
            "access_token": f"80_{mark}",
            "expires_in": TOKEN_LIVES,
            "refresh_token": f"80_{mark[::-1]}",
            "openid": login.person.openid,
            "scope": login.scope,
        }
        if login.person.snapshot:
            said["is_snapshotuser"] = 1
        if login.scope == "snsapi_userinfo":
            said["unionid"] = "u" + login.person.openid[1:]
        return said


def _page(code: str) -> Answer:
    return Answer(f"<html><title>{code}</title>{code}</html>".encode(), kind="text/html")
