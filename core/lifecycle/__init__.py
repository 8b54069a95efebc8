"""How close each customer is to us, what they are worth, and what is kindly said to them because of it."""

from core.lifecycle.tables import CareTask, Contract, Lifecycle, Segment, Stage, Suggestion, note

__all__ = ["CareTask", "Contract", "Lifecycle", "Segment", "Stage", "Suggestion", "note"]
