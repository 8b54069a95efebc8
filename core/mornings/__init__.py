"""What staff should know before the day begins: when they are told, and what there is to see to."""

from core.mornings.looking import KIND, MOST, Morning, is_over, look, make_up, next_at, plan

__all__ = ["KIND", "MOST", "Morning", "is_over", "look", "make_up", "next_at", "plan"]
