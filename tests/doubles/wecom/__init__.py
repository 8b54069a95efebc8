"""A stand-in for WeCom's platform: a real server, and members who write, press and see."""

from tests.doubles.wechat.callbacks import Callback, Delivery
from tests.doubles.wecom.double import Double
from tests.doubles.wecom.members import Member
from tests.doubles.wecom.screens import Seen

__all__ = ["Callback", "Delivery", "Double", "Member", "Seen"]
