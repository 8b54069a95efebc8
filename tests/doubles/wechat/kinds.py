"""What each kind of account may do, and how often in a day."""

from tests.doubles.wechat.refusals import Refused

RIGHTS = {
    "service": {"menu", "matched menu", "media", "custom", "users", "codes", "template", "notice", "login"},
    "test": {"menu", "matched menu", "media", "custom", "users", "codes", "template", "notice", "login"},
    "subscription": {"menu", "matched menu", "media", "custom", "users"},
    "unverified": {"menu"},
}
LIMITS = {
    "/cgi-bin/token": 2_000,
    "/cgi-bin/stable_token": 500_000,
    "/cgi-bin/menu/create": 1_000,
    "/cgi-bin/menu/get": 10_000,
    "/cgi-bin/menu/delete": 1_000,
    "/cgi-bin/menu/addconditional": 2_000,
    "/cgi-bin/menu/delconditional": 2_000,
    "/cgi-bin/menu/trymatch": 20_000,
    "/cgi-bin/media/upload": 100_000,
    "/cgi-bin/media/get": 200_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/message/template/send": 100_000,
    "/cgi-bin/message/subscribe/bizsend": 100_000,
    "/cgi-bin/qrcode/create": 100_000,
    "/cgi-bin/user/info": 5_000_000,
}
TEST_LIMITS = {"/cgi-bin/media/upload": 500, "/cgi-bin/media/get": 1_000}


def check(kind: str, right: str | None) -> None:
    """Raises `Refused` (48001) when this kind of account may not do this."""
    if right is not None and right not in RIGHTS[kind]:
        raise Refused(48001)


def limits(kind: str) -> dict[str, int]:
    """How many calls of each path a day has; test accounts have about a tenth of the others'."""
    if kind != "test":
        return dict(LIMITS)
    return {path: limit // 10 for path, limit in LIMITS.items()} | TEST_LIMITS
