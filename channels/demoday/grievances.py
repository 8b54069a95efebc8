"""Two complaints on the invented day: how customers say it, and what staff do about it, minute by minute."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session, col, select

from channels.demoday.cast import Cast
from channels.demoday.people import Habit, Phone
from channels.demoday.stage import MINUTE, Stage
from core.complaints import Complaint, Remedy, RemedyStatus, Severity, Status, Step
from core.correspondence import Peer
from core.database import looking
from core.visits import Visit

CLERK, LEAD, MANAGER = 0, 1, 2
"""Where on the staff they stand."""
TOLD = ("opened", "acknowledged", "said", "planned", "offered", "stated", "resolved")
"""What the history of each must tell of."""


@dataclass(frozen=True, slots=True)
class Grievance:
    """What a household complains of, so many minutes after its visit, and how it is answered."""

    after: int
    says: tuple[str, ...]
    member: int
    """Who on the staff has it in the end."""
    taken: int
    """So many minutes until they say so."""
    reply: str
    plan: str
    worth: int
    """What is offered, in yuan."""
    cause: str
    outcome: str


GREASY = Grievance(
    after=10,
    says=("投诉", "厨房灶台还是油的，擦了跟没擦一样"),
    member=CLERK,
    taken=6,
    reply="刘女士您好，我是周敏。灶台的事我看到了，让您失望了，对不起。我马上安排。",
    plan="这次补您一张优惠券；以后到您家，师傅走之前把灶台拍给您看",
    worth=20,
    cause="手艺",
    outcome="优惠券已经记到您名下，灶台也写进了您家的清单，师傅走之前会拍给您看。谢谢您告诉我们。",
)
GAS = Grievance(
    after=20,
    says=("师傅走了以后厨房一股煤气味！",),
    member=MANAGER,
    taken=5,  # two minutes too late: by then it is with the company's owner
    reply="我是客服经理罗凯。请马上关总阀、开窗、别碰电器开关，人先到楼下。燃气公司已经在路上了。",
    plan="燃气公司半小时内上门检查，灶具接口由我们负责修好",
    worth=200,
    cause="流程",
    outcome="燃气公司查过了，是擦灶台时碰松了接口，已经换新并测过不漏。检查和维修都由我们承担。",
)
BY_HOUSEHOLD: Mapping[int, Grievance] = {3: GREASY, 8: GAS}
"""By the position of the household."""


def direct(stage: Stage, cast: Cast, phones: Mapping[Peer, Phone]) -> None:
    """In the morning staff come on duty, and those households plan to say what they will find."""
    for peer in cast.staff:
        stage.soon(180, partial(phones[peer].says, "上班"))
    for number, grievance in BY_HOUSEHOLD.items():
        household = cast.households[number]
        staff = phones[cast.staff[grievance.member]]
        case = Case(stage, grievance, household.customer_id, phones[household.peer], staff)
        with looking(stage.engine) as session:
            visit = session.exec(select(Visit).where(Visit.customer_id == household.customer_id)).one()
        # Somebody adds half an hour, and somebody is late: they complain once they are alone again.
        stage.plan(visit.ends_at + (grievance.after + 30) * MINUTE, case.begin)


class Case:
    """One complaint from the first word to what came of it."""

    def __init__(
        self, stage: Stage, grievance: Grievance, customer_id: int, customer: Phone, staff: Phone
    ) -> None:
        self._stage, self._about, self._customer_id = stage, grievance, customer_id
        self._customer, self._staff = customer, staff

    def begin(self) -> None:
        """The customer says it, and everybody plans what they do next."""
        self._customer.says(*self._about.says)
        while self._customer.is_asked() and self._customer.chooses("直接提交", "没有照片"):
            pass
        steps: tuple[tuple[int, Callable[[], None]], ...] = (
            (0, self._takes),
            (2, self._replies),
            (20, self._plans),
            (45, self._offers),
            (120, self._resolves),
        )
        for minutes, act in steps:
            self._stage.soon(self._about.taken + minutes, act)

    def _number(self) -> str:
        theirs = select(Complaint.id).where(Complaint.customer_id == self._customer_id)
        with looking(self._stage.engine) as session:
            return str(session.exec(theirs.order_by(col(Complaint.id).desc())).first())

    def _opens(self, button: str) -> None:
        """Show the case, and press one of its buttons."""
        number = self._number()
        self._staff.says(f"投诉{number}")
        self._staff.taps(f"go:{button}:{number}")

    def _takes(self) -> None:
        self._staff.taps(f"go:mine:{self._number()}")

    def _replies(self) -> None:
        self._opens("replying")
        self._staff.says(self._about.reply)
        self._staff.chooses("完成")

    def _plans(self) -> None:
        self._opens("planning")
        self._staff.says(self._about.plan, "明天上午十一点")

    def _offers(self) -> None:
        self._opens("remedying")
        self._staff.chooses("优惠券")
        self._staff.says(str(self._about.worth))
        self._staff.taps(f"go:offering:{self._number()}")

    def _resolves(self) -> None:
        self._opens("resolving")
        for label in (self._about.cause, "是我们的问题"):
            self._staff.chooses(label)
        self._staff.says(self._about.outcome)


def _states(phone: Phone, data: str) -> None:
    """A worker says how they saw it."""
    phone.taps(data)
    phone.says("按清单做完的，走之前都看过一遍，没注意到这个。")
    phone.chooses("没有照片")


def _takes_first(phone: Phone, data: str) -> None:
    phone.taps(data)


WORKER = (Habit("go:stating:", 9, _states),)
CUSTOMER = (Habit("go:choosing:", 7, _takes_first),)


class Watch:
    """Looks at every complaint, minute by minute, and keeps what must never be seen."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self.seen = stage, dict[str, None]()

    def look(self) -> None:
        """An open complaint has an owner, and a moment ahead at which somebody looks at it."""
        open_ones = select(Complaint).where(col(Complaint.status) != Status.CLOSED)
        with looking(self._stage.engine) as session:
            for one in session.exec(open_ones):
                if one.owner_id is None and one.rung != "owner":
                    self.seen[f"complaint {one.id} had no owner"] = None
                if one.next_at is None or one.next_at < self._stage.now - MINUTE:
                    self.seen[f"complaint {one.id} had no next deadline"] = None


def missing(session: Session) -> list[str]:
    """What should have happened to the two complaints and did not."""
    found = session.exec(select(Complaint).order_by(col(Complaint.id))).all()
    if {one.customer_id for one in found} and len(found) == len(BY_HOUSEHOLD):
        said = [line for one in found for line in _missing_of(session, one)]
    else:
        said = [f"{len(found)} complaints instead of {len(BY_HOUSEHOLD)}"]
    if not any(one.severity is Severity.S1 for one in found):
        said.append("none of the complaints is urgent")
    climbed = select(Step.id).where(Step.what == "asked", col(Step.words).contains("no tap in time"))
    if session.exec(climbed.limit(1)).first() is None:
        said.append("no complaint climbed because nobody took it in time")
    return said


def _missing_of(session: Session, one: Complaint) -> list[str]:
    told = set(session.exec(select(Step.what).where(Step.complaint_id == one.id)))
    chosen = select(Remedy.id).where(Remedy.complaint_id == one.id, Remedy.status == RemedyStatus.CHOSEN)
    return [
        *(f"complaint {one.id}: nothing of {what}" for what in TOLD if what not in told),
        *([] if session.exec(chosen).first() else [f"complaint {one.id}: nothing was chosen"]),
        *([] if one.status is Status.RESOLVED else [f"complaint {one.id} is {one.status}"]),
    ]
