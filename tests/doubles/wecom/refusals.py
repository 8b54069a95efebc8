"""Why WeCom says no, in its own words."""

from tests.doubles.wechat import refusals

WORDS = {
    -1: "system busy",
    40001: "invalid credential",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40056: "invalid agentid",
    40029: "invalid code",
    40058: "invalid Request Parameter",
    41001: "access_token missing",
    42001: "access_token expired",
    42014: "taskid has existed",
    43001: "require GET method",
    43002: "require POST method",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "api freq out of limit",
    47001: "data format error",
    50003: "app disabled",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    81013: "user & party & tag all invalid",
    40096: "invalid external userid",
    82001: "user & party & tag all empty",
    95000: "invalid open_kfid",
    95001: "send msg to user count limit",
    95007: "invalid msg token",
    95016: "not allow to change service state",
    95018: "send msg session status invalid",
}


class Refused(refusals.Refused):
    """A call that is answered with an error code; `words` say more than the usual ones."""

    def __init__(self, code: int, words: str | None = None) -> None:
        super().__init__(code, words or WORDS.get(code, "error"))

    def body(self, rid: str) -> dict:
        """The answer as the platform writes it: the number of the call stands in the middle of the words."""
        more = f"https://open.work.weixin.qq.com/devtool/query?e={self.code}"
        words = f"{self.words}, hint: [{rid}], from ip: 127.0.0.1, more info at {more}"
        return {"errcode": self.code, "errmsg": words}
