"""One path of the platform: how it is asked, and what must hold before it does anything."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.doubles.wechat import kinds
from tests.doubles.wechat.refusals import Refused
from tests.doubles.wechat.trouble import JSON, Answer
from tests.doubles.wechat.wire import Asked

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double


@dataclass(frozen=True, slots=True)
class Method:
    """What a path does. `right` is what the kind of account must have; `counted` in the day's quota."""

    verb: str
    function: Callable[["Double", Asked], dict | Answer]
    right: str | None = None
    token: bool = True
    counted: bool = True
    kind: str = JSON

    def check(self, double: "Double", asked: Asked) -> None:
        """Raises `Refused`: for the verb, the token, the right, the day's quota, in this order."""
        if asked.verb not in self.verb.split():
            raise Refused(43002 if self.verb == "POST" else 43001)
        if self.token:
            double.tokens.check(asked.query.get("access_token"))
        kinds.check(double.kind, self.right)
        if self.counted:
            double.quotas.count(asked.path)
