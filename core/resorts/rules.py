"""What goes by e-mail and text message: a section of the company's file."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, field_validator

from core import adverts
from core.catalogue import Section
from core.news import MOMENTS, Fact, Kind
from core.policies import Count

FACTS = frozenset(Fact) - MOMENTS


class SmsTemplate(Section):
    """A text that the carriers have agreed to, and what is filled in."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    """As the provider's console shows it, such as SMS_123456789."""
    values: Mapping[str, str] = {}
    """Of each variable of the text the name of a fact, or after a "=" words that are always the same."""

    @field_validator("values")
    @classmethod
    def _are_facts(cls, values: Mapping[str, str]) -> Mapping[str, str]:
        for name, value in values.items():
            if not value.startswith("=") and value not in FACTS:
                raise ValueError(
                    f"{name} is {value!r}, which is no fact; there are {', '.join(sorted(FACTS))}"
                )
            if value.startswith("=") and (advert := adverts.mark(value)) is not None:
                raise ValueError(f"{name} advertises ({advert!r}); these texts are for news of visits alone")
        return values

    def filled(self, facts: Mapping[str, str]) -> dict[str, str]:
        """What stands for each variable."""
        return {
            name: value[1:] if value.startswith("=") else facts.get(value, "")
            for name, value in self.values.items()
        }


class Rules(Section):
    """Ways of last resort. Nothing goes by either before its account is set in the environment."""

    email_from: str = ""
    """The account that e-mails go from; MENLING_EMAIL_FROM decides."""
    sms_from: str = ""
    """The name that text messages are signed with; MENLING_SMS_SIGN decides."""
    page: str = ""
    """Where our own pages begin, for the link by which people leave; MENLING_PUBLIC_URL decides. "": none
    that is safe, so that nothing goes by e-mail that somebody may want to leave."""
    sms: Mapping[Kind, SmsTemplate] = {}
    """By which text each kind of news is told; a kind without one goes by no text message."""
    sms_per_day: Count = 3
    """So many text messages may one person get in a day of theirs."""
    sms_fen: Count = 5
    """What the company reckons for one."""
    email_per_day: Count = 20
    """So many e-mails may one person get in a day of theirs."""
    codes_per_hour: Count = 3
    """So many codes may one person ask for in an hour, and so many may one address be sent in a day."""

    leave_days: Annotated[int, Field(ge=60)] = 400
    """So long after an e-mail the link at its foot works."""

    def opened(self, *, email_from: str, sms_from: str, page: str = "") -> "Rules":
        """The same with the accounts that are set up and with our pages; "": not to be used."""
        return self.model_copy(update={"email_from": email_from, "sms_from": sms_from, "page": page})
