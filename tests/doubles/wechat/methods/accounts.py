"""Tokens, quotas, people, login: what concerns the account itself."""

from typing import TYPE_CHECKING

from tests.doubles.wechat.methods.method import Method
from tests.doubles.wechat.refusals import OK, Refused
from tests.doubles.wechat.trouble import Answer
from tests.doubles.wechat.wire import Asked

if TYPE_CHECKING:
    from tests.doubles.wechat.double import Double


def _check_secret(double: "Double", params: dict, name: str = "secret") -> None:
    if not params.get("appid"):
        raise Refused(41002)
    if params["appid"] != double.app_id:
        raise Refused(40013)
    if not params.get(name):
        raise Refused(41004)
    if params[name] != double.secret:
        raise Refused(40125)


def token(double: "Double", asked: Asked) -> dict:
    if asked.query.get("grant_type") != "client_credential":
        raise Refused(40002)
    _check_secret(double, asked.query)
    return double.tokens.classic()


def stable_token(double: "Double", asked: Asked) -> dict:
    params = asked.params
    if params.get("grant_type") != "client_credential":
        raise Refused(40002)
    _check_secret(double, params)
    return double.tokens.stable(force=params.get("force_refresh") is True)


def clear_quota(double: "Double", asked: Asked) -> dict:
    if asked.params.get("appid") != double.app_id:
        raise Refused(40013)
    double.quotas.clear()
    return OK


def clear_quota_with_secret(double: "Double", asked: Asked) -> dict:
    _check_secret(double, asked.params, "appsecret")
    double.quotas.clear()
    return OK


def get_quota(double: "Double", asked: Asked) -> dict:
    path = asked.params.get("cgi_path")
    if path not in double.quotas.limits:
        raise Refused(76021)
    limit, used = double.quotas.limits[path], double.quotas.used(path)
    return OK | {"quota": {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}}


def get_rid(double: "Double", asked: Asked) -> dict:
    return OK | {"request": double.rids.get(asked.params.get("rid"))}


def user_info(double: "Double", asked: Asked) -> dict:
    person = double.reach(asked.query.get("openid"), followers=False)
    if not person.follower:
        return {"subscribe": 0, "openid": person.openid, "tagid_list": []}
    came_by = "ADD_SCENE_QR_CODE" if person.came_by else "ADD_SCENE_SEARCH"
    return {
        "subscribe": 1,
        "openid": person.openid,
        "language": "zh_CN",
        "subscribe_time": person.followed_at,
        "remark": "",
        "groupid": 0,
        "tagid_list": person.tags,
        "subscribe_scene": came_by,
        "qr_scene": int(person.came_by) if person.came_by.isdecimal() else 0,
        "qr_scene_str": "" if person.came_by.isdecimal() else person.came_by,
    }


def ticket(double: "Double", asked: Asked) -> dict:
    if asked.query.get("type") != "jsapi":
        raise Refused(40035)
    return double.tokens.ticket()


def authorize(double: "Double", asked: Asked) -> Answer:
    return double.logins.authorize(asked)


def exchange(double: "Double", asked: Asked) -> dict:
    return double.logins.exchange(asked.query)


METHODS = {
    "/cgi-bin/token": Method("GET", token, token=False),
    "/cgi-bin/stable_token": Method("POST", stable_token, token=False),
    "/cgi-bin/clear_quota": Method("POST", clear_quota, counted=False),
    "/cgi-bin/clear_quota/v2": Method("POST", clear_quota_with_secret, token=False, counted=False),
    "/cgi-bin/openapi/quota/get": Method("POST", get_quota),
    "/cgi-bin/openapi/rid/get": Method("POST", get_rid),
    "/cgi-bin/user/info": Method("GET", user_info, "users"),
    "/cgi-bin/ticket/getticket": Method("GET", ticket, "login"),
    "/connect/oauth2/authorize": Method("GET", authorize, token=False, counted=False),
    "/sns/oauth2/access_token": Method(
        "GET", exchange, "login", token=False, counted=False, kind="text/plain"
    ),
}
