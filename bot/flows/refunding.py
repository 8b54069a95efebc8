"""Give a package up: what goes back is shown with its formula before the yes."""

from typing import Any

from bot import cards, packing
from bot.flow import Flow, Option, Options, Turn, ask, confirm, one_of, work_out
from bot.messages import Card, Outbound
from bot.texts import Money
from bot.verdicts import AskAgain, Leave
from core import packages
from core.packages import NotAllowed, Package


def theirs(turn: Turn) -> Options[int]:
    """The packages that could be given up. Leaves where there is none."""
    found = packages.active(turn.session, turn.customer_id, turn.now)
    if not found:
        raise Leave("refunding-nothing")
    return [
        Option(one.package.id or 0, f"{packing.name(turn, one.package)} {packing.left_line(turn, one)}")
        for one in found
    ]


def only_one(turn: Turn) -> int | None:
    """The one they have, if it is the only one."""
    found = packages.active(turn.session, turn.customer_id, turn.now)
    return found[0].package.id if len(found) == 1 else None


def _of(turn: Turn, number: int) -> Package:
    package = packages.find(turn.session, number)
    if package is None or package.customer_id != turn.customer_id:
        raise Leave("refunding-nothing")
    return package


def amount_back(turn: Turn, package: int) -> int:
    """What would go back at this moment, in fen: the amount that is shown and agreed to."""
    return packages.refund_due(turn.session, _of(turn, package))


def end_of_package(turn: Turn, package: int, back: int) -> Outbound:
    """What was paid, what was used at which price, and what goes back."""
    one = _of(turn, package)
    used = one.units - packages.left(turn.session, one)
    lines = (
        (turn.text("refunding-paid"), turn.text("value-said", value=Money(one.price))),
        (
            turn.text("refunding-used"),
            turn.text(
                "refunding-used-made",
                each=Money(one.each),
                count=used,
                unit=one.unit,
                amount=Money(used * one.each),
            ),
        ),
        (turn.text("refunding-back"), turn.text("value-said", value=Money(back))),
    )
    key = "refunding-agreed-ask" if back else "refunding-agreed-ask-nothing"
    return Outbound(turn.text(key), card=Card(packing.name(turn, one), lines))


class Refunding(Flow):
    """Which package, and yes."""

    package: int = ask(one_of(theirs), known=only_one)
    back: int = work_out(amount_back)
    agreed: bool = confirm(end_of_package)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question
        """A button brings the package's number."""
        return {"package": int(argument)} if argument.isdecimal() else {}

    def done(self, turn: Turn) -> list[Outbound]:
        """Give it up for what was shown, and have staff send it."""
        one = _of(turn, self.package)
        if packages.refund_due(turn.session, one) != self.back:
            raise AskAgain("back", "refunding-changed")
        try:
            packages.refund(turn.session, one, turn.now)
            packing.drop(turn, one)
        except NotAllowed as no:
            raise Leave(no.key, **no.args_) from no
        if self.back:
            packing.tell_refund(turn, one)
        key = "refunding-done" if self.back else "refunding-done-nothing"
        said = turn.say(key, name=packing.name(turn, one), refund=Money(self.back))
        return [Outbound(said.text, (cards.go(turn, "packages"), cards.go(turn, "booking")))]
