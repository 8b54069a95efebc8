"""What customers tell of themselves: name, phone and homes, each in a flow of its own."""

from bot import cards, membership, telling
from bot.answers import a_name, a_phone, an_address, how_big
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of
from bot.messages import Card, Contact, Outbound
from bot.readers import phones
from bot.verdicts import Leave
from core import customers, reviews, visits


class Naming(Flow):
    """What to call them."""

    called: str = ask(a_name)

    def done(self, turn: Turn) -> list[Outbound]:
        """Remember the name."""
        customers.rename(turn.session, turn.customer, self.called)
        return [
            turn.say(
                "naming-done",
                called=self.called,
                choices=[cards.go(turn, "profile"), cards.go(turn, "booking")],
            )
        ]


class Phoning(Flow):
    """Which number to ring."""

    phone: str = ask(a_phone)

    def done(self, turn: Turn) -> list[Outbound]:
        """Remember the number."""
        shared = self.phone == _shared(turn)
        changed = reviews.change_phone(turn.session, turn.customer, self.phone, proven=shared, now=turn.now)
        if changed is not None:
            telling.staff_of_phone(turn, changed)
        shown = phones.masked(self.phone)
        return [
            turn.say(
                "phoning-done", phone=shown, choices=[cards.go(turn, "profile"), cards.go(turn, "booking")]
            )
        ]


class Addressing(Flow):
    """A home we may come to, and how big it is."""

    address: int = ask(an_address)
    size: int | None = ask(how_big, skippable=True)

    def done(self, turn: Turn) -> list[Outbound]:
        """Remember the size; the address itself is in their book already."""
        home = turn.home(self.address)
        if self.size:
            customers.remember_size(turn.session, home, self.size)
        choices = [cards.go(turn, "profile"), cards.go(turn, "booking")]
        ahead = any(
            one.address_id != self.address
            for one in visits.upcoming(turn.session, turn.customer_id, turn.now)
        )
        key = "addressing-done-ahead" if ahead else "addressing-done"
        said = turn.say(key, address=cards.address_line(home), choices=choices)
        return [membership.completed(turn, said)]


def _shared(turn: Turn) -> str | None:
    """The number that the platform itself gave in this message."""
    match turn.content:
        case Contact(phone):
            found = phones.read(phone, turn.company.country)
            return found if isinstance(found, str) else None
    return None


def homes(turn: Turn) -> Options[int]:
    """Their own homes; raises `Leave` when there is none."""
    found = customers.addresses(turn.session, turn.customer_id)
    if not found:
        raise Leave("forgetting-nothing")
    return [Option(home.id or 0, cards.address_line(home)) for home in found]


def which_home(turn: Turn, home: int) -> Outbound:
    """The home that would leave their book."""
    line = cards.address_line(turn.home(home))
    return Outbound(turn.text("forgetting-agreed-ask"), card=Card(line, ()))


class Forgetting(Flow):
    """Which home to take out of the book."""

    home: int = ask(one_of(homes))
    agreed: bool = confirm(which_home)

    def done(self, turn: Turn) -> list[Outbound]:
        """Retire it; visits of the past keep their address."""
        customers.retire_address(turn.session, turn.home(self.home), now=turn.now)
        return [turn.say("forgetting-done", choices=[cards.go(turn, "profile"), cards.go(turn, "booking")])]
