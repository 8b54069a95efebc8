"""A stand-in for the Telegram Bot API: a real server, and people who write to the bot and see its answers."""

from tests.doubles.telegram.chats import Seen
from tests.doubles.telegram.double import Call, Double
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Did, Person
from tests.doubles.telegram.rates import Rates

__all__ = ["Call", "Did", "Double", "Group", "Person", "Rates", "Seen"]
