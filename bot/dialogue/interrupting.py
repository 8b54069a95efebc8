"""What an interruption does: help, back, change, cancel, start over, menu, a language, a person."""

from dataclasses import replace

from bot import handing_over, interrupts, menu, suggesting
from bot.dialogue.answering import example_of, leave, reopen, take
from bot.dialogue.beginning import filling_of, go_on, start
from bot.flow import Flow, Turn
from bot.flows import FLOWS
from bot.form import Filling
from bot.interrupts import Interrupt
from bot.messages import Outbound, Text
from bot.opening import open_form
from bot.state import State
from core import customers
from core.identities import Role

OF_ITS_OWN = {"add_ons": "adding", "phone": "phoning", "contact": "naming", "address": "addressing"}
"""What begins where they want to change that, and no form asks for it."""


def interrupt(state: State, turn: Turn, heard: interrupts.Heard) -> list[Outbound]:
    """Do what was heard, in a form or outside of one."""
    match heard.interrupt:
        case Interrupt.PERSON:
            return call_person(state, turn, topic="asked")
        case Interrupt.MENU:
            return [menu.show(turn, turn.text("menu-while-form" if state.form else "menu-ask"))]
        case Interrupt.LANGUAGE:
            state.met = True
            speak(turn, heard.about)
            return [turn.say("language-now"), *go_on(state, turn)]
    filling = filling_of(state, turn)
    if filling is None:
        return _interrupt_outside(state, turn, heard)
    return _interrupt_form(filling, heard)


def _interrupt_outside(state: State, turn: Turn, heard: interrupts.Heard) -> list[Outbound]:
    match heard.interrupt:
        case Interrupt.CANCEL if (number := suggesting.declined(turn)) is not None:
            return start(state, turn, "carelater", number)
        case Interrupt.CANCEL if menu.may(turn, "cancelling"):
            return start(state, turn, "cancelling", "")
        case Interrupt.CHANGE if menu.may(turn, OF_ITS_OWN.get(heard.about, "")):
            return start(state, turn, OF_ITS_OWN[heard.about], "")
        case Interrupt.CHANGE if menu.may(turn, "moving"):
            return start(state, turn, "moving", "")
        case Interrupt.HELP:
            return [menu.show(turn, turn.text("help-outside", phone=turn.house_phone))]
    return [menu.show(turn)]


def _interrupt_form(filling: Filling, heard: interrupts.Heard) -> list[Outbound]:
    state, turn, form = filling.state, filling.turn, filling.form
    match heard.interrupt:
        case Interrupt.CANCEL:
            return leave(filling)
        case Interrupt.RESTART:
            flow: type[Flow] = filling.flow
            flow.left(turn)
            state.form = None
            return open_form(state, flow, turn).advance(turn.say("form-restarted"))
        case Interrupt.BACK if form.asked:
            return reopen(filling, form.asked[-1])
        case Interrupt.BACK:
            return filling.advance(turn.say("back-first"))
        case Interrupt.CHANGE if heard.about in filling.changeable():
            return reopen(filling, heard.about)
        case Interrupt.CHANGE if _is_about_them(filling, heard.about):
            return start(state, turn, OF_ITS_OWN[heard.about], "")
        case Interrupt.CHANGE if filling.changeable():
            return [filling.put_change()]
        case Interrupt.HELP if (question := filling.asking()) is not None:
            return filling.advance(turn.say("help-form", example=example_of(filling, question)))
        case Interrupt.SKIP:
            return _skip(filling)
    return filling.advance()


def _is_about_them(filling: Filling, about: str) -> bool:
    """Whether that has a flow of its own, and this one asks for nothing of the kind."""
    return menu.may(filling.turn, OF_ITS_OWN.get(about, "")) and about not in filling.flow.questions


def _skip(filling: Filling) -> list[Outbound]:
    question = filling.asking()
    if question is None:
        return filling.advance()
    if question.reader.several:
        return take(filling, question, (), "")
    if not question.skippable:
        return filling.advance(filling.turn.say("cannot-skip"))
    return take(filling, question, None, "")


def call_person(state: State, turn: Turn, *, topic: str, answer: str = "") -> list[Outbound]:
    """Record that a person is wanted; the bot stays, so that nobody is left alone meanwhile.

    `answer` is the key of what is said where it is not the usual.
    """
    if turn.role is not Role.CUSTOMER:
        return [turn.say("person-not-for-you", phone=turn.house_phone), *go_on(state, turn)]
    body = turn.content.body if isinstance(turn.content, Text) else ""
    reason = f"{topic}:{state.form.flow}:{state.form.asking}" if state.form else topic
    handoff = handing_over.ask(turn, topic=topic, words=body, reason=reason)
    said = handing_over.asked(turn, handoff)
    if answer:
        own = turn.text(answer, by=handing_over.until(turn, handoff), phone=turn.house_phone)
        said = replace(said, text=own)
    return [Outbound(said.text), *go_on(state, turn)] if state.form else [said]


def could_be_answer(state: State, heard: interrupts.Heard) -> bool:
    """Whether the flow has a question to which that very word is an answer, so that it may not interrupt."""
    return state.form is not None and heard.interrupt in FLOWS[state.form.flow].unclear


def speak(turn: Turn, language: str) -> None:
    turn.language = language
    if turn.role is Role.CUSTOMER:
        customers.speak(turn.session, turn.customer, language)
