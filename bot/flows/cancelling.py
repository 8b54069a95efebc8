"""Cancel a visit; what it costs is shown before the yes."""

from bot import benefits, cards, offering, owing, reminding
from bot.answers import free_text
from bot.flow import Flow, Option, Options, Reference, Turn, ask, confirm, one_of, work_out
from bot.interrupts import Interrupt
from bot.messages import Card, Outbound
from bot.options import cancellable_visits, only_cancellable
from bot.texts import Money
from bot.verdicts import AskAgain, Leave
from core import alarms, visits

REASONS = ("plans", "ill", "price", "worker", "other")


def reasons(turn: Turn) -> Options[str]:
    """Why people cancel; anything else may be typed."""
    return [
        Option(turn.text(f"cancelling-reason-{code}"), turn.text(f"cancelling-reason-{code}"))
        for code in REASONS
    ]


def fee_of_cancelling(turn: Turn, visit: Reference) -> int:
    """What cancelling costs at this moment, in fen: the amount that is shown and agreed to."""
    return visits.fee_to_cancel(turn.session, turn.company, cards.visit_of(turn, visit), turn.now).amount


def end_of_visit(turn: Turn, visit: Reference, fee: int) -> Outbound:
    """The visit and the fee, with the rule it follows from."""
    cancelling = cards.visit_of(turn, visit)
    rule = visits.fee_to_cancel(turn.session, turn.company, cancelling, turn.now)
    lines = (
        (turn.text("card-what"), cards.visit_line(turn, cancelling)),
        (turn.text("card-fee"), cards.fee_rule(turn, rule)),
    )
    title = turn.text("card-title", reference=cancelling.reference)
    key = "cancelling-agreed-ask-fee" if fee else "cancelling-agreed-ask"
    return Outbound(turn.text(key, fee=Money(fee)), card=Card(title, lines))


class Cancelling(Flow):
    """Which visit, why, and yes."""

    unclear = frozenset({Interrupt.CANCEL})
    subjects = {"progress": "visit"}

    visit: Reference = ask(one_of(cancellable_visits), known=only_cancellable)
    reason: str | None = ask(one_of(reasons, other=free_text(200)), skippable=True)
    fee: int = work_out(fee_of_cancelling)
    agreed: bool = confirm(end_of_visit)

    def done(self, turn: Turn) -> list[Outbound]:
        """Cancel it for the fee that was shown, never for more."""
        visit = cards.visit_of(turn, self.visit)
        try:
            visits.cancel(
                turn.session,
                turn.company,
                visit,
                actor="customer",
                reason=self.reason or "",
                agreed_fee=self.fee,
                now=turn.now,
            )
        except visits.FeeChanged as changed:
            raise AskAgain("fee", "visit-fee-changed") from changed
        except (visits.MoveNotAllowed, alarms.Frozen) as no:
            raise Leave(no.key, **no.args_) from no
        turn.about = self.visit
        reminding.drop(turn, visit)
        offering.withdraw(turn, visit)
        again = [cards.go(turn, "booking"), cards.go(turn, "visits")]
        if owed := owing.told(turn, visit):
            said = turn.text("replacing-cancelled", owed=owed)
            again = [cards.go(turn, "booking", self.visit, "go-booking-again")]
        else:
            key = "cancelling-done-fee" if self.fee else "cancelling-done"
            said = turn.text(key, fee=Money(self.fee))
        ended = Outbound(said, tuple(again), language=turn.language)
        return [benefits.with_returned(turn, visit, ended)]
