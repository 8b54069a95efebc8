"""Asks WeCom how things are, for whoever runs `menling channels`, and says what to do about it."""

from collections.abc import AsyncIterator, Sequence

from channels.base import Check, Health
from channels.tencent import checking
from channels.wecom import errors, updates
from channels.wecom.client import Client
from core.settings import Settings

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
    every = _every(client, settings)
    return await checking.answered(every, errors.CODES, ADVICE, "MENLING_WECOM_API_URL")


async def _every(client: Client, settings: Settings) -> AsyncIterator[Check]:
    yield checking.address(settings, updates.PATH)
    yield await _application(client, settings)


async def _application(client: Client, settings: Settings) -> Check:
    answer = await client.agent.get(settings.wecom_agent_id)
    name = str(answer.get("name") or "without a name")
    if answer.get("close"):
        return Check(
            Health.PROBLEM, f"the application {name} is switched off", "Switch it on in the console."
        )
    return Check(Health.OK, f"the application is {name}")
