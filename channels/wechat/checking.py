"""Asks the platform how things are, for whoever runs `menling channels`, and says what to do about it."""

import re
from collections.abc import AsyncIterator, Sequence
from typing import Any

from channels.base import Check, Health
from channels.tencent import checking
from channels.tencent.calls import Refused
from channels.wechat import errors, updates
from channels.wechat.client import Client
from core.settings import Settings
from core.settings.templates import Template

_KEYS = re.compile(r"\{\{(\w+)\.DATA\}\}")
PUSHING = "/cgi-bin/message/custom/send"
ADVICE = {
    40001: "Copy the AppSecret from the console into MENLING_WECHAT_APP_SECRET.",
    40013: "Copy the AppID from the console into MENLING_WECHAT_APP_ID.",
    40125: "Copy the AppSecret from the console into MENLING_WECHAT_APP_SECRET.",
    40164: "Put this machine's address, which the platform names, on the console's list of IP addresses.",
    48001: "Set MENLING_WECHAT_ACCOUNT to what the account is: an unverified one can only answer.",
}


async def checks(client: Client | None, settings: Settings) -> Sequence[Check]:
    """What we know by ourselves, and everything the platform can be asked."""
    every = _every(client, settings)
    return await checking.answered(every, errors.CODES, ADVICE, "MENLING_WECHAT_API_URL")


async def _every(client: Client | None, settings: Settings) -> AsyncIterator[Check]:
    yield checking.address(settings, updates.PATH)
    if client is None or settings.wechat_account == "unverified":
        yield Check(Health.OK, "this account only answers; what comes later waits for the next message")
        return
    quota: dict[str, Any] = (await client.quota(PUSHING)).get("quota") or {}  # Any: JSON
    used, limit = quota.get("used", 0), quota.get("daily_limit", 0)
    yield Check(Health.OK, f"{used} of {limit} customer-service messages of today are used")
    for way in sorted({template.way for template in settings.templates.values()}):
        async for check in _templates(client, settings, way):
            yield check


async def _templates(client: Client, settings: Settings, way: str) -> AsyncIterator[Check]:
    """Whether the account has the templates that are set, and with these keys."""
    try:
        there = await client.template.every(way)
    except Refused as refused:
        yield Check(Health.WARNING, f"the platform does not tell which templates there are: {refused}")
        return
    for kind, template in settings.templates.items():
        if template.way == way:
            yield _template(kind, template, there.get(template.id))


def _template(kind: str, template: Template, content: str | None) -> Check:
    name = f"{kind}: {template.way} {template.id}"
    if content is None:
        advice = "Copy the template's id from the console into the file of MENLING_WECHAT_TEMPLATES."
        return Check(Health.PROBLEM, f"{name} does not exist there", advice)
    keys = set(_KEYS.findall(content))
    if keys != set(template.values):
        advice = f"Its keys are {', '.join(sorted(keys))}: fill exactly these in MENLING_WECHAT_TEMPLATES."
        return Check(Health.PROBLEM, f"{name} has other keys than are filled", advice)
    return Check(Health.OK, name)
