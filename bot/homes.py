"""What we know of a home that matters to whoever works in it, in words."""

from bot.flow import Turn
from core.customers import HomeProfile

FACTS = ("pets", "elderly", "infants", "allergy", "female")


def listed_facts(turn: Turn, home: HomeProfile) -> list[str]:
    """What is so there, each in a few words."""
    true = {
        "pets": home.pets,
        "elderly": home.elderly,
        "infants": home.infants,
        "allergy": home.allergy,
        "female": home.worker_gender == "female",
    }
    return [turn.text(f"home-{fact}") for fact in FACTS if true[fact]]
