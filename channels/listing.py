"""What `menling channels` lists: each platform, on or off, with what is to be done about it.

The platforms' libraries are slow to load, so only those of what is on are.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from core.settings import Settings

Connect = Callable[[Settings], AbstractContextManager[Engine]]
"""Opens the database that the settings name."""


def of_telegram(settings: Settings, connect: Connect) -> Iterator[str]:
    """Whether and how people reach us there; when they do, the platform itself is asked how things are."""
    if settings.telegram_token is None:
        yield "telegram off  set MENLING_TELEGRAM_TOKEN to what BotFather gave you"
        return
    from channels import overview

    yield from overview.of_telegram(settings)
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").exists():
        with connect(settings) as engine:
            yield f"  {overview.of_sending(engine, *overview.telegram_account(settings))}"


def of_wechat(settings: Settings, connect: Connect, *, menu_in: str | None = None) -> Iterator[str]:
    """The same for the Official Account, whose menu is published if a language is given for it."""
    if settings.wechat_app_id is None or settings.wechat_token is None:
        yield "wechat   off  set MENLING_WECHAT_APP_ID and MENLING_WECHAT_TOKEN; see docs/wechat.md"
        return
    from channels import overview

    with connect(settings) as engine:
        yield from overview.of_wechat(settings, engine)
        if menu_in is not None:
            yield f"  {overview.publish_menu(settings, engine, menu_in)}"
        yield f"  {overview.of_sending(engine, 'wechat', settings.wechat_app_id)}"


def of_wecom(settings: Settings, connect: Connect) -> Iterator[str]:
    """And for the WeCom application."""
    if settings.wecom_lacks:
        yield f"wecom    off  set {', '.join(settings.wecom_lacks)}; see docs/wecom.md"
        return
    from channels import overview

    with connect(settings) as engine:
        yield from overview.of_wecom(settings, engine)
        yield f"  {overview.of_sending(engine, 'wecom', str(settings.wecom_agent_id))}"


def of_kf(settings: Settings, connect: Connect) -> Iterator[str]:
    """And for the account of WeCom's customer service, to which customers write from WeChat."""
    if settings.kf_lacks:
        yield f"kf       off  set {', '.join(settings.kf_lacks)}; see docs/wecom.md"
        return
    from channels import overview

    with connect(settings) as engine:
        yield from overview.of_kf(settings, engine)
        yield f"  {overview.of_sending(engine, 'kf', str(settings.wecom_kf_id))}"


def of_email(settings: Settings, connect: Connect) -> Iterator[str]:
    """And for e-mail, which only carries news to people who have no chat left."""
    if settings.email_lacks:
        yield f"email    off  set {', '.join(settings.email_lacks)}; see docs/email-sms.md"
        return
    from channels import overview

    yield from overview.of_email(settings)
    with connect(settings) as engine:
        yield f"  {overview.of_sending(engine, 'email', settings.email_from or '')}"


def of_sms(settings: Settings, connect: Connect) -> Iterator[str]:
    """And for text messages."""
    if settings.sms_lacks:
        yield f"sms      off  set {', '.join(settings.sms_lacks)}; see docs/email-sms.md"
        return
    from channels import overview

    yield from overview.of_sms(settings)
    with connect(settings) as engine:
        yield f"  {overview.of_sending(engine, 'sms', settings.sms_sign or '')}"


RESORTS = {"email": of_email, "sms": of_sms}
"""The channels that only carry news."""
