"""What everybody does on the invented day: the usual, and by the number of the household the unusual."""

from collections.abc import Callable, Mapping
from functools import partial

from sqlmodel import Session, select

from bot.messages import Place
from channels.demoday import grievances
from channels.demoday.cast import Cast, Household
from channels.demoday.people import Habit, Phone
from channels.demoday.stage import MINUTE, Stage
from core import visits
from core.correspondence import Peer
from core.database import looking
from core.timeline import Entry
from core.visits import Visit

VISITS_A_DAY = 4
HOURS = ("八点", "十一点", "下午两点", "下午五点")
FOLLOWED = 3
"""The household whose phone is shown in the demo; by their position, as all below."""
EXTRA, LATE, SILENT, DROPPED, DISPUTED = 3, 6, 11, 17, 20
"""Something is added; a worker is late and says so; one is late without a word; one cannot come; one says
that they are there, and the customer sees nobody."""
AS_USUAL = -1
SIGNS = ("extra-agreed", "replaced", "disputed", "complaint-opened")
"""What the stories of the day must tell of."""


def hand_out(stage: Stage, cast: Cast) -> dict[Peer, Phone]:
    """A phone for everybody, with the habits of people like them."""
    phones = {peer: Phone(stage, peer, (*WORKER, *grievances.WORKER)) for peer in cast.workers.values()}
    phones |= {peer: Phone(stage, peer, STAFF) for peer in cast.staff}
    habits = (*CUSTOMER, *grievances.CUSTOMER)
    phones |= {home.peer: Phone(stage, home.peer, habits) for home in cast.households}
    return phones


def book(stage: Stage, cast: Cast, phones: Mapping[Peer, Phone]) -> None:
    """On the eve every household books a visit for tomorrow, one after the other, by talking."""
    for number, home in enumerate(cast.households):
        talk = partial(_books, phones[home.peer], HOURS[number % len(HOURS)])
        stage.soon(5 * number, talk)


def _books(phone: Phone, hour: str) -> None:
    phone.says(f"明天{hour}日常保洁2小时")
    while phone.is_asked():
        if not phone.chooses("确认预约", "不用", "没有", "都可以"):
            phone.chooses("")


def direct(stage: Stage, cast: Cast, phones: Mapping[Peer, Phone]) -> None:
    """In the morning everybody plans what they do about each visit of the day."""
    for number, home in enumerate(cast.households):
        attend(stage, cast, phones, home, number)
    grievances.direct(stage, cast, phones)


def attend(stage: Stage, cast: Cast, phones: Mapping[Peer, Phone], home: Household, number: int) -> None:
    """Let those who attend a household's visit, as it stands now, plan their part in it."""
    with looking(stage.engine) as session:
        visit = session.exec(select(Visit).where(Visit.customer_id == home.customer_id)).one()
        workers = [worker.id or 0 for _, worker in visits.crew(session, visit)]
    for id in workers:
        Visiting(stage, visit, home, phones[cast.workers[id]], phones[home.peer]).plan(number)
    if number == DROPPED:
        # By then somebody else comes, who goes about it as usual.
        again = partial(attend, stage, cast, phones, home, AS_USUAL)
        stage.plan(visit.starts_at - 60 * MINUTE, again)


class Visiting:
    """One worker's part in one visit."""

    def __init__(self, stage: Stage, visit: Visit, home: Household, worker: Phone, customer: Phone) -> None:
        self._stage, self._home, self._worker, self._customer = stage, home, worker, customer
        self._visit = visit

    def plan(self, number: int) -> None:
        """The usual course, and what goes wrong at the household of that number."""
        if number == DROPPED:
            self._at(-150, self._drops_out)
            return
        late = {LATE: 20, SILENT: 36}.get(number, -2)
        if number != SILENT:
            self._at(-45, self._sets_out)
        if number == LATE:
            self._at(1, self._is_late)
        if number == DISPUTED:
            self._at(-5, self._arrives_next_door)
            late = 9
        self._at(late, self._arrives)
        self._at(late + 2, partial(self._does, "starting", "开始"))
        if number == EXTRA:
            self._at(40, self._adds)
        extra = 30 if number == EXTRA else 0
        self._at(108 + extra + max(0, late), self._ticks)
        self._at(116 + extra + max(0, late), partial(self._does, "finishing", "做完了"))

    def _at(self, minutes: int, act: Callable[[], object]) -> None:
        """Let the worker do something so many minutes after the start, as it stands in the morning."""
        self._stage.plan(self._visit.starts_at + minutes * MINUTE, act)

    def _does(self, name: str, words: str) -> None:
        """Press the visit's own button, or type what people type who cannot find it."""
        if not self._worker.taps(f"go:{name}:{self._visit.reference}"):
            self._worker.says(words)

    def _sets_out(self) -> None:
        self._does("departing", "出发了")
        self._worker.chooses("30")

    def _is_late(self) -> None:
        self._does("delaying", "晚点到")
        self._worker.chooses("20")

    def _arrives(self) -> None:
        self._does("arriving", "到了")
        self._worker.sends(Place(self._home.latitude, self._home.longitude))

    def _arrives_next_door(self) -> None:
        """They stand at the next house, near enough, and the customer sees nobody."""
        self._does("arriving", "到了")
        self._worker.sends(Place(self._home.latitude + 0.002, self._home.longitude))
        self._stage.soon(2, partial(self._customer.taps, "go:notthere:"))
        self._stage.soon(8, partial(self._customer.taps, "go:foundthem:"))

    def _ticks(self) -> None:
        self._does("checklist", "清单")
        for _ in range(20):
            if not self._worker.chooses("全部做完"):
                break

    def _adds(self) -> None:
        self._does("adding", "加时")
        self._worker.chooses("30")
        self._worker.chooses("比说的脏")

    def _drops_out(self) -> None:
        self._does("dropping", "来不了")
        self._worker.chooses("11:00")
        self._worker.chooses("身体", "生病")
        self._worker.chooses("确定来不了")


def missing(session: Session) -> list[str]:
    """What should have gone wrong and did not, by the stories of the day."""
    told = set(session.exec(select(Entry.what).distinct()).all())
    return [
        *(f"no story tells of {sign}" for sign in SIGNS if sign not in told),
        *grievances.missing(session),
    ]


def _taps(phone: Phone, data: str) -> None:
    phone.taps(data)


CUSTOMER = (
    Habit("go:extrayes:", 3, _taps),
    Habit("go:replacing:", 6, _taps),
    Habit("go:keepwaiting:", 2, _taps),
    Habit("go:accept:", 4, _taps),
)
WORKER = (
    Habit("go:accepting:", 3, _taps),
    Habit("go:confirmday:", 12, _taps),
    Habit("go:paid:", 2, _taps),
    Habit("go:unchanged:", 3, _taps),
)
STAFF: tuple[Habit, ...] = ()
