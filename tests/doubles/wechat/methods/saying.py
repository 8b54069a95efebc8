"""Messages on the account's own account: in the windows, by template, by subscription."""

from typing import TYPE_CHECKING

from tests.doubles.wechat import contents
from tests.doubles.wechat.methods.method import Method
from tests.doubles.wechat.refusals import OK, Refused
from tests.doubles.wechat.screens import shown
from tests.doubles.wechat.wire import Asked

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double

RECENTLY = 30
TYPING_LASTS = 15  # not written anywhere


def send(double: "Double", asked: Asked) -> dict:
    message = asked.params
    person = double.reach(message.get("touser"))
    if message.get("msgtype") == "msgmenu" and double.kind == "test":
        raise Refused(40200)
    contents.check(message, double.shelf)
    if person.muted:
        raise Refused(48002)
    person.grants.take(double.now())
    person.look(shown(message, way="pushed", at=double.now()))
    return OK


def typing(double: "Double", asked: Asked) -> dict:
    params = asked.params
    person = double.reach(params.get("touser"))
    command, now = params.get("command"), double.now()
    if command not in ("Typing", "CancelTyping"):
        raise Refused(45072)
    if now - person.spoken_at > RECENTLY:
        raise Refused(45080)
    if command == "CancelTyping":
        person.typing_until = float("-inf")
        return OK
    if now < person.typing_until:
        raise Refused(45081)
    person.typing_until = now + TYPING_LASTS
    return OK


def send_template(double: "Double", asked: Asked) -> dict:
    return OK | {"msgid": double.notices.send(asked.params)}


def send_subscribed(double: "Double", asked: Asked) -> dict:
    return OK | {"msgid": double.notices.send_subscribed(asked.params)}


def list_templates(double: "Double", asked: Asked) -> dict:
    found = double.notices.templates["template"].values()
    listed = [{"template_id": one.id, "title": one.title, "content": one.content} for one in found]
    return {"template_list": listed}


def list_notices(double: "Double", asked: Asked) -> dict:
    found = double.notices.templates["notice"].values()
    listed = [{"priTmplId": one.id, "title": one.title, "content": one.content, "type": 2} for one in found]
    return OK | {"data": listed}


METHODS = {
    "/cgi-bin/message/custom/send": Method("POST", send, "custom"),
    "/cgi-bin/message/custom/typing": Method("POST", typing, "custom"),
    "/cgi-bin/message/template/send": Method("POST", send_template, "template"),
    "/cgi-bin/message/subscribe/bizsend": Method("POST", send_subscribed, "notice"),
    "/cgi-bin/template/get_all_private_template": Method("GET", list_templates, "template"),
    "/wxaapi/newtmpl/gettemplate": Method("GET", list_notices, "notice"),
}
