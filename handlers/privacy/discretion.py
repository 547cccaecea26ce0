"""Who is to read an update: ``restricted``, ``committee`` and ``public``, and when a receipt suggests it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Button, Buttons, Message, Part, say
from handlers.people.clearance import settle, waits
from handlers.pick import one_action
from handlers.privacy.visibility import clearance
from handlers.request import Request
from handlers.updates.receipts import Filed
from storage.model.errors import NotAllowed, UsageError
from storage.model.plan import ActionView, Plan
from storage.model.record import Update, UpdateKind, Visibility
from storage.store import Store

__all__ = ["about", "discreet", "show_to"]

_DONE = {
    Visibility.RESTRICTED: "held for the private session: only its author and the programme office read it",
    Visibility.COMMITTEE: "kept for the committee: its author, the programme office, assurers and the papers show it",
    Visibility.PUBLIC: "for everybody who may see the plan",
}


def show_to(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``restricted 6.5.3``, ``committee 6.5.3``, ``public 6.5.3``: the newest words of the action."""
    assert plan is not None
    view, _ = one_action(store, plan, call.tail)
    wanted = Visibility(call.command.words)
    update = _newest(view, store)
    own = request.person.id in {update.author_id, update.entered_by_id}
    if (
        not own
        and clearance(request.person, plan.id, store, request.administrators) is not Visibility.RESTRICTED
    ):
        raise NotAllowed("Only who said it, or the programme office, can say who reads it.")
    body = waits(update, plan, store)
    if body is not None:
        if wanted is Visibility.PUBLIC:
            raise UsageError(
                f"{body.name} clears it first: “clear {update.id}” by its officer or the programme office."
            )
        settle(update, plan, store)  # else clearing it would let everybody read it
    if update.visibility is wanted and body is None:
        return [Message(ASKER, (say(Bold(view.name), f" is {_DONE[wanted]} already."),))]
    store.updates.set_visibility(update.id, wanted)
    parts: list[Part] = [
        say("The words on ", Bold(view.name), f" of {update.at:%-d %B} are {_DONE[wanted]}.")
    ]
    if wanted is not Visibility.PUBLIC:
        parts.append(say("What was posted or issued before this stays as it went.", quiet=True))
    return [Message(ASKER, tuple(parts))]


def _newest(view: ActionView, store: Store) -> Update:
    standing = (one for one in store.updates.of_action(view.action.id, limit=20) if one.standing)
    update = next((one for one in standing if one.kind is not UpdateKind.WITHDRAWAL), None)
    if update is None:
        raise UsageError(f"Nobody has said anything about {view.name} yet.")
    return update


def discreet(filed: Sequence[Filed]) -> list[Part]:
    """A quiet sentence and a button where an update would better be held for the private session."""
    parts: list[Part] = []
    for one in filed:
        why = about(one.update.text or "") if one.update.visibility is Visibility.PUBLIC else None
        if why:
            command = f"restricted #{one.view.action.handle} in {one.plan.slug}"
            parts.append(say(f"Your words on {one.view.name} seem to tell of {why}.", quiet=True))
            parts.append(Buttons((Button("Hold for the private session", command),)))
    return parts[:4]  # two of them


def about(text: str) -> str | None:
    """What makes a text one for the private session, in words; None where nothing does."""
    return next((rule.about for rule in _rules() if rule.fits(text)), None)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Any pattern of ``any`` and, where there are some, any of ``more``."""

    about: str
    any: tuple[re.Pattern[str], ...]
    more: tuple[re.Pattern[str], ...]

    def fits(self, text: str) -> bool:
        return any(one.search(text) for one in self.any) and (
            not self.more or any(one.search(text) for one in self.more)
        )


@cache
def _rules() -> tuple[_Rule, ...]:
    """The rules of the data file; ValueError where one is not whole."""
    given = tomllib.loads(
        files("handlers.privacy").joinpath("discretion_words.toml").read_text(encoding="utf-8")
    )
    return tuple(_rule(name, rule) for name, rule in given.items())


def _rule(name: str, given: Mapping[str, object]) -> _Rule:
    what, patterns, more = given.get("about"), given.get("any"), given.get("with", [])
    if (
        not isinstance(what, str)
        or not isinstance(patterns, list)
        or not patterns
        or not isinstance(more, list)
    ):
        raise ValueError(f"discretion_words.toml: {name} needs an “about” and a list “any”")
    return _Rule(what, _compiled(patterns), _compiled(more))


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)
