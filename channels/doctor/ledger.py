"""Members' points: whether every balance is what its entries say."""

from sqlmodel import Session

from channels.doctor.findings import Finding, ok, problem
from core.members import checking


def points(session: Session) -> Finding:
    """Compute what is left of the newest lots anew."""
    found = checking.check(session)
    if found.faults:
        return problem(
            "points",
            "; ".join(found.faults),
            "Balances are sums, so nobody loses by it. Report it, with `menling points show`.",
        )
    return ok("points", f"{found.lots} lots computed anew, all agree")
