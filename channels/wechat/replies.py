"""What an Official Account answers at once, in its answer to the platform's own request."""

from datetime import datetime

from channels.tencent import xml


def text_reply(to: str, from_: str, text: str, now: datetime) -> str:
    """Words for the person `to` (an OpenID) from our account `from_` (its `gh_` id); `now` is aware.

    Too long a text (some 2,048 bytes) costs the person an error instead; fitting it is up to the caller.
    """
    return xml.write(
        {
            "ToUserName": to,
            "FromUserName": from_,
            "CreateTime": int(now.timestamp()),
            "MsgType": "text",
            "Content": text,
        }
    )
