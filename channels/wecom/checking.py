"""Asks WeCom how things are, for whoever runs `menling channels`, and says what to do about it."""

import asyncio
from collections.abc import Sequence

from channels.base import Check, Health
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.wecom import errors, updates
from channels.wecom.client import Client
from core.settings import Settings

LONGEST = 15.0
"""Seconds that all of it may take."""
ADVICE = {
    40001: "Copy the application's Secret from the console into MENLING_WECOM_SECRET.",
    40013: "Copy the company's id (企业ID) from the console into MENLING_WECOM_CORP_ID.",
    40056: "Copy the application's AgentId from the console into MENLING_WECOM_AGENT_ID.",
    40091: "Copy the application's Secret from the console into MENLING_WECOM_SECRET.",
    60020: "Put this machine's address on the application's list of trusted addresses (企业可信IP).",
    301002: "Secret and AgentId must be those of the same application.",
}


async def checks(client: Client, settings: Settings) -> Sequence[Check]:
    """What we know by ourselves, and what the platform says of the application."""
    found = [_address(settings)]
    try:
        async with asyncio.timeout(LONGEST):
            found.append(await _application(client, settings))
    except Refused as refused:
        row = errors.CODES.get(refused.code)
        advice = ADVICE.get(refused.code, "Look the number up in the platform's documentation.")
        words = f"the platform says {refused}" + (f" ({row.words})" if row else "")
        found.append(Check(Health.PROBLEM, words, advice))
    except (NotSent, MayHaveArrived, TimeoutError) as failed:
        why = str(failed) or "no answer in time"
        advice = "Look whether MENLING_WECOM_API_URL can be reached from this machine."
        found.append(Check(Health.PROBLEM, f"the platform cannot be reached: {why}", advice))
    return found


def _address(settings: Settings) -> Check:
    if settings.public_url is None:
        advice = "Set MENLING_PUBLIC_URL to the address at which the platform can reach us."
        return Check(Health.WARNING, "MENLING_PUBLIC_URL is not set", advice)
    return Check(Health.OK, f"the URL for the console is {settings.public_url}{updates.PATH}")


async def _application(client: Client, settings: Settings) -> Check:
    answer = await client.agent.get(settings.wecom_agent_id)
    name = str(answer.get("name") or "without a name")
    if answer.get("close"):
        return Check(
            Health.PROBLEM, f"the application {name} is switched off", "Switch it on in the console."
        )
    return Check(Health.OK, f"the application is {name}")
