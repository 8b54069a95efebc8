"""What a WeCom application answers at once, in its answer to the platform's own request."""

from datetime import datetime

from channels.tencent import xml


def closed_buttons(to: str, from_: str, label: str, now: datetime) -> str:
    """The buttons of the card that the member `to` pressed give way to a dead one with this label.

    Only that member sees it; `from_` is the company's id, `now` is aware.
    """
    return xml.write(
        {
            "ToUserName": to,
            "FromUserName": from_,
            "CreateTime": int(now.timestamp()),
            "MsgType": "update_button",
            "Button": {"ReplaceName": label},
        }
    )
