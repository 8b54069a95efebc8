"""Asks the platform how customer service does, for whoever runs `menling channels`."""

import asyncio
from collections.abc import Sequence

from channels.base import Check, Health
from channels.kf import errors
from channels.kf.api import Api
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.wecom import updates as application
from channels.wecom.checking import ADVICE as OF_APPLICATIONS
from core.settings import Settings

LONGEST = 15.0
"""Seconds that all of it may take."""
_CALLABLE = "Put the application on the list of customer service's callable apps (可调用接口的应用)."
_MANAGED = "Let the application manage this account: 微信客服 → the account → 通过API管理."
ADVICE = OF_APPLICATIONS | {48002: _CALLABLE, 60011: _CALLABLE}


async def checks(api: Api, settings: Settings) -> Sequence[Check]:
    """What we know by ourselves, and what the platform says of the account."""
    found = [_address(settings)]
    try:
        async with asyncio.timeout(LONGEST):
            found.append(await _account(api))
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
        advice = "Set MENLING_PUBLIC_URL; without events, messages are looked for every few minutes only."
        return Check(Health.WARNING, "MENLING_PUBLIC_URL is not set", advice)
    return Check(Health.OK, f"events come to {settings.public_url}{application.PATH}")


async def _account(api: Api) -> Check:
    account = await api.account()
    if account is None:
        advice = "Copy the account's id from the console into MENLING_WECOM_KF_ID, or give it the right."
        return Check(Health.PROBLEM, "the application does not see this account", f"{advice} {_MANAGED}")
    name = str(account.get("name") or "without a name")
    if account.get("manage_privilege") is False:
        return Check(Health.PROBLEM, f"the application may not manage the account {name}", _MANAGED)
    return Check(Health.OK, f"the account is {name}")
