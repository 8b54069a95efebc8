"""How many messages an account may still send to somebody on its own account, and until when."""

from dataclasses import dataclass

from tests.doubles.wechat.refusals import Refused

MINUTE, HOUR = 60, 3600
TRIGGERS = {
    "message": (5, 48 * HOUR),
    "menu": (3, MINUTE),
    "follow": (3, MINUTE),
    "scan": (3, MINUTE),
}
MENU_EVENTS = {"click", "scancode_push", "scancode_waitmsg"}


@dataclass(slots=True)
class Grant:
    """What is left of one trigger's messages."""

    left: int
    expires_at: float


class Grants:
    """The grants of one person, one for each trigger; a new one of a trigger takes the old one's place."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}

    def give(self, trigger: str, now: float) -> None:
        left, seconds = TRIGGERS[trigger]
        self._grants[trigger] = Grant(left, now + seconds)

    def left(self, now: float) -> int:
        """How many messages may still be sent at this moment."""
        return sum(grant.left for grant in self._live(now))

    def take(self, now: float) -> None:
        """Use up one message, of the grant that ends first.

        Raises `Refused`: 45015 when no grant is live, 45047 when all that are live are used up.
        """
        live = self._live(now)
        if not live:
            raise Refused(45015)
        usable = [grant for grant in live if grant.left]
        if not usable:
            raise Refused(45047)
        min(usable, key=lambda grant: grant.expires_at).left -= 1

    def end(self) -> None:
        """Forget all of them: somebody left."""
        self._grants.clear()

    def _live(self, now: float) -> list[Grant]:
        return [grant for grant in self._grants.values() if now < grant.expires_at]


def trigger(fields: dict) -> str | None:
    """Which of the triggers a callback with these fields is, if it is one.

    A tapped entry of a menu message reaches us as a text and counts as a click on the menu.
    """
    if fields.get("MsgType") != "event":
        return "menu" if "bizmsgmenuid" in fields else "message"
    event = str(fields.get("Event", "")).lower()
    if event in MENU_EVENTS:
        return "menu"
    return {"subscribe": "follow", "scan": "scan"}.get(event)
