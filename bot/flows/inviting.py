"""Asking somebody into a household: what for, and a code and links that they join by."""

from typing import Any

from bot import cards, kin, words
from bot.answers import a_name, an_address, free_text
from bot.flow import Flow, Option, Options, Turn, ask, one_of
from bot.flows.wanted import name_on_file
from bot.messages import Outbound
from bot.options import saved_addresses
from bot.verdicts import Leave
from core import households
from core.errors import DomainError
from core.households import Kind, Part, inviting

PARTS = {
    Kind.HOME: (Part.USER, Part.ELDER, Part.PAYER, Part.CONTACT),
    Kind.COMPANY: (Part.USER, Part.PAYER),
}
COMPANY = Kind.COMPANY.value
LONGEST_NAME = 60


def kinds(turn: Turn) -> Options[Kind]:
    """People who live together, or a company."""
    return [Option(one, turn.text(f"inviting-kind-{one.value}")) for one in Kind]


def kind_of_theirs(turn: Turn) -> Kind | None:
    """What the speaker is in already."""
    found = kin.mine(turn)
    return turn.session.get_one(households.Household, found.household_id).kind if found else None


def is_new_company(turn: Turn, kind: Kind) -> bool:
    """Whether nobody told yet what the bill is made out to, and where the company is."""
    return kind is Kind.COMPANY and kin.mine(turn) is None


def parts(turn: Turn, kind: Kind) -> Options[Part]:
    """What somebody may be asked to be."""
    return [
        Option(one, turn.text(f"inviting-part-{kind.value}-{one.value}"), tuple(words.phrases("kin", one)))
        for one in PARTS[kind]
    ]


class Inviting(Flow):
    """Home or company, its name and address where it is new, and what the other is to be."""

    kind: Kind = ask(one_of(kinds), known=kind_of_theirs)
    company: str = ask(free_text(LONGEST_NAME), when=is_new_company)
    office: int = ask(one_of(saved_addresses, other=an_address), when=is_new_company)
    called: str = ask(a_name, known=name_on_file)
    part: Part = ask(one_of(parts))

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`company` or `home`. Leaves for who may invite nobody."""
        mine = kin.mine(turn)
        if mine is not None and mine.part is not Part.PAYER:
            raise Leave(households.NotTheirs.key)
        return {"kind": argument} if mine is None and argument in list(Kind) else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Make the household if there is none, and hand out the code."""
        if turn.customer.name is None:
            turn.customer.name = self.called
            turn.session.add(turn.customer)
        try:
            mine = kin.mine(turn) or _found(turn, self)
            made = inviting.invite(turn.session, turn.company, mine, self.part, turn.now)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        said = turn.text(
            "inviting-done",
            what=turn.text(f"kin-part-{self.kind.value}-{self.part.value}"),
            code=inviting.shown(made.code),
            until=made.until,
        )
        links = [turn.text(door.key, link=door.link(f"{kin.START}_{made.token}")) for door in turn.doors]
        lines = [said, *([turn.text("inviting-links"), *links] if links else [])]
        return [Outbound("\n".join(lines), (cards.go(turn, "family"),), language=turn.language)]


def _found(turn: Turn, form: Inviting) -> households.HouseholdPerson:
    made = households.found(turn.session, turn.customer_id, form.kind, turn.now, name=form.company)
    if form.office:
        households.share(turn.session, turn.customer_id, turn.home(form.office))
    return made


class Sharing(Flow):
    """One more address of the company's."""

    office: int = ask(one_of(saved_addresses, other=an_address))

    def done(self, turn: Turn) -> list[Outbound]:
        """Let everybody of the company book to it."""
        home = turn.home(self.office)
        try:
            households.share(turn.session, turn.customer_id, home)
        except DomainError as no:
            raise Leave(no.key, **no.args_) from no
        choices = [cards.go(turn, "family"), cards.go(turn, "booking")]
        return [turn.say("sharing-done", address=cards.address_line(home), choices=choices)]
