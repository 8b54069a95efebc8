"""How long what is kept, and how fast people get what they ask for: a section of the company's file."""

from typing import Annotated

from pydantic import Field, Strict

from core.catalogue import Section
from core.policies import Count


class Rules(Section):
    """What is removed by itself, and when. Photos have their days among the policies."""

    chat_months: Count = 24
    """What was said is kept so long; then its words go, and what became of it stays."""
    location_days: Count = 30
    """Places that people sent are kept so long."""
    door_code_hours: Count = 24
    """A way in that was told for one visit is forgotten so long after it."""
    audit_months: Count = 36
    """Who looked at what is kept so long."""
    fact_days: Count = 180
    """What is so old about a home is asked again before it decides who comes."""
    export_hours: Count = 24
    """A link to one's own data is good once, for so long."""
    erasure_hours: Annotated[int, Strict(), Field(ge=1, le=15 * 24)] = 24
    """So long after they asked for it is what we keep of somebody removed; until then they may change
    their mind."""
