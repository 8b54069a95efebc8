"""Offers: whoever is pencilled in for a visit is asked whether they take it, and then the next."""

from core.offers.answering import accept, declinable, decline, expire
from core.offers.finding import is_accepted, of_visit, of_worker, open_of_worker, record
from core.offers.making import ENDS, TELLS, make, settle, told, withdraw
from core.offers.tables import (
    ALLOWED,
    REFUSED,
    STANDING,
    AlreadyDeclined,
    AlreadyYours,
    Asked,
    Busy,
    Mode,
    NoLongerStands,
    Offer,
    Passed,
    Record,
    Status,
    Taken,
    UnknownOffer,
    WentElsewhere,
)
from core.offers.waking import telling_at

__all__ = [
    "ALLOWED",
    "ENDS",
    "REFUSED",
    "STANDING",
    "TELLS",
    "AlreadyDeclined",
    "AlreadyYours",
    "Asked",
    "Busy",
    "Mode",
    "NoLongerStands",
    "Offer",
    "Passed",
    "Record",
    "Status",
    "Taken",
    "UnknownOffer",
    "WentElsewhere",
    "accept",
    "declinable",
    "decline",
    "expire",
    "is_accepted",
    "make",
    "of_visit",
    "of_worker",
    "open_of_worker",
    "record",
    "settle",
    "telling_at",
    "told",
    "withdraw",
]
