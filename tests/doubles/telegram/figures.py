"""How often and how long, in a few numbers."""

from collections.abc import Iterable


def summary(seconds: Iterable[float]) -> dict:
    """Count, middle, slow end and worst of durations, in seconds."""
    values = sorted(seconds)
    if not values:
        return {"count": 0}
    shares = {f"p{share}": values[min(len(values) - 1, len(values) * share // 100)] for share in (50, 95, 99)}
    return {"count": len(values), **shares, "max": values[-1]}
