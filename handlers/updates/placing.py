"""Which action each part of a message speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.model.plan import ActionView, State
from storage.model.reading import Reading, Segment

__all__ = ["Placed", "Placement", "place", "with_ref"]

SURE = 0.5  # a link by words below this is asked back
_AHEAD = 1.25  # and so is one that is not this much better than the next


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a message with the action that it speaks of. ``by_words``: no ref named it."""

    view: ActionView
    start: int
    end: int
    no_change: bool = False
    rest: bool = False
    by_words: bool = False
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a message belongs. ``unknown`` are refs that no action has; ``guesses`` what it may be about."""

    placed: tuple[Placed, ...] = ()
    unknown: tuple[str, ...] = ()
    guesses: tuple[ActionView, ...] = ()
    ambiguous: Mapping[str, tuple[ActionView, ...]] = field(default_factory=dict)


def with_ref(views: Sequence[ActionView], ref: str) -> list[ActionView]:
    """The actions with this ref or handle."""
    wanted = _key(ref)
    return [view for view in views if wanted in {_key(view.action.ref or ""), f"#{view.action.handle}"}]


def _key(ref: str) -> str:
    return "".join(ref.split()).casefold()


def place(
    text: str,
    reading: Reading,
    plan_views: Sequence[ActionView],
    asked: Sequence[ActionView],
    own: Sequence[ActionView],
    scores: Sequence[tuple[int, float]] = (),
    waiting: Sequence[ActionView] | None = None,
) -> Placement:
    """Where the parts of a message belong.

    ``asked`` are the actions of the prompt that it answers, ``waiting`` those of them without an answer (without
    it: all), ``own`` the sender's; ``scores`` (action id, score), best first, are the links by words among these.
    A named ref decides; "the rest" are the waiting ones (else the own open ones) that no other part names; a message
    that names nothing belongs to the only action asked about, else to the best link, else nowhere.
    """
    waiting = asked if waiting is None else waiting
    named, unknown, ambiguous = _named(reading, plan_views, own)
    placed = list(named)
    taken = {part.view.action.id for part in placed}
    for segment in reading.segments:
        if segment.rest:
            others = [view for view in (waiting or _open(own)) if view.action.id not in taken]
            placed += [
                Placed(view, segment.start_char, segment.end_char, segment.no_change, rest=True)
                for view in others
            ]
    if placed or unknown or ambiguous:
        return Placement(tuple(placed), tuple(unknown), (), ambiguous)
    return _without_ref(text, reading, asked, own, scores, waiting)


def _named(
    reading: Reading, plan_views: Sequence[ActionView], own: Sequence[ActionView]
) -> tuple[list[Placed], list[str], dict[str, tuple[ActionView, ...]]]:
    placed: list[Placed] = []
    unknown: list[str] = []
    ambiguous: dict[str, tuple[ActionView, ...]] = {}
    for segment in reading.segments:
        for ref in segment.refs:
            found = with_ref(plan_views, ref)
            mine = [view for view in found if view.action.id in {one.action.id for one in own}]
            found = mine if len(found) > 1 and mine else found
            if len(found) == 1:
                placed.append(_part(found[0], segment, _step(reading, segment, ref)))
            elif found:
                ambiguous[ref] = tuple(found)
            elif ref not in unknown:
                unknown.append(ref)
    return placed, unknown, ambiguous


def _part(view: ActionView, segment: Segment, step: str | None) -> Placed:
    return Placed(view, segment.start_char, segment.end_char, segment.no_change, step=step)


def _step(reading: Reading, segment: Segment, ref: str) -> str | None:
    inside = (found for found in reading.refs if segment.start_char <= found.start_char < segment.end_char)
    return next((found.step for found in inside if found.ref == ref and found.step), None)


def _without_ref(
    text: str,
    reading: Reading,
    asked: Sequence[ActionView],
    own: Sequence[ActionView],
    scores: Sequence[tuple[int, float]],
    waiting: Sequence[ActionView],
) -> Placement:
    no_change = any(segment.no_change for segment in reading.segments)
    if no_change and waiting and len(text) <= 60:
        return Placement(tuple(Placed(view, 0, len(text), True, rest=len(waiting) > 1) for view in waiting))
    if len(asked) == 1:
        return Placement((Placed(asked[0], 0, len(text), no_change),))
    known = {view.action.id: view for view in (*own, *asked)}
    links = [(known[action_id], score) for action_id, score in scores if action_id in known]
    if links and links[0][1] >= SURE and (len(links) == 1 or links[0][1] >= _AHEAD * links[1][1]):
        return Placement((Placed(links[0][0], 0, len(text), no_change, by_words=True),))
    if not links and len(own) == 1 and reading.status is not None:
        return Placement((Placed(own[0], 0, len(text), no_change, by_words=True),))
    rest = [view for view in (*asked, *_open(own)) if view not in [view for view, _ in links]]
    guesses = dict.fromkeys(view.action.id for view in (*(view for view, _ in links), *rest))
    return Placement(guesses=tuple(known[action_id] for action_id in guesses))


def _open(views: Sequence[ActionView]) -> list[ActionView]:
    return [view for view in views if view.state is State.OPEN]
