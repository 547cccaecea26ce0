"""The words that show a status: the signals that decided, each with the phrase around it."""

from __future__ import annotations

import re
from bisect import bisect_right

from nlp.reading.status.evidence import Evidence
from nlp.reading.status.rules import Decision
from nlp.reading.status.signals import Signal
from storage.model.reading import Cue, Status

__all__ = ["WEIGHED", "cues_of"]

WEIGHED = "weighed words"  # the rule of a cue that the weights alone found
_MOST_CUES = 5
# Where the deciding signals leave room, these tell the rest of the story.
_SUPPORT = (
    "undone",
    "recovery",
    "problem",
    "step",
    "going",
    "begun",
    "done",
    "finishing",
    "part",
    "wait",
    "plan",
    "todo",
)
_WORDS_BEFORE = 8
_WORDS_AFTER = 6
_TOKEN = re.compile(r"\S+")
_ENDS = (",", ";", ".", "!", "?", ":", ")")


def cues_of(seen: Evidence, decision: Decision, text: str, *weighed: Signal) -> tuple[Cue, ...]:
    """At most five cues, none overlapping, in the order of the text; none where there is no status.

    ``weighed`` are words that carry the status by their weights, of the kind WEIGHED.
    """
    if decision.status is None:
        return ()
    kinds = (*decision.kinds, *(kind for kind in _SUPPORT if kind not in decision.kinds))
    carrying = sorted(
        (signal for signal in (*seen.signals, *weighed) if signal.kind in kinds),
        key=lambda signal: (kinds.index(signal.kind), signal.start),
    )
    spans: list[tuple[int, int, str]] = []
    for signal in carrying:
        start, end = _phrase(signal, seen, text)
        if not any(start < last and first < end for first, last, _ in spans):
            spans.append((start, end, signal.rule))
        if len(spans) == _MOST_CUES:
            break
    return tuple(_cue(span, text, decision.status) for span in sorted(spans))


def _phrase(signal: Signal, seen: Evidence, text: str) -> tuple[int, int]:
    """A signal with the few words before and behind it that its clause gives, up to a comma; weighed ones lead."""
    number = bisect_right(seen.clauses, signal.start, key=lambda one: one.start) - 1
    if number < 0 or signal.start >= seen.clauses[number].end:
        return signal.start, signal.end
    clause = seen.clauses[number]
    before = list(_TOKEN.finditer(text, clause.start, signal.start))
    start = signal.start
    for word in reversed(before[-_WORDS_BEFORE:] if signal.kind != WEIGHED else ()):
        if word.group().endswith(_ENDS):
            break
        start = word.start()
    end = signal.end
    for count, word in enumerate(_TOKEN.finditer(text, signal.end, clause.end)):
        if count >= _WORDS_AFTER or text[end - 1] in _ENDS:
            break
        end = word.end()
    return start, end


def _cue(span: tuple[int, int, str], text: str, status: Status) -> Cue:
    start, end, rule = span
    said = text[start:end].rstrip(" ,;.:")
    return Cue(start, start + len(said), said, status, rule)
