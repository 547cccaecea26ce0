"""The board line: the programme office's words for an action, which may hold no figure that no source holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Button, Buttons, Message, Quote, ToPerson, say
from handlers.pick import one_action
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan
from storage.store import Store

__all__ = ["board_line", "unsupported", "word"]

_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_OWN = "(PMO)"


def board_line(plan: Plan, action_id: int) -> str | None:
    """The programme office's words for this action."""
    return plan.settings.get(f"word:{action_id}")


def unsupported(words: str, sources: Iterable[str]) -> list[str]:
    """Figures and months of the words that none of the sources holds."""
    known = " ".join(sources).casefold()
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(known)}
    wrong = [figure for figure in _FIGURE.findall(words) if figure.replace(",", "") not in figures]
    said = re.findall(r"[a-z]+", words.casefold())
    months = [word for word in said if word in _MONTHS and word != "may" and word[:3] not in known]
    return [*wrong, *months]


def word(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``word 6.2.1 WORDS``: for the committee. A figure of the office's own is marked “(PMO)” at the end."""
    assert plan is not None
    view, words = one_action(store, plan, call.tail)
    if not words:
        store.plans.set_setting(plan.id, f"word:{view.action.id}", None)
        return [Message(ASKER, (say(Bold(view.name), " goes to the committee in its owner's words again."),))]
    wrong = unsupported(words, _sources(view, store)) if not words.endswith(_OWN) else []
    if wrong:
        raise UsageError(
            f"No source of {view.name} holds {', '.join(wrong)}. Take it out, or end the line with {_OWN} to mark it as the office's own."
        )
    store.plans.set_setting(plan.id, f"word:{view.action.id}", words)
    return [
        Message(ASKER, (say(Bold(view.name), f" goes to the committee as: {words}"),)),
        *_told(view, words, plan, request, store),
    ]


def _sources(view: ActionView, store: Store) -> list[str]:
    action = view.action
    texts = [
        action.text,
        action.promise or "",
        action.progress or "",
        view.due.text or "",
        action.baseline.text or "",
    ]
    texts += [f"{day:%-d %B %Y}" for day in (view.due.end, action.baseline.end) if day]
    return [*texts, *(update.text or "" for update in store.updates.of_action(action.id) if update.standing)]


def _told(view: ActionView, words: str, plan: Plan, request: Request, store: Store) -> list[Message]:
    """The author of the newest update sees how it was reworded."""
    update = store.updates.get(view.last_update_id) if view.last_update_id else None
    if update is None or update.author_id == request.person.id:
        return []
    author = store.people.get(update.author_id)
    if author is None or not author.accounts:
        return []
    buttons = Buttons((Button("Fine", f"leave {update.id}"), Button("Change", f"edit {update.id}")))
    parts = (say("Reworded for the committee: ", Bold(view.name)), Quote(words), buttons)
    return [
        Message(ToPerson(author.id), parts, key=f"word:{plan.slug}:{view.action.id}:{request.inbound.key}")
    ]
