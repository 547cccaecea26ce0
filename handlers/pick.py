"""Which action, theme or person a command names; a sentence with a suggestion where it names none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Role
from storage.model.plan import Action, ActionView, Plan, Theme
from storage.store import Store

__all__ = [
    "answers_for",
    "is_party",
    "leading_action",
    "one_action",
    "own_or_pmo",
    "suggestion",
    "theme_named",
]

_MOST_WORDS = 5  # a printed ref has at most so many words ("C (and 18.5)")


def leading_action(store: Store, plan: Plan, text: str) -> tuple[list[Action], str, str]:
    """The actions that the start of the text names, the name as typed, and the rest of the text."""
    words = text.split()
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        name = " ".join(words[:length]).rstrip(":,;")
        actions = store.plans.action(plan.id, name)
        if actions:
            return actions, name, " ".join(words[length:])
    return [], words[0] if words else "", " ".join(words[1:])


def one_action(store: Store, plan: Plan, text: str) -> tuple[ActionView, str]:
    """The one action that the text starts with, and the rest of the text."""
    actions, name, rest = leading_action(store, plan, text)
    if len(actions) > 1:
        handles = " or ".join(f"#{action.handle}" for action in actions)
        raise UsageError(f"{len(actions)} actions are called {name}. Use a handle: {handles}.")
    if not actions:
        raise UsageError(
            f"No action of {plan.slug} is called “{name[:40]}”. {suggestion(name, store.plans.refs(plan.id))}"
        )
    return store.plans.views(plan.id, action_ids=[actions[0].id])[0], rest


def suggestion(name: str, known: Sequence[str], otherwise: str = "“status” lists them all.") -> str:
    """ "Did you mean 6.1.4?", or how to see what there is."""
    from rapidfuzz import process

    near = [word for word, _, _ in process.extract(name, list(known), limit=3, score_cutoff=60)]
    return f"Did you mean {' or '.join(near)}?" if near else otherwise


def theme_named(store: Store, plan: Plan, name: str) -> Theme:
    """The theme with that ref or title."""
    theme = store.plans.theme(plan.id, name)
    if theme is None:
        themes = store.plans.themes(plan.id)
        refs = [one.ref or one.title for one in themes]
        near = suggestion(name, [*refs, *(one.title for one in themes)])
        raise UsageError(
            f"There is no theme “{name[:40]}” in {plan.slug}. {near} The themes are {', '.join(refs[:20])}."
        )
    return theme


def own_or_pmo(request: Request, plan: Plan, view: ActionView, store: Store) -> bool:
    """True where the person answers for the action, False for the programme office; others are refused."""
    if answers_for(store, plan, view, request.person.id):
        return True
    if allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO):
        return False
    raise NotAllowed(
        f"{view.name} is not yours on the record. Its owner or the programme office can do this."
    )


def is_party(store: Store, plan: Plan, view: ActionView, person_id: int) -> bool:
    """Whether the person owns the action, leads it, or holds the post that does."""
    return bool(store.plans.views(plan.id, person_id=person_id, action_ids=[view.action.id]))


def answers_for(store: Store, plan: Plan, view: ActionView, person_id: int) -> bool:
    """Whether the person, or somebody for whom they stand in, is a party of the action."""
    principals = [one.id for one in store.people.represented_by(person_id)]
    return any(is_party(store, plan, view, one) for one in (person_id, *principals))


def split_quoted(text: str) -> tuple[str, str]:
    """A quoted text at the start and what follows; the first word where nothing is quoted."""
    match = re.match(r"\s*[\"“'](?P<words>[^\"”']{1,2000})[\"”']\s*", text)
    if match:
        return match["words"], text[match.end() :]
    first, _, rest = text.strip().partition(" ")
    return first, rest.strip()
