"""From evidence to a first verdict: the first rule that fits gives it, from the author's own verdict downwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from nlp.reading.status.clauses import Clause
from nlp.reading.status.evidence import Evidence
from storage.model.reading import Status

__all__ = ["RULES", "Decision", "decide", "kinds_of"]


class Decision(NamedTuple):
    """A status, the rule that gave it, and the kinds of signal that carry it (for the cues)."""

    status: Status | None
    rule: str
    kinds: tuple[str, ...]


_DONE = ("done", "verdict_complete")
_MOVING = ("going", "better", "begun", "finishing", "step", "part", "well", "resolved")
_TROUBLE = ("problem", "missed", "stopped", "below", "moved", "undone")
_MENDING = ("recovery", "moved", "resolved")

_Rule = tuple[str, Callable[[Evidence], bool], Status | None, tuple[str, ...]]


def _verdict(kind: str) -> Callable[[Evidence], bool]:
    return lambda seen: _last_verdict(seen) == kind


def _last_verdict(seen: Evidence) -> str | None:
    verdicts = [signal.kind for signal in seen.signals if signal.kind.startswith("verdict_")]
    return verdicts[-1] if verdicts else None


def _words(seen: Evidence) -> int:
    return sum(clause.words for clause in seen.clauses if not clause.question)


def _pending(seen: Evidence) -> bool:
    return seen.has("going", "better", "finishing", "plan", "part", "wait", "todo", "unbegun", "undone")


def _worried(seen: Evidence) -> bool:
    """A worry weighs when little good is said beside it, or when it follows a "but"."""
    good = seen.count("going", "better", "step", "resolved", *_DONE)
    return seen.count("worry") > good or any(
        _only_worries(clause) for clause in seen.clauses if clause.after_but
    )


def _only_worries(clause: Clause) -> bool:
    kinds = {signal.kind for signal in clause.signals}
    return "worry" in kinds and kinds.isdisjoint({"step", "going", "resolved", *_DONE})


def _only_bare_plans(seen: Evidence) -> bool:
    """Nothing but "will" and its like: "I'll check with Bo"."""
    return all(signal.kind in ("none", "plan", "nod", "same") for signal in seen.signals) and not any(
        signal.kind == "plan" and not signal.rule.startswith("future:") for signal in seen.signals
    )


RULES: tuple[_Rule, ...] = (
    ("no words", lambda seen: not seen.signals and _words(seen) < 3, None, ()),
    (
        "a question",
        lambda seen: (
            bool(seen.clauses)
            and all(c.question for c in seen.clauses if c.signals)
            and (seen.has("none") or all(c.question for c in seen.clauses))
        ),
        None,
        (),
    ),
    ("verdict on track", _verdict("verdict_on_track"), Status.ON_TRACK, ("verdict_on_track",)),
    ("verdict at risk", _verdict("verdict_at_risk"), Status.AT_RISK, ("verdict_at_risk", *_TROUBLE)),
    (
        "verdict off track, with a way back",
        lambda seen: _last_verdict(seen) == "verdict_off_track" and seen.has(*_MENDING),
        Status.AT_RISK,
        ("verdict_off_track", *_TROUBLE, *_MENDING),
    ),
    ("verdict off track", _verdict("verdict_off_track"), Status.OFF_TRACK, ("verdict_off_track",)),
    ("verdict assured", _verdict("verdict_assured"), Status.ASSURED, ("verdict_assured", "assured", "done")),
    ("verdict complete", _verdict("verdict_complete"), Status.COMPLETE, _DONE),
    (
        "verdict not started",
        _verdict("verdict_not_started"),
        Status.NOT_STARTED,
        ("verdict_not_started", "todo"),
    ),
    (
        "stopped, with a way back",
        lambda seen: seen.has("stopped") and seen.has("recovery"),
        Status.AT_RISK,
        ("stopped", "recovery"),
    ),
    ("stopped", lambda seen: seen.has("stopped"), Status.OFF_TRACK, ("stopped",)),
    (
        "missed, with a way back",
        lambda seen: seen.has("missed") and seen.has("plan", "step", *_MENDING),
        Status.AT_RISK,
        ("missed", "problem", *_MENDING),
    ),
    ("missed", lambda seen: seen.has("missed"), Status.OFF_TRACK, ("missed", "problem")),
    ("below target", lambda seen: seen.has("below"), Status.AT_RISK, ("below", "problem", "step")),
    (
        "a date moved",
        lambda seen: seen.has("moved"),
        Status.AT_RISK,
        ("problem", "recovery", "moved", "undone"),
    ),
    (
        "not begun, and held up",
        lambda seen: (
            seen.has("unbegun") and not seen.has("recovery", "going", "step", "part", "begun", *_DONE)
        ),
        Status.NOT_STARTED,
        ("unbegun", "todo", "problem", "worry"),
    ),
    ("trouble", lambda seen: seen.has("problem"), Status.AT_RISK, ("problem", "recovery", "undone")),
    ("a worry that weighs", _worried, Status.AT_RISK, ("worry", "undone", "recovery")),
    (
        "not done as meant",
        lambda seen: seen.has("undone") and seen.has("habit", *_MENDING, *_MOVING, *_DONE),
        Status.AT_RISK,
        ("undone", *_MENDING),
    ),
    (
        "not begun",
        lambda seen: seen.has("todo", "unbegun") and not seen.has("habit", *_MOVING, *_DONE),
        Status.NOT_STARTED,
        ("todo", "unbegun", "undone"),
    ),
    (
        "held over time",
        lambda seen: seen.has("assured") and not seen.has("part", "undone", "todo"),
        Status.ASSURED,
        ("assured", "done"),
    ),
    (
        "done",
        lambda seen: seen.has(*_DONE) and not _pending(seen),
        Status.COMPLETE,
        _DONE,
    ),
    (
        "mostly done",
        lambda seen: seen.count(*_DONE) > 2 * seen.count("plan", "todo", "undone", *_MOVING),
        Status.COMPLETE,
        _DONE,
    ),
    (
        "not yet",
        lambda seen: seen.has("undone") and not seen.has(*_MOVING, *_DONE),
        Status.NOT_STARTED,
        ("undone",),
    ),
    (
        "moving",
        lambda seen: (
            seen.has("habit", *_MOVING, *_DONE) and (seen.has(*_MOVING, *_DONE) or seen.has("plan", "todo"))
        ),
        Status.ON_TRACK,
        (*_MOVING, *_DONE),
    ),
    ("waiting for others", lambda seen: seen.has("wait"), Status.ON_TRACK, ("wait", "plan")),
    ("of the sender", lambda seen: seen.has("none") and _only_bare_plans(seen), None, ()),
    (
        "planned",
        lambda seen: seen.has("plan", "todo", "unbegun", "watch"),
        Status.NOT_STARTED,
        ("plan", "todo", "watch"),
    ),
    ("done from day to day", lambda seen: seen.has("habit"), Status.ON_TRACK, ("habit",)),
    ("a nod", lambda seen: seen.has("nod") and not seen.has("same", "none"), Status.COMPLETE, ("nod",)),
    ("nothing new", lambda seen: seen.has("same", "none"), None, ("same",)),
    (
        "told without a sign",
        lambda seen: _words(seen) >= 4 and (seen.has("figure") or any(c.verbal for c in seen.clauses)),
        Status.ON_TRACK,
        (),
    ),
    ("nothing said", lambda seen: True, None, ()),
)


def decide(seen: Evidence) -> Decision:
    """The first rule that fits; the last one always does."""
    return next(Decision(status, name, kinds) for name, fits, status, kinds in RULES if fits(seen))


def kinds_of(status: Status | None) -> tuple[str, ...]:
    """The kinds of signal that carry a status by one rule or another, in the order of the rules."""
    return tuple(dict.fromkeys(kind for _, _, given, kinds in RULES if given is status for kind in kinds))
