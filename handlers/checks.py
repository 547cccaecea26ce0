"""What must still hold when a post goes out, and what is remembered once it has gone.

A check is written ``NAME:...``: ``prompt:12:5`` is prompt 12 to person 5.
"""

from __future__ import annotations

from datetime import datetime

from storage.model.plan import State
from storage.model.record import Prompt
from storage.store import Store

__all__ = ["remember_sent", "remembers", "still_holds"]

_ASKED = (State.OPEN, State.HELD)


def still_holds(check: str | None, store: Store, now: datetime) -> bool:
    """Whether a post is still wanted; one without a check always is."""
    name, _, rest = (check or "").partition(":")
    return _prompt_holds(rest, store) if name == "prompt" else True


def remembers(check: str | None) -> bool:
    """Whether where this post went is to be remembered."""
    return (check or "").startswith("prompt:")


def remember_sent(check: str | None, conversation: str, message_id: str, store: Store) -> None:
    """Remember where a prompt was posted, so that answers in its thread find it; inside ``writing``."""
    if check and remembers(check):
        store.updates.mark_prompt(int(check.split(":")[1]), conversation, message_id)


def _prompt_holds(rest: str, store: Store) -> bool:
    """A prompt is wanted while its meeting is not over and one of its actions has no answer yet."""
    number, _, person = rest.partition(":")
    found = next((one for one in store.updates.open_prompts(int(person)) if one.id == int(number)), None)
    return found is not None and _unanswered(found, store)


def _unanswered(prompt: Prompt, store: Store) -> bool:
    views = store.plans.views(prompt.plan_id, action_ids=prompt.action_ids, states=_ASKED)
    return any(view.last_at is None or view.last_at < prompt.sent_at for view in views)
