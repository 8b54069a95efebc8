"""A stand-in for the WeChat Official Account platform: a real server, and people who write and see."""

from tests.doubles.wechat.callbacks import Callback, Delivery
from tests.doubles.wechat.double import Call, Double
from tests.doubles.wechat.people import Person
from tests.doubles.wechat.screens import BANNER, Seen

__all__ = ["BANNER", "Call", "Callback", "Delivery", "Double", "Person", "Seen"]
