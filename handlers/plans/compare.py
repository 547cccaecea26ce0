"""What a newer version of a plan document changes, told before it is applied."""

from __future__ import annotations

from collections.abc import Iterator

from handlers import wording
from handlers.messages import Bold, Details, Part, Spans, Text, say, spans
from storage.matching import match_actions
from storage.model.document import DocAction, PlanDocument

__all__ = ["what_changed"]

_SHOWN = 15


def what_changed(old: PlanDocument, new: PlanDocument) -> tuple[Part, ...]:
    """Added and removed actions, moved dates, changed ratings, edited texts; one sentence where nothing did."""
    lines = list(_lines(old, new))
    if not lines:
        return (say("Nothing in it differs from the version that I have."),)
    shown: list[Part] = [say(Bold(f"{wording.count(len(lines), 'change')} against the version that I have"))]
    shown += [Text(line) for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(Details(f"{len(lines) - _SHOWN} more", tuple(Text(line) for line in lines[_SHOWN:])))
    return tuple(shown)


def _lines(old: PlanDocument, new: PlanDocument) -> Iterator[Spans]:
    known = [(i, action.ref, action.action) for i, action in enumerate(old.actions)]
    matches = match_actions(known, new.actions)
    for match, action in zip(matches, new.actions, strict=True):
        if match is None:
            yield spans(Bold(f"+ {_name(action)}"), f" added: {_short(action)}")
        else:
            yield from _differences(old.actions[match], action)
    for i, action in enumerate(old.actions):
        if i not in matches:
            yield spans(Bold(f"− {_name(action)}"), f" is not in it any more: {_short(action)}")


def _differences(old: DocAction, new: DocAction) -> Iterator[Spans]:
    name = Bold(_name(new))
    if old.ref != new.ref:
        yield spans(name, f" was called {_name(old)}")
    for what, was, now in (("due", old.due, new.due), ("revised date", old.revised, new.revised)):
        if (was.start, was.end, was.kind) != (now.start, now.end, now.kind):
            yield spans(name, f" {what}: {was.text or 'none'} → {now.text or 'none'}")
    for scale in dict.fromkeys([*old.ratings, *new.ratings]):
        if old.ratings.get(scale) != new.ratings.get(scale):
            was_rated, now_rated = old.ratings.get(scale, "not rated"), new.ratings.get(scale, "not rated")
            yield spans(name, f" {scale.replace('_', ' ')}: {was_rated} → {now_rated}")
    edited = [word for word, a, b in _texts(old, new) if _folded(a) != _folded(b)]
    if edited:
        yield spans(name, f" {wording.names(edited)} edited")


def _texts(old: DocAction, new: DocAction) -> Iterator[tuple[str, str | None, str | None]]:
    yield "action", old.action, new.action
    yield "owner", old.owner, new.owner
    yield "lead", old.operational_lead, new.operational_lead
    yield "description of assurance", old.assurance, new.assurance
    yield "progress", old.progress, new.progress


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


def _name(action: DocAction) -> str:
    return action.ref or "(no ref)"


def _short(action: DocAction) -> str:
    return action.action if len(action.action) <= 90 else action.action[:88].rsplit(" ", 1)[0] + "…"
