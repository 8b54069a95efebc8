"""What the paths of customer service do."""

import re
from typing import TYPE_CHECKING

from tests.doubles.kf.customers import ENDED, NEW, PROGRAM, QUEUE, STAFF, Customer, Shown
from tests.doubles.wechat.wire import Asked
from tests.doubles.wecom.methods import OK, Method, _body
from tests.doubles.wecom.refusals import Refused

if TYPE_CHECKING:
    from tests.doubles.kf.double import Account, Double

KEPT_FOR = 3 * 86400
MSGID = re.compile(r"[0-9A-Za-z_-]{1,32}")
MOVES = {NEW: {PROGRAM, QUEUE, STAFF}, PROGRAM: {QUEUE, STAFF, ENDED}, QUEUE: {PROGRAM, STAFF, ENDED}}
LONGEST = {"content": 2048, "head_content": 1024, "tail_content": 1024, "line": 128}


def sync_msg(double: "Double", asked: Asked) -> dict:
    """What happened since the cursor, or in three days."""
    body, account = _asked(double, asked)
    double.check_token_of_event(body.get("token", ""))
    limit = body.get("limit", 1_000)
    if not isinstance(limit, int) or not 0 < limit <= 1_000:
        raise Refused(40058)
    cursor, log = body.get("cursor", ""), account.log
    if cursor:
        begins = re.fullmatch(r"cursor-(\d+)", cursor)
        if begins is None or int(begins[1]) > len(log):
            raise Refused(40058, "invalid cursor")
        start = int(begins[1])
    else:
        since = double.now() - KEPT_FOR
        start = next((n for n, entry in enumerate(log) if entry.get("send_time", since) >= since), len(log))
    end = min(start + min(limit, double.page), len(log))
    return OK | {"next_cursor": f"cursor-{end}", "has_more": int(end < len(log)), "msg_list": log[start:end]}


def send_msg(double: "Double", asked: Asked) -> dict:
    """Show a message to a customer, once by its id."""
    body, account = _asked(double, asked)
    customer = double.customers.get(body.get("touser"))
    if customer is None or customer.account is not account:
        raise Refused(40096)
    msgid = _msgid(double, body)
    if (account.open_kfid, msgid) in double.sent:
        return OK | {"msgid": msgid}
    shown = _shown(body, msgid, "sent")
    if customer.state not in (NEW, PROGRAM):
        raise Refused(95018)
    if not customer.left or double.now() >= customer.until:
        raise Refused(95001)
    customer.left -= 1
    double.sent.add((account.open_kfid, msgid))
    _deliver(double, account, customer, shown)
    return OK | {"msgid": msgid}


def send_msg_on_event(double: "Double", asked: Asked) -> dict:
    """Greet whoever came in, once by the code of the event."""
    double.check_listed()
    body = _body(asked)
    customer, until = double.codes_until.pop(body.get("code"), (None, 0.0))
    if customer is None or double.now() >= until:
        raise Refused(40029)
    if body.get("msgtype") not in ("text", "msgmenu"):
        raise Refused(40008)
    msgid = _msgid(double, body)
    customer.look(_shown(body, msgid, "greeting"))
    return OK | {"msgid": msgid}


def trans(double: "Double", asked: Asked) -> dict:
    """Move a session."""
    body, _ = _asked(double, asked)
    customer = double.customers.get(body.get("external_userid"))
    if customer is None:
        raise Refused(40096)
    if body.get("service_state") not in MOVES.get(customer.state, ()):
        raise Refused(95016)
    customer.state = body["service_state"]
    return OK


def account_list(double: "Double", _: Asked) -> dict:
    """The accounts the application sees."""
    double.check_listed()
    every = double.accounts.values()
    return OK | {
        "account_list": [
            {"open_kfid": one.open_kfid, "name": one.name, "manage_privilege": one.managed} for one in every
        ]
    }


METHODS = {
    "/cgi-bin/kf/sync_msg": Method("POST", sync_msg),
    "/cgi-bin/kf/send_msg": Method("POST", send_msg),
    "/cgi-bin/kf/send_msg_on_event": Method("POST", send_msg_on_event),
    "/cgi-bin/kf/service_state/trans": Method("POST", trans),
    "/cgi-bin/kf/account/list": Method("GET", account_list),
}


def _asked(double: "Double", asked: Asked) -> tuple[dict, "Account"]:
    double.check_listed()
    body = _body(asked)
    account = double.accounts.get(body.get("open_kfid"))
    if account is None:
        raise Refused(95000)
    return body, account


def _msgid(double: "Double", body: dict) -> str:
    msgid = body.get("msgid") or double.number("theirs")
    if not MSGID.fullmatch(msgid):
        raise Refused(40058, "invalid msgid")
    return msgid


def _shown(body: dict, msgid: str, way: str) -> Shown:
    kind = body.get("msgtype")
    content = body.get(kind) or {}
    if kind == "text":
        _check(content.get("content"), "content")
        return Shown(content["content"], (), msgid, way)
    if kind != "msgmenu":
        raise Refused(40008)
    for name in ("head_content", "tail_content"):
        if len(content.get(name, "").encode()) > LONGEST[name]:
            raise Refused(40058, f"invalid {name}")
    clicks = [one["click"] for one in content.get("list", ()) if one.get("type") == "click"]
    if not 1 <= len(clicks) <= 10:
        raise Refused(40058, "invalid list")
    for click in clicks:
        for value in (click["id"], click["content"]):
            if not 0 < len(value.encode()) <= LONGEST["line"]:
                raise Refused(40058, "invalid click")
    return Shown(content["head_content"], tuple((one["content"], one["id"]) for one in clicks), msgid, way)


def _check(text: object, name: str) -> None:
    if not text:
        raise Refused(44004)
    if len(str(text).encode()) > LONGEST[name]:
        raise Refused(45002)


def _deliver(double: "Double", account: "Account", customer: Customer, shown: Shown) -> None:
    if not double.fail_types:
        customer.look(shown)
        return
    event = {"event_type": "msg_send_fail", "open_kfid": account.open_kfid, "fail_msgid": shown.msgid}
    event |= {"external_userid": customer.userid, "fail_type": double.fail_types.pop(0)}
    customer.happens(event)
