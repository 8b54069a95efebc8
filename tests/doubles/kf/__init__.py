"""A stand-in for WeCom's customer service: accounts, customers who write from WeChat, and what they see."""

from tests.doubles.kf.customers import Customer, Shown
from tests.doubles.kf.double import Double

__all__ = ["Customer", "Double", "Shown"]
