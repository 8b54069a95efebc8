"""What an Official Account has on the web: a login, a page for notices, the proof that an address is ours."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from starlette.routing import BaseRoute

from channels.wechat import ownership
from channels.wechat.client import Client
from channels.wechat.login import Login
from channels.wechat.notices import Notices
from channels.wechat.record import Record
from channels.wechat.tickets import Tickets
from core.settings import Settings

if TYPE_CHECKING:
    from channels.web.channel import WebChannel

KINDS = ("service", "test")
"""The accounts that may log people in and ask them for notices."""


def routes(
    settings: Settings,
    web: "WebChannel",
    client: Client | None,
    record: Record,
    *,
    engine: Engine,
    threads: Executor,
    notices: Sequence[str] = (),
) -> Iterator[BaseRoute]:
    """The pages that the account of these settings may have; `notices` are the ids of its templates.

    Where it may log people in, the visitors of `web` are offered it.
    """
    yield ownership.route(settings.data_dir)
    app_id, secret = settings.wechat_app_id, settings.wechat_app_secret
    public_url = settings.public_url
    if not (client and app_id and secret and public_url) or settings.wechat_account not in KINDS:
        return
    login = Login(
        web,
        client,
        record,
        threads,
        app_id=app_id,
        secret=secret.get_secret_value(),
        open_url=settings.wechat_open_url,
        public_url=public_url,
    )
    web.offering = login
    yield from login.routes()
    page = Notices(
        Tickets(client, engine, threads, app_id),
        web.company,
        notices=notices,
        sdk=settings.wechat_sdk_url,
        public_url=public_url,
        house_language=web.house_language,
    )
    yield from page.routes()
