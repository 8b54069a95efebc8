"""Every conversation as it is written down, drawn from the flows themselves, so never out of date."""

from collections.abc import Iterator

from bot import texts
from bot.flow import Flow, Question
from bot.flows import FLOWS


def mermaid() -> str:
    """All flows as Mermaid state diagrams, one after the other, with their transitions."""
    return "\n\n".join("\n".join(_drawn(flow)) for flow in FLOWS.values())


def _drawn(flow: type[Flow]) -> Iterator[str]:
    yield f"---\ntitle: {flow.key} (edition {flow.version}): {(flow.__doc__ or '').splitlines()[0]}\n---"
    yield "stateDiagram-v2"
    questions = list(flow.questions.values())
    yield f"    [*] --> {questions[0].name}"
    for place, question in enumerate(questions):
        following = questions[place + 1].name if place + 1 < len(questions) else "done"
        yield f"    {question.name} --> {following}: {_way_on(question)}"
        if question.when and following != "done":
            before = questions[place - 1].name
            yield f"    {before} --> {following}: {question.name} does not apply"
        if question.skippable:
            yield f"    {question.name} --> {following}: skip"
        for later in questions:
            if question.name in later.needs and not later.is_consent:
                yield f"    {later.name} --> {question.name}: changed, asks {later.name} anew"
        if not question.worked_out and place:
            yield f"    {question.name} --> {questions[place - 1].name}: back"
    yield f"    {questions[-1].name} --> [*]: cancel"
    yield "    done --> [*]"


def _way_on(question: Question) -> str:
    if question.is_consent:
        return "yes"
    if question.worked_out:
        return "worked out"
    return "known or answered" if question.known else "answered"


def words(language: str) -> str:
    """All flows with their questions as people read them, for those who do not read Python."""
    return "\n\n".join("\n".join(_told(flow, language)) for flow in FLOWS.values())


def _told(flow: type[Flow], language: str) -> Iterator[str]:
    yield f"{flow.key}: {(flow.__doc__ or '').splitlines()[0]}"
    for question in flow.questions.values():
        if question.worked_out:
            continue
        label = texts.say(language, f"{flow.key}-{question.name}-label")
        notes = [
            *(["may be skipped"] if question.skippable else []),
            *(["only if it matters"] if question.when else []),
        ]
        needs = (
            f" (after {', '.join(sorted(question.needs))})"
            if question.needs and not question.is_consent
            else ""
        )
        yield f"  - {label}{needs}{'; ' + ', '.join(notes) if notes else ''}"
