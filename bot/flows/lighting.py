"""After a visit its worker says how the elder or the infant was: green, yellow or red."""

from dataclasses import replace
from typing import Any

from bot import cards, noticing, reaching, telling
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, one_of
from bot.flows.observing import visits_just_done
from bot.messages import Outbound
from bot.readers import phones
from bot.verdicts import Leave
from core import visits, welfare
from core.identities import Role
from core.visits import Visit
from core.welfare import Light

MORE = "more"
"""Instead of a light: words to a red one, which was passed on at once."""


def lights(turn: Turn) -> Options[str]:
    """The three lights."""
    shown = [Option(light.value, turn.text(f"go-lighting-{light.value}")) for light in Light]
    return [*shown, Option(MORE, turn.text("go-lighting-more"), shown=False)]


def needs_words(_turn: Turn, light: str) -> bool:
    """Whether it must be said what was seen; a red light goes out first."""
    return light in (Light.YELLOW, MORE)


class Lighting(Flow):
    """Which visit, which light, and what was seen."""

    roles = frozenset({Role.WORKER})

    visit: Reference = ask(one_of(visits_just_done))
    light: str = ask(one_of(lights))
    words: str = ask(free_text(300), when=needs_words)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The visit and the light that a button is about."""
        visit, _, light = argument.partition(":")
        return {"visit": visit, "light": light} if visit and light else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Write it down and tell whom it concerns; green is told nobody."""
        visit = visits.attended_by(turn.session, turn.worker_id, self.visit)
        light = Light.RED if self.light == MORE else Light(self.light)
        said = self.words or ""
        try:
            new = welfare.report(turn.session, visit, turn.worker_id, light, words=said, now=turn.now)
        except welfare.NotWatched as no:
            raise Leave(no.key) from no
        if not new:
            return [turn.say("lighting-done-before", choices=[cards.go(turn, "round")])]
        if light is not Light.GREEN:
            _tell(turn, visit, light, said)
        if light is Light.RED:
            more = cards.go(turn, "lighting", f"{self.visit}:{MORE}", "go-lighting-more")
            help_ = cards.go(turn, "rescue")
            return [turn.say("lighting-done-red", phone=turn.house_phone, choices=[more, help_])]
        asked = noticing.question(turn, visit)
        return [replace(asked, text="\n".join([turn.text(f"lighting-done-{light.value}"), asked.text]))]


def _tell(turn: Turn, visit: Visit, light: Light, said: str) -> None:
    """The family in their chat, and staff, who also ring the other contact."""
    lead = visits.crew(turn.session, visit)[0][1].name
    consent = welfare.consent_of(turn.session, visit.customer_id)

    def family(their: Turn) -> Outbound:
        key, phone = f"light-told-{light.value}", their.house_phone
        choices = [cards.go(their, "messaging", visit.reference), cards.go(their, "person")]
        words = said or their.text("light-no-words")
        return their.say(key, worker=lead, words=words, phone=phone, choices=choices)

    def staff(their: Turn) -> Outbound:
        called = consent.contact_phone if consent else None
        said_so = their.say(
            f"light-staff-{light.value}",
            worker=lead,
            customer=cards.customer_name(their, visit.customer_id),
            visit=f"{visit.reference} {cards.visit_line(their, visit)}",
            address=visit.address_line,
            phone=telling.phone_at_once(their, visit, "light")
            if light is Light.RED
            else telling.phone_of(their, visit),
            contact=consent.contact_name if consent and called else "none",
            contact_phone=phones.dialled(called, their.company.country) if called else "",
            words=said or their.text("light-no-words"),
            heard="yes" if heard else "no",
            choices=[*([] if light is Light.RED else telling.to_call(their, visit)), cards.go(their, "desk")],
        )
        return replace(said_so, critical=light is Light.RED)

    heard = reaching.customer(turn, visit, family)
    telling.staff(turn, staff)
