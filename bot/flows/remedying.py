"""Staff offer the customer of a complaint something to make it good, and those above say yes or no to it."""

from typing import Any

from bot.answers import free_text
from bot.desk import leave
from bot.flow import Flow, Option, Options, Reader, Turn, ask, one_of
from bot.handling import acting, view, wording
from bot.messages import Card, Content, Outbound, Text
from bot.readers import numbers
from bot.texts import Money
from bot.verdicts import AskAgain, Leave, Retry
from core.complaints import RemedyKind, Rung, finding, remedies
from core.complaints.remedies import RemedyGone, RemedyUnfit, TooManyOffers
from core.errors import DomainError
from core.identities import Role

WHOLE = 100
"""Amounts are kept in hundredths while they are asked for: of a yuan, or of a point."""
POINTS = tuple(points * WHOLE for points in (100, 200, 300, 500))
MONEY = tuple(yuan * WHOLE for yuan in (20, 30, 50, 100))
SHOWN = 6
MOST = 100_000_00
YES, NO = "yes", "no"


def kinds(turn: Turn, case: int) -> Options[RemedyKind]:
    """What can be offered for this complaint; what is rare has to be typed."""
    fitting = remedies.fitting(turn.session, turn.company, finding.find(turn.session, case))
    order = (
        RemedyKind.REDO, RemedyKind.COUPON, RemedyKind.REFUND, RemedyKind.POINTS, RemedyKind.REPLACE,
        RemedyKind.INSURANCE, RemedyKind.APOLOGY,
    )  # fmt: skip
    found = [one for one in order if one in fitting]
    return [
        Option(one, turn.text(f"remedying-kind-{one.value}"), shown=place < SHOWN)
        for place, one in enumerate(found)
    ]


def is_paid(_turn: Turn, kind: RemedyKind) -> bool:
    """Whether an amount is to be named."""
    return wording.is_paid(kind)


def amounts(turn: Turn, kind: RemedyKind) -> Options[int]:
    """Amounts that are usual."""
    usual = POINTS if kind is RemedyKind.POINTS else MONEY
    return [Option(one, _word(turn, one, kind)) for one in usual]


def _read(turn: Turn, content: Content) -> int | None:
    value = numbers.read(content.body, turn.language) if isinstance(content, Text) else None
    if value is None:
        return None
    amount = round(value * WHOLE)
    if not 0 < amount <= MOST:
        raise Retry("remedying-amount-unlikely")
    return amount


def _word(turn: Turn, amount: int, kind: RemedyKind) -> str:
    if kind is RemedyKind.POINTS:
        return turn.text("remedying-points", amount=amount // WHOLE)
    return turn.text("remedying-money", amount=Money(amount))


an_amount: Reader[int] = Reader(_read, amount=True, whole=True, worded=_word)


def may_give(turn: Turn, case: int) -> Card:
    """What was offered so far, and what they may promise themselves."""
    complaint = finding.find(turn.session, case)
    said = wording.remedies_line(turn, complaint)
    lines = ((turn.text("case-offers"), said),) if said else ()
    title = turn.text("case-number", number=str(case))
    return Card(title, lines, wording.authority(turn, turn.identity.staff_id or 0))


class Remedying(Flow):
    """Which complaint, what, and how much of it."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    kind: RemedyKind = ask(one_of(kinds), card=may_give)
    amount: int = ask(one_of(amounts, other=an_amount), when=is_paid)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """`NUMBER` or `NUMBER:HUNDREDTHS`, as a button or a typed command brings along."""
        amount = argument.partition(":")[2]
        more = {"amount": int(amount)} if amount.isdecimal() else {}
        return acting.opened(turn, argument) | more

    def done(self, turn: Turn) -> list[Outbound]:
        """Put it on the list, or ask those above."""
        try:
            complaint = acting.case_of(turn, self.case)
            made = remedies.propose(
                turn.session,
                turn.company,
                complaint,
                turn.identity.staff_id or 0,
                kind=self.kind,
                amount=(self.amount or 0) // (WHOLE if self.kind is RemedyKind.POINTS else 1),
                now=turn.now,
            )
        except (RemedyUnfit, TooManyOffers) as no:
            raise AskAgain("kind", no.key, **no.args_) from no
        except DomainError as no:
            raise leave(no) from no
        return [acting.proposed(turn, complaint, made)]


def drafts(turn: Turn, case: int) -> Options[int]:
    """What waits for a yes."""
    found = remedies.drafted(turn.session, finding.find(turn.session, case))
    if not found:
        raise Leave("approving-none")
    return [Option(one.id or 0, wording.remedy(turn, one)) for one in found]


def only_draft(turn: Turn, case: int) -> int | None:
    """The one that must be meant."""
    found = drafts(turn, case)
    return found[0].value if len(found) == 1 else None


def verdicts(turn: Turn) -> Options[str]:
    """Yes or no."""
    return [Option(one, turn.text(f"approving-verdict-{one}")) for one in (YES, NO)]


def draft(turn: Turn, case: int, remedy: int) -> Card:
    """The draft to be decided about, who proposed it, and what the complaint says."""
    one = remedies.find(turn.session, remedy, case)
    lines = (
        (turn.text("approving-what"), wording.remedy(turn, one)),
        (turn.text("approving-who"), wording.member(turn, one.proposed_by)),
        (
            turn.text("complaint-card-words"),
            view.cut(finding.find(turn.session, case).words) or turn.text("case-no-words"),
        ),
    )
    return Card(turn.text("case-number", number=str(case)), lines)


def takes_owner(turn: Turn, case: int, remedy: int, verdict: str) -> bool:
    """Whether the company's owner has to be rung up first."""
    return verdict == YES and remedies.find(turn.session, remedy, case).needs is Rung.OWNER


def is_no(_turn: Turn, verdict: str) -> bool:
    """Whether a reason is owed."""
    return verdict == NO


def may_decide(turn: Turn, case: int, remedy: int) -> None:
    """Raises `Leave` for whoever may not promise that much either."""
    one = remedies.find(turn.session, remedy, case)
    if not remedies.may_approve(remedies.authority(turn.session, turn.identity.staff_id or 0), one):
        raise Leave("complaint-beyond", rung=one.needs.value)


class Approving(Flow):
    """Which draft, yes or no; on whose word if it takes the company's owner, and why not."""

    roles = frozenset({Role.STAFF})

    case: int = ask(acting.a_case, check=acting.may_see)
    remedy: int = ask(one_of(drafts), known=only_draft, check=may_decide)
    verdict: str = ask(one_of(verdicts), card=draft)
    word_of: str = ask(free_text(60), when=takes_owner)
    reason: str = ask(free_text(200), when=is_no)

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: as in `Flow`
        """The complaint of a button, or the one they looked at last."""
        return acting.opened(turn, argument)

    def done(self, turn: Turn) -> list[Outbound]:
        """Decide, and tell whoever proposed it."""
        session, company, staff_id = turn.session, turn.company, turn.identity.staff_id or 0
        try:
            complaint = acting.case_of(turn, self.case)
            one = remedies.find(session, self.remedy, self.case)
            if self.verdict == YES:
                word = self.word_of or ""
                remedies.approve(session, company, complaint, one, staff_id, on_word_of=word, now=turn.now)
            else:
                remedies.withdraw(
                    session, company, complaint, one, staff_id, reason=self.reason, now=turn.now
                )
        except RemedyGone as no:
            raise Leave("approving-before", status=no.args_["status"]) from no
        except DomainError as no:
            raise leave(no) from no
        return [acting.decided(turn, complaint, one, self.verdict, self.reason or "")]
