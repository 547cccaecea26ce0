"""The ref in front of a message that no reader of refs can know: "C (and 18.5) ...", or a bare "3 slipped"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.pick import leading_action
from handlers.request import Request
from storage.model.plan import Plan
from storage.model.reading import Reading, Segment
from storage.store import Store

__all__ = ["with_leading_ref"]

_GOES_ON = re.compile(r"\s*(?:[:.,)–-]\s|(?:is|has|was)\s)")
_NAMED = "action "


def with_leading_ref(
    text: str, reading: Reading, plans: Sequence[Plan], request: Request, store: Store
) -> Reading:
    """The reading, its first part naming the action whose ref the text starts with, where there is one."""
    for plan in plans:
        actions, name, _ = leading_action(store, plan, text)
        if len(actions) != 1:
            continue
        first = Segment(0, len(text), (f"#{actions[0].handle}",), reading.status)
        if " " in name:
            return replace(reading, segments=_naming(first, reading.segments))
        if name.isdigit() and _leads(name, text, reading):
            return replace(reading, segments=_naming(first, _read_named(text, request)))
    return reading


def _leads(number: str, text: str, reading: Reading) -> bool:
    """Whether a bare number in front names an action ("3: ...", "3 is ...", "3 slipped") and counts nothing ("3 wards left")."""
    said = any(cue.start_char == 0 and cue.end_char > len(number) + 1 for cue in reading.cues)
    return said or _GOES_ON.match(text, len(number)) is not None


def _read_named(text: str, request: Request) -> list[Segment]:
    """The parts of the words, read with their number named as an action's, at their places in the words as typed."""
    added = len(_NAMED)
    found = request.read(f"{_NAMED}{text}", request.today).segments
    return [
        replace(one, start_char=max(0, one.start_char - added), end_char=one.end_char - added)
        for one in found
    ]


def _naming(first: Segment, found: Sequence[Segment]) -> tuple[Segment, ...]:
    """These parts, the first of them about that action; it alone where the text has no parts."""
    return (replace(found[0], refs=first.refs), *found[1:]) if found else (first,)
