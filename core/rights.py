"""Who may know what of a customer, and when: the one place that decides."""

from datetime import datetime, timedelta

DOOR_SHOWN_BEFORE = timedelta(hours=24)
DOOR_SHOWN_AFTER = timedelta(hours=2)


def worker_knows_door(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether the workers of a visit may know the address and the way in; before and after, the district.

    A customer's number they never see: the two write to each other through us.
    """
    return starts_at - DOOR_SHOWN_BEFORE <= now <= ends_at + DOOR_SHOWN_AFTER
