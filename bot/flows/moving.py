"""Move a visit to another time; what it costs is shown before the yes."""

from datetime import date, datetime

from bot import cards, kin, offering, reminding, underway
from bot.answers import a_day
from bot.flow import Flow, Reference, Turn, ask, confirm, one_of, work_out
from bot.messages import Card, Outbound
from bot.options import (
    day_for_move,
    days_for_move,
    free_windows_for_move,
    is_on_day,
    movable_visits,
    only_movable,
    window_options,
)
from bot.texts import Money, Span
from bot.verdicts import AskAgain, Leave
from bot.window_answers import a_new_window
from core import alarms, visits, windows


def fee_of_move(turn: Turn, visit: Reference, window: datetime) -> int:
    """What moving costs at this moment, in fen: the amount that is shown and agreed to."""
    return visits.fee_to_move(turn.session, turn.company, kin.visit_of(turn, visit), turn.now).amount


def total_of_move(turn: Turn, visit: Reference, window: datetime) -> int:
    """What the visit will cost at the new time, in fen, surcharges included."""
    return visits.quote_to_move(turn.company, kin.visit_of(turn, visit), window).total


def new_time(turn: Turn, visit: Reference, window: datetime, fee: int, total: int) -> Outbound:
    """The time as it is, the time as it would be, and the fee."""
    moving = kin.visit_of(turn, visit)
    rule = visits.fee_to_move(turn.session, turn.company, moving, turn.now)
    day = cards.day(turn, window.astimezone(turn.company.zone).date())
    new = Span(window, window + (moving.ends_at - moving.starts_at))
    lines = [
        (turn.text("moving-from"), cards.when(turn, moving)),
        (turn.text("moving-to"), turn.text("day-and-window", day=day, window=new)),
        (turn.text("card-fee"), cards.fee_rule(turn, rule)),
    ]
    if total != moving.total:
        lines.append((turn.text("moving-total"), turn.text("value-said", value=Money(total))))
    title = turn.text("card-title", reference=moving.reference)
    return Outbound(turn.text("moving-agreed-ask"), card=Card(title, tuple(lines)))


class Moving(Flow):
    """Which visit, which day, which window, and yes."""

    subjects = {"progress": "visit"}

    visit: Reference = ask(one_of(movable_visits), known=only_movable)
    day: date = ask(one_of(days_for_move, other=a_day), check=day_for_move)
    window: datetime = ask(one_of(free_windows_for_move, other=a_new_window), check=is_on_day)
    fee: int = work_out(fee_of_move)
    total: int = work_out(total_of_move)
    agreed: bool = confirm(new_time)

    def done(self, turn: Turn) -> list[Outbound]:
        """Move it; a window that went meanwhile is answered with the nearest ones."""
        visit = kin.visit_of(turn, self.visit)
        coming = underway.coming(turn, visit)
        try:
            visits.move(
                turn.session,
                turn.company,
                visit,
                starts_at=self.window,
                agreed_fee=self.fee,
                agreed_total=self.total,
                now=turn.now,
            )
        except visits.TotalChanged as changed:
            raise AskAgain("total", changed.key) from changed
        except visits.FeeChanged as changed:
            raise AskAgain("fee", "visit-fee-changed") from changed
        except windows.WindowTaken as taken:
            raise AskAgain(
                "window", "window-taken", window_options(turn, taken.nearest, day=self.day)
            ) from taken
        except visits.TooFar as far:
            raise AskAgain("day", far.key, **far.args_) from far
        except (visits.MoveNotAllowed, alarms.Frozen) as no:
            raise Leave(no.key, **no.args_) from no
        turn.about = self.visit
        reminding.plan(turn, visit)
        underway.turn_back(turn, visit, coming)
        offering.offer(turn, visit)
        kin.changed(turn, visit, "kin-moved")
        card = cards.visit_card(turn, visit)
        said = "moving-done-fee" if self.fee else "moving-done"
        return [turn.say(said, fee=Money(self.fee), card=card, choices=cards.visit_choices(turn, visit))]
