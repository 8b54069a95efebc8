"""What members see of an application: texts, and cards whose buttons can be dead."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class Seen:
    """One thing that a member was shown. `kind` is text, markdown or template_card, `way` pushed or passive.

    `buttons` are (label, key) as long as they can be pressed; `dead` is what stands in their place then.
    """

    kind: str
    text: str
    way: str = "pushed"
    at: float = 0.0
    msgid: str = ""
    task: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    dead: str = ""
    recalled: bool = False
    raw: dict = field(default_factory=dict)

    def change(self, *, dead: str = "", card: dict | None = None) -> None:
        """Show a dead button, or another card in the place of this one."""
        if card is not None:
            self.text, self.buttons, self.facts, self.raw = words(card), buttons(card), facts(card), card
        else:
            self.buttons, self.dead = (), dead


def shown(kind: str, content: dict, *, at: float, msgid: str) -> Seen:
    """How a checked message looks."""
    if kind != "template_card":
        return Seen(kind, content["content"], at=at, msgid=msgid, raw=content)
    return Seen(
        kind,
        words(content),
        at=at,
        msgid=msgid,
        task=content.get("task_id", ""),
        buttons=buttons(content),
        facts=facts(content),
        raw=content,
    )


def words(card: dict) -> str:
    """The title of a card and what stands below it."""
    title = card.get("main_title", {})
    return "\n".join(filter(None, (title.get("title"), title.get("desc"), card.get("sub_title_text"))))


def buttons(card: dict) -> tuple[tuple[str, str], ...]:
    """The buttons that call back."""
    return tuple((one["text"], one["key"]) for one in card.get("button_list", ()))


def facts(card: dict) -> tuple[tuple[str, str], ...]:
    """The lines of a card."""
    lines = card.get("horizontal_content_list", ())
    return tuple((one["keyname"], one.get("value", "")) for one in lines)
