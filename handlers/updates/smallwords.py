"""Messages that are no update: a yes or no to the newest receipt, a greeting, thanks, a question."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from handlers.answer import plan_for
from handlers.grammar import COMMANDS
from handlers.messages import ASKER, Button, Buttons, Message, say
from handlers.request import Request
from handlers.updates.asks import asks
from handlers.updates.leaving import is_left
from handlers.updates.receipts import tappable
from storage.model.plan import Plan
from storage.model.record import Update, UpdateKind
from storage.store import Store

__all__ = ["as_tap", "command_meant", "courtesy", "question"]

_RECENT = timedelta(days=7)
_LONGEST_NAME, _LONGEST_COMMAND = 24, 60  # characters
_MISTYPED = 80  # of 100: two letters that changed places in a word of six
_KINDS = ("yes", "no", "greeting", "thanks")


def as_tap(request: Request, store: Store) -> str | None:
    """The command that the words stand for, without being one.

    A yes or no is the button of the newest receipt ("confirm 812 813"), where that asks something; an action's number
    alone asks for its card. An "ok" behind a no takes note of what was answered to that: it is no yes.
    """
    command = "confirm" if _is(request.text, "yes") else "leave" if _is(request.text, "no") else None
    if command is None:
        return _card(request, store)
    asked = [(plan, one) for plan, one in _newest(request, store) if _asks(one, plan, request, store)]
    if _is(request.text, "thanks"):
        asked = [(plan, one) for plan, one in asked if not is_left(one, request.person, plan)]
    numbers = [str(one.id) for _, one in asked]
    return " ".join([command, *numbers]) if numbers else None


def _card(request: Request, store: Store) -> str | None:
    """ "6.1.4" and "6.1.4?" are no update: nothing is said of it."""
    name = request.text.strip().rstrip("?!.:").strip()
    plan = plan_for(request, None, store) if 0 < len(name) <= _LONGEST_NAME else None
    found = store.plans.action(plan.id, name) if plan else []
    return f"status {name} in {plan.slug}" if plan and found else None


def _newest(request: Request, store: Store) -> Iterator[tuple[Plan, Update]]:
    """The updates of the newest message that this person gave or entered, within the week; none where more was asked since."""
    since = request.now - _RECENT
    own = [
        (plan, one)
        for plan in store.plans.all()
        for one in store.updates.of_plan(plan.id, since=since)
        if request.person.id == (one.entered_by_id or one.author_id)
    ]
    newest = max((one.at for _, one in own), default=None)
    if newest is None or _asked_since(newest, request, store):
        return iter(())
    return ((plan, one) for plan, one in own if one.at == newest)


def _asked_since(moment: datetime, request: Request, store: Store) -> bool:
    """Whether the person was asked something else later: how actions are doing, or what kept words are about."""
    prompts = store.updates.open_prompts(request.person.id)
    return any(one.sent_at > moment for one in prompts) or store.updates.unplaced_since(
        request.person.id, moment
    )


def _asks(one: Update, plan: Plan, request: Request, store: Store) -> bool:
    view = store.plans.views(plan.id, action_ids=[one.action_id])[0]
    no_change = one.kind is UpdateKind.NO_CHANGE
    found = asks(plan, view, one.reading, request.today, no_change=no_change, step=one.step_no)
    return bool(found) and tappable(found)


def courtesy(request: Request) -> Message | None:
    """What is said to a greeting or thanks, of which nothing is kept; None for other words."""
    if _is(request.text, "greeting"):
        words = "Hello. Say how an action is doing, with its number in front; “mine” lists yours, “help” what else I know."
        return Message(ASKER, (say(words), _ways_on()))
    if _is(request.text, "thanks"):
        return Message(ASKER, (say("You are welcome."),))
    return None


def question(text: str) -> Message | None:
    """What is said to a question that names no action, or to a number alone; None where it is neither."""
    if not any(map(str.isalpha, text)):
        alone = f"I cannot tell what “{text[:40]}” is about: say it with an action's number in front, and in words."
        return Message(ASKER, (say(alone), _ways_on()))
    if not text.rstrip().endswith("?"):
        return None
    words = (
        "I cannot answer that in free words. “mine” lists your actions, “status 6.1.4” shows one, “status overdue” what"
        " is late, “cycle” what happens when."
    )
    kept = say(
        "I have not kept it as an update: for that, say it with an action's number in front.", quiet=True
    )
    return Message(ASKER, (say(words), kept, _ways_on()))


def command_meant(text: str) -> str | None:
    """The command that somebody may have mistyped: "status 6.2" for "stauts 6.2"."""
    from rapidfuzz import fuzz, process

    word, _, rest = text.strip().partition(" ")
    names = {command.words.split()[0] for command in COMMANDS if command.shown}
    if len(text) > _LONGEST_COMMAND or word.casefold() in names:
        return None
    best = process.extractOne(word.casefold(), sorted(names), scorer=fuzz.ratio, score_cutoff=_MISTYPED)
    return f"{best[0]} {rest}".strip() if best else None


def _ways_on() -> Buttons:
    return Buttons((Button("My actions", "mine"), Button("Help", "help")))


def _is(text: str, kind: str) -> bool:
    return " ".join(text.split()).rstrip(" .!,").replace("’", "'").casefold() in _words()[kind]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    """The lists of the data file; ValueError where one is missing or no list of words."""
    text = files("handlers.updates").joinpath("small_words.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text)
    for kind in _KINDS:
        words = given.get(kind)
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise ValueError(f"small_words.toml: “{kind}” must be a list of words")
    return {kind: frozenset(given[kind]) for kind in _KINDS}
