"""Codes to be scanned that carry a scene: the same words as `?start=` in a link to the bot on Telegram."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import segno
from sqlalchemy import Engine

from bot import texts
from bot.enquiries import ENQUIRIES
from bot.flows import FLOWS
from channels.refusing import Refused
from channels.tencent import calls
from channels.tencent.calls import MayHaveArrived, NotSent
from channels.wechat import errors
from channels.wechat.channel import client_of
from core import clock
from core.identities import Role
from core.settings import Settings

LONGEST = 30
"""For so many days a code is good at most, unless it is for ever; of those an account has 100,000."""
KINDS = ("service", "test")
"""The accounts that may have such codes."""
ENDINGS = (".png", ".svg")
SCALE = 10
"""Points or units of a picture for each square of a code."""

_SCENE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WORDS = {
    40052: "WeChat does not know this kind of code",
    40053: "WeChat does not take this scene; try another word",
    45009: "no more codes can be made today; try again after midnight in Beijing",
    48001: "this account may not make codes: only verified service accounts (服务号) and test accounts may",
}


async def make(
    settings: Settings, engine: Engine, scene: str, *, days: int | None, file: Path | None
) -> list[str]:
    """Have a code made and draw it into `file`, or into the lines returned, which say where it leads.

    It is good for `days`, or with None for ever. Raises `Refused`.
    """
    _check(settings, scene, days, file)
    client = client_of(settings, engine=engine, threads=None)
    assert client is not None
    try:
        said = await client.qrcode.create(_asked(scene, days))
    except calls.Refused as refused:
        row = errors.CODES.get(refused.code)
        words = _WORDS.get(refused.code) or (row.words if row else refused.message)
        raise Refused(f"{words} ({refused.code}).") from None
    except (NotSent, MayHaveArrived) as failed:
        raise Refused(f"WeChat cannot be reached: {failed}.") from None
    finally:
        await client.close()
    if not (url := str(said.get("url") or "")):
        raise Refused("WeChat's answer holds no code.")
    return [*_told(scene, days, url), *_drawn(url, file)]


def leads_to(scene: str) -> str:
    """What a customer who scans this hears, in words for staff."""
    name, _, argument = scene.partition("_")
    roles = FLOWS[name].roles if name in FLOWS else ENQUIRIES[name].roles if name in ENQUIRIES else ()
    if Role.CUSTOMER not in roles:
        return f"the greeting, since customers have nothing called {name}; they have {', '.join(_names())}"
    label = f"go-{name}"
    told = f"{name} ({texts.say('en', label)})" if texts.has("en", label) else name
    return f"{told}, with {argument}" if argument else told


def _check(settings: Settings, scene: str, days: int | None, file: Path | None) -> None:
    """Raises `Refused` for everything that needs no platform to be known as wrong."""
    if settings.wechat_app_id is None or settings.wechat_app_secret is None:
        raise Refused("a code needs MENLING_WECHAT_APP_ID and MENLING_WECHAT_APP_SECRET; see docs/wechat.md.")
    if settings.wechat_account not in KINDS:
        raise Refused(
            f"MENLING_WECHAT_ACCOUNT is {settings.wechat_account}; {_WORDS[48001].partition(': ')[2]}."
        )
    if not _SCENE.fullmatch(scene):
        raise Refused(
            "a scene has 1 to 64 letters (a to z), digits, _ and -, such as booking or booking_again;"
            f" this one has {len(scene)} characters."
        )
    if days is not None and not 1 <= days <= LONGEST:
        raise Refused(f"a code is good for 1 to {LONGEST} days, or for ever with --permanent.")
    if file is not None and file.suffix.lower() not in ENDINGS:
        raise Refused(f"a code is drawn into a file that ends in {' or '.join(ENDINGS)}, not {file.name}.")
    if file is not None and not file.absolute().parent.is_dir():
        raise Refused(f"there is no folder {file.parent}.")


def _asked(scene: str, days: int | None) -> dict[str, object]:
    info = {"scene": {"scene_str": scene}}
    if days is None:
        return {"action_name": "QR_LIMIT_STR_SCENE", "action_info": info}
    seconds = int(timedelta(days=days).total_seconds())
    return {"action_name": "QR_STR_SCENE", "action_info": info, "expire_seconds": seconds}


def _told(scene: str, days: int | None, url: str) -> Iterator[str]:
    yield f"scene     {scene}"
    yield f"leads to  {leads_to(scene)}"
    until = f"until {clock.now() + timedelta(days=days):%Y-%m-%d %H:%M} UTC" if days else "for ever"
    yield f"is good   {until}"
    yield f"address   {url}"


def _drawn(url: str, file: Path | None) -> Iterator[str]:
    code = segno.make(url, micro=False)
    if file is None:
        terminal = io.StringIO()
        code.terminal(out=terminal, compact=True)
        yield terminal.getvalue().rstrip("\n")
        return
    try:
        code.save(str(file), scale=SCALE)
    except OSError as failed:
        raise Refused(f"the code cannot be drawn into {file}: {failed.strerror or failed}.") from None
    yield f"drawn in  {file}"


def _names() -> list[str]:
    flows = [name for name, flow in FLOWS.items() if Role.CUSTOMER in flow.roles]
    return [*flows, *(name for name, one in ENQUIRIES.items() if Role.CUSTOMER in one.roles)]
