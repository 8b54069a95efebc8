"""People who say anything to us while time passes: what the random talks of this folder have in common."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Self

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test
from sqlalchemy import Engine, func
from sqlmodel import select

from core import clock, correspondence, reminders
from core.company import Company, load
from core.database import transaction
from tests import town
from tests.conftest import Moment
from tests.talk import Person


class Gathering(RuleBasedStateMachine):
    """People in a town of their own, from `start` on, in a new database each time."""

    start: ClassVar[datetime]
    names: ClassVar[Sequence[str]]
    company: Company
    fresh: Callable[[], Engine]

    def __init__(self) -> None:
        super().__init__()
        self.moment = Moment(self.start)
        self.shown = clock.showing(lambda: self.moment.now)
        self.shown.__enter__()
        self.engine = self.fresh()
        with transaction(self.engine) as session:
            town.furnish(session, self.company, self.moment.now)
        self.people = {name: Person(self.engine, self.company, self.moment, name) for name in self.names}

    def teardown(self) -> None:
        self.engine.dispose()
        self.shown.__exit__(None, None, None)

    @invariant()
    def nothing_failed(self) -> None:
        with transaction(self.engine) as session:
            wrong = select(func.count()).where(correspondence.Message.status.in_(["failing", "set_aside"]))
            assert session.exec(wrong).one() == 0
            broken = select(func.count()).where(reminders.Reminder.outcome == "not said: it failed")
            assert session.exec(broken).one() == 0

    @classmethod
    def hold(cls: type[Self], fresh: Callable[[], Engine], *, times: int, steps: int) -> None:
        """Let it happen so many times, in databases that `fresh` makes."""
        machine = type(f"Random{cls.__name__}", (cls,), {"company": load(), "fresh": staticmethod(fresh)})
        rules = settings(
            max_examples=times, stateful_step_count=steps, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(machine, settings=rules)
