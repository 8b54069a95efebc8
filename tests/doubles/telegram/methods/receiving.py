"""Getting updates and files: polling, the webhook, `getFile`."""

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.doubles.telegram.refusals import bad, conflict
from tests.doubles.telegram.shelf import LARGEST_DOWNLOAD

if TYPE_CHECKING:
    from tests.doubles.telegram.double import Double

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Noted:
    """A result that comes with a sentence."""

    def __init__(self, result: object, description: str) -> None:
        self.result = result
        self.description = description


async def get_updates(double: "Double", params: dict) -> list[dict]:
    """Wait for updates, unless there is a webhook."""
    if double.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
    double.updates.allow(params.get("allowed_updates"))
    limit = params.get("limit", 100)
    return await double.updates.poll(
        offset=params.get("offset", 0),
        limit=limit if 1 <= limit <= 100 else 100,
        timeout=params.get("timeout", 0),
    )


def set_webhook(double: "Double", params: dict) -> Noted:
    """Take the address, end a poll that is under way, deliver what waits; the same again changes nothing."""
    url = params.get("url", "")
    if not url:
        return delete_webhook(double, params)
    secret = params.get("secret_token", "")
    if secret and not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    connections = params.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad("max_connections must be between 1 and 100")
    if not _secure(url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    double.updates.allow(params.get("allowed_updates"))
    webhook = double.webhook
    same = (url, secret, connections) == (webhook.url, webhook.secret, webhook.max_connections)
    if same and not params.get("drop_pending_updates"):
        return Noted(True, "Webhook is already set")
    double.updates.interrupt(conflict("terminated by setWebhook request"))
    _drop_pending(double, params)
    webhook.point(url, secret=secret, max_connections=connections)
    return Noted(True, "Webhook was set")


def delete_webhook(double: "Double", params: dict) -> Noted:
    had = bool(double.webhook.url)
    double.webhook.point("")
    _drop_pending(double, params)
    return Noted(True, "Webhook was deleted" if had else "Webhook is already deleted")


def get_webhook_info(double: "Double", params: dict) -> dict:
    """Where updates go, how many wait, and what went wrong last."""
    double.updates.drop_expired()
    webhook, info = double.webhook, {}
    if webhook.url:
        host = urlsplit(webhook.url).hostname or ""
        info = {"max_connections": webhook.max_connections, "ip_address": _ip(host) or "127.0.0.1"}
    if webhook.last_error:
        info |= {"last_error_date": int(webhook.last_error[0]), "last_error_message": webhook.last_error[1]}
    if double.updates.allowed is not None:
        info["allowed_updates"] = double.updates.allowed
    pending = len(double.updates.pending)
    return {"url": webhook.url, "has_custom_certificate": False, "pending_update_count": pending, **info}


def get_file(double: "Double", params: dict) -> dict:
    file = double.shelf.by_id(params.get("file_id"))
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return {**file.json, "file_path": file.path}


def _drop_pending(double: "Double", params: dict) -> None:
    if params.get("drop_pending_updates"):
        double.webhook.abandon()
        double.updates.pending.clear()


def _secure(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    local = host == "localhost" or (_ip(host) != "" and ip_address(host).is_loopback)
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and local))


def _ip(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return ""


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
}
