"""People in flight when we deploy: a state of every past edition of every flow still goes on."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot import store
from bot.flows import FLOWS
from core.company import Company
from core.database import transaction
from core.identities import Role
from tests import town
from tests.conftest import Moment
from tests.talk import Person

EDITIONS = Path(__file__).parent / "editions"
FIRST = {
    Role.CUSTOMER: "明天上午九点日常保洁3小时，武侯区科华北路12号",
    Role.WORKER: "我的安排",
    Role.STAFF: "待办",
}
"""What somebody says before their conversation is replaced by the stored one."""
FILES = sorted(EDITIONS.glob("*.json"))


def test_every_edition_of_every_flow_has_a_stored_state() -> None:
    wanted = {f"{flow.key}-{edition}" for flow in FLOWS.values() for edition in range(1, flow.version + 1)}
    assert wanted == {file.stem for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_stored_state_goes_on(file: Path, engine: Engine, company: Company, moment: Moment) -> None:
    with transaction(engine) as session:
        town.furnish(session, company, moment.now)
    roles = FLOWS[file.stem.partition("-")[0]].roles
    role = next(role for role in Role if role in roles)
    person = Person(engine, company, moment, role.value)
    person.says(FIRST[role])
    with transaction(engine) as session:
        held = store.load(session, person.peer, moment.now)
        stored = session.get_one(store.Conversation, held.id)
        stored.state = json.loads(file.read_text(encoding="utf-8"))
    heard = person.says("继续")
    assert heard, "somebody in flight was left without an answer"
    assert heard[-1].body
    form = person.state().form
    assert form is None or form.edition == FLOWS[form.flow].version
