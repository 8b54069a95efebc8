"""What a page offers to somebody who is known elsewhere: a way to say who they are."""

from dataclasses import dataclass
from html import escape
from typing import Protocol

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Offer:
    """A line for the top of a page, and where it leads, if anywhere."""

    line: str = ""
    address: str = ""
    label: str = ""

    @property
    def html(self) -> str:
        """As it stands in the page; "" for nothing."""
        link = f'<a href="{escape(self.address)}">{escape(self.label)}</a>' if self.address else ""
        parts = " ".join(part for part in (escape(self.line), link) if part)
        return f'<p class="offer">{parts}</p>' if parts else ""


class Offering(Protocol):
    """A channel whose people may come to our pages."""

    async def offer(self, request: Request, user: str, language: str) -> Offer:
        """What to offer the visitor `user` whose page is asked for. Never fails."""
        ...
