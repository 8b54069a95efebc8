"""Asks one of Tencent's platforms how things are, and says why it does not tell."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

from channels.base import Check, Health
from channels.tencent.calls import MayHaveArrived, NotSent, Refused
from channels.tencent.reactions import Row
from core.settings import Settings

LONGEST = 15.0
"""Seconds that all of it may take."""


async def answered(
    checks: AsyncIterator[Check], codes: Mapping[int, Row], advice: Mapping[int, str], setting: str
) -> Sequence[Check]:
    """What the checks find until the platform refuses or cannot be reached, which is then the last of them.

    A refusal is explained by the platform's `codes` and by our `advice`; `setting` names the one that holds
    the platform's address.
    """
    found = []
    try:
        async with asyncio.timeout(LONGEST):
            async for check in checks:
                found.append(check)
    except Refused as refused:
        row = codes.get(refused.code)
        words = f"the platform says {refused}" + (f" ({row.words})" if row else "")
        unknown = "Look the number up in the platform's documentation."
        found.append(Check(Health.PROBLEM, words, advice.get(refused.code, unknown)))
    except (NotSent, MayHaveArrived, TimeoutError) as failed:
        words = f"the platform cannot be reached: {str(failed) or 'no answer in time'}"
        found.append(
            Check(Health.PROBLEM, words, f"Look whether {setting} can be reached from this machine.")
        )
    return found


def address(
    settings: Settings,
    path: str,
    *,
    found: str = "the URL for the console is",
    without: str = "Set MENLING_PUBLIC_URL to the address at which the platform can reach us.",
) -> Check:
    """Where the platform reaches us, or that it cannot; in the words of the channel, if it has its own."""
    if settings.public_url is None:
        return Check(Health.WARNING, "MENLING_PUBLIC_URL is not set", without)
    return Check(Health.OK, f"{found} {settings.public_url}{path}")
