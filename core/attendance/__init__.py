"""Who of a crew knows of a visit, is on the way, is there; how that was proved, and how late they came.

A visit goes by the first of its crew: it is on the way when the first sets out, and arrived at when the first
is there. Everybody's own times are kept here.
"""

from core.attendance.arriving import arrive, check_arrival, check_code, code, start_work
from core.attendance.disputing import dispute, is_disputed, settle
from core.attendance.finding import known, of, unconfirmed
from core.attendance.owing import KEPT, keep
from core.attendance.setting_out import check_set_out, expect, set_out
from core.attendance.tables import (
    EXPECTED,
    UNDER_WAY,
    AlreadyOnTheWay,
    AlreadyThere,
    ArrivalCode,
    Attendance,
    Disputed,
    Evidence,
    NoMoreCodes,
    NotThereYet,
    Proof,
    TooEarly,
    TooSoonToSetOut,
    WrongCode,
)

__all__ = [
    "EXPECTED",
    "KEPT",
    "UNDER_WAY",
    "AlreadyOnTheWay",
    "AlreadyThere",
    "ArrivalCode",
    "Attendance",
    "Disputed",
    "Evidence",
    "NoMoreCodes",
    "NotThereYet",
    "Proof",
    "TooEarly",
    "TooSoonToSetOut",
    "WrongCode",
    "arrive",
    "check_arrival",
    "check_code",
    "check_set_out",
    "code",
    "dispute",
    "expect",
    "is_disputed",
    "keep",
    "known",
    "of",
    "set_out",
    "settle",
    "start_work",
    "unconfirmed",
]
