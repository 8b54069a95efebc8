"""Access tokens of the two kinds, which know nothing of each other."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.doubles.wechat.quotas import BEIJING
from tests.doubles.wechat.refusals import Refused

LIVES = 7200
OVERLAP = 300
FORCED_PER_DAY, FORCED_APART = 20, 30
DAY = 86400
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(slots=True)
class Token:
    """One token; a dead one was replaced or withdrawn before its time."""

    value: str
    expires_at: float
    dead: bool = False


class Tokens:
    """Gives out tokens and checks them."""

    def __init__(self, now: Callable[[], float], random: Random) -> None:
        self._now, self._random = now, random
        self._all: dict[str, Token] = {}
        self._classic: Token | None = None
        self._stable: Token | None = None
        self._ticket: Token | None = None
        self._forced: list[float] = []

    def classic(self) -> dict:
        """A new token; the former one dies at once."""
        if self._classic:
            self._classic.dead = True
        self._classic = self._new()
        return self._said(self._classic)

    def stable(self, *, force: bool = False) -> dict:
        """The token of now; in its last five minutes the next one, and both are good.

        A forced one kills the former. Raises `Refused`: too soon (45011), too often in a day (45009).
        """
        if force:
            self._count_force()
            if self._stable:
                self._stable.dead = True
        token = self._stable
        if token is None or token.dead or token.expires_at - self._now() <= OVERLAP:
            token = self._stable = self._new()
        return self._said(token)

    def ticket(self) -> dict:
        """The ticket for pages: the same one for as long as it lives."""
        if self._ticket is None or self._now() >= self._ticket.expires_at:
            value = "kgt8ON7yVITDhtdwci0qe" + "".join(self._random.choices(LETTERS, k=65))
            self._ticket = Token(value, self._now() + LIVES)
        left = int(self._ticket.expires_at - self._now())
        return {"errcode": 0, "errmsg": "ok", "ticket": self._ticket.value, "expires_in": left}

    def check(self, value: str | None) -> None:
        """Raises `Refused`: none (41001), one that is not known or dead (40001), an old one (42001)."""
        if not value:
            raise Refused(41001)
        token = self._all.get(value)
        if token is None or token.dead:
            raise Refused(40001)
        if self._now() >= token.expires_at:
            raise Refused(42001)

    def revoke(self) -> None:
        """Kill every token that was given out."""
        for token in self._all.values():
            token.dead = True

    def _count_force(self) -> None:
        now = self._now()
        today = (now + BEIJING.total_seconds()) // DAY
        self._forced = [at for at in self._forced if (at + BEIJING.total_seconds()) // DAY == today]
        if self._forced and now - self._forced[-1] < FORCED_APART:
            raise Refused(45011)
        if len(self._forced) >= FORCED_PER_DAY:
            raise Refused(45009)
        self._forced.append(now)

    def _new(self) -> Token:
        value = f"{len(self._all) + 90}_" + "".join(self._random.choices(LETTERS, k=150))
        token = self._all[value] = Token(value, self._now() + LIVES)
        return token

    def _said(self, token: Token) -> dict:
        return {"access_token": token.value, "expires_in": int(token.expires_at - self._now())}
