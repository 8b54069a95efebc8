"""Asks the platform how customer service does, for whoever runs `menling channels`."""

from collections.abc import AsyncIterator, Sequence

from channels.base import Check, Health
from channels.kf import errors
from channels.kf.api import Api
from channels.tencent import checking
from channels.wecom import updates as application
from channels.wecom.checking import ADVICE as OF_APPLICATIONS
from core.settings import Settings

_SELDOM = "Set MENLING_PUBLIC_URL; without events, messages are looked for every few minutes only."
_CALLABLE = "Put the application on the list of customer service's callable apps (可调用接口的应用)."
_MANAGED = "Let the application manage this account: 微信客服 → the account → 通过API管理."
ADVICE = OF_APPLICATIONS | {48002: _CALLABLE, 60011: _CALLABLE}


async def checks(api: Api, settings: Settings) -> Sequence[Check]:
    """What we know by ourselves, and what the platform says of the account."""
    return await checking.answered(_every(api, settings), errors.CODES, ADVICE, "MENLING_WECOM_API_URL")


async def _every(api: Api, settings: Settings) -> AsyncIterator[Check]:
    yield checking.address(settings, application.PATH, found="events come to", without=_SELDOM)
    yield await _account(api)


async def _account(api: Api) -> Check:
    account = await api.account()
    if account is None:
        advice = "Copy the account's id from the console into MENLING_WECOM_KF_ID, or give it the right."
        return Check(Health.PROBLEM, "the application does not see this account", f"{advice} {_MANAGED}")
    name = str(account.get("name") or "without a name")
    if account.get("manage_privilege") is False:
        return Check(Health.PROBLEM, f"the application may not manage the account {name}", _MANAGED)
    return Check(Health.OK, f"the account is {name}")
