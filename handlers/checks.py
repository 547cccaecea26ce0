"""What must still hold when a post goes out, and what is remembered once it has gone.

A check is written ``NAME:...``: ``prompt:1:12:5`` is the prompt of plan 1 for meeting 12 to person 5,
``public:7,8`` repeats the words of updates 7 and 8, which must be for everybody still, ``made:...`` is a
digest whose words are made when it goes (``handlers.papers.posts``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers.messages import Part
from storage.model.record import MeetingState, Visibility
from storage.store import Store

__all__ = ["made", "made_when_sent", "remember_sent", "remembers", "still_holds"]


def still_holds(check: str | None, store: Store, now: datetime) -> bool:
    """Whether a post is still wanted at this moment; one without a check always is."""
    name, _, rest = (check or "").partition(":")
    match name:
        case "prompt":
            return _prompt_holds(*_numbers(rest), store, now)
        case "public":
            return all(_is_public(int(number), store) for number in rest.split(","))
        case "made":
            from handlers.papers import posts

            return posts.still_wanted(check or "", store, now)
        case _:
            return True


def made_when_sent(check: str | None) -> bool:
    """Whether the words of this post are made only when it goes."""
    return (check or "").startswith("made:")


def made(check: str | None, store: Store, now: datetime) -> Callable[[], tuple[Part, ...]]:
    """What a post of which that is so says now: reads the record at once, and draws when it is called."""
    from handlers.papers import posts

    return posts.told(check or "", store, now)


def _is_public(update_id: int, store: Store) -> bool:
    """Whether everybody may read these words and they stand; a withdrawn or held text is not repeated."""
    update = store.updates.get(update_id)
    if update is None or update.text is None:  # erased
        return False
    return update.standing and update.visibility is Visibility.PUBLIC


def remembers(check: str | None) -> bool:
    """Whether where this post went is to be remembered."""
    return (check or "").startswith("prompt:")


def remember_sent(check: str | None, conversation: str, message_id: str, store: Store) -> None:
    """Remember where a prompt was posted, so that answers in its thread find it; inside ``writing``."""
    plan_id, meeting_id, person_id = _numbers((check or "").partition(":")[2])
    for prompt in store.updates.prompts_of(plan_id, meeting_id):
        if prompt.person_id == person_id:
            store.updates.mark_prompt(prompt.id, conversation, message_id)


def _numbers(rest: str) -> tuple[int, int, int]:
    plan_id, meeting_id, person_id = rest.split(":")
    return int(plan_id), int(meeting_id), int(person_id)


def _prompt_holds(plan_id: int, meeting_id: int, person_id: int, store: Store, now: datetime) -> bool:
    """A prompt is wanted until the cut-off of its meeting, while one of its actions has no answer for it yet."""
    from handlers.cycle import calendar
    from handlers.cycle.answers import silent

    meeting = store.governance.meeting(meeting_id)
    if meeting is None or meeting.state is not MeetingState.PLANNED:
        return False
    plan = store.plans.by_id(plan_id)
    last = calendar.cutoff(meeting, plan.settings)
    if last is None or now >= calendar.end_of(last, calendar.zone_of(plan)):
        return False
    return person_id in silent(store, plan, meeting, person_id)
