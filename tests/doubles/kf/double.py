"""The platform of a company's WeCom with accounts of customer service."""

from dataclasses import dataclass, field
from itertools import count

from tests.doubles import wecom
from tests.doubles.kf.customers import Customer
from tests.doubles.kf.methods import METHODS
from tests.doubles.wechat.callbacks import Callback
from tests.doubles.wecom.refusals import Refused

TOKEN_LIVES = 600
KEPT_FOR = 3 * 86400
UNTOKENED_A_MINUTE = 10


@dataclass(eq=False)
class Account:
    """One account: what it is called, and everything that can be fetched of it, in order."""

    open_kfid: str
    name: str
    managed: bool = True
    log: list[dict] = field(default_factory=list)


class Double(wecom.Double):
    """As `wecom.Double`, with accounts whose messages are fetched.

    `silent` keeps events back; `page` is how much one page holds; `listed` says whether the application is on
    the list of callable apps.
    """

    methods = wecom.Double.methods | METHODS

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.accounts: dict[str, Account] = {}
        self.customers: dict[str, Customer] = {}
        self.tokens: dict[str, float] = {}
        self.codes_until: dict[str, tuple[Customer, float]] = {}
        self.sent: set[tuple[str, str]] = set()
        self.fail_types: list[int] = []
        self.silent, self.listed, self.page = False, True, 1_000
        self._untokened: list[float] = []
        self._numbers = count(1)
        self.kf = self.account_of("wkAAAAAA", "安心到家客服")

    def account_of(self, open_kfid: str, name: str = "another") -> Account:
        """An account: by an id always the same one."""
        return self.accounts.setdefault(open_kfid, Account(open_kfid, name))

    def customer(self, userid: str = "wmLinXia", account: Account | None = None) -> Customer:
        """Somebody with WeChat: by a user id always the same one."""
        return self.customers.setdefault(userid, Customer(self, userid, account or self.kf))

    def append(self, account: Account, entry: dict) -> dict:
        """Something happened; the application is told that there is something, unless we are silent."""
        entry = {"msgid": self.number("msg"), "open_kfid": account.open_kfid} | entry
        entry.setdefault("send_time", int(self.now()))
        account.log.append(entry)
        if not self.silent and self.hook:
            self.ring(account)
        return entry

    def ring(self, account: Account) -> Callback:
        """Tell the application that there is something."""
        token = self.number("token")
        self.tokens[token] = self.now() + TOKEN_LIVES
        event = {"ToUserName": self.corp_id, "CreateTime": int(self.now()), "MsgType": "event"}
        event |= {"Event": "kf_msg_or_event", "Token": token, "OpenKfId": account.open_kfid}
        return self.take(Callback("", event))

    def number(self, what: str) -> str:
        """A name nobody had."""
        return f"{what}{next(self._numbers):08d}"

    def check_listed(self) -> None:
        """Raises `Refused` (48002) where the application may not call customer service."""
        if not self.listed:
            raise Refused(48002, "api forbidden")

    def check_token_of_event(self, token: str) -> None:
        """Raises `Refused`: not a token or too old (95007), asked too often without one (45009)."""
        if token:
            if self.now() >= self.tokens.get(token, 0):
                raise Refused(95007)
            return
        self._untokened = [at for at in self._untokened if at > self.now() - 60] + [self.now()]
        if len(self._untokened) > UNTOKENED_A_MINUTE:
            raise Refused(45009)

    def undelivered_next(self, fail_type: int) -> None:
        """Take the next message and do not deliver it, of which an event tells."""
        self.fail_types.append(fail_type)
