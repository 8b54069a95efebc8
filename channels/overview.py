"""What `menling channels` says of a platform: how we reach it, what it says of us, whether sending works."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from channels.base import Check, Health, Misconfigured
from channels.email import channel as mail
from channels.kf import channel as customer_care
from channels.sms import channel as text_messages
from channels.telegram import channel, updates
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.wechat import channel as account
from channels.wecom import channel as application
from core import accounts, clock, company, migrate, templates
from core.accounts import FAILURES_BEFORE_REST, ChannelAccount
from core.settings import Settings

LATELY = timedelta(days=1)
"""How long a template's refusal is told of."""
MARKS = {Health.OK: "ok     ", Health.WARNING: "warning", Health.PROBLEM: "PROBLEM"}


def telegram_account(settings: Settings) -> tuple[str, str]:
    """Our account there, as the record names it. `settings` must hold a token."""
    assert settings.telegram_token is not None
    return updates.CHANNEL, settings.telegram_token.get_secret_value().partition(":")[0]


def of_telegram(settings: Settings) -> Iterator[str]:
    """How people reach us there, and what the platform says when it is asked now. A line each."""
    address = channel.webhook_address(settings)
    way = f"webhook at {address}" if address else "polling"
    yield f"telegram on   bot {telegram_account(settings)[1]}, by {way}"
    yield from _lines(asyncio.run(channel.examine(settings)))


def of_wechat(settings: Settings, engine: Engine) -> Iterator[str]:
    """The same of the Official Account."""
    yield f"wechat   on   {settings.wechat_app_id}, {settings.wechat_account}, {settings.wechat_mode} mode"
    if migrate.is_current(engine):  # the platform is asked with a token that is kept there
        yield from _lines(asyncio.run(account.examine(settings, engine)))
        yield from _lines(refused_templates(engine, settings))


def refused_templates(engine: Engine, settings: Settings) -> Sequence[Check]:
    """What became of templates when they were used."""
    used = {template.id for template in settings.templates.values()}
    with Session(engine) as session:
        found = templates.troubles(session, "wechat", settings.wechat_app_id or "", clock.now() - LATELY)
    return [
        Check(
            Health.WARNING,
            f"{one.template} was refused at {one.at:%Y-%m-%d %H:%M} UTC: {one.reason}",
        )
        for one in found
        if one.template in used
    ]


def publish_menu(settings: Settings, engine: Engine, language: str) -> str:
    """Show the Official Account's menu to everybody; what came of it, in a line."""
    try:
        asyncio.run(account.publish_menu(settings, engine, language))
    except (Misconfigured, NotSent, MayHaveArrived, Refused) as failed:
        return f"{MARKS[Health.PROBLEM]} the menu is not published: {failed}"
    return f"{MARKS[Health.OK]} the menu is published; people see it within five minutes"


def of_wecom(settings: Settings, engine: Engine) -> Iterator[str]:
    """The same of the WeCom application."""
    yield f"wecom    on   agent {settings.wecom_agent_id} of {settings.wecom_corp_id}"
    if migrate.is_current(engine):  # the platform is asked with a token that is kept there
        yield from _lines(asyncio.run(application.examine(settings, engine)))


def of_kf(settings: Settings, engine: Engine) -> Iterator[str]:
    """The same of the account of customer service."""
    yield f"kf       on   {settings.wecom_kf_id} of {settings.wecom_corp_id}"
    if migrate.is_current(engine):  # the platform is asked with a token that is kept there
        yield from _lines(asyncio.run(customer_care.examine(settings, engine)))


def of_email(settings: Settings) -> Iterator[str]:
    """Which server e-mails go by, and whether it takes us."""
    yield f"email    on   {settings.email_from}, by {settings.email_host}:{settings.email_port}"
    yield from _lines(asyncio.run(mail.examine(settings)))


def of_sms(settings: Settings) -> Iterator[str]:
    """By which name text messages are signed, and what the provider says of it."""
    yield f"sms      on   {settings.sms_sign}, by {settings.sms_api_url}"
    yield from _lines(asyncio.run(text_messages.examine(settings, company.load(settings.company_file))))


def _lines(checks: Sequence[Check]) -> Iterator[str]:
    for check in checks:
        yield f"  {MARKS[check.health]} {check.found}"
        if check.advice:
            yield f"          → {check.advice}"


def of_sending(engine: Engine, channel: str, account: str) -> str:
    """What the processes that send found out about an account: one line."""
    if not migrate.is_current(engine):
        return f"{MARKS[Health.WARNING]} the database's tables are not those of this version"
    with Session(engine) as session:
        found = accounts.every(session).get((channel, account))
        if found is None or not found.is_in_trouble:
            return f"{MARKS[Health.OK]} what is sent arrives"
        return _trouble(found)


def _trouble(account: ChannelAccount) -> str:
    mark = MARKS[Health.PROBLEM if account.failures >= FAILURES_BEFORE_REST else Health.WARNING]
    since = f" since {account.failing_since:%Y-%m-%d %H:%M} UTC" if account.failing_since else ""
    until = f", rests until {account.rest_until:%H:%M:%S} UTC" if account.rest_until else ""
    return f"{mark} sending is {account.state(clock.now()).value}{since}{until}: {account.reason}"
