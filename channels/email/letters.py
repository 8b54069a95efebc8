"""A message as an e-mail: plain words, and the same with a little form for programs that show it."""

import re
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, make_msgid
from html import escape
from typing import Any

from bot.messages import Card, Outbound
from core import clock

_ADDRESS = re.compile(r"https?://[\w./~%:-]+", re.ASCII)


class _Whole(BaseHeader):
    """A header that stands on one line as it is: mail programs read no link that is cut up and encoded."""

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        """The line."""
        return f"{self.name}: {self}{policy.linesep}"

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:  # Any: what the header is made from
        """Nothing in it has a meaning of its own."""
        kwds |= {"decoded": value, "parse_tree": None}


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("List-Unsubscribe", _Whole)
POLICY = SMTP.clone(header_factory=_HEADERS)
"""How an e-mail is written down."""


def write(to: str, message: Outbound, *, sender: str, name: str) -> EmailMessage:
    """The e-mail from `sender`, who is shown as `name`.

    The title of the card is the subject, its lines follow the words. Raises ValueError where `to` or `sender`
    is not one address and nothing else.
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"], mail["To"] = _address(sender, name), _address(to)
    mail["Subject"] = _one_line(message.card.title if message.card else message.text)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"  # so that nobody's holiday answers it
    if message.leave:  # one click in the mail program, as RFC 8058 has it
        mail["List-Unsubscribe"] = f"<{message.leave}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if message.language:
        mail["Content-Language"] = message.language
    mail.set_content(_plain(message), cte="base64")
    mail.add_alternative(_html(message), subtype="html", cte="base64")
    return mail


def _address(address: str, name: str = "") -> Address:
    try:
        return Address(display_name=_one_line(name), addr_spec=address)
    except MessageError as wrong:
        raise ValueError(str(wrong)) from None


def _plain(message: Outbound) -> str:
    card = message.card or Card("", ())
    lines = "\n".join(f"{label}: {value}" for label, value in card.lines)
    return "\n\n".join(part for part in (message.text, lines, card.footer) if part) + "\n"


def _html(message: Outbound) -> str:
    card = message.card or Card("", ())
    words = "<br>\n".join(escape(line) for line in message.text.split("\n"))
    rows = "".join(
        f'<tr><td style="padding-right:12px;color:#666">{escape(label)}</td><td>{escape(value)}</td></tr>\n'
        for label, value in card.lines
    )
    table = f"<table>\n{rows}</table>\n" if rows else ""
    foot = f'<p style="color:#666;font-size:13px">{_linked(card.footer)}</p>\n' if card.footer else ""
    language = escape(message.language or "zh-CN")
    return (
        f'<!doctype html>\n<html lang="{language}"><body style="font-size:16px;line-height:1.6">\n'
        f"<p>{words}</p>\n{table}{foot}</body></html>\n"
    )


def _linked(words: str) -> str:
    """The words with the addresses of pages to be tapped."""
    lines = (_ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', escape(line)) for line in words.split("\n"))
    return "<br>\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:120]
