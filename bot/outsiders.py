"""Those who pass complaints on to us, as staff name them and as they are told."""

from bot import words
from bot.flow import Turn
from core.complaints import Complaint, outside
from core.complaints.outside import BETWEEN, Body


def reference(said: str) -> str:
    """What staff typed as the reference, kept so that whoever it is of can be told from it."""
    plain = " ".join(said.replace(BETWEEN.strip(), " ").split())
    found = words.within(plain, "outside")
    if found is None:
        return plain
    body = Body(found)
    called = sorted((body.value, *words.raw("outside", found)), key=len, reverse=True)
    name = next((one for one in called if plain.casefold().startswith(one.casefold())), "")
    return f"{body.value} {plain[len(name) :].strip()}".strip()


def line(turn: Turn, complaint: Complaint) -> str:
    """Through whom a complaint came, by which numbers, and until when they want it done; "" for nobody."""
    said = [
        turn.text("outside-reference", body=turn.text(f"outside-{body.value}"), number=number)
        if body is not None
        else number
        for body, number in outside.split(complaint.outside_reference)
    ]
    if complaint.outside_by is None or not said:
        return turn.text("list-mark").join(said)
    return turn.text("outside-until", who=turn.text("list-mark").join(said), by=complaint.outside_by)
