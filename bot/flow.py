"""How a conversation is written down: a class with one typed line per question, in the order it is held."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from typing import Any, ClassVar, Generic, Literal, NewType, TypeVar, cast, get_type_hints, overload
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel import Session

from bot import texts, wall
from bot.messages import Card, Choice, Content, Door, Outbound
from bot.readers import phones
from core import customers, households, rights
from core.company import Company
from core.customers import Address, Customer, HomeProfile
from core.identities import Identity, Role, Speaker
from core.rights import Field
from core.staff import Rank, StaffMember
from core.ways import FREE, Accounts, Limits

T = TypeVar("T")
Hook = Callable[..., Any]  # Any: what a hook returns depends on where it is used; `ask` is typed for each
Json = Any  # Any: an answer in JSON form, as pydantic makes and reads it
Upgrade = Callable[[dict[str, Json]], dict[str, Json]]
Reference = NewType("Reference", str)
"""What people call a visit by, as printed on its card."""


@dataclass(slots=True)
class Turn:
    """What one message may use: the open transaction, who speaks, and the company. Sends nothing itself."""

    session: Session
    company: Company
    identity: Identity | Speaker
    language: str
    now: datetime
    content: Content
    sent_at: datetime | None = None
    """When the person did it, where the channel says so; `now` may be later, after an outage."""
    limits: Limits = FREE
    """How the account that the person speaks with may write to them."""
    zone: ZoneInfo | None = None
    """The clock of the customer who is spoken to, where it is not the company's."""
    accounts: Accounts = field(default_factory=dict)
    """How each account of ours may write to people, where somebody is told elsewhere."""
    told: list[tuple[Identity, Outbound]] = field(default_factory=list)
    """What other people are to be told because of this turn."""
    unseen: frozenset[int] = frozenset()
    """Customers who notice nothing in any chat of theirs just now: what they are told goes by e-mail too."""
    letters: list[tuple[int, Outbound]] = field(default_factory=list)
    """What they are told by e-mail because of this turn, by their number."""
    taps: Literal["yes", "no"] = "yes"
    """Whether there are buttons where it is read, as wording selects by it; in an e-mail there are none."""
    found: dict[Hashable, Any] = field(default_factory=dict)  # Any: what each search finds
    """What was looked up already in this turn, so that one message asks the database once."""
    doors: Sequence[Door] = ()
    """The chats with us that are open somewhere now."""
    leads: tuple[str, str] | None = None
    """The flow that begins right after an enquiry was answered or a form is done, and what it is told."""
    gives_back: list[tuple[Identity, "Callable[[Turn], Outbound]"]] = field(default_factory=list)
    """Whom the bot talks with again because of this turn, and what it says to them first."""
    about: Reference | None = None
    """The visit this turn was about, so that a late press of its buttons can show how it stands."""
    complained: int | None = None  # the complaint that this turn opened or added to, by its number
    case: int | None = None  # the complaint that staff looked at last, which what they type is about

    @property
    def role(self) -> Role:
        """In which role the person speaks."""
        return self.identity.role

    @property
    def rank(self) -> Rank | None:
        """As what the person is on the staff; None for who is not."""
        member = self.session.get(StaffMember, self.identity.staff_id) if self.identity.staff_id else None
        return member.role if member and self.role is Role.STAFF else None

    def sees(self, field: Field) -> bool:
        """Whether the person may see that of a customer, as a member of staff."""
        return rights.sees(self.rank, field)

    @property
    def customer(self) -> Customer:
        """The customer who speaks, in flows that only customers can start."""
        return self.session.get_one(Customer, self.customer_id)

    @property
    def customer_id(self) -> int:
        """Whose turn it is, in flows that only customers can start."""
        return cast(int, self.identity.customer_id)

    @property
    def worker_id(self) -> int:
        """Whose turn it is, in flows that only workers can start."""
        return cast(int, self.identity.worker_id)

    def home(self, address: int) -> Address:
        """An address to which the speaker may book, read once in a turn. Raises `UnknownAddress`."""
        return self.once(("home", address), partial(households.home, self.session, self.customer_id, address))

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What `find` finds, looked up once in a turn."""
        return cast(T, self.found[key] if key in self.found else self.found.setdefault(key, find()))

    @property
    def household(self) -> HomeProfile:
        """What the speaker told of their home, read once in a turn."""
        return self.once("household", partial(customers.home, self.session, self.customer_id))

    @property
    def house_phone(self) -> str:
        """The company's number as people dial it here."""
        return phones.dialled(self.company.phone, self.company.country)

    def text(self, key: str, /, **args: object) -> str:
        """The line for `key` in the person's language; moments are said as `local` has them."""
        return texts.say(self.language, key, **{name: self.local(value) for name, value in args.items()})

    def has(self, key: str) -> bool:
        """Whether there is wording of its own for `key`, so that a general one need not serve."""
        return texts.has(self.language, key)

    def say(
        self, key: str, /, *, choices: Sequence[Choice] = (), card: Card | None = None, **args: object
    ) -> Outbound:
        """A message with the line for `key`."""
        return Outbound(self.text(key, **args), tuple(choices), card, language=self.language)

    def local(self, value: object) -> object:
        """The same value, with moments as the clock shows them by which it is said to this person."""
        return wall.local(value, self.company.zone, self.zone)

    def tell(
        self, identities: Collection[Identity], language: str, make: "Callable[[Turn], Outbound]"
    ) -> None:
        """Say something to other people too, in their language and in this same transaction."""
        zone = wall.of(self.session, self.company, *identities)
        message = make(replace(self, language=language, zone=zone, told=[], gives_back=[]))
        self.told.extend((identity, message) for identity in identities)


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One answer on offer: its value, its label, and other words for it."""

    value: T
    label: str
    words: tuple[str, ...] = ()
    shown: bool = True
    """Whether it gets a button; one without is still understood when it is typed."""


Options = Sequence[Option[T]]


@dataclass(frozen=True, slots=True)
class Reader(Generic[T]):
    """What people send, as a value.

    `read` takes the whole message as the answer, `spot` finds a sure one in passing.
    """

    read: Callable[..., T | None]
    spot: Callable[..., T | None] | None = None
    """Both are called with the turn, what was sent, and the earlier answers their other parameters name."""
    options: Hook | None = None
    several: bool = False
    """Whether more than one option may be chosen; the value is then a tuple."""
    amount: bool = False
    """Whether a bare number is the answer itself rather than the number of an option."""
    worded: Callable[..., str] | None = None
    """How the value is read back, where it is not to be said as it is.

    Called with the turn, the value, and the earlier answers that its other parameters name.
    """
    silent: bool = False
    """Whether the value only leads to the next question, so that it is not read back."""
    whole: bool = False
    """Whether the message belongs to this answer alone, so that no other question looks into it."""
    gathers: bool = False  # one thing after the other, until they say that it is all; the value is a tuple
    shares: Literal["contact", "place"] | None = None
    """What platforms with a button for it may give as the answer."""
    voice: bool = False
    """Whether a recording will do that nobody wrote down."""
    any_will_do: Hook | None = None  # called with the values shown: the one that "any of them" takes
    hint: Callable[[Turn, str], bool] | None = None
    """Whether words hold something for it, while an earlier answer lacks that `spot` needs."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a flow, with what it needs to know before it can be asked."""

    name: str
    reader: Reader[Any]  # Any: each question has its own type; `adapter` holds it
    adapter: TypeAdapter[Any]
    check: Hook | None
    known: Hook | None
    when: Hook | None
    skippable: bool
    summary: Hook | None
    worked_out: Hook | None
    card: Hook | None
    needs: frozenset[str]

    @property
    def is_consent(self) -> bool:
        """Whether this is the yes at the end, which nothing may fill in but the person."""
        return self.summary is not None


@dataclass(frozen=True, slots=True)
class _Line:
    """A question as the class body wrote it, before the class gave it a name and a type."""

    reader: Reader[Any]
    check: Hook | None = None
    known: Hook | None = None
    when: Hook | None = None
    skippable: bool = False
    summary: Hook | None = None
    worked_out: Hook | None = None
    card: Hook | None = None

    def wants(self) -> list[tuple[Hook, list[str]]]:
        """Every hook with the names of the answers it wants."""
        own = (self.check, self.known, self.when, self.summary, self.worked_out, self.card)
        readers = (self.reader.read, self.reader.spot)
        return [
            *((hook, list(parameters(hook))[1:]) for hook in (self.reader.options, *own) if hook),
            *((hook, list(parameters(hook))[2:]) for hook in readers if hook),
        ]


@overload
def ask(
    reader: Reader[T],
    *,
    check: Callable[..., None] | None = None,
    known: Callable[..., T | None] | None = None,
    when: Callable[..., bool] | None = None,
    card: Callable[..., Card | None] | None = None,
    skippable: Literal[False] = False,
) -> T: ...
@overload
def ask(
    reader: Reader[T],
    *,
    check: Callable[..., None] | None = None,
    known: Callable[..., T | None] | None = None,
    when: Callable[..., bool] | None = None,
    card: Callable[..., Card | None] | None = None,
    skippable: Literal[True],
) -> T | None: ...
def ask(
    reader: Reader[Any],
    *,
    check: Hook | None = None,
    known: Hook | None = None,
    when: Hook | None = None,
    card: Hook | None = None,
    skippable: bool = False,
) -> Any:
    """A question. Hooks are plain functions of the turn; their other parameters name earlier answers.

    `check` raises `Retry` or `AskAgain`; `known` gives an answer we have already; `when` says whether the
    question applies at all; `card` shows facts to choose by. A skipped question's answer is None.
    """
    return _Line(reader, check, known, when, skippable, card=card)


def one_of(options: Callable[..., Options[T]], other: Reader[T] | None = None) -> Reader[T]:
    """One of the answers on offer, or, with `other`, something typed instead."""
    if other is None:
        return Reader(lambda _turn, _content: None, options=options)
    return replace(other, options=options)


def several_of(options: Callable[..., Options[T]]) -> Reader[tuple[T, ...]]:
    """Any number of the answers on offer, also none."""
    return Reader(lambda _turn, _content: None, options=options, several=True)


def confirm(summary: Callable[..., Outbound]) -> bool:
    """The yes at the end.

    `summary` shows everything that is agreed to; nobody's consent is ever filled in.
    """
    return cast(bool, _Line(Reader(lambda _turn, _content: None), summary=summary))


def work_out(hook: Callable[..., T]) -> T:
    """A value that is never asked but found from earlier answers, and found anew when those change."""
    return cast(T, _Line(Reader(lambda _turn, _content: None), worked_out=hook))


class Flow(ABC):
    """A conversation that fills a form. Subclasses list their questions; `done` receives a complete form.

    A flow that goes on from another one's questions is a subclass of it: those come first.

    A renamed or retyped answer raises `version` and gives `upgrades` an entry from the version before.
    """

    key: ClassVar[str]
    """How state, buttons and wording call the flow."""
    roles: ClassVar[frozenset[Role]] = frozenset({Role.CUSTOMER})
    questions: ClassVar[Mapping[str, Question]]
    subjects: ClassVar[Mapping[str, str]] = {}
    """Which answer a question of theirs in mid-form is about, by the name of the enquiry."""
    unclear: ClassVar[frozenset[str]] = frozenset()
    """Interruptions whose words could just as well be an answer here, so that they are asked about."""
    in_passing: ClassVar[bool] = False
    """Whether it is asked by the way: nobody is reminded of it, and it gives way to whatever else begins."""
    once: ClassVar[bool] = False
    """Whether it is never asked again, not even after something else was answered meanwhile."""
    at_the_end: ClassVar[tuple[str, ...]] = ()
    """Questions that get a button beside the yes, because people often want another answer there."""
    no_leaves: ClassVar[bool] = (
        False  # a no at the end means that nothing is done, not that something is changed
    )
    urgent: ClassVar[bool] = False  # may be sent at any question; what is said belongs to it where it can
    version: ClassVar[int] = 1
    upgrades: ClassVar[Mapping[int, Upgrade]] = {}

    def __init_subclass__(cls) -> None:
        cls.key = cls.__name__.lower()
        hints = get_type_hints(cls)
        known = [vars(kind).items() for kind in reversed(cls.__mro__)]
        lines = {name: line for items in known for name, line in items if isinstance(line, _Line)}
        if taken := set(lines) & set(dir(Flow)):
            raise TypeError(f"{cls.__name__} has a question called {min(taken)}, which a flow needs itself")
        questions: dict[str, Question] = {}
        for name, line in lines.items():
            questions[name] = Question(
                name=name,
                reader=line.reader,
                adapter=TypeAdapter(hints[name]),
                check=line.check,
                known=line.known,
                when=line.when,
                skippable=line.skippable,
                summary=line.summary,
                worked_out=line.worked_out,
                card=line.card,
                needs=_needs(cls, name, line, tuple(questions)),
            )
        cls.questions = questions
        if missing := set(range(1, cls.version)) - set(cls.upgrades):
            raise TypeError(f"{cls.__name__} lacks an upgrade from edition {min(missing)}")

    @abstractmethod
    def done(self, turn: Turn) -> list[Outbound]:
        """Do what was agreed; runs in a savepoint, so when it raises `AskAgain` nothing it wrote remains."""

    def again(self) -> str | None:
        """The question that is asked once more after `done`, instead of closing the form."""
        return None

    @classmethod  # noqa: B027 - a hook, not a duty: most flows keep nothing
    def left(cls, turn: Turn) -> None:
        """The person walked away from the form: let go of what was kept for them."""

    @classmethod
    def start(cls, turn: Turn, argument: str) -> dict[str, Any]:  # Any: answers by question, typed by each
        """The answers that a button or link brought along; by default the first question's."""
        return {next(iter(cls.questions)): argument} if argument else {}


def _needs(flow: type[Flow], name: str, line: _Line, earlier: tuple[str, ...]) -> frozenset[str]:
    """The earlier answers that a question's hooks ask for; refuses a hook that needs a later one.

    A yes at the end is a yes to everything before it, whatever its summary mentions.
    """
    needs: set[str] = set(earlier) if line.summary else set()
    for hook, wanted in line.wants():
        allowed = {*earlier, name} if hook is line.check else set(earlier)
        if late := set(wanted) - allowed:
            raise TypeError(f"{flow.__name__}.{name} needs {sorted(late)}, which is not answered before it")
        needs |= {*wanted} - {name}
    return frozenset(needs)


def call(hook: Hook, turn: Turn, answers: Mapping[str, Any], *given: object) -> Any:  # Any: see Hook
    """Call a hook with the earlier answers that its parameters name; an unasked one is None."""
    names = parameters(hook)[1 + len(given) :]
    return hook(turn, *given, **{name: answers.get(name) for name in names})


@cache
def parameters(hook: Hook) -> tuple[str, ...]:
    """The names of what a hook wants, the turn included."""
    return tuple(inspect.signature(hook).parameters)
