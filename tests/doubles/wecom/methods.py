"""What the paths of the platform do for an application."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.doubles.wechat import shelf
from tests.doubles.wechat.trouble import Answer
from tests.doubles.wechat.wire import Asked
from tests.doubles.wecom import cards
from tests.doubles.wecom.refusals import Refused

if TYPE_CHECKING:
    from tests.doubles.wecom.double import Double

OK = {"errcode": 0, "errmsg": "ok"}
RECALLED_WITHIN = 24 * 3600
MOST_RECIPIENTS = 1_000


@dataclass(frozen=True, slots=True)
class Method:
    """What a path does, and whether it needs a token."""

    verb: str
    function: Callable[["Double", Asked], dict | Answer]
    token: bool = True

    def check(self, double: "Double", asked: Asked) -> None:
        """Raises `Refused` for the wrong verb and without a good token."""
        if asked.verb != self.verb:
            raise Refused(43002 if self.verb == "POST" else 43001)
        if self.token:
            double.check_token(asked.query.get("access_token"))


def gettoken(double: "Double", asked: Asked) -> dict:
    """The same token as long as it is good."""
    if asked.query.get("corpid") != double.corp_id:
        raise Refused(40013)
    if asked.query.get("corpsecret") != double.secret:
        raise Refused(40001)
    return OK | double.token_now()


def send(double: "Double", asked: Asked) -> dict:
    """Send to those who can get it; the others are named."""
    params = _body(asked)
    _check_agent(double, params)
    kind = params.get("msgtype")
    content = cards.check(kind, params.get(str(kind)))
    if kind == "template_card" and not double.hook:
        raise Refused(40058, "invalid Request Parameter. no callback url")
    members, left_out = _recipients(double, params.get("touser"))
    extra = {}
    if kind == "template_card":
        double.take_task(content["task_id"])
        extra["response_code"] = double.codes.new(content["task_id"])
    msgid = double.next_msgid()
    for member in members:
        member.gets(kind, content, msgid)
    return OK | left_out | {"msgid": msgid} | extra


def update_template_card(double: "Double", asked: Asked) -> dict:
    """Change a card for those who have it; the code is used up."""
    params = _body(asked)
    _check_agent(double, params)
    userids = None if params.get("atall") == 1 else params.get("userids")
    if userids is not None:
        if not isinstance(userids, list) or not userids:
            raise Refused(82001)
        if not any(str(userid).lower() in double.by_lower() for userid in userids):
            raise Refused(60111)
    name, card = (params.get("button") or {}).get("replace_name"), params.get("template_card")
    if not name and not isinstance(card, dict):
        raise Refused(40058, "invalid Request Parameter. button or template_card")
    double.change(double.codes.use(params.get("response_code")), userids, dead=name or "", card=card)
    return OK | {"invaliduser": []}


def recall(double: "Double", asked: Asked) -> dict:
    """Take a message of the last 24 hours back."""
    msgid = _body(asked).get("msgid")
    found = [seen for member in double.members.values() for seen in member.seen if seen.msgid == msgid]
    if not msgid or any(double.now() >= seen.at + RECALLED_WITHIN for seen in found):
        raise Refused(40058, "invalid Request Parameter. msgid")
    for seen in found:
        seen.recalled = True
    return OK


def get_media(double: "Double", asked: Asked) -> Answer:
    """A file as it was sent."""
    try:
        medium = double.shelf.get(asked.query.get("media_id"))
    except shelf.Refused as why:
        raise Refused(why.code) from None
    headers = {"Content-Disposition": 'attachment; filename="file"'}
    return Answer(medium.data, kind=medium.content_type, headers=headers)


def get_agent(double: "Double", asked: Asked) -> dict:
    """What the console knows of the application."""
    if asked.query.get("agentid") != str(double.agent_id):
        raise Refused(301002)
    return OK | {"agentid": double.agent_id, "name": double.name, "close": 0}


METHODS: Mapping[str, Method] = {
    "/cgi-bin/gettoken": Method("GET", gettoken, token=False),
    "/cgi-bin/agent/get": Method("GET", get_agent),
    "/cgi-bin/media/get": Method("GET", get_media),
    "/cgi-bin/message/send": Method("POST", send),
    "/cgi-bin/message/update_template_card": Method("POST", update_template_card),
    "/cgi-bin/message/recall": Method("POST", recall),
}


def _body(asked: Asked) -> dict:
    """The body as an object. Raises `Refused` when it is none."""
    try:
        found = json.loads(asked.body or b"null")
    except ValueError:
        raise Refused(47001) from None
    if not isinstance(found, dict):
        raise Refused(47001)
    return found


def _check_agent(double: "Double", params: dict) -> None:
    if params.get("agentid") != double.agent_id:
        raise Refused(40056)


def _recipients(double: "Double", touser: object) -> tuple[list, dict]:
    """Who gets a message, and who is left out, in small letters as the platform names them."""
    named = [one for one in str(touser or "").split("|") if one]
    if not named or len(named) > MOST_RECIPIENTS:
        raise Refused(82001)
    known = double.by_lower()
    if named == ["@all"]:
        named = [member.userid for member in known.values() if member.visible]
    found = {one.lower(): known.get(one.lower()) for one in named}
    invalid = [one for one, member in found.items() if member is None or not member.visible]
    unlicensed = [one for one, member in found.items() if one not in invalid and not member.licensed]
    if len(invalid) == len(found):
        raise Refused(81013)
    members = [member for one, member in found.items() if one not in invalid and one not in unlicensed]
    left_out = {"invaliduser": "|".join(invalid), "invalidparty": "", "invalidtag": ""}
    return members, left_out | {"unlicenseduser": "|".join(unlicensed)}
